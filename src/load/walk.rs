//! Which files there are.
//!
//! Takes a folder of the project; gives the paths of its regular files below the root, sorted by
//! bytes. Follows symbolic links within the project and reports those that leave it or lead nowhere.

use super::{Outcome, Unreadable};
use crate::diag::{Code, Diagnostic};
use crate::text::Place;
use std::io;
use std::path::{Component, Path};
use walkdir::{DirEntry, WalkDir};

/// The files below `root/folder`; none where there is no such folder.
pub(super) fn walk(root: &Path, folder: &str) -> Result<Outcome<Vec<String>>, Unreadable> {
    let mut outcome = Outcome::clean(Vec::new());
    let start = root.join(folder);
    if !start.is_dir() {
        return Ok(outcome);
    }
    let mut walker = WalkDir::new(&start).follow_links(true).into_iter();
    while let Some(step) = walker.next() {
        let entry = match step {
            Ok(entry) => entry,
            Err(error) => {
                outcome.problems.extend(excused(root, error)?);
                continue;
            }
        };
        if entry.depth() > 0 && is_not_content(&entry) {
            leave(&mut walker, &entry);
            continue;
        }
        let found = look(root, &entry)?;
        match found {
            Found::File(path) => outcome.value.push(path),
            Found::Folder | Found::Other => {}
            Found::Problem(problem) => {
                outcome.problems.push(problem);
                leave(&mut walker, &entry);
            }
        }
    }
    outcome.value.sort_unstable();
    Ok(outcome)
}

enum Found {
    File(String),
    Folder,
    /// A pipe, a socket, a device: opening one could wait for ever.
    Other,
    Problem(Diagnostic),
}

fn look(root: &Path, entry: &DirEntry) -> Result<Found, Unreadable> {
    if entry.path_is_symlink() {
        let target = std::fs::canonicalize(entry.path()).map_err(|error| Unreadable {
            path: entry.path().to_owned(),
            error,
        })?;
        if !target.starts_with(root) {
            return Ok(Found::Problem(leaves_project(root, entry.path(), &target)));
        }
    }
    if entry.file_type().is_dir() {
        return Ok(Found::Folder);
    }
    if !entry.file_type().is_file() {
        return Ok(Found::Other);
    }
    let name_is_text = entry.path().to_str().is_some();
    let path = shown(root, entry.path());
    Ok(if name_is_text {
        Found::File(path)
    } else {
        let message = "the file's name is not UTF-8";
        let problem = Diagnostic::new(Code::NotUtf8, Place::file(path), message)
            .help("rename the file; letters, digits and hyphens work everywhere");
        Found::Problem(problem)
    })
}

/// What editors and systems leave beside the files that were meant: hidden files (among them Emacs'
/// locks and Vim's swap files), backups (`name~`), autosaves (`#name#`), Vim's probe `4913`.
fn is_not_content(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
}

/// Does not go into a folder that was just met. (Asked after a file, walkdir would leave the folder
/// that the file is in.)
fn leave(walker: &mut walkdir::IntoIter, entry: &DirEntry) {
    if entry.file_type().is_dir() {
        walker.skip_current_dir();
    }
}

/// The problem that stands behind a step that failed: none for a cycle (its files have been seen)
/// and for a file that went away meanwhile.
///
/// # Errors
/// What is not about a link is the machine's failure.
fn excused(root: &Path, error: walkdir::Error) -> Result<Option<Diagnostic>, Unreadable> {
    if error.loop_ancestor().is_some() {
        return Ok(None);
    }
    let path = error.path().unwrap_or(root).to_owned();
    let is_link = std::fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink());
    let hidden = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'));
    if is_link && hidden {
        return Ok(None);
    }
    if is_link {
        let message = "a symbolic link leads nowhere";
        let problem = Diagnostic::new(Code::MissingFile, Place::file(shown(root, &path)), message)
            .help("make the file that it names, or remove the link");
        return Ok(Some(problem));
    }
    let error = error
        .into_io_error()
        .unwrap_or_else(|| io::Error::other("the folder cannot be walked"));
    if error.kind() == io::ErrorKind::NotFound {
        return Ok(None);
    }
    Err(Unreadable { path, error })
}

fn leaves_project(root: &Path, link: &Path, target: &Path) -> Diagnostic {
    Diagnostic::new(
        Code::LinkLeavesProject,
        Place::file(shown(root, link)),
        format!(
            "a symbolic link leads out of the project, to `{}`",
            target.display()
        ),
    )
    .help("copy what it leads to into the project, so that nothing outside can slip into the site")
}

/// A path below the root with `/` between its parts.
fn shown(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    let names = parts.filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    names.collect::<Vec<_>>().join("/")
}
