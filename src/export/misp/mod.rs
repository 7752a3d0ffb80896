//! The forms of MISP: a galaxy of actors, a feed of events.
//!
//! Takes a subject; gives JSON as MISP's own files have it. An entry has the UUID that it came with, else that of its
//! object of STIX, so that all exports name it alike.

mod attribute;

pub(super) mod feed;

mod galaxies;

pub(super) mod galaxy;

use super::stix::Scope;
use crate::model::{Confidence, Entry, PageId, Tlp};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The catalogue under which an import keeps the UUID of a cluster or an event.
const CATALOGUE: &str = "misp";

/// The UUIDs of entries, each of one alone.
struct Uuids<'s> {
    scope: Scope<'s>,
    /// Those that came with their entries; of two that came with one, the first keeps it.
    foreign: HashMap<PageId, Uuid>,
    taken: HashSet<Uuid>,
}

impl<'s> Uuids<'s> {
    fn of(subject: &super::Subject<'s>) -> Uuids<'s> {
        let mut taken = HashSet::new();
        let release = subject.release();
        let foreign = release.ids().filter_map(|id| {
            let uuid = foreign_uuid(release.page(id))?;
            taken.insert(uuid).then_some((id, uuid))
        });
        Uuids {
            foreign: foreign.collect(),
            scope: Scope::of(subject.site, subject.config),
            taken,
        }
    }

    /// That of an entry; none of a page about the dossier.
    fn entry(&self, id: PageId) -> Option<String> {
        if let Some(uuid) = self.foreign.get(&id) {
            return Some(uuid.to_string());
        }
        let of_stix = alone(&self.scope.id(id)?);
        // What came from STIX may have the UUID with which another came from MISP.
        let is_taken = Uuid::try_parse(&of_stix).is_ok_and(|uuid| self.taken.contains(&uuid));
        Some(match is_taken {
            true => alone(&self.scope.made("x-misp", self.scope.page(id), "uuid")),
            false => of_stix,
        })
    }

    /// Whether MISP knows the entry by its own UUID, wherever that stands.
    fn is_foreign(&self, id: PageId) -> bool {
        self.foreign.contains_key(&id)
    }
}

/// The UUID in an id of STIX.
fn alone(id: &str) -> String {
    id.split_once("--").map_or(id, |(_, uuid)| uuid).to_owned()
}

/// The UUID that an entry came with. One that is marked higher than the entry is not used: it would stand in all that leads
/// here.
fn foreign_uuid(entry: &Entry<PageId>) -> Option<Uuid> {
    let mut ids = entry.external_ids.iter();
    let (_, id) = ids.find(|(catalogue, _)| catalogue == CATALOGUE)?;
    if id.tlp.is_some_and(|tlp| tlp > entry.tlp) {
        return None;
    }
    Uuid::try_parse(&id.value).ok()
}

/// A tag. Colours are what MISP gives a tag that it does not know yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Tag {
    name: String,
    colour: &'static str,
}

impl Tag {
    fn of_tlp(tlp: Tlp) -> Tag {
        Tag {
            name: named(tlp),
            colour: match tlp {
                Tlp::Clear => "#ffffff",
                Tlp::Green => "#33ff00",
                Tlp::Amber | Tlp::AmberStrict => "#ffc000",
                Tlp::Red => "#ff2b2b",
            },
        }
    }

    fn of_galaxy(name: String) -> Tag {
        let colour = "#0088cc";
        Tag { name, colour }
    }

    fn of_dossier(name: &str) -> Tag {
        Tag {
            name: name.to_owned(),
            colour: "#ababab",
        }
    }
}

/// A marking as the name of a tag.
fn named(tlp: Tlp) -> String {
    format!("tlp:{}", tlp.name())
}

/// A likelihood as a tag of the taxonomy `estimative-language`.
fn likelihood(confidence: Confidence) -> String {
    let word = confidence.words().replace(' ', "-");
    format!("estimative-language:likelihood-probability=\"{word}\"")
}
