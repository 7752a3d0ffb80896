//! What lies beside an output folder while a build goes on: the lock and the staging folder.
//!
//! For `public/` these are `.dossier-public.lock` and `.dossier-public.staging-<process>`, so that no
//! reader of the output meets them. Where the output is on a file system of its own (a mounted
//! volume) or its parent may not be written, renames from beside would fail: then they lie in it, as
//! `.dossier-lock` and `.dossier-staging-<process>`.

use super::lock::{self, Lock};
use super::manifest::{self, Manifest};
use super::output_folder::{admit_ours, is_absent};
use super::{Blocked, Failure, Watch, blocked, swap};
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
    if out.is_dir() && is_mounted(out, parent) {
        let aside = Aside::inside(out);
        let lock = lock::take(&aside.lock, watch)?;
        return Ok((aside, lock));
    }
    std::fs::create_dir_all(parent).map_err(blocked("make", parent))?;
    let stem = [OsStr::new(".dossier-"), name, OsStr::new(".")];
    let beside = Aside::new(parent, stem.into_iter().collect());
    match lock::take(&beside.lock, watch) {
        Err(refused) if out.is_dir() && is_forbidden(&refused.error) => {
            let aside = Aside::inside(out);
            let lock = lock::take(&aside.lock, watch)?;
            Ok((aside, lock))
        }
        taken => taken.map(|lock| (beside, lock)),
    }
}

impl Aside {
    fn inside(out: &Path) -> Self {
        Aside::new(out, OsString::from(".dossier-"))
    }

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

    /// Whether these names are in the output and not beside it.
    pub(super) fn lies_in(&self, out: &Path) -> bool {
        self.folder == out
    }

    /// Makes a staging folder of this build. `what` tells several apart and begins with a dot.
    pub(super) fn stage(&self, what: &str) -> Result<Staging, Blocked> {
        let mut name = self.prefix.clone();
        name.push(std::process::id().to_string());
        name.push(what);
        let path = self.folder.join(name);
        std::fs::create_dir(&path).map_err(blocked("make", &path))?;
        Ok(Staging { path, kept: false })
    }

    /// Removes what builds that were killed left beside the output and in it; says whether there was
    /// anything. Asked while the lock is held, when no other build goes on.
    pub(super) fn clear(&self, out: &Path) -> Result<bool, Failure> {
        let mut found = clear(&self.folder, &self.prefix)?;
        if out.is_dir() {
            if !self.lies_in(out) {
                found |= clear(out, &Aside::inside(out).prefix)?;
            }
            let new = out.join(manifest::NEW);
            match std::fs::remove_file(&new) {
                Err(error) if !is_absent(&error) => {
                    return Err(blocked("remove", &new)(error).into());
                }
                removed => found |= removed.is_ok(),
            }
        }
        Ok(found)
    }
}

/// Removes the staging folders whose names begin so; says whether there were any.
fn clear(folder: &Path, prefix: &OsStr) -> Result<bool, Failure> {
    let mut found = false;
    let reading = || blocked("read", folder);
    for entry in std::fs::read_dir(folder).map_err(reading())? {
        let entry = entry.map_err(reading())?;
        let name = entry.file_name();
        let rest = name
            .as_encoded_bytes()
            .strip_prefix(prefix.as_encoded_bytes());
        // Behind it stands the number of the process: another output may have a name like this one's.
        if rest.is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit)) {
            remove(&entry.path())?;
            found = true;
        }
    }
    Ok(found)
}

/// Removes a staging folder. One that has a manifest may be an old site that was exchanged.
fn remove(path: &Path) -> Result<(), Failure> {
    match manifest::read(path)? {
        Some(manifest) => remove_site(path, &manifest),
        None => Ok(std::fs::remove_dir_all(path).map_err(blocked("remove", path))?),
    }
}

/// Removes an old site that was exchanged, but nothing that came into it since it was looked at.
pub(super) fn remove_site(path: &Path, manifest: &Manifest) -> Result<(), Failure> {
    admit_ours(path, manifest, |foreign| {
        format!(
            "{foreign} not written by dossier and came into the output while it was exchanged; \
             move what is yours, remove `{}`, and build again",
            path.display()
        )
    })?;
    Ok(std::fs::remove_dir_all(path).map_err(blocked("remove", path))?)
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

    /// Exchanges the folder with `out`, which exists; gives the place where that lies then.
    pub(super) fn exchange(mut self, out: &Path) -> Result<PathBuf, Blocked> {
        swap::exchange_folders(&self.path, out).map_err(blocked("exchange", out))?;
        self.kept = true;
        Ok(std::mem::take(&mut self.path))
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

/// Whether nothing can be renamed from the parent into the output. The same device is not enough to
/// know: a folder of the same file system may be mounted there (`mount --bind`, a container's volume).
#[cfg(target_os = "linux")]
fn is_mounted(out: &Path, parent: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxFlags, statx};
    let mount = |path: &Path| {
        let found = statx(CWD, path, AtFlags::empty(), StatxFlags::MNT_ID).ok()?;
        let known = StatxFlags::from_bits_retain(found.stx_mask).contains(StatxFlags::MNT_ID);
        known.then_some(found.stx_mnt_id)
    };
    device(out) != device(parent) || mount(out) != mount(parent)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_mounted(out: &Path, parent: &Path) -> bool {
    device(out) != device(parent)
}

#[cfg(not(unix))]
fn is_mounted(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).map(|found| found.dev()).ok()
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}
