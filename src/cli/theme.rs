//! `dossier theme`: what of the default theme can be replaced, copies of it, and what became of them.
//!
//! A copy lies in `templates/`; beside it, in `.dossier/theme/`, the default as it was then, so that a later
//! version can show what has changed. Nothing that is there is overwritten.

use super::args::{Eject, Global, Theme, ThemeDiff};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use crate::diag::did_you_mean;
use crate::render::theme::{Note, Replaceable};
use serde::Serialize;
use similar::TextDiff;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file of the theme; the names are stable.
#[derive(Debug, Serialize)]
struct Listed {
    name: String,
    about: String,
    /// Whether the dossier has a file of its own in its place.
    own: bool,
    /// Whether the default has changed since that was copied; `null` where its first line does not say.
    outdated: Option<bool>,
}

pub(super) fn run(args: &Theme, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let root = project::root(global)?;
    match args {
        Theme::List => list(&root, terminal),
        Theme::Eject(args) => eject(args, &root, terminal),
        Theme::Diff(args) => diff(args, &root, terminal),
    }
}

fn list(root: &Path, terminal: &Terminal) -> Result<Exit, Stop> {
    let mut listed = Vec::new();
    for file in Replaceable::all() {
        let own = read(&own_path(root, &file.name))?;
        let note = own.as_deref().and_then(Note::of);
        listed.push(Listed {
            about: file.about(),
            own: own.is_some(),
            outdated: note.map(|note| file.has_changed_since(&note)),
            name: file.name,
        });
    }
    if terminal.is_json() {
        terminal.print_json(&listed)?;
        return Ok(Exit::Well);
    }
    let mut text = String::new();
    for it in &listed {
        let state = match (it.own, it.outdated) {
            (false, _) => "",
            (true, Some(true)) => "  (yours; the default has changed)",
            (true, Some(false) | None) => "  (yours)",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}{state}", it.name);
        if !it.about.is_empty() {
            let _ = writeln!(text, "    {}", it.about);
        }
    }
    terminal.print(&text)?;
    Ok(Exit::Well)
}

fn eject(args: &Eject, root: &Path, terminal: &Terminal) -> Result<Exit, Stop> {
    if !root.join("dossier.toml").is_file() {
        return Err(Stop::Usage(
            "there is no `dossier.toml` here; `dossier init` writes a small working dossier, \
             `--root DIR` names the folder of one that exists"
                .to_owned(),
        ));
    }
    let file = named(&args.file)?;
    let path = own_path(root, &file.name);
    let shown = project::shown(&path);
    let written = match (read(&path)?, args.keep) {
        (Some(_), false) => {
            return Err(Stop::Usage(format!(
                "{shown} is there already; `dossier theme diff {}` shows how it differs from the default",
                file.name
            )));
        }
        (None, true) => {
            return Err(Stop::Usage(format!(
                "there is no {shown} to keep; without --keep the default is copied there"
            )));
        }
        (None, false) => create(&path, &file.ejected()),
        (Some(own), true) => {
            let rest = Note::of(&own).map_or(0, |note| note.span.range().end);
            let kept = own.get(rest..).unwrap_or("");
            fs::write(&path, file.note() + kept)
        }
    };
    written
        .and_then(|()| replace(&base_path(root, &file.name), &file.text))
        .map_err(|error| Stop::Machine(format!("cannot write `{shown}`: {error}")))?;
    terminal.print(&format!("{shown}\n"))?;
    Ok(Exit::Well)
}

fn diff(args: &ThemeDiff, root: &Path, terminal: &Terminal) -> Result<Exit, Stop> {
    let files: Vec<Replaceable> = match &args.file {
        Some(name) => vec![named(name)?],
        None => Replaceable::all().collect(),
    };
    let mut text = String::new();
    let mut any = false;
    for file in files {
        let name = &file.name;
        let Some(own) = read(&own_path(root, name))? else {
            if args.file.is_some() {
                terminal.say(&format!(
                    "{name} is the default: the dossier has no file of its own in its place"
                ));
            }
            continue;
        };
        any = true;
        let note = Note::of(&own);
        let mine = own.get(note.as_ref().map_or(0, |note| note.span.range().end)..);
        let mine = mine.unwrap_or("");
        let base = read(&base_path(root, name))?;
        let base = base.filter(|_| note.is_some());
        let then = note.map_or_else(String::new, |note| format!(" of dossier {}", note.version));
        if let Some(base) = base.as_deref().filter(|base| *base != file.text) {
            let _ = writeln!(text, "What has changed in the default of {name}:");
            compared(
                base,
                &file.text,
                &format!("default{then}"),
                "default now",
                &mut text,
            );
            let _ = writeln!(text);
        }
        let (from, of) = match &base {
            Some(base) => (base.as_str(), format!("default{then}")),
            None => (file.text.as_str(), "default now".to_owned()),
        };
        match from == mine {
            true => {
                let _ = writeln!(text, "{name} is a copy of the {of} as it is.");
            }
            false => {
                let _ = writeln!(text, "What you have changed in {name}:");
                compared(from, mine, &of, "yours", &mut text);
            }
        }
    }
    if !any && args.file.is_none() {
        terminal.say("the dossier has no file of its own in the place of one of the theme");
    }
    terminal.print(&text)?;
    Ok(Exit::Well)
}

/// Two texts line by line, as `diff -u` shows them.
fn compared(from: &str, to: &str, from_name: &str, to_name: &str, out: &mut String) {
    let diff = TextDiff::from_lines(from, to);
    let mut shown = diff.unified_diff();
    let shown = shown.context_radius(3).header(from_name, to_name);
    let _ = write!(out, "{shown}");
}

/// The file of the default theme that was named, from the root of a dossier or from `templates/`.
fn named(given: &str) -> Result<Replaceable, Stop> {
    let given = given.replace('\\', "/");
    let name = given.strip_prefix("templates/").unwrap_or(&given);
    Replaceable::of(name).ok_or_else(|| {
        let all: Vec<String> = Replaceable::all().map(|file| file.name).collect();
        let near = did_you_mean(name, all.iter().map(String::as_str));
        let help = near.unwrap_or_else(|| "`dossier theme list` lists all".to_owned());
        Stop::Usage(format!("the theme has no file `{name}`; {help}"))
    })
}

fn own_path(root: &Path, name: &str) -> PathBuf {
    root.join("templates").join(name)
}

/// Where the default of an ejected file is kept as it was.
fn base_path(root: &Path, name: &str) -> PathBuf {
    root.join(".dossier").join("theme").join(name)
}

/// A text that may not be there.
fn read(path: &Path) -> Result<Option<String>, Stop> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let path = project::shown(path);
            Err(Stop::Machine(format!("cannot read `{path}`: {error}")))
        }
    }
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(text.as_bytes())
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
