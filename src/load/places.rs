//! Which places of a snapshot a change reaches.
//!
//! Takes the paths that changed; gives the files and folders of the snapshot, by their path below
//! the root, that have to be looked at again. One file may stand in a snapshot under several paths,
//! because symbolic links lead to it, and a link may come to lead elsewhere by a change that is
//! nowhere near it.

use super::refresh::Changes;
use super::{Inputs, walk};
use crate::model::statics;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// The places to look at again, none of them within another.
pub(super) fn touched(inputs: &Inputs, changes: &Changes) -> BTreeSet<String> {
    let everything = || everything(inputs);
    let Changes::Paths(paths) = changes else {
        return everything();
    };
    let paths = aliases(inputs, paths);
    if paths.iter().any(|path| inputs.root.starts_with(path)) {
        return everything();
    }
    let mut touched = BTreeSet::new();
    for link in moved_links(inputs, &paths) {
        touched.extend(place(link));
    }
    for path in &paths {
        touched.extend(path.strip_prefix(&inputs.root).ok().and_then(place));
        for (link, target) in &inputs.links {
            let Some(target) = target else { continue };
            if let Ok(rest) = path.strip_prefix(target) {
                touched.extend(place(&link.join(rest)));
            } else if target.starts_with(path) {
                touched.extend(place(link));
            }
        }
    }
    let outer = |place: &String| !ancestors(place).any(|above| touched.contains(above));
    touched
        .iter()
        .filter(|place| outer(place))
        .cloned()
        .collect()
}

/// Every place: also folders that were perhaps meant to be published, now or when it was last looked.
fn everything(inputs: &Inputs) -> BTreeSet<String> {
    let tops = ["content", "dossier.toml", "templates"].into_iter();
    let tops = tops.chain(statics::FOLDERS.map(|(folder, _)| folder));
    let reported = inputs.problems.iter().map(|problem| &*problem.place.path);
    let reported = reported.filter(|path| statics::is_meant(path) && !path.contains('/'));
    let here = std::fs::read_dir(&inputs.root);
    let here = here.into_iter().flatten().flatten();
    let here = here.filter_map(|entry| entry.file_name().into_string().ok());
    let here = here.filter(|name| statics::is_meant(name));
    let known = tops.chain(reported).map(str::to_owned);
    known.chain(here).collect()
}

/// The paths as they were given, and where they really lie: now, and as far as is remembered from
/// when a link on the way was last looked at.
fn aliases(inputs: &Inputs, paths: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    // Paths come sorted: those of one folder stand together.
    let mut last: Option<(PathBuf, PathBuf)> = None;
    for path in paths {
        let path = inputs.root.join(path);
        for (link, target) in &inputs.links {
            if let Some(target) = target
                && let Ok(rest) = path.strip_prefix(inputs.root.join(link))
            {
                all.insert(target.join(rest));
            }
        }
        if let (Some(folder), Some(name)) = (path.parent(), path.file_name()) {
            let known = last.take().filter(|(known, _)| known == folder);
            let (folder, real) = known.unwrap_or_else(|| (folder.to_owned(), real(folder)));
            all.insert(real.join(name));
            last = Some((folder, real));
        }
        all.insert(path);
    }
    all
}

/// Where a path really lies, as far as it exists.
fn real(path: &Path) -> PathBuf {
    path.ancestors()
        .find_map(|above| {
            let real = std::fs::canonicalize(above).ok()?;
            Some(real.join(path.strip_prefix(above).ok()?))
        })
        .unwrap_or_else(|| path.to_owned())
}

/// The links that lead elsewhere than they did.
///
/// Where nothing but files was written, only links that led nowhere can: the others are let be, so
/// that one whose target is being replaced at this very moment is not seen broken.
fn moved_links<'a>(inputs: &'a Inputs, paths: &BTreeSet<PathBuf>) -> Vec<&'a Path> {
    let only_written = paths.iter().all(|path| {
        let is_file = std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
        let below = path.strip_prefix(&inputs.root);
        is_file && !below.is_ok_and(|path| inputs.links.contains_key(path))
    });
    let moved = inputs.links.iter().filter(|(link, target)| {
        let looked_at = target.is_none() || !only_written;
        looked_at && std::fs::canonicalize(inputs.root.join(link)).ok() != **target
    });
    moved.map(|(link, _)| link.as_path()).collect()
}

/// The place of the snapshot that a path below the root stands for: itself, or the nearest folder
/// with a name that is text, since two names that are not may be shown alike. `None` for what is no
/// part of a snapshot.
fn place(path: &Path) -> Option<String> {
    let top = path.iter().next().and_then(OsStr::to_str);
    let is_static = |name: &str| statics::FOLDERS.iter().any(|(folder, _)| *folder == name);
    // Of a folder that is none of these nothing is read, but that it is there.
    if let Some(top) = top.filter(|top| statics::is_meant(top) && !is_static(top)) {
        return Some(top.to_owned());
    }
    let mut place = String::new();
    for part in path.components() {
        let Component::Normal(name) = part else {
            return None;
        };
        let top = place.split('/').next().unwrap_or_default();
        let is_below = !place.is_empty();
        if is_below && walk::passed_by_in(top)(name) {
            return None;
        }
        let is_refused = is_below && statics::is_meant(top) && walk::is_refused(name);
        match name.to_str().filter(|name| !name.contains('\u{fffd}')) {
            Some(name) if place.is_empty() => place.push_str(name),
            Some(name) => {
                place.push('/');
                place.push_str(name);
            }
            None => break,
        }
        if is_refused {
            break;
        }
    }
    let top = place.split('/').next().unwrap_or_default();
    let is_part = matches!(top, "content" | "templates") || place == "dossier.toml";
    (is_part || is_static(top)).then_some(place)
}

/// The folders above a place.
fn ancestors(place: &str) -> impl Iterator<Item = &str> {
    place.match_indices('/').map(|(end, _)| &place[..end])
}
