//! Problems as JSON. The names are stable: they may be added to, not changed.

use super::{Lines, Texts};
use crate::diag::{self, Diagnostic, Severity, TextEdit};
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
    /// The same as edits, where it is one that a program can make.
    fix: Option<Fix<'a>>,
    /// Other places that belong to it.
    others: Vec<Other<'a>>,
}

/// What mends a problem. The edits belong together.
#[derive(Debug, Serialize)]
pub(super) struct Fix<'a> {
    /// Whether it is one thing alone that can have been meant, so that `check --fix` may apply it; what is not safe may
    /// be another thing than the writer meant.
    safe: bool,
    /// At least one.
    pub(super) edits: Vec<Edit<'a>>,
}

/// A piece of a file that is to be written anew; `line`, `column` and `end` say which.
#[derive(Debug, Serialize)]
pub(super) struct Edit<'a> {
    #[serde(flatten)]
    pub(super) at: At<'a>,
    /// What stands there.
    replaces: String,
    /// What is to stand there.
    pub(super) with: &'a str,
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
        fix,
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
        fix: fix.as_ref().and_then(|fix| self::fix(fix, texts, lines)),
        others: others
            .iter()
            .map(|(place, label)| Other {
                at: at(place, texts, lines),
                label,
            })
            .collect(),
    }
}

/// The edits of a fix where they are; none where the text is not there or not what it was.
pub(super) fn fix<'a>(fix: &'a diag::Fix, texts: Texts<'_>, lines: &mut Lines) -> Option<Fix<'a>> {
    let edits = fix.edits().iter();
    Some(Fix {
        safe: fix.is_safe(),
        edits: edits
            .map(|it| edit(it, texts, lines))
            .collect::<Option<_>>()?,
    })
}

/// An edit where it is.
fn edit<'a>(edit: &'a TextEdit, texts: Texts<'_>, lines: &mut Lines) -> Option<Edit<'a>> {
    let text = texts(&edit.path)?;
    let range = edit.range(text)?;
    let replaces = text.get(range.clone())?.to_owned();
    let start = lines.position(text, &edit.path, range.start);
    let end = lines.position(text, &edit.path, range.end);
    Some(Edit {
        at: At {
            path: &edit.path,
            line: Some(start.0),
            column: Some(start.1),
            end: Some(End {
                line: end.0,
                column: end.1,
            }),
        },
        replaces,
        with: &edit.with,
    })
}

pub(super) fn at<'a>(place: &'a Place, texts: Texts<'_>, lines: &mut Lines) -> At<'a> {
    let path = &*place.path;
    let found = place.span.and_then(|span| {
        let text = texts(path)?;
        let start = lines.position(text, path, span.start as usize);
        let end = lines.position(text, path, span.end as usize);
        Some((start, end))
    });
    At {
        path,
        line: found.map(|(start, _)| start.0),
        column: found.map(|(start, _)| start.1),
        end: found.map(|(_, (line, column))| End { line, column }),
    }
}
