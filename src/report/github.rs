//! Problems as commands of a workflow on GitHub, which makes annotations of a pull request of them.
//!
//! A command is one line: `::error file=…,line=…,col=…,title=…::message`. What would end a line, a value
//! or a command is escaped as the runner undoes it (`@actions/core`, `command.ts`).

use super::{Lines, Rest, Texts, clean, json};
use crate::diag::{Diagnostic, Severity};
use std::fmt::Write as _;

/// A problem as one line; `base` is the way from the repository to the dossier, empty or with a slash at
/// its end.
#[must_use]
pub fn problem(problem: &Diagnostic, base: &str, texts: Texts<'_>, lines: &mut Lines) -> String {
    let mut message = clean(&problem.message);
    if !problem.label.is_empty() {
        let _ = write!(message, " ({})", clean(&problem.label));
    }
    for (place, label) in &problem.others {
        let at = json::at(place, texts, lines);
        let line = at.line.map_or_else(String::new, |line| format!(":{line}"));
        let _ = write!(
            message,
            "\n{base}{}{line}: {}",
            clean(at.path),
            clean(label)
        );
    }
    if let Some(help) = &problem.help {
        let _ = write!(message, "\nhelp: {}", clean(help));
    }
    let at = json::at(&problem.place, texts, lines);
    let mut place = format!("file={}", property(&format!("{base}{}", at.path)));
    if let (Some(line), Some(column), Some(end)) = (at.line, at.column, &at.end) {
        let _ = write!(place, ",line={line},endLine={}", end.line);
        // GitHub takes columns only within one line.
        if end.line == line {
            let _ = write!(place, ",col={column},endColumn={}", end.column);
        }
    }
    let title = property(problem.code.name());
    command(
        problem.severity,
        &format!("{place},title={title}"),
        &message,
    )
}

/// What is left out of a file's problems, as one line.
#[must_use]
pub fn rest(rest: &Rest<'_>, base: &str) -> String {
    let place = format!("file={}", property(&format!("{base}{}", rest.path)));
    command(rest.severity(), &place, &rest.sentence())
}

/// Why a command stopped, as one line.
#[must_use]
pub fn stopped(sentence: &str) -> String {
    format!("::error::{}\n", data(&clean(sentence)))
}

fn command(severity: Severity, properties: &str, message: &str) -> String {
    let word = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!("::{word} {properties}::{}\n", data(message))
}

/// A message as it stands after the second `::`.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// A value as it stands among the properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
