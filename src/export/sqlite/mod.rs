//! A database of SQLite: what entries say as tables that can be asked.
//!
//! Takes a subject; gives the bytes of a file, which is made in memory, so that the disk is never touched. A row stands
//! for a statement, an entry, an indicator, a citation; views answer the usual questions (`views.sql`), and `search` finds
//! words. Foreign keys hold: an entry that is named and was not asked for stands there by its names, and is not `whole`. The
//! same release gives the same bytes: rows are written in the order of the release, and nothing in it is the clock's.

mod rows;

use super::{Subject, marking};
use crate::export::pages::Pages;
use crate::model::{Entry, Named, PageId, Tlp, What};
use rows::Rows;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// What counts the changes of tables and views that are no additions; `PRAGMA user_version` of the file.
const VERSION: u32 = 1;

/// What tells a file of this program from any other: `PRAGMA application_id`, "doss" in ASCII.
const APPLICATION: u32 = 0x646f_7373;

const TABLES: &str = include_str!("tables.sql");
const VIEWS: &str = include_str!("views.sql");

pub(super) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut database = made(subject).map_err(io::Error::other)?;
    let bytes = database.serialize("main").map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// The database, in memory.
fn made(subject: &Subject<'_>) -> rusqlite::Result<Connection> {
    let mut database = Connection::open_in_memory()?;
    database.execute_batch(&format!(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA foreign_keys = ON;
         PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
    ))?;
    let all = database.transaction()?;
    all.execute_batch(TABLES)?;
    fill(&all, subject)?;
    all.execute_batch(VIEWS)?;
    all.execute_batch(
        "INSERT INTO search (search) VALUES ('rebuild'); INSERT INTO search (search) VALUES ('optimize');",
    )?;
    all.commit()?;
    // Pages in order, and none that are free.
    database.execute_batch("VACUUM;")?;
    Ok(database)
}

fn fill(database: &Connection, subject: &Subject<'_>) -> rusqlite::Result<()> {
    let release = subject.release();
    let asked: BTreeSet<PageId> = subject.ids().into_iter().collect();
    let named = match subject.of {
        Some(_) => led_to(release, &asked),
        None => BTreeSet::new(),
    };
    let mut rows = Rows::of(database, subject);
    let mut highest = Tlp::Clear;
    for id in asked.union(&named) {
        let entry = release.page(*id);
        let tlp = match asked.contains(id) {
            true => marking::entry(release, entry),
            false => marking::card(release, entry),
        };
        highest = highest.max(tlp);
        rows.entry(entry, tlp, asked.contains(id))?;
    }
    for id in asked.union(&named) {
        rows.source(release.page(*id))?;
    }
    for id in &asked {
        rows.said(release.page(*id))?;
    }
    let config = subject.config;
    database.execute(
        "INSERT INTO dossier VALUES (?, ?, ?, ?, ?, ?)",
        params![
            VERSION,
            config.title,
            config.base_url,
            config.language,
            config.description,
            highest.name(),
        ],
    )?;
    Ok(())
}

/// The entries to which a row of another leads, and who published those that are sources.
fn led_to(release: Pages<'_>, asked: &BTreeSet<PageId>) -> BTreeSet<PageId> {
    let mut found = BTreeSet::new();
    for id in asked {
        let entry = release.page(*id);
        for statement in entry.statements.iter() {
            found.extend(statement.sources.iter().filter_map(|it| it.source));
            found.extend(statement.came_from());
            found.extend(match &statement.what {
                What::Fact(_) | What::Judgement(_) => None,
                What::Event(event) => event.place,
                What::Legal(legal) => somebody(legal.by.as_ref()),
                What::Alias(alias) => somebody(alias.by.as_ref()),
                What::Relation(relation) => Some(relation.target),
            });
        }
        let cites = entry.texts().flat_map(|(_, text)| &text.cites);
        let cites = cites.chain(&entry.sources);
        found.extend(cites.filter_map(|it| it.source));
        found.extend(entry.country.as_ref().map(|it| it.value));
    }
    let publishers: Vec<PageId> = { found.union(asked) }
        .filter_map(|id| publisher(release.page(*id)))
        .collect();
    found.extend(publishers);
    &found - asked
}

fn publisher(entry: &Entry<PageId>) -> Option<PageId> {
    somebody(entry.publisher.as_ref().map(|it| &it.value))
}

fn somebody(named: Option<&Named<PageId>>) -> Option<PageId> {
    match named {
        Some(Named::Entry(id)) => Some(*id),
        Some(Named::Text(_)) | None => None,
    }
}
