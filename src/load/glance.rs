//! What there is to read, without reading it: for a watch on a system that does not say what changed.
//!
//! Takes a project's root; gives a stamp for every path that a [`super::load`] would read or report.
//! Two glances differ where a load would, as far as size, times and identity tell. Never opens a file.

use super::stamp::stamp;
use super::{Unreadable, walk};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A stamp for every path, below the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance(BTreeMap<PathBuf, u64>);

/// Looks at a project whose root is absolute, links resolved. What the system refuses has what it
/// said for a stamp.
#[must_use]
pub fn glance(root: &Path) -> Glance {
    let mut seen = Glance::default();
    seen.file(root, "dossier.toml");
    for folder in ["content", "templates"] {
        match walk::below(root, folder) {
            Ok(found) => {
                for path in &found.files {
                    seen.file(root, path);
                }
                for problem in found.problems {
                    seen.add(&*problem.place.path, text::hash(problem.message.as_bytes()));
                }
                for (link, target) in found.links {
                    let target = target.unwrap_or_default();
                    seen.add(link, text::hash(target.as_os_str().as_encoded_bytes()));
                }
            }
            Err(Unreadable { path, error }) => {
                let below = path.strip_prefix(root).unwrap_or(&path);
                seen.add(below, text::hash(error.to_string().as_bytes()));
            }
        }
    }
    seen
}

impl Glance {
    /// How many paths there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The paths that are not as they were in an earlier glance, those that are gone included.
    #[must_use]
    pub fn since(&self, earlier: &Glance) -> BTreeSet<PathBuf> {
        let here = self.0.iter();
        let other = here.filter(|(path, stamp)| earlier.0.get(*path) != Some(stamp));
        let gone = earlier.0.keys().filter(|path| !self.0.contains_key(*path));
        other.map(|(path, _)| path).chain(gone).cloned().collect()
    }

    /// Whether a path is as it was in another glance.
    #[must_use]
    pub fn agrees(&self, other: &Glance, path: &Path) -> bool {
        self.0.get(path) == other.0.get(path)
    }

    /// Takes over how a path is in another glance.
    pub fn learn(&mut self, other: &Glance, path: &Path) {
        match other.0.get(path) {
            Some(stamp) => self.0.insert(path.to_owned(), *stamp),
            None => self.0.remove(path),
        };
    }

    fn file(&mut self, root: &Path, path: &str) {
        if let Ok(found) = std::fs::metadata(root.join(path)) {
            self.add(path, stamp(&found));
        }
    }

    fn add(&mut self, path: impl Into<PathBuf>, stamp: u64) {
        // A path may have both a file and a link, or several problems.
        *self.0.entry(path.into()).or_default() ^= stamp;
    }
}
