//! The Markdown of a file becomes a [`Body`] and its citations.
//!
//! Takes the text of a file and where its Markdown begins; gives the events of [`crate::model::body`]
//! and every problem met. In this order: [pulldown-cmark](pulldown_cmark) gives events, `walk` and
//! `blocks` turn them into ours block by block (`heading`, `code`, `link` and `html` read what only
//! these have), `run` looks for citations and marks in the text of one block, `unmarked` for labels that
//! mark nothing, `mark` puts marked regions around what they hold; `edition` reads the text once more for
//! those who may not see all of it. `sentence` reads sentences of front matter. Never resolves a name, never reads another file, never drops a mark
//! that it cannot read: what bears one counts as TLP:RED and is reported.

mod blocks;

mod braces;

mod callout;

mod cite;

mod code;

mod comment;

mod control;

mod edition;

mod erase;

mod flat;

mod footnote;

mod foreign;

mod heading;

mod highlight;

mod html;

mod ioc;

mod link;

mod mark;

mod place;

mod problems;

mod rebuild;

mod run;

pub(in crate::parse) mod sentence;

mod size;

mod unmarked;

mod walk;

use crate::diag::{Code, Diagnostic, Outcome};
use crate::model::{Body, Cite, Edition, RawRef, Schemes, Tlp};
use crate::text::Span;
use erase::Part;
use problems::Problems;
use pulldown_cmark::{Options, Parser};
use std::borrow::Cow;
use std::sync::Arc;
use walk::{Read, Walk};

/// The prose of an entry as it was read.
#[derive(Debug, Clone, Default)]
pub struct RawProse {
    /// The parsed Markdown.
    pub body: Body,
    /// Its citations, in order.
    pub cites: Vec<Cite<RawRef>>,
    /// What it is for those who may not see all of it, lowest first.
    pub editions: Vec<Edition<RawRef>>,
}

/// The Markdown that is read beyond CommonMark. Math would swallow `$81m ($20m more)`, smart
/// punctuation changes what was written, front matter was taken off before.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS);

/// Longer texts are refused. pulldown-cmark is linear in every input that we know of, but the worst
/// of them cost half a microsecond a byte.
const MAX_BYTES: usize = 4 << 20;

/// The marks of a body that are lower than the marking of its entry.
#[must_use]
pub fn lower_marks(path: &Arc<str>, body: &Body, entry: Tlp) -> Vec<Diagnostic> {
    let marks = body.marks.iter().map(|mark| (mark.tlp, mark.span));
    let lines = body
        .indicators
        .iter()
        .filter_map(|line| Some((line.tlp?, line.span)));
    marks
        .chain(lines)
        .filter(|&(tlp, _)| tlp < entry)
        .map(|(tlp, span)| {
            let message = format!(
                "{} stands within an entry that is {}",
                tlp.label(),
                entry.label()
            );
            Diagnostic::at(Code::LowerMarking, path, span, message).help(
                "a part is marked as its entry or higher (without `tlp:` in the front matter `default_tlp` of dossier.toml holds); delete the lower marking, or lower the entry's",
            )
        })
        .collect()
}

/// Parses the Markdown that begins at byte `start` of `text`. `around` is the marking of the entry, where it
/// could be read.
#[must_use]
pub fn parse(
    path: &Arc<str>,
    text: &str,
    start: usize,
    around: Option<Tlp>,
    others: &Schemes,
) -> Outcome<RawProse> {
    let mut problems = Problems::new(path);
    let Some(markdown) = text.get(start..) else {
        return Outcome::clean(RawProse::default());
    };
    if markdown.len() > MAX_BYTES {
        problems.report(
            Code::FileTooLarge,
            Span::new(start, start),
            format!(
                "the text of an entry may have {} MiB, this one has {:.1}",
                MAX_BYTES >> 20,
                markdown.len() as f64 / f64::from(1 << 20)
            ),
            "split it into several entries, or put the data into a file beside it",
        );
        return Outcome {
            value: RawProse::default(),
            problems: problems.into_list(),
        };
    }
    control::find(text, start, &mut problems);
    let (shown, map) = without_comments(text, start, &mut problems);
    let mut whole = read(path, &shown, start, around, others);
    if let Some(map) = &map {
        place::move_all(&mut whole, map);
    }
    let editions = edition::all(
        path,
        &shown,
        start,
        map.as_ref(),
        &mut whole,
        around,
        others,
    );
    whole.problems.extend(problems.into_list());
    Outcome {
        value: RawProse {
            body: whole.body,
            cites: whole.cites,
            editions,
        },
        problems: whole.problems,
    }
}

/// Reads a text without comments.
fn read(path: &Arc<str>, text: &str, start: usize, around: Option<Tlp>, others: &Schemes) -> Read {
    let mut problems = Problems::new(path);
    let parser = Parser::new_ext(text.get(start..).unwrap_or(""), OPTIONS);
    for (label, definition) in parser.reference_definitions().iter() {
        if label.starts_with('@') {
            let span = Span::new(definition.span.start, definition.span.end).shifted(start);
            problems.defined_citation(span, label);
        }
    }
    let mut walk = Walk::new(text, start, problems, others);
    for (event, range) in parser.into_offset_iter() {
        walk.event(event, range.start + start..range.end + start);
    }
    walk.finish(around)
}

/// The text without comments that Markdown does not take out itself, and the way back to the file.
fn without_comments<'t>(
    text: &'t str,
    start: usize,
    problems: &mut Problems,
) -> (Cow<'t, str>, Option<erase::Map>) {
    let comments = comment::find(text, start);
    for range in &comments.open {
        problems.report(
            Code::OpenComment,
            Span::new(range.start, range.end),
            "a comment that is not closed",
            "close it by `%%` or `-->`; where none is meant, write a backslash before it: `\\%%`, `\\<!--`, or quote it as code",
        );
    }
    for range in &comments.percent {
        problems.report(
            Code::DroppedComment,
            Span::new(range.start, range.end),
            "a comment: no reader sees it",
            "delete it where it is not needed; where it is meant to be read, write a backslash before each sign (`\\%%`) or quote it as code",
        );
    }
    let parts = comments.percent.into_iter().chain(comments.html);
    let parts: Vec<Part> = parts.map(Part::Inline).collect();
    if parts.is_empty() {
        return (Cow::Borrowed(text), None);
    }
    let reduced = erase::without(text, start, &parts, false);
    (Cow::Owned(reduced.text), Some(reduced.map))
}

#[cfg(test)]
mod tests;
