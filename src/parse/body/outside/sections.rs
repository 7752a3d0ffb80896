//! Headings that end a marked section and may be none: a rule typed directly below a text makes one of it, and so
//! does a comment of a shell that no fence makes code.

use super::super::walk::{Section, Walk};
use super::{Doubt, Part, Why};
use crate::text::Span;

impl Walk<'_> {
    /// A heading begins: whether the writer meant it to end the marked sections that it ends.
    pub(in super::super) fn doubt_heading(&mut self, level: u8, span: Span) {
        let sections = self.top().sections.iter();
        let ended = sections.filter(|section| section.level >= level && !section.found.bad);
        let Some(section) = ended.max_by_key(|section| section.found.tlp).cloned() else {
            return;
        };
        let why = match (is_underlined(self.file, span), section.underlined) {
            (true, false) => Why::Underlined,
            (false, false)
                if level == 1 && section.level > 1 && self.is_comment(span, &section) =>
            {
                Why::Comment
            }
            _ => return,
        };
        self.doubts.push(Doubt {
            start: self.body.events.len(),
            end: None,
            span,
            part: Part::Section,
            found: section.found,
            inherited: false,
            why,
            solid: false,
        });
    }

    /// Whether a heading stands close to text where that of the section keeps its distance.
    fn is_comment(&self, heading: Span, section: &Section) -> bool {
        let (above, below) = self.is_close(heading.start);
        let (usual_above, usual_below) = self.is_close(section.from);
        above && !usual_above || below && !usual_below
    }

    /// Whether text stands in the lines directly above and below one, and below those that look like it.
    fn is_close(&self, at: u32) -> (bool, bool) {
        let begin = self.frames.first().map_or(0, |text| text.span.start);
        let before = self.file.get(begin as usize..at as usize).unwrap_or("");
        let line = self.file.get(at as usize..).unwrap_or("");
        let sign = |c: char| c.is_whitespace() || c == '>';
        let is_text = |line: &str| {
            let line = line.trim_matches(sign);
            !line.is_empty() && !line.starts_with('#')
        };
        let mut above = before.rsplit('\n').skip(1);
        let alike = |line: &&str| line.trim_start_matches(sign).starts_with("# ");
        let mut below = line.split('\n').skip(1).skip_while(alike);
        (
            above.next().is_some_and(is_text),
            below.next().is_some_and(is_text),
        )
    }
}

/// Whether a heading is made by the line below it.
pub(in super::super) fn is_underlined(file: &str, heading: Span) -> bool {
    heading.of(file).trim_end().contains('\n')
}
