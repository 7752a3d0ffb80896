//! Marks of other schemes where no Markdown is read.
//!
//! Takes a text or a line; tells whether it begins with such a mark, `(SECRET) …`, `SECRET: …`, or is one.

use super::text::slash_before;
use super::{holds_portion, is_headed_by};
use crate::model::Schemes;
use memchr::{memchr, memchr2};

/// Whether a line is marked so.
pub(crate) fn marks_line(line: &str, others: &Schemes) -> bool {
    let bytes = line.as_bytes();
    let small = bytes.first().is_some_and(u8::is_ascii_lowercase);
    // Slugs and words are none, but for `pap-red`.
    if small && memchr2(b' ', b'\n', bytes).is_none() {
        let last = bytes.last().map(u8::to_ascii_lowercase);
        return matches!(last, Some(b'd' | b'r' | b't'))
            && (others.is_headed(line) || others.says_strict(line));
    }
    is_headed_by(line, |words| others.names_portion(words))
        || others.names(line)
        || others.leads(line)
        || others.is_headed(line)
        || others.says_strict(line)
}

/// Whether a text is, or a line of it.
pub(crate) fn marks_text(text: &str, others: &Schemes) -> bool {
    marks_line(text, others)
        || holds_portion(text, others, false, |at| slash_before(text, at).is_some())
        || memchr(b'\n', text.as_bytes()).is_some() && text.lines().any(|line| others.names(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_marked_by_what_they_begin_with() {
        let others = Schemes::default();
        for text in [
            "(SECRET) x",
            "SECRET",
            "SECRET: x",
            "SECRET//NOFORN: x",
            "VS-NfD: x",
            "(S//NF) x",
            "x\nNOFORN\ny",
            "(AMBER) x",
            "[RED] x",
            "Marking: AMBER",
            "Classification: RED, for partners",
            "1.1 (SECRET) x",
            "A partner told it (AMBER)",
            "It was told. (RED) A partner did.",
            "Einstufung: ROT",
        ] {
            assert!(marks_text(text, &others), "{text}");
        }
        for text in [
            "Secret: the story",
            "The secret: x",
            "secret",
            "https://secret.example",
            "SECRETS: x",
            "A SECRET: x",
            "x\n(SECRET) y",
            "AMBER",
            "RED: the colour",
            "(A) x",
            "(GREEN) x",
            "[RED",
            "\\(RED) x",
            "`(RED)` x",
            "CUI: an acronym",
            "Top Secret: a film",
        ] {
            assert!(!marks_text(text, &others), "{text}");
        }
    }
}
