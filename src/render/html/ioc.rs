//! Indicators as a table, defanged.

use super::elements::Content::Parts;
use super::escape;
use super::writer::{Frame, Writer};
use crate::model::Indicator;
use crate::render::language::{Word, names};
use std::fmt::Write as _;

impl Writer<'_> {
    /// Writes the table of an `ioc` block. Columns in which nothing stands are left out.
    pub(super) fn indicators(&mut self, first: u32, count: u32) {
        let range = first as usize..(first as usize).saturating_add(count as usize);
        let body = self.body;
        let lines = body.indicators.get(range).unwrap_or(&[]);
        if lines.is_empty() {
            return;
        }
        let notes = lines
            .iter()
            .any(|line| !line.note.is_empty() || line.until.is_some() || line.tlp.is_some());
        let sources = lines.iter().any(|line| line.count > 0);
        self.begin_block();
        self.ioc_tables += 1;
        self.out
            .push_str("<div class=\"table\" role=\"region\" aria-label=\"");
        self.say(Word::TextIndicators);
        if self.ioc_tables > 1 {
            let _ = write!(self.out, " {}", self.ioc_tables);
        }
        self.out
            .push_str("\" tabindex=\"0\"><table class=\"ioc\"><caption>");
        self.say(Word::TextIndicatorsCaption);
        self.out.push_str("</caption><thead><tr>");
        for (shown, heading) in [
            (true, Word::TextIndicatorType),
            (true, Word::TextIndicatorValue),
            (notes, Word::TextIndicatorNote),
            (sources, Word::TextIndicatorSources),
        ] {
            if shown {
                self.out.push_str("<th>");
                self.say(heading);
                self.out.push_str("</th>");
            }
        }
        self.out.push_str("</tr></thead>\n<tbody>");
        self.push(Frame::new("</tbody></table></div>\n", Parts).quiet());
        for line in lines {
            self.out.push_str("<tr");
            self.line_of(line.span.start);
            self.out.push('>');
            self.type_and_value(&line.indicator);
            // What is said of a hash is said of its file.
            let cell = |class: &str| match line.file {
                Some(_) => format!("<td{class} rowspan=\"2\">"),
                None => format!("<td{class}>"),
            };
            if notes {
                self.out.push_str(&cell(""));
                escape(&line.note, self.out);
                if let Some(day) = line.until {
                    if !line.note.is_empty() {
                        self.out.push_str(", ");
                    }
                    let language = self.ink.language;
                    let until = language.with(Word::TextIndicatorUntil, &language.day(day));
                    escape(&until, self.out);
                }
                if let Some(tlp) = line.tlp {
                    self.out.push(' ');
                    self.tlp(tlp);
                }
                self.out.push_str("</td>");
            }
            if sources {
                self.out.push_str(&cell(" class=\"cites\""));
                self.cite(line.first, line.count);
                self.out.push_str("</td>");
            }
            self.out.push_str("</tr>\n");
            if let Some(file) = &line.file {
                self.out.push_str("<tr>");
                self.type_and_value(file);
                self.out.push_str("</tr>\n");
            }
        }
        self.pop();
    }

    fn type_and_value(&mut self, indicator: &Indicator) {
        self.out.push_str("<td>");
        match names::indicator(indicator.kind) {
            Some(word) => self.say(word),
            None => self.out.push_str(indicator.kind.label()),
        }
        self.out.push_str("</td><td><code>");
        escape(&indicator.defanged(), self.out);
        self.out.push_str("</code></td>");
    }
}
