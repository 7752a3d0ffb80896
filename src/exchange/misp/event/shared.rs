//! What several events name: clusters of galaxies, those who made the events, pages.
//!
//! Takes what an event names with the event's marking; gives one entry for each, marked as the least strict of the events that
//! name it: what is open in one is no secret because a closed one names it, too.

use super::super::galaxy::{kinds, names};
use super::super::json::{self, several};
use super::shape::{Cluster, Organisation};
use crate::exchange::web_page::WebPages;
use crate::exchange::{Incoming, Prose, Value};
use crate::model::name::fold;
use crate::model::{Kind, Tlp, Verb};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Entries that events share.
#[derive(Default)]
pub(super) struct Shared {
    entries: Vec<Incoming>,
    pages: WebPages,
    /// By origin, the lowest marking of those that name it; `None` is none.
    markings: HashMap<String, Option<Tlp>>,
    /// Pages that no entry names, with the lowest marking of what they are withheld with.
    former: HashMap<String, Option<Tlp>>,
}

impl Shared {
    /// The origin of the entry of a cluster, with what it is and what an incident says of it; `None` where clusters of that type
    /// are no kind of entry.
    pub(super) fn cluster(
        &mut self,
        r#type: &str,
        value: &str,
        more: Option<Cluster>,
        tlp: Option<Tlp>,
    ) -> Option<(String, Verb)> {
        let kind = kinds::of_type(r#type)?;
        let value = value.trim();
        let origin = format!("misp-galaxy:{}={}", r#type, fold(value));
        if self.names(&origin, tlp) {
            let entry = self.made(&origin, kind, value, more, tlp);
            self.entries.push(entry);
        }
        Some((origin, verb(kind)))
    }

    fn made(
        &mut self,
        origin: &str,
        kind: Kind,
        value: &str,
        more: Option<Cluster>,
        tlp: Option<Tlp>,
    ) -> Incoming {
        let (title, id) = match value.rsplit_once(" - ") {
            Some((title, id)) if kinds::is_attack_id(kind, id.trim()) => {
                (title.trim(), Some(id.trim()))
            }
            Some(_) | None => (value, None),
        };
        let mut entry = Incoming::new(origin, kind, title);
        let (uuid, description, meta) = match more {
            Some(Cluster {
                value: _,
                uuid,
                description,
                meta,
                rest: _,
            }) => (uuid, description, meta),
            None => (None, None, None),
        };
        let mut meta = meta.unwrap_or_default();
        if let Some(id) = id {
            meta.insert("external_id".to_owned(), id.into());
        }
        names::read(&mut meta, &mut entry);
        if let Some(uuid) = uuid {
            entry.add(
                "external_ids",
                Value::Map(vec![("misp".to_owned(), uuid.into())]),
            );
        }
        let refs = meta
            .shift_remove("refs")
            .map(|json| json::texts(&json))
            .unwrap_or_default();
        let (mut sources, mut unread) = (Vec::new(), Vec::new());
        for address in refs {
            match self.page(&address, tlp) {
                Some(origin) => sources.push(Value::Entry(origin)),
                None => unread.push(address),
            }
        }
        if !unread.is_empty() {
            meta.insert("refs".to_owned(), unread.into());
        }
        entry.add("sources", several(sources));
        entry.add("extra", json::extra(&meta));
        entry.body = Prose::words(description.unwrap_or_default());
        entry
    }

    /// The origin of who made an event.
    pub(super) fn organisation(&mut self, organisation: &Organisation, tlp: Option<Tlp>) -> String {
        let Organisation { name, uuid } = organisation;
        let origin = format!("misp-organisation:{}", uuid.as_ref().unwrap_or(name));
        if self.names(&origin, tlp) {
            let mut entry = Incoming::new(origin.clone(), Kind::Organisation, name.trim());
            if let Some(uuid) = uuid {
                let ids = vec![("misp".to_owned(), uuid.as_str().into())];
                entry.add("external_ids", Value::Map(ids));
            }
            self.entries.push(entry);
        }
        origin
    }

    /// The origin of the source at an address.
    pub(super) fn page(&mut self, address: &str, tlp: Option<Tlp>) -> Option<String> {
        let origin = self.pages.source(address)?;
        self.names(&origin, tlp);
        Some(origin)
    }

    /// Takes note of a page that no entry may name, as it is withheld: where an earlier import made a source of it, that
    /// is to be marked.
    pub(super) fn former_page(&mut self, address: &str, tlp: Option<Tlp>) {
        if let Some(origin) = self.pages.source(address) {
            let own = self.former.entry(origin).or_insert(tlp);
            *own = (*own).min(tlp);
        }
    }

    /// Notes that something is named under a marking; whether it is for the first time.
    fn names(&mut self, origin: &str, tlp: Option<Tlp>) -> bool {
        match self.markings.entry(origin.to_owned()) {
            Entry::Vacant(place) => {
                place.insert(tlp);
                true
            }
            Entry::Occupied(mut own) => {
                let lower = (*own.get()).min(tlp);
                own.insert(lower);
                false
            }
        }
    }

    /// The entries, each with its marking.
    pub(super) fn into_entries(self) -> Vec<Incoming> {
        let mut entries = self.entries;
        entries.extend(self.pages.into_entries());
        for entry in &mut entries {
            let named = self.markings.get(&entry.origin).copied();
            let former = self.former.get(&entry.origin).copied().flatten();
            // No entry names it, and yet it must not go with those that none does.
            entry.former = named.is_none();
            entry.reference = entry.reference && named.is_some();
            entry.tlp = named.unwrap_or(former);
        }
        entries
    }
}

/// What an incident says of an entry of a kind.
fn verb(kind: Kind) -> Verb {
    match kind {
        Kind::Actor => Verb::AttributedTo,
        Kind::Campaign => Verb::PartOf,
        Kind::Malware | Kind::Tool | Kind::Technique | Kind::Infrastructure => Verb::Uses,
        Kind::Vulnerability => Verb::Exploits,
        // Whether it is struck, is at home there or only comes up, a tag does not tell.
        Kind::Incident | Kind::Person | Kind::Organisation | Kind::Place | Kind::Note => {
            Verb::RelatedTo
        }
        Kind::Source | Kind::Page => Verb::RelatedTo,
    }
}
