//! pulldown-cmark's events become ours, block by block.
//!
//! Keeps the stack of open blocks, in which it knows where marked regions begin and end; the text
//! directly in a block is a *run*, which [`super::run`] reads when the run is closed.

use super::super::label::Awaits;
use super::callout::Callout;
use super::code::CodeText;
use super::erase::{Alone, Part};
use super::footnote::{self, Notes};
use super::foreign::Form;
use super::html::OpenHtml;
use super::mark::{self, Bare, Found, Levels, Region};
use super::outside::{Doubt, Ended};
use super::problems::Problems;
use super::unmarked::Heads;
use crate::diag::{Code, Diagnostic};
use crate::model::body::{Align, Event, Mark, Slice, Tag};
use crate::model::{Body, Cite, Markings, RawRef, Tlp};
use crate::shared_list::exact;
use crate::text::Span;
use memchr::memchr_iter;
use pulldown_cmark::{LinkType, Tag as Md, TagEnd};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Deeper nesting is cut off.
const MAX_DEPTH: usize = 100;

/// The state of reading one body.
pub(super) struct Walk<'a> {
    /// The whole file.
    pub(super) file: &'a str,
    /// What the settings say of reading.
    pub(super) markings: &'a Markings,
    /// Whether this is a sentence of front matter: its labels are read beforehand, and addresses stay words.
    pub(super) in_sentence: bool,
    /// Whether addresses may stand in it as such.
    pub(super) addresses: bool,
    pub(super) body: Body,
    pub(super) cites: Vec<Cite<RawRef>>,
    pub(super) problems: Problems,
    /// The open blocks; the first is the text as a whole.
    pub(super) frames: Vec<Frame>,
    /// The open emphases and links of the run.
    pub(super) inline: Vec<Open>,
    pub(super) regions: Vec<Region>,
    /// What may have been meant to be marked.
    pub(super) doubts: Vec<Doubt>,
    /// Marks in texts of their own, with where these stand.
    pub(super) alone: Vec<(u32, Range<usize>)>,
    /// Labels without brackets.
    pub(super) bare: Vec<Bare>,
    /// What the last text leads to, such as "TLP".
    pub(super) awaits: Awaits,
    /// Whether it says that what follows is a marking of whatever scheme.
    pub(super) scheme_awaits: bool,
    pub(super) run: Run,
    /// Within a part that is too deep: how many of its blocks are open.
    skipped: usize,
    reported_depth: bool,
    pub(super) footnotes: HashMap<String, u32>,
    pub(super) defined: Vec<bool>,
    pub(super) notes: Notes,
    /// Names of footnotes that are withheld, in small letters: references to them are left out.
    pub(super) left_out: HashSet<String>,
    pub(super) columns: Vec<Align>,
    pub(super) column: usize,
    /// Where the last definition of a list ends in the file.
    pub(super) defined_to: u32,
    /// Whether the head of a table is read, and the columns that it calls by the name of TLP.
    pub(super) in_head: bool,
    pub(super) tlp_columns: Vec<(usize, Heads)>,
    pub(super) code: Option<CodeText>,
    /// Where the last fence begins that never closes.
    pub(super) open_fence: Option<u32>,
    /// How the open heading reads where only Markdown is read.
    pub(super) heading_words: Option<String>,
    /// Braces of the open heading that are text.
    pub(super) braces: Option<Range<usize>>,
    /// The callout of which the head is being read.
    pub(super) callout: Option<Callout>,
    /// The forms of other tools that were told of.
    pub(super) foreign: Vec<Form>,
    pub(super) ids: HashMap<String, Span>,
    /// How many embeds stand where they can be shown.
    pub(super) embeds: usize,
    /// What comes next is the text of a wikilink, with its name and a bar before its words.
    pub(super) words_follow: bool,
    /// The ids that raw HTML gave.
    pub(super) raw_ids: HashSet<String>,
    /// Elements of HTML of which it was said that they do not come out.
    pub(super) told_html: Vec<String>,
    /// Where the last cell of the row ends.
    pub(super) cell_end: u32,
    /// The last end tag of each name in the file, once it is asked for.
    pub(super) ends: OnceCell<HashMap<String, usize>>,
}

/// What was read of a body.
pub(super) struct Read {
    pub(super) body: Body,
    pub(super) cites: Vec<Cite<RawRef>>,
    /// What of the file is marked, and how.
    pub(super) marked: Vec<(Tlp, Part)>,
    /// The marks in texts of their own, in order.
    pub(super) alone: Vec<Alone>,
    pub(super) problems: Vec<Diagnostic>,
}

/// An open emphasis or link.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub(super) tag: Tag,
    /// The event with which it begins.
    pub(super) start: usize,
    /// It was typed as HTML.
    pub(super) typed: bool,
}

/// An open block.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// `None` for the text as a whole, and for `ioc` blocks, which have no tag.
    pub(super) tag: Option<Tag>,
    /// The event with which it begins.
    pub(super) start: usize,
    /// Where it stands in the file.
    pub(super) span: Span,
    /// A mark in a paragraph of its own before it.
    pub(super) outer: Option<Found>,
    /// Its own mark.
    pub(super) mark: Option<Found>,
    /// Nothing but the starts of other blocks stands in it yet.
    pub(super) fresh: bool,
    /// A mark that stood alone and waits for the next block.
    pub(super) pending: Option<Found>,
    /// Marked sections that have not ended.
    pub(super) sections: Vec<Section>,
    /// Marked raw HTML that has not ended.
    pub(super) html: Option<OpenHtml>,
    /// The last of what stands in it, if that is marked.
    pub(super) after: Option<Box<Ended>>,
    /// How many items have begun in it.
    pub(super) items: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) level: u8,
    pub(super) start: usize,
    /// Where its heading begins in the file.
    pub(super) from: u32,
    /// Whether its heading is one by the line below it.
    pub(super) underlined: bool,
    pub(super) found: Found,
}

/// The text directly in a block, up to the next block.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) open: bool,
    /// Its first event.
    pub(super) events: usize,
    /// Its first byte in [`Body::text`].
    pub(super) text: usize,
    /// The first of its links in [`Body::links`].
    pub(super) links: usize,
    /// Its first byte in the file.
    pub(super) from: usize,
    /// Where its parts stand in the file.
    pub(super) pieces: Vec<Piece>,
    /// The end of the last part in the file.
    pub(super) seen: usize,
    /// A mark that was found on the way and cannot be one.
    pub(super) bad: Option<Found>,
    /// Raw HTML stands in it.
    pub(super) html: bool,
    /// A drawing or a formula is open in it: elements of other names count.
    pub(super) foreign: bool,
    /// A reference was left out of it, and nothing stands behind that yet.
    pub(super) gap: bool,
}

/// A part of a text that stands in the file in one piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Its first byte in the text.
    pub(super) at: usize,
    /// Its first byte in the file.
    pub(super) from: usize,
    /// A backslash stands before it.
    pub(super) escaped: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        file: &'a str,
        start: usize,
        problems: Problems,
        markings: &'a Markings,
    ) -> Self {
        let span = Span::new(start, file.len());
        Walk {
            file,
            markings,
            in_sentence: false,
            addresses: false,
            body: Body {
                text: String::with_capacity(file.len() - start.min(file.len())),
                events: Vec::with_capacity(file.len() / 32),
                ..Body::default()
            },
            cites: Vec::new(),
            problems,
            frames: vec![Frame::new(None, 0, span)],
            inline: Vec::new(),
            regions: Vec::new(),
            doubts: Vec::new(),
            alone: Vec::new(),
            bare: Vec::new(),
            awaits: Awaits::Nothing,
            scheme_awaits: false,
            run: Run::default(),
            skipped: 0,
            reported_depth: false,
            footnotes: HashMap::new(),
            defined: Vec::new(),
            notes: Notes::default(),
            left_out: HashSet::new(),
            columns: Vec::new(),
            column: 0,
            defined_to: 0,
            in_head: false,
            tlp_columns: Vec::new(),
            code: None,
            open_fence: None,
            heading_words: None,
            braces: None,
            callout: None,
            foreign: Vec::new(),
            ids: HashMap::new(),
            embeds: 0,
            words_follow: false,
            raw_ids: HashSet::new(),
            told_html: Vec::new(),
            cell_end: 0,
            ends: OnceCell::new(),
        }
    }

    /// The body, with what of the file is marked; `around` is the marking of the entry.
    pub(super) fn finish(mut self, around: Tlp) -> Read {
        self.close_run();
        if let Some(root) = self.frames.pop() {
            self.end_container(root);
        }
        self.doubt_fences();
        self.settle_doubts(around);
        mark::check_bare(&self.bare, &self.regions, around, &mut self.problems);
        let regions = self.regions.iter();
        let lines = self.body.indicators.iter();
        let lines = lines.filter_map(|line| Some((line.tlp?, Part::Line(line.span.range()))));
        let marked = regions
            .map(|region| (region.found.tlp, Part::Block(region.span.range())))
            .chain(lines)
            .collect();
        let alone = mark::alone(&self.alone, &self.regions);
        let levels = Levels::of(
            self.regions.iter().filter(|region| region.section),
            Tlp::Clear,
        );
        mark::apply(&mut self.body, self.regions, &mut self.problems);
        mark::mark_footnotes(&mut self.body);
        footnote::check(&self.body, &self.notes, &levels, &mut self.problems);
        Read {
            body: self.body.fitted(),
            cites: exact(self.cites),
            marked,
            alone,
            problems: self.problems.into_list(),
        }
    }

    pub(super) fn event(&mut self, event: pulldown_cmark::Event<'_>, range: Range<usize>) {
        use pulldown_cmark::Event as In;
        let (event, range) = match &self.callout {
            None => (event, range),
            Some(_) => match self.head_of_callout(event, range) {
                Some(rest) => rest,
                None => return,
            },
        };
        match event {
            In::Start(tag) => return self.start(tag, range),
            In::End(tag) => return self.end(tag),
            _ if self.skipped > 0 => return,
            In::Text(text) => match &mut self.code {
                Some(code) => code.push(&text, &range),
                None if std::mem::take(&mut self.words_follow) => self.words(&text, &range),
                None => self.text(&text, &range),
            },
            In::Code(text) => {
                self.open_run(range.start);
                self.run.gap = false;
                self.mark_in_code(&range);
                let slice = self.push_text(&text);
                self.body.events.push(Event::Code(slice));
            }
            In::InlineHtml(text) => self.inline_html(&text, &range),
            In::Html(text) => {
                self.body.text.push_str(&text);
            }
            In::FootnoteReference(label) => {
                if self.leave_out(&label, range.start) {
                    return;
                }
                self.open_run(range.start);
                self.run.gap = false;
                let note = self.footnote(&label);
                let at = Span::new(range.start, range.start).start;
                self.notes.referred.push((note, at));
                self.body.events.push(Event::FootnoteRef(note));
            }
            In::SoftBreak => self.simple(Event::SoftBreak, &range),
            In::HardBreak => self.simple(Event::HardBreak, &range),
            In::TaskListMarker(done) => self.simple(Event::Task(done), &range),
            In::Rule => {
                self.close_run();
                if let Some(found) = self.top().pending.take() {
                    self.nothing_to_mark(found);
                }
                self.top().after = None;
                self.body.events.push(Event::Rule);
                self.touch();
                return;
            }
            // Not read: the options are off.
            In::InlineMath(text) | In::DisplayMath(text) => self.text(&text, &range),
        }
        self.run.seen = range.end;
    }

    fn start(&mut self, tag: Md<'_>, range: Range<usize>) {
        if self.skipped > 0 || self.frames.len() + self.inline.len() > MAX_DEPTH {
            if !self.reported_depth {
                self.reported_depth = true;
                self.problems.report(
                    Code::TooDeep,
                    Span::new(range.start, range.start + 1),
                    format!(
                        "more than {MAX_DEPTH} levels of quotes, lists or emphasis in each other"
                    ),
                    "flatten the text here; what is deeper was left out",
                );
            }
            self.skipped += 1;
            return;
        }
        match tag {
            Md::Emphasis => self.start_inline(Tag::Emphasis, range.start),
            Md::Strong => self.start_inline(Tag::Strong, range.start),
            Md::Strikethrough | Md::Subscript | Md::Superscript => {
                self.start_inline(Tag::Strikethrough, range.start);
            }
            Md::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                // That of a definition is judged where it stands.
                if link_type == LinkType::Inline {
                    self.label_in_title(&title, &range);
                }
                self.start_link(link_type, &dest_url, None, range);
            }
            Md::Image {
                link_type,
                dest_url,
                title,
                ..
            } => self.start_link(link_type, &dest_url, Some(&title), range),
            block => {
                self.close_run();
                let block = self.without_braces(block, &range);
                self.start_block(block, range);
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Subscript
            | TagEnd::Superscript
            | TagEnd::Link
            | TagEnd::Image => {
                self.end_typed_link();
                if let Some(Open { tag, start, .. }) = self.inline.pop() {
                    self.end_tag(tag, start);
                }
            }
            _ => {
                if let TagEnd::Heading(_) = tag {
                    self.end_braces();
                }
                self.close_run();
                // The text as a whole stays open until the end.
                if self.frames.len() > 1
                    && let Some(frame) = self.frames.pop()
                {
                    self.end_block(frame);
                }
            }
        }
    }

    fn simple(&mut self, event: Event, range: &Range<usize>) {
        self.open_run(range.start);
        if !self.run.gap || self.breaks_behind_gap() {
            self.body.events.push(event);
        }
    }

    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if text.is_empty() {
            return;
        }
        self.open_run(range.start);
        let whole = text.len();
        let text = match self.run.gap {
            true => self.behind_gap(text),
            false => text,
        };
        if text.is_empty() {
            return;
        }
        let from = range.start + (whole - text.len());
        let before = range.start.checked_sub(1);
        let escaped = before
            .is_some_and(|at| self.run.seen <= at && self.file.as_bytes().get(at) == Some(&b'\\'));
        self.run.pieces.push(Piece {
            at: self.body.text.len(),
            from,
            escaped,
        });
        let slice = self.push_text(text);
        if self.body.events.len() > self.run.events
            && let Some(Event::Text(last)) = self.body.events.last_mut()
            && last.end == slice.start
        {
            last.end = slice.end;
        } else {
            self.body.events.push(Event::Text(slice));
        }
    }

    pub(super) fn push_text(&mut self, text: &str) -> Slice {
        let start = offset(self.body.text.len());
        self.body.text.push_str(text);
        Slice {
            start,
            end: offset(self.body.text.len()),
        }
    }

    pub(super) fn open_run(&mut self, from: usize) {
        if !self.run.open {
            self.doubt_run(from);
            self.run.open = true;
            self.run.from = from;
            self.run.events = self.body.events.len();
            self.run.text = self.body.text.len();
            self.run.links = self.body.links.len();
            self.run.pieces.clear();
            self.run.html = false;
            self.run.foreign = false;
            self.run.gap = false;
            // Where a block was closed just before, what it ended with was not seen.
            self.run.seen = self.run.seen.min(from);
        }
    }

    pub(super) fn start_inline(&mut self, tag: Tag, from: usize) {
        self.open_run(from);
        self.inline.push(Open {
            tag,
            start: self.body.events.len(),
            typed: false,
        });
        self.body.events.push(Event::Start(tag));
    }

    /// Whether an emphasis or a link is open.
    pub(super) fn is_within_inline(&self) -> bool {
        !self.inline.is_empty()
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::new(None, 0, Span::default()));
        }
        let at = self.frames.len() - 1;
        &mut self.frames[at]
    }

    /// Something stands in the open blocks now.
    pub(super) fn touch(&mut self) {
        for frame in self.frames.iter_mut().rev() {
            if !std::mem::replace(&mut frame.fresh, false) {
                break;
            }
        }
    }

    pub(super) fn new_mark(&mut self, tlp: Tlp, span: Span, bad: bool) -> Found {
        self.body.marks.push(Mark { tlp, span });
        let mark = last(&self.body.marks);
        Found {
            mark,
            tlp,
            bad,
            from: span.start,
        }
    }

    /// Reports a mark that cannot be read or stands in a wrong place; it counts as TLP:RED.
    pub(super) fn bad_mark(&mut self, span: Span, message: &str, help: String) -> Found {
        self.problems.report(Code::BadMarking, span, message, help);
        self.new_mark(Tlp::Red, span, true)
    }

    pub(super) fn value_mark(&mut self, value: &str, span: Span) -> Found {
        match mark::read_value(value) {
            Ok(tlp) => self.new_mark(tlp, span, false),
            Err(help) => self.bad_mark(span, "a mark that cannot be read", help),
        }
    }

    pub(super) fn span_of(&self, found: Found) -> Span {
        let mark = self.body.marks.get(found.mark as usize);
        mark.map_or_else(Span::default, |mark| mark.span)
    }
}

impl Frame {
    pub(super) fn new(tag: Option<Tag>, start: usize, span: Span) -> Frame {
        Frame {
            tag,
            start,
            span,
            outer: None,
            mark: None,
            fresh: true,
            pending: None,
            sections: Vec::new(),
            html: None,
            after: None,
            items: 0,
        }
    }
}

/// The place in the file of a byte of a text that stands there in pieces.
pub(super) fn place(pieces: &[Piece], at: usize) -> usize {
    let next = pieces.partition_point(|piece| piece.at <= at);
    match next.checked_sub(1).and_then(|last| pieces.get(last)) {
        Some(piece) => piece.from + (at - piece.at),
        None => pieces.first().map_or(0, |piece| piece.from),
    }
}

/// The higher of two marks; of two alike, the first.
pub(super) fn higher(a: Option<Found>, b: Option<Found>) -> Option<Found> {
    match (a, b) {
        (Some(a), Some(b)) if b.tlp > a.tlp => Some(b),
        (None, b) => b,
        (a, _) => a,
    }
}

/// The text of the events from `start` on, white space collapsed.
pub(super) fn plain(body: &Body, start: usize) -> String {
    let events = body.events.get(start..).unwrap_or(&[]);
    if let [Event::Start(_), Event::Text(only)] = *events {
        return collapse(body.slice(only));
    }
    let mut text = String::new();
    for event in events {
        match *event {
            Event::Text(slice) | Event::Code(slice) => text.push_str(body.slice(slice)),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    collapse(&text)
}

/// The text with white space collapsed.
pub(super) fn collapse(text: &str) -> String {
    if is_collapsed(text.as_bytes()) {
        return text.to_owned();
    }
    let mut words = text.split_whitespace();
    let mut out = String::with_capacity(text.len());
    out.extend(words.next());
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
    out
}

/// Whether a text is plainly so already, as nearly all are: ASCII, and single spaces between words.
fn is_collapsed(text: &[u8]) -> bool {
    let mut before = b' ';
    let fits = text.iter().all(|&byte| {
        let fits = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        fits
    });
    fits && (before != b' ' || text.is_empty())
}

/// Whether two bytes stand in a text, one behind the other. For a text of a few lines the search for a word takes
/// longer to set up than this.
pub(super) fn holds_pair(text: &str, pair: &[u8; 2]) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(pair[0], bytes).any(|at| bytes.get(at + 1) == Some(&pair[1]))
}

/// Where a word stands within a span, seen from its end; the span as a whole where it does not.
pub(super) fn find(file: &str, span: Span, word: &str) -> Span {
    let within = span.of(file);
    let first_line = within.lines().next().unwrap_or("");
    match first_line.rfind(word).or_else(|| within.rfind(word)) {
        Some(at) if !word.is_empty() => {
            let start = span.start as usize + at;
            Span::new(start, start + word.len())
        }
        _ => Span::new(span.start as usize, span.start as usize + first_line.len()),
    }
}

pub(super) fn last<T>(table: &[T]) -> u32 {
    offset(table.len().saturating_sub(1))
}

pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
