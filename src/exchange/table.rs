//! Spreadsheets, as CSV or with tabs: every row is an entry.
//!
//! Takes the text of a file, the kind of its rows and what its columns mean; gives an [`Import`]. A column is the key that the
//! caller says, or that it is called after (`columns`); its cells are read as the key has them (`cells`). What no key fits
//! stays under `extra`. A column that may mean a marking is one, and a row of which it cannot be told who may see it is
//! withheld.

mod cells;

mod columns;

#[cfg(test)]
mod tests;

use super::{Fault, Import, Incoming, Losses, Markings, Prose, Value, Why, order};
use crate::model::name::fold;
use crate::model::{Date, Kind, Tlp, slug};
use cells::{Cell, Names};
use columns::{Column, Role};
use csv::StringRecord;
use std::collections::HashMap;

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct Options {
    /// What a row is an entry of.
    pub kind: Kind,
    /// Columns by their names, and the keys that they are: `Amount stolen`, `loss.actual`.
    pub columns: Vec<(String, String)>,
    /// What markings mean.
    pub markings: Markings,
}

/// Reads a spreadsheet.
///
/// # Errors
/// It has no head, no column gives a title, or one that the options name is not there or can be no such key.
pub fn read(text: &str, options: &Options) -> Result<Import, Fault> {
    let (text, delimiter) = delimited(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let fault = |error: &csv::Error| Fault {
        message: format!("it is no table of cells: {error}"),
        line: error
            .position()
            .and_then(|place| usize::try_from(place.line()).ok()),
    };
    let head = reader.headers().map_err(|error| fault(&error))?.clone();
    let columns = columns::told(&head, options)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| fault(&error))?;
        if record.iter().any(|cell| !cell.is_empty()) {
            rows.push(record);
        }
    }
    closed(text, rows.last())?;
    let mut losses = Losses::default();
    let origins = origins(&rows, &columns, &mut losses);
    let names = names(&rows, &columns, &origins);
    let table = Table {
        options,
        columns: &columns,
        names: &names,
    };
    let rows = rows.iter().zip(origins);
    let rows = rows.filter_map(|(row, origin)| Some((row, origin?)));
    let mut entries: Vec<Incoming> = rows
        .map(|(row, origin)| table.entry(row, origin, &mut losses))
        .collect();
    order::in_order(&mut entries);
    Ok(Import {
        entries,
        kept: Vec::new(),
        losses,
    })
}

/// A text without what spreadsheets put before it, and the sign between its cells: the one of which the head has most outside of
/// quotation marks.
fn delimited(text: &str) -> (&str, u8) {
    let text = text.trim_start_matches('\u{feff}');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(sign) = first.trim_end().strip_prefix("sep=")
        && let [sign @ (b',' | b';' | b'\t')] = sign.as_bytes()
    {
        return (rest, *sign);
    }
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    (text, most.map_or(b',', |(sign, _)| sign))
}

/// Whether all quotation marks are closed: behind one that is not, all further rows are one cell.
fn closed(text: &str, last: Option<&StringRecord>) -> Result<(), Fault> {
    let odd = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let Some(last) = last.filter(|last| odd && last.iter().any(|cell| cell.contains('\n'))) else {
        return Ok(());
    };
    Err(Fault {
        message: "a quotation mark in this row is not closed, so that all that follows is one cell"
            .to_owned(),
        line: last
            .position()
            .and_then(|place| usize::try_from(place.line()).ok()),
    })
}

/// What the cell of a row says in the column of a role.
fn said<'r>(row: &'r StringRecord, columns: &[Column], role: &Role) -> &'r str {
    let place = columns.iter().position(|column| column.is(role));
    place.and_then(|at| row.get(at)).unwrap_or("").trim()
}

/// The line in which a row begins, as it is told.
fn line(row: &StringRecord) -> String {
    let line = row.position().map_or(0, csv::Position::line);
    format!("line {line}")
}

/// A name for each row that has a title: its id, else the slug of its title. What would be called as another is already, has a
/// number, and that is told.
fn origins(rows: &[StringRecord], columns: &[Column], losses: &mut Losses) -> Vec<Option<String>> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut name = |row: &StringRecord| {
        let (id, title) = (
            said(row, columns, &Role::Id),
            said(row, columns, &Role::Title),
        );
        if title.is_empty() {
            losses.note(Why::Lost, "row without a title", &line(row));
            return None;
        }
        let (given, property) = match id {
            "" => (slug::slugify(title), "row.title"),
            id => (id.to_owned(), "row.id"),
        };
        let given = if given.is_empty() {
            title.to_owned()
        } else {
            given
        };
        let mut name = given.clone();
        while known.contains_key(&name) {
            let number = known.entry(given.clone()).or_insert(1);
            *number += 1;
            name = format!("{given}-{number}");
        }
        if name != given {
            losses.note(Why::Changed, property, &given);
        }
        known.insert(name.clone(), 1);
        Some(name)
    };
    rows.iter().map(&mut name).collect()
}

/// The rows by their titles and ids; one that several have is nobody's.
fn names(rows: &[StringRecord], columns: &[Column], origins: &[Option<String>]) -> Names {
    let mut names = Names::new();
    for (row, origin) in rows.iter().zip(origins) {
        let Some(origin) = origin else { continue };
        let own = [
            said(row, columns, &Role::Title),
            said(row, columns, &Role::Id),
        ]
        .map(fold);
        let [title, id] = &own;
        for name in [title, id].into_iter().filter(|name| !name.is_empty()) {
            names
                .entry(name.clone())
                .and_modify(|other| {
                    if other.as_ref() != Some(origin) {
                        *other = None;
                    }
                })
                .or_insert_with(|| Some(origin.clone()));
        }
    }
    names
}

/// What all rows have in common.
struct Table<'t> {
    options: &'t Options,
    columns: &'t [Column],
    names: &'t Names,
}

impl Table<'_> {
    fn entry(&self, row: &StringRecord, origin: String, losses: &mut Losses) -> Incoming {
        let title: Vec<&str> = said(row, self.columns, &Role::Title)
            .split_whitespace()
            .collect();
        let mut entry = Incoming::new(origin, self.options.kind, title.join(" "));
        let mut draft = false;
        for (column, cell) in self.columns.iter().zip(row.iter().map(str::trim)) {
            if !cell.is_empty() {
                draft |= self.cell(&mut entry, column, cell, losses);
            }
        }
        for cell in row
            .iter()
            .skip(self.columns.len())
            .filter(|cell| !cell.is_empty())
        {
            losses.note(Why::Lost, "row.cell beyond the head", &entry.origin);
            // What stands there may be the marking that a missing quotation mark has moved.
            if Tlp::from_name(cell).is_some() {
                entry.raise(Tlp::Red);
                losses.note(Why::Withheld, "row.cell beyond the head", &entry.origin);
            }
        }
        if draft {
            entry.add("draft", "true");
        }
        if let Some(Value::Text(date)) = entry.value("date")
            && let Ok(date) = Date::from_text(date)
        {
            let year = date.year().to_string();
            entry.apart.push(year);
        }
        let id = said(row, self.columns, &Role::Id);
        if !id.is_empty() {
            entry.apart.push(id.to_owned());
        }
        entry
    }

    /// Reads a cell into an entry; whether it keeps the entry a draft.
    fn cell(&self, entry: &mut Incoming, column: &Column, cell: &str, losses: &mut Losses) -> bool {
        let note = |losses: &mut Losses, why, entry: &Incoming| {
            losses.note(why, format!("row.{}", column.name), &entry.origin);
        };
        match &column.role {
            Role::Title | Role::Id => false,
            Role::Body => {
                entry.body = Prose::words(cell.replace("\r\n", "\n"));
                false
            }
            Role::Marking => {
                let level = self.options.markings.level(cell).unwrap_or_else(|| {
                    note(losses, Why::Withheld, entry);
                    Tlp::Red
                });
                entry.raise(level);
                false
            }
            Role::Withholds => {
                let open = cells::says_open(&column.name, cell);
                if !open {
                    note(losses, Why::Withheld, entry);
                }
                !open
            }
            Role::Extra(name) => {
                entry.add("extra", Value::Map(vec![(name.clone(), cell.into())]));
                false
            }
            Role::Key(key) => {
                let (names, markings) = (self.names, &self.options.markings);
                match cells::read(column, key, cell, names, markings) {
                    Cell::Draft(draft) => draft,
                    Cell::Said { value, whole } => {
                        if !whole {
                            note(losses, Why::Changed, entry);
                        }
                        let value = match &key.within {
                            Some(name) => Value::Map(vec![(name.clone(), value)]),
                            None => value,
                        };
                        entry.add(&key.name, value);
                        false
                    }
                    Cell::Unread => {
                        let kept = Value::Map(vec![(column.label.clone(), cell.into())]);
                        entry.add("extra", kept);
                        note(losses, Why::Changed, entry);
                        false
                    }
                    Cell::Withholds { marking } => {
                        if marking {
                            entry.raise(Tlp::Red);
                        }
                        note(losses, Why::Withheld, entry);
                        !marking
                    }
                }
            }
        }
    }
}
