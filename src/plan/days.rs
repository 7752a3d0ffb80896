//! When which entry changed: what feeds and sitemaps are made by.
//!
//! Takes the released pages; gives the day of each, and the latest of all or of a kind, without a look at
//! the pages themselves.

use super::Edit;
use crate::model::{Day, Entry, Kind, PageId};
use crate::release::Release;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// How many entries a feed holds.
const LATEST: usize = 50;

/// The days of all pages, by [`PageId`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days(Vec<Told>);

/// What is told of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    kind: Kind,
    /// The day of its last change, as far as it is told.
    changed: Option<Day>,
    /// That day; where nothing is told, the day that the entry is about.
    dated: Option<Day>,
}

impl Told {
    fn of(page: &Entry<PageId>) -> Told {
        let changed = page.last_changed();
        Told {
            kind: page.kind,
            changed,
            dated: changed.or_else(|| page.when().map(|date| date.sort_day())),
        }
    }
}

impl Days {
    pub(super) fn of(release: &Release) -> Days {
        Days(release.iter().map(|(_, page)| Told::of(page)).collect())
    }

    /// What an edit changed of it, if anything.
    pub(super) fn after(&self, release: &Release, edit: &Edit) -> Option<Days> {
        let pages = edit.pages.iter();
        let moved = pages.map(|id| (id.0 as usize, Told::of(release.page(*id))));
        let moved = moved.filter(|(at, told)| self.0.get(*at) != Some(told));
        let moved: Vec<(usize, Told)> = moved.collect();
        (!moved.is_empty()).then(|| {
            let mut days = self.clone();
            for (at, told) in moved {
                if let Some(place) = days.0.get_mut(at) {
                    *place = told;
                }
            }
            days
        })
    }

    /// The day of a page's last change, as far as it is told.
    #[must_use]
    pub fn changed(&self, id: PageId) -> Option<Day> {
        self.0.get(id.0 as usize)?.changed
    }

    /// The pages that a feed of everything, or of a kind, holds: those with the latest days, of one day by
    /// id. A page that tells of no day has no true date to give, and stays out.
    #[must_use]
    pub fn latest(&self, kind: Option<Kind>) -> Vec<(Day, PageId)> {
        let dated = (0..).map(PageId).zip(&self.0);
        let dated = dated
            .filter(|(_, told)| kind.map_or(told.kind.is_of_entries(), |kind| told.kind == kind));
        let dated = dated.filter_map(|(id, told)| Some((Reverse(told.dated?), id)));
        let latest = super::least(LATEST, dated).into_iter();
        latest.map(|(Reverse(day), id)| (day, id)).collect()
    }

    /// The latest day of all: what a feed without entries is dated by.
    #[must_use]
    pub fn last(&self) -> Option<Day> {
        self.0.iter().filter_map(|told| told.dated).max()
    }
}
