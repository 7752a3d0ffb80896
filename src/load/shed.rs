//! Texts that are not needed any more go, and one that is needed after all is read again.
//!
//! A build needs the text of a file once, and then only to show the problems in it: files of which none
//! is known yet give theirs up, so that a large dossier is not held in memory as it stands on the disk.

use super::{Inputs, read};
use crate::text::hash;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Inputs {
    /// Lets go of the texts of all Markdown files but those of these paths. What is told by their hashes
    /// stays as it is.
    pub fn shed(&mut self, all_but: &BTreeSet<Arc<str>>) {
        let none: Arc<str> = Arc::default();
        for file in &mut self.entries {
            if !all_but.contains(&file.path) {
                file.text = Arc::clone(&none);
            }
        }
    }

    /// The texts of those of these files that let go of them, unless a file was changed meanwhile.
    #[must_use]
    pub fn shed_texts(&self, paths: &BTreeSet<Arc<str>>) -> BTreeMap<Arc<str>, Arc<str>> {
        let nothing = hash(b"");
        let mut buffer = Vec::new();
        let mut again = |path: &Arc<str>| {
            let file = self.entry(path)?;
            if !file.text.is_empty() || file.hash == nothing {
                return None;
            }
            let read = read::text(&self.root, path, None, &mut buffer).ok()?;
            let same = read.value.filter(|read| read.hash == file.hash)?;
            Some((Arc::clone(path), same.text))
        };
        paths.iter().filter_map(&mut again).collect()
    }
}
