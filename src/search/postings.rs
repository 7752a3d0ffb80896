//! In which pages which words stand, and how much they count there.

use super::data;
use super::endings::Endings;
use super::said;
use crate::model::searched::{each_word, is_eastern};
use crate::model::{Entry, PageId};
use crate::plan;
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// How many letters of a word decide in which file it is looked up, so that a word that is still being typed is in one.
const BEGINNING: usize = 4;

/// The highest impact.
const HIGHEST: u32 = 31;

/// How many words a text has by which the others are measured. It is no mean, so that an edit of one entry moves no
/// other.
const USUAL: f32 = 512.0;

/// How soon more of a word counts no more.
const SATURATION: f32 = 1.5;

/// The words of all texts, each with the pages in which it stands. A *term* is what a word has in common with its
/// inflected forms; the *impact* says how much it counts in a page, from 0 to 31, whatever stands in others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postings {
    /// Lines of a term and its pages ([`data::posting`]), by term: of each file as it is written.
    shards: Arc<[Arc<str>]>,
}

type Terms<T> = HashMap<Box<str>, T, FixedState>;

/// What tells terms of texts, and remembers which words are which.
struct Weigher {
    endings: Endings,
    /// The term of every word that was met.
    known: Terms<u32>,
    numbers: Terms<u32>,
    terms: Vec<Box<str>>,
    /// What each counts in the entry at hand.
    weights: Vec<u32>,
    /// Those that count anything there.
    met: Vec<u32>,
    length: u32,
    word: String,
}

impl Weigher {
    fn new(endings: Endings) -> Weigher {
        Weigher {
            endings,
            known: Terms::default(),
            numbers: Terms::default(),
            terms: Vec::new(),
            weights: Vec::new(),
            met: Vec::new(),
            length: 0,
            word: String::new(),
        }
    }

    fn number(&mut self, term: &str) -> u32 {
        if let Some(&number) = self.numbers.get(term) {
            return number;
        }
        let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.numbers.insert(term.into(), number);
        self.terms.push(term.into());
        self.weights.push(0);
        number
    }

    fn count(&mut self, number: u32, weight: u32) {
        self.length += 1;
        if let Some(all) = self.weights.get_mut(number as usize) {
            if *all == 0 {
                self.met.push(number);
            }
            *all += weight;
        }
    }

    fn word(&mut self, word: &str, weight: u32) {
        if let Some(&number) = self.known.get(word) {
            return self.count(number, weight);
        }
        let mut terms = Vec::new();
        each_term(word, self.endings, |term| terms.push(self.number(term)));
        if let [number] = terms[..] {
            self.known.insert(word.into(), number);
        }
        for number in terms {
            self.count(number, weight);
        }
    }

    /// The terms of an entry, each with its impact.
    fn entry(&mut self, entry: &Entry<PageId>, mut take: impl FnMut(u32, &str, u32)) {
        let mut word = std::mem::take(&mut self.word);
        said::each(entry, &mut |weight, text| {
            each_word(text, &mut word, |word| self.word(word, weight));
        });
        self.word = word;
        let length = std::mem::take(&mut self.length);
        for number in std::mem::take(&mut self.met) {
            let at = number as usize;
            let weight = self.weights.get_mut(at).map_or(0, std::mem::take);
            if let Some(term) = self.terms.get(at) {
                take(number, term, impact(weight, length));
            }
        }
    }
}

/// The terms of a word: what its endings leave of it, or of a script that puts no space between words every two letters
/// that stand together.
pub(super) fn each_term(word: &str, endings: Endings, mut take: impl FnMut(&str)) {
    if !word.starts_with(is_eastern) {
        return take(&endings.stem(word));
    }
    let letters: String = word.nfc().collect();
    let starts: Vec<usize> = letters.char_indices().map(|(at, _)| at).collect();
    if starts.len() < 2 {
        return take(&letters);
    }
    for (nth, start) in starts.iter().enumerate().take(starts.len() - 1) {
        let end = starts.get(nth + 2).copied().unwrap_or(letters.len());
        take(letters.get(*start..end).unwrap_or(""));
    }
}

/// How much a word counts, of which all together count `weight` in a text of that many words (the saturated frequency of
/// BM25F; its lengths are powers of two, so that a word more in a text is seldom another length).
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small numbers"
)]
fn impact(weight: u32, length: u32) -> u32 {
    let length = length.next_power_of_two().clamp(64, 8192) as f32 / USUAL;
    let frequency = weight as f32 / (0.4 + 0.6 * length);
    let saturated = frequency / (frequency + SATURATION);
    ((saturated * HIGHEST as f32).round() as u32).min(HIGHEST)
}

/// The file, of `count`, in which a term stands.
pub(super) fn shard_of(term: &str, count: u32) -> u32 {
    let end = term.char_indices().nth(BEGINNING);
    let beginning = end.map_or(term, |(end, _)| &term[..end]);
    data::part_of(beginning, count)
}

impl Postings {
    /// Those of all pages; `number` is how many there are.
    #[must_use]
    pub fn of<'a>(
        pages: impl Iterator<Item = &'a Entry<PageId>>,
        number: usize,
        endings: Endings,
    ) -> Postings {
        let count = plan::postings(number);
        let mut weigher = Weigher::new(endings);
        // Of each term what is written, and the page after the last.
        let mut written: Vec<(String, u32)> = Vec::new();
        for (page, entry) in (0..).zip(pages) {
            weigher.entry(entry, |number, _, impact| {
                let at = number as usize;
                if at >= written.len() {
                    written.resize_with(at + 1, Default::default);
                }
                let (written, next) = &mut written[at];
                data::posting(page - *next, impact, written);
                *next = page + 1;
            });
        }
        let mut lines: Vec<(u32, &str, &str)> = { weigher.terms.iter().zip(&written) }
            .map(|(term, (written, _))| (shard_of(term, count), &**term, written.as_str()))
            .collect();
        lines.sort_unstable();
        let shards = (0..count).map(|shard| {
            let start = lines.partition_point(|(other, ..)| *other < shard);
            let end = lines.partition_point(|(other, ..)| *other <= shard);
            let mut text = String::new();
            for (_, term, written) in &lines[start..end] {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{term} {written}");
            }
            Arc::from(text)
        });
        Postings {
            shards: shards.collect(),
        }
    }

    /// The postings after some entries became others: each with what it was.
    #[must_use]
    pub fn after<'a>(
        &self,
        edited: impl Iterator<Item = (PageId, &'a Entry<PageId>, &'a Entry<PageId>)>,
        endings: Endings,
    ) -> Postings {
        let count = u32::try_from(self.shards.len()).unwrap_or(1);
        let impacts = |entry| {
            let mut impacts = BTreeMap::new();
            Weigher::new(endings).entry(entry, |_, term, impact| {
                impacts.insert(Box::<str>::from(term), impact);
            });
            impacts
        };
        // By file and term what a page's impact is now, if the term stands in it.
        let mut moved: BTreeMap<u32, Moved> = BTreeMap::new();
        for (page, was, is) in edited {
            let (was, is) = (impacts(was), impacts(is));
            for term in was.keys().chain(is.keys()) {
                let impact = is.get(term).copied();
                if was.get(term).copied() != impact {
                    let shard = moved.entry(shard_of(term, count)).or_default();
                    shard
                        .entry(term.clone())
                        .or_default()
                        .insert(page.0, impact);
                }
            }
        }
        let mut shards = self.shards.to_vec();
        for (at, moved) in moved {
            if let Some(shard) = shards.get_mut(at as usize) {
                *shard = Arc::from(with(shard, moved));
            }
        }
        Postings {
            shards: shards.into(),
        }
    }

    /// The lines of one file.
    #[must_use]
    pub fn shard(&self, at: u32) -> &Arc<str> {
        &self.shards[at as usize]
    }

    /// The terms that begin so, of those that stand in one file with it, each with its pages as they are written.
    pub(super) fn beginning<'a>(
        &'a self,
        term: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        lines(self.lines_of(term)).filter(move |(other, _)| other.starts_with(term))
    }

    fn lines_of(&self, term: &str) -> &str {
        let count = u32::try_from(self.shards.len()).unwrap_or(1);
        let shard = self.shards.get(shard_of(term, count) as usize);
        shard.map_or("", |shard| shard)
    }
}

/// Of terms the pages in which they count otherwise now; none where they stand no longer.
type Moved = BTreeMap<Box<str>, BTreeMap<u32, Option<u32>>>;

fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.split_once(' '))
}

/// The lines of a file with some terms in other pages.
fn with(text: &str, mut moved: Moved) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let put = |out: &mut String, term: &str, pages: BTreeMap<u32, u32>| {
        if pages.is_empty() {
            return;
        }
        let (mut written, mut next) = (String::new(), 0);
        for (page, impact) in pages {
            data::posting(page - next, impact, &mut written);
            next = page + 1;
        }
        let _ = writeln!(out, "{term} {written}");
    };
    let kept = |pages: BTreeMap<u32, Option<u32>>| {
        let kept = pages.into_iter();
        kept.filter_map(|(page, impact)| Some((page, impact?)))
            .collect()
    };
    for (term, written) in lines(text) {
        while let Some(first) = moved.first_entry()
            && **first.key() < *term
        {
            let (new, pages) = first.remove_entry();
            put(&mut out, &new, kept(pages));
        }
        let Some(moved) = moved.remove(term) else {
            let _ = writeln!(out, "{term} {written}");
            continue;
        };
        let pages = data::postings(written);
        let mut pages: BTreeMap<u32, u32> = { pages.into_iter() }
            .map(|(page, impact)| (page.0, impact))
            .collect();
        for (page, impact) in moved {
            match impact {
                Some(impact) => pages.insert(page, impact),
                None => pages.remove(&page),
            };
        }
        put(&mut out, term, pages);
    }
    for (term, pages) in moved {
        put(&mut out, &term, kept(pages));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::searched::words;
    use crate::search::script;

    fn terms(text: &str, endings: Endings) -> String {
        let mut terms = Vec::new();
        for word in words(text) {
            each_term(&word, endings, |term| terms.push(term.to_owned()));
        }
        terms.join(" ")
    }

    #[test]
    fn the_script_finds_the_same_terms() {
        let english = include_str!("../../docs/write/markings.md");
        let lines = english.lines().filter(|line| !line.is_empty());
        let others = [
            "北朝鮮のサイバー攻撃 APT38",
            "북한의 해킹 조직",
            "中",
            "Лазарус украл деньги",
            "tässä öljyä",
        ];
        let texts: Vec<&str> = lines.chain(others).collect();
        for language in ["en", "de", "fr", "ko"] {
            let endings = Endings::of(language);
            let steps = serde_json::to_string(endings.steps()).expect("JSON");
            let function =
                format!("text => words(text).flatMap(word => terms(word, {steps})).join(' ')");
            let Some(said) = script(&function, &texts) else {
                return;
            };
            let found: Vec<String> = texts.iter().map(|text| terms(text, endings)).collect();
            assert_eq!(said, found, "{language}");
        }
    }

    #[test]
    fn of_scripts_without_spaces_terms_are_two_letters() {
        let none = Endings::of("ja");
        assert_eq!(terms("北朝鮮", none), "北朝 朝鮮");
        assert_eq!(terms("북한의", none), "북한 한의");
        assert_eq!(terms("中", none), "中");
    }

    #[test]
    fn lines_with_other_pages_are_those_that_a_first_run_writes() {
        let text = "bank gh\nheist x\n";
        let moved = |term: &str, page, impact| {
            let pages = BTreeMap::from([(page, impact)]);
            BTreeMap::from([(Box::from(term), pages)])
        };
        // One that is there is taken out, and its line with it.
        assert_eq!(with(text, moved("heist", 0, None)), "bank gh\n");
        assert_eq!(
            with(text, moved("a", 0, Some(0))),
            "a g\nbank gh\nheist x\n"
        );
        assert_eq!(
            with(text, moved("z", 1, Some(0))),
            "bank gh\nheist x\nz Ah\n"
        );
        assert_eq!(with(text, moved("bank", 2, Some(3))), "bank ghj\nheist x\n");
    }

    #[test]
    fn a_word_counts_more_the_more_often_and_the_shorter_the_text() {
        assert!(impact(1, 500) < impact(3, 500));
        assert!(impact(3, 500) < impact(3, 100));
        assert!(impact(u32::MAX / 64, 1) <= HIGHEST);
        assert_eq!(impact(5, 300), impact(5, 400));
    }
}
