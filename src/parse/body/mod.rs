//! (to come)
use crate::diag::Outcome;
use crate::model::{Body, Cite, RawRef};
use std::sync::Arc;

/// The prose of an entry as it was read.
#[derive(Debug, Clone, Default)]
pub struct RawProse {
    /// The parsed Markdown.
    pub body: Body,
    /// Its citations, in order.
    pub cites: Vec<Cite<RawRef>>,
}

/// Parses the Markdown that begins at byte `start` of `text`.
#[must_use]
pub fn parse(path: &Arc<str>, text: &str, start: usize) -> Outcome<RawProse> {
    let _ = (path, text, start);
    Outcome::clean(RawProse::default())
}
