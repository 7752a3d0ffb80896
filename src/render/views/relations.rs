//! Relations in plain words, both directions, grouped by verb.

use super::shape::{Pages, Relation, RelationGroup};
use super::{At, cites, label, lists, mentions, shell};
use crate::model::{self, Date, PageId, Verb};
use crate::plan::Statement;
use crate::plan::graph::Origin;

/// The relations of a page: first what it states, then what others state of it: one page of those,
/// and the pages that there are.
pub(super) fn of(at: &At<'_>, id: PageId) -> (Vec<RelationGroup>, Pages) {
    let page = at.site().release.page(id);
    let mut groups = Vec::new();
    for verb in Verb::ALL {
        let items: Vec<Relation> = (0..)
            .zip(&page.relations)
            .filter(|(_, relation)| relation.verb == verb)
            // What a source derives from stands in its record, unless there is more to say of it.
            .filter(|(_, relation)| verb != Verb::DerivedFrom || says_more(relation))
            .map(|(index, relation)| outgoing(at, id, index, relation))
            .collect();
        push(&mut groups, verb.phrase(), items);
    }
    let (incoming, pages) = stated_by_others(at, id, 1);
    for group in incoming {
        push(&mut groups, &group.phrase, group.items);
    }
    (groups, pages)
}

/// One page of what others state of an entry.
pub(super) fn stated_by_others(
    at: &At<'_>,
    id: PageId,
    number: u32,
) -> (Vec<RelationGroup>, Pages) {
    let site = at.site();
    let related = site.related(id);
    let mut groups = Vec::new();
    for edge in mentions::page_of(&related, number) {
        if let Some(relation) = site
            .release
            .page(edge.from)
            .relations
            .get(edge.relation as usize)
        {
            let item = incoming(at, id, edge.from, edge.relation, relation);
            push(&mut groups, relation.verb.inverse(), vec![item]);
        }
    }
    let route = site.release.page(id).route();
    let pages = lists::pages(at, related.len(), number, &|n| {
        lists::further(&route, "connections", n)
    });
    (groups, pages)
}

/// Whether a relation says more than what it leads to.
fn says_more(relation: &model::Relation<PageId>) -> bool {
    !relation.sources.is_empty()
        || relation.note.is_some()
        || relation.confidence.is_some()
        || relation.denied
        || relation.start.is_some()
        || relation.end.is_some()
}

fn push(groups: &mut Vec<RelationGroup>, phrase: &str, items: Vec<Relation>) {
    if items.is_empty() {
        return;
    }
    // "is related to" reads the same from both ends: one group.
    match groups.iter_mut().find(|group| group.phrase == phrase) {
        Some(group) => group.items.extend(items),
        None => groups.push(RelationGroup {
            phrase: phrase.to_owned(),
            items,
        }),
    }
}

fn outgoing(at: &At<'_>, page: PageId, index: u32, relation: &model::Relation<PageId>) -> Relation {
    Relation {
        card: at.cards().entry(relation.target),
        cites: cites::of(at, Origin::Page(page), Statement::Relation(index)),
        stated: None,
        ..common(relation, at, page, page)
    }
}

fn incoming(
    at: &At<'_>,
    page: PageId,
    from: PageId,
    index: u32,
    relation: &model::Relation<PageId>,
) -> Relation {
    Relation {
        card: at.cards().entry(from),
        stated: Some(cites::stated(at, from, index)),
        ..common(relation, at, page, from)
    }
}

fn common(relation: &model::Relation<PageId>, at: &At<'_>, page: PageId, from: PageId) -> Relation {
    Relation {
        card: at.cards().entry(relation.target),
        sure: cites::sure(relation.confidence),
        period: period(relation.start, relation.end),
        denied: relation.denied,
        note: relation.note.clone(),
        tlp: shell::raised(label::of_relation(at.site(), page, from, relation)),
        cites: Vec::new(),
        stated: None,
    }
}

/// When it held: `since 2014`, `2014 to 2018`.
fn period(start: Option<Date>, end: Option<Date>) -> Option<String> {
    match (start, end) {
        (Some(start), Some(end)) => Some(format!("{start} to {end}")),
        (Some(start), None) => Some(format!("since {start}")),
        (None, Some(end)) => Some(format!("until {end}")),
        (None, None) => None,
    }
}
