//! The text directly in a block: its citations are read, and the mark with which it begins.

use super::cite;
use super::flat::{Flat, Group};
use super::mark::{self, Found};
use super::rebuild::Edit;
use super::walk::{Walk, collapse, higher, holds_tlp};
use crate::diag::Code;
use crate::model::body::Tag;
use crate::model::{Cite, RawRef};
use crate::text::Span;
use memchr::memchr;
use std::ops::Range;

const ESCAPE: &str = "a portion mark stands at the start of a paragraph, an item, a quote, a definition or a footnote; write `\\(` where no mark is meant";

impl Walk<'_> {
    /// Ends the run, if one is open: reads it, and marks what its mark is for.
    pub(super) fn close_run(&mut self) {
        if !std::mem::take(&mut self.run.open) {
            return;
        }
        let mut found = self.run.bad.take();
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        let holds = |byte| memchr(byte, text.as_bytes()).is_some();
        let cites = holds(b'@') && holds(b'[');
        if cites || holds_tlp(text) {
            found = higher(found, self.read_run());
        }
        let empty = self.body.events.len() == self.run.events;
        if let Some(found) = found {
            self.place_mark(found, empty);
        }
        let bare = !matches!(
            self.top().tag,
            Some(
                Tag::Paragraph { .. }
                    | Tag::Heading(_)
                    | Tag::TableCell(_)
                    | Tag::DefinitionTitle { .. }
            )
        );
        if bare {
            self.touch();
        }
    }

    /// Reads the citations and the mark of a run, and takes them out of its text.
    fn read_run(&mut self) -> Option<Found> {
        let flat = Flat::of(&self.body, &self.run);
        let mut edits = Vec::new();
        let mut mark = None;
        let mut done = 0;
        for group in flat.groups() {
            // Brackets within a citation are part of it.
            if group.open < done {
                continue;
            }
            if let Some(edit) = self.citation(&flat, &group) {
                done = edit.range.end;
                edits.push(edit);
            } else if group.tlp {
                let (found, edit) = self.mark(&flat, &group);
                mark = higher(mark, Some(found));
                edits.extend(edit);
            }
        }
        mark = higher(mark, self.unopened(&flat));
        if !edits.is_empty() {
            flat.rebuild(&mut self.body, &self.run, &edits);
        }
        mark
    }

    fn span(&self, flat: &Flat, range: Range<usize>) -> Span {
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
            Ok(named) => Some(self.push_cites(flat, range, &named)),
            Err((message, help)) => {
                self.bad_citation(flat, range, &message, &help);
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

    fn bad_citation(&mut self, flat: &Flat, range: Range<usize>, message: &str, help: &str) {
        let span = self.span(flat, range);
        self.problems.report(Code::BadCitation, span, message, help);
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
            Ok(tlp) if group.bracket != '(' => {
                let help = format!("write it in parentheses: `({})`", tlp.label());
                (
                    self.bad_mark(span, "a mark in the wrong brackets", help),
                    None,
                )
            }
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

    /// `TLP:AMBER)` without its opening parenthesis.
    fn unopened(&mut self, flat: &Flat) -> Option<Found> {
        let head = flat.head?;
        let text = flat.text.get(head..)?;
        if !mark::has_prefix(text) {
            return None;
        }
        let end = text.find(|c: char| c.is_whitespace() || c == ')')?;
        let closed = text[end..].starts_with(')') && mark::read_label(&text[..end]).is_ok();
        closed.then(|| {
            let span = self.span(flat, head..head + end + 1);
            let help = format!("write `({})`", text[..end].to_ascii_uppercase());
            self.bad_mark(span, "a mark without its opening parenthesis", help)
        })
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
        let paragraph = matches!(tag, Some(Tag::Paragraph { .. }));
        if let Some(largest) = self.largest_fresh(block - usize::from(paragraph && block > 0)) {
            self.mark_frame(largest, found);
        } else if empty {
            let container = block - usize::from(paragraph && block > 0);
            if let Some(frame) = self.frames.get_mut(container) {
                frame.pending = higher(frame.pending, Some(found));
            }
        } else if paragraph {
            self.mark_frame(block, found);
        } else {
            self.regions.push(mark::Region {
                start: self.run.events,
                end: self.body.events.len(),
                found,
            });
        }
    }

    fn mark_frame(&mut self, at: usize, found: Found) {
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
