//! Where a site may be written.
//!
//! Takes the folder that was asked for; gives it absolute with its links resolved, or refuses it. Folders
//! are compared as what they are on the disk, not as they are written: by way of links, in other letters
//! where the disk does not tell them apart, or mounted a second time, a folder is the same.

use super::memory::FOLDER;
use super::{Failure, blocked, manifest};
use crate::model::statics;
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

/// What a version control system keeps of a project.
const HISTORIES: [&str; 4] = [".git", ".hg", ".jj", ".svn"];

/// The output folder, absolute, every symbolic link in it resolved; it need not exist.
pub(super) fn output(out: &Path, root: &Path) -> Result<PathBuf, Failure> {
    let resolved = resolve(out)?;
    let root = resolve(root)?;
    if let Some(why) = unfit(&resolved, &root)? {
        return Err(Failure::Refused(format!(
            "refusing to write the site into `{}`: {why}; name another folder with --out",
            out.display()
        )));
    }
    Ok(resolved)
}

/// Why a folder is none to write a site into.
fn unfit(out: &Path, root: &Path) -> Result<Option<String>, Failure> {
    let why = |why: &str| Ok(Some(why.to_owned()));
    if out.parent().is_none() {
        return why("it is the root of the file system");
    }
    let at = Spot::of(out)?;
    if let Some(home) = std::env::home_dir()
        && Spot::of(&resolve(&home)?)? == at
    {
        return why("it is the home folder");
    }
    let above_root = spots(root)?;
    if above_root.first() == Some(&at) {
        return why("it is the dossier itself");
    }
    if above_root.contains(&at) {
        return why("the dossier lies in it");
    }
    let above = spots(out)?;
    for name in own_folders() {
        let folder = resolve(&root.join(&name))?;
        let spot = Spot::of(&folder)?;
        if spot == at {
            return Ok(Some(format!("it is the dossier's `{name}` folder")));
        }
        if above.contains(&spot) {
            return Ok(Some(format!("it lies in the dossier's `{name}` folder")));
        }
        if spots(&folder)?.contains(&at) {
            return Ok(Some(format!("the dossier's `{name}` folder lies in it")));
        }
    }
    // Not those above the dossier: it may itself lie in such a folder.
    let names = out.ancestors().zip(&above);
    for (folder, _) in names.filter(|(_, spot)| !above_root.contains(spot)) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let name = folded(&name);
        if HISTORIES.contains(&name.as_str()) {
            return Ok(Some(format!("it lies in a `{name}` folder")));
        }
        if name.starts_with(".dossier-") {
            return why("names that begin with `.dossier-` are for what builds leave");
        }
        // What is built for one audience would lie in what another is served.
        if folder != out && folder.join(manifest::NAME).exists() {
            return Ok(Some(format!(
                "it lies in `{}`, which holds another site",
                folder.display()
            )));
        }
    }
    if let Some(inner) = inner_site(out)? {
        return Ok(Some(format!(
            "`{}` lies in it, and holds another site",
            inner.display()
        )));
    }
    match std::fs::metadata(out) {
        Ok(found) if !found.is_dir() => why("it is a file"),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(blocked("look at", out)(error).into())
        }
        _ => Ok(None),
    }
}

/// How many folders deep another site is looked for, in a folder that holds none of its own.
const DEEP: usize = 3;

/// A site in a folder that is none itself: what is built for one audience would be served with what is built for
/// another.
fn inner_site(out: &Path) -> Result<Option<PathBuf>, Failure> {
    if out.join(manifest::NAME).exists() {
        return Ok(None);
    }
    let mut folders = vec![(out.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let found = match std::fs::read_dir(&folder) {
            Ok(found) => found,
            // It need not exist, and what cannot be read is told where it is written.
            Err(_) => continue,
        };
        let inner = found.flatten().filter(|it| it.path().is_dir());
        for inner in inner.map(|it| it.path()) {
            if inner.join(manifest::NAME).exists() {
                return Ok(Some(inner));
            }
            if depth + 1 < DEEP {
                folders.push((inner, depth + 1));
            }
        }
    }
    Ok(None)
}

/// The folders of a dossier that are read, or kept for the program.
fn own_folders() -> impl Iterator<Item = String> {
    let names = ["content", "templates", FOLDER, "static-clear"];
    let statics = statics::FOLDERS.map(|(folder, _)| folder);
    names.into_iter().chain(statics).map(str::to_owned)
}

/// Where a folder is, however its path is written.
#[derive(Debug, PartialEq, Eq)]
struct Spot {
    /// The nearest folder above it that exists, or itself.
    existing: Identity,
    /// The rest, in letters that are the same for all disks.
    rest: Vec<String>,
}

#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(not(unix))]
type Identity = String;

impl Spot {
    /// That of an absolute path with its links resolved.
    fn of(path: &Path) -> Result<Spot, Failure> {
        let mut rest = Vec::new();
        let mut existing = path;
        loop {
            match identity(existing) {
                Ok(existing) => return Ok(Spot { existing, rest }),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(blocked("look at", existing)(error).into()),
            }
            let (Some(name), Some(parent)) = (existing.file_name(), existing.parent()) else {
                let error = io::ErrorKind::NotFound.into();
                return Err(blocked("look at", existing)(error).into());
            };
            rest.insert(0, folded(&name.to_string_lossy()));
            existing = parent;
        }
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<Identity> {
    let real = std::fs::canonicalize(path)?;
    Ok(folded(&real.to_string_lossy()))
}

/// A folder's own spot and those of all above it.
fn spots(path: &Path) -> Result<Vec<Spot>, Failure> {
    path.ancestors().map(Spot::of).collect()
}

/// A name in letters that do not tell case: small ones made from large ones, since there are letters
/// that have a large form in common and no small one.
fn folded(name: &str) -> String {
    name.to_uppercase().to_lowercase()
}

/// A path as it is on disk: the part that exists with its links resolved, the rest as written.
fn resolve(path: &Path) -> Result<PathBuf, Failure> {
    let absolute = std::path::absolute(path).map_err(blocked("resolve", path))?;
    let mut rest: Vec<OsString> = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        match std::fs::canonicalize(existing) {
            Ok(mut resolved) => {
                resolved.extend(rest.iter().rev());
                return Ok(plain(&resolved));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(blocked("resolve", existing)(error).into()),
        }
        if std::fs::symlink_metadata(existing).is_ok_and(|found| found.is_symlink()) {
            let path = existing.display();
            let message = format!("`{path}` is a symbolic link that leads nowhere; remove it");
            return Err(Failure::Refused(message));
        }
        let last = existing.components().next_back();
        let (Some(last), Some(parent)) = (last, existing.parent()) else {
            return Ok(absolute);
        };
        rest.push(last.as_os_str().to_owned());
        existing = parent;
    }
}

/// Takes `..` out of the part that does not exist yet, where it cannot stand for a link.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// Whether a path names a file below the output folder and nothing else. Asked of what a site wants to
/// write and of what a manifest wants deleted.
pub(super) fn is_below(path: &str) -> bool {
    let drive = cfg!(windows) && path.contains(':');
    let hidden = path.starts_with(".dossier-") || path.contains(['\0', '\\']);
    let mut parts = path.split('/');
    !drive && !hidden && parts.all(|part| !part.is_empty() && part != "." && part != "..")
}

/// Refuses a site whose paths are not what [`super::Publication`] promises.
pub(super) fn paths(paths: &[String]) -> Result<(), Failure> {
    if let Some(bad) = paths.iter().find(|path| !is_below(path)) {
        let message = format!("refusing to write a file called `{}`", bad.escape_debug());
        return Err(Failure::Refused(message));
    }
    let disorder = paths.iter().zip(paths.iter().skip(1)).find(|(a, b)| a >= b);
    if let Some((_, second)) = disorder {
        let message = format!("the site has `{second}` twice or out of order, which is a bug");
        return Err(Failure::Refused(message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(out: &Path, root: &Path) -> String {
        match output(out, root) {
            Err(Failure::Refused(why)) => why,
            other => panic!("{out:?}: {other:?}"),
        }
    }

    #[test]
    fn folders_that_hold_what_is_dear_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("project");
        std::fs::create_dir_all(root.join("content/actors")).unwrap();
        std::fs::write(root.join("file"), "").unwrap();
        for bad in [
            "",
            "..",
            "content",
            "content/x/y",
            "templates",
            "templates/x",
            "file",
            "public/..",
            "none/../content",
            ".git/x",
            ".GIT",
            "a/.hg/b",
            "../../",
            "static",
            "static/x",
            "Static",
            "static-amber",
            "static-amber+strict/x",
            ".dossier-cache",
            ".dossier-cache/",
            "./.dossier-cache/.",
            ".dossier-cache/x/y",
            ".Dossier-CACHE",
            "public/../.dossier-cache",
            ".dossier-public.staging-7",
            "public/.dossier-staging-7/x",
            "TEMPLATES",
        ] {
            assert!(
                refused(&root.join(bad), &root).contains("refusing"),
                "{bad}"
            );
        }
        assert!(refused(Path::new("/"), &root).contains("root of the file system"));
        let home = std::env::home_dir().unwrap();
        assert!(refused(&home, &root).contains("home folder"));
        let real = std::fs::canonicalize(&root).unwrap();
        assert_eq!(
            output(&root.join("public"), &root).unwrap(),
            real.join("public")
        );
        assert_eq!(
            output(&root.join("a/b/../c"), &root).unwrap(),
            real.join("a/c")
        );
        for good in [
            "public-amber",
            "contents",
            "static-x",
            "dossier-cache",
            "x/content",
            "git",
        ] {
            assert!(output(&root.join(good), &root).is_ok(), "{good}");
        }
    }

    /// A dossier may lie in a folder of any name, and its output beside it.
    #[test]
    fn what_lies_above_the_dossier_does_not_matter() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join(".dossier-tests/.git/project");
        std::fs::create_dir_all(root.join("content")).unwrap();
        assert!(output(&root.join("public"), &root).is_ok());
        assert!(output(&root.join("../public"), &root).is_ok());
        assert!(refused(&root.join(".git/public"), &root).contains("`.git`"));
        assert!(refused(&root.join(".."), &root).contains("lies in it"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_resolved_first() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("project");
        std::fs::create_dir_all(root.join("content")).unwrap();
        std::os::unix::fs::symlink("content", root.join("public")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("dangling")).unwrap();
        assert!(refused(&root.join("public"), &root).contains("content"));
        assert!(refused(&root.join("public/x"), &root).contains("content"));
        assert!(refused(&root.join("dangling"), &root).contains("leads nowhere"));
    }

    /// A folder of the dossier may lie elsewhere, and an output may lead into one.
    #[cfg(unix)]
    #[test]
    fn a_folder_is_the_same_by_any_way() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("project");
        let cache = dir.path().join("cache/of/all");
        std::fs::create_dir_all(root.join("content")).unwrap();
        std::fs::create_dir_all(&cache).unwrap();
        std::os::unix::fs::symlink(&cache, root.join(".dossier-cache")).unwrap();
        std::os::unix::fs::symlink(".dossier-cache", root.join("public")).unwrap();
        std::os::unix::fs::symlink(&root, dir.path().join("other")).unwrap();
        let way = |path: &str| dir.path().join(path);
        for is in ["cache/of/all", "project/public"] {
            assert!(
                refused(&way(is), &root).contains("it is the dossier's"),
                "{is}"
            );
        }
        for lies in ["cache/of/all/x", "project/public/x/y"] {
            assert!(refused(&way(lies), &root).contains("it lies in"), "{lies}");
        }
        for holds in ["cache/of", "cache"] {
            assert!(
                refused(&way(holds), &root).contains("lies in it"),
                "{holds}"
            );
        }
        assert!(refused(&way("other"), &root).contains("the dossier itself"));
        assert!(refused(&way("other/content/x"), &root).contains("`content`"));
        assert!(refused(&way("project/content"), &way("other")).contains("`content`"));
        assert!(output(&way("cache/of/more"), &root).is_ok());
    }

    #[test]
    fn no_site_is_written_into_another() {
        let folder = tempfile::tempdir().unwrap();
        let way = |name: &str| folder.path().join(name);
        for path in ["project/content", "public/old", "other"] {
            std::fs::create_dir_all(way(path)).unwrap();
        }
        std::fs::write(way("public").join(manifest::NAME), "").unwrap();
        let out = |name: &str| output(&way(name), &way("project"));
        for within in ["public/partners", "public/old", "public/a/b"] {
            let Err(Failure::Refused(why)) = out(within) else {
                panic!("{within} is written into");
            };
            assert!(why.contains("holds another site"), "{why}");
        }
        assert!(out("public").is_ok() && out("other").is_ok());
    }

    #[test]
    fn paths_stay_below() {
        for good in ["index.html", "a/b/index.html", ".nojekyll", "a/..b"] {
            assert!(is_below(good), "{good}");
        }
        for bad in [
            "",
            "/a",
            "a/",
            "a//b",
            "../a",
            "a/../b",
            "./a",
            "a\0",
            "a\\b",
            ".dossier-manifest",
        ] {
            assert!(!is_below(bad), "{bad}");
        }
        let list = |paths: &[&str]| {
            paths
                .iter()
                .map(|path| (*path).to_owned())
                .collect::<Vec<_>>()
        };
        assert!(super::paths(&list(&["a", "b"])).is_ok());
        assert!(super::paths(&list(&["a", "a"])).is_err());
        assert!(super::paths(&list(&["b", "a"])).is_err());
    }
}
