//! Who mentions and who cites a page, in their own words.

use super::shape::{Mention, Pages, Said};
use super::{At, cites, facts, lists};
use crate::model::{Details, PageId};
use crate::plan::graph::{Citing, Mention as Edge, Origin};
use crate::plan::{PER_PAGE, Statement};

/// One page of the mentions of an entry, and the pages that there are.
pub(super) fn of(at: &At<'_>, id: PageId, number: u32) -> (Vec<Mention>, Pages) {
    let groups: Vec<&[Edge]> = at.site().graph.mention_groups(id).collect();
    let shown = page_of(&groups, number)
        .iter()
        .filter_map(|group| mention(at, group))
        .collect();
    let route = at.site().release.page(id).route();
    (
        shown,
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

fn mention(at: &At<'_>, group: &[Edge]) -> Option<Mention> {
    let from = group.first()?.from;
    let (address, title) = at.origin(Origin::Page(from));
    let quotes = at.cards().quotes(at.site(), Origin::Page(from));
    let mut said: Vec<Said> = Vec::new();
    for edge in group {
        let text = quotes
            .links
            .get(edge.link as usize)
            .map_or("", String::as_str);
        if !text.is_empty() && said.iter().all(|other| other.text != text) {
            said.push(Said {
                text: text.to_owned(),
                place: "in the text".to_owned(),
                path: at.path(&address),
            });
        }
    }
    Some(Mention {
        card: Some(at.cards().entry(from)),
        title,
        path: at.path(&address),
        said,
    })
}

/// One page of the places that cite a source, and the pages that there are.
pub(super) fn citing(at: &At<'_>, id: PageId, number: u32) -> (Vec<Mention>, Pages) {
    let groups: Vec<&[Citing]> = at.site().graph.citing_groups(id).collect();
    let shown = page_of(&groups, number)
        .iter()
        .filter_map(|group| cited(at, group))
        .collect();
    let route = at.site().release.page(id).route();
    (
        shown,
        lists::pages(at, groups.len(), number, &|n| {
            lists::further(&route, "cited", n)
        }),
    )
}

fn cited(at: &At<'_>, group: &[Citing]) -> Option<Mention> {
    let origin = group.first()?.from;
    let (address, title) = at.origin(origin);
    let ledger = at.site().graph.ledger(origin);
    let mut said: Vec<Said> = Vec::new();
    for placed in group
        .iter()
        .filter_map(|citing| ledger.places.get(citing.place as usize))
    {
        let (text, place) = statement(at, origin, placed.statement);
        let id = match placed.statement {
            Statement::Whole => Some(format!("ref-{}", placed.number)),
            _ => cites::anchor(at.site(), placed),
        };
        let path = id.map_or_else(|| at.path(&address), |id| at.place(&address, &id));
        let place = match &placed.at {
            Some(at) => format!("{place}, citing {at}"),
            None => place.to_owned(),
        };
        let again = |last: &Said| last.text == text && last.place == place;
        if !said.last().is_some_and(again) {
            said.push(Said { text, place, path });
        }
    }
    let card = match origin {
        Origin::Page(from) => Some(at.cards().entry(from)),
        Origin::Intro(_) => None,
    };
    Some(Mention {
        card,
        title,
        path: at.path(&address),
        said,
    })
}

/// A statement in words, and where on its page it stands.
fn statement(at: &At<'_>, origin: Origin, statement: Statement) -> (String, &'static str) {
    let quoted = |cite: u32| {
        at.cards()
            .quotes(at.site(), origin)
            .cites
            .get(cite as usize)
            .cloned()
            .unwrap_or_default()
    };
    let Origin::Page(id) = origin else {
        return match statement {
            Statement::Text(cite) => (quoted(cite), "in the text"),
            _ => (String::new(), "in the text"),
        };
    };
    let site = at.site();
    let page = site.release.page(id);
    let said = match statement {
        Statement::Text(cite) => return (quoted(cite), "in the text"),
        Statement::Alias(index) => page
            .aliases
            .get(index as usize)
            .map(|alias| (format!("Also called “{}”", alias.name), "names in use")),
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
            Some((value, if several { "figures" } else { "at a glance" }))
        }),
        Statement::Legal(index) => match &page.details {
            Details::Person { legal, .. } => legal.get(index as usize).map(|legal| {
                let when = legal
                    .date
                    .map(|date| format!(", {date}"))
                    .unwrap_or_default();
                (
                    format!("Legal status: {}{when}", legal.status.word()),
                    "legal status",
                )
            }),
            _ => None,
        },
        Statement::Event(index) => match &page.details {
            Details::Incident { events, .. } => events.get(index as usize).map(|event| {
                (
                    format!("{}: {}", event.date, event.what),
                    "sequence of events",
                )
            }),
            _ => None,
        },
        Statement::Judgement(index) => match &page.details {
            Details::Note { judgements, .. } => judgements
                .get(index as usize)
                .map(|judgement| (judgement.text.clone(), "judgements")),
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
                format!(
                    "{denied}{} {} {target}{sure}",
                    page.title,
                    relation.verb.phrase()
                ),
                "connections",
            )
        }),
        Statement::Whole => Some(("The entry as a whole".to_owned(), "references")),
    };
    said.unwrap_or_default()
}
