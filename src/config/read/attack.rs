//! `[attack]`: which tactics there are, and in which order.

use super::value::quoted;
use super::{Reader, Value, in_order};
use crate::model::tactic::{self, Attack, Matrix, Tactic};
use toml::de::DeValue;

impl Reader<'_> {
    /// The table: a version of ATT&CK, and matrices of the dossier's own.
    pub(super) fn attack(&mut self, value: &Value<'_>) -> Option<Attack> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut version = tactic::VERSION.to_owned();
        let mut own = Vec::new();
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "version" => self.set(&mut version, value, Self::version),
                "matrices" => self.set(&mut own, value, Self::matrices),
                unknown => self.unknown_key(
                    ("attack", table),
                    unknown,
                    key.span(),
                    &["version", "matrices"],
                ),
            }
        }
        let matrices = own.into_iter().chain(tactic::matrices(&version)).collect();
        Some(Attack { version, matrices })
    }

    /// A version that is known, as text or as a number.
    fn version(&mut self, value: &Value<'_>) -> Option<String> {
        let written = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            _ => self.words(value)?,
        };
        // A lesser version has the tactics of the one that it is of.
        let whole = written.split_once('.').map_or(&*written, |it| it.0);
        let known: Vec<&str> = tactic::versions().collect();
        if known.contains(&whole) {
            return Some(whole.to_owned());
        }
        let help = format!(
            "known are {}; name the tactics of another under `matrices`",
            quoted(&known)
        );
        let message = format!("the tactics of ATT&CK {written} are not known");
        self.bad(value, message, Some(help.into()));
        None
    }

    fn matrices(&mut self, value: &Value<'_>) -> Option<Vec<Matrix>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(value, "a list of tables");
            return None;
        };
        Some(items.iter().filter_map(|it| self.matrix(it)).collect())
    }

    fn matrix(&mut self, value: &Value<'_>) -> Option<Matrix> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table with `name` and `tactics`");
            return None;
        };
        let (mut name, mut tactics) = (String::new(), Vec::new());
        let before = self.problems.len();
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "name" => self.set(&mut name, value, Self::words),
                "tactics" => self.set(&mut tactics, value, Self::list),
                unknown => self.unknown_key(
                    ("attack.matrices", table),
                    unknown,
                    key.span(),
                    &["name", "tactics"],
                ),
            }
        }
        if name.is_empty() || tactics.is_empty() {
            // What is wrong with one of them is told already.
            if self.problems.len() == before {
                let message = "a matrix has a `name` and `tactics`, in order".to_owned();
                let help = "write `{ name = \"Fraud\", tactics = [\"Cash-out\"] }`";
                self.bad(value, message, Some(help.into()));
            }
            return None;
        }
        Some(Matrix {
            domain: name.clone(),
            name,
            own: true,
            tactics: tactics.iter().map(|it| tactic(it)).collect(),
        })
    }
}

/// A tactic as `TA0043 Reconnaissance`, or by its name alone.
fn tactic(written: &str) -> Tactic {
    let parts = written.split_once(char::is_whitespace);
    let own = parts.and_then(|(first, name)| Some((tactic::id(first)?, name.trim())));
    let (id, name) = own.map_or((None, written), |(id, name)| (Some(id), name));
    Tactic {
        id,
        name: name.to_owned(),
    }
}
