//! In which line of the file a block stands: for a click that opens the editor there.

use super::writer::Writer;
use crate::model::body::{Event, Tag};
use std::fmt::Write as _;

/// Where the lines of a file begin.
#[derive(Debug, Clone)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn of(text: &str) -> Lines {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines(breaks.map(|(at, _)| at + 1).collect())
    }

    /// The line, from 1, of a byte.
    fn line(&self, at: u32) -> usize {
        self.0.partition_point(|&start| start <= at as usize) + 1
    }
}

impl Writer<'_> {
    /// Says at the element that was begun for `tag`, after `from`, in which line it stands, where that
    /// is wanted and known.
    pub(super) fn place(&mut self, tag: Tag, from: usize) {
        let Some(lines) = self.ink.lines else { return };
        let Some(at) = self.position(tag) else { return };
        let line = format!(" data-line=\"{}\"", lines.line(at));
        self.attribute(from, &line);
    }

    /// Writes an attribute into the start tag that was written after `from`.
    pub(super) fn attribute(&mut self, from: usize, attribute: &str) {
        let written = self.out.get(from..).unwrap_or("");
        // End tags of what a writer left open may come first. No `>` stands in an attribute.
        let is_start = |(at, _): &(usize, &str)| {
            let after = written.as_bytes().get(at + 1);
            after.is_some_and(u8::is_ascii_alphabetic)
        };
        let start = written.match_indices('<').find(is_start);
        let end = start.and_then(|(start, _)| Some(start + written.get(start..)?.find('>')?));
        if let Some(end) = end {
            self.out.insert_str(from + end, attribute);
        }
    }

    /// The same for an element whose start tag is being written.
    pub(super) fn line_of(&mut self, at: u32) {
        if let Some(lines) = self.ink.lines {
            // Writing to a string cannot fail.
            let _ = write!(self.out, " data-line=\"{}\"", lines.line(at));
        }
    }

    /// The byte in the file where a block begins; a quote has none of its own but that of the first
    /// block in it.
    fn position(&self, tag: Tag) -> Option<u32> {
        match tag {
            Tag::Quote(_) => {
                let rest = self.body.events.get(self.at..).unwrap_or(&[]);
                let inner = rest.iter().map_while(|event| match event {
                    Event::Start(tag) => Some(*tag),
                    _ => None,
                });
                inner.into_iter().find_map(|tag| self.own_position(tag))
            }
            tag => self.own_position(tag),
        }
    }

    fn own_position(&self, tag: Tag) -> Option<u32> {
        match tag {
            Tag::Paragraph { at }
            | Tag::AlertTitle { at }
            | Tag::Item { at }
            | Tag::DefinitionTitle { at }
            | Tag::Definition { at }
            | Tag::Table { at }
            | Tag::TableRow { at } => Some(at),
            Tag::Heading(at) => Some(self.body.headings.get(at as usize)?.span.start),
            Tag::CodeBlock(at) => Some(self.body.code.get(at as usize)?.at),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::build::Build;

    #[test]
    fn lines_are_counted_from_the_bytes_of_the_file() {
        let lines = Lines::of("a\nb\r\n\nc");
        let found = [0, 1, 2, 4, 5, 6, 900].map(|at| lines.line(at));
        assert_eq!(found, [1, 1, 2, 2, 3, 4, 4]);
    }

    #[test]
    fn the_line_stands_at_the_block_and_not_at_what_a_writer_left_open() {
        let mut text = Build::default();
        text.html_block("<p>");
        text.within(Tag::Paragraph { at: 3 }, |text| text.text("x > y"));
        text.within(Tag::Quote(None), |text| {
            text.within(Tag::Paragraph { at: 6 }, |text| text.text("z"));
        });
        assert_eq!(
            text.write_with(Some(&Lines::of("a\nb\nc\nd"))),
            "<p></p><p data-line=\"2\">x &gt; y</p>\n\
             <blockquote data-line=\"4\"><p data-line=\"4\">z</p>\n</blockquote>\n"
        );
    }
}
