//! Cases as folders: adding a test is adding a folder to `tests/cases/`.
//!
//! A case holds a project (`content/`, perhaps `dossier.toml` and `templates/`), perhaps `options`
//! (words as on the command line), and what is expected of it:
//!
//! * `diagnostics`: every problem, as `tests/support` writes them; where it is absent, none.
//! * `expected/`: files of the site. Of an HTML page the `<main>` element is compared, but for what nearly every page
//!   has, of every other file all of it; `index.full.html` compares the whole of `index.html`; `expected/paths`, where
//!   there is one, lists every file of the site.
//! * `expected@amber/`, `expected@red/` …: the same of the site for another audience.
//! * `diagnostics-of-pages`: the problems that show only while pages are made, those of templates.
//!
//! Every site that is built is also read by the scanner of `tests/support/html.rs`: its pages are well
//! formed, and every link and fragment in it leads somewhere.
//!
//! `UPDATE=1 cargo test --test cases` writes what is there now; read the difference before you
//! commit it.

mod support;

use dossier::diag::Code;
use dossier::model::Tlp;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use support::{Project, html};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("tests/cases is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

fn project(case: &Path) -> Project {
    let mut project = Project::load(case);
    let words = fs::read_to_string(case.join("options")).unwrap_or_default();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "--audience" => {
                let name = words.next().expect("--audience takes a marking");
                project.options.audience = dossier::model::Tlp::from_name(name).expect("a marking");
            }
            "--today" => {
                project.options.today = words.next().expect("a day").parse().expect("a day")
            }
            "--drafts" => project.options.drafts = true,
            "--strict" => project.options.strict = true,
            other => panic!("{}: unknown option {other}", case.display()),
        }
    }
    project
}

/// The part of a page that a case is about, laid out for reading.
fn compared(path: &str, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if !path.ends_with(".html") {
        return text;
    }
    if path.ends_with(".full.html") {
        return html::laid_out(&text);
    }
    let start = text.find("<main").unwrap_or(0);
    let end = text
        .find("</main>")
        .map_or(text.len(), |at| at + "</main>".len());
    let mut main = text[start..end].to_owned();
    for (from, to) in ON_EVERY_PAGE {
        if let Some(at) = main.find(from)
            && let Some(length) = main[at..].find(to)
        {
            main.replace_range(at..at + length + to.len(), "");
        }
    }
    html::laid_out(&main)
}

/// What nearly every page has, from where to where: only cases that are about it compare it, by whole pages.
const ON_EVERY_PAGE: &[(&str, &str)] = &[("<nav class=\"trail\"", "</nav>")];

fn files_below(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = format!(
            "{prefix}{}",
            path.file_name().expect("a name").to_string_lossy()
        );
        if path.is_dir() {
            files_below(&path, &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read_to_string(&path).expect("UTF-8"));
        }
    }
}

fn check(case: &Path, wrong: &mut Vec<String>) {
    let name = case
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let project = project(case);
    let run = project.run();
    let root = env!("CARGO_MANIFEST_DIR");
    let report = project.report(&run.problems).replace(root, "$ROOT");
    compare(
        &case.join("diagnostics"),
        &report,
        &format!("{name}: diagnostics"),
        wrong,
    );
    if run.site.is_some() {
        check_site(&project, &name, &case.join("expected"), wrong);
    } else if case.join("expected").exists() {
        wrong.push(format!("{name}: pages are expected, but there is no site"));
    }
    for tlp in Tlp::ALL {
        let folder = case.join(format!("expected@{tlp}"));
        if folder.exists() {
            let project = self::project(case).audience(tlp);
            check_site(&project, &format!("{name} for {tlp}"), &folder, wrong);
        }
    }
}

fn check_site(project: &Project, name: &str, folder: &Path, wrong: &mut Vec<String>) {
    let site = match project.try_site() {
        Ok(site) => site,
        // The problems of templates show only here; a case that is about them says so by this file.
        Err(problems) => {
            let file = folder.with_file_name("diagnostics-of-pages");
            return compare(
                &file,
                &problems,
                &format!("{name}: problems of pages"),
                wrong,
            );
        }
    };
    let faults = html::faults(&site, &project.config().base_url);
    wrong.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
    let mut expected = BTreeMap::new();
    files_below(folder, "", &mut expected);
    for path in expected.into_keys() {
        let found = match path.as_str() {
            "paths" => site.keys().map(|path| format!("{path}\n")).collect(),
            _ => match site.get(&path.replace(".full.html", ".html")) {
                Some(bytes) => compared(&path, bytes),
                None => "(no such file)\n".to_owned(),
            },
        };
        compare(
            &folder.join(&path),
            &found,
            &format!("{name}: {path}"),
            wrong,
        );
    }
}

/// Compares what was found with what a file expects; a file that is absent expects nothing.
fn compare(file: &Path, found: &str, what: &str, wrong: &mut Vec<String>) {
    let expected = fs::read_to_string(file).unwrap_or_default();
    if found == expected {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(file, found).expect("can be written");
    } else {
        wrong.push(format!(
            "{what} differs\n--- expected\n{expected}--- found\n{found}"
        ));
    }
}

#[test]
fn every_case_gives_what_it_expects() {
    let cases = cases();
    assert!(cases.len() >= 90, "cases are found");
    let mut wrong = Vec::new();
    for case in &cases {
        check(case, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Every problem is shown by a case, but for one that would take a file of 16 MB (`src/load/tests.rs`).
#[test]
fn every_problem_has_a_case() {
    let mut reported = String::new();
    for case in cases() {
        for name in ["diagnostics", "diagnostics-of-pages"] {
            reported += &fs::read_to_string(case.join(name)).unwrap_or_default();
        }
    }
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|&&code| code != Code::FileTooLarge)
        .map(|code| code.name())
        .filter(|name| !reported.contains(&format!("[{name}]")))
        .collect();
    assert!(missing.is_empty(), "no case shows: {}", missing.join(", "));
}

/// Every id in the theme is one that no text of a writer gets.
#[test]
fn ids_of_the_theme_are_reserved() {
    let mut templates = BTreeMap::new();
    files_below(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"),
        "",
        &mut templates,
    );
    let mut found = 0;
    for (name, text) in &templates {
        for id in text
            .split(" id=\"")
            .skip(1)
            .filter_map(|it| it.split('"').next())
        {
            found += 1;
            let made = id.starts_with("{{");
            assert!(made || dossier::model::ids::is_reserved(id), "{name}: {id}");
        }
    }
    assert!(found > 10, "ids are found");
}
