//! Names of notes that are marked higher, in texts that stay as they are.
//!
//! Takes the entries of a vault with what each is marked as; takes the names out of links that became no links: in values that
//! are no keys, in code. A link that leads to an entry is withheld with it; a text is not.

use super::names::Names;
use super::{Note, body};
use crate::exchange::incoming::{Incoming, Piece, Prose, Value};
use crate::exchange::{Losses, Why};
use crate::model::Tlp;

/// The longest link, in bytes.
const LONGEST: usize = 1024;

/// Takes the names out of all entries; `levels` are those of the notes, in the order of all three.
pub(super) fn hide(
    entries: &mut [Incoming],
    notes: &[Note<'_>],
    levels: &[Option<Tlp>],
    names: &Names,
    losses: &mut Losses,
) {
    if levels.iter().all(Option::is_none) {
        return;
    }
    let all = entries.iter_mut().zip(notes);
    for ((entry, note), own) in all.zip(levels) {
        let path = entry.origin.clone();
        let above = |name: &str| {
            let found = names.find(name, &path);
            let level = found.and_then(|at| levels.get(at).copied().flatten());
            level > *own
        };
        let mut told = 0;
        for (key, value) in &mut entry.values {
            if key == "extra" {
                told += as_names(value, &above);
            }
            told += in_value(value, &above);
        }
        told += in_title(entry, note, &above);
        told += in_prose(&mut entry.body, &above);
        for _ in 0..told {
            losses.note(Why::Lost, "name of a note that is marked higher", &path);
        }
    }
}

fn in_value(value: &mut Value, above: &impl Fn(&str) -> bool) -> usize {
    match value {
        Value::Text(text) => in_text(text, above),
        Value::Prose(prose) => in_prose(prose, above),
        Value::List(items) => items.iter_mut().map(|item| in_value(item, above)).sum(),
        Value::Map(entries) => {
            let each = entries.iter_mut();
            each.map(|(name, value)| in_text(name, above) + in_value(value, above))
                .sum()
        }
        Value::Bare(_) | Value::Entry(_) => 0,
    }
}

/// Texts for templates that are the name of a note and nothing else.
fn as_names(value: &mut Value, above: &impl Fn(&str) -> bool) -> usize {
    match value {
        Value::Text(text) if above(text) => {
            "…".clone_into(text);
            1
        }
        Value::Text(_) | Value::Bare(_) | Value::Entry(_) | Value::Prose(_) => 0,
        Value::List(items) => items.iter_mut().map(|item| as_names(item, above)).sum(),
        Value::Map(entries) => {
            let each = entries.iter_mut();
            each.map(|(_, value)| as_names(value, above)).sum()
        }
    }
}

/// A title that is the heading of the text has lost the brackets of its links already.
fn in_title(entry: &mut Incoming, note: &Note<'_>, above: &impl Fn(&str) -> bool) -> usize {
    let mut title = entry.title.clone();
    let mut found = in_text(&mut title, above);
    if body::heading(note.body).is_some_and(|(heading, _)| heading == entry.title) {
        let text = note.body.trim_start_matches(['\n', '\r']);
        let mut line = text.lines().next().unwrap_or("").to_owned();
        found += in_text(&mut line, above);
        if let Some((heading, _)) = body::heading(&line) {
            title = heading;
        }
    }
    if found > 0 {
        entry.title.clone_from(&title);
        entry.name = title;
    }
    found
}

fn in_prose(prose: &mut Prose, above: &impl Fn(&str) -> bool) -> usize {
    let pieces = prose.0.iter_mut();
    let each = pieces.map(|piece| match piece {
        Piece::Words(text) | Piece::Markdown(text) | Piece::Heading(text) => in_text(text, above),
        Piece::Fence { text, .. } => in_text(text, above),
        Piece::Link { words, .. } => in_text(words, above),
        Piece::Cite { .. } => 0,
    });
    each.sum()
}

/// Leaves of links in a text to what is above it their own words alone; gives how many there were.
fn in_text(text: &mut String, above: &impl Fn(&str) -> bool) -> usize {
    let (mut found, mut open, mut rest) = (0, String::new(), text.as_str());
    while let Some((before, behind)) = rest.split_once("[[") {
        let mut most = behind.len().min(LONGEST);
        while !behind.is_char_boundary(most) {
            most -= 1;
        }
        let end = behind.get(..most).and_then(|behind| behind.find("]]"));
        let inner = end.and_then(|end| behind.get(..end)).unwrap_or("");
        let after = behind.get(inner.len() + 2..).unwrap_or("");
        let (target, words) = inner.split_once('|').unwrap_or((inner, "…"));
        let name = target.split(['#', '\\']).next().unwrap_or("");
        open.push_str(before);
        if above(name) {
            found += 1;
            open.push_str(words);
            rest = after;
        } else {
            open.push_str("[[");
            rest = behind;
        }
    }
    if found > 0 {
        open.push_str(rest);
        *text = open;
    }
    found
}
