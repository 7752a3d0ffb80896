//! What many pages show of one entry, made once and shared: template values are counted references
//! inside, so that handing one out costs nothing.

use super::shape::{Card, SourceCard};
use super::{facts, prose};
use crate::config::Config;
use crate::model::{Day, Details, Entry, Kind, Legal, Named, PageId, Seen, Verb};
use crate::plan::graph::Origin;
use crate::plan::{Edit, Site, address};
use crate::shelf::Shelf;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};
use tera::Value;

/// The shared values of a site.
#[derive(Debug, Clone)]
pub struct Cards {
    entries: Shelf<Value>,
    sources: Shelf<Option<(SourceCard, Value)>>,
    /// The sentences of every page that others quote, taken out when the first of them does.
    quotes: Shelf<OnceLock<prose::Quotes>>,
    intro_quotes: Shelf<OnceLock<prose::Quotes>>,
}

impl Cards {
    /// The cards of all pages; `before` are those of the site before, for the same settings.
    #[must_use]
    pub fn of(site: &Site, config: &Config, before: Option<(&Site, &Cards)>) -> Cards {
        let edit = before.and_then(|(was, cards)| {
            let edit = Edit::of(&was.release, &site.release)?;
            Some((was, cards, edit))
        });
        match edit {
            Some((was, cards, edit)) => cards.after(was, site, config, &edit),
            None => Cards::whole(site, config),
        }
    }

    fn whole(site: &Site, config: &Config) -> Cards {
        let names = short_names(site);
        let pages = &site.release.pages;
        let sources = pages
            .par_iter()
            .map(|page| sourced(site, config, page, &names));
        Cards {
            entries: Shelf::collect(
                (0..pages.len())
                    .into_par_iter()
                    .map(|at| entry(site, config, at)),
            ),
            sources: Shelf::collect(sources),
            quotes: pages.iter().map(|_| OnceLock::new()).collect(),
            intro_quotes: site
                .release
                .intros
                .iter()
                .map(|_| OnceLock::new())
                .collect(),
        }
    }

    /// The cards after an edit: those that show something that changed are made again.
    fn after(&self, was: &Site, site: &Site, config: &Config, edit: &Edit) -> Cards {
        let mut cards = self.clone();
        let (before, now) = (&was.release, &site.release);
        let republished = edit.renames_publisher(before, now);
        let publications = || {
            let pages = now.pages.iter().enumerate();
            let sources = pages.filter(|(_, page)| page.kind == Kind::Source);
            sources.map(|(at, _)| at)
        };
        let edited = || edit.pages.iter().map(|id| id.0 as usize);
        let mut shown: Vec<usize> = edited().collect();
        if republished {
            shown.extend(publications());
        }
        for at in shown {
            cards.entries.set(at, Arc::new(entry(site, config, at)));
        }
        if republished || edited().any(|at| evidence(&before.pages[at]) != evidence(&now.pages[at]))
        {
            let names = short_names(site);
            for at in publications() {
                let card = sourced(site, config, &now.pages[at], &names);
                cards.sources.set(at, Arc::new(card));
            }
        }
        let mut quoted: Vec<usize> = edited().collect();
        for &id in &edit.pages {
            if spoken(before.page(id)) != spoken(now.page(id)) {
                let mentions = site.graph.mentions[id.0 as usize].iter();
                quoted.extend(mentions.map(|mention| mention.from.0 as usize));
                // Their links lead to it, too, but no list tells which do.
                cards.intro_quotes = self.intro_quotes.iter().map(|_| OnceLock::new()).collect();
            }
        }
        for at in quoted {
            cards.quotes.set(at, Arc::new(OnceLock::new()));
        }
        if edit.intros {
            cards.intro_quotes = now.intros.iter().map(|_| OnceLock::new()).collect();
        }
        cards
    }

    /// An entry's card.
    #[must_use]
    pub fn entry(&self, id: PageId) -> Value {
        Value::clone(&self.entries[id.0 as usize])
    }

    /// A source's card; none of what is no source.
    #[must_use]
    pub fn source(&self, id: PageId) -> Option<Value> {
        let card = self.sources[id.0 as usize].as_ref().as_ref();
        card.map(|(_, value)| value.clone())
    }

    /// The same as a struct.
    pub(super) fn source_card(&self, id: PageId) -> Option<&SourceCard> {
        let card = self.sources[id.0 as usize].as_ref().as_ref();
        card.map(|(card, _)| card)
    }

    /// The sentences of a page that others quote.
    pub(super) fn quotes(&self, site: &Site, origin: Origin) -> &prose::Quotes {
        match origin {
            Origin::Page(id) => self.quotes[id.0 as usize]
                .get_or_init(|| prose::quotes(site, &site.release.page(id).prose)),
            Origin::Intro(at) => self.intro_quotes[at as usize]
                .get_or_init(|| prose::quotes(site, &site.release.intros[at as usize].prose)),
        }
    }
}

/// What a page's links show of an entry in place of their own words.
fn spoken(page: &Entry<PageId>) -> impl PartialEq + use<> {
    let aliases = page.aliases.iter().map(|alias| alias.name.clone());
    (
        page.title.clone(),
        aliases.collect::<Vec<_>>(),
        legal_status(page),
    )
}

/// What sources are named, numbered and told by.
fn evidence(page: &Entry<PageId>) -> impl PartialEq + use<> {
    let derived = page
        .relations
        .iter()
        .filter(|relation| relation.verb == Verb::DerivedFrom);
    page.evidence().map(|evidence| {
        (
            (evidence.clone(), page.title.clone(), page.date),
            page.withdrawn.is_some(),
            derived.map(|relation| relation.target).collect::<Vec<_>>(),
        )
    })
}

fn entry(site: &Site, config: &Config, at: usize) -> Value {
    let sources = site.graph.ledgers[at].references.len();
    Value::from(card(site, config, &site.release.pages[at], sources))
}

fn sourced(
    site: &Site,
    config: &Config,
    page: &Entry<PageId>,
    names: &HashMap<&str, String>,
) -> Option<(SourceCard, Value)> {
    let card = source_card(site, config, page, names)?;
    Some((card.clone(), Value::from(card)))
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
