//! Fences whose lines are a writer's own numbers: `csv chart=bar source=mandiant-2018 title="Stolen by year"`.
//!
//! Takes the first line of a fence and the lines in it; gives how they are drawn, and puts the title and the citations into the
//! body as a caption, so that the numbers rest on their sources as a sentence does. What is wrong with a line is reported where it
//! stands. Leaves alone a fence that does not ask for a chart.

use super::super::label;
use super::drawing::{Key, keys};
use super::ioc;
use super::mark::Found;
use super::walk::{Piece, Walk, collapse, offset, place};
use crate::diag::{Code, nearest};
use crate::model::body::{Block, Event};
use crate::model::chart::{Chart, Look};
use crate::model::{Cite, RawRef};
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// The languages of tables.
const TABLES: [&str; 3] = ["csv", "tsv", "table"];

impl Walk<'_> {
    /// What stands in the place of a table in a fence, and a mark where something in it cannot be a marking; nothing where no chart
    /// is asked for.
    pub(super) fn chart(
        &mut self,
        line: Span,
        text: &str,
        pieces: &[Piece],
    ) -> Option<(Block, Option<Found>)> {
        let whole = line.of(self.file);
        let info = whole.trim_start_matches(['`', '~']);
        let (lang, rest) = ioc::language(info);
        let rest = rest.trim_end_matches(['}', ' ', '\t']);
        let keys = keys(rest);
        let asked = keys.iter().find(|key| key.name == "chart")?;
        if !TABLES.iter().any(|it| lang.eq_ignore_ascii_case(it)) {
            return None;
        }
        let from = line.start as usize + whole.rfind(rest).unwrap_or(0);
        let span = |range: &Range<usize>| Span::new(from + range.start, from + range.end);
        let look = self.look(asked, rest, &span);
        let told = (Look::WORDS.iter()).map(|(word, _)| format!("`chart={word}`"));
        let told: Vec<String> = told.collect();
        let mut title = None;
        let mut sources = Vec::new();
        for key in &keys {
            let at = span(&key.range);
            if key.open {
                let help = "words with spaces stand between two: `title=\"Stolen by year\"`";
                let message = "a quotation mark that is not closed";
                self.problems.report(Code::BadDrawing, at, message, help);
            }
            let values = key.values.as_deref().unwrap_or_default();
            match key.name {
                "chart" => {}
                "title" => {
                    title = values.first().map(|first| {
                        let last = values.last().unwrap_or(first);
                        collapse(rest.get(first.start..last.end).unwrap_or(""))
                    })
                }
                "source" | "sources" => sources.extend(values.iter().cloned()),
                other => {
                    let help = match nearest(other, ["chart", "source", "title"]) {
                        Some(near) => format!("did you mean `{}`?", near.word),
                        None => format!("there are {}, `source=` and `title=`", told.join(", ")),
                    };
                    let message = format!("a chart has no `{other}`");
                    self.problems.report(Code::BadDrawing, at, message, help);
                }
            }
        }
        if sources.is_empty() {
            let message = "a chart of numbers that cites no source";
            let help = "say where they are from, behind `source=`: `source=mandiant-2018`";
            self.problems
                .report(Code::UnsourcedClaim, line, message, help);
        }
        let in_file = |at: &Range<usize>| {
            let last = at.end.saturating_sub(1).max(at.start);
            Span::new(place(pieces, at.start), place(pieces, last) + 1)
        };
        let chart = Chart::from_text(text);
        let heads = match &chart {
            Ok(chart) => chart.heads.join(", "),
            Err(faults) => {
                for fault in faults {
                    let at = match pieces.is_empty() {
                        true => line,
                        false => in_file(&fault.at),
                    };
                    let (message, help) = (&*fault.message, &*fault.help);
                    self.problems.report(Code::BadDrawing, at, message, help);
                }
                String::new()
            }
        };
        let caption = title.filter(|it| !it.is_empty()).unwrap_or(heads);
        let slice = self.push_text(&caption);
        self.body.events.push(Event::Text(slice));
        self.cite_all(rest, &sources, &span);
        // What is shown as words is no code in which a label could be quoted.
        let others = Arc::clone(&self.markings.others);
        let says_so = |words: &str| label::marks_text(words, &others);
        let says_so = says_so(&caption)
            || chart.is_ok_and(|chart| {
                let names = chart.rows.iter().map(|row| row.name);
                chart.heads.iter().copied().chain(names).any(says_so)
            });
        let found = (says_so || label::holds_tlp(text)).then(|| {
            let help = "mark the whole: `tlp=amber` on the first line of the fence".to_owned();
            self.bad_mark(line, "a marking in a chart", help)
        });
        Some((Block::Chart(look), found))
    }

    fn look(&mut self, key: &Key<'_>, rest: &str, span: &dyn Fn(&Range<usize>) -> Span) -> Look {
        let value = key.values.as_deref().unwrap_or_default().first();
        let word = value.and_then(|it| rest.get(it.clone())).unwrap_or("");
        let known = Look::WORDS
            .iter()
            .find(|it| it.0.eq_ignore_ascii_case(word));
        if known.is_none() {
            let words = Look::WORDS.map(|(word, _)| word);
            let help = match nearest(word, words) {
                Some(near) => format!("did you mean `{}`?", near.word),
                None => "there are `bar`, `line` and `dot`".to_owned(),
            };
            let at = span(value.unwrap_or(&key.range));
            let message = format!("no chart is drawn as `{word}`");
            self.problems.report(Code::BadDrawing, at, message, help);
        }
        known.map_or(Look::Bar, |(_, look)| *look)
    }

    fn cite_all(
        &mut self,
        rest: &str,
        sources: &[Range<usize>],
        span: &dyn Fn(&Range<usize>) -> Span,
    ) {
        let first = offset(self.cites.len());
        for range in sources {
            let name = rest.get(range.clone()).unwrap_or("");
            let name = name.strip_prefix('@').unwrap_or(name);
            self.cites.push(Cite {
                source: Some(RawRef {
                    name: collapse(name).into(),
                    span: span(range),
                }),
                at: None,
                span: span(range),
            });
        }
        let count = offset(self.cites.len()) - first;
        if count > 0 {
            self.body.events.push(Event::Cite { first, count });
        }
    }
}
