//! The walk through a text's events, and the stack of elements that are open.
//!
//! Whatever the events say, the output is well nested: an element is closed by the stack, never by
//! an event as such, and what writers typed in raw HTML lies on the same stack, within ours.

use super::elements::{Content, Element};
use super::marks::Footnotes;
use super::outline::Levels;
use super::{Anchor, Ink, Placed, escape};
use crate::model::body::{Event, Slice, Tag, end_of};
use crate::model::lang::may_be_from_right;
use crate::model::{Body, Tlp};
use crate::render::language::Word;
use std::collections::{HashMap, HashSet};

/// What stands in the stack.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    /// What ends it.
    pub(super) close: &'static str,
    /// What may stand directly in it.
    pub(super) content: Content,
    /// Whether it is a link, so that there must be none in it.
    pub(super) link: bool,
    /// Whether citations in it have no margin notes.
    pub(super) quiet: bool,
    /// Whether it stands apart from the text, so that headings in it do not divide the page.
    pub(super) apart: bool,
}

/// What a frame was begun by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// An event, and nothing is to be done at its end but to close it.
    Plain,
    /// A heading.
    Heading(u32),
    /// A marking whose label stands in each of the elements directly in it: items, rows, terms.
    Labelled(Tlp),
    /// The caption of what is drawn in the place of a block of code.
    Caption(u32),
    /// A table, its body not begun.
    Table,
    /// A table's head.
    TableHead,
    /// A link that is an indicator: its address follows.
    Defanged(u32),
    /// A tag that a writer typed.
    Raw(&'static Element),
}

impl Writer<'_> {
    /// Writes a word.
    pub(super) fn say(&mut self, word: Word) {
        escape(self.ink.language.say(word), self.out);
    }

    /// Writes a word with a number in it.
    pub(super) fn say_number(&mut self, word: Word, number: u32) {
        escape(&self.ink.language.with(word, &number.to_string()), self.out);
    }
}

impl Frame {
    pub(super) const fn new(close: &'static str, content: Content) -> Frame {
        Frame {
            kind: Kind::Plain,
            close,
            content,
            link: false,
            quiet: false,
            apart: false,
        }
    }

    pub(super) const fn kind(mut self, kind: Kind) -> Frame {
        self.kind = kind;
        self
    }

    pub(super) const fn quiet(mut self) -> Frame {
        self.quiet = true;
        self
    }

    pub(super) const fn apart(mut self) -> Frame {
        self.apart = true;
        self
    }

    pub(super) const fn link(mut self) -> Frame {
        self.link = true;
        self
    }

    fn is_raw(&self) -> bool {
        matches!(self.kind, Kind::Raw(_))
    }
}

/// Writes one text.
pub(super) struct Writer<'a> {
    pub(super) body: &'a Body,
    pub(super) ink: &'a Ink<'a>,
    pub(super) out: &'a mut String,
    /// Where in `out` this text begins.
    pub(super) floor: usize,
    /// The event that comes next.
    pub(super) at: usize,
    frames: Vec<Frame>,
    /// How many of the frames are links, have no margin, were typed by a writer.
    links: u32,
    quiet: u32,
    pub(super) raw: u32,
    /// The notes that stand in the margin, each with how far the text had come.
    pub(super) noted: HashMap<u64, usize>,
    /// How far the text has come: its letters, and for each block about as many as its lead takes.
    pub(super) come: usize,
    pub(super) footnotes: Footnotes,
    /// What stands before the letters in the ids of footnotes: of another text, which embed of the page it is.
    pub(super) note_ids: String,
    /// How many embeds were written.
    pub(super) embeds: u32,
    pub(super) levels: Levels,
    /// How deep the headings of the text lie in those of the page.
    pub(super) below: u8,
    /// A label that the next heading or cell begins or ends with.
    pub(super) label: Option<Tlp>,
    /// The last heading at the top of the text: names the tables below it.
    pub(super) section: Option<u32>,
    pub(super) tables: u32,
    pub(super) ioc_tables: u32,
    /// Which of the ids that raw HTML gives were written.
    pub(super) given: HashSet<usize>,
    /// Whether a block of it may run the other way than the page.
    pub(super) mixed: bool,
    /// Alternative text; kept to be used again.
    pub(super) alt: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(body: &'a Body, ink: &'a Ink<'a>, out: &'a mut String) -> Writer<'a> {
        Writer {
            footnotes: Footnotes::of(body),
            note_ids: String::new(),
            embeds: 0,
            floor: out.len(),
            body,
            ink,
            out,
            at: 0,
            frames: Vec::with_capacity(16),
            links: 0,
            quiet: 0,
            raw: 0,
            noted: HashMap::new(),
            come: 0,
            levels: Levels::default(),
            below: 0,
            label: None,
            section: None,
            tables: 0,
            ioc_tables: 0,
            given: HashSet::new(),
            mixed: ink.from_right || may_be_from_right(&body.text),
            alt: String::new(),
        }
    }

    pub(super) fn run(mut self) {
        self.events(0, self.body.events.len());
        self.write_footnotes();
    }

    /// Writes some of the events, and closes whatever they leave open.
    pub(super) fn events(&mut self, from: usize, to: usize) {
        let floor = self.frames.len();
        self.at = from;
        while self.at < to
            && let Some(&event) = self.body.events.get(self.at)
        {
            self.at += 1;
            self.event(event, floor);
        }
        while self.frames.len() > floor {
            self.pop();
        }
    }

    fn event(&mut self, event: Event, floor: usize) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(Tag::HtmlBlock) => {}
            Event::End(_) => self.end(floor),
            Event::Text(slice) => {
                self.begin_text(slice);
                self.come += self.body.slice(slice).len();
                escape(self.body.slice(slice), self.out);
            }
            Event::Code(slice) => {
                self.begin_inline();
                self.out.push_str("<code>");
                self.come += self.body.slice(slice).len();
                escape(self.body.slice(slice), self.out);
                self.out.push_str("</code>");
            }
            Event::Html(slice) => self.html(slice),
            Event::Cite { first, count } => self.cite(first, count),
            Event::FootnoteRef(note) => self.footnote_ref(note),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => {
                self.begin_inline();
                self.out.push_str("<br>\n");
            }
            Event::Rule => {
                self.begin_block();
                self.out.push_str("<hr>\n");
            }
            Event::Task(done) => self.task(done),
            Event::Indicators { first, count } => self.indicators(first, count),
        }
    }

    /// Ends the element that the events began last, and with it what was typed in it.
    fn end(&mut self, floor: usize) {
        while self.frames.len() > floor {
            let ours = self.frames.last().is_some_and(|frame| !frame.is_raw());
            self.pop();
            if ours {
                return;
            }
        }
    }

    pub(super) fn push(&mut self, frame: Frame) {
        self.links += u32::from(frame.link);
        self.quiet += u32::from(frame.quiet);
        self.raw += u32::from(frame.is_raw());
        self.frames.push(frame);
    }

    pub(super) fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        match frame.kind {
            Kind::Heading(at) => self.end_heading(at),
            Kind::TableHead => self.begin_table_body(),
            Kind::Caption(at) => {
                self.out.push_str("</figcaption></figure>\n");
                let ink = self.ink;
                if let Some(Some(Placed::Captioned { table, .. })) = ink.placed.get(at as usize) {
                    self.out.push_str(table);
                }
            }
            Kind::Defanged(at) => {
                if let Some(Anchor::Defanged(address)) = self.ink.links.get(at as usize) {
                    self.out.push(' ');
                    self.address(address);
                }
            }
            Kind::Plain | Kind::Labelled(_) | Kind::Table | Kind::Raw(_) => {}
        }
        self.out.push_str(frame.close);
        self.links -= u32::from(frame.link);
        self.quiet -= u32::from(frame.quiet);
        self.raw -= u32::from(frame.is_raw());
    }

    /// A table's body follows its head. (The head's own end tag is written by its frame.)
    fn begin_table_body(&mut self) {
        self.out.push_str("</tr></thead>\n<tbody>");
        let table = |frame: &&mut Frame| matches!(frame.kind, Kind::Table);
        if let Some(table) = self.frames.iter_mut().rev().find(table) {
            table.kind = Kind::Plain;
            table.close = "</tbody></table></div>\n";
        }
    }

    /// The innermost open element.
    pub(super) fn top(&self) -> Option<&Frame> {
        self.frames.last()
    }

    /// The open elements, innermost first.
    pub(super) fn open(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter().rev()
    }

    pub(super) fn in_link(&self) -> bool {
        self.links > 0
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.quiet > 0
    }

    /// Before a block: ends what a writer typed and left open that holds no blocks.
    pub(super) fn begin_block(&mut self) {
        while self.raw > 0
            && let Some(frame) = self.top()
            && frame.is_raw()
            && frame.content != Content::Flow
        {
            self.pop();
        }
    }

    /// Before text or an element within a line: ends what a writer typed that holds but parts, such
    /// as a table outside of its cells.
    pub(super) fn begin_inline(&mut self) {
        while self.raw > 0
            && let Some(frame) = self.top()
            && frame.is_raw()
            && frame.content == Content::Parts
        {
            self.pop();
        }
    }

    fn begin_text(&mut self, slice: Slice) {
        if self.raw > 0 && !self.body.slice(slice).trim().is_empty() {
            self.begin_inline();
        }
    }

    /// Leaves out what comes up to the end of the element that was begun last.
    pub(super) fn skip(&mut self) {
        self.at = end_of(&self.body.events, self.at);
    }
}
