//! Text as HTML.
//!
//! Takes any text; gives it with `&`, `<`, `>` and `"` as references, so that it may stand between
//! tags and in a double-quoted attribute. Never lets a control character through: HTML knows none.

use crate::render::markup::before_special;

/// Writes a text to `out`, safe between tags and in a double-quoted attribute.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    loop {
        let at = before_special(rest);
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let mut chars = found.chars();
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some(c) if c.is_control() && c != '\t' && c != '\n' => {}
            Some(c) => out.push(c),
            None => return,
        }
        rest = chars.as_str();
    }
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
