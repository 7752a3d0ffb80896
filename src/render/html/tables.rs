//! Tables.

use super::elements::Content::{Flow, Parts, Phrasing};
use super::escape;
use super::writer::{Frame, Kind, Writer};
use crate::model::body::{Align, Event};
use crate::render::language::Word;

impl Writer<'_> {
    pub(super) fn table(&mut self) {
        self.tables += 1;
        self.begin_block();
        self.out
            .push_str("<div class=\"table\" role=\"region\" aria-label=\"");
        self.say_number(Word::TextTable, self.tables);
        let heading = self
            .section
            .and_then(|at| self.body.headings.get(at as usize));
        if let Some(heading) = heading {
            self.out.push_str(": ");
            escape(&heading.text, self.out);
        }
        self.out.push_str("\" tabindex=\"0\"><table>\n");
        let frame = Frame::new("</table></div>\n", Parts);
        self.push(frame.quiet().kind(Kind::Table));
    }

    pub(super) fn table_head(&mut self) {
        let around = self
            .open()
            .find(|frame| !matches!(frame.kind, Kind::Labelled(_)));
        if around.is_some_and(|frame| matches!(frame.kind, Kind::Table)) {
            let frame = Frame::new("", Parts).kind(Kind::TableHead);
            self.row("<thead><tr>", frame);
        } else {
            self.row("<tr>", Frame::new("</tr>\n", Parts));
        }
    }

    pub(super) fn row(&mut self, open: &str, frame: Frame) {
        self.begin_block();
        self.label = self.outer_label();
        self.out.push_str(open);
        self.push(frame);
    }

    pub(super) fn cell(&mut self, align: Align) {
        self.begin_block();
        let in_head = self
            .top()
            .is_some_and(|frame| matches!(frame.kind, Kind::TableHead));
        let empty = matches!(self.body.events.get(self.at), Some(Event::End(_)));
        // A header without words heads nothing.
        let (open, close, content) = if in_head && !empty {
            ("<th", "</th>", Phrasing)
        } else {
            ("<td", "</td>", Flow)
        };
        self.out.push_str(open);
        self.out.push_str(match align {
            Align::None | Align::Left => ">",
            Align::Center => " class=\"center\">",
            Align::Right => " class=\"right\">",
        });
        self.push(Frame::new(close, content).quiet());
        if let Some(tlp) = self.label.take() {
            self.tlp(tlp);
            self.out.push(' ');
        }
    }
}
