//! The architecture, held by a test: a module imports only from those above it in `lib.rs`.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The modules of `lib.rs`, in their order, which is the order of layers.
fn layers() -> Vec<String> {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs is there");
    text.lines()
        .filter_map(|line| {
            line.strip_prefix("pub mod ")?
                .strip_suffix(';')
                .map(str::to_owned)
        })
        .collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The modules that a text names by `crate::`, `use crate::{…}` included; comments are left out.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split(',').collect(),
                None => vec![rest],
            };
            for name in names {
                let name: String = name
                    .trim()
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if !name.is_empty() {
                    found.push((number + 1, name));
                }
            }
        }
    }
    found
}

#[test]
fn a_module_imports_only_from_those_above_it() {
    let layers = layers();
    assert!(layers.len() > 10, "lib.rs names the layers: {layers:?}");
    let rank: HashMap<&str, usize> = layers
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), at))
        .collect();
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in files {
        let below = file
            .strip_prefix(root().join("src"))
            .expect("below src")
            .to_path_buf();
        let first = below
            .components()
            .next()
            .expect("a name")
            .as_os_str()
            .to_string_lossy()
            .replace(".rs", "");
        let Some(&own) = rank.get(first.as_str()) else {
            continue;
        };
        let text = fs::read_to_string(&file).expect("a source file");
        for (line, name) in imports(&text) {
            seen += 1;
            if rank.get(name.as_str()).is_some_and(|&other| other > own) {
                wrong.push(format!(
                    "{}:{line}: `{first}` imports from `{name}`, which stands below it",
                    below.display()
                ));
            }
        }
    }
    assert!(seen > 30, "the test reads imports at all: {seen}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    let silent: Vec<String> = files
        .into_iter()
        .filter(|file| {
            !fs::read_to_string(file)
                .expect("a source file")
                .trim_start()
                .starts_with("//!")
        })
        .map(|file| file.display().to_string())
        .collect();
    assert!(
        silent.is_empty(),
        "modules without a word of what they are: {silent:#?}"
    );
}
