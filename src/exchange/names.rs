//! Which file each entry of an import is, and by what others name it.
//!
//! Takes the entries to be, those that the dossier has, and where the last import put its own; gives every entry a
//! path, and the [`Handles`] of all. Two entries are the same where the base says so, or a catalogue's id or an address of a
//! source; never because of a name, which two may share, but for a file that people moved.

use super::base::{Base, Written};
use super::incoming::{Import, Incoming, Value};
use super::spell::{Handle, Handles};
use super::web_page::normal;
use crate::model::name::fold;
use crate::model::slug::slugify;
use crate::model::{Details, Kind, path};
use crate::parse::RawEntry;
use crate::parse::front::rewrite::Given;
use std::collections::{HashMap, HashSet};

/// A slug is cut between words behind so many letters.
const LONGEST_SLUG: usize = 60;

/// An entry that the dossier has, as far as it is to be recognised.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// Its file, below the root.
    pub path: String,
    pub kind: Kind,
    pub slug: String,
    pub title: String,
    /// Its id, title and other names.
    names: Vec<String>,
    /// What tells it from all others of its kind: `stix malware--…`, `url https://…`.
    marks: Vec<String>,
}

impl Known {
    pub(super) fn of(entry: &RawEntry) -> Known {
        let entry = &entry.entry;
        let ids = entry.external_ids.iter();
        let mut marks: Vec<String> = ids.map(|(name, id)| mark(name, &id.value)).collect();
        if let Details::Source(evidence) = &entry.details {
            marks.extend(
                evidence
                    .url
                    .iter()
                    .map(|url| mark("url", &normal(url.value.as_str()).unwrap_or_default())),
            );
        }
        let aliases = entry
            .statements
            .aliases()
            .map(|alias| alias.what.name.clone());
        Known {
            path: entry.path.to_string(),
            kind: entry.kind,
            slug: entry.slug.clone(),
            title: entry.title.clone(),
            names: [entry.title.clone(), entry.id.clone()]
                .into_iter()
                .chain(aliases)
                .collect(),
            marks,
        }
    }
}

/// Where an entry of an import belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seat {
    /// In a file that is there.
    Known(String),
    /// In a new one.
    New(String),
    /// Nowhere: people took the file away.
    Gone,
}

/// The seats of the entries, in their order, and how all of them are named.
pub(super) fn seat(
    import: &Import,
    base: &Base,
    known: &[Known],
    into: &str,
) -> (Vec<Seat>, Handles) {
    let mut seats = Seats::new(known, base);
    let matched: Vec<Option<Seat>> = import
        .entries
        .iter()
        .map(|entry| seats.matched(entry, base))
        .collect();
    let mut named = Vec::with_capacity(matched.len());
    for (entry, seat) in import.entries.iter().zip(matched) {
        named.push(match seat {
            Some(seat) => seat,
            None => Seat::New(seats.new_path(entry, into)),
        });
    }
    let handles = handles(import, &named, known);
    (named, handles)
}

struct Seats<'k> {
    by_path: HashMap<&'k str, &'k Known>,
    by_mark: HashMap<(Kind, &'k str), &'k Known>,
    /// Those that no import wrote where they are, by title; `None` where several have it.
    by_title: HashMap<(Kind, &'k str), Option<&'k Known>>,
    /// The paths that have their entry.
    given: HashSet<String>,
    taken: HashSet<(Kind, String)>,
    /// The number that was given last to a name.
    numbers: HashMap<(Kind, String), u32>,
}

impl<'k> Seats<'k> {
    fn new(known: &'k [Known], base: &Base) -> Self {
        let written: HashSet<&str> = base.entries.values().map(|it| it.path.as_str()).collect();
        let own = known
            .iter()
            .filter(|it| !written.contains(it.path.as_str()));
        let mut by_title: HashMap<(Kind, &str), Option<&Known>> = HashMap::new();
        for known in own {
            let title = by_title.entry((known.kind, known.title.as_str()));
            title.and_modify(|it| *it = None).or_insert(Some(known));
        }
        let marks = known.iter().flat_map(|it| {
            it.marks
                .iter()
                .map(move |mark| ((it.kind, mark.as_str()), it))
        });
        Seats {
            by_path: known.iter().map(|it| (it.path.as_str(), it)).collect(),
            by_mark: marks.collect(),
            by_title,
            given: HashSet::new(),
            numbers: HashMap::new(),
            taken: known.iter().map(|it| (it.kind, it.slug.clone())).collect(),
        }
    }

    /// The seat that an entry has already.
    fn matched(&mut self, entry: &Incoming, base: &Base) -> Option<Seat> {
        let written = base.entries.get(&entry.origin);
        let there = written.and_then(|it| self.by_path.get(it.path.as_str()));
        let there = there.copied().filter(|it| it.kind == entry.kind);
        let alike = || {
            let marks = marks(entry);
            let mut found = marks
                .iter()
                .filter_map(|mark| self.by_mark.get(&(entry.kind, mark.as_str())));
            found.next().copied()
        };
        let known = match (there, entry.former) {
            (Some(there), _) => Some(there),
            (None, false) => alike().or_else(|| self.moved(entry, written?)),
            // What was revoked is nobody's but the import's.
            (None, true) => return Some(Seat::Gone),
        };
        match known {
            Some(known) if self.given.insert(known.path.clone()) => {
                Some(Seat::Known(known.path.clone()))
            }
            Some(_) | None => written.map(|_| Seat::Gone),
        }
    }

    /// The file to which people moved what an import wrote: the one of its title that no import knows.
    fn moved(&self, entry: &Incoming, written: &Written) -> Option<&'k Known> {
        let (_, title) = written.values.iter().find(|(key, _)| key == "title")?;
        let (Given::Text(title) | Given::Bare(title)) = title else {
            return None;
        };
        *self.by_title.get(&(entry.kind, title.as_str()))?
    }

    fn new_path(&mut self, entry: &Incoming, into: &str) -> String {
        let slug = self.slug(entry);
        let folder = entry.kind.folder();
        let into = into.trim_matches('/');
        self.taken.insert((entry.kind, slug.clone()));
        match into.is_empty() {
            true => format!("content/{folder}/{slug}.md"),
            false => format!("content/{folder}/{into}/{slug}.md"),
        }
    }

    /// A slug that nothing of the kind has: of the name, with what tells it apart, with a number.
    fn slug(&mut self, entry: &Incoming) -> String {
        let is_free = |slug: &String| {
            // `index.md` is the text of the kind's own page; on some disks `con.md` is a device.
            let is_fit = !slug.is_empty() && slug != "index" && path::fault(slug).is_none();
            is_fit && !self.taken.contains(&(entry.kind, slug.clone()))
        };
        let name = [&entry.name, &entry.title, &entry.origin];
        let name = name.into_iter().map(|name| cut(&slugify(name)));
        let name = name
            .into_iter()
            .find(|slug| !slug.is_empty() && slug != "index");
        let name = name.unwrap_or_else(|| entry.kind.name().to_owned());
        let mut wishes = vec![name.clone()];
        for apart in &entry.apart {
            let last = wishes.last().map_or("", String::as_str);
            let apart = slugify(apart);
            if !apart.is_empty() {
                wishes.push(format!("{last}-{apart}"));
            }
        }
        if let Some(free) = wishes.into_iter().find(|it| is_free(it)) {
            return free;
        }
        let last = self.numbers.get(&(entry.kind, name.clone())).copied();
        let mut numbers = last.unwrap_or(1) + 1..;
        let free = numbers.find_map(|number| {
            let slug = format!("{name}-{number}");
            is_free(&slug).then_some((slug, number))
        });
        let (slug, number) = free.unwrap_or((name.clone(), u32::MAX));
        self.numbers.insert((entry.kind, name), number);
        slug
    }
}

/// A slug without the words behind the longest that one should be.
fn cut(slug: &str) -> String {
    if slug.len() <= LONGEST_SLUG {
        return slug.to_owned();
    }
    let head = slug.get(..LONGEST_SLUG).unwrap_or(slug);
    let words = head.rfind('-').and_then(|end| head.get(..end));
    words.unwrap_or(head).to_owned()
}

fn mark(name: &str, id: &str) -> String {
    format!("{name} {}", id.trim())
}

/// What tells an entry to be from others: its ids, and the address of a source.
fn marks(entry: &Incoming) -> Vec<String> {
    let ids = match entry.value("external_ids") {
        Some(Value::Map(ids)) => ids.as_slice(),
        _ => &[],
    };
    let ids = ids.iter().filter_map(|(name, id)| match id {
        Value::Text(id) => Some(mark(name, id)),
        Value::Bare(_) | Value::Prose(_) | Value::Entry(_) | Value::List(_) | Value::Map(_) => None,
    });
    let url = match entry.value("url") {
        Some(Value::Text(url)) if entry.kind == Kind::Source => {
            normal(url).map(|url| mark("url", &url))
        }
        _ => None,
    };
    ids.chain(url).collect()
}

/// How every entry of the import is named: its slug, with its folder where another name is the same.
fn handles(import: &Import, seats: &[Seat], known: &[Known]) -> Handles {
    let mut bearers: HashMap<String, HashSet<(Kind, String)>> = HashMap::new();
    let mut bears = |name: &str, kind: Kind, slug: &str| {
        let bearers = bearers.entry(fold(name)).or_default();
        bearers.insert((kind, slug.to_owned()));
    };
    for it in known {
        it.names
            .iter()
            .for_each(|name| bears(name, it.kind, &it.slug));
        bears(&it.slug, it.kind, &it.slug);
    }
    let by_path: HashMap<&str, &Known> = known.iter().map(|it| (it.path.as_str(), it)).collect();
    let mut slugs = Vec::with_capacity(seats.len());
    for (entry, seat) in import.entries.iter().zip(seats) {
        let slug = match seat {
            Seat::Gone => None,
            Seat::Known(path) => by_path.get(path.as_str()).map(|it| it.slug.clone()),
            Seat::New(path) => path
                .rsplit('/')
                .next()
                .and_then(|name| name.strip_suffix(".md"))
                .map(str::to_owned),
        };
        if let Some(slug) = &slug {
            bears(slug, entry.kind, slug);
            bears(&entry.title, entry.kind, slug);
            aliases(entry).for_each(|name| bears(name, entry.kind, slug));
        }
        slugs.push(slug);
    }
    let all = import.entries.iter().zip(slugs);
    let all = all.filter_map(|(entry, slug)| {
        let slug = slug?;
        let long = format!("{}/{slug}", entry.kind.folder());
        let alone = bearers.get(&fold(&slug)).is_none_or(|it| it.len() == 1);
        let handle = Handle {
            kind: entry.kind,
            name: if alone { slug } else { long.clone() },
            long,
        };
        Some((entry.origin.clone(), handle))
    });
    all.collect()
}

fn aliases(entry: &Incoming) -> impl Iterator<Item = &str> {
    let all = match entry.value("aliases") {
        Some(Value::List(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    all.iter().filter_map(|alias| match alias {
        Value::Text(name) => Some(name.as_str()),
        Value::Map(entries) => entries.iter().find_map(|(key, value)| match value {
            Value::Text(name) if key == "name" => Some(name.as_str()),
            _ => None,
        }),
        Value::Bare(_) | Value::Prose(_) | Value::Entry(_) | Value::List(_) => None,
    })
}
