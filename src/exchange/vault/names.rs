//! Which note a link means.
//!
//! Takes the paths of all notes; gives the place of the one that a name or a path leads to, as Obsidian finds it: without
//! regard to case, with or without folders before the name, and of several the one with the shortest path.

use crate::model::name::fold;
use crate::model::path;
use std::collections::HashMap;

/// How many folders before a name are looked at.
const MOST_FOLDERS: usize = 32;

/// Files that notes show or link and that are no notes.
const ATTACHMENTS: &[&str] = &[
    "3gp",
    "avif",
    "base",
    "bmp",
    "canvas",
    "csv",
    "doc",
    "docx",
    "eml",
    "excalidraw",
    "flac",
    "gif",
    "jpeg",
    "jpg",
    "json",
    "m4a",
    "mkv",
    "mov",
    "mp3",
    "mp4",
    "msg",
    "ogg",
    "ogv",
    "pcap",
    "pdf",
    "png",
    "ppt",
    "pptx",
    "svg",
    "txt",
    "wav",
    "webm",
    "webp",
    "xls",
    "xlsx",
    "zip",
];

/// Every note, by the names that lead to it.
#[derive(Debug, Default)]
pub(super) struct Names {
    paths: Vec<String>,
    /// By names without case: which note, and its rank among those of that name.
    known: HashMap<String, (Rank, usize)>,
}

/// Which of two notes of one name is meant: the one with fewer folders, then the shorter, then the first by name.
type Rank = (usize, usize, String);

impl Names {
    /// Of the paths of notes.
    pub(super) fn of<'p>(paths: impl Iterator<Item = &'p str>) -> Names {
        let mut names = Names::default();
        for (at, whole) in paths.enumerate() {
            names.paths.push(whole.to_owned());
            let bare = fold(path::markdown(whole).unwrap_or(whole));
            let rank = (bare.matches('/').count(), bare.len(), bare.clone());
            let starts = bare.match_indices('/').map(|(slash, _)| slash + 1);
            let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
            // The names nearest to the file, and the path as a whole.
            let near = starts.iter().rev().take(MOST_FOLDERS).chain([&0]);
            for name in near.filter_map(|start| bare.get(*start..)) {
                let own = names
                    .known
                    .entry(name.to_owned())
                    .or_insert_with(|| (rank.clone(), at));
                if rank < own.0 {
                    *own = (rank.clone(), at);
                }
            }
        }
        names
    }

    /// The path of the note at a place.
    pub(super) fn path(&self, at: usize) -> Option<&str> {
        self.paths.get(at).map(String::as_str)
    }

    /// The note that a name or a path means in a note at `from`.
    pub(super) fn find(&self, name: &str, from: &str) -> Option<usize> {
        let name = name.trim();
        let name = path::markdown(name).unwrap_or(name);
        if name.is_empty() {
            return None;
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let joined = |folder: &str| joined(folder, name).map(|path| fold(&path));
        let known = |path: String| self.known.get(&path).map(|(_, at)| *at);
        if name.starts_with('.') {
            return joined(folder).and_then(known);
        }
        let beside = joined(folder).filter(|_| name.contains('/'));
        let beside =
            beside.and_then(|path| self.known.get(&path).filter(|(rank, _)| rank.2 == path));
        let absolute =
            joined("").and_then(|path| self.known.get(&path).filter(|(rank, _)| rank.2 == path));
        let exact = absolute.filter(|_| name.contains('/')).or(beside);
        exact
            .map(|(_, at)| *at)
            .or_else(|| joined("").and_then(known))
    }
}

/// A path from a folder on, without `.` and `..`; `None` where it leads out of the vault.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let folder = if path.starts_with('/') { "" } else { folder };
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a file is a note, by its name.
pub(super) fn is_note(file: &str) -> bool {
    path::markdown(file).is_some()
}

/// Whether a name is that of a file that is no note.
pub(super) fn is_attachment(name: &str) -> bool {
    let ending = name
        .trim()
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ATTACHMENTS.contains(&ending.as_str()))
}

/// The name of a note's file.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    path::markdown(name).unwrap_or(name)
}
