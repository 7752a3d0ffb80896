//! Relations in plain words, both directions, grouped by verb and kind.

use super::cites::Marks;
use super::shape::{Columns, Pages, RelationGroup, Rest};
use super::{At, cites, infobox, label, lists, shell, words};
use crate::model::{Date, Kind, PageId, Part, Relation, Said, Spot, Verb};
use crate::plan::graph::{Incoming, Origin};
use crate::plan::{By, Connections, connections_address, page_of};
use crate::render::{Html, markup};

/// The relations of a page, by verb and kind: first what it states and the infobox does not tell, then what
/// others state of it; where that is more than a page holds, the first of each, and the way to all.
pub(super) fn of(at: &At<'_>, id: PageId) -> Vec<RelationGroup> {
    let page = at.reads.page(id);
    let mut groups = Vec::new();
    for verb in Verb::ALL {
        let own = page.statements.relations();
        let own = own
            .filter(|relation| relation.what.verb == verb)
            .filter(|relation| !infobox::holds(&page.statements, relation.id))
            // What a source derives from stands in its record, unless there is more to say of it.
            .filter(|relation| verb != Verb::DerivedFrom || says_more(relation));
        let kind = |relation: &Stating<'_>| at.reads.kind(relation.what.target);
        let mut own: Vec<Stating<'_>> = own.collect();
        own.sort_by_key(kind);
        let technique = |it: &&Stating<'_>| verb == Verb::Uses && kind(it) == Kind::Technique;
        let columns = columns(at, id, own.iter().filter(technique));
        for relation in &own {
            let group = group(&mut groups, verb.phrase(), kind(relation));
            group.count += 1;
            let out = &mut group.items.0;
            if technique(&relation) {
                group.techniques = Some(columns);
                row(at, id, relation, columns, out);
            } else {
                markup::item(out, |out| outgoing(at, id, relation, out));
            }
        }
    }
    let related = at.reads.related(id);
    for connections in &related {
        let Connections { verb, kind, edges } = connections;
        let group = group(&mut groups, verb.inverse(), *kind);
        group.count += edges.len();
        let shown = connections.shown(&related);
        for edge in edges.iter().take(shown) {
            incoming(at, id, edge, &mut group.items.0);
        }
        group.rest = (shown < edges.len()).then(|| Rest {
            path: at.path(&connections_address(&at.reads.route(id), *verb, *kind, 1)),
            count: cites::count(edges.len()),
        });
    }
    for group in &mut groups {
        if let Some(kind) = Kind::from_folder(group.of).filter(|_| group.count == 1) {
            group.of = kind.name();
        }
    }
    groups
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
            remarks(at, &relation, (id, edge.from), Stated::There, out);
        });
    }
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

/// The relations of a phrase with entries of a kind. "is related to" reads the same from both ends: one group.
fn group<'g>(
    groups: &'g mut Vec<RelationGroup>,
    phrase: &'static str,
    kind: Kind,
) -> &'g mut RelationGroup {
    let of = kind.folder();
    let at = groups
        .iter()
        .position(|group| (group.phrase, group.of) == (phrase, of));
    let at = at.unwrap_or_else(|| {
        groups.push(RelationGroup {
            phrase,
            of,
            count: 0,
            techniques: None,
            items: Html(String::with_capacity(512)),
            rest: None,
        });
        groups.len() - 1
    });
    &mut groups[at]
}

/// Which columns techniques need: what is told of none has none.
fn columns<'a>(
    at: &At<'_>,
    page: PageId,
    mut techniques: impl Iterator<Item = &'a Stating<'a>> + Clone,
) -> Columns {
    let marked = |it: &Stating<'_>| shell::raised(label::of_relation(at, page, page, it));
    Columns {
        used: techniques.clone().any(|it| {
            let noted = it.note.as_ref().is_some_and(|note| !note.is_empty());
            noted || it.confidence.is_some() || it.what.denied || marked(it).is_some()
        }),
        when: techniques.any(|it| it.when.is_some() || it.what.until.is_some()),
    }
}

/// Writes a technique as a row: id, name, tactics, how it was used, since when, sources.
fn row(at: &At<'_>, page: PageId, relation: &Stating<'_>, columns: Columns, out: &mut String) {
    let technique = at.card(relation.what.target).technique.as_ref();
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
        let period = period(relation.when, relation.what.until);
        markup::text(period.as_deref().unwrap_or(""), out);
        out.push_str("</td><td>");
    }
    let by = By::Statement(relation.id);
    cites::write(at, Origin::Page(page), by, Marks::Bare, out);
    out.push_str("</td></tr>");
}

/// Writes how a technique was used, how likely that is, and the marking.
fn used(at: &At<'_>, page: PageId, relation: &Stating<'_>, out: &mut String) {
    out.push_str("<span class=\"bits\">");
    if relation.what.denied {
        out.push_str("<span class=\"denied\">denied</span>");
    }
    if let Some(sure) = relation.confidence {
        markup::bit(out, |out| markup::sure(sure, out));
    }
    if let Some(note) = relation.note.as_ref().filter(|note| !note.is_empty()) {
        let spot = Spot::Statement(relation.id, Part::Note);
        markup::bit(out, |out| {
            words::write(at, Origin::Page(page), spot, note, Marks::Bare, out);
        });
    }
    if let Some(tlp) = shell::raised(label::of_relation(at, page, page, relation)) {
        markup::bit(out, |out| markup::tlp(tlp, out));
    }
    out.push_str("</span>");
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
    const BEGIN: &str = " <span class=\"more bits\">";
    out.push_str(BEGIN);
    let begun = out.len();
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
    if out.len() == begun {
        out.truncate(begun - BEGIN.len());
    } else {
        out.push_str("</span>");
    }
}

/// When it held: `since 2014`, `2014 to 2018`.
pub(super) fn period(start: Option<Date>, end: Option<Date>) -> Option<String> {
    match (start, end) {
        (Some(start), Some(end)) => Some(format!("{start} to {end}")),
        (Some(start), None) => Some(format!("since {start}")),
        (None, Some(end)) => Some(format!("until {end}")),
        (None, None) => None,
    }
}
