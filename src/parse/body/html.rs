//! Raw HTML as far as parsing needs to understand it: comments go, marks in it are refused.

use super::mark::Found;
use super::walk::{Frame, Walk, higher, holds_tlp};
use crate::model::body::{Event, Tag};
use crate::text::Span;
use std::ops::Range;

impl Walk<'_> {
    pub(super) fn end_html(&mut self, frame: Frame) {
        let raw = self.body.text.split_off(self.run.text);
        let text = without_comments(&raw);
        if text.trim().is_empty() {
            // As if it were not there: a mark that waits for a block goes on waiting.
            self.body.events.truncate(frame.start);
            self.top().pending = frame.outer;
            return;
        }
        let mut frame = frame;
        if holds_mark(&text) {
            frame.mark = Some(self.mark_in_html(frame.span));
        }
        let slice = self.push_text(&text);
        self.body.has_html = true;
        self.body.events.push(Event::Html(slice));
        self.body.events.push(Event::End(Tag::HtmlBlock));
        self.add_regions(&frame);
        self.touch();
    }

    pub(super) fn inline_html(&mut self, text: &str, range: &Range<usize>) {
        self.open_run(range.start);
        let text = without_comments(text);
        if text.is_empty() {
            return;
        }
        if holds_mark(&text) {
            let found = self.mark_in_html(Span::new(range.start, range.end));
            self.run.bad = higher(self.run.bad, Some(found));
        }
        let slice = self.push_text(&text);
        self.body.has_html = true;
        self.body.events.push(Event::Html(slice));
    }

    pub(super) fn mark_in_html(&mut self, span: Span) -> Found {
        self.bad_mark(
            span,
            "a mark within raw HTML is not read",
            "put it in a paragraph of its own before the HTML".to_owned(),
        )
    }
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

/// Whether a bracket of any sort with `tlp` after it stands in the text. Marks are not read in raw
/// HTML, so that is a mark that would be lost.
pub(super) fn holds_mark(text: &str) -> bool {
    let Some(bracket) = text.find(['(', '[', '{', '（', '［', '｛']) else {
        return false;
    };
    holds_tlp(&text[bracket..])
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
        assert!(holds_mark("<b>(TLP:AMBER)</b>"));
        assert!(!holds_mark("<b>TLP (see below)</b>"));
    }
}
