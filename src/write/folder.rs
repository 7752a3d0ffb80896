//! A folder of files wherever somebody asked for it: whole or not at all.
//!
//! Takes names with bytes; writes them aside and gives the folder its name when all are there. Never replaces a folder in
//! which something else lies than such files.

use super::replace::{Unreplaced, stopped};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// Writes a folder, in the place of one that is there only with `over`, and then only where `is_such` holds of the name of
/// every file in it.
///
/// # Errors
/// Where it is there, or the machine would not let it.
pub fn put_folder<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    over: bool,
    is_such: impl Fn(&str) -> bool,
) -> Result<(), Unreplaced> {
    let new = Beside::new(folder, "new")?;
    let old = Beside::new(folder, "old")?;
    let is_there = folder.symlink_metadata().is_ok();
    if is_there && !(over && holds_only(folder, &is_such)?) {
        return Err(Unreplaced::Changed);
    }
    std::fs::create_dir(&new.0).map_err(stopped("make", &new.0))?;
    for (name, bytes) in files {
        let file = new.0.join(name);
        std::fs::write(&file, bytes).map_err(stopped("write", &file))?;
    }
    if is_there {
        std::fs::rename(folder, &old.0).map_err(stopped("move", folder))?;
    }
    std::fs::rename(&new.0, folder).map_err(|error| {
        // What was there is there again.
        let _ = std::fs::rename(&old.0, folder);
        stopped("write", folder)(error)
    })
}

/// Whether nothing but such files lies in a folder.
fn holds_only(folder: &Path, is_such: &impl Fn(&str) -> bool) -> Result<bool, Unreplaced> {
    if !folder.symlink_metadata().is_ok_and(|it| it.is_dir()) {
        return Ok(false);
    }
    for file in std::fs::read_dir(folder).map_err(stopped("read", folder))? {
        let file = file.map_err(stopped("read", folder))?;
        let is_file = file.file_type().is_ok_and(|it| it.is_file());
        if !is_file || !file.file_name().to_str().is_some_and(is_such) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A folder beside another, gone when it is let go of. Its name begins with a dot, so that nothing reads it.
struct Beside(PathBuf);

impl Beside {
    fn new(folder: &Path, what: &str) -> Result<Beside, Unreplaced> {
        let name = folder.file_name().ok_or(Unreplaced::Outside)?;
        let mut aside = OsString::from(".");
        aside.push(name);
        aside.push(format!(".dossier-{what}-{}", std::process::id()));
        let aside = folder.with_file_name(aside);
        // What a killed process of this number left.
        match std::fs::remove_dir_all(&aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(stopped("remove", &aside)(error))
            }
            _ => Ok(Beside(aside)),
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_folder_is_written_whole_and_replaces_none_but_its_like() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("feed");
        let such = |name: &str| name.ends_with(".json");
        let put = |text: &str, over| {
            let files = [("a.json", text.as_bytes())];
            put_folder(&folder, files, over, such)
        };
        put("one", false).unwrap();
        assert!(matches!(put("two", false), Err(Unreplaced::Changed)));
        put("two", true).unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.json")).unwrap(), "two");
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        assert!(matches!(put("three", true), Err(Unreplaced::Changed)));
        assert_eq!(
            fs::read_to_string(folder.join("notes.txt")).unwrap(),
            "mine"
        );
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
