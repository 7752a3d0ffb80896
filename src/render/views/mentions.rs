//! Who mentions and who cites a page, in their own words.

use super::reads::Reads;
use super::shape::Pages;
use super::{At, cites, facts, lists, words};
use crate::model::{PageId, Sort, Spot, StatementId, What};
use crate::plan::graph::{Citing, Mention as Edge, Origin};
use crate::plan::{By, page_of};
use crate::render::{Html, markup};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// One page of the mentions of an entry, and the pages that there are.
pub(super) fn of(at: &At<'_>, id: PageId, number: u32) -> (Html, Option<Pages>) {
    let groups: Vec<&[Edge]> = at.reads.mention_groups(id).collect();
    let shown = page_of(&groups, number);
    let mut html = String::with_capacity(shown.len() * 384);
    for group in shown {
        mention(at, group, &mut html);
    }
    let route = at.reads.route(id);
    (
        Html(html),
        lists::pages(at, groups.len(), number, &|n| {
            lists::further(&route, "mentions", n)
        }),
    )
}

fn mention(at: &At<'_>, group: &[Edge], out: &mut String) {
    let Some(from) = group.first().map(|edge| edge.from) else {
        return;
    };
    let origin = Origin::Page(from);
    let quotes = at.quotes(origin);
    let path = &at.card(from).card.path;
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
                (place(&at.reads, origin, edge.spot), None),
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
            let entry = at.card(id);
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
    match at.reads.intro_at(index).of {
        None => (String::new(), &at.config.title),
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
    let groups: Vec<&[Citing]> = at.reads.citing_groups(id).collect();
    let shown = page_of(&groups, number);
    let mut html = String::with_capacity(shown.len() * 512);
    for group in shown {
        cited(at, group, &mut html);
    }
    let route = at.reads.route(id);
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
    let ledger = at.reads.ledger(origin);
    let path = match origin {
        Origin::Page(from) => Cow::Borrowed(at.card(from).card.path.as_str()),
        Origin::Intro(index) => Cow::Owned(at.path(&intro(at, index).0)),
    };
    head(at, origin, out);
    let mut last = None;
    for placed in group
        .iter()
        .filter_map(|citing| ledger.places.get(citing.place as usize))
    {
        let (text, place) = cited_by(at, origin, placed.by);
        let now = (text, (place, placed.at.as_deref()));
        if last.as_ref() == Some(&now) {
            continue;
        }
        let fragment = |out: &mut String| match (placed.by, placed.source) {
            (By::Whole, _) => {
                out.push_str("#ref-");
                markup::number(placed.number, out);
            }
            (_, Some(source)) => {
                out.push('#');
                cites::anchor(&at.reads, source, placed.nth, out);
            }
            (_, None) => {}
        };
        said(at, &path, fragment, &now.0, now.1, out);
        last = Some(now);
    }
    out.push_str("</li>");
}

/// Where on its page a text stands, in words.
fn place(reads: &Reads<'_>, origin: Origin, spot: Spot) -> &'static str {
    match spot {
        Spot::Withdrawn | Spot::Retracted => "in the notice",
        Spot::Summary => "in the summary",
        Spot::Statement(id, _) => section(reads, origin, id),
        Spot::Body => "in the text",
        Spot::Change(_) => "changes",
    }
}

/// Where on its page a statement stands, in words.
fn section(reads: &Reads<'_>, origin: Origin, id: StatementId) -> &'static str {
    match id.sort {
        Sort::Fact => match origin {
            Origin::Page(page) if !reads.page(page).statements.is_one_of_several(id) => {
                "at a glance"
            }
            Origin::Page(_) | Origin::Intro(_) => "figures",
        },
        Sort::Judgement => "judgements",
        Sort::Legal => "legal status",
        Sort::Event => "sequence of events",
        Sort::Relation => "connections",
        Sort::Alias => "names in use",
    }
}

/// What cites in words, and where on its page it stands.
fn cited_by<'a>(at: &At<'a>, origin: Origin, by: By) -> (Cow<'a, str>, &'static str) {
    let reads = &at.reads;
    match by {
        By::Text(spot, cite) => {
            let quotes = at.quotes(origin);
            let text = Cow::Borrowed(quotes.cite(spot, cite));
            (text, place(reads, origin, spot))
        }
        By::Statement(id) => {
            let text = match origin {
                Origin::Page(page) => statement(reads, page, id),
                Origin::Intro(_) => Cow::Borrowed(""),
            };
            (text, section(reads, origin, id))
        }
        By::Whole => (Cow::Borrowed("The entry as a whole"), "references"),
    }
}

/// A statement in words.
fn statement<'a>(reads: &Reads<'a>, page: PageId, id: StatementId) -> Cow<'a, str> {
    let page = reads.page(page);
    let Some(statement) = page.statements.of(id) else {
        return Cow::Borrowed("");
    };
    match &statement.what {
        What::Alias(alias) => Cow::Owned(format!("Also called “{}”", alias.name)),
        What::Fact(version) => {
            let several = page.statements.is_one_of_several(id);
            let chosen = if several && version.chosen.is_some() {
                ", the value chosen among several"
            } else {
                ""
            };
            let (label, value) = (facts::label(&version.of), facts::text(&version.value));
            Cow::Owned(format!("{label}: {value}{chosen}"))
        }
        What::Legal(legal) => {
            let when = statement.when.map(|date| format!(", {date}"));
            let when = when.unwrap_or_default();
            Cow::Owned(format!("Legal status: {}{when}", legal.status.word()))
        }
        What::Event(event) => {
            let what = words::plain(reads, &event.what);
            Cow::Owned(format!("{}: {what}", event.date))
        }
        What::Judgement(text) => words::plain(reads, text),
        What::Relation(relation) => {
            let target = reads.name(relation.target).title();
            let sure = statement.confidence.map(|sure| format!(" ({sure})"));
            let sure = sure.unwrap_or_default();
            let denied = if relation.denied { "denied: " } else { "" };
            let says = relation.verb.phrase();
            Cow::Owned(format!("{denied}{} {says} {target}{sure}", page.title))
        }
    }
}
