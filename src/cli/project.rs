//! The dossier that a command works on.

use super::args::{Global, Reader};
use super::terminal::{Terminal, count};
use super::{Exit, Stop, clock};
use crate::assess::{Assessment, Wish, assess};
use crate::config::{self, Config};
use crate::diag::{Diagnostic, Severity};
use crate::load::{self, Inputs};
use crate::pipeline::{Built, Pipeline};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A dossier as it was read.
#[derive(Debug)]
pub(super) struct Project {
    /// Its files.
    pub inputs: Inputs,
    /// Its settings; not to be published with where there are problems in them.
    pub config: Config,
    /// The problems of the settings.
    pub problems: Vec<Diagnostic>,
}

/// Reads the dossier's files.
pub(super) fn load(global: &Global) -> Result<Inputs, Stop> {
    let root = root(global)?;
    load::load(&root).map_err(|failure| Stop::Machine(failure.to_string()))
}

/// Reads the dossier.
pub(super) fn open(global: &Global) -> Result<Project, Stop> {
    let inputs = load(global)?;
    let mut problems = Vec::new();
    let config = config::read(inputs.config.as_ref()).drain_into(&mut problems);
    Ok(Project {
        inputs,
        config,
        problems,
    })
}

/// The site of a dossier as its readers would have it, to be asked and not to be written; with its settings and audience.
pub(super) fn released(
    reader: &Reader,
    global: &Global,
    terminal: &Terminal,
) -> Result<(Arc<Built>, Assessment), Stop> {
    let inputs = load(global)?;
    is_one(&inputs)?;
    let wish = Wish {
        audience: reader.audience,
        drafts: reader.drafts,
        today: clock::today(reader.today)?,
        strict: false,
        base_url: None,
    };
    let found = assess(&mut Pipeline::once(), &inputs, &wish, &mut |_| {});
    if let Some(built) = &found.site {
        return Ok((Arc::clone(built), found));
    }
    // What is wrong may be a marking.
    let errors = found.problems.iter();
    let errors = errors.filter(|problem| problem.severity == Severity::Error);
    let sentence = format!(
        "the dossier has {}, so that it is not sure what {} may see; see `dossier check`",
        count(errors.count(), "error"),
        found.audience.label()
    );
    terminal.stopped(Exit::Problems, &sentence);
    Err(Stop::Told(Exit::Problems))
}

/// Whether there is a dossier at all.
pub(super) fn is_one(inputs: &Inputs) -> Result<(), Stop> {
    match inputs.config {
        Some(_) => Ok(()),
        None => Err(Stop::Usage(
            "there is no `dossier.toml` here; `dossier init` writes a small working dossier, \
             `--root DIR` names the folder of one that exists"
                .to_owned(),
        )),
    }
}

/// The folder that was named, else the nearest one from here upwards that has a `dossier.toml`, else
/// the current one.
pub(super) fn root(global: &Global) -> Result<PathBuf, Stop> {
    if let Some(root) = &global.root {
        if !root.is_dir() {
            let root = root.display();
            return Err(Stop::Usage(format!("there is no folder `{root}`")));
        }
        return Ok(root.clone());
    }
    let here = std::env::current_dir()
        .map_err(|error| Stop::Machine(format!("there is no current folder: {error}")))?;
    let found = here
        .ancestors()
        .find(|dir| dir.join("dossier.toml").is_file());
    Ok(found.unwrap_or(&here).to_owned())
}

/// The way from the repository that a dossier is part of to its root: empty, or with a slash at its end. The
/// repository is what the workflow was given, else what git keeps, else what the command was started in.
pub(super) fn from_repository(root: &Path) -> String {
    let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let kept = root.ancestors().find(|dir| dir.join(".git").exists());
    let here = std::env::current_dir().ok();
    let tops = [workspace, kept.map(Path::to_owned), here];
    let tops = tops.into_iter().flatten();
    let tops = tops.filter_map(|top| std::fs::canonicalize(top).ok());
    let mut below = tops.filter_map(|top| root.strip_prefix(&top).ok().map(Path::to_owned));
    let mut base = String::new();
    for part in below.next().unwrap_or_default().components() {
        base.push_str(&part.as_os_str().to_string_lossy());
        base.push('/');
    }
    base
}

/// A path as it is shown: from the current folder where it lies in it.
pub(super) fn shown(path: &Path) -> String {
    let resolved = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let here = std::env::current_dir().and_then(std::fs::canonicalize);
    let below = here.ok().and_then(|here| {
        let below = resolved.strip_prefix(here).ok()?;
        Some(below.to_owned())
    });
    match below {
        Some(below) if below.as_os_str().is_empty() => ".".to_owned(),
        Some(below) => below.display().to_string(),
        None => path.display().to_string(),
    }
}
