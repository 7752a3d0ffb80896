//! How high the entries of an import are marked, before any of them is spelled.
//!
//! Takes an [`Import`]; raises what a label in a text marks, and then every entry that only stands for references of others to the
//! lowest of what names it: who may not see that may not see what it rests on. One that no entry names goes.

use super::incoming::{Import, Incoming, Piece, Prose, Value};
use super::loss::{Losses, Why};
use crate::model::{Schemes, Tlp};
use crate::parse::{marks_text, statics};
use std::collections::HashMap;

/// Markings, by origin.
type Levels = HashMap<String, Option<Tlp>>;

/// Raises all.
pub(super) fn raise(import: &mut Import, others: &Schemes) {
    for entry in &mut import.entries {
        by_label(entry, others, &mut import.losses);
    }
    let levels: Levels = { import.entries.iter() }
        .map(|it| (it.origin.clone(), it.tlp))
        .collect();
    let mut lowest = Levels::new();
    for entry in &import.entries {
        let mut name = |origin: &str, tlp: Option<Tlp>| {
            let own = lowest.entry(origin.to_owned()).or_insert(tlp);
            *own = (*own).min(tlp);
        };
        for (_, value) in &entry.values {
            named(value, entry.tlp, &levels, &mut name);
        }
        named_in(&entry.body, entry.tlp, &mut name);
    }
    // Of what no entry names nobody knows who may see it.
    import
        .entries
        .retain(|entry| !entry.reference || lowest.contains_key(&entry.origin));
    for entry in import.entries.iter_mut().filter(|entry| entry.reference) {
        entry.tlp = entry.tlp.max(lowest.get(&entry.origin).copied().flatten());
    }
}

/// Raises an entry to the highest label that stands in any of its texts; a mark of another scheme than TLP is one that
/// is not understood.
fn by_label(entry: &mut Incoming, others: &Schemes, losses: &mut Losses) {
    let mut texts: Texts<'_> = vec![(&entry.title, None)];
    for (_, value) in &entry.values {
        texts_of(value, &mut texts);
    }
    prose_texts(&entry.body, &mut texts);
    let said = texts.into_iter();
    let level = |(text, own): (&str, Option<Tlp>)| {
        let foreign = text.lines().any(|line| marks_text(line.trim(), others));
        let label = statics::highest(text.as_bytes());
        let level = label.max(foreign.then_some(Tlp::Red));
        level.filter(|level| Some(*level) > own)
    };
    let highest = said.filter_map(level).max();
    if let Some(tlp) = highest.filter(|tlp| Some(*tlp) > entry.tlp && *tlp > Tlp::Clear) {
        losses.note(Why::Raised, entry.kind.name(), &entry.origin);
        entry.raise(tlp);
    }
}

/// Texts, each with the marking that a block of it has alone: what a label in it says up to that is said already.
type Texts<'v> = Vec<(&'v str, Option<Tlp>)>;

fn texts_of<'v>(value: &'v Value, texts: &mut Texts<'v>) {
    match value {
        Value::Text(text) | Value::Bare(text) => texts.push((text, None)),
        Value::Entry(_) => {}
        Value::Prose(prose) => prose_texts(prose, texts),
        Value::List(items) => items.iter().for_each(|item| texts_of(item, texts)),
        Value::Map(entries) => {
            for (name, value) in entries {
                texts.push((name, None));
                // What is under it is its own marking.
                if name != "tlp" {
                    texts_of(value, texts);
                }
            }
        }
    }
}

fn prose_texts<'v>(prose: &'v Prose, texts: &mut Texts<'v>) {
    for piece in &prose.0 {
        match piece {
            Piece::Words(text) | Piece::Markdown(text) | Piece::Heading(text) => {
                texts.push((text, None));
            }
            Piece::Fence { text, tlp, .. } => texts.push((text, *tlp)),
            Piece::Link { words, .. } => texts.push((words, None)),
            Piece::Cite { at, .. } => texts.extend(at.as_deref().map(|at| (at, None))),
        }
    }
}

/// Names the entries that a value leads to, each with the marking of the statement that does.
fn named(
    value: &Value,
    around: Option<Tlp>,
    levels: &Levels,
    name: &mut impl FnMut(&str, Option<Tlp>),
) {
    match value {
        Value::Text(_) | Value::Bare(_) => {}
        Value::Entry(origin) => name(origin, around),
        Value::Prose(prose) => named_in(prose, around, name),
        Value::List(items) => items
            .iter()
            .for_each(|item| named(item, around, levels, name)),
        Value::Map(entries) => {
            let own = entries.iter().find(|(key, _)| key == "tlp");
            let own = own.map(|(_, value)| match value {
                Value::Text(text) | Value::Bare(text) => Tlp::from_name(text).unwrap_or(Tlp::Red),
                Value::Prose(_) | Value::Entry(_) | Value::List(_) | Value::Map(_) => Tlp::Red,
            });
            // A relation is seen by those who may see all its ends.
            let others = entries.iter().filter_map(|(key, value)| match value {
                Value::Entry(origin) if key == "entry" || key == "from" => {
                    levels.get(origin).copied().flatten()
                }
                _ => None,
            });
            let other = others.max();
            let around = around.max(own).max(other);
            for (_, value) in entries {
                named(value, around, levels, name);
            }
        }
    }
}

fn named_in(prose: &Prose, around: Option<Tlp>, name: &mut impl FnMut(&str, Option<Tlp>)) {
    for piece in &prose.0 {
        match piece {
            Piece::Link { to, .. } => name(to, around),
            Piece::Cite { source, .. } => name(source, around),
            Piece::Words(_) | Piece::Markdown(_) | Piece::Heading(_) | Piece::Fence { .. } => {}
        }
    }
}
