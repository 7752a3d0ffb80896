//! Problems as JSON. The names are stable: they may be added to, not changed.

use super::{Lines, Texts};
use crate::diag::{Diagnostic, Severity};
use crate::text::Place;
use serde::Serialize;

/// A problem.
#[derive(Debug, Serialize)]
pub struct Problem<'a> {
    /// `unknown-key`; `dossier explain` takes it.
    code: &'static str,
    /// `error` or `warning`.
    severity: &'static str,
    /// What is wrong.
    message: &'a str,
    #[serde(flatten)]
    at: At<'a>,
    /// A few words at the place; may be empty.
    label: &'a str,
    /// What to do.
    help: Option<&'a str>,
    /// Other places that belong to it.
    others: Vec<Other<'a>>,
}

/// A place. Lines and columns count from 1, columns in characters; the end is one past the last
/// character. Without them it is about the file as a whole.
#[derive(Debug, Serialize)]
pub(super) struct At<'a> {
    pub(super) path: &'a str,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) end: Option<End>,
}

#[derive(Debug, Serialize)]
pub(super) struct End {
    pub(super) line: usize,
    pub(super) column: usize,
}

#[derive(Debug, Serialize)]
struct Other<'a> {
    #[serde(flatten)]
    at: At<'a>,
    label: &'a str,
}

/// A problem, ready to be written as JSON.
pub fn problem<'a>(problem: &'a Diagnostic, texts: Texts<'_>, lines: &mut Lines) -> Problem<'a> {
    let Diagnostic {
        code,
        severity,
        firm: _,
        message,
        place,
        label,
        others,
        help,
    } = problem;
    Problem {
        code: code.name(),
        severity: match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message,
        at: at(place, texts, lines),
        label,
        help: help.as_deref(),
        others: others
            .iter()
            .map(|(place, label)| Other {
                at: at(place, texts, lines),
                label,
            })
            .collect(),
    }
}

pub(super) fn at<'a>(place: &'a Place, texts: Texts<'_>, lines: &mut Lines) -> At<'a> {
    let path = &*place.path;
    let found = place.span.and_then(|span| {
        let text = texts(path)?;
        let start = lines.position(text, place, span.start as usize);
        let end = lines.position(text, place, span.end as usize);
        Some((start, end))
    });
    At {
        path,
        line: found.map(|(start, _)| start.0),
        column: found.map(|(start, _)| start.1),
        end: found.map(|(_, (line, column))| End { line, column }),
    }
}
