//! Waiting for files to change. A stand-in that looks at everything a few times a second.

use crate::load::{self, Inputs, Unreadable};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What may have changed.
#[derive(Debug, Clone)]
pub enum Changes {
    /// These files or folders.
    #[allow(dead_code, reason = "the stand-in knows no paths")]
    Paths(BTreeSet<PathBuf>),
    /// Everything is to be looked at again.
    All,
}

/// The watch over a project's files.
#[derive(Debug)]
pub(super) struct Watch {}

impl Watch {
    #[allow(clippy::unnecessary_wraps, reason = "a stand-in")]
    pub(super) fn start(_root: &Path) -> io::Result<Watch> {
        Ok(Watch {})
    }

    pub(super) fn wait(&mut self) -> Changes {
        std::thread::sleep(Duration::from_millis(100));
        Changes::All
    }

    pub(super) fn note(&self) -> Option<String> {
        None
    }
}

impl Inputs {
    /// Reads again what may have changed.
    pub(super) fn refresh(&mut self, _changes: &Changes) -> Result<bool, Unreadable> {
        let new = load::load(&self.root)?;
        let hash = |file: &crate::text::TextFile| (file.path.clone(), file.hash);
        let same = new
            .entries
            .iter()
            .map(hash)
            .eq(self.entries.iter().map(hash))
            && new.config.as_ref().map(hash) == self.config.as_ref().map(hash)
            && new.files == self.files
            && new.theme == self.theme
            && new.problems == self.problems;
        *self = new;
        Ok(!same)
    }
}
