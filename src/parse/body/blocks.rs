//! Blocks begin and end; where one ends, the regions of its marks are known.

use super::footnote;
use super::mark::{Found, Region};
use super::nothing::says_nothing;
use super::walk::{Frame, Section, Walk, higher, last};
use crate::diag::Code;
use crate::model::body::{Align, Event, Heading, Tag};
use crate::text::Span;
use pulldown_cmark::{Alignment, Tag as Md};
use std::ops::Range;

impl Walk<'_> {
    pub(super) fn start_block(&mut self, block: Md<'_>, range: Range<usize>) {
        let at = Span::new(range.start, range.start).start;
        let span = Span::new(range.start, range.end);
        let mut own = None;
        let tag = match block {
            Md::Paragraph => Tag::Paragraph { at },
            Md::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                self.doubt_heading(level as u8, span);
                self.close_sections(level as u8, at);
                own = self.heading_attributes(id.as_deref(), &classes, &attrs, span);
                let heading = Heading {
                    level: level as u8,
                    text: String::new(),
                    id: id
                        .map(|id| id.to_string())
                        .filter(|id| self.new_id(id, span)),
                    classes: classes.iter().map(ToString::to_string).collect(),
                    span,
                };
                self.body.headings.push(heading);
                Tag::Heading(last(&self.body.headings))
            }
            Md::BlockQuote(kind) => self.start_quote(kind, span),
            Md::CodeBlock(kind) => {
                return self.start_code(&kind, span);
            }
            Md::List(start) => Tag::List {
                start: start.map(|start| u32::try_from(start).unwrap_or(u32::MAX)),
            },
            Md::Item => {
                self.top().items += 1;
                Tag::Item { at }
            }
            Md::FootnoteDefinition(label) => {
                let mut note = self.footnote(&label);
                let again = self.defined.get_mut(note as usize);
                let again = again.is_some_and(|slot| std::mem::replace(slot, true));
                if again {
                    // A second definition of the same name is a footnote that nothing refers to.
                    note = self.new_footnote(&label);
                }
                let first = (range.start + label.len() + 3).min(range.end);
                self.label_in_name(&label, Span::new(range.start, first));
                self.notes
                    .defined
                    .push(footnote::Definition { note, span, again });
                Tag::Footnote(note)
            }
            Md::DefinitionList => Tag::DefinitionList,
            Md::DefinitionListTitle => Tag::DefinitionTitle { at },
            Md::DefinitionListDefinition => Tag::Definition { at },
            Md::Table(columns) => {
                self.columns = columns.iter().map(|&column| align(column)).collect();
                self.tlp_columns.clear();
                Tag::Table { at }
            }
            Md::TableHead | Md::TableRow => {
                self.column = 0;
                self.in_head = matches!(block, Md::TableHead);
                self.scheme_awaits = false;
                match block {
                    Md::TableHead => Tag::TableHead,
                    _ => Tag::TableRow { at },
                }
            }
            Md::TableCell => {
                self.cell_end = Span::new(range.start, range.end).end;
                let align = self.columns.get(self.column).copied();
                self.column += 1;
                Tag::TableCell(align.unwrap_or_default())
            }
            _ => Tag::HtmlBlock,
        };
        self.push_frame(Some(tag), span, own);
    }

    pub(super) fn push_frame(&mut self, tag: Option<Tag>, span: Span, own: Option<Found>) {
        let mut frame = Frame::new(tag, self.body.events.len(), span);
        frame.mark = own;
        frame.outer = self.top().pending.take();
        if matches!(tag, Some(Tag::Heading(_)))
            && let Some(found) = frame.outer.take()
        {
            self.problems.report(
                Code::BadMarking,
                self.span_of(found),
                "a mark alone before a heading",
                "write it on the heading: `## Title {tlp=amber}` or `## (TLP:AMBER) Title`",
            );
            frame.mark = higher(frame.mark, Some(Found { bad: true, ..found }));
        }
        match frame.outer {
            Some(found) => {
                self.check_between(found, span);
                self.top().after = None;
            }
            None => self.doubt_block(tag, span),
        }
        if let Some(tag) = tag {
            self.body.events.push(Event::Start(tag));
        }
        self.run.text = self.body.text.len();
        self.run.seen = span.start as usize;
        self.frames.push(frame);
    }

    pub(super) fn end_block(&mut self, mut frame: Frame) {
        match frame.tag {
            Some(Tag::Definition { .. }) => self.defined_to = frame.span.end,
            // pulldown-cmark lets the range of such a list reach into what follows.
            Some(Tag::DefinitionList) => {
                frame.span.end = frame.span.end.min(self.defined_to).max(frame.span.start);
            }
            _ => {}
        }
        match frame.tag {
            Some(Tag::Quote(_) | Tag::Item { .. } | Tag::Footnote(_) | Tag::Definition { .. }) => {
                return self.end_container(frame);
            }
            Some(Tag::Paragraph { .. }) if self.body.events.len() == frame.start + 1 => {
                // It held nothing but a mark, which now waits for the next block.
                self.body.events.truncate(frame.start);
                self.forget_block(frame.start);
                if let Some(found) = frame.outer {
                    self.nothing_to_mark(found);
                    self.top().pending = higher(self.top().pending, Some(found));
                }
                self.touch();
                return;
            }
            Some(Tag::HtmlBlock) => return self.end_html(frame),
            Some(Tag::TableRow { .. }) => self.excess_cells(frame.span),
            Some(Tag::Heading(at)) => self.end_heading(at, &frame),
            None | Some(Tag::CodeBlock(_)) => return self.end_code(frame),
            _ => {}
        }
        if let Some(tag) = frame.tag {
            self.body.events.push(Event::End(tag));
        }
        if !matches!(frame.tag, Some(Tag::Heading(_))) {
            self.add_regions(&frame);
        }
        self.note_ended(&frame, None);
        self.touch();
    }

    /// Tells of the cells of a row that lie beyond the columns of its table: Markdown drops them.
    fn excess_cells(&mut self, row: Span) {
        let excess = Span {
            start: self.cell_end,
            end: row.end,
        };
        let cells = excess.of(self.file).trim_end();
        if !cells.contains(|c: char| c != '|' && !c.is_whitespace()) {
            return;
        }
        let start = excess.start as usize;
        self.labels_lost(cells, Span::new(start, start + cells.len()));
        self.problems.report(
            Code::LostCell,
            Span::new(start, start + cells.len()),
            format!(
                "the table has {}: what stands in further cells is not shown",
                match self.columns.len() {
                    1 => "one column".to_owned(),
                    count => format!("{count} columns"),
                }
            ),
            "write `\\|` for a bar within a cell, also in code; or give the first two rows of the table another column",
        );
    }

    pub(super) fn end_container(&mut self, mut frame: Frame) {
        if let Some(html) = frame.html.take() {
            self.unclosed_html(&frame, html);
        }
        let end = self.body.events.len();
        let section = frame.sections.iter().map(|section| section.found);
        let section = section.max_by_key(|found| found.tlp);
        for section in frame.sections.drain(..) {
            self.end_section(&section, end, frame.span.end);
        }
        if let Some(found) = frame.pending.take() {
            self.nothing_to_mark(found);
        }
        // An item or a quote that holds nothing but its mark.
        if let Some(found) = frame.mark.filter(|found| !found.bad)
            && frame.tag.is_some()
            && says_nothing(&self.body, frame.start)
        {
            self.nothing_to_mark(found);
        }
        if let Some(tag) = frame.tag {
            self.body.events.push(Event::End(tag));
            self.add_regions(&frame);
            self.note_ended(&frame, section);
            self.touch();
        }
    }

    /// The regions of a block that has just ended.
    pub(super) fn add_regions(&mut self, frame: &Frame) {
        if let Some(found) = frame.outer {
            self.check_says(frame.start, found);
        }
        for found in [frame.outer, frame.mark].into_iter().flatten() {
            let start = frame.span.start.min(found.from);
            let span = Span {
                start,
                ..frame.span
            };
            self.regions.push(Region {
                start: frame.start,
                end: self.body.events.len(),
                found,
                span,
                section: false,
            });
            self.check_elements(frame.start, frame.span.end, found);
        }
    }

    /// Sections of this or a lower level end before a heading, which begins at `at` in the file.
    pub(super) fn close_sections(&mut self, level: u8, at: u32) {
        let end = self.body.events.len();
        let sections = &self.top().sections;
        if sections.iter().any(|section| section.level >= level) {
            self.split_html(end, at);
        }
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let ended = frame
            .sections
            .extract_if(.., |section| section.level >= level);
        for section in ended.collect::<Vec<_>>() {
            self.end_section(&section, end, at);
        }
    }

    /// A section ends before an event and at a byte of the file.
    fn end_section(&mut self, section: &Section, event: usize, at: u32) {
        self.regions.push(Region {
            start: section.start,
            end: event,
            found: section.found,
            span: Span {
                start: section.from,
                end: at,
            },
            section: true,
        });
        // Marked elements go on by themselves.
        if self.top().html.is_none() {
            self.check_elements(section.start, at, section.found);
        }
    }

    pub(super) fn footnote(&mut self, label: &str) -> u32 {
        let key = label.to_lowercase();
        if let Some(&known) = self.footnotes.get(&key) {
            return known;
        }
        let note = self.new_footnote(label);
        self.footnotes.insert(key, note);
        note
    }

    pub(super) fn new_footnote(&mut self, label: &str) -> u32 {
        self.body.footnotes.push(label.to_owned());
        self.defined.push(false);
        last(&self.body.footnotes)
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
