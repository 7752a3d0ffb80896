//! Text as HTML or XML: the one place where signs that mean something there become references.
//!
//! Takes any text; gives it so that it ends no element and no attribute. Lets no control character through
//! where the language knows none.

use std::convert::Infallible;
use std::io;

/// Where a text is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On a page, between tags or in an attribute in whatever quotes.
    Page,
    /// In the text of an entry, between tags or in double quotes.
    Body,
    /// In code, between tags.
    Code,
    /// In XML 1.0.
    Xml,
}

impl Place {
    /// How a sign is written there; none where it stands as it is.
    fn reference(self, sign: char) -> Option<&'static str> {
        match (sign, self) {
            ('&', _) => Some("&amp;"),
            ('<', _) => Some("&lt;"),
            ('>', _) => Some("&gt;"),
            ('"', Place::Page | Place::Body | Place::Xml) => Some("&quot;"),
            ('\'', Place::Page | Place::Xml) => Some("&#39;"),
            ('\t' | '\n', _) => None,
            ('\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f', Place::Xml) => Some(""),
            ('\u{fffe}' | '\u{ffff}', Place::Xml) => Some(""),
            (sign, Place::Page | Place::Body | Place::Code) if sign.is_control() => Some(""),
            (_, Place::Page | Place::Body | Place::Code | Place::Xml) => None,
        }
    }
}

/// Writes a text to the end of `out`.
pub fn escape(text: &str, place: Place, out: &mut String) {
    // Most are a few words, or a path.
    if before_special(text) == text.len() {
        out.push_str(text);
        return;
    }
    let written: Result<(), Infallible> = parts(text, place, |part| {
        out.push_str(part);
        Ok(())
    });
    written.unwrap_or_else(|never| match never {});
}

/// The same as a text of its own.
pub(super) fn escaped(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, place, &mut out);
    out
}

/// How the templates escape.
pub(super) fn in_templates(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    parts(text, Place::Page, |part| out.write_all(part.as_bytes()))
}

/// Calls `put` with the parts of a text as they are to stand in a place.
fn parts<E>(text: &str, place: Place, mut put: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut rest = text;
    loop {
        let at = before_special(rest);
        if at == rest.len() {
            return put(rest);
        }
        // What is special begins a character, so both cuts lie between characters.
        let (before, found) = rest.split_at(at);
        put(before)?;
        let mut chars = found.chars();
        let reference = chars.next().and_then(|sign| place.reference(sign));
        rest = chars.as_str();
        put(reference.unwrap_or(&found[..found.len() - rest.len()]))?;
    }
}

/// Whether something may have to be done, in HTML or in XML, about the character that begins with a byte. `<`
/// and `>` differ in one bit, the other signs in two (and cost a look at `#`); `0xc2` begins U+0080 to
/// U+00BF, of which the first half are control characters, `0xef` those that XML does not know.
const fn is_special(byte: u8) -> bool {
    ((byte | 0x02) == b'>')
        | ((byte & 0xFA) == b'"')
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte == 0xef)
        | ((byte < 0x20) & (byte != b'\t') & (byte != b'\n'))
}

const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = is_special(byte as u8);
        byte += 1;
    }
    table
};

/// The bytes of a text before the first character about which something may have to be done.
#[inline]
pub(super) fn before_special(text: &str) -> usize {
    plain(text.as_bytes(), is_special, |byte| SPECIAL[byte as usize])
}

/// How many bytes there are before the first special one. Looks at sixteen at once, which compilers
/// turn into a few wide instructions if `special` has no branches: most text has nothing special for
/// long stretches. `is` says the same of a single byte, by whatever is quickest.
#[inline]
pub(super) fn plain(bytes: &[u8], special: impl Fn(u8) -> bool, is: impl Fn(u8) -> bool) -> usize {
    let (stretches, _) = bytes.as_chunks::<16>();
    let clear = |stretch: &&[u8; 16]| !stretch.iter().fold(false, |any, &byte| any | special(byte));
    let at = stretches.iter().take_while(clear).count() * 16;
    let rest = bytes.get(at..).unwrap_or(&[]);
    let within = rest.iter().position(|&byte| is(byte));
    at + within.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::{Place, escaped};

    #[test]
    fn nothing_ends_an_element_or_an_attribute() {
        let table = [
            ("", ""),
            ("plain, ärger · 한국", "plain, ärger · 한국"),
            ("a<b>&\"c\"'", "a&lt;b&gt;&amp;&quot;c&quot;'"),
            ("a\0b\u{1b}c\u{7f}\u{85}d\te\nf\r", "abcd\te\nf"),
            ("&amp;", "&amp;amp;"),
            ("\u{a0}\u{ab}", "\u{a0}\u{ab}"),
        ];
        for (text, expected) in table {
            assert_eq!(escaped(text, Place::Body), expected);
        }
        assert_eq!(
            escaped("a<b>&\"'\u{1b}", Place::Page),
            "a&lt;b&gt;&amp;&quot;&#39;"
        );
        assert_eq!(
            escaped("a<b>&\"'\0\u{1b}\u{85}\r\t\n", Place::Code),
            "a&lt;b&gt;&amp;\"'\t\n"
        );
        assert_eq!(
            escaped("'\r\u{85}\u{1}\u{fffe}\u{ffff}\u{fffd}", Place::Xml),
            "&#39;\r\u{85}\u{fffd}"
        );
    }
}
