//! Putting a changed text in the place of a file that a writer keeps.
//!
//! Takes a project's root, a path below it, and the bytes before and after; the file then holds those after, or is
//! what it was. Refuses a file that is not what it was when it was read, and whatever lies outside of the root.

use super::{Blocked, blocked};
use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Why a file was left as it is.
#[derive(Debug)]
pub enum Unreplaced {
    /// It is not what it was when it was read.
    Changed,
    /// It lies outside of the project.
    Outside,
    /// The machine would not let it.
    Blocked(Blocked),
}

impl fmt::Display for Unreplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreplaced::Changed => f.write_str("its bytes are not those that were read"),
            Unreplaced::Outside => f.write_str("it lies outside of the project"),
            Unreplaced::Blocked(blocked) => blocked.fmt(f),
        }
    }
}

/// Writes a file anew, whole or not at all: beside it, and then into its place. Its permissions stay. A link
/// within the project stays one: what it leads to is written.
///
/// # Errors
/// Where the file is left as it is.
pub fn replace(root: &Path, path: &str, before: &[u8], after: &[u8]) -> Result<(), Unreplaced> {
    let named = root.join(path);
    let file = std::fs::canonicalize(&named).map_err(stopped("read", &named))?;
    let root = std::fs::canonicalize(root).map_err(stopped("read", root))?;
    if !file.starts_with(&root) {
        return Err(Unreplaced::Outside);
    }
    // Another path may lead to it, by which it was written already.
    if read(&file)? == after {
        return Ok(());
    }
    is_still(&file, before)?;
    let permissions = std::fs::metadata(&file).map_err(stopped("read", &file))?;
    let permissions = permissions.permissions();
    if permissions.readonly() {
        return Err(stopped("write", &file)(
            io::ErrorKind::PermissionDenied.into(),
        ));
    }
    let beside = Beside::new(&file)?;
    beside
        .fill(after)
        .and_then(|file| file.sync_all())
        .and_then(|()| std::fs::set_permissions(&beside.0, permissions))
        .map_err(stopped("write", &beside.0))?;
    // A writer may have saved it meanwhile.
    is_still(&file, before)?;
    std::fs::rename(&beside.0, &file).map_err(stopped("write", &file))
}

/// Writes a file that is not there yet, whole or not at all, with the folders above it.
///
/// # Errors
/// Where it is there, or the machine would not let it.
pub fn create(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Unreplaced> {
    let named = root.join(path);
    let (Some(folder), Some(name)) = (named.parent(), named.file_name()) else {
        return Err(Unreplaced::Outside);
    };
    std::fs::create_dir_all(folder).map_err(stopped("make", folder))?;
    let folder = std::fs::canonicalize(folder).map_err(stopped("read", folder))?;
    let root = std::fs::canonicalize(root).map_err(stopped("read", root))?;
    if !folder.starts_with(&root) {
        return Err(Unreplaced::Outside);
    }
    let file = folder.join(name);
    if file.symlink_metadata().is_ok() {
        return Err(Unreplaced::Changed);
    }
    let beside = Beside::new(&file)?;
    // Whoever writes it can write it again: nothing waits for the disk, as there may be thousands.
    beside.fill(bytes).map_err(stopped("write", &beside.0))?;
    // What it holds, a history keeps too.
    readable(&beside)?;
    std::fs::rename(&beside.0, &file).map_err(stopped("write", &file))
}

/// Writes a file wherever somebody asked for it, whole or not at all; in the place of one that is there only with `over`. Its
/// folder is there. What is no file is never replaced. `fill` writes what it is to hold.
///
/// # Errors
/// Where it is there, or the machine would not let it.
pub fn put(
    file: &Path,
    over: bool,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Unreplaced> {
    if file.file_name().is_none() {
        return Err(Unreplaced::Outside);
    }
    if let Ok(there) = file.symlink_metadata()
        && !(over && there.is_file())
    {
        return Err(Unreplaced::Changed);
    }
    let beside = Beside::new(file)?;
    let filled = beside.fill(b"").and_then(|file| {
        let mut out = BufWriter::with_capacity(1 << 16, file);
        fill(&mut out)?;
        out.into_inner()?.sync_all()
    });
    filled.map_err(stopped("write", &beside.0))?;
    readable(&beside)?;
    std::fs::rename(&beside.0, file).map_err(stopped("write", file))
}

/// Gives a file the permissions that files have.
#[cfg(unix)]
fn readable(beside: &Beside) -> Result<(), Unreplaced> {
    use std::os::unix::fs::PermissionsExt as _;
    let readable = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(&beside.0, readable).map_err(stopped("write", &beside.0))
}

#[cfg(not(unix))]
fn readable(_: &Beside) -> Result<(), Unreplaced> {
    Ok(())
}

fn is_still(file: &Path, before: &[u8]) -> Result<(), Unreplaced> {
    match read(file)? == before {
        true => Ok(()),
        false => Err(Unreplaced::Changed),
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Unreplaced> {
    std::fs::read(file).map_err(stopped("read", file))
}

/// A file beside another, gone when it is let go of. Its name begins with a dot, so that nothing reads it.
struct Beside(PathBuf);

impl Beside {
    fn new(file: &Path) -> Result<Self, Unreplaced> {
        let mut name = OsString::from(".");
        name.push(file.file_name().unwrap_or_default());
        name.push(format!(".dossier-{}", std::process::id()));
        let beside = file.with_file_name(name);
        // What a killed process of this number left.
        match std::fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(stopped("remove", &beside)(error))
            }
            _ => Ok(Self(beside)),
        }
    }

    fn fill(&self, bytes: &[u8]) -> io::Result<std::fs::File> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        // Until it has the permissions of the file, nobody else reads in it.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.0)?;
        file.write_all(bytes)?;
        Ok(file)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // In its place it is no longer beside.
        let _ = std::fs::remove_file(&self.0);
    }
}

pub(super) fn stopped(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Unreplaced {
    let path = path.to_owned();
    move |error| Unreplaced::Blocked(blocked(what, &path)(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_replaced_whole_with_its_permissions() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a.md");
        fs::write(&file, "old\r\n").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        }
        replace(root.path(), "a.md", b"old\r\n", b"new\r\n").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new\r\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o640);
        }
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_written_beside_is_for_its_writer_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let beside = Beside::new(&root.path().join("a.md")).unwrap();
        beside.fill(b"hush").unwrap();
        let mode = fs::metadata(&beside.0).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn what_is_as_it_should_be_is_let_be() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.md"), "new").unwrap();
        replace(root.path(), "a.md", b"old", b"new").unwrap();
    }

    #[test]
    fn what_changed_since_is_left() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.md"), "saved meanwhile").unwrap();
        let refused = replace(root.path(), "a.md", b"old", b"new");
        assert!(matches!(refused, Err(Unreplaced::Changed)));
        let gone = replace(root.path(), "b.md", b"old", b"new");
        assert!(matches!(gone, Err(Unreplaced::Blocked(_))));
        let kept = fs::read(root.path().join("a.md")).unwrap();
        assert_eq!(kept, b"saved meanwhile");
    }

    #[test]
    fn what_is_there_is_written_over_only_where_that_is_asked_for() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("export.json");
        put(&file, false, |out| out.write_all(b"one")).unwrap();
        assert!(matches!(
            put(&file, false, |out| out.write_all(b"two")),
            Err(Unreplaced::Changed)
        ));
        assert_eq!(fs::read(&file).unwrap(), b"one");
        put(&file, true, |out| out.write_all(b"two")).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"two");
        let refused = put(root.path(), true, |out| out.write_all(b"three"));
        assert!(matches!(refused, Err(Unreplaced::Changed)));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_outside_is_written_and_links_within_stay() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        let root = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("a.md"), "old").unwrap();
        fs::write(root.path().join("real.md"), "old").unwrap();
        symlink(outside.path().join("a.md"), root.path().join("out.md")).unwrap();
        symlink(root.path().join("real.md"), root.path().join("in.md")).unwrap();
        for path in ["out.md", "../a.md"] {
            assert!(
                replace(root.path(), path, b"old", b"new").is_err(),
                "{path}"
            );
        }
        assert_eq!(fs::read(outside.path().join("a.md")).unwrap(), b"old");
        replace(root.path(), "in.md", b"old", b"new").unwrap();
        assert_eq!(fs::read(root.path().join("real.md")).unwrap(), b"new");
        assert!(root.path().join("in.md").is_symlink());
    }
}
