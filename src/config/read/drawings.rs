//! `[drawings]`: which drawings pages have.

use super::{Reader, Value, in_order};
use crate::config::Drawings;
use toml::de::DeValue;

const KEYS: &[&str] = &[
    "relations",
    "timeline",
    "techniques",
    "money",
    "graph",
    "map",
    "compare",
];

impl Reader<'_> {
    /// The table, with a key for each drawing.
    pub(super) fn drawings(&mut self, value: &Value<'_>) -> Option<Drawings> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut drawings = Drawings::default();
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "relations" => self.set(&mut drawings.relations, value, Self::flag),
                "compare" => self.set(&mut drawings.compare, value, Self::flag),
                "graph" => self.set(&mut drawings.graph, value, Self::flag),
                "map" => self.set(&mut drawings.map, value, Self::flag),
                "money" => self.set(&mut drawings.money, value, Self::flag),
                "techniques" => self.set(&mut drawings.techniques, value, Self::flag),
                "timeline" => self.set(&mut drawings.timeline, value, Self::flag),
                unknown => {
                    self.unknown_key(("drawings", table), unknown, key.span(), KEYS);
                }
            }
        }
        Some(drawings)
    }
}
