//! All raw entries become one dossier: names, links, relations and citations lead somewhere.
//!
//! Takes every [`Parsed`] file and the list of other files; gives a [`Dossier`] and every name that
//! leads nowhere or to more than one entry. Judges nothing beyond that (see [`crate::check`]) and
//! knows no audience: a link to a marked entry is as good as any (see [`crate::release`]).
//!
//! What was resolved before is taken up again (`again`): an entry is resolved anew only if it changed
//! itself or if something that its references are looked up in did.

mod again;

mod entry;

mod tables;

mod links;

mod names;

mod fragments;

pub use crate::model::name::fold;
pub use names::Names;
pub use tables::{Tables, stays};

use crate::diag::{Code, Diagnostic, Outcome};
use crate::load::FileInfo;
use crate::model::{self, Entry, EntryId, Intro, Kind, RawRef};
use crate::parse::{Parsed, RawEntry};
use crate::shared_list::SharedList;
use crate::text::Place;
use rayon::prelude::*;
use std::collections::hash_map::Entry as MapEntry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// A whole dossier, for the eyes of its writers only.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    /// Every entry, by kind and slug; an [`EntryId`] is an index into it.
    pub entries: SharedList<Entry<EntryId>>,
    /// The texts of the home page and of index pages.
    pub intros: Vec<Arc<Intro<EntryId>>>,
    /// The files of entries of which the front matter has errors: what they lack may stand in what could
    /// not be read.
    pub broken: Arc<HashSet<Arc<str>>>,
    /// Hashes of every address that is an indicator, in the forms in which addresses are compared with it.
    pub indicators: Arc<HashSet<u64>>,
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

/// A dossier with the problems of its names, and with what it was resolved from.
#[derive(Debug)]
pub struct Resolved {
    /// The dossier.
    pub dossier: Dossier,
    files: SharedList<Outcome<Parsed>>,
    /// For every file the entry that it is, if it is one.
    places: Vec<Option<EntryId>>,
    /// Which files are the texts of index pages.
    intros: Vec<usize>,
    scope: Scope,
    /// Slugs and ids that two entries have.
    doubles: Vec<Diagnostic>,
    in_entries: BTreeMap<EntryId, Vec<Diagnostic>>,
    in_intros: Vec<Diagnostic>,
    /// Which entries lead to which, as long as that is known.
    leads: Option<tables::Leads>,
}

impl Resolved {
    /// Every name that leads nowhere or to more than one entry.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let in_entries = self.in_entries.values().flatten();
        self.doubles.iter().chain(in_entries).chain(&self.in_intros)
    }
}

/// What names are resolved against. A copy shares all of it.
#[derive(Debug, Clone)]
struct Scope {
    /// The entries as they were read, by [`EntryId`].
    raw: SharedList<RawEntry>,
    names: Arc<Names>,
    /// The entries in order of their paths.
    by_path: Arc<Vec<EntryId>>,
    others: Arc<BTreeMap<String, FileInfo>>,
    /// Those of them whose names the disk holds decomposed, by the composed names.
    composed: Arc<BTreeMap<String, String>>,
    /// The others by file name alone; made when one is first looked up so.
    by_name: Arc<OnceLock<HashMap<String, Vec<String>>>>,
    indicators: Arc<HashSet<u64>>,
    /// Names, folded, of files that could not be taken as they are: known, but broken.
    unreadable: Arc<HashSet<String>>,
}

impl Scope {
    fn raw(&self, id: EntryId) -> &RawEntry {
        &self.raw[id.0 as usize]
    }

    fn entry(&self, id: EntryId) -> &Entry<RawRef> {
        &self.raw(id).entry
    }

    /// The file that a path below `content/` means, however either writes its accents: as it is stored.
    fn other(&self, path: &str) -> Option<&str> {
        let by = |path: &str| self.others.get_key_value(path).map(|(key, _)| key.as_str());
        by(path).or_else(|| {
            let path = model::path::composed(path);
            by(&path).or_else(|| self.composed.get(&*path).map(String::as_str))
        })
    }

    /// The one file, not an entry, whose path ends with these parts, as Obsidian names files.
    fn nearest_file(&self, to: &str) -> Option<&str> {
        let by_name = self.by_name.get_or_init(|| {
            let mut names: HashMap<String, Vec<String>> = HashMap::new();
            for path in self.others.keys() {
                let name = path.rsplit('/').next().unwrap_or(path);
                names.entry(name.to_owned()).or_default().push(path.clone());
            }
            names
        });
        let all = by_name.get(to.rsplit('/').next()?)?;
        let ends = |path: &&String| {
            let before = path.strip_suffix(to);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let mut found = all.iter().filter(ends);
        let one = found.next()?;
        found.next().is_none().then_some(one)
    }

    /// The entry that the path of a file names, from wherever it is named: `apt38.md`, `actors/apt38.md`.
    fn by_file(&self, name: &str) -> Option<EntryId> {
        let mut to = name;
        while let Some(rest) = ["../", "./", "/"].iter().find_map(|it| to.strip_prefix(it)) {
            to = rest;
        }
        to = to.strip_prefix("content/").unwrap_or(to);
        let endings = [".md", ".markdown"].iter();
        to = endings
            .clone()
            .find_map(|it| to.strip_suffix(it))
            .unwrap_or(to);
        if to == name {
            return None;
        }
        match self.names.any_referents(to) {
            [one] => Some(*one),
            _ => endings
                .into_iter()
                .find_map(|it| self.at_path(&format!("content/{to}{it}"))),
        }
    }

    /// Whether an entry may be named unasked in the text of a file: every reader of that text may know of it, and its
    /// name does not merely stand in for one that could not be read.
    fn may_name(&self, path: &str, id: EntryId) -> bool {
        let (own, other) = (self.at_path(path), self.entry(id));
        own.is_some_and(|own| other.tlp <= self.entry(own).tlp)
            && !other.draft
            && other.publish.is_none()
            && self.raw(id).entry.withdrawn.is_none()
            && !self.raw(id).broken
    }

    fn at_path(&self, path: &str) -> Option<EntryId> {
        let by_path = |&id: &EntryId| (*self.entry(id).path).cmp(path);
        let at = self.by_path.binary_search_by(by_path).ok()?;
        self.by_path.get(at).copied()
    }
}

/// Paths that are stored decomposed, by their composed form.
fn composed(others: &BTreeMap<String, FileInfo>) -> BTreeMap<String, String> {
    let apart = others.keys().filter_map(|path| {
        let composed = model::path::composed(path).into_owned();
        (composed != *path).then(|| (composed, path.clone()))
    });
    apart.collect()
}

/// Resolves every name of every file; `others` are the files that are not Markdown. `unreadable` holds the
/// names, folded, of files that could not be taken as they are, so that links to them are not reported
/// as well. `before` is what was resolved last.
#[must_use]
pub fn resolve(
    files: &SharedList<Outcome<Parsed>>,
    others: &BTreeMap<String, FileInfo>,
    unreadable: HashSet<String>,
    before: Option<Resolved>,
) -> Resolved {
    let again = before.and_then(|before| again::resolve(files, others, &unreadable, before));
    again.unwrap_or_else(|| whole(files, others, unreadable))
}

fn whole(
    files: &SharedList<Outcome<Parsed>>,
    others: &BTreeMap<String, FileInfo>,
    unreadable: HashSet<String>,
) -> Resolved {
    let mut doubles = Vec::new();
    let (raw, places) = in_order(files, &mut doubles);
    let names = Names::collect(&raw, &mut doubles);
    let forms = raw.iter().flat_map(|raw| links::indicators(&raw.entry));
    let indicators = Arc::new(forms.collect());
    let broken = raw.iter().filter(|raw| raw.broken);
    let broken = broken.map(|raw| Arc::clone(&raw.entry.path)).collect();
    let is_intro = |file: &Outcome<Parsed>| matches!(file.value, Parsed::Intro(_));
    let intros = files.iter().enumerate().filter(|(_, file)| is_intro(file));
    let mut resolved = Resolved {
        dossier: Dossier {
            broken: Arc::new(broken),
            indicators: Arc::clone(&indicators),
            ..Dossier::default()
        },
        files: files.clone(),
        intros: intros.map(|(at, _)| at).collect(),
        scope: Scope {
            raw,
            names: Arc::new(names),
            by_path: Arc::new(places.iter().copied().flatten().collect()),
            others: Arc::new(others.clone()),
            composed: Arc::new(composed(others)),
            by_name: Arc::default(),
            indicators,
            unreadable: Arc::new(unreadable),
        },
        places,
        doubles,
        in_entries: BTreeMap::new(),
        in_intros: Vec::new(),
        leads: None,
    };
    let scope = &resolved.scope;
    let (entries, problems): (Vec<_>, Vec<_>) = scope
        .raw
        .par_iter()
        .map(|raw| {
            let mut problems = Vec::new();
            let entry = entry::resolve(&raw.entry, scope, &mut problems);
            (Arc::new(entry), problems)
        })
        .unzip();
    let problems = (0..).map(EntryId).zip(problems);
    resolved.in_entries = problems.filter(|(_, found)| !found.is_empty()).collect();
    resolved.dossier.entries = SharedList::from(entries);
    resolved.intros();
    resolved
}

impl Resolved {
    /// Resolves the texts of index pages: there are few. One that resolves as before stays the same value.
    fn intros(&mut self) {
        let before = std::mem::take(&mut self.dossier.intros);
        let mut problems = Vec::new();
        let intros = self.intros.iter();
        let intros = intros.filter_map(|&at| match &self.files[at].value {
            Parsed::Intro(intro) => Some(intro),
            _ => None,
        });
        // A folder may hold `index.md` and `index.markdown`.
        let mut first: HashMap<Option<Kind>, &Intro<RawRef>> = HashMap::new();
        let mut doubles = Vec::new();
        let intros = intros.filter(|intro| match first.entry(intro.of) {
            MapEntry::Vacant(place) => {
                place.insert(intro);
                true
            }
            MapEntry::Occupied(first) => {
                doubles.push(duplicate_intro(first.get(), intro));
                false
            }
        });
        let intros = intros
            .map(|intro| {
                let now = entry::resolve_intro(intro, &self.scope, &mut problems);
                let same = before.iter().find(|known| ***known == now);
                same.map_or_else(|| Arc::new(now), Arc::clone)
            })
            .collect();
        problems.extend(doubles);
        self.dossier.intros = intros;
        self.in_intros = problems;
    }
}

/// The entries by kind and slug, and where each file went.
fn in_order(
    files: &SharedList<Outcome<Parsed>>,
    problems: &mut Vec<Diagnostic>,
) -> (SharedList<RawEntry>, Vec<Option<EntryId>>) {
    let mut raw: Vec<(usize, &Arc<RawEntry>)> = files
        .iter()
        .enumerate()
        .filter_map(|(at, file)| match &file.value {
            Parsed::Entry(raw) => Some((at, raw)),
            _ => None,
        })
        .collect();
    raw.sort_by(|(_, a), (_, b)| key(&a.entry).cmp(&key(&b.entry)));
    raw.dedup_by(|(_, later), (_, first)| {
        let same = later.entry.kind == first.entry.kind && later.entry.slug == first.entry.slug;
        if same {
            problems.push(duplicate_slug(&first.entry, &later.entry));
        }
        same
    });
    let mut places = vec![None; files.len()];
    for (&(at, _), id) in raw.iter().zip((0..).map(EntryId)) {
        places[at] = Some(id);
    }
    let raw: Vec<Arc<RawEntry>> = raw.into_iter().map(|(_, raw)| Arc::clone(raw)).collect();
    (SharedList::from(raw), places)
}

fn duplicate_intro(first: &Intro<RawRef>, later: &Intro<RawRef>) -> Diagnostic {
    let page = match later.of {
        Some(kind) => format!("the index of {}", kind.folder()),
        None => "the home page".to_owned(),
    };
    Diagnostic::new(
        Code::DuplicateSlug,
        Place::file(Arc::clone(&later.path)),
        format!("two files are the text of {page}"),
    )
    .also(Place::file(Arc::clone(&first.path)), "the other one")
    .help("make one file of the two")
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
