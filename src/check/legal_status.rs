//! A person tied to an act has a legal status, which stands beside the name wherever it is said.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::{Entry, EntryId, Kind, Relation, Verb};

pub(super) fn check(entry: &Entry<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    // Of an entry with errors the status may be what could not be read.
    let without_status = |entry: &Entry<EntryId>| {
        entry.kind == Kind::Person
            && entry.statements.legal().next().is_none()
            && !around.dossier.broken.contains(&entry.path)
    };
    for relation in entry.statements.relations() {
        let Relation { verb, target, .. } = relation.what;
        let target = around.dossier.entry(*target);
        let person = if ties_the_one_who_states_it(*verb, target) && without_status(entry) {
            entry
        } else if matches!(verb, Verb::AttributedTo | Verb::AuthoredBy) && without_status(target) {
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
fn ties_the_one_who_states_it(verb: Verb, target: &Entry<EntryId>) -> bool {
    match verb {
        Verb::Uses
        | Verb::Targets
        | Verb::Impersonates
        | Verb::Hosts
        | Verb::Controls
        | Verb::Owns => true,
        Verb::MemberOf => target.kind == Kind::Actor,
        Verb::AttributedTo
        | Verb::EmployedBy
        | Verb::PartOf
        | Verb::CommunicatesWith
        | Verb::Exploits
        | Verb::RoutedThrough
        | Verb::OriginatesFrom
        | Verb::LocatedAt
        | Verb::AuthoredBy
        | Verb::VariantOf
        | Verb::Drops
        | Verb::Downloads
        | Verb::InvestigatedBy
        | Verb::DerivedFrom
        | Verb::DuplicateOf
        | Verb::RelatedTo => false,
    }
}
