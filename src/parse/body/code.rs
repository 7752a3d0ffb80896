//! Code: its language, the mark in its info string, and the lines of `ioc` blocks.

use super::super::label;
use super::foreign::Form;
use super::ioc;
use super::walk::{Frame, Piece, Walk, find, higher, last};
use crate::model::body::{self, Event, Tag};
use crate::text::Span;
use pulldown_cmark::CodeBlockKind;

/// A block of code that is being read.
pub(super) struct CodeText {
    lang: String,
    text: String,
    pieces: Vec<Piece>,
    /// Made code by the spaces or the tab before it.
    indented: bool,
}

impl CodeText {
    pub(super) fn push(&mut self, text: &str, from: usize) {
        self.pieces.push(Piece {
            at: self.text.len(),
            from,
            escaped: false,
        });
        self.text.push_str(text);
    }
}

impl Walk<'_> {
    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        let mut code = CodeText {
            lang: String::new(),
            text: String::new(),
            pieces: Vec::new(),
            indented: matches!(kind, CodeBlockKind::Indented),
        };
        let mut own = None;
        if let CodeBlockKind::Fenced(info) = kind {
            let (lang, rest) = ioc::language(info);
            code.lang = lang.to_ascii_lowercase();
            for word in rest
                .split_whitespace()
                .filter(|word| label::holds_tlp(word))
            {
                let place = find(self.file, span, word);
                let found = match word.split_once('=') {
                    Some((key, value)) if label::names_tlp(key) => self.value_mark(value, place),
                    _ => self.bad_mark(
                        place,
                        "a mark that cannot be read",
                        "after the language of a fence it is written `tlp=amber`".to_owned(),
                    ),
                };
                own = higher(own, Some(found));
            }
        }
        if matches!(code.lang.as_str(), "dataview" | "dataviewjs") {
            self.foreign(Form::Query, span.range());
        }
        let tag = (code.lang != "ioc").then(|| {
            self.body.code.push(body::Code {
                lang: String::new(),
                text: String::new(),
                at: span.start,
            });
            Tag::CodeBlock(last(&self.body.code))
        });
        self.push_frame(tag, span, own);
        self.code = Some(code);
    }

    pub(super) fn end_code(&mut self, mut frame: Frame) {
        let Some(code) = self.code.take() else { return };
        let misread = match code.indented {
            true => code.text.lines().any(is_marked_line),
            false => code.lang != "ioc" && code.text.lines().any(is_marked_fence),
        };
        if misread {
            let line = frame.span.of(self.file).lines().next().unwrap_or("");
            let start = frame.span.start as usize;
            let found = self.bad_mark(
                Span::new(start, start + line.len()),
                "a mark within code is not read",
                "take the tab or the four spaces before it away, or close the fence before it; what is meant to be code stands in a fence, without a `tlp=` behind backticks".to_owned(),
            );
            frame.mark = higher(frame.mark, Some(found));
        }
        match frame.tag {
            Some(Tag::CodeBlock(at)) => {
                if let Some(slot) = self.body.code.get_mut(at as usize) {
                    slot.lang = code.lang;
                    slot.text = code.text;
                }
                self.body.events.push(Event::End(Tag::CodeBlock(at)));
            }
            _ => {
                let first = Span::new(self.body.indicators.len(), 0).start;
                ioc::read(self, &code.text, &code.pieces);
                let count = Span::new(self.body.indicators.len(), 0).start - first;
                if count > 0 {
                    self.body.events.push(Event::Indicators { first, count });
                }
            }
        }
        self.add_regions(&frame);
        self.touch();
    }
}

/// Whether a line of indented code would be marked if it were none: behind signs of items, quotes and bold
/// type, as a heading, or as a fence.
fn is_marked_line(line: &str) -> bool {
    if !label::possible(line) && !label::holds_tlp(line) {
        return false;
    }
    let signs = |c: char| c.is_whitespace() || c.is_ascii_digit() || "-+*>.)_".contains(c);
    let text = line.trim_start_matches(signs);
    let boxes = ["[ ] ", "[x] ", "[X] "];
    let text = boxes
        .iter()
        .find_map(|it| text.strip_prefix(it))
        .unwrap_or(text);
    let text = text.trim_start_matches(signs);
    let opens = text.chars().next().and_then(label::bracket);
    let begins = opens.is_some_and(|(_, opens)| opens)
        && label::first(text).is_some_and(|(label, opened)| opened && label.range.start < 8);
    let heading = text.starts_with('#') && text.trim_end().ends_with('}') && label::holds_tlp(text);
    begins || heading || is_marked_fence(line)
}

/// Whether a line has the look of the beginning of a marked fence.
fn is_marked_fence(line: &str) -> bool {
    let line = line.trim_start();
    (line.starts_with("```") || line.starts_with("~~~")) && label::holds_tlp(line)
}
