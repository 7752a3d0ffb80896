//! What resolving leaves for a later process.
//!
//! Takes a [`Resolved`] dossier; gives its problems and the tables that it was resolved by, and from these
//! and the files the same dossier again, of which each entry is resolved when it is asked for.

use super::{Dossier, Names, Resolved, Scope, entry, links};
use crate::diag::{Diagnostic, Outcome};
use crate::load::FileInfo;
use crate::model::{Entry, EntryId, Prose, RawRef};
use crate::parse::{Parsed, RawEntry};
use crate::shelf::Shelf;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The tables of a resolved dossier.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    places: Vec<Option<EntryId>>,
    intros: Vec<usize>,
    names: Arc<Names>,
    by_path: Arc<Vec<EntryId>>,
    indicators: Arc<HashSet<u64>>,
    broken: Arc<HashSet<Arc<str>>>,
    lost: Arc<HashSet<String>>,
    doubles: Vec<Diagnostic>,
    in_entries: BTreeMap<EntryId, Vec<Diagnostic>>,
}

impl Resolved {
    /// What it leaves.
    #[must_use]
    pub fn kept(&self) -> Kept {
        Kept {
            places: self.places.clone(),
            intros: self.intros.clone(),
            names: Arc::clone(&self.scope.names),
            by_path: Arc::clone(&self.scope.by_path),
            indicators: Arc::clone(&self.scope.indicators),
            broken: Arc::clone(&self.dossier.broken),
            lost: Arc::clone(&self.scope.lost),
            doubles: self.doubles.clone(),
            in_entries: self.in_entries.clone(),
        }
    }

    /// Restores a resolved dossier from what it left; `files` must be those that it was resolved from.
    #[must_use]
    pub fn on_demand(
        kept: Kept,
        files: &Shelf<Outcome<Parsed>>,
        others: &BTreeMap<String, FileInfo>,
    ) -> Resolved {
        let Kept {
            places,
            intros,
            names,
            by_path,
            indicators,
            broken,
            lost,
            doubles,
            in_entries,
        } = kept;
        let mut from = vec![0; by_path.len()];
        for (at, id) in places.iter().enumerate() {
            if let Some(place) = id.and_then(|id| from.get_mut(id.0 as usize)) {
                *place = at;
            }
        }
        let entries = from.len();
        let parsed = files.clone();
        let raw = Shelf::on_demand(entries, move |at| match &parsed[from[at]].value {
            Parsed::Entry(raw) => Arc::clone(raw),
            other => unreachable!("an entry that is {other:?}"),
        });
        let scope = Scope {
            raw,
            names,
            by_path,
            others: Arc::new(others.clone()),
            composed: Arc::new(super::composed(others)),
            by_name: Arc::default(),
            indicators: Arc::clone(&indicators),
            lost,
        };
        let then = scope.clone();
        let resolve = move |at: usize| {
            let id = EntryId(u32::try_from(at).unwrap_or(u32::MAX));
            Arc::new(entry::resolve(then.entry(id), &then, &mut Vec::new()))
        };
        let mut resolved = Resolved {
            dossier: Dossier {
                entries: Shelf::on_demand(entries, resolve),
                indicators,
                broken,
                ..Dossier::default()
            },
            files: files.clone(),
            places,
            intros,
            scope,
            doubles,
            in_entries,
            in_intros: Vec::new(),
        };
        resolved.intros();
        resolved
    }
}

/// Whether two readings of an entry differ in nothing but its text, and that in nothing that tables over
/// the whole dossier are made of: no heading, no indicator.
#[must_use]
pub fn differ_in_text_alone(was: &RawEntry, is: &RawEntry) -> bool {
    let indicators =
        |raw: &RawEntry| -> HashSet<u64> { links::indicators(&raw.entry.prose.body).collect() };
    let front = |raw: &RawEntry| -> Entry<RawRef> {
        Entry {
            prose: Prose::none(),
            ..raw.entry.clone()
        }
    };
    was.broken == is.broken
        && super::again::same_headings(&was.entry, &is.entry)
        && indicators(was) == indicators(is)
        && front(was) == front(is)
}
