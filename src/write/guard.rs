//! Where a site may be written.
//!
//! Takes the folder that was asked for; gives it absolute with its links resolved, or refuses it.

use super::{Failure, blocked};
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The output folder, absolute, every symbolic link in it resolved; it need not exist.
pub(super) fn output(out: &Path, root: &Path) -> Result<PathBuf, Failure> {
    let resolved = resolve(out)?;
    let root = resolve(root)?;
    let content = resolve(&root.join("content"))?;
    let templates = resolve(&root.join("templates"))?;
    let home = std::env::home_dir()
        .map(|home| resolve(&home))
        .transpose()?;
    let shown = out.display();
    let refuse = |why: &str| {
        Err(Failure::Refused(format!(
            "refusing to write the site into `{shown}`: {why}; name another folder with --out"
        )))
    };
    if resolved.parent().is_none() {
        return refuse("it is the root of the file system");
    }
    if home.is_some_and(|home| resolved == home) {
        return refuse("it is the home folder");
    }
    if resolved == root {
        return refuse("it is the dossier itself");
    }
    if root.starts_with(&resolved) {
        return refuse("the dossier lies in it");
    }
    for (folder, name) in [(content, "content"), (templates, "templates")] {
        if resolved.starts_with(&folder) {
            return refuse(&format!("it lies in the dossier's `{name}` folder"));
        }
        if folder.starts_with(&resolved) {
            return refuse(&format!("the dossier's `{name}` folder lies in it"));
        }
    }
    if resolved.components().any(|part| part.as_os_str() == ".git") {
        return refuse("it lies in a `.git` folder");
    }
    match std::fs::metadata(&resolved) {
        Ok(found) if !found.is_dir() => refuse("it is a file"),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(blocked("look at", &resolved)(error).into())
        }
        _ => Ok(resolved),
    }
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
            "../../",
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
