//! A snapshot is brought up to date.
//!
//! Takes [`Inputs`] and where something may have changed; looks there and nowhere else, and leaves
//! the inputs as a fresh [`super::load`] would give them. What has not changed keeps its identity (the
//! same `Arc`s), so that later stages see at a glance what did. All is read before anything is put in
//! place: where the system refuses a file, the inputs stay as they were.

#[cfg(test)]
mod tests;

use super::places::touched;
use super::{FileInfo, Inputs, Unreadable, read, walk};
use crate::diag::{self, Code, Diagnostic, Outcome};
use crate::model::{path, statics};
use crate::text::{Place, TextFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a project may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// Files and folders that may have been written, made, moved or removed; absolute or below the
    /// root. A folder stands for all that is in it.
    Paths(BTreeSet<PathBuf>),
    /// Anywhere.
    All,
}

impl Changes {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Changes) -> Changes {
        match (self, other) {
            (Changes::Paths(mut paths), Changes::Paths(others)) => {
                paths.extend(others);
                Changes::Paths(paths)
            }
            _ => Changes::All,
        }
    }
}

impl Inputs {
    /// Looks again where something may have changed, and says whether anything differs. Afterwards
    /// the inputs are those that [`super::load`] would give.
    ///
    /// # Errors
    /// Where the system refuses a file or folder that is there. The inputs stay as they were, and the
    /// next refresh looks there too.
    pub fn refresh(&mut self, changes: &Changes) -> Result<bool, Unreadable> {
        let owed = self.owed.take();
        let changes = match owed {
            Some(owed) => owed.and(changes.clone()),
            None => changes.clone(),
        };
        let places = touched(self, &changes);
        match Look::at(self, &places) {
            Ok(look) => Ok(self.put(&places, look)),
            Err(unreadable) => {
                self.owed = Some(changes);
                Err(unreadable)
            }
        }
    }

    /// Puts what was found in the place of what was there.
    fn put(&mut self, places: &BTreeSet<String>, look: Look) -> bool {
        for place in places {
            let place = Path::new(place);
            self.links.retain(|link, _| !link.starts_with(place));
        }
        self.links.extend(look.links);
        let mut changed = false;
        if places.contains("dossier.toml") {
            let text = |config: &Option<TextFile>| config.as_ref().map(|file| file.text.clone());
            changed |= text(&self.config) != text(&look.config);
            self.config = look.config;
        }
        changed |= replace(
            &mut self.entries,
            places,
            look.entries,
            |file| &file.path,
            same,
        );
        changed |= replace(
            &mut self.problems,
            places,
            look.problems,
            |problem| &problem.place.path,
            Diagnostic::eq,
        );
        changed |= replace_below("content", &mut self.files, places, look.files);
        changed |= replace_below("templates", &mut self.theme, places, look.theme);
        changed |= replace_below("", &mut self.statics, places, look.statics);
        changed
    }
}

/// What there is now at the places that may have changed.
#[derive(Default)]
struct Look {
    config: Option<TextFile>,
    entries: Vec<TextFile>,
    files: Vec<(String, FileInfo)>,
    theme: Vec<(String, Arc<[u8]>)>,
    statics: Vec<(String, FileInfo)>,
    problems: Vec<Diagnostic>,
    links: Vec<(PathBuf, Option<PathBuf>)>,
}

impl Look {
    fn at(known: &Inputs, places: &BTreeSet<String>) -> Result<Look, Unreadable> {
        let root = &known.root;
        let mut look = Look::default();
        let (mut markdown, mut files, mut theme) = (Vec::new(), Vec::new(), Vec::new());
        let mut fixed = Vec::new();
        for place in places {
            if place == "dossier.toml" {
                look.links.extend(walk::link(root, &root.join(place)));
                let config = read::config(root, known.config.as_ref())?;
                look.config = config.drain_into(&mut look.problems);
                continue;
            }
            if let Some(problem) = unknown_static(root, place) {
                look.problems.push(problem);
                continue;
            }
            let found = walk::below(root, place)?;
            look.problems.extend(found.problems);
            look.links.extend(found.links);
            for path in found.files {
                if path.starts_with("templates/") {
                    theme.push(path);
                } else if statics::split(&path).is_some() {
                    fixed.push(path);
                } else if path::markdown(&path).is_some() {
                    markdown.push(path);
                } else {
                    files.push(path);
                }
            }
        }
        markdown.sort_unstable();
        let texts = each(&markdown, |path, buffer| {
            read::text(root, path, known.entry(path), buffer)
        })?;
        let texts = texts.into_iter();
        look.entries = texts
            .filter_map(|text: Outcome<_>| text.drain_into(&mut look.problems))
            .collect();
        let infos = each(&files, |path, buffer| read::info(root, path, false, buffer))?;
        look.files = below("content/", files, infos);
        let bytes = each(&theme, |path, buffer| {
            let name = path.strip_prefix("templates/");
            let old = name.and_then(|name| known.theme.get(name));
            read::bytes(root, path, old, buffer)
        })?;
        look.theme = below("templates/", theme, bytes);
        // All of them are published, as they were read.
        let read = each(&fixed, |path, buffer| read::info(root, path, true, buffer))?;
        look.statics = below("", fixed, read);
        diag::sort(&mut look.problems);
        Ok(look)
    }
}

/// A folder that was perhaps meant to be published as it is, and is not.
fn unknown_static(root: &Path, place: &str) -> Option<Diagnostic> {
    let names = statics::FOLDERS.map(|(folder, _)| folder);
    let is_unknown = statics::is_meant(place) && !place.contains('/') && !names.contains(&place);
    if !is_unknown || !root.join(place).is_dir() {
        return None;
    }
    let help = match diag::closest(place, names) {
        Some(near) => format!("did you mean `{near}/`?"),
        None => format!(
            "the folders are: {}",
            names.map(|name| format!("{name}/")).join(", ")
        ),
    };
    let message =
        format!("nothing of `{place}/` is published: it is no folder of files for the site");
    Some(Diagnostic::new(Code::UnusedFile, Place::file(place), message).help(help))
}

/// Reads many files on all cores, each thread with one buffer; results stand in the order of `paths`.
fn each<T: Send>(
    paths: &[String],
    read: impl Fn(&str, &mut Vec<u8>) -> Result<T, Unreadable> + Sync,
) -> Result<Vec<T>, Unreadable> {
    // The few files of an edit are read before another thread would have woken up.
    if paths.len() < 8 {
        let mut buffer = Vec::new();
        return paths.iter().map(|path| read(path, &mut buffer)).collect();
    }
    paths
        .par_iter()
        .map_init(Vec::new, |buffer, path| read(path, buffer))
        .collect()
}

/// Pairs the paths, from below `folder` on, with what was read there.
fn below<T>(folder: &str, paths: Vec<String>, read: Vec<Option<T>>) -> Vec<(String, T)> {
    let names = paths
        .into_iter()
        .map(|path| match path.strip_prefix(folder) {
            Some(name) => name.to_owned(),
            None => path,
        });
    let pairs = names.zip(read);
    pairs
        .filter_map(|(name, read)| Some((name, read?)))
        .collect()
}

fn same(old: &TextFile, new: &TextFile) -> bool {
    Arc::ptr_eq(&old.text, &new.text)
}

/// Puts `fresh` in the place of what a list, sorted by path, has at the places; says whether that
/// differs. Only what is touched is compared.
fn replace<T>(
    list: &mut Vec<T>,
    places: &BTreeSet<String>,
    fresh: Vec<T>,
    path: impl Fn(&T) -> &str,
    same: impl Fn(&T, &T) -> bool,
) -> bool {
    let mut old: Vec<Range<usize>> = Vec::new();
    for place in places {
        let (at, below) = (place.as_str(), format!("{place}/"));
        let start = list.partition_point(|item| path(item) < at);
        let count = list[start..].partition_point(|item| path(item) == at);
        old.push(start..start + count);
        let start = list.partition_point(|item| path(item) < below.as_str());
        let count = list[start..].partition_point(|item| path(item).starts_with(&below));
        old.push(start..start + count);
    }
    old.retain(|range| !range.is_empty());
    old.sort_unstable_by_key(|range| range.start);
    let touched = || old.iter().cloned().flatten();
    let is_there = |(at, item): (usize, &T)| path(&list[at]) == path(item);
    if touched().count() == fresh.len() && touched().zip(&fresh).all(is_there) {
        let mut differs = false;
        for (at, item) in touched().zip(fresh) {
            differs |= !same(&list[at], &item);
            list[at] = item;
        }
        return differs;
    }
    let mut old = old.into_iter().peekable();
    let mut at = 0;
    list.retain(|_| {
        while old.next_if(|range| range.end <= at).is_some() {}
        let is_old = old.peek().is_some_and(|range| range.contains(&at));
        at += 1;
        !is_old
    });
    if !fresh.is_empty() {
        insert(list, fresh, path);
    }
    true
}

/// Inserts `fresh`, sorted by path, into a list that is. What stands between two of them is moved
/// without a look at it.
fn insert<T>(list: &mut Vec<T>, fresh: Vec<T>, path: impl Fn(&T) -> &str) {
    let before = |item| list.partition_point(|old| path(old) < path(item));
    let positions: Vec<usize> = fresh.iter().map(before).collect();
    let mut old = std::mem::take(list).into_iter();
    list.reserve_exact(old.len() + fresh.len());
    let mut moved = 0;
    for (at, item) in positions.into_iter().zip(fresh) {
        list.extend(old.by_ref().take(at - moved));
        list.push(item);
        moved = at;
    }
    list.extend(old);
}

/// The same for a map whose keys are the paths from below `folder` on, or from below the root.
fn replace_below<T: PartialEq>(
    folder: &str,
    map: &mut BTreeMap<String, T>,
    places: &BTreeSet<String>,
    fresh: Vec<(String, T)>,
) -> bool {
    let fresh: BTreeMap<String, T> = fresh.into_iter().collect();
    let mut old: Vec<String> = Vec::new();
    for place in places {
        if place == folder {
            old.extend(map.keys().cloned());
        } else if let Some(name) = match folder {
            "" => Some(place.as_str()),
            folder => place
                .strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/')),
        } {
            old.extend(map.contains_key(name).then(|| name.to_owned()));
            let below = format!("{name}/");
            let keys = map.range(below.clone()..).map(|(key, _)| key);
            old.extend(keys.take_while(|key| key.starts_with(&below)).cloned());
        }
    }
    let mut differs = false;
    for key in old.iter().filter(|key| !fresh.contains_key(*key)) {
        differs |= map.remove(key).is_some();
    }
    for (key, value) in fresh {
        if map.get(&key) != Some(&value) {
            map.insert(key, value);
            differs = true;
        }
    }
    differs
}
