//! One file becomes one raw entry; nothing is resolved.
//!
//! Takes a [`TextFile`]; gives a [`Parsed`] and every problem of the file. Front matter and body are
//! read independently, so that both are reported. Never looks at another file, never fails, never
//! panics. What was parsed is remembered by the file's path and content hash ([`Parses`]).

pub mod body;

pub mod front;

pub(crate) mod imported;

mod alike;

mod label;

pub mod path;

pub mod statics;

pub use alike::{Change, withhold_alike};
pub(crate) use label::marks_text;
pub(crate) use label::stix::level as level_of_marking;

use crate::diag::{Diagnostic, Outcome};
use crate::model::{Entry, Intro, Markings, Places, Prose, RawRef, Tlp};
use crate::shared_list::SharedList;
use crate::text::{Span, TextFile};
use path::Role;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

/// What a Markdown file below `content/` turned out to be.
#[derive(Debug, Clone)]
pub enum Parsed {
    /// An entry.
    Entry(Arc<RawEntry>),
    /// The text of the home page or of an index page.
    Intro(Arc<Intro<RawRef>>),
    /// A file that is neither (an unknown folder, no UTF-8 …); reported.
    Nothing,
}

/// An entry as it was read.
#[derive(Debug, Clone)]
pub struct RawEntry {
    /// What could be read of it.
    pub entry: Entry<RawRef>,
    /// Whether its front matter has errors: it stays known, so that links to it are not reported as
    /// well, but what would only follow from the error is not reported.
    pub broken: bool,
    /// Where its id stands, if it does: else it is made of its path.
    pub id: Option<Span>,
    /// Made when a link first asks.
    places: OnceLock<Places>,
}

impl RawEntry {
    /// The places in its text that links may lead to.
    #[must_use]
    pub fn places(&self) -> &Places {
        self.places
            .get_or_init(|| Places::of(&self.entry.prose.body))
    }
}

/// Every file as it was parsed, with what tells whether it must be parsed again.
#[derive(Debug, Default)]
pub struct Parses {
    /// What each file turned out to be, with its problems, in the order of the files.
    pub files: SharedList<Outcome<Parsed>>,
    /// Path and content hash of each.
    known: Vec<(Arc<str>, u64)>,
    /// The places of those with problems.
    faulty: BTreeSet<usize>,
    markings: Markings,
}

impl Parses {
    /// The problems of all files.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faulty.iter().flat_map(|&at| &self.files[at].problems)
    }

    /// Files that an earlier run parsed, each parsed again when it is asked for; `faulty` are the places of
    /// those with problems. `former` holds those that are not what they were: by their places, the content
    /// hash and what they were.
    #[must_use]
    pub fn on_demand(
        files: Arc<[TextFile]>,
        markings: Markings,
        former: HashMap<usize, (u64, Arc<Outcome<Parsed>>)>,
        faulty: BTreeSet<usize>,
    ) -> Parses {
        let known = files.iter().enumerate().map(|(at, file)| {
            let hash = former.get(&at).map_or(file.hash, |(hash, _)| *hash);
            (Arc::clone(&file.path), hash)
        });
        let held = markings.clone();
        Parses {
            known: known.collect(),
            files: SharedList::on_demand(files.len(), move |at| match former.get(&at) {
                Some((_, parsed)) => Arc::clone(parsed),
                None => Arc::new(file(&files[at], &held)),
            }),
            faulty,
            markings,
        }
    }

    /// The places of the files with problems.
    #[must_use]
    pub fn faulty(&self) -> &BTreeSet<usize> {
        &self.faulty
    }

    fn put(&mut self, at: usize, parsed: Outcome<Parsed>) {
        if parsed.problems.is_empty() {
            self.faulty.remove(&at);
        } else {
            self.faulty.insert(at);
        }
        self.files.set(at, Arc::new(parsed));
    }
}

/// Parses every file that was not parsed `before` with the same content, in parallel.
#[must_use]
pub fn all(files: &[TextFile], markings: &Markings, mut before: Parses) -> Parses {
    if before.markings != *markings {
        before = Parses::default();
    }
    let same_path = |(known, _): &(Arc<str>, u64), file: &TextFile| {
        Arc::ptr_eq(known, &file.path) || *known == file.path
    };
    let known = &before.known;
    let in_place = known.len() == files.len()
        && known
            .iter()
            .zip(files)
            .all(|(known, file)| same_path(known, file));
    if in_place {
        for (at, new) in files.iter().enumerate() {
            if before.known[at].1 != new.hash {
                before.known[at].1 = new.hash;
                before.put(at, file(new, markings));
            }
        }
        return before;
    }
    // Both lists are in order of path, so that each file is found from where the last one was.
    let mut old = known.iter().zip(before.files.iter()).peekable();
    let kept: Vec<Option<&Arc<Outcome<Parsed>>>> = files
        .iter()
        .map(|file| {
            while old.next_if(|((path, _), _)| **path < *file.path).is_some() {}
            let ((_, hash), parsed) = old.next_if(|((path, _), _)| *path == file.path)?;
            (*hash == file.hash).then_some(parsed)
        })
        .collect();
    let parsed: Vec<Arc<Outcome<Parsed>>> = files
        .par_iter()
        .zip(kept)
        .map(|(new, kept)| kept.map_or_else(|| Arc::new(file(new, markings)), Arc::clone))
        .collect();
    let faulty = parsed.iter().enumerate();
    let faulty = faulty.filter(|(_, file)| !file.problems.is_empty());
    Parses {
        faulty: faulty.map(|(at, _)| at).collect(),
        files: SharedList::from(parsed),
        known: files
            .iter()
            .map(|file| (Arc::clone(&file.path), file.hash))
            .collect(),
        markings: markings.clone(),
    }
}

/// Parses one file: its path says what it is, its front matter what it says of itself, its body is
/// prose.
#[must_use]
pub fn file(file: &TextFile, markings: &Markings) -> Outcome<Parsed> {
    let (role, problem) = path::role(&file.path);
    let mut problems = Vec::from_iter(problem);
    let misnamed = !problems.is_empty();
    let aside = problems.iter().any(|problem| problem.firm);
    let value = match role {
        None => Parsed::Nothing,
        Some(Role::Intro(of)) => {
            let front = front::intro(file, of, markings).drain_into(&mut problems);
            let mut intro = front.value;
            let around = Around::of(intro.tlp, front.broken);
            intro.prose = prose(file, front.body, around, markings, &mut problems);
            Parsed::Intro(Arc::new(intro))
        }
        Some(Role::Entry { kind, slug }) => {
            let front = front::entry(file, kind, &slug, markings).drain_into(&mut problems);
            let mut entry = front.value;
            let around = Around::of(entry.tlp, front.broken);
            entry.head_mut().draft |= aside;
            problems.extend(path::labelled(&file.path, entry.tlp));
            problems.extend(imported::conflicts(file, front.body));
            entry.prose = prose(file, front.body, around, markings, &mut problems);
            Parsed::Entry(Arc::new(RawEntry {
                entry,
                broken: front.broken || misnamed,
                id: front.id,
                places: OnceLock::new(),
            }))
        }
    };
    Outcome { value, problems }
}

/// The marking that a front matter gives to the body below it.
#[derive(Debug, Clone, Copy)]
struct Around {
    /// What was read; RED where something may have been meant to be it.
    tlp: Tlp,
    /// Whether it is surely what the writer meant, so that a part may be too low for it.
    sure: bool,
}

impl Around {
    fn of(tlp: Tlp, broken: bool) -> Around {
        Around { tlp, sure: !broken }
    }
}

/// The prose of a file.
fn prose(
    file: &TextFile,
    start: usize,
    around: Around,
    markings: &Markings,
    problems: &mut Vec<Diagnostic>,
) -> Prose<RawRef> {
    let raw = body::parse(&file.path, &file.text, start, around.tlp, markings);
    let raw = raw.drain_into(problems);
    if around.sure {
        problems.extend(body::lower_marks(&file.path, &raw.body, around.tlp));
    }
    Prose {
        body: Arc::new(raw.body),
        targets: Vec::new(),
        cites: raw.cites,
        editions: raw.editions,
    }
}
