//! A grade without a letter has it from the publisher's entry, or from nowhere.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::{Entry, EntryId, Kind, Named};

pub(super) fn check(entry: &Entry<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    let grade = entry.evidence().and_then(|evidence| evidence.grade);
    let (Some(grade), Some(publisher)) = (grade, &entry.publisher) else {
        return;
    };
    if grade.reliability().is_some() {
        return;
    }
    let (message, help) = match &publisher.value {
        Named::Text(name) => (
            format!("`{grade}` tells no reliability, and `{name}` has no entry that does"),
            format!(
                "write the letter, `grade: B{grade}`, or give the publisher an entry with `reliability`"
            ),
        ),
        Named::Entry(id) => {
            let of = around.dossier.entry(*id);
            // Of an entry with errors it may be what could not be read.
            if lends(of) || around.dossier.broken.contains(&of.path) {
                return;
            }
            (
                format!(
                    "`{grade}` tells no reliability, and neither does the entry of its publisher"
                ),
                format!(
                    "add `reliability: B` to {}, or write the letter here: `grade: B{grade}`",
                    of.path
                ),
            )
        }
    };
    let problem = Diagnostic::at(
        Code::MissingReliability,
        &entry.path,
        publisher.span,
        message,
    );
    problems.push(problem.help(help));
}

/// Whether an entry says how reliable it is as a publisher.
pub(super) fn lends(entry: &Entry<EntryId>) -> bool {
    entry.kind == Kind::Organisation
        && entry.withdrawn.is_none()
        && entry.statements.fact("reliability").is_some()
}
