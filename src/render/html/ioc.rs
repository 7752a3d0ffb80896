//! Indicators as a table, defanged.

use super::elements::Content::Parts;
use super::escape;
use super::writer::{Frame, Writer};
use crate::model::Indicator;
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
            .any(|line| !line.note.is_empty() || line.tlp.is_some());
        let sources = lines.iter().any(|line| line.count > 0);
        self.begin_block();
        self.ioc_tables += 1;
        self.out
            .push_str("<div class=\"table\" role=\"region\" aria-label=\"Indicators");
        if self.ioc_tables > 1 {
            let _ = write!(self.out, " {}", self.ioc_tables);
        }
        self.out.push_str(
            "\" tabindex=\"0\"><table class=\"ioc\"><caption>Indicators, defanged</caption>\
             <thead><tr><th>Type</th><th>Value</th>",
        );
        self.out.push_str(if notes { "<th>Note</th>" } else { "" });
        self.out
            .push_str(if sources { "<th>Sources</th>" } else { "" });
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
        self.out.push_str(indicator.kind.label());
        self.out.push_str("</td><td><code>");
        escape(&indicator.defanged(), self.out);
        self.out.push_str("</code></td>");
    }
}
