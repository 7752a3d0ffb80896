//! A text becomes HTML, and sentences that other pages quote.
//!
//! Takes a released [`Body`] and what its links and citations are on the page ([`Ink`]); gives
//! semantic HTML ([`write()`]), the headings of a table of contents ([`outline`]), and the sentence
//! around each link and citation ([`sentences`]). Never resolves a name, never writes an inline
//! style or a script, never lets an end tag that a writer typed end an element of ours.
//!
//! `writer` walks through the events and keeps the stack of open elements; `blocks`, `tables`,
//! `marked` and `inline` write what begins and ends, `marks` citations and footnotes, `ioc` indicators.
//! `raw` reads HTML that writers typed: nothing of it is copied, its tags are written anew from
//! a closed list (`elements`) with what [ammonia] leaves of their attributes.

mod blocks;

mod direction;

mod elements;

mod embed;

mod inline;

mod ioc;

mod lines;

mod marked;

mod marks;

mod outline;

mod raw;

mod sentences;

mod tables;

mod writer;

#[cfg(test)]
mod build;

#[cfg(test)]
mod tests;

pub use lines::Lines;
pub use outline::outline;
pub use sentences::{Sentences, sentences};

use crate::model::{Body, Ids};
use crate::render::escape::{self, Place};
use crate::render::language::Language;
use std::collections::HashSet;
use std::ops::Range;

/// Writes a text of an entry, safe between tags and in a double-quoted attribute.
pub fn escape(text: &str, out: &mut String) {
    escape::escape(text, Place::Body, out);
}

/// What a text's links and citations are on the page that shows it.
#[derive(Debug, Clone, Copy)]
pub struct Ink<'a> {
    /// The ids of its headings, and those that its raw HTML gives.
    pub ids: &'a Ids,
    /// What each of `body.links` is.
    pub links: &'a [Anchor],
    /// What stands in place of those of `body.links` that are embeds; empty where there is none.
    pub embeds: &'a [Option<Embed<'a>>],
    /// What stands in place of those of `body.code` that ask for something; empty where there is none, or none is shown.
    pub placed: &'a [Option<Placed>],
    /// The mark of each citation that the events and indicators name.
    pub cites: &'a [CiteMark],
    /// What the page is said in.
    pub language: &'a Language,
    /// Whether the page is written from right to left.
    pub from_right: bool,
    /// Whether raw HTML is passed on as it is.
    pub trust_html: bool,
    /// Hashes of the addresses that are indicators: raw HTML may not link to them either.
    pub indicators: &'a HashSet<u64>,
    /// Where the lines of the file begin, to say at each block in which it stands; not for pages that
    /// are published.
    pub lines: Option<&'a Lines>,
}

/// What a link is on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// A link (or an image, where it is one in the body) within the site.
    To {
        /// The reference, relative to the page.
        href: String,
        /// Words in place of the written ones (the title, where only a slug was written).
        words: Option<String>,
    },
    /// A link elsewhere.
    Out {
        /// The address.
        href: String,
    },
    /// The written words, not linked.
    Plain,
    /// An address that is an indicator, shown as it is here (defanged) and not linked.
    Defanged(String),
}

/// What stands in place of a block of code that asks for something, ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// Rows of a table.
    Rows(String),
    /// A drawing with its table: blocks.
    Drawn(String),
    /// A drawing whose caption is the words of the block, and the table that stands behind it.
    Captioned {
        /// What is drawn: SVG.
        drawn: String,
        /// Blocks.
        table: String,
    },
}

/// What stands in place of an embed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Embed<'a> {
    /// The card of an entry, ready HTML of a block.
    Card(String),
    /// A part of its text.
    Section(Excerpt<'a>),
}

/// A part of the text of another page. What it embeds itself is a link in it, and nothing in it has an id but what
/// this page numbers: citations and footnotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// What stands before it, ready HTML of a block: whence it is.
    pub head: String,
    /// The text.
    pub body: &'a Body,
    /// Which of its events.
    pub events: Range<usize>,
    /// What each of `body.links` is on this page.
    pub links: Vec<Anchor>,
    /// The mark of each citation that the events and indicators name.
    pub cites: Vec<CiteMark>,
}

/// A citation's mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CiteMark {
    /// A source that may be seen.
    Source {
        /// Its number on the page.
        number: u32,
        /// The mark's id: `cite-<slug>-<n>`.
        anchor: String,
        /// What is told of the source beside the mark.
        note: Note,
        /// What makes two notes the same: source and locator.
        same: u64,
    },
    /// A withheld one: shown as "source withheld".
    Withheld,
}

/// What is told of a source beside a citation's mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A margin note, ready HTML of phrasing content (what stands within `span.sidenote`).
    Margin(String),
    /// Where no margin is near: the place in the source, for the mark's title; empty where none is told.
    Title(String),
}

/// Writes a text as HTML to the end of `out`.
///
/// The top level of headings that the text uses becomes `h2` (the page's title is its `h1`), each
/// deeper one the next, none is skipped. Margin notes follow their marks, once per screen, except
/// where there is no margin: in tables, headings, captions, terms and footnotes. Footnotes stand at
/// the end, lettered in the order of their first references; what nothing refers to is left out.
pub fn write(body: &Body, ink: &Ink<'_>, out: &mut String) {
    writer::Writer::new(body, ink, out).run();
}
