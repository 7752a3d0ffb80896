//! `dossier stats`: what a dossier holds, whatever its marking, and how it grew.
//!
//! The growth is read from git, where there is one: how many entries there were at the end of each year, or of each month
//! in a young dossier. Nothing is written.

use super::args::{Global, Stats};
use super::terminal::{Terminal, count};
use super::{Exit, Stop, project};
use crate::model::path::markdown;
use crate::model::{Day, Kind, Tlp};
use crate::pipeline::{Options, Pipeline};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Up to so many months are told one by one.
const MONTHS: usize = 24;

/// What is told; the names are stable.
#[derive(Debug, Serialize)]
struct Told {
    entries: usize,
    /// By kind, those that have entries, in the order of navigation.
    kinds: Vec<Counted>,
    /// By marking, those that there are, from clear to red.
    markings: Vec<Counted>,
    drafts: usize,
    /// What stands with a source of its own or without; `null` where the dossier has errors.
    statements: Option<usize>,
    /// The sources that are cited.
    sources: Option<usize>,
    /// Those of them that do not derive from one another.
    independent: Option<usize>,
    /// The entries at the end of each month or year, oldest first; empty where there is no git.
    growth: Vec<Grown>,
}

#[derive(Debug, Serialize)]
struct Counted {
    name: &'static str,
    entries: usize,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Grown {
    /// `2024-05` or `2024`.
    until: String,
    entries: usize,
}

pub(super) fn run(_: &Stats, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let project = project::open(global)?;
    project::is_one(&project.inputs)?;
    let options = Options {
        audience: Tlp::Red,
        drafts: true,
        today: Day::MAX,
        strict: false,
    };
    let mut pipeline = Pipeline::new();
    let run = pipeline.run(&project.inputs, &project.config, &options, &mut |_| {});
    let listing = pipeline.listing();
    let overview = run.site.as_ref().map(|built| &built.site.overview);
    let counted = |name: &'static str, entries: usize| Counted { name, entries };
    let kinds = Kind::ALL.map(|kind| {
        let of_kind = listing.iter().filter(|entry| entry.kind == kind);
        counted(kind.name(), of_kind.count())
    });
    let markings = Tlp::ALL.map(|tlp| {
        let marked = listing.iter().filter(|entry| entry.tlp == tlp);
        counted(tlp.name(), marked.count())
    });
    let there = |it: &Counted| it.entries > 0;
    let told = Told {
        entries: listing.len(),
        kinds: kinds.into_iter().filter(there).collect(),
        markings: markings.into_iter().filter(there).collect(),
        drafts: listing.iter().filter(|entry| entry.draft).count(),
        statements: overview.map(|it| it.statements),
        sources: overview.map(|it| it.sources()),
        independent: overview.map(|it| it.independent()),
        growth: history(&project.inputs.root).map_or_else(Vec::new, |log| growth(&log)),
    };
    match terminal.is_json() {
        true => terminal.print_json(&told)?,
        false => terminal.print(&shown(&told))?,
    }
    if overview.is_none() {
        terminal.say(
            "note: the dossier has errors, so that statements are not counted; see `dossier check`",
        );
    }
    Ok(Exit::Well)
}

fn shown(told: &Told) -> String {
    let mut text = format!("{}\n", entries(told.entries));
    // Writing to a string cannot fail.
    let list = |title: &str, rows: &[Counted], text: &mut String| {
        let _ = writeln!(text, "\n{title}");
        for row in rows {
            let _ = writeln!(text, "  {:14} {:>7}", row.name, row.entries);
        }
    };
    list("By kind", &told.kinds, &mut text);
    list("By marking", &told.markings, &mut text);
    if told.drafts > 0 {
        let _ = writeln!(text, "\nDrafts: {}", told.drafts);
    }
    if let (Some(statements), Some(sources), Some(independent)) =
        (told.statements, told.sources, told.independent)
    {
        let _ = writeln!(
            text,
            "\n{}, {}, of which {independent} do not derive from one another",
            count(statements, "statement"),
            count(sources, "cited source"),
        );
    }
    if !told.growth.is_empty() {
        let _ = writeln!(text, "\nEntries at the end of");
        for step in &told.growth {
            let _ = writeln!(text, "  {:14} {:>7}", step.until, step.entries);
        }
    }
    text
}

fn entries(entries: usize) -> String {
    match entries {
        1 => "1 entry".to_owned(),
        entries => format!("{entries} entries"),
    }
}

/// What git tells of the files below `content/`: for each commit, oldest first, its day and what was added (`A`)
/// and deleted (`D`). Nothing where there is no git, or the folder is in no repository.
fn history(root: &Path) -> Option<String> {
    let log = Command::new("git")
        .arg("-C")
        .arg(root)
        .args([
            "-c",
            "core.quotePath=false",
            "log",
            "--reverse",
            "--no-renames",
        ])
        .args([
            "--diff-filter=AD",
            "--name-status",
            "--relative",
            "--format=@%cs",
        ])
        .args(["--", "content"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&log.stdout).into_owned();
    log.status.success().then_some(told)
}

/// The entries at the end of each month, or each year, in which their number may have changed.
fn growth(log: &str) -> Vec<Grown> {
    let mut there: BTreeSet<&str> = BTreeSet::new();
    let mut months: BTreeMap<&str, usize> = BTreeMap::new();
    let mut month = "";
    for line in log.lines() {
        if let Some(day) = line.strip_prefix('@') {
            month = day.get(..7).unwrap_or(day);
        } else if let Some((what, path)) = line.split_once('\t') {
            if !is_entry(path) {
                continue;
            }
            match what {
                "D" => drop(there.remove(path)),
                _ => drop(there.insert(path)),
            }
            months.insert(month, there.len());
        }
    }
    let steps: Vec<(&str, usize)> = match months.len() <= MONTHS {
        true => months.into_iter().collect(),
        false => {
            let years = months
                .into_iter()
                .map(|(month, entries)| (month.get(..4).unwrap_or(month), entries));
            // Of one year the last month stays.
            years.collect::<BTreeMap<_, _>>().into_iter().collect()
        }
    };
    let grown = steps.into_iter().map(|(until, entries)| Grown {
        until: until.to_owned(),
        entries,
    });
    grown.collect()
}

/// Whether a path names an entry: Markdown in the folder of a kind, and no introduction.
fn is_entry(path: &str) -> bool {
    let below = path.strip_prefix("content/").unwrap_or("");
    let Some((folder, rest)) = below.split_once('/') else {
        return false;
    };
    let name = rest.rsplit('/').next().and_then(markdown);
    Kind::from_folder(folder).is_some() && name.is_some_and(|name| name != "index")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(log: &str) -> Vec<(String, usize)> {
        let steps = growth(log).into_iter();
        steps.map(|step| (step.until, step.entries)).collect()
    }

    #[test]
    fn growth_counts_entries_by_month() {
        let log = "@2024-01-03\n\nA\tcontent/index.md\nA\tcontent/actors/a.md\nA\tcontent/actors/index.md\n\
                   @2024-01-30\n\nA\tcontent/notes/n.md\nA\tcontent/notes/map.png\n\
                   @2024-03-01\n\nD\tcontent/actors/a.md\nA\tcontent/people/dprk/a.md\nA\tcontent/notes/o.markdown\n";
        let steps = [("2024-01".to_owned(), 2), ("2024-03".to_owned(), 3)];
        assert_eq!(told(log), steps);
        assert!(told("").is_empty());
    }

    #[test]
    fn a_long_history_is_told_by_year() {
        let mut log = String::new();
        for year in 2020..2024 {
            for month in 1..=12 {
                let _ = writeln!(
                    log,
                    "@{year}-{month:02}-01\n\nA\tcontent/notes/n{year}{month}.md"
                );
            }
        }
        let years = told(&log);
        assert_eq!(years.len(), 4);
        assert_eq!(years.first(), Some(&("2020".to_owned(), 12)));
        assert_eq!(years.last(), Some(&("2023".to_owned(), 48)));
    }
}
