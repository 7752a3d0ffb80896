//! Who may see an event, and a part of it.
//!
//! Takes tags and distributions; gives a level, the stricter of both. A distribution below all communities is withheld unless the
//! writer of the command says what it means (`distribution:1`), and so is a scheme of marking that is not TLP. Feeds have no
//! distribution: what they hold is for all who read them.

use super::super::json;
use super::shape::Tag;
use crate::exchange::{Losses, Markings, Why};
use crate::model::Tlp;
use serde_json::Value as Json;

/// Taxonomies whose tags say who may see something.
const SCHEMES: &[&str] = &[
    "tlp",
    "de-vs",
    "dni-ism",
    "fr-classif",
    "iep",
    "iep2-policy",
    "nato",
];

/// Reads markings, and notes those that withhold.
pub(super) struct Marks<'m> {
    pub(super) markings: &'m Markings,
    pub(super) losses: Losses,
}

/// Whether a tag marks.
pub(super) fn is_mark(tag: &str, markings: &Markings) -> bool {
    let tag = tag.trim();
    let scheme = tag
        .split([':', '='])
        .next()
        .unwrap_or("")
        .trim()
        .to_lowercase();
    SCHEMES.contains(&scheme.as_str()) || scheme.starts_with("tlp") || markings.given(tag).is_some()
}

impl Marks<'_> {
    /// The level of something by its tags and its distribution; `None` where neither says one.
    pub(super) fn level(
        &mut self,
        part: &str,
        tags: &[Tag],
        distribution: Option<&Json>,
        origin: &str,
    ) -> Option<Tlp> {
        let marks = tags.iter().filter(|tag| is_mark(&tag.name, self.markings));
        let marks: Vec<&Tag> = marks.collect();
        let tagged = marks
            .iter()
            .map(|tag| match self.markings.level(&tag.name) {
                Some(tlp) => tlp,
                None => {
                    self.losses
                        .note(Why::Withheld, format!("{part}.Tag"), origin);
                    Tlp::Red
                }
            });
        let tagged = tagged.max();
        tagged.max(self.distributed(part, distribution, origin))
    }

    fn distributed(
        &mut self,
        part: &str,
        distribution: Option<&Json>,
        origin: &str,
    ) -> Option<Tlp> {
        let json = distribution.filter(|json| !json.is_null())?;
        let number = json::text(Some(json)).unwrap_or_default();
        let name = format!("distribution:{number}");
        match number.as_str() {
            // All communities; what a part inherits, the whole has.
            "3" => self.markings.given(&name),
            "5" if part != "event" => None,
            _ => Some(self.markings.given(&name).unwrap_or_else(|| {
                self.losses
                    .note(Why::Withheld, format!("{part}.distribution"), origin);
                Tlp::Red
            })),
        }
    }
}
