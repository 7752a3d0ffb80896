//! Labels in a file that is published beside the pages, and in its name.
//!
//! Takes a text that no Markdown is read of, or the words in what is no text, and the audience that gets it; gives the first label above it.
//! There is nothing that quotes a label in such a file: whatever reads as one counts. Never decides what is to
//! be done about it.

mod json;

mod keys;

mod pdf;

use super::label::{self, Label, Reading};
use crate::load::Words;
use crate::model::{Schemes, Tlp};
use crate::text::Span;
use memchr::memmem;
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
        Words::Text(text) => above(text.bytes(), audience)
            .or_else(|| {
                is_of_columns(name).then(|| above_in_column(name, text.bytes(), audience))?
            })
            .or_else(|| above_in_pieces(name, text.bytes(), audience))
            .or_else(|| above_within(text.bytes(), audience).filter(|_| pdf::is_one(text.bytes()))),
        Words::Within(text) => above_within(text.bytes(), audience),
        Words::TooLong | Words::Changed | Words::None => None,
    }
}

/// The highest marking that the words of a file say, by its name.
#[must_use]
pub fn highest_in(name: &str, words: &Words) -> Option<Tlp> {
    match words {
        Words::Text(text) => text.says(|bytes| {
            let columns = is_of_columns(name).then(|| highest_in_column(name, bytes));
            let coded = pdf::is_one(bytes).then(|| highest_within(bytes));
            let pieces = highest_in_pieces(name, bytes);
            highest(bytes)
                .max(columns.flatten())
                .max(pieces)
                .max(coded.flatten())
        }),
        Words::Within(text) => text.says(highest_within),
        Words::TooLong | Words::Changed | Words::None => None,
    }
}

/// Whether a file is a table by its name.
fn is_of_columns(name: &str) -> bool {
    ends_in(name, &["csv", "tsv", "tab", "psv", "txt"])
}

/// Whether a file is one of data by its name: whatever stands in it under a name is the value of that.
fn is_of_data(name: &str) -> bool {
    ends_in(
        name,
        &[
            "cfg",
            "conf",
            "csv",
            "env",
            "ini",
            "json",
            "json5",
            "jsonl",
            "ndjson",
            "plist",
            "properties",
            "psv",
            "rdf",
            "stix",
            "tab",
            "toml",
            "tsv",
            "xml",
            "xmp",
            "yaml",
            "yml",
        ],
    )
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit('.').next().unwrap_or(name);
    endings.iter().any(|it| ending.eq_ignore_ascii_case(it))
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
    let labels = label::in_file(&text);
    let above = labels.filter(|label| label.reading.level() > audience);
    let mut above: Vec<Label> = above.collect();
    above.sort_by_key(|label| label.range.start);
    let mut above = above.into_iter();
    let label = above.find(|label| counts(&text, label.range.clone()))?;
    let in_place = matches!(text, Cow::Borrowed(_));
    Some(Above {
        span: in_place.then(|| Span::new(label.range.start, label.range.end)),
        ..of(&text, &label)
    })
}

/// The same of rows of signs.
fn above_within(rows: &[u8], audience: Tlp) -> Option<Above> {
    let mut labels = within(rows);
    let (row, label) = labels.find(|(_, label)| label.reading.level() > audience)?;
    Some(of(&row, &label))
}

/// The labels in rows of signs, parted by NUL, which may be mere chance: only colours count.
fn within(rows: &[u8]) -> impl Iterator<Item = (Cow<'_, str>, Label)> {
    let coded = pdf::is_one(rows).then(|| pdf::strings(rows));
    let coded = coded.into_iter().flatten().map(Cow::Owned);
    let rows = rows.split(|byte| *byte == 0);
    let rows = rows.filter_map(|row| std::str::from_utf8(row).ok());
    let rows = rows.map(Cow::Borrowed).chain(coded);
    let labels = rows.flat_map(|row| {
        let labels: Vec<Label> = label::in_file(&row).collect();
        labels.into_iter().map(move |label| (row.clone(), label))
    });
    labels.filter(|(_, label)| label.reading.tlp().is_some())
}

fn highest_within(rows: &[u8]) -> Option<Tlp> {
    within(rows).map(|(_, label)| label.reading.level()).max()
}

/// A label as it is written, wherever it stands.
fn of(text: &str, label: &Label) -> Above {
    let written = label::without_markup(text.get(label.range.clone()).unwrap_or(""));
    Above {
        tlp: label.reading.tlp(),
        written: written.split_whitespace().collect::<Vec<_>>().join(" "),
        span: None,
    }
}

/// The first line of a text that begins with a mark of another scheme, or is one; a colour alone only where a text
/// is headed by it or ends with it.
#[must_use]
pub fn other_marking(bytes: &[u8], others: &Schemes) -> Option<Above> {
    let text = decoded(bytes);
    // In brackets at the head of any line colours are what programs print: `[RED]`.
    let marks = |line: &&str| {
        let portion = label::is_headed_by(line, |it| others.is_colour_in_brackets(it));
        !portion && label::marks_line(line, others)
    };
    // `"marking": "AMBER",`
    let keyed = |line: &&str| {
        let mut pieces = line.split([',', '{', '}', '[', ']']);
        line.contains('"') && pieces.any(|piece| others.is_headed(piece.replace('"', "").trim()))
    };
    let said = |line: &&str| !line.trim().is_empty();
    let ends = [text.lines().find(said), text.lines().rfind(said)];
    let banner = |line: &&str| others.is_colour(line) || label::marks_line(line, others);
    let banner = ends.into_iter().flatten().find(banner);
    let line = banner.or_else(|| text.lines().find(|line| marks(line) || keyed(line)))?;
    let start = line.as_ptr().addr() - text.as_ptr().addr();
    let in_place = matches!(text, Cow::Borrowed(_));
    Some(Above {
        tlp: None,
        written: line.chars().take(40).collect(),
        span: in_place.then(|| Span::new(start, start + line.len())),
    })
}

/// The same of a file, by its name: in a table also a mark in a column that its head calls one of markings.
#[must_use]
pub fn other_marking_in(name: &str, bytes: &[u8], others: &Schemes) -> Option<Above> {
    let in_columns = || is_of_columns(name).then(|| other_marking_in_column(bytes, others));
    other_marking(bytes, others).or_else(|| in_columns()?)
}

/// The same of the words that a drawing shows, a line each. A colour alone may be one of those that it explains.
#[must_use]
pub fn other_marking_in_drawing(words: &str, others: &Schemes) -> Option<Above> {
    let line = words
        .lines()
        .find(|line| label::marks_line(line.trim(), others))?;
    Some(Above {
        tlp: None,
        written: line.trim().chars().take(40).collect(),
        span: None,
    })
}

/// So many rows may stand before the head of a table.
const MOST_BEFORE_HEAD: usize = 20;

/// The first row of a table that is marked so.
fn other_marking_in_column(bytes: &[u8], others: &Schemes) -> Option<Above> {
    let text = decoded(bytes);
    if others.are_none() {
        return None;
    }
    let marked = |sign: &u8| {
        let mut columns: Vec<usize> = Vec::new();
        let mut rows = (0..).zip(rows_of(&text, *sign));
        rows.find_map(|(number, row)| {
            let cells = (0..).zip(&row).filter(|_| number < MOST_BEFORE_HEAD);
            let heads =
                cells.filter(|(_, cell)| others.heads(&label::joined(cell).replace('-', " ")));
            let heads: Vec<usize> = heads.map(|(at, _)| at).collect();
            if !heads.is_empty() {
                columns = heads;
                return None;
            }
            let mut cells = columns.iter().filter_map(|at| row.get(*at));
            let marked = cells.any(|cell| others.is_marking_below(cell));
            usize::try_from(row.position().filter(|_| marked)?.byte()).ok()
        })
    };
    let start = SEPARATORS.iter().filter_map(marked).min()?;
    let start = (start..text.len()).find(|&at| text.is_char_boundary(at))?;
    let row = text.get(start..)?.trim_start().lines().next()?;
    let start = row.as_ptr().addr() - text.as_ptr().addr();
    let in_place = matches!(text, Cow::Borrowed(_));
    Some(Above {
        tlp: None,
        written: row.chars().take(40).collect(),
        span: in_place.then(|| Span::new(start, start + row.len())),
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
fn above_in_column(name: &str, bytes: &[u8], audience: Tlp) -> Option<Above> {
    let text = decoded(bytes);
    if !may_name_tlp(&text) {
        return None;
    }
    let above = |(_, reading, _): &(usize, Reading, String)| reading.level() > audience;
    let found = SEPARATORS.iter();
    let found = found.filter_map(|sign| in_columns(&text, *sign, is_of_data(name)).find(above));
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

/// The highest colour in such columns.
fn highest_in_column(name: &str, bytes: &[u8]) -> Option<Tlp> {
    let text = decoded(bytes);
    if !may_name_tlp(&text) {
        return None;
    }
    let found = SEPARATORS
        .iter()
        .flat_map(|sign| in_columns(&text, *sign, is_of_data(name)));
    found.map(|(_, reading, _)| reading.level()).max()
}

/// Whether a key or a head of columns in a text may name the protocol.
fn may_name_tlp(text: &str) -> bool {
    let light = memmem::find(text.as_bytes(), b"ight").is_some();
    // In JSON a letter may be written as its number.
    light || text.contains("\\u") || label::holds_tlp(text)
}

/// The first marking above an audience that a text says in two pieces.
fn above_in_pieces(name: &str, bytes: &[u8], audience: Tlp) -> Option<Above> {
    let mut pieces = in_pieces(name, bytes).into_iter();
    let (reading, written) = pieces.find(|(reading, _)| reading.level() > audience)?;
    Some(Above {
        tlp: reading.tlp(),
        written,
        span: None,
    })
}

/// The highest of them.
fn highest_in_pieces(name: &str, bytes: &[u8]) -> Option<Tlp> {
    let pieces = in_pieces(name, bytes).into_iter();
    pieces.map(|(reading, _)| reading.level()).max()
}

/// The highest marking that stands in a text as the value of a key: `tlp = "RED"`.
pub(super) fn keyed(text: &str) -> Option<Reading> {
    let keyed = keys::in_lines(text, false).into_iter();
    keyed
        .map(|(reading, _)| reading)
        .max_by_key(|reading| reading.level())
}

/// What a text says in a key, a tag or an attribute and the value of it.
fn in_pieces(name: &str, bytes: &[u8]) -> Vec<(Reading, String)> {
    let text = decoded(bytes);
    if !may_name_tlp(&text) {
        return Vec::new();
    }
    let json = json::markings(&text);
    if !json.is_empty() {
        return json;
    }
    let data = is_of_data(name);
    let mut pieces = keys::in_tags(&text, data);
    // What stands in tags, and in JSON, is no line of keys.
    let lines = !ends_in(name, &["csv", "json", "psv", "tab", "tsv", "xml"]);
    pieces.extend(
        lines
            .then(|| keys::in_lines(&text, data))
            .into_iter()
            .flatten(),
    );
    pieces
}

/// What may part columns.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of a table in which this sign parts columns, its head among them.
fn rows_of(text: &str, sign: u8) -> impl Iterator<Item = csv::StringRecord> {
    let mut rows = csv::ReaderBuilder::new();
    let rows = rows.delimiter(sign).has_headers(false).flexible(true);
    let rows = rows.from_reader(text.as_bytes()).into_records();
    rows.map_while(Result::ok)
}

/// Of each such colour a byte before it, its reading and its words, where this sign parts columns.
fn in_columns(text: &str, sign: u8, data: bool) -> impl Iterator<Item = (usize, Reading, String)> {
    // What another sign would part is no head of one column.
    let is_head = |cell: &str| !cell.contains([',', ';', '\t', '|']) && label::heads_tlp(cell);
    // Of each whether it holds labels and nothing else.
    let mut columns: Vec<(usize, bool)> = Vec::new();
    rows_of(text, sign).flat_map(move |row| {
        let cells = (0..).zip(&row);
        let heads = cells.filter(|(_, cell)| is_head(cell));
        let heads = heads.map(|(at, cell)| (at, label::is_name_of_level(cell)));
        let heads: Vec<(usize, bool)> = heads.collect();
        let colour = |&(column, labels): &(usize, bool)| {
            let cell = row.get(column)?;
            let reading = match labels {
                true if data => label::under_name(cell)?,
                true => label::readable_under_name(cell)?,
                false => label::colour_in_column(cell)?,
            };
            // Not before the cells that stand before it.
            let before: usize = row.iter().take(column).map(|cell| cell.len() + 1).sum();
            let start = row.position().map_or(0, |it| it.byte());
            let from = usize::try_from(start).ok()? + before;
            Some((from, reading, cell.trim().to_owned()))
        };
        if heads.is_empty() {
            return columns.iter().filter_map(colour).collect();
        }
        columns = heads;
        Vec::new()
    })
}

/// The text; signs of no width that UTF-16 without a mark of its order is full of are left out. What begins
/// with such a mark may be something else: it is read by single bytes as well.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let unit = |pair: &[u8], big: bool| match (pair, big) {
        ([high, low], true) | ([low, high], false) => u16::from_be_bytes([*high, *low]),
        _ => 0xfffd,
    };
    let wide = |bytes: &[u8], big: bool| {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| unit(pair, big)).collect();
        let narrow = String::from_utf8_lossy(bytes).replace('\0', "");
        Cow::Owned(String::from_utf16_lossy(&units) + "\n" + &narrow)
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, false),
        [0xfe, 0xff, rest @ ..] => wide(rest, true),
        _ => match String::from_utf8_lossy(bytes) {
            // In UTF-16 every other sign is one; where they are few they part words.
            text if text.contains('\0') => {
                let narrow = text.replace('\0', "");
                match (text.len() - narrow.len()) * 3 < text.len() {
                    true => Cow::Owned(narrow + "\n" + &text.replace('\0', " ")),
                    false => Cow::Owned(narrow),
                }
            }
            text => text,
        },
    };
    match text.contains("\u{1b}[") {
        true => Cow::Owned(uncoloured(&text)),
        false => text,
    }
}

/// A text without what colours it on a terminal (ECMA-48, SGR).
fn uncoloured(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut plain = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        plain.push_str(rest.strip_prefix('m').unwrap_or(piece));
    }
    plain
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
            ("TLP:<b>AMBER</b> x", Some("TLP:AMBER")),
            ("TLP&nbsp;AMBER x", Some("TLP AMBER")),
            ("(.tlp-red) x", Some("tlp-red")),
            ("x\n(TLP-RED.md) y", Some("TLP-RED")),
            ("TLP:GREEN and TLP:CLEAR", None),
            ("\u{1b}[31mTLP:RED\u{1b}[0m x", Some("TLP:RED")),
            ("x (TLP-RED.md) y", None),
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
        for bytes in [
            b"\xff\xfe\x01x TLP:RED\x02".as_slice(),
            b"\xfe\xff\0TLP:RED",
        ] {
            assert_eq!(found(bytes, Tlp::Amber).as_deref(), Some("TLP:RED"));
        }
        assert_eq!(found(b"TLP:AMBER", Tlp::Amber), None);
        assert_eq!(
            above(b"\nTLP:RED", Tlp::Clear).and_then(|it| it.span),
            Some(Span::new(1, 8))
        );
    }

    #[test]
    fn the_highest_marking_is_told_wherever_it_stands() {
        let png = b"\x89PNG\x01 TLP:GREEN \x02 TLP:XYZ \xff TLP:RED. \xfe TLP:AMBER";
        for (name, bytes, is) in [
            (
                "a.csv",
                b"TLP:AMBER,tlp\nx,RED\ny,GREEN\n".as_slice(),
                Some(Tlp::Red),
            ),
            ("a.csv", b"a;tlp\nx;GREEN\nTLP:AMBER;\n", Some(Tlp::Amber)),
            ("a.csv", b"a|tlp\nx|GREEN\ny|A\n", Some(Tlp::Amber)),
            ("a.log", b"a,tlp\nx,RED\n", None),
            ("a.md", b"TLP:GREEN TLP:AMBER TLP:PURPLE", Some(Tlp::Red)),
            ("a.png", png, Some(Tlp::Red)),
            ("a.png", b"\x89PNG\x01 TLP:XYZ \xff", None),
        ] {
            let info = crate::load::FileInfo::of(name, bytes);
            assert_eq!(highest_in(name, info.words.get()), is, "{name} {bytes:?}");
        }
    }

    #[test]
    fn a_nul_parts_words_too() {
        let found = above(b"x\0TLP:RED", Tlp::Green).map(|above| above.written);
        assert_eq!(found.as_deref(), Some("TLP:RED"));
    }

    #[test]
    fn a_column_of_colours_is_read() {
        let found = |text: &str| above_in_column("a.csv", text.as_bytes(), Tlp::Green);
        for (text, written) in [
            ("what,TLP\na,GREEN\nb,AMBER\n", "AMBER"),
            ("what;\"TLP level\"\n\"a;b\";amber\n", "amber"),
            ("TLP\twhat\nRED\tx\n", "RED"),
            ("TLP\nA\n", "A"),
            ("\u{feff}TLP,a\r\nAMBER+STRICT,b\r\n", "AMBER+STRICT"),
            ("an export of today\na|tlp\nx|Red\n", "Red"),
            ("what,TLPLevel\na,AMBER\n", "AMBER"),
            ("what,Traffic Light Protocol\na,RED\n", "RED"),
            ("a,tlp\nx,purple\n", "purple"),
            ("a,tlp\nx,amb\n", "amb"),
            ("a,tlp\nx,2\n", "2"),
            ("a,tlp notes\nx,purple\n", ""),
            ("a,tlp\nx,n/a\n", ""),
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
