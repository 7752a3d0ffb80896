//! Tables: a row for each statement.
//!
//! As RFC 4180 has it, lines end as on Unix. A cell that a spreadsheet would run as a formula has an apostrophe before
//! it: what stands in an export may have come from anybody.

use super::said::{Said, Sort, When, statements as said};
use super::{Subject, marking};
use crate::model::{Entry, PageId};
use crate::plan::address;
use csv::Writer;
use std::io::{self, Write};

const HEAD: [&str; 25] = [
    "entry",
    "kind",
    "slug",
    "title",
    "url",
    "entry_tlp",
    "statement",
    "sort",
    "name",
    "value",
    "target",
    "came_from",
    "denied",
    "chosen",
    "date",
    "earliest",
    "latest",
    "until",
    "confidence",
    "confidence_low",
    "confidence_high",
    "note",
    "says",
    "sources",
    "tlp",
];

/// A row for each statement; an entry that states nothing has a row in which only it stands.
pub(super) fn statements(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let release = subject.release();
    let mut rows = Writer::from_writer(out);
    rows.write_record(HEAD)?;
    for (_, entry) in subject.entries() {
        let of_entry = of_entry(subject, entry);
        let mut none = true;
        for said in said(release, entry) {
            none = false;
            let cells = of_statement(said);
            rows.write_record(of_entry.iter().chain(&cells).map(|cell| defused(cell)))?;
        }
        if none {
            let mut cells = vec![String::new(); HEAD.len() - of_entry.len()];
            if let Some(last) = cells.last_mut() {
                *last = entry.tlp.name().to_owned();
            }
            rows.write_record(of_entry.iter().chain(&cells).map(|cell| defused(cell)))?;
        }
    }
    rows.flush()
}

fn of_entry(subject: &Subject<'_>, entry: &Entry<PageId>) -> [String; 6] {
    [
        entry.id.clone(),
        entry.kind.name().to_owned(),
        entry.slug.clone(),
        entry.title.clone(),
        address::absolute(subject.config, &entry.route()),
        marking::entry(subject.release(), entry).name().to_owned(),
    ]
}

fn of_statement(said: Said<'_>) -> Vec<String> {
    let Said {
        statement,
        says,
        what,
        confidence,
        when,
        note,
        tlp,
        sources,
    } = said;
    let sort = what.name();
    let mut row = Row::default();
    match what {
        Sort::Fact {
            name,
            value,
            date,
            // In the table the value says it in one.
            words: _,
            low: _,
            high: _,
            currency: _,
            one_of_several,
            chosen,
        } => {
            name.clone_into(&mut row.name);
            row.value = value;
            row.when = date;
            row.chosen = match (one_of_several, chosen.is_some()) {
                (false, _) => "",
                (true, true) => "yes",
                (true, false) => "no",
            };
        }
        Sort::Judgement { text } => row.value = text,
        Sort::Legal { status, by } => {
            status.clone_into(&mut row.name);
            let entry = by.as_ref().and_then(|by| by.entry);
            entry.unwrap_or_default().clone_into(&mut row.target);
            row.value = by.map_or_else(String::new, |by| by.name.to_owned());
        }
        Sort::Event { date, text, place } => {
            row.value = text;
            row.when = Some(date);
            place.unwrap_or_default().clone_into(&mut row.target);
        }
        Sort::Relation {
            verb,
            target,
            denied,
            until,
            own,
            amount,
            // In the table the amount says it in one.
            low: _,
            high: _,
            currency: _,
            came_from,
        } => {
            verb.clone_into(&mut row.name);
            target.clone_into(&mut row.target);
            came_from.unwrap_or_default().clone_into(&mut row.came_from);
            row.denied = if denied { "yes" } else { "no" };
            row.until = until.map_or_else(String::new, |until| until.text);
            row.value = own.or(amount).unwrap_or_default();
        }
        Sort::Alias { name, by, overlap } => {
            overlap.clone_into(&mut row.name);
            name.clone_into(&mut row.value);
            let entry = by.and_then(|by| by.entry);
            entry.unwrap_or_default().clone_into(&mut row.target);
        }
    }
    // When a fact held is told where the fact is no date itself.
    let date = row.when.or(when);
    let [text, earliest, latest] = date.map_or_else(Default::default, |it| {
        [
            it.text,
            it.earliest.unwrap_or_default(),
            it.latest.unwrap_or_default(),
        ]
    });
    let percent = |it: Option<u8>| it.map_or_else(String::new, |it| it.to_string());
    let names = sources.iter().map(|it| it.source);
    vec![
        statement,
        sort.to_owned(),
        row.name,
        row.value,
        row.target,
        row.came_from,
        row.denied.to_owned(),
        row.chosen.to_owned(),
        text,
        earliest,
        latest,
        row.until,
        confidence.map_or("", |it| it.words).to_owned(),
        percent(confidence.map(|it| it.low)),
        percent(confidence.map(|it| it.high)),
        note.unwrap_or_default(),
        says,
        names.collect::<Vec<_>>().join(" "),
        tlp.to_owned(),
    ]
}

#[derive(Default)]
struct Row {
    name: String,
    value: String,
    target: String,
    came_from: String,
    denied: &'static str,
    chosen: &'static str,
    when: Option<When>,
    until: String,
}

/// A cell that no spreadsheet runs.
pub(super) fn defused(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(defused(cell), format!("'{cell}"));
        }
        assert_eq!(defused("81m USD"), "81m USD");
    }
}
