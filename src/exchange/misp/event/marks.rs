//! Who may see an event, and a part of it.
//!
//! Takes the fields of a part; gives a level, the strictest of all that mark it. A distribution below all communities is withheld
//! unless the writer of the command says what it means (`distribution:1`), and so is a scheme of marking that is not TLP. Feeds
//! have no distribution: what they hold is for all who read them. A cluster that is marked itself is held as high wherever it
//! is named.

use super::super::json::{self, Object};
use super::super::marks::{Fields, Mark, highest};
use super::shape;
use crate::exchange::{Losses, Markings, Why};
use crate::model::Tlp;
use crate::model::name::fold;
use serde_json::Value as Json;
use std::collections::HashMap;

/// Reads markings, and notes those that withhold.
pub(super) struct Marks<'m> {
    pub(super) markings: &'m Markings,
    pub(super) losses: Losses,
    /// Clusters that are marked themselves, by what they are called.
    held: HashMap<String, Tlp>,
}

impl<'m> Marks<'m> {
    /// With the clusters that are marked anywhere in a file.
    pub(super) fn of(events: &[Json], markings: &'m Markings) -> Marks<'m> {
        let mut marks = Marks {
            markings,
            losses: Losses::default(),
            held: HashMap::new(),
        };
        for event in events {
            marks.hold(event);
        }
        marks
    }

    /// The level of something by its fields; `None` where none of them marks it.
    pub(super) fn level(&mut self, part: &str, fields: &Object, origin: &str) -> Option<Tlp> {
        let marks = self.found(part, fields);
        for mark in marks.iter().filter(|mark| mark.level.is_none()) {
            self.losses
                .note(Why::Withheld, format!("{part}.{}", mark.key), origin);
        }
        highest(&marks)
    }

    /// The same, and nothing is noted.
    pub(super) fn silent(&self, part: &str, json: &Json) -> Option<Tlp> {
        let fields = json.as_object()?;
        highest(&self.found(part, fields))
    }

    fn found(&self, part: &str, fields: &Object) -> Vec<Mark> {
        let all = Fields {
            markings: self.markings,
            ours: shape::OURS,
            is_part: part != "event",
        };
        all.found(fields)
    }

    /// How high a cluster is marked itself.
    pub(super) fn held(&self, r#type: &str, value: &str) -> Option<Tlp> {
        self.held.get(&key(r#type, value)).copied()
    }

    /// Takes note of the clusters in a value that are marked.
    fn hold(&mut self, json: &Json) {
        match json {
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
            Json::Array(items) => items.iter().for_each(|item| self.hold(item)),
            Json::Object(fields) => {
                if let Some(clusters) = fields.get("GalaxyCluster").and_then(Json::as_array) {
                    let around = self.silent("Galaxy", json);
                    for cluster in clusters {
                        let level = around.max(self.silent("GalaxyCluster", cluster));
                        self.hold_names(fields, cluster, level);
                    }
                }
                fields.values().for_each(|json| self.hold(json));
            }
        }
    }

    fn hold_names(&mut self, galaxy: &Object, cluster: &Json, level: Option<Tlp>) {
        let Some(level) = level.filter(|level| *level > Tlp::Clear) else {
            return;
        };
        let said = |json: Option<&Json>| json::text(json);
        let value = said(cluster.get("value"));
        let types = [said(galaxy.get("type")), said(cluster.get("type"))];
        let types = types.into_iter().flatten();
        let mut keys: Vec<String> = types
            .zip(std::iter::repeat(value))
            .filter_map(|(r#type, value)| Some(key(&r#type, &value?)))
            .collect();
        let tag = said(cluster.get("tag_name"));
        keys.extend(tag.as_deref().and_then(named).map(|(t, v)| key(t, v)));
        for key in keys {
            let own = self.held.entry(key).or_insert(level);
            *own = (*own).max(level);
        }
    }
}

/// The type and the name of the cluster that a tag names.
pub(super) fn named(tag: &str) -> Option<(&str, &str)> {
    let (scheme, galaxy) = tag.trim().split_once(':')?;
    let (r#type, value) = galaxy.split_once('=')?;
    if !scheme.eq_ignore_ascii_case("misp-galaxy") {
        return None;
    }
    Some((r#type.trim(), value.trim().trim_matches('"')))
}

fn key(r#type: &str, value: &str) -> String {
    format!("{}={}", fold(r#type), fold(value))
}
