//! What leads where: relations from the other end, mentions in prose, citations of sources.
//!
//! Every list is in order of the page that it comes from (kind, slug), then of its place there.

use super::Edit;
use super::ledger::{By, Ledger};
use crate::model::body::Target;
use crate::model::{Entry, PageId, Spot, Verb};
use crate::release::Release;
use crate::shared_list::{SharedList, exact};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The edges of a release. A copy shares what an edit does not reach.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// The citations of every page, by [`PageId`].
    pub ledgers: SharedList<Ledger>,
    /// The citations of every text of [`Release::intros`].
    pub intro_ledgers: Vec<Arc<Ledger>>,
    /// For every page the relations that others state of it.
    pub incoming: SharedList<Vec<Incoming>>,
    /// For every page the links in the texts of others that lead to it.
    pub mentions: SharedList<Vec<Mention>>,
    /// For every page, if it is a source, the places that cite it.
    pub citing: SharedList<Vec<Citing>>,
}

/// A relation seen from its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// Who states it.
    pub from: PageId,
    /// Which of its `statements`.
    pub relation: u32,
}

/// A link in a text of another page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Whose.
    pub from: PageId,
    /// Where there.
    pub spot: Spot,
    /// Which of the `targets` of that text.
    pub link: u32,
    /// Whether what it leads to is shown in its place.
    pub embed: bool,
}

/// A citation seen from its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citing {
    /// Whose ledger.
    pub from: Origin,
    /// Which of its `places`.
    pub place: u32,
}

/// A page that has a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// An entry's page.
    Page(PageId),
    /// The home page or an index page: an index into [`Release::intros`].
    Intro(u32),
}

/// An edge as it stands in the list of its target: in order of where it comes from.
trait Edge: Copy {
    fn from(&self) -> Origin;
}

impl Edge for Incoming {
    fn from(&self) -> Origin {
        Origin::Page(self.from)
    }
}

impl Edge for Mention {
    fn from(&self) -> Origin {
        Origin::Page(self.from)
    }
}

impl Edge for Citing {
    fn from(&self) -> Origin {
        self.from
    }
}

impl Graph {
    /// Collects the edges of a release.
    #[must_use]
    pub fn of(release: &Release) -> Graph {
        let ids = (0..release.pages.len()).into_par_iter();
        let ledgers = ids.map(|at| {
            Ledger::of(
                &release.pages,
                PageId(u32::try_from(at).unwrap_or(u32::MAX)),
            )
        });
        let ledgers = SharedList::collect(ledgers);
        let intro_ledgers = intro_ledgers(release);
        let count = release.pages.len();
        let mut incoming = vec![Vec::new(); count];
        let mut mentions = vec![Vec::new(); count];
        let mut citing = vec![Vec::new(); count];
        for ((id, page), ledger) in release.iter().zip(ledgers.iter()) {
            place(&mut incoming, relations(id, page));
            place(&mut mentions, links(id, page));
            place(&mut citing, citations(Origin::Page(id), ledger));
        }
        for (at, ledger) in (0..).zip(&intro_ledgers) {
            place(&mut citing, citations(Origin::Intro(at), ledger));
        }
        Graph {
            ledgers,
            intro_ledgers,
            incoming: incoming.into_iter().map(exact).collect(),
            mentions: mentions.into_iter().map(exact).collect(),
            citing: citing.into_iter().map(exact).collect(),
        }
    }

    /// The edges of a release after an edit of the one that these are of. Also gives the pages of which the incoming
    /// edges changed.
    pub(super) fn after(
        &self,
        before: &Release,
        release: &Release,
        edit: &Edit,
    ) -> (Graph, BTreeSet<PageId>) {
        let mut graph = self.clone();
        let mut reached = BTreeSet::new();
        for &id in &edit.pages {
            let (was, is) = (before.page(id), release.page(id));
            let from = Origin::Page(id);
            graph.recite(self, release, id, &mut reached);
            let (old, new) = (relations(id, was), relations(id, is));
            relead(&mut graph.incoming, from, old, new, &mut reached);
            // With another verb the same edge stands elsewhere on its target's page.
            if verbs(was) != verbs(is) {
                let relations = was.statements.relations().chain(is.statements.relations());
                reached.extend(relations.map(|it| it.what.target));
            }
            relead(
                &mut graph.mentions,
                from,
                links(id, was),
                links(id, is),
                &mut reached,
            );
        }
        for id in self.showing(&edit.pages) {
            graph.recite(self, release, id, &mut reached);
        }
        if edit.intros {
            graph.intro_ledgers = intro_ledgers(release);
            let (old, new) = (&self.intro_ledgers, &graph.intro_ledgers);
            for at in 0..old.len().max(new.len()) {
                let from = Origin::Intro(u32::try_from(at).unwrap_or(u32::MAX));
                let of = |ledgers: &[Arc<Ledger>]| {
                    ledgers
                        .get(at)
                        .map_or_else(Vec::new, |ledger| citations(from, ledger))
                };
                relead(&mut graph.citing, from, of(old), of(new), &mut reached);
            }
        }
        (graph, reached)
    }

    /// Makes the ledger of a page again.
    fn recite(
        &mut self,
        before: &Graph,
        release: &Release,
        id: PageId,
        reached: &mut BTreeSet<PageId>,
    ) {
        let ledger = Ledger::of(&release.pages, id);
        let from = Origin::Page(id);
        let old = citations(from, before.ledger(from));
        let new = citations(from, &ledger);
        relead(&mut self.citing, from, old, new, reached);
        self.ledgers.set(id.0 as usize, Arc::new(ledger));
    }

    /// The other pages that show something of some pages: what these cite is numbered there, too.
    pub(crate) fn showing(&self, pages: &[PageId]) -> BTreeSet<PageId> {
        let mentions = pages
            .iter()
            .flat_map(|id| self.mentions[id.0 as usize].iter());
        let shown = mentions.filter(|mention| mention.embed && !pages.contains(&mention.from));
        shown.map(|mention| mention.from).collect()
    }

    /// The ledger of a page.
    #[must_use]
    pub fn ledger(&self, origin: Origin) -> &Ledger {
        match origin {
            Origin::Page(id) => &self.ledgers[id.0 as usize],
            Origin::Intro(at) => &self.intro_ledgers[at as usize],
        }
    }

    /// The relations that others state of a page.
    #[must_use]
    pub fn incoming(&self, id: PageId) -> &[Incoming] {
        &self.incoming[id.0 as usize]
    }

    /// The places that cite a source, grouped by the page that they stand on.
    pub fn citing_groups(&self, id: PageId) -> impl Iterator<Item = &[Citing]> {
        self.citing[id.0 as usize].chunk_by(|a, b| a.from == b.from)
    }

    /// The links that lead to a page, grouped by the page that they stand on.
    pub fn mention_groups(&self, id: PageId) -> impl Iterator<Item = &[Mention]> {
        self.mentions[id.0 as usize].chunk_by(|a, b| a.from == b.from)
    }
}

pub(super) fn intro_ledgers(release: &Release) -> Vec<Arc<Ledger>> {
    let intros = release.intros.iter();
    intros
        .map(|intro| Arc::new(Ledger::of_intro(&release.pages, intro)))
        .collect()
}

/// The relations that a page states, with their targets.
fn relations(from: PageId, page: &Entry<PageId>) -> Vec<(PageId, Incoming)> {
    let relations = page.statements.relations();
    let edges = relations.map(|it| {
        let relation = it.id.index;
        (it.what.target, Incoming { from, relation })
    });
    edges.collect()
}

fn verbs(page: &Entry<PageId>) -> Vec<Verb> {
    let relations = page.statements.relations();
    relations.map(|relation| relation.what.verb).collect()
}

/// The links from a page's texts to other pages.
fn links(from: PageId, page: &Entry<PageId>) -> Vec<(PageId, Mention)> {
    let mut links = Vec::new();
    for (spot, text) in page.texts() {
        links.extend(
            (0..)
                .zip(text.body.links.iter().zip(&text.targets))
                .filter_map(|(link, (written, target))| match *target {
                    Target::Entry(to, _) if to != from => {
                        let embed = written.embed;
                        let mention = Mention {
                            from,
                            spot,
                            link,
                            embed,
                        };
                        Some((to, mention))
                    }
                    _ => None,
                }),
        );
    }
    links
}

/// The citations of a page that are not of withheld sources. What it shows of others is cited there.
fn citations(from: Origin, ledger: &Ledger) -> Vec<(PageId, Citing)> {
    let places = (0..).zip(&ledger.places);
    let own = places.filter(|(_, placed)| !matches!(placed.by, By::Embed { .. }));
    own.filter_map(|(place, placed)| Some((placed.source?, Citing { from, place })))
        .collect()
}

fn place<E>(lists: &mut [Vec<E>], edges: Vec<(PageId, E)>) {
    for (to, edge) in edges {
        lists[to.0 as usize].push(edge);
    }
}

/// Takes the edges that come from one page out of the lists of their targets, and puts those that now
/// come from it in their place.
fn relead<E: Edge + PartialEq>(
    lists: &mut SharedList<Vec<E>>,
    from: Origin,
    old: Vec<(PageId, E)>,
    new: Vec<(PageId, E)>,
    reached: &mut BTreeSet<PageId>,
) {
    if old == new {
        return;
    }
    let targets: BTreeSet<PageId> = old.iter().chain(&new).map(|&(to, _)| to).collect();
    for to in targets {
        let mut list = Vec::clone(&lists[to.0 as usize]);
        let start = list.partition_point(|edge| edge.from() < from);
        let end = list.partition_point(|edge| edge.from() <= from);
        let edges = new.iter().filter(|&&(other, _)| other == to);
        list.splice(start..end, edges.map(|&(_, edge)| edge));
        lists.set(to.0 as usize, Arc::new(list));
        reached.insert(to);
    }
}
