//! Who may see the entries of a file.
//!
//! Takes the raw entries, one after the other, and what stands around them; gives for each what marks it: fields that mean a
//! marking, every one of them, as the parser keeps one of a name; labels in any text, whether or not a source has a place for
//! it; and what the entries bear that it takes fields from. Who may not see a volume may not see a chapter of it.

use super::super::withheld;
use super::cut::is_lead;
use crate::exchange::{Markings, Value};
use crate::model::Tlp;
use biblatex::{Pair, RawChunk, RawEntry};
use std::collections::{HashMap, HashSet};

/// Fields in which people say what they want.
const REMARKS: &[&str] = &[
    "abstract",
    "addendum",
    "annotation",
    "annote",
    "comment",
    "note",
    "review",
];

/// What marks one entry.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Fields that the parser does not keep, with the text that should be a marking.
    pub(super) fields: Vec<(String, String)>,
    /// Labels, and what is inherited.
    pub(super) labels: Vec<(String, Tlp)>,
}

/// An entry, as far as it marks.
#[derive(Debug, Default)]
struct Own {
    names: Vec<String>,
    found: Found,
    /// What it bears, for those that are parts of it.
    level: Option<Tlp>,
    /// What it is a part of.
    parents: Vec<String>,
    /// What is a part of it.
    parts: Vec<String>,
}

/// What is known so far.
#[derive(Debug, Default)]
pub(super) struct Marks {
    entries: Vec<Own>,
    around: Option<Tlp>,
    /// The names of entries that cannot be read.
    broken: HashSet<String>,
}

impl Marks {
    /// Takes note of what stands between entries: it is said of all.
    pub(super) fn around(&mut self, text: &str) {
        self.around = self.around.max(withheld::label(text));
        let headed = withheld::headed(text).into_iter();
        self.around = self.around.max(headed.map(|(_, text)| level(&text)).max());
    }

    /// Takes note of an entry that cannot be read, and may be marked.
    pub(super) fn broken(&mut self, text: &str) {
        let key = text.split_once(['{', '(']).map_or("", |(_, rest)| rest);
        let key = key.split([',', '}', '\n']).next().unwrap_or("");
        self.broken.insert(key.trim().to_owned());
    }

    /// Takes note of an entry, given whether the parser can take a field.
    pub(super) fn entry(&mut self, entry: &RawEntry<'_>, takes: impl Fn(&Pair<'_>, &str) -> bool) {
        let mut own = Own {
            names: vec![entry.key.v.trim().to_owned()],
            ..Own::default()
        };
        own.level = withheld::label_in_name(entry.key.v);
        let mut seen = HashSet::new();
        for pair in &entry.fields {
            let name = pair.key.v.to_lowercase();
            let text = text_of(pair);
            let kept = seen.insert(name.clone()) && takes(pair, &name);
            if let Some(text) = withheld::marking(&name, &Value::Text(bare(&text))) {
                own.level = own.level.max(Some(level(&text)));
                if !kept {
                    own.found.fields.push((name.clone(), text));
                }
            }
            let label = withheld::label(&text).max(withheld::label(&bare(&text)));
            own.level = own.level.max(label);
            own.found
                .labels
                .extend(label.map(|tlp| (name.clone(), tlp)));
            // The parser makes one line of all.
            if REMARKS.contains(&name.as_str()) {
                let headed = withheld::headed(&text);
                let highest = headed.iter().map(|(_, text)| level(text)).max();
                own.level = own.level.max(highest);
                own.found.fields.extend(headed);
            }
            let others = || {
                let others = text.split(',').chain([text.as_str()]);
                others.map(|name| bare(name).trim().to_owned())
            };
            match name.as_str() {
                "ids" => own.names.extend(others()),
                "entryset" => own.parts.extend(others()),
                _ if is_lead(pair) => own.parents.extend(others()),
                _ => {}
            }
        }
        self.entries.push(own);
    }

    /// What marks each entry, in their order.
    pub(super) fn found(self) -> Vec<Found> {
        let inherited = self.inherited();
        let around = self.around;
        let all = self.entries.into_iter().zip(inherited);
        let found = all.map(|(own, inherited)| {
            let mut found = own.found;
            let more = inherited.map(|tlp| ("crossref".to_owned(), tlp));
            let around = around.map(|tlp| ("file".to_owned(), tlp));
            let more = more.into_iter().chain(around);
            found
                .labels
                .extend(more.filter(|(_, tlp)| *tlp > Tlp::Clear));
            found
        });
        found.collect()
    }

    /// The highest level that each entry has of what it is a part of, however far: entries may lead round in circles, and
    /// thousands bear one name.
    fn inherited(&self) -> Vec<Option<Tlp>> {
        let mut levels: Vec<Option<Tlp>> = vec![None; self.entries.len()];
        // Of each name the entries that say that they are a part of what it names, and those that bear it.
        let mut children: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut bearers: HashMap<&str, Vec<usize>> = HashMap::new();
        let highest = self.entries.iter().filter_map(|own| own.level).max();
        for ((at, own), level) in self.entries.iter().enumerate().zip(&mut levels) {
            for name in &own.names {
                bearers.entry(name).or_default().push(at);
            }
            for parent in &own.parents {
                children.entry(parent).or_default().push(at);
                // Of what cannot be read nobody knows who may see it; and where signs stand in a name, any may be meant.
                let unknown = match (self.broken.contains(parent), is_plain(parent)) {
                    (true, _) => Some(Tlp::Red),
                    (false, false) => highest,
                    (false, true) => None,
                };
                *level = (*level).max(unknown);
            }
        }
        for tlp in [Tlp::Red, Tlp::AmberStrict, Tlp::Amber, Tlp::Green] {
            let all = self.entries.iter().zip(&levels).enumerate();
            let mut open: Vec<usize> = all
                .filter(|(_, (own, level))| own.level.max(**level) >= Some(tlp))
                .map(|(at, _)| at)
                .collect();
            let mut seen: HashSet<usize> = open.iter().copied().collect();
            let (mut names, mut parts) = (HashSet::new(), HashSet::new());
            while let Some(own) = open.pop().and_then(|at| self.entries.get(at)) {
                let below = own.names.iter().filter(|name| names.insert(name.as_str()));
                let below = below.filter_map(|name| children.get(name.as_str()));
                let within = own.parts.iter().filter(|name| parts.insert(name.as_str()));
                let within = within.filter_map(|name| bearers.get(name.as_str()));
                for at in below.chain(within).flatten().copied() {
                    if let Some(level) = levels.get_mut(at) {
                        *level = (*level).max(Some(tlp));
                    }
                    if seen.insert(at) {
                        open.push(at);
                    }
                }
            }
        }
        levels
    }
}

/// The level of a marking; what is not understood withholds.
fn level(text: &str) -> Tlp {
    Markings::default().level(text).unwrap_or(Tlp::Red)
}

/// Whether a name is read by the parser as it is written.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || ":_-+./,".contains(c);
    name.chars().all(plain) && !name.contains("--")
}

fn text_of(pair: &Pair<'_>) -> String {
    let texts = pair.value.v.iter().map(|chunk| match chunk.v {
        RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
    });
    texts.collect()
}

/// A text without the braces that only keep letters as they are.
fn bare(text: &str) -> String {
    text.replace(['{', '}'], "").trim().to_owned()
}
