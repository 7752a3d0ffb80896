//! The objects of a file, by their ids.

use super::own;
use crate::exchange::{Fault, Losses, Why};
use crate::export::stix::PROGRAM;
use crate::model::Kind;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The objects of a file: of one that stands in several versions, the last.
#[derive(Debug, Default)]
pub(super) struct Bundle {
    objects: Vec<Map<String, Value>>,
    by_id: HashMap<String, usize>,
    /// The ids of tactics, by their short names.
    tactics: HashMap<String, String>,
    /// By what revoked objects were replaced.
    replaced: HashMap<String, String>,
    /// Older versions, which are left out.
    older: Vec<String>,
    /// Objects without an id or a type.
    nameless: usize,
}

/// An object of a bundle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Object<'b>(&'b Map<String, Value>);

/// The objects of a file: a bundle, a list, or one object.
fn listed(text: &str) -> Result<Vec<Value>, Fault> {
    let text = text.trim_start_matches('\u{feff}');
    let file: Value = serde_json::from_str(text).map_err(|error| Fault {
        message: format!("this is no JSON: {error}"),
        line: Some(error.line()),
    })?;
    Ok(match file {
        Value::Array(list) => list,
        Value::Object(mut object) => match object.remove("objects") {
            Some(Value::Array(list)) if object.get("type").is_none_or(|it| it == "bundle") => list,
            Some(other) => {
                object.insert("objects".to_owned(), other);
                vec![Value::Object(object)]
            }
            None => vec![Value::Object(object)],
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    })
}

/// What is wrong, with the name of the file of several in which it is.
fn within(fault: Fault, name: &str) -> Fault {
    match name {
        "" => fault,
        name => Fault {
            message: format!("`{name}`: {}", fault.message),
            line: None,
        },
    }
}

impl Bundle {
    /// The objects of files together, as of one: what one says of the objects of another is said.
    pub(super) fn of(files: &[(&str, &str)]) -> Result<Bundle, Fault> {
        let mut bundle = Bundle::default();
        for (name, text) in files {
            for object in listed(text).map_err(|fault| within(fault, name))? {
                bundle.push(object);
            }
        }
        bundle.note();
        match bundle.objects.is_empty() {
            false => Ok(bundle),
            true => Err(Fault {
                message: "there is no STIX object in it: a bundle has `objects`, each with a `type` and an `id`".to_owned(),
                line: None,
            }),
        }
    }

    fn push(&mut self, object: Value) {
        let Value::Object(object) = object else {
            self.nameless += 1;
            return;
        };
        let text = |name: &str| object.get(name).and_then(Value::as_str);
        let (Some(id), Some(_)) = (text("id"), text("type")) else {
            self.nameless += 1;
            return;
        };
        let id = id.to_owned();
        match self.by_id.get(&id) {
            None => {
                self.by_id.insert(id, self.objects.len());
                self.objects.push(object);
            }
            Some(&at) => {
                let modified = |object: &Map<String, Value>| {
                    object
                        .get("modified")
                        .and_then(Value::as_str)
                        .unwrap_or("")
                        .to_owned()
                };
                if let Some(known) = self.objects.get_mut(at)
                    && modified(known) <= modified(&object)
                {
                    *known = object;
                }
                self.older.push(id);
            }
        }
    }

    /// Takes down what objects say of others that is asked for again and again.
    fn note(&mut self) {
        let (mut tactics, mut replaced) = (HashMap::new(), HashMap::new());
        for object in self.all() {
            let text = |name: &str| object.text(name).to_owned();
            match object.kind() {
                "x-mitre-tactic" => {
                    tactics.insert(text("x_mitre_shortname"), text("id"));
                }
                "relationship" if object.text("relationship_type") == "revoked-by" => {
                    replaced.insert(text("source_ref"), text("target_ref"));
                }
                _ => {}
            }
        }
        (self.tactics, self.replaced) = (tactics, replaced);
    }

    /// A tactic by its short name.
    pub(super) fn tactic(&self, short: &str) -> Option<Object<'_>> {
        self.get(self.tactics.get(short)?)
    }

    /// What a revoked object was replaced by.
    pub(super) fn replacement(&self, id: &str) -> Option<Object<'_>> {
        self.get(self.replaced.get(id)?)
    }

    /// Notes what was left out.
    pub(super) fn told(&self, losses: &mut Losses) {
        for id in &self.older {
            losses.note(Why::Lost, "older version", id);
        }
        for _ in 0..self.nameless {
            losses.note(Why::Lost, "object without type or id", "");
        }
        for object in self.all().filter(|object| object.is_gone()) {
            let why = if object.is_revoked() {
                Why::Revoked
            } else {
                Why::Deprecated
            };
            losses.note(why, object.kind(), object.id());
        }
    }

    /// All objects, in the order of the file.
    pub(super) fn all(&self) -> impl Iterator<Item = Object<'_>> {
        self.objects.iter().map(Object)
    }

    /// Those that are to become entries.
    pub(super) fn objects(&self) -> impl Iterator<Item = Object<'_>> {
        self.all().filter(|object| object.entry_kind().is_some())
    }

    pub(super) fn get(&self, id: &str) -> Option<Object<'_>> {
        self.by_id
            .get(id)
            .and_then(|&at| self.objects.get(at))
            .map(Object)
    }

    /// The kind of the entry that an object becomes; `None` of one that becomes none, or was revoked.
    pub(super) fn kind(&self, id: &str) -> Option<Kind> {
        let object = self.get(id).filter(|object| !object.is_gone())?;
        object.entry_kind()
    }
}

impl<'b> Object<'b> {
    pub(super) fn get(self, name: &str) -> Option<&'b Value> {
        self.0.get(name)
    }

    fn text(self, name: &str) -> &'b str {
        self.get(name).and_then(Value::as_str).unwrap_or("")
    }

    pub(super) fn id(self) -> &'b str {
        self.text("id")
    }

    /// The type: `intrusion-set`.
    pub(super) fn kind(self) -> &'b str {
        self.text("type")
    }

    pub(super) fn properties(self) -> impl Iterator<Item = (&'b str, &'b Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub(super) fn value(self) -> Value {
        Value::Object(self.0.clone())
    }

    fn is(self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(super) fn is_revoked(self) -> bool {
        self.is("revoked")
    }

    /// Whether it was taken back by who published it.
    pub(super) fn is_gone(self) -> bool {
        self.is_revoked() || self.is("x_mitre_deprecated")
    }

    /// The kind of entry that it is, whether or not it was taken back.
    pub(super) fn entry_kind(self) -> Option<Kind> {
        Some(match self.kind() {
            "intrusion-set" | "threat-actor" => Kind::Actor,
            "campaign" => Kind::Campaign,
            "incident" => Kind::Incident,
            "malware" => Kind::Malware,
            "tool" => Kind::Tool,
            "attack-pattern" => Kind::Technique,
            "vulnerability" => Kind::Vulnerability,
            // This program, or the dossier that made the bundle.
            "identity" if self.id() == PROGRAM || own::is_dossier(self) => return None,
            "identity" if self.text("identity_class") == "individual" => Kind::Person,
            "identity" => Kind::Organisation,
            "location" => Kind::Place,
            "infrastructure" => Kind::Infrastructure,
            "report" => Kind::Source,
            "note" | "opinion" => Kind::Note,
            // Of types that are not named here nothing is known: they are kept.
            _ => return None,
        })
    }
}
