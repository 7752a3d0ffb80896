//! `[text]`: how texts are set.

use super::{Reader, Value, in_order};
use toml::de::DeValue;

impl Reader<'_> {
    /// The table; its only key is `smart_punctuation`.
    pub(super) fn prose(&mut self, value: &Value<'_>) -> Option<bool> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut smart = false;
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "smart_punctuation" => self.set(&mut smart, value, Self::flag),
                unknown => {
                    self.unknown_key(("text", table), unknown, key.span(), &["smart_punctuation"])
                }
            }
        }
        Some(smart)
    }
}
