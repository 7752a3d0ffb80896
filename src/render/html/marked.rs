//! Marked parts: a label stands where each begins.

use super::elements::Content::Flow;
use super::writer::{Frame, Kind, Writer};
use crate::model::Tlp;
use crate::model::body::{Event, Tag, end_of};

impl Writer<'_> {
    /// The label of the markings that lie directly around what begins now.
    pub(super) fn outer_label(&self) -> Option<Tlp> {
        let labels = self.open().map_while(|frame| match frame.kind {
            Kind::Labelled(tlp) => Some(tlp),
            _ => None,
        });
        labels.max()
    }

    pub(super) fn marked(&mut self, at: u32) {
        let Some(mark) = self.body.marks.get(at as usize) else {
            return self.push(Frame::new("", Flow));
        };
        match self.form() {
            Form::Nothing => self.push(Frame::new("", Flow)),
            Form::Parts => {
                let content = self.top().map_or(Flow, |frame| frame.content);
                self.push(Frame::new("", content).kind(Kind::Labelled(mark.tlp)));
            }
            Form::Section => {
                self.block(
                    "<section class=\"portion\">",
                    Frame::new("</section>\n", Flow),
                );
                self.label = self.label.max(Some(mark.tlp));
            }
            Form::Block => {
                self.block("<div class=\"portion\">", Frame::new("</div>\n", Flow));
                self.tlp(mark.tlp);
            }
            Form::Line => {
                self.inline("<span>", "</span>");
                self.tlp(mark.tlp);
                self.out.push(' ');
            }
        }
    }

    /// What the marked part that has just begun is made of.
    fn form(&self) -> Form {
        let events = &self.body.events;
        let mut at = self.at;
        while let Some(&event) = events.get(at) {
            match event {
                // Footnotes stand elsewhere, with a label of their own.
                Event::Start(Tag::Footnote(_)) => at = end_of(events, at + 1),
                Event::Start(Tag::Marked(_)) => {}
                Event::End(_) => return Form::Nothing,
                Event::Start(
                    Tag::Item { .. }
                    | Tag::DefinitionTitle { .. }
                    | Tag::Definition { .. }
                    | Tag::TableHead
                    | Tag::TableRow { .. },
                ) => return Form::Parts,
                Event::Start(Tag::Heading(_)) => return Form::Section,
                Event::Start(
                    Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::Highlight
                    | Tag::Link(_)
                    | Tag::Image(_)
                    | Tag::TableCell(_),
                ) => return Form::Line,
                Event::Start(_) | Event::Rule | Event::Indicators { .. } => return Form::Block,
                _ => return Form::Line,
            }
            at += 1;
        }
        Form::Nothing
    }

    /// A marking's label.
    pub(super) fn tlp(&mut self, tlp: Tlp) {
        self.out.push_str("<span class=\"tlp tlp-");
        self.out.push_str(match tlp {
            Tlp::AmberStrict => "amber-strict",
            other => other.name(),
        });
        self.out.push_str("\">");
        self.out.push_str(tlp.label());
        self.out.push_str("</span>");
    }
}

/// What a marked part is made of.
enum Form {
    /// Nothing that is shown here.
    Nothing,
    /// Items, terms, rows: the label stands in each.
    Parts,
    /// A section with its heading: the label stands there.
    Section,
    /// Blocks.
    Block,
    /// Text within a line.
    Line,
}
