//! What an object shows: the marking that it bears for it, and the sources that it cites.
//!
//! Whatever is put into an object is noted here first, so that none is marked below what it shows: its own marking, that of a
//! part, that of an entry that it names, that of a source that it cites.

use super::scope::Scope;
use crate::model::{Cite, Marked, PageId, Tlp};

/// What an object shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// The highest marking of all that it shows.
    pub(super) tlp: Tlp,
    /// The sources that it cites, each once, in the order in which it does.
    pub(super) cited: Vec<PageId>,
}

impl Shown {
    /// Of something that bears a marking.
    pub(super) fn of(tlp: Tlp) -> Shown {
        Shown {
            tlp,
            cited: Vec::new(),
        }
    }

    pub(super) fn mark(&mut self, tlp: Option<Tlp>) {
        self.tlp = self.tlp.max(tlp.unwrap_or_default());
    }

    /// A value with a marking of its own.
    pub(super) fn value<'v, T>(&mut self, marked: &'v Marked<T>) -> &'v T {
        self.mark(marked.tlp);
        &marked.value
    }

    /// The name of another entry.
    pub(super) fn name<'s>(&mut self, scope: &Scope<'s>, id: PageId) -> &'s str {
        let page = scope.site.release.page(id);
        self.mark(Some(page.tlp));
        &page.title
    }

    /// Citations: those of sources that are withheld tell nothing.
    pub(super) fn cite(&mut self, scope: &Scope<'_>, cites: &[Cite<PageId>]) {
        for source in cites.iter().filter_map(|cite| cite.source) {
            self.mark(Some(scope.site.release.page(source).tlp));
            if !self.cited.contains(&source) {
                self.cited.push(source);
            }
        }
    }
}
