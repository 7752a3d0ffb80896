//! The text of one run as a single string, with the brackets in it that may be citations or marks.
//!
//! pulldown-cmark gives `[@a]` as three texts and an escaped bracket as the start of a new one; here
//! they stand together again, with a note of what was escaped and what stands within links. One pass
//! over the string, whatever brackets it holds.

use super::walk::{Piece, Run};
use crate::model::Body;
use crate::model::body::{Event, Slice, Tag};
use memchr::memchr2_iter;
use std::ops::Range;

/// Stands for the start or the end of an emphasis or a link.
pub(super) const EDGE: char = '\u{1}';
/// Stands for code, raw HTML and footnote references.
pub(super) const OBJECT: char = '\u{FFFC}';

/// The bytes with which what may be a citation begins, goes on or ends.
const MATTERS_TO_CITATIONS: [bool; 256] = among(b"()[]{}@");
/// The same where `tlp` stands in the text; 0xEF begins brackets of full width.
const MATTERS_TO_MARKS: [bool; 256] = among(b"()[]{}@tT\xEF");

const fn among(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}

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
    /// `tlp` stands in it.
    pub(super) tlp: bool,
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
                    let text = rest.trim_start();
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

    /// The brackets that matter, in the order in which they open.
    pub(super) fn groups(&self) -> Vec<Group> {
        let mut scan = Scan::default();
        let mut escaped = self.escaped.iter().copied().peekable();
        let mut links = self.links.iter().peekable();
        let bytes = self.text.as_bytes();
        // Almost every byte of a text matters to neither.
        let matters = match self.holds_tlp() {
            true => &MATTERS_TO_MARKS,
            false => &MATTERS_TO_CITATIONS,
        };
        for (at, _) in (bytes.iter().enumerate()).filter(|(_, byte)| matters[**byte as usize]) {
            let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) else {
                continue;
            };
            while links.next_if(|link| link.end <= at).is_some() {}
            while escaped.next_if(|&it| it < at).is_some() {}
            let in_link = links.peek().is_some_and(|link| link.contains(&at));
            let literal = escaped.peek() == Some(&at);
            match kind(c) {
                _ if literal => {}
                Some((kind, true)) => scan.open(at, c, kind, in_link),
                Some((kind, false)) => scan.close(at, kind),
                None if c == '@' && !in_link && mentions(&self.text, at) => scan.mention(),
                None if is_tlp(bytes.get(at..).unwrap_or(&[])) => scan.tlp(),
                None => {}
            }
        }
        scan.finish(&self.text)
    }

    /// Whether `tlp` stands in the text, in whatever case and with emphasis within.
    fn holds_tlp(&self) -> bool {
        let bytes = self.text.as_bytes();
        memchr2_iter(b'p', b'P', bytes).any(|at| {
            let mut before = bytes[..at].iter().rev().filter(|&&byte| byte != EDGE as u8);
            let mut is = |letter| before.next().is_some_and(|byte| byte | 0x20 == letter);
            is(b'l') && is(b't')
        })
    }

    /// Whether a line of the text begins at a place.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or("");
        let before = before.trim_end_matches([' ', '\t', EDGE]);
        before.is_empty() || before.ends_with('\n')
    }
}

/// The brackets that are open, innermost last.
#[derive(Default)]
struct Scan {
    open: Vec<(Group, usize)>,
    /// How many of each kind are open.
    counts: [usize; 3],
    done: Vec<Group>,
}

impl Scan {
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
            tlp: false,
        };
        self.open.push((group, kind));
    }

    /// Closes the nearest of its kind; those opened after it are left open. Every bracket is taken
    /// off the stack once, so that this is linear however they are mixed.
    fn close(&mut self, at: usize, kind: usize) {
        if self.counts[kind] == 0 {
            return;
        }
        let (mut tlp, mut nested) = (false, false);
        while let Some((mut group, its)) = self.open.pop() {
            self.counts[its] -= 1;
            if its == kind {
                group.close = Some(at);
                group.tlp |= tlp;
                group.nested |= nested;
                self.done.push(group);
                return;
            }
            tlp |= group.tlp;
            nested |= group.nested;
            self.done.push(group);
        }
    }

    fn mention(&mut self) {
        if let Some((group, 1)) = self.open.last_mut() {
            group.mentions = true;
        }
    }

    fn tlp(&mut self) {
        if let Some((group, _)) = self.open.last_mut() {
            group.tlp = true;
        }
    }

    fn finish(mut self, text: &str) -> Vec<Group> {
        self.done
            .extend(self.open.drain(..).map(|(group, _)| group));
        self.done.retain_mut(|group| {
            let after = text
                .get(group.open + group.bracket.len_utf8()..)
                .unwrap_or("");
            if group.close.is_none() {
                // Far from its bracket the word is not held by it.
                let near = after.trim_start_matches([' ', '\n', EDGE]);
                group.tlp &= is_tlp(near.as_bytes());
                group.mentions = false;
            }
            let cites = group.bracket == '[' && !group.in_link && after.starts_with('@');
            group.tlp || cites || (group.mentions && group.bracket == '[')
        });
        self.done.sort_by_key(|group| group.open);
        self.done
    }
}

/// Which bracket a character is, and whether it opens. Brackets of full width count: a mark typed
/// with another keyboard is still meant.
fn kind(c: char) -> Option<(usize, bool)> {
    Some(match c {
        '(' | '（' => (0, true),
        ')' | '）' => (0, false),
        '[' | '［' => (1, true),
        ']' | '］' => (1, false),
        '{' | '｛' => (2, true),
        '}' | '｝' => (2, false),
        _ => return None,
    })
}

/// Whether the bytes begin with `tlp`, in whatever case and with emphasis within.
fn is_tlp(bytes: &[u8]) -> bool {
    let mut letters = bytes.iter().filter(|&&byte| byte != EDGE as u8);
    b"tlp".iter().all(|letter| {
        letters
            .next()
            .is_some_and(|byte| byte.eq_ignore_ascii_case(letter))
    })
}

/// Whether the `@` at a place stands before a name and after a space or a bracket.
fn mentions(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|it| it.chars().next_back());
    let after = text.get(at + 1..).and_then(|it| it.chars().next());
    before.is_some_and(|c| c.is_whitespace() || "(,;:".contains(c))
        && after.is_some_and(char::is_alphanumeric)
}
