//! Words as they are looked for in texts: without regard to case, accents and signs.

use crate::model::searched::{each_block, words};
use crate::model::{Prose, Words};

/// Words that stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<String>,
    /// Whether the last is a whole word, not the beginning of one.
    whole: bool,
}

impl Phrase {
    /// The words of a text; none where there is neither a letter nor a digit in it.
    #[must_use]
    pub fn of(text: &str, whole: bool) -> Option<Phrase> {
        let words = words(text);
        (!words.is_empty()).then_some(Phrase { words, whole })
    }

    /// Whether the last is to be a whole word: they were quoted.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether a text holds them.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let Some((last, before)) = self.words.split_last() else {
            return false;
        };
        let fits = |window: &[String]| match window.split_last() {
            Some((word, others)) if self.whole => word == last && others == before,
            Some((word, others)) => word.starts_with(last.as_str()) && others == before,
            None => false,
        };
        words(text).windows(self.words.len()).any(fits)
    }
}

/// A sentence without its marks, as it is read.
#[must_use]
pub fn plain<R>(words: &Words<R>) -> String {
    match words {
        Words::Plain(text) => text.to_string(),
        Words::Styled(prose) => text(prose).trim().to_owned(),
    }
}

/// The text of a body as it is read.
#[must_use]
pub(super) fn text<R>(prose: &Prose<R>) -> String {
    let mut text = String::with_capacity(prose.body.text.len());
    each_block(&prose.body, &mut |_, block| {
        text.push_str(block);
        text.push(' ');
    });
    text
}
