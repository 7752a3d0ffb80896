//! Marks that hold for nothing that anybody reads: what they were meant for comes after it, unmarked.
//!
//! Takes the events of a block that is marked; reports the mark where they say nothing. A mark alone that is used
//! up by an anchor, a line of HTML or a footnote's sign would leave the table below it open.

use super::html::without_comments;
use super::mark::Found;
use super::said::Said;
use super::walk::Walk;
use crate::diag::Code;
use crate::model::Body;
use crate::model::body::{Block, Event, Tag};
use crate::model::html::{Piece, Pieces};
use crate::text::Span;

/// Elements that show something though no words stand in them.
const SHOWING: [&str; 15] = [
    "audio", "button", "canvas", "embed", "iframe", "img", "input", "math", "meter", "object",
    "picture", "progress", "select", "svg", "video",
];

/// Texts in place of which other tools put a table of contents.
const CONTENTS: [&str; 4] = ["[toc]", "{{toc}}", "{:toc}", "${toc}"];

impl Walk<'_> {
    pub(super) fn nothing_to_mark(&mut self, found: Found) {
        self.problems.report(
            Code::BadMarking,
            self.span_of(found),
            "a mark that nothing follows",
            "it marks the next block; put it at the start of what it is meant for, or take it away",
        );
    }

    /// A block that bears a mark alone has ended: whether it says something.
    pub(super) fn check_says(&mut self, start: usize, found: Found) {
        if found.bad || !says_nothing(&self.body, start) {
            return;
        }
        self.problems.unmarked(
            self.span_of(found),
            "a mark alone before something that says nothing",
            "it marks the next block and no more; put it directly before what it is meant for, or take it away",
        );
    }

    /// A block begins that bears a mark alone: whether a definition of a link stands between.
    pub(super) fn check_between(&mut self, found: Found, block: Span) {
        let Some((_, mark)) = self.alone.last().filter(|(mark, _)| *mark == found.mark) else {
            return;
        };
        let between = self.file.get(mark.end..block.start as usize).unwrap_or("");
        // Bold type ends behind its mark.
        let between = between.trim_start_matches(['*', '_']);
        let said = |text: &str| text.contains(|c: char| !c.is_whitespace() && c != '>');
        if said(between) && said(&without_comments(between)) {
            self.problems.unmarked(
                self.span_of(found),
                "a mark alone before a definition of a link: it marks the block after that",
                "put it directly before what it is meant for; a definition bears the marking of where it stands, and needs no mark where all that links by it is marked",
            );
        }
    }
}

/// Whether nothing that is read stands from an event on.
pub(super) fn says_nothing(body: &Body, start: usize) -> bool {
    let events = body.events.get(start..).unwrap_or(&[]);
    if events.iter().any(|event| says(body, *event)) {
        let text: String = (events.iter().take(12).filter_map(|event| match event {
            Event::Text(slice) => Some(body.slice(*slice)),
            _ => None,
        }))
        .collect();
        let text = text.trim();
        // A sign of a footnote that nobody defines is text.
        let note = text.starts_with("[^") && text.ends_with(']') && !text.contains(' ');
        return note || CONTENTS.contains(&text.to_ascii_lowercase().as_str());
    }
    true
}

fn says(body: &Body, event: Event) -> bool {
    let holds_word = |text: &str| text.contains(char::is_alphanumeric);
    match event {
        Event::Text(slice) => holds_word(body.slice(slice)),
        Event::Code(slice) => !body.slice(slice).trim().is_empty(),
        Event::Start(Tag::CodeBlock(at)) => {
            let code = body.code.get(at as usize);
            code.is_some_and(|code| match code.is {
                Block::Text | Block::List | Block::Chart(_) => !code.text.trim().is_empty(),
                Block::Drawing(_) => true,
            })
        }
        Event::Html(slice) => {
            let html = body.slice(slice);
            let shows = |piece| match piece {
                Piece::Open { name, .. } | Piece::Gone { name } => {
                    SHOWING.iter().any(|it| name.eq_ignore_ascii_case(it))
                }
                Piece::Text(_) | Piece::Close { .. } => false,
            };
            Pieces::of(html).any(shows) || holds_word(&Said::by(html).shown)
        }
        Event::Start(Tag::Image(_)) | Event::Indicators { .. } => true,
        Event::Start(_)
        | Event::End(_)
        | Event::Cite { .. }
        | Event::FootnoteRef(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::Task(_) => false,
    }
}
