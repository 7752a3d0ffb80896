//! The one door: what an audience may see, and nothing else.
//!
//! Takes the resolved [`Dossier`] and an [`Audience`]; gives a [`Release`], in which what is withheld
//! does not exist: no entry, no id, no text, no name in a link, no number. Everything that makes
//! output stands behind this module. Drafts and entries whose `publish` day lies ahead are withheld
//! by the same door, and a withdrawn entry loses all but its title and the notice.
//!
//! The effective marking of a thing is the highest of its own, of what contains it and, for what
//! names two entries, of both ends (front-matter.md, Markings). It never decides by leaving text out
//! later: a [`PageId`] can only be made here.

mod entry;

mod naming;

mod prose;

use crate::diag::{Diagnostic, Outcome};
use crate::model::body::{Destination, Link};
use crate::model::{Day, Entry, EntryId, Intro, Kind, PageId, Tlp};
use crate::resolve::{Dossier, fold};
use crate::text::hash;
use std::collections::{HashMap, HashSet};

/// Who a release is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    /// The highest marking that it may see.
    pub tlp: Tlp,
    /// Whether drafts and entries whose day has not come are shown.
    pub drafts: bool,
    /// The day of the build.
    pub today: Day,
}

/// What an audience may see.
#[derive(Debug, Clone)]
pub struct Release {
    /// Whom it is for.
    pub audience: Tlp,
    /// Every released entry, by kind and slug; a [`PageId`] is an index into it.
    pub pages: Vec<Entry<PageId>>,
    /// The released texts of the home page and of index pages.
    pub intros: Vec<Intro<PageId>>,
    /// Hashes of every address that is an indicator, released or not: nothing may link to one, and
    /// a hash names none.
    pub indicators: HashSet<u64>,
}

impl Release {
    /// A page by its id.
    ///
    /// # Panics
    /// Never for an id of this release: ids are made by [`release`] alone, in range.
    #[must_use]
    pub fn page(&self, id: PageId) -> &Entry<PageId> {
        &self.pages[id.0 as usize]
    }

    /// Every page with its id, by kind and slug.
    pub fn iter(&self) -> impl Iterator<Item = (PageId, &Entry<PageId>)> {
        (0..).map(PageId).zip(&self.pages)
    }
}

/// Lets through what the audience may see. The problems are the bare links whose words would have
/// named what is withheld.
#[must_use]
pub fn release(dossier: &Dossier, audience: Audience) -> Outcome<Release> {
    let door = Door::new(dossier, audience);
    let mut problems: Vec<Diagnostic> = Vec::new();
    let pages: Vec<Entry<PageId>> = dossier
        .entries
        .iter()
        .filter(|entry| door.admits(entry))
        .map(|entry| entry::release(entry, &door, &mut problems))
        .collect();
    let kinds: HashSet<Kind> = pages.iter().map(|page| page.kind).collect();
    let intros = dossier
        .intros
        .iter()
        .filter(|intro| intro.tlp <= audience.tlp)
        // Where no entry of a kind is released there is no index to introduce.
        .filter(|intro| intro.of.is_none_or(|kind| kinds.contains(&kind)))
        .map(|intro| entry::release_intro(intro, &door, &mut problems))
        .collect();
    Outcome {
        value: Release {
            audience: audience.tlp,
            pages,
            intros,
            indicators: dossier
                .indicators
                .iter()
                .map(|form| hash(form.as_bytes()))
                .collect(),
        },
        problems,
    }
}

/// What decides who passes.
struct Door {
    audience: Audience,
    /// For every entry its page, if it has one.
    pages: Vec<Option<PageId>>,
    /// For every entry of which a marked section is withheld: where its headings went.
    headings: HashMap<EntryId, Vec<Option<u32>>>,
    /// For every entry of which an alias is withheld: the names that it still has, folded.
    names: HashMap<EntryId, Vec<String>>,
    /// For every entry the headings whose words name something withheld.
    naming: HashMap<EntryId, HashSet<u32>>,
}

impl Door {
    fn new(dossier: &Dossier, audience: Audience) -> Door {
        let pages = Vec::with_capacity(dossier.entries.len());
        let mut door = Door {
            audience,
            pages,
            headings: HashMap::new(),
            names: HashMap::new(),
            naming: HashMap::new(),
        };
        let mut next = 0;
        for (entry, id) in dossier.entries.iter().zip((0..).map(EntryId)) {
            if let Some(map) = door.headings(&entry.prose.body) {
                door.headings.insert(id, map);
            }
            if entry.aliases.iter().any(|alias| !door.sees(alias.tlp)) {
                door.names.insert(id, door.names_of(entry));
            }
            let page = door.admits(entry).then_some(PageId(next));
            next += u32::from(page.is_some());
            door.pages.push(page);
        }
        door.find_naming(dossier);
        door
    }

    /// Whether an entry passes as a whole.
    fn admits(&self, entry: &Entry<EntryId>) -> bool {
        let early = entry.draft || entry.publish.is_some_and(|day| day > self.audience.today);
        entry.tlp <= self.audience.tlp && (self.audience.drafts || !early)
    }

    fn names_of(&self, entry: &Entry<EntryId>) -> Vec<String> {
        let long = format!("{}/{}", entry.kind.folder(), entry.slug);
        let seen = entry
            .aliases
            .iter()
            .filter(|alias| self.sees(alias.tlp))
            .map(|alias| &alias.name);
        [&entry.title, &entry.slug, &entry.id, &long]
            .into_iter()
            .chain(seen)
            .map(|name| fold(name))
            .collect()
    }

    /// Whether a link names a released entry by an alias that is withheld.
    fn hides_name(&self, id: EntryId, link: &Link) -> bool {
        match (self.names.get(&id), &link.to) {
            (Some(names), Destination::Wiki { name, .. }) => !names.contains(&fold(name)),
            _ => false,
        }
    }

    /// Where a heading of an entry went, if it is released.
    fn heading_of(&self, id: EntryId, heading: u32) -> Option<u32> {
        match self.headings.get(&id) {
            Some(map) => prose::moved(map, heading),
            None => Some(heading),
        }
    }

    /// Whether a part with a marking of its own passes.
    fn sees(&self, tlp: Option<Tlp>) -> bool {
        tlp.is_none_or(|tlp| tlp <= self.audience.tlp)
    }

    /// The page of an entry, if it passes.
    fn page(&self, id: EntryId) -> Option<PageId> {
        self.pages.get(id.0 as usize).copied().flatten()
    }
}
