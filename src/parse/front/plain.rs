//! The plain part of YAML, in which most front matters are written, read in one pass.
//!
//! Takes the lines between the fences; gives the tree that [`super::yaml`] would give, its texts
//! borrowed from the file. Knows block maps and lists, flow maps and lists within a line, and values
//! of one line, in quotes without escapes or in none. Gives up on whatever else there is, faults
//! among it, so that it never has anything to report: then the YAML parser reads all of it anew.

use super::tree::{Key, MAX_NODES, Node, Value};
use crate::text::Span;
use memchr::memchr;
use std::cmp::Ordering;
use std::ops::Range;

/// Deeper nesting is left to the parser, which knows the limit.
const MAX_DEPTH: usize = 16;

/// Larger maps are left to the parser: here each key is compared with all before it.
const MAX_KEYS: usize = 64;

/// Longer keys are left to the parser, which refuses very long ones.
const MAX_KEY_BYTES: usize = 64;

/// Reads the front matter in `front` of `text`; `None` where it is not plain.
#[must_use]
pub fn read(text: &str, front: Range<usize>) -> Option<Node<'_>> {
    let yaml = text.get(front.clone())?;
    // Each node takes a byte at least, so that there cannot be too many. 0xEF begins the byte order
    // mark, which is no text.
    let odd = |odd: bool, byte: u8| odd | matches!(byte, 0 | b'\t' | b'\r' | 0xEF);
    if yaml.len() > MAX_NODES || yaml.bytes().fold(false, odd) {
        return None;
    }
    let mut plain = Plain {
        text: text.get(..front.end)?,
        at: front.start,
        line: front.start,
        column: None,
    };
    plain.next_line();
    if plain.column != Some(0) {
        return None;
    }
    let root = plain.map(0, MAX_DEPTH)?;
    plain.column.is_none().then_some(root)
}

struct Plain<'a> {
    /// Up to the end of the front matter.
    text: &'a str,
    /// The byte that stands next.
    at: usize,
    /// The first byte of its line.
    line: usize,
    /// Where the text of a line begins that was come to; `None` where there is no more.
    column: Option<usize>,
}

impl<'a> Plain<'a> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// What stands next; at the end, as if the line ended there.
    fn next(&self) -> u8 {
        self.byte(self.at).unwrap_or(b'\n')
    }

    fn spaces(&mut self) {
        while self.byte(self.at) == Some(b' ') {
            self.at += 1;
        }
    }

    /// Takes a byte, if it is this one.
    fn take(&mut self, byte: u8) -> Option<()> {
        (self.byte(self.at) == Some(byte)).then(|| self.at += 1)
    }

    /// Goes from the start of a line to the text of the next that has any.
    fn next_line(&mut self) {
        loop {
            self.line = self.at;
            self.spaces();
            match self.byte(self.at) {
                None => {
                    self.column = None;
                    return;
                }
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.skip_line(),
                Some(_) => {
                    self.column = Some(self.at - self.line);
                    return;
                }
            }
        }
    }

    fn skip_line(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at += memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
    }

    /// Goes on to the next line, where nothing more stands in this one.
    fn end_line(&mut self) -> Option<()> {
        self.spaces();
        if self.next() != b'\n' {
            return None;
        }
        self.skip_line();
        self.next_line();
        Some(())
    }

    /// A map in lines, each key in the same column.
    fn map(&mut self, column: usize, depth: usize) -> Option<Node<'a>> {
        let start = self.at;
        let depth = depth.checked_sub(1)?;
        let mut entries = Vec::new();
        loop {
            let key = self.new_key(&entries)?;
            self.spaces();
            let value = if self.next() == b'\n' {
                self.end_line()?;
                match self.column.cmp(&Some(column)) {
                    Ordering::Greater if self.is_item() => self.list(depth)?,
                    Ordering::Greater => self.map(self.column?, depth)?,
                    // A list may stand right below its key. The parser lets it begin after its dash.
                    Ordering::Equal if self.is_item() => {
                        let mut list = self.list(depth)?;
                        list.span.start = list.each().first()?.span.start;
                        list
                    }
                    _ => return None,
                }
            } else {
                self.value_of_line(depth)?
            };
            entries.push((key, value));
            match self.column.cmp(&Some(column)) {
                Ordering::Greater => return None,
                Ordering::Equal => {}
                Ordering::Less => break,
            }
        }
        let end = entries.last()?.1.span.end;
        Some(node(Value::Map(entries), start, end as usize))
    }

    /// A list in lines, each dash in the column of the first.
    fn list(&mut self, depth: usize) -> Option<Node<'a>> {
        let (start, column) = (self.at, self.column);
        let depth = depth.checked_sub(1)?;
        let mut items = Vec::new();
        while self.column == column && self.is_item() {
            self.at += 1;
            self.spaces();
            let item = match self.key_end() {
                Some(_) => self.map(self.at - self.line, depth)?,
                None => self.value_of_line(depth)?,
            };
            items.push(item);
        }
        if self.column > column {
            return None;
        }
        let end = items.last()?.span.end;
        Some(node(Value::List(items), start, end as usize))
    }

    fn is_item(&self) -> bool {
        self.next() == b'-' && self.byte(self.at + 1) == Some(b' ')
    }

    /// Where the key ends that stands next, if one does: a word, a colon, white space.
    fn key_end(&self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let length = rest.iter().take(MAX_KEY_BYTES).take_while(is_word).count();
        let begins = rest.first().is_some_and(u8::is_ascii_alphanumeric);
        let colon = rest.get(length) == Some(&b':');
        let apart = matches!(rest.get(length + 1), None | Some(b' ' | b'\n'));
        (begins && colon && apart).then_some(self.at + length)
    }

    /// A key with its colon, which none of those before it is.
    fn new_key(&mut self, before: &[(Key<'_>, Node<'_>)]) -> Option<Key<'a>> {
        let end = self.key_end()?;
        let text = self.text.get(self.at..end)?;
        let span = Span::new(self.at, end);
        self.at = end + 1;
        let known = before.iter().any(|(key, _)| key.text == text);
        (!known && before.len() < MAX_KEYS).then(|| Key {
            text: text.into(),
            span,
        })
    }

    /// A value that the line ends with.
    fn value_of_line(&mut self, depth: usize) -> Option<Node<'a>> {
        let value = match self.next() {
            b'[' | b'{' | b'"' | b'\'' => self.flow(depth)?,
            _ => self.bare(false)?,
        };
        self.end_line()?;
        Some(value)
    }

    /// A value within brackets or braces, or these.
    fn flow(&mut self, depth: usize) -> Option<Node<'a>> {
        let start = self.at;
        let value = match self.next() {
            b'[' => Value::List(self.flow_items(depth.checked_sub(1)?)?),
            b'{' => Value::Map(self.flow_entries(depth.checked_sub(1)?)?),
            quote @ (b'"' | b'\'') => return self.quoted(quote),
            _ => return self.bare(true),
        };
        Some(node(value, start, self.at))
    }

    fn flow_items(&mut self, depth: usize) -> Option<Vec<Node<'a>>> {
        let mut items = Vec::new();
        self.take(b'[')?;
        self.spaces();
        while self.take(b']').is_none() {
            if !items.is_empty() {
                self.take(b',')?;
                self.spaces();
            }
            items.push(self.flow(depth)?);
            self.spaces();
        }
        Some(items)
    }

    fn flow_entries(&mut self, depth: usize) -> Option<Vec<(Key<'a>, Node<'a>)>> {
        let mut entries = Vec::new();
        self.take(b'{')?;
        self.spaces();
        while self.take(b'}').is_none() {
            if !entries.is_empty() {
                self.take(b',')?;
                self.spaces();
            }
            let key = self.new_key(&entries)?;
            self.spaces();
            entries.push((key, self.flow(depth)?));
            self.spaces();
        }
        Some(entries)
    }

    /// A text in quotes, without escapes and in one line.
    fn quoted(&mut self, quote: u8) -> Option<Node<'a>> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start + 1..)?;
        let ends = |byte: &u8| *byte == quote || matches!(byte, b'\\' | b'\n');
        let length = rest.iter().position(ends)?;
        self.at = start + 1 + length;
        let text = self.text.get(start + 1..self.at)?;
        self.take(quote)?;
        // Two are one, and a colon makes a key of it.
        if self.next() == quote || self.next() == b':' {
            return None;
        }
        Some(Node::scalar(text, true, Span::new(start, self.at)))
    }

    /// A text without quotes, up to the end of the line or, within brackets, to the next sign there.
    fn bare(&mut self, within: bool) -> Option<Node<'a>> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..)?;
        let begins = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        if !rest.first().is_some_and(|&byte| begins(byte)) {
            return None;
        }
        let mut end = 0;
        while let Some(&byte) = rest.get(end).filter(|byte| **byte != b'\n') {
            match byte {
                b',' | b'[' | b']' | b'{' | b'}' if within => break,
                // It would be a key, or a comment. Neither stands first.
                b':' if rest
                    .get(end + 1)
                    .is_none_or(|&next| !begins(next) && next != b'/') =>
                {
                    return None;
                }
                b'#' if rest[end - 1] == b' ' => return None,
                _ => end += 1,
            }
        }
        self.at = start + end;
        let text = self.text.get(start..self.at)?.trim_end_matches(' ');
        // The parser refuses a dash before a bracket.
        if within && text.ends_with('-') {
            return None;
        }
        let place = Span::new(start, start + text.trim_end().len());
        Some(Node::scalar(text, false, place))
    }
}

fn node(value: Value<'_>, start: usize, end: usize) -> Node<'_> {
    Node {
        value,
        span: Span::new(start, end),
    }
}
