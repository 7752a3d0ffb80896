//! Advice that can be pasted mends what it is about.
//!
//! Of every problem of every case that has a fix, the fix is applied; of one whose help is a text to write, the text
//! is put where the problem stands (or in the place of the words that the message quotes). The project is run
//! again: the problem is gone, and none is there that was not.

mod support;

use dossier::diag::{Diagnostic, Fix};
use dossier::mend::mend;
use dossier::text::TextFile;
use std::fs;
use std::path::Path;
use support::Project;

/// The text that a help says to write, if that is all it says.
fn advised(help: &str) -> Option<(&str, bool)> {
    for (lead, whole) in [
        ("did you mean `", false),
        ("write it in quotes, `", true),
        ("write `", true),
    ] {
        if let Some(rest) = help.strip_prefix(lead) {
            let end = rest.find('`')?;
            let after = &rest[end + 1..];
            let alone = after.is_empty() || after.starts_with(['?', ';']);
            return alone.then(|| (&rest[..end], whole));
        }
    }
    None
}

/// The text of a file with all edits of a fix in it.
fn fixed(text: &str, fix: &Fix) -> Option<String> {
    let places = fix.edits().iter();
    let mut edits: Vec<_> = places
        .map(|edit| Some((edit.range(text)?, &edit.with)))
        .collect::<Option<_>>()?;
    edits.sort_by_key(|(range, _)| range.start);
    let mut text = text.to_owned();
    for (range, with) in edits.into_iter().rev() {
        text.replace_range(range, with);
    }
    Some(text)
}

/// The text of a file with the advice in the place of what was wrong.
fn mended(text: &str, problem: &Diagnostic) -> Option<String> {
    let (advice, whole) = advised(problem.help.as_deref()?)?;
    let span = problem.place.span?;
    let marked = span.of(text);
    let wrong = match whole || advice.starts_with("[[") && marked.contains("[[") {
        true => marked,
        false => problem
            .message
            .split('`')
            .skip(1)
            .step_by(2)
            .find(|it| marked.contains(*it))?,
    };
    let at = span.start as usize + marked.find(wrong)?;
    Some(format!(
        "{}{advice}{}",
        &text[..at],
        &text[at + wrong.len()..]
    ))
}

fn put(project: &Project, path: &str, text: String) -> Option<Project> {
    let mut inputs = project.inputs.clone();
    let file = TextFile::new(path, text);
    if path == "dossier.toml" {
        inputs.config = Some(file);
    } else {
        *inputs.entries.iter_mut().find(|it| *it.path == *path)? = file;
    }
    let options = project.options.clone();
    Some(Project { inputs, options })
}

#[test]
fn what_advice_says_mends_the_problem() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    cases.sort();
    let (mut tried, mut safe, mut wrong) = (0, 0, Vec::new());
    for case in cases {
        let project = Project::load(&case);
        let problems = project.run().problems;
        for problem in &problems {
            let path = &*problem.place.path;
            let text = project.inputs.text(path);
            let by_fix = |text| problem.fix.as_ref().and_then(|fix| fixed(text, fix));
            let better = text.and_then(|text| by_fix(text).or_else(|| mended(text, problem)));
            let Some(text) = better else {
                continue;
            };
            if problem.fix.as_ref().is_some_and(Fix::is_safe) {
                safe += 1;
                let texts = |path: &str| project.inputs.text(path);
                let alone = std::slice::from_ref(problem);
                let applied = mend(alone, &texts, &project.config().markings());
                if applied.iter().map(|it| &it.after).ne([&text]) {
                    let report = project.report(alone);
                    wrong.push(format!("{}: {report}is not applied", case.display()));
                }
            }
            let Some(again) = put(&project, path, text) else {
                continue;
            };
            tried += 1;
            let told = |it: &Diagnostic| (it.code, it.message.clone(), it.place.path.clone());
            let before: Vec<_> = problems.iter().map(told).collect();
            let now = again.run().problems;
            let after: Vec<_> = now.iter().map(told).collect();
            let count = |all: &[_], one: &_| all.iter().filter(|it| *it == one).count();
            let stands = count(&after, &told(problem)) >= count(&before, &told(problem));
            let is_new = |it: &&Diagnostic| count(&after, &told(it)) > count(&before, &told(it));
            let new: Vec<Diagnostic> = now.iter().filter(is_new).cloned().collect();
            if stands || !new.is_empty() {
                wrong.push(format!(
                    "{}: {}gives\n{}",
                    case.display(),
                    project.report(std::slice::from_ref(problem)),
                    again.report(&new)
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {tried}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(tried > 50, "only {tried} pieces of advice were tried");
    assert!(safe > 30, "only {safe} fixes were applied");
}
