//! The tags of the released pages.

use super::names::sort_key;
use crate::model::{PageId, body};
use crate::release::Release;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A tag and the pages that bear it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tag {
    /// As the first page that bears it writes it.
    pub name: String,
    /// The last part of its address: `/tags/<slug>/`.
    pub slug: String,
    /// The pages, by title.
    pub pages: Vec<PageId>,
}

/// All tags, by slug; two spellings with one slug are one tag.
pub(super) fn of(release: &Release) -> Vec<Tag> {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for (id, page) in release.iter() {
        for name in &page.tags {
            let slug = body::anchor(name);
            let tag = tags.entry(slug.clone()).or_insert_with(|| Tag {
                name: name.clone(),
                slug,
                pages: Vec::new(),
            });
            if tag.pages.last() != Some(&id) {
                tag.pages.push(id);
            }
        }
    }
    let mut tags: Vec<Tag> = tags.into_values().collect();
    for tag in &mut tags {
        tag.pages
            .sort_by_cached_key(|&id| sort_key(&release.page(id).title));
    }
    tags
}
