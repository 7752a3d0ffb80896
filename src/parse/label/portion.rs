//! What stands in brackets where a text or a sentence begins, or a text ends.
//!
//! Takes a text; tells whether brackets in it hold a mark of another scheme, or a colour alone. What stands before
//! them and says nothing, `1.1 (RED)`, `a) (RED)`, `• (RED)`, `((RED))`, makes no other place of it. In the middle
//! of a sentence brackets are talk, unless they say that they mark, `(Classification: RED)`. Never decides what follows from it.

use super::bracket;
use crate::model::Schemes;
use memchr::memchr3;

/// A number or signs before a mark are no longer.
const LONGEST_HEAD: usize = 40;
/// As many signs are looked at for the end of brackets.
const LONGEST: usize = 80;
/// Roman numerals of items have no more letters.
const LONGEST_NUMERAL: usize = 5;
/// What stands for code where only the words of a text are read.
pub(crate) const CODE: char = '\u{FFFC}';

/// Whether what brackets hold, of those with which a text begins, is a mark.
pub(crate) fn is_headed_by(text: &str, mark: impl Fn(&str) -> bool) -> bool {
    let heads = text
        .char_indices()
        .take_while(|(at, _)| *at <= LONGEST_HEAD);
    // Asked of every line, and most begin with a word.
    let mut letters = 0;
    let mut heads = heads.take_while(|(_, c)| {
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        letters <= LONGEST_NUMERAL
    });
    heads.any(|(at, c)| {
        opens(c)
            && says_nothing(text.get(..at).unwrap_or(""))
            && within(text, at, c).is_some_and(|(words, _)| mark(words))
    })
}

/// Whether brackets in a text hold a mark where one may be meant; not those at which `literal` says that they are
/// written to be none.
pub(crate) fn holds_portion(
    text: &str,
    others: &Schemes,
    in_cell: bool,
    literal: impl Fn(usize) -> bool,
) -> bool {
    if text.is_ascii() && memchr3(b'(', b'[', b'{', text.as_bytes()).is_none() {
        return false;
    }
    let mut brackets = text.char_indices().filter(|(_, c)| opens(*c));
    brackets.any(|(at, c)| {
        let Some((words, behind)) = within(text, at, c) else {
            return false;
        };
        let before = text.get(..at).unwrap_or("");
        let marks = if says_nothing(before) {
            others.names_portion(words)
        } else if others.is_headed(words) {
            true
        } else {
            // What stands around is looked at for few: it may be long.
            let colour = others.is_colour_in_brackets(words);
            let sentence = colour || others.names(words);
            // A table may well be one of colours.
            let ends = colour && !in_cell && ends_text(before, behind);
            sentence && begins_sentence(before, behind)
                || ends && others.ends_with_colour(before, words)
        };
        marks && !literal(at)
    })
}

/// What brackets hold that open at a place, and what stands behind them.
fn within(text: &str, at: usize, open: char) -> Option<(&str, &str)> {
    let (kind, _) = bracket(open)?;
    let rest = text.get(at + open.len_utf8()..)?;
    let mut signs = rest.char_indices().take(LONGEST);
    let (close, c) = signs.find(|(_, c)| bracket(*c) == Some((kind, false)))?;
    Some((rest.get(..close)?, rest.get(close + c.len_utf8()..)?))
}

fn opens(c: char) -> bool {
    bracket(c).is_some_and(|(_, opens)| opens)
}

/// Whether a text is nothing but signs and the numbers of items: `1.1`, `a)`, `§ 3`, `(iv)`.
fn says_nothing(text: &str) -> bool {
    text.len() <= LONGEST_HEAD && text.split_whitespace().all(is_number)
}

fn is_number(token: &str) -> bool {
    // What is quoted, escaped or code is spoken of.
    let quotes = |c: char| {
        matches!(
            c,
            '"' | '\'' | '`' | '\\' | '“' | '”' | '„' | '«' | '»' | CODE
        )
    };
    if token.contains(quotes) {
        return false;
    }
    let core = token.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = core.chars().filter(|c| c.is_alphabetic()).count();
    let closed = token.ends_with(['.', ')', ':', ']', '}']);
    let numeral = |c: char| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x');
    match letters {
        0 => true,
        1 => closed || core.len() > 1,
        letters => closed && letters <= LONGEST_NUMERAL && core.chars().all(numeral),
    }
}

/// Whether a sentence begins between two texts; not where they go on with others of their sort.
fn begins_sentence(before: &str, behind: &str) -> bool {
    let signs = |c: char| c.is_whitespace() || "*_=~)]}".contains(c) || opens(c);
    let apart = before.ends_with(|c: char| c.is_whitespace() || opens(c) || "*_:".contains(c));
    let ended = before
        .trim_end_matches(signs)
        .ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：']);
    apart && ended && !behind.starts_with([',', '/'])
}

/// Whether what stands between two texts is the end of both.
fn ends_text(before: &str, behind: &str) -> bool {
    let joined = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '-');
    !before.ends_with(joined) && !behind.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_mark_where_something_begins_or_ends() {
        let others = Schemes::default();
        let holds = |text: &str| holds_portion(text, &others, false, |_| false);
        for text in [
            "(RED) x",
            "((RED)) x",
            "([RED]) x",
            "{{AMBER}} x",
            "【【RED】】 x",
            "1.1 (RED) x",
            "1.1. (SECRET) x",
            "a) (RED) x",
            "(a) (RED) x",
            "iv. (S//NF) x",
            "§ 3 (RED) x",
            "– (RED) x",
            "• [AMBER] x",
            "2016-02-04: (RED) x",
            "(ROT) x",
            "(ROUGE) x",
            "[ÁMBAR] x",
            "(КРАСНЫЙ) x",
            "（红色）x",
            "It was told. (RED) A partner did.",
            "Source: (AMBER) a partner",
            "It was told. (RED)",
            "A partner told it (AMBER).",
            "A partner told it (ROT)",
            "A partner told it (Classification: RED) in May",
            "It was told. (SECRET) A partner did.",
        ] {
            assert!(holds(text), "{text}");
        }
        for text in [
            "(A) x",
            "(R) x",
            "x (R)",
            "(GREEN) x",
            "(VERT) x",
            "(Red) x",
            "(red) x",
            "(Rot) x",
            "the (AMBER) label",
            "Product (RED) phones",
            "\"(RED)\" x",
            "`(RED)` x",
            "It complies with the Radio Equipment Directive (RED).",
            "Controlled Unclassified Information (CUI)",
            "(RED-1) took off",
            "(RED Hat) x",
            "(赤) x",
            "mix (RED, GREEN) x",
            "the colours are: (RED), (AMBER), (GREEN) and (CLEAR)",
            "(PRODUCT)RED",
            "f(RED) x",
        ] {
            assert!(!holds(text), "{text}");
        }
        assert!(!holds_portion("\u{FFFC} (RED) x", &others, false, |_| {
            false
        }));
        assert!(!holds_portion("(RED) x", &others, false, |at| at == 0));
        assert!(holds_portion("(RED) x", &others, true, |_| false));
        assert!(!holds_portion("phase 3 (RED)", &others, true, |_| false));
    }
}
