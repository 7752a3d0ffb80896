//! RIS: lines of two letters, a hyphen and a value, that end as the form wants it, with CR and LF.
//!
//! A value stands on one line. Of a period the beginning is told, and how rough a date is in the words behind it.

use super::{Work, parts, works};
use crate::export::Subject;
use crate::export::text::one_line;
use crate::model::Date;
use std::io::{self, Write};

pub(in crate::export) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    for work in works(subject) {
        record(&work, out)?;
    }
    Ok(())
}

fn record(work: &Work<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sort = match (work.sort, work.url) {
        (Some("report" | "advisory"), _) => "RPRT",
        (Some("news"), _) => "NEWS",
        (Some("blog"), _) => "BLOG",
        (Some("court-record"), _) => "CASE",
        (Some("dataset"), _) => "DATA",
        (_, Some(_)) => "ELEC",
        (_, None) => "GEN",
    };
    let mut line = |tag: &str, value: &str| -> io::Result<()> {
        let value = one_line(value);
        match value.is_empty() {
            true => Ok(()),
            false => write!(out, "{tag}  - {value}\r\n"),
        }
    };
    line("TY", sort)?;
    line("ID", work.key)?;
    line("TI", &work.title)?;
    for author in &work.authors {
        line("AU", author)?;
    }
    if let Some(date) = &work.date {
        line("PY", &format!("{:04}", date.year()))?;
        line("DA", &slashes(date))?;
    }
    line("PB", work.publisher.unwrap_or_default())?;
    line("M3", work.sort.unwrap_or_default())?;
    line("UR", work.url.unwrap_or_default())?;
    if let Some(day) = work.accessed {
        line("Y2", &slashes(&day.into()))?;
    }
    line("DO", work.id("doi").unwrap_or_default())?;
    let number = work.id("isbn").or(work.id("issn"));
    line("SN", number.unwrap_or_default())?;
    line("LA", work.language.unwrap_or_default())?;
    for tag in &work.tags {
        line("KW", tag)?;
    }
    for note in &work.notes {
        line("N1", note)?;
    }
    if let Some(archived) = work.archived {
        line("N1", &format!("Archived at {archived}"))?;
    }
    write!(out, "ER  - \r\n\r\n")
}

/// `2016/02/04/`, with an empty part for each that is not known and the words behind the last slash.
fn slashes(date: &Date) -> String {
    let (Date::At(moment) | Date::Between(moment, _) | Date::From(moment) | Date::Until(moment)) =
        date;
    let (year, month, day) = parts(moment);
    let two = |part: Option<i8>| part.map_or_else(String::new, |it| format!("{it:02}"));
    let words = match date {
        Date::At(it) if !it.about && it.part.is_none() && date.datetime().is_some() => {
            String::new()
        }
        // A slash would end the words.
        _ => date.to_string().replace('\u{a0}', " ").replace('/', "-"),
    };
    format!("{year:04}/{}/{}/{words}", two(month), two(day))
}
