//! `dossier completions` and `dossier man`: what a shell and `man` want to know.

use super::args::{Cli, Completions, Man};
use super::terminal::Terminal;
use super::{Exit, Stop, project};

pub(super) fn completions(args: &Completions, terminal: &Terminal) -> Result<Exit, Stop> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::offered(), "dossier", &mut text);
    terminal.print(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Well)
}

pub(super) fn man(args: &Man, terminal: &Terminal) -> Result<Exit, Stop> {
    let shown = project::shown(&args.dir);
    let written = std::fs::create_dir_all(&args.dir)
        .and_then(|()| clap_mangen::generate_to(Cli::offered(), &args.dir));
    written.map_err(|error| {
        Stop::Machine(format!(
            "cannot write the man pages into `{shown}`: {error}"
        ))
    })?;
    terminal.say(&format!(
        "the man pages are in {shown}; `man -l {shown}/dossier.1` shows the first"
    ));
    Ok(Exit::Well)
}
