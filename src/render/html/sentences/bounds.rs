//! Where a block's sentences begin and end, and what is shown of one.
//!
//! Unicode's rules (UAX #29) know no abbreviations: they end a sentence after `U.S.` and `No.`. So
//! where a piece ends in one of those, it is joined with the next.

use super::latin;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// How many characters of a sentence are shown.
const MAX: usize = 300;

/// Before a name: never the end of a sentence.
const TITLES: [&str; 24] = [
    "Adm.", "Capt.", "Col.", "Dr.", "Gen.", "Gov.", "Hon.", "Lt.", "Maj.", "Mr.", "Mrs.", "Ms.",
    "Mt.", "Prof.", "Rep.", "Sen.", "Sgt.", "St.", "approx.", "ca.", "cf.", "e.g.", "i.e.", "vs.",
];

/// Before a number or what is numbered.
const NUMBERED: [&str; 28] = [
    "App.", "Apr.", "Art.", "Aug.", "Ch.", "Dec.", "Exh.", "Feb.", "Fig.", "Jan.", "Jul.", "Jun.",
    "Mar.", "No.", "Nos.", "Nov.", "Oct.", "Sec.", "Sept.", "Vol.", "app.", "art.", "fig.", "no.",
    "p.", "para.", "pp.", "sec.",
];

/// The end of a sentence only where the next word is one that begins sentences.
const NAMES: [&str; 8] = ["Bros.", "Co.", "Corp.", "Inc.", "Ltd.", "al.", "etc.", "v."];

/// Words that begin sentences, and hardly ever the second part of a name.
const STARTERS: [&str; 34] = [
    "A", "After", "All", "An", "And", "As", "At", "Both", "But", "By", "For", "From", "He", "His",
    "How", "However", "If", "In", "It", "Its", "No", "On", "One", "She", "So", "Some", "That",
    "The", "Then", "There", "They", "This", "To", "When",
];

/// The sentences of a block.
pub(super) struct Bounds<'a> {
    text: &'a str,
    /// Where each sentence ends; none where the block is one.
    ends: Vec<usize>,
}

impl<'a> Bounds<'a> {
    /// Finds them; `whole` is a block that is not divided.
    pub(super) fn of(text: &'a str, whole: bool) -> Bounds<'a> {
        let mut ends = Vec::new();
        if !whole {
            ends = latin::ends(text).unwrap_or_else(|| {
                let pieces = text.split_sentence_bound_indices();
                pieces.map(|(at, piece)| at + piece.len()).collect()
            });
            let mut start = 0;
            ends.retain(|&end| {
                let piece = text.get(start..end).unwrap_or("");
                start = end;
                !goes_on(piece, text.get(end..).unwrap_or(""))
            });
        }
        Bounds { text, ends }
    }

    /// The sentence that holds `focus`, or before which an empty one lies.
    pub(super) fn around(&self, focus: Range<usize>) -> Cow<'a, str> {
        // An empty focus lies behind what it belongs to.
        let inside = if focus.is_empty() {
            focus.start
        } else {
            focus.start + 1
        };
        let nth = self.ends.partition_point(|&end| end < inside);
        let before = nth.checked_sub(1).and_then(|nth| self.ends.get(nth));
        let start = before.copied().unwrap_or(0);
        let mut end = self.ends.get(nth).copied().unwrap_or(self.text.len());
        // Words of a link may hold a full stop.
        if end < focus.end {
            let last = self.ends.partition_point(|&end| end < focus.end);
            end = self.ends.get(last).copied().unwrap_or(self.text.len());
        }
        let sentence = self.text.get(start..end).unwrap_or("");
        let trimmed = sentence.trim_start();
        let skipped = start + (sentence.len() - trimmed.len());
        let trimmed = trimmed.trim_end();
        let within = |at: usize| at.saturating_sub(skipped).min(trimmed.len());
        excerpt(trimmed, within(focus.start)..within(focus.end))
    }
}

/// Whether a sentence goes on after a piece of it that ends in a full stop.
fn goes_on(piece: &str, next: &str) -> bool {
    // A line or paragraph separator ends it in any case.
    let words = piece.trim_end_matches(' ');
    let last = words
        .rsplit([' ', '\u{a0}', '(', '“', '"'])
        .next()
        .unwrap_or("");
    if !last.ends_with('.') || next.is_empty() {
        return false;
    }
    let next_word = next
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    let starts = STARTERS.binary_search(&next_word).is_ok();
    if TITLES.binary_search(&last).is_ok() {
        true
    } else if NUMBERED.binary_search(&last).is_ok() {
        next.starts_with(|c: char| c.is_numeric() || "#$€£".contains(c)) || is_roman(next_word)
    } else {
        (NAMES.binary_search(&last).is_ok() || are_initials(last)) && !starts
    }
}

/// `J.`, `U.S.`, but not the `I.` that is hardly ever one.
fn are_initials(word: &str) -> bool {
    let mut letters = word.split_terminator('.');
    letters.all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    })
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| "IVXLC".contains(c))
}

/// At most [`MAX`] characters of a sentence around `focus`, cut between words.
fn excerpt(sentence: &str, focus: Range<usize>) -> Cow<'_, str> {
    if sentence.len() <= MAX || sentence.chars().nth(MAX).is_none() {
        return Cow::Borrowed(sentence);
    }
    // Two are for the ellipses.
    let room = MAX - 2;
    let focus_start = floor(sentence, focus.start);
    let words = sentence.get(focus_start..focus.end).unwrap_or("");
    let length = words.chars().take(room).count();
    let spare = room - length;
    let before = sentence.get(..focus_start).unwrap_or("");
    let after_start = focus_start + width(words.chars().take(length));
    let after = sentence.get(after_start..).unwrap_or("");
    // As much before as after; what one side does not need is the other's.
    let have_after = after.chars().take(spare).count();
    let have_before = before.chars().rev().take(spare).count();
    let take_before = have_before.min((spare / 2).max(spare - have_after));
    let take_after = have_after.min(spare - take_before);
    let mut start = focus_start - width(before.chars().rev().take(take_before));
    let mut end = after_start + width(after.chars().take(take_after));
    let mut out = String::with_capacity(end - start + 8);
    if start > 0 {
        let cut = sentence.get(start..focus_start).unwrap_or("");
        let at_word = sentence
            .get(..start)
            .is_some_and(|before| before.ends_with(' '));
        start += if at_word {
            0
        } else {
            cut.find(' ').map_or(0, |at| at + 1)
        };
        out.push('…');
    }
    let cut_off = end < sentence.len();
    if cut_off
        && !sentence
            .get(end..)
            .is_some_and(|after| after.starts_with(' '))
    {
        let cut = sentence.get(after_start..end).unwrap_or("");
        end = cut.rfind(' ').map_or(end, |at| after_start + at);
    }
    out.push_str(sentence.get(start..end).unwrap_or("").trim());
    if cut_off {
        out.push('…');
    }
    Cow::Owned(out)
}

/// How many bytes some characters take.
fn width(chars: impl Iterator<Item = char>) -> usize {
    chars.map(char::len_utf8).sum()
}

/// The last boundary between characters up to a byte.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(TITLES.is_sorted() && NUMBERED.is_sorted());
        assert!(NAMES.is_sorted() && STARTERS.is_sorted());
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        let table: [(&str, &[&str]); 11] = [
            ("One. Two! Three?", &["One.", "Two!", "Three?"]),
            (
                "The U.S. Treasury acted. It did.",
                &["The U.S. Treasury acted.", "It did."],
            ),
            (
                "It fled the U.S. The bank paid.",
                &["It fled the U.S.", "The bank paid."],
            ),
            (
                "Document No. 5 says so. No. Nothing.",
                &["Document No. 5 says so.", "No.", "Nothing."],
            ),
            (
                "See p. 12 and Fig. IV here. Yes.",
                &["See p. 12 and Fig. IV here.", "Yes."],
            ),
            (
                "Mr. Park wrote it. So did Dr. Kim.",
                &["Mr. Park wrote it.", "So did Dr. Kim."],
            ),
            (
                "It cost 81.5 million. Then 1.2.",
                &["It cost 81.5 million.", "Then 1.2."],
            ),
            ("J. R. Smith spoke.", &["J. R. Smith spoke."]),
            (
                "Chosun Expo Corp. Ltd. paid. This is so.",
                &["Chosun Expo Corp. Ltd. paid.", "This is so."],
            ),
            ("“Stop.” He left.", &["“Stop.”", "He left."]),
            (
                "銀行が襲われた。金は消えた。",
                &["銀行が襲われた。", "金は消えた。"],
            ),
        ];
        for (text, expected) in table {
            let bounds = Bounds::of(text, false);
            let mut start = 0;
            let found: Vec<String> = bounds
                .ends
                .iter()
                .map(|&end| {
                    text[std::mem::replace(&mut start, end)..end]
                        .trim()
                        .to_owned()
                })
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn long_sentences_are_cut_around_their_focus() {
        let text = "word ".repeat(400) + "FOCUS" + &" word".repeat(400);
        let at = text.find("FOCUS").unwrap();
        let table = [
            (at..at + 5, "…word ", " word…"),
            (0..4, "word word", " word…"),
            (text.len() - 4..text.len(), "…word ", " word"),
            (text.len()..text.len(), "…word ", " word"),
        ];
        for (focus, start, end) in table {
            let cut = excerpt(&text, focus.clone());
            assert!(
                cut.starts_with(start) && cut.ends_with(end),
                "{focus:?} {cut}"
            );
            let length = cut.chars().count();
            assert!((285..=MAX).contains(&length), "{length}");
        }
        assert!(excerpt(&text, at..at + 5).contains(" FOCUS "));
        let solid = "銀".repeat(1000);
        for focus in [0..3, 1500..1503, 2997..3000, 0..3000] {
            let cut = excerpt(&solid, focus);
            assert!(cut.chars().count() <= MAX && cut.contains('…'));
        }
    }
}
