//! Raw HTML as far as parsing needs to understand it: comments go, marks in it are refused, and a mark before
//! an element holds to its end tag, whatever blank lines Markdown ends the block at.

use super::super::label::{self, Awaits, Reading};
use super::elements::{Elements, tag_end};
use super::flat::EDGE;
use super::mark::{Bare, Found, How, Region};
use super::said::Said;
use super::unmarked::{Heads, in_column};
use super::walk::{Frame, Walk, find, higher};
use crate::diag::Code;
use crate::model::body::{Event, RawId, Tag};
use crate::model::html::{self, Fate, Piece, Pieces};
use crate::text::Span;
use memchr::memchr3;
use std::borrow::Cow;
use std::ops::Range;

/// Marked raw HTML of which elements are open.
#[derive(Debug, Clone)]
pub(super) struct OpenHtml {
    elements: Elements,
    found: Found,
    /// The first event of it, and its first byte in the file.
    start: usize,
    from: u32,
}

impl Walk<'_> {
    pub(super) fn end_html(&mut self, frame: Frame) {
        let raw = self.body.text.split_off(self.run.text);
        let text = without_comments(&raw);
        let said = Said::by(&raw);
        if text.trim().is_empty() {
            let found = self.label_in_html(&raw, Some(&said), frame.span);
            // As if it were not there: a mark that waits for a block goes on waiting.
            self.body.events.truncate(frame.start);
            self.forget_block(frame.start);
            self.top().pending = higher(frame.outer, found);
            return;
        }
        let mut frame = frame;
        frame.mark = self.label_in_html(&raw, Some(&said), frame.span);
        self.note_tags(&text, frame.span);
        self.note_columns(&said, frame.span);
        if !said.shown.trim().is_empty() {
            self.note_row(&said.shown, frame.span);
        }
        self.html_block(&text, frame.span);
        self.body.events.push(Event::End(Tag::HtmlBlock));
        if !self.follow_elements(&text, &frame) {
            self.add_regions(&frame);
        }
        self.touch();
    }

    /// Marked elements go on until they end; says whether such a region begins with this block.
    fn follow_elements(&mut self, text: &str, frame: &Frame) -> bool {
        let marked = higher(frame.outer, frame.mark);
        if let Some(html) = &mut self.top().html {
            html.elements.read(text);
            html.found = higher(Some(html.found), marked).unwrap_or(html.found);
            if html.elements.outermost().is_none() {
                let (start, found) = (html.start, html.found);
                self.check_says(start, found);
                self.split_html(self.body.events.len(), frame.span.end);
                self.top().html = None;
            }
            return false;
        }
        let mut elements = Elements::default();
        elements.read(text);
        let Some(found) = marked.filter(|_| elements.outermost().is_some()) else {
            return false;
        };
        self.top().html = Some(OpenHtml {
            elements,
            found,
            start: frame.start,
            from: frame.span.start.min(found.from),
        });
        true
    }

    /// Where a section begins or ends, marked HTML that is open is divided, so that regions nest.
    pub(super) fn split_html(&mut self, event: usize, at: u32) {
        let Some(html) = &mut self.top().html else {
            return;
        };
        let region = Region {
            start: html.start,
            end: event,
            found: html.found,
            span: Span {
                start: html.from,
                end: at,
            },
            section: false,
        };
        // That the rest of it lies within a higher section is no fault.
        (html.start, html.from, html.found.bad) = (event, at, true);
        self.regions.push(region);
    }

    /// Marked elements that do not end in what they stand in: the mark holds to the end of that.
    pub(super) fn unclosed_html(&mut self, frame: &Frame, html: OpenHtml) {
        let name = html.elements.outermost().unwrap_or("");
        let message =
            format!("`<{name}>` is marked and never closed here: the mark holds to the end");
        let help = format!("close it by `</{name}>` where the marked part ends");
        let mark = self.span_of(html.found);
        self.problems.report(Code::BadMarking, mark, message, help);
        self.regions.push(Region {
            start: html.start,
            end: self.body.events.len(),
            found: html.found,
            span: Span {
                start: html.from,
                end: frame.span.end,
            },
            section: false,
        });
    }

    pub(super) fn inline_html(&mut self, text: &str, range: &Range<usize>) {
        let name = html::tag_name(text).unwrap_or("");
        if !name.is_empty() && html::fate(name).is_none() && !self.run.foreign {
            self.label_in_tags(text, Span::new(range.start, range.end));
            return self.text(text, range);
        }
        self.open_run(range.start);
        self.run.html = true;
        if ["svg", "math"]
            .iter()
            .any(|root| name.eq_ignore_ascii_case(root))
        {
            self.run.foreign = !text.starts_with("</") && !text.ends_with("/>");
        }
        self.note_tags(text, Span::new(range.start, range.end));
        let span = Span::new(range.start, range.end);
        let said = (!is_plain_tag(text)).then(|| Said::by(text));
        let found = self.label_in_html(text, said.as_ref(), span);
        self.run.bad = higher(self.run.bad, found);
        if self.tag_of_link(text, range) {
            return;
        }
        let text = without_comments(text);
        if text.is_empty() && !self.body.text.ends_with(char::is_alphanumeric) {
            return;
        }
        // Within a word what a comment leaves is nothing, which may part it: `a<!-- -->TLP:RED`.
        self.run.gap = false;
        let slice = self.push_text(&text);
        self.body.has_html |= !text.is_empty();
        self.body.events.push(Event::Html(slice));
    }

    /// Takes note of the tags of raw HTML: of the ids that they give, and of elements that do not come out,
    /// which are told once each. `html` holds no comments and stands in the file within `span`.
    fn note_tags(&mut self, html: &str, span: Span) {
        for piece in Pieces::of(html) {
            match piece {
                Piece::Open { name, attributes } => {
                    self.tell_hidden(name, attributes, span);
                    let is_bare = attributes.trim_matches(['/', ' ']).is_empty();
                    // A link to nowhere may be a word that HTML has by chance: `<A>`.
                    let is_none = name.eq_ignore_ascii_case("a") && is_bare;
                    if is_none || html::fate(name) == Some(Fate::Unwrapped) {
                        self.tell_dropped(name, "does not come out", span);
                    }
                    self.note_id(name, attributes, span);
                }
                Piece::Gone { name } => {
                    self.tell_dropped(name, "and what stands in it do not come out", span);
                }
                Piece::Text(_) | Piece::Close { .. } => {}
            }
        }
    }

    /// What an element hides would come out as text, since attributes that hide do not: it counts as TLP:RED.
    fn tell_hidden(&mut self, name: &str, attributes: &str, span: Span) {
        if self.markings.trust_html || !hides(attributes) {
            return;
        }
        let place = find(self.file, span, &format!("<{name}"));
        self.bad_mark(
            place,
            "a hidden element, and nothing is hidden on a page",
            "make it a comment, `<!-- … -->`, or mark it: `(TLP:AMBER)` in a line of its own above it".to_owned(),
        );
    }

    fn note_id(&mut self, name: &str, attributes: &str, span: Span) {
        let id = Some(attributes).filter(|it| !it.is_empty());
        let Some(id) = id.and_then(|attributes| html::id(name, attributes)) else {
            return;
        };
        if self.raw_ids.insert(id.clone()) {
            let id = id.into();
            self.body.ids.push(RawId { id, span });
        }
    }

    fn tell_dropped(&mut self, typed: &str, what: &str, span: Span) {
        let name = typed.to_ascii_lowercase();
        if self.markings.trust_html || self.told_html.contains(&name) {
            return;
        }
        self.problems.report(
            Code::DroppedHtml,
            find(self.file, span, &format!("<{typed}")),
            format!("`<{name}>` {what}"),
            format!(
                "write it in Markdown; where the word is meant, write `\\<{name}>` or quote it as code; `trust_html = true` in dossier.toml passes all raw HTML on as it is"
            ),
        );
        self.told_html.push(name);
    }

    /// Colours in a column that the head of a table of raw HTML calls by the name of TLP.
    fn note_columns(&mut self, said: &Said, span: Span) {
        for row in &said.rows {
            // There is none where a table begins.
            if row.is_empty() {
                self.tlp_columns.clear();
            }
            let cells = || row.iter().map(|cell| cell.replace(EDGE, "")).enumerate();
            let heads: Vec<_> = cells()
                .filter(|(_, cell)| label::heads_tlp(cell))
                .map(|(at, cell)| (at, Heads::of(cell.trim())))
                .collect();
            // `<th>TLP</th><td>RED</td>` is a row, which is read as one.
            let is_row = || cells().any(|(_, cell)| label::colour(cell.trim()).is_some());
            if !heads.is_empty() {
                self.tlp_columns = if is_row() { Vec::new() } else { heads };
                continue;
            }
            for (at, cell) in cells() {
                let columns = self.tlp_columns.iter();
                let mut heads = columns.filter(|(column, _)| *column == at).map(|it| it.1);
                let reading = heads
                    .next_back()
                    .and_then(|it| in_column(cell.trim(), Some(it)));
                self.bare.extend(reading.map(|reading| Bare {
                    reading,
                    span,
                    how: How::Words,
                }));
            }
        }
    }

    /// A label in raw HTML, its comments included: marks are not read there, so that one is an error; those
    /// without brackets are like any in other text.
    fn label_in_html(&mut self, html: &str, said: Option<&Said>, span: Span) -> Option<Found> {
        let texts = said.into_iter().flat_map(Said::texts);
        let mut highest = None;
        for (label, opened) in std::iter::once(html).chain(texts).flat_map(label::all) {
            if opened {
                let found = self.bad_mark(
                    span,
                    "a mark within raw HTML is not read",
                    "put it in a paragraph of its own before the HTML".to_owned(),
                );
                return Some(found);
            }
            if highest.is_none_or(|known: Reading| known.level() < label.reading.level()) {
                highest = Some(label.reading);
            }
        }
        if let Some(reading) = highest {
            self.bare.push(Bare {
                reading,
                span,
                how: How::Words,
            });
        }
        let level = highest.map(Reading::level);
        let name = names(html).max_by_key(|name| label::in_name(name));
        if let Some(name) = name.filter(|name| label::in_name(name) > level) {
            self.label_in_name(&name, span);
        }
        self.label_in_tags(html, span);
        let other = said.is_some_and(|said| {
            let others = &self.markings.others;
            // A table or a list may be one of colours.
            let portions = highest.is_none() && self.awaits == Awaits::Nothing;
            let alone = portions && said.rows.is_empty() && !html.contains("<li");
            let mut shown = said.shown.lines().map(|line| line.replace(EDGE, ""));
            if alone && shown.any(|line| others.is_colour(&line)) {
                return true;
            }
            let mut lines = said.lines();
            lines.any(|line| {
                let line = line.trim();
                others.names(line)
                    || others.is_headed(line)
                    || others.leads(line)
                    || others.says_strict(line)
                    || portions && label::holds_portion(line, others, !alone, |_| false)
            })
        });
        other.then(|| self.other_mark(span))
    }
}

impl Walk<'_> {
    /// Attributes and classes that say a marking in a short form.
    pub(super) fn label_in_tags(&mut self, html: &str, span: Span) {
        let tags = html.split('<').skip(1).flat_map(|tag| {
            let name = html::name(tag);
            let rest = tag.get(name.len()..).unwrap_or("");
            label::in_tag(name, rest.get(..tag_end(rest)).unwrap_or(""))
        });
        let readings = tags.map(|(reading, _)| reading);
        let highest = readings.max_by_key(|reading| reading.level());
        self.bare.extend(highest.map(|reading| Bare {
            reading,
            span,
            how: How::Name,
        }));
    }
}

/// Whether attributes hide the element that has them from readers.
fn hides(attributes: &str) -> bool {
    // Asked of every element.
    let lower = attributes.to_ascii_lowercase();
    if !lower.contains("hidden") && !lower.contains("display") && !lower.contains("opacity") {
        return false;
    }
    html::attributes(attributes).any(|(name, value)| {
        let value: String = value.to_ascii_lowercase().split_whitespace().collect();
        match name.to_ascii_lowercase().as_str() {
            "hidden" => true,
            "style" => {
                ["display:none", "visibility:hidden", "visibility:collapse"]
                    .iter()
                    .any(|it| value.contains(it))
                    || value.split(';').any(|rule| rule == "opacity:0")
            }
            _ => false,
        }
    })
}

/// What may be a name in the tags of raw HTML, in comments too: an id, a class; not an address.
fn names(html: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let tags = || html.split('<').skip(1);
    let insides = tags().map(|tag| tag.split('>').next().unwrap_or(tag));
    let words = insides.flat_map(|tag| tag.split([' ', '\n', '\t', '"', '\'', '=']));
    let words = words.filter(|word| !word.contains(['/', '.', ':']));
    let attributes = tags().flat_map(|tag| {
        let rest = tag.get(html::name(tag).len()..).unwrap_or("");
        html::attributes(rest.get(..tag_end(rest)).unwrap_or(""))
    });
    let values = attributes.filter(|(name, _)| !OF_TEXTS.contains(&&**name));
    let values = values.flat_map(|(_, value)| {
        let words = value
            .split_whitespace()
            .map(|word| Cow::Owned(word.to_owned()));
        let mut words = words.collect::<Vec<_>>();
        // `class="tlp label amber"`
        if words.len() > 1 {
            words.push(Cow::Owned(value));
        }
        words
    });
    words.map(Cow::Borrowed).chain(values)
}

/// Attributes that hold addresses or sentences.
const OF_TEXTS: [&str; 17] = [
    "action",
    "alt",
    "background",
    "cite",
    "content",
    "data",
    "formaction",
    "href",
    "longdesc",
    "placeholder",
    "poster",
    "src",
    "srcset",
    "style",
    "summary",
    "title",
    "xlink:href",
];

/// Whether a piece of HTML is one tag that reads as it is written, which shows nothing: most are.
fn is_plain_tag(html: &str) -> bool {
    let inner = html.strip_prefix('<').unwrap_or("&");
    inner.is_ascii() && memchr3(b'&', b'!', b'<', inner.as_bytes()).is_none()
}

/// The text without comments, processing instructions and declarations; what is not closed goes to
/// the end. (They never come out: a comment is where writers keep what nobody should read.)
pub(super) fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let close = if from.starts_with("<!--") {
            "-->"
        } else if from.starts_with("<![CDATA[") {
            "]]>"
        } else if from.starts_with("<?") || from.starts_with("<!") {
            ">"
        } else {
            out.push('<');
            rest = &from[1..];
            continue;
        };
        // `<!-->` and `<!--->` are whole comments.
        let skip = if from.starts_with("<!--") { 2 } else { 1 };
        rest = match from[skip..].find(close) {
            Some(end) => &from[skip + end + close.len()..],
            None => "",
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_tags_stay() {
        let table = [
            ("a<!-- x -->b", "ab"),
            ("<!-->b", "b"),
            ("<!--->b", "b"),
            ("<!-- <b> --><i>", "<i>"),
            ("<b>x</b><!-- open", "<b>x</b>"),
            ("<?php x ?>a<!DOCTYPE html>b<![CDATA[ > ]]>c", "abc"),
            ("a < b", "a < b"),
        ];
        for (html, expected) in table {
            assert_eq!(without_comments(html), expected, "{html}");
        }
    }
}
