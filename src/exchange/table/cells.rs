//! What a cell says as the value of a key.
//!
//! Takes a cell and its key; gives the value, with names of other rows as such, or that it cannot be read. Nothing is guessed: a
//! date that can be read in two ways is none.

use super::columns::{Column, Key, Takes};
use crate::exchange::written;
use crate::exchange::{Markings, Prose, Value};
use crate::model::name::fold;
use crate::model::{Address, Confidence, Count, Grade, Reliability};
use crate::parse::front::form::Form;
use std::collections::HashMap;

/// The rows by their titles and ids, folded; nothing for a name that several have.
pub(super) type Names = HashMap<String, Option<String>>;

/// What a cell says.
pub(super) enum Cell {
    /// The value, and whether it says all that stood there.
    Said { value: Value, whole: bool },
    /// `draft`.
    Draft(bool),
    /// It is none that the key takes.
    Unread,
    /// It is none, and the key is one that withholds: the row is marked as high as can be, or a draft.
    Withholds { marking: bool },
}

/// Keys in which markup is read.
const SENTENCES: [&str; 7] = [
    "summary",
    "what",
    "reason",
    "note",
    "text",
    "chosen",
    "sophistication",
];

/// Reads a cell.
pub(super) fn read(
    column: &Column,
    key: &Key,
    cell: &str,
    names: &Names,
    markings: &Markings,
) -> Cell {
    let form = match key.takes {
        Takes::Relation => {
            return said(several(split(cell).map(|name| reference(key, name, names))));
        }
        Takes::Form(form) => form,
    };
    if matches!(form, Form::Tlp) {
        return match markings.level(cell) {
            Some(level) => said(level.name().into()),
            None => Cell::Withholds { marking: true },
        };
    }
    if key.name == "draft" {
        return bool(cell).map_or(Cell::Withholds { marking: false }, Cell::Draft);
    }
    let sentence = SENTENCES.contains(&key.within.as_deref().unwrap_or(&key.name));
    let read = match value(form, cell, column.currency.as_deref()) {
        Some(Read::One(text)) if sentence => said(Prose::words(text).into()),
        Some(Read::One(text)) => said(text.into()),
        Some(Read::Part(text)) => Cell::Said {
            value: text.into(),
            whole: false,
        },
        Some(Read::Several) => said(several(split(cell).map(Value::from))),
        Some(Read::Named) => said(reference(key, cell, names)),
        Some(Read::AllNamed) => said(several(split(cell).map(|name| reference(key, name, names)))),
        Some(Read::Words(words)) => said(several(words.into_iter().map(Value::from))),
        None => Cell::Unread,
    };
    match read {
        Cell::Unread if key.withholds => Cell::Withholds { marking: false },
        read => read,
    }
}

fn said(value: Value) -> Cell {
    Cell::Said { value, whole: true }
}

/// What a text is as a form has it.
enum Read {
    One(String),
    /// It says less than what stood there.
    Part(String),
    Several,
    Named,
    AllNamed,
    Words(Vec<String>),
}

fn value(form: Form, cell: &str, currency: Option<&str>) -> Option<Read> {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let line = words.join(" ");
    let plain = |text: String| Some(Read::One(text));
    let date = |date: Option<written::Written>| {
        let date = date?;
        Some(match date.whole {
            true => Read::One(date.text),
            false => Read::Part(date.text),
        })
    };
    match form {
        Form::Text | Form::File => plain(line),
        Form::Texts | Form::Paths | Form::Many(_) => Some(Read::Several),
        Form::Word(words) => plain(word(words, cell)?),
        Form::Words(words) => {
            let all = split(cell).map(|text| word(words, text));
            all.collect::<Option<Vec<_>>>().map(Read::Words)
        }
        Form::Language => is_language(cell).then(|| Read::One(cell.to_owned())),
        Form::Degrees(bound) => degrees(cell, bound).then(|| Read::One(cell.to_owned())),
        Form::Country => plain(country(cell)?),
        Form::Date => date(written::date(cell)),
        Form::Day => date(written::day(cell)),
        Form::Bool => plain(bool(cell)?.to_string()),
        Form::Confidence => plain(Confidence::from_words(&line)?.words().to_owned()),
        Form::Count => Count::from_text(&line).ok().map(|_| Read::One(line)),
        Form::Money => plain(written::money(cell, currency)?),
        Form::Reliability => plain(Reliability::from_text(cell)?.to_string()),
        Form::Grade => Grade::from_text(cell).map(|_| Read::One(cell.to_owned())),
        Form::Url => plain(Address::web(cell).ok()?.to_string()),
        Form::Sha256 => {
            let sound = cell.len() == 64 && cell.bytes().all(|byte| byte.is_ascii_hexdigit());
            sound.then(|| Read::One(cell.to_lowercase()))
        }
        Form::Ref | Form::Named => Some(Read::Named),
        Form::Cites => Some(Read::AllNamed),
        Form::Fact(form) => value(*form, cell, currency),
        // Markings are read before, and the others have names within.
        Form::Tlp | Form::Ids | Form::Facts | Form::One(_) | Form::Anything => None,
    }
}

/// The values of a cell that holds several.
fn split(cell: &str) -> impl Iterator<Item = &str> {
    let each = cell.split([';', '|', '\n']).map(str::trim);
    each.filter(|text| !text.is_empty())
}

/// Several values, each once; one alone stands alone.
fn several(values: impl Iterator<Item = Value>) -> Value {
    let mut all: Vec<Value> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for value in values {
        let name = match &value {
            Value::Text(text) | Value::Bare(text) => text.clone(),
            Value::Entry(origin) => format!("\u{0}{origin}"),
            Value::Prose(_) | Value::List(_) | Value::Map(_) => String::new(),
        };
        if seen.insert(name) {
            all.push(value);
        }
    }
    match (all.pop(), all.is_empty()) {
        (Some(one), true) => one,
        (last, _) => {
            all.extend(last);
            Value::List(all)
        }
    }
}

/// Another row, where the key may name one and one alone is called so; else the name, for an entry that is there already.
fn reference(key: &Key, name: &str, names: &Names) -> Value {
    let row = names.get(&fold(name)).filter(|_| key.names_rows);
    match row {
        Some(Some(origin)) => Value::Entry(origin.clone()),
        Some(None) | None => name.into(),
    }
}

fn word(words: &[&str], text: &str) -> Option<String> {
    let folded = text.trim().to_lowercase().replace([' ', '_'], "-");
    let found = words.iter().find(|word| **word == folded);
    found.map(|word| (*word).to_owned())
}

fn bool(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "x" | "ja" | "oui" | "wahr" => Some(true),
        "false" | "no" | "n" | "0" | "nein" | "non" | "falsch" => Some(false),
        _ => None,
    }
}

/// Whether a cell of a column such as `Public` or `Hidden` says that the row may be seen.
pub(super) fn says_open(column: &str, cell: &str) -> bool {
    let name = column.to_lowercase();
    let opens = ["public", "published", "listed", "visible"];
    let closes = name.starts_with("un") || name.contains("hidden");
    let opens = !closes && opens.iter().any(|word| name.contains(word));
    match bool(cell) {
        Some(yes) => yes == opens,
        None => false,
    }
}

fn degrees(text: &str, bound: u8) -> bool {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    plain
        && text
            .parse::<f64>()
            .is_ok_and(|degrees| degrees.abs() <= f64::from(bound))
}

/// A code of ISO 3166, in capitals as it should be.
fn country(text: &str) -> Option<String> {
    let code = text.trim().to_uppercase();
    let (country, part) = code.split_once('-').unwrap_or((&code, ""));
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    let sound = match part {
        "" => matches!(country.len(), 2 | 3) && !code.contains('-'),
        part => {
            country.len() == 2
                && part.len() <= 3
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
    };
    (sound && letters(country)).then_some(code)
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    primary
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
