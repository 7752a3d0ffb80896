//! `dossier query`: which entries, or which of their statements, say something, of those that an audience may see.

use super::args::{Format, Global, Query};
use super::list::{Dates, noted, read};
use super::table::{columns, csv};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use crate::export::says;
use crate::model::{Entry, PageId, Statement, StatementId, Tlp};
use crate::query::Asked;
use crate::release::Release;
use crate::report::clean;
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
    /// Its page, below the root of the site.
    page: String,
}

/// A statement; the names are stable.
#[derive(Debug, Serialize)]
struct Said<'a> {
    /// The entry that says so, by its page.
    page: String,
    /// Its address within the entry.
    statement: String,
    /// What it says.
    says: String,
    /// How likely that is held.
    confidence: Option<&'static str>,
    /// Its marking: the highest of its own, of its entry and of the one that it names.
    tlp: &'static str,
    /// Who says so.
    sources: Vec<&'a str>,
}

pub(super) fn run(args: &Query, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let query = read(&args.words.join(" "), terminal)?;
    let (built, _) = project::released(&args.reader, global, terminal)?;
    let release = &built.site.release;
    let entries: Vec<(PageId, &Entry<PageId>)> = release.iter().collect();
    let asked = Asked::of(&query, &entries);
    noted(&asked.unnamed, terminal);
    let any = match args.statements {
        true => {
            let said = entries.iter().flat_map(|(id, entry)| {
                let addresses = entry.statements.addresses(|to| &release.page(*to).slug);
                let fit = asked.statements(*id, entry).into_iter();
                fit.map(|it| said(release, entry, it, (&addresses, asked.marking(entry, it))))
                    .collect::<Vec<_>>()
            });
            statements(&said.collect::<Vec<_>>(), terminal)?
        }
        false => {
            let fit = entries.iter().filter(|(id, entry)| asked.holds(*id, entry));
            let rows = fit.map(|(_, entry)| Row {
                kind: entry.kind.name(),
                slug: &entry.slug,
                id: &entry.id,
                title: &entry.title,
                dates: Dates::of(entry.when()),
                tlp: entry.tlp.name(),
                page: entry.route(),
            });
            listed(&rows.collect::<Vec<_>>(), terminal)?
        }
    };
    if !any {
        let what = if args.statements {
            "statement"
        } else {
            "entry"
        };
        terminal.say(&format!("no {what} fits"));
    }
    Ok(Exit::Well)
}

/// Prints entries; whether there are any.
fn listed(rows: &[Row<'_>], terminal: &Terminal) -> Result<bool, Stop> {
    match terminal.format {
        Format::Json => terminal.print_json(&rows)?,
        Format::Csv => {
            let head = [
                "kind", "slug", "id", "title", "date", "earliest", "latest", "tlp", "page",
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
                    row.page.clone(),
                ]
            });
            terminal.print(&csv(head, &cells.collect::<Vec<_>>())?)?;
        }
        Format::Human | Format::Github | Format::Sarif => {
            let cells = rows.iter().map(|row| {
                [
                    clean(row.id),
                    row.dates.shown(),
                    row.tlp.to_owned(),
                    clean(row.title),
                ]
            });
            terminal.print(&columns(&cells.collect::<Vec<_>>()))?;
        }
    }
    Ok(!rows.is_empty())
}

/// Prints statements; whether there are any.
fn statements(rows: &[Said<'_>], terminal: &Terminal) -> Result<bool, Stop> {
    match terminal.format {
        Format::Json => terminal.print_json(&rows)?,
        Format::Csv => {
            let head = ["page", "statement", "says", "confidence", "tlp", "sources"];
            let cells = rows.iter().map(|row| {
                [
                    row.page.clone(),
                    row.statement.clone(),
                    row.says.clone(),
                    row.confidence.unwrap_or_default().to_owned(),
                    row.tlp.to_owned(),
                    row.sources.join(" "),
                ]
            });
            terminal.print(&csv(head, &cells.collect::<Vec<_>>())?)?;
        }
        Format::Human | Format::Github | Format::Sarif => {
            let cells = rows.iter().map(|row| {
                let sure = row.confidence.map(|sure| format!(" ({sure})"));
                let sources = match row.sources.is_empty() {
                    true => String::new(),
                    false => format!(" [{}]", row.sources.join(", ")),
                };
                [
                    clean(row.page.trim_end_matches('/')),
                    row.tlp.to_owned(),
                    clean(&format!(
                        "{}{}{sources}",
                        row.says,
                        sure.unwrap_or_default()
                    )),
                ]
            });
            terminal.print(&columns(&cells.collect::<Vec<_>>()))?;
        }
    }
    Ok(!rows.is_empty())
}

fn said<'a>(
    release: &'a Release,
    entry: &'a Entry<PageId>,
    (id, statement): (StatementId, &'a Statement<PageId>),
    (addresses, tlp): (&[String], Tlp),
) -> Said<'a> {
    let address = addresses.get(id.index as usize);
    let sources = statement.sources.iter().filter_map(|cite| cite.source);
    let sources = sources.map(|source| release.page(source).slug.as_str());
    Said {
        page: entry.route(),
        statement: address.cloned().unwrap_or_default(),
        says: says(release, statement),
        confidence: statement.confidence.map(|sure| sure.words()),
        tlp: tlp.name(),
        sources: sources.collect(),
    }
}
