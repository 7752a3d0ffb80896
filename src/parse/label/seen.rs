//! A text as it is seen, and the labels in it.
//!
//! Takes parts of a text, code among them; gives every label with its place in the text. One pass, and at
//! each word no more is looked at than a label is long.

pub(super) mod abroad;

mod forms;

mod said;

mod talk;

use super::words::{
    COLOURS, dot, is_other_level, is_plain_word, is_small_level, is_word, near_colour, translated,
};
use super::{Label, Reading, fold};
use crate::model::Tlp;
use std::ops::Range;

/// No word of a label is longer: what is written without spaces is looked at so far.
const LONGEST_WORD: usize = 64;

/// A text as it is seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(super) bytes: Vec<u8>,
    /// Where in the text each comes from.
    at: Vec<usize>,
    /// The end of the sign that each comes from.
    end: Vec<usize>,
    coded: Vec<bool>,
}

impl Seen {
    pub(super) fn of(text: &str) -> Seen {
        let mut seen = Seen::default();
        seen.push(text, 0);
        seen
    }

    /// Adds a part of the text that begins at byte `base` of it.
    pub(crate) fn push(&mut self, part: &str, base: usize) {
        for (at, c) in part.char_indices() {
            let (start, end) = (base + at, base + at + c.len_utf8());
            fold::seen(c, &mut |byte| {
                self.bytes.push(byte);
                self.at.push(start);
                self.end.push(end);
                self.coded.push(false);
            });
        }
    }

    /// Adds code, of which one sign at `at` stands in the text.
    pub(crate) fn push_code(&mut self, code: &str, at: usize, end: usize) {
        for c in code.chars() {
            fold::seen(c, &mut |byte| {
                self.bytes.push(byte);
                self.at.push(at);
                self.end.push(end);
                self.coded.push(true);
            });
        }
    }

    /// Adds words that something at `at` says, a tag, though nobody sees them.
    pub(crate) fn push_said(&mut self, words: &str, at: usize, end: usize) {
        let from = self.bytes.len();
        self.push_code(words, at, end);
        self.coded[from..].fill(false);
    }

    /// Every label; `text` is what was pushed.
    pub(crate) fn labels(&self, text: &str) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut at = 0;
        while at < self.bytes.len() {
            let done = labels.last().map_or(0, |label: &Label| label.range.end);
            let label = || match self.label_at(at, text) {
                Some(label) if label.2 => Some(label),
                label => {
                    let before = self.reversed(at, done, text);
                    let before = before.or_else(|| self.said_before(at, done, text));
                    before.or(label)
                }
            };
            match self.begins(at).then(label).flatten() {
                Some((end, ..))
                    if self.is_in_path(at, end, text)
                        || self.is_of_file(at, end, text) && !self.heads_line(at, text) =>
                {
                    at = end.max(at + 1);
                }
                Some((end, reading, plain)) => {
                    labels.push(self.label(at, end, reading, plain));
                    // Within one that needs brackets another one may stand that needs none.
                    at = if plain { end.max(at + 1) } else { at + 1 };
                }
                None => at += 1,
            }
        }
        labels
    }

    fn label(&self, start: usize, end: usize, reading: Reading, plain: bool) -> Label {
        let last = end.saturating_sub(1).max(start);
        let quoted = self.before(start) == Some(fold::QUOTE) && self.byte(end) == Some(fold::QUOTE);
        Label {
            range: self.at[start]..self.end[last],
            reading,
            plain,
            quoted,
            // What stands in one span of code comes from one place.
            coded: self.coded[start..=last].iter().all(|coded| *coded)
                && self.at[start] == self.at[last],
        }
    }

    /// Whether a word may begin at a sign: behind letters too, where they were not meant to be of one word.
    fn begins(&self, at: usize) -> bool {
        let joined = |before: usize| {
            let ascii = self.end[before] == self.at[before] + 1 || self.coded[before];
            let letter = self.bytes[before].is_ascii_alphabetic();
            let number = self.bytes[before].is_ascii_digit() && self.bytes[at].is_ascii_digit();
            (letter || number) && ascii && self.bytes[at] != fold::LETTER && !self.is_parted(at)
        };
        !at.checked_sub(1).is_some_and(joined)
    }

    /// Whether something that is no sign (a tag, a picture, a space without width) stands before a sign, or
    /// code begins or ends there: words are read both as ending there and as going on.
    fn is_parted(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return true;
        };
        match (self.at.get(at), self.coded.get(at)) {
            (Some(start), Some(coded)) => *start > self.end[before] || *coded != self.coded[before],
            _ => true,
        }
    }

    /// Whether a word goes on at a place, seen from before it.
    fn goes_on(&self, at: usize) -> bool {
        let letter = |byte: u8| byte.is_ascii_alphanumeric();
        self.byte(at).is_some_and(letter) && !self.is_parted(at)
    }

    /// The end of the word at a place, tags in it or not; of one that is longer than any of a label, its
    /// first [`LONGEST_WORD`] letters.
    pub(super) fn word_end(&self, start: usize) -> usize {
        let most = self.bytes.len().min(start + LONGEST_WORD);
        let end = (start..most).find(|&at| !is_word(self.bytes[at]));
        end.unwrap_or(most.max(start))
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn before(&self, at: usize) -> Option<u8> {
        at.checked_sub(1).and_then(|at| self.byte(at))
    }

    /// The label that begins at a word: where it ends, what it says, whether it needs no brackets.
    fn label_at(&self, at: usize, text: &str) -> Option<(usize, Reading, bool)> {
        let label = self.word(at, b"tlp").and_then(|end| {
            let label = self.after_tlp(at, end, text);
            let said = || self.said_behind(at, end, text);
            match label {
                Some(label) if label.2 => Some(label),
                label => said().or(label),
            }
        });
        label
            .or_else(|| self.spelt_out(at, text))
            .or_else(|| self.spaced_out(at, text))
            .or_else(|| self.misspelt(at, text))
            .or_else(|| self.abroad(at, text))
            .map(|label| self.with_more_colours(label, text))
    }

    /// The label with the colours that go on behind its own, `TLP:CLEAR/RED`, `TLP:CLEAR RED`: the highest of
    /// them counts.
    fn with_more_colours(
        &self,
        (mut end, mut reading, plain): (usize, Reading, bool),
        text: &str,
    ) -> (usize, Reading, bool) {
        while reading != Reading::Unknown {
            let between = self.between(self.after_box(end));
            let signs = &self.bytes[between.clone()];
            let closed = signs.iter().any(|byte| matches!(byte, b')' | b']' | b'}'));
            let near =
                !(signs.is_empty() || signs.len() > 5 || closed || self.stops(between.clone()));
            let Some((next, more)) = self.colour(between.end).filter(|_| near) else {
                // Nothing is above RED.
                let goes_on = plain && reading.level() < Tlp::Red;
                let behind = goes_on.then(|| self.next_colour(end, text)).flatten();
                let Some((next, more)) = behind else {
                    break;
                };
                if more.level() > reading.level() {
                    reading = more;
                }
                end = next;
                continue;
            };
            let joined = !signs.iter().any(|byte| matches!(byte, b' ' | b'\n'));
            let words = self.written(between.end..next, text);
            if !joined && words.chars().any(char::is_lowercase) {
                break;
            }
            if more.level() > reading.level() {
                reading = more;
            }
            end = next;
        }
        (end, reading, plain)
    }

    /// Where a box ends that stands behind a place, `CLEAR [x] AMBER`, before the space.
    fn after_box(&self, at: usize) -> usize {
        match self.bytes.get(at..at + 4) {
            Some(b" [x]" | b" [ ]") => at + 4,
            _ => at,
        }
    }

    /// What follows `tlp`, which ends before `end`.
    fn after_tlp(&self, start: usize, end: usize, text: &str) -> Option<(usize, Reading, bool)> {
        let mut from = end;
        // A version may stand between: `TLP 2.0: AMBER`.
        for _ in 0..3 {
            let between = self.between(from);
            let next = between.end;
            if let Some(reading) = self.byte(next).and_then(dot) {
                return Some((next + 1, reading, !self.stops(between)));
            }
            if let Some((end, reading)) = self.colour(next) {
                if self.is_adjective(between.clone(), end, text)
                    || self.is_team(start, between.clone(), end, text)
                {
                    return None;
                }
                let plain = self.is_plain(start, between, end, text);
                return Some((end, reading, plain));
            }
            if from == end && self.is_number(start, &between, text) {
                return Some((next + 1, Reading::Unknown, true));
            }
            match self.version(next) {
                Some(end) => from = end,
                // `TLP红色`, `TLP等级：红色`
                None if between.is_empty() && self.byte(next) == Some(fold::LETTER) => {
                    let colour = self.translated(next, text);
                    let colour = colour.or_else(|| self.begun(next, text));
                    let colour = colour.or_else(|| self.said_in_script(next, text));
                    let colour = colour.map(|(end, reading)| (end, reading, true));
                    let behind = || self.unknown(between, text);
                    return colour.or_else(|| {
                        behind().filter(|(_, reading, _)| *reading != Reading::Unknown)
                    });
                }
                // A longer word that begins with it.
                None if between.is_empty() && from == end && !self.is_parted(end) => return None,
                None => return self.unknown(between, text),
            }
        }
        None
    }

    /// `TLP:3`: a number right behind the name, as some platforms have them, and no colour behind it.
    fn is_number(&self, start: usize, between: &Range<usize>, text: &str) -> bool {
        let (signs, at) = (self.bytes.get(between.clone()), between.end);
        let digit = self
            .byte(at)
            .is_some_and(|byte| matches!(byte, b'0'..=b'4'));
        let version = self.byte(at + 1) == Some(b'.')
            && self.byte(at + 2).is_some_and(|byte| byte.is_ascii_digit());
        if !digit || version {
            return false;
        }
        // `tlp: 3` alone in its line
        let alone = self.is_line(start, at + 1);
        let spaced = matches!(signs, Some(b": " | b"= " | b" = ")) && alone;
        (matches!(signs, Some(b":" | b"=")) || spaced)
            && !self.goes_on(at + 1)
            && (alone
                || self.is_named_in_capitals(between.start, text)
                || self.byte(at + 1) == Some(b')'))
            && self.colour(self.between(at + 1).end).is_none()
    }

    /// Whether the name of the protocol that ends at a place is in capitals.
    fn is_named_in_capitals(&self, end: usize, text: &str) -> bool {
        let name = self.written(end.saturating_sub(3)..end, text);
        !name.contains(char::is_lowercase)
    }

    /// A word after `tlp` that is no colour.
    fn unknown(&self, between: Range<usize>, text: &str) -> Option<(usize, Reading, bool)> {
        let start = between.end;
        let end = self.word_end(start);
        if let Some(label) = self.after_level_words(between.end, text) {
            return Some(label);
        }
        // "(TLP), as it is called": what brackets close is no part of what follows.
        let closed = self.bytes[between.clone()]
            .iter()
            .any(|byte| matches!(byte, b')' | b']' | b'}'));
        if start == end || closed {
            return None;
        }
        let whole = self.unknown_word(between.clone(), end, text);
        let part = (start + 1..end).find(|&at| self.is_parted(at));
        let part = part.and_then(|end| self.unknown_word(between, end, text));
        part.filter(|(_, _, plain)| *plain).or(whole)
    }

    /// The same for a word that ends before `end`.
    fn unknown_word(
        &self,
        between: Range<usize>,
        end: usize,
        text: &str,
    ) -> Option<(usize, Reading, bool)> {
        let start = between.end;
        let written = self.written(start..end, text);
        let named = self.bytes[between.clone()]
            .iter()
            .any(|byte| matches!(byte, b':' | b'='));
        let stops = self.stops(between.clone());
        if let Some(tlp) = translated(&written) {
            return Some((end, Reading::Colour(tlp), !stops));
        }
        let direct = matches!(self.bytes.get(between.clone()), Some(b":" | b": " | b":\n"));
        // "TLP:A" is short for a colour.
        let short = between.len() == 1 && end == start + 1;
        if named && !short && is_plain_word(&written) {
            return None;
        }
        // `**TLP:** internal`
        let signs = self.bytes.get(between.clone()).unwrap_or(&[]);
        let signs: Vec<u8> = signs.iter().copied().filter(|it| *it != b'*').collect();
        let small = written.chars().all(char::is_lowercase);
        let seen = &self.bytes[start..end];
        // `TLP:internal`; letters of an ending are not, `TLP:ssä`.
        let long =
            written.chars().nth(3).is_some() && self.is_named_in_capitals(between.start, text);
        if small && matches!(&*signs, b":" | b"=") && (long || is_small_level(seen))
            || matches!(&*signs, b": " | b":\n" | b"= " | b" = ") && is_small_level(seen)
        {
            return Some((end, Reading::Unknown, true));
        }
        let capitals = written.chars().count() >= 3 && written.chars().all(char::is_uppercase);
        let mut signs = self.bytes[between.clone()].iter();
        let spaced = signs.all(|byte| b" \n,;".contains(byte));
        if let Some(tlp) = near_colour(&self.bytes[start..end])
            && (named || capitals)
        {
            return Some((end, Reading::Colour(tlp), !stops));
        }
        // `TLP level: AMBER`, with at most two words between.
        let mut at = end;
        for _ in 0..2 {
            let next = self.between(at);
            let names = self.bytes[next.clone()]
                .iter()
                .any(|byte| matches!(byte, b':' | b'='));
            let translated = || self.translated(next.end, text);
            let abroad = !names && !written.is_ascii();
            let colour = match abroad {
                true => translated().filter(|_| self.byte(next.end) == Some(fold::LETTER)),
                false => self.colour(next.end).or_else(translated),
            };
            if (names || abroad)
                && !self.stops(next.clone())
                && let Some((end, reading)) = colour
                && !(self.is_small(next.end..end, text) && self.before_small_word(end, text))
            {
                return Some((end, reading, true));
            }
            at = self.word_end(next.end);
        }
        // "(TLP markings)", "(TLP, as it is called)": words about it.
        if spaced && written.chars().all(|c| c.is_ascii_lowercase()) {
            return None;
        }
        // Behind the colon whatever looks like a name is one of a colour, unless it is a word of English.
        let first = written.chars().next();
        let name = direct && first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        // "TLP: Rizvi freed" is news of a party.
        let news = self.bytes.get(between) == Some(b": ")
            && self.before_small_word(end, text)
            && !is_other_level(seen);
        let plain = (named && capitals || name && !news) && !stops;
        Some((end, Reading::Unknown, plain))
    }

    /// The colour of another language at a place, as a word of its own.
    pub(super) fn translated(&self, start: usize, text: &str) -> Option<(usize, Reading)> {
        let end = self.word_end(start);
        let tlp = translated(&self.written(start..end, text))?;
        Some((end, Reading::Colour(tlp)))
    }

    /// Whether a word in small letters follows behind a space.
    fn before_small_word(&self, end: usize, text: &str) -> bool {
        let next = end + 1;
        self.byte(end) == Some(b' ')
            && self.byte(next).is_some_and(is_word)
            && self.is_small(next..next + 1, text)
    }

    /// Whether what is written in a range is in small letters.
    fn is_small(&self, range: Range<usize>, text: &str) -> bool {
        self.written(range, text).chars().all(char::is_lowercase)
    }

    /// The signs between two words, at most forty.
    pub(super) fn between(&self, at: usize) -> Range<usize> {
        let most = self.bytes.len().min(at + 40);
        let end = (at..most).find(|&at| is_word(self.bytes[at]) || dot(self.bytes[at]).is_some());
        at..end.unwrap_or(most)
    }

    /// Whether a sentence ends between two words.
    fn stops(&self, between: Range<usize>) -> bool {
        let signs = &self.bytes[between];
        signs
            .windows(2)
            .any(|pair| matches!(pair, [b'.' | b'!' | b'?' | b';', b' ' | b'\n']))
    }

    /// The text of a range as it is written.
    pub(super) fn written(&self, range: Range<usize>, text: &str) -> String {
        let places = range.clone().map(|at| (self.at[at], self.end[at]));
        let mut written = String::new();
        let mut done = 0;
        for (start, end) in places {
            if start >= done {
                written.push_str(text.get(start..end).unwrap_or(""));
                done = end;
            }
        }
        written
    }

    /// The end of a word that stands at a place, with line breaks and backslashes between its letters.
    fn word(&self, at: usize, word: &[u8]) -> Option<usize> {
        let mut at = at;
        for (index, letter) in word.iter().enumerate() {
            while index > 0 && matches!(self.byte(at), Some(b'\n' | b'\\')) {
                at += 1;
            }
            if self.byte(at) != Some(*letter) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// The colour at a place, as a word of its own.
    pub(super) fn colour(&self, at: usize) -> Option<(usize, Reading)> {
        let found = COLOURS
            .iter()
            .find_map(|(word, reading)| Some((self.word(at, word)?, *reading)));
        let (end, reading) = found?;
        if self.goes_on(end) {
            return None;
        }
        // There is no `CLEAR+STRICT`.
        if reading != Reading::Colour(Tlp::Amber)
            && let Some(end) = self.word(end, b"+strict")
        {
            return Some((end, Reading::Unknown));
        }
        if reading == Reading::Colour(Tlp::Amber) {
            let signs = (end..self.bytes.len().min(end + 5)).find(|&at| is_word(self.bytes[at]));
            if let Some(strict) = signs.and_then(|at| self.word(at, b"strict")) {
                return Some((strict, Reading::Colour(Tlp::AmberStrict)));
            }
        }
        Some((end, reading))
    }

    /// The end of a version: `2`, `2.0`, `v2.0`.
    fn version(&self, at: usize) -> Option<usize> {
        let mut end = at + usize::from(self.byte(at) == Some(b'v'));
        let first = end;
        while self.byte(end).is_some_and(|byte| byte.is_ascii_digit())
            || (matches!(self.byte(end), Some(b'.' | b','))
                && self.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit()))
        {
            end += 1;
        }
        (end > first
            && end - first <= 4
            && (self.is_parted(end)
                || !self
                    .byte(end)
                    .is_some_and(|byte| byte.is_ascii_alphabetic())
                // `TLPv2AMBER`
                || self.colour(end).is_some()))
        .then_some(end)
    }
}
