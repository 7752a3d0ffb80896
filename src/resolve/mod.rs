//! All raw entries become one dossier: names, links, relations and citations lead somewhere.
//!
//! Takes every [`Parsed`] file and the list of other files; gives a [`Dossier`] and every name that
//! leads nowhere or to more than one entry. Judges nothing beyond that (see [`crate::check`]) and
//! knows no audience: a link to a marked entry is as good as any (see [`crate::release`]).

mod entry;

mod links;

mod names;

pub use names::{Names, fold};

use crate::diag::{Code, Diagnostic, Outcome};
use crate::load::FileInfo;
use crate::model::{Entry, EntryId, Intro, Kind, RawRef};
use crate::parse::Parsed;
use crate::text::Place;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A whole dossier, for the eyes of its writers only.
#[derive(Debug, Default)]
pub struct Dossier {
    /// Every entry, by kind and slug; an [`EntryId`] is an index into it.
    pub entries: Vec<Entry<EntryId>>,
    /// The texts of the home page and of index pages.
    pub intros: Vec<Intro<EntryId>>,
    /// The files of entries of which the front matter has errors: what they lack may stand in what could
    /// not be read.
    pub broken: HashSet<Arc<str>>,
    /// Every indicator in the forms in which addresses are compared with it.
    pub indicators: HashSet<String>,
}

impl Dossier {
    /// An entry by its id.
    ///
    /// # Panics
    /// Never for an id of this dossier: ids are made by [`resolve`] alone, in range.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> &Entry<EntryId> {
        &self.entries[id.0 as usize]
    }
}

/// What names are resolved against.
struct Scope<'a> {
    /// Kind, slug, path and so on of every entry, by [`EntryId`].
    heads: &'a [Head],
    names: &'a Names,
    by_path: HashMap<Arc<str>, EntryId>,
    files: &'a BTreeMap<String, FileInfo>,
    indicators: HashSet<String>,
    /// Names, folded, of files that could not be taken as they are: known, but broken.
    lost: &'a HashSet<String>,
}

/// What must be known of an entry to link to it.
struct Head {
    kind: Kind,
    title: String,
    path: Arc<str>,
    broken: bool,
    body: Arc<crate::model::Body>,
}

/// Resolves every name of every file. `lost` holds the names, folded, of files that could not be taken
/// as they are, so that links to them are not reported as well.
#[must_use]
pub fn resolve(
    parsed: Vec<Parsed>,
    files: &BTreeMap<String, FileInfo>,
    lost: &HashSet<String>,
) -> Outcome<Dossier> {
    let mut problems = Vec::new();
    let mut raw = Vec::new();
    let mut intros = Vec::new();
    for file in parsed {
        match file {
            Parsed::Entry(entry) => raw.push(*entry),
            Parsed::Intro(intro) => intros.push(*intro),
            Parsed::Nothing => {}
        }
    }
    raw.sort_by(|a, b| key(&a.entry).cmp(&key(&b.entry)));
    raw.dedup_by(|later, first| {
        let same = later.entry.kind == first.entry.kind && later.entry.slug == first.entry.slug;
        if same {
            problems.push(duplicate_slug(&first.entry, &later.entry));
        }
        same
    });
    let heads: Vec<Head> = raw
        .iter()
        .map(|raw| Head {
            kind: raw.entry.kind,
            title: raw.entry.title.clone(),
            path: Arc::clone(&raw.entry.path),
            broken: raw.broken,
            body: Arc::clone(&raw.entry.prose.body),
        })
        .collect();
    let names = Names::collect(raw.iter().map(|raw| &raw.entry), &mut problems);
    let scope = Scope {
        heads: &heads,
        names: &names,
        by_path: heads
            .iter()
            .zip(0..)
            .map(|(head, id)| (Arc::clone(&head.path), EntryId(id)))
            .collect(),
        files,
        indicators: links::indicators(raw.iter().map(|raw| &*raw.entry.prose.body)),
        lost,
    };
    let broken = raw
        .iter()
        .filter(|raw| raw.broken)
        .map(|raw| Arc::clone(&raw.entry.path))
        .collect();
    let mut entries = Vec::with_capacity(raw.len());
    for raw in raw {
        entries.push(entry::resolve(raw.entry, &scope, &mut problems));
    }
    let intros = intros
        .into_iter()
        .map(|intro| entry::resolve_intro(intro, &scope, &mut problems))
        .collect();
    let indicators = scope.indicators;
    Outcome {
        value: Dossier {
            entries,
            intros,
            broken,
            indicators,
        },
        problems,
    }
}

fn key(entry: &Entry<RawRef>) -> (Kind, &str, &str) {
    (entry.kind, &entry.slug, &entry.path)
}

fn duplicate_slug(first: &Entry<RawRef>, later: &Entry<RawRef>) -> Diagnostic {
    Diagnostic::new(
        Code::DuplicateSlug,
        Place::file(Arc::clone(&later.path)),
        format!("two files are the {} `{}`", later.kind, later.slug),
    )
    .also(Place::file(Arc::clone(&first.path)), "the other one")
    .help("rename one of them: the file's name is the entry's slug, and folders below the kind do not count")
}
