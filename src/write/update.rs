//! A build into a folder that holds an earlier one.
//!
//! Every file is made and compared with what is there; those that differ are written to the staging
//! folder, under their numbers. When all went well they are put in place: each by itself (`place`), or
//! with the whole folder (`swap`).

use super::aside::Aside;
use super::content::{Content, FileOutcome, make_all, print_of};
use super::manifest::{self, Digest, Manifest};
use super::output_folder::{admit_damage, is_absent};
use super::{Blocked, Failure, Publication, Report, Watch, blocked, place, swap};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Publishes where there is an earlier site, or a folder to be exchanged.
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
    let staging = aside.stage("")?;
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
    let changes = update.changes(&kept);
    let pruned = if changes.is_empty() {
        // A new manifest is a later one: what had to be read now need not be read again.
        let is_told = before.complete && before.current && !update.switch;
        if !is_told || kept.iter().any(|kept| kept.read) {
            update.finish(&kept)?;
        }
        0
    } else if publication.swap {
        swap::exchange(&update, aside, &kept, &changes)?
    } else {
        place::each(&update, &kept, &changes)?
    };
    let written = kept.iter().filter(|kept| kept.written);
    Ok(Report {
        written: written.clone().count(),
        unchanged: kept.iter().filter(|kept| !kept.written).count(),
        pruned,
        bytes: written
            .filter_map(|kept| kept.digest)
            .map(|digest| digest.size)
            .sum(),
        replaced: if update.switch {
            before.audiences.clone()
        } else {
            BTreeSet::new()
        },
        cleaned: !before.complete,
        making,
        placing: start.elapsed(),
        digests: kept.iter().map(|kept| kept.digest).collect(),
    })
}

/// The new site beside the old one.
pub(super) struct Update<'a> {
    /// The output.
    pub out: &'a Path,
    /// Where the files that were made lie, each under its number.
    pub staging: &'a Path,
    /// What is there.
    pub before: &'a Manifest,
    /// What is to be there.
    pub publication: &'a Publication<'a>,
    /// Whether what is there was made for others: then every file is replaced, equal or not.
    pub switch: bool,
}

/// How the new site differs from the old one.
pub(super) struct Changes<'a> {
    /// Its files that are new or have other bytes, with their numbers, sorted by path.
    pub written: Vec<(usize, &'a str)>,
    /// The files that it no longer has, sorted.
    pub stale: Vec<&'a str>,
}

impl Changes<'_> {
    fn is_empty(&self) -> bool {
        self.written.is_empty() && self.stale.is_empty()
    }
}

impl<'a> Update<'a> {
    /// A file that is known to be there as it should be, without being made.
    fn stays(&self, index: usize) -> Result<Option<FileOutcome>, Failure> {
        let (Some(known), Some(path)) = (
            self.publication.known.filter(|_| !self.switch),
            self.publication.paths.get(index),
        ) else {
            return Ok(None);
        };
        let Some((digest, before)) = known(index).zip(self.before.file(path)) else {
            return Ok(None);
        };
        let (same, read) = self.is_there(path, before, digest)?;
        Ok(same.then_some(FileOutcome {
            digest: Some(digest),
            written: false,
            read,
        }))
    }

    /// Writes a file to the staging folder, under its number, unless it is there as it should be.
    fn keep(&self, index: usize, content: &Content<'_>) -> Result<FileOutcome, Failure> {
        let Some(path) = self.publication.paths.get(index) else {
            return Ok(FileOutcome::default());
        };
        if !self.switch
            && let Some(known) = self.before.file(path)
        {
            let digest = content.digest()?;
            let (same, read) = self.is_there(path, known, digest)?;
            if same {
                return Ok(FileOutcome {
                    digest: Some(digest),
                    written: false,
                    read,
                });
            }
        }
        Ok(FileOutcome {
            digest: Some(content.write(&self.staged(index))?),
            written: true,
            read: false,
        })
    }

    /// Where the file of a number lies once it was made.
    pub(super) fn staged(&self, index: usize) -> PathBuf {
        self.staging.join(index.to_string())
    }

    /// Whether a file of ours is on the disk as it is to be, and whether it had to be read to know: not
    /// when a build that came to its end wrote it so and it has not been touched since.
    fn is_there(
        &self,
        path: &str,
        known: Option<Digest>,
        digest: Digest,
    ) -> Result<(bool, bool), Blocked> {
        let path = self.out.join(path);
        let found = match std::fs::symlink_metadata(&path) {
            Err(error) if is_absent(&error) => return Ok((false, false)),
            found => found.map_err(blocked("look at", &path))?,
        };
        if !found.is_file() || found.len() != digest.size {
            return Ok((false, false));
        }
        // In the same tick of the clock a change could hide: only an earlier stamp is trusted.
        let untouched = self.before.complete && manifest::stamp(&found) < self.before.stamp;
        if untouched && known.is_some() {
            return Ok((known == Some(digest), false));
        }
        let there = print_of(&path).map_err(blocked("read", &path))?;
        Ok((there == digest, true))
    }

    fn changes(&self, kept: &[FileOutcome]) -> Changes<'a> {
        let paths = self.publication.paths;
        let old = self.before.files.iter().map(|(path, _)| path.as_str());
        let stale = old.filter(|path| {
            let new = paths.binary_search_by(|other| other.as_str().cmp(path));
            new.is_err()
        });
        let new = paths.iter().map(String::as_str).enumerate();
        let written = new.filter(|(index, _)| kept.get(*index).is_some_and(|kept| kept.written));
        Changes {
            written: written.collect(),
            stale: stale.collect(),
        }
    }

    /// The manifest of the new site, in place.
    pub(super) fn finished(&self, kept: &[FileOutcome]) -> Vec<u8> {
        let digests = self.publication.paths.iter().zip(kept);
        let digests = digests.map(|(path, kept)| (path.as_str(), kept.digest));
        let audiences = BTreeSet::from([self.publication.audience]);
        manifest::bytes(&audiences, true, digests)
    }

    /// Puts the manifest of the new site in place.
    pub(super) fn finish(&self, kept: &[FileOutcome]) -> Result<(), Blocked> {
        manifest::write(self.out, self.staging, &self.finished(kept))
    }
}
