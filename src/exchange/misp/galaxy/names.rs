//! The names of a cluster, and who uses them.
//!
//! Takes `synonyms`, `name-attribution` and `origin:…` out of what is said of a cluster; gives aliases with the producers that
//! use them, and ids of ATT&CK as ids. Who is not known by name stays as a number.

use super::super::json::{Object, several, texts};
use super::{kinds, producers};
use crate::exchange::incoming::{Incoming, Value};
use crate::model::name::fold;
use std::collections::HashMap;

/// A name with those who use it.
struct Name {
    name: String,
    by: Vec<String>,
}

/// Gives an entry its other names and its ids. What uses the title itself is no alias, and stays beside it.
pub(in crate::exchange::misp) fn read(meta: &mut Object, entry: &mut Incoming) {
    let mut names: Vec<Name> = Vec::new();
    let mut at: HashMap<String, usize> = HashMap::new();
    for (name, by) in said(meta) {
        let place = *at.entry(fold(&name)).or_insert_with(|| {
            names.push(Name {
                name,
                by: Vec::new(),
            });
            names.len() - 1
        });
        if let Some(known) = names.get_mut(place) {
            let more = by.filter(|by| !known.by.contains(by));
            known.by.extend(more);
        }
    }
    let title = fold(&entry.title);
    let mut title_by = Vec::new();
    let mut aliases = Vec::new();
    for Name { name, by } in names {
        if fold(&name) == title {
            title_by = by;
        } else if !give_id(&name, entry) {
            aliases.push(alias(name, &by));
        }
    }
    entry.add("aliases", several(aliases));
    if !title_by.is_empty() {
        let by = title_by.into_iter().map(Into::into).collect();
        meta.insert("title-by".to_owned(), serde_json::Value::Array(by));
    }
}

/// Every name with one of those who use it, in the order in which the file has them.
fn said(meta: &mut Object) -> Vec<(String, Option<String>)> {
    let mut said: Vec<(String, Option<String>)> = Vec::new();
    for key in ["synonyms", "synomyms", "aliases", "external_id"] {
        let names = meta
            .shift_remove(key)
            .map(|json| texts(&json))
            .unwrap_or_default();
        said.extend(names.into_iter().map(|name| (name, None)));
    }
    let attributed = meta.shift_remove("name-attribution");
    for text in attributed.map(|json| texts(&json)).unwrap_or_default() {
        // A name may hold a colon, the number of a producer does not.
        match text.rsplit_once(':') {
            Some((name, producer)) => {
                let by = producers::name(producer).unwrap_or(producer.trim());
                said.push((name.trim().to_owned(), Some(by.to_owned())));
            }
            None => said.push((text, None)),
        }
    }
    meta.retain(|key, json| match key.strip_prefix("origin:") {
        Some(name) => {
            let name = name.trim();
            said.extend((texts(json).into_iter()).map(|by| (name.to_owned(), Some(by))));
            false
        }
        None => true,
    });
    said.retain(|(name, _)| !name.is_empty());
    said
}

/// Takes a name as an id of ATT&CK, if it is the first.
fn give_id(name: &str, entry: &mut Incoming) -> bool {
    let has = |value: &Value| matches!(value, Value::Map(ids) if ids.iter().any(|(key, _)| key == "attack"));
    if !kinds::is_attack_id(entry.kind, name) || entry.value("external_ids").is_some_and(has) {
        return false;
    }
    entry.add(
        "external_ids",
        Value::Map(vec![("attack".to_owned(), name.into())]),
    );
    true
}

fn alias(name: String, by: &[String]) -> Value {
    match by {
        [] => Value::Text(name),
        by => Value::Map(vec![
            ("name".to_owned(), Value::Text(name)),
            ("by".to_owned(), Value::Text(by.join(", "))),
        ]),
    }
}
