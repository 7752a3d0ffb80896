//! Labels told from talk: a colour that only belongs to what follows, parts of longer words.
//!
//! Takes a text as it is seen and the places of `tlp` and of a colour in it; gives whether the two are a label.

use super::super::words::is_word;
use super::super::{bracket, fold};
use super::Seen;
use crate::model::indicator::is_ending;
use std::ops::Range;

/// Words that follow a label, without the `s` of many: "TLP Amber Report".
const OF_LABELS: [&str; 14] = [
    "and",
    "classified",
    "content",
    "data",
    "distribution",
    "document",
    "for",
    "information",
    "only",
    "or",
    "partner",
    "recipient",
    "report",
    "restricted",
];

/// As much is looked at of the name of a file before and behind a label.
const LONGEST_NAME: usize = 100;

/// As many signs stand at most before a label in brackets at the head of a line.
const MOST_SIGNS: usize = 12;

/// Words before what a sentence speaks of.
const DETERMINERS: [&[u8]; 8] = [
    b"a", b"an", b"her", b"his", b"its", b"our", b"the", b"their",
];

impl Seen {
    /// Whether `tlp`, what stands between and a colour are a label by themselves. In capitals they always
    /// are; in small letters not where they are parts of something longer (a path, a list of words).
    pub(super) fn is_plain(
        &self,
        start: usize,
        between: Range<usize>,
        end: usize,
        text: &str,
    ) -> bool {
        if self.stops(between.clone()) {
            return false;
        }
        let capitals = self
            .written(between.end..end, text)
            .chars()
            .next()
            .is_none_or(|c| !c.is_lowercase());
        if capitals {
            return true;
        }
        let signs = &self.bytes[between];
        let joined =
            |byte: u8| is_word(byte) || matches!(byte, b'-' | b'_' | b'/' | b'.' | b'@' | b'#');
        // A hash sign before it makes a tag of it, which is how some mark.
        let before = self.before(start).filter(|byte| *byte != b'#');
        let before = before.filter(|_| !self.is_parted(start));
        // Nor are `@tlp amber`, `--tlp amber` part of anything longer where a line begins so.
        let begins = || signs.contains(&b' ') && self.signs_of_line(start).is_some();
        let before = before.filter(|_| !begins());
        let goes_on = self.byte(end).is_some_and(joined)
            && self.byte(end + 1).is_some_and(is_word)
            && !self.is_parted(end);
        let apart = !goes_on && !before.is_some_and(joined);
        let named = signs.iter().any(|byte| matches!(byte, b':' | b'='));
        let allowed = signs.iter().all(|byte| {
            matches!(
                byte,
                b' ' | b'\n' | b'\\' | b':' | b'=' | b'-' | b'_' | b'"' | b'*'
            )
        });
        if allowed {
            return named || apart;
        }
        // `TLP (amber)`, `#tlp/amber`, `TLP → amber`; not "TLP (amber, red)", nor "TLP, red teams".
        let opened = signs.iter().any(|byte| matches!(byte, b'(' | b'[' | b'{'));
        let closed = matches!(self.byte(end), Some(b')' | b']' | b'}'));
        let comma = signs.contains(&b',');
        let dotted = signs == b".";
        apart && !dotted && opened == closed && !(comma && self.before_small_word(end, text))
    }

    /// Whether a colour behind a comma or a space belongs to what follows: "(TLP, red teams)", "TLP Red Dragon".
    pub(super) fn is_adjective(&self, between: Range<usize>, end: usize, text: &str) -> bool {
        let (comma, closed) = match self.bytes.get(between.clone()) {
            Some(b", ") => (true, false),
            Some(b" ") => (false, false),
            Some(b") " | [fold::QUOTE, b' ']) => (false, true),
            _ => return false,
        };
        let next = end + 1;
        if self.byte(end) != Some(b' ') || !self.byte(next).is_some_and(is_word) {
            return false;
        }
        let written = |range| self.written(range, text);
        let (colour, word) = (
            written(between.end..end),
            written(next..self.word_end(next)),
        );
        let is = |word: &str, first: fn(char) -> bool| {
            let mut letters = word.chars();
            letters.next().is_some_and(first) && letters.all(char::is_lowercase)
        };
        match comma {
            true => is(&colour, char::is_lowercase) && is(&word, char::is_lowercase),
            false => {
                let names = is(&colour, char::is_uppercase) && is(&word, char::is_uppercase);
                // "Tehreek-e-Labbaik Pakistan (TLP) red mosque protest"
                let speaks =
                    closed && is(&colour, char::is_lowercase) && is(&word, char::is_lowercase);
                let small = word.to_lowercase();
                (names || speaks)
                    && !OF_LABELS
                        .iter()
                        .any(|it| small.trim_end_matches('s') == *it)
            }
        }
    }

    /// Whether a label is part of the name of a file in running text, `TLP-AMBER_advisory.pdf`: what such a name
    /// says counts where the file is led to.
    pub(super) fn is_of_file(&self, start: usize, end: usize, text: &str) -> bool {
        let part = |byte: &u8| is_word(*byte) || matches!(byte, b'-' | b'_' | b'.');
        // In a path or an address a name is led to; of one that is too long it is not known.
        let mut before = self.bytes[..start].iter().rev().take(LONGEST_NAME);
        let known = start < LONGEST_NAME;
        let led = before
            .find(|byte| !part(byte))
            .map_or(!known, |byte| *byte == b'/');
        if led || !self.bytes[start..end].iter().all(part) {
            return false;
        }
        let rest = self.bytes.get(end..).unwrap_or(&[]);
        let length = rest
            .iter()
            .take(LONGEST_NAME)
            .take_while(|byte| part(byte))
            .count();
        let name = rest.get(..length).unwrap_or(&[]);
        let name = name.trim_ascii_end().strip_suffix(b".").unwrap_or(name);
        let Some(dot) = name.iter().rposition(|byte| *byte == b'.') else {
            return false;
        };
        let ending = self.written(end + dot + 1..end + name.len(), text);
        // "TLP-RED.So it is" is a sentence, though `.so` ends files.
        let mut letters = ending.chars();
        let begins = letters.next().is_some_and(char::is_uppercase);
        is_ending(&ending.to_ascii_lowercase()) && !(begins && letters.any(char::is_lowercase))
    }

    /// Whether a label is part of a path of Windows, `C:\TLP\RED.exe`, `\\server\tlp\amber`, `HKLM\Software\TLP\Red`.
    pub(super) fn is_in_path(&self, start: usize, end: usize, text: &str) -> bool {
        let last = end.saturating_sub(1).max(start);
        let (Some(from), Some(to)) = (self.at.get(start), self.end.get(last)) else {
            return false;
        };
        let before = text.get(..*from).unwrap_or("");
        if !before.ends_with('\\') {
            return false;
        }
        let label = text.get(*from..*to).unwrap_or("");
        let near = before.len() - before.len().min(LONGEST_NAME);
        let near = (near..).find_map(|at| before.get(at..)).unwrap_or("");
        let parts = |c: char| c.is_whitespace() || "\"'`(,;=".contains(c) || bracket(c).is_some();
        let path = near.rsplit(parts).next().unwrap_or("");
        !label.contains(|c: char| c.is_whitespace() || c == ':')
            && path.contains(char::is_alphanumeric)
    }

    /// Whether a line begins with brackets and a label in them, and signs between at most: `(TLP-RED.md)` is no
    /// name there.
    pub(super) fn heads_line(&self, start: usize, text: &str) -> bool {
        self.signs_of_line(start).is_some_and(|first| {
            let signs = text.get(self.at[first]..self.at[start]).unwrap_or("");
            signs
                .chars()
                .any(|c| bracket(c).is_some_and(|(_, opens)| opens))
        })
    }

    /// Where the line begins in which nothing but signs stands before a place.
    fn signs_of_line(&self, start: usize) -> Option<usize> {
        let before = self.bytes[..start].iter().rev().take(MOST_SIGNS + 1);
        let signs = before
            .take_while(|byte| !is_word(**byte) && **byte != b'\n')
            .count();
        let first = start - signs;
        (self.before(first).is_none_or(|byte| byte == b'\n')).then_some(first)
    }

    /// "the TLP red team": a team of that colour, of which a sentence speaks.
    pub(super) fn is_team(
        &self,
        start: usize,
        between: Range<usize>,
        end: usize,
        text: &str,
    ) -> bool {
        let small = self.is_small(between.end..end, text);
        if !small || !matches!(self.bytes.get(between), Some(b" " | b"-")) {
            return false;
        }
        let next = end + 1;
        let joined = matches!(self.byte(end), Some(b' ' | b'-'));
        let word = self
            .bytes
            .get(next..self.word_end(next.min(self.bytes.len())));
        let team = word.is_some_and(|word| word.starts_with(b"team"));
        let before = self.bytes.get(..start).unwrap_or(&[]);
        let before = before.strip_suffix(b" ").unwrap_or(b"");
        let before = before.rsplit(|byte| !is_word(*byte)).next();
        joined && team && before.is_some_and(|word| DETERMINERS.contains(&word))
    }
}
