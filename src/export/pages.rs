//! The entries of a release, as every form reads them.
//!
//! Takes a release; hands out entries, as a whole or as others name them. Where somebody asks, it is noted what of which entry was
//! read, so that after an edit an export is made again only where it may be another one.

use crate::model::{Entry, Kind, PageId, Tlp};
use crate::plan::{Site, graph::Incoming};
use crate::release::Release;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What of an entry an export was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Read {
    /// All that it says.
    Entry(PageId),
    /// Its title and its own marking.
    Called(PageId),
    /// The relations that others state of it.
    Incoming(PageId),
}

/// What was read, each once.
#[derive(Debug, Default)]
pub struct Noted(RefCell<BTreeSet<Read>>);

impl Noted {
    /// What was read, in order.
    #[must_use]
    pub fn into_read(self) -> BTreeSet<Read> {
        self.0.into_inner()
    }
}

/// The one way from a form to the entries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pages<'a> {
    release: &'a Release,
    /// None where nobody asks.
    noted: Option<&'a Noted>,
}

/// An entry as others name it. What is not its title or its marking cannot change while the pages of a site are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Called<'a> {
    pub(super) id: &'a str,
    pub(super) slug: &'a str,
    #[cfg_attr(
        not(feature = "sqlite"),
        expect(dead_code, reason = "asked for by SQLite alone")
    )]
    pub(super) kind: Kind,
    pub(super) title: &'a str,
    pub(super) tlp: Tlp,
}

impl<'a> Pages<'a> {
    pub(super) fn of(release: &'a Release, noted: Option<&'a Noted>) -> Pages<'a> {
        Pages { release, noted }
    }

    fn note(self, read: Read) {
        if let Some(Noted(noted)) = self.noted {
            noted.borrow_mut().insert(read);
        }
    }

    /// All that an entry says.
    pub(super) fn page(self, id: PageId) -> &'a Entry<PageId> {
        self.note(Read::Entry(id));
        self.release.page(id)
    }

    /// How an entry is named.
    pub(super) fn called(self, id: PageId) -> Called<'a> {
        self.note(Read::Called(id));
        let entry = self.release.page(id);
        Called {
            id: &entry.id,
            slug: &entry.slug,
            kind: entry.kind,
            title: &entry.title,
            tlp: entry.tlp,
        }
    }

    /// Every entry, by kind and slug.
    pub(super) fn ids(self) -> impl Iterator<Item = PageId> + use<'a> {
        self.release.iter().map(|(id, _)| id)
    }

    /// The relations that others state of an entry.
    pub(super) fn incoming(self, site: &'a Site, id: PageId) -> &'a [Incoming] {
        self.note(Read::Incoming(id));
        site.graph.incoming(id)
    }
}
