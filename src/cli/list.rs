//! `dossier list`: the entries in short, for whoever writes them, whatever their marking.

use super::args::{Global, List};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use crate::diag::{Severity, has_errors};
use crate::model::{Day, Tlp};
use crate::pipeline::{Listed, Options, Pipeline};
use crate::report::clean;
use serde::Serialize;
use std::fmt::Write as _;

/// An entry; the names are stable.
#[derive(Debug, Serialize)]
struct Row<'a> {
    kind: &'static str,
    slug: &'a str,
    id: &'a str,
    title: &'a str,
    /// As the pages print it.
    date: Option<String>,
    /// The first day that it may mean.
    earliest: Option<String>,
    /// The last.
    latest: Option<String>,
    tlp: &'static str,
    draft: bool,
    path: &'a str,
}

pub(super) fn run(args: &List, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let project = project::open(global)?;
    if project.inputs.config.is_none() {
        return Err(Stop::Usage(
            "there is no `dossier.toml` here; `dossier init` writes a small working dossier, \
             `--root DIR` names the folder of one that exists"
                .to_owned(),
        ));
    }
    let options = Options {
        audience: Tlp::Red,
        drafts: true,
        today: Day::MAX,
        strict: false,
    };
    let mut pipeline = Pipeline::new();
    let run = pipeline.run(&project.inputs, &project.config, &options, &mut |_| {});
    let listing = pipeline.listing();
    let mut listed: Vec<&Listed> = listing
        .iter()
        .filter(|entry| args.kind.is_none_or(|kind| kind == entry.kind))
        .collect();
    listed.sort_by(|a, b| (a.kind, &a.slug, &a.path).cmp(&(b.kind, &b.slug, &b.path)));
    let rows: Vec<Row<'_>> = listed.into_iter().map(row).collect();
    if terminal.is_json() {
        terminal.print_json(&rows)?;
    } else {
        terminal.print(&table(&rows))?;
    }
    if has_errors(&run.problems) || has_errors(&project.problems) {
        let problems = run.problems.iter().chain(&project.problems);
        let errors = problems.filter(|problem| problem.severity == Severity::Error);
        let errors = super::terminal::count(errors.count(), "error");
        terminal.say(&format!(
            "note: the dossier has {errors}, so that this may not be all; see `dossier check`"
        ));
    }
    Ok(Exit::Well)
}

fn row(listed: &Listed) -> Row<'_> {
    let Listed {
        kind,
        slug,
        id,
        title,
        date,
        tlp,
        draft,
        path,
    } = listed;
    Row {
        kind: kind.name(),
        slug,
        id,
        title,
        date: date.map(|date| date.to_string()),
        earliest: date
            .and_then(|date| date.earliest())
            .map(|day| day.to_string()),
        latest: date
            .and_then(|date| date.latest())
            .map(|day| day.to_string()),
        tlp: tlp.name(),
        draft: *draft,
        path,
    }
}

/// The rows in columns.
fn table(rows: &[Row<'_>]) -> String {
    let cells: Vec<[String; 4]> = rows
        .iter()
        .map(|row| {
            let draft = if row.draft { " (draft)" } else { "" };
            [
                clean(row.id),
                row.date.clone().unwrap_or_else(|| "–".to_owned()),
                row.tlp.to_owned(),
                format!("{}{draft}", clean(row.title)),
            ]
        })
        .collect();
    let width = |column: usize| {
        let cells = cells.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let (id_width, date_width, tlp_width) = (width(0), width(1), width(2));
    let mut table = String::new();
    for [id, date, tlp, title] in &cells {
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "{id:id_width$}  {date:date_width$}  {tlp:tlp_width$}  {title}"
        );
    }
    table
}
