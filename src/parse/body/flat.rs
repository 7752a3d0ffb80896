//! The text of one run as a single string, with the brackets in it that may be citations or marks.
//!
//! pulldown-cmark gives `[@a]` as three texts and an escaped bracket as the start of a new one; here
//! they stand together again, with a note of what was escaped and what stands within links. One pass
//! over the string, whatever brackets it holds.

use super::super::label::{KINDS, Label, Reading, Seen, bracket, is_unseen};
use super::said;
use super::walk::{Piece, Run, holds_pair};
use crate::model::Body;
use crate::model::body::{Event, Slice, Tag};
use crate::model::html;
use memchr::{memchr, memmem};
use std::ops::Range;

/// Stands for the start or the end of an emphasis or a link.
pub(super) const EDGE: char = '\u{1}';
/// Stands for code, raw HTML and footnote references.
pub(super) const OBJECT: char = '\u{FFFC}';

/// How far before a label the beginning of an address is looked for.
const LONGEST_ADDRESS: usize = 2000;

/// Whether what may be a citation or a mark begins, goes on or ends with a byte: brackets of other scripts
/// begin with one that is no ASCII.
const MATTERS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0x80;
    while byte < 256 {
        table[byte] = true;
        byte += 1;
    }
    let mut at = 0;
    while at < SIGNS.len() {
        table[SIGNS[at] as usize] = true;
        at += 1;
    }
    table
};
const SIGNS: &[u8] = b"()[]{}@";

/// A run as one string.
pub(super) struct Flat {
    pub(super) text: String,
    /// Where each event of the run begins in `text`.
    pub(super) starts: Vec<usize>,
    /// For each text event its slice, to come back to [`Body::text`].
    pub(super) slices: Vec<Slice>,
    /// Characters after a backslash.
    escaped: Vec<usize>,
    /// What stands within links and images.
    links: Vec<Range<usize>>,
    /// Lines that open a block in other tools, `::: box`.
    fences: Vec<Range<usize>>,
    /// The first character where a mark may stand.
    pub(super) head: Option<usize>,
}

/// Brackets that may be a citation or a mark.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) open: usize,
    /// The closing bracket; `None` where it is missing.
    pub(super) close: Option<usize>,
    pub(super) bracket: char,
    /// It stands within a link.
    pub(super) in_link: bool,
    /// Square brackets stand within it.
    pub(super) nested: bool,
    /// `@name` stands in it, after other words.
    pub(super) mentions: bool,
    /// The first label that stands in it, and in no brackets within it.
    pub(super) label: Option<usize>,
}

impl Flat {
    pub(super) fn of(body: &Body, run: &Run) -> Flat {
        let events = body.events.get(run.events..).unwrap_or(&[]);
        let mut flat = Flat {
            text: String::with_capacity(body.text.len() - run.text + 16),
            starts: Vec::with_capacity(events.len()),
            slices: Vec::with_capacity(events.len()),
            escaped: Vec::new(),
            links: Vec::new(),
            fences: Vec::new(),
            head: None,
        };
        let mut pieces = run.pieces.as_slice();
        let mut open_links = Vec::new();
        for &event in events {
            let at = flat.text.len();
            flat.starts.push(at);
            flat.slices.push(Slice::default());
            match event {
                Event::Text(slice) => {
                    flat.text.push_str(body.slice(slice));
                    flat.slices.pop();
                    flat.slices.push(slice);
                    pieces = flat.note_escapes(pieces, slice, at);
                }
                Event::SoftBreak | Event::HardBreak => flat.text.push('\n'),
                Event::Task(_) => {}
                Event::Start(tag) => {
                    flat.text.push(EDGE);
                    if matches!(tag, Tag::Link(_) | Tag::Image(_)) {
                        open_links.push(at);
                    }
                }
                Event::End(tag) => {
                    flat.text.push(EDGE);
                    if matches!(tag, Tag::Link(_) | Tag::Image(_))
                        && let Some(start) = open_links.pop()
                        // A link within an image is part of it.
                        && open_links.is_empty()
                    {
                        flat.links.push(start..at);
                    }
                }
                _ => flat.text.push(OBJECT),
            }
        }
        flat.head = flat.find_head(events);
        flat.fences = fences(&flat.text);
        flat
    }

    fn note_escapes<'p>(
        &mut self,
        mut pieces: &'p [Piece],
        slice: Slice,
        at: usize,
    ) -> &'p [Piece] {
        while let Some((piece, rest)) = pieces.split_first() {
            if piece.at >= slice.end as usize {
                break;
            }
            if piece.escaped && piece.at >= slice.start as usize {
                self.escaped.push(at + piece.at - slice.start as usize);
            }
            pieces = rest;
        }
        pieces
    }

    /// The first character of the text, if nothing but a task's box and the start of bold type
    /// stands before it.
    fn find_head(&self, events: &[Event]) -> Option<usize> {
        let mut bold = false;
        for (event, &start) in events.iter().zip(&self.starts) {
            match event {
                Event::Task(_) => {}
                Event::Start(Tag::Strong) if !bold => bold = true,
                Event::Text(_) => {
                    let rest = self.text.get(start..)?;
                    let text = rest.trim_start_matches(|c: char| c.is_whitespace() || is_blank(c));
                    // White space alone is not the text; it goes on in the next event.
                    if !text.is_empty() {
                        return Some(start + rest.len() - text.len());
                    }
                }
                _ => return None,
            }
        }
        None
    }

    /// The place in the file.
    pub(super) fn source(&self, at: usize, pieces: &[Piece]) -> usize {
        let event = self.starts.partition_point(|&start| start <= at).max(1) - 1;
        let start = self.starts.get(event).copied().unwrap_or(0);
        match self.slices.get(event) {
            Some(slice) if slice.end > 0 => {
                super::walk::place(pieces, slice.start as usize + (at - start))
            }
            // No text: where the text before it ends.
            _ => {
                let before = self.slices.get(..event).unwrap_or(&[]);
                let text = before.iter().rfind(|slice| slice.end > 0);
                text.map_or_else(
                    || super::walk::place(pieces, 0),
                    |slice| super::walk::place(pieces, (slice.end as usize).saturating_sub(1)) + 1,
                )
            }
        }
    }

    /// The labels of the run.
    pub(super) fn labels(&self, body: &Body, run: &Run) -> Vec<Label> {
        let mut seen = Seen::default();
        let events = body.events.get(run.events..).unwrap_or(&[]);
        for ((event, &start), slice) in events.iter().zip(&self.starts).zip(&self.slices) {
            match *event {
                Event::Text(_) => {
                    let end = start + (slice.end - slice.start) as usize;
                    seen.push(self.text.get(start..end).unwrap_or(""), start);
                }
                Event::Code(code) => {
                    seen.push_code(body.slice(code), start, start + OBJECT.len_utf8());
                }
                Event::SoftBreak | Event::HardBreak => seen.push("\n", start),
                // `<span class="tlp">AMBER</span>`
                Event::Html(html) if names_tlp(body.slice(html)) => {
                    seen.push_said("TLP ", start, start + OBJECT.len_utf8());
                }
                // Tags, raw HTML and what stands for a number are no signs of a label; that something stands
                // there is seen by its place in the text.
                Event::Start(_)
                | Event::End(_)
                | Event::Html(_)
                | Event::Cite { .. }
                | Event::FootnoteRef(_)
                | Event::Rule
                | Event::Task(_)
                | Event::Indicators { .. } => {}
            }
        }
        seen.labels(&self.text)
    }

    /// The brackets that matter, in the order in which they open.
    pub(super) fn groups(&self, labels: &[Label]) -> Vec<Group> {
        let mut scan = Scan::new();
        let mut escaped = self.escaped.iter().copied().peekable();
        let mut links = self.links.iter().peekable();
        let mut next = 0;
        let bytes = self.text.as_bytes();
        let mut from = 0;
        while from < bytes.len() {
            let at = match labels.is_empty() && scan.open.is_empty() {
                // Without a label nothing matters but citations, and what stands in their brackets.
                true => memchr(b'[', &bytes[from..]),
                false => bytes[from..]
                    .iter()
                    .position(|byte| MATTERS[*byte as usize]),
            };
            let Some(at) = at.map(|at| from + at) else {
                break;
            };
            from = at + 1;
            while labels
                .get(next)
                .is_some_and(|label| label.range.start <= at)
            {
                scan.label(next);
                next += 1;
            }
            let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) else {
                continue;
            };
            while links.next_if(|link| link.end <= at).is_some() {}
            while escaped.next_if(|&it| it < at).is_some() {}
            let in_link = links.peek().is_some_and(|link| link.contains(&at));
            let literal = escaped.peek() == Some(&at);
            match bracket(c) {
                _ if literal => {}
                Some((kind, true)) => scan.open(at, c, kind, in_link),
                Some((kind, false)) => scan.close(at, kind),
                None if c == '@' && !in_link && mentions(&self.text, at) => scan.mention(),
                None => {}
            }
        }
        for label in next..labels.len() {
            scan.label(label);
        }
        scan.finish(&self.text, labels)
    }

    /// Whether a label is literal: its colon, or the bracket before it, was written with a backslash.
    pub(super) fn is_escaped(&self, label: &Label) -> bool {
        let before = self.text.get(..label.range.start).unwrap_or("");
        let before = before.trim_end_matches(|c: char| c == ' ' || is_blank(c));
        let opened = before.char_indices().next_back();
        let opened = opened.filter(|(_, c)| bracket(*c).is_some_and(|(_, opens)| opens));
        let is = |at: usize| self.escaped.binary_search(&at).is_ok();
        let colon = |at: usize| self.text.as_bytes().get(at) == Some(&b':') && is(at);
        opened.is_some_and(|(at, _)| is(at)) || label.range.clone().any(colon)
    }

    /// Whether a label is part of an address: nothing between ends that, and a sign that parts the pieces of
    /// one stands before it.
    pub(super) fn is_in_address(&self, label: &Label) -> bool {
        let before = self.text.get(..label.range.start).unwrap_or("");
        if !before.ends_with(|c: char| "/-_.=?&#+%".contains(c)) {
            return false;
        }
        // A text may be one word of a million labels, and this is asked at each of them.
        let before = before.as_bytes();
        let near = &before[before.len().saturating_sub(LONGEST_ADDRESS)..];
        let start = near.iter().rposition(|byte| !byte.is_ascii_graphic());
        memmem::find(&near[start.map_or(0, |at| at + 1)..], b"://").is_some()
    }

    /// Whether brackets hold ids and classes, as other tools take them: `{.tlp-amber}`, `{: #tlp-red }`.
    pub(super) fn are_attributes(&self, group: &Group) -> bool {
        let inner = self.text.get(group.open + 1..).unwrap_or("");
        let inner = inner.trim_start_matches([':', ' ']);
        group.bracket == '{' && inner.starts_with(['.', '#'])
    }

    /// Whether a colour is part of what stands behind colons that open a block in other tools:
    /// `::: box tlp-amber-note`. Behind a text the first of them makes a definition.
    pub(super) fn is_in_fence(&self, label: &Label) -> bool {
        let before = self
            .fences
            .partition_point(|fence| fence.start <= label.range.start);
        let fence = before.checked_sub(1).and_then(|at| self.fences.get(at));
        let within = fence.is_some_and(|fence| fence.contains(&label.range.start));
        label.reading != Reading::Unknown && within
    }

    /// Whether nothing that is seen stands in a range.
    pub(super) fn is_blank(&self, range: Range<usize>) -> bool {
        let between = self.text.get(range).unwrap_or("");
        between.chars().all(|c| c.is_whitespace() || is_blank(c))
    }

    /// Whether nothing but signs stands in a range.
    pub(super) fn are_signs(&self, range: Range<usize>) -> bool {
        let between = self.text.get(range).unwrap_or("");
        !between.contains(|c: char| c.is_alphanumeric() || c == OBJECT)
    }

    /// Whether nothing else that is seen stands in the line of a range, or in those that it begins and ends in.
    pub(super) fn is_alone(&self, range: &Range<usize>) -> bool {
        let unseen = |c: char| c != '\n' && (c.is_whitespace() || is_blank(c));
        let before = self.text.get(..range.start).unwrap_or("");
        let before = before.trim_end_matches(unseen);
        let after = self.text.get(range.end..).unwrap_or("");
        let after = after.trim_start_matches(unseen);
        (before.is_empty() || before.ends_with('\n'))
            && (after.is_empty() || after.starts_with('\n'))
    }

    /// Whether a line of the text begins at a place.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or("");
        let before = before.trim_end_matches([' ', '\t', EDGE]);
        before.is_empty() || before.ends_with('\n')
    }
}

/// The brackets that are open, innermost last.
struct Scan {
    open: Vec<(Group, usize)>,
    /// How many of each kind are open.
    counts: [usize; KINDS],
    done: Vec<Group>,
}

impl Scan {
    fn new() -> Scan {
        Scan {
            open: Vec::new(),
            counts: [0; KINDS],
            done: Vec::new(),
        }
    }

    fn open(&mut self, at: usize, bracket: char, kind: usize, in_link: bool) {
        if kind == 1
            && !in_link
            && let Some((group, _)) = self.open.last_mut()
        {
            group.nested = true;
        }
        self.counts[kind] += 1;
        let group = Group {
            open: at,
            close: None,
            bracket,
            in_link,
            nested: false,
            mentions: false,
            label: None,
        };
        self.open.push((group, kind));
    }

    /// Closes the nearest of its kind; those opened after it are left open. Every bracket is taken
    /// off the stack once, so that this is linear however they are mixed.
    fn close(&mut self, at: usize, kind: usize) {
        if self.counts[kind] == 0 {
            return;
        }
        let (mut label, mut nested) = (None, false);
        while let Some((mut group, its)) = self.open.pop() {
            self.counts[its] -= 1;
            if its == kind {
                group.close = Some(at);
                group.label = group.label.or(label);
                group.nested |= nested;
                self.done.push(group);
                return;
            }
            label = group.label.or(label);
            nested |= group.nested;
            self.done.push(group);
        }
    }

    fn mention(&mut self) {
        if let Some((group, 1)) = self.open.last_mut() {
            group.mentions = true;
        }
    }

    fn label(&mut self, label: usize) {
        if let Some((group, _)) = self.open.last_mut() {
            group.label.get_or_insert(label);
        }
    }

    fn finish(mut self, text: &str, labels: &[Label]) -> Vec<Group> {
        self.done
            .extend(self.open.drain(..).map(|(group, _)| group));
        self.done.retain_mut(|group| {
            let inner = group.open + group.bracket.len_utf8();
            let after = text.get(inner..).unwrap_or("");
            if group.close.is_none() {
                // Far from its bracket a label is not held by it.
                let near = |label: &usize| {
                    let between = labels
                        .get(*label)
                        .and_then(|it| text.get(inner..it.range.start));
                    between.is_some_and(|it| {
                        it.len() < 40 && it.chars().all(|c| c.is_whitespace() || is_blank(c))
                    })
                };
                group.label = group.label.filter(near);
                group.mentions = false;
            }
            let cites = group.bracket == '[' && !group.in_link && after.starts_with('@');
            group.label.is_some() || cites || (group.mentions && group.bracket == '[')
        });
        self.done.sort_by_key(|group| group.open);
        self.done
    }
}

/// Whether a tag has the name of the protocol for a class or the like.
fn names_tlp(html: &str) -> bool {
    let rest = html.get(1 + html::name(html.get(1..).unwrap_or("")).len()..);
    let values = html::attributes(rest.unwrap_or(""));
    let values: Vec<String> = values.map(|(_, value)| value).collect();
    said::names_tlp(values.iter().map(String::as_str))
}

/// The lines that begin with colons, from there on.
fn fences(text: &str) -> Vec<Range<usize>> {
    if !holds_pair(text, b"::") {
        return Vec::new();
    }
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        start..at
    });
    lines
        .filter(|line| text[line.clone()].starts_with("::"))
        .collect()
}

/// Whether a sign of the string is not seen on the page.
fn is_blank(c: char) -> bool {
    c == EDGE || is_unseen(c)
}

/// Whether the `@` at a place stands before a name and after a space or a bracket.
fn mentions(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|it| it.chars().next_back());
    let after = text.get(at + 1..).and_then(|it| it.chars().next());
    before.is_some_and(|c| c.is_whitespace() || "(,;:".contains(c))
        && after.is_some_and(char::is_alphanumeric)
}
