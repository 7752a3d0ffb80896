//! A build into a folder that holds an earlier one.
//!
//! Every file is made and compared with what is there; those that differ are written to the staging
//! folder. When all went well they are renamed into place, then what the site no longer has is removed.

use super::aside::Aside;
use super::content::{Content, Kept, make_all, make_folder, print_of};
use super::ground::{Ground, Lies, admit_damage, is_absent};
use super::manifest::{self, Manifest, Print};
use super::{Blocked, Failure, Publication, Report, Watch, blocked};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Publishes where there is a manifest.
pub(super) fn publish(
    out: &Path,
    aside: &Aside,
    before: &Manifest,
    publication: &Publication<'_>,
    watch: Watch<'_>,
) -> Result<Report, Failure> {
    let start = Instant::now();
    if before.damaged {
        admit_damage(out, before)?;
    }
    let staging = aside.stage()?;
    let update = Update {
        out,
        staging: &staging.path,
        before,
        publication,
        switch: before.audiences.iter().ne([&publication.audience]),
    };
    let stays = |index| update.stays(index);
    let kept = make_all(publication, watch, stays, |index, content| {
        update.keep(index, &content)
    })?;
    let making = start.elapsed();
    let start = Instant::now();
    let pruned = update.place(&kept)?;
    let written = kept.iter().filter(|kept| kept.written);
    Ok(Report {
        written: written.clone().count(),
        unchanged: kept.iter().filter(|kept| !kept.written).count(),
        pruned,
        bytes: written
            .filter_map(|kept| kept.print)
            .map(|print| print.size)
            .sum(),
        replaced: if update.switch {
            before.audiences.clone()
        } else {
            BTreeSet::new()
        },
        cleaned: !before.complete,
        making,
        placing: start.elapsed(),
        prints: kept.iter().map(|kept| kept.print).collect(),
    })
}

struct Update<'a> {
    out: &'a Path,
    staging: &'a Path,
    before: &'a Manifest,
    publication: &'a Publication<'a>,
    /// Whether what is there was made for others: then every file is replaced, equal or not.
    switch: bool,
}

impl Update<'_> {
    /// A file that is known to be there as it should be, without being made.
    fn stays(&self, index: usize) -> Result<Option<Kept>, Failure> {
        let (Some(known), Some(path)) = (
            self.publication.known.filter(|_| !self.switch),
            self.publication.paths.get(index),
        ) else {
            return Ok(None);
        };
        let Some((print, before)) = known(index).zip(self.before.file(path)) else {
            return Ok(None);
        };
        let (same, read) = self.is_there(path, before, print)?;
        Ok(same.then_some(Kept {
            print: Some(print),
            written: false,
            read,
        }))
    }

    /// Writes a file to the staging folder, under its number, unless it is there as it should be.
    fn keep(&self, index: usize, content: &Content<'_>) -> Result<Kept, Failure> {
        let Some(path) = self.publication.paths.get(index) else {
            return Ok(Kept::default());
        };
        if !self.switch
            && let Some(known) = self.before.file(path)
        {
            let print = content.print()?;
            let (same, read) = self.is_there(path, known, print)?;
            if same {
                return Ok(Kept {
                    print: Some(print),
                    written: false,
                    read,
                });
            }
        }
        Ok(Kept {
            print: Some(content.write(&self.staged(index))?),
            written: true,
            read: false,
        })
    }

    fn staged(&self, index: usize) -> PathBuf {
        self.staging.join(index.to_string())
    }

    /// Whether a file of ours is on the disk as it is to be, and whether it had to be read to know: not
    /// when a build that came to its end wrote it so and it has not been touched since.
    fn is_there(
        &self,
        path: &str,
        known: Option<Print>,
        print: Print,
    ) -> Result<(bool, bool), Blocked> {
        let path = self.out.join(path);
        let found = match std::fs::symlink_metadata(&path) {
            Err(error) if is_absent(&error) => return Ok((false, false)),
            found => found.map_err(blocked("look at", &path))?,
        };
        if !found.is_file() || found.len() != print.size {
            return Ok((false, false));
        }
        // In the same tick of the clock a change could hide: only an earlier stamp is trusted.
        let untouched = self.before.complete && manifest::stamp(&found) < self.before.stamp;
        if untouched && known.is_some() {
            return Ok((known == Some(print), false));
        }
        let there = print_of(&path).map_err(blocked("read", &path))?;
        Ok((there == print, true))
    }

    /// Puts everything in place; gives the number of files removed.
    fn place(&self, kept: &[Kept]) -> Result<usize, Failure> {
        let paths = self.publication.paths;
        let stale: Vec<&str> = self
            .before
            .files
            .iter()
            .map(|(path, _)| path.as_str())
            .filter(|path| {
                paths
                    .binary_search_by(|other| other.as_str().cmp(path))
                    .is_err()
            })
            .collect();
        let written: Vec<(usize, &str)> = paths
            .iter()
            .map(String::as_str)
            .enumerate()
            .filter(|(index, _)| kept.get(*index).is_some_and(|kept| kept.written))
            .collect();
        let clean = !self.switch && self.before.complete;
        if clean && written.is_empty() && stale.is_empty() {
            // A new manifest is a later one: what had to be read now need not be read again.
            if !self.before.current || kept.iter().any(|kept| kept.read) {
                self.finish(kept)?;
            }
            return Ok(0);
        }
        let mut ground = Ground::new(self.out, self.before);
        ground.admit(written.iter().map(|(_, path)| *path))?;

        let fresh = |path: &str| self.before.file(path).is_none();
        if !clean || written.iter().any(|(_, path)| fresh(path)) {
            self.announce()?;
        }
        let mut pruned = 0;
        let (first, last): (Vec<&str>, Vec<&str>) =
            stale.into_iter().partition(|path| self.must_go_first(path));
        pruned += self.prune(&first)?;
        make_folders(self.out, written.iter().map(|(_, path)| *path))?;
        written.par_iter().try_for_each(|(index, path)| {
            let target = self.out.join(path);
            std::fs::rename(self.staged(*index), &target).map_err(blocked("write", &target))
        })?;
        pruned += self.prune(&last)?;
        self.finish(kept)?;
        Ok(pruned)
    }

    /// The manifest of the old and the new files, before the first of them is touched.
    fn announce(&self) -> Result<(), Blocked> {
        let old = self.before.files.iter().map(|(path, _)| path.as_str());
        let new = self.publication.paths.iter().map(String::as_str);
        let union: BTreeSet<&str> = old.chain(new).collect();
        let mut audiences = self.before.audiences.clone();
        audiences.insert(self.publication.audience);
        let names = union.into_iter().map(|path| (path, None));
        manifest::write(self.out, &manifest::bytes(&audiences, false, names))
    }

    fn finish(&self, kept: &[Kept]) -> Result<(), Blocked> {
        let prints = self.publication.paths.iter().zip(kept);
        let prints = prints.map(|(path, kept)| (path.as_str(), kept.print));
        let audiences = BTreeSet::from([self.publication.audience]);
        manifest::write(self.out, &manifest::bytes(&audiences, true, prints))
    }

    /// Whether an old file stands where a new one needs a folder, or the other way round. The others
    /// stay until the new ones are there.
    fn must_go_first(&self, stale: &str) -> bool {
        let paths = self.publication.paths;
        let prefix = format!("{stale}/");
        let at = paths.partition_point(|path| **path < *prefix);
        let holds_new = paths.get(at).is_some_and(|path| path.starts_with(&prefix));
        let mut folder = stale;
        let mut lies_below_new = false;
        while let Some((above, _)) = folder.rsplit_once('/') {
            let new = paths.binary_search_by(|path| path.as_str().cmp(above));
            lies_below_new |= new.is_ok();
            folder = above;
        }
        holds_new || lies_below_new
    }

    /// Removes old files, and the folders that are empty then.
    fn prune(&self, stale: &[&str]) -> Result<usize, Blocked> {
        let mut ground = Ground::new(self.out, self.before);
        let mut folders = BTreeSet::new();
        let mut pruned = 0;
        for path in stale {
            // What the user put in the place of our file is the user's.
            if ground.at(path)? == Lies::File {
                let path = self.out.join(path);
                std::fs::remove_file(&path).map_err(blocked("remove", &path))?;
                pruned += 1;
            }
            let mut folder = *path;
            while let Some((above, _)) = folder.rsplit_once('/')
                && folders.insert(above)
            {
                folder = above;
            }
        }
        // Backwards a folder comes after those in it.
        for folder in folders.into_iter().rev() {
            if ground.at(folder)? == Lies::Folder {
                // It fails where something is in it, which then stays; and a folder too many is no harm.
                let _ = std::fs::remove_dir(self.out.join(folder));
            }
        }
        Ok(pruned)
    }
}

/// Makes the folders of files, each once.
fn make_folders<'a>(out: &Path, paths: impl Iterator<Item = &'a str>) -> Result<(), Blocked> {
    let mut folders = BTreeSet::new();
    for mut path in paths {
        while let Some((above, _)) = path.rsplit_once('/')
            && folders.insert(above)
        {
            path = above;
        }
    }
    for folder in folders {
        let folder = out.join(folder);
        make_folder(&folder).map_err(blocked("make", &folder))?;
    }
    Ok(())
}
