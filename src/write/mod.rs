//! EDGE: a site becomes files, whole or not at all, and only what changed.
//!
//! Takes an output folder and a [`Publication`] (paths, and a function that makes each); gives a
//! [`Report`]. Knows nothing of pages, never deletes or overwrites a file that it did not write.
//!
//! # What a reader finds, and what a kill leaves
//!
//! Everything is made before anything is touched: into a staging folder beside the output, the whole
//! site where there was none (`fresh`), what changed where there was one (`update`). A problem or a full
//! disk until then leaves the old site as it was. Then
//!
//! * a new site is renamed into place in one step: it is there as a whole or not at all;
//! * over an old one each file is put in place by itself (`place`), in three steps: a manifest that names
//!   the old and the new files; the removal of *every* old file that goes away or has other bytes, and
//!   with it of the old names from the manifest; the new files, each by a rename. This module knows no
//!   markings, so it takes any such file for one that may hold what the new site withholds. For the time
//!   of the last two steps files are missing, and a process that is killed then leaves a part of the old
//!   site or a part of the new one: whole files, and never files of both but for those that are the same
//!   in both;
//! * with [`Publication::swap`] the whole site is made beside the old one and exchanged with it
//!   (`swap`): at every instant the output is the whole of the one or of the other. The old one lies
//!   beside the output until it is removed; a killed build leaves it there for the next to remove.
//!
//! The manifest names every file that may be ours: killed at any instant, the next build knows what to
//! take away, and for whom it was made.
//!
//! # What is synced to the disk
//!
//! Only the manifests, as they decide what may be deleted and whether another audience's pages are
//! there. Pages are not: they can be made again, and syncing each would take a hundred times as long.
//! A page that a power failure emptied has another size than the manifest says and is written again.
//! So what is said above holds where a process is killed; where the machine stops, it holds as far as
//! its file system keeps the order of what was done to names.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "EDGE: this module writes the disk and measures how long that takes"
)]

mod aside;

mod content;

mod folder;

mod fresh;

mod output_folder;

mod guard;

mod lock;

mod manifest;

pub mod memory;

mod place;

mod replace;

mod swap;

#[cfg(test)]
mod tests;

mod update;

pub use folder::put_folder;
pub use manifest::Digest;
pub use replace::{Unreplaced, create, put, replace};

use self::manifest::Manifest;
use crate::diag::Diagnostic;
use crate::model::Tlp;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What is to be published.
#[derive(Clone, Copy)]
pub struct Publication<'a> {
    /// For whom: remembered in the output, so that another audience's pages are never kept.
    pub audience: Tlp,
    /// The files, below the output folder, with `/`, sorted, each once.
    pub paths: &'a [String],
    /// Makes the file of that index into `paths`, into the buffer, which is empty when it is called.
    /// Called from many threads, once for each index.
    pub make: &'a Make<'a>,
    /// Tells what the file of that index is known to consist of, where that is known without making it;
    /// what is there so already is then not made. Called from many threads.
    pub known: Option<&'a Known<'a>>,
    /// Whether the whole output is exchanged in one step, or refused where that is not to be had.
    pub swap: bool,
}

/// Tells of one file of a site what it consists of; see [`Publication::known`].
pub type Known<'a> = dyn Fn(usize) -> Option<Digest> + Sync + 'a;

/// Makes one file of a site; see [`Publication::make`].
pub type Make<'a> = dyn Fn(usize, &mut Vec<u8>) -> Result<Made, Vec<Diagnostic>> + Sync + 'a;

/// How a file was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Its bytes are in the buffer.
    Bytes,
    /// It is a copy of this file (an absolute path).
    Copy(PathBuf),
}

/// What is told while it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Another build writes into the same folder; this one waits for it.
    Waiting,
    /// So many files have been made.
    Made(usize),
}

/// Whom to tell; called from many threads.
pub type Watch<'a> = &'a (dyn Fn(Step) + Sync);

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files of an earlier build that the site no longer has.
    pub pruned: usize,
    /// Bytes written.
    pub bytes: u64,
    /// The audiences of an earlier build, where they were others: everything was replaced.
    pub replaced: BTreeSet<Tlp>,
    /// Whether a build before this one ended before its time and was cleaned up after.
    pub cleaned: bool,
    /// How long the files took to make (and to write into the staging folder).
    pub making: Duration,
    /// How long they took to be put in place.
    pub placing: Duration,
    /// What each file consists of, in the order of the paths.
    pub digests: Vec<Option<Digest>>,
}

/// Why nothing was published.
#[derive(Debug)]
pub enum Failure {
    /// The site has problems (of its templates) that showed only when it was made. The output is as it
    /// was.
    Problems(Vec<Diagnostic>),
    /// The machine failed.
    Machine(Blocked),
    /// It would not be safe; the sentence says why and what to do. The output is as it was, unless the
    /// sentence says that it was exchanged.
    Refused(String),
}

/// Something that the system would not do.
#[derive(Debug)]
pub struct Blocked {
    /// What was to be done: `write`, `remove`.
    pub doing: &'static str,
    /// With what.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

impl fmt::Display for Blocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        write!(f, "cannot {} `{path}`: {}", self.doing, self.error)
    }
}

impl std::error::Error for Blocked {}

impl From<Blocked> for Failure {
    fn from(blocked: Blocked) -> Self {
        Failure::Machine(blocked)
    }
}

/// Publishes into `out`, which need not exist. `root` is the project's, whose own folders are refused.
///
/// # Errors
/// See [`Failure`].
pub fn publish(
    out: &Path,
    root: &Path,
    publication: &Publication<'_>,
    watch: Watch<'_>,
) -> Result<Report, Failure> {
    let out = guard::output(out, root)?;
    guard::paths(publication.paths)?;
    let (aside, _lock) = aside::take(&out, watch)?;
    let cleaned = aside.clear(&out)?;
    if publication.swap {
        swap::admit(&out, &aside)?;
    }
    let before = match manifest::read(&out)? {
        None if publication.swap && out.is_dir() => Some(Manifest::of_nothing()),
        before => before,
    };
    let mut report = match before {
        None => fresh::publish(&out, &aside, publication, watch)?,
        Some(before) => update::publish(&out, &aside, &before, publication, watch)?,
    };
    report.cleaned |= cleaned;
    Ok(report)
}

/// Turns an error of the system into a [`Blocked`].
fn blocked<'a>(doing: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Blocked + 'a {
    move |error| Blocked {
        doing,
        path: path.to_owned(),
        error,
    }
}
