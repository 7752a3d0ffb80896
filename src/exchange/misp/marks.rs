//! Who may see a thing, by the fields that a file has for it.
//!
//! Takes the fields of an event, an attribute, an object, a galaxy, a cluster or a relation; gives every marking that stands
//! in one of them, each with its level, or with none where it is not understood. MISP says it by distribution, sharing group
//! and tags, and people by names of their own (`tlp`, `handling`, `draft`): what looks like a marking is one.
//! Reports nothing itself.

use super::json::{self, Object};
use crate::exchange::Markings;
use crate::model::{Date, Tlp};
use crate::parse::front::withholding;
use crate::parse::statics;
use serde_json::Value as Json;

/// How deep fields may nest; what is deeper counts as not understood.
const DEEPEST: usize = 16;

/// Taxonomies whose tags say who may see something.
const SCHEMES: &[&str] = &[
    "tlp",
    "ais-marking",
    "cssa",
    "de-vs",
    "dni-ism",
    "euci",
    "fr-classif",
    "iep",
    "iep2-policy",
    "iep2-reference",
    "nato",
];

/// Fields that hold tags, without case and signs.
const TAGS: &[&str] = &[
    "tag",
    "tags",
    "eventtag",
    "attributetag",
    "objecttag",
    "galaxyclustertag",
    "clustertag",
];

/// Fields that hold what something is called: a group may be called Amber.
const NAMES: &[&str] = &[
    "aliases",
    "description",
    "externalid",
    "name",
    "nameattribution",
    "synomyms",
    "synonyms",
    "value",
];

/// Names of switches that withhold when they are off.
const OPEN_WHEN_ON: &[&str] = &[
    "publish",
    "published",
    "ispublished",
    "public",
    "ispublic",
    "listed",
    "visible",
    "visibility",
    "render",
];

/// Names of days on which something came out: a day there is a fact, not a time to wait for.
const CAME_OUT: &[&str] = &[
    "publication",
    "publicationdate",
    "pubdate",
    "publishdate",
    "release",
    "releasedate",
];

/// A marking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The field that it stands in.
    pub(super) key: String,
    /// How high it is; `None` where that is not understood, so that the thing is to be withheld.
    pub(super) level: Option<Tlp>,
}

/// What is known of the fields of a sort of thing.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) markings: &'a Markings,
    /// Those that say nothing of who may see it.
    pub(super) ours: &'a [&'a str],
    /// Whether it is part of something else, whose distribution it may inherit.
    pub(super) is_part: bool,
}

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Distribution,
    SharingGroup,
    Tags,
    Marking,
    /// Yes or no, or a day.
    Switch,
    Nothing,
}

fn meaning(key: &str) -> Meaning {
    let compact = withholding::compact(key);
    match compact.as_str() {
        "distribution" => return Meaning::Distribution,
        "sharinggroup" | "sharinggroups" | "sharinggroupid" | "sharinggroupuuid" => {
            return Meaning::SharingGroup;
        }
        name if TAGS.contains(&name) => return Meaning::Tags,
        name if name.contains("tlp") => return Meaning::Marking,
        _ => {}
    }
    match withholding::named(key).or_else(|| withholding::elsewhere(key)) {
        Some("tlp") => Meaning::Marking,
        Some(_) => Meaning::Switch,
        None => Meaning::Nothing,
    }
}

/// Whether a field is there to say who may see something.
pub(super) fn is_field(key: &str) -> bool {
    match meaning(key) {
        Meaning::Distribution | Meaning::SharingGroup | Meaning::Marking => true,
        Meaning::Switch => withholding::named(key).is_some(),
        Meaning::Tags | Meaning::Nothing => false,
    }
}

/// Whether a field holds tags.
pub(super) fn holds_tags(key: &str) -> bool {
    meaning(key) == Meaning::Tags
}

/// The names of the tags of a thing.
pub(super) fn tags(object: &Object) -> Vec<String> {
    let fields = object.iter().filter(|(key, _)| holds_tags(key));
    fields
        .flat_map(|(_, json)| tag_names(json))
        .flatten()
        .collect()
}

/// The highest of some markings.
pub(super) fn highest(marks: &[Mark]) -> Option<Tlp> {
    marks
        .iter()
        .map(|mark| mark.level.unwrap_or(Tlp::Red))
        .max()
}

impl Fields<'_> {
    /// Every marking in the fields of a thing.
    pub(super) fn found(self, object: &Object) -> Vec<Mark> {
        let mut marks = Vec::new();
        self.all(object, 0, &mut marks);
        marks
    }

    fn all(self, object: &Object, depth: usize, marks: &mut Vec<Mark>) {
        // A field in the form of a table: `{ "key": "tlp", "value": "red" }`.
        let mut is_row = false;
        if let (Some(Json::String(key)), Some(json)) = (object.get("key"), object.get("value")) {
            self.field(key, json, object, depth, marks);
            is_row = true;
        }
        for (key, json) in object {
            let is_of_row = is_row && ["key", "value"].contains(&key.as_str());
            if !is_of_row && !self.ours.contains(&key.as_str()) {
                self.field(key, json, object, depth, marks);
            }
        }
    }

    fn field(self, key: &str, json: &Json, around: &Object, depth: usize, marks: &mut Vec<Mark>) {
        let mut mark = |level| {
            marks.push(Mark {
                key: key.to_owned(),
                level,
            });
        };
        match meaning(key) {
            Meaning::Distribution => self.distribution(json).into_iter().for_each(mark),
            Meaning::SharingGroup => {
                // That a thing is for a group, its distribution may say already.
                let is_said = || json::text(around.get("distribution")).as_deref() == Some("4");
                if names_group(json) && !is_said() {
                    mark(self.markings.given("distribution:4"));
                }
            }
            Meaning::Tags => {
                for name in tag_names(json) {
                    match name {
                        Some(name) if !is_mark(&name, self.markings) => {}
                        Some(name) => mark(self.markings.level(&name)),
                        None => mark(None),
                    }
                }
            }
            Meaning::Marking => each(json).for_each(|one| {
                let name = json::text(Some(one)).unwrap_or_default();
                mark(self.markings.level(&name));
            }),
            Meaning::Switch => {
                if withholds(key, json) {
                    mark(None);
                }
            }
            Meaning::Nothing => self.value(key, json, depth, marks),
        }
    }

    /// A value under a name that says nothing of who may see it: a label may stand in it, or other fields.
    fn value(self, key: &str, json: &Json, depth: usize, marks: &mut Vec<Mark>) {
        let mut mark = |level| {
            marks.push(Mark {
                key: key.to_owned(),
                level,
            });
        };
        match json {
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
            Json::Array(_) | Json::Object(_) if depth >= DEEPEST => mark(None),
            Json::String(text) => match label(text, self.markings) {
                Some(level) if !NAMES.contains(&withholding::compact(key).as_str()) => mark(level),
                Some(_) | None => {}
            },
            Json::Array(items) => {
                for item in items {
                    self.value(key, item, depth + 1, marks);
                }
            }
            Json::Object(fields) => {
                // What people add there, no server keeps its books in.
                let ours = match withholding::compact(key).as_str() {
                    "meta" | "galaxyelement" => &[],
                    _ => self.ours,
                };
                Fields { ours, ..self }.all(fields, depth + 1, marks);
            }
        }
    }

    /// The level of a distribution; nothing where it is for all, or is that of the whole.
    fn distribution(self, json: &Json) -> Option<Option<Tlp>> {
        if json.is_null() {
            return None;
        }
        let number = json::text(Some(json)).unwrap_or_default();
        let given = self.markings.given(&format!("distribution:{number}"));
        match number.as_str() {
            "3" => given.map(Some),
            "5" if self.is_part => None,
            _ => Some(given),
        }
    }
}

/// Whether a tag marks.
pub(super) fn is_mark(tag: &str, markings: &Markings) -> bool {
    let tag = tag.trim();
    let before = tag.split('=').next().unwrap_or("");
    let scheme = before.split(':').next().unwrap_or("").trim();
    let scheme = scheme.to_lowercase();
    let is_scheme = SCHEMES.contains(&scheme.as_str())
        || scheme.starts_with("tlp")
        || withholding::named(before) == Some("tlp");
    let is_word = withholding::by_word(tag).is_some_and(|key| key != "publish");
    match withholding::elsewhere(&scheme) {
        _ if is_scheme || is_word || markings.given(tag).is_some() => true,
        // What may be done with a thing is no marking where it may be shown to all.
        Some("tlp") => !is_open_action(tag),
        Some(_) | None => false,
    }
}

/// `PAP:GREEN` and below.
fn is_open_action(tag: &str) -> bool {
    let Some((scheme, level)) = tag.split_once([':', '=']) else {
        return false;
    };
    let level = withholding::compact(level);
    withholding::compact(scheme) == "pap" && ["green", "clear", "white"].contains(&level.as_str())
}

/// The label that a text is or holds: its level, none where it is not understood.
fn label(text: &str, markings: &Markings) -> Option<Option<Tlp>> {
    let within = statics::highest(text.as_bytes());
    match withholding::by_word(text) {
        Some("tlp") => Some(markings.level(text).max(within)),
        Some(_) | None => within.map(Some),
    }
}

/// The names of tags, however they are written; none where a tag has no name.
fn tag_names(json: &Json) -> Vec<Option<String>> {
    let name = |json: &Json| match json {
        Json::Object(tag) => {
            let inner = tag.get("Tag").and_then(|tag| json::text(tag.get("name")));
            json::text(tag.get("name")).or(inner)
        }
        Json::String(_) | Json::Number(_) => json::text(Some(json)),
        Json::Null | Json::Bool(_) | Json::Array(_) => None,
    };
    match json {
        Json::Null => Vec::new(),
        Json::Array(items) => items.iter().map(name).collect(),
        Json::String(text) if text.trim().is_empty() => Vec::new(),
        Json::Object(fields) if fields.is_empty() => Vec::new(),
        Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) => vec![name(json)],
    }
}

/// Every value of a list, or the one; an empty list is a value that says nothing.
fn each(json: &Json) -> impl Iterator<Item = &Json> {
    match json {
        Json::Array(items) if !items.is_empty() => items.as_slice(),
        _ => std::slice::from_ref(json),
    }
    .iter()
}

/// Whether a field names a sharing group.
fn names_group(json: &Json) -> bool {
    match json {
        Json::Null | Json::Bool(false) => false,
        Json::String(text) => !["", "0"].contains(&text.trim()),
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::Array(items) => items.iter().any(names_group),
        Json::Object(fields) => !fields.is_empty(),
        Json::Bool(true) => true,
    }
}

/// Whether a switch keeps something back. What is neither yes nor no does.
fn withholds(key: &str, json: &Json) -> bool {
    let name = withholding::compact(key);
    let said = match json {
        Json::Null => return false,
        Json::Bool(yes) => Some(*yes),
        Json::String(text) if text.trim().is_empty() => return false,
        Json::Array(items) => return items.iter().any(|item| withholds(key, item)),
        Json::Object(fields) => return !fields.is_empty(),
        Json::String(_) | Json::Number(_) => {
            let text = json::text(Some(json)).unwrap_or_default();
            if CAME_OUT.contains(&name.as_str()) && Date::from_text(&text).is_ok() {
                return false;
            }
            yes_or_no(&text)
        }
    };
    match said {
        Some(yes) => yes != OPEN_WHEN_ON.contains(&name.as_str()),
        None => true,
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match withholding::compact(text).as_str() {
        "true" | "yes" | "y" | "on" | "1" | "public" => Some(true),
        "false" | "no" | "n" | "off" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The levels of the markings in some fields; red where one is not understood.
    fn levels(fields: &Json) -> Option<Tlp> {
        let markings = Markings::default();
        let all = Fields {
            markings: &markings,
            ours: &["published"],
            is_part: true,
        };
        highest(&all.found(fields.as_object().expect("fields")))
    }

    #[test]
    fn whatever_looks_like_a_marking_is_one() {
        for fields in [
            json!({ "tlp": "red" }),
            json!({ "TLP level": ["green", { "really": "red" }] }),
            json!({ "tlp": [] }),
            json!({ "Tag": [{ "name": "tlp:red" }] }),
            json!({ "EventTag": [{ "tag_id": "3", "Tag": { "name": "tlp:red" } }] }),
            json!({ "AttributeTag": [{ "tag_id": "3" }] }),
            json!({ "tags": "PAP:RED" }),
            json!({ "tags": ["pap:amber"] }),
            json!({ "tags": ["ais-marking:TLPMarking=\"AMBER\""] }),
            json!({ "tags": ["confidential"] }),
            json!({ "distribution": "0" }),
            json!({ "distribution": 4 }),
            json!({ "distribution": [] }),
            json!({ "sharing_group_id": "2" }),
            json!({ "distribution": 3, "SharingGroup": { "name": "Some of us" } }),
            json!({ "object_marking_refs": ["marking-definition--1"] }),
            json!({ "GalaxyElement": [{ "key": "tlp", "value": "red" }] }),
            json!({ "meta": { "inner": { "handling": "red" } } }),
            json!({ "meta": { "published": false } }),
            json!({ "sensitivity": "high" }),
            json!({ "draft": true }),
            json!({ "draft": "perhaps" }),
            json!({ "publish": false }),
            json!({ "publish": "2031-01-01" }),
            json!({ "embargo": "2031-01-01" }),
            json!({ "level": "red" }),
            json!({ "remark": "this is TLP:RED, mind" }),
        ] {
            assert_eq!(levels(&fields), Some(Tlp::Red), "{fields}");
        }
        assert_eq!(levels(&json!({ "tags": "tlp:amber" })), Some(Tlp::Amber));
    }

    #[test]
    fn what_marks_nothing_is_none() {
        for fields in [
            json!({ "distribution": "3", "sharing_group_id": "0", "SharingGroup": null }),
            json!({ "distribution": 5, "sharing_group_id": null }),
            json!({ "Tag": [{ "name": "osint:source-type=\"blog-post\"" }, { "name": "PAP:GREEN" }] }),
            json!({ "tags": ["estimative-language:likelihood-probability=\"likely\""] }),
            json!({ "tags": ["misp-galaxy:threat-actor=\"Lazarus Group\""] }),
            json!({ "published": false, "draft": false, "publish": true, "public": "yes" }),
            json!({ "release date": "2016-02-04", "synonyms": ["Amber"] }),
        ] {
            assert_eq!(levels(&fields), None, "{fields}");
        }
    }
}
