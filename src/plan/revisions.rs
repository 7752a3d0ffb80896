//! Which entries are other ones than they were: what a reader's browser compares with what it saw at the last visit.
//!
//! Takes a release; gives for each page a name that stays and a [`revision`], both short, in the order of the pages. Knows
//! nothing of earlier builds: those are remembered by who reads.

use super::Edit;
use crate::model::PageId;
use crate::query::revision;
use crate::release::Release;
use crate::text::hash;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// How many signs name a page: of a thousand million numbers two of ten thousand pages rarely have the same.
const NAME: usize = 6;

/// How many signs tell a revision: one change of some millions is missed.
const REVISION: usize = 5;

/// Of five bits each, in one case.
const SIGNS: &[u8; 32] = b"0123456789abcdefghijkmnprstuvwxy";

/// The revisions of all pages, by [`PageId`].
///
/// Names are kept beside them: an edit gives no page another address, and a page that is read only for its own
/// costs a hundred times what its signs do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revisions(Vec<Page>);

/// What tells a page from others, and what from what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Page {
    name: u64,
    revision: u64,
}

impl Revisions {
    pub(super) fn of(release: &Release) -> Revisions {
        let all = (0..release.pages.len()).into_par_iter();
        let all = all.map(|at| Page::of(release, PageId(u32::try_from(at).unwrap_or(u32::MAX))));
        Revisions(all.collect())
    }

    /// What an edit made of them, if it changed any.
    pub(super) fn after(&self, release: &Release, edit: &Edit) -> Option<Revisions> {
        let edited = edit.pages.iter();
        let edited = edited.map(|&id| (id.0 as usize, Page::of(release, id)));
        let moved = edited.filter(|(at, is)| self.0.get(*at) != Some(is));
        let moved: Vec<(usize, Page)> = moved.collect();
        (!moved.is_empty()).then(|| {
            let mut all = self.clone();
            for (at, is) in moved {
                if let Some(place) = all.0.get_mut(at) {
                    *place = is;
                }
            }
            all
        })
    }

    /// All of them as one text: of each page its name and its revision.
    #[must_use]
    pub fn told(&self) -> String {
        let mut told = String::with_capacity(self.0.len() * (NAME + REVISION));
        for page in &self.0 {
            signs(page.name, NAME, &mut told);
            signs(page.revision, REVISION, &mut told);
        }
        told
    }
}

impl Page {
    fn of(release: &Release, id: PageId) -> Page {
        let page = release.page(id);
        Page {
            name: hash(page.route().as_bytes()),
            revision: revision(page, &|&other: &PageId| release.page(other).route()),
        }
    }
}

fn signs(number: u64, count: usize, out: &mut String) {
    for at in 0..count {
        let sign = (number >> (5 * at)) as usize & 31;
        out.push(char::from(SIGNS[sign]));
    }
}
