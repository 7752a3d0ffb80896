//! Headings: what stands in their braces, and the sections that their marks open.

use super::super::label;
use super::mark::Found;
use super::outside::is_underlined;
use super::walk::{Frame, Section, Walk, find, higher, plain};
use crate::diag::Code;
use crate::model::Tlp;
use crate::model::body::{Event, Tag};
use crate::model::ids;
use crate::text::Span;
use pulldown_cmark::CowStr;

impl Walk<'_> {
    pub(super) fn end_heading(&mut self, at: u32, frame: &Frame) {
        let text = plain(&self.body, frame.start);
        let Some(heading) = self.body.headings.get_mut(at as usize) else {
            return;
        };
        if let Some(words) = self.heading_words.take()
            && ids::github(&words) != ids::github(&text)
        {
            self.body.words_of_headings.push((at, words.into()));
        }
        heading.text = text;
        if let Some(found) = frame.mark {
            let section = Section {
                level: heading.level,
                start: frame.start,
                from: frame.span.start,
                underlined: is_underlined(self.file, frame.span),
                found,
            };
            self.split_html(frame.start, frame.span.start);
            self.top().sections.push(section);
        }
    }

    /// Keeps how an open heading reads where only Markdown is read: wikilinks, citations and marks are words there.
    pub(super) fn note_heading_words(&mut self) {
        let Some(Tag::Heading(_)) = self.top().tag else {
            return;
        };
        let mut words = String::new();
        let mut within = None;
        for event in self.body.events.get(self.run.events..).unwrap_or(&[]) {
            match *event {
                Event::Start(tag @ (Tag::Link(at) | Tag::Image(at))) if within.is_none() => {
                    let link = self.body.links.get(at as usize);
                    let written = link.map_or("", |link| link.span.of(self.file));
                    if written.starts_with("[[") || written.starts_with("![[") {
                        words.push_str(written);
                        within = Some(tag);
                    }
                }
                Event::End(tag) if within == Some(tag) => within = None,
                _ if within.is_some() => {}
                Event::Text(slice) | Event::Code(slice) => words.push_str(self.body.slice(slice)),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
        }
        self.heading_words = Some(words);
    }

    /// What a heading's braces hold; gives its mark.
    pub(super) fn heading_attributes(
        &mut self,
        id: Option<&str>,
        classes: &[CowStr<'_>],
        attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
        span: Span,
    ) -> Option<Found> {
        let mut mark = None;
        for (key, value) in attributes {
            let value = value.as_deref().unwrap_or("");
            let place = find(self.file, span, key);
            if label::names_tlp(key) {
                let found = self.value_mark(value, place);
                mark = higher(mark, Some(found));
            } else if label::holds_tlp(key)
                || label::holds_tlp(value)
                || Tlp::from_name(value).is_some()
            {
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
            let short = label::in_class(name).filter(|_| Some(name) != id);
            let short = short.or_else(|| label::in_id(name));
            if !label::find(name).is_empty() || label::in_name(name).is_some() || short.is_some() {
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
    pub(super) fn new_id(&mut self, id: &str, span: Span) -> bool {
        let place = find(self.file, span, id);
        if ids::is_reserved(id) {
            let prefix = ids::RESERVED_PREFIXES
                .iter()
                .find(|it| id.starts_with(**it));
            self.problems.report(
                Code::BadAttribute,
                place,
                match prefix {
                    Some(prefix) => format!("ids that begin with `{prefix}` belong to the page"),
                    None => format!("the id `{id}` belongs to the page"),
                },
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
}
