//! What leads where: relations from the other end, mentions in prose, citations of sources.
//!
//! Every list is in order of the page that it comes from (kind, slug), then of its place there.

use super::ledger::Ledger;
use crate::model::PageId;
use crate::model::body::Target;
use crate::release::Release;
use rayon::prelude::*;

/// The edges of a release.
#[derive(Debug, Default)]
pub struct Graph {
    /// The citations of every page, by [`PageId`].
    pub ledgers: Vec<Ledger>,
    /// The citations of every text of [`Release::intros`].
    pub intro_ledgers: Vec<Ledger>,
    /// For every page the relations that others state of it.
    pub incoming: Vec<Vec<Incoming>>,
    /// For every page the links in the prose of others that lead to it.
    pub mentions: Vec<Vec<Mention>>,
    /// For every page, if it is a source, the places that cite it.
    pub citing: Vec<Vec<Citing>>,
}

/// A relation seen from its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming {
    /// Who states it.
    pub from: PageId,
    /// Which of its `relations`.
    pub relation: u32,
}

/// A link in the prose of another page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Whose prose.
    pub from: PageId,
    /// Which of its `prose.targets`.
    pub link: u32,
}

/// A citation seen from its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citing {
    /// Whose ledger.
    pub from: Origin,
    /// Which of its `places`.
    pub place: u32,
}

/// A page that has a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// An entry's page.
    Page(PageId),
    /// The home page or an index page: an index into [`Release::intros`].
    Intro(u32),
}

impl Graph {
    /// Collects the edges of a release.
    #[must_use]
    pub fn of(release: &Release) -> Graph {
        let count = release.pages.len();
        let mut graph = Graph {
            ledgers: release.pages.par_iter().map(Ledger::of).collect(),
            intro_ledgers: release
                .intros
                .iter()
                .map(|intro| Ledger::of_prose(&intro.prose))
                .collect(),
            incoming: vec![Vec::new(); count],
            mentions: vec![Vec::new(); count],
            citing: vec![Vec::new(); count],
        };
        for (from, page) in release.iter() {
            for (relation, edge) in (0..).zip(&page.relations) {
                graph.incoming[edge.target.0 as usize].push(Incoming { from, relation });
            }
            for (link, target) in (0..).zip(&page.prose.targets) {
                if let Target::Entry(to, _) = *target
                    && to != from
                {
                    graph.mentions[to.0 as usize].push(Mention { from, link });
                }
            }
        }
        let Graph {
            ledgers,
            intro_ledgers,
            citing,
            ..
        } = &mut graph;
        let pages = (0..).map(|at| Origin::Page(PageId(at))).zip(ledgers.iter());
        let intros = (0..).map(Origin::Intro).zip(intro_ledgers.iter());
        for (from, ledger) in pages.chain(intros) {
            for (place, placed) in (0..).zip(&ledger.places) {
                if let Some(source) = placed.source {
                    citing[source.0 as usize].push(Citing { from, place });
                }
            }
        }
        graph
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
