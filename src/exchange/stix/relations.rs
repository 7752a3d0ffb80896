//! Relationships become the relations of their sources' entries.
//!
//! What our table of relations does not have between two kinds is `related_to` with the verb beside it, so that it is still
//! said. Whatever has an end that is no entry is kept.

use super::bundle::{Bundle, Object};
use super::marked::Marked;
use super::references::References;
use super::{own, text, text_of, texts_of};
use crate::exchange::incoming::each_once;
use crate::exchange::{Import, Losses, Markings, Prose, Value, Why};
use crate::model::{Kind, Verb};
use serde_json::Value as Json;
use std::collections::{HashMap, HashSet};

/// Adds the relations to the entries; gives the ids of the relationships that became some.
pub(super) fn add(
    bundle: &Bundle,
    markings: &Markings,
    references: &mut References,
    import: &mut Import,
) -> HashSet<String> {
    let at: HashMap<String, usize> = import
        .entries
        .iter()
        .enumerate()
        .map(|(at, it)| (it.origin.clone(), at))
        .collect();
    let mut carried = HashSet::new();
    // What each entry says under each key, in the order of the file: between two there may be thousands.
    let mut said: Vec<(usize, &str, Vec<Value>)> = Vec::new();
    let mut places: HashMap<(usize, &str), usize> = HashMap::new();
    for object in bundle
        .all()
        .filter(|object| object.kind() == "relationship" && !object.is_gone())
    {
        let (Some(from), Some(to)) = (
            text_of(&object, "source_ref"),
            text_of(&object, "target_ref"),
        ) else {
            continue;
        };
        let (Some(of), Some(kind)) = (bundle.kind(from), bundle.kind(to)) else {
            continue;
        };
        let Some(&at) = at.get(from) else {
            continue;
        };
        let verb = text_of(&object, "relationship_type").unwrap_or("related-to");
        let tlp = Marked::of(object, bundle, markings).tlp;
        let (key, relation) = match own::related(object, of, (to, kind), tlp) {
            Some(own) => own,
            None => {
                let (key, verb) = key(verb, of, kind);
                let losses = &mut import.losses;
                let said = relation(object, to, verb, bundle, markings, references, losses);
                (key, said)
            }
        };
        let place = *places.entry((at, key)).or_insert_with(|| {
            said.push((at, key, Vec::new()));
            said.len() - 1
        });
        if let Some((.., relations)) = said.get_mut(place) {
            relations.push(relation);
        }
        carried.insert(object.id().to_owned());
    }
    for (at, key, mut relations) in said {
        if let Some(entry) = import.entries.get_mut(at) {
            let value = match (relations.len(), relations.pop()) {
                (1, Some(one)) => one,
                (_, last) => {
                    relations.extend(last);
                    Value::List(each_once(relations))
                }
            };
            entry.add(key, value);
        }
    }
    reported(bundle, &at, import);
    carried
}

/// The key of a verb between two kinds; where the table has none, `related_to` and the verb as it was.
fn key(verb: &str, from: Kind, to: Kind) -> (&'static str, Option<String>) {
    let snake = match verb {
        "subtechnique-of" => "part_of".to_owned(),
        other => other.replace('-', "_"),
    };
    let own = Verb::from_key(&snake).filter(|verb| verb.allowed_to(from).contains(&to));
    match own {
        Some(verb) => (verb.key(), None),
        None => (
            Verb::RelatedTo.key(),
            Some(verb.to_owned()).filter(|verb| verb != "related-to"),
        ),
    }
}

fn relation(
    object: Object<'_>,
    to: &str,
    verb: Option<String>,
    bundle: &Bundle,
    markings: &Markings,
    references: &References,
    losses: &mut Losses,
) -> Value {
    let marked = Marked::of(object, bundle, markings);
    marked.tell(object, losses);
    let description = text_of(&object, "description").unwrap_or("");
    let (note, mut cited) = text::apart(description, object.id(), references);
    for source in references.sources(object) {
        if !cited.contains(&source) {
            cited.push(source);
        }
    }
    let mut relation = vec![("entry".to_owned(), Value::Entry(to.to_owned()))];
    let mut say = |name: &str, value: Value| relation.push((name.to_owned(), value));
    if let Some(verb) = verb {
        say("verb", Value::Prose(Prose::words(verb)));
    }
    if let Some(word) = object
        .get("confidence")
        .and_then(Json::as_u64)
        .and_then(likelihood)
    {
        say("confidence", Value::Text(word.to_owned()));
    }
    if !cited.is_empty() {
        say(
            "sources",
            Value::List(cited.into_iter().map(Value::Entry).collect()),
        );
    }
    for (name, key) in [("start_time", "start"), ("stop_time", "end")] {
        if let Some(time) = text_of(&object, name) {
            let (time, exact) = super::entries::moment(time);
            if !exact {
                losses.note(Why::Changed, format!("relationship.{name}"), object.id());
            }
            say(key, Value::Text(time));
        }
    }
    if let Some(tlp) = marked.tlp {
        say("tlp", Value::Text(tlp.name().to_owned()));
    }
    if !note.is_empty() {
        say("note", Value::Prose(note));
    }
    Value::Map(relation)
}

/// The word of estimative probability for a confidence (STIX 2.1, appendix A, the DNI scale).
fn likelihood(confidence: u64) -> Option<&'static str> {
    Some(match confidence {
        0..=9 => "almost no chance",
        10..=19 => "very unlikely",
        20..=39 => "unlikely",
        40..=59 => "roughly even chance",
        60..=79 => "likely",
        80..=89 => "very likely",
        90..=100 => "almost certain",
        _ => return None,
    })
}

/// What a report is about rests on the report.
fn reported(bundle: &Bundle, at: &HashMap<String, usize>, import: &mut Import) {
    for report in bundle
        .all()
        // What says itself on what it rests needs no report to say so.
        .filter(|object| {
            object.kind() == "report" && !object.is_gone() && own::of(*object).is_none()
        })
    {
        for about in texts_of(&report, "object_refs") {
            let Some(entry) = at.get(about).and_then(|&at| import.entries.get_mut(at)) else {
                continue;
            };
            if entry.kind != Kind::Source && entry.origin != report.id() {
                entry.add(
                    "sources",
                    Value::List(vec![Value::Entry(report.id().to_owned())]),
                );
            }
        }
    }
}
