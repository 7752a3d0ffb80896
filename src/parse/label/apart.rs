//! Labels of which the words stand apart: the name of the protocol in one block, line or cell, and the colour in
//! the next.
//!
//! Takes the text of each; gives what the second says. Sentences about the protocol say nothing: "AMBER means".

use super::words::{is_level_word, is_other_level, is_word};
use super::{Reading, Seen, colour, first, heads_tlp};

/// What is to stand in the block behind a text, where the two may be a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Awaits {
    /// Nothing.
    #[default]
    Nothing,
    /// A colour alone: the text is the name of the protocol.
    Colour,
    /// Whatever a label goes on with: the text ends with the name and a colon.
    Label,
}

impl Awaits {
    /// What a text leads to.
    pub(crate) fn of(text: &str) -> Awaits {
        if ends_open(text) {
            Awaits::Label
        } else if names_level(text.trim().lines().next_back().unwrap_or("")) {
            Awaits::Colour
        } else {
            Awaits::Nothing
        }
    }

    /// The colour with which the first line of the next block answers it.
    pub(crate) fn answered(self, line: &str) -> Option<Reading> {
        match self {
            Awaits::Nothing => None,
            _ if has_boxes(line) => ticked(line),
            Awaits::Colour => {
                let mut letters = line.chars().filter(|c| c.is_alphabetic()).take(3);
                let short = line.len() < 40 || letters.all(char::is_uppercase);
                let colour = short.then(|| colour(line)).flatten();
                colour
                    .or_else(|| colour_with_words(line))
                    .or_else(|| other_level(line))
            }
            Awaits::Label => {
                let joined: String = "TLP: ".chars().chain(line.chars().take(80)).collect();
                let (label, _) = first(&joined).filter(|(label, _)| label.range.start == 0)?;
                let rest = joined.get(label.range.end..).unwrap_or("").trim_start();
                let teams = rest
                    .get(..4)
                    .is_some_and(|it| it.eq_ignore_ascii_case("team"));
                let known = label.reading != Reading::Unknown && !teams;
                known.then_some(label.reading).or_else(|| other_level(line))
            }
        }
    }
}

/// Whether a text is the name of the protocol, with words such as "level" and nothing else.
pub(crate) fn names_level(text: &str) -> bool {
    heads_tlp(text) && {
        let seen = Seen::of(text).bytes;
        let mut words = seen
            .split(|byte| !is_word(*byte))
            .filter(|word| !word.is_empty());
        let number = |word: &[u8]| {
            let digits = word.strip_prefix(b"v").unwrap_or(word);
            !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        };
        words.all(|word| word == b"tlp" || is_level_word(word) || number(word))
    }
}

/// Whether a text ends with the name of the protocol and a colon.
fn ends_open(text: &str) -> bool {
    let text = text.trim_end();
    let tail = text.len().saturating_sub(60);
    let tail = (tail..text.len())
        .find_map(|at| text.get(at..))
        .unwrap_or("");
    let seen = Seen::of(tail).bytes;
    if !matches!(seen.last(), Some(b':' | b'=' | b'-')) {
        return false;
    }
    let words = seen.rsplit(|byte| !is_word(*byte));
    let mut words = words.filter(|word| !word.is_empty());
    words
        .find(|word| !is_level_word(word) || *word == b"traffic")
        .is_some_and(|word| word == b"tlp" || word == b"traffic")
}

/// The colour with which a text begins, in capitals, though words follow it: "AMBER until May", "This is AMBER".
pub(crate) fn colour_with_words(text: &str) -> Option<Reading> {
    let seen = Seen::of(text);
    let start = seen.between(0).end;
    let (end, reading) = match seen.colour(start) {
        Some((end, reading)) => {
            let written = seen.written(start..end, text);
            (!written.contains(char::is_lowercase)).then_some((end, reading))?
        }
        None => {
            let (end, reading, plain) = seen.after_level_words(start, text)?;
            plain.then_some((end, reading))?
        }
    };
    (!is_spoken_of(&seen, end)).then_some(reading)
}

/// A word of another scheme with which a text begins in capitals, or which is all of it.
fn other_level(text: &str) -> Option<Reading> {
    let seen = Seen::of(text);
    let start = seen.between(0).end;
    let end = seen.word_end(start);
    let capitals = !seen.written(start..end, text).contains(char::is_lowercase);
    let mut rest = seen.bytes.get(end..).unwrap_or(&[]).iter();
    let alone = !rest.any(|byte| is_word(*byte));
    let other = seen.bytes.get(start..end).is_some_and(is_other_level);
    let says = other && (alone || capitals && !is_spoken_of(&seen, end));
    says.then_some(Reading::Unknown)
}

/// Whether a sentence goes on behind a colour that says what it is.
pub(super) fn is_spoken_of(seen: &Seen, end: usize) -> bool {
    let start = seen.between(end).end;
    let word = seen.bytes.get(start..seen.word_end(start));
    word.is_some_and(|word| SPOKEN.contains(&word))
}

/// Words behind a colour that is spoken of.
const SPOKEN: [&[u8]; 24] = [
    b"allows",
    b"and",
    b"applies",
    b"are",
    b"can",
    b"covers",
    b"denotes",
    b"has",
    b"indicates",
    b"is",
    b"label",
    b"labels",
    b"limits",
    b"marking",
    b"may",
    b"means",
    b"or",
    b"permits",
    b"requires",
    b"restricts",
    b"says",
    b"stands",
    b"was",
    b"were",
];

/// Signs of boxes, empty and ticked.
const EMPTY: [&str; 6] = ["☐", "□", "◻", "▢", "[ ]", "( )"];
const TICKED: [&str; 13] = [
    "☑", "☒", "■", "◼", "✓", "✔", "✗", "✘", "✅", "[x]", "[X]", "(x)", "(X)",
];

fn has_boxes(text: &str) -> bool {
    let holds = |signs: &[&str]| signs.iter().any(|sign| text.contains(sign));
    holds(&EMPTY) && holds(&TICKED)
}

/// The highest colour behind a box that is ticked, where others are not.
pub(crate) fn ticked(text: &str) -> Option<Reading> {
    if !has_boxes(text) {
        return None;
    }
    let boxes = text.char_indices().filter_map(|(at, _)| {
        let rest = text.get(at..)?;
        let tick = TICKED.iter().find_map(|sign| rest.strip_prefix(sign));
        let empty = EMPTY.iter().find_map(|sign| rest.strip_prefix(sign));
        Some((tick.is_some(), tick.or(empty)?))
    });
    let ticked = boxes.filter(|(ticked, _)| *ticked).take(8);
    let colours = ticked.filter_map(|(_, rest)| {
        let seen = Seen::of(rest.get(..40).unwrap_or(rest));
        let start = seen.between(0).end;
        seen.colour(start).map(|(_, reading)| reading)
    });
    colours.max_by_key(|reading| reading.level())
}
