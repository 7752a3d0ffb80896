//! Rules over a resolved dossier: one file per rule, its message and its tests inside.
//!
//! Takes the [`Dossier`] and the list of files; gives problems. Changes nothing, and knows no
//! audience: what a rule says holds for everyone (the one rule that depends on the audience, a bare
//! link to a withheld entry, is reported by [`crate::release`]).

mod attachment;

mod drawing;

mod embed;

mod evidence;

mod legal_status;

mod list;

mod live_indicator;

mod look;

mod mixed_terms;

mod navigation;

mod period;

mod rates;

mod reliability;

mod settings;

mod snapshot;

mod statics;

mod theme;

mod unsourced_claim;

mod unused_file;

pub use look::look;
pub use navigation::navigation;
pub use rates::rates;
pub use settings::settings;
pub use snapshot::FOLDER as SNAPSHOTS;
pub use statics::{Statics, statics};
pub use theme::theme;

use crate::attachment::{Form, Trust};
use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::load::FileInfo;
use crate::model::{Entry, EntryId, Kind, Schemes, Verb};
use crate::resolve::Dossier;
use crate::text::Span;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// A rule looks at one entry, with the dossier around it.
type Rule = fn(&Entry<EntryId>, &Around<'_>, &mut Vec<Diagnostic>);

/// What a rule may look at beyond its entry.
pub struct Around<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The files that are not Markdown, by their path below `content/`.
    pub files: &'a BTreeMap<String, FileInfo>,
    /// The files that are published as they are.
    pub trust: &'a Trust,
    /// The words of other marking schemes.
    pub others: &'a Schemes,
}

/// Every rule.
const RULES: &[Rule] = &[
    unsourced_claim::check,
    evidence::check,
    legal_status::check,
    live_indicator::check,
    mixed_terms::check,
    period::check,
    reliability::check,
    drawing::check,
    embed::check,
    list::check,
    snapshot::check,
];

/// What the rules found, and in what.
#[derive(Debug)]
pub struct Checked {
    dossier: Dossier,
    files: Arc<BTreeMap<String, FileInfo>>,
    trust: Trust,
    others: Arc<Schemes>,
    found: BTreeMap<usize, Found>,
    in_intros: Found,
}

/// What was found of one entry.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Found {
    problems: Vec<Diagnostic>,
    /// The files that it publishes because they are trusted.
    trusted: BTreeSet<String>,
    /// The files that it leads to, whoever may see that.
    leads: BTreeSet<String>,
}

/// What checking leaves for a later process: what was found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tables(BTreeMap<usize, Found>);

/// Applies every rule to every entry. After an edit (`before` is what was checked last) only to those
/// that changed, unless they changed in what rules see of them from other entries.
#[must_use]
pub fn check(
    dossier: &Dossier,
    files: &Arc<BTreeMap<String, FileInfo>>,
    trust: &Trust,
    others: &Arc<Schemes>,
    before: Option<Checked>,
) -> Checked {
    let around = Around {
        dossier,
        files,
        trust,
        others,
    };
    let mut found = BTreeMap::new();
    let mut all: Vec<usize> = Vec::new();
    match before.filter(|before| before.can_stand(dossier, files, trust, others)) {
        Some(before) => {
            let was = &before.dossier.entries;
            all.extend(dossier.entries.changed(was));
            // Rules name other entries by their titles in what they say.
            if all
                .iter()
                .any(|&at| dossier.entries[at].title != was[at].title)
            {
                let told = before
                    .found
                    .iter()
                    .filter(|(_, found)| !found.problems.is_empty());
                all.extend(told.map(|(at, _)| at));
                all.sort_unstable();
                all.dedup();
            }
            found.extend(before.found);
            for at in &all {
                found.remove(at);
            }
        }
        None => all.extend(0..dossier.entries.len()),
    }
    let news: Vec<(usize, Found)> = all
        .into_par_iter()
        .map(|at| {
            let mut found = Found::default();
            for rule in RULES {
                rule(&dossier.entries[at], &around, &mut found.problems);
            }
            attachment::entry(&dossier.entries[at], &around, &mut found);
            unused_file::entry(&dossier.entries[at], &mut found.leads);
            (at, found)
        })
        .filter(|(_, found)| !found.is_empty())
        .collect();
    found.extend(news);
    let mut in_intros = Found::default();
    for intro in &dossier.intros {
        attachment::intro(intro, &around, &mut in_intros);
        embed::intro(intro, &around, &mut in_intros.problems);
        drawing::intro(intro, &around, &mut in_intros.problems);
        list::intro(intro, &mut in_intros.problems);
        intro
            .texts()
            .for_each(|(_, text)| unused_file::prose(text, &mut in_intros.leads));
    }
    Checked {
        dossier: dossier.clone(),
        files: Arc::clone(files),
        trust: trust.clone(),
        others: Arc::clone(others),
        found,
        in_intros,
    }
}

impl Checked {
    /// What it leaves for a later process.
    #[must_use]
    pub fn tables(&self) -> Tables {
        Tables(self.found.clone())
    }

    /// Restores what was checked from what it left; `dossier` and `files` must be those that were checked.
    #[must_use]
    pub fn of(
        tables: Tables,
        dossier: &Dossier,
        files: &Arc<BTreeMap<String, FileInfo>>,
        trust: &Trust,
        others: &Arc<Schemes>,
    ) -> Checked {
        Checked {
            dossier: dossier.clone(),
            files: Arc::clone(files),
            trust: trust.clone(),
            others: Arc::clone(others),
            found: tables.0,
            // Made anew whenever it is asked for.
            in_intros: Found::default(),
        }
    }

    /// Whether what was found in unchanged entries still holds.
    fn can_stand(
        &self,
        dossier: &Dossier,
        files: &Arc<BTreeMap<String, FileInfo>>,
        trust: &Trust,
        others: &Schemes,
    ) -> bool {
        let (now, was) = (&dossier.entries, &self.dossier.entries);
        now.len() == was.len()
            && *trust == self.trust
            && *others == *self.others
            && (Arc::ptr_eq(files, &self.files) || seen(files).eq(seen(&self.files)))
            && dossier.broken == self.dossier.broken
            && now
                .changed(was)
                .into_iter()
                .all(|at| bearing(&now[at]) == bearing(&was[at]))
    }

    /// The problems. `known` are those that earlier stages found: a warning about a statement within
    /// which an error stands would only follow from it.
    #[must_use]
    pub fn problems(&self, known: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut errors: HashMap<Arc<str>, Vec<Span>> = HashMap::new();
        for problem in known.iter().filter(|it| it.severity == Severity::Error) {
            let spans = errors.entry(Arc::clone(&problem.place.path)).or_default();
            spans.extend(problem.place.span);
        }
        // By where they begin, each with the first end of it and all after it.
        for spans in errors.values_mut() {
            spans.sort_unstable();
            let mut end = u32::MAX;
            for span in spans.iter_mut().rev() {
                end = end.min(span.end);
                span.end = end;
            }
        }
        let follows = |problem: &Diagnostic| {
            let (Some(outer), Some(spans)) = (problem.place.span, errors.get(&problem.place.path))
            else {
                return false;
            };
            let first = spans.partition_point(|span| span.start < outer.start);
            let within = spans.get(first).is_some_and(|span| span.end <= outer.end);
            problem.severity == Severity::Warning && within
        };
        let all = self.found.values().chain([&self.in_intros]);
        let all = all.flat_map(|found| &found.problems);
        attachment::joined(all.filter(|problem| !follows(problem)).cloned().collect())
    }

    /// The names in `[attachments] trust` that nothing needs; `paths` are those of the files that are published
    /// as they are, below the root, and `statics` what was found of them.
    #[must_use]
    pub fn unused_trust(
        &self,
        config: &Config,
        paths: &[&str],
        statics: &Statics,
    ) -> Vec<Diagnostic> {
        if config.trusted_files == Trust::default() {
            return Vec::new();
        }
        let all = self.found.values().chain([&self.in_intros]);
        let trusted = all.flat_map(|found| &found.trusted).chain(&statics.trusted);
        let files = self.files.keys().map(String::as_str);
        let files = files.chain(paths.iter().copied()).collect();
        attachment::unused(config, &files, &trusted.map(String::as_str).collect())
    }
}

impl Checked {
    /// The files below `content/` that nothing leads to. Where a text could not be read, or a link to a file
    /// leads nowhere (`unsure`), only those that were meant to be read.
    #[must_use]
    pub fn unused_files(&self, unsure: bool) -> Vec<Diagnostic> {
        if self.files.is_empty() {
            return Vec::new();
        }
        let all = self.found.values().chain([&self.in_intros]);
        let leads: HashSet<&str> = all
            .flat_map(|found| &found.leads)
            .map(String::as_str)
            .collect();
        let unused = self.files.keys().filter(|path| !leads.contains(&***path));
        unused
            .filter_map(|path| unused_file::problem(path, unsure))
            .collect()
    }
}

impl Found {
    fn is_empty(&self) -> bool {
        self.problems.is_empty() && self.trusted.is_empty() && self.leads.is_empty()
    }
}

/// What rules see of files.
fn seen(
    files: &BTreeMap<String, FileInfo>,
) -> impl Iterator<Item = (&String, &Option<String>, &Form, u64)> {
    files
        .iter()
        .map(|(path, file)| (path, &file.sha256, &file.form, file.words.identity()))
}

/// What rules see of an entry from others, beside its title: whether it bears a claim, whose status is told, whether it
/// says how reliable it is, and which of its sections embed something.
fn bearing(entry: &Entry<EntryId>) -> impl PartialEq + use<> {
    let evidence = entry.evidence();
    let untold = entry.kind == Kind::Person && entry.statements.legal().next().is_none();
    let origins = entry.statements.relations();
    let origins = origins
        .filter(|relation| relation.what.verb == Verb::DerivedFrom)
        .map(|relation| relation.what.target)
        .collect::<Vec<_>>();
    (
        (entry.kind, entry.slug.clone(), Arc::clone(&entry.path)),
        evidence.map(|evidence| (evidence.seen, entry.retracted.is_some())),
        (origins, untold, reliability::lends(entry)),
        embed::embedding(&entry.prose.body),
    )
}
