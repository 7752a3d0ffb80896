//! A part of the text of an event: what was seen of one sort, or of one thing.
//!
//! Takes lines with their markings; gives a heading, words, and one block of indicators for each marking.

use super::line::Line;
use crate::exchange::incoming::{Piece, Prose};
use crate::model::Tlp;
use std::collections::BTreeMap;

/// Lines under one heading.
#[derive(Default)]
pub(super) struct Part {
    words: BTreeMap<Option<Tlp>, Vec<String>>,
    indicators: BTreeMap<Option<Tlp>, Vec<String>>,
}

impl Part {
    /// Adds a line; `tlp` is its own marking, where that is higher than the event's.
    pub(super) fn push(&mut self, line: Line, tlp: Option<Tlp>) {
        let (lines, line) = match line {
            Line::Indicator(line) => (&mut self.indicators, line),
            Line::Words(line) => (&mut self.words, line),
        };
        lines.entry(tlp).or_default().push(line);
    }

    /// Writes it below a heading, if there is anything. A heading that stands above nothing but what is marked says as
    /// much as that: it is the first line of the lowest.
    pub(super) fn write(mut self, heading: &str, body: &mut Prose) {
        let levels = self.words.keys().chain(self.indicators.keys());
        let Some(lowest) = levels.min().copied() else {
            return;
        };
        match lowest {
            _ if heading.is_empty() => {}
            None => body.0.push(Piece::Heading(heading.to_owned())),
            Some(_) => {
                let lines = self.words.entry(lowest).or_default();
                lines.insert(0, heading.to_owned());
            }
        }
        for (tlp, lines) in self.words {
            match tlp {
                None => body.0.push(Piece::Words(lines.join("\n\n") + "\n\n")),
                // Of words only a block has a marking of its own.
                Some(_) => body.0.push(fence("text", lines, tlp)),
            }
        }
        for (tlp, lines) in self.indicators {
            body.0.push(fence("ioc", lines, tlp));
        }
    }
}

fn fence(language: &str, lines: Vec<String>, tlp: Option<Tlp>) -> Piece {
    Piece::Fence {
        language: language.to_owned(),
        text: lines.join("\n"),
        tlp,
    }
}
