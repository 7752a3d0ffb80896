//! EDGE: the disk becomes [`Inputs`], a snapshot of everything that a build reads.

use crate::text::TextFile;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A snapshot of a project's files.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// What was wrong with files on the way in.
    pub problems: Vec<crate::diag::Diagnostic>,
    /// The project's root, absolute.
    pub root: PathBuf,
    /// `dossier.toml`.
    pub config: Option<TextFile>,
    /// Every `*.md` below `content/`, by path.
    pub entries: Vec<TextFile>,
    /// Every other file below `content/`, by its path below `content/`: pictures, documents, snapshots.
    pub files: BTreeMap<String, FileInfo>,
    /// Every file below the project's `templates/` that overrides or adds to the theme, by its path
    /// below `templates/`: templates (text) and assets (bytes).
    pub theme: BTreeMap<String, Vec<u8>>,
}

/// What is known of a file that is copied, not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileInfo {
    /// Its size in bytes.
    pub size: u64,
    /// xxh3 of its content.
    pub hash: u64,
    /// SHA-256 in lower-case hexadecimal; only of files below `content/sources/snapshots/`.
    pub sha256: Option<String>,
}
