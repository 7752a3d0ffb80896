//! Which entries a name may mean.

use crate::diag::{Advice, Code, Diagnostic, TextEdit};
use crate::model::name::fold;
use crate::model::{Entry, EntryId, Kind, RawRef, page_path};
use crate::parse::RawEntry;
use crate::shared_list::SharedList;
use crate::text::Place;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use twox_hash::XxHash3_128;

/// Every name of every entry, as hashes: what a name is compared by is never shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Names {
    /// Folded id, slug, `folder/slug`, title or alias → the entries that claim it, in order.
    claims: Table,
    /// Slug, `folder/slug` or id, exactly → the entries, for references in front matter.
    handles: Table,
    kinds: Vec<Kind>,
    /// The entries of which a name holds a bar: nearly always none.
    barred: BTreeSet<EntryId>,
    #[serde(skip)]
    spelled: OnceLock<Spelled>,
}

/// Which entries bear which names: two columns in order of the names' hashes, then of the entries.
///
/// It is made on all cores, holds no strings, and can be kept on disk as it is. Of 128 bits no two of a
/// billion names are alike by chance.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Table {
    names: Vec<u128>,
    entries: Vec<EntryId>,
    /// Where the names begin that have these first bits: hashes lie evenly, so that a name is looked for
    /// among a few, not by some twenty jumps through memory.
    starts: Vec<u32>,
    /// How many bits that are, taken from 128.
    shift: u32,
}

/// The names as they are written, for suggestions: made when the first name leads nowhere.
#[derive(Debug, Clone, Default)]
struct Spelled {
    claims: Vec<String>,
    handles: Vec<(Kind, String)>,
}

impl Names {
    /// Collects the names of all entries, reporting ids that two entries claim.
    pub(super) fn collect(raw: &SharedList<RawEntry>, problems: &mut Vec<Diagnostic>) -> Names {
        let named = |of: fn(&Entry<RawRef>) -> Vec<u128>| {
            let rows = raw.par_iter().enumerate().flat_map_iter(move |(at, raw)| {
                let id = EntryId(u32::try_from(at).unwrap_or(u32::MAX));
                of(&raw.entry).into_iter().map(move |name| (name, id))
            });
            Table::of(rows.collect())
        };
        let (claims, handles) = rayon::join(
            || {
                named(|entry| {
                    claims(entry)
                        .iter()
                        .chain(&formers(entry))
                        .map(|name| key(name))
                        .collect()
                })
            },
            || named(|entry| handles(entry).iter().map(|name| key(name)).collect()),
        );
        duplicate_ids(raw, problems);
        let barred = raw.par_iter().enumerate();
        let barred = barred.filter(|(_, raw)| has_bar(&raw.entry));
        let barred = barred.filter_map(|(at, _)| Some(EntryId(u32::try_from(at).ok()?)));
        Names {
            barred: barred.collect(),
            claims,
            handles,
            kinds: raw.iter().map(|raw| raw.entry.kind).collect(),
            spelled: OnceLock::new(),
        }
    }

    /// Takes an entry's new names in place of its former ones; its handles are the same. Gives every
    /// name that now means other entries than before, or is spelt otherwise.
    pub(super) fn rename(
        this: &mut Arc<Names>,
        id: EntryId,
        before: &Entry<RawRef>,
        now: &Entry<RawRef>,
    ) -> Vec<String> {
        let (bar, had_bar) = (has_bar(now), has_bar(before));
        // What is suggested is spelt as its writer spelt it.
        let respelt = spellings(before)
            .symmetric_difference(&spellings(now))
            .map(|it| fold(it))
            .collect::<BTreeSet<String>>();
        let claims = |entry| claims(entry).into_iter().collect::<BTreeSet<String>>();
        let (before, now) = (claims(before), claims(now));
        let renamed = before.symmetric_difference(&now).cloned();
        let moved: BTreeSet<String> = renamed.chain(respelt).collect();
        if !moved.is_empty() {
            let names = Arc::make_mut(this);
            let bears = |name: &String| (key(name), now.contains(name));
            names.claims.put(id, moved.iter().map(bears).collect());
            names.spelled = OnceLock::new();
            match bar {
                true => names.barred.insert(id),
                false => had_bar && names.barred.remove(&id),
            };
        }
        moved.into_iter().collect()
    }

    /// The entries that a bare name may mean.
    #[must_use]
    pub fn claimants(&self, name: &str) -> &[EntryId] {
        self.claims.get(key(&fold(name)))
    }

    /// The same of a name that holds a bar.
    #[must_use]
    pub fn claimants_by_bar(&self, name: &str) -> &[EntryId] {
        match self.barred.is_empty() {
            true => &[],
            false => self.claimants(name),
        }
    }

    /// The entries that were found at a path of the site once.
    #[must_use]
    pub fn former(&self, path: &str) -> &[EntryId] {
        self.claims.get(key(&former(path)))
    }

    /// The entries of the given kinds that a reference in front matter may mean.
    #[must_use]
    pub fn referents(&self, name: &str, kinds: &[Kind]) -> Vec<EntryId> {
        let all = self.any_referents(name).iter().copied();
        all.filter(|id| kinds.contains(&self.kinds[id.0 as usize]))
            .collect()
    }

    /// Every entry that a reference names, of whatever kind.
    #[must_use]
    pub fn any_referents(&self, name: &str) -> &[EntryId] {
        self.handles.get(key(name.trim()))
    }

    /// Every handle of entries of the given kinds, in no order: a suggestion is the nearest, and of
    /// those as near the first by alphabet.
    pub(super) fn handles_of<'a>(
        &'a self,
        raw: &SharedList<RawEntry>,
        kinds: &'a [Kind],
    ) -> impl Iterator<Item = &'a str> {
        let handles = self.spelled(raw).handles.iter();
        let of_kind = handles.filter(move |(kind, _)| kinds.contains(kind));
        of_kind.map(|(_, handle)| handle.as_str())
    }

    /// Every name that can stand in a wikilink, as its writer spelt it, in no order, for suggestions.
    pub(super) fn all(&self, raw: &SharedList<RawEntry>) -> impl Iterator<Item = &str> {
        self.spelled(raw).claims.iter().map(String::as_str)
    }

    fn spelled(&self, raw: &SharedList<RawEntry>) -> &Spelled {
        self.spelled.get_or_init(|| {
            let mut spelled = Spelled::default();
            for raw in raw.iter() {
                let entry = &raw.entry;
                spelled
                    .claims
                    .extend(spellings(entry).into_iter().map(str::to_owned));
                spelled.claims.extend(self::handles(entry));
                let handles = self::handles(entry).into_iter();
                spelled.handles.extend(handles.map(|it| (entry.kind, it)));
            }
            spelled.claims.sort_unstable();
            spelled.claims.dedup();
            spelled
        })
    }
}

/// The title and the aliases of an entry, as they are written.
fn spellings(entry: &Entry<RawRef>) -> BTreeSet<&str> {
    let aliases = entry.statements.aliases();
    let aliases = aliases.map(|it| it.what.name.as_str());
    aliases.chain([entry.title.as_str()]).collect()
}

impl Table {
    fn of(mut rows: Vec<(u128, EntryId)>) -> Table {
        rows.par_sort_unstable();
        rows.dedup();
        let (names, entries) = rows.into_iter().unzip();
        let mut table = Table {
            names,
            entries,
            ..Table::default()
        };
        table.begin();
        table
    }

    /// Notes where the names begin.
    fn begin(&mut self) {
        let bits = (self.names.len() / 2).checked_ilog2().unwrap_or(0).max(1);
        self.shift = u128::BITS - bits;
        self.starts.clear();
        self.starts.resize((1 << bits) + 1, 0);
        for at in 0..self.names.len() {
            let bucket = self.bucket(self.names[at]);
            self.starts[bucket + 1] += 1;
        }
        let mut start = 0;
        for place in &mut self.starts {
            start += *place;
            *place = start;
        }
    }

    fn bucket(&self, name: u128) -> usize {
        usize::try_from(name >> self.shift).unwrap_or(usize::MAX)
    }

    /// Where a name stands, or would.
    fn rows(&self, name: u128) -> Range<usize> {
        let Some(&[start, end, ..]) = self.starts.get(self.bucket(name)..) else {
            return 0..0;
        };
        let (start, end) = (start as usize, end as usize);
        let among = &self.names[start..end];
        let first = among.partition_point(|&it| it < name);
        let len = among[first..].partition_point(|&it| it == name);
        start + first..start + first + len
    }

    fn get(&self, name: u128) -> &[EntryId] {
        &self.entries[self.rows(name)]
    }

    /// Gives names to an entry, or takes them from it, in one pass over the columns, however many they are.
    fn put(&mut self, id: EntryId, mut edits: Vec<(u128, bool)>) {
        edits.sort_unstable();
        let most = self.names.len() + edits.len();
        let (mut names, mut entries) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let mut from = 0;
        for (name, bears) in edits {
            let rows = self.rows(name);
            let at = rows.start + self.entries[rows.clone()].partition_point(|&it| it < id);
            let there = rows.contains(&at) && self.entries[at] == id;
            names.extend_from_slice(&self.names[from..at]);
            entries.extend_from_slice(&self.entries[from..at]);
            from = at;
            if bears && !there {
                names.push(name);
                entries.push(id);
            } else if !bears && there {
                from += 1;
            }
        }
        names.extend_from_slice(&self.names[from..]);
        entries.extend_from_slice(&self.entries[from..]);
        (self.names, self.entries) = (names, entries);
        self.begin();
    }
}

fn key(name: &str) -> u128 {
    XxHash3_128::oneshot(name.as_bytes())
}

fn duplicate_ids(raw: &SharedList<RawEntry>, problems: &mut Vec<Diagnostic>) {
    let ids = raw.par_iter().enumerate();
    let mut ids: Vec<(u128, usize)> = ids.map(|(at, raw)| (key(&raw.entry.id), at)).collect();
    ids.par_sort_unstable();
    let doubles = ids.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let mut doubles: Vec<(usize, usize)> = doubles.map(|pair| (pair[1].1, pair[0].1)).collect();
    doubles.sort_unstable();
    let is_free = |id: &str| ids.binary_search_by_key(&key(id), |(key, _)| *key).is_err();
    problems.extend(doubles.into_iter().map(|(entry, other)| {
        let (entry, other) = (&raw[entry], &raw[other]);
        let edits = [entry, other].into_iter();
        let edit = edits.filter_map(|raw| by_path(raw, is_free)).next();
        let help = "an id is permanent and unique: give the newer entry another one";
        Diagnostic::new(
            Code::DuplicateId,
            place_of_id(entry),
            format!("two entries have the id `{}`", entry.entry.id),
        )
        .also(place_of_id(other), "the other one")
        .help(Advice::from(help).perhaps(edit))
    }));
}

fn place_of_id(raw: &RawEntry) -> Place {
    let path = &raw.entry.path;
    raw.id.map_or_else(
        || Place::file(Arc::clone(path)),
        |span| Place::new(path, span),
    )
}

/// The edit that gives an entry the id which its path makes, where that is free. Which of two is the newer one, only
/// their writer knows.
fn by_path(raw: &RawEntry, is_free: impl Fn(&str) -> bool) -> Option<TextEdit> {
    let entry = &raw.entry;
    let [_, long, _] = handles(entry);
    let edit = TextEdit::within(&entry.path, raw.id?, &*entry.id, &*long);
    is_free(&long).then_some(edit)
}

/// What references in front matter may call an entry.
fn handles(entry: &Entry<RawRef>) -> [String; 3] {
    let long = format!("{}/{}", entry.kind.folder(), entry.slug);
    [entry.slug.clone(), long, entry.id.clone()]
}

/// A former address as a name, which no writer can type.
fn former(path: &str) -> String {
    format!("\u{1}{path}")
}

/// The former addresses of an entry, as names.
fn formers(entry: &Entry<RawRef>) -> Vec<String> {
    let paths = entry.redirect_from.iter();
    paths.map(|path| former(&page_path(&path.value))).collect()
}

/// Whether a bar stands in what links may call an entry.
fn has_bar(entry: &Entry<RawRef>) -> bool {
    let bar = |name: &str| name.contains('|');
    bar(&entry.title) || bar(&entry.id) || entry.statements.aliases().any(|it| bar(&it.what.name))
}

/// What links may call an entry, folded.
fn claims(entry: &Entry<RawRef>) -> Vec<String> {
    let aliases = entry.statements.aliases().map(|it| &it.what.name);
    let spoken = std::iter::once(&entry.title).chain(aliases);
    let mut claims: Vec<String> = handles(entry).iter().map(|handle| fold(handle)).collect();
    claims.extend(spoken.map(|name| fold(name)));
    claims.extend(entry.addresses(|_| true).map(|it| fold(&it.value)));
    claims
}

#[cfg(test)]
mod tests {
    use super::{EntryId, Table};

    #[test]
    fn a_table_gives_who_bears_a_name_as_names_come_and_go() {
        let id = |at: u32| EntryId(at);
        let name = |at: u128| at.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        let mut table = Table::of(Vec::new());
        assert!(table.get(7).is_empty());
        table.put(id(3), vec![(name(1), true)]);
        table.put(id(2), vec![(name(1), true)]);
        table.put(id(2), vec![(name(1), true)]);
        table.put(id(2), vec![(name(0), true)]);
        table.put(id(9), vec![(u128::MAX, true)]);
        table.put(id(9), vec![(name(5), false)]);
        assert_eq!(table.get(name(1)), [id(2), id(3)]);
        assert_eq!(
            (table.get(0), table.get(u128::MAX)),
            (&[id(2)][..], &[id(9)][..])
        );
        // Several at once, in any order.
        let edits = [
            (u128::MAX, false),
            (name(1), false),
            (name(8), true),
            (0, true),
        ];
        table.put(id(2), edits.to_vec());
        assert_eq!(
            (table.get(name(1)), table.get(name(8))),
            (&[id(3)][..], &[id(2)][..])
        );
        assert_eq!(
            (table.get(0), table.get(u128::MAX)),
            (&[id(2)][..], &[id(9)][..])
        );

        let rows = (0..1000).map(|at| (name(u128::from(at) / 2), id(at))).rev();
        let many = Table::of(rows.collect());
        for at in 0..500 {
            let twice = u32::try_from(at * 2).unwrap();
            assert_eq!(many.get(name(at)), [id(twice), id(twice + 1)]);
        }
        assert!(many.get(name(500)).is_empty());
    }
}
