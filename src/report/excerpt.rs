//! The line that a problem is in, short enough and safe to print.

use crate::text::Span;
use std::fmt::Write as _;
use std::ops::Range;

/// How many bytes before the marked place, and how many from its start, are shown at most: a line can
/// be a whole file.
const BEFORE: usize = 100;
const AFTER: usize = 200;

/// Where the lines of a text begin, and how far columns have been counted.
#[derive(Debug)]
pub(super) struct Index {
    starts: Vec<usize>,
    /// The last offset asked for, with its line's start and its column: many problems in one long line
    /// do not count it from the beginning each time.
    last: (usize, usize, usize),
}

impl Index {
    /// Finds the lines of a text.
    pub(super) fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1));
        Self {
            starts: starts.collect(),
            last: (0, 0, 1),
        }
    }

    /// Line and column (both from 1, columns in characters) of an offset, and where the line starts.
    pub(super) fn place(&mut self, text: &str, offset: usize) -> (usize, usize, usize) {
        let offset = floor(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied();
        let start = start.unwrap_or_default();
        let (from, column) = match self.last {
            (last, of, column) if of == start && last <= offset && last >= start => (last, column),
            _ => (start, 1),
        };
        let column = column + text.get(from..offset).unwrap_or("").chars().count();
        self.last = (offset, start, column);
        (line, column, start)
    }
}

/// A piece of a text with a marked place in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// One line or a part of it, safe to print.
    pub(super) text: String,
    /// The marked bytes of it.
    pub(super) marked: Range<usize>,
    /// The line's number in the file.
    pub(super) line: usize,
    /// The column of the marked place in the file.
    pub(super) column: usize,
}

impl Excerpt {
    /// Cuts out the line in which a span begins, as much of it as is needed. A span of several lines is
    /// marked to the end of its first.
    pub(super) fn of(text: &str, span: Span, index: &mut Index) -> Self {
        let start = floor(text, span.start as usize);
        let (line, column, line_start) = index.place(text, start);
        let from = line_start.max(floor(text, start.saturating_sub(BEFORE)));
        let limit = floor(text, start + AFTER);
        let rest = text.get(start..limit).unwrap_or("");
        let to = start + rest.find('\n').unwrap_or(rest.len());
        let end = floor(text, span.end as usize).clamp(start, to);

        let piece =
            |range: Range<usize>| clean(text.get(range).unwrap_or("").trim_end_matches('\r'));
        let mut excerpt = String::new();
        if from > line_start {
            excerpt.push('…');
        }
        excerpt.push_str(&piece(from..start));
        let mark = excerpt.len();
        excerpt.push_str(&piece(start..end));
        let marked = mark..excerpt.len();
        excerpt.push_str(&piece(end..to));
        if to == limit && limit < text.len() {
            excerpt.push('…');
        }
        Self {
            text: excerpt,
            marked,
            line,
            column,
        }
    }
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A text in which nothing can move the cursor, colour the terminal or turn the reading direction:
/// such characters are made visible. Tabs and line breaks stay.
pub fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => clean.push(c),
            '\0'..='\u{1f}' => clean.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('?')),
            '\u{7f}' => clean.push('␡'),
            '\u{feff}' => {}
            '\u{80}'..='\u{9f}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                // Writing to a string cannot fail.
                let _ = write!(clean, "<U+{:04X}>", u32::from(c));
            }
            c => clean.push(c),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, start: usize, end: usize) -> Excerpt {
        Excerpt::of(text, Span::new(start, end), &mut Index::new(text))
    }

    #[test]
    fn a_line_is_shown_whole_and_marked() {
        let found = excerpt("one\r\ntwo thréé four\r\nfive", 9, 16);
        assert_eq!(found.text, "two thréé four");
        assert_eq!(&found.text[found.marked.clone()], "thréé");
        assert_eq!((found.line, found.column), (2, 5));
    }

    #[test]
    fn a_span_of_lines_is_marked_to_the_end_of_the_first() {
        let found = excerpt("ab\ncd\nef", 1, 8);
        assert_eq!((found.text.as_str(), found.marked), ("ab", 1..2));
        let found = excerpt("ab\n", 3, 3);
        assert_eq!((found.text.as_str(), found.line, found.column), ("", 2, 1));
        let found = excerpt("ab", 90, 99);
        assert_eq!((found.line, found.column), (1, 3));
    }

    #[test]
    fn huge_lines_are_cut_around_the_place() {
        let text = format!("{}X{}", "é".repeat(5_000_000), "y".repeat(5_000_000));
        let mut index = Index::new(&text);
        let start = std::time::Instant::now();
        for _ in 0..1_000 {
            let found = Excerpt::of(&text, Span::new(10_000_000, 10_000_001), &mut index);
            assert!(found.text.len() < 400);
            assert_eq!(&found.text[found.marked.clone()], "X");
            assert_eq!(found.column, 5_000_001);
        }
        assert!(
            start.elapsed().as_secs() < 5,
            "counted once, not a thousand times"
        );
    }

    #[test]
    fn nothing_but_text_is_printed() {
        let found = excerpt("a\u{1b}[31m\u{9b}x\u{202e}b\u{7f}\u{7}", 1, 2);
        assert_eq!(found.text, "a␛[31m<U+009B>x<U+202E>b␡␇");
        assert_eq!(&found.text[found.marked], "␛");
    }
}
