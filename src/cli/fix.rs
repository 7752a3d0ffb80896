//! What `check --fix` does to the files, and what it says of it.
//!
//! Takes texts with fixes in them; writes each in the place of its file, as long as that is what it was when it was
//! read. Decides nothing about what is mended: [`crate::mend`] does.

use super::terminal::{Terminal, count};
use crate::mend::Mended;
use crate::report::clean;
use crate::write::{Unreplaced, replace};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What was mended so far.
#[derive(Debug, Default)]
pub(super) struct Fixing {
    fixed: Vec<Fixed>,
    /// The files that were left as they are, each with the reason.
    refused: BTreeMap<String, Unreplaced>,
    /// How often files were written.
    rounds: usize,
}

/// A piece of a file that was changed; its names are stable.
#[derive(Debug, Serialize)]
pub(super) struct Fixed {
    /// The problem that is gone.
    code: &'static str,
    path: String,
    /// Where it stood in the file before, from 1.
    line: usize,
    column: usize,
    replaces: String,
    with: String,
}

/// A file that was left as it is.
#[derive(Debug, Serialize)]
pub(super) struct NotFixed<'a> {
    path: &'a str,
    why: String,
}

impl Fixing {
    /// Writes the files that were not refused before; gives those that were written, by their paths below the root.
    pub(super) fn write(&mut self, root: &Path, files: Vec<Mended>) -> BTreeSet<PathBuf> {
        let mut wrote = BTreeSet::new();
        for file in files {
            let Mended {
                path,
                before,
                after,
                fixed,
            } = file;
            if self.refused.contains_key(&*path) {
                continue;
            }
            if let Err(why) = replace(root, &path, before.as_bytes(), after.as_bytes()) {
                self.refused.insert(path.to_string(), why);
                continue;
            }
            wrote.insert(PathBuf::from(&*path));
            self.fixed.extend(fixed.into_iter().map(|it| Fixed {
                code: it.code.name(),
                path: path.to_string(),
                line: it.line,
                column: it.column,
                replaces: it.replaces,
                with: it.with,
            }));
        }
        self.rounds += usize::from(!wrote.is_empty());
        wrote
    }

    pub(super) fn rounds(&self) -> usize {
        self.rounds
    }

    pub(super) fn fixed(&self) -> &[Fixed] {
        &self.fixed
    }

    pub(super) fn not_fixed(&self) -> Vec<NotFixed<'_>> {
        let refused = self.refused.iter().map(|(path, why)| NotFixed {
            path,
            why: why.to_string(),
        });
        refused.collect()
    }

    /// Whether the machine would not write a file.
    pub(super) fn is_blocked(&self) -> bool {
        let mut refused = self.refused.values();
        refused.any(|why| matches!(why, Unreplaced::Blocked(_)))
    }

    /// `mended 3 places in 2 files`, where any was.
    pub(super) fn counts(&self) -> Option<String> {
        let files: BTreeSet<&str> = self.fixed.iter().map(|it| it.path.as_str()).collect();
        let places = count(self.fixed.len(), "place");
        (!files.is_empty()).then(|| format!("mended {places} in {}", count(files.len(), "file")))
    }

    /// What was done, a line each.
    pub(super) fn notes(&self) -> Vec<String> {
        let fixed = self.fixed.iter().map(|it| {
            let (place, code) = (format!("{}:{}", it.path, it.line), it.code);
            let lines = |text: &'_ str| text.trim_end_matches(['\r', '\n']).to_owned();
            let change = match (&*lines(&it.replaces), &*lines(&it.with)) {
                (old, "") => format!("`{old}` taken out"),
                ("", new) => format!("`{new}` put in"),
                (old, new) => format!("`{old}` → `{new}`"),
            };
            clean(&format!("mended {place}: {change} ({code})"))
        });
        fixed.collect()
    }

    /// Says what was done, and what was not.
    pub(super) fn tell(&self, terminal: &Terminal) {
        for note in self.notes() {
            terminal.say(&note);
        }
        for file in self.not_fixed() {
            let NotFixed { path, why } = file;
            terminal.say(&clean(&format!("note: {path} was not mended: {why}")));
        }
    }
}
