//! TLP labels as people write them, wherever they stand.
//!
//! Takes text; gives every place in it that reads as a label: `tlp` as a word of its own, and after signs
//! between them a colour or a word that is none. It is compared as it is seen ([`fold`]): forms of letters,
//! letters of other scripts that look the same, signs without width and line breaks change nothing. "(TLP)"
//! alone and words that hold `tlp` are text. Never decides what a label is for, nor whether it may stand
//! there: that is for [`super::body`] and [`super::front`].

mod apart;

mod brackets;

mod name;

mod other;

mod portion;

mod seen;

mod short;

pub(crate) mod stix;

mod words;

mod tag;

pub(crate) mod text;

mod through;

use crate::text::fold;
pub(crate) use apart::{Awaits, colour_with_words, names_level, ticked};
pub(crate) use brackets::{KINDS, bracket};
pub(crate) use name::{heads_tlp, in_name, is_attribute, joined};
pub(crate) use other::{marks_line, marks_text};
pub(crate) use portion::{CODE, holds_portion, is_headed_by};
pub(crate) use seen::Seen;
use seen::abroad;
pub(crate) use short::{
    in_attribute, in_class, in_id, in_tag, is_name_of_level, numbered, readable_under_name,
    under_name,
};
pub(crate) use through::{INLINE, without_markup};

use crate::model::Tlp;
use memchr::{memchr, memchr2, memchr2_iter, memchr3_iter};
use std::ops::Range;
use words::{dot, is_misspelt, is_word};

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
    /// Whether all of it stands in one span of code.
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

    /// The marking that it says; of one that cannot be read none.
    pub(crate) fn tlp(self) -> Option<Tlp> {
        match self {
            Reading::Colour(_) | Reading::White => Some(self.level()),
            Reading::Unknown => None,
        }
    }
}

/// Whether labels may stand in a text: asked of every text, so that only few are looked at closely.
pub(crate) fn possible(text: &str) -> bool {
    // `TLP:R` is the shortest.
    if text.len() < 5 {
        return false;
    }
    if !text.is_ascii() && possible_in_any_script(text) {
        return true;
    }
    let bytes = text.as_bytes();
    telling(bytes).any(|at| tells(bytes, at, NEAR) == Some(true))
}

/// Whether labels may stand in any of the values of a front matter, told by how all of it is written; not
/// for what stands at `but`. Where values are read otherwise than they are written, they may.
pub(crate) fn possible_in_values(written: &str, but: &Range<usize>) -> bool {
    let bytes = written.as_bytes();
    let mut telling = telling(bytes).filter(|at| !but.contains(at));
    // Values in several lines are joined: what stands between their words may be less than is written.
    !written.is_ascii()
        || through::is_marked_up(written)
        || memchr(b'\\', bytes).is_some()
        || telling.any(|at| tells(bytes, at, FAR) != Some(false))
}

/// As many signs stand at most between the letters of a label.
const NEAR: usize = 3;
/// As many are looked over where they may become fewer.
const FAR: usize = 200;

/// The bytes of which a label may be told: each `p`, each colon, each second `f` of two.
fn telling(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let doubled = |at: &usize| {
        bytes
            .get(at.wrapping_sub(1))
            .is_some_and(|f| f | 0x20 == b'f')
    };
    // Of a few words each sign is looked at sooner than a search begins.
    let (few, many) = match bytes.len() < 40 {
        true => (bytes, &[][..]),
        false => (&[][..], bytes),
    };
    let tells = move |at: &usize| match bytes[*at] {
        b'p' | b'P' | b':' => true,
        b'f' | b'F' => doubled(at),
        _ => false,
    };
    let fs = memchr2_iter(b'f', b'F', many).filter(doubled);
    (0..few.len())
        .filter(tells)
        .chain(memchr3_iter(b'p', b'P', b':', many))
        .chain(fs)
}

/// Whether a label may stand where a `p`, a colon or `ff` does, with at most so many signs between letters;
/// `None` where more stand there.
fn tells(bytes: &[u8], at: usize, most: usize) -> Option<bool> {
    match bytes[at] | 0x20 {
        b'p' => {
            let beside = |at: usize| bytes.get(at).map_or(b' ', |byte| byte | 0x20);
            let (before, behind) = (beside(at.wrapping_sub(1)), beside(at + 1));
            // Nearly always another letter stands before it, and none of "protocol" behind it.
            if before.is_ascii_lowercase() && before != b'l' && behind != b'r' {
                return Some(false);
            }
            let protocol = bytes.get(at + 1..at + 4);
            if protocol.is_some_and(|rest| rest.eq_ignore_ascii_case(b"rot"))
                && abroad::is_near(bytes, at)
            {
                return Some(true);
            }
            let l = back(bytes, at, most)?;
            if bytes[l] | 0x20 != b'l' {
                return Some(false);
            }
            let t = back(bytes, l, most)?;
            Some(bytes[t] | 0x20 == b't')
        }
        b'f' => {
            let word = at.checked_sub(4).and_then(|from| bytes.get(from..from + 7));
            Some(word.is_some_and(|word| word.eq_ignore_ascii_case(b"traffic")))
        }
        _ => {
            let end = back(bytes, at, most)?;
            // Most are keys, with too little in common with it.
            let last = &bytes[end.saturating_sub(3)..=end];
            let shared = |byte: &&u8| matches!(**byte | 0x20, b't' | b'l' | b'p');
            if last.iter().filter(shared).count() < 2 {
                return Some(false);
            }
            let letters = bytes[..=end].iter().rev();
            let letters = letters.take_while(|byte| byte.is_ascii_alphanumeric());
            let start = end + 1 - letters.take(5).count();
            Some(is_misspelt(&bytes[start..=end]))
        }
    }
}

/// The letter before a place, with at most so many other signs between.
fn back(bytes: &[u8], at: usize, most: usize) -> Option<usize> {
    (at.saturating_sub(most + 1)..at)
        .rev()
        .find(|&at| bytes[at].is_ascii_alphanumeric())
}

/// The same for text that is not all ASCII.
fn possible_in_any_script(text: &str) -> bool {
    let mut matched = 0;
    // The last letters, and how many other signs stand behind them.
    let (mut word, mut apart) = ([0; 7], 0);
    for (at, c) in text.char_indices() {
        let mut found = !c.is_ascii() && abroad::name(text.get(at..).unwrap_or("")).is_some();
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
            if byte.is_ascii_alphanumeric() {
                if apart > 0 {
                    word = [0; 7];
                }
                word.rotate_left(1);
                word[6] = byte;
                apart = 0;
                found |= word == *b"traffic"
                    || (word.ends_with(b"prot") && abroad::is_near(text.as_bytes(), at));
            } else {
                let last = word.iter().rev().take_while(|byte| **byte > 0).count();
                found |= byte == b':' && apart <= NEAR && is_misspelt(&word[7 - last.min(5)..]);
                apart += 1;
            }
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

/// Whether the letters of a text are `tlp` and no more, whatever signs stand between them.
pub(crate) fn names_tlp(text: &str) -> bool {
    let mut words = Seen::of(text).bytes;
    words.retain(|byte| is_word(*byte));
    words == b"tlp"
}

/// The first label of a text that reads as one by itself or is the first thing in brackets, and whether
/// brackets open before it.
pub(crate) fn first(text: &str) -> Option<(Label, bool)> {
    all(text).next()
}

/// Every label of a text that reads as one by itself or is the first thing in brackets, and whether brackets
/// open before it.
pub(crate) fn all(text: &str) -> impl Iterator<Item = (Label, bool)> {
    let found = if possible(text) {
        find(text)
    } else {
        Vec::new()
    };
    found
        .into_iter()
        .filter_map(|label| Some((label.clone(), counts(text, &label)?)))
}

/// Whether brackets open before a label, if it reads as one by itself or is the first thing in them.
fn counts(text: &str, label: &Label) -> Option<bool> {
    let before = text.get(..label.range.start).unwrap_or("");
    let blank = |c: char| c.is_whitespace() || is_unseen(c);
    let opens = |c: char| bracket(c).is_some_and(|(_, opens)| opens);
    // A sign before it, `(.tlp-red)`, makes no other word of a colour.
    let sign = |c: char| label.reading != Reading::Unknown && !c.is_alphanumeric();
    let mut before = before.chars().rev().take(FAR);
    let opened = before
        .find(|&c| opens(c) || !blank(c) && !sign(c))
        .is_some_and(opens);
    (label.plain || opened).then_some(opened)
}

/// The same of a file, in which the ids of STIX and the tags of Sigma mark too, and which may be read where its
/// markup is seen through, in no order.
pub(crate) fn in_file(text: &str) -> impl Iterator<Item = Label> {
    let labels = all(text).map(|(label, _)| label);
    let through = through::of(text).filter(|through| possible(&through.text));
    let within = through.map(|through| through.labels().collect::<Vec<_>>());
    let within = within.into_iter().flatten();
    let within = within.filter(|label| counts(text, label).is_some());
    let labels = labels.chain(within);
    labels.chain(stix::find(text)).chain(tag::find(text))
}

/// The colour that a text is, or begins with where a sign follows it: "AMBER (partners)".
pub(crate) fn colour(text: &str) -> Option<Reading> {
    let seen = Seen::of(text);
    let start = seen.between(0).end;
    if let Some(reading) = seen.byte(start).and_then(dot) {
        return Some(reading);
    }
    let (end, reading) = seen
        .colour(start)
        .or_else(|| seen.translated(start, text))?;
    let mut rest = seen.bytes.get(end..).unwrap_or(&[]).iter();
    let next = rest.find(|byte| !matches!(byte, b' ' | b'\n'));
    (!next.is_some_and(|byte| is_word(*byte))).then_some(reading)
}

/// The colour that stands in a column of colours, abbreviated perhaps.
pub(crate) fn colour_in_column(text: &str) -> Option<Reading> {
    let tlp = match text.trim() {
        "A" => Tlp::Amber,
        "A+S" | "AS" => Tlp::AmberStrict,
        "R" => Tlp::Red,
        "G" => Tlp::Green,
        text => return colour(text),
    };
    Some(Reading::Colour(tlp))
}

/// Whether a cell among labels may be meant for one that cannot be read: a word that does not say that there is
/// none.
pub(crate) fn may_be_colour(text: &str) -> bool {
    let word = text.trim().to_lowercase();
    let none = ["n/a", "n.a.", "none", "nil", "unmarked", "unknown", "tbd"];
    // No colour has fewer letters.
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && !word.contains(char::is_whitespace) && !none.contains(&word.as_str())
}

/// Whether `tlp` stands anywhere in a word or value that belongs to the markup: a key, an info string.
pub(crate) fn holds_tlp(text: &str) -> bool {
    // Asked of every cell of large tables.
    if text.is_ascii() && memchr2(b't', b'T', text.as_bytes()).is_none() {
        return false;
    }
    let seen = Seen::of(text).bytes;
    seen.windows(3).any(|letters| letters == b"tlp")
}

/// Whether a sign has no width.
pub(crate) fn is_unseen(c: char) -> bool {
    fold::is_unseen(c)
}

#[cfg(test)]
mod tests;
