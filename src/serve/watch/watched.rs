//! What is watched.
//!
//! Takes a project's root and a watcher of the system; has it watch `dossier.toml`, `content/`,
//! `templates/` and the folders of static files as they come and go, and what symbolic links in them lead to within the project. Says
//! of a path whether a change there matters. All paths are real ones: no link is watched through.

use crate::load::passed_by_in;
use crate::model::statics;
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Whether the system watches all that is below a folder. Where it does not, every folder is watched
/// for itself, but for those that are passed by (a `.git` alone has hundreds).
const WATCHES_BELOW: bool = cfg!(any(target_os = "macos", windows));

/// What is watched.
#[derive(Debug)]
pub(super) struct Watched {
    watcher: RecommendedWatcher,
    root: PathBuf,
    /// Folders in which everything matters.
    trees: BTreeSet<PathBuf>,
    /// Files and folders that matter themselves.
    points: BTreeSet<PathBuf>,
}

impl Watched {
    /// Watches a project, its root absolute, links resolved.
    ///
    /// # Errors
    /// What the system says against it.
    pub(super) fn new(watcher: RecommendedWatcher, root: &Path) -> notify::Result<Watched> {
        let statics = statics::FOLDERS.map(|(folder, _)| folder);
        let tops = ["content", "templates"].into_iter().chain(statics);
        let tops: BTreeSet<PathBuf> = tops.map(|name| root.join(name)).collect();
        let config = root.join("dossier.toml");
        let mut watched = Watched {
            watcher,
            root: root.to_owned(),
            points: tops.iter().cloned().chain([config]).collect(),
            trees: tops,
        };
        watched.watcher.watch(root, RecursiveMode::NonRecursive)?;
        watched.renew()?;
        Ok(watched)
    }

    /// Watches all again that is to be watched, where something of it may have been missed.
    pub(super) fn renew(&mut self) -> notify::Result<()> {
        for point in self.points.clone().union(&self.trees.clone()) {
            match std::fs::symlink_metadata(point) {
                Ok(found) if found.is_symlink() => self.follow(point)?,
                Ok(found) if found.is_dir() => self.enter(point, |_| {})?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a change at a path matters.
    pub(super) fn is_meant(&self, path: &Path) -> bool {
        self.points.contains(path)
            || self.trees.iter().any(|tree| {
                let below = path.strip_prefix(tree);
                below.is_ok_and(|below| !below.iter().any(self.passed_by(tree)))
            })
    }

    /// Which names are passed by below a folder of the project.
    fn passed_by(&self, folder: &Path) -> fn(&OsStr) -> bool {
        let below = folder.strip_prefix(&self.root).unwrap_or(folder);
        let top = below.iter().next().unwrap_or_default();
        passed_by_in(&top.to_string_lossy())
    }

    /// Watches a folder and all below it, and names the files that are there. A folder is watched
    /// before it is read: what comes into it meanwhile is told by the system or named here.
    pub(super) fn enter(
        &mut self,
        folder: &Path,
        mut found: impl FnMut(PathBuf),
    ) -> notify::Result<()> {
        let walker = WalkDir::new(folder).into_iter();
        let passed_by = self.passed_by(folder);
        let meant = |entry: &walkdir::DirEntry| entry.depth() == 0 || !passed_by(entry.file_name());
        // What went away meanwhile or may not be read is for the load to report.
        for entry in walker.filter_entry(meant).flatten() {
            if entry.file_type().is_dir() {
                if !WATCHES_BELOW {
                    self.watch(entry.path(), RecursiveMode::NonRecursive)?;
                } else if self.trees.contains(entry.path()) {
                    self.watch(entry.path(), RecursiveMode::Recursive)?;
                }
                continue;
            }
            if entry.path_is_symlink() {
                self.follow(entry.path())?;
            }
            found(entry.into_path());
        }
        Ok(())
    }

    /// Watches what a symbolic link leads to, where that lies elsewhere in the project.
    pub(super) fn follow(&mut self, link: &Path) -> notify::Result<()> {
        let Ok(target) = std::fs::canonicalize(link) else {
            return Ok(());
        };
        if !target.starts_with(&self.root) || self.is_meant(&target) {
            return Ok(());
        }
        self.points.insert(target.clone());
        if let Some(folder) = target.parent().filter(|folder| *folder != self.root) {
            self.watch(folder, RecursiveMode::NonRecursive)?;
        }
        if target.is_dir() {
            self.trees.insert(target.clone());
            self.enter(&target, |_| {})?;
        }
        Ok(())
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> notify::Result<()> {
        let Err(error) = self.watcher.watch(folder, mode) else {
            return Ok(());
        };
        let is_excused = match &error.kind {
            ErrorKind::PathNotFound => true,
            ErrorKind::Io(error) => matches!(
                error.kind(),
                io::ErrorKind::NotFound
                    | io::ErrorKind::NotADirectory
                    | io::ErrorKind::PermissionDenied
            ),
            _ => false,
        };
        if is_excused { Ok(()) } else { Err(error) }
    }
}
