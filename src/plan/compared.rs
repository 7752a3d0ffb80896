//! Which actors have the most in common.
//!
//! Takes the released pages; gives the pairs of actors that are worth a page. What an actor has is what its own page states, and
//! what incidents and campaigns that are attributed to it state: names, victims, techniques, malware and tools, who is behind
//! it, and these acts themselves. What is denied it has not.

use super::Edit;
use crate::model::{Kind, PageId, Tlp, Verb};
use crate::release::Release;
use crate::resolve::fold;
use crate::text::hash;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// So many pairs have pages.
const PAIRS: usize = 20;

/// What more actors have than these says nothing of two of them.
const COMMON: usize = 50;

/// What one count is divided by, where several have it.
const WHOLE: u64 = 720_720;

/// Something that an actor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Trait {
    /// A name, as a hash of what it is when folded.
    Name(u64),
    /// What it states of another entry.
    Of(Verb, PageId),
    /// What is attributed to it.
    Act(PageId),
}

/// That an actor has something: who says so, the actor, what it has, and the marking of that.
type Has = (PageId, PageId, Trait, Tlp);

/// Two actors, by kind and slug, and how much they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The first.
    pub one: PageId,
    /// The second.
    pub other: PageId,
    /// How many things both have.
    pub shared: u32,
    /// The highest marking of what tells that.
    pub tlp: Tlp,
}

/// What actors have, and which of them share the most.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    has: Vec<Has>,
    pairs: Vec<Pair>,
}

/// What a page says that actors have.
fn said(release: &Release, id: PageId) -> Vec<Has> {
    let page = release.page(id);
    let relations = || page.statements.relations().filter(|it| !it.what.denied);
    let tlp = |own: Option<Tlp>| page.tlp.max(own.unwrap_or_default());
    let mut has = Vec::new();
    match page.kind {
        Kind::Actor => {
            let mut add = |what, own| has.push((id, id, what, tlp(own)));
            add(Trait::Name(hash(fold(&page.title).as_bytes())), None);
            for alias in page.statements.aliases() {
                add(
                    Trait::Name(hash(fold(&alias.what.name).as_bytes())),
                    alias.tlp,
                );
            }
            for it in relations() {
                let what = Trait::Of(it.what.verb, it.what.target);
                if is_compared(it.what.verb) || it.what.verb == Verb::AttributedTo {
                    add(what, it.tlp);
                }
            }
        }
        Kind::Incident | Kind::Campaign => {
            for by in relations().filter(|it| it.what.verb == Verb::AttributedTo) {
                let mut add = |what, own: Option<Tlp>| {
                    has.push((id, by.what.target, what, tlp(by.tlp).max(tlp(own))));
                };
                add(Trait::Act(id), None);
                for it in relations().filter(|it| is_compared(it.what.verb)) {
                    add(Trait::Of(it.what.verb, it.what.target), it.tlp);
                }
            }
        }
        Kind::Malware
        | Kind::Tool
        | Kind::Infrastructure
        | Kind::Technique
        | Kind::Vulnerability
        | Kind::Person
        | Kind::Organisation
        | Kind::Place
        | Kind::Note
        | Kind::Source
        | Kind::Page => {}
    }
    has
}

/// What is compared of what actors and their acts state of others.
#[must_use]
pub fn is_compared(verb: Verb) -> bool {
    matches!(verb, Verb::Uses | Verb::Targets)
}

impl Compared {
    pub(super) fn of(release: &Release) -> Compared {
        let has = release.iter().flat_map(|(id, _)| said(release, id));
        Compared::with(release, has.collect())
    }

    /// Of what is said, in the order of who says it. Each thing that two have counts the more the fewer have it: one divided by how many.
    fn with(release: &Release, has: Vec<Has>) -> Compared {
        let mut shared: BTreeMap<Trait, BTreeMap<PageId, Tlp>> = BTreeMap::new();
        let is_actor = |id: PageId| is_of(release, id, Kind::Actor);
        for &(_, actor, what, tlp) in has.iter().filter(|(_, actor, ..)| is_actor(*actor)) {
            let known = shared.entry(what).or_default().entry(actor);
            // Who is told of it in the open is enough.
            known.and_modify(|it| *it = (*it).min(tlp)).or_insert(tlp);
        }
        let mut pairs: BTreeMap<(PageId, PageId), (u64, Pair)> = BTreeMap::new();
        for actors in shared.values().filter(|it| it.len() <= COMMON) {
            let weight = WHOLE / u64::try_from(actors.len().max(1)).unwrap_or(1);
            for (&one, &tlp) in actors {
                for (&other, &others) in
                    actors.range((std::ops::Bound::Excluded(one), std::ops::Bound::Unbounded))
                {
                    let new = Pair {
                        one,
                        other,
                        shared: 0,
                        tlp: Tlp::Clear,
                    };
                    let (sum, pair) = pairs.entry((one, other)).or_insert((0, new));
                    *sum += weight;
                    pair.shared += 1;
                    pair.tlp = pair.tlp.max(tlp).max(others);
                }
            }
        }
        let ranked = pairs
            .into_iter()
            .map(|(ids, (sum, pair))| (Reverse(sum), ids, pair));
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by_key(|(sum, ids, _)| (*sum, *ids));
        ranked.truncate(PAIRS);
        Compared {
            has,
            pairs: ranked.into_iter().map(|(.., pair)| pair).collect(),
        }
    }

    /// What an edit changed of it, if anything.
    pub(super) fn after(&self, before: &Release, now: &Release, edit: &Edit) -> Option<Compared> {
        let edited = edit.pages.iter().copied();
        let moved: BTreeSet<PageId> = { edited }
            .filter(|&id| said(before, id) != said(now, id))
            .collect();
        if moved.is_empty() {
            return None;
        }
        let mut has = self.has.clone();
        has.retain(|(by, ..)| !moved.contains(by));
        has.extend(moved.iter().flat_map(|&id| said(now, id)));
        // Stable: what one page says stays in its order.
        has.sort_by_key(|(by, ..)| *by);
        Some(Compared::with(now, has))
    }

    /// The pairs that have pages, those that share the most first.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }
}

fn is_of(release: &Release, id: PageId, kind: Kind) -> bool {
    release.page(id).kind == kind
}

/// The address of all that are compared.
#[must_use]
pub fn compare_address() -> &'static str {
    "compare/"
}

/// The address of two that are compared.
#[must_use]
pub fn pair_address(release: &Release, one: PageId, other: PageId) -> String {
    let slug = |id: PageId| &release.page(id).slug;
    format!("compare/{}/{}/", slug(one), slug(other))
}
