//! `dossier init`: a small working dossier, from the files under `init/`.

use super::args::Init;
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use rust_embed::RustEmbed;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

#[derive(RustEmbed)]
#[folder = "src/cli/init/"]
struct Start;

pub(super) fn run(args: &Init, terminal: &Terminal) -> Result<Exit, Stop> {
    let files: Vec<(PathBuf, Vec<u8>)> = Start::iter()
        .filter_map(|name| {
            let bytes = Start::get(&name)?.data.into_owned();
            Some((args.dir.join(target(&name)), bytes))
        })
        .collect();
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
    terminal.say(&format!(
        "wrote a small dossier of {} files into {dir}\nnext: {enter}dossier build",
        files.len()
    ));
    Ok(Exit::Well)
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
