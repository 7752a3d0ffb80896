//! Who calls what how: the entries of whose names it is told who uses them.
//!
//! Takes the released pages; gives those that bear a name with its producer, by kind and slug, and whether there is more than
//! one producer. Holds no names: whoever shows them asks the pages.

use super::Edit;
use crate::model::{Named, PageId};
use crate::release::Release;
use crate::resolve::fold;
use crate::text::hash;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The entries with names by producers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Producers(Vec<(PageId, Vec<u64>)>);

/// Fewer are as well told on the pages of the entries.
const LEAST: usize = 2;

/// The producers of the names of a page, as hashes, if there are any.
fn told(release: &Release, id: PageId) -> Option<(PageId, Vec<u64>)> {
    let aliases = release.page(id).statements.aliases();
    let by = aliases.filter_map(|alias| {
        Some(match alias.what.by.as_ref()? {
            Named::Entry(id) => hash(format!("/{}", id.0).as_bytes()),
            Named::Text(text) => hash(fold(text).as_bytes()),
        })
    });
    let by: BTreeSet<u64> = by.collect();
    (!by.is_empty()).then(|| (id, by.into_iter().collect()))
}

impl Producers {
    pub(super) fn of(release: &Release) -> Producers {
        let rows = release.iter().filter_map(|(id, _)| told(release, id));
        Producers(rows.collect())
    }

    /// What an edit changed of it, if anything.
    pub(super) fn after(&self, before: &Release, now: &Release, edit: &Edit) -> Option<Producers> {
        let edited = edit.pages.iter().copied();
        let moved: BTreeSet<PageId> = { edited }
            .filter(|&id| told(before, id) != told(now, id))
            .collect();
        if moved.is_empty() {
            return None;
        }
        let mut rows = self.0.clone();
        rows.retain(|(id, _)| !moved.contains(id));
        rows.extend(moved.iter().filter_map(|&id| told(now, id)));
        rows.sort_unstable_by_key(|(id, _)| *id);
        Some(Producers(rows))
    }

    /// The entries, by kind and slug.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = PageId> {
        self.0.iter().map(|(id, _)| *id)
    }

    /// How many pages it fills: none where there are too few producers.
    #[must_use]
    pub fn pages(&self) -> u32 {
        let mut all = BTreeSet::new();
        let producers = self.0.iter().flat_map(|(_, by)| by);
        match producers.filter(|&by| all.insert(by)).nth(LEAST - 1) {
            Some(_) => super::pages(self.0.len()),
            None => 0,
        }
    }
}

/// The address of a page of it. No contested name has a page there, as those have no folders.
#[must_use]
pub fn producers_address(number: u32) -> String {
    match number {
        0 | 1 => "names/by/producer/".to_owned(),
        _ => format!("names/by/producer/{number}/"),
    }
}
