//! What an edit changed, between two releases with the same pages.
//!
//! Takes the release before and after; gives the pages that differ, and tells of each whole that is made
//! from all pages (orders, tags, names) whether it may have become another. Says rather too much than too
//! little: what is made again comes out the same where nothing moved.

use super::names::index_key;
use crate::model::{Entry, Kind, PageId};
use crate::release::Release;
use std::sync::Arc;

/// The pages that an edit changed.
#[derive(Debug)]
pub struct Edit {
    /// By id.
    pub pages: Vec<PageId>,
    /// Whether the text of the home page or of an index page changed, or what it shows of an entry that did.
    pub intros: bool,
}

impl Edit {
    /// What lies between two releases; `None` where pages came, went or moved, or so many changed that
    /// nothing would be gained.
    #[must_use]
    pub fn of(before: &Release, now: &Release) -> Option<Edit> {
        if before.audience != now.audience || before.pages.len() != now.pages.len() {
            return None;
        }
        let changed = now.pages.changed(&before.pages);
        let place = |page: &Entry<PageId>| (page.kind, page.slug.clone(), page.id.clone());
        let stays = |&at: &usize| place(&now.pages[at]) == place(&before.pages[at]);
        if changed.len() > now.pages.len() / 4 + 8 || !changed.iter().all(stays) {
            return None;
        }
        let same = before.intros.len() == now.intros.len()
            && (before.intros.iter().zip(&now.intros)).all(|(was, is)| Arc::ptr_eq(was, is));
        let ids = changed.into_iter().filter_map(|at| u32::try_from(at).ok());
        let pages: Vec<PageId> = ids.map(PageId).collect();
        let mut shown = now.intros.iter().flat_map(|intro| intro.prose.embeds(None));
        Some(Edit {
            intros: !same || shown.any(|embed| pages.contains(&embed.of)),
            pages,
        })
    }

    fn differ<T: PartialEq>(
        &self,
        before: &Release,
        now: &Release,
        fact: impl Fn(&Release, PageId) -> T,
    ) -> bool {
        let pages = self.pages.iter();
        pages
            .into_iter()
            .any(|&id| fact(before, id) != fact(now, id))
    }

    /// Whether an organisation has another title: sources are named after their publisher.
    #[must_use]
    pub fn renames_publisher(&self, before: &Release, now: &Release) -> bool {
        self.differ(before, now, |release, id| {
            let page = release.page(id);
            (page.kind == Kind::Organisation).then(|| page.title.clone())
        })
    }

    /// The pages that may stand elsewhere in the index of their kind.
    pub(super) fn reordered(&self, before: &Release, now: &Release) -> Vec<PageId> {
        let key = |release: &Release, id| (index_key(release, id), release.page(id).when());
        let pages = self.pages.iter().copied();
        pages
            .filter(|&id| key(before, id) != key(now, id))
            .collect()
    }
}
