//! Putting a new site in the place of an old one, file by file.
//!
//! Takes what was made and how it differs from what is there; first removes every old file that goes
//! away or has other bytes, then puts the new ones in place. This module knows no markings: any of these
//! bytes may be what the new site withholds. So at every instant the files that lie there are of the old
//! site or of the new one, never of both, but for those that are the same in both.

use super::content::{FileOutcome, make_folder};
use super::manifest;
use super::output_folder::{Lies, OutputFolder, is_absent};
use super::update::{Changes, Update};
use super::{Blocked, Failure, blocked};
use crate::model::Tlp;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// Puts everything in place; gives the number of files that the site no longer has.
pub(super) fn each(
    update: &Update<'_>,
    kept: &[FileOutcome],
    changes: &Changes<'_>,
) -> Result<usize, Failure> {
    let Update { out, staging, .. } = *update;
    let mut output = OutputFolder::new(out, update.before);
    output.admit(changes.written.iter().map(|(_, path)| *path))?;

    let mut audiences = update.before.audiences.clone();
    audiences.insert(update.publication.audience);
    let both = underway(update, &audiences, &changes.stale);
    if is_named(update, changes) {
        manifest::replace(out, staging, &both)?;
    } else {
        manifest::write(out, staging, &both)?;
    }
    let pruned = remove_old(update, &mut output, changes)?;
    // Names can say what the new site withholds as well as bytes can: theirs go before it comes.
    if !changes.stale.is_empty() || audiences.len() > 1 {
        let audiences = BTreeSet::from([update.publication.audience]);
        manifest::replace(out, staging, &underway(update, &audiences, &[]))?;
    }
    make_folders(out, changes.written.iter().map(|(_, path)| *path))?;
    changes.written.par_iter().try_for_each(|(index, path)| {
        let target = out.join(path);
        std::fs::rename(update.staged(*index), &target).map_err(blocked("write", &target))
    })?;
    update.finish(kept)?;
    Ok(pruned)
}

/// Whether the manifest that is there names every file that there will be, and for whom.
fn is_named(update: &Update<'_>, changes: &Changes<'_>) -> bool {
    let mut written = changes.written.iter();
    let all = written.all(|(_, path)| update.before.file(path).is_some());
    all && !update.switch && update.before.complete
}

/// The manifest of a build that goes on: the files of the new site, and those of the old one that may
/// still be there.
fn underway(update: &Update<'_>, audiences: &BTreeSet<Tlp>, stale: &[&str]) -> Vec<u8> {
    let new = update.publication.paths.iter().map(String::as_str);
    let mut names: Vec<&str> = new.chain(stale.iter().copied()).collect();
    names.sort();
    manifest::bytes(audiences, false, names.into_iter().map(|path| (path, None)))
}

/// Removes the old files that go away or have other bytes, and the folders that the new site has no use
/// for; gives how many of the files go away for good.
fn remove_old(
    update: &Update<'_>,
    output: &mut OutputFolder<'_>,
    changes: &Changes<'_>,
) -> Result<usize, Blocked> {
    let mut old = Vec::new();
    for path in &changes.stale {
        // What the user put in the place of our file is the user's.
        if output.at(path)? == Lies::File {
            old.push(*path);
        }
    }
    let pruned = old.len();
    for (_, path) in &changes.written {
        if update.before.file(path).is_some() && output.at(path)? == Lies::File {
            old.push(path);
        }
    }
    old.par_iter().try_for_each(|path| {
        let path = update.out.join(path);
        match std::fs::remove_file(&path) {
            Err(error) if !is_absent(&error) => Err(blocked("remove", &path)(error)),
            _ => Ok(()),
        }
    })?;
    remove_folders(update, output, &changes.stale)?;
    Ok(pruned)
}

/// Removes the folders above files that went away, where no file of the new site comes into them.
fn remove_folders(
    update: &Update<'_>,
    output: &mut OutputFolder<'_>,
    stale: &[&str],
) -> Result<(), Blocked> {
    let paths = update.publication.paths;
    let is_needed = |folder: &str| {
        let prefix = format!("{folder}/");
        let at = paths.partition_point(|path| **path < *prefix);
        paths.get(at).is_some_and(|path| path.starts_with(&prefix))
    };
    // Backwards a folder comes after those in it.
    for folder in folders(stale.iter().copied()).into_iter().rev() {
        if !is_needed(folder) && output.at(folder)? == Lies::Folder {
            // It fails where something is in it, which then stays; and a folder too many is no harm.
            let _ = std::fs::remove_dir(update.out.join(folder));
        }
    }
    Ok(())
}

/// Makes the folders of files, each once.
pub(super) fn make_folders<'a>(
    out: &Path,
    paths: impl Iterator<Item = &'a str>,
) -> Result<(), Blocked> {
    for folder in folders(paths) {
        let folder = out.join(folder);
        make_folder(&folder).map_err(blocked("make", &folder))?;
    }
    Ok(())
}

/// All folders above files, each once, sorted.
fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for mut path in paths {
        while let Some((above, _)) = path.rsplit_once('/')
            && folders.insert(above)
        {
            path = above;
        }
    }
    folders
}
