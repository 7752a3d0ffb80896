//! The one door: what an audience may see, and nothing else.
//!
//! Takes the resolved [`Dossier`] and an [`Audience`]; gives a [`Release`], in which what is withheld
//! does not exist: no entry, no id, no text, no name in a link, no number. Everything that makes
//! output stands behind this module. Drafts and entries whose `publish` day lies ahead are withheld
//! by the same door, and a withdrawn entry loses all but its title and the notice. What leads from open
//! text to what waits, or to an indicator that only withheld text names, is told to the writer (`leads`).
//!
//! The effective marking of a thing is the highest of its own, of what contains it and, for what
//! names two entries, of both ends (`docs/write/markings.md`). It never decides by leaving text out
//! later: a [`PageId`] can only be made here.

mod entry;

mod leads;

mod lent;

mod naming;

mod passage;

mod prose;

mod statics;

pub use statics::statics;

use self::lent::Lent;
use crate::diag::Diagnostic;
use crate::model::address::Outside;
use crate::model::body::Link;
use crate::model::{
    Day, Entry, EntryId, Family, Fragment, Fragments, Indicator, Intro, Kind, PageId, Tlp,
    is_of_lists, may_be_entry, page_path, picks, slug,
};
use crate::resolve::{Dossier, fold};
use crate::shared_list::SharedList;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Who a release is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// The highest marking that it may see.
    pub tlp: Tlp,
    /// Whether drafts and entries whose day has not come are shown.
    pub drafts: bool,
    /// The day of the build.
    pub today: Day,
}

/// What an audience would see but for one thing: it is a draft, or its day has not come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// How many are drafts.
    pub drafts: usize,
    /// How many others wait for each later day.
    pub later: BTreeMap<Day, usize>,
}

/// What an audience may see.
#[derive(Debug, Clone)]
pub struct Release {
    /// Whom it is for.
    pub audience: Tlp,
    /// Every released entry, by kind and slug; a [`PageId`] is an index into it.
    pub pages: SharedList<Entry<PageId>>,
    /// Whether any page bears a tag.
    pub tagged: bool,
    /// The kinds of its entries, in order.
    pub kinds: Arc<[Kind]>,
    /// The released texts of the home page and of index pages.
    pub intros: Vec<Arc<Intro<PageId>>>,
    /// Hashes of every address that is an indicator in it: nothing may link to one.
    pub indicators: Arc<HashSet<u64>>,
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

    /// The page of a kind that has a slug.
    #[must_use]
    pub fn named(&self, kind: Kind, slug: &str) -> Option<PageId> {
        let before = |page: &Entry<PageId>| (page.kind, &*page.slug) < (kind, slug);
        let at = self.pages.partition_point(before);
        let page = self.pages.get(at)?;
        let is_it = (page.kind, &*page.slug) == (kind, slug);
        u32::try_from(at).ok().filter(|_| is_it).map(PageId)
    }

    /// Every page with its id, by kind and slug.
    pub fn iter(&self) -> impl Iterator<Item = (PageId, &Entry<PageId>)> {
        (0..).map(PageId).zip(self.pages.iter().map(|page| &**page))
    }
}

/// A release with the problems of letting it through, and with what it was made of.
#[derive(Debug)]
pub struct Released {
    /// What the audience may see.
    pub release: Release,
    dossier: Dossier,
    door: Arc<Door>,
    in_pages: BTreeMap<PageId, Vec<Diagnostic>>,
    in_intros: Vec<Diagnostic>,
}

impl Released {
    /// The bare links whose words would have named what is withheld, and what leads to what only waits or is
    /// an indicator for others.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.in_pages.values().flatten().chain(&self.in_intros)
    }

    /// What waits for its day, or is a draft.
    #[must_use]
    pub fn waiting(&self) -> Waiting {
        let mut waiting = Waiting::default();
        let broken = &self.dossier.broken;
        for (id, wait) in &self.door.waiting {
            // What only counts as a draft because it cannot be read is reported.
            if !broken.is_empty() && broken.contains(&self.dossier.entry(*id).path) {
                continue;
            }
            match *wait {
                Wait::Draft => waiting.drafts += 1,
                Wait::Until(day) => *waiting.later.entry(day).or_default() += 1,
            }
        }
        waiting
    }

    /// Finds the problems anew where there are any: they may point to places in entries that moved.
    fn retell(&mut self) {
        if !self.in_intros.is_empty() {
            (_, self.in_intros) = intros(&self.dossier, &self.release.kinds, &self.door);
        }
        if self.in_pages.is_empty() {
            return;
        }
        // Only those of which there is something to tell are made.
        for (at, page) in self.door.pages.iter().enumerate() {
            if let Some(found) = page.and_then(|page| self.in_pages.get_mut(&page)) {
                let entry = &self.dossier.entries[at];
                found.clear();
                entry::release(entry, &self.door, found);
                leads::of_entry(entry, &self.dossier, &self.door, found);
            }
        }
        self.in_pages.retain(|_, found| !found.is_empty());
    }

    fn intros(&mut self) {
        let (intros, problems) = intros(&self.dossier, &self.release.kinds, &self.door);
        self.release.intros = intros;
        self.in_intros = problems;
    }
}

/// Lets through what the audience may see; `before` is what was let through last.
#[must_use]
pub fn release(dossier: &Dossier, audience: Audience, before: Option<Released>) -> Released {
    let again = before.and_then(|before| again(dossier, audience, before));
    again.unwrap_or_else(|| whole(dossier, audience))
}

fn whole(dossier: &Dossier, audience: Audience) -> Released {
    let door = Arc::new(Door::new(dossier, audience));
    let admitted: Vec<&Arc<Entry<EntryId>>> = dossier
        .entries
        .iter()
        .filter(|entry| door.admits(entry))
        .collect();
    let (pages, problems): (Vec<Arc<Entry<PageId>>>, Vec<_>) = admitted
        .into_par_iter()
        .map(|entry| {
            let mut problems = Vec::new();
            let page = entry::release(entry, &door, &mut problems);
            leads::of_entry(entry, dossier, &door, &mut problems);
            (Arc::new(page), problems)
        })
        .unzip();
    let problems = (0..).map(PageId).zip(problems);
    let mut released = Released {
        release: Release {
            audience: audience.tlp,
            tagged: pages.iter().any(|page| !page.tags.is_empty()),
            kinds: kinds(&pages),
            pages: SharedList::from(pages),
            intros: Vec::new(),
            indicators: Arc::clone(&door.indicators),
        },
        dossier: dossier.clone(),
        door,
        in_pages: problems.filter(|(_, found)| !found.is_empty()).collect(),
        in_intros: Vec::new(),
    };
    released.intros();
    released
}

/// The release after an edit, or nothing where who passes, or what may be named, is no longer the same.
fn again(dossier: &Dossier, audience: Audience, mut before: Released) -> Option<Released> {
    let Released {
        door, dossier: was, ..
    } = &before;
    // Where the writer is told of what is withheld, that it is broken or an indicator counts too.
    let tells_the_same = dossier.broken == was.broken
        && (Arc::ptr_eq(&dossier.indicators, &was.indicators)
            || dossier.indicators == was.indicators);
    let of_the_same = door.audience == audience && dossier.entries.len() == was.entries.len();
    if !of_the_same || !tells_the_same {
        return None;
    }
    let changed = dossier.entries.changed(&was.entries);
    let same = |&at: &usize| {
        let id = EntryId(u32::try_from(at).unwrap_or(u32::MAX));
        door.stands(id, &was.entries[at], &dossier.entries[at])
    };
    if !changed.iter().all(same) {
        return None;
    }
    let mut untagged = false;
    for at in changed {
        let id = EntryId(u32::try_from(at).unwrap_or(u32::MAX));
        let Some(page) = before.door.page(id) else {
            continue;
        };
        let mut problems = Vec::new();
        let entry = &dossier.entries[at];
        let released = entry::release(entry, &before.door, &mut problems);
        leads::of_entry(entry, dossier, &before.door, &mut problems);
        let tagged = !released.tags.is_empty();
        before.release.tagged |= tagged;
        untagged |= !tagged && !before.release.page(page).tags.is_empty();
        before
            .release
            .pages
            .set(page.0 as usize, Arc::new(released));
        if problems.is_empty() {
            before.in_pages.remove(&page);
        } else {
            before.in_pages.insert(page, problems);
        }
    }
    if untagged {
        let mut pages = before.release.pages.iter();
        before.release.tagged = pages.any(|page| !page.tags.is_empty());
    }
    let texts = |dossier: &Dossier| -> Vec<_> { dossier.intros.iter().map(Arc::as_ptr).collect() };
    let introduced = texts(dossier) != texts(&before.dossier);
    before.dossier = dossier.clone();
    if introduced {
        before.intros();
    }
    before.retell();
    Some(before)
}

fn kinds(pages: &[Arc<Entry<PageId>>]) -> Arc<[Kind]> {
    let kinds: BTreeSet<Kind> = pages.iter().map(|page| page.kind).collect();
    let listed = kinds.into_iter().filter(|kind| kind.is_of_entries());
    listed.collect()
}

fn intros(
    dossier: &Dossier,
    kinds: &[Kind],
    door: &Door,
) -> (Vec<Arc<Intro<PageId>>>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let intros = dossier
        .intros
        .iter()
        .filter(|intro| intro.tlp <= door.audience.tlp)
        // Where no entry of a kind is released there is no index to introduce.
        .filter(|intro| intro.of.is_none_or(|kind| kinds.contains(&kind)))
        .map(|intro| {
            let mut found = Vec::new();
            let released = entry::release_intro(intro, door, &mut found);
            leads::of_intro(intro, dossier, door, &mut found);
            problems.extend(found);
            Arc::new(released)
        })
        .collect();
    (intros, problems)
}

/// What releasing leaves for a later process: who passed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tables {
    door: Arc<Door>,
    tagged: bool,
    kinds: Arc<[Kind]>,
    in_pages: BTreeMap<PageId, Vec<Diagnostic>>,
}

impl Tables {
    /// Whether an entry passes, or waits, as it did.
    #[must_use]
    pub fn admits_alike<R>(&self, was: &Entry<R>, is: &Entry<R>) -> bool {
        let judged = |entry| (self.door.admits(entry), self.door.waits(entry));
        judged(was) == judged(is)
    }

    /// The same on another day, if nothing passes then that did not, or the other way round.
    #[must_use]
    pub fn on(mut self, today: Day) -> Option<Tables> {
        let door = Arc::get_mut(&mut self.door)?;
        let stands = today >= door.audience.today && door.until.is_none_or(|until| today < until);
        door.audience.today = today;
        stands.then_some(self)
    }
}

impl Released {
    /// What it leaves.
    #[must_use]
    pub fn tables(&self) -> Tables {
        Tables {
            door: Arc::clone(&self.door),
            tagged: self.release.tagged,
            kinds: Arc::clone(&self.release.kinds),
            in_pages: self.in_pages.clone(),
        }
    }

    /// Restores a release from what it left, each entry when it is asked for; `dossier` must be the one that it
    /// was made from.
    #[must_use]
    pub fn on_demand(tables: Tables, dossier: &Dossier) -> Released {
        let Tables {
            door,
            tagged,
            kinds,
            in_pages,
        } = tables;
        let admitted = (0..).map(EntryId).zip(&door.pages);
        let admitted = admitted.filter_map(|(id, page)| page.map(|_| id.0 as usize));
        let admitted: Vec<usize> = admitted.collect();
        let (entries, at_door) = (dossier.entries.clone(), Arc::clone(&door));
        let pages = SharedList::on_demand(admitted.len(), move |at| {
            let entry = &entries[admitted[at]];
            Arc::new(entry::release(entry, &at_door, &mut Vec::new()))
        });
        let mut released = Released {
            release: Release {
                audience: door.audience.tlp,
                tagged,
                kinds,
                pages,
                intros: Vec::new(),
                indicators: Arc::clone(&door.indicators),
            },
            dossier: dossier.clone(),
            door,
            in_pages,
            in_intros: Vec::new(),
        };
        released.intros();
        released
    }
}

/// What an entry waits for that would pass otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Wait {
    /// To be no draft any more.
    Draft,
    /// A day.
    Until(Day),
}

/// What decides who passes.
#[derive(Debug, Serialize, Deserialize)]
struct Door {
    audience: Audience,
    /// The first day, after that of the audience, on which another entry is let through.
    until: Option<Day>,
    /// For every entry its page, if it has one.
    pages: Vec<Option<PageId>>,
    /// Every entry that only waits, and what for.
    waiting: BTreeMap<EntryId, Wait>,
    /// Hashes of every address that is an indicator in what passes.
    indicators: Arc<HashSet<u64>>,
    /// For every entry of which a marked part is withheld: where its headings and ids went.
    fragments: HashMap<EntryId, Fragments>,
    /// For every entry of which an alias is withheld: the names that it still has, folded.
    names: HashMap<EntryId, BTreeSet<String>>,
    /// For every entry the headings whose words name something withheld.
    naming: HashMap<EntryId, HashSet<u32>>,
    /// What organisations that pass lend to the grades of what they published.
    lent: BTreeMap<EntryId, Lent>,
    /// Of every page of the site that an address of a source names, whether it passes, by its path.
    own: BTreeMap<String, bool>,
}

impl Door {
    fn new(dossier: &Dossier, audience: Audience) -> Door {
        let pages = Vec::with_capacity(dossier.entries.len());
        let days = dossier.entries.iter().filter_map(|entry| entry.publish);
        let mut door = Door {
            audience,
            until: days.filter(|&day| day > audience.today).min(),
            pages,
            waiting: BTreeMap::new(),
            indicators: Arc::default(),
            fragments: HashMap::new(),
            names: HashMap::new(),
            naming: HashMap::new(),
            lent: BTreeMap::new(),
            own: BTreeMap::new(),
        };
        let mut next = 0;
        for (entry, id) in dossier.entries.iter().zip((0..).map(EntryId)) {
            if let Some(map) = door.fragments(&entry.prose) {
                door.fragments.insert(id, map);
            }
            if entry.statements.aliases().any(|it| !door.sees(it.tlp)) {
                door.names.insert(id, door.names_of(entry));
            }
            if let Some(lent) = door.lent_by(entry) {
                door.lent.insert(id, lent);
            }
            if let Some(wait) = door.waits(entry) {
                door.waiting.insert(id, wait);
            }
            let page = door.admits(entry).then_some(PageId(next));
            next += u32::from(page.is_some());
            door.pages.push(page);
        }
        door.find_own(dossier);
        door.find_naming(dossier);
        door.indicators = door.all_shown(dossier);
        door
    }

    /// Whether the door is the same for all others when an entry becomes what it is now.
    fn stands(&self, id: EntryId, was: &Entry<EntryId>, is: &Entry<EntryId>) -> bool {
        let hides = is.statements.aliases().any(|it| !self.sees(it.tlp));
        self.admits(was) == self.admits(is)
            && self.waits(was) == self.waits(is)
            && self.shown(was) == self.shown(is)
            && own_paths(was).eq(own_paths(is))
            && (in_common(was) == in_common(is) || !self.own.keys().any(|path| is_list(path)))
            && self.fragments(&is.prose).as_ref() == self.fragments.get(&id)
            && self.lent_by(is).as_ref() == self.lent.get(&id)
            && hides.then(|| self.names_of(is)).as_ref() == self.names.get(&id)
            // Headings that name what is withheld may depend on each other: only where there are none before and
            // after is it certain that nothing else moves.
            && self.naming.get(&id).is_none_or(HashSet::is_empty)
            && self.naming_headings(&is.prose).is_empty()
    }

    /// Whether an entry passes as a whole.
    fn admits<R>(&self, entry: &Entry<R>) -> bool {
        entry.tlp <= self.audience.tlp && self.waits(entry).is_none()
    }

    /// What an entry waits for that would pass otherwise.
    fn waits<R>(&self, entry: &Entry<R>) -> Option<Wait> {
        let day = entry.publish.filter(|&day| day > self.audience.today);
        if self.audience.drafts || entry.tlp > self.audience.tlp {
            None
        } else if entry.draft {
            Some(Wait::Draft)
        } else {
            day.map(Wait::Until)
        }
    }

    /// Finds the pages that addresses of sources name.
    fn find_own(&mut self, dossier: &Dossier) {
        let named = dossier.entries.iter().flat_map(|entry| own_paths(entry));
        // What is no page, and was none, is elsewhere on the host.
        self.own = named
            .map(|path| (path.clone(), !may_be_entry(&path)))
            .collect();
        if self.own.is_empty() {
            return;
        }
        for (entry, page) in dossier.entries.iter().zip(&self.pages) {
            let path = format!("{}/{}", entry.kind.folder(), entry.slug);
            let former = entry.redirect_from.iter().map(|it| page_path(&it.value));
            for path in former.chain([path]) {
                if let Some(passes) = self.own.get_mut(&path) {
                    *passes = page.is_some();
                }
            }
        }
        let lists = self.own.keys().filter(|path| is_list(path)).cloned();
        for path in lists.collect::<Vec<_>>() {
            let passes = self.lists(dossier, &path);
            self.own.insert(path, passes);
        }
    }

    /// Whether an entry passes that stands on the list at a path.
    fn lists(&self, dossier: &Dossier, path: &str) -> bool {
        let (folder, slug) = path.split_once('/').unwrap_or((path, ""));
        let passing = || {
            let all = dossier.entries.iter().zip(&self.pages);
            all.filter_map(|(entry, page)| page.is_some().then_some(entry))
        };
        let mut telling = passing().filter(|entry| entry.withdrawn.is_none());
        match Family::from_folder(folder) {
            None => telling.any(|entry| self.bears(entry, slug)),
            Some(Family::Countries) => telling.any(|entry| {
                let country = entry.country.as_ref().map(|it| it.value);
                let country = country.filter(|&id| self.page(id).is_some());
                country.is_some_and(|id| dossier.entries[id.0 as usize].slug == slug)
            }),
            Some(Family::Sectors) => {
                telling.any(|entry| entry.sectors().iter().any(|it| it.word() == slug))
            }
            // Of an entry that is withdrawn the marking stays.
            Some(Family::Markings) => {
                let slug = slug.replace("amber-strict", Tlp::AmberStrict.name());
                passing().any(|entry| entry.tlp > Tlp::Clear)
                    && passing().any(|entry| entry.tlp.name() == slug)
            }
        }
    }

    /// Whether an entry has a tag that passes, by the last part of its address.
    fn bears(&self, entry: &Entry<EntryId>, slug: &str) -> bool {
        let tags = entry.tags.iter().filter(|tag| self.sees(tag.tlp));
        tags.map(|tag| slug::tag(&tag.value)).any(|tag| tag == slug)
    }

    /// Whether a page of the site passes that an address of a source names; what is no page does not.
    fn shows_own(&self, path: &str) -> bool {
        own_page(path).is_some_and(|page| self.own.get(&page).is_some_and(|passes| *passes))
    }

    /// Whether every indicator of an entry passes.
    fn shows_all(&self, entry: &Entry<EntryId>) -> bool {
        let whole = &entry.prose.body;
        let names = |passes: &dyn Fn(Option<Tlp>) -> bool| entry.addresses(passes).count();
        let named = names(&|_| true);
        whole.indicators.is_empty() && named == 0
            || self.admits(entry)
                && entry.withdrawn.is_none()
                && named == names(&|tlp| self.sees(tlp))
                && Arc::ptr_eq(self.passing(&entry.prose).body, whole)
    }

    /// Hashes of the addresses that are indicators in what passes of an entry.
    fn shown(&self, entry: &Entry<EntryId>) -> HashSet<u64> {
        if !self.admits(entry) {
            return HashSet::new();
        }
        // Of what is withdrawn the title stays.
        if entry.withdrawn.is_some() {
            let title = entry.address();
            return title.iter().flat_map(Indicator::address_hashes).collect();
        }
        let lines = self.passing(&entry.prose).body.indicators.iter();
        let names = entry.addresses(|tlp| self.sees(tlp));
        { lines.flat_map(|line| line.indicator.address_hashes()) }
            .chain(names.flat_map(|it| it.address_hashes()))
            .collect()
    }

    /// The same of all entries.
    fn all_shown(&self, dossier: &Dossier) -> Arc<HashSet<u64>> {
        if dossier.entries.iter().all(|entry| self.shows_all(entry)) {
            return Arc::clone(&dossier.indicators);
        }
        let entries = dossier.entries.iter();
        Arc::new(entries.flat_map(|entry| self.shown(entry)).collect())
    }

    fn names_of(&self, entry: &Entry<EntryId>) -> BTreeSet<String> {
        let long = format!("{}/{}", entry.kind.folder(), entry.slug);
        let aliases = entry.statements.aliases();
        let seen = aliases.filter(|it| self.sees(it.tlp));
        let seen = seen.map(|it| &it.what.name);
        let live = entry.addresses(|tlp| self.sees(tlp));
        let live = live.map(|it| fold(&it.value));
        [&entry.title, &entry.slug, &entry.id, &long]
            .into_iter()
            .chain(seen)
            .map(|name| fold(name))
            .chain(live)
            .collect()
    }

    /// Whether a link names a released entry by an alias that is withheld.
    fn hides_name(&self, id: EntryId, place: Option<Fragment>, link: &Link) -> bool {
        match (self.names.get(&id), link.entry_name(place.is_some())) {
            (Some(names), Some(name)) => !names.contains(&fold(name)),
            _ => false,
        }
    }

    /// Where a place in an entry's text went, if it is released.
    fn fragment_of(&self, id: EntryId, place: Fragment) -> Option<Fragment> {
        match self.fragments.get(&id) {
            Some(map) => map.at(place),
            None => Some(place),
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

/// The pages of the site that the addresses of a source name, by their paths.
fn own_paths(entry: &Entry<EntryId>) -> impl Iterator<Item = String> {
    let addresses = entry.evidence().map(|it| [&it.url, &it.archived]);
    let addresses = addresses.into_iter().flatten().flatten();
    addresses.filter_map(|url| match &url.value {
        Outside::Own(_, path) => own_page(path),
        Outside::Live(_) | Outside::Defanged(_) => None,
    })
}

/// The page that a path of the site names; none where it names a place of an entry, which may be withheld where the
/// page is not, or what was picked on a page, which are entries.
fn own_page(path: &str) -> Option<String> {
    let (page, place) = path.split_once('#').unwrap_or((path, ""));
    let passes = (place.is_empty() || !may_be_entry(page)) && !picks(page, Some(place));
    passes.then(|| page_path(page))
}

/// Whether a page of the site lists entries that have something in common.
fn is_list(path: &str) -> bool {
    let (folder, rest) = path.split_once('/').unwrap_or((path, ""));
    !rest.is_empty() && is_of_lists(folder)
}

/// What decides on which lists an entry stands.
fn in_common(entry: &Entry<EntryId>) -> impl PartialEq + use<'_> {
    let country = entry.country.as_ref().map(|it| it.value);
    (&entry.tags, country, entry.tlp, entry.withdrawn.is_some())
}
