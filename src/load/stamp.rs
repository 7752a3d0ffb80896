//! Whether a file is still the one that was seen.
//!
//! Takes what the system knows of a file; gives a number that is another one once the file was
//! written or replaced. It lives in memory only: nothing of it may reach the site, whose bytes do not
//! depend on when a file was written.

use crate::text;
use std::fs::Metadata;
use std::time::UNIX_EPOCH;

/// The stamp of a file: its size, its times and, where the system tells, which file it is.
pub(super) fn stamp(found: &Metadata) -> u64 {
    let modified = found.modified().ok();
    let modified = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified = modified.map_or(0, |time| time.as_nanos());
    let parts = [u128::from(found.len()), modified, identity(found)];
    text::hash(&parts.map(u128::to_le_bytes).concat())
}

#[cfg(unix)]
fn identity(found: &Metadata) -> u128 {
    use std::os::unix::fs::MetadataExt;
    // The time of the last change of any kind, which a copy that keeps the time of its original shows.
    let changed = u128::from(found.ctime().cast_unsigned()) << 32;
    (u128::from(found.ino()) << 64) ^ changed ^ u128::from(found.ctime_nsec().cast_unsigned())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> u128 {
    0
}
