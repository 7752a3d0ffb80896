//! RIS, which EndNote, Zotero and most catalogues write: lines of two letters, a hyphen and a value.
//!
//! Takes the text of a file; gives an [`Import`] of sources. A record ends with `ER`, or where the next begins. Names of
//! records there are none, unless a program gave an `ID`: they are made of the title and the year.

use super::meanings::{accessed, doi, sort};
use super::reference::{Reference, one_line};
use super::withheld;
use crate::exchange::written;
use crate::exchange::{Fault, Import, Losses, Why};
use crate::model::{Date, slug};

/// Reads a file of RIS.
///
/// # Errors
/// No line of it begins a record.
pub fn read(text: &str) -> Result<Import, Fault> {
    let text = text.trim_start_matches('\u{feff}');
    let mut losses = Losses::default();
    let mut records: Vec<Record> = Vec::new();
    let mut open = false;
    let mut around = String::new();
    for (number, line) in text.lines().enumerate() {
        match (tag(line), records.last_mut()) {
            (Some(("TY", value)), _) => {
                open = true;
                records.push(Record {
                    form: value.trim().to_owned(),
                    line: number + 1,
                    fields: Vec::new(),
                });
            }
            (Some(("ER", _)), _) => open = false,
            (Some((tag, value)), Some(record)) if open => {
                record
                    .fields
                    .push((tag.to_owned(), value.trim().to_owned()));
            }
            (None, Some(record)) if open => record.go_on(line.trim()),
            _ if line.trim().is_empty() => {}
            _ => {
                around.push_str(line);
                around.push('\n');
                losses.note(
                    Why::Lost,
                    "line outside of a record",
                    &format!("line {}", number + 1),
                );
            }
        }
    }
    if records.is_empty() {
        return Err(Fault {
            message: "it is no RIS: no line of it is `TY  - …`, with which a reference begins"
                .to_owned(),
            line: None,
        });
    }
    let references = records.into_iter().map(|record| {
        let mut reference = record.reference();
        // What stands around the records is said of all.
        reference.hear("file", &around);
        reference.markings.extend(withheld::headed(&around));
        reference
    });
    Ok(super::import(references.collect(), losses))
}

/// The tag of a line, and its value.
fn tag(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let (tag, rest) = (line.get(..2)?, line.get(2..)?);
    let mut letters = tag.bytes();
    let sound = letters.next().is_some_and(|byte| byte.is_ascii_uppercase())
        && letters.all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    // Two spaces stand before the hyphen; some programs write one.
    let value = rest.trim_start_matches(' ').strip_prefix('-')?;
    let spaced = rest.starts_with(' ') && (value.is_empty() || value.starts_with(' '));
    (sound && spaced).then_some((tag, value))
}

struct Record {
    form: String,
    line: usize,
    fields: Vec<(String, String)>,
}

impl Record {
    /// A line without a tag goes on with the value before it; an empty one parts paragraphs of it.
    fn go_on(&mut self, line: &str) {
        let Some((tag, value)) = self.fields.last_mut() else {
            return;
        };
        let long = matches!(tag.as_str(), "AB" | "N1" | "N2" | "RN");
        match (long, line.is_empty()) {
            (true, _) => {
                value.push('\n');
                value.push_str(line);
            }
            (false, false) => {
                value.push(' ');
                value.push_str(line);
            }
            (false, true) => {}
        }
    }

    fn reference(self) -> Reference {
        let line = self.line;
        let form = if self.form.is_empty() {
            "record".to_owned()
        } else {
            self.form
        };
        let mut it = Reference {
            sort: sort_of(&form),
            form: form.clone(),
            ..Reference::default()
        };
        let mut read = Read::default();
        for (tag, value) in self.fields {
            it.hear(&tag, &value);
            // What is for users alone may be headed by the name of a marking.
            if is_of_users(&tag) {
                it.markings.extend(withheld::headed(&value));
            }
            if !value.trim().is_empty() {
                read.field(&mut it, &tag, value.trim().to_owned());
            }
        }
        read.finish(&mut it);
        it.keep("type", form);
        if it.key.is_empty() {
            it.key = made(&it, line);
        }
        it
    }
}

/// What is decided on only when all of a record is known.
#[derive(Default)]
struct Read {
    titles: Vec<(u8, String)>,
    publishers: Vec<(u8, String, String)>,
    dates: Vec<(String, String)>,
    pages: [Option<String>; 2],
}

impl Read {
    fn field(&mut self, it: &mut Reference, tag: &str, value: String) {
        let said = |value: String| Some((tag.to_owned(), value));
        let name = |name: &str, value: String| (name.to_owned(), value);
        match tag {
            "ID" if it.key.is_empty() => (it.key, it.named) = (value, true),
            "TI" => self.titles.push((0, value)),
            "T1" => self.titles.push((1, value)),
            "CT" => self.titles.push((2, value)),
            "BT" if self.titles.is_empty() => self.titles.push((3, value)),
            "AU" | "A1" => it.authors.push(in_order(&value)),
            "A2" | "ED" => it.keep("editors", in_order(&value)),
            "JO" | "JF" | "T2" => {
                let rank = match tag {
                    "JF" => 0,
                    "JO" => 1,
                    _ => 2,
                };
                self.publishers.push((rank, "journal".to_owned(), value));
            }
            "PB" => self.publishers.push((3, "publisher".to_owned(), value)),
            "DA" | "PY" | "Y1" => self.dates.push((tag.to_owned(), value)),
            "Y2" => it.accessed = said(slashes(&value).0),
            "UR" | "L2" | "LK" => {
                // Several may stand in one line, and a semicolon within one.
                let each = value.replace("; http", "\nhttp").replace(";http", "\nhttp");
                it.urls.extend(each.lines().map(str::to_owned));
            }
            // Files on a disk.
            "L1" | "L4" if !value.starts_with("http") => it.lose(tag),
            "L1" | "L4" => it.urls.push(value),
            "DO" => it.doi = Some(value),
            "M3" => match (sort(&value), doi(&value)) {
                (Some(sort), _) => it.sort = Some(sort),
                (None, Some(_)) if it.doi.is_none() => it.doi = Some(value),
                (None, _) => it.keep("type_of_work", value),
            },
            "SN" => {
                let digits = value.chars().filter(char::is_ascii_alphanumeric).count();
                match digits {
                    8 => it.ids.push(name("issn", value)),
                    10 | 13 => it.ids.push(name("isbn", value)),
                    _ => it.keep("serial_number", value),
                }
            }
            "LA" => it.language = said(value),
            "AB" | "N2" if it.abstracts.contains(&value) => {}
            "AB" | "N2" => it.abstracts.push(value),
            "N1" | "RN" => match accessed(&value) {
                Some(day) if it.accessed.is_none() => it.accessed = said(day),
                _ => it.notes.push(value),
            },
            "KW" => it.tags.push(value),
            "SP" => self.pages[0] = Some(value),
            "EP" => self.pages[1] = Some(value),
            _ => it.keep(name_of(tag), value),
        }
    }

    fn finish(self, it: &mut Reference) {
        let Read {
            mut titles,
            mut publishers,
            dates,
            pages,
        } = self;
        titles.sort_by_key(|(rank, _)| *rank);
        let mut titles = titles.into_iter().map(|(_, title)| title);
        it.title = titles.next().unwrap_or_default();
        for title in titles
            .filter(|title| *title != it.title)
            .collect::<Vec<_>>()
        {
            it.keep("title", title);
        }
        publishers.sort_by_key(|(rank, _, _)| *rank);
        it.publishers = publishers
            .into_iter()
            .map(|(_, name, value)| (name, value))
            .collect();
        match pages {
            [Some(from), Some(to)] if from != to => it.keep("pages", format!("{from}–{to}")),
            [Some(page), _] | [None, Some(page)] => it.keep("pages", page),
            [None, None] => {}
        }
        self::dates(it, dates);
    }
}

/// The most exact of the dates is that of the source.
fn dates(it: &mut Reference, dates: Vec<(String, String)>) {
    let mut all = Vec::with_capacity(dates.len());
    for (tag, text) in dates {
        let (date, whole) = slashes(&text);
        if !whole {
            it.change(&tag);
        }
        all.push((tag, date));
    }
    let exact = |text: &str| {
        let date = written::date(text)?;
        Some((date.whole, date.text.len()))
    };
    let best = (0..all.len())
        .rev()
        .max_by_key(|at| all.get(*at).and_then(|(_, text)| exact(text)));
    let Some(best) = best else { return };
    let best = all.remove(best);
    for (tag, text) in all {
        // The year beside the day says no more.
        if !best.1.starts_with(&text) {
            it.keep(name_of(&tag), text);
        }
    }
    it.date = Some(best);
}

/// A date of RIS, `2016/02/04/spring`, without the parts that it leaves empty and the words behind it, and whether that is all.
fn slashes(text: &str) -> (String, bool) {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let (date, words) = parts.split_at(parts.len().min(3));
    let whole = words.iter().all(|words| words.is_empty());
    (date.join("-").trim_end_matches('-').to_owned(), whole)
}

/// `Family, Given` in the order in which a name is said; of an organisation nothing changes.
fn in_order(name: &str) -> String {
    let parts: Vec<&str> = name
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [family, given] => format!("{given} {family}"),
        [family, given, suffix] => format!("{given} {family} {suffix}"),
        _ => one_line(name),
    }
}

/// A name for a record that has none.
fn made(it: &Reference, line: usize) -> String {
    let year = it.date.as_ref().and_then(|(_, text)| written::date(text));
    let year = year
        .and_then(|date| Date::from_text(&date.text).ok())
        .map(|date| date.year().to_string());
    let title = slug::slugify(&it.title);
    match (title.as_str(), year) {
        ("", _) => format!("line {line}"),
        (title, Some(year)) => format!("{title}-{year}"),
        (title, None) => title.to_owned(),
    }
}

/// The words of `type` for the types of RIS; none for those that say where a text stands and not what it is.
fn sort_of(form: &str) -> Option<&'static str> {
    match form {
        "RPRT" => Some("report"),
        "NEWS" | "MGZN" => Some("news"),
        "BLOG" => Some("blog"),
        "CASE" => Some("court-record"),
        "DATA" => Some("dataset"),
        "ELEC" | "WEB" | "GEN" | "UNPB" | "GOVDOC" | "record" => None,
        "ABST" | "BOOK" | "CHAP" | "CONF" | "CPAPER" | "EBOOK" | "ECHAP" | "EJOUR" | "HEAR"
        | "ICOMM" | "JFULL" | "JOUR" | "LEGAL" | "MPCT" | "PAMP" | "PAT" | "PCOMM" | "SER"
        | "SLIDE" | "SOUND" | "STAND" | "STAT" | "THES" | "VIDEO" => Some("other"),
        _ => None,
    }
}

/// Fields whose meaning everybody decides for himself.
fn is_of_users(tag: &str) -> bool {
    let mut letters = tag.bytes();
    matches!(letters.next(), Some(b'U' | b'C' | b'M')) && letters.all(|byte| byte.is_ascii_digit())
}

/// A tag in words.
fn name_of(tag: &str) -> &str {
    match tag {
        "A3" => "series_editors",
        "A4" => "subsidiary_authors",
        "AN" => "accession_number",
        "AV" => "location",
        "BT" => "book_title",
        "C1" => "custom_1",
        "CN" => "call_number",
        "CP" => "issue",
        "CY" | "PP" => "place",
        "DA" | "PY" | "Y1" => "date",
        "DB" => "database",
        "DP" => "provider",
        "ET" => "edition",
        "ID" => "id",
        "IS" => "number",
        "J1" | "J2" | "JA" => "journal_abbreviation",
        "NV" => "volumes",
        "OP" => "original_publication",
        "RP" => "reprint",
        "SE" => "section",
        "ST" => "short_title",
        "T3" => "series",
        "TT" => "translated_title",
        "VL" => "volume",
        "AD" => "author_address",
        other => other,
    }
}
