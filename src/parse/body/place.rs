//! The places of a body that was read from a reduced text become those of the file.

use super::erase::Map;
use super::walk::Read;
use crate::diag::Diagnostic;
use crate::model::body::{Event, Tag};
use crate::model::{Body, Cite, RawRef};
use crate::text::Span;

/// The place in the file of a byte of the reduced text.
pub(super) fn moved(at: u32, map: &Map) -> u32 {
    Span::new(map.back(at as usize), 0).start
}

fn span(span: &mut Span, map: &Map) {
    let last = span.end.saturating_sub(1).max(span.start);
    let end = map.back(last as usize) + usize::from(span.end > span.start);
    *span = Span::new(map.back(span.start as usize), end);
}

/// Moves everything that was read but what of the text is marked and what are marks alone, which stay as they
/// stand in the reduced text.
pub(super) fn move_all(read: &mut Read, map: &Map) {
    let Read {
        body,
        cites,
        marked: _,
        alone: _,
        problems,
    } = read;
    move_body(body, map);
    for Cite {
        source,
        at: _,
        span: whole,
    } in cites
    {
        span(whole, map);
        if let Some(RawRef {
            name: _,
            span: place,
        }) = source
        {
            span(place, map);
        }
    }
    for problem in problems {
        move_problem(problem, map);
    }
}

pub(super) fn move_problem(problem: &mut Diagnostic, map: &Map) {
    problem.move_spans(|it| span(it, map));
}

fn move_body(body: &mut Body, map: &Map) {
    let Body {
        text: _,
        events,
        headings,
        words_of_headings: _,
        ids,
        links,
        code,
        indicators,
        marks,
        footnotes: _,
        has_html: _,
    } = body;
    for event in events {
        if let Event::Start(tag) | Event::End(tag) = event {
            move_tag(tag, map);
        }
    }
    headings.iter_mut().for_each(|it| span(&mut it.span, map));
    ids.iter_mut().for_each(|it| span(&mut it.span, map));
    links.iter_mut().for_each(|it| span(&mut it.span, map));
    for code in code {
        code.at = moved(code.at, map);
        code.from = code.from.map(|from| moved(from, map));
    }
    indicators.iter_mut().for_each(|it| span(&mut it.span, map));
    marks.iter_mut().for_each(|it| span(&mut it.span, map));
}

fn move_tag(tag: &mut Tag, map: &Map) {
    match tag {
        Tag::Paragraph { at }
        | Tag::AlertTitle { at }
        | Tag::Item { at }
        | Tag::DefinitionTitle { at }
        | Tag::Definition { at }
        | Tag::Table { at }
        | Tag::TableRow { at } => *at = moved(*at, map),
        Tag::Heading(_)
        | Tag::Quote(_)
        | Tag::CodeBlock(_)
        | Tag::List { .. }
        | Tag::Footnote(_)
        | Tag::DefinitionList
        | Tag::TableHead
        | Tag::TableCell(_)
        | Tag::HtmlBlock
        | Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Highlight
        | Tag::Link(_)
        | Tag::Image(_)
        | Tag::Marked(_) => {}
    }
}
