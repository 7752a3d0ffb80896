//! `ioc` blocks: `indicator  # note (until: 2026-12-31) (TLP:AMBER) [@source]` on every line; a hash may stand with its
//! file.

use super::super::label::{self, bracket};
use super::cite;
use super::mark;
use super::walk::collapse;
use super::walk::{Piece, Walk, offset, place};
use crate::diag::{Advice, Code, TextEdit};
use crate::model::body::IndicatorLine;
use crate::model::date::{Date, Moment, Unit};
use crate::model::{Cite, Day, Indicator, RawRef, Tlp};
use crate::text::Span;
use std::ops::Range;

mod fault;
mod found;

use fault::fault;
use found::Found;

/// The language of a fence's info string, and what else stands there.
pub(super) fn language(info: &str) -> (&str, &str) {
    let info = info.trim();
    let end = info
        .find(|c: char| c.is_whitespace() || c == ',' || c == '{')
        .unwrap_or(info.len());
    let (lang, rest) = info.split_at(end);
    // A key alone is no language.
    if lang.contains('=') || label::holds_tlp(lang) {
        return ("", info);
    }
    (lang, rest)
}

/// Reads the lines of a block into the body's indicators.
pub(super) fn read(walk: &mut Walk<'_>, text: &str, pieces: &[Piece]) {
    let mut start = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        start += line.len() + 1;
        if !trimmed.is_empty() {
            Line {
                walk,
                pieces,
                text: trimmed,
                at,
            }
            .read();
        }
    }
}

/// What is said of an indicator behind it.
struct Note {
    text: String,
    until: Option<Day>,
    tlp: Option<Tlp>,
}

/// With what a day begins until which an indicator is looked for.
const UNTIL: &str = "(until:";

/// A day in full, and nothing less exact.
fn day(text: &str) -> Option<Day> {
    match Date::from_text(text).ok()? {
        Date::At(Moment {
            about: false,
            part: None,
            unit: Unit::Day(day),
        }) => Some(day),
        Date::At(_) | Date::Between(..) | Date::From(_) | Date::Until(_) => None,
    }
}

struct Line<'l, 'f> {
    walk: &'l mut Walk<'f>,
    pieces: &'l [Piece],
    /// The line, without white space around it.
    text: &'l str,
    /// Its first byte in the block.
    at: usize,
}

impl Line<'_, '_> {
    fn read(mut self) {
        if self.text.starts_with('#') {
            let words = self.text.trim_start_matches('#').trim_start();
            if self.is_marked(words) {
                let span = self.span(0..self.text.len());
                self.walk.other_mark(span);
            } else if label::first(self.text).is_some() {
                self.bad_mark(0..self.text.len(), "a comment marks nothing".to_owned());
            }
            return;
        }
        let Some(found) = Found::of(self.text) else {
            let word = first_word(self.text);
            let (message, help) = fault(word.trim_end(), self.text);
            let span = self.span(0..word.len());
            self.walk
                .problems
                .report(Code::BadIndicator, span, message, help);
            return;
        };
        let value = self.text.get(..found.end).unwrap_or("");
        let labelled = label::first(value).is_some();
        if labelled {
            self.bad_mark(
                0..found.end,
                "a line's mark stands at its end: `1.2.3.4  # note (TLP:AMBER) [@source]`"
                    .to_owned(),
            );
        }
        let from = found.note;
        let first = self.walk.cites.len();
        let Note {
            text: note,
            until,
            tlp,
        } = self.note(self.text.get(from..).unwrap_or(""), from);
        let tlp = if labelled { Some(Tlp::Red) } else { tlp };
        let tlp = if self.is_marked(note.trim()) {
            let span = self.span(from..self.text.len());
            self.walk.other_mark(span);
            Some(Tlp::Red)
        } else {
            tlp
        };
        let count = self.walk.cites.len() - first;
        let span = self.span(0..self.text.len());
        // A mark among words is told already.
        if !found.has_sign && !note.is_empty() && label::first(&note).is_none() {
            let help = match found.indicator.kind.is_file_hash() {
                true => "write `#` before a note, `file:` before the name of the hash's file",
                false => "one indicator stands on a line; write `#` before a note",
            };
            self.walk.problems.report(
                Code::BadIndicator,
                self.span(from..self.text.len()),
                "words after an indicator",
                help,
            );
        }
        self.walk.body.indicators.push(IndicatorLine {
            indicator: found.indicator,
            file: found.file,
            note,
            until,
            first: offset(first),
            count: offset(count),
            tlp,
            span,
        });
    }

    /// Whether a note, or a comment, is marked by another scheme: at its head, as a whole or at its end.
    fn is_marked(&self, note: &str) -> bool {
        let others = &self.walk.markings.others;
        !note.is_empty()
            && (label::marks_line(note, others)
                || others.is_colour(note)
                || others.ends_marked(note))
    }

    /// Reads the note: takes its citations, its day and its mark out of it.
    fn note(&mut self, text: &str, from: usize) -> Note {
        let mut rest = String::with_capacity(text.len());
        let mut done = 0;
        let mut misplaced = false;
        while let Some(at) = text[done..].find("[@").map(|at| done + at) {
            rest.push_str(&text[done..at]);
            let Some(close) = text[at..].find(']').map(|close| at + close) else {
                self.bad_citation(
                    from + at..from + text.len(),
                    "a citation that is not closed",
                    "close it: `[@slug]`",
                );
                done = text.len();
                break;
            };
            done = close + 1;
            let content = &text[at + 1..close];
            if content == "@" {
                rest.push_str("[@]");
                continue;
            }
            match cite::read(content) {
                Ok(named) => {
                    let places = named.iter().filter_map(|one| content.get(one.at.clone()?));
                    if places.map(label::first).any(|label| label.is_some()) {
                        self.bad_mark(from + at..from + done, LINE_MARK.to_owned());
                        misplaced = true;
                    }
                    self.push_cites(content, from + at + 1, &named);
                }
                Err((message, help)) => {
                    let whole = from + at..from + done;
                    let span = self.span(whole.clone());
                    let edit = cite::mended(content)
                        .map(|it| TextEdit::within(self.walk.problems.path(), span, content, it));
                    self.bad_citation(whole, &message, Advice::from(help).safely(edit));
                }
            }
        }
        rest.push_str(&text[done..]);
        let shown = without_comments(&rest);
        let labels = |text: &str| label::all(text).count();
        if shown.len() < rest.len() && labels(&rest) > labels(&shown) {
            self.bad_mark(from..from + text.len(), LINE_MARK.to_owned());
            misplaced = true;
        }
        let (rest, until) = self.until(collapse(&shown), from..from + text.len());
        let (note, tlp) = match closing_mark(&rest) {
            Some((note, label)) => {
                let tlp = mark::read_label(label).unwrap_or_else(|help| {
                    self.bad_mark(from..from + text.len(), help);
                    Tlp::Red
                });
                (note.trim_end().to_owned(), Some(tlp))
            }
            None => (rest, None),
        };
        if label::first(&note).is_some() {
            self.bad_mark(from..from + text.len(), LINE_MARK.to_owned());
            return Note {
                text: note,
                until,
                tlp: Some(Tlp::Red),
            };
        }
        Note {
            text: note,
            until,
            tlp: if misplaced { Some(Tlp::Red) } else { tlp },
        }
    }

    /// Takes `(until: 2026-12-31)` out of a note. What is no day stays among the words, where a label in it is still found.
    fn until(&mut self, mut note: String, range: Range<usize>) -> (String, Option<Day>) {
        let mut until = None;
        if let Some(start) = note.find(UNTIL)
            && let Some(end) = note[start..].find(')').map(|end| start + end)
            && let Some(day) = day(note[start + UNTIL.len()..end].trim())
        {
            note.replace_range(start..=end, "");
            note = collapse(&note);
            until = Some(day);
        }
        if note.contains(UNTIL) {
            let message = "a line of an `ioc` block ends with one day, in full";
            let help = "write `(until: 2026-12-31)` once, or leave it out";
            let span = self.span(range);
            self.walk
                .problems
                .report(Code::BadIndicator, span, message, help);
        }
        (note, until)
    }

    fn push_cites(&mut self, content: &str, from: usize, named: &[cite::Named]) {
        for one in named {
            let shift = |range: &Range<usize>| range.start + from..range.end + from;
            let name = RawRef {
                name: content[one.name.clone()].into(),
                span: self.span(shift(&one.name)),
            };
            let at = one.at.clone().map(|at| collapse(&content[at]).into());
            let span = self.span(shift(&one.whole));
            self.walk.cites.push(Cite {
                source: Some(name),
                at,
                span,
            });
        }
    }

    fn bad_citation(&mut self, range: Range<usize>, message: &str, help: impl Into<Advice>) {
        let span = self.span(range);
        self.walk
            .problems
            .report(Code::BadCitation, span, message, help);
    }

    fn bad_mark(&mut self, range: Range<usize>, help: String) {
        let span = self.span(range);
        self.walk.problems.report(
            Code::BadMarking,
            span,
            "a mark that cannot be read in an `ioc` block",
            help,
        );
    }

    /// A part of the line, in the file.
    fn span(&self, range: Range<usize>) -> Span {
        let last = range.end.saturating_sub(1).max(range.start);
        Span::new(
            place(self.pieces, self.at + range.start),
            place(self.pieces, self.at + last) + 1,
        )
    }
}

/// A note without comments, of either sort.
fn without_comments(note: &str) -> String {
    let mut note = super::html::without_comments(note);
    while let Some(start) = note.find("%%")
        && let Some(length) = note.get(start + 2..).and_then(|rest| rest.find("%%"))
    {
        note.replace_range(start..start + length + 4, "");
    }
    note
}

/// How long the sign of a list is with which a line begins.
fn marker(text: &str) -> usize {
    let signs = ["- ", "* ", "+ ", "• ", "– "];
    let sign = signs.iter().find(|sign| text.starts_with(**sign));
    sign.map_or(0, |sign| sign.len())
}

/// Where the comment, the citations or the mark of a line begin.
fn head(text: &str) -> usize {
    let after_space = |at: usize| text[..at].ends_with(char::is_whitespace);
    let comment = text
        .match_indices('#')
        .map(|(at, _)| at)
        .find(|&at| after_space(at));
    let cite = text
        .match_indices("[@")
        .map(|(at, _)| at)
        .find(|&at| after_space(at) && !text[at..].starts_with("[@]"));
    let label = label::first(text).and_then(|(label, _)| {
        let before = text.get(..label.range.start)?;
        let opens = |&(_, c): &(usize, char)| bracket(c).is_some_and(|(_, opens)| opens);
        before.char_indices().rev().find(opens).map(|(at, _)| at)
    });
    let label = label.filter(|&at| after_space(at));
    [comment, cite, label]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(text.len())
}

/// The first word, with the one after it where the first says which type follows.
fn first_word(text: &str) -> &str {
    let end = |from: usize| {
        text[from..]
            .find(char::is_whitespace)
            .map_or(text.len(), |at| from + at)
    };
    let first = end(0);
    if first < text.len() && Indicator::states_type(text) && text[..first].ends_with(':') {
        let next = text.len() - text[first..].trim_start().len();
        return &text[..end(next)];
    }
    &text[..first]
}

/// The note before the brackets with which it ends, and what they hold, where that is a label.
fn closing_mark(note: &str) -> Option<(&str, &str)> {
    let (end, close) = note.char_indices().next_back()?;
    let (kind, false) = bracket(close)? else {
        return None;
    };
    let mut opening = note[..end].char_indices().rev();
    let (start, open) = opening.find(|(_, c)| bracket(*c) == Some((kind, true)))?;
    let label = &note[start + open.len_utf8()..end];
    label::first(&note[start..]).map(|_| (&note[..start], label))
}

const LINE_MARK: &str = "a line's mark stands at its end: `1.2.3.4  # note (TLP:AMBER) [@source]`";
