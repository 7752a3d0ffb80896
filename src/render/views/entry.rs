//! An entry's page, whatever its kind.

use super::shape::{
    Alias, Change, Entry as Line, EntryView, Event, Judgement, Legal, Link, Notice,
};
use super::{
    At, cards, cites, facts, infobox, lists, mentions, prose, relations, shell, source, timeline,
};
use crate::model::date::day_in_words;
use crate::model::{self, Details, Entry, Kind, Overlap, PageId, body};
use crate::plan::graph::Origin;
use crate::plan::{Statement, tag_address};
use crate::render::html;
use tera::Value;

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
pub(super) fn view(at: &At<'_>, id: PageId) -> EntryView {
    let site = at.site();
    let page = site.release.page(id);
    let origin = Origin::Page(id);
    let (mentions, mention_pages) = mentions::of(at, id, 1);
    let (relations, relation_pages) = relations::of(at, id);
    let acts = site.timeline(id);
    let changed = page.last_changed();
    let route = page.route();
    let mut view = EntryView {
        card: at.cards().entry(id),
        index_path: at.path(&format!("{}/", page.kind.folder())),
        subtype: subtype(page),
        also: also(page),
        changed: changed.map(day_in_words),
        changed_datetime: changed.map(|day| day.to_string()),
        authors: page.authors.clone(),
        sourcing: (page.kind != Kind::Source).then(|| cites::sourcing(site, id)),
        draft: page.draft,
        withdrawn: page.withdrawn.as_ref().map(notice),
        infobox: infobox::of(at, id),
        contents: Vec::new(),
        body: prose::body(at, origin, &page.prose),
        facts: facts::of(at, id),
        events: events(at, id),
        judgements: judgements(at, id, true),
        legal: legal(at, id),
        timeline: timeline::acts(at, id, mentions::page_of(&acts, 1)),
        span: timeline::span(at, id),
        timeline_pages: lists::pages(at, acts.len(), 1, &|n| {
            lists::further(&route, "timeline", n)
        }),
        relations,
        relation_pages,
        aliases: aliases(at, id),
        references: cites::references(at, origin),
        mentions,
        mention_pages,
        changes: page.changes.iter().map(change).collect(),
        evidence: page
            .evidence()
            .map(|evidence| source::view(at, id, evidence)),
        tags: page.tags.iter().map(|tag| tag_link(at, tag)).collect(),
        extra: page.extra.as_ref().map_or_else(Value::none, data),
    };
    view.contents = contents(&view, page, &prose::headings(site, &page.prose));
    view
}

fn subtype(page: &Entry<PageId>) -> Option<String> {
    match &page.details {
        Details::Incident { status, .. } => status.map(|status| status.word().replace('-', " ")),
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
fn also(page: &Entry<PageId>) -> Vec<String> {
    let of = |same: bool| {
        page.aliases
            .iter()
            .filter(move |alias| (alias.overlap == Overlap::Equal) == same)
    };
    of(true)
        .chain(of(false))
        .map(|alias| alias.name.clone())
        .collect()
}

pub(super) fn notice(notice: &model::Notice) -> Notice {
    Notice {
        when: notice.date.to_string(),
        reason: notice.reason.clone(),
    }
}

fn change(change: &model::Change) -> Change {
    Change {
        when: day_in_words(change.date),
        datetime: change.date.to_string(),
        what: change.what.clone(),
        correction: change.correction,
        tlp: shell::raised(change.tlp),
    }
}

fn events(at: &At<'_>, id: PageId) -> Vec<Event> {
    let Details::Incident { events, .. } = &at.site().release.page(id).details else {
        return Vec::new();
    };
    (0..)
        .zip(events)
        .map(|(index, event)| Event {
            when: event.date.to_string(),
            datetime: event.date.datetime(),
            vague: !event.date.is_exact(),
            what: event.what.clone(),
            place: event.place.map(|place| at.cards().entry(place)),
            tlp: shell::raised(event.tlp),
            cites: cites::of(at, Origin::Page(id), Statement::Event(index)),
        })
        .collect()
}

/// The judgements of a note; on its own page with their citations.
pub(super) fn judgements(at: &At<'_>, id: PageId, with_cites: bool) -> Vec<Judgement> {
    let Details::Note { judgements, .. } = &at.site().release.page(id).details else {
        return Vec::new();
    };
    (0..)
        .zip(judgements)
        .map(|(index, judgement)| Judgement {
            text: judgement.text.clone(),
            sure: cites::sure(judgement.confidence),
            sources: cites::distinct(&judgement.sources),
            tlp: shell::raised(judgement.tlp),
            cites: match with_cites {
                true => cites::of(at, Origin::Page(id), Statement::Judgement(index)),
                false => Vec::new(),
            },
        })
        .collect()
}

fn legal(at: &At<'_>, id: PageId) -> Vec<Legal> {
    let Details::Person { legal, .. } = &at.site().release.page(id).details else {
        return Vec::new();
    };
    (0..)
        .zip(legal)
        .map(|(index, legal)| {
            let by = legal.by.as_ref().map(|by| cards::named(at.site(), by));
            Legal {
                status: legal.status.word().to_owned(),
                when: legal.date.map(|date| date.to_string()),
                by_path: by.as_ref().and_then(|(_, page)| page_path(at, *page)),
                by: by.map(|(name, _)| name),
                tlp: shell::raised(legal.tlp),
                cites: cites::of(at, Origin::Page(id), Statement::Legal(index)),
            }
        })
        .collect()
}

fn page_path(at: &At<'_>, page: Option<PageId>) -> Option<String> {
    page.map(|id| at.path(&at.site().release.page(id).route()))
}

fn aliases(at: &At<'_>, id: PageId) -> Vec<Alias> {
    let site = at.site();
    let page = site.release.page(id);
    let plain = |alias: &model::Alias<PageId>| {
        alias.by.is_none()
            && alias.sources.is_empty()
            && alias.overlap == Overlap::Equal
            && alias.tlp.is_none()
    };
    // Names of which nothing is told stand under the title; a table would have nothing to add.
    if page
        .aliases
        .iter()
        .all(|alias| plain(alias) && contested(at, id, &alias.name).is_none())
    {
        return Vec::new();
    }
    (0..)
        .zip(&page.aliases)
        .map(|(index, alias)| {
            let by = alias.by.as_ref().map(|by| cards::named(site, by));
            Alias {
                name: alias.name.clone(),
                by_path: by.as_ref().and_then(|(_, page)| page_path(at, *page)),
                by: by.map(|(name, _)| name),
                overlap: overlap(alias.overlap).to_owned(),
                contested: contested(at, id, &alias.name),
                tlp: shell::raised(alias.tlp),
                cites: cites::of(at, Origin::Page(id), Statement::Alias(index)),
            }
        })
        .collect()
}

pub(super) fn overlap(overlap: Overlap) -> &'static str {
    match overlap {
        Overlap::Equal => "the same",
        Overlap::Overlaps => "overlaps",
        Overlap::PartOf => "a part",
    }
}

/// The page of a name that other entries claim as well.
fn contested(at: &At<'_>, id: PageId, name: &str) -> Option<String> {
    let folded = crate::resolve::fold(name);
    let contested = at.site().contested.iter().find(|contested| {
        contested.pages.contains(&id) && crate::resolve::fold(&contested.name) == folded
    })?;
    Some(at.path(&format!("names/{}/", contested.slug)))
}

fn tag_link(at: &At<'_>, tag: &str) -> Link {
    let slug = body::anchor(tag);
    let count = at
        .site()
        .tags
        .iter()
        .find(|tag| tag.slug == slug)
        .map_or(0, |tag| cites::count(tag.pages.len()));
    Link {
        text: tag.to_owned(),
        path: at.path(&tag_address(&slug, 1)),
        count,
    }
}

/// The table of contents: the text's headings, then the sections that the page has, in their order.
fn contents(view: &EntryView, page: &Entry<PageId>, headings: &[String]) -> Vec<Line> {
    let ids = body::heading_ids(&page.prose.body.headings);
    let headings = html::outline(&page.prose.body)
        .into_iter()
        .filter_map(|(level, heading)| {
            Some(Line {
                id: ids.get(heading as usize)?.clone(),
                text: headings.get(heading as usize)?.clone(),
                level: u32::from(level),
            })
        });
    let section = |present: bool, id: &str, text: &str| {
        present.then(|| Line {
            id: id.to_owned(),
            text: text.to_owned(),
            level: 1,
        })
    };
    let record = section(view.evidence.is_some(), "page-record", "Record");
    let first = section(!view.judgements.is_empty(), "page-judgements", "Judgements");
    let last = [
        section(!view.legal.is_empty(), "page-legal", "Legal status"),
        section(
            !view.facts.is_empty(),
            "page-figures",
            "Where sources differ",
        ),
        section(!view.events.is_empty(), "page-events", "Sequence of events"),
        section(!view.timeline.is_empty(), "page-timeline", "Timeline"),
        section(!view.relations.is_empty(), "page-relations", "Connections"),
        section(!view.aliases.is_empty(), "page-names", "Names in use"),
        section(view.evidence.is_some(), "page-cited", "What rests on it"),
        section(view.evidence.is_some(), "page-cite", "How to cite it"),
        section(!view.references.is_empty(), "page-references", "References"),
        section(!view.mentions.is_empty(), "page-mentions", "Mentioned in"),
        section(!view.changes.is_empty(), "page-changes", "Changes"),
    ];
    record
        .into_iter()
        .chain(first)
        .chain(headings)
        .chain(last.into_iter().flatten())
        .collect()
}

/// A value under `extra` as templates see it.
fn data(data: &model::Data) -> Value {
    match data {
        model::Data::Null => Value::none(),
        model::Data::Bool(value) => Value::from(*value),
        model::Data::Integer(value) => Value::from(*value),
        model::Data::Float(value) => Value::from(*value),
        model::Data::Text(text) => Value::from(text.as_str()),
        model::Data::List(list) => Value::from(list.iter().map(self::data).collect::<Vec<_>>()),
        model::Data::Map(map) => {
            let mut values = tera::Map::new();
            for (key, value) in map {
                values.insert(tera::value::Key::from(key.clone()), self::data(value));
            }
            Value::from(values)
        }
    }
}
