//! The tags of the released pages.

use super::names::sort_key;
use crate::model::{Marked, PageId, Tlp, slug};
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
    /// The marking of the tag itself: the highest under which a page bears it, and that of its name.
    pub tlp: Tlp,
}

/// All tags, by slug; two spellings with one slug are one tag.
pub(super) fn of(release: &Release) -> Vec<Tag> {
    // Beside each tag the lowest marking under which somebody writes its name as it does.
    let mut tags: BTreeMap<String, (Tag, Tlp)> = BTreeMap::new();
    for (id, page) in release.iter() {
        for Marked { value: name, tlp } in &page.tags {
            let slug = slug::tag(name);
            let written = page.tlp.max(tlp.unwrap_or_default());
            let (tag, named) = tags.entry(slug.clone()).or_insert_with(|| {
                let tag = Tag {
                    name: name.clone(),
                    slug,
                    pages: Vec::new(),
                    tlp: Tlp::Clear,
                };
                (tag, written)
            });
            tag.tlp = tag.tlp.max(tlp.unwrap_or_default());
            if tag.name == *name {
                *named = written.min(*named);
            }
            if tag.pages.last() != Some(&id) {
                tag.pages.push(id);
            }
        }
    }
    let named = |(mut tag, named): (Tag, Tlp)| {
        tag.tlp = tag.tlp.max(named);
        tag
    };
    let mut tags: Vec<Tag> = tags.into_values().map(named).collect();
    for tag in &mut tags {
        tag.pages
            .sort_by_cached_key(|&id| sort_key(&release.page(id).title));
    }
    tags
}
