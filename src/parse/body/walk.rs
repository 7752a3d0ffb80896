//! pulldown-cmark's events become ours, block by block.
//!
//! Keeps the stack of open blocks, in which it knows where marked regions begin and end; the text
//! directly in a block is a *run*, which [`super::run`] reads when the run is closed.

use super::mark::{self, Found, Region};
use super::problems::Problems;
use super::{RawProse, html, ioc, link};
use crate::diag::{Code, Outcome};
use crate::model::body::{Alert, Align, Event, Heading, Link, Mark, Slice, Tag};
use crate::model::{Body, Cite, RawRef, Tlp, body};
use crate::text::Span;
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, LinkType, Tag as Md, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

/// Deeper nesting is cut off.
const MAX_DEPTH: usize = 100;

/// The state of reading one body.
pub(super) struct Walk<'a> {
    /// The whole file.
    pub(super) file: &'a str,
    pub(super) body: Body,
    pub(super) cites: Vec<Cite<RawRef>>,
    pub(super) problems: Problems,
    /// The open blocks; the first is the text as a whole.
    pub(super) frames: Vec<Frame>,
    /// The open emphases and links of the run, with the event where each begins.
    inline: Vec<(Tag, usize)>,
    pub(super) regions: Vec<Region>,
    pub(super) run: Run,
    /// Within a part that is too deep: how many of its blocks are open.
    skipped: usize,
    reported_depth: bool,
    footnotes: HashMap<String, u32>,
    defined: Vec<bool>,
    columns: Vec<Align>,
    column: usize,
    code: Option<CodeText>,
    ids: HashMap<String, Span>,
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
    sections: Vec<Section>,
}

#[derive(Debug, Clone)]
struct Section {
    level: u8,
    start: usize,
    found: Found,
}

/// The text directly in a block, up to the next block.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) open: bool,
    /// Its first event.
    pub(super) events: usize,
    /// Its first byte in [`Body::text`].
    pub(super) text: usize,
    /// Where its parts stand in the file.
    pub(super) pieces: Vec<Piece>,
    /// The end of the last part in the file.
    seen: usize,
    /// A mark that was found on the way and cannot be one.
    pub(super) bad: Option<Found>,
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

/// A block of code that is being read.
struct CodeText {
    lang: String,
    text: String,
    pieces: Vec<Piece>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(file: &'a str, start: usize, problems: Problems) -> Self {
        let span = Span::new(start, file.len());
        Walk {
            file,
            body: Body::default(),
            cites: Vec::new(),
            problems,
            frames: vec![Frame::new(None, 0, span)],
            inline: Vec::new(),
            regions: Vec::new(),
            run: Run::default(),
            skipped: 0,
            reported_depth: false,
            footnotes: HashMap::new(),
            defined: Vec::new(),
            columns: Vec::new(),
            column: 0,
            code: None,
            ids: HashMap::new(),
        }
    }

    pub(super) fn finish(mut self) -> Outcome<RawProse> {
        self.close_run();
        if let Some(root) = self.frames.pop() {
            self.end_container(root);
        }
        mark::apply(&mut self.body, self.regions, &mut self.problems);
        mark::mark_footnotes(&mut self.body);
        Outcome {
            value: RawProse {
                body: self.body,
                cites: self.cites,
            },
            problems: self.problems.into_list(),
        }
    }

    pub(super) fn event(&mut self, event: pulldown_cmark::Event<'_>, range: Range<usize>) {
        use pulldown_cmark::Event as In;
        match event {
            In::Start(tag) => return self.start(tag, range),
            In::End(tag) => return self.end(tag),
            _ if self.skipped > 0 => return,
            In::Text(text) => match &mut self.code {
                Some(code) => code.push(&text, range.start),
                None => self.text(&text, &range),
            },
            In::Code(text) => {
                self.open_run(range.start);
                let slice = self.push_text(&text);
                self.body.events.push(Event::Code(slice));
            }
            In::InlineHtml(text) => self.inline_html(&text, &range),
            In::Html(text) => {
                self.body.text.push_str(&text);
            }
            In::FootnoteReference(label) => {
                self.open_run(range.start);
                let note = self.footnote(&label);
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
                ..
            } => self.start_link(link_type, &dest_url, None, range),
            Md::Image {
                link_type,
                dest_url,
                title,
                ..
            } => self.start_link(link_type, &dest_url, Some(&title), range),
            block => {
                self.close_run();
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
                if let Some((tag, start)) = self.inline.pop() {
                    if let Tag::Link(at) | Tag::Image(at) = tag {
                        self.end_link(at, start);
                    }
                    self.body.events.push(Event::End(tag));
                }
            }
            _ => {
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

    fn start_block(&mut self, block: Md<'_>, range: Range<usize>) {
        let at = Span::new(range.start, range.start).start;
        let span = Span::new(range.start, range.end);
        let mut own = None;
        let tag = match block {
            Md::Paragraph => Tag::Paragraph { at },
            Md::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                self.close_sections(level as u8);
                own = self.heading_attributes(id.as_deref(), &classes, &attrs, span);
                let heading = Heading {
                    level: level as u8,
                    text: String::new(),
                    id: id
                        .map(|id| id.to_string())
                        .filter(|id| self.new_id(id, span)),
                    classes: classes.iter().map(ToString::to_string).collect(),
                    span,
                };
                self.body.headings.push(heading);
                Tag::Heading(last(&self.body.headings))
            }
            Md::BlockQuote(kind) => Tag::Quote(kind.map(alert)),
            Md::CodeBlock(kind) => {
                return self.start_code(&kind, span);
            }
            Md::List(start) => Tag::List {
                start: start.map(|start| u32::try_from(start).unwrap_or(u32::MAX)),
            },
            Md::Item => Tag::Item { at },
            Md::FootnoteDefinition(label) => {
                let mut note = self.footnote(&label);
                if let Some(slot) = self.defined.get_mut(note as usize)
                    && std::mem::replace(slot, true)
                {
                    // A second definition of the same name is a footnote that nothing refers to.
                    note = self.new_footnote(&label);
                }
                Tag::Footnote(note)
            }
            Md::DefinitionList => Tag::DefinitionList,
            Md::DefinitionListTitle => Tag::DefinitionTitle { at },
            Md::DefinitionListDefinition => Tag::Definition { at },
            Md::Table(columns) => {
                self.columns = columns.iter().map(|&column| align(column)).collect();
                Tag::Table { at }
            }
            Md::TableHead | Md::TableRow => {
                self.column = 0;
                match block {
                    Md::TableHead => Tag::TableHead,
                    _ => Tag::TableRow { at },
                }
            }
            Md::TableCell => {
                let align = self.columns.get(self.column).copied();
                self.column += 1;
                Tag::TableCell(align.unwrap_or_default())
            }
            _ => Tag::HtmlBlock,
        };
        self.push_frame(Some(tag), span, own);
    }

    fn push_frame(&mut self, tag: Option<Tag>, span: Span, own: Option<Found>) {
        let mut frame = Frame::new(tag, self.body.events.len(), span);
        frame.mark = own;
        frame.outer = self.top().pending.take();
        if matches!(tag, Some(Tag::Heading(_)))
            && let Some(found) = frame.outer.take()
        {
            self.problems.report(
                Code::BadMarking,
                self.span_of(found),
                "a mark alone before a heading",
                "write it on the heading: `## Title {tlp=amber}` or `## (TLP:AMBER) Title`",
            );
            frame.mark = higher(frame.mark, Some(Found { bad: true, ..found }));
        }
        if let Some(tag) = tag {
            self.body.events.push(Event::Start(tag));
        }
        self.run.text = self.body.text.len();
        self.run.seen = span.start as usize;
        self.frames.push(frame);
    }

    fn end_block(&mut self, frame: Frame) {
        match frame.tag {
            Some(Tag::Quote(_) | Tag::Item { .. } | Tag::Footnote(_) | Tag::Definition { .. }) => {
                return self.end_container(frame);
            }
            Some(Tag::Paragraph { .. }) if self.body.events.len() == frame.start + 1 => {
                // It held nothing but a mark, which now waits for the next block.
                self.body.events.truncate(frame.start);
                if let Some(found) = frame.outer {
                    self.nothing_to_mark(found);
                    self.top().pending = higher(self.top().pending, Some(found));
                }
                self.touch();
                return;
            }
            Some(Tag::HtmlBlock) => return self.end_html(frame),
            Some(Tag::Heading(at)) => self.end_heading(at, &frame),
            None | Some(Tag::CodeBlock(_)) => return self.end_code(frame),
            _ => {}
        }
        if let Some(tag) = frame.tag {
            self.body.events.push(Event::End(tag));
        }
        if !matches!(frame.tag, Some(Tag::Heading(_))) {
            self.add_regions(&frame);
        }
        self.touch();
    }

    fn end_container(&mut self, mut frame: Frame) {
        let end = self.body.events.len();
        for section in frame.sections.drain(..) {
            self.regions.push(Region {
                start: section.start,
                end,
                found: section.found,
            });
        }
        if let Some(found) = frame.pending.take() {
            self.nothing_to_mark(found);
        }
        if let Some(tag) = frame.tag {
            self.body.events.push(Event::End(tag));
            self.add_regions(&frame);
            self.touch();
        }
    }

    /// The regions of a block that has just ended.
    fn add_regions(&mut self, frame: &Frame) {
        for found in [frame.outer, frame.mark].into_iter().flatten() {
            self.regions.push(Region {
                start: frame.start,
                end: self.body.events.len(),
                found,
            });
        }
    }

    /// Sections of this or a lower level end before a heading.
    fn close_sections(&mut self, level: u8) {
        let end = self.body.events.len();
        let regions = &mut self.regions;
        if let Some(frame) = self.frames.last_mut() {
            frame.sections.retain(|section| {
                let goes_on = section.level < level;
                if !goes_on {
                    regions.push(Region {
                        start: section.start,
                        end,
                        found: section.found,
                    });
                }
                goes_on
            });
        }
    }

    fn end_heading(&mut self, at: u32, frame: &Frame) {
        let text = plain(&self.body, frame.start);
        let Some(heading) = self.body.headings.get_mut(at as usize) else {
            return;
        };
        heading.text = text;
        if let Some(found) = frame.mark {
            let section = Section {
                level: heading.level,
                start: frame.start,
                found,
            };
            self.top().sections.push(section);
        }
    }

    /// What a heading's braces hold; gives its mark.
    fn heading_attributes(
        &mut self,
        id: Option<&str>,
        classes: &[pulldown_cmark::CowStr<'_>],
        attributes: &[(
            pulldown_cmark::CowStr<'_>,
            Option<pulldown_cmark::CowStr<'_>>,
        )],
        span: Span,
    ) -> Option<Found> {
        let mut mark = None;
        for (key, value) in attributes {
            let value = value.as_deref().unwrap_or("");
            let place = find(self.file, span, key);
            if key.eq_ignore_ascii_case("tlp") {
                let found = self.value_mark(value, place);
                mark = higher(mark, Some(found));
            } else if holds_tlp(key) || holds_tlp(value) {
                mark = higher(
                    mark,
                    Some(self.bad_mark(
                        place,
                        "a mark that cannot be read",
                        "on a heading it is written `{tlp=amber}`".to_owned(),
                    )),
                );
            } else {
                self.problems.report(
                    Code::BadAttribute,
                    place,
                    format!("a heading has no attribute `{key}`"),
                    "only `#id`, `.class` and `tlp=` may stand there",
                );
            }
        }
        for name in id.into_iter().chain(classes.iter().map(|class| &**class)) {
            if holds_tlp(name) {
                let found = self.bad_mark(
                    find(self.file, span, name),
                    "braces that hold `tlp` but are no mark",
                    "on a heading it is written `{tlp=amber}`; choose another id or class"
                        .to_owned(),
                );
                mark = higher(mark, Some(found));
            }
        }
        mark
    }

    /// Whether an id may stand: it is not one that the page gives itself, nor given before.
    fn new_id(&mut self, id: &str, span: Span) -> bool {
        let place = find(self.file, span, id);
        if let Some(prefix) = body::RESERVED_IDS.iter().find(|it| id.starts_with(**it)) {
            self.problems.report(
                Code::BadAttribute,
                place,
                format!("ids that begin with `{prefix}` belong to the page"),
                "choose another id",
            );
            return false;
        }
        if self.ids.insert(id.to_owned(), place).is_some() {
            self.problems.report(
                Code::BadAttribute,
                place,
                format!("the id `{id}` stands twice"),
                "choose another id",
            );
            return false;
        }
        true
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        let mut code = CodeText {
            lang: String::new(),
            text: String::new(),
            pieces: Vec::new(),
        };
        let mut own = None;
        if let CodeBlockKind::Fenced(info) = kind {
            let (lang, rest) = ioc::language(info);
            code.lang = lang.to_ascii_lowercase();
            for word in rest.split_whitespace().filter(|word| holds_tlp(word)) {
                let place = find(self.file, span, word);
                let found = match word.split_once('=') {
                    Some((key, value)) if key.eq_ignore_ascii_case("tlp") => {
                        self.value_mark(value, place)
                    }
                    _ => self.bad_mark(
                        place,
                        "a mark that cannot be read",
                        "after the language of a fence it is written `tlp=amber`".to_owned(),
                    ),
                };
                own = higher(own, Some(found));
            }
        }
        let tag = (code.lang != "ioc").then(|| {
            self.body.code.push(body::Code {
                lang: String::new(),
                text: String::new(),
            });
            Tag::CodeBlock(last(&self.body.code))
        });
        self.push_frame(tag, span, own);
        self.code = Some(code);
    }

    fn end_code(&mut self, frame: Frame) {
        let Some(code) = self.code.take() else { return };
        match frame.tag {
            Some(Tag::CodeBlock(at)) => {
                if let Some(slot) = self.body.code.get_mut(at as usize) {
                    *slot = body::Code {
                        lang: code.lang,
                        text: code.text,
                    };
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

    fn end_html(&mut self, frame: Frame) {
        let raw = self.body.text.split_off(self.run.text);
        let text = html::without_comments(&raw);
        if text.trim().is_empty() {
            // As if it were not there: a mark that waits for a block goes on waiting.
            self.body.events.truncate(frame.start);
            self.top().pending = frame.outer;
            return;
        }
        let mut frame = frame;
        if html::holds_mark(&text) {
            frame.mark = Some(self.mark_in_html(frame.span));
        }
        let slice = self.push_text(&text);
        self.body.has_html = true;
        self.body.events.push(Event::Html(slice));
        self.body.events.push(Event::End(Tag::HtmlBlock));
        self.add_regions(&frame);
        self.touch();
    }

    fn inline_html(&mut self, text: &str, range: &Range<usize>) {
        self.open_run(range.start);
        let text = html::without_comments(text);
        if text.is_empty() {
            return;
        }
        if html::holds_mark(&text) {
            let found = self.mark_in_html(Span::new(range.start, range.end));
            self.run.bad = higher(self.run.bad, Some(found));
        }
        let slice = self.push_text(&text);
        self.body.has_html = true;
        self.body.events.push(Event::Html(slice));
    }

    fn mark_in_html(&mut self, span: Span) -> Found {
        self.bad_mark(
            span,
            "a mark within raw HTML is not read",
            "put it in a paragraph of its own before the HTML".to_owned(),
        )
    }

    fn simple(&mut self, event: Event, range: &Range<usize>) {
        self.open_run(range.start);
        self.body.events.push(event);
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        if text.is_empty() {
            return;
        }
        self.open_run(range.start);
        let before = range.start.checked_sub(1);
        let escaped = before
            .is_some_and(|at| self.run.seen <= at && self.file.as_bytes().get(at) == Some(&b'\\'));
        self.run.pieces.push(Piece {
            at: self.body.text.len(),
            from: range.start,
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

    fn open_run(&mut self, from: usize) {
        if !self.run.open {
            self.run.open = true;
            self.run.events = self.body.events.len();
            self.run.text = self.body.text.len();
            self.run.pieces.clear();
            // Where a block was closed just before, what it ended with was not seen.
            self.run.seen = self.run.seen.min(from);
        }
    }

    fn start_inline(&mut self, tag: Tag, from: usize) {
        self.open_run(from);
        self.inline.push((tag, self.body.events.len()));
        self.body.events.push(Event::Start(tag));
    }

    /// A link, or an image where there is a `title` (which may be empty).
    fn start_link(
        &mut self,
        kind: LinkType,
        address: &str,
        title: Option<&str>,
        range: Range<usize>,
    ) {
        let span = Span::new(range.start, range.end);
        let written = span.of(self.file);
        let wiki = matches!(kind, LinkType::WikiLink { .. });
        let pointed = address
            .strip_suffix('\\')
            .filter(|_| wiki && written.contains("\\|"));
        let address = pointed.unwrap_or(address);
        let mut image = title.is_some();
        let to = match kind {
            LinkType::WikiLink { .. } => link::wiki(address, image),
            LinkType::Email => link::classify(&format!("mailto:{address}"), image),
            _ => link::classify(address, image),
        };
        let citing = if wiki { "[[@" } else { "[@" };
        if written.starts_with(citing) {
            self.problems.report(
                Code::BadCitation,
                span,
                "this is a link, it cites nothing",
                "a citation is `[@slug]` and nothing more; the address of a source goes into its entry in `content/sources/`",
            );
        }
        let to = to.unwrap_or_else(|reason| {
            self.problems.report(
                Code::UnsafeLink,
                span,
                format!(
                    "`{}` may not be {}",
                    super::cite::short(address),
                    if image { "shown" } else { "linked" }
                ),
                reason,
            );
            body::Destination::Refused
        });
        // `![[apt38]]` shows nothing: it is a link.
        image &= !matches!(to, body::Destination::Wiki { .. });
        let title = title.filter(|_| image).unwrap_or("");
        if html::holds_mark(title) {
            self.open_run(range.start);
            let found = self.bad_mark(
                span,
                "a mark in the title of an image",
                "put it in a paragraph of its own before the image".to_owned(),
            );
            self.run.bad = higher(self.run.bad, Some(found));
        }
        self.body.links.push(Link {
            to,
            bare: matches!(
                kind,
                LinkType::Autolink | LinkType::Email | LinkType::WikiLink { has_pothole: false }
            ),
            image,
            title: title.to_owned(),
            span,
        });
        let at = last(&self.body.links);
        self.start_inline(
            if image { Tag::Image(at) } else { Tag::Link(at) },
            range.start,
        );
        self.run.seen = range.start;
    }

    /// A link whose words are its address, or that has none, is bare.
    fn end_link(&mut self, at: u32, start: usize) {
        let words = plain(&self.body, start);
        let Some(link) = self.body.links.get_mut(at as usize) else {
            return;
        };
        let same = match &link.to {
            body::Destination::Wiki { name, .. } => *name == words,
            body::Destination::Relative { path, .. } => *path == words,
            body::Destination::External(url) => {
                *url == words || url.strip_prefix("mailto:") == Some(&words)
            }
            body::Destination::Refused => false,
        };
        link.bare |= !link.image && (words.is_empty() || same);
    }

    fn footnote(&mut self, label: &str) -> u32 {
        let key = label.to_lowercase();
        if let Some(&known) = self.footnotes.get(&key) {
            return known;
        }
        let note = self.new_footnote(label);
        self.footnotes.insert(key, note);
        note
    }

    fn new_footnote(&mut self, label: &str) -> u32 {
        self.body.footnotes.push(label.to_owned());
        self.defined.push(false);
        last(&self.body.footnotes)
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
        Found { mark, tlp, bad }
    }

    /// Reports a mark that cannot be read or stands in a wrong place; it counts as TLP:RED.
    pub(super) fn bad_mark(&mut self, span: Span, message: &str, help: String) -> Found {
        self.problems.report(Code::BadMarking, span, message, help);
        self.new_mark(Tlp::Red, span, true)
    }

    fn value_mark(&mut self, value: &str, span: Span) -> Found {
        match mark::read_value(value) {
            Ok(tlp) => self.new_mark(tlp, span, false),
            Err(help) => self.bad_mark(span, "a mark that cannot be read", help),
        }
    }

    pub(super) fn nothing_to_mark(&mut self, found: Found) {
        self.problems.report(
            Code::BadMarking,
            self.span_of(found),
            "a mark that nothing follows",
            "it marks the next block; put it at the start of what it is meant for, or take it away",
        );
    }

    fn span_of(&self, found: Found) -> Span {
        let mark = self.body.marks.get(found.mark as usize);
        mark.map_or_else(Span::default, |mark| mark.span)
    }
}

impl Frame {
    fn new(tag: Option<Tag>, start: usize, span: Span) -> Frame {
        Frame {
            tag,
            start,
            span,
            outer: None,
            mark: None,
            fresh: true,
            pending: None,
            sections: Vec::new(),
        }
    }
}

impl CodeText {
    fn push(&mut self, text: &str, from: usize) {
        self.pieces.push(Piece {
            at: self.text.len(),
            from,
            escaped: false,
        });
        self.text.push_str(text);
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
fn plain(body: &Body, start: usize) -> String {
    let mut text = String::new();
    for event in body.events.get(start..).unwrap_or(&[]) {
        match *event {
            Event::Text(slice) | Event::Code(slice) => text.push_str(body.slice(slice)),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
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

/// Where a word stands within a span, seen from its end; the span as a whole where it does not.
fn find(file: &str, span: Span, word: &str) -> Span {
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

pub(super) fn holds_tlp(text: &str) -> bool {
    text.as_bytes()
        .windows(3)
        .any(|window| window.eq_ignore_ascii_case(b"tlp"))
}

fn last<T>(table: &[T]) -> u32 {
    offset(table.len().saturating_sub(1))
}

pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}
