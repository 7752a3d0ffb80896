//! `dossier search`: what a reader of the site would find, in the terminal.

use super::args::{Global, Search};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use crate::plan::name_of;
use crate::report::clean;
use crate::search::{Hit, Lookup};
use serde::Serialize;
use std::fmt::Write as _;

/// What was found; the names are stable.
#[derive(Debug, Serialize)]
struct Found<'a> {
    /// For whom.
    audience: &'static str,
    /// How many there are of which `found` are the best.
    count: usize,
    found: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    kind: &'static str,
    slug: &'a str,
    title: &'a str,
    /// By which of its names it was found: its title, another name, an id.
    name: &'a str,
    /// The marking of the entry, or of that name where it is higher.
    tlp: &'static str,
    path: &'a str,
}

pub(super) fn run(args: &Search, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let (built, survey) = project::released(&args.reader, global, terminal)?;
    let site = &built.site;
    let question = args.words.join(" ");
    let mut hits = Lookup::of(&survey.config.language, None).find(site, &question);
    if let Some(kind) = args.kind {
        hits.retain(|hit| site.release.page(hit.page).kind == kind);
    }
    let row = |hit: &Hit| {
        let page = site.release.page(hit.page);
        let (name, tlp) = name_of(page, hit.nth).unwrap_or((&page.title, None));
        Row {
            kind: page.kind.name(),
            slug: &page.slug,
            title: &page.title,
            name,
            tlp: page.tlp.max(tlp.unwrap_or_default()).name(),
            path: &page.path,
        }
    };
    let found = Found {
        audience: survey.audience.name(),
        count: hits.len(),
        found: hits.iter().take(args.most).map(row).collect(),
    };
    if terminal.is_json() {
        terminal.print_json(&found)?;
    } else {
        terminal.print(&table(&found.found))?;
        let shown = found.found.len();
        terminal.say(&match found.count {
            0 => "nothing was found".to_owned(),
            count if count > shown => {
                format!("{count} found, of which {shown} are shown; `--most N` shows more")
            }
            count => format!("{count} found"),
        });
    }
    Ok(Exit::Well)
}

/// The rows in columns: the file, the title, and the name where it is another.
fn table(rows: &[Row<'_>]) -> String {
    let width = rows.iter().map(|row| row.path.chars().count()).max();
    let width = width.unwrap_or(0);
    let mut table = String::new();
    for row in rows {
        let (path, title) = (clean(row.path), clean(row.title));
        let name = match row.name == row.title {
            true => String::new(),
            false => format!(" ({})", clean(row.name)),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{path:width$}  {title}{name}");
    }
    table
}
