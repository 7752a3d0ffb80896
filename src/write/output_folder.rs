//! What stands in the output already, and what of it is not ours.
//!
//! Takes the output and its manifest; tells of a path whether we may write or remove it. Looks at each
//! folder once.

use super::manifest::Manifest;
use super::{Blocked, Failure, blocked};
use std::collections::HashMap;
use std::io;
use std::path::Path;
use walkdir::WalkDir;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    Nothing,
    Folder,
    File,
    /// A symbolic link, a device: never ours.
    Other,
}

/// The output as it is.
#[derive(Debug)]
pub(super) struct OutputFolder<'a> {
    out: &'a Path,
    before: &'a Manifest,
    folders: HashMap<String, Lies>,
}

impl<'a> OutputFolder<'a> {
    /// Nothing is known yet.
    pub(super) fn new(out: &'a Path, before: &'a Manifest) -> Self {
        let folders = HashMap::new();
        Self {
            out,
            before,
            folders,
        }
    }

    /// What stands at a path, never seen through a symbolic link.
    pub(super) fn at(&mut self, path: &str) -> Result<Lies, Blocked> {
        if let Some((folder, _)) = path.rsplit_once('/')
            && self.folder(folder)? != Lies::Folder
        {
            return Ok(Lies::Nothing);
        }
        look(&self.out.join(path))
    }

    /// What stands where a folder of a path is, or the nearest thing above it that is no folder.
    fn folder(&mut self, path: &str) -> Result<Lies, Blocked> {
        if let Some(known) = self.folders.get(path) {
            return Ok(*known);
        }
        let above = match path.rsplit_once('/') {
            Some((above, _)) => self.folder(above)?,
            None => Lies::Folder,
        };
        let lies = match above {
            Lies::Folder => look(&self.out.join(path))?,
            other => other,
        };
        self.folders.insert(path.to_owned(), lies);
        Ok(lies)
    }

    /// What is not ours and in the way of a file that is to be written.
    pub(super) fn in_the_way(&mut self, path: &str) -> Result<Option<String>, Blocked> {
        let mut end = 0;
        while let Some(next) = path[end..].find('/') {
            let folder = &path[..end + next];
            match self.folder(folder)? {
                Lies::Folder => {}
                Lies::Nothing => return Ok(None),
                // Our file, from when there was no folder; it goes first.
                Lies::File if self.before.file(folder).is_some() => return Ok(None),
                Lies::File | Lies::Other => return Ok(Some(folder.to_owned())),
            }
            end += next + 1;
        }
        match look(&self.out.join(path))? {
            Lies::Nothing => Ok(None),
            Lies::File if self.before.file(path).is_some() => Ok(None),
            Lies::Folder if self.before.has_folder(path) => self.foreign_below(path),
            _ => Ok(Some(path.to_owned())),
        }
    }

    /// The first thing below a folder of ours that is not ours.
    fn foreign_below(&self, folder: &str) -> Result<Option<String>, Blocked> {
        let start = self.out.join(folder);
        for found in WalkDir::new(&start).min_depth(1) {
            let found = found.map_err(|error| blocked("read", &start)(error.into()))?;
            let path = below(self.out, found.path());
            let ours = if found.file_type().is_dir() {
                self.before.has_folder(&path)
            } else {
                found.file_type().is_file() && self.before.file(&path).is_some()
            };
            if !ours {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }

    /// Refuses to write `paths` where something that is not ours is in the way.
    pub(super) fn admit<'p>(
        &mut self,
        paths: impl Iterator<Item = &'p str>,
    ) -> Result<(), Failure> {
        let mut foreign: Vec<String> = Vec::new();
        for path in paths {
            foreign.extend(self.in_the_way(path)?);
        }
        foreign.dedup();
        if foreign.is_empty() {
            return Ok(());
        }
        Err(Failure::Refused(format!(
            "{} in the way of the site and not written by dossier; \
             move what is yours, remove what is not needed, or name another folder with --out",
            listed(self.out, &foreign)
        )))
    }
}

/// Refuses an output whose manifest lost lines while there are files that it may have named: neither
/// keeping nor removing them would be right.
pub(super) fn admit_damage(out: &Path, before: &Manifest) -> Result<(), Failure> {
    let mut unnamed = foreign(out, before)?;
    // A site has no hidden files of its own: these are a repository's or a server's.
    unnamed.retain(|path| !path.starts_with('.'));
    if unnamed.is_empty() {
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "the list of files in `{}` is damaged, so that it cannot be told whose {} are; \
         move what is yours, remove the folder, and build again",
        out.join(super::manifest::NAME).display(),
        listed(out, &unnamed)
    )))
}

/// Refuses a folder that holds more than the site of its manifest; `why` makes the sentence of what is
/// not ours, which ends in a verb.
pub(super) fn admit_ours(
    out: &Path,
    before: &Manifest,
    why: impl FnOnce(&str) -> String,
) -> Result<(), Failure> {
    let foreign = foreign(out, before)?;
    if foreign.is_empty() {
        return Ok(());
    }
    Err(Failure::Refused(why(&listed(out, &foreign))))
}

/// Everything in a folder that is not of the site of its manifest; empty folders are nobody's.
fn foreign(out: &Path, before: &Manifest) -> Result<Vec<String>, Blocked> {
    let mut foreign = Vec::new();
    for found in WalkDir::new(out).min_depth(1).sort_by_file_name() {
        let found = found.map_err(|error| blocked("read", out)(error.into()))?;
        let path = below(out, found.path());
        let ours = found.file_type().is_file() && before.file(&path).is_some();
        if !ours && !found.file_type().is_dir() && !path.starts_with(".dossier-") {
            foreign.push(path);
        }
    }
    Ok(foreign)
}

/// A few paths as words.
fn listed(out: &Path, paths: &[String]) -> String {
    const FEW: usize = 5;
    let few = paths.iter().take(FEW);
    let mut words: Vec<String> = few
        .map(|path| format!("`{}`", out.join(path).display()))
        .collect();
    if paths.len() > FEW {
        words.push(format!("{} more", paths.len() - FEW));
    }
    let verb = if paths.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", words.join(", "))
}

fn look(path: &Path) -> Result<Lies, Blocked> {
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(Lies::Folder),
        Ok(found) if found.is_file() => Ok(Lies::File),
        Ok(_) => Ok(Lies::Other),
        Err(error) if is_absent(&error) => Ok(Lies::Nothing),
        Err(error) => Err(blocked("look at", path)(error)),
    }
}

/// Whether an error says that there is nothing there.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn below(out: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(out).unwrap_or(path);
    let parts = rest
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
