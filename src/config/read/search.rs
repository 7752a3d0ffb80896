//! `[search]`: what a search looks in.

use super::{Reader, Value, in_order};
use toml::de::DeValue;

impl Reader<'_> {
    /// The table; its only key is `full_text`.
    pub(super) fn search(&mut self, value: &Value<'_>) -> Option<bool> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut full_text = true;
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "full_text" => self.set(&mut full_text, value, Self::flag),
                unknown => self.unknown_key(("search", table), unknown, key.span(), &["full_text"]),
            }
        }
        Some(full_text)
    }
}
