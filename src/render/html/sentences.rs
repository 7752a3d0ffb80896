//! The sentences around a text's links and citations.

use crate::model::Body;

/// The sentences of a text that hold a link or a citation, as plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentences {
    /// The sentence around each of [`Body::links`]; empty where there is none.
    pub links: Vec<String>,
    /// The sentence before each citation; empty where there is none.
    pub cites: Vec<String>,
}

/// The sentence around each link and citation.
#[must_use]
pub fn sentences(body: &Body, words: &dyn Fn(u32) -> Option<String>) -> Sentences {
    let _ = (body, words);
    Sentences::default()
}
