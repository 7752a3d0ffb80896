//! The entries that have something in common, on pages of their own.
//!
//! Takes a release; gives for every [`Attribute`] of a [`Family`] the entries that have it, in the order of their
//! page. Which those are is said by [`super::attributes`] alone, so that a page and a search never disagree.

use super::attributes::{Attribute, of_page};
use super::names::sort_key;
use super::{Edit, page_at};
use crate::model::{Family, Kind, PageId, Tlp};
use crate::release::Release;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The entries that have something in common, by kind, then by title, each with the marking under which it says so.
pub type Shelf = [(PageId, Tlp)];

/// Everything that entries have in common by which they are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelves(BTreeMap<Attribute, Vec<(PageId, Tlp)>>);

/// What puts an entry on shelves.
fn borne(release: &Release, id: PageId) -> Vec<(Attribute, Tlp)> {
    let page = release.page(id);
    let all = of_page(page).into_iter();
    let listed = all.filter(|attribute| match attribute.family() {
        Some(Family::Countries | Family::Sectors) => true,
        // Where nothing else may be shown all are alike.
        Some(Family::Markings) => release.audience > Tlp::Clear,
        None => false,
    });
    { listed }.map(|it| (it, it.marking(page))).collect()
}

/// Where an entry stands on a shelf.
fn place(release: &Release, id: PageId) -> (Kind, String, PageId) {
    let page = release.page(id);
    (page.kind, sort_key(&page.title), id)
}

impl Shelves {
    pub(super) fn of(release: &Release) -> Shelves {
        let mut all = Shelves::default();
        for (id, _) in release.iter() {
            for (attribute, tlp) in borne(release, id) {
                all.0.entry(attribute).or_default().push((id, tlp));
            }
        }
        for shelf in all.0.values_mut() {
            shelf.sort_by_cached_key(|&(id, _)| place(release, id));
        }
        all
    }

    /// What an edit made of them, if it changed any: only what it moved is put elsewhere.
    pub(super) fn after(&self, before: &Release, now: &Release, edit: &Edit) -> Option<Shelves> {
        let moved = |&id: &PageId| {
            let (was, is) = (borne(before, id), borne(now, id));
            was != is || !is.is_empty() && place(before, id) != place(now, id)
        };
        let moved: Vec<PageId> = edit.pages.iter().copied().filter(moved).collect();
        if moved.is_empty() {
            return None;
        }
        let mut all = self.clone();
        for shelf in all.0.values_mut() {
            shelf.retain(|(id, _)| !moved.contains(id));
        }
        for id in moved {
            let at = place(now, id);
            for (attribute, tlp) in borne(now, id) {
                let shelf = all.0.entry(attribute).or_default();
                let at = shelf.partition_point(|&(other, _)| place(now, other) < at);
                shelf.insert(at, (id, tlp));
            }
        }
        all.0.retain(|_, shelf| !shelf.is_empty());
        Some(all)
    }

    /// Whether a family has pages: one that would tell nothing apart has none.
    #[must_use]
    pub fn has(&self, family: Family) -> bool {
        let mut keys = self.0.keys();
        match family {
            Family::Countries | Family::Sectors => keys.any(|it| it.family() == Some(family)),
            Family::Markings => {
                keys.any(|it| matches!(it, Attribute::Marking(tlp) if *tlp > Tlp::Clear))
            }
        }
    }

    /// The shelves of a family.
    pub fn of_family(&self, family: Family) -> impl Iterator<Item = (Attribute, &Shelf)> {
        let all = self.has(family).then(|| self.0.iter());
        let all = all.into_iter().flatten();
        { all }
            .filter(move |(attribute, _)| attribute.family() == Some(family))
            .map(|(attribute, shelf)| (*attribute, &shelf[..]))
    }

    /// Every shelf that has pages.
    pub fn iter(&self) -> impl Iterator<Item = (Attribute, &Shelf)> {
        { Family::ALL.into_iter() }.flat_map(|family| self.of_family(family))
    }

    /// The entries that have something; none where that has no page.
    #[must_use]
    pub fn of_attribute(&self, attribute: Attribute) -> &Shelf {
        let listed = attribute.family().is_some_and(|family| self.has(family));
        let shelf = self.0.get(&attribute).filter(|_| listed);
        shelf.map_or(&[], |shelf| &shelf[..])
    }
}

/// The kinds of entries that stand by kind, each with the page of their list on which it begins.
#[must_use]
pub fn kinds<T>(release: &Release, all: &[T], id: impl Fn(&T) -> PageId) -> Vec<(Kind, u32)> {
    let kind = |it: &T| release.page(id(it)).kind;
    let (mut kinds, mut at) = (Vec::new(), 0);
    // They stand by kind, so that few have to be looked at.
    while let Some(first) = all.get(at) {
        kinds.push((kind(first), page_at(at)));
        at = all.partition_point(|it| kind(it) <= kind(first));
    }
    kinds
}

/// The address of the list of a family.
#[must_use]
pub fn family_address(family: Family) -> String {
    format!("{}/", family.folder())
}

/// The address of a page of what has something in common; none of what has no pages.
#[must_use]
pub fn shelf_address(release: &Release, attribute: Attribute, number: u32) -> Option<String> {
    let folder = attribute.family()?.folder();
    let slug = attribute.value(release).replace('+', "-");
    let number = match number {
        0 | 1 => String::new(),
        _ => format!("page/{number}/"),
    };
    Some(format!("{folder}/{slug}/{number}"))
}
