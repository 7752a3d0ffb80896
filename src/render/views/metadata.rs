//! What a page tells programs of itself.
//!
//! Programs know no markings: of an entry that is marked nothing is told but what stands in the title of its page, and of any
//! entry nothing that is.

use super::{At, attack, cards, facts};
use crate::model::{Entry, Kind, Overlap, PageId, Relation, Said, Tlp, Value, Version};
use crate::plan::address;
use crate::render::Html;
use crate::render::account::work::{self, Work};
use crate::render::bibliography::in_digits;
use crate::render::language::Word;
use crate::render::metadata::{About, Cited, Metadata, Review, elements};

/// Of the home page.
pub(super) fn home(at: &At<'_>) -> Html {
    let url = at.config.base_url.as_str();
    elements(&Metadata {
        url,
        title: &at.config.title,
        description: at.config.description.as_deref(),
        language: &at.config.language,
        site: (&at.config.title, url),
        modified: None,
        authors: at.config.authors.iter().map(String::as_str).collect(),
        work: None,
        about: None,
        reviews: Vec::new(),
    })
}

/// Of the page of an entry; nothing of one that is marked.
pub(super) fn entry(at: &At<'_>, id: PageId) -> Html {
    let page = at.reads.page(id);
    if page.tlp > Tlp::Clear {
        return Html::default();
    }
    let whole = work::page(&at.reads, at.config, id);
    let url = address::absolute(at.config, &page.route());
    let withdrawn = page.withdrawn.is_some();
    let publisher = cards::publisher(&at.reads, page);
    let publisher = publisher.filter(|(_, id)| id.is_none_or(|id| at.reads.tlp(id) == Tlp::Clear));
    let publisher = publisher.map(|(name, _)| name);
    let source = page.evidence().filter(|_| !withdrawn);
    let source = source.map(|it| work::source(page, it, publisher.unwrap_or("")));
    let language = page.lang.as_deref().unwrap_or(&at.config.language);
    // What it says of others may be marked, too.
    let (told, tlp) = at.reads.marked(|| at.told(id).summary.as_deref());
    let description = told.filter(|_| page.summary.is_some() && tlp == Tlp::Clear);
    elements(&Metadata {
        url: &url,
        title: &page.title,
        description,
        language,
        site: (&at.config.title, &at.config.base_url),
        modified: whole.date.as_ref().map(in_digits),
        authors: people(page, &whole),
        work: Some(cited(page, source.as_ref().unwrap_or(&whole))),
        about: (!withdrawn).then(|| about(page, publisher)).flatten(),
        reviews: if withdrawn {
            Vec::new()
        } else {
            reviews(at, id)
        },
    })
}

fn is_clear(tlp: Option<Tlp>) -> bool {
    tlp.unwrap_or_default() == Tlp::Clear
}

/// The authors of a work that are not marked.
fn people<'a>(page: &Entry<PageId>, work: &Work<'a>) -> Vec<&'a str> {
    let is_marked = |name: &str| {
        page.authors
            .iter()
            .any(|it| it.value == name && !is_clear(it.tlp))
    };
    let authors = work.authors.iter().copied();
    authors.filter(|name| !is_marked(name)).collect()
}

fn cited<'a>(page: &Entry<PageId>, work: &'a Work<'a>) -> Cited<'a> {
    let url = work.url.as_deref();
    Cited {
        title: work.title,
        authors: people(page, work),
        publisher: work.by,
        date: work.date.as_ref().map(in_digits),
        // One that is defanged leads nowhere.
        url: url.filter(|url| url.starts_with("http")),
        language: work.language,
    }
}

/// What schema.org calls that which an entry is about; none of what is a text of the dossier's own.
fn sort(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Actor | Kind::Organisation => Some("Organization"),
        Kind::Campaign | Kind::Incident => Some("Event"),
        Kind::Malware | Kind::Tool => Some("SoftwareApplication"),
        Kind::Technique | Kind::Vulnerability => Some("DefinedTerm"),
        Kind::Infrastructure => Some("Thing"),
        Kind::Person => Some("Person"),
        Kind::Place => Some("Place"),
        Kind::Source => Some("CreativeWork"),
        Kind::Note | Kind::Page => None,
    }
}

fn about<'a>(page: &'a Entry<PageId>, publisher: Option<&'a str>) -> Option<About<'a>> {
    // One that overlaps is the name of something else.
    let names = page.statements.aliases();
    let names = names.filter(|it| is_clear(it.tlp) && it.what.overlap == Overlap::Equal);
    let ids = || {
        let ids = page.external_ids.iter();
        ids.filter(|(_, id)| is_clear(id.tlp))
    };
    let elsewhere = ids().filter_map(|(name, id)| match name.as_str() {
        "attack" => attack::url(&id.value),
        "cve" => attack::cve_url(&id.value),
        _ => None,
    });
    let when = page.date.filter(|_| page.kind != Kind::Source);
    let happened = matches!(page.kind, Kind::Incident | Kind::Campaign);
    let when = when.filter(|_| happened).map(|date| date.without_time());
    let [start, end] = when.map_or([None, None], |date| match date.datetime() {
        // No more exact than it is.
        Some(one) => [Some(one), None],
        None if date.is_exact() => date.bounds(),
        None => [None, None],
    });
    Some(About {
        sort: sort(page.kind)?,
        name: &page.title,
        names: names.map(|it| it.what.name.as_str()).collect(),
        ids: ids()
            .map(|(name, id)| format!("{name}:{}", id.value))
            .collect(),
        elsewhere: elsewhere.collect(),
        start,
        end,
        published: (page.date.filter(|_| page.kind == Kind::Source)).map(|it| in_digits(&it)),
        publisher: publisher.filter(|_| page.kind == Kind::Source),
        url: (page.evidence().and_then(|it| it.url.as_ref()))
            .map(|url| url.value.as_str())
            .filter(|url| url.starts_with("http")),
    })
}

/// What the page says of claims on which sources differ, and of those that are denied.
fn reviews(at: &At<'_>, id: PageId) -> Vec<Review> {
    let page = at.reads.page(id);
    let facts = page.statements.facts().filter(|fact| fact.has_several());
    let facts = facts.flat_map(|fact| {
        let chosen = fact.chosen().map(|it| it.id);
        let versions = fact.versions().filter(|it| is_clear(it.tlp));
        let versions: Vec<Said<'_, PageId, Version<PageId>>> = versions.collect();
        // Of what has one value for everyone nothing differs.
        let differ = versions.len() > 1;
        let label = facts::label(at.language, fact.name);
        let review = |it: &Said<'_, PageId, Version<PageId>>| {
            let value = value(at, &it.what.value);
            let word = match chosen {
                Some(chosen) if chosen == it.id => Word::MetadataPreferred,
                Some(_) | None => Word::MetadataDisputed,
            };
            let url = format!(
                "{}#{}",
                address::absolute(at.config, &page.route()),
                facts::id(fact.name)
            );
            Review::of(
                format!("{}: {label}: {value}", page.title),
                at.language.say(word),
                url,
                sources(at, it),
            )
        };
        let versions = versions.iter().filter(|_| differ);
        versions.map(review).collect::<Vec<_>>()
    });
    let denied = page.statements.relations();
    let denied = denied.filter(|it| it.what.denied && is_clear(it.tlp));
    let denied = denied.filter(|it| at.reads.tlp(it.what.target) == Tlp::Clear);
    let denied = denied.map(|it: Said<'_, PageId, Relation<PageId>>| {
        let other = at.reads.name(it.what.target).title();
        Review::of(
            format!("{} {} {other}", page.title, it.what.verb.phrase()),
            at.language.say(Word::RemarkDenied),
            format!(
                "{}#page-relations",
                address::absolute(at.config, &page.route())
            ),
            sources(at, &it),
        )
    });
    facts.chain(denied).collect()
}

/// A value in words, on one line.
fn value(at: &At<'_>, value: &Value) -> String {
    facts::text(at.language, value).replace('\u{a0}', " ")
}

/// The pages of the sources of a statement that are not marked.
fn sources<W>(at: &At<'_>, said: &Said<'_, PageId, W>) -> Vec<String> {
    let sources = said.sources.iter().filter_map(|cite| cite.source);
    let sources = sources.filter(|id| at.reads.tlp(*id) == Tlp::Clear);
    let mut urls: Vec<String> = sources
        .map(|id| address::absolute(at.config, &at.reads.route(id)))
        .collect();
    urls.dedup();
    urls
}
