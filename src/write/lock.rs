//! One build at a time into one folder.
//!
//! An advisory lock of the system on a small file beside the output: it ends with the process, however
//! that ends. The file is removed afterwards, so that nothing is left beside the output.

use super::{Blocked, Step, Watch, blocked};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A lock that is held until the value goes away.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Held open: closing it gives the lock back.
    _file: File,
}

/// Takes the lock; waits, and says so, where another build has it.
pub(super) fn take(path: &Path, watch: Watch<'_>) -> Result<Lock, Blocked> {
    loop {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(blocked("write", path))?;
        let taken = match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                watch(Step::Waiting);
                file.lock()
            }
            Err(TryLockError::Error(error)) => Err(error),
            Ok(()) => Ok(()),
        };
        match taken {
            // Some network file systems have no locks. Two builds at once there are the user's care.
            Err(error) if error.kind() != io::ErrorKind::Unsupported => {
                return Err(blocked("lock", path)(error));
            }
            _ => {}
        }
        // Its last holder removed the file while we waited: the lock to take is on the next one.
        if is_at(&file, path) {
            let path = path.to_owned();
            return Ok(Lock { path, _file: file });
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Before the lock is given back, so that nobody else's file is removed.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: std::fs::Metadata| (found.dev(), found.ino());
    let here = file.metadata().map(identity);
    let there = std::fs::metadata(path).map(identity);
    matches!((here, there), (Ok(here), Ok(there)) if here == there)
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
