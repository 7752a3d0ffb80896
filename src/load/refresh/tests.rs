//! A refreshed snapshot is that of a fresh load, whatever happened to the files.

use super::super::{Changes, Inputs, load};
use crate::text::TextFile;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

fn project(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(&dir.path().join(path), text);
    }
    dir
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn paths(paths: &[&str]) -> Changes {
    Changes::Paths(paths.iter().map(PathBuf::from).collect())
}

/// All that a snapshot says, one line each.
fn told(inputs: &Inputs) -> Vec<String> {
    let texts = inputs.entries.iter().chain(&inputs.config);
    let text = |file: &TextFile| format!("{} {:016x} {:?}", file.path, file.hash, file.text);
    let mut told: Vec<String> = texts.map(text).collect();
    told.extend(inputs.files.iter().map(|file| format!("{file:?}")));
    told.extend(inputs.theme.iter().map(|file| format!("{file:?}")));
    told.extend(inputs.statics.iter().map(|file| format!("{file:?}")));
    told.extend(inputs.problems.iter().map(|problem| format!("{problem:?}")));
    told
}

/// Refreshes, and holds the result against a fresh load and against what was there before.
fn refresh(inputs: &mut Inputs, changes: &Changes) -> bool {
    let before = inputs.clone();
    let (changed, fresh) = match (inputs.refresh(changes), load(&inputs.root)) {
        (Ok(changed), Ok(fresh)) => (changed, fresh),
        (Err(here), Err(there)) => {
            assert_eq!(here.path, there.path, "after {changes:?}");
            assert_eq!(
                told(inputs),
                told(&before),
                "nothing is put in place by halves"
            );
            return false;
        }
        unlike => panic!("{unlike:?} after {changes:?}"),
    };
    assert_eq!(told(inputs), told(&fresh), "after {changes:?}");
    assert_eq!(inputs.links, fresh.links, "after {changes:?}");
    assert_eq!(changed, told(&before) != told(inputs), "after {changes:?}");
    for new in &inputs.entries {
        let Some(old) = before.entry(&new.path).filter(|old| old.text == new.text) else {
            continue;
        };
        assert!(Arc::ptr_eq(&old.text, &new.text) && Arc::ptr_eq(&old.path, &new.path));
    }
    for (path, new) in &inputs.theme {
        let old = before.theme.get(path).filter(|old| *old == new);
        assert!(old.is_none_or(|old| Arc::ptr_eq(old, new)));
    }
    changed
}

#[test]
fn a_change_is_seen_where_it_is_and_nothing_else_is_new() {
    let dir = project(&[
        ("dossier.toml", "title = 'x'"),
        ("content/actors/a.md", "a"),
        ("content/actors/b.md", "b"),
        ("content/actors/pic.png", "1"),
        ("templates/note.html", "n"),
    ]);
    let at = |path: &str| dir.path().join(path);
    let mut inputs = load(dir.path()).unwrap();
    assert!(!refresh(&mut inputs, &paths(&["content/actors/a.md"])));
    assert!(!refresh(&mut inputs, &Changes::All));

    write(&at("content/actors/a.md"), "other");
    assert!(refresh(&mut inputs, &paths(&["content/actors/a.md"])));
    assert_eq!(inputs.text("content/actors/a.md"), Some("other"));

    fs::rename(at("content/actors"), at("content/people")).unwrap();
    assert!(refresh(
        &mut inputs,
        &paths(&["content/actors", "content/people"])
    ));
    assert_eq!(inputs.text("content/people/b.md"), Some("b"));

    let before = inputs.files.clone();
    fs::remove_file(at("content/people/pic.png")).unwrap();
    write(&at("content/people/pic.png"), "2");
    assert!(refresh(&mut inputs, &paths(&["content/people/pic.png"])));
    assert_ne!(
        before, inputs.files,
        "a picture of the same size is another one"
    );

    write(&at("templates/note.html"), "m");
    write(&at("dossier.toml"), "title = 'y'");
    fs::remove_dir_all(at("content")).unwrap();
    assert!(refresh(
        &mut inputs,
        &paths(&["templates", "content", "dossier.toml"])
    ));
    assert!(inputs.entries.is_empty() && inputs.files.is_empty());
}

#[test]
fn what_the_system_refused_is_looked_at_again() {
    let dir = project(&[("content/notes/n.md", "n")]);
    let at = |path: &str| dir.path().join(path);
    let mut inputs = load(dir.path()).unwrap();
    write(&at("content/notes/n.md"), "m");
    // Not to be read as a file, whoever asks.
    fs::create_dir(at("dossier.toml")).unwrap();
    let both = paths(&["content/notes/n.md", "dossier.toml"]);
    assert!(inputs.refresh(&both).is_err());
    assert_eq!(inputs.text("content/notes/n.md"), Some("n"));
    fs::remove_dir(at("dossier.toml")).unwrap();
    assert!(refresh(&mut inputs, &paths(&[])));
    assert_eq!(inputs.text("content/notes/n.md"), Some("m"));
}

#[cfg(unix)]
#[test]
fn a_file_is_seen_under_every_path_that_leads_to_it() {
    use std::os::unix::fs::symlink;
    let dir = project(&[("content/actors/a.md", "a"), ("shared/b.md", "b")]);
    let at = |path: &str| dir.path().join(path);
    symlink("actors", at("content/people")).unwrap();
    symlink("../shared/b.md", at("content/b.md")).unwrap();
    symlink("later.md", at("content/c.md")).unwrap();
    let mut inputs = load(dir.path()).unwrap();

    write(&at("content/actors/a.md"), "one");
    assert!(refresh(&mut inputs, &paths(&["content/actors/a.md"])));
    assert_eq!(inputs.text("content/people/a.md"), Some("one"));
    write(&at("content/actors/a.md"), "two");
    assert!(refresh(&mut inputs, &paths(&["content/people/a.md"])));
    write(&at("shared/b.md"), "three");
    assert!(refresh(
        &mut inputs,
        &Changes::Paths([at("shared/b.md")].into())
    ));
    write(&at("content/later.md"), "four");
    assert!(refresh(&mut inputs, &paths(&["content/later.md"])));
    assert_eq!(inputs.text("content/c.md"), Some("four"));
    fs::remove_dir_all(at("shared")).unwrap();
    assert!(refresh(&mut inputs, &paths(&["shared"])));
    assert_eq!(inputs.problems.len(), 1);
    // The file was removed by a path that no longer leads to it.
    fs::remove_file(at("content/actors/a.md")).unwrap();
    fs::remove_file(at("content/people")).unwrap();
    assert!(refresh(
        &mut inputs,
        &paths(&["content/people/a.md", "content/people"])
    ));
}

#[cfg(unix)]
#[test]
fn what_is_for_a_higher_audience_is_not_reached_by_a_link() {
    use std::os::unix::fs::symlink;
    let dir = project(&[("templates/note.html", "n"), ("static-red/a/b.txt", "r")]);
    let at = |path: &str| dir.path().join(path);
    symlink("../static-red", at("templates/assets")).unwrap();
    let mut inputs = load(dir.path()).unwrap();
    assert_eq!(inputs.problems.len(), 1);
    write(&at("static-red/a/b.txt"), "s");
    refresh(&mut inputs, &paths(&["static-red/a/b.txt"]));
    // Below what is no text only its folder can be looked at.
    write(&at("static-red/a/c.txt"), "t");
    refresh(&mut inputs, &paths(&["static-red/a/\u{fffd}/c"]));
}

#[cfg(unix)]
mod random {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    const FOLDERS: &[&str] = &[
        "",
        "content",
        "content/a",
        "content/a/a",
        "content/a-b",
        "content/b.md",
        "content/link",
        "content/sources/snapshots",
        "content/.hidden",
        "shared",
        "shared/a",
        "static",
        "static/.git",
        "static/a",
        "static-red/a",
        "static-x",
        "templates",
        "templates/assets",
        "../outside",
    ];
    const NAMES: &[&[u8]] = &[
        b"a",
        b"a.md",
        b"a-b",
        b"b.md",
        b"c.md",
        b"link",
        b"p.png",
        b".x.md",
        b"x.md~",
        b"#x.md#",
        b"4913",
        b"\xff.md",
        b"\xfe.md",
        b"\xff",
        b"\xef\xbf\xbd.md",
        b"dossier.toml",
        b"content",
        b"templates",
        b"shared",
        b".git",
        b".dossier-x",
        b".nojekyll",
        b"static",
        b"static-red",
        b"static-x",
    ];
    const TEXTS: &[&[u8]] = &[
        b"",
        b"one",
        b"two",
        b"caf\xe9",
        b"caf\xe8",
        b"\xff\xfea\0",
        b"---\ntitle: T\n---\n",
    ];
    const LARGE: &[&str] = &["content/a/a.md", "content/c.md", "shared/a.md"];
    const TARGETS: &[&str] = &[
        ".",
        "..",
        "a",
        "a.md",
        "b.md",
        "link",
        "../a",
        "../shared",
        "../../shared/a",
        "nowhere.md",
        "../content",
        "../outside",
        "../../outside/a.md",
        "../templates",
        "../static-red",
        "static",
        "../link",
    ];

    #[derive(Debug, Clone)]
    enum Step {
        Write(PathBuf, &'static [u8]),
        Large(PathBuf),
        Remove(PathBuf),
        Rename(PathBuf, PathBuf),
        Link(PathBuf, &'static str),
    }

    fn path() -> impl Strategy<Value = PathBuf> {
        let path = |(folder, name): (&str, &[u8])| Path::new(folder).join(OsStr::from_bytes(name));
        (select(FOLDERS), select(NAMES)).prop_map(path)
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            30 => (path(), select(TEXTS)).prop_map(|(path, text)| Step::Write(path, text)),
            1 => select(LARGE).prop_map(|path| Step::Large(path.into())),
            10 => path().prop_map(Step::Remove),
            15 => (path(), path()).prop_map(|(from, to)| Step::Rename(from, to)),
            15 => (path(), select(TARGETS)).prop_map(|(path, target)| Step::Link(path, target)),
        ]
    }

    impl Step {
        /// Does it, as far as it can be done, and gives the paths that a watch would.
        fn take(&self, root: &Path) -> Vec<PathBuf> {
            match self {
                Step::Write(path, _) | Step::Large(path) => {
                    let path = root.join(path);
                    let _ = path.parent().map(fs::create_dir_all);
                    if let Step::Write(_, text) = self {
                        let _ = fs::write(&path, text);
                    } else if let Ok(file) = fs::File::create(&path) {
                        file.set_len(16 * 1024 * 1024 + 1).unwrap();
                    }
                    // Written through a link, it is what the link leads to that has changed.
                    vec![fs::canonicalize(&path).unwrap_or(path)]
                }
                Step::Remove(path) => {
                    let path = root.join(path);
                    let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
                    vec![path]
                }
                Step::Rename(from, to) => {
                    let (from, to) = (root.join(from), root.join(to));
                    let _ = fs::rename(&from, &to);
                    vec![from, to]
                }
                Step::Link(path, target) => {
                    let path = root.join(path);
                    let _ = fs::remove_file(&path);
                    let _ = symlink(target, &path);
                    vec![path]
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn after_any_steps_the_inputs_are_those_of_a_fresh_load(
            batches in vec(vec(step(), 1..5), 1..12),
            below_root in any::<bool>(),
        ) {
            let dir = project(&[
                ("root/dossier.toml", "title = 'x'"),
                ("root/content/a/a.md", "a"),
                ("root/content/a/p.png", "p"),
                ("root/content/b.md", "b"),
                ("root/shared/a.md", "s"),
                ("root/templates/note.html", "n"),
                ("root/static/a/CNAME", "c"),
                ("root/static-red/a", "r"),
                ("outside/a.md", "secret"),
            ]);
            let root = fs::canonicalize(dir.path()).unwrap().join("root");
            let mut inputs = load(&root).unwrap();
            for batch in batches {
                let mut changed = std::collections::BTreeSet::new();
                for step in &batch {
                    changed.extend(step.take(&root));
                }
                if below_root {
                    let below = |path: PathBuf| match path.strip_prefix(&root) {
                        Ok(below) => below.to_owned(),
                        Err(_) => path,
                    };
                    changed = changed.into_iter().map(below).collect();
                }
                refresh(&mut inputs, &Changes::Paths(changed));
            }
        }
    }
}
