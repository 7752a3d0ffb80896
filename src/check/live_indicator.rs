//! A link to an address that is a known indicator: it is shown defanged, and the writer is told. (That it is
//! one only in what is withheld is an error, which depends on the audience: see [`crate::release`].)

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::address::Outside;
use crate::model::body::Target;
use crate::model::indicator::is_among;
use crate::model::{Entry, EntryId};

pub(super) fn check(entry: &Entry<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    let texts = entry.texts();
    let links = texts.flat_map(|(_, text)| text.body.links.iter().zip(&text.targets));
    let linked = links
        .filter(|(_, target)| matches!(target, Target::Defanged(_)))
        .map(|(link, _)| {
            (
                link.span,
                "write it defanged and without a link, as in an `ioc` block",
            )
        });
    let evidence = entry.evidence().into_iter();
    let addresses = evidence
        .flat_map(|evidence| [&evidence.url, &evidence.archived])
        .flatten()
        .filter(|url| match &url.value {
            Outside::Live(address) | Outside::Own(address, _) => {
                is_among(address, &around.dossier.indicators)
            }
            Outside::Defanged(_) => true,
        })
        .map(|url| {
            (
                url.span,
                "if the source is honest, narrow the indicator down to what is not",
            )
        });
    for (span, help) in linked.chain(addresses) {
        problems.push(
            Diagnostic::at(
                Code::LiveIndicator,
                &entry.path,
                span,
                "this address is an indicator of this dossier, so it is shown defanged, not linked",
            )
            .help(help),
        );
    }
}
