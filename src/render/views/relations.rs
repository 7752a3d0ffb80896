//! Relations in plain words, both directions, grouped by verb.

use super::cites::Marks;
use super::shape::{Pages, RelationGroup};
use super::{At, cites, label, lists, mentions, shell};
use crate::model::{self, Date, PageId, Verb};
use crate::plan::Statement;
use crate::plan::graph::Origin;
use crate::render::{Html, markup};

/// The relations of a page: first what it states, then what others state of it: one page of those,
/// and the pages that there are.
pub(super) fn of(at: &At<'_>, id: PageId) -> (Vec<RelationGroup>, Option<Pages>) {
    let page = at.site().release.page(id);
    let mut groups = Vec::new();
    for verb in Verb::ALL {
        let items: Vec<Html> = (0..)
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
        push(&mut groups, group.phrase, group.items);
    }
    (groups, pages)
}

/// One page of what others state of an entry.
pub(super) fn stated_by_others(
    at: &At<'_>,
    id: PageId,
    number: u32,
) -> (Vec<RelationGroup>, Option<Pages>) {
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

fn push(groups: &mut Vec<RelationGroup>, phrase: &'static str, items: Vec<Html>) {
    if items.is_empty() {
        return;
    }
    // "is related to" reads the same from both ends: one group.
    match groups.iter_mut().find(|group| group.phrase == phrase) {
        Some(group) => {
            group.count += items.len();
            group.items.extend(items);
        }
        None => groups.push(RelationGroup {
            phrase,
            count: items.len(),
            items,
        }),
    }
}

fn outgoing(at: &At<'_>, page: PageId, index: u32, relation: &model::Relation<PageId>) -> Html {
    Html::of(|out| {
        let statement = Statement::Relation(index);
        at.link(relation.target, out);
        cites::write(at, Origin::Page(page), statement, Marks::Bare, out);
        remarks(at, relation, (page, page), relation.target, None, out);
    })
}

fn incoming(
    at: &At<'_>,
    page: PageId,
    from: PageId,
    index: u32,
    relation: &model::Relation<PageId>,
) -> Html {
    Html::of(|out| {
        at.link(from, out);
        remarks(at, relation, (page, from), from, Some(index), out);
    })
}

/// What stands behind the other end of a relation. `ends` are the page and the entry that states the
/// relation, `stated` which of its relations it is where that is another page.
fn remarks(
    at: &At<'_>,
    relation: &model::Relation<PageId>,
    ends: (PageId, PageId),
    other: PageId,
    stated: Option<u32>,
    out: &mut String,
) {
    let (page, from) = ends;
    let card = &at.cards().entry(other).card;
    out.push_str(" <span class=\"more bits\">");
    markup::bit(out, |out| out.push_str(&card.label.to_lowercase()));
    if relation.denied {
        out.push_str("<span class=\"denied\">denied</span>");
    }
    if let Some(sure) = relation.confidence {
        markup::bit(out, |out| markup::sure(sure, out));
    }
    if let Some(period) = period(relation.start, relation.end) {
        markup::bit(out, |out| markup::text(&period, out));
    } else if card.kind == "incident"
        && let Some(when) = &card.when
    {
        markup::bit(out, |out| markup::text(when, out));
    }
    if let Some(note) = relation.note.as_deref().filter(|note| !note.is_empty()) {
        markup::bit(out, |out| markup::text(note, out));
    }
    if let Some(index) = stated.filter(|&index| cites::sources_of(at, from, index) > 0) {
        markup::bit(out, |out| cites::stated(at, from, index, out));
    }
    if let Some(tlp) = shell::raised(label::of_relation(at.site(), page, from, relation)) {
        markup::bit(out, |out| markup::tlp(tlp, out));
    }
    out.push_str("</span>");
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
