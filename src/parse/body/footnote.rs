//! Footnotes that readers would not get: without a reference, defined twice, or defined in a marked section
//! and referred to from outside of it.

use super::mark::{self, Levels};
use super::problems::Problems;
use crate::diag::Code;
use crate::model::Body;
use crate::text::Span;

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
