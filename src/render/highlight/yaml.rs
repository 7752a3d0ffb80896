//! YAML, line by line: takes any document, gives keys, scalars, blocks, flow
//! collections, anchors and tags; knows no schema. A [`Dialect`] decides how
//! keys and scalars look, which is how Sigma is YAML and more.

use super::{
    Class::{self, *},
    pen::Pen,
    region::{quote, raw},
};

/// How a language written in YAML colours its keys and scalars.
pub(super) struct Dialect {
    /// Writes a key, quotes and all.
    pub(super) key: fn(&mut Pen, &Place),
    /// Writes a scalar, all that the pen holds.
    pub(super) scalar: fn(&mut Pen, &Place),
}

/// Where in the document the pen stands.
#[derive(Default)]
pub(super) struct Place<'c> {
    /// The last key that stood at the very left.
    pub(super) section: &'c str,
    /// The last key.
    pub(super) key: &'c str,
    /// Where that key stands, counted from the left; out of reach within `{`.
    pub(super) column: usize,
    /// Where the first key below the section stands.
    pub(super) child: Option<usize>,
    /// How many `[` and `{` are open.
    flow: usize,
}

/// Colours YAML without a dialect.
pub(super) fn plain(pen: &mut Pen) {
    scan(
        pen,
        &Dialect {
            key: |pen, _| pen.put(Attribute, usize::MAX),
            scalar,
        },
    );
}

/// Colours all that the pen holds.
pub(super) fn scan(pen: &mut Pen, dialect: &Dialect) {
    let mut place = Place::default();
    let mut line = "";
    // Nothing but blanks and bullets yet: a key may stand here.
    let mut head = true;
    pen.each(|pen| {
        if pen.last == '\n' {
            (line, head) = (pen.line(), true);
        }
        match pen.first() {
            Some('\n') => pen.put(Plain, 1),
            Some(c) if c.is_whitespace() => {
                pen.run(Plain, |c| c.is_whitespace() && c != '\n');
            }
            Some('#') if pen.last.is_whitespace() => pen.put(Comment, pen.line().len()),
            Some('[' | ']' | '{' | '}' | ',') if place.flow > 0 => bracket(pen, &mut place),
            _ if place.flow > 0 => flow(pen, &mut place, dialect),
            Some('-' | '.') if pen.last == '\n' && matches!(line.trim_end(), "---" | "...") => {
                pen.put(Metadata, 3);
                place = Place::default();
            }
            Some('%') if pen.last == '\n' => pen.put(Metadata, pen.line().len()),
            Some('-' | '?') if matches!(pen.ahead(1), ' ' | '\n' | '\r' | '\0') => {
                pen.put(Punctuation, 1);
            }
            _ => {
                node(pen, &mut place, dialect, line, head);
                head = false;
            }
        }
    });
}

/// A key with its colon, or what stands where a value may.
fn node<'c>(
    pen: &mut Pen<'c, '_>,
    place: &mut Place<'c>,
    dialect: &Dialect,
    line: &str,
    head: bool,
) {
    if let Some(len) = head.then(|| key_len(pen.line())).flatten() {
        // The line may have been read in part already: its bullets.
        place.column = line.len().saturating_sub(pen.line().len());
        key(pen, place, dialect, len);
        return;
    }
    match pen.first() {
        Some('[' | '{') => bracket(pen, place),
        Some('&' | '*') => pen.run(Variable, |c| !c.is_whitespace()),
        Some('!') => pen.run(Type, |c| !c.is_whitespace()),
        Some('|' | '>') => block_scalar(pen, place, dialect, line),
        Some('"') => write_scalar(
            pen,
            place,
            dialect,
            quote("\"").over_lines().len(pen.rest()),
        ),
        Some('\'') => write_scalar(pen, place, dialect, raw("'", "'").len(pen.rest())),
        _ => {
            let line = pen.line();
            let len = line.find(" #").unwrap_or(line.len());
            let len = line.get(..len).unwrap_or_default().trim_end().len();
            write_scalar(pen, place, dialect, len);
        }
    }
}

fn key<'c>(pen: &mut Pen<'c, '_>, place: &mut Place<'c>, dialect: &Dialect, len: usize) {
    place.key = pen
        .rest()
        .get(..len)
        .unwrap_or_default()
        .trim_matches(['"', '\'']);
    if place.flow > 0 {
        place.column = usize::MAX;
    } else if place.column == 0 {
        place.section = place.key;
        place.child = None;
    } else if place.child.is_none() {
        place.child = Some(place.column);
    }
    pen.within(len, |pen| (dialect.key)(pen, place));
    pen.run(Plain, |c| c == ' ');
    pen.put(Punctuation, 1);
}

fn bracket(pen: &mut Pen, place: &mut Place) {
    match pen.first() {
        Some('[' | '{') => place.flow += 1,
        Some(']' | '}') => place.flow = place.flow.saturating_sub(1),
        _ => {}
    }
    pen.put(Punctuation, 1);
}

fn flow<'c>(pen: &mut Pen<'c, '_>, place: &mut Place<'c>, dialect: &Dialect) {
    if pen.at(":") {
        return pen.put(Punctuation, 1);
    }
    let len = match pen.first() {
        Some('"') => quote("\"").over_lines().len(pen.rest()),
        Some('\'') => raw("'", "'").len(pen.rest()),
        _ => {
            let text = pen.rest();
            let ends = |(at, c): (usize, char)| {
                matches!(c, ',' | '[' | ']' | '{' | '}' | '\n')
                    || (c == ':' && colon_ends(text, at))
                    || (c == '#' && text.as_bytes().get(at.wrapping_sub(1)) == Some(&b' '))
            };
            let len = text
                .char_indices()
                .find(|&found| ends(found))
                .map_or(text.len(), |(at, _)| at);
            text.get(..len).unwrap_or_default().trim_end().len()
        }
    };
    if pen.after_blanks(len).starts_with(':') {
        key(pen, place, dialect, len);
    } else {
        write_scalar(pen, place, dialect, len);
    }
}

/// `|` or `>`, and the lines below that stand further right than the line itself.
fn block_scalar(pen: &mut Pen, place: &Place, dialect: &Dialect, line: &str) {
    pen.put(Operator, pen.line().len());
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let parent = indent(line);
    let lines = pen.rest().split_inclusive('\n').skip(1);
    let inside = |line: &&str| line.trim().is_empty() || indent(line) > parent;
    let len = lines.take_while(inside).map(str::len).sum();
    pen.put(Plain, 1);
    write_scalar(pen, place, dialect, len);
}

fn write_scalar(pen: &mut Pen, place: &Place, dialect: &Dialect, len: usize) {
    pen.within(len, |pen| (dialect.scalar)(pen, place));
}

/// A scalar as YAML's core schema reads it.
pub(super) fn scalar(pen: &mut Pen, _: &Place) {
    let quoted = quote("\"").over_lines();
    if pen.at("\"") {
        quoted.write(pen, quoted.len(pen.rest()));
    } else {
        pen.put(scalar_class(pen.rest()), usize::MAX);
    }
}

/// What a bare scalar is by its look.
pub(super) fn scalar_class(text: &str) -> Class {
    let text = text.trim();
    let numeric = |b: u8| b.is_ascii_digit() || b"+-._:TZxeE".contains(&b);
    match text {
        "true" | "false" | "null" | "~" | "yes" | "no" | "True" | "False" => Constant,
        _ if text.starts_with([
            '-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
        ]) && text.contains(|c: char| c.is_ascii_digit())
            && text.bytes().all(numeric) =>
        {
            Number
        }
        _ => Str,
    }
}

/// The length of the key that a line begins with, if it begins with one.
fn key_len(line: &str) -> Option<usize> {
    let from = match line.chars().next()? {
        '"' => quote("\"").len(line),
        '\'' => raw("'", "'").len(line),
        '[' | '{' | '#' | '&' | '*' | '!' | '|' | '>' | '%' | '@' => return None,
        _ => 0,
    };
    let rest = line.get(from..)?;
    let at = from
        + rest
            .match_indices(':')
            .find(|&(at, _)| colon_ends(rest, at))?
            .0;
    let key = line.get(..at)?;
    (!key.contains(" #") && (from == 0 || key.trim_end().len() == from))
        .then(|| key.trim_end().len())
}

fn colon_ends(line: &str, at: usize) -> bool {
    line.as_bytes()
        .get(at + 1)
        .is_none_or(|b| b" ,]}\r\n".contains(b))
}
