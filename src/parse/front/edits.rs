//! Edits of a front matter: what is to be written in the place of a key or value, as its format takes it.
//!
//! Takes a node as it was read; gives a [`TextEdit`] where the node is written as it is read, in quotes or in none, so
//! that it is plain what is replaced. Never rewrites a value of several lines, nor one with escapes.

use super::reader::Reader;
use super::rewrite::Given;
use super::split::Format;
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
        let with = match self.is_toml() {
            true => Given::Text(new.to_owned()).flow(Format::Toml),
            false => Given::Bare(new.to_owned()).flow(Format::Yaml),
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
            let odd = |c: char| matches!(c, '"' | '\'' | '\\') || c.is_control();
            let fits = within == read && !new.contains(odd);
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
