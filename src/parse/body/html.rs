//! Raw HTML as far as parsing needs to understand it: comments go, marks in it are refused.

use super::super::label;
use super::mark::{Bare, Found};
use super::walk::{Frame, Walk, higher};
use crate::model::body::{Event, Tag};
use crate::text::Span;
use std::ops::Range;

impl Walk<'_> {
    pub(super) fn end_html(&mut self, frame: Frame) {
        let raw = self.body.text.split_off(self.run.text);
        let text = without_comments(&raw);
        if text.trim().is_empty() {
            let found = self.label_in_html(&raw, frame.span);
            // As if it were not there: a mark that waits for a block goes on waiting.
            self.body.events.truncate(frame.start);
            self.top().pending = higher(frame.outer, found);
            return;
        }
        let mut frame = frame;
        frame.mark = self.label_in_html(&raw, frame.span);
        let slice = self.push_text(&text);
        self.body.has_html = true;
        self.body.events.push(Event::Html(slice));
        self.body.events.push(Event::End(Tag::HtmlBlock));
        self.add_regions(&frame);
        self.touch();
    }

    pub(super) fn inline_html(&mut self, text: &str, range: &Range<usize>) {
        self.open_run(range.start);
        self.run.html = true;
        let span = Span::new(range.start, range.end);
        let found = self.label_in_html(text, span);
        self.run.bad = higher(self.run.bad, found);
        let text = without_comments(text);
        if text.is_empty() {
            return;
        }
        let slice = self.push_text(&text);
        self.body.has_html = true;
        self.body.events.push(Event::Html(slice));
    }

    /// A label in raw HTML, its comments included: marks are not read there, so that one is an error; one
    /// without brackets is like one in any other text.
    fn label_in_html(&mut self, html: &str, span: Span) -> Option<Found> {
        let shown = || label::first(&without_tags(html));
        let (label, opened) = label::first(html).or_else(shown)?;
        if opened {
            return Some(self.bad_mark(
                span,
                "a mark within raw HTML is not read",
                "put it in a paragraph of its own before the HTML".to_owned(),
            ));
        }
        self.bare.push(Bare {
            reading: label.reading,
            span,
        });
        None
    }
}

/// The text without its tags, as far as it is to be looked through for labels.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = match tag.split_once('>') {
            Some((_, after)) if tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                after
            }
            _ => tag,
        };
    }
    out.push_str(rest);
    out
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
        assert_eq!(without_tags("<b>T</b>LP < x"), "TLP  x");
    }
}
