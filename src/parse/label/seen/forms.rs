//! Other forms of labels: the name spelt out, misspelt or with its letters apart, words between it and the
//! colour, the colour before it.
//!
//! Takes a text as it is seen and a place in it; gives where a label ends that begins there, what it says, and
//! whether it needs no brackets.

use super::super::Reading;
use super::super::words::{COLOURS, dot, is_level_word, is_misspelt, is_swapped, is_word};
use super::Seen;
use crate::model::Tlp;

/// Dots and squares that nothing else is told by than a colour.
const LAMPS: &str = "🔴🟥🟠🟧🟡🟨🟢🟩⚪⬜🔶🔸🧡💛💚";

impl Seen {
    /// `level: AMBER`, `(Traffic Light Protocol): amber`, `Color AMBER`: words of levels, and the colour behind
    /// them, which is in capitals where no colon stands before it.
    pub(in super::super) fn after_level_words(
        &self,
        start: usize,
        text: &str,
    ) -> Option<(usize, Reading, bool)> {
        let mut at = start;
        for _ in 0..6 {
            let end = match self.version(at) {
                Some(end) => end,
                None => {
                    let end = self.word_end(at);
                    let word = self.bytes.get(at..end)?;
                    if !is_level_word(word) && word != b"tlp" {
                        return None;
                    }
                    end
                }
            };
            let between = self.between(end);
            if self.stops(between.clone()) {
                return None;
            }
            let mut signs = self.bytes[between.clone()].iter();
            let named = signs.any(|byte| matches!(byte, b':' | b'='))
                || self.bytes.get(between.clone()) == Some(b" - ");
            at = between.end;
            if let Some((end, reading)) = self.translated(at, text) {
                return Some((end, reading, true));
            }
            if let Some((end, reading)) = self.colour(at) {
                let plain = named || !self.is_small(at..at + 1, text);
                // "(TLP level amber)"
                let alone = || self.closes(end);
                return (plain || alone()).then_some((end, reading, plain));
            }
        }
        None
    }

    /// `AMBER TLP`, `AMBER (TLP)`, `🔴 TLP`, `红色TLP`: whether a colour, in capitals where there are any, stands
    /// before the name, and not a sentence goes on behind it.
    pub(super) fn reversed(
        &self,
        at: usize,
        done: usize,
        text: &str,
    ) -> Option<(usize, Reading, bool)> {
        let end = self.word(at, b"tlp").filter(|end| !self.goes_on(*end))?;
        let signs = self.bytes[..at].iter().rev().take(3);
        let signs = signs
            .take_while(|byte| b" ()[]-/_|,:=".contains(byte))
            .count();
        let (start, reading) = self.colour_before(at - signs, end, text)?;
        let sound = self.begins(start) && self.at[start] >= done;
        // "RED TLP labels" are spoken of.
        let next = self.word_end((end + 1).min(self.bytes.len()));
        let many = self.before_small_word(end, text) && self.before(next) == Some(b's');
        (sound && !many).then_some((end, reading, true))
    }

    /// The colour that ends at a place, and where it begins, before the name, which ends at `end`.
    fn colour_before(&self, last: usize, end: usize, text: &str) -> Option<(usize, Reading)> {
        let before = last.checked_sub(1)?;
        if let Some(reading) = dot(self.bytes[before]) {
            // Ticks and signs of prohibition stand before items of lists.
            let lamp = self.written(before..last, text);
            return lamp
                .starts_with(|c| LAMPS.contains(c))
                .then_some((before, reading));
        }
        let apart = end > last + 3;
        let strict = self
            .strict_before(last)
            .map(|start| (start, Reading::Colour(Tlp::AmberStrict)));
        let colour = strict.or_else(|| {
            let colours = COLOURS.iter();
            let mut found = colours.filter(|(word, _)| self.bytes[..last].ends_with(word));
            found
                .next()
                .map(|(word, reading)| (last - word.len(), *reading))
        });
        let (start, reading) = match colour {
            Some((start, reading)) => (start, reading),
            None => {
                let (start, tlp) = self.translated_before(last, text)?;
                (start, Reading::Colour(tlp))
            }
        };
        let word = self.written(start..last, text);
        let cased = |c: char| c.is_lowercase() || c.is_uppercase();
        if !word.contains(cased) {
            return Some((start, reading));
        }
        let capitals = !word.contains(char::is_lowercase);
        let begins = word.starts_with(char::is_uppercase);
        let named = !word.is_ascii() && begins;
        let between = self.bytes.get(last..end - 3).unwrap_or(&[]);
        // `(amber tlp 2.0)`, `(AMBER, TLP)`, `Amber/TLP`; "RED, TLP" are items of a list.
        let version = self.version(self.between(end).end).unwrap_or(end);
        let opens = |byte: u8| matches!(byte, b'(' | b'[' | b'{');
        let alone = self.before(start).is_some_and(opens) && self.closes(version);
        let joined = begins && matches!(between, b"/") || matches!(between, b":" | b"=");
        if between.contains(&b',') && !alone {
            return None;
        }
        let sound = capitals
            || named
            || alone
            || joined
            || self.is_line(start, end)
            || word.starts_with(char::is_uppercase) && self.is_value(start, last, end);
        (apart && sound).then_some((start, reading))
    }

    /// Whether a bracket closes at a place.
    fn closes(&self, at: usize) -> bool {
        matches!(self.byte(at), Some(b')' | b']' | b'}'))
    }

    /// Whether nothing else stands in a line, brackets aside.
    pub(super) fn is_line(&self, start: usize, end: usize) -> bool {
        let open = |byte: &u8| b" ()[]*_.".contains(byte);
        let before = self.bytes[..start].iter().rev().find(|byte| !open(byte));
        let mut after = self.bytes.get(end..).unwrap_or(&[]).iter();
        let after = after.find(|byte| !open(byte));
        [before, after]
            .into_iter()
            .flatten()
            .all(|byte| *byte == b'\n')
    }

    /// Whether a colour is what a field says or a line begins with, and the name follows in brackets:
    /// `Sharing: Amber (TLP)`, `Amber (TLP 2.0): …`.
    fn is_value(&self, start: usize, last: usize, end: usize) -> bool {
        let version = self.version(self.between(end).end);
        let closed = self.byte(version.unwrap_or(end)) == Some(b')');
        let bracket = self.bytes.get(last..end - 3) == Some(b" (");
        let mut before = self.bytes[..start].iter().rev();
        let before = before.find(|byte| !b" *_".contains(byte));
        closed && bracket && before.is_none_or(|byte| matches!(byte, b':' | b'=' | b'\n'))
    }

    /// Where `amber+strict` begins that ends at a place.
    pub(super) fn strict_before(&self, last: usize) -> Option<usize> {
        let before = self.bytes[..last].strip_suffix(b"strict")?;
        let signs = before.iter().rev().take_while(|byte| !is_word(**byte));
        let before = &before[..before.len() - signs.count().min(3)];
        Some(before.strip_suffix(b"amber")?.len())
    }

    /// `Traffic Light Protocol: AMBER`, `traffic-light: amber`.
    pub(super) fn spelt_out(&self, at: usize, text: &str) -> Option<(usize, Reading, bool)> {
        let traffic = self.word(at, b"traffic")?;
        let light = self.word(self.between(traffic).end, b"light")?;
        let protocol = self.word(self.between(light).end, b"protocol");
        let between = self.between(protocol.unwrap_or(light));
        let colour = self.colour(between.end);
        let translated = || {
            self.translated(between.end, text)
                .filter(|_| protocol.is_some())
        };
        let Some((end, reading)) = colour.or_else(translated) else {
            return self.after_level_words(between.end, text);
        };
        // A light of the street is spoken of within a sentence.
        let begins = self.before(at).is_none_or(|byte| byte != b' ');
        let small = self.is_small(between.end..between.end + 1, text);
        let street = protocol.is_none() && !begins && small;
        let plain = !street && self.is_plain(at, between, end, text);
        Some((end, reading, plain))
    }

    /// `T L P : AMBER`, `T.L.P. AMBER`: letters apart, and a colour after them.
    pub(super) fn spaced_out(&self, at: usize, text: &str) -> Option<(usize, Reading, bool)> {
        // One letter each, so that something stands between them.
        if self.word(at, b"tlp").is_some() {
            return None;
        }
        // "A.T.L.P. Red" has more of them.
        let initial = at.checked_sub(2).and_then(|at| self.byte(at));
        if self.before(at) == Some(b'.') && initial.is_some_and(is_word) {
            return None;
        }
        let mut end = at;
        for letter in *b"tlp" {
            if self.byte(end) != Some(letter) {
                return None;
            }
            end = self.between(end + 1).end;
            if letter != b'p' && end > at + 12 {
                return None;
            }
        }
        let name = end;
        let (end, reading) = self.colour(end).or_else(|| self.spaced_out_colour(end))?;
        // "T. L. Pamber"
        let joined = self.before(name) == Some(b'p');
        (!joined || !self.is_small(name..name + 1, text)).then_some((end, reading, true))
    }

    fn spaced_out_colour(&self, at: usize) -> Option<(usize, Reading)> {
        COLOURS.iter().find_map(|(word, reading)| {
            let mut end = at;
            for (index, letter) in word.iter().enumerate() {
                if index > 0 {
                    end = self.between(end).end;
                }
                if self.byte(end) != Some(*letter) {
                    return None;
                }
                end += 1;
            }
            (!self.goes_on(end)).then_some((end, *reading))
        })
    }

    /// A word that is nearly `tlp`, a colon and a colour.
    pub(super) fn misspelt(&self, at: usize, text: &str) -> Option<(usize, Reading, bool)> {
        let end = (at..self.bytes.len().min(at + 7)).find(|&at| !is_word(self.bytes[at]))?;
        if !is_misspelt(&self.bytes[at..end]) {
            return None;
        }
        let between = self.between(end);
        if !self.bytes[between.clone()].contains(&b':') {
            return None;
        }
        let (colour_end, reading) = self.colour(between.end)?;
        // "(tp: green)"
        let small = self.written(at..end, text).chars().any(char::is_lowercase);
        let swapped = is_swapped(&self.bytes[at..end]);
        if swapped
            && (small || self.is_small(between.end..between.end + 1, text) || between.len() > 1)
        {
            return None;
        }
        if small && end == at + 2 && between.len() > 1 {
            return None;
        }
        let all = self.written(at..end, text) + &self.written(between.end..colour_end, text);
        let capitals = !all.chars().any(char::is_lowercase);
        let whole = self.is_parted(at) || self.before(at).is_none_or(|byte| !is_word(byte));
        Some((colour_end, reading, capitals && whole && between.len() <= 2))
    }
}
