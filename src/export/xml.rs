//! XML as text: what stands in an element or an attribute, and names that ids may have.

/// A text in which nothing is markup. What XML cannot hold, control characters, is left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Within an attribute a reader would make spaces of them.
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// An id as a token of XML: a slash becomes a colon, all that is no ASCII letter or digit and none of `-._` its number.
/// No two are the same.
pub(super) fn token(id: &str) -> String {
    let mut token = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            '/' => token.push(':'),
            '-' | '.' => token.push(c),
            c if c.is_ascii_alphanumeric() => token.push(c),
            c => token.push_str(&format!("_{:x}_", u32::from(c))),
        }
    }
    token
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_and_nothing_is_unfit() {
        assert_eq!(
            escape("a<b>&\"c\"\n\u{7}\u{85}\u{ffff}é"),
            "a&lt;b&gt;&amp;&quot;c&quot;&#10;é"
        );
    }

    #[test]
    fn ids_stay_apart() {
        assert_eq!(token("actors/apt38"), "actors:apt38");
        let ids = ["a/b", "a:b", "a_b", "a_3a_b", "a b", "ä"];
        let tokens: std::collections::BTreeSet<String> = ids.map(token).into_iter().collect();
        assert_eq!(tokens.len(), ids.len());
    }
}
