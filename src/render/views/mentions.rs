//! Who mentions and who cites a page, in their own words.

use super::shape::Pages;
use super::{At, cites, facts, lists, words};
use crate::model::{Details, PageId, Spot};
use crate::plan::graph::{Citing, Mention as Edge, Origin};
use crate::plan::{PER_PAGE, Site, Statement};
use crate::render::{Html, markup};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// One page of the mentions of an entry, and the pages that there are.
pub(super) fn of(at: &At<'_>, id: PageId, number: u32) -> (Html, Option<Pages>) {
    let groups: Vec<&[Edge]> = at.site().graph.mention_groups(id).collect();
    let shown = page_of(&groups, number);
    let mut html = String::with_capacity(shown.len() * 384);
    for group in shown {
        mention(at, group, &mut html);
    }
    let route = at.site().release.page(id).route();
    (
        Html(html),
        lists::pages(at, groups.len(), number, &|n| {
            lists::further(&route, "mentions", n)
        }),
    )
}

/// The part of a list that a page of it shows.
pub(super) fn page_of<T>(all: &[T], number: u32) -> &[T] {
    all.chunks(PER_PAGE)
        .nth(number.saturating_sub(1) as usize)
        .unwrap_or(&[])
}

fn mention(at: &At<'_>, group: &[Edge], out: &mut String) {
    let Some(from) = group.first().map(|edge| edge.from) else {
        return;
    };
    let origin = Origin::Page(from);
    let quotes = at.cards().quotes(at.site(), origin);
    let path = &at.cards().entry(from).card.path;
    head(at, origin, out);
    let mut texts: BTreeSet<&str> = BTreeSet::new();
    for edge in group {
        let text = quotes.link(edge.spot, edge.link);
        if !text.is_empty() && texts.insert(text) {
            said(
                at,
                path,
                |_| {},
                text,
                (place(at.site(), origin, edge.spot), None),
                out,
            );
        }
    }
    out.push_str("</li>");
}

/// The beginning of an item, who says it: a link to the page, and its kind.
fn head(at: &At<'_>, origin: Origin, out: &mut String) {
    out.push_str("\n<li><p class=\"from\">");
    match origin {
        Origin::Page(id) => {
            let entry = at.cards().entry(id);
            markup::link(&at.root, entry.plain(), out);
            out.push(' ');
            markup::kind(entry.card.kind, entry.card.label, out);
        }
        Origin::Intro(index) => {
            let (address, title) = intro(at, index);
            markup::link(&at.root, &markup::tail(&at.path(&address), title), out);
        }
    }
    out.push_str("</p>");
}

/// The address and title of the home page or an index page.
fn intro<'a>(at: &At<'a>, index: u32) -> (String, &'a str) {
    match at.site().release.intros[index as usize].of {
        None => (String::new(), &at.renderer.config.title),
        Some(kind) => (format!("{}/", kind.folder()), kind.heading()),
    }
}

/// What it says, and a link to that very place: the page's path, what `fragment` writes, where on the
/// page that is, and where in the source it cites.
fn said(
    at: &At<'_>,
    path: &str,
    fragment: impl FnOnce(&mut String),
    text: &str,
    place: (&str, Option<&str>),
    out: &mut String,
) {
    out.push_str("\n<p class=\"said\">");
    if !text.is_empty() {
        markup::text(text, out);
        out.push(' ');
    }
    out.push_str("<a class=\"at\" href=\"");
    out.push_str(&at.root);
    markup::text(path, out);
    fragment(out);
    out.push_str("\">");
    out.push_str(place.0);
    if let Some(cited) = place.1 {
        out.push_str(", citing ");
        markup::text(cited, out);
    }
    out.push_str("</a></p>");
}

/// One page of the places that cite a source, and the pages that there are.
pub(super) fn citing(at: &At<'_>, id: PageId, number: u32) -> (Html, Option<Pages>) {
    let groups: Vec<&[Citing]> = at.site().graph.citing_groups(id).collect();
    let shown = page_of(&groups, number);
    let mut html = String::with_capacity(shown.len() * 512);
    for group in shown {
        cited(at, group, &mut html);
    }
    let route = at.site().release.page(id).route();
    (
        Html(html),
        lists::pages(at, groups.len(), number, &|n| {
            lists::further(&route, "cited", n)
        }),
    )
}

fn cited(at: &At<'_>, group: &[Citing], out: &mut String) {
    let Some(origin) = group.first().map(|citing| citing.from) else {
        return;
    };
    let ledger = at.site().graph.ledger(origin);
    let path = match origin {
        Origin::Page(from) => Cow::Borrowed(at.cards().entry(from).card.path.as_str()),
        Origin::Intro(index) => Cow::Owned(at.path(&intro(at, index).0)),
    };
    head(at, origin, out);
    let mut last = None;
    for placed in group
        .iter()
        .filter_map(|citing| ledger.places.get(citing.place as usize))
    {
        let (text, place) = statement(at, origin, placed.statement);
        let now = (text, (place, placed.at.as_deref()));
        if last.as_ref() == Some(&now) {
            continue;
        }
        let fragment = |out: &mut String| match (placed.statement, placed.source) {
            (Statement::Whole, _) => {
                out.push_str("#ref-");
                markup::number(placed.number, out);
            }
            (_, Some(source)) => {
                out.push('#');
                cites::anchor(at.site(), source, placed.nth, out);
            }
            (_, None) => {}
        };
        said(at, &path, fragment, &now.0, now.1, out);
        last = Some(now);
    }
    out.push_str("</li>");
}

/// Where on its page a text stands, in words.
fn place(site: &Site, origin: Origin, spot: Spot) -> &'static str {
    let alone = |fact: u32| match origin {
        Origin::Page(id) => {
            let fact = site.release.page(id).facts.get(fact as usize);
            fact.is_some_and(|fact| fact.versions.len() == 1)
        }
        Origin::Intro(_) => false,
    };
    match spot {
        Spot::Withdrawn | Spot::Retracted => "in the notice",
        Spot::Summary => "in the summary",
        Spot::Note(fact, _) if alone(fact) => "at a glance",
        Spot::Note(..) | Spot::Chosen(..) => "figures",
        Spot::Judgement(_) => "judgements",
        Spot::Body => "in the text",
        Spot::Event(_) => "sequence of events",
        Spot::Relation(_) => "connections",
        Spot::Change(_) => "changes",
    }
}

/// A statement in words, and where on its page it stands.
fn statement<'a>(
    at: &At<'a>,
    origin: Origin,
    statement: Statement,
) -> (Cow<'a, str>, &'static str) {
    if let Statement::Text(spot, cite) = statement {
        let quotes = at.cards().quotes(at.site(), origin);
        return (
            Cow::Borrowed(quotes.cite(spot, cite)),
            place(at.site(), origin, spot),
        );
    }
    let Origin::Page(id) = origin else {
        return (Cow::Borrowed(""), "in the text");
    };
    let site = at.site();
    let page = site.release.page(id);
    let said = match statement {
        Statement::Text(..) => None,
        Statement::Alias(index) => page.aliases.get(index as usize).map(|alias| {
            (
                Cow::Owned(format!("Also called “{}”", alias.name)),
                "names in use",
            )
        }),
        Statement::Version(fact, version) => page.facts.get(fact as usize).and_then(|fact| {
            let version = fact.versions.get(version as usize)?;
            let several = fact.versions.len() > 1;
            let chosen = if several && version.chosen.is_some() {
                ", the value chosen among several"
            } else {
                ""
            };
            let value = format!(
                "{}: {}{chosen}",
                facts::label(&fact.name),
                facts::text(&version.value)
            );
            Some((
                Cow::Owned(value),
                if several { "figures" } else { "at a glance" },
            ))
        }),
        Statement::Legal(index) => match &page.details {
            Details::Person { legal, .. } => legal.get(index as usize).map(|legal| {
                let when = legal
                    .date
                    .map(|date| format!(", {date}"))
                    .unwrap_or_default();
                (
                    Cow::Owned(format!("Legal status: {}{when}", legal.status.word())),
                    "legal status",
                )
            }),
            _ => None,
        },
        Statement::Event(index) => match &page.details {
            Details::Incident { events, .. } => events.get(index as usize).map(|event| {
                (
                    Cow::Owned(format!(
                        "{}: {}",
                        event.date,
                        words::plain(site, &event.what)
                    )),
                    "sequence of events",
                )
            }),
            _ => None,
        },
        Statement::Judgement(index) => match &page.details {
            Details::Note { judgements, .. } => judgements
                .get(index as usize)
                .map(|judgement| (words::plain(site, &judgement.text), "judgements")),
            _ => None,
        },
        Statement::Relation(index) => page.relations.get(index as usize).map(|relation| {
            let target = &site.release.page(relation.target).title;
            let sure = relation
                .confidence
                .map(|sure| format!(" ({sure})"))
                .unwrap_or_default();
            let denied = if relation.denied { "denied: " } else { "" };
            (
                Cow::Owned(format!(
                    "{denied}{} {} {target}{sure}",
                    page.title,
                    relation.verb.phrase()
                )),
                "connections",
            )
        }),
        Statement::Whole => Some((Cow::Borrowed("The entry as a whole"), "references")),
    };
    said.unwrap_or_default()
}
