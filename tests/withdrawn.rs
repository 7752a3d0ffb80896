//! A withdrawn entry keeps its title, its place and the notice, and nothing else.
//!
//! An entry of each kind is withdrawn with every key that the table of keys knows, relations and a text;
//! behind the door, and in every byte of the site, it is the entry that never said more than its title and
//! the notice.

mod support;

use dossier::model::{Kind, Verb};
use dossier::parse::front::form::Form;
use dossier::parse::front::keys::{ROWS, Row};
use dossier::{parse, release, resolve};
use std::collections::HashSet;
use std::fmt::Write as _;
use support::Project;

/// What stays: the title with its language, where it stands and stood, what feeds know it by, who may see
/// it, and the notice.
const STAYS: [&str; 8] = [
    "title",
    "lang",
    "id",
    "redirect_from",
    "tlp",
    "draft",
    "publish",
    "withdrawn",
];

const HEAD: &str = "title: Taken back\nlang: fr\nid: perma\nredirect_from: [/notes/former/]\n\
    tlp: green\nwithdrawn: { date: 2025-12-31, reason: It was wrong }\n";

/// A value of a key that shows wherever it is shown.
fn value(row: &Row) -> String {
    match (row.form, row.key) {
        (Form::Bool, "is_family") => "false".to_owned(),
        (Form::Word(_), "seen") => "reference".to_owned(),
        (Form::Text | Form::Texts, key) => format!("zq{}qz", key.replace('_', "")),
        (_, "snapshot") => format!(
            "{{ file: zq.txt, sha256: {}, publish: true }}",
            "0".repeat(64)
        ),
        (_, "aliases") => "[{ name: Zqalias, by: other, sources: [other] }, Neighbour]".to_owned(),
        (_, "sources") => "[other]".to_owned(),
        (_, "publisher" | "country") => "other".to_owned(),
        (form, _) => form.example().to_owned(),
    }
}

const TEXT: &str = "\n## Zqheading\n\nZqtext of [[places/other]] and [[notes/neighbour|it]] [@other], \
    <https://zq.example/>.\n\n![zqalt](zq.svg)\n\n```ioc\nevil[.]example # zqnote [@other]\n```\n";

fn all_keys(kind: Kind) -> String {
    let own = ROWS.iter().filter(|row| row.kinds.contains(&kind));
    let mut front = String::new();
    for row in own.filter(|row| !STAYS.contains(&row.key)) {
        writeln!(front, "{}: {}", row.key, value(row)).unwrap();
    }
    for verb in Verb::ALL {
        for to in verb.allowed_to(kind).iter().take(1) {
            let folder = to.folder();
            writeln!(
                front,
                "{}: [{{ entry: {folder}/other, note: Zqrelation, sources: [other] }}]",
                verb.key()
            )
            .unwrap();
        }
    }
    front
}

/// A dossier with the entry, and with others that say something of it.
fn project(kind: Kind, front: &str, text: &str) -> Project {
    let folder = kind.folder();
    let mut project = Project::default().audience(dossier::model::Tlp::Green);
    for other in Kind::ALL {
        let publisher = if other == Kind::Source {
            "publisher: Us\n"
        } else {
            ""
        };
        project = project.file(
            &format!("{}/other.md", other.folder()),
            &format!("---\ntitle: Another {other}\n{publisher}related_to: [{{ entry: {folder}/gone, sources: [other] }}]\n---\n"),
        );
    }
    // What the examples of the table cite.
    for source in [
        "reuters-2016",
        "treasury-2019",
        "mandiant-2018",
        "swift-2016",
        "doj-2018",
    ] {
        project = project.file(
            &format!("sources/{source}.md"),
            &format!("---\ntitle: {source}\npublisher: Us\n---\n"),
        );
    }
    let cites = if kind == Kind::Source { " [@gone]" } else { "" };
    project
        .stub("notes/neighbour.md", "Neighbour")
        .file(
            "notes/says.md",
            &format!(
                "---\ntitle: It says\n---\nWhat [[{folder}/gone]] and [[Taken back]] said{cites}.\n"
            ),
        )
        .attachment(&format!("{folder}/zq.svg"))
        .attachment("sources/snapshots/zq.txt")
        .file(
            &format!("{folder}/gone.md"),
            &format!("---\n{HEAD}{front}---\n{text}"),
        )
}

/// What stands behind the door.
fn released(project: &Project) -> String {
    let parsed = parse::all(
        &project.inputs.entries,
        &project.config().markings(),
        Default::default(),
    );
    let files = &project.inputs.files;
    let dossier = resolve::resolve(&parsed.files, files, HashSet::new(), None).dossier;
    let audience = release::Audience {
        tlp: project.options.audience,
        drafts: false,
        today: project.options.today,
    };
    let release = release::release(&dossier, audience, None).release;
    let mut shown = format!("{:?}\n", release.intros);
    for page in release.pages.iter() {
        writeln!(shown, "{page:?}").unwrap();
    }
    shown
}

#[test]
fn a_withdrawn_entry_is_its_title_and_the_notice() {
    for kind in Kind::ALL {
        let full = project(kind, &all_keys(kind), TEXT);
        let publisher = if kind == Kind::Source {
            "publisher: Us\n"
        } else {
            ""
        };
        let bare = project(kind, publisher, "");
        let (a, b) = (released(&full), released(&bare));
        for (a, b) in a.lines().zip(b.lines()) {
            assert_eq!(a, b, "{kind}");
        }
        assert!(!a.to_lowercase().contains("zq"), "{kind}");
        let (full, bare) = (full.site(), bare.site());
        assert!(full.keys().eq(bare.keys()), "{kind}: other files");
        for (path, bytes) in &full {
            assert_eq!(
                String::from_utf8_lossy(bytes),
                String::from_utf8_lossy(&bare[path]),
                "{kind}: {path}"
            );
        }
        let page = &full[&format!("{}/gone/index.html", kind.folder())];
        let page = String::from_utf8_lossy(page);
        for stays in ["Taken back", "It was wrong", "31 December 2025"] {
            assert!(page.contains(stays), "{kind}: {stays}");
        }
        let feed = String::from_utf8_lossy(&full["feed.xml"]);
        // Pages about the dossier are in no feed.
        let told = feed.contains("Withdrawn: It was wrong");
        assert_eq!(told, kind.is_of_entries(), "{kind}");
    }
}

#[test]
fn a_withdrawal_that_cannot_be_read_withholds() {
    for notice in [
        "withdrawn: yes",
        "withdrawn: { reason: It was wrong }",
        "withdrawn:",
    ] {
        let project = Project::default().file(
            "notes/n.md",
            &format!("---\ntitle: X\n{notice}\n---\nText.\n"),
        );
        let parsed = parse::all(
            &project.inputs.entries,
            &project.config().markings(),
            Default::default(),
        );
        let parse::Parsed::Entry(entry) = &parsed.files[0].value else {
            panic!("no entry");
        };
        assert!(entry.entry.draft, "{notice}");
    }
}
