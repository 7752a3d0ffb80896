//! Code: its language, the mark in its info string, and the lines of `ioc` blocks.

use super::super::label::{self, Awaits};
use super::super::statics;
use super::foreign::Form;
use super::ioc;
use super::mark::{Bare, Found, How};
use super::walk::{Frame, Piece, Walk, find, higher, last};
use crate::diag::Code;
use crate::model::body::{self, Block, Event, Tag};
use crate::text::Span;
use pulldown_cmark::CodeBlockKind;
use std::ops::Range;

/// A block of code that is being read.
pub(super) struct CodeText {
    lang: String,
    text: String,
    pieces: Vec<Piece>,
    /// The sign of its fence and how often that stands there; none where the spaces or the tab before it make
    /// it code.
    fence: Option<(char, usize)>,
    /// Where what was read of it ends in the file.
    end: usize,
}

impl CodeText {
    pub(super) fn push(&mut self, text: &str, range: &Range<usize>) {
        self.pieces.push(Piece {
            at: self.text.len(),
            from: range.start,
            escaped: false,
        });
        self.text.push_str(text);
        self.end = range.end;
    }

    /// Where its text begins in the file, if no line of it has signs before it that are none of it.
    fn from(&self) -> Option<u32> {
        let from = self.pieces.first()?.from;
        let in_one = |piece: &Piece| piece.from == from + piece.at;
        self.pieces
            .iter()
            .all(in_one)
            .then(|| Span::new(from, from).start)
    }

    /// Whether its fence is closed, or it has none: behind the last line of it another fence stands.
    fn is_closed(&self, file: &str, span: Span) -> bool {
        let behind = self.end..span.end as usize;
        self.fence
            .is_none_or(|(sign, _)| file.get(behind).unwrap_or("").contains(sign))
    }
}

impl Walk<'_> {
    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        let first = first_line(self.file, span);
        let mut code = CodeText {
            lang: String::new(),
            text: String::new(),
            pieces: Vec::new(),
            fence: None,
            end: first.end as usize,
        };
        let mut own = None;
        if let CodeBlockKind::Fenced(info) = kind {
            code.fence = fence(first.of(self.file));
            let (lang, rest) = ioc::language(info);
            code.lang = lang.to_ascii_lowercase();
            let means = |word: &&str| label::holds_tlp(word) || label::is_attribute(word);
            let words = rest.split_whitespace().chain([lang]);
            for word in words.filter(means) {
                let place = find(self.file, span, word);
                let found = match word.split_once('=') {
                    Some((key, value)) if label::names_tlp(key) => {
                        // `tlp=amber strict`
                        match rest.split_whitespace().any(|it| {
                            it.eq_ignore_ascii_case("strict") || it.eq_ignore_ascii_case("+strict")
                        }) {
                            true => self.bad_info(place),
                            false => self.value_mark(value, place),
                        }
                    }
                    _ => self.bad_info(place),
                };
                own = higher(own, Some(found));
            }
            if own.is_none() && label::in_name(info).is_some() {
                own = Some(self.bad_info(first));
            }
            // A colour there is no name of a language.
            let colour = |word: &str| {
                let word = word.trim_matches(['{', '}', '(', ')', '[', ']', '.', ',']);
                self.markings.others.is_colour(word) || self.markings.others.is_headed(word)
            };
            let words = rest
                .split_whitespace()
                .map(|word| word.trim_matches(['{', '}', '(', ')', '[', ']', '.', ',']));
            let behind = { words }.any(|word| {
                self.markings.others.is_colour_below(word) || self.markings.others.names(word)
            });
            if own.is_none() && (behind || info.split_whitespace().any(colour)) {
                own = Some(self.other_mark(first_line(self.file, first)));
            }
        }
        if matches!(code.lang.as_str(), "dataview" | "dataviewjs") {
            self.foreign(Form::Query, span.range());
        }
        let tag = (code.lang != "ioc").then(|| {
            self.body.code.push(body::Code {
                lang: String::new(),
                text: String::new(),
                is: Block::Text,
                at: span.start,
                from: None,
            });
            Tag::CodeBlock(last(&self.body.code))
        });
        self.push_frame(tag, span, own);
        self.code = Some(code);
    }

    /// A label with which code begins, or that is the value of a key in it. Markdown that is quoted may well tell of marks.
    fn label_in_code(&mut self, code: &CodeText, span: Span) {
        if matches!(code.lang.as_str(), "markdown" | "md") || !label::possible(&code.text) {
            return;
        }
        let first = code.text.trim_start().lines().next().unwrap_or("");
        let heads = label::all(first).map(|(label, _)| label.reading);
        let says = heads.chain(statics::keyed(&code.text));
        let says = says.filter(|reading| reading.tlp().is_some());
        let highest = says.max_by_key(|reading| reading.level());
        self.bare.extend(highest.map(|reading| Bare {
            reading,
            span: first_line(self.file, span),
            how: How::Code,
        }));
    }

    fn bad_info(&mut self, place: Span) -> Found {
        self.bad_mark(
            place,
            "a mark that cannot be read",
            "after the language of a fence it is written `tlp=amber`".to_owned(),
        )
    }

    pub(super) fn end_code(&mut self, mut frame: Frame) {
        let Some(code) = self.code.take() else { return };
        if let Some((message, help)) = self.misread(&code, frame.span) {
            let found = self.bad_mark(first_line(self.file, frame.span), message, help.to_owned());
            frame.mark = higher(frame.mark, Some(found));
        }
        if code.fence.is_some() && !code.is_closed(self.file, frame.span) {
            self.open_fence = Some(frame.span.start);
        }
        if self.awaits != Awaits::Nothing {
            self.note_row(&code.text, frame.span);
        }
        if code.lang != "ioc" {
            self.label_in_code(&code, frame.span);
        }
        match frame.tag {
            Some(Tag::CodeBlock(at)) => {
                let chart = (code.fence.is_some())
                    .then(|| {
                        let line = first_line(self.file, frame.span);
                        self.chart(line, &code.text, &code.pieces)
                    })
                    .flatten();
                let is = match code.lang.as_str() {
                    _ if let Some((chart, found)) = chart => {
                        frame.mark = higher(frame.mark, found);
                        chart
                    }
                    "list" => Block::List,
                    _ if code.fence.is_some() && code.text.trim().is_empty() => {
                        self.drawing(first_line(self.file, frame.span))
                    }
                    _ => Block::Text,
                };
                if let Some(slot) = self.body.code.get_mut(at as usize) {
                    slot.is = is;
                    slot.from = code.from();
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

impl Walk<'_> {
    /// Code within a text that goes on over a mark: it was to end before.
    pub(super) fn mark_in_code(&mut self, range: &Range<usize>) {
        let code = self.file.get(range.clone()).unwrap_or("");
        if code.lines().skip(1).any(is_marked_line) {
            let found = self.bad_mark(
                Span::new(range.start, range.end),
                "a mark within code is not read",
                "close the code before the line that is marked; a label is quoted in one line"
                    .to_owned(),
            );
            self.run.bad = higher(self.run.bad, Some(found));
        }
    }

    /// Why code is none, as it seems: a mark that stands in it would mark something if it were not there.
    fn misread(&self, code: &CodeText, span: Span) -> Option<(&'static str, &'static str)> {
        const FENCE: &str =
            "close the fence before the mark; where the mark is quoted, close it behind";
        let lines = || code.text.lines();
        match code.fence {
            None => lines().any(is_marked_line).then_some((
                "a mark within code is not read",
                "take the tab or the four spaces before it away; what is meant to be code stands in a fence",
            )),
            Some(_) if !code.is_closed(self.file, span) => {
                let marked = |line| is_marked_line(line) || self.is_labelled(line);
                lines()
                    .any(marked)
                    .then_some(("a fence that never closes holds a mark", FENCE))
            }
            Some(_) if code.lang != "ioc" && lines().any(is_marked_fence) => Some((
                "a mark within code is not read",
                "close the fence before it; what is meant to be code bears no `tlp=` behind backticks",
            )),
            Some(outer) => {
                // A fence that opens another one is closed by that one's end.
                let opens = |line: &str| {
                    fence(line).is_some_and(|(sign, count)| sign == outer.0 && count >= outer.1)
                };
                let last = lines().rev().skip_while(|line| !opens(line));
                last.skip(1).any(is_marked_line).then_some((
                    "a mark stands between two fences that open",
                    FENCE,
                ))
            }
        }
    }

    /// Whether a line holds a label, or a mark of another scheme.
    fn is_labelled(&self, line: &str) -> bool {
        label::first(line).is_some()
            || self.markings.others.names(line.trim())
            || label::is_headed_by(line, |it| self.markings.others.names_portion(it))
    }

    /// A fence never closes: the fences before it may be paired otherwise than they were meant to be, so that
    /// what was written between two of them is taken for code.
    pub(super) fn doubt_fences(&mut self) {
        let Some(open) = self.open_fence else {
            return;
        };
        let mut marked = Vec::new();
        for code in self.body.code.iter().filter(|code| code.at < open) {
            if code.text.lines().any(is_marked_line) {
                let start = code.at as usize;
                let line = first_line(self.file, Span::new(start, self.file.len()));
                if fence(line.of(self.file)).is_some() {
                    marked.push(line);
                }
            }
        }
        for line in marked {
            self.problems.report(
                Code::BadMarking,
                line,
                "a mark stands in code, and a fence below never closes",
                "close every fence, so that it is plain which lines are code",
            );
        }
    }
}

/// The first line of a span.
fn first_line(file: &str, span: Span) -> Span {
    let line = span.of(file).lines().next().unwrap_or("");
    let start = span.start as usize;
    Span::new(start, start + line.len())
}

/// The sign of a fence with which a line begins, and how often it stands there.
fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = line.len() - line.trim_start_matches(sign).len();
    (count >= 3).then_some((sign, count))
}

/// Whether a line of code would be marked if it were none: behind signs of items, quotes and bold
/// type, as a heading, or as a fence.
pub(super) fn is_marked_line(line: &str) -> bool {
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
