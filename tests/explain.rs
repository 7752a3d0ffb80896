//! The explanations of `dossier explain` are true: each wrong example has the problem, each right
//! one has none.

mod support;

use dossier::diag::Code;
use support::Project;

/// An example: the file, whether it is the wrong one, and its text.
struct Example {
    path: String,
    wrong: bool,
    text: String,
}

/// The fenced blocks of an explanation whose info string is `… wrong` or `… right`, each after a line
/// `File: path`.
fn examples(explanation: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut path = String::new();
    let mut open: Option<(String, bool, String)> = None;
    for line in explanation.lines() {
        if let Some((fence, wrong, mut text)) = open.take() {
            if line.trim_end() == fence {
                found.push(Example {
                    path: path.clone(),
                    wrong,
                    text,
                });
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
    found
}

/// Codes that no single Markdown file can show; their tests stand elsewhere.
const ELSEWHERE: &[Code] = &[
    Code::NotUtf8,
    Code::LinkLeavesProject,
    Code::FileTooLarge,
    Code::SnapshotMismatch,
    Code::TemplateError,
    Code::ConfigSyntax,
    Code::ConfigValue,
    Code::ConfigUnknownKey,
    Code::DuplicateSlug,
];

#[test]
fn every_explanation_is_true() {
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let examples = examples(code.explanation());
        if examples.iter().filter(|example| example.wrong).count() == 0
            || examples.iter().filter(|example| !example.wrong).count() == 0
        {
            if !ELSEWHERE.contains(&code) {
                wrong.push(format!(
                    "{}: the explanation lacks an example of wrong or of right",
                    code.name()
                ));
            }
            continue;
        }
        if ELSEWHERE.contains(&code) {
            continue;
        }
        for example in examples {
            let project = with_neighbours(&example);
            let run = project.run();
            let has = run.problems.iter().any(|problem| problem.code == code);
            let others: Vec<_> = run
                .problems
                .iter()
                .filter(|problem| problem.code != code)
                .cloned()
                .collect();
            if has != example.wrong {
                let which = if example.wrong { "wrong" } else { "right" };
                wrong.push(format!(
                    "{}: the {which} example:\n{}",
                    code.name(),
                    project.report(&run.problems)
                ));
            }
            if !example.wrong && !others.is_empty() {
                wrong.push(format!(
                    "{}: the right example has other problems:\n{}",
                    code.name(),
                    project.report(&others)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The entries that the examples may name.
fn with_neighbours(example: &Example) -> Project {
    let neighbours = [
        ("actors/apt38.md", "APT38"),
        ("actors/lazarus-group.md", "Lazarus Group"),
        ("organisations/example-bank.md", "Example Bank"),
        ("places/north-korea.md", "North Korea"),
        ("malware/hoplight.md", "HOPLIGHT"),
        ("people/jane-doe.md", "Jane Doe"),
        ("sources/reuters-2016.md", "Reuters report"),
        ("sources/guardian-2016.md", "Guardian report"),
    ];
    let path = example
        .path
        .strip_prefix("content/")
        .unwrap_or(&example.path);
    neighbours
        .into_iter()
        .filter(|(neighbour, _)| *neighbour != path)
        .fold(Project::default(), |project, (path, title)| project.stub(path, title))
        .file("sources/secret-report.md", "---\ntitle: A secret report\npublisher: Somebody\ntlp: red\n---\n")
        .file("actors/secret-actor.md", "---\ntitle: A secret actor\ntlp: red\n---\n## A heading\n")
        .file("sources/retracted-2015.md", "---\ntitle: Taken back\npublisher: Somebody\nretracted: { date: 2016, reason: It was wrong }\n---\n")
        .file("sources/only-a-reference.md", "---\ntitle: Not seen\npublisher: Somebody\nseen: reference\n---\n")
        .file(path, &example.text)
}
