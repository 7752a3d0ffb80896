//! Footnotes that readers would not get: never defined, without a reference, defined twice, or defined in a
//! marked section and referred to from outside of it.

use super::mark::{self, Levels};
use super::problems::Problems;
use super::walk::{Walk, place};
use crate::diag::{Advice, Code, TextEdit};
use crate::model::Body;
use crate::model::body::Event;
use crate::text::Span;
use memchr::memmem;
use std::ops::Range;

/// Where the footnotes of a text stand.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) defined: Vec<Definition>,
    /// Footnotes, with the first byte of a reference to them.
    pub(super) referred: Vec<(u32, u32)>,
}

/// A footnote's text.
#[derive(Debug)]
pub(super) struct Definition {
    /// Index into [`Body::footnotes`].
    pub(super) note: u32,
    pub(super) span: Span,
    /// Whether its name was defined before.
    pub(super) again: bool,
}

impl Walk<'_> {
    /// Tells of each `[^name]` in the text of the run: a reference to a footnote that there is would be none
    /// of its text.
    pub(super) fn undefined_notes(&mut self) {
        let start = self.run.text;
        let text = self.body.text.get(start..).unwrap_or("");
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        let codes = events.iter().filter_map(|event| match event {
            Event::Code(code) => Some(code.start as usize..code.end as usize),
            _ => None,
        });
        let codes: Vec<Range<usize>> = codes.collect();
        let coded = |at: usize| {
            let next = codes.partition_point(|code| code.end <= at);
            codes.get(next).is_some_and(|code| code.start <= at)
        };
        let mut found = Vec::new();
        for open in memmem::find_iter(text.as_bytes(), b"[^") {
            let rest = text.get(open + 2..).unwrap_or("");
            let length = rest.find(|c: char| c.is_whitespace() || "[]^".contains(c));
            let Some(length) = length.filter(|length| *length > 0) else {
                continue;
            };
            let at = start + open;
            let pieces = &self.run.pieces;
            let piece = pieces.partition_point(|piece| piece.at < at);
            let escaped = (pieces.get(piece)).is_some_and(|it| it.escaped && it.at == at);
            if !escaped && rest.as_bytes()[length] == b']' && !coded(at) {
                let from = place(pieces, at);
                let name = rest.get(..length).unwrap_or("").to_owned();
                found.push((Span::new(from, from + length + 3), name));
            }
        }
        for (span, name) in found {
            self.problems.report(
                Code::LostFootnote,
                span,
                format!("no footnote is called `{name}`: this stands on the page as it is typed"),
                Advice::from(format!(
                    "define it, `[^{name}]: …`, in a paragraph of its own; where no footnote is meant, write `\\[^`"
                ))
                .perhaps([TextEdit::within(self.problems.path(), span, "[^", "\\[^")]),
            );
        }
    }
}

/// Reports what would be lost. `sections` are the markings of sections alone: a footnote that is marked by
/// itself was meant to be.
pub(super) fn check(body: &Body, notes: &Notes, sections: &Levels, problems: &mut Problems) {
    if notes.defined.is_empty() {
        return;
    }
    let reached = mark::reached(body);
    let mut lowest = vec![None; body.footnotes.len()];
    for &(note, at) in &notes.referred {
        let level = sections.at(at);
        if let Some(slot) = lowest.get_mut(note as usize) {
            *slot = Some(slot.map_or(level, |known: crate::model::Tlp| known.min(level)));
        }
    }
    for definition in &notes.defined {
        let at = definition.note as usize;
        let name = body.footnotes.get(at).map_or("", String::as_str);
        let level = sections.at(definition.span.start);
        let first = Span {
            end: definition.span.start + 3 + u32::try_from(name.len()).unwrap_or(0),
            ..definition.span
        };
        if definition.again {
            problems.report(
                Code::LostFootnote,
                first,
                format!("the footnote `{name}` is defined twice: this one is left out"),
                "give it another name, and refer to it by that",
            );
        } else if reached.get(at) == Some(&false) {
            problems.report(
                Code::LostFootnote,
                first,
                format!("nothing refers to the footnote `{name}`: it is left out"),
                format!("refer to it by `[^{name}]`, or delete it"),
            );
        } else if let Some(lowest) = lowest.get(at).copied().flatten()
            && lowest < level
        {
            problems.report(
                Code::LostFootnote,
                first,
                format!(
                    "the footnote `{name}` stands in a section that is {}, and what refers to it does not",
                    level.label()
                ),
                "move it before the section, or to where it is referred to; those who may not see the section get neither it nor the sign that refers to it",
            );
        }
    }
}
