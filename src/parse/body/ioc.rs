//! `ioc` blocks: `indicator  # note (TLP:AMBER) [@source]` on every line.

use super::super::label::{self, bracket};
use super::cite;
use super::mark;
use super::walk::collapse;
use super::walk::{Piece, Walk, offset, place};
use crate::diag::Code;
use crate::model::body::IndicatorLine;
use crate::model::{Cite, Indicator, RawRef, Tlp};
use crate::text::Span;
use std::ops::Range;

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
            if label::first(self.text).is_some() {
                self.bad_mark(0..self.text.len(), "a comment marks nothing".to_owned());
            }
            return;
        }
        let end = self
            .text
            .find(char::is_whitespace)
            .unwrap_or(self.text.len());
        let (word, rest) = self.text.split_at(end);
        let note = rest.trim_start();
        let from = self.text.len() - note.len();
        let (note, from) = match note.strip_prefix('#') {
            Some(note) => (note, from + 1),
            None => (note, from),
        };
        let commented = from > 0 && self.text.as_bytes().get(from - 1) == Some(&b'#');
        let first = self.walk.cites.len();
        let (note, tlp) = self.note(note, from);
        let count = self.walk.cites.len() - first;
        let span = self.span(0..self.text.len());
        let Some(indicator) = Indicator::from_text(word) else {
            self.walk.cites.truncate(first);
            let (message, help) = fault(word, self.text);
            self.walk
                .problems
                .report(Code::BadIndicator, self.span(0..end), message, help);
            return;
        };
        if !commented && !note.is_empty() {
            self.walk.problems.report(
                Code::BadIndicator,
                self.span(from..self.text.len()),
                "words after an indicator",
                "one indicator stands on a line; write `#` before a note",
            );
        }
        self.walk.body.indicators.push(IndicatorLine {
            indicator,
            note,
            first: offset(first),
            count: offset(count),
            tlp,
            span,
        });
    }

    /// Reads the note: takes its citations and its mark out of it.
    fn note(&mut self, text: &str, from: usize) -> (String, Option<Tlp>) {
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
                Err((message, help)) => self.bad_citation(from + at..from + done, &message, &help),
            }
        }
        rest.push_str(&text[done..]);
        let rest = collapse(&without_comments(&rest));
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
            return (note, Some(Tlp::Red));
        }
        (note, if misplaced { Some(Tlp::Red) } else { tlp })
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

    fn bad_citation(&mut self, range: Range<usize>, message: &str, help: &str) {
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

const TYPES: &str = "an indicator is an IPv4 or IPv6 address, a domain, a URL, an e-mail address, an MD5, SHA-1 or SHA-256, a CVE or a wallet address";

/// What is wrong with a line that is no indicator, and the likely mistake.
fn fault(word: &str, line: &str) -> (String, String) {
    let message = format!("`{}` is no indicator", cite::short(word));
    let plain = word.replace(['[', ']', '(', ')'], "");
    let hex = plain.bytes().all(|byte| byte.is_ascii_hexdigit());
    let numbers = plain.split('.').count() == 4
        && plain
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let mistake = if label::first(word).is_some() {
        "a line's mark stands at its end, after the note"
    } else if hex && plain.len() >= 24 {
        return (
            message,
            format!(
                "it has {} hexadecimal digits; an MD5 has 32, a SHA-1 40, a SHA-256 64",
                plain.len()
            ),
        );
    } else if numbers {
        "every part of an IPv4 address is a number from 0 to 255 without leading zeros"
    } else if plain.to_ascii_lowercase().starts_with("cve") {
        "a CVE is written `CVE-2017-0144`"
    } else if plain.contains('/') && !plain.contains("://") {
        "a URL needs its scheme: `hxxps://…`"
    } else if plain.contains(':') && plain.contains('.') && !plain.contains('/') {
        "a port belongs to a URL: `tcp://host:port`"
    } else if plain.starts_with("bc1") || (plain.len() >= 26 && !plain.contains('.')) {
        "if it is a wallet address, its checksum does not fit: look for a mistyped character"
    } else if line.contains(' ') && !plain.contains('.') {
        "write words after `#`: `1.2.3.4  # note`"
    } else if plain.contains('.') {
        "a file is named in the text; of a file the hash is an indicator"
    } else {
        return (message, TYPES.to_owned());
    };
    (message, format!("{mistake}; {TYPES}"))
}
