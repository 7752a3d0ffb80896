//! The marking of what is handed out: of a facet the highest of what it shows.
//!
//! Takes an entry, or a part of one, that [`Reads`] is about to hand out; gives its marking. The marking of a page
//! is the highest of what was handed out to its view, so that nothing here knows what pages there are. What is
//! shown of another entry by the way, its name or the words of its heading, is noted like any other read
//! (docs/write/markings.md).

use super::cards::{Cards, EntryCard, SourceCard};
use super::reads::Reads;
use crate::model::body::{Event, Tag, Target};
use crate::model::{
    Details, Embed, Entry, Fact, Fragment, Intro, Marked, PageId, Prose, Relation, Said, Section,
    Spot, Tlp, Verb, What, Words,
};
use crate::plan::graph::{Citing, Mention, Origin};
use crate::plan::{self, By, Placed};

pub(super) fn highest(markings: impl IntoIterator<Item = Tlp>) -> Tlp {
    markings.into_iter().max().unwrap_or_default()
}

/// The highest marking of values that have markings of their own.
fn marked<'a, T: 'a>(values: impl IntoIterator<Item = &'a Marked<T>>) -> Tlp {
    highest(values.into_iter().filter_map(|value| value.tlp))
}

/// All that an entry says itself.
pub(super) fn own(page: &Entry<PageId>) -> Tlp {
    let statements = page.statements.iter().filter_map(|it| it.tlp);
    let changes = page.changes.iter().filter_map(|it| it.tlp);
    highest(statements.chain(changes))
        .max(page.tlp)
        .max(marked(&page.summary))
        .max(marked(&page.tags))
        .max(marked(&page.authors))
        .max(marked(&page.rights))
        .max(marked(page.external_ids.iter().map(|(_, id)| id)))
        .max(details(&page.details))
        .max(highest(page.texts().map(|(_, text)| within(text))))
}

/// An introduction.
pub(super) fn intro(intro: &Intro<PageId>) -> Tlp {
    let texts = intro.texts().map(|(_, text)| within(text));
    highest(texts).max(intro.tlp).max(marked(&intro.summary))
}

/// The parts of a text.
fn within(prose: &Prose<PageId>) -> Tlp {
    let marks = prose.body.marks.iter().map(|mark| mark.tlp);
    let lines = prose.body.indicators.iter().filter_map(|line| line.tlp);
    highest(marks.chain(lines))
}

/// What an entry is called: its title, with a person's legal status beside it.
pub(super) fn name(page: &Entry<PageId>) -> Tlp {
    let legal = page.statements.latest_legal();
    legal
        .and_then(|legal| legal.tlp)
        .unwrap_or_default()
        .max(page.tlp)
}

/// All that it is called, ids in other catalogues included.
pub(super) fn names(page: &Entry<PageId>) -> Tlp {
    let aliases = page.statements.aliases().filter_map(|it| it.tlp);
    let ids = marked(page.external_ids.iter().map(|(_, id)| id));
    highest(aliases).max(ids).max(name(page))
}

/// What its card shows of an entry besides the summary: name, date, main figure.
pub(super) fn card(page: &Entry<PageId>) -> Tlp {
    let leading = |name: &str| page.statements.fact(name)?.leading()?.tlp;
    let facts = ["dates", "first_seen", "loss.actual"];
    highest(facts.into_iter().filter_map(leading)).max(name(page))
}

/// What it says of money, and when it was.
pub(super) fn money(page: &Entry<PageId>) -> Tlp {
    let losses = plan::losses(page).flat_map(Fact::versions);
    highest(losses.filter_map(|version| version.tlp)).max(card(page))
}

/// Its summary.
pub(super) fn summary(page: &Entry<PageId>) -> Tlp {
    let text = page.summary.as_ref().and_then(|it| it.value.styled());
    marked(&page.summary).max(highest(text.map(within)))
}

/// What a page that uses a technique shows of it beside its card: its id and its tactics.
pub(super) fn technique(page: &Entry<PageId>) -> Tlp {
    let ids = page.external_ids.iter();
    let attack = ids.filter(|(name, _)| name == "attack");
    details(&page.details).max(marked(attack.map(|(_, id)| id)))
}

/// What a source derives from, as far as the source says so.
pub(super) fn derivations(page: &Entry<PageId>) -> Tlp {
    let relations = page.statements.relations();
    let derived = relations.filter(|it| it.what.verb == Verb::DerivedFrom);
    highest(derived.filter_map(|it| it.tlp))
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
        Details::Technique { tactics: it } | Details::Infrastructure { types: it } => marked(it),
        Details::Source(evidence) => evidence.lent.unwrap_or_default(),
        Details::Campaign
        | Details::Page
        | Details::Incident { .. }
        | Details::Organisation { .. }
        | Details::Place { .. }
        | Details::Note { .. } => Tlp::Clear,
    }
}

/// The marking that stands beside a relation on the page of one of its ends, the highest of its own and of both
/// ends; none where the page's entry bears it as a whole.
pub(super) fn beside(
    reads: &Reads<'_>,
    page: PageId,
    from: PageId,
    relation: &Said<'_, PageId, Relation<PageId>>,
) -> Option<Tlp> {
    // Nothing above the audience is there to be shown.
    if reads.audience() == Tlp::Clear {
        return None;
    }
    let tlp = |id: PageId| reads.tlp(id);
    let ends = [Some(from), Some(relation.what.target), relation.came_from()];
    let ends = highest(ends.into_iter().flatten().map(tlp));
    Some(ends.max(relation.tlp.unwrap_or_default())).filter(|&highest| highest > tlp(page))
}

/// The marking that an embed bears on the page that shows it: of the entry and, of a section, of what it stands in;
/// of a card, of all that it shows.
pub(super) fn beside_embed(reads: &Reads<'_>, cards: &Cards, embed: Embed<PageId>) -> Option<Tlp> {
    // Nothing above the audience is there to be shown.
    if reads.audience() == Tlp::Clear {
        return None;
    }
    let page = reads.unshown(embed.of);
    let Some(heading) = embed.heading else {
        let card = cards.entry(reads.language, embed.of);
        return Some(told(reads, card).max(card.tlp));
    };
    let section = Section::of(&page.prose.body, heading)?;
    Some(section.tlp.max(page.tlp))
}

/// What a link to a place shows of it in the address: of a heading the marks around it, and whom it names.
pub(super) fn place(reads: &Reads<'_>, cards: &Cards, id: PageId, place: Fragment) -> Tlp {
    match place {
        Fragment::Heading(at) => heading(reads, cards, id, at, 0),
        Fragment::Raw(_) => Tlp::Clear,
    }
}

/// A heading, as far as one names the next; three say enough.
fn heading(reads: &Reads<'_>, cards: &Cards, id: PageId, at: u32, depth: u8) -> Tlp {
    let prose = &reads.unshown(id).prose;
    let is_it = |event: &Event| matches!(*event, Event::Start(Tag::Heading(it)) if it == at);
    let links = reads.heading_links(cards, id).get(at as usize);
    let targets =
        { links.into_iter().flatten() }.filter_map(|&link| prose.targets.get(link as usize));
    let named = targets.map(|target| match target {
        Target::Entry(id, Some(Fragment::Heading(next))) if depth < 3 => {
            heading(reads, cards, *id, *next, depth + 1).max(called(reads, *id))
        }
        Target::Entry(id, _) => called(reads, *id),
        _ => Tlp::Clear,
    });
    highest(named).max(around(prose, is_it))
}

/// What the summary of a card shows.
pub(super) fn told(reads: &Reads<'_>, card: &EntryCard) -> Tlp {
    highest(card.names.iter().map(|&id| called(reads, id))).max(card.summary_tlp)
}

/// The name of an entry that stands in the words of another one.
fn called(reads: &Reads<'_>, id: PageId) -> Tlp {
    reads.unshown_name(id).tlp()
}

/// Whom a text names.
fn named(reads: &Reads<'_>, cards: &Cards, prose: &Prose<PageId>) -> Tlp {
    highest(prose.targets.iter().map(|target| match target {
        Target::Entry(id, to) => {
            let to = to.map(|to| place(reads, cards, *id, to));
            called(reads, *id).max(to.unwrap_or_default())
        }
        _ => Tlp::Clear,
    }))
}

/// A source as it is cited: with who published it, and what it derives from.
pub(super) fn source(reads: &Reads<'_>, card: &SourceCard) -> Tlp {
    highest(card.names.iter().map(|&id| called(reads, id))).max(card.tlp)
}

/// The sentences of a page that name an entry: those of the links of `group`.
pub(super) fn mention(reads: &Reads<'_>, cards: &Cards, group: &[Mention]) -> Tlp {
    let spots = group.chunk_by(|one, other| one.spot == other.spot);
    highest(spots.map(|mentions| {
        let Mention { from, spot, .. } = mentions[0];
        let page = reads.unshown(from);
        let is_one = |event: &Event| {
            let link = match *event {
                Event::Start(Tag::Link(link) | Tag::Image(link)) => Some(link),
                _ => None,
            };
            link.is_some_and(|link| mentions.iter().any(|mention| mention.link == link))
        };
        let text = page.text(spot);
        let text = text.map(|text| around(text, is_one).max(named(reads, cards, text)));
        highest(text).max(page.marking(spot).unwrap_or_default())
    }))
}

/// What of a page cites a source, as the page of the source quotes it.
pub(super) fn citation(reads: &Reads<'_>, cards: &Cards, group: &[Citing]) -> Tlp {
    highest(group.iter().map(|citing| {
        let ledger = reads.ledger(citing.from);
        let placed = ledger.places.get(citing.place as usize);
        placed.map_or(Tlp::Clear, |placed| {
            quoted(reads, cards, citing.from, placed)
        })
    }))
}

fn quoted(reads: &Reads<'_>, cards: &Cards, origin: Origin, placed: &Placed) -> Tlp {
    match (placed.by, origin) {
        (By::Text(spot, cite), Origin::Page(id)) => {
            let page = reads.unshown(id);
            let text = page.text(spot).map(|text| cited(reads, cards, text, cite));
            highest(text).max(page.marking(spot).unwrap_or_default())
        }
        (By::Text(spot, cite), Origin::Intro(at)) => {
            let intro = reads.unshown_intro(at);
            let mut texts = intro.texts().filter(|(it, _)| *it == spot);
            let text = texts
                .next()
                .map(|(_, text)| cited(reads, cards, text, cite));
            let of_summary = match spot {
                Spot::Summary => marked(&intro.summary),
                _ => Tlp::Clear,
            };
            highest(text).max(of_summary)
        }
        (By::Statement(id), Origin::Page(page)) => {
            let Some(statement) = reads.unshown(page).statements.of(id) else {
                return Tlp::Clear;
            };
            let words = statement.what.words().and_then(Words::styled);
            let words = words.map(|text| named(reads, cards, text));
            let other = match &statement.what {
                What::Relation(relation) => {
                    let own = relation.own.as_ref().and_then(Words::styled);
                    let own = own.map(|text| named(reads, cards, text));
                    let from = statement.came_from().map(|it| called(reads, it));
                    called(reads, relation.target)
                        .max(highest(own))
                        .max(highest(from))
                }
                What::Fact(_)
                | What::Judgement(_)
                | What::Legal(_)
                | What::Event(_)
                | What::Alias(_) => Tlp::Clear,
            };
            highest(words)
                .max(other)
                .max(statement.tlp.unwrap_or_default())
        }
        // What is shown of another is quoted where that stands.
        (By::Statement(_), Origin::Intro(_)) | (By::Embed { .. } | By::Whole, _) => Tlp::Clear,
    }
}

/// The sentence of a citation in a text, or the line of indicators.
fn cited(reads: &Reads<'_>, cards: &Cards, text: &Prose<PageId>, cite: u32) -> Tlp {
    let is_of = |first: u32, count: u32| (first..first + count).contains(&cite);
    let lines = text.body.indicators.iter();
    let line = lines.filter(|line| is_of(line.first, line.count));
    let cites =
        |event: &Event| matches!(*event, Event::Cite { first, count } if is_of(first, count));
    around(text, cites)
        .max(highest(line.filter_map(|line| line.tlp)))
        .max(named(reads, cards, text))
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
