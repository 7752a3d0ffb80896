//! The text of a word: what is said, what is filled in, and its plural forms.

use icu_plurals::PluralCategory;
use std::sync::Arc;

/// A word as a file of words has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// By category, in the order of [`CATEGORIES`]; one that is no plural has only the last.
    forms: [Option<Box<[Piece]>>; 6],
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words.
    Said(Arc<str>),
    /// The name of what is filled in.
    Hole(Box<str>),
}

/// The categories of plurals (CLDR); every language has the last.
pub(super) const CATEGORIES: [(&str, PluralCategory); 6] = [
    ("zero", PluralCategory::Zero),
    ("one", PluralCategory::One),
    ("two", PluralCategory::Two),
    ("few", PluralCategory::Few),
    ("many", PluralCategory::Many),
    ("other", PluralCategory::Other),
];

impl Text {
    /// Of the forms by their categories' names.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub(super) fn of<'t>(forms: impl Iterator<Item = (&'t str, &'t str)>) -> Result<Text, String> {
        let mut text = Text::default();
        for (category, form) in forms {
            let at = CATEGORIES.iter().position(|(name, _)| *name == category);
            let Some(slot) = at.and_then(|at| text.forms.get_mut(at)) else {
                return Err(format!("`{category}` is no plural form"));
            };
            *slot = Some(pieces(form)?);
        }
        Ok(text)
    }

    /// The form of a category, or else that of `other`.
    pub(super) fn form(&self, category: PluralCategory) -> &[Piece] {
        let at = CATEGORIES.iter().position(|(_, it)| *it == category);
        let form = at.and_then(|at| self.forms[at].as_deref());
        form.or(self.forms[5].as_deref()).unwrap_or(&[])
    }

    /// All of it, where nothing is filled in.
    #[must_use]
    pub fn whole(&self) -> &str {
        match self.forms[5].as_deref() {
            Some([Piece::Said(text)]) => text,
            Some([] | [..]) | None => "",
        }
    }

    /// The form of a category, in which nothing is filled in.
    pub(super) fn shared(&self, category: PluralCategory) -> Arc<str> {
        match self.form(category) {
            [Piece::Said(text)] => Arc::clone(text),
            [] | [..] => Arc::from(""),
        }
    }

    /// Whether it has several forms.
    #[must_use]
    pub fn is_plural(&self) -> bool {
        self.forms.iter().flatten().nth(1).is_some()
    }

    /// The names of all that is filled in.
    #[must_use]
    pub fn holes(&self) -> Vec<&str> {
        let mut holes: Vec<&str> = Vec::new();
        for piece in self.forms.iter().flatten().flat_map(|form| form.iter()) {
            if let Piece::Hole(name) = piece
                && !holes.contains(&&**name)
            {
                holes.push(name);
            }
        }
        holes
    }
}

fn pieces(text: &str) -> Result<Box<[Piece]>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let wrong =
        || format!("`{text}`: braces stand around the name of what is filled in, `{{count}}`");
    let said = |text: &str, pieces: &mut Vec<Piece>| match text.contains('}') {
        true => Err(wrong()),
        false if text.is_empty() => Ok(()),
        false => {
            pieces.push(Piece::Said(text.into()));
            Ok(())
        }
    };
    while let Some((before, after)) = rest.split_once('{') {
        said(before, &mut pieces)?;
        let (name, after) = after.split_once('}').ok_or_else(wrong)?;
        if name.is_empty() || !name.bytes().all(|it| it.is_ascii_lowercase() || it == b'_') {
            return Err(wrong());
        }
        pieces.push(Piece::Hole(name.into()));
        rest = after;
    }
    said(rest, &mut pieces)?;
    Ok(pieces.into_boxed_slice())
}
