//! The first build into a folder.
//!
//! The whole site is made in the staging folder and renamed to the output at once; where the output
//! exists (with files that are not ours, such as a `.gitignore`), what is in it is moved in.

use super::aside::Aside;
use super::content::{Content, FileOutcome, make_all, make_folder};
use super::manifest::{self, Manifest};
use super::output_folder::OutputFolder;
use super::{Blocked, Failure, Publication, Report, Watch, blocked};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::time::Instant;

/// Publishes where there is no manifest.
pub(super) fn publish(
    out: &Path,
    aside: &Aside,
    publication: &Publication<'_>,
    watch: Watch<'_>,
) -> Result<Report, Failure> {
    let start = Instant::now();
    let exists = out.is_dir();
    if exists {
        let nothing = Manifest::of_nothing();
        OutputFolder::new(out, &nothing).admit(publication.paths.iter().map(String::as_str))?;
    }
    let staging = aside.stage("")?;
    let audiences = BTreeSet::from([publication.audience]);
    let names = publication.paths.iter().map(|path| (path.as_str(), None));
    let underway = manifest::bytes(&audiences, false, names);
    // Synced now, while there is little else to sync: should the power fail after the rename, the
    // names are there.
    manifest::write(&staging.path, &staging.path, &underway)?;

    let firsts = make_folders(&staging.path, publication.paths)?;
    let nothing = |_| Ok(None);
    let kept = make_all(publication, watch, nothing, |index, content| {
        keep(&staging.path, publication, &firsts, index, &content)
    })?;
    let making = start.elapsed();

    let start = Instant::now();
    let digests = publication.paths.iter().zip(&kept);
    let digests = digests.map(|(path, kept)| (path.as_str(), kept.digest));
    let complete = manifest::bytes(&audiences, true, digests);
    if exists {
        manifest::write(out, &staging.path, &underway)?;
        move_in(&staging.path, out, true)?;
        manifest::write(out, &staging.path, &complete)?;
    } else {
        manifest::replace(&staging.path, &staging.path, &complete)?;
        staging.become_output(out)?;
    }
    let sizes = kept.iter().filter_map(|kept| kept.digest);
    Ok(Report {
        written: kept.len(),
        bytes: sizes.map(|digest| digest.size).sum(),
        making,
        placing: start.elapsed(),
        digests: kept.iter().map(|kept| kept.digest).collect(),
        ..Report::default()
    })
}

fn keep(
    staging: &Path,
    publication: &Publication<'_>,
    firsts: &[bool],
    index: usize,
    content: &Content<'_>,
) -> Result<FileOutcome, Failure> {
    let Some(path) = publication.paths.get(index) else {
        return Ok(FileOutcome::default());
    };
    let target = staging.join(path);
    if firsts.get(index) == Some(&true)
        && let Some(folder) = target.parent()
    {
        make_folder(folder).map_err(blocked("make", folder))?;
    }
    Ok(FileOutcome {
        digest: Some(content.write(&target)?),
        written: true,
        read: false,
    })
}

/// Makes the folders that hold folders, and says which files are the first of their own: that folder
/// is made with the file, on whichever core makes it, because making folders is most of the work.
fn make_folders(staging: &Path, paths: &[String]) -> Result<Vec<bool>, Blocked> {
    let mut own = HashSet::new();
    let mut above = BTreeSet::new();
    let mut first = |path: &str| {
        let Some((folder, _)) = path.rsplit_once('/') else {
            return false;
        };
        let is_first = own.insert(folder.to_owned());
        let mut rest = folder;
        while is_first
            && let Some((parent, _)) = rest.rsplit_once('/')
            && above.insert(parent.to_owned())
        {
            rest = parent;
        }
        is_first
    };
    let firsts = paths.iter().map(|path| first(path)).collect();
    for folder in above {
        let folder = staging.join(folder);
        make_folder(&folder).map_err(blocked("make", &folder))?;
    }
    Ok(firsts)
}

/// Moves what is in one folder into another; a folder that is there already is gone into. That nothing
/// is in the way was seen before.
fn move_in(from: &Path, to: &Path, top: bool) -> Result<(), Blocked> {
    for entry in std::fs::read_dir(from).map_err(blocked("read", from))? {
        let entry = entry.map_err(blocked("read", from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if top && entry.file_name() == manifest::NAME {
            continue;
        }
        if target.is_dir() {
            move_in(&source, &target, false)?;
        } else {
            std::fs::rename(&source, &target).map_err(blocked("write", &target))?;
        }
    }
    Ok(())
}
