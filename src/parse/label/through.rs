//! A text as it is read where its markup is seen through: a label may be split by a tag, a reference, a link.
//!
//! Takes a text that holds HTML or links, whether or not anything makes pages of them; gives it without tags and
//! comments, with references to characters as these, and links as their words, and where each of it comes from.
//! One pass.

use super::{Label, find};
use crate::model::html;
use html5ever::data::NAMED_ENTITIES;
use memchr::{memchr, memchr2, memchr3, memmem};

/// Stands for what is no sign: words are read both as ending there and as going on.
const EDGE: char = '\u{1}';

/// No name of a character is longer.
const LONGEST_NAME: usize = 32;

/// Elements that stand within a line (HTML, 4.5): what is on two sides of their tags may be one word.
pub(crate) const INLINE: [&str; 31] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "tt", "u", "var",
];

/// A text without its markup.
#[derive(Debug, Default)]
pub(super) struct Through {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

/// A stretch of it.
#[derive(Debug)]
struct Piece {
    at: usize,
    /// Where it comes from.
    start: usize,
    end: usize,
    /// Whether it reads as it is written.
    literal: bool,
}

/// Whether a text may hold such markup.
pub(super) fn is_marked_up(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr2(b'<', b'&', bytes).is_some()
        || memchr(b']', bytes).is_some_and(|_| text.contains("[[") || text.contains("]("))
}

/// The text, if any markup stands in it.
pub(super) fn of(text: &str) -> Option<Through> {
    is_marked_up(text).then(|| Through::of(text))
}

/// The words of a label that markup may split.
pub(crate) fn without_markup(text: &str) -> String {
    let seen = of(text).map_or_else(|| text.to_owned(), |through| through.text);
    seen.replace(EDGE, "")
}

impl Through {
    fn of(text: &str) -> Through {
        let mut through = Through::default();
        let (mut at, mut linked) = (0, false);
        // Not looked for again behind each that is open.
        let comments_end = memmem::rfind(text.as_bytes(), b"-->").unwrap_or(0);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let (sign, end) = match rest.as_bytes() {
                [b'<', b'!', b'-', b'-', ..] if at > comments_end => (None, 0),
                [b'<', ..] => tag(rest).map_or((None, 0), |(sign, length)| (Some(sign), length)),
                [b'&', ..] => reference(rest).map_or((None, 0), |(c, length)| (Some(c), length)),
                [b'[', b'[', ..] => match target(rest) {
                    0 => (None, 0),
                    length => {
                        linked = true;
                        (Some(EDGE), length)
                    }
                },
                [b']', b']', ..] if linked => {
                    linked = false;
                    (Some(EDGE), 2)
                }
                [b']', b'(', ..] => (Some(EDGE), address(rest)),
                _ => (None, 0),
            };
            let literal = sign.is_none() || end == 0;
            let length = match literal {
                false => end,
                true => {
                    let first = rest.chars().next().map_or(1, char::len_utf8);
                    let more = rest.as_bytes().get(first..).unwrap_or(&[]);
                    let next = more.iter().position(|byte| b"<&[]".contains(byte));
                    first + next.unwrap_or(more.len())
                }
            };
            through.pieces.push(Piece {
                at: through.text.len(),
                start: at,
                end: at + length,
                literal,
            });
            match sign.filter(|_| !literal) {
                Some(sign) => through.text.push(sign),
                None => through.text.push_str(rest.get(..length).unwrap_or("")),
            }
            at += length;
        }
        through
    }

    /// Its labels, at their places in the text that it comes from.
    pub(super) fn labels(&self) -> impl Iterator<Item = Label> {
        find(&self.text).into_iter().map(|label| Label {
            range: self.start(label.range.start)..self.end(label.range.end),
            ..label
        })
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.checked_sub(1)?)
    }

    pub(super) fn start(&self, at: usize) -> usize {
        self.piece(at).map_or(0, |piece| match piece.literal {
            true => piece.start + (at - piece.at),
            false => piece.start,
        })
    }

    pub(super) fn end(&self, end: usize) -> usize {
        let Some(last) = end.checked_sub(1) else {
            return 0;
        };
        self.piece(last).map_or(0, |piece| match piece.literal {
            true => piece.start + (end - piece.at),
            false => piece.end,
        })
    }
}

/// What a tag or a comment at the start of a text is read as, and its length.
fn tag(text: &str) -> Option<(char, usize)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some((EDGE, 7 + memmem::find(comment.as_bytes(), b"-->")?));
    }
    let inner = text.get(1..)?;
    let named = inner.strip_prefix('/').unwrap_or(inner);
    if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        return None;
    }
    let inline = html::tag_name(text).is_some_and(|name| {
        let name = name.to_ascii_lowercase();
        INLINE.contains(&&*name)
    });
    let sign = if inline { EDGE } else { '\n' };
    Some((sign, 1 + tag_end(inner.as_bytes())?))
}

/// The length of a tag behind its `<`. Within quotation marks `>` does not end it, unless too much stands there.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().take(2000) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    let end = memchr2(b'<', b'>', bytes)?;
    (bytes.get(end) == Some(&b'>')).then_some(end + 1)
}

/// The character that a reference at the start of a text stands for, and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    let name = text.strip_prefix('&')?;
    if name.starts_with('#') {
        return html::by_number(name).map(|(c, rest)| (c, text.len() - rest.len()));
    }
    let letters = name.bytes().take(LONGEST_NAME);
    let length = letters.take_while(u8::is_ascii_alphanumeric).count();
    let known = |name: &str| {
        let (first, _) = NAMED_ENTITIES.get(name)?;
        char::from_u32(*first).filter(|c| *c != '\0')
    };
    let closed = name
        .get(..=length)
        .and_then(|it| Some((known(it)?, length + 2)));
    // Some of the old ones need no semicolon.
    closed.or_else(|| {
        (2..=length.min(6))
            .rev()
            .find_map(|end| Some((known(name.get(..end)?)?, end + 1)))
    })
}

/// The length of `[[target|`; 0 where no words of its own stand in the link.
fn target(text: &str) -> usize {
    let inner = text.as_bytes().get(2..).unwrap_or(&[]);
    match memchr3(b'|', b'[', b'\n', inner) {
        Some(at) if inner[at] == b'|' && !inner[..at].contains(&b']') => at + 3,
        _ => 0,
    }
}

/// The length of `](address)`; 0 where the address ends otherwise.
fn address(text: &str) -> usize {
    let inner = text.as_bytes().get(2..).unwrap_or(&[]);
    match memchr3(b')', b'(', b'[', inner) {
        Some(at) if inner[at] == b')' => at + 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_seen_through() {
        for (text, seen) in [
            ("TL<b class=\"a>b\">P</b>: x<br>y", "TL\u{1}P\u{1}: x\ny"),
            ("a<!-- <b> -->b", "a\u{1}b"),
            ("&#84;L&#x50;&colon;&nbsp;R&ampx", "TLP:\u{a0}R&x"),
            ("[[sources/one|AMBER]] [[two]]", "\u{1}AMBER\u{1} [[two]]"),
            ("[TLP](https://first.org/tlp):é", "[TLP\u{1}:é"),
            ("1 < 2 && 3 > 2, a[b](c", "1 < 2 && 3 > 2, a[b](c"),
            (
                "<b <i> & &x; &; &#; &#xFFFFFFFF;",
                "<b \u{1} & &x; &; &#; &#xFFFFFFFF;",
            ),
        ] {
            assert_eq!(Through::of(text).text, seen, "{text}");
        }
    }

    #[test]
    fn labels_stand_where_they_are_written() {
        for (text, written) in [
            ("é (TLP:<b>AMBER</b>) x", "TLP:<b>AMBER"),
            ("x &#84;LP:RE&#68; x", "&#84;LP:RE&#68;"),
            ("x TLP:[[s|RED]] x", "TLP:[[s|RED"),
        ] {
            let through = Through::of(text);
            let label = through.labels().next().expect("a label");
            assert_eq!(&text[label.range], written);
        }
    }
}
