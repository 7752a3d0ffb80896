//! Builds that are killed: a child process publishes without end and is killed at random instants.
//! Whatever it left, a reader finds whole files only, and the next build leaves exactly its own site.

#![allow(
    clippy::disallowed_methods,
    reason = "the test starts, kills and looks after processes"
)]

use dossier::model::Tlp;
use dossier::write::{Made, Publication, publish};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "DOSSIER_TEST_KILLED_IN";
const KILLS: u64 = 60;

/// The files of a generation: most stay, some change, some come and go, folders and files change
/// places. Amber generations carry a canary in names and texts.
fn site(generation: u64) -> (Tlp, Vec<(String, String)>) {
    let amber = generation.is_multiple_of(3);
    let (audience, mark) = if amber {
        (Tlp::Amber, "canary")
    } else {
        (Tlp::Clear, "plain")
    };
    let mut files: Vec<(String, String)> = (0..120)
        .map(|n| {
            (
                format!("entry-{n}/index.html"),
                text(mark, n * (generation % 2)),
            )
        })
        .collect();
    let own = (0..20).map(|n| (format!("{mark}-{n}/{generation}/index.html"), text(mark, n)));
    files.extend(own);
    let change = if generation.is_multiple_of(2) {
        "change"
    } else {
        "change/a/b"
    };
    files.push((change.to_owned(), text(mark, generation)));
    files.sort();
    (audience, files)
}

/// A text that shows whether it is whole.
fn text(mark: &str, n: u64) -> String {
    format!(
        "start {mark} {n}\n{}end {mark} {n}\n",
        "filling\n".repeat(400)
    )
}

fn is_whole(text: &str) -> bool {
    let first = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("start "));
    let last = text
        .lines()
        .next_back()
        .and_then(|line| line.strip_prefix("end "));
    text.ends_with('\n') && first.is_some() && first == last
}

fn build(root: &Path, generation: u64) {
    let (audience, files) = site(generation);
    let paths: Vec<String> = files.iter().map(|(path, _)| path.clone()).collect();
    let make = |index: usize, buffer: &mut Vec<u8>| {
        buffer.extend_from_slice(files[index].1.as_bytes());
        Ok(Made::Bytes)
    };
    let publication = Publication {
        audience,
        paths: &paths,
        make: &make,
        known: None,
    };
    publish(&root.join("public"), root, &publication, &|_| {}).unwrap();
}

/// Not a test of its own: the process that [`killed_at_any_instant`] starts and kills.
#[test]
#[ignore = "runs without end; started by another test"]
fn publish_without_end() {
    let Some(root) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let first = std::process::id().into();
    for generation in first.. {
        build(&root, generation);
    }
}

#[test]
fn killed_at_any_instant() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    fs::create_dir(root.join("content")).unwrap();
    let out = root.join("public");
    let program = std::env::current_exe().unwrap();
    let mut published = 0;
    for kill in 0..KILLS {
        // Every tenth begins with a new output, every other tenth with one that holds a foreign file.
        if kill % 10 == 0 {
            let _ = fs::remove_dir_all(&out);
        }
        if kill % 20 == 10 {
            fs::create_dir(&out).unwrap();
            fs::write(out.join(".gitignore"), "start mine\nend mine\n").unwrap();
        }
        let mut child = Command::new(&program)
            .args(["--exact", "publish_without_end", "--ignored", "--quiet"])
            .env(FOLDER, root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Spread over the start of the process and a few builds, a little different each time.
        std::thread::sleep(Duration::from_micros(4_000 + (kill * 7_919) % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();

        for (path, text) in files(&out) {
            assert!(is_whole(&text), "kill {kill}: half a file at {path}");
        }
        published += u32::from(out.join(".dossier-manifest").exists());
        if kill % 3 == 0 {
            build(root, 1);
            holds_only(root, &site(1).1);
        }
    }
    assert!(published > 30, "the kills came too early to mean anything");
}

/// The output is the site and nothing else, and nothing is left beside it.
fn holds_only(root: &Path, site: &[(String, String)]) {
    let found = files(&root.join("public"));
    let ours: Vec<_> = found
        .into_iter()
        .filter(|(path, _)| path != ".gitignore")
        .collect();
    assert!(ours == site, "the output is exactly the site");
    let mut beside: Vec<_> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    beside.sort();
    assert_eq!(beside, ["content", "public"]);
    let manifest = fs::read_to_string(root.join("public/.dossier-manifest")).unwrap();
    assert!(!manifest.contains("canary") && !manifest.contains("amber"));
}

/// Every file but the manifest, sorted.
fn files(out: &Path) -> Vec<(String, String)> {
    let walked = walkdir::WalkDir::new(out)
        .into_iter()
        .filter_map(Result::ok);
    let mut files: Vec<_> = walked
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(out).unwrap().to_str().unwrap();
            (path.to_owned(), fs::read_to_string(entry.path()).unwrap())
        })
        .filter(|(path, _)| !path.starts_with(".dossier-manifest"))
        .collect();
    files.sort();
    files
}
