//! What is shown of a sentence that is too long to be quoted whole.
//!
//! Takes a sentence and where in it the words lie that it is quoted for; gives it, or so much around
//! those words as fits. Never cuts within a word where a word's end is near.

use std::borrow::Cow;
use std::ops::Range;

/// How many characters of a sentence are shown.
const MAX: usize = 300;

/// At most [`MAX`] characters of a sentence around `focus`, cut between words.
pub(super) fn excerpt(sentence: &str, focus: Range<usize>) -> Cow<'_, str> {
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
