//! Sentences of front matter: as they are marked up on their own page, as plain text on all others.

use super::cites::Marks;
use super::reads::Reads;
use super::{At, prose};
use crate::model::body::{Event, Tag};
use crate::model::{Marked, PageId, Spot, Words};
use crate::plan::graph::Origin;
use crate::render::{Html, markup};
use std::borrow::Cow;

/// Writes a sentence on its own page.
pub(super) fn write(
    at: &At<'_>,
    origin: Origin,
    spot: Spot,
    words: &Words<PageId>,
    marks: Marks,
    out: &mut String,
) {
    match words {
        Words::Plain(text) => markup::text(text, out),
        Words::Styled(text) => prose::within_line(at, origin, spot, text, marks, out),
    }
}

/// The same.
pub(super) fn html(
    at: &At<'_>,
    origin: Origin,
    spot: Spot,
    words: &Words<PageId>,
    marks: Marks,
) -> Html {
    Html::of(|out| write(at, origin, spot, words, marks, out))
}

/// A summary on its own page.
pub(super) fn summary(
    at: &At<'_>,
    origin: Origin,
    summary: Option<&Marked<Words<PageId>>>,
) -> Option<Html> {
    summary.map(|it| html(at, origin, Spot::Summary, &it.value, Marks::Noted))
}

/// A sentence as plain text: links in the words that they are shown with, no citations.
pub(in crate::render) fn plain<'a>(reads: &Reads<'_>, words: &'a Words<PageId>) -> Cow<'a, str> {
    let text = match words {
        Words::Plain(text) => return Cow::Borrowed(text),
        Words::Styled(text) => text,
    };
    let mut out = String::with_capacity(text.body.text.len());
    let mut replaced = None;
    for event in &text.body.events {
        match *event {
            Event::End(Tag::Link(at)) if replaced == Some(at) => replaced = None,
            _ if replaced.is_some() => {}
            Event::Start(Tag::Link(at)) => {
                if let Some(words) = prose::words(reads, text, at) {
                    out.push_str(&words);
                    replaced = Some(at);
                }
            }
            Event::Text(slice) | Event::Code(slice) => out.push_str(text.body.slice(slice)),
            Event::Cite { .. } => out.truncate(out.trim_end().len()),
            _ => {}
        }
    }
    Cow::Owned(out.trim().to_owned())
}
