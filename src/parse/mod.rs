//! One file becomes one raw entry; nothing is resolved.
//!
//! Takes a [`TextFile`]; gives a [`Parsed`] and every problem of the file. Front matter and body are
//! read independently, so that both are reported. Never looks at another file, never fails, never
//! panics: results are remembered by the file's content hash.

pub mod body;

pub mod front;

pub mod path;

use crate::diag::Outcome;
use crate::model::{Entry, Intro, Prose, RawRef, Tlp};
use crate::text::TextFile;
use path::Role;
use rayon::prelude::*;
use std::sync::Arc;

/// What a Markdown file below `content/` turned out to be.
#[derive(Debug, Clone)]
pub enum Parsed {
    /// An entry.
    Entry(Box<RawEntry>),
    /// The text of the home page or of an index page.
    Intro(Box<Intro<RawRef>>),
    /// A file that is neither (an unknown folder, no UTF-8 …); reported.
    Nothing,
}

/// An entry as it was read.
#[derive(Debug, Clone)]
pub struct RawEntry {
    /// What could be read of it.
    pub entry: Entry<RawRef>,
    /// Whether its front matter has errors: it stays known, so that links to it are not reported as
    /// well, but what would only follow from the error is not reported.
    pub broken: bool,
}

/// Parses every file, in parallel; the results stand in the order of the files.
#[must_use]
pub fn all(files: &[TextFile], default_tlp: Tlp) -> Outcome<Vec<Parsed>> {
    let outcomes: Vec<Outcome<Parsed>> = files
        .par_iter()
        .map(|entry| file(entry, default_tlp))
        .collect();
    let mut problems = Vec::new();
    let value = outcomes
        .into_iter()
        .map(|outcome| outcome.drain_into(&mut problems))
        .collect();
    Outcome { value, problems }
}

/// Parses one file: its path says what it is, its front matter what it says of itself, its body is
/// prose.
#[must_use]
pub fn file(file: &TextFile, default_tlp: Tlp) -> Outcome<Parsed> {
    let (role, problem) = path::role(&file.path);
    let mut problems = Vec::from_iter(problem);
    let misnamed = !problems.is_empty();
    let value = match role {
        None => Parsed::Nothing,
        Some(Role::Intro(of)) => {
            let front = front::intro(file, of, default_tlp).drain_into(&mut problems);
            let mut intro = front.value;
            let around = (!front.broken).then_some(intro.tlp);
            intro.prose = prose(file, front.body, around, &mut problems);
            Parsed::Intro(Box::new(intro))
        }
        Some(Role::Entry { kind, slug }) => {
            let front = front::entry(file, kind, &slug, default_tlp).drain_into(&mut problems);
            let mut entry = front.value;
            let around = (!front.broken).then_some(entry.tlp);
            entry.prose = prose(file, front.body, around, &mut problems);
            Parsed::Entry(Box::new(RawEntry {
                entry,
                broken: front.broken || misnamed,
            }))
        }
    };
    Outcome { value, problems }
}

/// The prose of a file; `around` is the entry's marking, where it could be read.
fn prose(
    file: &TextFile,
    start: usize,
    around: Option<Tlp>,
    problems: &mut Vec<crate::diag::Diagnostic>,
) -> Prose<RawRef> {
    let raw = body::parse(&file.path, &file.text, start).drain_into(problems);
    problems.extend(around.map_or_else(Vec::new, |tlp| {
        body::lower_marks(&file.path, &raw.body, tlp)
    }));
    Prose {
        body: Arc::new(raw.body),
        targets: Vec::new(),
        cites: raw.cites,
    }
}
