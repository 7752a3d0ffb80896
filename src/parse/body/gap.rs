//! A reference to a footnote that is withheld is left out of a text, with the space that was its own.
//!
//! Takes the names of such footnotes; the text is read with them defined, so that Markdown finds the reference
//! that the writer wrote and nothing else in its place. What stands around it becomes what the writer would
//! have left: one space instead of two, no emphasis of nothing, no line of nothing.

use super::walk::Walk;
use crate::model::body::{Event, Tag};

/// Definitions of footnotes, to be read before a text; the comment ends the last of them.
pub(super) fn defined(names: &[String]) -> String {
    let mut text: String = names
        .iter()
        .map(|name| format!("[^{name}]: x\n\n"))
        .collect();
    if !text.is_empty() {
        text.push_str("<!---->\n");
    }
    text
}

impl Walk<'_> {
    /// Leaves a reference out, if it leads to what is withheld.
    pub(super) fn leave_out(&mut self, name: &str, from: usize) -> bool {
        let out = self.left_out.contains(&name.to_lowercase());
        if out {
            self.open_run(from);
            self.run.gap = true;
        }
        out
    }

    /// The text behind a gap, without the space that would stand twice.
    pub(super) fn behind_gap<'t>(&mut self, text: &'t str) -> &'t str {
        let blank = [' ', '\t'];
        let spaced = self.begins_line() || self.last_text().is_some_and(|it| it.ends_with(blank));
        let mut text = text;
        if spaced && text.starts_with(blank) {
            text = text.trim_start_matches(blank);
        } else if text.starts_with(|c| ".,;:!?)]}»”’…、。，；：！？）".contains(c)) {
            self.trim_gap();
        }
        self.run.gap = text.is_empty();
        text
    }

    /// A line ends behind a gap: whether anything else stood in it.
    pub(super) fn breaks_behind_gap(&mut self) -> bool {
        self.trim_gap();
        self.run.gap = self.begins_line();
        !self.run.gap
    }

    /// Emphasis ends behind a gap: whether anything else stood in it.
    pub(super) fn ends_behind_gap(&mut self, tag: Tag) -> bool {
        self.trim_gap();
        let emphasis = matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough);
        let empty = emphasis && self.body.events.last() == Some(&Event::Start(tag));
        if empty {
            self.body.events.pop();
        }
        !empty
    }

    /// The run ends behind a gap: so does its text.
    pub(super) fn close_gap(&mut self) {
        self.trim_gap();
        while self.body.events.len() > self.run.events
            && let Some(Event::SoftBreak | Event::HardBreak) = self.body.events.last()
        {
            self.body.events.pop();
            self.trim_gap();
        }
        self.run.gap = false;
    }

    /// Whether nothing that is seen stands before in the line.
    fn begins_line(&self) -> bool {
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        matches!(
            events.last(),
            None | Some(Event::SoftBreak | Event::HardBreak | Event::Task(_) | Event::Start(_))
        )
    }

    fn last_text(&self) -> Option<&str> {
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        match events.last() {
            Some(Event::Text(slice)) => Some(self.body.slice(*slice)),
            _ => None,
        }
    }

    /// Takes the space away with which the text ends.
    fn trim_gap(&mut self) {
        let Some(text) = self.last_text() else {
            return;
        };
        let spaces = text.len() - text.trim_end_matches([' ', '\t']).len();
        let empty = spaces == text.len();
        let end = self.body.text.len() - spaces;
        self.body.text.truncate(end);
        while (self.run.pieces.last()).is_some_and(|piece| piece.at >= end) {
            self.run.pieces.pop();
        }
        if empty {
            self.body.events.pop();
        } else if let Some(Event::Text(slice)) = self.body.events.last_mut() {
            slice.end = super::walk::offset(end);
        }
    }
}
