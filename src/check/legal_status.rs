//! A person tied to an act has a legal status, which stands beside the name wherever it is said.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::{Details, Entry, EntryId, Kind, Relation, Verb};

pub(super) fn check(entry: &Entry<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    // Of an entry with errors the status may be what could not be read.
    let without_status = |entry: &Entry<EntryId>| match &entry.details {
        Details::Person { legal, .. } => {
            legal.is_empty() && !around.dossier.broken.contains(&entry.path)
        }
        _ => false,
    };
    for relation in &entry.relations {
        let target = around.dossier.entry(relation.target);
        let person = if ties_the_one_who_states_it(relation, target) && without_status(entry) {
            entry
        } else if matches!(relation.verb, Verb::AttributedTo | Verb::AuthoredBy)
            && without_status(target)
        {
            target
        } else {
            continue;
        };
        problems.push(
            Diagnostic::at(
                Code::MissingLegalStatus,
                &entry.path,
                relation.span,
                format!(
                    "{} is tied to an act here but has no legal status",
                    person.title
                ),
            )
            .help(format!(
                "add to {}: `legal: [{{ status: alleged, date: …, by: …, sources: [ … ] }}]`",
                person.path
            )),
        );
    }
}

/// Whether a relation that a person states ties that person to an act.
fn ties_the_one_who_states_it(relation: &Relation<EntryId>, target: &Entry<EntryId>) -> bool {
    match relation.verb {
        Verb::Uses | Verb::Targets | Verb::Impersonates => true,
        Verb::MemberOf => target.kind == Kind::Actor,
        _ => false,
    }
}
