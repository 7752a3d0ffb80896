//! Edits of a front matter: what is to be written in the place of a key or value, as its format takes it.
//!
//! Takes a node as it was read; gives a [`TextEdit`] where the node is written as it is read, in quotes or in none, so
//! that it is plain what is replaced. Never rewrites a value of several lines, nor one with escapes.

use super::reader::Reader;
use super::tree::{Key, Node};
use super::withholding;
use crate::diag::TextEdit;
use crate::text::Span;

impl Reader<'_> {
    /// Writes other text in the place of a value, in the quotes that it has.
    pub fn instead(&self, node: &Node<'_>, new: &str) -> Option<TextEdit> {
        self.rewritten(node.span, node.text()?, new)
    }

    /// Writes another name in the place of a key.
    pub fn key_instead(&self, key: &Key<'_>, new: &str) -> Option<TextEdit> {
        // Keys of ours need no quotes in either format.
        let bare =
            (key.span.of(self.text) == key.text).then(|| TextEdit::new(self.path, key.span, new));
        bare.or_else(|| self.rewritten(key.span, &key.text, new))
    }

    /// Writes text in the place of a value that is no text.
    pub fn text_instead(&self, span: Span, new: &str) -> Option<TextEdit> {
        let with = match is_plain(new) && !self.is_toml() {
            true => new.to_owned(),
            false => quoted(new)?,
        };
        Some(TextEdit::new(self.path, span, with))
    }

    /// Writes `true` or `false` in the place of a word, without its quotes; not where it publishes or withholds.
    pub fn bool_instead(&self, name: &str, node: &Node<'_>, new: &str) -> Option<TextEdit> {
        let (read, written) = (node.text()?, node.span.of(self.text));
        let bare = unquoted(written).unwrap_or(written);
        let open = withholding::named(name).is_none();
        (open && bare == read).then(|| TextEdit::new(self.path, node.span, new))
    }

    fn rewritten(&self, span: Span, read: &str, new: &str) -> Option<TextEdit> {
        let written = span.of(self.text);
        if let Some(within) = unquoted(written) {
            let inner = Span::new(span.start as usize + 1, span.end as usize - 1);
            let fits = within == read && quoted(new).is_some();
            return fits.then(|| TextEdit::new(self.path, inner, new));
        }
        match written == read {
            true => self.text_instead(span, new),
            false => None,
        }
    }

    /// Whether the front matter is TOML, where text stands in quotes.
    pub fn is_toml(&self) -> bool {
        let text = self.text.trim_start_matches('\u{feff}');
        text.starts_with("+++")
    }
}

/// What stands between the quotes that a value is written in.
fn unquoted(written: &str) -> Option<&str> {
    ['"', '\''].into_iter().find_map(|quote| {
        let rest = written.strip_prefix(quote)?;
        rest.strip_suffix(quote)
    })
}

/// A text in quotes; `None` where it would need escapes.
fn quoted(text: &str) -> Option<String> {
    let odd = |c: char| matches!(c, '"' | '\'' | '\\') || c.is_control();
    (!text.contains(odd)).then(|| format!("\"{text}\""))
}

/// Whether YAML reads a text as it stands, in lines and within brackets.
fn is_plain(text: &str) -> bool {
    let sign = |c: char| c.is_alphanumeric() || " -_./+:".contains(c);
    text.starts_with(|c: char| c.is_alphanumeric() || "./".contains(c))
        && text.chars().all(sign)
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_yaml_reads_as_it_stands_is_written_without_quotes() {
        for (text, plain) in [
            ("2016-02-04", true),
            ("../2018", true),
            ("about 94.42 crore INR", true),
            ("https://example.org/a", true),
            ("actors/apt38", true),
            ("a: b", false),
            ("a #b", false),
            ("a, b", false),
            ("[a]", false),
            ("", false),
            ("-", false),
        ] {
            assert_eq!(super::is_plain(text), plain, "{text}");
        }
    }
}
