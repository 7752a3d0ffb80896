//! An entry's page, whatever its kind.

use super::cites::Marks;
use super::shape::{
    Alias, Change, Citation, EntryView, Event, Extra, Judgement, Legal, Neighbour, Notice,
};
use super::{
    At, cards, cites, compare, data, drawn, facts, flow, infobox, lists, map, mentions, metadata,
    money, origins, producers, prose, relations, shell, source, timeline, words,
};
use crate::model::{
    self, Details, Entry, Ids, Kind, Named, Overlap, PageId, Part, Said, Spot, slug,
};
use crate::plan::graph::Origin;
use crate::plan::{By, page_of, tag_address};
use crate::render::account::work;
use crate::render::language::{Language, Word, names};
use crate::render::{Html, bibliography, html, markup};
use std::collections::BTreeMap;

/// The template of a kind's pages.
pub(super) fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Actor => "actor.html",
        Kind::Incident => "incident.html",
        Kind::Person => "person.html",
        Kind::Note => "note.html",
        Kind::Source => "source.html",
        _ => "entry.html",
    }
}

/// The view of an entry's page.
pub(super) fn view<'a>(at: &At<'a>, id: PageId) -> EntryView<'a> {
    let page = at.reads.page(id);
    let origin = Origin::Page(id);
    let (mentions, mention_pages) = mentions::of(at, id, 1);
    let acts = at.reads.timeline(id);
    let beside = at.reads.neighbours(id);
    let changed = page.last_changed();
    let route = page.route();
    let related = at.reads.related(id);
    let ids = prose::printed(&page.prose.body, at.config.trust_html);
    let (lead, body) = prose::lead(&page.prose, prose::body(at, origin, &page.prose, &ids));
    let money = money::of(at, id);
    let drawn = money.as_ref().map_or(&[][..], |it| &it.currencies);
    let mut view = EntryView {
        metadata: metadata::entry(at, id),
        card: at.told(id),
        index_path: (page.kind.is_of_entries())
            .then(|| at.path(&format!("{}/", page.kind.folder()))),
        subtype: subtype(at, page),
        also: also(page),
        changed: changed.map(|day| at.language.day(day)),
        changed_datetime: changed.map(|day| day.to_string()),
        authors: page.authors.iter().map(|it| it.value.as_str()).collect(),
        rights: page.rights.iter().map(|it| it.value.as_str()).collect(),
        summary: words::summary(at, origin, page.summary.as_ref()).or_else(|| {
            let told = at.told(id).summary.as_deref()?;
            Some(Html::of(|out| markup::text(told, out)))
        }),
        summary_tlp: shell::label(page.summary.as_ref().and_then(|it| it.tlp)),
        sourcing: (page.kind != Kind::Source).then(|| cites::sourcing(&at.reads, id)),
        draft: page.draft,
        withdrawn: (page.withdrawn.as_ref()).map(|it| notice(at, id, Spot::Withdrawn, it)),
        infobox: match page.evidence() {
            // It stands in the record.
            Some(_) => Html::default(),
            None => infobox::of(at, id),
        },
        contents: None,
        lead,
        body,
        facts: facts::of(at, id, drawn),
        losses: (page.kind == Kind::Actor)
            .then(|| money::of_actor(at, &acts))
            .flatten(),
        money,
        flow: flow::of(at, id),
        events: events(at, id),
        judgements: judgements(at, id, true),
        legal: legal(at, id),
        timeline: timeline::acts(at, id, page_of(&acts, 1)),
        span: drawn::acts(at, id, &acts),
        places: (at.reads.kind(id) == Kind::Actor)
            .then(|| map::of_actor(at, id, &acts))
            .flatten(),
        timeline_pages: lists::pages(at, acts.len(), 1, &|n| {
            lists::further(&route, "timeline", n)
        }),
        around: drawn::around(at, id, &related),
        relations: relations::of(at, id, &related),
        aliases: aliases(at, id),
        compared: compare::of_entry(at, id),
        origins: match page.evidence() {
            Some(_) => origins::of_source(at, id),
            None => origins::of_entry(at, id),
        }
        .filter(|_| page.withdrawn.is_none()),
        references: cites::references(at, origin),
        mentions,
        mention_pages,
        changes: changes(at, id),
        evidence: page
            .evidence()
            .map(|evidence| source::view(at, id, evidence)),
        tags: tags(at, page),
        downloads: data::of_entry(at, page),
        cite: (page.kind.is_of_entries() && page.kind != Kind::Source).then(|| cite(at, id)),
        previous: neighbour(at, page, beside.previous, "prev"),
        next: neighbour(at, page, beside.next, "next"),
        extra: page.extra.as_ref().map(Extra),
    };
    let headings = prose::headings(&at.reads, &page.prose);
    view.contents = contents(at.language, &view, page, &ids, &headings);
    view
}

/// How a page is cited: of one that changed, its last edition.
fn cite(at: &At<'_>, id: PageId) -> Citation {
    let work = work::page(&at.reads, at.config, id);
    Citation {
        text: bibliography::text(at.language, &work),
        bibtex: bibliography::bibtex(&work),
        csl: bibliography::csl(&work),
    }
}

fn subtype(at: &At<'_>, page: &Entry<PageId>) -> Option<String> {
    match &page.details {
        Details::Incident { status } => {
            status.map(|status| at.language.say(names::incident(status)).to_owned())
        }
        Details::Organisation { r#type, .. } | Details::Place { r#type, .. } => {
            r#type.as_ref().map(|words| words.replace('-', " "))
        }
        Details::Source(evidence) => evidence
            .r#type
            .as_ref()
            .map(|words| words.replace('-', " ")),
        _ => None,
    }
}

/// Other names, those that mean the same first.
fn also(page: &Entry<PageId>) -> Vec<&str> {
    let of = |same: bool| {
        let aliases = page.statements.aliases();
        aliases.filter(move |alias| (alias.what.overlap == Overlap::Equal) == same)
    };
    of(true)
        .chain(of(false))
        .map(|alias| alias.what.name.as_str())
        .collect()
}

pub(super) fn notice(
    at: &At<'_>,
    id: PageId,
    spot: Spot,
    notice: &model::Notice<PageId>,
) -> Notice {
    Notice {
        when: at.language.date(&notice.date),
        reason: words::html(at, Origin::Page(id), spot, &notice.reason, Marks::Noted),
    }
}

fn changes(at: &At<'_>, id: PageId) -> Vec<Change> {
    let changes = (0..).zip(&at.reads.page(id).changes);
    let change = |(index, change): (u32, &model::Change<PageId>)| {
        let spot = Spot::Change(index);
        Change {
            when: at.language.day(change.date),
            datetime: change.date.to_string(),
            what: words::html(at, Origin::Page(id), spot, &change.what, Marks::Bare),
            correction: change.correction,
            tlp: shell::label(change.tlp),
        }
    };
    changes.map(change).collect()
}

fn events(at: &At<'_>, id: PageId) -> Vec<Event> {
    let events = at.reads.page(id).statements.events();
    let event = |event: Said<'_, PageId, model::Event<PageId>>| {
        let model::Event { date, what, place } = event.what;
        let spot = Spot::Statement(event.id, Part::What);
        Event {
            when: Html::of(|out| {
                let datetime = date.datetime();
                markup::when(&at.language.date(date), datetime.as_deref(), out);
            }),
            vague: !date.is_exact(),
            what: words::html(at, Origin::Page(id), spot, what, Marks::Noted),
            place: place.map(|place| at.link_to(place)),
            tlp: shell::label(event.tlp),
            cites: cites::of(at, Origin::Page(id), By::Statement(event.id), Marks::Noted),
        }
    };
    events.map(event).collect()
}

/// The judgements of a note; on its own page with their citations.
pub(super) fn judgements(at: &At<'_>, id: PageId, with_cites: bool) -> Vec<Judgement> {
    let judgements = at.reads.judgements(id);
    let origin = Origin::Page(id);
    judgements
        .map(|judgement| Judgement {
            text: match with_cites {
                true => {
                    let spot = Spot::Statement(judgement.id, Part::What);
                    words::html(at, origin, spot, judgement.what, Marks::Noted)
                }
                false => {
                    let text = words::plain(&at.reads, judgement.what);
                    Html::of(|out| markup::text(&text, out))
                }
            },
            cites: match with_cites {
                true => cites::of(at, origin, By::Statement(judgement.id), Marks::Noted),
                false => Html::default(),
            },
            bits: Html::of(|out| {
                if let Some(sure) = judgement.confidence {
                    markup::bit(out, |out| {
                        markup::sure(at.language, sure, out);
                        markup::bar(sure, out);
                    });
                }
                let sources = cites::distinct(&judgement.sources);
                if sources > 0 {
                    markup::bit(out, |out| {
                        at.language.counted(Word::EntrySources, sources, out)
                    });
                }
                if let Some(tlp) = shell::raised(judgement.tlp) {
                    markup::bit(out, |out| markup::tlp(tlp, out));
                }
            }),
        })
        .collect()
}

fn legal(at: &At<'_>, id: PageId) -> Vec<Legal> {
    let legal = at.reads.page(id).statements.legal();
    legal
        .map(|legal| Legal {
            when: Html::of(|out| {
                let when = legal.when.map(|date| at.language.date(&date));
                let undated = at.language.say(Word::DateUndated);
                markup::when(when.as_deref().unwrap_or(undated), None, out);
            }),
            status: at.language.shared(names::legal(legal.what.status)),
            by: named(at, legal.what.by.as_ref()),
            tlp: shell::label(legal.tlp),
            cites: cites::of(at, Origin::Page(id), By::Statement(legal.id), Marks::Noted),
        })
        .collect()
}

/// Somebody's name, which leads to their page if they have one.
pub(super) fn named(at: &At<'_>, named: Option<&Named<PageId>>) -> Html {
    Html::of(
        |out| match named.map(|named| cards::named(&at.reads, named)) {
            Some((name, Some(id))) => {
                let path = at.card(id).path();
                markup::link(&at.root, &markup::tail(path, name), out);
            }
            Some((name, None)) => markup::text(name, out),
            None => {}
        },
    )
}

fn aliases<'a>(at: &At<'a>, id: PageId) -> Vec<Alias<'a>> {
    let page = at.reads.page(id);
    let aliases = || page.statements.aliases();
    let plain = |alias: Said<'_, PageId, model::Alias<PageId>>| {
        alias.what.by.is_none()
            && alias.sources.is_empty()
            && alias.what.overlap == Overlap::Equal
            && alias.tlp.is_none()
            && contested(at, &alias.what.name).is_none()
    };
    // Names of which nothing is told stand under the title; a table would have nothing to add.
    if aliases().all(plain) {
        return Vec::new();
    }
    let view = |alias: &Said<'a, PageId, model::Alias<PageId>>, rows: usize| Alias {
        name: &alias.what.name,
        by: match alias.what.by.as_ref() {
            Some(by) => named(at, Some(by)),
            None => Html::of(|out| at.language.html(Word::NamesNobody, out)),
        },
        rows: cites::count(rows),
        overlap: at.language.say(names::overlap(alias.what.overlap)),
        sign: names::overlap_sign(alias.what.overlap),
        contested: contested(at, &alias.what.name),
        tlp: shell::label(alias.tlp),
        cites: cites::of(at, Origin::Page(id), By::Statement(alias.id), Marks::Bare),
    };
    let rows = by_producer(at, aliases()).into_iter().flat_map(|names| {
        let count = names.len();
        let rows = move |nth: usize| if nth == 0 { count } else { 0 };
        let views = names.iter().enumerate();
        views
            .map(|(nth, alias)| view(alias, rows(nth)))
            .collect::<Vec<_>>()
    });
    rows.collect()
}

/// Names with those of the same producer together, in the order in which producers come first; what nobody is named for
/// comes last.
fn by_producer<'a>(
    at: &At<'a>,
    aliases: impl Iterator<Item = Said<'a, PageId, model::Alias<PageId>>>,
) -> Vec<Vec<Said<'a, PageId, model::Alias<PageId>>>> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<Vec<_>> = Vec::new();
    let mut nobody = Vec::new();
    for alias in aliases {
        let Some(by) = alias.what.by.as_ref() else {
            nobody.push(alias);
            continue;
        };
        let place = *(places.entry(producers::who(at, by))).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(alias),
            None => groups.push(vec![alias]),
        }
    }
    groups.extend((!nobody.is_empty()).then_some(nobody));
    groups
}

/// The page of an entry's name that others claim as well.
pub(super) fn contested(at: &At<'_>, name: &str) -> Option<String> {
    let contested = at.reads.contested(name)?;
    Some(at.path(&format!("names/{}/", contested.slug)))
}

fn tags(at: &At<'_>, page: &Entry<PageId>) -> Html {
    let mut html = String::with_capacity(page.tags.len() * 96);
    for tag in &page.tags {
        let path = at.path(&tag_address(&slug::tag(&tag.value), 1));
        html.push_str("<li>");
        markup::link(&at.root, &markup::tail(&path, &tag.value), &mut html);
        infobox::tlp(tag.tlp, &mut html);
        html.push_str("</li>");
    }
    Html(html)
}

/// What stands before or behind an entry in the order of time.
fn neighbour<'a>(
    at: &At<'a>,
    page: &Entry<PageId>,
    other: Option<PageId>,
    rel: &str,
) -> Option<Neighbour<'a>> {
    let card = at.card(other?);
    Some(Neighbour {
        link: Html::of(|out| markup::link_as(rel, &at.root, &card.link, out)),
        when: card.told().when.as_deref(),
        tlp: shell::label(Some(card.tlp).filter(|&tlp| tlp > page.tlp)),
    })
}

/// The table of contents: the text's headings, then the sections that the page has, in their order.
/// None where there is little to find.
fn contents(
    language: &Language,
    view: &EntryView<'_>,
    page: &Entry<PageId>,
    ids: &Ids,
    headings: &[String],
) -> Option<Html> {
    let headings = html::outline(&page.prose.body)
        .into_iter()
        .filter_map(|(level, heading)| {
            let heading = heading as usize;
            let id = ids.headings.get(heading)?.as_str();
            Some((id, headings.get(heading)?.as_str(), level > 1))
        });
    let section = |present: bool, id: &'static str, text: Word| {
        present.then(|| (id, language.say(text), false))
    };
    let record = section(view.evidence.is_some(), "page-record", Word::SectionRecord);
    let first = section(
        !view.judgements.is_empty(),
        "page-judgements",
        Word::SectionJudgements,
    );
    let last = [
        section(!view.legal.is_empty(), "page-legal", Word::SectionLegal),
        section(!view.facts.is_empty(), "page-figures", Word::SectionFigures),
        section(view.money.is_some(), "page-money", Word::MoneyTitle),
        section(view.flow.is_some(), "page-flow", Word::FlowTitle),
        section(!view.events.is_empty(), "page-events", Word::SectionEvents),
        section(
            !view.timeline.is_empty(),
            "page-timeline",
            Word::SectionTimeline,
        ),
        section(view.losses.is_some(), "page-losses", Word::MoneyTitle),
        section(
            !view.relations.is_empty() || view.around.is_some(),
            "page-relations",
            Word::SectionRelations,
        ),
        section(!view.aliases.is_empty(), "page-names", Word::SectionNames),
        section(view.evidence.is_some(), "page-cited", Word::SectionCited),
        section(view.evidence.is_some(), "page-cite", Word::SectionCite),
        section(view.origins.is_some(), "page-origins", Word::SectionOrigins),
        section(
            !view.references.0.is_empty(),
            "page-references",
            Word::SectionReferences,
        ),
        section(
            !view.mentions.0.is_empty(),
            "page-mentions",
            Word::SectionMentions,
        ),
        section(
            !view.changes.is_empty(),
            "page-changes",
            Word::SectionChanges,
        ),
    ];
    let lines: Vec<(&str, &str, bool)> = record
        .into_iter()
        .chain(first)
        .chain(headings)
        .chain(last.into_iter().flatten())
        .collect();
    let list = |out: &mut String| {
        for &(id, text, sub) in &lines {
            out.push_str(if sub {
                "\n<li class=\"sub\"><a href=\"#"
            } else {
                "\n<li><a href=\"#"
            });
            markup::text(id, out);
            out.push_str("\">");
            markup::text(text, out);
            out.push_str("</a></li>");
        }
    };
    (lines.len() > 2).then(|| Html::of(list))
}
