//! Rules over a resolved dossier: one file per rule, its message and its tests inside.
//!
//! Takes the [`Dossier`] and the list of files; gives problems. Changes nothing, and knows no
//! audience: what a rule says holds for everyone (the one rule that depends on the audience, a bare
//! link to a withheld entry, is reported by [`crate::release`]).

mod evidence;

mod legal_status;

mod live_indicator;

mod mixed_terms;

mod period;

mod snapshot;

mod unsourced_claim;

pub use snapshot::FOLDER as SNAPSHOTS;

use crate::diag::Diagnostic;
use crate::load::FileInfo;
use crate::model::{Entry, EntryId};
use crate::resolve::Dossier;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A rule looks at one entry, with the dossier around it.
type Rule = fn(&Entry<EntryId>, &Around<'_>, &mut Vec<Diagnostic>);

/// What a rule may look at beyond its entry.
pub struct Around<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The files that are not Markdown, by their path below `content/`.
    pub files: &'a BTreeMap<String, FileInfo>,
}

/// Every rule.
const RULES: &[Rule] = &[
    unsourced_claim::check,
    evidence::check,
    legal_status::check,
    live_indicator::check,
    mixed_terms::check,
    period::check,
    snapshot::check,
];

/// Applies every rule to every entry.
#[must_use]
pub fn check(dossier: &Dossier, files: &BTreeMap<String, FileInfo>) -> Vec<Diagnostic> {
    let around = Around { dossier, files };
    dossier
        .entries
        .par_iter()
        .flat_map_iter(|entry| {
            let mut problems = Vec::new();
            for rule in RULES {
                rule(entry, &around, &mut problems);
            }
            problems
        })
        .collect()
}
