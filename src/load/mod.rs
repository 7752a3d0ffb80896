//! EDGE: the disk becomes [`Inputs`], a snapshot of everything that a build reads.
//!
//! Takes a project's root; gives its configuration, Markdown, other files and theme as values, in an
//! order that does not depend on the disk, with every problem of a file that cannot be taken as it
//! is. Fails only where the machine does ([`Unreadable`]). Never looks at what the texts say, never
//! writes, never follows a link out of the project.
//!
//! Each file is read by a function of its own (`read::text`, `read::info`) from its path alone,
//! so that a later run can read again just what changed.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "EDGE: this module reads the disk"
)]

mod read;

#[cfg(test)]
mod tests;

mod walk;

use crate::diag::{Diagnostic, Outcome};
use crate::text::TextFile;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A snapshot of a project's files.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// What was wrong with files on the way in.
    pub problems: Vec<Diagnostic>,
    /// The project's root, absolute, links resolved.
    pub root: PathBuf,
    /// `dossier.toml`.
    pub config: Option<TextFile>,
    /// Every `*.md` below `content/`, by path. A file that could not be taken as it is stands here
    /// with what could be saved of it, so that links to it are not reported as well.
    pub entries: Vec<TextFile>,
    /// Every other file below `content/`, by its path below `content/`: pictures, documents, snapshots.
    pub files: BTreeMap<String, FileInfo>,
    /// Every file below the project's `templates/` that overrides or adds to the theme, by its path
    /// below `templates/`: templates (text) and assets (bytes).
    pub theme: BTreeMap<String, Vec<u8>>,
}

/// What is known of a file that is copied, not read.
///
/// There is no content hash: [`crate::write`] takes one of the few files that are published when it
/// copies them, and the others need not be read at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileInfo {
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 in lower-case hexadecimal; only of files below `content/sources/snapshots/`.
    pub sha256: Option<String>,
}

/// The machine would not give a file or folder: no permission, a broken disk.
#[derive(Debug)]
pub struct Unreadable {
    /// What was to be read.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
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
    let mut problems = Vec::new();
    let config = read::config(&root)?.map(|outcome| outcome.drain_into(&mut problems));

    let content = walk::walk(&root, "content")?.drain_into(&mut problems);
    let (markdown, others): (Vec<String>, Vec<String>) =
        content.into_iter().partition(|path| path.ends_with(".md"));
    let entries = each(&markdown, |path, buffer| read::text(&root, path, buffer))?
        .into_iter()
        .filter_map(|outcome: Outcome<_>| outcome.drain_into(&mut problems))
        .collect();
    let infos = each(&others, |path, buffer| read::info(&root, path, buffer))?;
    let files = below("content/", others).zip(infos).collect();

    let theme_paths = walk::walk(&root, "templates")?.drain_into(&mut problems);
    let bytes = each(&theme_paths, |path, _| read::bytes(&root, path))?;
    let theme = below("templates/", theme_paths).zip(bytes).collect();

    Ok(Inputs {
        problems,
        root,
        config,
        entries,
        files,
        theme,
    })
}

impl Inputs {
    /// The text of a file of the snapshot, by its path below the root: what a report marks a problem
    /// in.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        if let Some(template) = path.strip_prefix("templates/") {
            return std::str::from_utf8(self.theme.get(template)?).ok();
        }
        let by_path = |file: &TextFile| (*file.path).cmp(path);
        if let Ok(at) = self.entries.binary_search_by(by_path) {
            return self.entries.get(at).map(|file| &*file.text);
        }
        let config = self.config.as_ref().filter(|file| *file.path == *path)?;
        Some(&config.text)
    }
}

/// Reads many files on all cores, each thread with one buffer; results stand in the order of `paths`.
fn each<T: Send>(
    paths: &[String],
    read: impl Fn(&str, &mut Vec<u8>) -> Result<T, Unreadable> + Sync,
) -> Result<Vec<T>, Unreadable> {
    paths
        .par_iter()
        .map_init(Vec::new, |buffer, path| read(path, buffer))
        .collect()
}

fn below(folder: &str, paths: Vec<String>) -> impl Iterator<Item = String> {
    paths.into_iter().map(move |path| {
        let rest = path.strip_prefix(folder).map(str::to_owned);
        rest.unwrap_or(path)
    })
}
