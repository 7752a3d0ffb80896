//! Files beside entries, and what is withheld, as paths of a site.
//!
//! The files have names that not every disk can hold, so that they are in memory; what needs none is in
//! `tests/cases/`.

mod support;

use dossier::model::Tlp;
use support::Project;

/// A project of one entry with a text, and files beside it.
fn beside(text: &str, files: &[&str]) -> Project {
    let text = format!("---\ntitle: APT38\n---\n{text}\n");
    let project = Project::default().file("actors/apt38.md", &text);
    files
        .iter()
        .fold(project, |project, file| project.attachment(file))
}

#[track_caller]
fn told(project: &Project) -> Vec<String> {
    let run = project.run();
    assert!(run.site.is_none(), "nothing is made");
    let report = project.report(&run.problems);
    let problems = report.lines().filter(|line| !line.starts_with(' '));
    problems.map(str::to_owned).collect()
}

#[test]
fn a_file_that_some_disk_cannot_hold() {
    let files = [
        "actors/aux.txt",
        "actors/a./b.png",
        "actors/what?.png",
        "_headers",
        "actors/web.config",
    ];
    let links = files.map(|file| format!("[a](</{}>)", file.replace('?', "%3F")));
    assert_eq!(
        told(&beside(&links.join("\n"), &files)),
        [
            "error[bad-path] content/actors/apt38.md:4:1 `actors/aux.txt` cannot be a file of the site: `aux.txt` is the name of a device on Windows",
            "error[bad-path] content/actors/apt38.md:5:1 `actors/a./b.png` cannot be a file of the site: Windows takes no name that ends with a dot or a space",
            "error[bad-path] content/actors/apt38.md:6:1 `actors/what?.png` cannot be a file of the site: it holds `?`, which Windows takes in no name",
            "error[bad-path] content/actors/apt38.md:7:1 `_headers` cannot be a file of the site: names that begin with `_`, such as `_headers`, belong to servers at the site's root",
            "error[bad-path] content/actors/apt38.md:8:1 `actors/web.config` cannot be a file of the site: `web.config` holds the settings of a server",
        ]
    );
    // What nothing leads to is not published.
    assert!(beside("", &files).run().site.is_some());
}

#[test]
fn a_published_snapshot_that_some_disk_cannot_hold() {
    let source = |publish: bool| {
        let digest = "0".repeat(64);
        let text = format!(
            "---\ntitle: S\npublisher: P\nsnapshot: {{ file: nul.txt, sha256: {digest}, publish: {publish} }}\n---\n"
        );
        let project = Project::default().file("sources/s.md", &text);
        project.attachment("sources/snapshots/nul.txt")
    };
    assert_eq!(
        told(&source(true)),
        [
            "error[bad-path] content/sources/s.md:4:19 `sources/snapshots/nul.txt` cannot be a file of the site: `nul.txt` is the name of a device on Windows"
        ]
    );
    assert!(source(false).run().site.is_some());
}

#[test]
fn files_and_folders_that_differ_in_case_or_composition() {
    let files = [
        "actors/Chart.png",
        "actors/chart.PNG",
        "actors/APT38/a.txt",
        "actors/APT38/b.txt",
        "notes/é.txt",
        "notes/e\u{301}.txt",
    ];
    let links = files.map(|file| format!("[a](</{file}>)"));
    let told = told(&beside(&links.join("\n"), &files));
    assert_eq!(
        told,
        [
            "error[colliding-routes] content/actors/apt38.md:5:1 `/actors/chart.PNG` and `/actors/Chart.png` are one file on disks that do not tell capitals from small letters",
            "error[colliding-routes] content/actors/apt38.md:6:1 `/actors/APT38` and `/actors/apt38` are one folder on disks that do not tell capitals from small letters",
            "error[colliding-routes] content/actors/apt38.md:9:1 `/notes/e\u{301}.txt` and `/notes/é.txt` are one file on disks that do not tell how an accent is written",
        ]
    );
    // One file that several lead to is one.
    let twice = beside(
        "[a](/actors/Chart.png) [b](Chart.png)",
        &["actors/Chart.png"],
    );
    assert!(twice.run().site.is_some());
}

#[test]
fn a_file_in_the_place_of_a_page_or_a_folder() {
    let files = [
        "actors/lazarus/index.html",
        "actors/stardust",
        "actors/feed.xml",
    ];
    let links = files.map(|file| format!("[a](</{file}>)"));
    let project = beside(&links.join("\n"), &files);
    let project = project.stub("actors/lazarus.md", "Lazarus");
    assert_eq!(
        told(&project),
        [
            "error[active-attachment] content/actors/apt38.md:4:1 `index.html` is a `.html` file, which can act in the browser in the site's name",
            "error[colliding-routes] content/actors/apt38.md:4:1 two pages want the address `/actors/lazarus/index.html`",
            "error[active-attachment] content/actors/apt38.md:6:1 `feed.xml` is a `.xml` file, which can act in the browser in the site's name",
            "error[colliding-routes] content/actors/apt38.md:6:1 two pages want the address `/actors/feed.xml`",
        ]
    );
}

#[test]
fn what_is_withheld_stands_in_the_way_of_nothing() {
    let project = Project::default()
        .file(
            "actors/apt38.md",
            "---\ntitle: APT38\nredirect_from: /Old/\n---\n",
        )
        .file(
            "actors/by-date.md",
            "---\ntitle: By date\ntlp: amber\nredirect_from: /old/\n---\n",
        );
    assert!(project.run().site.is_some());
    assert_eq!(
        told(&project.audience(Tlp::Amber)),
        [
            "error[colliding-routes] content/actors/apt38.md:3:16 `/Old` and `/old` are one folder on disks that do not tell capitals from small letters",
            "error[colliding-routes] content/actors/by-date.md two pages want the address `/actors/by-date/`",
        ]
    );
}

/// However text and disk write an accent, in one sign or in two, the file is found, and has its stored name.
#[test]
fn a_file_is_found_however_its_accents_are_written() {
    for (stored, written) in [
        ("actors/Cafe\u{301}.png", "Caf\u{e9}.png"),
        ("actors/Caf\u{e9}.png", "Cafe\u{301}.png"),
        ("figures/\u{ac00}/b.png", "/figures/\u{1100}\u{1161}/b.png"),
    ] {
        let project = beside(&format!("![a]({written})"), &[stored]);
        let site = project.site();
        assert_eq!(site[stored], format!("copy of {stored}").as_bytes());
        let page = String::from_utf8_lossy(&site["actors/apt38/index.html"]).into_owned();
        assert!(page.contains(&format!("src=\"../../{stored}\"")), "{page}");
        assert_eq!(project.report(&project.run().problems), "");
    }
}
