//! The marking of a page: the highest of what it shows.
//!
//! What a page shows of another is that other's card, a relation between the two, or a sentence; each has
//! the highest marking of its parts and of both its ends (front-matter.md, Markings).

use super::{At, index};
use crate::model::body::{Event, Tag, Target};
use crate::model::{
    Alias, Cite, Details, Entry, Fragment, Legal, Marked, Named, PageId, Prose, Relation, Said,
    Spot, StatementId, Tlp, Verb, What, Words,
};
use crate::plan::graph::Origin;
use crate::plan::{By, Order, PER_PAGE, Page, Placed, Site};
use crate::resolve::fold;

/// The marking of a page.
pub(super) fn of(at: &At<'_>) -> Tlp {
    let site = at.site();
    // Nothing above the audience is there to be shown.
    if site.release.audience == Tlp::Clear {
        return Tlp::Clear;
    }
    let part = |ids: &[PageId], number: u32| {
        let rows = ids.chunks(PER_PAGE).nth(number.saturating_sub(1) as usize);
        highest(rows.unwrap_or(&[]).iter().map(|&id| row(site, id)))
    };
    match at.page {
        Page::Entry(id)
        | Page::Cited(id, _)
        | Page::Mentions(id, _)
        | Page::Relations(id, _)
        | Page::Timeline(id, _) => entry(site, *id),
        Page::Index(kind, order, number) => {
            let ids = site.index(*kind).map_or(&[][..], |index| match order {
                Order::Name => &index.by_name,
                Order::Date => &index.by_date,
            });
            introduction(site, Some(*kind)).max(part(ids, *number))
        }
        Page::Tag(tag, number) => {
            let tag = site.tags.get(*tag as usize);
            tag.map_or(Tlp::Clear, |tag| part(&tag.pages, *number).max(tag.tlp))
        }
        Page::Name(name) => {
            let contested = site.contested.get(*name as usize);
            contested.map_or(Tlp::Clear, |contested| {
                highest(
                    contested
                        .pages
                        .iter()
                        .map(|&id| claim(site, id, &contested.name)),
                )
            })
        }
        // The home page draws from everything that is released.
        Page::Home => site.overview.tlp().max(introduction(site, None)),
        Page::Tags => {
            let tagged = site
                .release
                .pages
                .iter()
                .filter(|page| !page.tags.is_empty());
            highest(tagged.map(|page| page.tlp.max(marked(&page.tags))))
        }
        Page::Redirect(to) => site.release.page(*to).tlp,
        // It shows nothing of the dossier.
        Page::NotFound => Tlp::Clear,
    }
}

/// Whether two texts bear on markings in the same way: what they link to and cite, and what of that stands
/// within which marks, headings and lines.
pub(super) fn same_text(was: &Prose<PageId>, is: &Prose<PageId>) -> bool {
    let bearing = |event: &&Event| match event {
        Event::Start(tag) | Event::End(tag) => bears(tag),
        Event::Cite { .. } | Event::Indicators { .. } => true,
        Event::Text(_)
        | Event::Code(_)
        | Event::Html(_)
        | Event::FootnoteRef(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::Task(_) => false,
    };
    let marks = |prose: &Prose<PageId>| -> Vec<Tlp> {
        prose.body.marks.iter().map(|mark| mark.tlp).collect()
    };
    let lines = |prose: &Prose<PageId>| -> Vec<(u32, u32, Option<Tlp>)> {
        let lines = prose.body.indicators.iter();
        lines
            .map(|line| (line.first, line.count, line.tlp))
            .collect()
    };
    let sources = |prose: &Prose<PageId>| -> Vec<Option<PageId>> {
        prose.cites.iter().map(|cite| cite.source).collect()
    };
    let events = |prose: &Prose<PageId>| -> Vec<Event> {
        prose.body.events.iter().filter(bearing).copied().collect()
    };
    was.targets == is.targets
        && sources(was) == sources(is)
        && marks(was) == marks(is)
        && lines(was) == lines(is)
        && events(was) == events(is)
}

/// Whether a part of a text bears on the markings of what stands in it.
fn bears(tag: &Tag) -> bool {
    match tag {
        Tag::Marked(_) | Tag::Heading(_) | Tag::Link(_) | Tag::Image(_) => true,
        Tag::Paragraph { .. }
        | Tag::Quote(_)
        | Tag::AlertTitle { .. }
        | Tag::CodeBlock(_)
        | Tag::List { .. }
        | Tag::Item { .. }
        | Tag::Footnote(_)
        | Tag::DefinitionList
        | Tag::DefinitionTitle { .. }
        | Tag::Definition { .. }
        | Tag::Table { .. }
        | Tag::TableHead
        | Tag::TableRow { .. }
        | Tag::TableCell(_)
        | Tag::HtmlBlock
        | Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Highlight => false,
    }
}

/// The marking of a relation on the page of one of its ends, the highest of its own and of both ends;
/// none where the page's entry bears it as a whole.
pub(super) fn of_relation(
    site: &Site,
    page: PageId,
    from: PageId,
    relation: &Said<'_, PageId, Relation<PageId>>,
) -> Option<Tlp> {
    let tlp = |id: PageId| site.release.page(id).tlp;
    let ends = tlp(from).max(tlp(relation.what.target));
    Some(ends.max(relation.tlp.unwrap_or_default())).filter(|&highest| highest > tlp(page))
}

fn highest(markings: impl IntoIterator<Item = Tlp>) -> Tlp {
    markings.into_iter().max().unwrap_or_default()
}

/// What other pages show of an entry: its title, date, main figure, legal status; of a source also who
/// published it and what it derives from.
fn card(site: &Site, id: PageId) -> Tlp {
    let page = site.release.page(id);
    let leading = |name: &str| page.statements.fact(name)?.leading()?.tlp;
    let published = |page: &Entry<PageId>| {
        let publisher = page.publisher.as_ref();
        publisher.map(|publisher| named(site, &publisher.value))
    };
    let derived = page.statements.relations();
    let derived = derived
        .filter(|it| it.what.verb == Verb::DerivedFrom)
        .map(|it| {
            let from = site.release.page(it.what.target);
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
fn told(site: &Site, id: PageId) -> Tlp {
    let summary = site.release.page(id).summary.as_ref();
    let named = summary.and_then(|it| it.value.styled());
    let named = named.map(|text| linked(site, text));
    card(site, id).max(marked(summary)).max(highest(named))
}

/// The highest marking of values that have markings of their own.
fn marked<'a, T: 'a>(values: impl IntoIterator<Item = &'a Marked<T>>) -> Tlp {
    highest(values.into_iter().filter_map(|value| value.tlp))
}

fn named(site: &Site, named: &Named<PageId>) -> Tlp {
    match named {
        Named::Entry(id) => site.release.page(*id).tlp,
        Named::Text(_) => Tlp::Clear,
    }
}

fn cited(site: &Site, cites: &[Cite<PageId>]) -> Tlp {
    highest(
        cites
            .iter()
            .filter_map(|cite| cite.source)
            .map(|source| card(site, source)),
    )
}

/// A row of an index: the entry and the first that it is connected with.
fn row(site: &Site, id: PageId) -> Tlp {
    let connected = index::connections(site, id);
    highest(
        connected
            .into_iter()
            .map(|(other, tlp)| tlp.max(card(site, other))),
    )
    .max(told(site, id))
}

/// An entry that claims a contested name, and who uses that name.
fn claim(site: &Site, id: PageId, name: &str) -> Tlp {
    let page = site.release.page(id);
    let folded = fold(name);
    let used = page.statements.called(&folded).map(|alias| {
        let by = alias.what.by.as_ref().map(|by| named(site, by));
        highest(alias.tlp.into_iter().chain(by))
    });
    highest(used).max(told(site, id))
}

fn introduction(site: &Site, of: Option<crate::model::Kind>) -> Tlp {
    let intros = site.release.intros.iter().filter(|intro| intro.of == of);
    highest(intros.map(|intro| {
        let texts = intro.texts().map(|(_, text)| prose(site, text));
        highest(texts).max(intro.tlp).max(marked(&intro.summary))
    }))
}

/// A text: its marked parts, what it links to and what it cites.
fn prose(site: &Site, prose: &Prose<PageId>) -> Tlp {
    let marks = prose.body.marks.iter().map(|mark| mark.tlp);
    let lines = prose.body.indicators.iter().filter_map(|line| line.tlp);
    highest(marks.chain(lines))
        .max(linked(site, prose))
        .max(cited(site, &prose.cites))
}

fn linked(site: &Site, prose: &Prose<PageId>) -> Tlp {
    highest(
        prose
            .targets
            .iter()
            .map(|target| linked_to(site, target, 0)),
    )
}

/// What a link shows: the card of the other page, and in the address the words of its heading, which may
/// name others (as far as one heading names the next; three say enough).
fn linked_to(site: &Site, target: &Target<PageId>, depth: u8) -> Tlp {
    let Target::Entry(id, place) = target else {
        return Tlp::Clear;
    };
    let page = &site.release.page(*id).prose;
    let mut within = false;
    let mut named = Tlp::Clear;
    for event in page
        .body
        .events
        .iter()
        .filter(|_| place.is_some() && depth < 3)
    {
        match *event {
            Event::Start(Tag::Heading(at)) => within = Some(Fragment::Heading(at)) == *place,
            Event::End(Tag::Heading(_)) => within = false,
            Event::Start(Tag::Link(at)) if within => {
                let to = page.targets.get(at as usize);
                named = named.max(to.map_or(Tlp::Clear, |to| linked_to(site, to, depth + 1)));
            }
            _ => {}
        }
    }
    named.max(card(site, *id))
}

/// An entry's page: its own parts, and what leads to it with both ends.
fn entry(site: &Site, id: PageId) -> Tlp {
    let page = site.release.page(id);
    let incoming = site.graph.incoming(id).iter().map(|edge| {
        let stated = &site.release.page(edge.from).statements;
        let stated = stated.relation(edge.relation);
        let note = stated.and_then(|it| it.statement.note.as_ref()?.styled());
        highest(stated.and_then(|it| it.tlp))
            .max(highest(note.map(|text| linked(site, text))))
            .max(told(site, edge.from))
    });
    let mentions = site.graph.mention_groups(id).map(|group| {
        let from = group[0].from;
        let page = site.release.page(from);
        let spots = group.chunk_by(|one, other| one.spot == other.spot);
        let texts = spots.map(|mentions| {
            let links: Vec<u32> = mentions.iter().map(|mention| mention.link).collect();
            let is_one = |event: &Event| matches!(event, Event::Start(Tag::Link(at) | Tag::Image(at)) if links.contains(at));
            let text = page.text(mentions[0].spot);
            let text = text.map(|text| around(text, is_one).max(linked(site, text)));
            highest(text).max(page.marking(mentions[0].spot).unwrap_or_default())
        });
        highest(texts).max(card(site, from))
    });
    let citing = site.graph.citing_groups(id).flatten().map(|citing| {
        let placed = site
            .graph
            .ledger(citing.from)
            .places
            .get(citing.place as usize);
        placed.map_or(Tlp::Clear, |placed| quoted(site, citing.from, placed))
    });
    own(site, page)
        .max(told(site, id))
        .max(highest(incoming))
        .max(highest(mentions))
        .max(highest(citing))
}

/// The parts of an entry that its own page shows, with the other ends of those that name two.
fn own(site: &Site, page: &Entry<PageId>) -> Tlp {
    let statements = page.statements.iter().map(|it| {
        let other = match &it.what {
            What::Alias(Alias { by, .. }) | What::Legal(Legal { by, .. }) => {
                by.as_ref().map(|by| named(site, by))
            }
            What::Event(event) => event.place.map(|place| card(site, place)),
            What::Relation(relation) => Some(card(site, relation.target)),
            What::Fact(_) | What::Judgement(_) => None,
        };
        highest(it.tlp.into_iter().chain(other)).max(cited(site, &it.sources))
    });
    let publisher = (page.publisher.as_ref()).map(|it| named(site, &it.value));
    let country = (page.country.as_ref()).map(|it| card(site, it.value));
    let changes = page.changes.iter().filter_map(|it| it.tlp);
    highest(statements.chain(changes).chain(publisher).chain(country))
        .max(marked(&page.tags))
        .max(marked(&page.authors))
        .max(marked(page.external_ids.iter().map(|(_, id)| id)))
        .max(details(&page.details))
        .max(highest(page.texts().map(|(_, text)| prose(site, text))))
        .max(cited(site, &page.sources))
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
fn quoted(site: &Site, origin: Origin, placed: &Placed) -> Tlp {
    let intro;
    let (whole, page) = match origin {
        Origin::Page(id) => {
            intro = None;
            (card(site, id), Some(site.release.page(id)))
        }
        Origin::Intro(at) => {
            let its = &site.release.intros[at as usize];
            intro = Some(its);
            (its.tlp.max(marked(&its.summary)), None)
        }
    };
    let text_at = |at: Spot| match (page, intro) {
        (Some(page), _) => page.text(at),
        (None, intro) => intro?.texts().find(|(spot, _)| *spot == at).map(|it| it.1),
    };
    let statement = match (placed.by, page) {
        (By::Text(at, cite), page) => {
            let own = page.and_then(|page| page.marking(at)).unwrap_or_default();
            let Some(text) = text_at(at) else {
                return whole.max(own);
            };
            let lines = text.body.indicators.iter();
            let line = lines.filter(|line| (line.first..line.first + line.count).contains(&cite));
            let cites = |event: &Event| matches!(*event, Event::Cite { first, count } if (first..first + count).contains(&cite));
            around(text, cites)
                .max(highest(line.filter_map(|line| line.tlp)))
                .max(linked(site, text))
                .max(own)
        }
        (By::Statement(id), Some(page)) => stated(site, page, id),
        (By::Whole, _) | (By::Statement(_), None) => Tlp::Clear,
    };
    statement.max(whole)
}

fn stated(site: &Site, page: &Entry<PageId>, id: StatementId) -> Tlp {
    let Some(statement) = page.statements.of(id) else {
        return Tlp::Clear;
    };
    let words = statement.what.words().and_then(Words::styled);
    let named = words.map(|text| linked(site, text));
    let other = match &statement.what {
        What::Relation(relation) => Some(card(site, relation.target)),
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
