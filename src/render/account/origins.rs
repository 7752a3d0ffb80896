//! Which sources stand on which: what is behind the count of those that are independent.
//!
//! A source stands on the first that it names as what it derives from, as [`crate::plan::independent`] counts; where
//! derivations form a circle, its least member stands on nothing.

use crate::model::PageId;
use crate::plan::graph::Origin;
use crate::render::views::reads::Reads;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// So many sources are told of at most.
const MOST: usize = 100;

/// Sources that stand on others.
#[derive(Debug)]
pub(in crate::render) struct Origins {
    /// In the order of a tree, each behind what it stands on.
    pub(in crate::render) nodes: Vec<Node>,
    /// How many sources are asked about.
    pub(in crate::render) sources: usize,
    /// How many origins they have.
    pub(in crate::render) independent: usize,
}

/// A source in its tree.
#[derive(Debug)]
pub(in crate::render) struct Node {
    pub(in crate::render) source: PageId,
    /// How many lie between it and nothing.
    pub(in crate::render) depth: usize,
    /// What else it derives from.
    pub(in crate::render) also: Vec<PageId>,
}

/// Of the sources of an entry those of which one stands on another; none where each stands alone.
pub(in crate::render) fn of_entry(reads: &Reads<'_>, id: PageId) -> Option<Origins> {
    let sources: Vec<PageId> = reads.ledger(Origin::Page(id)).own().collect();
    let mut trees: BTreeMap<PageId, BTreeSet<PageId>> = BTreeMap::new();
    let mut roots: Vec<(PageId, usize)> = Vec::new();
    for &source in &sources {
        let path = path(reads, source);
        for step in path.windows(2) {
            if let [one, below] = *step {
                trees.entry(below).or_default().insert(one);
            }
        }
        if let Some(&root) = path.last() {
            match roots.iter_mut().find(|(it, _)| *it == root) {
                Some((_, count)) => *count += 1,
                None => roots.push((root, 1)),
            }
        }
    }
    let independent = roots.len();
    // What is largest first, and then as a reader meets it.
    roots.retain(|(root, _)| trees.contains_key(root));
    roots.sort_by_key(|(_, count)| Reverse(*count));
    let mut nodes = Vec::new();
    for (root, _) in roots {
        let below = &mut |it: PageId| trees.get(&it).into_iter().flatten().copied().collect();
        descend(reads, (root, 0), below, &mut nodes);
    }
    (!nodes.is_empty()).then_some(Origins {
        nodes,
        sources: sources.len(),
        independent,
    })
}

/// What a source stands on, down to nothing, and what stands on it; none where that are fewer than three.
pub(in crate::render) fn of_source(reads: &Reads<'_>, id: PageId) -> Option<Origins> {
    let mut path = path(reads, id);
    path.reverse();
    let mut nodes: Vec<Node> = Vec::new();
    let own = path.len().saturating_sub(1);
    for (depth, &source) in path.iter().enumerate().take(own) {
        nodes.push(node(reads, source, depth));
    }
    let before: BTreeSet<PageId> = path.iter().copied().collect();
    let below = &mut |it: PageId| {
        let derived = reads.basis_of(it).filter(|other| !before.contains(other));
        let derived: Vec<PageId> = derived.take(MOST).collect();
        let mut derived: Vec<PageId> = { derived.into_iter() }
            .filter(|&other| reads.bases(other).first() == Some(&it))
            .collect();
        derived.sort_unstable();
        derived.dedup();
        derived
    };
    descend(reads, (id, own), below, &mut nodes);
    let sources = nodes.len();
    (sources > 2).then_some(Origins {
        nodes,
        sources,
        independent: 1,
    })
}

fn node(reads: &Reads<'_>, source: PageId, depth: usize) -> Node {
    Node {
        source,
        depth,
        also: reads.bases(source).into_iter().skip(1).collect(),
    }
}

/// Adds a source and all that `below` says stands on it.
fn descend(
    reads: &Reads<'_>,
    start: (PageId, usize),
    below: &mut dyn FnMut(PageId) -> Vec<PageId>,
    nodes: &mut Vec<Node>,
) {
    let mut open = vec![start];
    let mut known = BTreeSet::new();
    while let Some((source, depth)) = open.pop() {
        if nodes.len() >= MOST || !known.insert(source) {
            continue;
        }
        nodes.push(node(reads, source, depth));
        let derived = below(source).into_iter().rev();
        open.extend(derived.map(|it| (it, depth + 1)));
    }
}

/// A source, what it stands on, and so on down to what stands on nothing.
fn path(reads: &Reads<'_>, source: PageId) -> Vec<PageId> {
    let mut path = vec![source];
    loop {
        let last = path[path.len() - 1];
        let Some(&next) = reads.bases(last).first() else {
            return path;
        };
        if let Some(start) = path.iter().position(|&seen| seen == next) {
            let least = path[start..].iter().copied().min();
            let end = path.iter().position(|&it| Some(it) == least);
            path.truncate(end.map_or(path.len(), |end| end + 1));
            return path;
        }
        path.push(next);
    }
}
