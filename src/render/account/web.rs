//! Who is connected with whom in the whole dossier.

use crate::model::PageId;
use crate::render::views::reads::Reads;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// All that is connected.
#[derive(Debug)]
pub(in crate::render) struct Web {
    /// The entries, those with the most connections first.
    pub(in crate::render) nodes: Vec<Node>,
    /// Which of them are connected, each pair once, as indices.
    pub(in crate::render) ties: Vec<Tie>,
}

/// An entry.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Node {
    pub(in crate::render) id: PageId,
    /// With how many others it is connected.
    pub(in crate::render) count: usize,
}

/// A connection of two, whoever states it and how often.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Tie {
    pub(in crate::render) from: u32,
    pub(in crate::render) to: u32,
    /// Whether all that is stated of it is denied.
    pub(in crate::render) denied: bool,
}

/// The web of a dossier. What a source derives from is no part of it.
pub(in crate::render) fn of(reads: &Reads<'_>) -> Web {
    let mut pairs: BTreeMap<(PageId, PageId), bool> = BTreeMap::new();
    for (from, to, denied) in reads.web() {
        if from != to {
            let all = pairs.entry((from.min(to), from.max(to))).or_insert(true);
            *all &= denied;
        }
    }
    let mut counts: BTreeMap<PageId, usize> = BTreeMap::new();
    for (one, other) in pairs.keys() {
        *counts.entry(*one).or_default() += 1;
        *counts.entry(*other).or_default() += 1;
    }
    let nodes = counts.into_iter().map(|(id, count)| Node { id, count });
    let mut nodes: Vec<Node> = nodes.collect();
    nodes.sort_by_key(|node| (Reverse(node.count), node.id));
    let at = (0..).zip(&nodes).map(|(at, node)| (node.id, at));
    let at: BTreeMap<PageId, u32> = at.collect();
    let tie = |((one, other), denied): ((PageId, PageId), bool)| {
        Some(Tie {
            from: *at.get(&one)?,
            to: *at.get(&other)?,
            denied,
        })
    };
    Web {
        ties: pairs.into_iter().filter_map(tie).collect(),
        nodes,
    }
}
