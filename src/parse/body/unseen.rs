//! What of a text never comes out, for those who change it: its comments, and its raw HTML, in which comments stand.
//!
//! Takes the text of a file; gives places and words. Reads by the same readers as [`super::parse`], and judges nothing.

use super::comment;
use super::dialect::Dialect;
use super::erase::{self, Part};
use pulldown_cmark::Event;
use std::borrow::Cow;
use std::ops::Range;

/// What of a text never comes out.
#[derive(Debug, Default)]
pub(in crate::parse) struct Unseen {
    /// Comments that Markdown does not know as such, signs of open ones among them, by their place in the file.
    pub(in crate::parse) comments: Vec<Range<usize>>,
    /// All raw HTML, piece by piece.
    pub(in crate::parse) html: Vec<String>,
}

/// What of the Markdown that begins at `start` never comes out.
pub(in crate::parse) fn unseen(file: &str, start: usize) -> Unseen {
    let found = comment::find(file, start);
    let closed: Vec<_> = found.percent.into_iter().chain(found.html).collect();
    let text = match closed.is_empty() {
        true => Cow::Borrowed(file),
        false => {
            let parts: Vec<Part> = closed.iter().cloned().map(Part::Inline).collect();
            Cow::Owned(erase::without(file, start, &parts, &[], false).text)
        }
    };
    let dialect = Dialect::of(text.get(start..).unwrap_or(""));
    let html = dialect.events().filter_map(|(event, _)| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(html.into_string()),
        _ => None,
    });
    let html = html.collect();
    let mut comments = closed;
    comments.extend(found.open);
    comments.sort_unstable_by_key(|range| range.start);
    Unseen { comments, html }
}
