//! What may not bear a claim alone: a source of which only a reference was seen, and one that was
//! retracted (or derives from nothing but retracted ones).

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::body::{Event, Tag};
use crate::model::{Cite, Entry, EntryId, Part, Seen, Spot, Verb, Words};
use crate::text::Span;

pub(super) fn check(entry: &Entry<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    for (span, cites) in statements(entry) {
        judge(entry, span, &cites, around, problems);
    }
}

/// Every statement of an entry with the sources that it rests on. In prose a statement is a
/// paragraph: what one mark lacks the next may give.
fn statements(entry: &Entry<EntryId>) -> Vec<(Span, Vec<EntryId>)> {
    let ids = |cites: &[Cite<EntryId>]| {
        cites
            .iter()
            .filter_map(|cite| cite.source)
            .collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    let texts = entry.texts();
    let alone = texts.filter(|(spot, _)| is_alone(*spot));
    all.extend(alone.filter_map(|(_, text)| Some((text.cites.first()?.span, ids(&text.cites)))));
    all.extend(entry.statements.iter().map(|statement| {
        // What a sentence cites is a source of it too.
        let said = statement.what.words().and_then(Words::styled);
        let within = said.map_or(&[][..], |text| &text.cites);
        (
            statement.span,
            [ids(within), ids(&statement.sources)].concat(),
        )
    }));
    all.extend(paragraphs(entry));
    all
}

/// Whether a sentence is a statement of its own, with no sources beside it or with sources that are for
/// something else: a value, a relation.
fn is_alone(spot: Spot) -> bool {
    match spot {
        Spot::Withdrawn
        | Spot::Retracted
        | Spot::Summary
        | Spot::Statement(_, Part::Own | Part::Note | Part::Chosen)
        | Spot::Change(_) => true,
        Spot::Statement(_, Part::What) | Spot::Body => false,
    }
}

/// The paragraphs, items and rows that cite, but for those that cite something unknown: it may have been
/// what they rest on.
fn paragraphs(entry: &Entry<EntryId>) -> Vec<(Span, Vec<EntryId>)> {
    let mut all: Vec<(Span, Option<Vec<EntryId>>)> = Vec::new();
    let mut begins = true;
    for event in &entry.prose.body.events {
        match *event {
            Event::Start(Tag::Paragraph { .. } | Tag::Item { .. } | Tag::TableRow { .. }) => {
                begins = true;
            }
            Event::Cite { first, count } => {
                let cites = entry
                    .prose
                    .cites
                    .get(first as usize..(first + count) as usize)
                    .unwrap_or(&[]);
                let Some(cite) = cites.first() else { continue };
                if std::mem::take(&mut begins) {
                    all.push((cite.span, Some(Vec::new())));
                }
                if let Some((_, sources)) = all.last_mut() {
                    let known = cites
                        .iter()
                        .map(|cite| cite.source)
                        .collect::<Option<Vec<_>>>();
                    *sources = sources
                        .take()
                        .zip(known)
                        .map(|(sources, known)| [sources, known].concat());
                }
            }
            _ => {}
        }
    }
    all.into_iter()
        .filter_map(|(span, sources)| Some((span, sources?)))
        .collect()
}

fn judge(
    entry: &Entry<EntryId>,
    span: Span,
    sources: &[EntryId],
    around: &Around<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    if sources.is_empty() {
        return;
    }
    let seen = |id: &EntryId| {
        around
            .dossier
            .entry(*id)
            .evidence()
            .and_then(|evidence| evidence.seen)
    };
    if sources.iter().all(|id| seen(id) == Some(Seen::Reference)) {
        problems.push(
            Diagnostic::at(
                Code::ReferenceOnly,
                &entry.path,
                span,
                format!(
                    "this rests only on {}, whose text was not seen",
                    names(sources, around)
                ),
            )
            .help(
                "cite a source beside it whose text was read, or read this one and set its `seen`",
            ),
        );
    }
    if sources.iter().all(|&id| retracted(id, around, 0)) {
        problems.push(
            Diagnostic::at(
                Code::RetractedSource,
                &entry.path,
                span,
                format!(
                    "this rests only on {}, which was retracted or derives from what was",
                    names(sources, around)
                ),
            )
            .help("find another source, or take the statement back"),
        );
    }
}

/// Whether a source is retracted, itself or by way of all that it derives from.
fn retracted(id: EntryId, around: &Around<'_>, depth: u8) -> bool {
    let source = around.dossier.entry(id);
    if source.retracted.is_some() {
        return true;
    }
    let origins = source.statements.relations();
    let mut origins = origins
        .filter(|it| it.what.verb == Verb::DerivedFrom)
        .peekable();
    // Sources may derive from each other in a circle; a chain of eight says enough.
    depth < 8
        && origins.peek().is_some()
        && origins.all(|it| retracted(it.what.target, around, depth + 1))
}

fn names(sources: &[EntryId], around: &Around<'_>) -> String {
    let mut slugs: Vec<&str> = sources
        .iter()
        .map(|&id| around.dossier.entry(id).slug.as_str())
        .collect();
    slugs.sort_unstable();
    slugs.dedup();
    slugs.join(", ")
}
