//! A claim leads to its source: a relation of the starred verbs without one is a warning
//! (`docs/write/relations.md`).

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::{Entry, EntryId, Relation};

pub(super) fn check(entry: &Entry<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    for relation in entry.statements.relations() {
        let Relation { verb, target, .. } = relation.what;
        if verb.is_claim() && relation.sources.is_empty() {
            let target = around.dossier.entry(*target);
            problems.push(
                Diagnostic::at(
                    Code::UnsourcedClaim,
                    &entry.path,
                    relation.span,
                    format!(
                        "the claim that {} {} {} cites no source",
                        entry.title,
                        verb.phrase(),
                        target.title
                    ),
                )
                .help(format!(
                    "write it long: `{{ entry: {}, sources: [some-source] }}`",
                    target.slug
                )),
            );
        }
    }
}
