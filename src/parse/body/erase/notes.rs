//! Footnotes go with the last of what refers to them, and what holds nothing but references to footnotes that
//! go, goes with these.
//!
//! A reference in a text that stays is not cut out of it: Markdown might read what is left otherwise, as the
//! beginning of a list or with other emphasis. Its footnote is named, and [`super::super::gap`] leaves it out
//! once the text is read.

use super::{Kind, Tree, around};
use std::collections::HashMap;

/// A reference to a footnote.
pub(super) struct Reference {
    /// The name of the footnote as it is written, and in small letters.
    pub(super) name: String,
    pub(super) to: String,
    pub(super) range: std::ops::Range<usize>,
    pub(super) node: usize,
}

impl Tree<'_> {
    /// Decides of the footnotes; gives the names of those that go though what stays refers to them.
    pub(super) fn footnotes(&mut self, mut references: Vec<Reference>) -> Vec<String> {
        let mut notes: HashMap<String, usize> = HashMap::new();
        let mut all = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            if let Kind::Footnote(name) = &node.kind {
                notes.entry(name.clone()).or_insert(at);
                all.push(at);
            }
        }
        if all.is_empty() {
            return Vec::new();
        }
        references
            .retain(|it| notes.contains_key(&it.to) && around(&self.inline, &it.range).is_none());
        self.empty_with(&references, &notes);
        references.retain(|it| self.stays(it.node));
        let reached = self.reached(&references, &notes);
        let mut lost: Vec<String> = Vec::new();
        let mut known = std::collections::HashSet::new();
        for reference in &references {
            let from = self.note_of(reference.node);
            if from.is_none_or(|from| reached[from])
                && !self.stays(notes[&reference.to])
                && known.insert(reference.to.as_str())
            {
                lost.push(reference.name.clone());
            }
        }
        for at in all {
            self.nodes[at].gone |= !reached[at];
        }
        // What holds nothing but such footnotes goes with them, and what stands in them, and marks for them.
        for at in 1..self.nodes.len() {
            self.nodes[at].gone |= self.nodes[self.nodes[at].parent].gone;
        }
        self.close();
        lost
    }

    fn stays(&self, node: usize) -> bool {
        !self.ancestors(node).any(|at| self.nodes[at].gone)
    }

    /// The footnote that a block stands in.
    fn note_of(&self, node: usize) -> Option<usize> {
        let mut blocks = self.ancestors(node);
        blocks.find(|&at| matches!(self.nodes[at].kind, Kind::Footnote(_)))
    }

    /// Blocks that hold nothing but references to footnotes that go, go: footnotes among them, and so on.
    fn empty_with(&mut self, references: &[Reference], notes: &HashMap<String, usize>) {
        let mut leading: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut left: HashMap<usize, usize> = HashMap::new();
        for reference in references {
            leading
                .entry(notes[&reference.to])
                .or_default()
                .push(reference.node);
            *left.entry(reference.node).or_default() += 1;
        }
        let mut staying: Vec<usize> = self.nodes.iter().map(|node| node.children.len()).collect();
        for node in self.nodes.iter().skip(1).filter(|node| node.gone) {
            staying[node.parent] = staying[node.parent].saturating_sub(1);
        }
        let mut going: Vec<usize> = leading
            .keys()
            .copied()
            .filter(|&at| !self.stays(at))
            .collect();
        while let Some(note) = going.pop() {
            for block in leading.remove(&note).unwrap_or_default() {
                let left = left.entry(block).or_default();
                *left = left.saturating_sub(1);
                if *left > 0 || self.nodes[block].says || !self.stays(block) {
                    continue;
                }
                let mut at = block;
                loop {
                    self.nodes[at].gone = true;
                    if matches!(self.nodes[at].kind, Kind::Footnote(_)) {
                        going.push(at);
                    }
                    let parent = self.nodes[at].parent;
                    staying[parent] = staying[parent].saturating_sub(1);
                    if parent == 0 || staying[parent] > 0 {
                        break;
                    }
                    at = parent;
                }
            }
        }
    }

    /// For each block whether it is a footnote that stays and that a reader of the text can come to.
    fn reached(&self, references: &[Reference], notes: &HashMap<String, usize>) -> Vec<bool> {
        let mut leads: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        for reference in references {
            let from = self.note_of(reference.node);
            leads.entry(from).or_default().push(notes[&reference.to]);
        }
        let mut reached = vec![false; self.nodes.len()];
        let mut waiting = vec![None];
        while let Some(from) = waiting.pop() {
            for &to in leads.get(&from).into_iter().flatten() {
                if self.stays(to) && !std::mem::replace(&mut reached[to], true) {
                    waiting.push(Some(to));
                }
            }
        }
        reached
    }
}
