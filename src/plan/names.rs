//! Names that more than one released page claims.

use crate::model::{Named, PageId, body};
use crate::release::Release;
use crate::resolve::fold;
use std::collections::{BTreeMap, HashSet};

/// A contested name and who claims it.
#[derive(Debug, Clone)]
pub struct Contested {
    /// The name, as the first that claims it writes it.
    pub name: String,
    /// The last part of its address: `/names/<slug>/`.
    pub slug: String,
    /// The pages, by kind and slug.
    pub pages: Vec<PageId>,
}

/// What names are sorted by: folded, a leading article aside.
pub(crate) fn sort_key(name: &str) -> String {
    let folded = fold(name);
    for article in ["the ", "an ", "a "] {
        if let Some(rest) = folded.strip_prefix(article) {
            return rest.to_owned();
        }
    }
    folded
}

/// What an index by name is sorted by: the title; of a source, as in a bibliography, who published
/// it, and when.
pub(super) fn index_key(release: &Release, id: PageId) -> (String, i16, String) {
    let page = release.page(id);
    let title = sort_key(&page.title);
    match page.evidence() {
        None => (title, 0, String::new()),
        Some(evidence) => {
            let publisher = match &evidence.publisher {
                Named::Text(text) => sort_key(text),
                Named::Entry(publisher) => sort_key(&release.page(*publisher).title),
            };
            (publisher, page.date.map_or(0, |date| date.year()), title)
        }
    }
}

/// The titles and aliases that more than one page has, by name.
pub(super) fn contested(release: &Release) -> Vec<Contested> {
    let mut claims: BTreeMap<String, (&str, Vec<PageId>)> = BTreeMap::new();
    for (id, page) in release.iter() {
        for name in std::iter::once(&page.title).chain(page.aliases.iter().map(|alias| &alias.name))
        {
            let (_, pages) = claims
                .entry(fold(name))
                .or_insert_with(|| (name, Vec::new()));
            if pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }
    let mut taken = HashSet::new();
    claims
        .into_values()
        .filter(|(_, pages)| pages.len() > 1)
        .map(|(name, pages)| {
            let base = body::anchor(name);
            let mut slug = base.clone();
            let mut number = 1;
            while !taken.insert(slug.clone()) {
                number += 1;
                slug = format!("{base}-{number}");
            }
            Contested {
                name: name.to_owned(),
                slug,
                pages,
            }
        })
        .collect()
}
