//! What stands outside of a marked part and looks as if it were meant to stand in it.
//!
//! Takes the blocks as they begin and end; keeps of each marked item, definition, footnote, quote and list, and
//! of each marked paragraph, what is needed to judge what comes next. What is indented and yet outside, what
//! stands directly below, and what parts a list in two is an error, unless it bears a marking as high; a
//! paragraph that leads to an unmarked list or code is a warning. Never marks anything by itself.

mod layout;

mod sections;

mod words;

pub(super) use sections::is_underlined;

use super::html::without_comments;
use super::mark::{Found, Levels};
use super::walk::{Frame, Walk};
use crate::diag::Code;
use crate::model::body::{Event, Tag};
use crate::model::html::{Piece, Pieces};
use crate::model::{Body, Tlp};
use crate::text::Span;
use std::collections::HashSet;
use std::ops::Range;

/// A marked part that has ended, and what came after it.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    part: Part,
    found: Found,
    /// Whether only what it ends with is marked.
    inherited: bool,
    /// The column of its first sign.
    column: usize,
    /// Its events.
    events: Range<usize>,
    /// The list that it is, or is the last item of: the number that would come next, none of a bulleted one.
    list: Option<Option<u32>>,
    /// What has stood behind the list: in doubt if that goes on.
    passed: Vec<Doubt>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Item,
    Definition,
    Footnote,
    Quote,
    List,
    Paragraph,
    Section,
}

/// A block that may have been meant to be marked.
#[derive(Debug, Clone)]
pub(super) struct Doubt {
    /// Its first event, and the one after its last where that is known.
    start: usize,
    end: Option<usize>,
    span: Span,
    part: Part,
    found: Found,
    inherited: bool,
    why: Why,
    /// Whether it is no text: a block of code, a table, a quote.
    solid: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It is indented.
    Indented,
    /// No blank line stands between.
    Below,
    /// A list goes on after it.
    Parts,
    /// It is the list that goes on.
    GoesOn,
    /// The marked part leads to it.
    LedTo,
    /// It is a heading by the line below it.
    Underlined,
    /// It is a heading that looks like a comment.
    Comment,
}

impl Part {
    fn of(tag: Option<Tag>) -> Option<Part> {
        Some(match tag? {
            Tag::Item { .. } => Part::Item,
            Tag::Definition { .. } => Part::Definition,
            Tag::Footnote(_) => Part::Footnote,
            Tag::Quote(_) => Part::Quote,
            Tag::List { .. } => Part::List,
            Tag::Paragraph { .. } => Part::Paragraph,
            _ => return None,
        })
    }
}

impl Walk<'_> {
    /// A block has ended, of which the frame is already taken away; `section` is a marked one that ended with it.
    pub(super) fn note_ended(&mut self, frame: &Frame, section: Option<Found>) {
        let marks = [frame.outer, frame.mark, section].into_iter().flatten();
        let marks = marks.filter(|found| !found.bad);
        let own = marks.max_by_key(|found| found.tlp);
        let last = frame.after.as_deref();
        let list = matches!(frame.tag, Some(Tag::List { .. } | Tag::DefinitionList));
        let mut ended = match (own, last, Part::of(frame.tag)) {
            (Some(found), _, Some(part)) => self.ended(frame, part, found, false),
            (None, Some(last), _) if list => last.clone(),
            (None, Some(last), Some(part)) => self.ended(frame, part, last.found, true),
            _ => return,
        };
        if let Some(Tag::List { start }) = frame.tag
            && !ended.inherited
        {
            ended.list = Some(start.map(|start| start.saturating_add(frame.items)));
        }
        self.top().after = Some(Box::new(ended));
    }

    fn ended(&self, frame: &Frame, part: Part, found: Found, inherited: bool) -> Ended {
        Ended {
            part,
            found,
            inherited,
            column: layout::column(self.file, frame.span.start),
            events: frame.start..self.body.events.len(),
            list: None,
            passed: Vec::new(),
        }
    }

    /// Marked text directly in an item has ended.
    pub(super) fn note_ended_run(&mut self, found: Found) {
        let events = self.run.events..self.body.events.len();
        self.top().after = (!found.bad).then(|| {
            Box::new(Ended {
                part: Part::Paragraph,
                found,
                inherited: false,
                column: 0,
                events,
                list: None,
                passed: Vec::new(),
            })
        });
    }

    /// A block begins: whether it was meant to stand in the marked part before it.
    pub(super) fn doubt_block(&mut self, tag: Option<Tag>, span: Span) {
        // A comment is nothing: what stands before it is still the last.
        if tag == Some(Tag::HtmlBlock)
            && self.top().after.is_some()
            && without_comments(span.of(self.file)).trim().is_empty()
        {
            return;
        }
        let Some(mut ended) = self.top().after.take() else {
            return;
        };
        // A footnote is shown elsewhere, and stands between nothing.
        if matches!(tag, Some(Tag::Footnote(_))) {
            self.top().after = Some(ended);
            return;
        }
        let doubt = Doubt {
            start: self.body.events.len(),
            end: None,
            span,
            part: ended.part,
            found: ended.found,
            inherited: ended.inherited,
            why: Why::Parts,
            solid: is_solid(tag),
        };
        if !ended.passed.is_empty() {
            return self.pass(ended, doubt, tag);
        }
        let below = match ended.part {
            Part::Quote => !layout::is_parted_from_quote(self.file, span.start),
            _ => !layout::is_parted(self.file, span.start),
        };
        let mut passes = false;
        let why = match (ended.part, tag) {
            (_, Some(Tag::DefinitionTitle { .. })) => None,
            (Part::Paragraph, _) if below && (doubt.solid || is_list(tag)) => Some(Why::Below),
            (Part::Paragraph, _) => None,
            // What stands in a quote is not told by spaces.
            (Part::Quote, _) => below.then_some(Why::Below).filter(|_| !is_heading(tag)),
            _ if layout::column(self.file, span.start) > ended.column => Some(Why::Indented),
            _ if layout::column(self.file, span.start) < ended.column => None,
            (_, Some(Tag::Item { .. } | Tag::Definition { .. } | Tag::Heading(_))) => None,
            (_, Some(Tag::List { start })) if ended.list == Some(None) && start.is_none() => None,
            _ if below => Some(Why::Below),
            _ => {
                passes = ended.list.is_some();
                None
            }
        };
        let led = || self.leads(&ended, tag).then_some(Why::LedTo);
        if let Some(why) = why.or_else(led) {
            self.doubts.push(Doubt {
                why,
                ..doubt.clone()
            });
        }
        if passes {
            ended.passed.push(doubt);
            self.top().after = Some(ended);
        }
    }

    /// One more block begins behind a marked list.
    fn pass(&mut self, mut ended: Box<Ended>, doubt: Doubt, tag: Option<Tag>) {
        match (ended.list, tag) {
            (_, Some(Tag::Heading(_))) => return,
            (Some(next), Some(Tag::List { start })) => {
                let numbered = next.is_some() && start == next;
                let alone = ended.passed.len() == 1 && ended.passed.iter().all(|it| it.solid);
                if numbered || alone && next.is_some() == start.is_some() {
                    self.doubts.append(&mut ended.passed);
                    let why = Why::GoesOn;
                    self.doubts
                        .extend((ended.part == Part::List).then_some(Doubt { why, ..doubt }));
                    return;
                }
            }
            _ => {}
        }
        ended.passed.push(doubt);
        self.top().after = Some(ended);
    }

    /// Text directly in an item begins behind a marked part of it.
    pub(super) fn doubt_run(&mut self, from: usize) {
        let Some(ended) = self.top().after.take() else {
            return;
        };
        let span = Span::new(from, from + 1);
        if ended.part != Part::Paragraph && layout::column(self.file, span.start) > ended.column {
            self.doubts.push(Doubt {
                start: self.body.events.len(),
                end: Some(self.body.events.len() + 1),
                span,
                part: ended.part,
                found: ended.found,
                inherited: ended.inherited,
                why: Why::Indented,
                solid: false,
            });
        }
    }

    /// A block turned out to be nothing: what stands before it is still the last.
    pub(super) fn forget_block(&mut self, start: usize) {
        while self.doubts.pop_if(|doubt| doubt.start >= start).is_some() {}
        if let Some(ended) = &mut self.top().after {
            ended.passed.retain(|doubt| doubt.start < start);
        }
    }

    /// Whether a part leads to the block that comes next: it ends in a colon, or is a few words in bold type.
    fn leads(&self, ended: &Ended, tag: Option<Tag>) -> bool {
        // The next item of a list, the next definition, is what stands beside.
        if matches!(
            tag,
            Some(Tag::Item { .. } | Tag::Definition { .. } | Tag::DefinitionTitle { .. })
        ) {
            return false;
        }
        let events = self.body.events.get(ended.events.clone()).unwrap_or(&[]);
        let last = events.iter().rev().find_map(|event| match event {
            Event::Text(slice) => {
                let text = self.body.slice(*slice);
                (!text.trim().is_empty()).then_some(text)
            }
            // `The key was: HKLM` says what it was.
            Event::Code(_)
            | Event::Start(Tag::Image(_) | Tag::CodeBlock(_))
            | Event::Indicators { .. }
            | Event::Rule => Some(""),
            _ => None,
        });
        let last = last.unwrap_or("");
        let words = last.trim_end_matches(|c: char| !c.is_alphanumeric());
        let signs = last.get(words.len()..).unwrap_or("");
        if signs.contains([':', '：', '﹕', '︓', '∶', '꞉', '→', '↓', '⬇', '👇']) {
            return true;
        }
        if ended.part != Part::Paragraph || is_heading(tag) {
            return false;
        }
        // A sentence in bold type heads no text, but may well lead to a list.
        let stops = signs.contains(['.', '!', '?', '…', '。', '！', '？']);
        if stops && !(is_list(tag) || is_code_or_table(tag)) {
            return false;
        }
        let (mut bold, mut words) = (false, false);
        for event in events {
            match event {
                Event::Start(Tag::Strong) => bold = true,
                Event::End(Tag::Strong) => bold = false,
                Event::Text(slice) | Event::Code(slice) => {
                    let text = self.body.slice(*slice);
                    let word = text.contains(char::is_alphanumeric);
                    if word && !bold {
                        return false;
                    }
                    words |= word;
                }
                _ => {}
            }
        }
        words
    }

    /// Reports what is in doubt and bears no marking as high. `around` is the marking of the entry.
    pub(super) fn settle_doubts(&mut self, around: Tlp) {
        if self.doubts.is_empty() {
            return;
        }
        let levels = Levels::of_events(&self.regions, around);
        let marked: HashSet<usize> = self.regions.iter().map(|region| region.start).collect();
        let doubts = std::mem::take(&mut self.doubts);
        // Of what is in doubt for more than that it is led to, that is not said.
        let graver = doubts.iter().filter(|doubt| doubt.why != Why::LedTo);
        let graver: HashSet<usize> = graver.map(|doubt| doubt.start).collect();
        for doubt in doubts {
            let own = marked.contains(&doubt.start);
            let told = doubt.why == Why::LedTo && graver.contains(&doubt.start);
            if own || told || !is_open(&self.body, &doubt, &levels) {
                continue;
            }
            let (message, help) = words::words(&doubt);
            let line = doubt.span.of(self.file).lines().next().unwrap_or("").len();
            let start = doubt.span.start as usize;
            let span = Span::new(start, start + line);
            match doubt.why {
                Why::LedTo => self
                    .problems
                    .report(Code::MarkedLeadIn, span, message, help),
                _ => self.problems.unmarked(span, message, help),
            }
        }
    }
}

/// Whether a block says something that bears less than the marking of the part before it.
fn is_open(body: &Body, doubt: &Doubt, levels: &Levels) -> bool {
    let events = body.events.get(doubt.start..).unwrap_or(&[]);
    let mut depth = 0usize;
    for (event, at) in events.iter().zip(doubt.start..) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let says = match event {
            Event::Text(slice) => !body.slice(*slice).trim().is_empty(),
            Event::Html(slice) => begins_or_says(body.slice(*slice)),
            Event::Code(_) | Event::Indicators { .. } => true,
            Event::Start(Tag::CodeBlock(_) | Tag::Image(_)) => true,
            _ => false,
        };
        if says && levels.at(super::walk::offset(at)) < doubt.found.tlp {
            return true;
        }
        if depth == 0 || doubt.end.is_some_and(|end| at >= end) {
            break;
        }
    }
    false
}

/// Whether raw HTML is more than end tags: what stands in an element may follow in blocks of its own.
fn begins_or_says(html: &str) -> bool {
    Pieces::of(html).any(|piece| match piece {
        Piece::Text(text) => !text.trim().is_empty(),
        Piece::Open { .. } | Piece::Gone { .. } => true,
        Piece::Close { .. } => false,
    })
}

/// Code, a table, a quote, raw HTML: what no sentence is.
fn is_solid(tag: Option<Tag>) -> bool {
    is_code_or_table(tag) || matches!(tag, Some(Tag::Quote(_) | Tag::HtmlBlock))
}

/// `ioc` blocks have no tag.
fn is_code_or_table(tag: Option<Tag>) -> bool {
    matches!(tag, None | Some(Tag::CodeBlock(_) | Tag::Table { .. }))
}

fn is_heading(tag: Option<Tag>) -> bool {
    matches!(tag, Some(Tag::Heading(_)))
}

fn is_list(tag: Option<Tag>) -> bool {
    matches!(tag, Some(Tag::List { .. } | Tag::DefinitionList))
}
