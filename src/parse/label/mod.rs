//! TLP labels as people write them, wherever they stand.
//!
//! Takes text; gives every place in it that reads as a label: `tlp` as a word of its own, and after signs
//! between them a colour or a word that is none. It is compared as it is seen ([`fold`]): forms of letters,
//! letters of other scripts that look the same, signs without width and line breaks change nothing. "(TLP)"
//! alone and words that hold `tlp` are text. Never decides what a label is for, nor whether it may stand
//! there: that is for [`super::body`] and [`super::front`].

mod brackets;

mod fold;

pub(crate) mod text;

pub(crate) use brackets::{KINDS, bracket};

use crate::model::Tlp;
use memchr::{memchr2_iter, memchr3_iter};
use std::ops::Range;

/// Something that reads as a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// Its bytes, from `tlp` to the end of the colour or word.
    pub(crate) range: Range<usize>,
    /// What it says.
    pub(crate) reading: Reading,
    /// Whether it reads as a label without brackets around it; else only where brackets begin with it.
    pub(crate) plain: bool,
    /// Whether it stands in quotation marks, by itself.
    pub(crate) quoted: bool,
    /// Whether any of it stands in code.
    pub(crate) coded: bool,
}

/// What a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// That marking, however it is spelt.
    Colour(Tlp),
    /// TLP:WHITE, of TLP 1.
    White,
    /// A word that is no colour.
    Unknown,
}

impl Reading {
    /// The marking that a text with this label must be taken to have.
    pub(crate) fn level(self) -> Tlp {
        match self {
            Reading::Colour(tlp) => tlp,
            Reading::White => Tlp::Clear,
            Reading::Unknown => Tlp::Red,
        }
    }
}

/// Whether labels may stand in a text: asked of every text, so that only few are looked at closely.
pub(crate) fn possible(text: &str) -> bool {
    // `TP:RED` is the shortest.
    if text.len() < 6 {
        return false;
    }
    if !text.is_ascii() && possible_in_any_script(text) {
        return true;
    }
    let bytes = text.as_bytes();
    let tells = |at: usize| match bytes[at] {
        b':' => misspelt_before(bytes, at),
        _ => {
            let l = back(bytes, at);
            l.is_some_and(|l| {
                bytes[l] | 0x20 == b'l' && back(bytes, l).is_some_and(|t| bytes[t] | 0x20 == b't')
            })
        }
    };
    // Of a few words each sign is looked at sooner than the search begins.
    if bytes.len() < 40 {
        let signs = bytes.iter().enumerate();
        let mut signs = signs.filter(|(_, byte)| matches!(byte, b'p' | b'P' | b':'));
        return signs.any(|(at, _)| tells(at)) || names_traffic(bytes);
    }
    memchr3_iter(b'p', b'P', b':', bytes).any(tells) || names_traffic(bytes)
}

/// Whether "traffic" stands in a text that is long enough for a light of some colour.
fn names_traffic(bytes: &[u8]) -> bool {
    let word = |at: usize| {
        let word = at
            .checked_sub(4)
            .and_then(|start| bytes.get(start..start + 7));
        word.is_some_and(|word| word.eq_ignore_ascii_case(b"traffic"))
    };
    bytes.len() > 16 && memchr2_iter(b'f', b'F', bytes).any(word)
}

/// The letter before a place, with at most three other signs between.
fn back(bytes: &[u8], at: usize) -> Option<usize> {
    (at.saturating_sub(4)..at)
        .rev()
        .find(|&at| bytes[at].is_ascii_alphanumeric())
}

/// Whether a word that is nearly `tlp` stands before a colon.
fn misspelt_before(bytes: &[u8], colon: usize) -> bool {
    let Some(end) = back(bytes, colon) else {
        return false;
    };
    let start = (0..=end)
        .rev()
        .take_while(|&at| bytes[at].is_ascii_alphanumeric())
        .take(7)
        .last();
    start.is_some_and(|start| is_misspelt(&bytes[start..=end]))
}

/// The same for text that is not all ASCII.
fn possible_in_any_script(text: &str) -> bool {
    let mut matched = 0;
    for c in text.chars() {
        let mut found = false;
        fold::seen(c, &mut |byte| {
            matched = match (matched, byte) {
                (2, b'p') => {
                    found = true;
                    0
                }
                (1, b'l') => 2,
                (_, b't') => 1,
                (matched, byte) if !is_word(byte) => matched,
                _ => 0,
            };
        });
        if found {
            return true;
        }
    }
    false
}

/// Every label of a text.
pub(crate) fn find(text: &str) -> Vec<Label> {
    Seen::of(text).labels(text)
}

/// A text as it is seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    bytes: Vec<u8>,
    /// Where in the text each comes from.
    at: Vec<usize>,
    /// The end of the sign that each comes from.
    end: Vec<usize>,
    coded: Vec<bool>,
}

impl Seen {
    fn of(text: &str) -> Seen {
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

    /// Every label; `text` is what was pushed.
    pub(crate) fn labels(&self, text: &str) -> Vec<Label> {
        let mut labels = Vec::new();
        let mut at = 0;
        while at < self.bytes.len() {
            let begins = !self
                .before(at)
                .is_some_and(|byte| byte.is_ascii_alphanumeric());
            match begins.then(|| self.label_at(at, text)).flatten() {
                Some((end, reading, plain)) => {
                    labels.push(self.label(at, end, reading, plain));
                    at = end.max(at + 1);
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
            coded: self.coded[start..=last].contains(&true),
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn before(&self, at: usize) -> Option<u8> {
        at.checked_sub(1).and_then(|at| self.byte(at))
    }

    /// The label that begins at a word: where it ends, what it says, whether it needs no brackets.
    fn label_at(&self, at: usize, text: &str) -> Option<(usize, Reading, bool)> {
        let label = self
            .word(at, b"tlp")
            .and_then(|end| self.after_tlp(at, end, text));
        label
            .or_else(|| self.spelt_out(at, text))
            .or_else(|| self.spaced_out(at))
            .or_else(|| self.misspelt(at, text))
    }

    /// What follows `tlp`, which ends before `end`.
    fn after_tlp(&self, start: usize, end: usize, text: &str) -> Option<(usize, Reading, bool)> {
        let mut from = end;
        // A version may stand between: `TLP 2.0: AMBER`.
        for _ in 0..2 {
            let between = self.between(from);
            let next = between.end;
            if let Some(reading) = self.byte(next).and_then(dot) {
                return Some((next + 1, reading, !self.stops(between)));
            }
            if let Some((end, reading)) = self.colour(next) {
                let plain = self.is_plain(start, between, end, text);
                return Some((end, reading, plain));
            }
            match self.version(next) {
                Some(end) => from = end,
                // A longer word that begins with it.
                None if between.is_empty() && from == end => return None,
                None => return self.unknown(between, text),
            }
        }
        None
    }

    /// A word after `tlp` that is no colour.
    fn unknown(&self, between: Range<usize>, text: &str) -> Option<(usize, Reading, bool)> {
        let start = between.end;
        let end = (start..self.bytes.len())
            .find(|&at| !is_word(self.bytes[at]))
            .unwrap_or(self.bytes.len());
        // "(TLP), as it is called": what brackets close is no part of what follows.
        let closed = self.bytes[between.clone()]
            .iter()
            .any(|byte| matches!(byte, b')' | b']' | b'}'));
        if start == end || closed {
            return None;
        }
        let written = self.written(start..end, text);
        let named = self.bytes[between.clone()]
            .iter()
            .any(|byte| matches!(byte, b':' | b'='));
        let stops = self.stops(between.clone());
        if let Some(tlp) = translated(&written) {
            return Some((end, Reading::Colour(tlp), !stops));
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
            if names
                && !self.stops(next.clone())
                && let Some((end, reading)) = self.colour(next.end)
            {
                return Some((end, reading, true));
            }
            at = (next.end..self.bytes.len())
                .find(|&at| !is_word(self.bytes[at]))
                .unwrap_or(self.bytes.len());
        }
        // "(TLP markings)", "(TLP, as it is called)": words about it.
        if spaced && written.chars().all(|c| c.is_ascii_lowercase()) {
            return None;
        }
        Some((end, Reading::Unknown, named && capitals && !stops))
    }

    /// The signs between two words, at most forty.
    fn between(&self, at: usize) -> Range<usize> {
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

    /// Whether `tlp`, what stands between and a colour are a label by themselves. In capitals they always
    /// are; in small letters not where they are parts of something longer (a path, a list of words).
    fn is_plain(&self, start: usize, between: Range<usize>, end: usize, text: &str) -> bool {
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
        let goes_on = self.byte(end).is_some_and(joined) && self.byte(end + 1).is_some_and(is_word);
        let apart = !goes_on && !before.is_some_and(joined);
        let named = signs.iter().any(|byte| matches!(byte, b':' | b'='));
        let allowed = signs.iter().all(|byte| {
            matches!(
                byte,
                b' ' | b'\n' | b'\\' | b':' | b'=' | b'-' | b'_' | b'"' | b'*'
            )
        });
        allowed && (named || apart)
    }

    /// The text of a range as it is written.
    fn written(&self, range: Range<usize>, text: &str) -> String {
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
    fn colour(&self, at: usize) -> Option<(usize, Reading)> {
        let found = COLOURS
            .iter()
            .find_map(|(word, reading)| Some((self.word(at, word)?, *reading)));
        let (end, reading) = found?;
        if self
            .byte(end)
            .is_some_and(|byte| byte.is_ascii_alphanumeric())
        {
            return None;
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
            && !self
                .byte(end)
                .is_some_and(|byte| byte.is_ascii_alphabetic()))
        .then_some(end)
    }

    /// `T L P : AMBER`, `T.L.P. AMBER`: letters apart, and a colour after them.
    fn spaced_out(&self, at: usize) -> Option<(usize, Reading, bool)> {
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
        // One letter each, so that something stands between them.
        let (end, reading) = self.colour(end).or_else(|| self.spaced_out_colour(end))?;
        Some((end, reading, true))
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
            let ends = !self
                .byte(end)
                .is_some_and(|byte| byte.is_ascii_alphanumeric());
            ends.then_some((end, *reading))
        })
    }

    /// `Traffic Light Protocol: AMBER`, `traffic-light: amber`.
    fn spelt_out(&self, at: usize, text: &str) -> Option<(usize, Reading, bool)> {
        let traffic = self.word(at, b"traffic")?;
        let light = self.word(self.between(traffic).end, b"light")?;
        let protocol = self.word(self.between(light).end, b"protocol");
        let between = self.between(protocol.unwrap_or(light));
        let (end, reading) = self.colour(between.end)?;
        let plain = self.is_plain(at, between, end, text);
        Some((end, reading, plain))
    }

    /// A word that is nearly `tlp`, a colon and a colour.
    fn misspelt(&self, at: usize, text: &str) -> Option<(usize, Reading, bool)> {
        let end = (at..self.bytes.len().min(at + 7)).find(|&at| !is_word(self.bytes[at]))?;
        if !is_misspelt(&self.bytes[at..end]) {
            return None;
        }
        let between = self.between(end);
        if !self.bytes[between.clone()].contains(&b':') {
            return None;
        }
        let (colour_end, reading) = self.colour(between.end)?;
        let all = self.written(at..end, text) + &self.written(between.end..colour_end, text);
        let capitals = !all.chars().any(char::is_lowercase);
        let whole = self.before(at).is_none_or(|byte| !is_word(byte));
        Some((colour_end, reading, capitals && whole && between.len() <= 2))
    }
}

/// The colours as they are seen.
const COLOURS: [(&[u8], Reading); 5] = [
    (b"amber", Reading::Colour(Tlp::Amber)),
    (b"red", Reading::Colour(Tlp::Red)),
    (b"green", Reading::Colour(Tlp::Green)),
    (b"clear", Reading::Colour(Tlp::Clear)),
    (b"white", Reading::White),
];

/// Colours in other languages, in small letters. CLEAR and WHITE are not among them: what they say can be
/// nothing above what stands there.
const TRANSLATED: [(Tlp, &[&str]); 3] = [
    (
        Tlp::Red,
        &[
            "rouge",
            "rojo",
            "rot",
            "rosso",
            "vermelho",
            "rood",
            "czerwony",
            "красный",
            "红",
            "红色",
            "紅",
            "赤",
            "レッド",
            "빨강",
            "레드",
            "적색",
        ],
    ),
    (
        Tlp::Amber,
        &[
            "ambre",
            "ámbar",
            "ambar",
            "gelb",
            "bernstein",
            "ambra",
            "orange",
            "yellow",
            "янтарный",
            "жёлтый",
            "желтый",
            "琥珀",
            "琥珀色",
            "橙",
            "橙色",
            "黄",
            "黄色",
            "アンバー",
            "앰버",
            "엠버",
            "호박",
            "황색",
        ],
    ),
    (
        Tlp::Green,
        &[
            "vert",
            "verde",
            "grün",
            "groen",
            "zielony",
            "зелёный",
            "зеленый",
            "绿",
            "绿色",
            "綠",
            "緑",
            "グリーン",
            "그린",
            "녹색",
        ],
    ),
];

fn translated(word: &str) -> Option<Tlp> {
    let word = word.to_lowercase();
    let found = TRANSLATED
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()));
    found.map(|(tlp, _)| *tlp)
}

/// The colour that a word was meant to be.
fn near_colour(word: &[u8]) -> Option<Tlp> {
    let word = std::str::from_utf8(word).ok()?;
    let near = |name: &str| strsim::osa_distance(word, name) <= if name.len() > 3 { 2 } else { 1 };
    [Tlp::Amber, Tlp::Green, Tlp::Clear, Tlp::Red]
        .into_iter()
        .find(|tlp| near(tlp.name()))
}

fn is_misspelt(word: &[u8]) -> bool {
    if !(2..=5).contains(&word.len()) {
        return false;
    }
    let word = word.to_ascii_lowercase();
    let mut letters = word.clone();
    letters.sort_unstable();
    let near = |word: &str| strsim::osa_distance(word, "tlp") == 1;
    word != b"tlp"
        && !OTHER_WORDS.contains(&word.as_slice())
        && (letters == b"lpt" || std::str::from_utf8(&word).is_ok_and(near))
}

/// Words of the trade that are near to it.
const OTHER_WORDS: [&[u8]; 6] = [b"ttp", b"tip", b"top", b"tap", b"tcp", b"ltd"];

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == fold::LETTER
}

/// What a coloured dot says.
fn dot(byte: u8) -> Option<Reading> {
    let at = fold::DOTS.iter().position(|dot| *dot == byte)?;
    Some(match at {
        0 => Reading::White,
        1 => Reading::Colour(Tlp::Green),
        2 => Reading::Colour(Tlp::Amber),
        _ => Reading::Colour(Tlp::Red),
    })
}

/// What the brackets hold with which a text begins, signs of bold type before them aside.
pub(crate) fn portion_of(text: &str) -> Option<&str> {
    if text
        .as_bytes()
        .first()
        .is_none_or(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '*' || c == '_');
    let (kind, true) = text.chars().next().and_then(bracket)? else {
        return None;
    };
    let open = text.chars().next().map_or(0, char::len_utf8);
    let mut signs = text.char_indices().take(80);
    let (close, _) = signs.find(|(_, c)| bracket(*c) == Some((kind, false)))?;
    text.get(open..close)
}

/// The marking that the words of a mark name as they must be written, `TLP:AMBER`: in whatever form of
/// letters, with line breaks, but without anything else.
pub(crate) fn exact(label: &str) -> Option<Tlp> {
    let mut bytes = Vec::with_capacity(label.len());
    let mut plain = true;
    for c in label.chars() {
        // Markup and backslashes are no part of a mark.
        plain &= !matches!(c, '\u{1}' | '\u{FFFC}' | '\\');
        fold::seen(c, &mut |byte| bytes.push(byte));
    }
    bytes.retain(|byte| *byte != b'\n');
    let name = std::str::from_utf8(&bytes).ok()?.strip_prefix("tlp:")?;
    Tlp::ALL.into_iter().find(|tlp| plain && tlp.name() == name)
}

/// Whether a text is `tlp` and no other word.
pub(crate) fn names_tlp(text: &str) -> bool {
    let mut words = Seen::of(text).bytes;
    words.retain(|byte| is_word(*byte));
    words == b"tlp"
}

/// The first label of a text that reads as one by itself or is the first thing in brackets, and whether
/// brackets open before it.
pub(crate) fn first(text: &str) -> Option<(Label, bool)> {
    if !possible(text) {
        return None;
    }
    find(text).into_iter().find_map(|label| {
        let before = text.get(..label.range.start).unwrap_or("");
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || is_unseen(c));
        let opened = before.chars().next_back().and_then(bracket);
        let opened = opened.is_some_and(|(_, opens)| opens);
        (label.plain || opened).then_some((label, opened))
    })
}

/// Whether a text that heads others, such as a column, names `tlp`.
pub(crate) fn heads_tlp(text: &str) -> bool {
    let seen = Seen::of(text).bytes;
    let mut words = seen.split(|byte| !is_word(*byte));
    seen.len() < 40 && words.any(|word| word == b"tlp")
}

/// The colour that a text is, if it is nothing else.
pub(crate) fn colour(text: &str) -> Option<Reading> {
    let seen = Seen::of(text);
    let start = seen.between(0).end;
    if let Some(reading) = seen.byte(start).and_then(dot) {
        return Some(reading);
    }
    let (end, reading) = seen.colour(start)?;
    let rest = seen.bytes.get(end..).unwrap_or(&[]);
    (!rest.iter().copied().any(is_word)).then_some(reading)
}

/// Whether `tlp` stands anywhere in a word or value that belongs to the markup: a key, an info string.
pub(crate) fn holds_tlp(text: &str) -> bool {
    let seen = Seen::of(text).bytes;
    seen.windows(3).any(|letters| letters == b"tlp")
}

/// Whether a sign has no width.
pub(crate) fn is_unseen(c: char) -> bool {
    fold::is_unseen(c)
}

#[cfg(test)]
mod tests;
