//! A sentence of front matter: what Markdown reads within a line, and nothing more.
//!
//! Takes a text; gives [`Words`]. Emphasis, code, links, wikilinks and citations are read by the same walk as
//! in bodies. All else stays as it is written, since most sentences are no Markdown: raw HTML and addresses
//! in angle brackets, entities, pictures, `__init__`, and backslashes but before a sign that is read.
//! Never reads a block, whatever the text begins with, nor labels: those of front matter are read
//! beforehand (`parse::front::marks`).

use super::problems::Problems;
use super::walk::{Read, Walk};
use crate::diag::Outcome;
use crate::model::body::{Event, Tag};
use crate::model::{Body, Cite, Markings, Prose, RawRef, Tlp, Words};
use crate::text::Span;
use memchr::{memchr, memchr3};
use pulldown_cmark::{CowStr, Event as Md, LinkType, Options, Parser, Tag as MdTag};
use std::ops::Range;
use std::sync::Arc;

/// Stands before the text while it is read, so that nothing in it begins a block. Emphasis may begin
/// behind it.
const GUARD: &str = ".";

/// Reads a sentence. `place` gives the place in the file of some bytes of it.
pub(in crate::parse) fn read(
    path: &Arc<str>,
    text: &str,
    markings: &Markings,
    place: &dyn Fn(Range<usize>) -> Span,
) -> Outcome<Words<RawRef>> {
    if !may_be_styled(text) {
        return Outcome::clean(Words::Plain(text.into()));
    }
    let line = [GUARD, text].concat().replace(['\n', '\r'], " ");
    let mut walk = Walk::new(&line, 0, Problems::new(path), markings);
    walk.in_sentence = true;
    Literal::new(&line).walk(&mut walk);
    let Read {
        mut body,
        mut cites,
        marked: _,
        alone: _,
        mut problems,
    } = walk.finish(Tlp::Red);
    let moved = |span: &mut Span| {
        let before = |at: u32| (at as usize).saturating_sub(GUARD.len());
        *span = place(before(span.start)..before(span.end));
    };
    body.links.iter_mut().for_each(|link| moved(&mut link.span));
    body.marks.iter_mut().for_each(|mark| moved(&mut mark.span));
    for Cite {
        source,
        at: _,
        span,
    } in &mut cites
    {
        moved(span);
        source.iter_mut().for_each(|source| moved(&mut source.span));
    }
    for problem in &mut problems {
        problem.move_spans(moved);
    }
    unwrap(&mut body);
    let value = match only_text(&body) {
        Some(text) => Words::Plain(text.into()),
        None => Words::Styled(Box::new(Prose {
            body: Arc::new(body),
            targets: Vec::new(),
            cites,
            editions: Vec::new(),
        })),
    };
    Outcome { value, problems }
}

/// Whether a text holds a sign that anything begins with which is read.
fn may_be_styled(text: &str) -> bool {
    let text = text.as_bytes();
    memchr3(b'[', b'*', b'_', text).is_some() || memchr(b'`', text).is_some()
}

/// Takes the paragraph and the guard away.
fn unwrap(body: &mut Body) {
    body.events.retain(|event| {
        let paragraph = |tag: &Tag| matches!(tag, Tag::Paragraph { .. });
        !matches!(event, Event::Start(tag) | Event::End(tag) if paragraph(tag))
    });
    if let Some(Event::Text(first)) = body.events.first_mut() {
        first.start += u32::from(first.start < first.end);
        if first.start == first.end {
            body.events.remove(0);
        }
    }
}

/// The text of a body in which nothing else stands.
fn only_text(body: &Body) -> Option<String> {
    let texts = body.events.iter().map(|event| match event {
        Event::Text(slice) => Some(body.slice(*slice)),
        _ => None,
    });
    // A mark where none may stand was reported, and withholds.
    texts
        .collect::<Option<String>>()
        .filter(|_| body.marks.is_empty())
}

/// What is read as in bodies, and what stays as it is written.
struct Literal<'t> {
    line: &'t str,
    /// Up to where it was read.
    done: usize,
}

impl<'t> Literal<'t> {
    fn new(line: &'t str) -> Self {
        Literal { line, done: 0 }
    }

    fn walk(mut self, walk: &mut Walk<'_>) {
        let events = Parser::new_ext(self.line, Options::ENABLE_WIKILINKS);
        // The end of what is taken as it is written.
        let mut literal = 0;
        for (event, range) in events.into_offset_iter() {
            if range.start < literal && range.end <= literal {
                continue;
            }
            match event {
                Md::Text(_) => self.text(range, walk),
                event if self.is_literal(&event, &range) => {
                    literal = range.end;
                    self.text(range, walk);
                }
                Md::End(_) => walk.event(event, range),
                event => {
                    self.done = match event {
                        Md::Start(_) => range.start,
                        _ => range.end,
                    };
                    walk.event(event, range);
                }
            }
        }
    }

    fn is_literal(&self, event: &Md<'_>, range: &Range<usize>) -> bool {
        match event {
            Md::InlineHtml(_) | Md::Start(MdTag::Image { .. }) => true,
            Md::Start(MdTag::Link { link_type, .. }) => {
                matches!(link_type, LinkType::Autolink | LinkType::Email)
            }
            // `__init__` is a name.
            Md::Start(MdTag::Strong) => {
                let written = self.line.get(range.clone()).unwrap_or("");
                written.starts_with('_') && written.chars().all(|c| c.is_alphanumeric() || c == '_')
            }
            _ => false,
        }
    }

    /// Text as it is written: entities, and backslashes but before a sign that would be read.
    fn text(&mut self, range: Range<usize>, walk: &mut Walk<'_>) {
        let Range { mut start, end } = range;
        let written = self.line.get(start..end).unwrap_or("");
        let slash = start.checked_sub(1).filter(|&at| at >= self.done);
        let escapes = !written.starts_with(['[', ']', '*', '_', '`']);
        if let Some(at) = slash
            && escapes
            && self.line.as_bytes().get(at) == Some(&b'\\')
        {
            start = at;
        }
        self.done = end;
        let written = self.line.get(start..end).unwrap_or("");
        walk.event(Md::Text(CowStr::Borrowed(written)), start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Emphasis as `<…>`, code as `{…}`, links as `(…)`, citations as `#`.
    fn shown(text: &str) -> String {
        let path: Arc<str> = "content/actors/x.md".into();
        let place = |range: Range<usize>| Span::new(range.start, range.end);
        let read = read(&path, text, &Markings::default(), &place);
        let prose = match read.value {
            Words::Plain(text) => return text.into(),
            Words::Styled(prose) => prose,
        };
        let event = |event: &Event| match *event {
            Event::Start(Tag::Emphasis | Tag::Strong) => "<".to_owned(),
            Event::End(Tag::Emphasis | Tag::Strong) => ">".to_owned(),
            Event::Start(Tag::Link(_)) => "(".to_owned(),
            Event::End(Tag::Link(_)) => ")".to_owned(),
            Event::Text(slice) => prose.body.slice(slice).to_owned(),
            Event::Code(slice) => format!("{{{}}}", prose.body.slice(slice)),
            Event::Cite { .. } => "#".to_owned(),
            other => format!("{other:?}"),
        };
        prose.body.events.iter().map(event).collect()
    }

    #[test]
    fn what_stands_within_a_line_is_read() {
        for (text, expected) in [
            ("Plain & <b>.", "Plain & <b>."),
            ("**Bold**, _so_ and `code`.", "<Bold>, <so> and {code}."),
            ("_Begins_ so.", "<Begins> so."),
            ("Used by [[apt38]] [@s, p. 1].", "Used by (apt38)#."),
            ("[@s] says [[a|b *c*]].", "# says (b <c>)."),
            ("See [words](../x.md)", "See (words)"),
            ("one\ntwo *x*\n\n- three", "one two <x>  - three"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn all_else_stays_as_it_is_written() {
        for text in [
            "__init__ and *nix, a_b_c, 2 * 3 * 4",
            "1. No *list",
            "# no `heading",
            "> no [quote",
            "    no code *",
            "[x]: no definition",
            "[^1] no note",
            "![no](picture.png) *",
            "<b>bold</b> and <https://x.example> *",
            "R&amp;D * and &#42;x&#42;",
            r"C:\temp\_new is \\host\share\*",
            "==no== ~~no~~ *",
            "---",
            "***",
            ". *",
            "| a | b | *",
        ] {
            let escaped = text.replace(r"\_", "_").replace(r"\*", "*");
            assert_eq!(shown(text), escaped, "{text}");
        }
        assert_eq!(shown(r"\*x\* \[[a]] \`c\`"), "*x* [[a]] `c`");
    }

    #[test]
    fn places_are_those_of_the_sentence() {
        let text = "Of [[apt38]] [@s].";
        let place = |range: Range<usize>| Span::new(range.start + 100, range.end + 100);
        let read = read(&"x.md".into(), text, &Markings::default(), &place);
        let Words::Styled(prose) = read.value else {
            panic!("{read:?}")
        };
        assert_eq!(prose.body.links[0].span, Span::new(103, 112));
        assert_eq!(prose.cites[0].span, Span::new(114, 116));
    }
}
