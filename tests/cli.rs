//! The command line as transcripts: adding a test is adding a folder to `tests/cli/`.
//!
//! A case holds `cmd`, lines that are run one after the other in a new folder, and what is expected:
//! `stdout`, `stderr` (nothing where absent) and `exit` (one code for each run; all 0 where absent). A folder
//! `in/` is copied into the new folder first. A line of `cmd` is
//!
//! * `[NAME=value …] dossier ARGUMENT…`, with `'…'` around arguments that have spaces;
//! * `cat FILE`, `write FILE TEXT`, `copy FILE FILE`, `mkdir FOLDER`, `rm PATH`, `cd FOLDER`;
//! * a comment after `#`.
//!
//! Times are compared as `[TIME]`, the new folder as `[DIR]`. `UPDATE=1 cargo test --test cli` writes
//! what is there now; read the difference before you commit it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    stdout: String,
    stderr: String,
    exits: Vec<i32>,
}

#[test]
fn transcripts() {
    let mut wrong = Vec::new();
    for case in cases() {
        let shown = run(&case);
        if std::env::var_os("UPDATE").is_some() {
            update(&case, &shown);
        } else if shown != expected(&case) {
            let name = case.file_name().unwrap().to_string_lossy().into_owned();
            let expected = expected(&case);
            wrong.push(format!("{name}\nexpected {expected:#?}\nfound {shown:#?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}",
        wrong.join("\n\n").replace("\\n", "\n")
    );
}

/// Standard output that cannot be written ends with a sentence and code 3; one that nobody reads any
/// more, with the code alone.
#[cfg(unix)]
#[test]
fn output_that_cannot_be_written() {
    let program = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(["explain", "--color", "never"]);
        command
    };
    if let Ok(full) = fs::File::create("/dev/full") {
        let output = program().stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.starts_with("error: cannot write to standard output: "),
            "{said}"
        );
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = program().stdout(writer).output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(3), 0));
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let found = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = found.filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

fn expected(case: &Path) -> Shown {
    let read = |name| fs::read_to_string(case.join(name)).unwrap_or_default();
    Shown {
        stdout: read("stdout"),
        stderr: read("stderr"),
        exits: read("exit")
            .split_whitespace()
            .map(|code| code.parse().unwrap())
            .collect(),
    }
}

fn update(case: &Path, shown: &Shown) {
    let codes: Vec<String> = shown.exits.iter().map(i32::to_string).collect();
    let exit = match codes.is_empty() {
        true => String::new(),
        false => format!("{}\n", codes.join(" ")),
    };
    for (name, text) in [
        ("stdout", &shown.stdout),
        ("stderr", &shown.stderr),
        ("exit", &exit),
    ] {
        let path = case.join(name);
        if text.is_empty() {
            let _ = fs::remove_file(path);
        } else {
            fs::write(path, text).unwrap();
        }
    }
}

fn run(case: &Path) -> Shown {
    let dir = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(dir.path()).unwrap();
    copy(&case.join("in"), &root);
    let mut here = root.clone();
    let mut shown = Shown::default();
    for line in fs::read_to_string(case.join("cmd")).unwrap().lines() {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            [] => {}
            ["cd", folder] => here = root.join(folder),
            ["mkdir", folder] => fs::create_dir_all(here.join(folder)).unwrap(),
            ["cat", file] => shown.stdout += &fs::read_to_string(here.join(file)).unwrap(),
            ["write", file, text] => fs::write(here.join(file), format!("{text}\n")).unwrap(),
            ["copy", from, to] => drop(fs::copy(here.join(from), here.join(to)).unwrap()),
            ["rm", path] if here.join(path).is_dir() => {
                fs::remove_dir_all(here.join(path)).unwrap()
            }
            ["rm", path] => fs::remove_file(here.join(path)).unwrap(),
            words => dossier(words, &here, &mut shown),
        }
    }
    if shown.exits.iter().all(|code| *code == 0) {
        shown.exits.clear();
    }
    shown.stdout = normal(&shown.stdout, &root);
    shown.stderr = normal(&shown.stderr, &root);
    shown
}

/// Runs the program, with nothing of this machine's environment that it heeds.
fn dossier(words: &[&str], here: &Path, shown: &mut Shown) {
    let at = words.iter().position(|word| *word == "dossier");
    let at = at.unwrap_or_else(|| panic!("not a command: {words:?}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    command
        .args(&words[at + 1..])
        .current_dir(here)
        .env("SOURCE_DATE_EPOCH", "1704067200")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("GITHUB_WORKSPACE");
    for setting in &words[..at] {
        let (name, value) = setting.split_once('=').unwrap();
        command.env(name, value);
    }
    let output = command.output().unwrap();
    shown.stdout += &String::from_utf8_lossy(&output.stdout);
    shown.stderr += &String::from_utf8_lossy(&output.stderr);
    shown.exits.push(output.status.code().unwrap_or(-1));
}

fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() && !rest.starts_with('#') {
        let (word, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').unwrap(),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

/// Takes out what differs from run to run.
fn normal(text: &str, root: &Path) -> String {
    let text = text.replace(root.to_str().unwrap(), "[DIR]");
    let lines = text.split_inclusive('\n').map(|line| {
        let mut line = line.to_owned();
        for (before, after) in [(" in ", " s"), ("\"seconds\": ", "\n")] {
            let mut from = 0;
            while let Some(start) = line[from..].find(before).map(|at| from + at + before.len()) {
                from = start;
                if let Some(end) = line[start..].find(after)
                    && line[start..start + end].parse::<f64>().is_ok()
                {
                    line.replace_range(start..start + end, "[TIME]");
                }
            }
        }
        line
    });
    lines.collect()
}

fn copy(from: &Path, to: &Path) {
    let Ok(entries) = fs::read_dir(from) else {
        return;
    };
    fs::create_dir_all(to).unwrap();
    for entry in entries.map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
