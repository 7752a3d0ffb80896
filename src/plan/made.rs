//! What is made of a whole site for programs: feeds, sitemaps, `robots.txt`, what a search looks in.
//!
//! Takes a site; gives the addresses of each family. A family is a variant of [`Made`], its addresses here, and a
//! writer in [`crate::render`]; everything else asks only whether something is made.

use super::{Site, Taxii, connects, exports, register};
use crate::model::{Entry, Format, Kind, PageId};
use serde::{Deserialize, Serialize};

/// Addresses in one sitemap, at most (sitemaps.org protocol).
pub const PER_SITEMAP: usize = 50_000;

/// How many pages one file of words of texts serves, about.
const PER_POSTINGS: usize = 128;

/// So many actors stand in one file of what they have: a reader chooses four at most.
pub const PER_COLUMNS: usize = 8;

/// A file that is made of a site and is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Made {
    /// The feed of everything, or of a kind.
    Feed(Option<Kind>),
    /// The sitemap: whole, the n-th part, or the index of the parts.
    Sitemap(Sitemap),
    /// For robots.
    Robots,
    /// For browsers that take the search among their own.
    OpenSearch,
    /// What the page of everything that is connected loads to be explored: a script that holds nothing but data.
    Web,
    /// A file with which readers compare actors of their choice.
    Compare(Compare),
    /// A file that a search loads: a script that holds nothing but data, as those alone can be loaded from a folder.
    Search(Search),
    /// What the release says in a form, as a whole or of an entry.
    Export(Format, Option<PageId>),
    /// The JSON Schema of a form.
    Schema(Format),
    /// What a TAXII client asks for.
    Taxii(Taxii),
    /// The same feeds in JSON.
    JsonFeed(Option<Kind>),
    /// What changed on an entry, and who else speaks of it.
    EntryFeed(PageId),
}

/// What a file of those with which actors are compared holds: a script with nothing but data, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Compare {
    /// Who can be chosen, in what they are compared, and what the script says.
    Actors,
    /// What a part of the actors have, by number from 0.
    Columns(u32),
}

impl Compare {
    /// Its address.
    #[must_use]
    pub fn address(self) -> String {
        match self {
            Compare::Actors => "compare/actors.js".to_owned(),
            Compare::Columns(number) => format!("compare/columns-{number}.js"),
        }
    }
}

/// What a file of those that a search loads holds. They are numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Search {
    /// How many of which there are, and what a search says.
    Index,
    /// Every word of every name.
    Words,
    /// Who bears names with which words, of a part of the words.
    Names(u32),
    /// What is told of a part of the pages.
    Cards(u32),
    /// By what readers pick some of the entries, each with these.
    Filters,
    /// Of every page what tells whether it is another one than at a reader's last visit.
    Revisions,
    /// In which pages which words stand, of a part of the words of all texts.
    Postings(u32),
}

impl Search {
    /// Its address.
    #[must_use]
    pub fn address(self) -> String {
        match self {
            Search::Index => "search/index.js".to_owned(),
            Search::Words => "search/words.js".to_owned(),
            Search::Names(number) => format!("search/names-{number}.js"),
            Search::Cards(number) => format!("search/cards-{number}.js"),
            Search::Filters => "search/filters.js".to_owned(),
            Search::Revisions => "search/revisions.js".to_owned(),
            Search::Postings(number) => format!("search/text-{number}.js"),
        }
    }
}

/// What a sitemap file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sitemap {
    /// Everything.
    Whole,
    /// The n-th part, from 1.
    Part(u32),
    /// The addresses of that many parts.
    Parts(u32),
}

/// The address of the feed of everything, or of a kind.
#[must_use]
pub fn feed_address(of: Option<Kind>, ending: &str) -> String {
    match of {
        Some(kind) => format!("{}/feed.{ending}", kind.folder()),
        None => format!("feed.{ending}"),
    }
}

/// The address of an entry's feed, beside its page.
#[must_use]
pub fn entry_feed_address(entry: &Entry<PageId>) -> String {
    format!("{}feed.xml", entry.route())
}

/// What every site has, whatever pages there are, with the addresses.
pub(super) fn of(site: &Site) -> Vec<(String, Made)> {
    let kinds = site.indexes.iter().map(|index| Some(index.kind));
    let feeds = std::iter::once(None).chain(kinds).flat_map(|of| {
        [
            (feed_address(of, "xml"), Made::Feed(of)),
            (feed_address(of, "json"), Made::JsonFeed(of)),
        ]
    });
    let entries =
        (site.release.iter()).filter(|(_, it)| site.exports.feeds && it.kind.is_of_entries());
    let entries = entries.map(|(id, it)| (entry_feed_address(it), Made::EntryFeed(id)));
    let fixed = [
        ("robots.txt".to_owned(), Made::Robots),
        ("opensearch.xml".to_owned(), Made::OpenSearch),
    ];
    let web = connects(&site.release).then(|| ("graph/data.js".to_owned(), Made::Web));
    let compare = compare(site).map(|it| (it.address(), Made::Compare(it)));
    let search = search(site).map(|it| (it.address(), Made::Search(it)));
    let exports = exports::all(site);
    { fixed.into_iter() }
        .chain(feeds)
        .chain(entries)
        .chain(web)
        .chain(compare)
        .chain(search)
        .chain(exports)
        .collect()
}

/// How many files the words of the texts of that many pages stand in: a power of two, so that most words stay where they
/// are when a few pages come.
#[must_use]
pub fn postings(pages: usize) -> u32 {
    let files = pages.div_ceil(PER_POSTINGS).max(1).next_power_of_two();
    u32::try_from(files).unwrap_or(1)
}

/// None where no pair has anything in common: then there is no page that asks for them.
fn compare(site: &Site) -> impl Iterator<Item = Compare> {
    let actors = site.release.pages.iter();
    let actors = actors.filter(|page| page.kind == Kind::Actor).count();
    let columns = u32::try_from(actors.div_ceil(PER_COLUMNS)).unwrap_or(u32::MAX);
    let all = std::iter::once(Compare::Actors).chain((0..columns).map(Compare::Columns));
    all.filter(|_| !site.compared.pairs().is_empty())
}

fn search(site: &Site) -> impl Iterator<Item = Search> {
    let names = (0..site.register.shards()).map(Search::Names);
    let pages = site.release.pages.len();
    let cards = (0..register::cards(pages)).map(Search::Cards);
    let postings = if site.full_text { postings(pages) } else { 0 };
    let single = [
        Search::Index,
        Search::Words,
        Search::Filters,
        Search::Revisions,
    ];
    { single.into_iter() }
        .chain(names)
        .chain(cards)
        .chain((0..postings).map(Search::Postings))
}

/// The sitemaps of that many pages.
pub(super) fn sitemaps(pages: usize) -> Vec<(String, Made)> {
    let first = |sitemap| ("sitemap.xml".to_owned(), Made::Sitemap(sitemap));
    if pages <= PER_SITEMAP {
        return vec![first(Sitemap::Whole)];
    }
    let parts = u32::try_from(pages.div_ceil(PER_SITEMAP)).unwrap_or(u32::MAX);
    let part = |number| {
        (
            format!("sitemap-{number}.xml"),
            Made::Sitemap(Sitemap::Part(number)),
        )
    };
    let rest = (1..=parts).map(part);
    [first(Sitemap::Parts(parts))]
        .into_iter()
        .chain(rest)
        .collect()
}
