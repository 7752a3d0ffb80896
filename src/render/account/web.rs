//! Who is connected with whom in the whole dossier.

use crate::model::{Confidence, Date, Day, PageId, Verb};
use crate::render::views::reads::Reads;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// All that is connected.
#[derive(Debug)]
pub(in crate::render) struct Web<'a> {
    /// The entries, those with the most connections first.
    pub(in crate::render) nodes: Vec<Node<'a>>,
    /// Which of them are connected, each pair once, as indices.
    pub(in crate::render) ties: Vec<Tie>,
}

/// An entry.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Node<'a> {
    pub(in crate::render) id: PageId,
    pub(in crate::render) name: &'a str,
    /// In which year it was, where that is told.
    pub(in crate::render) year: Option<i16>,
    /// With how many others it is connected.
    pub(in crate::render) count: usize,
}

/// A connection of two, whoever states it and how often.
#[derive(Debug)]
pub(in crate::render) struct Tie {
    pub(in crate::render) from: u32,
    pub(in crate::render) to: u32,
    /// What is stated of it, each once.
    pub(in crate::render) stated: BTreeSet<Stated>,
}

/// What is stated of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) struct Stated {
    pub(in crate::render) verb: Verb,
    /// Whether the second of the two states it of the first.
    pub(in crate::render) reversed: bool,
    pub(in crate::render) denied: bool,
    pub(in crate::render) confidence: Option<Confidence>,
    /// From which year to which it held, where both are told or one stands for both.
    pub(in crate::render) years: Option<(i16, i16)>,
}

impl Tie {
    /// Whether all that is stated of it is denied.
    pub(in crate::render) fn is_denied(&self) -> bool {
        self.stated.iter().all(|it| it.denied)
    }
}

impl<'a> Web<'a> {
    /// What lies within so many steps of an entry, itself first: no more than `most`, those that are nearer and better connected
    /// before others; and how many there are.
    pub(in crate::render) fn near(
        &self,
        id: PageId,
        steps: usize,
        most: usize,
    ) -> (Web<'a>, usize) {
        let mut beside: Vec<Vec<u32>> = vec![Vec::new(); self.nodes.len()];
        for tie in &self.ties {
            for (one, other) in [(tie.from, tie.to), (tie.to, tie.from)] {
                if let Some(beside) = beside.get_mut(one as usize) {
                    beside.push(other);
                }
            }
        }
        let first = (0..).zip(&self.nodes).find(|(_, node)| node.id == id);
        let mut found: Vec<u32> = first.map(|(at, _)| at).into_iter().collect();
        let mut known: BTreeSet<u32> = found.iter().copied().collect();
        let mut from = 0;
        for _ in 0..steps {
            let edge = found.get(from..).unwrap_or(&[]).iter();
            let next = edge.filter_map(|at| beside.get(*at as usize)).flatten();
            // Entries stand by how well they are connected.
            let next: BTreeSet<u32> = next.copied().filter(|at| !known.contains(at)).collect();
            from = found.len();
            known.extend(&next);
            found.extend(next);
        }
        let count = found.len();
        found.truncate(most);
        let new = |at: u32| {
            let place = found.iter().position(|it| *it == at)?;
            u32::try_from(place).ok()
        };
        let ties = self.ties.iter().filter_map(|tie| {
            Some(Tie {
                from: new(tie.from)?,
                to: new(tie.to)?,
                stated: tie.stated.clone(),
            })
        });
        let nodes = found.iter().filter_map(|at| self.nodes.get(*at as usize));
        let web = Web {
            ties: ties.collect(),
            nodes: nodes.copied().collect(),
        };
        (web, count)
    }
}

/// The web of a dossier. What a source derives from is no part of it.
pub(in crate::render) fn of<'a>(reads: &Reads<'a>) -> Web<'a> {
    let mut pairs: BTreeMap<(PageId, PageId), BTreeSet<Stated>> = BTreeMap::new();
    for (from, relation) in reads.web() {
        let to = relation.what.target;
        if from != to {
            let pair = (from.min(to), from.max(to));
            pairs.entry(pair).or_default().insert(Stated {
                verb: relation.what.verb,
                reversed: from > to,
                denied: relation.what.denied,
                confidence: relation.confidence,
                years: years(&relation),
            });
        }
    }
    let mut counts: BTreeMap<PageId, usize> = BTreeMap::new();
    for (one, other) in pairs.keys() {
        *counts.entry(*one).or_default() += 1;
        *counts.entry(*other).or_default() += 1;
    }
    let node = |(id, count): (PageId, usize)| {
        let (name, date) = reads.in_web(id);
        Node {
            id,
            name,
            year: date.map(|date| date.year()),
            count,
        }
    };
    let mut nodes: Vec<Node<'a>> = counts.into_iter().map(node).collect();
    nodes.sort_by_key(|node| (Reverse(node.count), node.id));
    let at = (0..).zip(&nodes).map(|(at, node)| (node.id, at));
    let at: BTreeMap<PageId, u32> = at.collect();
    let tie = |((one, other), stated): ((PageId, PageId), BTreeSet<Stated>)| {
        Some(Tie {
            from: *at.get(&one)?,
            to: *at.get(&other)?,
            stated,
        })
    };
    Web {
        ties: pairs.into_iter().filter_map(tie).collect(),
        nodes,
    }
}

/// When a relation held: `when`, until `until`.
fn years(relation: &super::connections::Stated<'_>) -> Option<(i16, i16)> {
    let (since, until) = (relation.when, relation.what.until);
    let first = since.or(until)?.year();
    let last = |date: Date| date.latest().map_or_else(|| date.year(), Day::year);
    let last = until.or(since).map_or(first, last);
    Some((first, last.max(first)))
}
