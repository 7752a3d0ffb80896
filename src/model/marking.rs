//! TLP 2.0 markings (FIRST, Traffic Light Protocol version 2.0).

use serde::{Deserialize, Serialize};
use std::fmt;

/// A TLP 2.0 label, lowest first: `CLEAR < GREEN < AMBER < AMBER+STRICT < RED`.
///
/// An audience is named by the highest label that it may see.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[allow(missing_docs, reason = "the labels of the standard")]
pub enum Tlp {
    #[default]
    Clear,
    Green,
    Amber,
    AmberStrict,
    Red,
}

impl Tlp {
    /// Every label, lowest first.
    pub const ALL: [Tlp; 5] = [
        Tlp::Clear,
        Tlp::Green,
        Tlp::Amber,
        Tlp::AmberStrict,
        Tlp::Red,
    ];

    /// The value in front matter and on the command line: `amber+strict`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Tlp::Clear => "clear",
            Tlp::Green => "green",
            Tlp::Amber => "amber",
            Tlp::AmberStrict => "amber+strict",
            Tlp::Red => "red",
        }
    }

    /// The label as it is printed, in capitals without spaces, never translated: `TLP:AMBER+STRICT`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Tlp::Clear => "TLP:CLEAR",
            Tlp::Green => "TLP:GREEN",
            Tlp::Amber => "TLP:AMBER",
            Tlp::AmberStrict => "TLP:AMBER+STRICT",
            Tlp::Red => "TLP:RED",
        }
    }

    /// The marking of that name, without regard to case, with or without `TLP:` before it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Tlp> {
        let name = name.trim().to_ascii_lowercase();
        let name = name.strip_prefix("tlp:").unwrap_or(&name);
        Tlp::ALL.into_iter().find(|tlp| tlp.name() == name)
    }
}

impl fmt::Display for Tlp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_order_and_read_back() {
        assert!(Tlp::ALL.is_sorted());
        for tlp in Tlp::ALL {
            assert_eq!(Tlp::from_name(tlp.name()), Some(tlp));
            assert_eq!(Tlp::from_name(tlp.label()), Some(tlp));
        }
        assert_eq!(Tlp::from_name("white"), None);
    }
}
