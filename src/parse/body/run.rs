//! The text directly in a block: its citations are read, and the mark with which it begins.

use super::super::label::{self, Label, Reading};
use super::cite;
use super::flat::{Flat, Group};
use super::mark::{self, Bare, Found, How};
use super::rebuild::Edit;
use super::walk::{Walk, collapse, higher, holds_pair};
use crate::diag::{Advice, Code, TextEdit};
use crate::model::body::{Event, Tag};
use crate::model::{Cite, RawRef, Tlp};
use crate::text::Span;
use memchr::memchr;
use std::ops::Range;

pub(super) const ESCAPE: &str = "a portion mark stands at the start of a paragraph, an item, a quote, a definition or a footnote; write `\\(` where no mark is meant";

impl Walk<'_> {
    /// Ends the run, if one is open: reads it, and marks what its mark is for.
    pub(super) fn close_run(&mut self) {
        if !std::mem::take(&mut self.run.open) {
            return;
        }
        if self.run.gap {
            self.close_gap();
        }
        self.end_typed_link();
        self.note_heading_words();
        self.link_addresses();
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        let holds = |byte| memchr(byte, text.as_bytes()).is_some();
        let cites = holds(b'@') && holds(b'[');
        if self.in_sentence {
            if cites {
                self.read_run(false);
            }
            self.settle_embeds();
            return;
        }
        if holds_pair(text, b"[^") {
            self.undefined_notes();
        }
        self.foreign_in_run();
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        if memchr(b'{', text.as_bytes()).is_some() {
            self.label_in_braces();
        }
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        if memchr(b'=', text.as_bytes()).is_some() {
            self.highlight_run();
            self.inline_query();
        }
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        // Tags between its letters hide a label from a quick look.
        let labels = label::possible(text) || self.run.html;
        let read = match cites || labels {
            true => self.read_run(labels),
            false => None,
        };
        let mut found = higher(self.run.bad.take(), read);
        found = higher(found, self.other_marking());
        if read.is_some() {
            found = higher(found, self.added_to_mark());
        }
        self.note_run(labels);
        self.note_column();
        let empty = self.body.events.len() == self.run.events;
        if let Some(found) = found {
            match empty || found.bad || self.run_says_something() {
                true => self.place_mark(found, empty),
                false => self.mark_of_signs(found),
            }
        }
        self.settle_embeds();
        let bare = !matches!(
            self.top().tag,
            Some(
                Tag::Paragraph { .. }
                    | Tag::AlertTitle { .. }
                    | Tag::Heading(_)
                    | Tag::TableCell(_)
                    | Tag::DefinitionTitle { .. }
            )
        );
        if bare {
            self.touch();
        }
    }

    /// Whether a run holds a word, or code.
    fn run_says_something(&self) -> bool {
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        events.iter().any(|event| match event {
            Event::Text(slice) => self.body.slice(*slice).chars().any(char::is_alphanumeric),
            Event::Code(_) | Event::Start(Tag::Image(_)) => true,
            _ => false,
        })
    }

    /// A mark that nothing but signs follows in its paragraph: it is meant for the next block as one alone
    /// is, and holds for what it stands with as well. Signs that are seen are an error.
    fn mark_of_signs(&mut self, found: Found) {
        let events = self.body.events.get(self.run.events..).unwrap_or(&[]);
        let unseen = events.iter().all(|event| match event {
            Event::Text(slice) => {
                let mut signs = self.body.slice(*slice).chars();
                signs.all(|c| c.is_whitespace() || label::is_unseen(c))
            }
            Event::SoftBreak | Event::HardBreak | Event::Start(_) | Event::End(_) => true,
            _ => false,
        });
        let mut found = found;
        if !unseen {
            let span = self.span_of(found);
            self.problems.report(
                Code::BadMarking,
                span,
                "a mark that only signs follow",
                "write it alone in its paragraph, where it is for the next block, or before the words that it is for",
            );
            found.bad = true;
        }
        self.place_mark(found, true);
        self.place_mark(found, false);
    }

    /// Reads the citations and the mark of a run, and takes them out of its text.
    fn read_run(&mut self, labels: bool) -> Option<Found> {
        let flat = Flat::of(&self.body, &self.run);
        let labels = match labels {
            true => flat.labels(&self.body, &self.run),
            false => Vec::new(),
        };
        let mut read = vec![false; labels.len()];
        let mut edits: Vec<Edit> = Vec::new();
        let mut mark = None;
        let mut done = 0;
        for group in flat.groups(&labels) {
            // Brackets within a citation are part of it.
            if group.open < done {
                continue;
            }
            if let Some(edit) = self.citation(&flat, &group) {
                done = edit.range.end;
                edits.push(edit);
            } else if let Some(at) = group.label
                && let Some(label) = labels.get(at).filter(|label| holds(&flat, &group, label))
            {
                if self.is_open(&flat, &group, label) {
                    let how = How::Brackets;
                    let (reading, span) = (label.reading, self.span(&flat, label.range.clone()));
                    self.bare.push(Bare { reading, span, how });
                } else {
                    let (found, edit) = self.mark(&flat, &group);
                    mark = higher(mark, Some(found));
                    edits.extend(edit);
                }
                // Of what stands in the same brackets nothing more is to be said.
                let end = group.close.unwrap_or(label.range.end);
                let last = labels.partition_point(|label| label.range.start < end);
                read[at..last.max(at)].fill(true);
            }
        }
        for (label, read) in labels.iter().zip(read) {
            let after = edits.partition_point(|edit| edit.range.end <= label.range.start);
            let cut = edits
                .get(after)
                .is_some_and(|edit| edit.range.start <= label.range.start);
            if !read && !cut {
                mark = higher(mark, self.bare(&flat, label));
            }
        }
        if !edits.is_empty() {
            flat.rebuild(&mut self.body, &self.run, &edits);
        }
        mark
    }

    pub(super) fn span(&self, flat: &Flat, range: Range<usize>) -> Span {
        let last = range.end.saturating_sub(1).max(range.start);
        let start = flat.source(range.start, &self.run.pieces);
        Span::new(start, flat.source(last, &self.run.pieces) + 1)
    }

    /// Reads brackets that begin with `@`; reports what is nearly a citation.
    fn citation(&mut self, flat: &Flat, group: &Group) -> Option<Edit> {
        if group.bracket != '[' || group.in_link {
            return None;
        }
        let after = flat.text.get(group.open + 1..)?;
        let Some(close) = group.close else {
            let named = after.strip_prefix('@').and_then(|it| it.chars().next());
            if named.is_some_and(char::is_alphanumeric) {
                let end = word_end(after);
                self.bad_citation(
                    flat,
                    group.open..group.open + 1 + end,
                    "a citation that is not closed",
                    "close it: `[@slug]`; write `\\[@` for a literal `[@`",
                );
            }
            return None;
        };
        let range = group.open..close + 1;
        let content = flat.text.get(group.open + 1..close)?;
        if !content.starts_with('@') {
            if group.mentions {
                self.bad_citation(
                    flat,
                    range,
                    "a citation holds nothing but sources and locators",
                    "put the words outside: `see [@slug]`; write `\\[` where no citation is meant",
                );
            }
            return None;
        }
        if content == "@" {
            return None;
        }
        if group.nested {
            self.bad_citation(
                flat,
                range,
                "brackets within a citation",
                "cite as `[@slug]`, `[@slug, p. 12]` or `[@one; @two]`, in plain text",
            );
            return None;
        }
        let next = flat.text.get(close + 1..).and_then(|it| it.chars().next());
        if next == Some('(') || (next == Some(':') && flat.begins_line(group.open)) {
            self.bad_citation(
                flat,
                group.open..close + 2,
                "a citation is not a link",
                "leave a space after it; the address of a source goes into its entry in `content/sources/`",
            );
            return None;
        }
        match cite::read(content) {
            Ok(named) => {
                let places = named.iter().filter_map(|one| content.get(one.at.clone()?));
                if places.map(label::first).any(|label| label.is_some()) {
                    let span = self.span(flat, range.clone());
                    let help =
                        "mark the paragraph at its start; a place in a source is plain words";
                    let found = self.bad_mark(span, "a mark where none may stand", help.to_owned());
                    self.run.bad = higher(self.run.bad, Some(found));
                }
                Some(self.push_cites(flat, range, &named))
            }
            Err((message, help)) => {
                let span = self.span(flat, range.clone());
                let edit = cite::mended(content)
                    .map(|it| TextEdit::within(self.problems.path(), span, content, it));
                let help = Advice::from(help).safely(edit);
                self.bad_citation(flat, range, &message, help);
                None
            }
        }
    }

    fn push_cites(&mut self, flat: &Flat, range: Range<usize>, named: &[cite::Named]) -> Edit {
        let base = range.start + 1;
        let first = super::walk::offset(self.cites.len());
        let shift = |range: &Range<usize>| range.start + base..range.end + base;
        for one in named {
            let text = |range: &Range<usize>| flat.text.get(shift(range)).unwrap_or("");
            let name = RawRef {
                name: text(&one.name).into(),
                span: self.span(flat, shift(&one.name)),
            };
            let at = one.at.as_ref().map(|at| collapse(text(at)).into());
            let span = self.span(flat, shift(&one.whole));
            self.cites.push(Cite {
                source: Some(name),
                at,
                span,
            });
        }
        Edit {
            range,
            cites: Some((first, super::walk::offset(named.len()))),
        }
    }

    fn bad_citation(
        &mut self,
        flat: &Flat,
        range: Range<usize>,
        message: &str,
        help: impl Into<Advice>,
    ) {
        let span = self.span(flat, range);
        self.problems.report(Code::BadCitation, span, message, help);
    }

    /// Whether brackets within a text say nothing but that it is open: "the advisory (TLP:CLEAR) names".
    fn is_open(&self, flat: &Flat, group: &Group, label: &Label) -> bool {
        let alone = |close| {
            flat.is_blank(group.open + group.bracket.len_utf8()..label.range.start)
                && flat.is_blank(label.range.end..close)
        };
        label.reading.level() == Tlp::Clear
            && !label.coded
            && Some(group.open) != flat.head
            && group.close.is_some_and(alone)
    }

    /// Reads brackets that hold `tlp`: a mark where one may stand, else a problem.
    fn mark(&mut self, flat: &Flat, group: &Group) -> (Found, Option<Edit>) {
        let inner = group.open + group.bracket.len_utf8();
        let Some(close) = group.close else {
            let end = inner + word_end(flat.text.get(inner..).unwrap_or(""));
            let span = self.span(flat, group.open..end);
            let help = format!("close it: `(TLP:AMBER)`; {ESCAPE}");
            return (self.bad_mark(span, "a mark that is not closed", help), None);
        };
        let label = flat.text.get(inner..close).unwrap_or("");
        let end = close
            + flat
                .text
                .get(close..)
                .map_or(1, |it| it.chars().next().map_or(1, char::len_utf8));
        let span = self.span(flat, group.open..end);
        let read = mark::read_label(label);
        if Some(group.open) != flat.head {
            let help = match &read {
                Err(help) if mark::has_prefix(label) => format!("{ESCAPE} ({help})"),
                _ => self.help_for_place(),
            };
            let message = match &read {
                Ok(_) => "a mark where none may stand",
                Err(_) => "brackets that hold `tlp` but are no mark",
            };
            return (self.bad_mark(span, message, help), None);
        }
        match read {
            Err(help) => (
                self.bad_mark(span, "a mark that cannot be read", help),
                None,
            ),
            Ok(_) if self.in_table_or_title() => {
                let help = self.help_for_place();
                (
                    self.bad_mark(span, "a mark where none may stand", help),
                    None,
                )
            }
            Ok(tlp) => {
                let edit = Edit {
                    range: group.open..end,
                    cites: None,
                };
                (self.new_mark(tlp, span, false), Some(edit))
            }
        }
    }

    fn in_table_or_title(&mut self) -> bool {
        matches!(
            self.top().tag,
            Some(Tag::TableCell(_) | Tag::DefinitionTitle { .. })
        )
    }

    fn help_for_place(&mut self) -> String {
        match self.top().tag {
            Some(Tag::TableCell(_)) => {
                "a table is marked as a whole, by a mark in a paragraph of its own before it; write `\\(` where no mark is meant".to_owned()
            }
            Some(Tag::DefinitionTitle { .. }) => {
                "mark each definition at its start, or the list by a mark in a paragraph of its own before it; write `\\(` where no mark is meant".to_owned()
            }
            Some(Tag::Heading(_)) => {
                "on a heading a mark is the first thing, `## (TLP:AMBER) Title`, or the last, `## Title {tlp=amber}`; write `\\(` where no mark is meant".to_owned()
            }
            _ => ESCAPE.to_owned(),
        }
    }

    /// Marks what the run's mark is for: the largest item, quote, definition or footnote that begins
    /// with it, else the block that it is in; where the run held nothing else, the next block.
    fn place_mark(&mut self, found: Found, empty: bool) {
        let mut block = self.frames.len().saturating_sub(1);
        let tag = self.frames.get(block).and_then(|frame| frame.tag);
        if empty && !found.bad {
            let text = self.run.from..self.run.seen.max(self.run.from);
            self.alone.push((found.mark, text));
        }
        match tag {
            Some(Tag::Heading(_)) => return self.mark_frame(block, found),
            Some(Tag::TableCell(_) | Tag::DefinitionTitle { .. }) => {
                let whole = |tag| matches!(tag, Some(Tag::Table { .. } | Tag::DefinitionList));
                while block > 0 && !whole(self.frames[block].tag) {
                    block -= 1;
                }
                return self.mark_frame(block, found);
            }
            _ => {}
        }
        let paragraph = matches!(tag, Some(Tag::Paragraph { .. } | Tag::AlertTitle { .. }));
        if let Some(largest) = self.largest_fresh(block - usize::from(paragraph && block > 0)) {
            self.mark_frame(largest, found);
        } else if empty {
            let container = block - usize::from(paragraph && block > 0);
            let from = match paragraph {
                true => self.frames[block].span.start,
                false => Span::new(self.run.from, self.run.from).start,
            };
            if let Some(frame) = self.frames.get_mut(container) {
                frame.pending = higher(frame.pending, Some(Found { from, ..found }));
            }
        } else if paragraph {
            self.mark_frame(block, found);
        } else {
            self.regions.push(mark::Region {
                start: self.run.events,
                end: self.body.events.len(),
                found,
                span: Span::new(self.run.from, self.run.seen),
                section: false,
            });
            let end = Span::new(self.run.seen, self.run.seen).end;
            self.check_elements(self.run.events, end, found);
            self.note_ended_run(found);
        }
    }

    pub(super) fn mark_frame(&mut self, at: usize, found: Found) {
        if let Some(frame) = self.frames.get_mut(at) {
            if let Some(before) = frame.mark
                && before.tlp != found.tlp
                && !before.bad
                && !found.bad
            {
                let span = self.body.marks.get(found.mark as usize);
                let span = span.map_or_else(Span::default, |mark| mark.span);
                self.problems.report(
                    Code::BadMarking,
                    span,
                    "two marks on one thing",
                    "keep the one that is meant; the higher holds",
                );
            }
            frame.mark = higher(frame.mark, Some(found));
        }
    }

    /// The outermost block that nothing but starts of blocks stands in yet, from `at` upwards.
    fn largest_fresh(&self, at: usize) -> Option<usize> {
        let mut largest = None;
        for (index, frame) in self.frames.iter().enumerate().take(at + 1).rev() {
            if !frame.fresh {
                break;
            }
            match frame.tag {
                Some(
                    Tag::Item { .. } | Tag::Quote(_) | Tag::Definition { .. } | Tag::Footnote(_),
                ) => largest = Some(index),
                Some(Tag::List { .. } | Tag::DefinitionList) => {}
                _ => break,
            }
        }
        largest
    }
}

/// Whether brackets hold a label: it reads as one by itself, or it is the first thing in them. In code it is
/// quoted, unless the brackets hold nothing else or stand where a mark does.
fn holds(flat: &Flat, group: &Group, label: &Label) -> bool {
    let inner = group.open + group.bracket.len_utf8();
    let before = inner..label.range.start;
    // `(.tlp-red)`: a sign before it makes no other word of a colour.
    let first = match label.reading {
        _ if flat.are_attributes(group) => true,
        Reading::Unknown => flat.is_blank(before),
        Reading::Colour(_) | Reading::White => flat.are_signs(before),
    };
    let alone = || (group.close).is_some_and(|close| flat.is_blank(label.range.end..close));
    match label.coded {
        true => first && (alone() || Some(group.open) == flat.head),
        // "(formerly TLP:WHITE)" says nothing that could be withheld.
        false if !first && label.reading == Reading::White => false,
        false => {
            (first || label.plain) && !flat.is_escaped(label) || first && group.close.is_some()
        }
    }
}

/// The end of the word with which a text begins. Not looked for far away: a text may be one word of a
/// million brackets, and this is asked at each of them.
fn word_end(text: &str) -> usize {
    let near = text.char_indices().take(60);
    let mut end = 0;
    for (at, c) in near {
        if c.is_whitespace() {
            return at;
        }
        end = at + c.len_utf8();
    }
    end
}
