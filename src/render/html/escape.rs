//! Text as HTML.
//!
//! Takes any text; gives it with `&`, `<`, `>` and `"` as references, so that it may stand between
//! tags and in a double-quoted attribute. Never lets a control character through: HTML knows none.

/// What is to be done about a byte.
const PLAIN: u8 = 0;
const REFERENCE: u8 = 1;
const CONTROL: u8 = 2;
/// The lead byte of U+0080 to U+00BF, of which the first half are control characters.
const LEAD: u8 = 3;

const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [PLAIN; 256];
    let mut byte = 0;
    while byte < 0x20 {
        if byte != b'\t' as usize && byte != b'\n' as usize {
            classes[byte] = CONTROL;
        }
        byte += 1;
    }
    classes[0x7f] = CONTROL;
    classes[0xc2] = LEAD;
    classes[b'&' as usize] = REFERENCE;
    classes[b'<' as usize] = REFERENCE;
    classes[b'>' as usize] = REFERENCE;
    classes[b'"' as usize] = REFERENCE;
    classes
}

/// Writes a text to `out`, safe between tags and in a double-quoted attribute.
pub fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let (with, len) = match CLASSES[byte as usize] {
            PLAIN => continue,
            LEAD if bytes.get(at + 1).is_none_or(|&next| next >= 0xa0) => continue,
            LEAD => ("", 2),
            CONTROL => ("", 1),
            _ => match byte {
                b'&' => ("&amp;", 1),
                b'<' => ("&lt;", 1),
                b'>' => ("&gt;", 1),
                _ => ("&quot;", 1),
            },
        };
        out.push_str(text.get(done..at).unwrap_or(""));
        out.push_str(with);
        done = at + len;
    }
    out.push_str(text.get(done..).unwrap_or(""));
}

#[cfg(test)]
mod tests {
    use super::escape;

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
            let mut out = String::new();
            escape(text, &mut out);
            assert_eq!(out, expected);
        }
    }
}
