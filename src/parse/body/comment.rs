//! Comments that Markdown does not know as such: `%% … %%`, and `<!-- … -->` over several blocks.
//!
//! Takes the text of a file; gives the ranges of its comments, and the places where one begins that has no
//! end. Code is not looked into. Comments never come out: they are where writers keep what nobody should read.

use super::dialect::Dialect;
use memchr::memmem;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// The comments of a text.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// `%% … %%`, signs included.
    pub(super) percent: Vec<Range<usize>>,
    /// `<!-- … -->` that goes on over several blocks.
    pub(super) html: Vec<Range<usize>>,
    /// The signs with which a comment begins that has no end.
    pub(super) open: Vec<Range<usize>>,
}

/// How a comment begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Percent,
    Html,
}

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// The comments of the Markdown that begins at `start`.
pub(super) fn find(file: &str, start: usize) -> Comments {
    let markdown = file.get(start..).unwrap_or("");
    let holds = |sign: &str| memmem::find(markdown.as_bytes(), sign.as_bytes()).is_some();
    if !holds("%%") && !holds(OPEN) {
        return Comments::default();
    }
    let signs = signs(markdown);
    let mut comments = Comments::default();
    let mut done = 0;
    for (index, &(sign, at, _)) in signs.iter().enumerate() {
        if at < done {
            continue;
        }
        let end = match sign {
            Sign::Percent => {
                let after = signs.get(index + 1..).unwrap_or(&[]);
                let close = after.iter().find(|(sign, ..)| *sign == Sign::Percent);
                close.map(|(_, at, length)| at + length)
            }
            Sign::Html => {
                let from = at + OPEN.len();
                let close = markdown.get(from..).and_then(|rest| rest.find(CLOSE));
                close.map(|close| from + close + CLOSE.len())
            }
        };
        match (sign, end) {
            (Sign::Percent, Some(end)) => comments.percent.push(start + at..start + end),
            (Sign::Html, Some(end)) => comments.html.push(start + at..start + end),
            (Sign::Percent, None) => comments.open.push(start + at..start + at + 2),
            (Sign::Html, None) => comments.open.push(start + at..start + at + OPEN.len()),
        }
        // What is not closed goes on to the end.
        done = end.unwrap_or(markdown.len());
    }
    comments
}

/// The signs with which comments begin or end, outside of code, in order.
fn signs(markdown: &str) -> Vec<(Sign, usize, usize)> {
    let mut signs = Vec::new();
    let mut code = false;
    for (event, range) in Dialect::of(markdown).events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::HtmlBlock) => in_html(markdown, range, &mut signs),
            Event::Text(_) if !code => in_text(markdown, range, &mut signs),
            _ => {}
        }
    }
    signs
}

fn in_text(markdown: &str, range: Range<usize>, signs: &mut Vec<(Sign, usize, usize)>) {
    let text = markdown.get(range.clone()).unwrap_or("");
    let escaped = |at: usize| at > 0 && markdown.as_bytes().get(at - 1) == Some(&b'\\');
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['%', '<'])) {
        let place = range.start + at + found;
        let rest = markdown.get(place..).unwrap_or("");
        // More than two are one sign.
        let run = rest.bytes().take_while(|byte| *byte == b'%').count();
        if run > 1 && !escaped(place) {
            signs.push((Sign::Percent, place, run));
            at += found + run;
        } else if rest.starts_with(OPEN) && !escaped(place) {
            signs.push((Sign::Html, place, OPEN.len()));
            at += found + 1;
        } else {
            // Of an escaped pair the second sign is no half of another.
            at += found + 1 + usize::from(rest.starts_with("%%"));
        }
    }
}

/// A comment that a block of raw HTML does not close, and signs outside of comments in it.
fn in_html(markdown: &str, range: Range<usize>, signs: &mut Vec<(Sign, usize, usize)>) {
    let html = markdown.get(range.clone()).unwrap_or("");
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find(['%', '<'])) {
        let rest = html.get(at + found..).unwrap_or("");
        let place = range.start + at + found;
        let run = rest.bytes().take_while(|byte| *byte == b'%').count();
        if run > 1 {
            signs.push((Sign::Percent, place, run));
            at += found + run;
        } else if let Some(comment) = rest.strip_prefix(OPEN) {
            // `<!-->` and `<!--->` are whole comments.
            let whole = ["<!-->", "<!--->"].iter().find(|it| rest.starts_with(**it));
            match whole.map(|it| it.len()).or_else(|| {
                comment
                    .find(CLOSE)
                    .map(|end| OPEN.len() + end + CLOSE.len())
            }) {
                Some(length) => at += found + length,
                None => {
                    signs.push((Sign::Html, place, OPEN.len()));
                    return;
                }
            }
        } else {
            at += found + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `‹` and `›` around comments, `¿` before one that is open.
    fn shown(text: &str) -> String {
        let comments = find(text, 0);
        let mut places: Vec<(usize, char)> = Vec::new();
        for range in comments.percent.iter().chain(&comments.html) {
            places.extend([(range.start, '‹'), (range.end, '›')]);
        }
        places.extend(comments.open.iter().map(|range| (range.start, '¿')));
        places.sort_unstable();
        let mut out = text.to_owned();
        for (at, sign) in places.into_iter().rev() {
            out.insert(at, sign);
        }
        out
    }

    #[test]
    fn comments_are_found_outside_of_code() {
        let table = [
            ("a %%b%% c", "a ‹%%b%%› c"),
            ("%%\na\n\nb\n%%\nc", "‹%%\na\n\nb\n%%›\nc"),
            ("- a %%b\n- c%% d", "- a ‹%%b\n- c%%› d"),
            ("%%%% a %%%% b", "‹%%%% a %%%%› b"),
            ("`%%a%%` b", "`%%a%%` b"),
            ("```\n%%a%%\n```", "```\n%%a%%\n```"),
            ("\\%%TEMP\\%% a", "\\%%TEMP\\%% a"),
            ("growth of 5%% a year", "growth of 5¿%% a year"),
            ("a <!-- b --> c", "a <!-- b --> c"),
            ("a <!-- b\n\nc --> d", "a ‹<!-- b\n\nc -->› d"),
            (
                "<div>\n<!-- a\n\nb -->\n</div>",
                "<div>\n‹<!-- a\n\nb -->›\n</div>",
            ),
            ("<div><!-- a --></div>", "<div><!-- a --></div>"),
            ("<!-- a\n\nb", "¿<!-- a\n\nb"),
            ("a \\<!-- b", "a \\<!-- b"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
