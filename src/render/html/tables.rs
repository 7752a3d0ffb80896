//! Tables.

use super::blocks::BLOCK;
use super::elements::Content::{Flow, Parts, Phrasing};
use super::writer::{Frame, Kind, Writer};
use super::{Placed, escape};
use crate::model::body::{Align, Event};
use crate::render::language::Word;

const TABLE_END: &str = "</table></div>\n";

impl Writer<'_> {
    pub(super) fn table(&mut self) {
        self.begin_block();
        self.open_table();
        let frame = Frame::new(TABLE_END, Parts);
        self.push(frame.quiet().kind(Kind::Table));
    }

    /// Writes what stands in the place of a block that asks for something; without that there is nothing.
    pub(super) fn placed(&mut self, at: u32) {
        let ink = self.ink;
        match ink.placed.get(at as usize) {
            Some(Some(Placed::Rows(rows))) => {
                self.come += BLOCK * rows.lines().count();
                self.open_table();
                self.out.push_str(rows);
                self.out.push_str(TABLE_END);
            }
            Some(Some(Placed::Drawn(drawn))) => {
                self.come += BLOCK * drawn.lines().count();
                self.out.push_str(drawn);
            }
            Some(Some(Placed::Captioned { drawn, .. })) => {
                self.come += BLOCK * drawn.lines().count();
                self.out.push_str("<figure class=\"drawing\">");
                self.out.push_str(drawn);
                self.out.push_str("<figcaption>");
                return self.push(Frame::new("", Phrasing).quiet().kind(Kind::Caption(at)));
            }
            Some(None) | None => {}
        }
        self.push(Frame::new("", Flow));
        // What it is of is named within.
        self.skip();
    }

    fn open_table(&mut self) {
        self.tables += 1;
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
