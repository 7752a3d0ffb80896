//! Rules over a resolved dossier: one file per rule, its message and its tests inside.
//!
//! Takes the [`Dossier`] and the list of files; gives problems. Changes nothing, and knows no
//! audience: what a rule says holds for everyone (the one rule that depends on the audience, a bare
//! link to a withheld entry, is reported by [`crate::release`]).

mod evidence;

mod legal_status;

mod live_indicator;

mod mixed_terms;

mod navigation;

mod period;

mod snapshot;

mod unsourced_claim;

pub use navigation::navigation;
pub use snapshot::FOLDER as SNAPSHOTS;

use crate::diag::{Diagnostic, Severity};
use crate::load::FileInfo;
use crate::model::{Entry, EntryId};
use crate::resolve::Dossier;
use crate::text::Span;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

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

/// Applies every rule to every entry. `known` are the problems that earlier stages found: a warning
/// about a statement within which an error stands would only follow from it.
#[must_use]
pub fn check(
    dossier: &Dossier,
    files: &BTreeMap<String, FileInfo>,
    known: &[Diagnostic],
) -> Vec<Diagnostic> {
    let around = Around { dossier, files };
    let mut errors: HashMap<&str, Vec<Span>> = HashMap::new();
    for problem in known.iter().filter(|it| it.severity == Severity::Error) {
        let spans = errors.entry(&problem.place.path).or_default();
        spans.extend(problem.place.span);
    }
    let follows = |problem: &Diagnostic| {
        let (Some(outer), Some(spans)) = (problem.place.span, errors.get(&*problem.place.path))
        else {
            return false;
        };
        let within = |inner: &Span| outer.start <= inner.start && inner.end <= outer.end;
        problem.severity == Severity::Warning && spans.iter().any(within)
    };
    dossier
        .entries
        .par_iter()
        .flat_map_iter(|entry| {
            let mut problems = Vec::new();
            for rule in RULES {
                rule(entry, &around, &mut problems);
            }
            problems.retain(|problem| !follows(problem));
            problems
        })
        .collect()
}
