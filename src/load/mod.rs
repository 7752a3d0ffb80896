//! EDGE: the disk becomes [`Inputs`], a snapshot of everything that a build reads.
//!
//! Takes a project's root; gives its configuration, Markdown, other files and theme as values, in an
//! order that does not depend on the disk, with every problem of a file that cannot be taken as it
//! is. Fails only where the machine does ([`Unreadable`]). Never looks at what the texts say, never
//! writes, never follows a link out of the project.
//!
//! Each file is read by a function of its own (`read::text`, `read::info`) from its path alone,
//! so that [`Inputs::refresh`] can read again just what changed; to load is to refresh nothing.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "EDGE: this module reads the disk"
)]

mod glance;

mod places;

mod read;

mod refresh;

mod shed;

mod stamp;

#[cfg(test)]
mod tests;

mod walk;

mod words;

pub use glance::{Glance, glance};
pub use refresh::Changes;
pub(crate) use walk::{is_passed_by, passed_by_in};
pub use words::{Later, Text, Words};

use crate::attachment::Form;
use crate::diag::{Diagnostic, Outcome};
use crate::text::TextFile;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A snapshot of a project's files.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// What was wrong with files on the way in, sorted.
    pub problems: Vec<Diagnostic>,
    /// The project's root, absolute, links resolved.
    pub root: PathBuf,
    /// `dossier.toml`.
    pub config: Option<TextFile>,
    /// Every Markdown file (`.md`, `.markdown`) below `content/`, by path. A file that could not be taken as it is stands here
    /// with what could be saved of it, so that links to it are not reported as well.
    pub entries: Vec<TextFile>,
    /// Every other file below `content/`, by its path below `content/`: pictures, documents, snapshots.
    pub files: BTreeMap<String, FileInfo>,
    /// Every file below the folders whose files are published as they are, by its path below the root:
    /// `static/CNAME`, `static-amber/plan.pdf`.
    pub statics: BTreeMap<String, FileInfo>,
    /// Every file below the project's `templates/` that overrides or adds to the theme, by its path
    /// below `templates/`: templates (text) and assets (bytes).
    pub theme: BTreeMap<String, Arc<[u8]>>,
    /// The symbolic links that were met, below the root, with where they lead; `None` for nowhere.
    links: BTreeMap<PathBuf, Option<PathBuf>>,
    /// Where a refresh has yet to look, because the system refused when it did.
    owed: Option<Changes>,
}

/// What is known of a file that is no entry.
///
/// There is no content hash: [`crate::write`] takes one of the few files that are published when it
/// copies them. Drawings are read as a whole, to be cleaned, and so are texts; of any other file both ends.
/// Words of files that nothing may lead to are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInfo {
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 in lower-case hexadecimal; only of files below `content/sources/snapshots/`.
    pub sha256: Option<String>,
    /// What a browser makes of it.
    pub form: Form,
    /// The words in it, in which a marking could stand: kept of what is published as it is, else read when
    /// asked for.
    pub words: Later,
    /// Another number once the file was written or replaced, so that a browser can be told that a
    /// picture changed. It depends on the disk: nothing of it may reach the site.
    pub stamp: u64,
}

/// The machine would not give a file or folder: no permission, a broken disk.
#[derive(Debug)]
pub struct Unreadable {
    /// What was to be read.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

impl FileInfo {
    /// What is known of a file of that name with these bytes, wherever it lies.
    #[must_use]
    pub fn of(path: &str, bytes: &[u8]) -> FileInfo {
        FileInfo {
            size: bytes.len() as u64,
            sha256: None,
            form: Form::of(path, bytes),
            words: Later::read(bytes),
            stamp: 0,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read `{}`: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for Unreadable {}

/// Reads a project.
///
/// # Errors
/// Where the system refuses a file or folder that is there.
pub fn load(root: &Path) -> Result<Inputs, Unreadable> {
    let root = std::fs::canonicalize(root).map_err(|error| Unreadable {
        path: root.to_owned(),
        error,
    })?;
    let mut inputs = Inputs {
        root,
        ..Inputs::default()
    };
    inputs.refresh(&Changes::All)?;
    Ok(inputs)
}

/// Whether a file or folder is not there, or not any more.
fn is_gone(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}

impl Inputs {
    /// The text of a file of the snapshot, by its path below the root: what a report marks a problem
    /// in.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        if let Some(template) = path.strip_prefix("templates/") {
            return std::str::from_utf8(self.theme.get(template)?).ok();
        }
        if let Some(file) = self.statics.get(path) {
            return match file.words.get() {
                Words::Text(text) => std::str::from_utf8(text.bytes()).ok(),
                Words::Within(_) | Words::TooLong | Words::Changed | Words::None => None,
            };
        }
        let drawing = path.strip_prefix("content/");
        if let Some(file) = drawing.and_then(|path| self.files.get(path)) {
            return match &file.form {
                Form::Drawing(drawing) => std::str::from_utf8(drawing.bytes()).ok(),
                Form::Passive | Form::Active(_) => None,
            };
        }
        let config = self.config.as_ref().filter(|file| *file.path == *path);
        Some(&self.entry(path).or(config)?.text)
    }

    fn entry(&self, path: &str) -> Option<&TextFile> {
        let by_path = |file: &TextFile| (*file.path).cmp(path);
        let at = self.entries.binary_search_by(by_path).ok()?;
        self.entries.get(at)
    }
}
