//! What is made of a whole site for programs: feeds, sitemaps, `robots.txt`.
//!
//! Takes a site; gives the addresses of each family. A family is a variant of [`Made`], its addresses here, and a
//! writer in [`crate::render`]; everything else asks only whether something is made.

use super::Site;
use crate::model::Kind;
use serde::{Deserialize, Serialize};

/// Addresses in one sitemap, at most (sitemaps.org protocol).
pub const PER_SITEMAP: usize = 50_000;

/// A file that is made of a site and is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Made {
    /// The feed of everything, or of a kind.
    Feed(Option<Kind>),
    /// The sitemap: whole, the n-th part, or the index of the parts.
    Sitemap(Sitemap),
    /// For robots.
    Robots,
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

/// What every site has, whatever pages there are, with the addresses.
pub(super) fn of(site: &Site) -> Vec<(String, Made)> {
    let feed = |kind: Kind| {
        (
            format!("{}/feed.xml", kind.folder()),
            Made::Feed(Some(kind)),
        )
    };
    let feeds = site.indexes.iter().map(|index| feed(index.kind));
    let fixed = [
        ("robots.txt".to_owned(), Made::Robots),
        ("feed.xml".to_owned(), Made::Feed(None)),
    ];
    fixed.into_iter().chain(feeds).collect()
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
