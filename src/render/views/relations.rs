//! Relations in plain words, both directions, grouped by verb and kind.

use super::cites::Marks;
use super::shape::{Columns, Pages, RelationGroup, Rest};
use super::{At, cites, drawn, lists, marking, shell, words};
use crate::model::relation::OwnWords;
use crate::model::{Kind, PageId, Part, Spot, Transfer, Verb, Words};
use crate::plan::graph::{Incoming, Origin};
use crate::plan::{By, Connections, connections_address, page_of};
use crate::render::account::connections::{self, Group, Stated};
use crate::render::account::techniques::Use;
use crate::render::language::Word;
use crate::render::{Html, markup};

/// The relations of a page, by verb and kind, and the way to all of those of which not all are shown.
pub(super) fn of(at: &At<'_>, id: PageId, related: &[Connections]) -> Vec<RelationGroup> {
    let groups = connections::of(&at.reads, id, related).into_iter();
    groups.map(|group| written(at, id, &group)).collect()
}

fn written(at: &At<'_>, id: PageId, group: &Group<'_>) -> RelationGroup {
    let mut items = Html(String::with_capacity(512));
    let out = &mut items.0;
    let techniques = (group.is_of_techniques()).then(|| columns(at, id, &group.own));
    for relation in &group.own {
        match techniques {
            Some(columns) => row(at, id, relation, columns, out),
            None => markup::item(out, |out| outgoing(at, id, relation, out)),
        }
    }
    for edge in &group.others {
        incoming(at, id, edge, out);
    }
    RelationGroup {
        drawing: techniques.and_then(|_| drawn::techniques(at, id, &group.own)),
        heading: lists::related(at, group.said(), group.kind, group.count),
        count: group.count,
        techniques,
        items,
        rest: group.rest.map(|(verb, count)| Rest {
            path: at.path(&connections_address(
                &at.reads.route(id),
                verb,
                group.kind,
                1,
            )),
            count: cites::count(count),
        }),
    }
}

/// One page of the relations of one verb that entries of one kind state of an entry.
pub(super) fn stated_by_others(
    at: &At<'_>,
    id: PageId,
    (verb, kind): (Verb, Kind),
    number: u32,
) -> (Html, Option<Pages>) {
    let related = at.reads.related(id).into_iter();
    let mut related = related.filter(|it| (it.verb, it.kind) == (verb, kind));
    let edges = related.next().map_or_else(Vec::new, |it| it.edges);
    let mut html = Html::default();
    for edge in page_of(&edges, number) {
        incoming(at, id, edge, &mut html.0);
    }
    let route = at.reads.route(id);
    let pages = lists::pages(at, edges.len(), number, &|n| {
        connections_address(&route, verb, kind, n)
    });
    (html, pages)
}

/// Writes a relation that another entry states.
fn incoming(at: &At<'_>, id: PageId, edge: &Incoming, out: &mut String) {
    if let Some(relation) = at.reads.relation(edge) {
        markup::item(out, |out| {
            at.link(edge.from, out);
            remarks(at, &relation, (id, edge.from), Side::There, out);
        });
    }
}

/// Writes who uses a technique, on a page that is of neither.
pub(super) fn user(at: &At<'_>, technique: PageId, used: &Use<'_>, out: &mut String) {
    at.link(used.by, out);
    remarks(at, &used.relation, (technique, used.by), Side::There, out);
}

/// Which columns techniques need: what is told of none has none.
fn columns(at: &At<'_>, page: PageId, techniques: &[Stated<'_>]) -> Columns {
    let mut techniques = techniques.iter();
    let marked = |it: &Stated<'_>| shell::raised(marking::beside(&at.reads, page, page, it));
    Columns {
        used: techniques.clone().any(|it| {
            let noted = it.note.as_ref().is_some_and(|note| !note.is_empty());
            noted || it.confidence.is_some() || it.what.denied || marked(it).is_some()
        }),
        when: techniques.any(|it| it.when.is_some() || it.what.until.is_some()),
    }
}

/// Writes a technique as a row: id, name, tactics, how it was used, since when, sources.
fn row(at: &At<'_>, page: PageId, relation: &Stated<'_>, columns: Columns, out: &mut String) {
    let technique = at.reads.technique(at.shared, relation.what.target);
    let (attack, tactics) = technique.map_or(("", ""), |it| (&it.attack, &it.tactics));
    out.push_str("\n<tr><td>");
    out.push_str(attack);
    out.push_str("</td><td>");
    at.link(relation.what.target, out);
    out.push_str("</td><td>");
    out.push_str(tactics);
    out.push_str("</td><td>");
    if columns.used {
        used(at, page, relation, out);
        out.push_str("</td><td>");
    }
    if columns.when {
        let period = at.language.held(relation.when, relation.what.until);
        markup::text(period.as_deref().unwrap_or(""), out);
        out.push_str("</td><td>");
    }
    let by = By::Statement(relation.id);
    cites::write(at, Origin::Page(page), by, Marks::Bare, out);
    out.push_str("</td></tr>");
}

/// Writes how a technique was used, how likely that is, and the marking.
fn used(at: &At<'_>, page: PageId, relation: &Stated<'_>, out: &mut String) {
    out.push_str("<span class=\"bits\">");
    if relation.what.denied {
        markup::denied(at.language, out);
    }
    if let Some(sure) = relation.confidence {
        markup::bit(out, |out| markup::sure(at.language, sure, out));
    }
    if let Some(note) = relation.note.as_ref().filter(|note| !note.is_empty()) {
        let spot = Spot::Statement(relation.id, Part::Note);
        markup::bit(out, |out| {
            words::write(at, Origin::Page(page), spot, note, Marks::Bare, out);
        });
    }
    if let Some(tlp) = shell::raised(marking::beside(&at.reads, page, page, relation)) {
        markup::bit(out, |out| markup::tlp(tlp, out));
    }
    out.push_str("</span>");
}

fn outgoing(at: &At<'_>, page: PageId, relation: &Stated<'_>, out: &mut String) {
    at.link(relation.what.target, out);
    let by = By::Statement(relation.id);
    cites::write(at, Origin::Page(page), by, Marks::Bare, out);
    remarks(at, relation, (page, page), Side::Here, out);
}

/// Whether a relation is stated on the page that is shown.
#[derive(Clone, Copy)]
enum Side {
    Here,
    There,
}

/// What stands behind the other end of a relation. `ends` are the page and the entry that states the
/// relation.
fn remarks(
    at: &At<'_>,
    relation: &Stated<'_>,
    ends: (PageId, PageId),
    stated: Side,
    out: &mut String,
) {
    let (page, from) = ends;
    let other = match stated {
        Side::Here => relation.what.target,
        Side::There => from,
    };
    let card = at.card(other);
    const BEGIN: &str = " <span class=\"more bits\">";
    out.push_str(BEGIN);
    let begun = out.len();
    if relation.what.denied {
        markup::denied(at.language, out);
    }
    if let Some(sure) = relation.confidence {
        markup::bit(out, |out| markup::sure(at.language, sure, out));
    }
    if let Some(own) = relation.what.own.as_ref().filter(|own| !own.is_empty()) {
        markup::bit(out, |out| match stated {
            Side::There => called(at, relation, out, |out| {
                markup::text(&words::plain(&at.reads, own), out);
            }),
            Side::Here => own_words(at, page, relation, own, out),
        });
    }
    if let Some(transfer) = relation.what.transfer.as_deref() {
        markup::bit(out, |out| transferred(at, transfer, out));
    }
    if let Some(period) = at.language.held(relation.when, relation.what.until) {
        markup::bit(out, |out| markup::text(&period, out));
    } else if at.reads.kind(other) == Kind::Incident
        && let Some(when) = card.when()
    {
        markup::bit(out, |out| markup::text(when, out));
    }
    if let Some(note) = relation.note.as_ref().filter(|note| !note.is_empty()) {
        markup::bit(out, |out| match stated {
            // On the other page it is told of.
            Side::There => markup::text(&words::plain(&at.reads, note), out),
            Side::Here => {
                let spot = Spot::Statement(relation.id, Part::Note);
                words::write(at, Origin::Page(page), spot, note, Marks::Bare, out);
            }
        });
    }
    if let Side::There = stated
        && cites::distinct(&relation.sources) > 0
    {
        markup::bit(out, |out| cites::stated(at, from, relation, out));
    }
    if let Some(tlp) = shell::raised(marking::beside(&at.reads, page, from, relation)) {
        markup::bit(out, |out| markup::tlp(tlp, out));
    }
    if out.len() == begun {
        out.truncate(begun - BEGIN.len());
    } else {
        out.push_str("</span>");
    }
}

/// Writes how much went a way, and where it came from.
pub(super) fn transferred(at: &At<'_>, transfer: &Transfer<PageId>, out: &mut String) {
    let Transfer { amount, from } = transfer;
    if let Some(amount) = amount {
        markup::text(&at.language.money(amount), out);
    }
    if let Some(from) = *from {
        out.push_str(if amount.is_some() { ", " } else { "" });
        let fill = |_: &str, out: &mut String| at.link(from, out);
        at.language.fill_html(Word::RemarkFrom, fill, out);
    }
}

/// Writes what a relation says in words of its own, on the page of the entry that states it.
pub(super) fn own_words(
    at: &At<'_>,
    page: PageId,
    relation: &Stated<'_>,
    own: &Words<PageId>,
    out: &mut String,
) {
    called(at, relation, out, |out| {
        let spot = Spot::Statement(relation.id, Part::Own);
        words::write(at, Origin::Page(page), spot, own, Marks::Bare, out);
    });
}

/// Writes the same, once that it is a relation is said where the words are its verb.
fn called(at: &At<'_>, relation: &Stated<'_>, out: &mut String, write: impl Fn(&mut String)) {
    match relation.what.verb.own_words() {
        Some(OwnWords::Verb) => {
            let fill = |_: &str, out: &mut String| write(out);
            at.language.fill_html(Word::RemarkRelated, fill, out);
        }
        Some(OwnWords::Role) | None => write(out),
    }
}
