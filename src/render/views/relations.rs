//! Relations in plain words, both directions, grouped by verb.

use super::shape::{Relation, RelationGroup};
use super::{At, cites, shell};
use crate::model::{self, Date, PageId, Verb};
use crate::plan::graph::Origin;
use crate::plan::{PER_PAGE, Statement};

/// The relations of a page: first what it states, then what others state of it. Further ones than
/// fit on a page stay on the pages that state them.
pub(super) fn of(at: &At<'_>, id: PageId) -> Vec<RelationGroup> {
    let site = at.site();
    let page = site.release.page(id);
    let mut groups = Vec::new();
    for verb in Verb::ALL {
        let items: Vec<Relation> = (0..)
            .zip(&page.relations)
            .filter(|(_, relation)| relation.verb == verb)
            .map(|(index, relation)| outgoing(at, id, index, relation))
            .collect();
        push(&mut groups, verb.phrase(), items);
    }
    for verb in Verb::ALL {
        let items: Vec<Relation> = site
            .graph
            .incoming(id)
            .iter()
            .filter_map(|edge| {
                let relation = site
                    .release
                    .page(edge.from)
                    .relations
                    .get(edge.relation as usize)?;
                (relation.verb == verb).then(|| incoming(at, edge.from, edge.relation, relation))
            })
            .take(PER_PAGE)
            .collect();
        push(&mut groups, verb.inverse(), items);
    }
    groups
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
        ..common(relation, at)
    }
}

fn incoming(at: &At<'_>, from: PageId, index: u32, relation: &model::Relation<PageId>) -> Relation {
    Relation {
        card: at.cards().entry(from),
        stated: Some(cites::stated(at, from, index)),
        ..common(relation, at)
    }
}

fn common(relation: &model::Relation<PageId>, at: &At<'_>) -> Relation {
    Relation {
        card: at.cards().entry(relation.target),
        sure: cites::sure(relation.confidence),
        period: period(relation.start, relation.end),
        denied: relation.denied,
        note: relation.note.clone(),
        tlp: shell::raised(relation.tlp),
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
