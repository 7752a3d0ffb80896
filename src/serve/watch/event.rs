//! What an event of the system means.
//!
//! Takes one event; tells [`Settle`] what it makes of the paths in it, and [`Watched`] of new folders
//! and links. Looks at the disk only to see what kind of thing has come.

use super::settle::{Instant, Settle};
use super::watched::Watched;
use crate::load::is_passed_by;
use notify::Event;
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// Whether somebody only read a file.
pub(super) fn is_about_reading(event: &Event) -> bool {
    let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
    event.kind.is_access() && event.kind != closed
}

/// Takes an event in.
///
/// # Errors
/// Where the system cannot watch what has come.
pub(super) fn take(
    watched: &mut Watched,
    settle: &mut Settle,
    at: Instant,
    event: Event,
) -> notify::Result<()> {
    if let (EventKind::Modify(ModifyKind::Name(RenameMode::Both)), [from, to]) =
        (event.kind, event.paths.as_slice())
    {
        // Both ends have been told of one by one already.
        if watched.is_meant(from) && watched.is_meant(to) && is_renaming(from, to) {
            settle.left(from.clone(), at);
        }
        return Ok(());
    }
    let has_tracker = event.tracker().is_some();
    for path in event.paths {
        if !watched.is_meant(&path) {
            continue;
        }
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => settle.whole(path, at),
            EventKind::Create(_) => come(watched, settle, path, at, false)?,
            EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
                come(watched, settle, path, at, true)?;
            }
            // A folder tells that it was moved; the one that it was in has done so too.
            EventKind::Modify(ModifyKind::Name(RenameMode::From)) if !has_tracker => {
                settle.found(path, at);
            }
            EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => {
                settle.gone(path, at);
            }
            EventKind::Modify(ModifyKind::Name(_)) => {
                if path.symlink_metadata().is_ok() {
                    come(watched, settle, path, at, true)?;
                } else {
                    settle.gone(path, at);
                }
            }
            EventKind::Modify(ModifyKind::Metadata(_)) => settle.found(path, at),
            EventKind::Modify(_) | EventKind::Any => settle.written(path, at),
            EventKind::Access(_) | EventKind::Other => {}
        }
    }
    Ok(())
}

/// Something has come: whole, if it was moved here; else it may be about to be filled.
fn come(
    watched: &mut Watched,
    settle: &mut Settle,
    path: PathBuf,
    at: Instant,
    is_whole: bool,
) -> notify::Result<()> {
    // What is gone again will be told of as well.
    let Ok(found) = path.symlink_metadata() else {
        return Ok(());
    };
    if found.is_dir() {
        watched.enter(&path, |file| settle.found(file, at))?;
        if is_whole {
            settle.whole(path, at);
        }
    } else if found.is_symlink() {
        watched.follow(&path)?;
        settle.whole(path, at);
    } else if is_whole || has_other_names(&found) {
        settle.whole(path, at);
    } else {
        settle.written(path, at);
    }
    Ok(())
}

/// Whether moving a file gave it another name, rather than put it aside while its next version is
/// written (`apt38.md` to `apt38.md.bak`) or put that version in place.
fn is_renaming(from: &Path, to: &Path) -> bool {
    from.extension() == to.extension() && !to.file_name().is_some_and(is_passed_by)
}

/// A second name for a file that was there before is never closed.
#[cfg(unix)]
fn has_other_names(found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}
