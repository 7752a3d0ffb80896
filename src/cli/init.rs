//! `dossier init`: a small working dossier, from the files under `init/`, or one without a case.

use super::args::{Host, Init};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use rust_embed::RustEmbed;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

#[derive(RustEmbed)]
#[folder = "src/cli/init/"]
struct Start;

/// What the settings say of the invented case, and what they say without it.
const CASE: [(&str, &str); 2] = [
    ("The Harbour Lynx Dossier", "Untitled dossier"),
    (
        "An invented case that shows what a dossier can do. Replace it with yours.",
        "What it is about, in one sentence.",
    ),
];

/// The home page of a dossier without a case.
const HOME: &str = "\
---
title: Untitled dossier
---
What this dossier is about, for whom it is written, and how it was made.
";

pub(super) fn run(args: &Init, terminal: &Terminal) -> Result<Exit, Stop> {
    let mut files: Vec<(PathBuf, Vec<u8>)> = match args.bare {
        true => bare(),
        false => case(),
    };
    if let Some(host) = args.workflow {
        let (path, text) = workflow(host);
        files.push((path.into(), text.into()));
    }
    for (path, _) in &mut files {
        *path = args.dir.join(&*path);
    }
    // All or nothing: half a dossier among other files would be hard to tell apart.
    let there: Vec<String> = files
        .iter()
        .filter(|(path, _)| path.symlink_metadata().is_ok())
        .map(|(path, _)| format!("`{}`", path.display()))
        .collect();
    if !there.is_empty() {
        let there = there.join(", ");
        return Err(Stop::Usage(format!(
            "nothing was written, because this is there already: {there}; name a new folder"
        )));
    }
    for (path, bytes) in &files {
        write(path, bytes).map_err(|error| {
            let path = path.display();
            Stop::Machine(format!("cannot write `{path}`: {error}"))
        })?;
    }
    let dir = project::shown(&args.dir);
    if terminal.is_json() {
        let files: Vec<String> = files.iter().map(|(path, _)| project::shown(path)).collect();
        terminal.print_json(&serde_json::json!({ "dir": dir, "files": files }))?;
    }
    let enter = if dir == "." {
        String::new()
    } else {
        format!("cd {dir} && ")
    };
    terminal.say(&match args.bare {
        true => format!(
            "wrote an empty dossier into {dir}\nnext: {enter}dossier new incident \"Its title\""
        ),
        false => format!(
            "wrote a small dossier of {} files into {dir}\nnext: {enter}dossier build",
            files.len()
        ),
    });
    Ok(Exit::Well)
}

/// The invented case.
fn case() -> Vec<(PathBuf, Vec<u8>)> {
    let files = Start::iter().filter_map(|name| {
        let bytes = Start::get(&name)?.data.into_owned();
        Some((target(&name).into(), bytes))
    });
    files.collect()
}

/// The settings, and an empty home page.
fn bare() -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = case();
    files.retain(|(path, _)| !path.starts_with("content"));
    for (_, bytes) in &mut files {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let text = CASE
            .iter()
            .fold(text, |text, (of, instead)| text.replace(of, instead));
        *bytes = text.into_bytes();
    }
    files.push(("content/index.md".into(), HOME.into()));
    files
}

/// The file of a workflow, and what is in it.
fn workflow(host: Host) -> (&'static str, &'static str) {
    match host {
        Host::Github => (
            ".github/workflows/site.yml",
            include_str!("workflows/github.yml"),
        ),
    }
}

/// The name in the new dossier. (A `.gitignore` under `src/` would hold for this repository.)
fn target(name: &str) -> &str {
    match name {
        "gitignore" => ".gitignore",
        name => name,
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_case_is_left_without_it() {
        for (path, bytes) in bare() {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains("Lynx"), "{}: {text}", path.display());
            assert!(!text.contains("invented"), "{}: {text}", path.display());
        }
    }
}
