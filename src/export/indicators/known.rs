//! What is known of an indicator that several entries may give: who gives it, by which sources, until when it counts.
//!
//! Takes the entries of a subject; gives for each key all that was said under it. Lists of values have comments, and these
//! come from here, so that all lists say the same.

use super::{Given, all};
use crate::export::Subject;
use crate::model::{Day, Entry, PageId, Tlp};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is said of one indicator.
pub(super) struct Known<'a> {
    /// The entries that give it, by their ids.
    pub(super) entries: BTreeMap<&'a str, &'a Entry<PageId>>,
    /// The sources, by their ids.
    pub(super) sources: BTreeMap<&'a str, &'a Entry<PageId>>,
    /// The first day that its beginning may mean, and the last that its end may.
    pub(super) seen: [Option<String>; 2],
    /// The last of the days until which it counts.
    pub(super) until: Option<Day>,
    /// The highest of all of it.
    pub(super) tlp: Tlp,
}

/// All indicators of a subject that have a key, by it.
pub(super) fn known<'a, K: Ord>(
    subject: &Subject<'a>,
    key: impl Fn(&Given<'_>) -> Option<K>,
) -> BTreeMap<K, Known<'a>> {
    let mut found: BTreeMap<K, Known<'a>> = BTreeMap::new();
    for (_, entry) in subject.entries() {
        for given in all(subject, entry) {
            let Some(key) = key(&given) else { continue };
            let known = found.entry(key).or_insert_with(|| Known {
                entries: BTreeMap::new(),
                sources: BTreeMap::new(),
                seen: [None, None],
                until: None,
                tlp: Tlp::Clear,
            });
            known.add(entry, given);
        }
    }
    found
}

/// The marking of all of them.
pub(super) fn marking<'k>(known: impl IntoIterator<Item = &'k Known<'k>>) -> Tlp {
    let markings = known.into_iter().map(|it| it.tlp);
    markings.max().unwrap_or_default()
}

impl<'a> Known<'a> {
    fn add(&mut self, entry: &'a Entry<PageId>, given: Given<'a>) {
        self.entries.insert(&entry.id, entry);
        let of_sources = given.sources.iter().map(|it| it.tlp).max();
        self.tlp = self.tlp.max(given.tlp).max(of_sources.unwrap_or_default());
        let sources = given.sources.into_iter();
        self.sources.extend(sources.map(|it| (it.id.as_str(), it)));
        self.until = self.until.max(given.until);
        let first = given.seen.first.and_then(|it| it.earliest);
        let last = given.seen.last.and_then(|it| it.latest);
        let [begin, end] = &mut self.seen;
        *begin = [begin.take(), first].into_iter().flatten().min();
        *end = [end.take(), last].into_iter().flatten().max();
    }

    /// In a line: `until 2026-12-31; actors/apt38; sources: daily-star-2019`.
    pub(super) fn comment(&self) -> String {
        let mut text = String::new();
        if let Some(until) = self.until {
            let _ = write!(text, "until {until}; ");
        }
        for (word, day) in ["first seen", "last seen"].iter().zip(&self.seen) {
            if let Some(day) = day {
                let _ = write!(text, "{word} {day}; ");
            }
        }
        text.push_str(&self.entries().join(", "));
        if !self.sources.is_empty() {
            let sources: Vec<&str> = self.sources.keys().copied().collect();
            let _ = write!(text, "; sources: {}", sources.join(", "));
        }
        one_line(&text)
    }

    /// The ids of the entries.
    pub(super) fn entries(&self) -> Vec<&'a str> {
        self.entries.keys().copied().collect()
    }
}

/// A text without what would end its line.
pub(super) fn one_line(text: &str) -> String {
    let plain = |c: char| match c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
        true => ' ',
        false => c,
    };
    text.chars().map(plain).collect()
}
