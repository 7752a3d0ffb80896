//! The shapes of STIX 2.1: a bundle, its objects, and the extensions that they bear.
//!
//! Only what this program writes has a field. A property that is not said is left out.

use super::extension::Own;
use memchr::memchr;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// A set of objects that are handed on together.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle<'a> {
    id: String,
    /// The objects, by type, and those of one type by the entries that make them.
    pub objects: Vec<Cow<'a, Written>>,
}

/// An object as it is written, with what is still asked of it: it takes a fraction of the room of one that could be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its type.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// When its record was made.
    pub created: String,
    /// When that was changed last.
    pub modified: Option<String>,
    /// The markings that it bears.
    pub(super) marked: Vec<String>,
    /// It, indented as one that stands alone.
    json: Box<[u8]>,
}

impl Written {
    pub(super) fn of(object: &Object) -> Written {
        // Memory takes whatever is written.
        let json = serde_json::to_vec_pretty(object).unwrap_or_default();
        Written {
            kind: object.kind,
            id: object.id.clone(),
            created: object.created.clone(),
            modified: object.modified.clone(),
            marked: object.object_marking_refs.clone(),
            json: json.into_boxed_slice(),
        }
    }

    /// Writes it within a list within an object. No text of JSON holds the end of a line.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut rest = &*self.json;
        while let Some(at) = memchr(b'\n', rest) {
            out.write_all(b"    ")?;
            out.write_all(&rest[..=at])?;
            rest = &rest[at + 1..];
        }
        out.write_all(b"    ")?;
        out.write_all(rest)
    }

    /// Writes it on one line, without a sign that begins a tag or a reference to a sign.
    pub(super) fn write_tagless(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut line = Vec::with_capacity(self.json.len());
        let (mut within, mut escaped) = (false, false);
        for &byte in &self.json {
            match byte {
                b' ' | b'\n' if !within => continue,
                b'<' | b'>' | b'&' => {
                    write!(line, "\\u{byte:04x}")?;
                    continue;
                }
                b'"' if !escaped => within = !within,
                _ => {}
            }
            escaped = byte == b'\\' && !escaped;
            line.push(byte);
        }
        out.write_all(&line)
    }
}

impl<'a> Bundle<'a> {
    pub(super) fn new(id: String, objects: Vec<Cow<'a, Written>>) -> Bundle<'a> {
        Bundle { id, objects }
    }

    /// The bundle as a file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Memory takes whatever is written.
        let _ = self.write(&mut bytes);
        bytes
    }

    /// Writes the same, an object at a time.
    ///
    /// # Errors
    /// Where `out` does not take it.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut begun = Begun::with(&self.id, out)?;
        for object in &self.objects {
            begun.add(object)?;
        }
        begun.end()
    }
}

/// A bundle of which a part is written.
pub(super) struct Begun<'w> {
    out: &'w mut dyn Write,
    empty: bool,
}

impl<'w> Begun<'w> {
    pub(super) fn with(id: &str, out: &'w mut dyn Write) -> io::Result<Begun<'w>> {
        write!(
            out,
            "{{\n  \"type\": \"bundle\",\n  \"id\": \"{id}\",\n  \"objects\": ["
        )?;
        Ok(Begun { out, empty: true })
    }

    pub(super) fn add(&mut self, object: &Written) -> io::Result<()> {
        let before = if self.empty { "\n" } else { ",\n" };
        self.empty = false;
        self.out.write_all(before.as_bytes())?;
        object.write(self.out)
    }

    pub(super) fn end(self) -> io::Result<()> {
        self.out.write_all(b"\n  ]\n}\n")
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

/// An object: the properties that all have, then those of its type.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the properties of the specification")]
pub struct Object {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub spec_version: &'static str,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by_ref: Option<String>,
    pub created: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub revoked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sophistication: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_motivation: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub secondary_motivations: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_family: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub malware_types: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tool_types: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub infrastructure_types: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kill_chain_phases: Vec<Phase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_class: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub administrative_area: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relationship_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_ref: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_ref: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_time: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub object_refs: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<Terms>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extension_types: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub external_references: Vec<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub object_marking_refs: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<&'static str, Extension>,
}

impl Object {
    /// An object of which nothing more is said.
    pub(super) fn bare(kind: &'static str, id: String, created: &str) -> Object {
        Object {
            kind,
            spec_version: "2.1",
            id,
            created: created.to_owned(),
            modified: Some(created.to_owned()),
            ..Object::default()
        }
    }
}

/// A phase of an attack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the properties of the specification")]
pub struct Phase {
    pub kill_chain_name: &'static str,
    pub phase_name: String,
}

/// What is said of an object elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the properties of the specification")]
pub struct Reference {
    pub source_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub hashes: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
}

/// On what terms an object is handed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// The terms.
    pub statement: String,
}

/// An extension of an object.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Extension {
    /// A level of TLP 2.0.
    Tlp {
        /// `property-extension`.
        extension_type: &'static str,
        /// The level: `amber+strict`.
        tlp_2_0: &'static str,
    },
    /// The core of an incident.
    Incident(Core),
    /// This program's own.
    Own(Box<Own>),
}

/// The core extension of an incident (common object repository of OASIS).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the properties of the extension")]
pub struct Core {
    pub extension_type: &'static str,
    pub determination: &'static str,
    pub investigation_status: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub impacted_entity_counts: BTreeMap<&'static str, u64>,
}
