//! What was seen: attributes, alone and in objects.
//!
//! Takes them in the order of the file; gives parts of the text of the incident, and what they are tagged with as relations of it.

use super::super::json::{self, Object};
use super::super::marks::{is_mark, tags};
use super::line::{self, Line};
use super::part::Part;
use super::shape::{Attribute, Thing};
use super::{Making, Reading};
use crate::exchange::Why;
use crate::model::Tlp;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::HashMap;

/// What an object is called, with the marking of what is seen of it.
struct Named {
    name: String,
    tlp: Option<Tlp>,
}

impl Reading<'_> {
    /// Attributes of no object, by their category, in the order in which the categories come.
    pub(super) fn attributes(&mut self, attributes: Vec<Json>, making: &mut Making) {
        let mut parts: Vec<(String, Part)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for json in attributes {
            let category = json::text(json.get("category")).unwrap_or_else(|| "Other".to_owned());
            let place = *places.entry(category.clone()).or_insert_with(|| {
                parts.push((category, Part::default()));
                parts.len() - 1
            });
            if let Some((_, part)) = parts.get_mut(place) {
                self.attribute(json, None, true, part, making);
            }
        }
        for (category, part) in parts {
            part.write(&category, &mut making.entry.body);
        }
    }

    pub(super) fn objects(&mut self, objects: Vec<Json>, making: &mut Making) {
        let names: HashMap<String, Named> = objects
            .iter()
            .filter_map(|json| Some((json::text(json.get("uuid"))?, self.named(json)?)))
            .collect();
        for json in objects {
            match (Thing::deserialize(&json), json.as_object()) {
                (Ok(thing), Some(fields)) => self.object(thing, fields, &names, making),
                _ => self.keep("object", format!("{}#object", making.entry.origin), json),
            }
        }
    }

    /// What an object is called, and who may know of it: those who may see it and one of its attributes.
    fn named(&self, json: &Json) -> Option<Named> {
        let attributes = json.get("Attribute").and_then(Json::as_array);
        let attributes = attributes.into_iter().flatten();
        let lowest = attributes
            .filter(|json| !json::is_true(json.get("deleted")))
            .map(|json| self.marks.silent("attribute", json))
            .min();
        Some(Named {
            name: json::text(json.get("name"))?,
            tlp: self.marks.silent("object", json).max(lowest.flatten()),
        })
    }

    fn object(
        &mut self,
        thing: Thing,
        fields: &Object,
        names: &HashMap<String, Named>,
        making: &mut Making,
    ) {
        let Thing {
            name,
            comment,
            deleted,
            first_seen,
            last_seen,
            uuid,
            attributes,
            references,
            rest,
        } = thing;
        let origin = uuid.unwrap_or_else(|| making.entry.origin.clone());
        if json::is_true(deleted.as_ref()) {
            self.marks.losses.note(Why::Revoked, "object", &origin);
            return;
        }
        let tlp = self.marks.level("object", fields, &origin);
        let own = making.own(tlp);
        let mut part = Part::default();
        let mut say = |words: String, own: Option<Tlp>| part.push(Line::Words(words), own);
        if let Some(comment) = comment.filter(|comment| !comment.trim().is_empty()) {
            say(
                comment.split_whitespace().collect::<Vec<_>>().join(" "),
                own,
            );
        }
        if let Some(seen) = seen(first_seen.as_deref(), last_seen.as_deref()) {
            say(seen, own);
        }
        for reference in references.into_iter().flatten() {
            let level = self
                .marks
                .level("ObjectReference", &reference.rest, &origin);
            let other = reference
                .referenced_uuid
                .as_ref()
                .and_then(|uuid| names.get(uuid));
            let word = reference
                .relationship_type
                .unwrap_or_else(|| "related-to".to_owned());
            let note = reference.comment.filter(|note| !note.is_empty());
            match other {
                Some(other) => say(
                    format!("{word}: {}{}", other.name, bracketed(note.as_deref())),
                    own.max(making.own(level.max(other.tlp))),
                ),
                None => self.marks.losses.note(
                    Why::LeadsNowhere,
                    format!("ObjectReference.{word}"),
                    &origin,
                ),
            }
        }
        // What is hashed there looks like a file and is a part of one, or a certificate.
        let of_file = !name.ends_with("-section") && name != "x509";
        for json in attributes.into_iter().flatten() {
            self.attribute(json, tlp, of_file, &mut part, making);
        }
        for tag in tags(fields) {
            if !is_mark(&tag, self.marks.markings) && !self.tagged("object", &tag, own, making) {
                part.push(Line::Words(tag), own);
            }
        }
        for (key, json) in &rest {
            self.lost("object", key, json, &origin);
        }
        part.write(&name, &mut making.entry.body);
    }

    /// Adds an attribute to a part; `around` is the marking of its object, `of_file` whether its hashes are of a whole file.
    fn attribute(
        &mut self,
        json: Json,
        around: Option<Tlp>,
        of_file: bool,
        part: &mut Part,
        making: &mut Making,
    ) {
        let (Ok(attribute), Some(fields)) = (Attribute::deserialize(&json), json.as_object())
        else {
            return self.keep(
                "attribute",
                format!("{}#attribute", making.entry.origin),
                json,
            );
        };
        let origin = attribute
            .uuid
            .clone()
            .unwrap_or_else(|| making.entry.origin.clone());
        if json::is_true(attribute.deleted.as_ref()) {
            self.marks.losses.note(Why::Revoked, "attribute", &origin);
            return;
        }
        let tlp = self.marks.level("attribute", fields, &origin);
        let own = making.own(tlp.max(around));
        let mut note = about(&attribute);
        for tag in tags(fields) {
            if !is_mark(&tag, self.marks.markings) && !self.tagged("attribute", &tag, own, making) {
                note.push(tag);
            }
        }
        let value = json::text(Some(&attribute.value)).unwrap_or_default();
        let r#type = attribute.r#type.as_str();
        let detects = attribute.to_ids.is_none() || json::is_true(attribute.to_ids.as_ref());
        let name = attribute.object_relation.as_deref().unwrap_or("");
        let note = note.join("; ");
        let about = line::About {
            name: if name.is_empty() { r#type } else { name },
            note: &note,
            detects,
            of_file,
        };
        // What is stricter than the event is no source of it: that would say so to all. But it may have been one before.
        if own.is_some() {
            self.shared.former_page(&value, own.max(making.entry.tlp));
        }
        let is_source =
            r#type == "link" && own.is_none() && !json::is_true(attribute.to_ids.as_ref());
        let page = is_source.then(|| self.shared.page(&value, making.entry.tlp));
        let page = page.flatten();
        if page.is_none() || !note.is_empty() {
            for line in line::of(r#type, &value, about) {
                part.push(line, own);
            }
        }
        making.cited.extend(page);
        self.beside(attribute, own, &origin, making);
    }

    /// What else an attribute holds.
    fn beside(
        &mut self,
        attribute: Attribute,
        own: Option<Tlp>,
        origin: &str,
        making: &mut Making,
    ) {
        // How many there are is said; when, where and by whom is not.
        if attribute.sightings.iter().flatten().next().is_some() {
            self.marks
                .losses
                .note(Why::Changed, "attribute.Sighting", origin);
        }
        let galaxies = attribute.galaxies.unwrap_or_default();
        self.galaxies("attribute", galaxies, own, making);
        if attribute.data.is_some_and(|data| !data.is_null()) {
            self.marks.losses.note(Why::Lost, "attribute.data", origin);
        }
        for proposal in attribute.proposals.into_iter().flatten() {
            self.propose(proposal, origin);
        }
        for (key, json) in &attribute.rest {
            self.lost("attribute", key, json, origin);
        }
    }
}

/// What is said of an attribute beside its value.
fn about(attribute: &Attribute) -> Vec<String> {
    let mut said = Vec::new();
    let comment = attribute.comment.as_deref().unwrap_or("").trim();
    if !comment.is_empty() {
        said.push(comment.to_owned());
    }
    said.extend(seen(
        attribute.first_seen.as_deref(),
        attribute.last_seen.as_deref(),
    ));
    let all = attribute.sightings.iter().flatten();
    let types: Vec<String> = all
        .map(|sighting| json::text(sighting.get("type")).unwrap_or_else(|| "0".to_owned()))
        .collect();
    for (r#type, one, many) in [
        ("0", "sighting", "sightings"),
        (
            "1",
            "report of a false positive",
            "reports of a false positive",
        ),
        ("2", "expiry", "expiries"),
    ] {
        match types.iter().filter(|it| *it == r#type).count() {
            0 => {}
            1 => said.push(format!("1 {one}")),
            count => said.push(format!("{count} {many}")),
        }
    }
    said
}

/// When something was seen, by days.
fn seen(first: Option<&str>, last: Option<&str>) -> Option<String> {
    let day = |moment: &str| moment.split('T').next().unwrap_or(moment).to_owned();
    let [first, last] = [first, last].map(|it| it.filter(|it| !it.is_empty()).map(day));
    match (first, last) {
        (Some(first), Some(last)) if first == last => Some(format!("seen {first}")),
        (Some(first), Some(last)) => Some(format!("seen {first} to {last}")),
        (Some(first), None) => Some(format!("first seen {first}")),
        (None, Some(last)) => Some(format!("last seen {last}")),
        (None, None) => None,
    }
}

fn bracketed(note: Option<&str>) -> String {
    note.map(|note| format!(" ({note})")).unwrap_or_default()
}
