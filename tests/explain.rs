//! The explanations of `dossier explain` are true: each wrong example has the problem, each right
//! one has none and builds.
//!
//! An explanation is a paragraph, then examples: a line `File: path`, then a fenced block whose info
//! string ends in `wrong` or `right`. Blocks of one verdict that follow one another with different
//! paths belong together: an example of several files.

mod support;

use dossier::diag::Code;
use dossier::load::FileInfo;
use dossier::text::TextFile;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use support::Project;

/// An example: whether it is the wrong one, and its files with their texts.
#[derive(Debug, Default)]
struct Example {
    wrong: bool,
    files: Vec<(String, String)>,
}

/// The fenced blocks of an explanation, each with its path and whether it is the wrong one.
fn blocks(explanation: &str) -> Vec<(bool, String, String)> {
    let mut found = Vec::new();
    let mut path = String::new();
    let mut open: Option<(String, bool, String)> = None;
    for line in explanation.lines() {
        if let Some((fence, wrong, mut text)) = open.take() {
            if line.trim_end() == fence {
                found.push((wrong, path.clone(), text));
            } else {
                text.push_str(line);
                text.push('\n');
                open = Some((fence, wrong, text));
            }
        } else if let Some(file) = line.strip_prefix("File: ") {
            path = file.trim().trim_matches('`').to_owned();
        } else if line.starts_with("```") {
            let fence: String = line.chars().take_while(|&c| c == '`').collect();
            let wrong = line.trim_end().ends_with(" wrong");
            if wrong || line.trim_end().ends_with(" right") {
                open = Some((fence, wrong, String::new()));
            }
        }
    }
    assert!(open.is_none(), "a fence is not closed:\n{explanation}");
    found
}

fn examples(explanation: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for (wrong, path, text) in blocks(explanation) {
        match examples.last_mut() {
            Some(last)
                if last.wrong == wrong && last.files.iter().all(|(other, _)| *other != path) =>
            {
                last.files.push((path, text));
            }
            _ => examples.push(Example {
                wrong,
                files: vec![(path, text)],
            }),
        }
    }
    examples
}

/// Codes of what text cannot show: bytes that are no text, links of the file system, sheer size.
/// `src/load/tests.rs` shows them.
const ELSEWHERE: &[Code] = &[Code::NotUtf8, Code::LinkLeavesProject, Code::FileTooLarge];

#[test]
fn every_explanation_is_true() {
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        if ELSEWHERE.contains(&code) {
            continue;
        }
        let examples = examples(code.explanation());
        for (verdict, name) in [(true, "wrong"), (false, "right")] {
            if examples.iter().all(|example| example.wrong != verdict) {
                wrong.push(format!(
                    "{}: the explanation lacks a {name} example",
                    code.name()
                ));
            }
        }
        for example in examples {
            wrong.extend(judge(code, &example).map(|what| format!("{}: {what}", code.name())));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is untrue about an example.
fn judge(code: Code, example: &Example) -> Option<String> {
    let project = with_neighbours(example);
    let run = project.run();
    let has = run.problems.iter().any(|problem| problem.code == code);
    let report = project.report(&run.problems);
    match (example.wrong, has) {
        (true, true) => None,
        (true, false) => Some(format!("the wrong example lacks the problem:\n{report}")),
        (false, _) if !run.problems.is_empty() => {
            Some(format!("the right example has problems:\n{report}"))
        }
        (false, _) => {
            // Some problems show only while a page is made.
            let pages = project.site();
            pages
                .is_empty()
                .then(|| "the right example makes no site".to_owned())
        }
    }
}

#[test]
fn every_explanation_explains_in_words_of_its_own() {
    let mut seen = BTreeSet::new();
    for &code in Code::ALL {
        let prose = code
            .explanation()
            .split("```")
            .step_by(2)
            .collect::<String>();
        let words = prose.split_whitespace().count();
        assert!(words >= 25, "{}: {words} words explain little", code.name());
        let first = prose.split("\n\n").next().unwrap_or("").to_owned();
        assert!(
            seen.insert(first),
            "{}: explained in the words of another code",
            code.name()
        );
    }
}

/// The entries that the examples may name, and the example.
fn with_neighbours(example: &Example) -> Project {
    let neighbours = [
        ("actors/apt38.md", "APT38"),
        ("actors/lazarus-group.md", "Lazarus Group"),
        ("organisations/example-bank.md", "Example Bank"),
        ("places/north-korea.md", "North Korea"),
        ("malware/hoplight.md", "HOPLIGHT"),
        ("people/jane-doe.md", "Jane Doe"),
        ("notes/laundering.md", "How the money was laundered"),
        ("sources/reuters-2016.md", "Reuters report"),
        ("sources/guardian-2016.md", "Guardian report"),
    ];
    let own: Vec<&str> = example
        .files
        .iter()
        .map(|(path, _)| below_content(path))
        .collect();
    let project = neighbours
        .into_iter()
        .filter(|(neighbour, _)| !own.contains(neighbour))
        .fold(Project::default(), |project, (path, title)| project.stub(path, title))
        .file("sources/secret-report.md", "---\ntitle: A secret report\npublisher: Somebody\ntlp: red\n---\n")
        .file("actors/secret-actor.md", "---\ntitle: A secret actor\ntlp: red\n---\n## A heading\n")
        .file("sources/retracted-2015.md", "---\ntitle: Taken back\npublisher: Somebody\nretracted: { date: 2016, reason: It was wrong }\n---\n")
        .file("sources/only-a-reference.md", "---\ntitle: Not seen\npublisher: Somebody\nseen: reference\n---\n");
    example
        .files
        .iter()
        .fold(project, |project, (path, text)| put(project, path, text))
}

fn below_content(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// Puts a file where its path says: configuration, template, entry, or a file that is copied.
fn put(mut project: Project, path: &str, text: &str) -> Project {
    if path == "dossier.toml" {
        project.inputs.config = Some(TextFile::new(path, text));
    } else if let Some(name) = path.strip_prefix("templates/") {
        project
            .inputs
            .theme
            .insert(name.to_owned(), text.as_bytes().into());
    } else if path.starts_with("static") {
        return project.fixed(path, text.as_bytes());
    } else if path.ends_with(".md") {
        return project.file(below_content(path), text);
    } else {
        let sha256 = Sha256::digest(text)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let info = FileInfo {
            sha256: Some(sha256),
            ..FileInfo::of(path, text.as_bytes())
        };
        project
            .inputs
            .files
            .insert(below_content(path).to_owned(), info);
    }
    project
}
