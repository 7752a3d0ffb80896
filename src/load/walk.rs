//! Which files there are.
//!
//! Takes a folder or file of the project; gives the paths of the regular files there below the root,
//! sorted by bytes. Follows symbolic links within the project and reports those that leave it or lead
//! nowhere. What is found below a place is what a walk from the top would find there.

use super::{Unreadable, is_gone};
use crate::diag::{Code, Diagnostic};
use crate::text::Place;
use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// What was found below a place.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files, by their path below the root, sorted.
    pub files: Vec<String>,
    /// What is wrong with links and names.
    pub problems: Vec<Diagnostic>,
    /// Every symbolic link that was met, below the root, with where it leads in the end; `None` for
    /// nowhere.
    pub links: Vec<(PathBuf, Option<PathBuf>)>,
}

/// The files at and below `root/place`; none where a walk from the top would not come there.
///
/// # Errors
/// Where the system refuses a folder that is there.
pub(super) fn below(root: &Path, place: &str) -> Result<Found, Unreadable> {
    let mut found = Found::default();
    let Some(above) = way(root, place)? else {
        return Ok(found);
    };
    let start = root.join(place);
    if above.is_empty() && !start.is_dir() {
        found.links.extend(link(root, &start));
        return Ok(found);
    }
    let is_link = std::fs::symlink_metadata(&start).map(|start| start.is_symlink());
    if is_link.is_err_and(|error| is_gone(&error)) {
        return Ok(found);
    }
    let mut walker = WalkDir::new(&start).follow_links(true).into_iter();
    while let Some(step) = walker.next() {
        let entry = match step {
            Ok(entry) => entry,
            Err(error) => {
                let link = error.path().and_then(|at| link(root, at));
                if !link
                    .as_ref()
                    .is_some_and(|(at, _)| at.file_name().is_some_and(is_passed_by))
                {
                    found.links.extend(link);
                    found.problems.extend(excused(root, error)?);
                }
                continue;
            }
        };
        if entry.depth() > 0 && is_passed_by(entry.file_name()) {
            leave(&mut walker, &entry);
            continue;
        }
        match look(root, &above, &entry, &mut found.links) {
            Met::File(path) => found.files.push(path),
            Met::Folder | Met::Other => {}
            Met::Problem(problem) => {
                found.problems.push(problem);
                leave(&mut walker, &entry);
            }
            Met::Cycle => leave(&mut walker, &entry),
        }
    }
    found.files.sort_unstable();
    Ok(found)
}

/// What editors and systems leave beside the files that were meant: hidden files (among them Emacs'
/// locks and Vim's swap files), backups (`name~`), autosaves (`#name#`), Vim's probe `4913`, what Windows
/// notes of a folder.
pub(crate) fn is_passed_by(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(&*name, "4913" | "Thumbs.db" | "desktop.ini")
}

/// The folders that a walk from the top passes on its way to a place, where they really lie; `None`
/// where it would not come there.
fn way(root: &Path, place: &str) -> Result<Option<Vec<PathBuf>>, Unreadable> {
    let mut above: Vec<PathBuf> = Vec::new();
    let mut path = root.to_owned();
    let mut names = place.split('/').peekable();
    while let Some(name) = names.next() {
        if path != root && is_passed_by(OsStr::new(name)) {
            return Ok(None);
        }
        if names.peek().is_none() {
            break;
        }
        path.push(name);
        let here = match std::fs::symlink_metadata(&path) {
            Ok(here) => here,
            Err(error) if is_gone(&error) => return Ok(None),
            Err(error) => return Err(Unreadable { path, error }),
        };
        let real = if here.is_symlink() {
            let target = std::fs::canonicalize(&path).ok();
            target.filter(|target| {
                target.is_dir() && target.starts_with(root) && !above.contains(target)
            })
        } else {
            let folder = above.last().map_or(root, PathBuf::as_path);
            here.is_dir().then(|| folder.join(name))
        };
        let Some(real) = real else {
            return Ok(None);
        };
        above.push(real);
    }
    Ok(Some(above))
}

enum Met {
    File(String),
    Folder,
    /// A pipe, a socket, a device: opening one could wait for ever.
    Other,
    /// A link to a folder that the walk is in already.
    Cycle,
    Problem(Diagnostic),
}

fn look(
    root: &Path,
    above: &[PathBuf],
    entry: &DirEntry,
    links: &mut Vec<(PathBuf, Option<PathBuf>)>,
) -> Met {
    if entry.path_is_symlink()
        && let Some((path, target)) = link(root, entry.path())
    {
        links.push((path, target.clone()));
        match target {
            Some(target) if !target.starts_with(root) => {
                return Met::Problem(leaves_project(root, entry.path(), &target));
            }
            Some(target) if above.contains(&target) => return Met::Cycle,
            _ => {}
        }
    }
    if entry.file_type().is_dir() {
        return Met::Folder;
    }
    if !entry.file_type().is_file() {
        return Met::Other;
    }
    let name_is_text = entry.path().to_str().is_some();
    let path = shown(root, entry.path());
    if name_is_text {
        Met::File(path)
    } else {
        let message = "the file's name is not UTF-8";
        let problem = Diagnostic::new(Code::NotUtf8, Place::file(path), message)
            .help("rename the file; letters, digits and hyphens work everywhere");
        Met::Problem(problem)
    }
}

/// A symbolic link, below the root, and where it leads in the end; `None` for what is no link.
pub(super) fn link(root: &Path, path: &Path) -> Option<(PathBuf, Option<PathBuf>)> {
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    let below = path.strip_prefix(root).ok().filter(|_| is_link)?;
    Some((below.to_owned(), std::fs::canonicalize(path).ok()))
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
    if is_link {
        let message = "a symbolic link leads nowhere";
        let problem = Diagnostic::new(Code::MissingFile, Place::file(shown(root, &path)), message)
            .help("make the file that it names, or remove the link");
        return Ok(Some(problem));
    }
    let error = error
        .into_io_error()
        .unwrap_or_else(|| io::Error::other("the folder cannot be walked"));
    if is_gone(&error) {
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
