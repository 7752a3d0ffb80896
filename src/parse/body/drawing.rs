//! Fences that place a drawing: `graph of=apt38 depth=2`, and nothing in the fence.
//!
//! Takes the first line of a fence without lines; gives what is drawn, and links to the entries that it is of. Never resolves
//! a name, and leaves alone what is a word and a text in a fence.

use super::super::label;
use super::ioc;
use super::walk::{Walk, collapse, last};
use crate::diag::{Code, nearest};
use crate::model::body::{Block, Destination, Drawing, Event, Link, Size, Tag};
use crate::text::Span;
use std::ops::Range;

/// A key with its values, each with the bytes of the line in which it stands.
pub(super) struct Key<'l> {
    pub(super) name: &'l str,
    pub(super) range: Range<usize>,
    /// None where no `=` follows.
    pub(super) values: Option<Vec<Range<usize>>>,
    /// Whether a quotation mark is not closed.
    pub(super) open: bool,
}

impl Walk<'_> {
    /// What a fence without lines stands for; the names of what it draws become links of the body.
    pub(super) fn drawing(&mut self, line: Span) -> Block {
        let text = line.of(self.file);
        let info = text.trim_start_matches(['`', '~']);
        let (lang, rest) = ioc::language(info);
        let known = |(word, _): &&(&str, Drawing)| lang.eq_ignore_ascii_case(word);
        let Some(&(word, mut drawing)) = Drawing::WORDS.iter().find(known) else {
            return Block::Text;
        };
        let rest = rest.trim_end_matches(['}', ' ', '\t']);
        let from = line.start as usize + text.rfind(rest).unwrap_or(0);
        let span = |range: &Range<usize>| Span::new(from + range.start, from + range.end);
        let mut of = Vec::new();
        for key in keys(rest) {
            let at = span(&key.range);
            if key.open {
                let help = "a name with spaces stands between two: `of=\"Lazarus Group\"`";
                let message = "a quotation mark that is not closed";
                self.problems.report(Code::BadDrawing, at, message, help);
            }
            match (key.name, key.values) {
                ("of", Some(values)) if !values.is_empty() => of.extend(values),
                ("of", _) => self.problems.report(
                    Code::BadDrawing,
                    at,
                    "`of` names nothing",
                    "write the name of an entry behind it: `of=apt38`, `of=\"Lazarus Group\"`, `of=apt38,temp-hermit`",
                ),
                ("depth", values) => {
                    let values = values.unwrap_or_default();
                    let value = values.first().map_or(key.range, Range::clone);
                    let steps = rest.get(value.clone()).and_then(|it| it.parse().ok());
                    match (drawing, steps.filter(|it| (1..=3).contains(it))) {
                        (Drawing::Graph(_), Some(steps)) => drawing = Drawing::Graph(steps),
                        (Drawing::Graph(_), None) => self.problems.report(
                            Code::BadDrawing,
                            span(&value),
                            "a depth is a number of steps from 1 to 3",
                            "write `2`",
                        ),
                        _ => self.problems.report(
                            Code::BadDrawing,
                            at,
                            format!("`{word}` has no `depth`"),
                            "only `graph` goes several steps; leave it out",
                        ),
                    }
                }
                (other, Some(_)) => {
                    let help = match nearest(other, ["of", "depth"]) {
                        Some(near) => format!("did you mean `{}`?", near.word),
                        None => "there are `of=` and, for `graph`, `depth=`".to_owned(),
                    };
                    let message = format!("a drawing has no `{other}`");
                    self.problems.report(Code::BadDrawing, at, message, help);
                }
                (other, None) => {
                    let message = format!("`{other}` says nothing of a drawing");
                    let help = format!("what it is of stands behind `of=`: `{word} of={other}`");
                    self.problems.report(Code::BadDrawing, at, message, help);
                }
            }
        }
        let (least, most) = drawing.of_how_many().into_inner();
        if let Some(more) = of.get(most) {
            let (message, help) = match drawing {
                Drawing::Compare => (
                    format!("`{word}` puts {most} actors beside each other at most"),
                    "leave it out, or compare it in a fence of its own",
                ),
                Drawing::Graph(_)
                | Drawing::Timeline
                | Drawing::Matrix
                | Drawing::Losses
                | Drawing::Map
                | Drawing::Names => (
                    format!("a fence draws {most} entries at most"),
                    "put the others into a fence of their own",
                ),
            };
            self.problems
                .report(Code::BadDrawing, span(more), message, help);
        }
        if let Some(alone) = of.first().filter(|_| of.len() < least) {
            let message = format!("`{word}` needs another one to compare it with");
            let help = "name two to four actors behind `of=`, with commas between them";
            self.problems
                .report(Code::BadDrawing, span(alone), message, help);
        }
        for range in of.into_iter().take(most) {
            let name = rest.get(range.clone()).unwrap_or("");
            self.body.links.push(Link {
                to: Destination::Drawn(collapse(name).into()),
                bare: false,
                image: false,
                embed: false,
                title: Box::default(),
                size: Size::default(),
                span: span(&range),
            });
            let tag = Tag::Link(last(&self.body.links));
            let events = [Event::Start(tag), Event::End(tag)];
            self.body.events.extend(events);
        }
        Block::Drawing(drawing)
    }
}

/// The keys of a line, without what marks it.
pub(super) fn keys(line: &str) -> Vec<Key<'_>> {
    let mut keys = Vec::new();
    let mut at = 0;
    let blank = |c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}');
    loop {
        let rest = line.get(at..).unwrap_or("");
        let start = at + (rest.len() - rest.trim_start_matches(blank).len());
        let rest = line.get(start..).unwrap_or("");
        if rest.is_empty() {
            return keys;
        }
        let end = rest.find(|c| blank(c) || c == '=').unwrap_or(rest.len());
        let range = start..start + end;
        let name = rest.get(..end).unwrap_or("");
        at = range.end;
        let mut open = false;
        let values = line.get(at..).and_then(|it| it.strip_prefix('=')).map(|_| {
            let mut values = Vec::new();
            loop {
                // Behind `=` or a comma.
                at += 1;
                let (value, end) = value(line, at);
                open |= end.is_none();
                at = end.unwrap_or(line.len());
                if !line.get(value.clone()).unwrap_or("").trim().is_empty() {
                    values.push(value);
                }
                if !line.get(at..).unwrap_or("").starts_with(',') {
                    return values;
                }
            }
        });
        let word = line.get(start..at).unwrap_or("");
        let marks = label::holds_tlp(word) || label::is_attribute(word);
        let strict =
            values.is_none() && name.trim_start_matches('+').eq_ignore_ascii_case("strict");
        if !marks && !strict {
            keys.push(Key {
                name,
                range,
                values,
                open,
            });
        }
    }
}

/// A value that begins at a place, and where it ends with its quotation marks; no end where these are not closed.
fn value(line: &str, from: usize) -> (Range<usize>, Option<usize>) {
    let rest = line.get(from..).unwrap_or("");
    let from = from + (rest.len() - rest.trim_start_matches(' ').len());
    let rest = rest.trim_start_matches(' ');
    match rest.strip_prefix('"') {
        Some(quoted) => match quoted.find('"') {
            Some(end) => (from + 1..from + 1 + end, Some(from + end + 2)),
            None => (from + 1..line.len(), None),
        },
        None => {
            let end = rest
                .find(|c: char| c.is_whitespace() || c == ',')
                .unwrap_or(rest.len());
            (from..from + end, Some(from + end))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_with_their_values() {
        let line = " of=apt38,\"Lazarus Group\" depth=2 tlp=amber strict of= x";
        let told = keys(line).into_iter().map(|key| {
            let values = key.values.map(|all| {
                let all = all.into_iter().map(|it| line[it].to_owned());
                all.collect::<Vec<_>>().join("|")
            });
            format!("{}={}", key.name, values.as_deref().unwrap_or("-"))
        });
        let told: Vec<String> = told.collect();
        assert_eq!(told, ["of=apt38|Lazarus Group", "depth=2", "of=x"]);
        assert!(keys("of=\"a b").first().is_some_and(|key| key.open));
    }
}
