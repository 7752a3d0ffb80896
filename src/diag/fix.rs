//! How a problem can be mended, in a form that a program can use: edits, beside the words of a help.
//!
//! Takes places and what is to be written there; gives [`Advice`], of which a [`Fix`] is the part for programs.
//! Applies nothing: what is applied, and that no marking suffers by it, is for [`crate::mend`].

use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// A piece of a file that is to be written anew.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TextEdit {
    /// The file, as in [`crate::text::TextFile::path`].
    pub path: Arc<str>,
    /// The bytes that are replaced, or among which the `piece` is; empty where something is put in.
    pub span: Span,
    /// The part of the span that is replaced; the whole span where `None`. Stages that know a place but not its
    /// text name the part by its words.
    pub piece: Option<Piece>,
    /// What is written in its place.
    pub with: String,
}

/// A part of a span, told by words: the first that stands there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Piece {
    /// What stands right before it and stays.
    pub lead: String,
    /// The part.
    pub text: String,
}

impl TextEdit {
    /// Writes something in the place of a span.
    #[must_use]
    pub fn new(path: &Arc<str>, span: Span, with: impl Into<String>) -> Self {
        Self {
            path: Arc::clone(path),
            span,
            piece: None,
            with: with.into(),
        }
    }

    /// Writes something in the place of a part of a span.
    #[must_use]
    pub fn within(
        path: &Arc<str>,
        span: Span,
        piece: impl Into<String>,
        with: impl Into<String>,
    ) -> Self {
        Self::after(path, span, "", piece, with)
    }

    /// Writes something in the place of a part of a span that stands right after a `lead`.
    #[must_use]
    pub fn after(
        path: &Arc<str>,
        span: Span,
        lead: impl Into<String>,
        piece: impl Into<String>,
        with: impl Into<String>,
    ) -> Self {
        let piece = Piece {
            lead: lead.into(),
            text: piece.into(),
        };
        Self {
            piece: Some(piece),
            ..Self::new(path, span, with)
        }
    }

    /// The bytes of its file that it replaces; `None` where the file does not hold what it is about, so that
    /// there is nothing to do.
    #[must_use]
    pub fn range(&self, text: &str) -> Option<Range<usize>> {
        let range = self.span.range();
        let whole = text.get(range.clone())?;
        let Some(piece) = &self.piece else {
            return Some(range);
        };
        let Piece { lead, text } = piece;
        let at = range.start + whole.find(&format!("{lead}{text}"))? + lead.len();
        Some(at..at + text.len())
    }
}

/// The edits that mend one problem. They belong together: all are applied or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fix {
    /// One thing alone can have been meant, and it is said without a change of meaning: may be applied unasked.
    Safe(Vec<TextEdit>),
    /// It would mend the problem, but only a writer knows whether it is what was meant: never applied unasked.
    Choice(Vec<TextEdit>),
}

impl Fix {
    /// The edits, at least one.
    #[must_use]
    pub fn edits(&self) -> &[TextEdit] {
        match self {
            Fix::Safe(edits) | Fix::Choice(edits) => edits,
        }
    }

    pub(super) fn edits_mut(&mut self) -> &mut [TextEdit] {
        match self {
            Fix::Safe(edits) | Fix::Choice(edits) => edits,
        }
    }

    /// Whether it may be applied unasked.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        matches!(self, Fix::Safe(_))
    }
}

/// What to do about a problem: words, and the same as edits where they can be told by such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// A sentence for people.
    pub words: String,
    /// For programs.
    pub fix: Option<Fix>,
}

impl Advice {
    /// Adds edits that may be applied unasked; none where there are none.
    #[must_use]
    pub fn safely(self, edits: impl IntoIterator<Item = TextEdit>) -> Self {
        self.edited(true, edits)
    }

    /// Adds edits that a writer has to agree to; none where there are none.
    #[must_use]
    pub fn perhaps(self, edits: impl IntoIterator<Item = TextEdit>) -> Self {
        self.edited(false, edits)
    }

    /// Adds edits that may be applied unasked where that is `safe`; none where there are none.
    #[must_use]
    pub fn edited(mut self, safe: bool, edits: impl IntoIterator<Item = TextEdit>) -> Self {
        let edits: Vec<TextEdit> = edits.into_iter().collect();
        self.fix = match (edits.is_empty(), safe) {
            (true, _) => None,
            (false, true) => Some(Fix::Safe(edits)),
            (false, false) => Some(Fix::Choice(edits)),
        };
        self
    }
}

impl From<String> for Advice {
    fn from(words: String) -> Self {
        Self { words, fix: None }
    }
}

impl From<&str> for Advice {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_finds_its_piece_or_nothing() {
        let path = Arc::from("content/notes/a.md");
        let range = |edit: TextEdit| edit.range("a [[b]] c");
        let span = Span::new(2, 7);
        assert_eq!(range(TextEdit::new(&path, span, "x")), Some(2..7));
        assert_eq!(
            range(TextEdit::within(&path, span, "[[b", "[[x")),
            Some(2..5)
        );
        let after = |lead| range(TextEdit::after(&path, span, lead, "b", "x"));
        assert_eq!((after("[["), after("a")), (Some(4..5), None));
        assert_eq!(range(TextEdit::within(&path, span, "c", "x")), None);
        assert_eq!(range(TextEdit::new(&path, Span::new(5, 90), "x")), None);
    }
}
