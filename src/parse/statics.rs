//! Labels in a file that is published beside the pages, and in its name.
//!
//! Takes a text that no Markdown is read of, or the words in what is no text, and the audience that gets it; gives the first label above it.
//! There is nothing that quotes a label in such a file: whatever reads as one counts. Never decides what is to
//! be done about it.

use super::label::{self, Label, Reading};
use crate::load::Words;
use crate::model::{Schemes, Tlp};
use crate::text::Span;
use std::borrow::Cow;
use std::ops::Range;

/// A label above the audience of its file's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Above {
    /// The marking that it says; of one that cannot be read none.
    pub tlp: Option<Tlp>,
    /// As it is written.
    pub written: String,
    /// Where it stands, in a file that is UTF-8.
    pub span: Option<Span>,
}

/// The first label in the words of a file, by its name, that is above an audience.
#[must_use]
pub fn above_in(name: &str, words: &Words, audience: Tlp) -> Option<Above> {
    match words {
        Words::Text(text) if is_of_columns(name) => {
            above(text.bytes(), audience).or_else(|| above_in_column(text.bytes(), audience))
        }
        Words::Text(text) => above(text.bytes(), audience),
        Words::Within(text) => above_within(text.bytes(), audience),
        Words::TooLong | Words::None => None,
    }
}

/// The highest marking that the words of a file say, by its name.
#[must_use]
pub fn highest_in(name: &str, words: &Words) -> Option<Tlp> {
    let (Words::Text(text) | Words::Within(text)) = words else {
        return None;
    };
    text.says(|_| {
        let mut highest = None;
        // It is above the one before each time.
        while let Some(above) = above_in(name, words, highest.unwrap_or(Tlp::Clear)) {
            highest = above.tlp.or(Some(Tlp::Red));
        }
        highest
    })
}

/// Whether a file is a table by its name.
fn is_of_columns(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or(name);
    ["csv", "tsv", "tab", "psv", "txt"]
        .iter()
        .any(|it| ending.eq_ignore_ascii_case(it))
}

/// The first label in a text, in UTF-8, UTF-16 or of one byte a sign, that is above an audience.
#[must_use]
pub fn above(bytes: &[u8], audience: Tlp) -> Option<Above> {
    above_where(bytes, audience, |_, _| true)
}

/// The first of those for which `counts` holds, given the text and their bytes.
#[must_use]
pub fn above_where(
    bytes: &[u8],
    audience: Tlp,
    counts: impl Fn(&str, Range<usize>) -> bool,
) -> Option<Above> {
    let text = decoded(bytes);
    let above = |label: &Label| label.reading.level() > audience;
    let labels = label::in_file(&text);
    let labels = labels.filter(|it| above(it) && counts(&text, it.range.clone()));
    let label = labels.min_by_key(|label| label.range.start)?;
    let in_place = matches!(text, Cow::Borrowed(_));
    Some(Above {
        span: in_place.then(|| Span::new(label.range.start, label.range.end)),
        ..of(&text, &label)
    })
}

/// The same of rows of signs, parted by NUL, which may be mere chance: only colours count.
fn above_within(rows: &[u8], audience: Tlp) -> Option<Above> {
    let rows = rows.split(|byte| *byte == 0);
    let mut rows = rows.filter_map(|row| std::str::from_utf8(row).ok());
    rows.find_map(|row| {
        let known = |reading: Reading| reading.tlp().is_some_and(|tlp| tlp > audience);
        let label = label::in_file(row).find(|label| known(label.reading))?;
        Some(of(row, &label))
    })
}

/// A label as it is written, wherever it stands.
fn of(text: &str, label: &Label) -> Above {
    let written = text.get(label.range.clone()).unwrap_or("");
    Above {
        tlp: label.reading.tlp(),
        written: written.split_whitespace().collect::<Vec<_>>().join(" "),
        span: None,
    }
}

/// The first line of a text that begins with a mark of another scheme, or is one.
#[must_use]
pub fn other_marking(bytes: &[u8], others: &Schemes) -> Option<Above> {
    let text = decoded(bytes);
    let line = text.lines().find(|line| label::marks_line(line, others))?;
    let start = line.as_ptr().addr() - text.as_ptr().addr();
    let in_place = matches!(text, Cow::Borrowed(_));
    Some(Above {
        tlp: None,
        written: line.chars().take(40).collect(),
        span: in_place.then(|| Span::new(start, start + line.len())),
    })
}

/// The highest marking that a text says.
#[must_use]
pub fn highest(bytes: &[u8]) -> Option<Tlp> {
    let text = decoded(bytes);
    let labels = label::in_file(&text);
    labels.map(|label| label.reading.level()).max()
}

/// The marking that a name says, of a file or of the folders that it lies in.
#[must_use]
pub fn in_name(path: &str) -> Option<Tlp> {
    label::in_name(path)
}

/// The first colour above an audience in a column of values that its head calls by the name of TLP.
fn above_in_column(bytes: &[u8], audience: Tlp) -> Option<Above> {
    let text = decoded(bytes);
    if !label::holds_tlp(&text) {
        return None;
    }
    let signs = [b',', b';', b'\t', b'|'].into_iter();
    let found = signs.filter_map(|sign| in_column(&text, sign, audience));
    let (start, reading, written) = found.min_by_key(|(start, ..)| *start)?;
    let start = (start..text.len()).find(|&at| text.is_char_boundary(at));
    // A cell in which quotation marks are doubled is not written as it reads.
    let at = start.and_then(|start| Some(start + text.get(start..)?.find(&*written)?));
    let at = at.filter(|_| matches!(text, Cow::Borrowed(_)));
    Some(Above {
        tlp: reading.tlp(),
        span: at.map(|at| Span::new(at, at + written.len())),
        written,
    })
}

/// A byte of the row before it, the reading and the words of the first such colour, where this sign parts columns.
fn in_column(text: &str, sign: u8, audience: Tlp) -> Option<(usize, Reading, String)> {
    let mut rows = csv::ReaderBuilder::new();
    let rows = rows.delimiter(sign).has_headers(false).flexible(true);
    let mut rows = rows.from_reader(text.as_bytes());
    // What another sign would part is no head of one column.
    let is_head = |cell: &str| {
        let alone = cell.len() < 40 && !cell.contains([',', ';', '\t', '|']);
        alone && label::holds_tlp(cell) && label::heads_tlp(cell)
    };
    let mut columns: Vec<usize> = Vec::new();
    for row in rows.records() {
        let row = row.ok()?;
        let heads: Vec<usize> = (0..)
            .zip(&row)
            .filter(|(_, cell)| is_head(cell))
            .map(|(at, _)| at)
            .collect();
        if !heads.is_empty() {
            columns = heads;
            continue;
        }
        for &column in &columns {
            let Some(cell) = row.get(column) else {
                continue;
            };
            let reading = label::colour_in_column(cell);
            if let Some(reading) = reading.filter(|it| it.level() > audience) {
                // Not before the cells that stand before it.
                let before: usize = row.iter().take(column).map(|cell| cell.len() + 1).sum();
                let start = row.position().map_or(0, |it| it.byte());
                let from = usize::try_from(start).ok()? + before;
                return Some((from, reading, cell.trim().to_owned()));
            }
        }
    }
    None
}

/// The text; signs of no width that UTF-16 without a mark of its order is full of are left out.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let unit = |pair: &[u8], big: bool| match (pair, big) {
        ([high, low], true) | ([low, high], false) => u16::from_be_bytes([*high, *low]),
        _ => 0xfffd,
    };
    let wide = |bytes: &[u8], big: bool| {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| unit(pair, big)).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, false),
        [0xfe, 0xff, rest @ ..] => wide(rest, true),
        _ => match String::from_utf8_lossy(bytes) {
            text if text.contains('\0') => Cow::Owned(text.replace('\0', "")),
            text => text,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_above_the_audience_is_found_in_whatever_text() {
        let wide = |text: &str, mark: bool| -> Vec<u8> {
            let mark = mark.then_some(0xfeff).into_iter();
            let units = mark.chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        };
        let found = |bytes: &[u8], audience| above(bytes, audience).map(|above| above.written);
        for (text, is) in [
            ("a (TLP:AMBER) b", Some("TLP:AMBER")),
            ("TLP: RED", Some("TLP: RED")),
            ("<p>TLP:RED</p>", Some("TLP:RED")),
            ("{\"marking\": \"TLP:AMBER\"}", Some("TLP:AMBER")),
            ("# tlp-red\nx", Some("tlp-red")),
            ("[TLP:PURPLE] x", Some("TLP:PURPLE")),
            ("TLP:GREEN and TLP:CLEAR", None),
            ("a tulip:red", None),
        ] {
            assert_eq!(found(text.as_bytes(), Tlp::Green).as_deref(), is, "{text}");
            assert_eq!(
                found(&wide(text, true), Tlp::Green).as_deref(),
                is,
                "{text}"
            );
            assert_eq!(
                found(&wide(text, false), Tlp::Green).as_deref(),
                is,
                "{text}"
            );
        }
        assert_eq!(
            found(b"caf\xe9 TLP:RED", Tlp::Amber).as_deref(),
            Some("TLP:RED")
        );
        assert_eq!(found(b"TLP:AMBER", Tlp::Amber), None);
        assert_eq!(
            above(b"\nTLP:RED", Tlp::Clear).and_then(|it| it.span),
            Some(Span::new(1, 8))
        );
    }

    #[test]
    fn a_column_of_colours_is_read() {
        let found = |text: &str| above_in_column(text.as_bytes(), Tlp::Green);
        for (text, written) in [
            ("what,TLP\na,GREEN\nb,AMBER\n", "AMBER"),
            ("what;\"TLP level\"\n\"a;b\";amber\n", "amber"),
            ("TLP\twhat\nRED\tx\n", "RED"),
            ("TLP\nA\n", "A"),
            ("\u{feff}TLP,a\r\nAMBER+STRICT,b\r\n", "AMBER+STRICT"),
            ("an export of today\na|tlp\nx|Red\n", "Red"),
            ("a,tlp\nx,purple\n", ""),
            ("a,tlp\nx,CLEAR\ny,\n", ""),
            ("colour,TLP\nAMBER,GREEN\n", ""),
            ("colour\nAMBER\n", ""),
        ] {
            let is = found(text).map(|it| it.written).unwrap_or_default();
            assert_eq!(is, written, "{text:?}");
        }
        let span = found("a,tlp\nRED AMBER,AMBER\n").and_then(|it| it.span);
        assert_eq!(span, Some(Span::new(16, 21)));
    }
}
