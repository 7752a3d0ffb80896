//! Ids: those of this program, and how an object gets one that lasts.
//!
//! An id is a UUID of version 5, made in this program's namespace of the dossier's address, the permanent id of the entry and,
//! of what an entry says, the address of the statement: two builds give the same ids, two dossiers different ones. An entry that
//! was imported keeps the id that it came with.

use super::vocabulary::Type;
use crate::model::{Entry, PageId};
use uuid::Uuid;

/// The namespace of the ids of objects, never that of the cyber observables of STIX.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f4c_1c6e_2d37_4a52_b1e9_70a4_d95b_36c8);

/// The extension of this program.
pub const EXTENSION: &str = "extension-definition--f0ed77e7-341d-5cc0-b780-39cc7efde350";

/// This program, by which the extension was made.
pub const PROGRAM: &str = "identity--38e43c3e-1f48-5a85-bfe1-327a51b4404f";

/// When what this program itself defines was made, and every object of which no date of the record is known: the
/// beginning of time for most programs, which no reader takes for a date of the record.
pub const BEGINNING: &str = "1970-01-01T00:00:00.000Z";

/// The core extension of incidents.
pub(super) const INCIDENT: &str = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";

/// The extension of a marking of TLP 2.0.
pub(super) const TLP: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// An id of a type, made of parts that stand for the thing.
pub(super) fn made(kind: &str, parts: &[&str]) -> String {
    let name = parts.join("\n");
    format!("{kind}--{}", Uuid::new_v5(&NAMESPACE, name.as_bytes()))
}

/// The id that an entry came with, if it is one of an object that the entry can be, and the type of that. One that is marked
/// higher than the entry is not used: it would stand in all that leads here.
pub(super) fn foreign(entry: &Entry<PageId>) -> Option<(Type, &str)> {
    let (_, id) = entry.external_ids.iter().find(|(name, _)| name == "stix")?;
    if id.tlp.is_some_and(|tlp| tlp > entry.tlp) {
        return None;
    }
    let (name, uuid) = id.value.split_once("--")?;
    let parsed = Uuid::try_parse(uuid).ok()?;
    // In capitals, or without hyphens, it would be another id for a program that compares texts.
    let fits = parsed.hyphenated().to_string() == uuid && parsed.get_version_num() > 0;
    let kind = Type::of(entry.kind)?;
    let kind = match (kind, name) {
        (Type::IntrusionSet, "threat-actor") => Type::ThreatActor,
        (kind, name) if kind.name() == name => kind,
        _ => return None,
    };
    fits.then_some((kind, id.value.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_this_program_are_made_as_all_others() {
        assert_eq!(
            made("extension-definition", &["property extension"]),
            EXTENSION
        );
        assert_eq!(made("identity", &["program"]), PROGRAM);
    }
}
