//! Raw HTML as pieces: text, start tags, end tags.
//!
//! Takes what a writer typed; gives its pieces in time linear in its length. Comments, declarations
//! and the content of elements that are no text (scripts, styles, drawings) are no pieces; a tag whose
//! name is no element of HTML is text.

use super::{Fate, fate, name};

/// How many searches for the end of a tag may fail, so that a million `<a` do not take a million of them.
const PATIENCE: u32 = 16;

/// A piece of raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text, in which references may stand.
    Text(&'a str),
    /// A start tag.
    Open {
        /// Its name, as typed.
        name: &'a str,
        /// What stands behind the name.
        attributes: &'a str,
    },
    /// An end tag.
    Close {
        /// Its name, as typed.
        name: &'a str,
    },
    /// An element that goes with what stands in it.
    Gone {
        /// Its name, as typed.
        name: &'a str,
    },
}

/// The pieces of raw HTML, in order.
pub struct Pieces<'a> {
    rest: &'a str,
    patience: u32,
}

impl<'a> Pieces<'a> {
    /// The pieces of `html`.
    #[must_use]
    pub fn of(html: &'a str) -> Pieces<'a> {
        Pieces {
            rest: html,
            patience: PATIENCE,
        }
    }

    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Leaves out what comes up to and with `end`, or all of it.
    fn skip_past(&mut self, from: usize, end: &str) {
        let after = self.rest.get(from..).unwrap_or("");
        let len = after
            .find(end)
            .map_or(self.rest.len(), |at| from + at + end.len());
        self.take(len);
    }

    /// Reads a tag, or what looks like one; nothing where the `<` is only a character.
    fn tag(&mut self) -> Option<Option<Piece<'a>>> {
        if self.rest.starts_with("<!--") {
            // `<!-->` and `<!--->` are whole comments.
            self.skip_past(2, "-->");
            return Some(None);
        }
        if self.rest.starts_with("<![CDATA[") {
            self.skip_past(0, "]]>");
            return Some(None);
        }
        if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
            self.skip_past(0, ">");
            return Some(None);
        }
        let close = self.rest.starts_with("</");
        let from = if close { 2 } else { 1 };
        let after = self.rest.get(from..)?;
        if !after.starts_with(|c: char| c.is_ascii_alphabetic()) || self.patience == 0 {
            return None;
        }
        let name = name(after);
        let fate = fate(name)?;
        let rest = after.get(name.len()..)?;
        let Some(end) = end_of_tag(rest) else {
            self.patience -= 1;
            return None;
        };
        let attributes = rest.get(..end)?;
        self.take(from + name.len() + end + 1);
        if close {
            return Some(Some(Piece::Close { name }));
        }
        if fate == Fate::Dropped {
            self.skip_content(name);
            return Some(Some(Piece::Gone { name }));
        }
        Some(Some(Piece::Open { name, attributes }))
    }

    /// Leaves out the content of an element, and its end tag; all that follows where there is none.
    fn skip_content(&mut self, name: &str) {
        let is_end = |at: &usize| {
            let after = self.rest.get(at + 2..).unwrap_or("");
            after
                .get(..name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name))
        };
        let mut ends = self.rest.match_indices("</").map(|(at, _)| at);
        match ends.find(is_end) {
            Some(at) => {
                self.take(at);
                self.skip_past(0, ">");
            }
            None => self.rest = "",
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let text = self.rest.find('<').unwrap_or(self.rest.len());
            if text > 0 {
                return Some(Piece::Text(self.take(text)));
            }
            if self.rest.is_empty() {
                return None;
            }
            match self.tag() {
                Some(Some(piece)) => return Some(piece),
                Some(None) => {}
                None => return Some(Piece::Text(self.take(1))),
            }
        }
    }
}

/// Where a tag's `>` stands, after its name. A quote counts where a value begins, as in HTML.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut value_begins = false;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) => {
                if byte == open {
                    quote = None;
                }
            }
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if value_begins => {
                quote = Some(byte);
                value_begins = false;
            }
            (None, b'=') => value_begins = true,
            (None, _) => value_begins &= byte.is_ascii_whitespace(),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let pieces = Pieces::of(html).map(|piece| match piece {
            Piece::Text(text) => format!("'{text}'"),
            Piece::Open { name, attributes } => format!("<{name}|{attributes}>"),
            Piece::Close { name } => format!("</{name}>"),
            Piece::Gone { name } => format!("-{name}-"),
        });
        pieces.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn pieces() {
        let table = [
            ("a<b>c</b >d", "'a' <b|> 'c' </b> 'd'"),
            ("<a href='x>y' b>z", "<a| href='x>y' b> 'z'"),
            ("<a b=c\"d>e\">", "<a| b=c\"d> 'e\">'"),
            ("<br/><BR />", "<br|/> <BR| />"),
            ("1 < 2 <3 <", "'1 ' '<' ' 2 ' '<' '3 ' '<'"),
            ("<b x", "'<' 'b x'"),
            ("a<!-- <b> -->c<!-->d<!--->e<!-- f", "'a' 'c' 'd' 'e'"),
            ("<!DOCTYPE x>a<?php > b<![CDATA[ > ]]>c", "'a' ' b' 'c'"),
            ("<script>a<b></SCRIPT >c", "-script- 'c'"),
            ("a<svg><script>x</svg>b", "'a' -svg- 'b'"),
            ("a<style>b", "'a' -style-"),
            ("<REDACTED> </x-y>", "'<' 'REDACTED> ' '<' '/x-y>'"),
            ("</>a</ b>", "'<' '/>a' '<' '/ b>'"),
        ];
        for (html, expected) in table {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn a_million_open_tags_take_no_million_walks() {
        for piece in ["<a ", "<a \"", "<!-", "</", "<a b='", "<script", "<"] {
            let html = piece.repeat(100_000);
            assert!(Pieces::of(&html).count() <= 300_000);
        }
    }
}
