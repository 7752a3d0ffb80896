//! What lies beside an output folder while a build goes on: the lock and the staging folder.
//!
//! For `public/` these are `.dossier-public.lock` and `.dossier-public.staging-<process>`, so that no
//! reader of the output meets them. Where the output is on a file system of its own (a mounted
//! volume) or its parent may not be written, renames from beside would fail: then they lie in it, as
//! `.dossier-lock` and `.dossier-staging-<process>`.

use super::lock::{self, Lock};
use super::{Blocked, Watch, blocked};
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

/// The names beside an output folder.
#[derive(Debug)]
pub(super) struct Aside {
    lock: PathBuf,
    folder: PathBuf,
    /// What the names of all staging folders begin with.
    prefix: OsString,
}

/// The names for an output, and the lock on it, taken.
pub(super) fn take(out: &Path, watch: Watch<'_>) -> Result<(Aside, Lock), Blocked> {
    let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
        let error = io::ErrorKind::InvalidInput.into();
        return Err(blocked("write beside", out)(error));
    };
    let inside = || Aside::new(out, OsString::from(".dossier-"));
    if out.is_dir() && is_mounted(out, parent) {
        let aside = inside();
        let lock = lock::take(&aside.lock, watch)?;
        return Ok((aside, lock));
    }
    std::fs::create_dir_all(parent).map_err(blocked("make", parent))?;
    let stem = [OsStr::new(".dossier-"), name, OsStr::new(".")];
    let beside = Aside::new(parent, stem.into_iter().collect());
    match lock::take(&beside.lock, watch) {
        Err(refused) if out.is_dir() && is_forbidden(&refused.error) => {
            let aside = inside();
            let lock = lock::take(&aside.lock, watch)?;
            Ok((aside, lock))
        }
        taken => taken.map(|lock| (beside, lock)),
    }
}

impl Aside {
    fn new(folder: &Path, stem: OsString) -> Self {
        let named = |what: &str| {
            let mut named = stem.clone();
            named.push(what);
            named
        };
        Self {
            lock: folder.join(named("lock")),
            folder: folder.to_owned(),
            prefix: named("staging-"),
        }
    }

    /// Makes this build's staging folder.
    pub(super) fn stage(&self) -> Result<Staging, Blocked> {
        let mut name = self.prefix.clone();
        name.push(std::process::id().to_string());
        let path = self.folder.join(name);
        std::fs::create_dir(&path).map_err(blocked("make", &path))?;
        Ok(Staging { path, kept: false })
    }

    /// Removes the staging folders of builds that were killed; says whether there were any. Asked
    /// while the lock is held, when every one is.
    pub(super) fn clear(&self) -> Result<bool, Blocked> {
        let mut found = false;
        let reading = || blocked("read", &self.folder);
        for entry in std::fs::read_dir(&self.folder).map_err(reading())? {
            let entry = entry.map_err(reading())?;
            let name = entry.file_name();
            let dead = name
                .as_encoded_bytes()
                .starts_with(self.prefix.as_encoded_bytes());
            if dead {
                let path = entry.path();
                std::fs::remove_dir_all(&path).map_err(blocked("remove", &path))?;
                found = true;
            }
        }
        Ok(found)
    }
}

/// A staging folder, which goes away with the value unless it became the output.
#[derive(Debug)]
pub(super) struct Staging {
    /// Where it is.
    pub path: PathBuf,
    kept: bool,
}

impl Staging {
    /// Renames the folder to `out`, which does not exist.
    pub(super) fn become_output(mut self, out: &Path) -> Result<(), Blocked> {
        std::fs::rename(&self.path, out).map_err(blocked("write", out))?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed now is removed by the next build.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

#[cfg(unix)]
fn is_mounted(out: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).map(|found| found.dev()).ok();
    device(out) != device(parent)
}

#[cfg(not(unix))]
fn is_mounted(_: &Path, _: &Path) -> bool {
    false
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}
