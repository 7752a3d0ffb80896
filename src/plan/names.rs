//! Names that more than one released page claims.

use super::{Edit, Site};
use crate::model::{Entry, Kind, Named, PageId, body};
use crate::release::Release;
use crate::resolve::fold;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A contested name and who claims it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contested {
    /// The name, as the first that claims it writes it.
    pub name: String,
    /// The last part of its address: `/names/<slug>/`.
    pub slug: String,
    /// The pages, by kind and slug.
    pub pages: Vec<PageId>,
}

impl Site {
    /// A contested name, if it is one, and its index into [`Site::contested`]. Whoever bears it is among
    /// its pages.
    #[must_use]
    pub fn contested(&self, name: &str) -> Option<(u32, &Contested)> {
        // There are few in most dossiers, and none in many.
        if self.contested.is_empty() {
            return None;
        }
        let folded = fold(name);
        let by_name = |it: &Contested| fold(&it.name).cmp(&folded);
        let at = self.contested.binary_search_by(by_name).ok()?;
        Some((u32::try_from(at).ok()?, self.contested.get(at)?))
    }
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
    match page.kind == Kind::Source {
        false => (title, 0, String::new()),
        true => {
            let publisher = match page.publisher.as_ref().map(|it| &it.value) {
                Some(Named::Text(text)) => sort_key(text),
                Some(Named::Entry(publisher)) => sort_key(&release.page(*publisher).title),
                None => title.clone(),
            };
            (publisher, page.date.map_or(0, |date| date.year()), title)
        }
    }
}

/// Whether an edit may have changed which names are contested: a name that came or went is, or was,
/// another page's as well.
pub(super) fn contest(before: &Release, now: &Release, edit: &Edit) -> bool {
    let names = |release: &Release, id| -> BTreeMap<String, String> {
        let names = spoken(release.page(id)).rev();
        names.map(|name| (fold(name), name.to_owned())).collect()
    };
    let mut moved = HashSet::new();
    for &id in &edit.pages {
        let (was, is) = (names(before, id), names(now, id));
        // Written in another way, too: a contested name is shown as its first page writes it.
        let differs = |name: &&String| was.get(*name) != is.get(*name);
        moved.extend(was.keys().chain(is.keys()).filter(differs).cloned());
    }
    let edited: HashSet<usize> = edit.pages.iter().map(|id| id.0 as usize).collect();
    let claims = |page: &Entry<PageId>| spoken(page).any(|name| moved.contains(&fold(name)));
    let pages = now.pages.par_iter().enumerate();
    // Two pages that were edited at once may contest a name among themselves.
    let several = edit.pages.len() > 1;
    !moved.is_empty() && (several || pages.any(|(at, page)| !edited.contains(&at) && claims(page)))
}

/// The title and the other names of a page.
pub fn spoken(page: &Entry<PageId>) -> impl DoubleEndedIterator<Item = &str> {
    let aliases = page.statements.aliases().map(|it| it.what.name.as_str());
    std::iter::once(page.title.as_str()).chain(aliases)
}

/// The titles and aliases that more than one page has, by name.
pub(super) fn contested(release: &Release) -> Vec<Contested> {
    let mut claims: BTreeMap<String, (&str, Vec<PageId>)> = BTreeMap::new();
    for (id, page) in release.iter() {
        for name in spoken(page) {
            let (_, pages) = claims
                .entry(fold(name))
                .or_insert_with(|| (name, Vec::new()));
            if pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }
    let mut taken = HashSet::new();
    // The last number that was tried of each: names that differ in nothing but signs have one beginning.
    let mut numbers: HashMap<String, u32> = HashMap::new();
    claims
        .into_values()
        .filter(|(_, pages)| pages.len() > 1)
        .map(|(name, pages)| {
            let base = body::anchor(name);
            let mut slug = base.clone();
            while !taken.insert(slug.clone()) {
                let number = numbers.entry(base.clone()).or_insert(1);
                *number += 1;
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
