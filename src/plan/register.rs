//! The register: every name that pages bear, in one order, and the ids that other catalogues give them.
//!
//! `names/` lists it, and whoever looks for a name looks in it. Holds the words themselves, so that no page has to be
//! read again for those of another.

use super::Edit;
use super::index::{Mark, Rows};
use super::names::sort_key;
use crate::model::{Entry, PageId, Tlp};
use crate::release::Release;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How many pages one file tells of to whoever found a name.
pub const PER_CARDS: usize = 64;

/// How many names one file of those in which a name is looked for holds, at most and about.
const PER_SHARD: usize = 512;

/// The names and ids of all pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Titles and other names, from A to Z.
    names: Rows<Name>,
    /// Ids in other catalogues (`T1059.001`), by page.
    ids: Vec<Name>,
}

/// A name, and who bears it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// As it is written.
    pub text: Box<str>,
    /// The page.
    pub page: PageId,
    /// Which it is of the page's names: its title first, then its other names, then its ids, each as written.
    pub nth: u32,
}

impl Name {
    fn key(&self) -> (String, &Name) {
        (sort_key(&self.text), self)
    }

    fn mark(&self) -> Mark {
        Mark::of_name(&sort_key(&self.text))
    }
}

/// The names of a page and its ids.
fn of_page(id: PageId, page: &Entry<PageId>) -> (Vec<Name>, Vec<Name>) {
    let name = |(nth, text): (u32, &str)| Name {
        text: text.into(),
        page: id,
        nth,
    };
    let names: Vec<Name> = (0..).zip(super::spoken(page)).map(name).collect();
    let ids = page.external_ids.iter().map(|(_, id)| id.value.as_str());
    let first = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let ids = (first..).zip(ids).map(name).collect();
    (names, ids)
}

/// One of the names or ids of a page, by its [place](Name::nth) among them, with its own marking.
#[must_use]
pub fn name_of(page: &Entry<PageId>, nth: u32) -> Option<(&str, Option<Tlp>)> {
    let aliases = page.statements.aliases();
    let aliases = aliases.map(|it| (it.what.name.as_str(), it.tlp));
    let ids = page.external_ids.iter();
    let ids = ids.map(|(_, id)| (id.value.as_str(), id.tlp));
    let title = (page.title.as_str(), None);
    [title]
        .into_iter()
        .chain(aliases)
        .chain(ids)
        .nth(nth as usize)
}

impl Register {
    pub(super) fn of(release: &Release) -> Register {
        let (mut names, mut ids) = (Vec::new(), Vec::new());
        for (id, page) in release.iter() {
            let of_page = of_page(id, page);
            names.extend(of_page.0);
            ids.extend(of_page.1);
        }
        let mut keyed: Vec<(String, Name)> = { names.into_iter() }
            .map(|name| (sort_key(&name.text), name))
            .collect();
        keyed.sort_unstable();
        let marked = |(key, name): (String, Name)| (name, Mark::of_name(&key));
        Register {
            names: Rows::of(keyed.into_iter().map(marked)),
            ids,
        }
    }

    /// What an edit changed of it, if anything.
    pub(super) fn after(&self, before: &Release, now: &Release, edit: &Edit) -> Option<Register> {
        let of_page = |release: &Release, id| of_page(id, release.page(id));
        let edited = edit.pages.iter().copied();
        let renamed: BTreeSet<PageId> = { edited }
            .filter(|&id| of_page(before, id) != of_page(now, id))
            .collect();
        if renamed.is_empty() {
            return None;
        }
        let stays = |name: &Name| !renamed.contains(&name.page);
        let new = || renamed.iter().map(|&id| of_page(now, id));
        // What a name is sorted by is reckoned anew at each look: there are few.
        let key = |name: &Name| {
            let (key, name) = name.key();
            (key, name.clone())
        };
        let mut ids: Vec<Name> = self
            .ids
            .iter()
            .filter(|name| stays(name))
            .cloned()
            .collect();
        ids.extend(new().flat_map(|(_, ids)| ids));
        ids.sort_by_key(|name| (name.page, name.nth));
        let names = new().flat_map(|(names, _)| names);
        Some(Register {
            names: self.names.with(stays, names, key, Name::mark),
            ids,
        })
    }

    /// Titles and other names, from A to Z.
    #[must_use]
    pub fn names(&self) -> &Rows<Name> {
        &self.names
    }

    /// All names and ids.
    pub fn all(&self) -> impl Iterator<Item = &Name> {
        self.names.all().iter().chain(&self.ids)
    }

    /// How many pages it fills.
    #[must_use]
    pub fn pages(&self) -> u32 {
        super::pages(self.names.all().len())
    }

    /// How many files it is looked up in: a power of two, so that most stay what they were when a few names come.
    #[must_use]
    pub fn shards(&self) -> u32 {
        let names = self.names.all().len() + self.ids.len();
        let shards = names.div_ceil(PER_SHARD).max(1).next_power_of_two();
        u32::try_from(shards).unwrap_or(1)
    }
}

/// How many files tell of that many pages.
#[must_use]
pub fn cards(pages: usize) -> u32 {
    u32::try_from(pages.div_ceil(PER_CARDS)).unwrap_or(u32::MAX)
}

/// The address of a page of the register. Its folder `page` is no name's: a contested name has a page, and no folders.
#[must_use]
pub fn names_address(number: u32) -> String {
    match number {
        0 | 1 => "names/".to_owned(),
        _ => format!("names/page/{number}/"),
    }
}
