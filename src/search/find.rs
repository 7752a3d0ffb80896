//! What is found for a question: names first, then texts.
//!
//! The script of the theme answers by the same rules, from files in which the same stands; `tests/web/search.mjs` compares
//! the two.

use super::postings::{Postings, each_term};
use super::{Endings, Names, data};
use crate::model::PageId;
use crate::model::searched::words;
use std::collections::{BTreeMap, BTreeSet};

/// So many words of a question count.
const WORDS: usize = 12;

/// So many words of names may be meant by one.
const CANDIDATES: usize = 24;

/// How much a text counts that holds nothing but the words, where a name that is nothing but them counts 1.
const TEXT: f64 = 0.55;

/// A page that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The page.
    pub page: PageId,
    /// By which of its names, see [`crate::plan::Name::nth`]; 0 also where only its text holds the words.
    pub nth: u32,
    /// How well: what is higher comes first.
    pub score: f64,
}

/// What is asked: words, phrases in quotation marks, and what is behind a minus, which must not be there.
#[derive(Debug, Default, PartialEq, Eq)]
struct Question {
    words: String,
    phrases: Vec<String>,
    without: Vec<String>,
}

impl Question {
    fn of(text: &str) -> Question {
        const OPENING: [char; 4] = ['"', '“', '„', '«'];
        const MARKS: [char; 5] = ['"', '“', '”', '„', '«'];
        let mut question = Question::default();
        let mut rest = text;
        // Whether something new may begin: at the start, and behind white space.
        let mut begins = true;
        while let Some(first) = rest.chars().next() {
            let (minus, behind) = match rest.strip_prefix('-') {
                Some(behind) => (true, behind),
                None => (false, rest),
            };
            if begins && let Some(phrase) = behind.strip_prefix(OPENING) {
                let end = phrase.find(|c| MARKS.contains(&c) || c == '»');
                let (phrase, after) = phrase.split_at(end.unwrap_or(phrase.len()));
                let list = match minus {
                    true => &mut question.without,
                    false => &mut question.phrases,
                };
                list.push(phrase.to_owned());
                let mut after = after.chars();
                after.next();
                (rest, begins) = (after.as_str(), false);
                continue;
            }
            if begins && minus && behind.starts_with(|c: char| !c.is_whitespace()) {
                let end = behind.find(|c: char| c.is_whitespace() || OPENING.contains(&c));
                let (word, after) = behind.split_at(end.unwrap_or(behind.len()));
                question.without.push(word.to_owned());
                (rest, begins) = (after, false);
                continue;
            }
            question.words.push(first);
            begins = first.is_whitespace();
            rest = rest.get(first.len_utf8()..).unwrap_or("");
        }
        question
    }
}

/// What a question is asked of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub names: &'a Names,
    /// None where texts are not searched.
    pub postings: Option<&'a Postings>,
    pub endings: Endings,
    pub pages: u32,
}

impl<'a> Asked<'a> {
    /// The pages that are meant, best first. Whether a page holds a phrase as it stands is not told: its words are there.
    pub(super) fn find(self, text: &str) -> Vec<Hit> {
        let question = Question::of(text);
        // The last word may go on.
        let open = !text.ends_with(|c: char| c.is_whitespace() || ".,;:)]”\"»".contains(c));
        let (known, found) = self.in_texts(&question, open);
        let names = [&question.words]
            .into_iter()
            .chain(&question.phrases)
            .map(String::as_str);
        let names = self.in_names(&names.collect::<Vec<_>>().join(" "), open, &known);
        let strict = !question.phrases.is_empty() || !question.without.is_empty();
        let mut best: BTreeMap<PageId, Hit> = { names.into_iter() }
            .filter(|hit| !strict || found.contains_key(&hit.page))
            .map(|hit| (hit.page, hit))
            .collect();
        for (&page, how) in &found {
            let score = TEXT * how.sqrt();
            let hit = best.entry(page).or_insert(Hit {
                page,
                nth: 0,
                score: 0.0,
            });
            hit.score = match hit.score > 0.0 {
                true => hit.score.max(score) + 0.1 * score,
                false => score,
            };
        }
        let mut hits: Vec<Hit> = best.into_values().collect();
        hits.sort_by(|one, other| {
            { other.score.total_cmp(&one.score) }.then(one.page.cmp(&other.page))
        });
        hits
    }

    /// The pages in whose texts all of the words stand, each with how well, from 0 to 1; and which words are known.
    fn in_texts(
        self,
        question: &Question,
        open: bool,
    ) -> (BTreeSet<String>, BTreeMap<PageId, f64>) {
        let mut known = BTreeSet::new();
        let mut found = BTreeMap::new();
        let Some(postings) = self.postings else {
            return (known, found);
        };
        let mut telling: Vec<(BTreeMap<PageId, f64>, bool)> = Vec::new();
        let mut add = |word: &str, open: bool, must: bool| {
            each_term(word, self.endings, |term| {
                let pages = self.standing(postings, term, open);
                if pages.as_ref().is_none_or(|pages| !pages.is_empty()) {
                    known.insert(word.to_owned());
                }
                telling.extend(pages.map(|pages| (pages, must)));
            });
        };
        let typed = cut(&question.words);
        for (at, word) in typed.iter().enumerate() {
            add(word, open && at + 1 == typed.len(), false);
        }
        for word in question.phrases.iter().flat_map(|phrase| cut(phrase)) {
            add(&word, false, true);
        }
        let all = f64::from(self.pages);
        let mut best = 0.0;
        let mut scores: BTreeMap<PageId, (f64, usize, usize)> = BTreeMap::new();
        for (pages, must) in &telling {
            let held = count(pages.len());
            let rarity = (1.0 + (all - held + 0.5) / (held + 0.5)).ln();
            best += rarity;
            for (&page, impact) in pages {
                let (score, met, musts) = scores.entry(page).or_default();
                *score += rarity * impact / 31.0;
                *met += 1;
                *musts += usize::from(*must);
            }
        }
        let musts = telling.iter().filter(|(_, must)| *must).count();
        // Of many words one may be missing.
        let spare = usize::from(telling.len() - musts > 3);
        for (page, (score, met, kept)) in scores {
            if met + spare >= telling.len() && kept == musts {
                let share = count(met) / count(telling.len());
                found.insert(page, score / best * share * share);
            }
        }
        for barred in &question.without {
            let mut lists = Vec::new();
            for word in cut(barred) {
                each_term(&word, self.endings, |term| {
                    lists.push(self.standing(postings, term, false));
                });
            }
            let holds = |page: &PageId| {
                let mut lists = lists.iter();
                lists.all(|list| list.as_ref().is_none_or(|pages| pages.contains_key(page)))
            };
            if !lists.is_empty() {
                found.retain(|page, _| !holds(page));
            }
        }
        (known, found)
    }

    /// The pages of a term, each with its impact; with `open` also of those that begin so, which count half. None of what
    /// stands nearly everywhere.
    fn standing(
        self,
        postings: &Postings,
        term: &str,
        open: bool,
    ) -> Option<BTreeMap<PageId, f64>> {
        let long = term.chars().count() > 3;
        let mut found: BTreeMap<PageId, f64> = BTreeMap::new();
        for (other, written) in postings.beginning(term) {
            let whole = other == term;
            if !(whole || open && long) {
                continue;
            }
            if !data::tells(data::held(written), self.pages) {
                if whole {
                    return None;
                }
                continue;
            }
            for (page, impact) in data::postings(written) {
                let impact = f64::from(impact) / if whole { 1.0 } else { 2.0 };
                let best = found.entry(page).or_default();
                *best = best.max(impact);
            }
        }
        Some(found)
    }

    /// The pages whose names the words mean, each with which of its names and how well, from 0 to 1.
    fn in_names(self, text: &str, open: bool, known: &BTreeSet<String>) -> Vec<Hit> {
        let typed = cut(text);
        let mut best: BTreeMap<PageId, Hit> = BTreeMap::new();
        for asked in cuts(&typed) {
            let mut names: BTreeMap<(PageId, u32), (u32, Vec<f64>)> = BTreeMap::new();
            for (at, word) in asked.iter().enumerate() {
                let last = open && at + 1 == asked.len();
                for (word, how) in self.alike(word, last, known.contains(word)) {
                    for bearer in self.names.bearers(word) {
                        let name = names.entry((bearer.page, bearer.nth));
                        let (words, met) = name.or_insert_with(|| (0, vec![0.0; asked.len()]));
                        *words = (*words).max(bearer.words.min(data::LONGEST));
                        if let Some(met) = met.get_mut(at) {
                            *met = met.max(how);
                        }
                    }
                }
            }
            // Of many words one may be none of the name.
            let spare = usize::from(asked.len() > 2);
            for ((page, nth), (words, how)) in names {
                let met = how.iter().filter(|how| **how > 0.0).count();
                if met + spare < asked.len() {
                    continue;
                }
                let mean = how.iter().sum::<f64>() / count(asked.len());
                let whole = count(met) / count(met).max(f64::from(words));
                let title = if nth == 0 { 0.01 } else { 0.0 };
                let score = mean * (0.6 + 0.4 * whole) + title;
                let hit = Hit { page, nth, score };
                let held = best.entry(page).or_insert(hit);
                if score > held.score {
                    *held = hit;
                }
            }
        }
        best.into_values().collect()
    }

    /// The words of names that a word may mean, each with how well it does, from 0 to 1: one that stands in texts is
    /// seldom a mistake.
    fn alike(self, word: &str, last: bool, known: bool) -> Vec<(&'a str, f64)> {
        let letters: Vec<char> = word.chars().collect();
        let length = letters.len();
        let mut found: Vec<(&'a str, f64)> = Vec::new();
        for other in self.names.beginning(word) {
            let share = count(length) / count(other.chars().count());
            if other == word {
                found.push((other, 1.0));
            } else if last || length > 3 {
                let least = if last { 0.65 } else { 0.45 };
                found.push((other, least + 0.3 * share));
            }
        }
        let exact = found.first().is_some_and(|(other, _)| *other == word);
        // Numbers and what holds one are exact: a digit more is another.
        if !exact && length > 3 && !letters.iter().any(|c| c.is_numeric()) {
            let most = if length > 5 { 2 } else { 1 };
            let doubt = if known { 0.5 } else { 1.0 };
            for other in self.names.words() {
                let others: Vec<char> = other.chars().collect();
                if others.len() + most < length || other.starts_with(word) {
                    continue;
                }
                let whole = match others.len() <= length + most {
                    true => edits(&letters, &others, most, false),
                    false => most + 1,
                };
                if whole <= most {
                    found.push((other, doubt * if whole == 1 { 0.75 } else { 0.55 }));
                } else if last
                    && length > 4
                    && others.len() > length
                    && edits(&letters, &others, 1, true) <= 1
                {
                    found.push((other, doubt * 0.5));
                }
            }
        }
        found.sort_by(|one, other| other.1.total_cmp(&one.1));
        found.truncate(CANDIDATES);
        found
    }
}

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
fn count(number: usize) -> f64 {
    number as f64
}

fn cut(text: &str) -> Vec<String> {
    let mut words = words(text);
    words.truncate(WORDS);
    words
}

/// The same words cut otherwise: neighbours as one (`apt 38`), letters and digits apart (`apt38`).
fn cuts(asked: &[String]) -> Vec<Vec<String>> {
    if asked.is_empty() {
        return Vec::new();
    }
    let mut lists = vec![asked.to_vec()];
    for at in 0..asked.len().saturating_sub(1).min(6) {
        let mut joined = asked.to_vec();
        let next = joined.remove(at + 1);
        if let Some(word) = joined.get_mut(at) {
            word.push_str(&next);
        }
        lists.push(joined);
    }
    let mut apart: Vec<String> = Vec::new();
    for word in asked {
        let mut before = None;
        for c in word.chars() {
            match apart.last_mut() {
                Some(run) if before == Some(c.is_numeric()) => run.push(c),
                _ => apart.push(c.to_string()),
            }
            before = Some(c.is_numeric());
        }
    }
    if apart.len() > asked.len() {
        lists.push(apart);
    }
    lists
}

/// The edits between two words, a swap of neighbours among them; more than `most` are not counted. With `open` the second
/// may go on.
fn edits(one: &[char], other: &[char], most: usize, open: bool) -> usize {
    let mut older: Vec<usize> = Vec::new();
    let mut old: Vec<usize> = (0..=other.len()).collect();
    for (i, c) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, d) in other.iter().enumerate() {
            let mut cost = (old[j + 1] + 1)
                .min(row[j] + 1)
                .min(old[j] + usize::from(c != d));
            if i > 0 && j > 0 && *c == other[j - 1] && one[i - 1] == *d {
                cost = cost.min(older[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return most + 1;
        }
        older = std::mem::replace(&mut old, row);
    }
    match open {
        true => old.into_iter().min().unwrap_or(0),
        false => old.last().copied().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_and_what_must_not_be_there_are_told_from_words() {
        let asked = |text: &str| {
            let Question {
                words,
                phrases,
                without,
            } = Question::of(text);
            (
                words.trim().to_owned(),
                phrases.join("|"),
                without.join("|"),
            )
        };
        let is = |words: &str, phrases: &str, without: &str| {
            (words.to_owned(), phrases.to_owned(), without.to_owned())
        };
        assert_eq!(asked("APT-38 bank"), is("APT-38 bank", "", ""));
        assert_eq!(asked("bank -swift"), is("bank", "", "swift"));
        assert_eq!(
            asked("\"money laundering\" bank"),
            is("bank", "money laundering", "")
        );
        assert_eq!(
            asked("“money laundering” -\"a b\""),
            is("", "money laundering", "a b")
        );
        assert_eq!(asked("bank - swift"), is("bank - swift", "", ""));
        assert_eq!(asked("\"not closed"), is("", "not closed", ""));
        assert_eq!(asked("a\"b\""), is("a\"b\"", "", ""));
    }

    #[test]
    fn a_swap_of_neighbours_is_one_edit() {
        let edits = |one: &str, other: &str, open| {
            let letters = |word: &str| word.chars().collect::<Vec<_>>();
            edits(&letters(one), &letters(other), 2, open)
        };
        assert_eq!(edits("lazarus", "lazraus", false), 1);
        assert_eq!(edits("lazarus", "lazerus", false), 1);
        assert_eq!(edits("laza", "lazarus", false), 3);
        assert_eq!(edits("lzaa", "lazarus", true), 1);
    }
}
