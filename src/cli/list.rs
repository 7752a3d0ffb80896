//! `dossier list`: the entries in short, for whoever writes them, whatever their marking.

use super::args::{Format, Global, List};
use super::table::{columns, csv};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use crate::diag::{Severity, has_errors};
use crate::model::{Date, Day, Tlp};
use crate::pipeline::{Listed, Options, Pipeline};
use crate::query::{self, Query, Unnamed};
use crate::report::{self, clean};
use serde::Serialize;

/// An entry; the names are stable.
#[derive(Debug, Serialize)]
struct Row<'a> {
    kind: &'static str,
    slug: &'a str,
    id: &'a str,
    title: &'a str,
    #[serde(flatten)]
    dates: Dates,
    tlp: &'static str,
    draft: bool,
    path: &'a str,
}

/// When it happened.
#[derive(Debug, Serialize)]
pub(super) struct Dates {
    /// As the pages print it.
    date: Option<String>,
    /// The first day that it may mean.
    earliest: Option<String>,
    /// The last.
    latest: Option<String>,
}

pub(super) fn run(args: &List, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let query = args.query.as_deref();
    let query = query.map(|text| read(text, terminal)).transpose()?;
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
    let listing = match &query {
        None => pipeline.listing(),
        Some(query) => {
            let (listing, unnamed) = pipeline.listing_of(query);
            noted(&unnamed, terminal);
            listing
        }
    };
    let mut listed: Vec<&Listed> = listing
        .iter()
        .filter(|entry| args.kind.is_none_or(|kind| kind == entry.kind))
        .collect();
    listed.sort_by(|a, b| (a.kind, &a.slug, &a.path).cmp(&(b.kind, &b.slug, &b.path)));
    let rows: Vec<Row<'_>> = listed.into_iter().map(row).collect();
    match terminal.format {
        Format::Json => terminal.print_json(&rows)?,
        Format::Csv => terminal.print(&as_csv(&rows)?)?,
        Format::Human | Format::Github | Format::Sarif => terminal.print(&table(&rows))?,
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
        dates: Dates::of(*date),
        tlp: tlp.name(),
        draft: *draft,
        path,
    }
}

/// The rows in columns.
fn table(rows: &[Row<'_>]) -> String {
    let cells = rows.iter().map(|row| {
        let draft = if row.draft { " (draft)" } else { "" };
        [
            clean(row.id),
            row.dates.shown(),
            row.tlp.to_owned(),
            format!("{}{draft}", clean(row.title)),
        ]
    });
    columns(&cells.collect::<Vec<_>>())
}

fn as_csv(rows: &[Row<'_>]) -> Result<String, Stop> {
    let head = [
        "kind", "slug", "id", "title", "date", "earliest", "latest", "tlp", "draft", "path",
    ];
    let cells = rows.iter().map(|row| {
        let [date, earliest, latest] = row.dates.cells();
        [
            row.kind.to_owned(),
            row.slug.to_owned(),
            row.id.to_owned(),
            row.title.to_owned(),
            date,
            earliest,
            latest,
            row.tlp.to_owned(),
            row.draft.to_string(),
            row.path.to_owned(),
        ]
    });
    csv(head, &cells.collect::<Vec<_>>())
}

impl Dates {
    pub(super) fn of(date: Option<Date>) -> Dates {
        let [earliest, latest] = date.map(|date| date.bounds()).unwrap_or_default();
        Dates {
            date: date.map(|date| date.to_string()),
            earliest,
            latest,
        }
    }

    /// In a column.
    pub(super) fn shown(&self) -> String {
        self.date.clone().unwrap_or_else(|| "–".to_owned())
    }

    /// In cells; nothing where it is not known.
    pub(super) fn cells(&self) -> [String; 3] {
        let Dates {
            date,
            earliest,
            latest,
        } = self;
        [date, earliest, latest].map(|it| it.clone().unwrap_or_default())
    }
}

/// Reads a query, and shows what is wrong with one.
pub(super) fn read(text: &str, terminal: &Terminal) -> Result<Query, Stop> {
    let problems = match query::parse(text) {
        Ok(query) => return Ok(query),
        Err(problems) => problems,
    };
    if terminal.is_json() {
        let sentences = problems.iter().map(|it| {
            let before = text.get(..it.span.start as usize).unwrap_or("");
            let help = it.help.as_ref().map(|help| format!("; {help}"));
            let column = before.chars().count() + 1;
            format!(
                "query, column {column}: {}{}",
                it.message,
                help.unwrap_or_default()
            )
        });
        return Err(Stop::Usage(sentences.collect::<Vec<_>>().join("\n")));
    }
    for problem in &problems {
        terminal.error(&format!("{}\n\n", report::query(text, problem)));
    }
    Err(Stop::Told(Exit::Usage))
}

/// Says which names of a query nothing has: nothing is found by them, which may be a slip.
pub(super) fn noted(unnamed: &[Unnamed], terminal: &Terminal) {
    for it in unnamed {
        let what = it.kind.map_or("entry", |kind| kind.name());
        let near = it
            .near
            .as_ref()
            .map(|near| format!("; did you mean `{}`?", clean(near)));
        let name = clean(&it.name);
        terminal.say(&format!(
            "note: no {what} is called `{name}`{}",
            near.unwrap_or_default()
        ));
    }
}
