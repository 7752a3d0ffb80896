//! What a note is about.
//!
//! Takes its path and properties; gives a kind: by a property `kind` or `type`, by the nearest folder that is named like one,
//! else what the writer of the command says.

use super::{Vault, properties};
use crate::model::Kind;
use crate::parse::front::tree::Node;

/// The properties that may say it, the first before the second.
pub(super) const PROPERTIES: [&str; 2] = ["kind", "type"];

/// Words for kinds beside their own names and folders.
const WORDS: &[(&str, Kind)] = &[
    ("threat-actor", Kind::Actor),
    ("threat-actors", Kind::Actor),
    ("group", Kind::Actor),
    ("groups", Kind::Actor),
    ("intrusion-set", Kind::Actor),
    ("operation", Kind::Campaign),
    ("operations", Kind::Campaign),
    ("event", Kind::Incident),
    ("attack-pattern", Kind::Technique),
    ("ttp", Kind::Technique),
    ("ttps", Kind::Technique),
    ("cve", Kind::Vulnerability),
    ("cves", Kind::Vulnerability),
    ("persons", Kind::Person),
    ("organization", Kind::Organisation),
    ("organizations", Kind::Organisation),
    ("company", Kind::Organisation),
    ("companies", Kind::Organisation),
    ("location", Kind::Place),
    ("locations", Kind::Place),
    ("reference", Kind::Source),
    ("references", Kind::Source),
];

/// The kind of a note.
pub(super) fn of(path: &str, front: Option<&Node<'_>>, vault: &Vault) -> Kind {
    let said = front.and_then(|front| {
        let mut said = PROPERTIES
            .iter()
            .filter_map(|name| properties::text_of(front, name, vault));
        said.find_map(|word| named(&word))
    });
    let folders = || path.rsplit('/').skip(1).find_map(named);
    said.or_else(folders).or(vault.kind).unwrap_or(Kind::Note)
}

/// The kind that a word names.
pub(super) fn named(word: &str) -> Option<Kind> {
    let word = word.trim().trim_matches(['[', ']', '#']).to_lowercase();
    let word = word.replace([' ', '_'], "-");
    let known = WORDS.iter().find(|(known, _)| *known == word);
    let kind = Kind::from_name(&word).or_else(|| Kind::from_folder(&word));
    let kind = kind.or(known.map(|(_, kind)| *kind));
    kind.filter(|kind| kind.is_of_entries())
}
