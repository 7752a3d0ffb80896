//! The sentences around a text's links and citations, for the pages that they lead to.
//!
//! Takes a text; gives plain text, a sentence for each link and citation, at most 300 characters of
//! it. What marks something (citations, footnotes, labels) is no part of a sentence, and a sentence
//! never reaches beyond its block: a paragraph, a heading, an item, a term, a row of a table.

mod abbreviations;

mod bounds;

mod excerpt;

mod joins;

mod latin;

use crate::model::Body;
use crate::model::body::{Event, IndicatorLine, Slice, Tag, end_of};
use bounds::Bounds;
use std::ops::Range;

/// The sentences of a text that hold a link or a citation, as plain text. One that holds several stands
/// once: a dossier keeps them for all of its pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentences {
    /// The sentences, one after the other.
    text: String,
    /// Where the sentence around each of [`Body::links`] lies; empty where there is none.
    pub(super) links: Vec<Slice>,
    /// Where the sentence of each citation (an index as in [`Event::Cite`]) lies.
    pub(super) cites: Vec<Slice>,
}

impl Sentences {
    /// The sentence around one of [`Body::links`]; empty where there is none.
    #[must_use]
    pub fn link(&self, at: u32) -> &str {
        self.at(self.links.get(at as usize))
    }

    /// The sentence of a citation (an index as in [`Event::Cite`]); empty where there is none.
    #[must_use]
    pub fn cite(&self, at: u32) -> &str {
        self.at(self.cites.get(at as usize))
    }

    fn at(&self, lies: Option<&Slice>) -> &str {
        let lies = lies.copied().unwrap_or_default();
        let range = lies.start as usize..lies.end as usize;
        self.text.get(range).unwrap_or("")
    }

    fn set(&mut self, cites: Range<u32>, sentence: Slice) {
        let range = cites.start as usize..(cites.end as usize).min(self.cites.len());
        if let Some(slots) = self.cites.get_mut(range) {
            slots.fill(sentence);
        }
    }

    /// Takes up a sentence; `last` is the one before it, often the same.
    fn take(&mut self, sentence: &str, last: Slice) -> Slice {
        if self.at(Some(&last)) == sentence {
            return last;
        }
        let start = self.text.len();
        self.text.push_str(sentence);
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Slice {
            start: place(start),
            end: place(self.text.len()),
        }
    }
}

/// Takes out the sentence around each link and citation of a text.
///
/// `words` gives the words of a link where they are not the written ones. A citation that follows a
/// full stop belongs to the sentence before it. The sentence of a row is all of it, with ` · `
/// between its cells; that of an indicator its defanged value and its note.
#[must_use]
pub fn sentences(body: &Body, words: &dyn Fn(u32) -> Option<String>) -> Sentences {
    let lines = body.indicators.iter().map(|line| line.count as usize);
    let marks = body.events.iter().map(|event| match event {
        Event::Cite { count, .. } => *count as usize,
        _ => 0,
    });
    let cites = lines.chain(marks).fold(0usize, usize::saturating_add);
    let mut reader = Reader {
        body,
        words,
        out: Sentences {
            text: String::new(),
            links: vec![Slice::default(); body.links.len()],
            cites: vec![Slice::default(); cites.min(MAX_CITES)],
        },
        text: String::new(),
        places: Vec::new(),
        row: None,
        spaced: false,
    };
    if !body.links.is_empty() || cites > 0 {
        reader.run();
    }
    reader.out.text = reader.out.text.as_str().to_owned();
    reader.out
}

/// More than the longest text that is read can hold; a wrong count must not fill the memory.
const MAX_CITES: usize = 1 << 20;

/// What a sentence is looked for.
#[derive(Debug, Clone)]
enum Place {
    /// A link and its words.
    Link(u32, Range<usize>),
    /// Citations that follow a byte of the text.
    Cites(Range<u32>, usize),
}

struct Reader<'a> {
    body: &'a Body,
    words: &'a dyn Fn(u32) -> Option<String>,
    out: Sentences,
    /// The block so far.
    text: String,
    places: Vec<Place>,
    /// The cells of the row so far, where there is one.
    row: Option<u32>,
    /// Whether white space was taken off before a mark.
    spaced: bool,
}

impl Reader<'_> {
    fn run(&mut self) {
        let events = &self.body.events;
        let mut open: Vec<(u32, usize)> = Vec::new();
        let mut at = 0;
        while let Some(&event) = events.get(at) {
            at += 1;
            match event {
                Event::Start(Tag::Link(link) | Tag::Image(link)) => match (self.words)(link) {
                    Some(words) => {
                        let start = self.begin();
                        self.push(&words);
                        self.places.push(Place::Link(link, start..self.text.len()));
                        at = end_of(events, at) + 1;
                    }
                    None => open.push((link, self.begin())),
                },
                Event::End(Tag::Link(_) | Tag::Image(_)) => {
                    if let Some((link, start)) = open.pop() {
                        let start = start.min(self.text.len());
                        self.places.push(Place::Link(link, start..self.text.len()));
                    }
                }
                Event::Start(
                    Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::Highlight
                    | Tag::Marked(_)
                    | Tag::HtmlBlock,
                )
                | Event::End(
                    Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::Highlight
                    | Tag::Marked(_)
                    | Tag::HtmlBlock,
                ) => {}
                Event::Start(tag) => self.start(tag),
                Event::End(tag) => self.end(tag),
                Event::Text(slice) | Event::Code(slice) => self.push(self.body.slice(slice)),
                Event::SoftBreak | Event::HardBreak => self.push(" "),
                Event::Cite { first, count } => self.cite(first, count),
                Event::Indicators { first, count } => self.indicators(first, count),
                Event::Rule => self.flush(),
                Event::Html(_) | Event::FootnoteRef(_) | Event::Task(_) => {}
            }
        }
        self.flush();
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::TableHead | Tag::TableRow { .. } => {
                self.flush();
                self.row = Some(0);
            }
            Tag::TableCell(_) => {
                if let Some(cells) = &mut self.row {
                    if *cells > 0 {
                        self.text.push_str(" · ");
                    }
                    *cells += 1;
                    self.spaced = false;
                }
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: Tag) {
        if !matches!(tag, Tag::TableCell(_)) {
            self.flush();
        }
    }

    /// Where the words of a link will begin.
    fn begin(&mut self) -> usize {
        if std::mem::take(&mut self.spaced) {
            self.text.push(' ');
        }
        self.text.len()
    }

    fn push(&mut self, text: &str) {
        let mut rest = text;
        if self.text.is_empty() || self.text.ends_with(' ') {
            rest = rest.trim_start();
        }
        if rest.is_empty() {
            return;
        }
        // White space before a mark comes back, unless what follows belongs to the word before it.
        let joined = rest.starts_with(|c: char| c.is_whitespace() || ".,;:!?)]’”»…".contains(c));
        if std::mem::take(&mut self.spaced) && !joined {
            self.text.push(' ');
        }
        self.text.push_str(rest);
    }

    fn cite(&mut self, first: u32, count: u32) {
        let kept = self.text.trim_end().len();
        self.spaced |= kept < self.text.len();
        self.text.truncate(kept);
        let range = first..first.saturating_add(count);
        self.places.push(Place::Cites(range, kept));
    }

    /// A block is complete: finds the sentences of what stands in it.
    fn flush(&mut self) {
        let row = self.row.take().is_some();
        self.spaced = false;
        if !self.places.is_empty() {
            let bounds = Bounds::of(&self.text, row);
            let mut last = Slice::default();
            for place in std::mem::take(&mut self.places) {
                match place {
                    Place::Link(link, words) => {
                        last = self.out.take(&bounds.around(words), last);
                        if let Some(slot) = self.out.links.get_mut(link as usize) {
                            *slot = last;
                        }
                    }
                    Place::Cites(cites, after) => {
                        last = self.out.take(&bounds.around(after..after), last);
                        self.out.set(cites, last);
                    }
                }
            }
        }
        self.text.clear();
    }

    fn indicators(&mut self, first: u32, count: u32) {
        self.flush();
        let range = first as usize..(first as usize).saturating_add(count as usize);
        let body = self.body;
        for line in body.indicators.get(range).unwrap_or(&[]) {
            if line.count > 0 {
                let sentence = self.out.take(&sentence_of(line), Slice::default());
                self.out
                    .set(line.first..line.first.saturating_add(line.count), sentence);
            }
        }
    }
}

fn sentence_of(line: &IndicatorLine) -> String {
    let mut text = line.indicator.defanged();
    if let Some(file) = &line.file {
        text.push_str(" (");
        text.push_str(&file.defanged());
        text.push(')');
    }
    if !line.note.is_empty() {
        text.push_str(": ");
        text.push_str(line.note.trim());
    }
    Bounds::of(&text, true).around(0..0).into_owned()
}

#[cfg(test)]
mod tests;
