//! Unicode's sentence rules (UAX #29) for the characters that most texts are made of.
//!
//! Gives what `unicode-segmentation` gives, at a tenth of the cost, or nothing where the text holds
//! another character. (A test holds the two together.)

use crate::render::escape::plain;

/// A character's `Sentence_Break`, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Numeric,
    /// A full stop, which may stand in an abbreviation or a number.
    Stop,
    /// Other ends of a sentence.
    Term,
    Continue,
    Close,
    Space,
    /// Ends a paragraph.
    Line,
    Other,
}

use Class::{Close, Continue, Line, Lower, Numeric, Other, Space, Stop, Term, Upper};

fn class(c: char) -> Option<Class> {
    Some(match c {
        'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' => Lower,
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => Upper,
        '0'..='9' => Numeric,
        '.' => Stop,
        '!' | '?' => Term,
        ',' | '-' | ':' | ';' | '–' | '—' => Continue,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '‘' | '’' | '“' | '”' | '«' | '»' => {
            Close
        }
        ' ' | '\t' | '\u{a0}' => Space,
        '\n' => Line,
        '#' | '$' | '%' | '&' | '*' | '+' | '/' | '<' | '=' | '>' | '@' | '\\' | '^' | '_'
        | '`' | '|' | '~' | '£' | '§' | '°' | '·' | '×' | '€' => Other,
        _ => return None,
    })
}

/// Where the sentences of a text end; `None` where the rules here do not reach.
pub(super) fn ends(text: &str) -> Option<Vec<usize>> {
    let mut ends = Vec::new();
    let mut rest = text;
    loop {
        let found = rest
            .get(plain(rest.as_bytes(), is_of_note, is_of_note)..)
            .unwrap_or("");
        let mut chars = found.chars();
        let Some(c) = chars.next() else { break };
        let now = class(c)?;
        rest = chars.as_str();
        match now {
            Line => ends.push(text.len() - rest.len()),
            Stop | Term => {
                let before = text.get(..text.len() - found.len()).unwrap_or("");
                let last = before.chars().next_back().and_then(class);
                let (goes_on, after) = stop(now, last, rest)?;
                rest = after;
                if !goes_on {
                    ends.push(text.len() - rest.len());
                }
            }
            _ => {}
        }
    }
    if ends.last() != Some(&text.len()) && !text.is_empty() {
        ends.push(text.len());
    }
    Some(ends)
}

/// Whether a byte may begin what ends a sentence or a character that must be looked at.
fn is_of_note(byte: u8) -> bool {
    (byte == b'.')
        | (byte == b'!')
        | (byte == b'?')
        | (byte >= 0x7f)
        | ((byte < 0x20) & (byte != b'\t'))
}

/// Whether the sentence goes on after a full stop or the like, `before` which and `rest` after which
/// these stand, and what is left after what belongs to it.
fn stop(now: Class, before: Option<Class>, rest: &str) -> Option<(bool, &str)> {
    let mut chars = rest.chars();
    let mut bare = true;
    let mut spaced = false;
    loop {
        let rest = chars.as_str();
        let Some(c) = chars.next() else {
            // The end of the text is one of a sentence in any case.
            return Some((true, rest));
        };
        match class(c)? {
            Close if !spaced => {}
            Space => spaced = true,
            Line => return Some((false, chars.as_str())),
            next => {
                let goes_on = matches!(next, Continue | Stop | Term)
                    || now == Stop
                        && (bare && next == Numeric
                            || bare && next == Upper && matches!(before, Some(Upper | Lower))
                            || lower_follows(rest));
                return Some((goes_on, rest));
            }
        }
        bare = false;
    }
}

/// Whether the next letter is a small one: then a full stop before it ends no sentence.
fn lower_follows(rest: &str) -> bool {
    let letter = rest
        .chars()
        .map(class)
        .find(|class| matches!(class, None | Some(Lower | Upper | Line | Stop | Term)));
    letter == Some(Some(Lower))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn compare(text: &str) {
        if let Some(found) = ends(text) {
            let pieces = text.split_sentence_bound_indices();
            let expected: Vec<usize> = pieces.map(|(at, piece)| at + piece.len()).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn every_character_has_its_class() {
        for c in ('\0'..='\u{2fff}').filter(|&c| class(c).is_some()) {
            for text in [
                "a.#b", "a. #b", "a.# b", "a!#B", "a! #B", "a.#B", "a. # B", "#.B", "a.\"#B",
                "# a", "a.1#b",
            ] {
                compare(&text.replace('#', &c.to_string()));
            }
        }
    }

    #[test]
    fn other_characters_are_left_to_others() {
        assert_eq!(ends("銀行。"), None);
        assert_eq!(ends("a\u{301}."), None);
        assert_eq!(ends(""), Some(Vec::new()));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            cases: 2000,
            ..ProptestConfig::default()
        })]

        #[test]
        fn as_unicode_says(text in "[aZ1.!?,;–’\"( \u{a0}\n$é]{0,16}") {
            compare(&text);
        }
    }
}
