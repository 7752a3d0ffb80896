//! Texts for tests, built by hand.

use super::{Anchor, CiteMark, Ink, Lines, Note, write};
use crate::model::body::{
    Block, Code, Destination, Event, Heading, IndicatorLine, Link, Mark, Size, Slice, Tag,
};
use crate::model::{Body, Ids, Indicator, Tlp};
use crate::text::Span;

/// A text that grows, with what its links and citations are.
#[derive(Debug, Default, Clone)]
pub(super) struct Build {
    pub(super) body: Body,
    pub(super) anchors: Vec<Anchor>,
    pub(super) marks: Vec<CiteMark>,
    pub(super) trust_html: bool,
    pub(super) indicators: std::collections::HashSet<u64>,
}

pub(super) fn paragraph() -> Tag {
    Tag::Paragraph { at: 0 }
}

pub(super) fn item() -> Tag {
    Tag::Item { at: 0 }
}

fn next<T>(table: &[T]) -> u32 {
    u32::try_from(table.len()).unwrap()
}

impl Build {
    pub(super) fn slice(&mut self, text: &str) -> Slice {
        let start = u32::try_from(self.body.text.len()).unwrap();
        self.body.text.push_str(text);
        let end = u32::try_from(self.body.text.len()).unwrap();
        Slice { start, end }
    }

    pub(super) fn event(&mut self, event: Event) {
        self.body.events.push(event);
    }

    pub(super) fn text(&mut self, text: &str) {
        let slice = self.slice(text);
        self.event(Event::Text(slice));
    }

    pub(super) fn html(&mut self, text: &str) {
        let slice = self.slice(text);
        self.body.has_html = true;
        self.event(Event::Html(slice));
    }

    pub(super) fn html_block(&mut self, text: &str) {
        self.within(Tag::HtmlBlock, |build| build.html(text));
    }

    pub(super) fn within(&mut self, tag: Tag, inner: impl FnOnce(&mut Build)) {
        self.event(Event::Start(tag));
        inner(self);
        self.event(Event::End(tag));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.within(paragraph(), |build| build.text(text));
    }

    pub(super) fn heading(&mut self, level: u8, text: &str) {
        let at = self.new_heading(level, text);
        self.within(Tag::Heading(at), |build| build.text(text));
    }

    pub(super) fn new_heading(&mut self, level: u8, text: &str) -> u32 {
        let at = next(&self.body.headings);
        self.body.headings.push(Heading {
            level,
            text: text.to_owned(),
            id: None,
            classes: Vec::new(),
            span: Span::default(),
        });
        at
    }

    pub(super) fn new_link(&mut self, anchor: Anchor, bare: bool, image: bool) -> u32 {
        let at = next(&self.body.links);
        self.body.links.push(Link {
            embed: false,
            to: Destination::Refused,
            bare,
            image,
            size: Size::default(),
            title: Box::default(),
            span: Span::default(),
        });
        self.anchors.push(anchor);
        at
    }

    pub(super) fn link(&mut self, anchor: Anchor, text: &str) {
        let at = self.new_link(anchor, false, false);
        self.within(Tag::Link(at), |build| build.text(text));
    }

    pub(super) fn image(&mut self, anchor: Anchor, text: &str) {
        let at = self.new_link(anchor, false, true);
        self.within(Tag::Image(at), |build| build.text(text));
    }

    /// A mark with these sources; 0 is a withheld one.
    pub(super) fn cite(&mut self, sources: &[u32]) {
        let (first, count) = self.new_cites(sources);
        self.event(Event::Cite { first, count });
    }

    fn new_cites(&mut self, sources: &[u32]) -> (u32, u32) {
        let first = next(&self.marks);
        for &number in sources {
            let nth = self.marks.len();
            self.marks.push(match number {
                0 => CiteMark::Withheld,
                _ => CiteMark::Source {
                    number,
                    anchor: format!("cite-s{number}-{nth}"),
                    note: Note::Margin(format!("N{number}")),
                    same: u64::from(number),
                },
            });
        }
        (first, next(sources))
    }

    pub(super) fn mark(&mut self, tlp: Tlp) -> Tag {
        let at = next(&self.body.marks);
        self.body.marks.push(Mark {
            tlp,
            span: Span::default(),
        });
        Tag::Marked(at)
    }

    pub(super) fn code(&mut self, lang: &str, text: &str) {
        let at = next(&self.body.code);
        self.body.code.push(Code {
            lang: lang.to_owned(),
            text: text.to_owned(),
            is: Block::Text,
            at: 0,
            from: None,
        });
        self.within(Tag::CodeBlock(at), |_| {});
    }

    pub(super) fn footnote(&mut self) -> u32 {
        let at = next(&self.body.footnotes);
        self.body.footnotes.push(format!("note {at}"));
        at
    }

    pub(super) fn indicators(&mut self, lines: &[(&str, &str, &[u32], Option<Tlp>)]) {
        let first = next(&self.body.indicators);
        for (value, note, sources, tlp) in lines {
            let (cite, count) = self.new_cites(sources);
            self.body.indicators.push(IndicatorLine {
                indicator: Indicator::from_text(value).unwrap(),
                file: None,
                note: (*note).to_owned(),
                until: None,
                first: cite,
                count,
                tlp: *tlp,
                span: Span::default(),
            });
        }
        let count = next(lines);
        self.event(Event::Indicators { first, count });
    }

    pub(super) fn write(&self) -> String {
        self.write_with(None)
    }

    pub(super) fn write_with(&self, lines: Option<&Lines>) -> String {
        let mut out = String::new();
        let ids = Ids::of(&self.body);
        let ink = Ink {
            language: crate::render::language::Language::english(),
            from_right: false,
            ids: &ids,
            links: &self.anchors,
            embeds: &[],
            placed: &[],
            cites: &self.marks,
            trust_html: self.trust_html,
            indicators: &self.indicators,
            lines,
        };
        write(&self.body, &ink, &mut out);
        out
    }
}

/// Writes a text that is built on the spot.
pub(super) fn written(build: impl FnOnce(&mut Build)) -> String {
    let mut text = Build::default();
    build(&mut text);
    text.write()
}
