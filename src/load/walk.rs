//! Which files there are.
//!
//! Takes a folder or file of the project; gives the paths of the regular files there below the root,
//! sorted by bytes. Follows symbolic links within the project and reports those that leave it or lead
//! nowhere. What is found below a place is what a walk from the top would find there.

use super::{Unreadable, is_gone};
use crate::diag::{Code, Diagnostic};
use crate::model::statics;
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
    let bounds = Bounds::of(root, place);
    let Some(above) = way(root, place, &bounds)? else {
        return Ok(found);
    };
    let start = root.join(place);
    if bounds.is_static
        && above.is_empty()
        && let Some(link) = link(root, &start)
    {
        found.links.push(link);
        found.problems.push(bounds.is_link(place));
        return Ok(found);
    }
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
                let name = error.path().and_then(Path::file_name);
                if let Some(path) = error
                    .path()
                    .filter(|_| name.is_some_and(|it| bounds.refuses(it)))
                {
                    found.problems.push(bounds.refused(&shown(root, path)));
                    continue;
                }
                let link = error.path().and_then(|at| link(root, at));
                if link.is_none() || !name.is_some_and(|it| bounds.passes_by(it)) {
                    found.links.extend(link);
                    found.problems.extend(excused(root, error)?);
                }
                continue;
            }
        };
        let is_top = entry.depth() == 0 && above.is_empty();
        if !is_top && bounds.refuses(entry.file_name()) {
            found
                .problems
                .push(bounds.refused(&shown(root, entry.path())));
            leave(&mut walker, &entry);
            continue;
        }
        if entry.depth() > 0 && bounds.passes_by(entry.file_name()) {
            leave(&mut walker, &entry);
            continue;
        }
        match look(root, &bounds, &above, &entry, &mut found.links) {
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

/// What systems and editors leave beside the files of a static folder, where a hidden file may be meant for
/// the server (`.well-known/`, `.nojekyll`), and what git keeps an empty folder with.
fn is_left_over(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let swap = |ending: &str| matches!(ending, "swp" | "swo" | "swn" | "swx" | "tmp");
    let hidden = name.starts_with('.');
    let noted = [
        ".DS_Store",
        ".directory",
        ".gitattributes",
        ".gitignore",
        ".gitkeep",
        ".keep",
        ".localized",
    ];
    let beginnings = [
        "._",
        ".#",
        ".~",
        ".nfs",
        ".fuse_hidden",
        ".goutputstream-",
        ".Trash",
    ];
    match hidden {
        false => is_passed_by(OsStr::new(&*name)),
        true => {
            noted.contains(&&*name)
                || beginnings.iter().any(|it| name.starts_with(it))
                || name.ends_with('~')
                || name
                    .rsplit_once('.')
                    .is_some_and(|(_, ending)| swap(ending))
        }
    }
}

/// The rule for names below a folder of the project, by that folder's name.
pub(crate) fn passed_by_in(top: &str) -> fn(&OsStr) -> bool {
    match statics::is_meant(top) {
        true => is_left_over,
        false => is_passed_by,
    }
}

/// Whether a name in a static folder is that of a history, or of what this program keeps.
pub(super) fn is_refused(name: &OsStr) -> bool {
    const HISTORIES: [&str; 5] = [".bzr", ".git", ".hg", ".jj", ".svn"];
    let name = name.to_string_lossy().to_lowercase();
    HISTORIES.contains(&&*name) || name.starts_with(".dossier")
}

/// The folder of the project that a place lies in, and what holds in it.
struct Bounds {
    top: String,
    is_static: bool,
    /// Out of this no link may lead.
    within: PathBuf,
    passed_by: fn(&OsStr) -> bool,
}

impl Bounds {
    fn of(root: &Path, place: &str) -> Bounds {
        let top = place.split('/').next().unwrap_or(place);
        let is_static = statics::is_meant(top);
        Bounds {
            top: top.to_owned(),
            is_static,
            within: match is_static {
                true => root.join(top),
                false => root.to_owned(),
            },
            passed_by: passed_by_in(top),
        }
    }

    fn passes_by(&self, name: &OsStr) -> bool {
        (self.passed_by)(name)
    }

    fn refuses(&self, name: &OsStr) -> bool {
        self.is_static && is_refused(name)
    }

    fn refused(&self, path: &str) -> Diagnostic {
        let message =
            format!("`{path}` is never published: it holds a history, or what dossier keeps");
        Diagnostic::new(Code::BadPath, Place::file(path), message)
            .help(format!("take it out of {}/", self.top))
    }

    fn is_link(&self, place: &str) -> Diagnostic {
        let message = format!("`{place}` is a symbolic link, and may be none");
        Diagnostic::new(Code::LinkLeavesProject, Place::file(place), message)
            .help("make it a folder, so that nothing outside can slip into the site")
    }

    /// Whether a link out of a folder that is not for one audience leads into one that is, or to what is never
    /// published.
    fn is_kept_apart(&self, root: &Path, target: &Path) -> bool {
        let below = target.strip_prefix(root).unwrap_or(target);
        let mut names = below.components().map(|it| it.as_os_str());
        let top = names.next().unwrap_or_default();
        !self.is_static
            && (statics::is_meant(&top.to_string_lossy())
                || is_refused(top)
                || names.any(is_refused))
    }

    fn leaves(&self, root: &Path, link: &Path, target: &Path) -> Diagnostic {
        match target.starts_with(root) {
            false => leaves_project(root, link, target),
            true => Diagnostic::new(
                Code::LinkLeavesProject,
                Place::file(shown(root, link)),
                format!(
                    "a symbolic link leads out of {}/, to `{}`",
                    self.top,
                    shown(root, target)
                ),
            )
            .help("copy what it leads to: a folder is for one audience, and a link would go round that"),
        }
    }
}

/// The folders that a walk from the top passes on its way to a place, where they really lie; `None`
/// where it would not come there.
fn way(root: &Path, place: &str, bounds: &Bounds) -> Result<Option<Vec<PathBuf>>, Unreadable> {
    let mut above: Vec<PathBuf> = Vec::new();
    let mut path = root.to_owned();
    let mut names = place.split('/').peekable();
    while let Some(name) = names.next() {
        let (name_is, is_last) = (OsStr::new(name), names.peek().is_none());
        if path != root && (bounds.passes_by(name_is) || !is_last && bounds.refuses(name_is)) {
            return Ok(None);
        }
        if is_last {
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
            let target = target.filter(|_| !bounds.is_static || !above.is_empty());
            target.filter(|target| {
                target.is_dir()
                    && target.starts_with(&bounds.within)
                    && !bounds.is_kept_apart(root, target)
                    && !above.contains(target)
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
    bounds: &Bounds,
    above: &[PathBuf],
    entry: &DirEntry,
    links: &mut Vec<(PathBuf, Option<PathBuf>)>,
) -> Met {
    if entry.path_is_symlink()
        && let Some((path, target)) = link(root, entry.path())
    {
        links.push((path, target.clone()));
        match target {
            Some(target) if !target.starts_with(&bounds.within) => {
                return Met::Problem(bounds.leaves(root, entry.path(), &target));
            }
            Some(target) if bounds.is_kept_apart(root, &target) => {
                return Met::Problem(bounds.leaves(root, entry.path(), &target));
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
