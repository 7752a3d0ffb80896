//! Tests of the readers: each describes a front matter in a string and the problems as lines.

mod broken;
mod cut;
mod explained;
mod forms;
mod marks;
mod plain;
mod problems;
mod robust;
mod schema;
mod syntax;

use crate::diag::Diagnostic;
use crate::model::{Entry, Kind, RawRef, Tlp};
use crate::parse::{Parsed, file};
use crate::text::{TextFile, line_column};

/// A file of a kind with a YAML front matter.
fn yaml(kind: Kind, front: &str) -> TextFile {
    let path = format!("content/{}/x.md", kind.folder());
    TextFile::new(path, format!("---\n{front}---\nProse.\n"))
}

/// The problems of a file, each as `code line:column message → help`.
fn shown(file: &TextFile) -> Vec<String> {
    let mut problems = super::super::file(file, &Tlp::Clear.into()).problems;
    crate::diag::sort(&mut problems);
    problems.iter().map(|problem| show(file, problem)).collect()
}

fn show(file: &TextFile, problem: &Diagnostic) -> String {
    let place = |span: Option<crate::text::Span>| {
        span.map_or("-".to_owned(), |span| {
            let (line, column) = line_column(&file.text, span.start);
            format!("{line}:{column}")
        })
    };
    let mut shown = format!(
        "{} {} {}",
        problem.code.name(),
        place(problem.place.span),
        problem.message
    );
    for (other, label) in &problem.others {
        shown += &format!(" [{} {label}]", place(other.span));
    }
    if let Some(help) = &problem.help {
        shown += &format!(" → {help}");
    }
    shown
}

/// Asserts the problems of a front matter of a kind.
#[track_caller]
fn check(kind: Kind, front: &str, expected: &[&str]) {
    let file = yaml(kind, front);
    assert_eq!(shown(&file), expected, "\n{front}");
}

/// The entry of a front matter, which must have no problem.
#[track_caller]
fn read(kind: Kind, front: &str) -> Entry<RawRef> {
    let file = yaml(kind, front);
    assert_eq!(shown(&file), Vec::<String>::new(), "\n{front}");
    entry(&file, Tlp::Clear)
}

/// What could be read of an entry, with or without problems.
#[track_caller]
fn entry(text: &TextFile, default_tlp: Tlp) -> Entry<RawRef> {
    match file(text, &default_tlp.into()).value {
        Parsed::Entry(raw) => raw.entry.clone(),
        other => panic!("no entry: {other:?}"),
    }
}
