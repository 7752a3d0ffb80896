//! The Markdown of a file becomes a [`Body`] and its citations.
//!
//! Takes the text of a file and where its Markdown begins; gives the events of [`crate::model::body`]
//! and every problem met. In this order: [pulldown-cmark](pulldown_cmark) gives events (of the text as
//! `dialect` has it), `walk` and `blocks` turn them into ours block by block (`heading`, `code`, `link` and
//! `html` read what only these have), `autolink` makes links of addresses in the text of one block, `run`
//! looks for citations and marks in it, `unmarked` for labels that mark nothing, `outside` for what was meant to be marked, `mark` puts marked regions
//! around what they hold; `edition` reads the text once more for those who may not see all of it. `sentence`
//! reads sentences of front matter. Never resolves a name, never reads another file, never drops a mark
//! that it cannot read: what bears one counts as TLP:RED and is reported.

pub(in crate::parse) mod autolink;

mod blocks;

mod braces;

mod callout;

mod cite;

mod chart;

mod code;

mod comment;

mod control;

mod dialect;

mod drawing;

mod edition;

mod elements;

mod embed;

mod erase;

mod flat;

mod footnote;

mod foreign;

mod gap;

mod heading;

mod highlight;

mod html;

mod ioc;

mod link;

mod mark;

mod nothing;

mod outside;

mod place;

mod problems;

mod rebuild;

mod run;

mod said;

pub(in crate::parse) mod sentence;

mod size;

mod tags;

mod unmarked;

mod unseen;

mod walk;

use super::label;
use crate::diag::{Code, Diagnostic, Outcome};
use crate::model::{Body, Cite, Edition, Markings, RawRef, Tlp};
use crate::text::Span;
use dialect::Dialect;
use erase::Part;
use problems::Problems;
use pulldown_cmark::Options;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use walk::{Read, Walk};

pub(super) use unseen::{Unseen, unseen};

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

/// Parses the Markdown that begins at byte `start` of `text`. `around` is the marking of the entry.
#[must_use]
pub fn parse(
    path: &Arc<str>,
    text: &str,
    start: usize,
    around: Tlp,
    markings: &Markings,
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
    let (shown, map) = without_comments(text, start, around, &mut problems);
    let mut whole = read(path, &shown, start, &[], around, markings);
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
        markings,
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

/// Reads a text without comments. References to the footnotes that are `lost` are left out of it.
fn read(
    path: &Arc<str>,
    text: &str,
    start: usize,
    lost: &[String],
    around: Tlp,
    markings: &Markings,
) -> Read {
    let mut problems = Problems::new(path);
    let defined = gap::defined(lost);
    let markdown = text.get(start..).unwrap_or("");
    let markdown = match defined.is_empty() {
        true => Cow::Borrowed(markdown),
        false => Cow::Owned(defined.clone() + markdown),
    };
    let place = |range: Range<usize>| {
        let at = |at: usize| (at + start).saturating_sub(defined.len());
        at(range.start)..at(range.end)
    };
    let dialect = Dialect::of(&markdown);
    let parser = dialect.parser();
    let mut said = Vec::new();
    for (name, definition) in parser.reference_definitions().iter() {
        let range = place(definition.span.clone());
        let span = Span::new(range.start, range.end);
        if name.starts_with('@') {
            problems.defined_citation(span, name);
        }
        let title = definition.title.as_deref().unwrap_or("");
        said.push((span, definition_says(name, &definition.dest, title)));
    }
    said.sort_by_key(|(span, _)| span.start);
    let mut walk = Walk::new(text, start, problems, markings);
    walk.addresses = dialect.addresses;
    for (span, words) in said {
        walk.label_beside(&words, span);
    }
    walk.left_out = lost.iter().map(|name| name.to_lowercase()).collect();
    for (event, range) in parser.into_offset_iter() {
        if range.start >= defined.len() {
            walk.event(dialect.read(event), place(range));
        }
    }
    walk.finish(around)
}

/// The words of a definition of a link, which some write as a comment: `[//]: # (TLP:RED)`. An address is none.
fn definition_says(name: &str, to: &str, title: &str) -> String {
    let to = if to.contains(['/', '.', ':']) { "" } else { to };
    format!("{name}: {to} {title}")
}

/// The text without comments that Markdown does not take out itself, and the way back to the file.
fn without_comments<'t>(
    text: &'t str,
    start: usize,
    around: Tlp,
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
    for range in comments.percent.iter().chain(&comments.html) {
        let said = label::all(text.get(range.clone()).unwrap_or(""));
        if said.map(|(label, _)| label.reading.level()).max() > Some(around) {
            problems.report(
                Code::BadMarking,
                Span::new(range.start, range.end),
                "a label in a comment marks nothing",
                "mark what is meant: `(TLP:AMBER)` at the start of a paragraph, `{tlp=amber}` behind a heading, `tlp: amber` in the front matter for all of it",
            );
        }
    }
    let parts = comments.percent.into_iter().chain(comments.html);
    let parts: Vec<Part> = parts.map(Part::Inline).collect();
    if parts.is_empty() {
        return (Cow::Borrowed(text), None);
    }
    let reduced = erase::without(text, start, &parts, &[], false);
    (Cow::Owned(reduced.text), Some(reduced.map))
}

#[cfg(test)]
mod tests;
