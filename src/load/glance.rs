//! What there is to read, without reading it: for a watch on a system that does not say what changed.
//!
//! Takes a project's root; gives a stamp for every path that a [`super::load`] would read or report.
//! Two glances differ where a load would, as far as size, times and identity tell. Never opens a file.

use super::stamp::stamp;
use super::{Unreadable, walk};
use crate::model::statics;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A stamp for every path, below the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance(BTreeMap<String, u64>);

/// Looks at a project whose root is absolute, links resolved. What the system refuses has what it
/// said for a stamp.
#[must_use]
pub fn glance(root: &Path) -> Glance {
    let mut seen = Glance::default();
    seen.file(root, "dossier.toml".to_owned());
    let statics = statics::FOLDERS.map(|(folder, _)| folder);
    for folder in ["content", "templates"].into_iter().chain(statics) {
        match walk::below(root, folder) {
            Ok(found) => {
                for path in found.files {
                    seen.file(root, path);
                }
                for problem in found.problems {
                    let stamp = text::hash(problem.message.as_bytes());
                    seen.add(problem.place.path.to_string(), stamp);
                }
                for (link, target) in found.links {
                    let target = target.unwrap_or_default();
                    seen.add(
                        named(&link),
                        text::hash(target.as_os_str().as_encoded_bytes()),
                    );
                }
            }
            Err(Unreadable { path, error }) => {
                let below = path.strip_prefix(root).unwrap_or(&path);
                seen.add(named(below), text::hash(error.to_string().as_bytes()));
            }
        }
    }
    seen
}

impl Glance {
    /// The paths that are not as they were in an earlier glance, those that are gone included.
    #[must_use]
    pub fn since(&self, earlier: &Glance) -> BTreeSet<PathBuf> {
        let (here, there) = (&self.0, &earlier.0);
        let gone = there.keys().filter(|path| !here.contains_key(*path));
        let other = here
            .keys()
            .filter(|path| here.get(*path) != there.get(*path));
        other.chain(gone).map(PathBuf::from).collect()
    }

    fn file(&mut self, root: &Path, path: String) {
        if let Ok(found) = std::fs::metadata(root.join(&path)) {
            self.add(path, stamp(&found));
        }
    }

    fn add(&mut self, path: String, stamp: u64) {
        // A path may have both a file and a link, or several problems.
        *self.0.entry(path).or_default() ^= stamp;
    }
}

/// A path as a name; what is no text in it makes it stand for the folder, see `places`.
fn named(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
