//! What an import wrote last, so that the next can tell its own words from those of people.
//!
//! A base is a file of JSON, an entry a line, so that a history shows what moved. It holds whatever its marking, and is
//! never published. Reads and writes texts, no files.

use super::incoming::{Import, Kept};
use crate::parse::front::rewrite::Given;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The folder of bases, below the root of a dossier.
pub const FOLDER: &str = ".dossier/imports";

/// The version of the form of the file.
const VERSION: u64 = 1;

/// What was imported under one name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Base {
    /// The form that it came in: `stix`.
    pub(super) form: String,
    /// The entries, by their origin.
    pub(super) entries: BTreeMap<String, Written>,
    /// What no entry holds, by its origin.
    pub(super) kept: BTreeMap<String, Value>,
}

/// An entry as an import wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// The file, below the root.
    pub path: String,
    /// Its keys.
    pub values: Vec<(String, Given)>,
    /// The text below.
    pub body: String,
}

impl Base {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it is none of a form that is known here.
    pub fn read(text: &str) -> Result<Base, String> {
        let file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if file["version"] != json!(VERSION) {
            return Err("it was written by another version of this program".to_owned());
        }
        let map = |name: &str| file[name].as_object().cloned().unwrap_or_default();
        let entries = map("entries").into_iter();
        let entries = entries.map(|(origin, entry)| (origin, written(&entry)));
        Ok(Base {
            form: file["form"].as_str().unwrap_or("").to_owned(),
            entries: entries.collect(),
            kept: map("kept").into_iter().collect(),
        })
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let entries = self.entries.iter().map(|(origin, entry)| {
            let values = entry.values.iter();
            let values: Map<String, Value> = values
                .map(|(key, value)| (key.clone(), of_given(value)))
                .collect();
            let entry = json!({ "path": entry.path, "values": values, "body": entry.body });
            (origin.as_str(), entry)
        });
        let kept = self.kept.iter();
        let kept = kept.map(|(origin, object)| (origin.as_str(), object.clone()));
        format!(
            "{{\"version\": {VERSION}, \"form\": {},\n\"entries\": {},\n\"kept\": {}}}\n",
            json!(self.form),
            lines(entries),
            lines(kept)
        )
    }

    /// The base of an import that was stopped on its way: what it had written of new files is known by it, all else by
    /// the base before.
    #[must_use]
    pub fn resumed(mut self, next: Base, is_there: impl Fn(&str) -> bool) -> Base {
        for (origin, written) in next.entries {
            if is_there(&written.path) {
                self.entries.entry(origin).or_insert(written);
            }
        }
        self
    }

    /// Whether most of an import is known here, so that it is another version of what came under this name. Sources that
    /// stand for references do not count: two reports rest on the same page.
    #[must_use]
    pub fn has_most_of(&self, import: &Import) -> bool {
        let own = import.entries.iter().filter(|entry| !entry.reference);
        let (known, new): (Vec<_>, Vec<_>) =
            own.partition(|entry| self.entries.contains_key(&entry.origin));
        known.len() > new.len()
    }

    /// The form of what was imported; empty before the first.
    #[must_use]
    pub fn form(&self) -> &str {
        &self.form
    }

    /// Takes up what could not become an entry.
    pub(super) fn keep(&mut self, kept: Vec<Kept>) {
        self.kept = kept.into_iter().map(|it| (it.origin, it.object)).collect();
    }
}

fn lines<'v>(rows: impl Iterator<Item = (&'v str, Value)>) -> String {
    let rows: Vec<String> = rows
        .map(|(name, value)| format!("{}: {value}", json!(name)))
        .collect();
    match rows.is_empty() {
        true => "{}".to_owned(),
        false => format!("{{\n{}\n}}", rows.join(",\n")),
    }
}

fn written(entry: &Value) -> Written {
    let text = |name: &str| entry[name].as_str().unwrap_or("").to_owned();
    let values = entry["values"].as_object().into_iter().flatten();
    Written {
        path: text("path"),
        values: values
            .map(|(key, value)| (key.clone(), given(value)))
            .collect(),
        body: text("body"),
    }
}

fn of_given(value: &Given) -> Value {
    match value {
        Given::Text(text) | Given::Bare(text) => json!(text),
        Given::List(items) => Value::Array(items.iter().map(of_given).collect()),
        Given::Map(entries) => {
            let entries = entries.iter();
            Value::Object(
                entries
                    .map(|(name, value)| (name.clone(), of_given(value)))
                    .collect(),
            )
        }
    }
}

fn given(value: &Value) -> Given {
    match value {
        Value::String(text) => Given::Text(text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Given::Bare(value.to_string()),
        Value::Array(items) => Given::List(items.iter().map(given).collect()),
        Value::Object(entries) => Given::Map(
            entries
                .iter()
                .map(|(name, value)| (name.clone(), given(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_read_as_it_was_written() {
        let mut base = Base {
            form: "stix".to_owned(),
            ..Base::default()
        };
        assert_eq!(Base::read(&base.text()), Ok(base.clone()));
        let uses = Given::Map(vec![
            ("entry".to_owned(), Given::from("x")),
            ("note".to_owned(), Given::from("a \"b\"\n")),
        ]);
        base.entries.insert(
            "malware--1".to_owned(),
            Written {
                path: "content/malware/x.md".to_owned(),
                values: vec![("uses".to_owned(), Given::List(vec![uses]))],
                body: "Text.\n".to_owned(),
            },
        );
        base.kept
            .insert("course-of-action--1".to_owned(), json!({ "name": "M" }));
        assert_eq!(Base::read(&base.text()), Ok(base.clone()));
        assert_eq!(base.text().lines().count(), 7);
    }

    #[test]
    fn what_is_no_base_is_told() {
        assert!(Base::read("{}").is_err());
        assert!(Base::read("no").is_err());
    }
}
