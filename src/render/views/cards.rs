//! What many pages show of one entry, made once and shared: template values are counted references
//! inside, so that handing one out costs nothing.

use super::shape::{Card, SourceCard};
use super::{facts, prose};
use crate::config::Config;
use crate::model::{Day, Details, Entry, Kind, Legal, Named, PageId, Seen, Verb};
use crate::plan::{Site, address};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use tera::Value;

/// The shared values of a site.
#[derive(Debug)]
pub struct Cards {
    entries: Vec<Value>,
    sources: Vec<Option<(SourceCard, Value)>>,
    quotes: Vec<prose::Quotes>,
    intro_quotes: Vec<prose::Quotes>,
}

impl Cards {
    /// Makes the cards of all pages.
    #[must_use]
    pub fn of(site: &Site, config: &Config) -> Cards {
        let pages = || site.release.pages.par_iter();
        let ids = (0..site.release.pages.len()).into_par_iter();
        let names = short_names(site);
        Cards {
            entries: ids
                .zip(pages())
                .map(|(at, page)| {
                    Value::from(card(
                        site,
                        config,
                        page,
                        site.graph.ledgers[at].references.len(),
                    ))
                })
                .collect(),
            sources: pages()
                .map(|page| {
                    source_card(site, config, page, &names)
                        .map(|card| (card.clone(), Value::from(card)))
                })
                .collect(),
            quotes: pages()
                .map(|page| prose::quotes(site, &page.prose))
                .collect(),
            intro_quotes: site
                .release
                .intros
                .iter()
                .map(|intro| prose::quotes(site, &intro.prose))
                .collect(),
        }
    }

    /// An entry's card.
    #[must_use]
    pub fn entry(&self, id: PageId) -> Value {
        self.entries[id.0 as usize].clone()
    }

    /// A source's card; none of what is no source.
    #[must_use]
    pub fn source(&self, id: PageId) -> Option<Value> {
        self.sources[id.0 as usize]
            .as_ref()
            .map(|(_, value)| value.clone())
    }

    /// The same as a struct.
    pub(super) fn source_card(&self, id: PageId) -> Option<&SourceCard> {
        self.sources[id.0 as usize].as_ref().map(|(card, _)| card)
    }

    /// The sentences of a page that others quote.
    pub(super) fn quotes(&self, origin: crate::plan::graph::Origin) -> &prose::Quotes {
        match origin {
            crate::plan::graph::Origin::Page(id) => &self.quotes[id.0 as usize],
            crate::plan::graph::Origin::Intro(at) => &self.intro_quotes[at as usize],
        }
    }
}

fn card(site: &Site, config: &Config, page: &Entry<PageId>, sources: usize) -> Card {
    let when = page.when();
    Card {
        title: page.title.clone(),
        path: address::path(&page.route(), config.links),
        kind: page.kind.name().to_owned(),
        label: label(page.kind).to_owned(),
        summary: page.summary.clone().or_else(|| described(site, page)),
        when: when.map(|date| date.to_string()),
        vague: when.is_some_and(|date| !date.is_exact()),
        legal: legal_status(page),
        withdrawn: page.withdrawn.is_some(),
        sources: u32::try_from(sources).unwrap_or(u32::MAX),
        figure: page
            .fact("loss.actual")
            .and_then(|fact| fact.leading())
            .map(|version| facts::text(&version.value)),
    }
}

/// A source without a summary is described by its publisher and date.
fn described(site: &Site, page: &Entry<PageId>) -> Option<String> {
    let publisher = publisher(site, page)?.0;
    Some(match page.date {
        Some(date) => format!("{publisher}, {date}"),
        None => publisher,
    })
}

/// The kind as a label: `Actor`.
pub(super) fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Actor => "Actor",
        Kind::Campaign => "Campaign",
        Kind::Incident => "Incident",
        Kind::Malware => "Malware",
        Kind::Tool => "Tool",
        Kind::Technique => "Technique",
        Kind::Vulnerability => "Vulnerability",
        Kind::Person => "Person",
        Kind::Organisation => "Organisation",
        Kind::Place => "Place",
        Kind::Note => "Note",
        Kind::Source => "Source",
    }
}

/// The latest status of a person, which stands beside the name wherever it is shown.
pub(super) fn legal_status(page: &Entry<PageId>) -> Option<String> {
    latest_legal(page).map(|legal| legal.status.word().to_owned())
}

/// The latest entry of a person's legal record.
pub(super) fn latest_legal(page: &Entry<PageId>) -> Option<&Legal<PageId>> {
    let Details::Person { legal, .. } = &page.details else {
        return None;
    };
    legal
        .iter()
        .max_by_key(|legal| legal.date.map_or(Day::MIN, |date| date.sort_day()))
}

/// Who published a source: the name, and the page if there is one.
pub(super) fn publisher(site: &Site, page: &Entry<PageId>) -> Option<(String, Option<PageId>)> {
    page.evidence()
        .map(|evidence| named(site, &evidence.publisher))
}

/// Somebody's name, and the page if there is one.
pub(super) fn named(site: &Site, named: &Named<PageId>) -> (String, Option<PageId>) {
    match named {
        Named::Text(text) => (text.clone(), None),
        Named::Entry(id) => (site.release.page(*id).title.clone(), Some(*id)),
    }
}

/// `Reuters 2016`: what stands in the margin, by slug. Where a publisher has several sources of one
/// year, letters tell them apart, in order of their dates.
fn short_names(site: &Site) -> HashMap<&str, String> {
    let mut same: BTreeMap<String, Vec<&Entry<PageId>>> = BTreeMap::new();
    for page in site
        .release
        .pages
        .iter()
        .filter(|page| page.kind == Kind::Source)
    {
        let publisher = publisher(site, page).map_or_else(|| page.title.clone(), |(name, _)| name);
        let name = match page.date {
            Some(date) => format!("{publisher} {}", date.year()),
            None => publisher,
        };
        same.entry(name).or_default().push(page);
    }
    let mut names = HashMap::new();
    for (name, mut pages) in same {
        pages.sort_by_key(|page| (page.date.map(|date| date.sort_day()), &page.slug));
        let several = pages.len() > 1;
        for (at, page) in pages.into_iter().enumerate() {
            names.insert(
                page.slug.as_str(),
                if several {
                    name.clone() + &letters(at)
                } else {
                    name.clone()
                },
            );
        }
    }
    names
}

/// a, b … z, aa, ab …
fn letters(at: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(at % 26).unwrap_or(0));
    match at / 26 {
        0 => letter.to_string(),
        more => letters(more - 1) + &letter.to_string(),
    }
}

fn source_card(
    site: &Site,
    config: &Config,
    page: &Entry<PageId>,
    names: &HashMap<&str, String>,
) -> Option<SourceCard> {
    let evidence = page.evidence()?;
    let (publisher, publisher_page) = named(site, &evidence.publisher);
    let short = |page: &Entry<PageId>| names.get(page.slug.as_str()).cloned().unwrap_or_default();
    let mut caveats = Vec::new();
    if evidence.retracted.is_some() {
        caveats.push("retracted".to_owned());
    }
    if page.withdrawn.is_some() {
        caveats.push("withdrawn".to_owned());
    }
    if evidence.seen == Seen::Reference {
        caveats.push("text not seen".to_owned());
    }
    for relation in page
        .relations
        .iter()
        .filter(|relation| relation.verb == Verb::DerivedFrom)
    {
        caveats.push(format!(
            "after {}",
            short(site.release.page(relation.target))
        ));
    }
    Some(SourceCard {
        title: page.title.clone(),
        path: address::path(&page.route(), config.links),
        publisher,
        publisher_path: publisher_page
            .map(|id| address::path(&site.release.page(id).route(), config.links)),
        short: short(page),
        date: page.date.map(|date| date.to_string()),
        host: evidence.url.as_ref().map(|url| host(&url.value)),
        // A defanged one is no link.
        url: evidence
            .url
            .as_ref()
            .map(|url| url.value.clone())
            .filter(|url| url.starts_with("http")),
        grade: evidence.grade.map(|grade| grade.to_string()),
        grade_meaning: evidence.grade.map(|grade| {
            let written = grade.to_string();
            let (letter, digit) = written.split_at(1);
            format!(
                "{letter}: {} · {digit}: {}",
                grade.reliability(),
                grade.credibility()
            )
        }),
        caveats,
    })
}

/// The host of an address, without `www.`.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}
