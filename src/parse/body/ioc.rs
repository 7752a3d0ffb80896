//! `ioc` blocks: `indicator  # note (TLP:AMBER) [@source]` on every line; a hash may stand with its file.

use super::super::label::{self, bracket};
use super::cite;
use super::mark;
use super::walk::collapse;
use super::walk::{Piece, Walk, offset, place};
use crate::diag::Code;
use crate::model::body::IndicatorLine;
use crate::model::indicator::is_file_or_domain;
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
        let (note, tlp) = self.note(self.text.get(from..).unwrap_or(""), from);
        let tlp = if labelled { Some(Tlp::Red) } else { tlp };
        let count = self.walk.cites.len() - first;
        let span = self.span(0..self.text.len());
        // A mark among words is told already.
        if !found.told && !note.is_empty() && label::first(&note).is_none() {
            self.walk.problems.report(
                Code::BadIndicator,
                self.span(from..self.text.len()),
                "words after an indicator",
                "one indicator stands on a line; write `#` before a note",
            );
        }
        self.walk.body.indicators.push(IndicatorLine {
            indicator: found.indicator,
            file: found.file,
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
        let shown = without_comments(&rest);
        let labels = |text: &str| label::all(text).count();
        if shown.len() < rest.len() && labels(&rest) > labels(&shown) {
            self.bad_mark(from..from + text.len(), LINE_MARK.to_owned());
            misplaced = true;
        }
        let rest = collapse(&shown);
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

/// What stands on a line before its note.
struct Found {
    indicator: Indicator,
    /// The file of which the indicator is the hash.
    file: Option<Indicator>,
    /// Where the indicator ends.
    end: usize,
    /// Where the note begins, after the sign that tells.
    note: usize,
    /// Whether a sign tells that a note begins.
    told: bool,
}

/// Signs between an indicator and its note, or between a hash and the name of its file.
const ASIDES: [&str; 7] = [" - ", " – ", " — ", " // ", " | ", "\t", "  "];

impl Found {
    fn of(text: &str) -> Option<Found> {
        let start = marker(text);
        let end = head(text);
        let head = text.get(start..end)?.trim_end();
        let hash = text[end..].starts_with('#');
        let note = if hash { end + 1 } else { end };
        let alone = |indicator, file| Found {
            indicator,
            file,
            end: start + head.len(),
            note,
            told: hash,
        };
        if let Some((indicator, file)) = pairs(head) {
            return Some(alone(indicator, Some(file)));
        }
        if let Some(indicator) = Indicator::from_text(head) {
            return Some(alone(indicator, None));
        }
        let within = |at: usize, sign: &str| {
            let indicator = Indicator::from_text(&head[..at])?;
            let rest = &head[at + sign.len()..];
            Some(Found {
                indicator,
                file: None,
                end: start + at,
                note: start + at + sign.len(),
                told: !sign.trim().is_empty() && Indicator::from_text(rest).is_none(),
            })
        };
        if let Some(found) = asides(head).find_map(|(at, sign)| within(at, sign)) {
            return Some(found);
        }
        // `CVE-2023-4966 (CitrixBleed)`.
        if head.ends_with(')')
            && let Some(at) = head.find(" (")
            && let Some(found) = within(at, " ")
        {
            return Some(Found {
                told: true,
                ..found
            });
        }
        let word = first_word(head);
        within(word.trim_end().len(), "")
    }
}

/// A hash and the name of its file, in either order: `d41d… - x.exe`, `d41d…  x.exe`, `d41d… *x.exe`,
/// `x.exe: d41d…`.
fn pairs(head: &str) -> Option<(Indicator, Indicator)> {
    let spaces = [head.find(' '), head.rfind(' ')].into_iter().flatten();
    let spaces = spaces.map(|at| (at, " "));
    let colon = head.find(": ").map(|at| (at, ": "));
    asides(head)
        .chain(spaces)
        .chain(colon)
        .find_map(|(at, sign)| {
            let (left, right) = (&head[..at], head[at + sign.len()..].trim_start());
            let hash = |text| Indicator::from_text(text).filter(|it| it.kind.is_file_hash());
            let file =
                |text: &str| Indicator::file_from_text(text.strip_prefix('*').unwrap_or(text));
            let forth = || Some((hash(left)?, file(right)?));
            let back = || Some((hash(right)?, file(left)?));
            forth().or_else(back)
        })
}

/// Every place in a text where what is told may end.
fn asides(text: &str) -> impl Iterator<Item = (usize, &'static str)> + '_ {
    let mut all: Vec<(usize, &'static str)> = ASIDES
        .into_iter()
        .flat_map(|sign| text.match_indices(sign).map(move |(at, _)| (at, sign)))
        .collect();
    all.sort_unstable();
    // A line of very many is no indicator at all.
    all.truncate(16);
    all.into_iter()
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

const TYPES: &str = "an indicator is an address, a hash, a file or path, a registry key, a CVE or a wallet; where its look does not tell, say its type: `mutex: …`, `pipe: …`, `ja3: …`, `user-agent: …`, `file: …`";

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
    } else if Indicator::states_type(word) {
        "what stands after the colon is not of the type that the word before it says"
    } else if hex && plain.len() >= 16 {
        return (
            message,
            format!(
                "it has {} hexadecimal digits; an MD5 has 32, a SHA-1 40, a SHA-224 56, a SHA-256 64, a SHA-384 96, a SHA-512 128",
                plain.len()
            ),
        );
    } else if is_file_or_domain(word) {
        return (
            message,
            format!(
                "it may be a file or a domain: write `file: {word}`, or defanged, `[.]`, if it is a domain"
            ),
        );
    } else if is_attack_id(&plain) {
        return (
            message,
            "ids of ATT&CK are no indicators: name them in the text, or as `attack` under `external_ids`".to_owned(),
        );
    } else if plain.starts_with("T1") && plain.len() > 50 {
        "a TLSH is `T1` and 70 hexadecimal digits"
    } else if plain.contains('@') {
        "an account is named in the text, or by its address: `hxxps://t[.]me/name`"
    } else if word.contains([',', ';']) {
        "one indicator stands on a line"
    } else if numbers {
        "every part of an IPv4 address is a number from 0 to 255 without leading zeros"
    } else if plain.to_ascii_lowercase().starts_with("cve") {
        "a CVE is written `CVE-2017-0144`"
    } else if plain.contains(['/', '\\']) && !plain.contains("://") {
        "if it is a file, write `file: …`; if an address, its host needs a domain or an IP address"
    } else if plain.starts_with("bc1") || (plain.len() >= 26 && !plain.contains('.')) {
        "if it is a wallet address, its checksum does not fit: look for a mistyped character"
    } else if line.contains(' ') && !plain.contains('.') {
        return (
            message,
            format!("write words after `#`: `1.2.3.4  # note`; {TYPES}"),
        );
    } else if plain.contains('.') {
        "if it is a file, write `file: …`"
    } else {
        return (message, TYPES.to_owned());
    };
    (message, mistake.to_owned())
}

/// `T1059`, `T1059.001`, `G0082`, `S0154`, `TA0001`, `M1036`.
fn is_attack_id(text: &str) -> bool {
    let id = text.trim_start_matches(['T', 'A', 'G', 'S', 'M', 'C']);
    let (id, sub) = id.split_once('.').unwrap_or((id, "001"));
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    text.starts_with(['T', 'G', 'S', 'M', 'C']) && digits(id, 4) && digits(sub, 3)
}
