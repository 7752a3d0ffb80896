//! `[output]`: how a build puts the site in place.

use super::{Reader, Value, in_order};
use toml::de::DeValue;

impl Reader<'_> {
    /// The table; its only key is `swap`.
    pub(super) fn output(&mut self, value: &Value<'_>) -> Option<bool> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut swap = false;
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "swap" => self.set(&mut swap, value, Self::switch),
                unknown => self.unknown_key(("output", table), unknown, key.span(), &["swap"]),
            }
        }
        Some(swap)
    }
}
