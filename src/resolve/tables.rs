//! What resolving leaves for a later process.
//!
//! Takes a [`Resolved`] dossier; gives its problems and the tables that it was resolved by, and from these
//! and the files the same dossier again, of which each entry is resolved when it is asked for.

use super::{Dossier, Names, Resolved, Scope, entry};
use crate::diag::{Diagnostic, Outcome};
use crate::load::FileInfo;
use crate::model::body::Target;
use crate::model::{Entry, EntryId};
use crate::parse::{Parsed, RawEntry};
use crate::shared_list::SharedList;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The tables of a resolved dossier.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tables {
    places: Vec<Option<EntryId>>,
    intros: Vec<usize>,
    names: Arc<Names>,
    by_path: Arc<Vec<EntryId>>,
    indicators: Arc<HashSet<u64>>,
    broken: Arc<HashSet<Arc<str>>>,
    unreadable: Arc<HashSet<String>>,
    doubles: Vec<Diagnostic>,
    in_entries: BTreeMap<EntryId, Vec<Diagnostic>>,
    leads: Leads,
}

impl Resolved {
    /// What it leaves.
    #[must_use]
    pub fn tables(&self) -> Tables {
        Tables {
            places: self.places.clone(),
            intros: self.intros.clone(),
            names: Arc::clone(&self.scope.names),
            by_path: Arc::clone(&self.scope.by_path),
            indicators: Arc::clone(&self.scope.indicators),
            broken: Arc::clone(&self.dossier.broken),
            unreadable: Arc::clone(&self.scope.unreadable),
            doubles: self.doubles.clone(),
            in_entries: self.in_entries.clone(),
            leads: Leads::of(&self.dossier.entries),
        }
    }

    /// Restores a resolved dossier from what it left; `files` must be those that it was resolved from.
    #[must_use]
    pub fn on_demand(
        tables: Tables,
        files: &SharedList<Outcome<Parsed>>,
        others: &BTreeMap<String, FileInfo>,
    ) -> Resolved {
        let Tables {
            places,
            intros,
            names,
            by_path,
            indicators,
            broken,
            unreadable,
            doubles,
            in_entries,
            leads,
        } = tables;
        let mut from = vec![0; by_path.len()];
        for (at, id) in places.iter().enumerate() {
            if let Some(place) = id.and_then(|id| from.get_mut(id.0 as usize)) {
                *place = at;
            }
        }
        let entries = from.len();
        let parsed = files.clone();
        let raw = SharedList::on_demand(entries, move |at| match &parsed[from[at]].value {
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
            unreadable,
        };
        let then = scope.clone();
        let resolve = move |at: usize| {
            let id = EntryId(u32::try_from(at).unwrap_or(u32::MAX));
            Arc::new(entry::resolve(then.entry(id), &then, &mut Vec::new()))
        };
        let mut resolved = Resolved {
            dossier: Dossier {
                entries: SharedList::on_demand(entries, resolve),
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
            leads: Some(leads),
        };
        resolved.intros();
        resolved
    }
}

/// Whether a dossier can be resolved after an edit of an entry from what is kept of it: where it is still the
/// one that tables over all entries are made of.
#[must_use]
pub fn stays(was: &RawEntry, is: &RawEntry) -> bool {
    was.broken == is.broken && super::again::in_place(was, is)
}

/// Which entries lead to which: for each in order those of which a link leads to it, whoever may see that.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Leads {
    /// Where the list of each ends.
    ends: Vec<u32>,
    from: Vec<EntryId>,
}

impl Leads {
    fn of(entries: &SharedList<Entry<EntryId>>) -> Leads {
        let ids = entries.par_iter().enumerate();
        let edges = ids.flat_map_iter(|(at, entry)| {
            let from = EntryId(u32::try_from(at).unwrap_or(u32::MAX));
            let texts = entry.texts().map(|(_, text)| &text.targets);
            let editions = entry.prose.editions.iter().map(|it| &it.targets);
            let targets = texts.chain(editions).flatten();
            targets.filter_map(move |target| match target {
                Target::Entry(to, _) => Some((*to, from)),
                _ => None,
            })
        });
        let mut edges: Vec<(EntryId, EntryId)> = edges.collect();
        edges.par_sort_unstable();
        edges.dedup();
        let mut ends = vec![0; entries.len()];
        for (to, _) in &edges {
            ends[to.0 as usize] += 1;
        }
        let mut end = 0;
        for place in &mut ends {
            end += *place;
            *place = end;
        }
        let from = edges.into_iter().map(|(_, from)| from).collect();
        Leads { ends, from }
    }

    /// The entries that lead to one.
    pub(super) fn to(&self, id: EntryId) -> &[EntryId] {
        let at = id.0 as usize;
        let end = |at: usize| self.ends.get(at).map_or(0, |&end| end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.from.get(start..end(at)).unwrap_or_default()
    }
}
