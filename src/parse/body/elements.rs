//! Elements of raw HTML that are open, and those that a marked part opens and leaves open.
//!
//! Takes raw HTML, tag by tag; a marked part of which an element goes on behind its end is reported: the writer
//! meant the mark for all of the element. Never decides what is published: that is for the sanitiser.

use super::super::label::INLINE;
use super::mark::Found;
use super::walk::Walk;
use crate::model::body::Event;
use crate::model::html;
use crate::text::Span;
use memchr::memchr_iter;
use std::collections::HashMap;

/// Elements that are open, outermost first.
#[derive(Debug, Clone, Default)]
pub(super) struct Elements {
    open: Vec<String>,
    /// How many of each name.
    counts: HashMap<String, usize>,
}

impl Walk<'_> {
    /// A marked part ends, which begins with an event and ends at a byte of the file: whether an element that
    /// it opens goes on.
    pub(super) fn check_elements(&mut self, start: usize, end: u32, found: Found) {
        if !self.body.has_html || found.bad {
            return;
        }
        let mut elements = Elements::default();
        for event in self.body.events.get(start..).unwrap_or(&[]) {
            if let Event::Html(slice) = event {
                elements.read(self.body.slice(*slice));
            }
        }
        let goes_on = |name: &&String| match INLINE.contains(&name.as_str()) {
            // Those within a line are often left open where nothing more is meant, but if their end comes.
            true => *name != "a" && self.last_end(name) >= end as usize,
            false => true,
        };
        let Some(name) = elements.open.iter().find(goes_on) else {
            return;
        };
        let message =
            format!("`<{name}>` begins in the part that is marked and does not end in it");
        let help = format!(
            "close it by `</{name}>` where that part ends, or put the mark in a paragraph of its own before the element: then it holds to its end; where the word is meant, quote it as code"
        );
        let span: Span = self.span_of(found);
        self.problems.unmarked(span, message, help);
    }

    /// Where the last end tag of that name stands in the file.
    fn last_end(&self, name: &str) -> usize {
        let ends = self.ends.get_or_init(|| last_ends(self.file));
        ends.get(name).copied().unwrap_or(0)
    }
}

/// The last end tag of each name.
fn last_ends(file: &str) -> HashMap<String, usize> {
    let mut ends = HashMap::new();
    for at in memchr_iter(b'<', file.as_bytes()) {
        let name = file.get(at + 1..).and_then(|it| it.strip_prefix('/'));
        let name = name.unwrap_or("").bytes();
        let name = name.take_while(u8::is_ascii_alphanumeric);
        let name: String = name.map(|it| char::from(it.to_ascii_lowercase())).collect();
        if !name.is_empty() {
            ends.insert(name, at);
        }
    }
    ends
}

impl Elements {
    /// The outermost that is open.
    pub(super) fn outermost(&self) -> Option<&str> {
        self.open.first().map(String::as_str)
    }

    /// Takes note of the tags of a piece of HTML.
    pub(super) fn read(&mut self, html: &str) {
        let mut rest = html;
        while let Some((_, tag)) = rest.split_once('<') {
            let (end, name) = match tag.strip_prefix('/') {
                Some(name) => (true, name),
                None => (false, tag),
            };
            let length = name
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .unwrap_or(name.len());
            rest = tag;
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let (name, after) = name.split_at(length);
            let closes = tag_end(after);
            let empty = after
                .get(..closes)
                .is_some_and(|inner| inner.ends_with('/'));
            rest = after.get(closes..).unwrap_or("");
            let name = name.to_ascii_lowercase();
            if end {
                self.end(&name);
            } else if !empty && !html::is_void(&name) {
                *self.counts.entry(name.clone()).or_default() += 1;
                self.open.push(name);
            }
        }
    }

    /// Ends the innermost element of that name, and those within it.
    fn end(&mut self, name: &str) {
        if self.counts.get(name).is_none_or(|count| *count == 0) {
            return;
        }
        while let Some(last) = self.open.pop() {
            if let Some(count) = self.counts.get_mut(&last) {
                *count = count.saturating_sub(1);
            }
            if last == name {
                return;
            }
        }
    }
}

/// Where a tag ends, behind its name: at `>` outside of quotation marks.
pub(super) fn tag_end(after: &str) -> usize {
    let mut quote = None;
    for (at, c) in after.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    after.len()
}
