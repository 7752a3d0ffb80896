//! What the markings of other forms mean here.
//!
//! Takes a name of a marking; gives a level. TLP in either version is understood, whatever the writer of a
//! command maps goes before, and everything else is TLP:RED.

use crate::model::Tlp;
use std::collections::BTreeMap;

/// Levels that the writer of a command gives to markings (`--marking-map`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markings(BTreeMap<String, Tlp>);

impl Markings {
    /// Of pairs of a name and a level; a name is compared without case.
    pub fn new(pairs: impl IntoIterator<Item = (String, Tlp)>) -> Markings {
        let pairs = pairs.into_iter();
        Markings(pairs.map(|(name, tlp)| (folded(&name), tlp)).collect())
    }

    /// The level that a name was given, or else has in TLP: `TLP:AMBER`, `tlp:amber`, `amber`, `WHITE`, `tlp_amber+strict`;
    /// `None` where it has none, so that whatever bears it is to be withheld.
    #[must_use]
    pub fn level(&self, name: &str) -> Option<Tlp> {
        self.given(name).or_else(|| {
            let name = folded(name);
            let bare = name.strip_prefix("tlp").unwrap_or(&name);
            let bare = bare
                .trim_start_matches([':', '_', '-', ' ', '='])
                .trim_matches('"');
            match bare {
                // TLP 1.
                "white" => Some(Tlp::Clear),
                _ => Tlp::from_name(bare),
            }
        })
    }

    /// The level that a name was given by the writer of the command.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<Tlp> {
        self.0.get(&folded(name)).copied()
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tlp_is_understood_in_both_versions_and_nothing_else_is() {
        let none = Markings::default();
        for (name, level) in [
            ("TLP:WHITE", Some(Tlp::Clear)),
            ("tlp:clear", Some(Tlp::Clear)),
            ("Amber", Some(Tlp::Amber)),
            ("TLP:AMBER+STRICT", Some(Tlp::AmberStrict)),
            ("tlp_2_0", None),
            ("red", Some(Tlp::Red)),
            ("TLP:PURPLE", None),
            ("company confidential", None),
            ("", None),
        ] {
            assert_eq!(none.level(name), level, "{name}");
        }
    }

    #[test]
    fn what_is_mapped_goes_before() {
        let map = Markings::new([("Company Confidential".to_owned(), Tlp::Amber)]);
        assert_eq!(map.level("company confidential"), Some(Tlp::Amber));
        assert_eq!(map.level("TLP:RED"), Some(Tlp::Red));
    }
}
