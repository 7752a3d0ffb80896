//! A link to an address that is a known indicator: it is shown defanged, and the writer is told.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::body::Target;
use crate::model::{Entry, EntryId};

pub(super) fn check(entry: &Entry<EntryId>, _: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    let prose = &entry.prose;
    for (link, target) in prose.body.links.iter().zip(&prose.targets) {
        if matches!(target, Target::Defanged(_)) {
            problems.push(
                Diagnostic::at(
                    Code::LiveIndicator,
                    &entry.path,
                    link.span,
                    "this address is an indicator of this dossier, so it is shown defanged, not linked",
                )
                .help("write it defanged and without a link, as in an `ioc` block"),
            );
        }
    }
}
