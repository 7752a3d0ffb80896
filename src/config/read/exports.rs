//! `[exports]`: which exports are published with the site.

use super::{Reader, Value, in_order};
use crate::config::Exports;
use crate::diag::closest;
use crate::model::Format;
use std::collections::BTreeSet;
use toml::de::DeValue;

const KEYS: &[&str] = &["whole", "entries", "taxii", "feeds", "indicators_expire"];

impl Reader<'_> {
    /// The table: forms of the whole, forms of each entry, whether a TAXII client finds its way and entries have feeds, and how long indicators last.
    pub(super) fn exports(&mut self, value: &Value<'_>) -> Option<Exports> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut exports = Exports::default();
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "whole" => self.set(&mut exports.whole, value, Self::forms),
                "entries" => self.set(&mut exports.entries, value, Self::forms),
                "taxii" => self.set(&mut exports.taxii, value, Self::flag),
                "feeds" => self.set(&mut exports.feeds, value, Self::flag),
                "indicators_expire" => {
                    self.set(&mut exports.indicators_expire, value, |it, value| {
                        it.days(value).map(Some)
                    })
                }
                unknown => self.unknown_key(("exports", table), unknown, key.span(), KEYS),
            }
        }
        Some(exports)
    }

    /// A list of forms; one alone may stand without brackets.
    fn forms(&mut self, value: &Value<'_>) -> Option<BTreeSet<Format>> {
        let items: &[Value<'_>] = match value.get_ref() {
            DeValue::Array(items) => items,
            _ => std::slice::from_ref(value),
        };
        Some(items.iter().filter_map(|item| self.form(item)).collect())
    }

    /// A number of days.
    fn days(&mut self, value: &Value<'_>) -> Option<u16> {
        let days = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        let days = days.filter(|&days| days > 0);
        if days.is_none() {
            let help = "write for example `indicators_expire = 180`";
            let message = "expected a number of days, from 1 to 65535".to_owned();
            self.bad(value, message, Some(help.into()));
        }
        days
    }

    fn form(&mut self, value: &Value<'_>) -> Option<Format> {
        let name = self.words(value)?;
        let format = Format::from_name(&name);
        if format.is_none() {
            let known: Vec<&str> = Format::ALL.into_iter().map(Format::name).collect();
            let near = closest(&name, known.iter().copied());
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("forms are {}", super::value::quoted(&known)),
            };
            let message = format!("there is no export in a form `{name}`");
            self.bad(value, message, Some(help.into()));
        }
        format
    }
}
