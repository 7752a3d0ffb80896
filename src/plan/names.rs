//! Names that more than one released page claims.

use crate::model::{PageId, body};
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
pub(super) fn sort_key(name: &str) -> String {
    let folded = fold(name);
    for article in ["the ", "an ", "a "] {
        if let Some(rest) = folded.strip_prefix(article) {
            return rest.to_owned();
        }
    }
    folded
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
