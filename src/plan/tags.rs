//! The tags of the released pages.

use super::Edit;
use super::names::sort_key;
use crate::model::{Entry, Marked, PageId, Tlp, slug};
use crate::release::Release;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A tag and the pages that bear it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// As the first page that bears it writes it.
    pub name: String,
    /// The last part of its address: `/tags/<slug>/`.
    pub slug: String,
    /// The pages, by kind, then by title.
    pub pages: Vec<PageId>,
    /// The marking of the tag itself: the highest under which a page bears it, and that of its name.
    pub tlp: Tlp,
}

/// All tags, by slug; two spellings with one slug are one tag.
pub(super) fn of(release: &Release) -> Vec<Tag> {
    collected(release, release.iter(), &|_| true)
}

/// The tags of pages in order of their ids, of those whose slug is wanted.
fn collected<'a>(
    release: &Release,
    pages: impl Iterator<Item = (PageId, &'a Entry<PageId>)>,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<Tag> {
    // Beside each tag the lowest marking under which somebody writes its name as it does.
    let mut tags: BTreeMap<String, (Tag, Tlp)> = BTreeMap::new();
    for (id, page) in pages {
        for Marked { value: name, tlp } in &page.tags {
            let slug = slug::tag(name);
            if !wanted(&slug) {
                continue;
            }
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
            .sort_by_cached_key(|&id| (release.page(id).kind, sort_key(&release.page(id).title)));
    }
    tags
}

/// What an edit changed of the tags, if anything: of those that the edited pages bear, or bore, only the
/// pages that bear them are looked at.
pub(super) fn after(
    tags: &[Tag],
    before: &Release,
    now: &Release,
    edit: &Edit,
) -> Option<Vec<Tag>> {
    let borne = |release: &Release, id| {
        let page = release.page(id);
        (!page.tags.is_empty()).then(|| (page.tags.clone(), page.tlp))
    };
    let title = |release: &Release, id| sort_key(&release.page(id).title);
    let (mut anew, mut moved) = (BTreeSet::new(), Vec::new());
    for &id in &edit.pages {
        let (was, is) = (borne(before, id), borne(now, id));
        if was != is {
            let both = [was, is].into_iter().flatten();
            let both = both.flat_map(|(tags, _)| tags);
            anew.extend(both.map(|tag| slug::tag(&tag.value)));
        } else if is.is_some() && title(before, id) != title(now, id) {
            moved.push(id);
        }
    }
    if anew.is_empty() && moved.is_empty() {
        return None;
    }
    let (mut kept, mut bearing) = (Vec::with_capacity(tags.len()), BTreeSet::new());
    for tag in tags {
        if anew.contains(&tag.slug) {
            bearing.extend(&tag.pages);
        } else {
            kept.push(tag.clone());
        }
    }
    for tag in &mut kept {
        reorder(tag, now, &moved);
    }
    bearing.extend(&edit.pages);
    let bearing = bearing.into_iter().map(|id| (id, now.page(id)));
    kept.extend(collected(now, bearing, &|slug| anew.contains(slug)));
    kept.sort_by(|one, other| one.slug.cmp(&other.slug));
    Some(kept)
}

/// Moves pages to where they now stand among those that bear a tag, if they bear it.
fn reorder(tag: &mut Tag, release: &Release, moved: &[PageId]) {
    let bears = moved.iter().copied().filter(|id| tag.pages.contains(id));
    let bears: Vec<PageId> = bears.collect();
    tag.pages.retain(|id| !bears.contains(id));
    let key = |&id: &PageId| {
        let page = release.page(id);
        (page.kind, sort_key(&page.title), id)
    };
    for id in bears {
        let place = key(&id);
        let at = tag.pages.partition_point(|other| key(other) < place);
        tag.pages.insert(at, id);
    }
}
