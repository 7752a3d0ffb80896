//! Citation marks and the reference list.

use super::At;
use super::shape::{Cite, Reference, Sourcing, Sure};
use crate::model::body::Event;
use crate::model::{Confidence, Entry, PageId, Verb};
use crate::plan::graph::Origin;
use crate::plan::{Placed, Site, Statement};
use std::collections::BTreeSet;

/// The id of a citation's mark; none where the source is withheld.
pub(super) fn anchor(site: &Site, placed: &Placed) -> Option<String> {
    let source = site.release.page(placed.source?);
    Some(format!("cite-{}-{}", source.slug, placed.nth))
}

/// The marks of a statement on its own page.
pub(super) fn of(at: &At<'_>, origin: Origin, statement: Statement) -> Vec<Cite> {
    at.site()
        .graph
        .ledger(origin)
        .of_statement(statement)
        .iter()
        .map(|placed| cite(at, placed))
        .collect()
}

/// One mark.
pub(super) fn cite(at: &At<'_>, placed: &Placed) -> Cite {
    Cite {
        number: placed.number,
        anchor: anchor(at.site(), placed),
        at: placed.at.clone(),
        source: placed.source.and_then(|source| at.cards().source(source)),
    }
}

/// The same marks where they stand a second time on the page: without ids.
pub(super) fn again(mut cites: Vec<Cite>) -> Vec<Cite> {
    for cite in &mut cites {
        cite.anchor = None;
    }
    cites
}

/// The reference list of a page.
pub(super) fn references(at: &At<'_>, origin: Origin) -> Vec<Reference> {
    let site = at.site();
    let ledger = site.graph.ledger(origin);
    let mut references: Vec<Reference> = (1..)
        .zip(&ledger.references)
        .filter_map(|(number, &id)| {
            Some(Reference {
                number,
                source: at.cards().source(id)?,
                back: Vec::new(),
            })
        })
        .collect();
    for placed in ledger
        .places
        .iter()
        .filter(|placed| placed.statement != Statement::Whole)
    {
        let reference = references.get_mut((placed.number as usize).wrapping_sub(1));
        if let (Some(reference), Some(anchor)) = (reference, anchor(site, placed)) {
            reference.back.push(anchor);
        }
    }
    references
}

/// How well a page is sourced. Sources that derive from one another count as one.
pub(super) fn sourcing(site: &Site, id: PageId) -> Sourcing {
    let page = site.release.page(id);
    let ledger = site.graph.ledger(Origin::Page(id));
    let beside: BTreeSet<Statement> = ledger
        .places
        .iter()
        .map(|placed| placed.statement)
        .filter(|statement| !matches!(statement, Statement::Text(_) | Statement::Whole))
        .collect();
    let marks = page
        .prose
        .body
        .events
        .iter()
        .filter(|event| matches!(event, Event::Cite { .. }))
        .count();
    let lines = page
        .prose
        .body
        .indicators
        .iter()
        .filter(|line| line.count > 0)
        .count();
    Sourcing {
        statements: count(beside.len() + marks + lines),
        sources: count(ledger.references.len()),
        independent: count(independent(site, ledger.references.iter().copied())),
    }
}

/// How many origins the sources go back to.
pub(super) fn independent(site: &Site, sources: impl Iterator<Item = PageId>) -> usize {
    sources
        .map(|source| origin(site, source))
        .collect::<BTreeSet<_>>()
        .len()
}

/// Where a source's words come from in the end. Derivations may form a circle: then its least member.
fn origin(site: &Site, source: PageId) -> PageId {
    let mut path = vec![source];
    loop {
        let last = path[path.len() - 1];
        let derived = site
            .release
            .page(last)
            .relations
            .iter()
            .find(|it| it.verb == Verb::DerivedFrom);
        let Some(next) = derived.map(|relation| relation.target) else {
            return last;
        };
        if let Some(start) = path.iter().position(|&seen| seen == next) {
            return path[start..].iter().copied().min().unwrap_or(last);
        }
        path.push(next);
    }
}

/// A confidence as templates see it.
pub(super) fn sure(confidence: Option<Confidence>) -> Option<Sure> {
    confidence.map(|confidence| {
        let (low, high) = confidence.range();
        Sure {
            words: confidence.words().to_owned(),
            low: u32::from(low),
            high: u32::from(high),
        }
    })
}

/// A count as templates see it.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// How many different sources an entry's list of citations names.
pub(super) fn distinct(entry: &[crate::model::Cite<PageId>]) -> u32 {
    count(
        entry
            .iter()
            .filter_map(|cite| cite.source)
            .collect::<BTreeSet<_>>()
            .len(),
    )
}

/// The mark to lead to for a statement: its first, or the page's reference list.
pub(super) fn first_anchor(site: &Site, origin: Origin, statement: Statement) -> Option<String> {
    site.graph
        .ledger(origin)
        .of_statement(statement)
        .iter()
        .find_map(|placed| anchor(site, placed))
}

/// A relation's place on the page of the entry that states it.
pub(super) fn stated(at: &At<'_>, from: PageId, relation: u32) -> super::shape::Stated {
    let site = at.site();
    let page: &Entry<PageId> = site.release.page(from);
    let anchor = first_anchor(site, Origin::Page(from), Statement::Relation(relation));
    super::shape::Stated {
        path: at.place(&page.route(), anchor.as_deref().unwrap_or("page-relations")),
        sources: page
            .relations
            .get(relation as usize)
            .map_or(0, |relation| distinct(&relation.sources)),
    }
}
