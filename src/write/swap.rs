//! Putting a new site in the place of an old one in a single step.
//!
//! Takes what was made and how it differs from what is there; makes the whole site beside the output
//! (files that are the same in both are linked, not copied) and exchanges the two folders. At every
//! instant the output is the whole of the old site or the whole of the new one. The old one then lies
//! beside it until it is removed: by this build, or, where that was killed, by the next.
//!
//! The output becomes another folder. So it may hold nothing but the site, and what has it open or
//! mounted goes on to see the old one.

use super::aside::{Aside, remove_site};
use super::content::{Content, FileOutcome};
use super::output_folder::admit_ours;
use super::update::{Changes, Update};
use super::{Blocked, Failure, blocked, manifest, place};
use rayon::prelude::*;
use std::io;
use std::path::Path;

/// Refuses an output that cannot be exchanged, before anything is made.
pub(super) fn admit(out: &Path, aside: &Aside) -> Result<(), Failure> {
    let refuse = |why: &str| {
        Err(Failure::Refused(format!(
            "`[output] swap` cannot be had for `{}`: {why}; \
             take it out of dossier.toml, or name another folder with --out",
            out.display()
        )))
    };
    if aside.lies_in(out) {
        return refuse(
            "it is a mount point, or the folder above it may not be written, \
             so that nothing beside it can take its place",
        );
    }
    let (one, other) = (aside.stage(".one")?, aside.stage(".other")?);
    match exchange_folders(&one.path, &other.path) {
        Ok(()) => Ok(()),
        Err(error) => refuse(&format!(
            "the system or its file system does not exchange two folders in one step ({error})"
        )),
    }
}

/// Makes the whole site and exchanges it with the output; gives the number of files that the site no
/// longer has.
pub(super) fn exchange(
    update: &Update<'_>,
    aside: &Aside,
    kept: &[FileOutcome],
    changes: &Changes<'_>,
) -> Result<usize, Failure> {
    let Update { out, staging, .. } = *update;
    admit_ours(out, update.before, |foreign| {
        format!(
            "{foreign} not written by dossier, and `[output] swap` exchanges the whole folder; \
             move what is yours, or take `swap` out of dossier.toml"
        )
    })?;
    let site = aside.stage(".site")?;
    let paths = update.publication.paths;
    place::make_folders(&site.path, paths.iter().map(String::as_str))?;
    paths.par_iter().enumerate().try_for_each(|(index, path)| {
        let target = site.path.join(path);
        if kept.get(index).is_some_and(|kept| kept.written) {
            std::fs::rename(update.staged(index), &target).map_err(blocked("write", &target))
        } else {
            link(&out.join(path), &target)
        }
    })?;
    manifest::write(&site.path, staging, &update.finished(kept))?;
    resemble(&site.path, out).map_err(blocked("write", &site.path))?;
    let old = site.exchange(out)?;
    remove_site(&old, update.before)?;
    // Taking away its other name has touched every linked file.
    manifest::touch(out)?;
    Ok(changes.stale.len())
}

/// The same file under another name; a copy where the file system has no such thing.
fn link(from: &Path, to: &Path) -> Result<(), Blocked> {
    match std::fs::hard_link(from, to) {
        Ok(()) => Ok(()),
        Err(_) => Content::Copy(from).write(to).map(|_| ()),
    }
}

/// Gives a folder the mode of another and, where that is allowed, its owner.
fn resemble(new: &Path, old: &Path) -> io::Result<()> {
    let found = std::fs::metadata(old)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let made = std::fs::metadata(new)?;
        if (made.uid(), made.gid()) != (found.uid(), found.gid()) {
            let _ = chown(new, Some(found.uid()), Some(found.gid()));
        }
    }
    std::fs::set_permissions(new, found.permissions())
}

/// Exchanges two folders in one step.
#[cfg(target_os = "linux")]
pub(super) fn exchange_folders(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

/// Exchanges two folders in one step, which is not to be had here.
#[cfg(not(target_os = "linux"))]
pub(super) fn exchange_folders(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
