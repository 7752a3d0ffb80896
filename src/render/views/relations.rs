//! Relations in plain words, both directions, grouped by verb.

use super::cites::Marks;
use super::shape::{Pages, RelationGroup};
use super::{At, cites, label, lists, shell, words};
use crate::model::{Date, PageId, Part, Relation, Said, Spot, Verb};
use crate::plan::graph::Origin;
use crate::plan::{By, page_of};
use crate::render::{Html, markup};

/// The relations of a page: first what it states, then what others state of it: one page of those,
/// and the pages that there are.
pub(super) fn of(at: &At<'_>, id: PageId) -> (Vec<RelationGroup>, Option<Pages>) {
    let page = at.reads.page(id);
    let mut groups = Vec::new();
    for verb in Verb::ALL {
        let own = page.statements.relations();
        let own = own
            .filter(|relation| relation.what.verb == verb)
            // What a source derives from stands in its record, unless there is more to say of it.
            .filter(|relation| verb != Verb::DerivedFrom || says_more(relation));
        for relation in own {
            let out = group(&mut groups, verb.phrase());
            markup::item(out, |out| outgoing(at, id, &relation, out));
        }
    }
    let pages = incoming(at, id, 1, &mut groups);
    (groups, pages)
}

/// One page of what others state of an entry.
pub(super) fn stated_by_others(
    at: &At<'_>,
    id: PageId,
    number: u32,
) -> (Vec<RelationGroup>, Option<Pages>) {
    let mut groups = Vec::new();
    let pages = incoming(at, id, number, &mut groups);
    (groups, pages)
}

/// Adds one page of what others state of an entry; gives the pages that there are.
fn incoming(
    at: &At<'_>,
    id: PageId,
    number: u32,
    groups: &mut Vec<RelationGroup>,
) -> Option<Pages> {
    let related = at.reads.related(id);
    for edge in page_of(&related, number) {
        if let Some(relation) = at.reads.relation(edge) {
            let out = group(groups, relation.what.verb.inverse());
            markup::item(out, |out| {
                at.link(edge.from, out);
                remarks(at, &relation, (id, edge.from), Stated::There, out);
            });
        }
    }
    let route = at.reads.route(id);
    lists::pages(at, related.len(), number, &|n| {
        lists::further(&route, "connections", n)
    })
}

/// Whether a relation says more than what it leads to.
fn says_more(relation: &Stating<'_>) -> bool {
    !relation.sources.is_empty()
        || relation.note.is_some()
        || relation.confidence.is_some()
        || relation.what.denied
        || relation.when.is_some()
        || relation.what.until.is_some()
}

/// Where the next relation of a phrase is to be written. "is related to" reads the same from both
/// ends: one group.
fn group<'g>(groups: &'g mut Vec<RelationGroup>, phrase: &'static str) -> &'g mut String {
    let at = groups.iter().position(|group| group.phrase == phrase);
    let at = at.unwrap_or_else(|| {
        groups.push(RelationGroup {
            phrase,
            count: 0,
            items: Html(String::with_capacity(512)),
        });
        groups.len() - 1
    });
    let group = &mut groups[at];
    group.count += 1;
    &mut group.items.0
}

fn outgoing(at: &At<'_>, page: PageId, relation: &Stating<'_>, out: &mut String) {
    at.link(relation.what.target, out);
    let by = By::Statement(relation.id);
    cites::write(at, Origin::Page(page), by, Marks::Bare, out);
    remarks(at, relation, (page, page), Stated::Here, out);
}

type Stating<'a> = Said<'a, PageId, Relation<PageId>>;

/// Whether a relation is stated on the page that is shown.
#[derive(Clone, Copy)]
enum Stated {
    Here,
    There,
}

/// What stands behind the other end of a relation. `ends` are the page and the entry that states the
/// relation.
fn remarks(
    at: &At<'_>,
    relation: &Stating<'_>,
    ends: (PageId, PageId),
    stated: Stated,
    out: &mut String,
) {
    let (page, from) = ends;
    let other = match stated {
        Stated::Here => relation.what.target,
        Stated::There => from,
    };
    let card = &at.card(other).card;
    out.push_str(" <span class=\"more bits\">");
    markup::bit(out, |out| out.push_str(card.kind));
    if relation.what.denied {
        out.push_str("<span class=\"denied\">denied</span>");
    }
    if let Some(sure) = relation.confidence {
        markup::bit(out, |out| markup::sure(sure, out));
    }
    if let Some(period) = period(relation.when, relation.what.until) {
        markup::bit(out, |out| markup::text(&period, out));
    } else if card.kind == "incident"
        && let Some(when) = &card.when
    {
        markup::bit(out, |out| markup::text(when, out));
    }
    if let Some(note) = relation.note.as_ref().filter(|note| !note.is_empty()) {
        markup::bit(out, |out| match stated {
            // On the other page it is told of.
            Stated::There => markup::text(&words::plain(&at.reads, note), out),
            Stated::Here => {
                let spot = Spot::Statement(relation.id, Part::Note);
                words::write(at, Origin::Page(page), spot, note, Marks::Bare, out);
            }
        });
    }
    if let Stated::There = stated
        && cites::distinct(&relation.sources) > 0
    {
        markup::bit(out, |out| cites::stated(at, from, relation, out));
    }
    if let Some(tlp) = shell::raised(label::of_relation(at, page, from, relation)) {
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
