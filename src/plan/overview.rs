//! What the home page counts and ranks over the whole dossier.
//!
//! Takes a planned site; gives the counts, the most connected and the newest. After an edit each count
//! loses what the edited pages gave to it and gains what they give now, so that no other page is looked
//! at; where that cannot be told (what changed last was changed back, a source derives from another one
//! than before) it is made anew. Chooses no words.

use super::{Edit, Graph, Index, Site, least};
use crate::model::{Day, Details, Entry, Grade, Kind, PageId, Seen, Tlp, Verb};
use crate::release::Release;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The kinds of which the most connected are shown, and how many of each.
const MAIN: [(Kind, usize); 2] = [(Kind::Actor, 3), (Kind::Incident, 5)];

/// How many of those that changed last are shown.
const NEWEST: usize = 6;

/// How often each thing occurs.
type Tally<T> = BTreeMap<T, u32>;

/// The dossier as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// How many statements cite something.
    pub statements: usize,
    /// How many sources there are of which the text was not seen.
    pub unseen: u32,
    /// How many sources have which grade.
    pub grades: BTreeMap<Grade, u32>,
    /// The first note that holds key judgements.
    pub key: Option<PageId>,
    /// The most connected actors and incidents.
    pub main: Vec<PageId>,
    /// What changed last, as far as it is told, and when.
    pub newest: Vec<(Day, PageId)>,
    /// How many pages bear which marking in what the home page may show of them.
    markings: Tally<Tlp>,
    /// How many pages bear which marking in what the list of tags shows of them.
    tagged: Tally<Tlp>,
    /// How many sources that are cited go back to which origin.
    origins: Arc<Tally<PageId>>,
    /// For every page that may be among the most connected, how much leads to and from it.
    links: Arc<Vec<Option<u32>>>,
}

impl Overview {
    /// Looks over the whole site.
    pub(super) fn of(site: &Site) -> Overview {
        let (release, graph) = (&site.release, &site.graph);
        let pages = release.pages.par_iter().enumerate();
        let mut overview = Overview {
            statements: pages
                .map(|(at, page)| graph.ledgers[at].statements(page))
                .sum(),
            key: key(site),
            newest: newest(release),
            origins: Arc::new(origins(release, graph)),
            links: Arc::new(release.iter().map(|(id, _)| links(site, id)).collect()),
            ..Overview::default()
        };
        for (_, page) in release.iter() {
            overview.unseen += u32::from(is_unseen(page));
            add(&mut overview.grades, grade(page));
            add(&mut overview.markings, Some(marking(page)));
            add(&mut overview.tagged, tagged(page));
        }
        overview.main = main(&site.indexes, &overview.links);
        overview
    }

    /// The same after an edit of the site that this is of, which changed what leads to the pages `reached`.
    pub(super) fn after(
        &self,
        before: &Site,
        site: &Site,
        edit: &Edit,
        reached: &BTreeSet<PageId>,
    ) -> Overview {
        let mut overview = self.clone();
        for &id in &edit.pages {
            let (was, is) = (before.release.page(id), site.release.page(id));
            let statements = |site: &Site, page| site.graph.ledgers[id.0 as usize].statements(page);
            overview.statements += statements(site, is);
            overview.statements -= statements(before, was);
            overview.unseen += u32::from(is_unseen(is));
            overview.unseen -= u32::from(is_unseen(was));
            add(&mut overview.grades, grade(is));
            take(&mut overview.grades, grade(was));
            add(&mut overview.markings, Some(marking(is)));
            take(&mut overview.markings, Some(marking(was)));
            add(&mut overview.tagged, tagged(is));
            take(&mut overview.tagged, tagged(was));
        }
        overview.rekey(site, edit);
        overview.renew(&before.release, &site.release, edit);
        overview.trace(before, site, edit, reached);
        overview.rank(before, site, edit, reached);
        overview
    }

    /// How many sources are cited.
    #[must_use]
    pub fn sources(&self) -> usize {
        self.origins.values().map(|&count| count as usize).sum()
    }

    /// How many of them do not derive from one another.
    #[must_use]
    pub fn independent(&self) -> usize {
        self.origins.len()
    }

    /// The highest marking of what the home page may show of the pages.
    #[must_use]
    pub fn tlp(&self) -> Tlp {
        highest(&self.markings)
    }

    /// The highest marking of what the list of tags shows of the pages.
    #[must_use]
    pub fn tags_tlp(&self) -> Tlp {
        highest(&self.tagged)
    }

    fn rekey(&mut self, site: &Site, edit: &Edit) {
        let is_key = |id: PageId| is_key(site.release.page(id));
        let edited = edit.pages.iter().copied();
        self.key = match self.key {
            // Those after it are not known.
            Some(first) if edit.pages.contains(&first) && !is_key(first) => key(site),
            known => edited.filter(|&id| is_key(id)).chain(known).min(),
        };
    }

    /// Those that changed last: all that are not known changed before the last that is.
    fn renew(&mut self, before: &Release, release: &Release, edit: &Edit) {
        let day = |release: &Release, id| news(release.page(id));
        let moved = |&id: &PageId| day(before, id) != day(release, id);
        let moved: Vec<PageId> = edit.pages.iter().copied().filter(moved).collect();
        if moved.is_empty() {
            return;
        }
        let full = self.newest.len() == NEWEST;
        let last = self.newest.last().copied().filter(|_| full);
        self.newest.retain(|(_, id)| !moved.contains(id));
        let dated = moved.iter().filter_map(|&id| Some((day(release, id)?, id)));
        self.newest.extend(dated);
        self.newest.sort_unstable_by_key(lateness);
        self.newest.truncate(NEWEST);
        let known = last.is_none_or(|last| {
            let now = self.newest.get(NEWEST - 1);
            now.is_some_and(|now| lateness(now) <= lateness(&last))
        });
        if !known {
            self.newest = newest(release);
        }
    }

    /// The origins of the sources that are cited.
    fn trace(&mut self, before: &Site, site: &Site, edit: &Edit, reached: &BTreeSet<PageId>) {
        let derived = |site: &Site, id| derived(site.release.page(id));
        if (edit.pages.iter()).any(|&id| derived(before, id) != derived(site, id)) {
            self.origins = Arc::new(origins(&site.release, &site.graph));
            return;
        }
        for &id in reached {
            let (was, is) = (is_cited(&before.graph, id), is_cited(&site.graph, id));
            if was == is || site.release.page(id).kind != Kind::Source {
                continue;
            }
            let tally: &mut Tally<PageId> = Arc::make_mut(&mut self.origins);
            let origin = Some(origin(&site.release, id));
            if is {
                add(tally, origin);
            } else {
                take(tally, origin);
            }
        }
    }

    /// The most connected.
    fn rank(&mut self, before: &Site, site: &Site, edit: &Edit, reached: &BTreeSet<PageId>) {
        let at = |id: PageId| id.0 as usize;
        let known = |id| self.links.get(at(id)).copied().flatten();
        // Where only what leads to a page changed, what it states itself is as it was.
        let led = reached.iter().filter_map(|&id| {
            let links = known(id)? + leading(&site.graph, id);
            Some((id, Some(links - leading(&before.graph, id))))
        });
        let edited = edit.pages.iter().map(|&id| (id, links(site, id)));
        let links: BTreeMap<PageId, Option<u32>> = led.chain(edited).collect();
        let moved: Vec<_> = (links.into_iter())
            .filter(|&(id, links)| known(id) != links)
            .collect();
        if moved.is_empty() && Arc::ptr_eq(&before.indexes, &site.indexes) {
            return;
        }
        for (id, links) in moved {
            let all: &mut Vec<_> = Arc::make_mut(&mut self.links);
            if let Some(place) = all.get_mut(at(id)) {
                *place = links;
            }
        }
        self.main = main(&site.indexes, &self.links);
    }
}

fn highest(tally: &Tally<Tlp>) -> Tlp {
    let highest = tally.last_key_value();
    highest.map_or_else(Tlp::default, |(&tlp, _)| tlp)
}

fn add<T: Ord>(tally: &mut Tally<T>, what: Option<T>) {
    if let Some(what) = what {
        *tally.entry(what).or_default() += 1;
    }
}

fn take<T: Ord>(tally: &mut Tally<T>, what: Option<T>) {
    let Some(what) = what else {
        return;
    };
    match tally.get_mut(&what) {
        Some(count) if *count > 1 => *count -= 1,
        _ => {
            tally.remove(&what);
        }
    }
}

fn is_unseen(page: &Entry<PageId>) -> bool {
    let evidence = page.evidence();
    evidence.is_some_and(|evidence| evidence.seen == Some(Seen::Reference))
}

fn grade(page: &Entry<PageId>) -> Option<Grade> {
    page.evidence()?.grade
}

fn is_key(page: &Entry<PageId>) -> bool {
    page.withdrawn.is_none() && matches!(page.details, Details::Note { key: true })
}

/// The first note that holds key judgements.
fn key(site: &Site) -> Option<PageId> {
    let notes = site.index(Kind::Note)?.by_name.all().iter().copied();
    notes.filter(|&id| is_key(site.release.page(id))).min()
}

/// The highest marking of what the home page may show of a page: its card, its changes, its key
/// judgements. What a card shows of other pages is marked as those are, and they are counted themselves.
fn marking(page: &Entry<PageId>) -> Tlp {
    let leading = |name: &&str| page.statements.fact(name)?.leading()?.tlp;
    let facts = ["dates", "first_seen", "loss.actual"];
    let derived = page.statements.relations();
    let derived = derived.filter(|relation| relation.what.verb == Verb::DerivedFrom);
    let key = matches!(page.details, Details::Note { key: true });
    let judgements = page.statements.judgements().filter(|_| key);
    let lent = page.evidence().and_then(|evidence| evidence.lent);
    (facts.iter().filter_map(leading))
        .chain(lent)
        .chain(page.summary.as_ref().and_then(|summary| summary.tlp))
        .chain(page.statements.latest_legal().and_then(|legal| legal.tlp))
        .chain(derived.filter_map(|relation| relation.tlp))
        .chain(page.changes.iter().filter_map(|change| change.tlp))
        .chain(judgements.filter_map(|judgement| judgement.tlp))
        .fold(page.tlp, Tlp::max)
}

/// The marking of what the list of tags shows of a page, if it bears any.
fn tagged(page: &Entry<PageId>) -> Option<Tlp> {
    let tags = page.tags.iter().filter_map(|tag| tag.tlp);
    (!page.tags.is_empty()).then(|| tags.fold(page.tlp, Tlp::max))
}

fn lateness(&(day, id): &(Day, PageId)) -> (Reverse<Day>, PageId) {
    (Reverse(day), id)
}

/// The day at which an entry is news; a page about the dossier is none.
fn news(page: &Entry<PageId>) -> Option<Day> {
    page.last_changed().filter(|_| page.kind.is_of_entries())
}

fn newest(release: &Release) -> Vec<(Day, PageId)> {
    let days = release
        .iter()
        .filter_map(|(id, page)| Some((Reverse(news(page)?), id)));
    let newest = least(NEWEST, days).into_iter();
    newest.map(|(Reverse(day), id)| (day, id)).collect()
}

/// How much leads to a page and from it; nothing for those that are not ranked.
fn links(site: &Site, id: PageId) -> Option<u32> {
    let page = site.release.page(id);
    let ranked = MAIN.iter().any(|&(kind, _)| kind == page.kind) && page.withdrawn.is_none();
    let own = u32::try_from(page.statements.relations().count()).unwrap_or(u32::MAX);
    ranked.then(|| leading(&site.graph, id) + own)
}

/// How much leads to a page.
fn leading(graph: &Graph, id: PageId) -> u32 {
    let links = graph.incoming(id).len() + graph.mention_groups(id).count();
    u32::try_from(links).unwrap_or(u32::MAX)
}

/// The most connected; of two that are equally so, the first by name.
fn main(indexes: &[Index], links: &[Option<u32>]) -> Vec<PageId> {
    let of_kind = |(kind, most)| {
        let index = indexes.iter().find(|index| index.kind == kind);
        let ids = index.map_or(&[][..], |index| index.by_name.all());
        let ranked = ids.iter().enumerate().filter_map(|(at, &id)| {
            let links = links.get(id.0 as usize).copied().flatten()?;
            Some((Reverse(links), at, id))
        });
        least(most, ranked).into_iter().map(|(.., id)| id)
    };
    MAIN.into_iter().flat_map(of_kind).collect()
}

fn is_cited(graph: &Graph, id: PageId) -> bool {
    !graph.citing[id.0 as usize].is_empty()
}

/// The origins of the sources that are cited.
fn origins(release: &Release, graph: &Graph) -> Tally<PageId> {
    let mut origins = Tally::new();
    for id in (0..).map(PageId).take(graph.citing.len()) {
        if is_cited(graph, id) && release.page(id).kind == Kind::Source {
            add(&mut origins, Some(origin(release, id)));
        }
    }
    origins
}

/// How many origins sources go back to.
#[must_use]
pub fn independent(release: &Release, sources: impl Iterator<Item = PageId>) -> usize {
    let mut origins: Vec<PageId> = sources.map(|source| origin(release, source)).collect();
    origins.sort_unstable();
    origins.dedup();
    origins.len()
}

/// What a source derives from.
fn derived(page: &Entry<PageId>) -> Option<PageId> {
    let mut relations = page.statements.relations();
    let derived = relations.find(|it| it.what.verb == Verb::DerivedFrom);
    derived.map(|relation| relation.what.target)
}

/// What a source stands on: the first that it derives from.
#[must_use]
pub fn basis(release: &Release, source: PageId) -> Option<PageId> {
    derived(release.page(source))
}

/// Where a source's words come from in the end. Derivations may form a circle: then its least member.
fn origin(release: &Release, source: PageId) -> PageId {
    let derived = |from| derived(release.page(from));
    // Nearly every one is its own origin.
    if derived(source).is_none() {
        return source;
    }
    let mut path = vec![source];
    loop {
        let last = path[path.len() - 1];
        let Some(next) = derived(last) else {
            return last;
        };
        if let Some(start) = path.iter().position(|&seen| seen == next) {
            return path[start..].iter().copied().min().unwrap_or(last);
        }
        path.push(next);
    }
}
