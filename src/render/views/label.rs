//! The marking of a page: the highest of what it shows.
//!
//! What a page shows of another is that other's card, a relation between the two, or a sentence; each has
//! the highest marking of its parts and of both its ends (`docs/write/markings.md`).

use super::{At, index};
use crate::model::body::{Event, Tag, Target};
use crate::model::{
    Alias, Cite, Details, Entry, Fragment, Kind, Legal, Marked, Named, PageId, Prose, Relation,
    Said, Spot, StatementId, Tlp, Verb, What, Words,
};
use crate::plan::graph::Origin;
use crate::plan::{By, Page, Placed};
use crate::resolve::fold;

/// The marking of a page.
pub(super) fn of(at: &At<'_>) -> Tlp {
    // Nothing above the audience is there to be shown.
    if at.reads.audience() == Tlp::Clear {
        return Tlp::Clear;
    }
    let rows_of = |ids: &[PageId]| highest(ids.iter().map(|&id| row(at, id)));
    match at.page {
        Page::Entry(id)
        | Page::Cited(id, _)
        | Page::Mentions(id, _)
        | Page::Relations(id, ..)
        | Page::Timeline(id, _) => entry(at, *id),
        Page::Index(kind, order, number) => {
            let (rows, _) = at.reads.rows(*kind, *order, *number);
            introduction(at, Some(*kind)).max(rows_of(rows))
        }
        Page::Tag(tag, number) => {
            let tag = at.reads.tagged(*tag, *number);
            tag.map_or(Tlp::Clear, |(tag, rows)| rows_of(rows).max(tag.tlp))
        }
        Page::Name(name) => {
            let contested = at.reads.contested_at(*name);
            contested.map_or(Tlp::Clear, |contested| {
                let pages = contested.pages.iter();
                highest(pages.map(|&id| claim(at, id, &contested.name)))
            })
        }
        // The home page draws from everything that is released.
        Page::Home => at.reads.overview().tlp().max(introduction(at, None)),
        Page::Tags => at.reads.overview().tags_tlp(),
        Page::Redirect(to) => at.reads.tlp(*to),
        // It shows nothing of the dossier.
        Page::NotFound => Tlp::Clear,
    }
}

/// The marking of a relation on the page of one of its ends, the highest of its own and of both ends;
/// none where the page's entry bears it as a whole.
pub(super) fn of_relation(
    at: &At<'_>,
    page: PageId,
    from: PageId,
    relation: &Said<'_, PageId, Relation<PageId>>,
) -> Option<Tlp> {
    // Nothing above the audience is there to be shown.
    if at.reads.audience() == Tlp::Clear {
        return None;
    }
    let tlp = |id: PageId| at.reads.tlp(id);
    let ends = tlp(from).max(tlp(relation.what.target));
    Some(ends.max(relation.tlp.unwrap_or_default())).filter(|&highest| highest > tlp(page))
}

fn highest(markings: impl IntoIterator<Item = Tlp>) -> Tlp {
    markings.into_iter().max().unwrap_or_default()
}

/// What other pages show of an entry: its title, date, main figure, legal status; of a source also who
/// published it and what it derives from.
fn card(at: &At<'_>, id: PageId) -> Tlp {
    let page = at.reads.page(id);
    let leading = |name: &str| page.statements.fact(name)?.leading()?.tlp;
    let published = |page: &Entry<PageId>| {
        let publisher = page.publisher.as_ref();
        publisher.map(|publisher| named(at, &publisher.value))
    };
    let derived = page.statements.relations();
    let derived = derived
        .filter(|it| it.what.verb == Verb::DerivedFrom)
        .map(|it| {
            let from = at.reads.page(it.what.target);
            highest([from.tlp].into_iter().chain(it.tlp).chain(published(from)))
        });
    highest(
        [page.tlp]
            .into_iter()
            .chain(
                ["dates", "first_seen", "loss.actual"]
                    .into_iter()
                    .filter_map(leading),
            )
            .chain(page.statements.latest_legal().and_then(|legal| legal.tlp))
            .chain(published(page))
            .chain(derived),
    )
}

/// The same with the summary, where that is shown as well: in rows, timelines and lists of claims.
fn told(at: &At<'_>, id: PageId) -> Tlp {
    let summary = at.reads.page(id).summary.as_ref();
    let named = summary.and_then(|it| it.value.styled());
    let named = named.map(|text| linked(at, text));
    card(at, id).max(marked(summary)).max(highest(named))
}

/// The highest marking of values that have markings of their own.
fn marked<'a, T: 'a>(values: impl IntoIterator<Item = &'a Marked<T>>) -> Tlp {
    highest(values.into_iter().filter_map(|value| value.tlp))
}

fn named(at: &At<'_>, named: &Named<PageId>) -> Tlp {
    match named {
        Named::Entry(id) => at.reads.tlp(*id),
        Named::Text(_) => Tlp::Clear,
    }
}

fn cited(at: &At<'_>, cites: &[Cite<PageId>]) -> Tlp {
    highest(
        cites
            .iter()
            .filter_map(|cite| cite.source)
            .map(|source| card(at, source)),
    )
}

/// A row of an index: the entry and the first that it is connected with.
fn row(at: &At<'_>, id: PageId) -> Tlp {
    let (connected, _) = index::connections(&at.reads, id);
    highest(
        connected
            .into_iter()
            .map(|(other, tlp)| tlp.max(card(at, other))),
    )
    .max(told(at, id))
}

/// An entry that claims a contested name, and who uses that name.
fn claim(at: &At<'_>, id: PageId, name: &str) -> Tlp {
    let page = at.reads.page(id);
    let folded = fold(name);
    let used = page.statements.called(&folded).map(|alias| {
        let by = alias.what.by.as_ref().map(|by| named(at, by));
        highest(alias.tlp.into_iter().chain(by))
    });
    highest(used).max(told(at, id))
}

fn introduction(at: &At<'_>, of: Option<crate::model::Kind>) -> Tlp {
    highest(at.reads.intro(of).map(|(_, intro)| {
        let texts = intro.texts().map(|(_, text)| prose(at, text));
        highest(texts).max(intro.tlp).max(marked(&intro.summary))
    }))
}

/// A text: its marked parts, what it links to and what it cites.
fn prose(at: &At<'_>, prose: &Prose<PageId>) -> Tlp {
    let marks = prose.body.marks.iter().map(|mark| mark.tlp);
    let lines = prose.body.indicators.iter().filter_map(|line| line.tlp);
    highest(marks.chain(lines))
        .max(linked(at, prose))
        .max(cited(at, &prose.cites))
}

fn linked(at: &At<'_>, prose: &Prose<PageId>) -> Tlp {
    highest(prose.targets.iter().map(|target| linked_to(at, target, 0)))
}

/// What a link shows: the card of the other page, and in the address the words of its heading, which may
/// name others (as far as one heading names the next; three say enough).
fn linked_to(at: &At<'_>, target: &Target<PageId>, depth: u8) -> Tlp {
    let Target::Entry(id, place) = target else {
        return Tlp::Clear;
    };
    let page = &at.reads.page(*id).prose;
    let links = match place {
        Some(Fragment::Heading(heading)) if depth < 3 => {
            let links = at.reads.heading_links(at.shared, *id);
            links.get(*heading as usize)
        }
        Some(Fragment::Heading(_) | Fragment::Raw(_)) | None => None,
    };
    let targets =
        { links.into_iter().flatten() }.filter_map(|&link| page.targets.get(link as usize));
    let named = highest(targets.map(|target| linked_to(at, target, depth + 1)));
    named.max(card(at, *id))
}

/// An entry's page: its own parts, and what leads to it with both ends.
fn entry(at: &At<'_>, id: PageId) -> Tlp {
    let page = at.reads.page(id);
    let incoming = at.reads.incoming(id).iter().map(|edge| {
        let stated = &at.reads.page(edge.from).statements;
        let stated = stated.relation(edge.relation);
        let note = stated.and_then(|it| it.statement.note.as_ref()?.styled());
        highest(stated.and_then(|it| it.tlp))
            .max(highest(note.map(|text| linked(at, text))))
            .max(told(at, edge.from))
    });
    let mentions = at.reads.mention_groups(id).map(|group| {
        let from = group[0].from;
        let page = at.reads.page(from);
        let spots = group.chunk_by(|one, other| one.spot == other.spot);
        let texts = spots.map(|mentions| {
            let links: Vec<u32> = mentions.iter().map(|mention| mention.link).collect();
            let is_one = |event: &Event| matches!(event, Event::Start(Tag::Link(at) | Tag::Image(at)) if links.contains(at));
            let text = page.text(mentions[0].spot);
            let text = text.map(|text| around(text, is_one).max(linked(at, text)));
            highest(text).max(page.marking(mentions[0].spot).unwrap_or_default())
        });
        highest(texts).max(card(at, from))
    });
    let citing = at.reads.citing_groups(id).flatten().map(|citing| {
        let placed = at
            .reads
            .ledger(citing.from)
            .places
            .get(citing.place as usize);
        placed.map_or(Tlp::Clear, |placed| quoted(at, citing.from, placed))
    });
    own(at, page)
        .max(told(at, id))
        .max(highest(incoming))
        .max(highest(mentions))
        .max(highest(citing))
}

/// The parts of an entry that its own page shows, with the other ends of those that name two.
fn own(at: &At<'_>, page: &Entry<PageId>) -> Tlp {
    let statements = page.statements.iter().map(|it| {
        let other = match &it.what {
            What::Alias(Alias { by, .. }) | What::Legal(Legal { by, .. }) => {
                by.as_ref().map(|by| named(at, by))
            }
            What::Event(event) => event.place.map(|place| card(at, place)),
            What::Relation(relation) => {
                let target = relation.target;
                Some(card(at, target).max(technique(at, target)))
            }
            What::Fact(_) | What::Judgement(_) => None,
        };
        highest(it.tlp.into_iter().chain(other)).max(cited(at, &it.sources))
    });
    let publisher = (page.publisher.as_ref()).map(|it| named(at, &it.value));
    let country = (page.country.as_ref()).map(|it| card(at, it.value));
    let changes = page.changes.iter().filter_map(|it| it.tlp);
    highest(statements.chain(changes).chain(publisher).chain(country))
        .max(marked(&page.tags))
        .max(marked(&page.authors))
        .max(marked(page.external_ids.iter().map(|(_, id)| id)))
        .max(details(&page.details))
        .max(highest(page.texts().map(|(_, text)| prose(at, text))))
        .max(cited(at, &page.sources))
}

/// What a page that uses a technique shows of it beside its card: its id and its tactics.
fn technique(at: &At<'_>, id: PageId) -> Tlp {
    if at.reads.kind(id) != Kind::Technique {
        return Tlp::Clear;
    }
    let page = at.reads.page(id);
    let attack = page
        .external_ids
        .iter()
        .filter(|(name, _)| name == "attack");
    details(&page.details).max(marked(attack.map(|(_, id)| id)))
}

fn details(details: &Details) -> Tlp {
    match details {
        Details::Person { nationality: it }
        | Details::Actor { sophistication: it }
        | Details::Vulnerability { cvss: it } => marked(it),
        Details::Malware {
            platforms, types, ..
        }
        | Details::Tool { platforms, types } => marked(platforms).max(marked(types)),
        Details::Technique { tactics } => marked(tactics),
        Details::Campaign
        | Details::Incident { .. }
        | Details::Organisation { .. }
        | Details::Place { .. }
        | Details::Note { .. }
        | Details::Source(_) => Tlp::Clear,
    }
}

/// A statement as the page of its source quotes it.
fn quoted(at: &At<'_>, origin: Origin, placed: &Placed) -> Tlp {
    let intro;
    let (whole, page) = match origin {
        Origin::Page(id) => {
            intro = None;
            (card(at, id), Some(at.reads.page(id)))
        }
        Origin::Intro(intro_at) => {
            let its = at.reads.intro_at(intro_at);
            intro = Some(its);
            (its.tlp.max(marked(&its.summary)), None)
        }
    };
    let text_at = |spot: Spot| match (page, intro) {
        (Some(page), _) => page.text(spot),
        (None, intro) => intro?.texts().find(|(it, _)| *it == spot).map(|it| it.1),
    };
    let statement = match (placed.by, page) {
        (By::Text(spot, cite), page) => {
            let own = page.and_then(|page| page.marking(spot)).unwrap_or_default();
            let Some(text) = text_at(spot) else {
                return whole.max(own);
            };
            let lines = text.body.indicators.iter();
            let line = lines.filter(|line| (line.first..line.first + line.count).contains(&cite));
            let cites = |event: &Event| matches!(*event, Event::Cite { first, count } if (first..first + count).contains(&cite));
            around(text, cites)
                .max(highest(line.filter_map(|line| line.tlp)))
                .max(linked(at, text))
                .max(own)
        }
        (By::Statement(id), Some(page)) => stated(at, page, id),
        (By::Whole, _) | (By::Statement(_), None) => Tlp::Clear,
    };
    statement.max(whole)
}

fn stated(at: &At<'_>, page: &Entry<PageId>, id: StatementId) -> Tlp {
    let Some(statement) = page.statements.of(id) else {
        return Tlp::Clear;
    };
    let words = statement.what.words().and_then(Words::styled);
    let named = words.map(|text| linked(at, text));
    let other = match &statement.what {
        What::Relation(relation) => Some(card(at, relation.target)),
        What::Fact(_) | What::Judgement(_) | What::Legal(_) | What::Event(_) | What::Alias(_) => {
            None
        }
    };
    highest(statement.tlp.into_iter().chain(named).chain(other))
}

/// The highest of the marks around the events that a test finds.
fn around(prose: &Prose<PageId>, found: impl Fn(&Event) -> bool) -> Tlp {
    let mark = |at: u32| {
        prose
            .body
            .marks
            .get(at as usize)
            .map_or(Tlp::Clear, |mark| mark.tlp)
    };
    let mut open: Vec<Tlp> = Vec::new();
    let mut highest = Tlp::Clear;
    for event in &prose.body.events {
        match *event {
            Event::Start(Tag::Marked(at)) => open.push(mark(at)),
            Event::End(Tag::Marked(_)) => {
                open.pop();
            }
            _ if !open.is_empty() && found(event) => {
                highest = highest.max(open.iter().copied().max().unwrap_or_default())
            }
            _ => {}
        }
    }
    highest
}
