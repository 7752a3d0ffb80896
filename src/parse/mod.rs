//! One file becomes one raw entry; nothing is resolved.
//!
//! Takes a [`TextFile`]; gives a [`Parsed`] and every problem of the file. Front matter and body are
//! read independently, so that both are reported. Never looks at another file, never fails, never
//! panics: results are remembered by the file's content hash.

pub mod body;

pub mod front;

use crate::model::{Entry, Intro, RawRef};

/// What a Markdown file below `content/` turned out to be.
#[derive(Debug, Clone)]
pub enum Parsed {
    /// An entry.
    Entry(Box<RawEntry>),
    /// The text of the home page or of an index page.
    Intro(Box<Intro<RawRef>>),
    /// A file that is neither (an unknown folder, no UTF-8 …); reported.
    Nothing,
}

/// An entry as it was read.
#[derive(Debug, Clone)]
pub struct RawEntry {
    /// What could be read of it.
    pub entry: Entry<RawRef>,
    /// Whether its front matter has errors: it stays known, so that links to it are not reported as
    /// well, but what would only follow from the error is not reported.
    pub broken: bool,
}

/// stub
pub fn all(
    _files: &[crate::text::TextFile],
    _default_tlp: crate::model::Tlp,
) -> crate::diag::Outcome<Vec<Parsed>> {
    crate::diag::Outcome::clean(Vec::new())
}
