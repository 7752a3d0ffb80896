//! A front matter as it stands in lines: where each key is written, and which comments there are.
//!
//! Takes the text of a file; gives places in it. Knows keys that begin a line, in YAML and in TOML; of others it has
//! no place.

use super::given::{Given, name, sign};
use crate::parse::front::guarded::hashes;
use crate::parse::front::split::{Format, Split, split};
use crate::parse::front::tree::{Key, MAX_BYTES, Node, Value};
use crate::parse::front::{toml, yaml};
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// A replacement of bytes.
pub(super) type Change = (Range<usize>, String);

pub(super) struct Page<'t> {
    text: &'t str,
    pub(super) format: Format,
    front: Range<usize>,
    pub(super) entries: Vec<(Key<'t>, Node<'t>)>,
    /// The comments outside of all values, each from its `#` to the end of the line.
    comments: Vec<Range<usize>>,
    /// What ends a line.
    eol: &'static str,
}

/// Where a key is written with its value.
struct Slot {
    /// The lines of both.
    lines: Range<usize>,
    /// Where the value may begin: behind the colon or the equals sign.
    head: usize,
    /// The value; `None` where it is written elsewhere (an alias) or not at all.
    value: Option<Range<usize>>,
}

impl<'t> Page<'t> {
    /// Reads a front matter; `None` where there is none, or where it has faults.
    pub(super) fn read(path: &Arc<str>, text: &'t str) -> Option<Self> {
        let Split::Found { format, front, .. } = split(text) else {
            return None;
        };
        let mut problems = Vec::new();
        let tree = match format {
            _ if front.len() > MAX_BYTES => None,
            Format::Yaml => yaml::read(path, text, front.clone(), &mut problems),
            Format::Toml => toml::read(path, text, &front, &mut problems),
        };
        let tree = tree.filter(|_| problems.is_empty())?;
        let mut texts = Vec::new();
        places(&tree, &mut texts);
        let Value::Map(entries) = tree.value else {
            return None;
        };
        let opening = text.get(..front.start)?;
        let mut page = Self {
            text,
            format,
            entries,
            comments: Vec::new(),
            eol: if opening.ends_with("\r\n") {
                "\r\n"
            } else {
                "\n"
            },
            front,
        };
        page.comments = page.find_comments(texts);
        Some(page)
    }

    fn find_comments(&self, texts: Vec<Span>) -> Vec<Range<usize>> {
        let mut comments: Vec<Range<usize>> = Vec::new();
        for (at, within) in hashes(self.text, self.front.start, self.front.end, texts) {
            let apart = || {
                let before = self.text.get(..at).unwrap_or("");
                before.ends_with(char::is_whitespace)
            };
            let begins = !within && (self.format == Format::Toml || apart());
            if begins && comments.last().is_none_or(|last| last.end <= at) {
                let line = self.text.get(at..self.next_line(at)).unwrap_or("");
                comments.push(at..at + line.trim_end().len());
            }
        }
        comments
    }

    /// The words of all comments, in order.
    pub(super) fn comments(&self) -> Vec<&'t str> {
        let words = self.comments.iter();
        let mut words: Vec<_> = words.filter_map(|it| self.text.get(it.clone())).collect();
        words.sort_unstable();
        words
    }

    fn line(&self, at: usize) -> usize {
        let before = self.text.get(self.front.start..at).unwrap_or("");
        self.front.start + before.rfind('\n').map_or(0, |end| end + 1)
    }

    fn next_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..self.front.end).unwrap_or("");
        rest.find('\n').map_or(self.front.end, |end| at + end + 1)
    }

    fn get(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    /// What stands between two places, without comments and the white space around.
    fn between(&self, range: Range<usize>) -> &'t str {
        let comment = self.comments.iter().find(|it| range.contains(&it.start));
        let end = comment.map_or(range.end, |it| it.start);
        self.get(range.start..end).trim()
    }

    fn indent(&self, line: usize) -> &'t str {
        let rest = self.get(line..self.front.end);
        let text = rest.trim_start_matches([' ', '\t']);
        self.get(line..line + rest.len() - text.len())
    }

    fn slot(&self, at: usize) -> Option<Slot> {
        let (key, node) = self.entries.get(at)?;
        let (start, end) = (key.span.start as usize, key.span.end as usize);
        let line = self.line(start);
        let next = self.entries.get(at + 1);
        let next = next.map_or(self.front.end, |(key, _)| key.span.start as usize);
        let behind = self.get(end..next);
        let rest = behind.trim_start_matches([' ', '\t']);
        let rest = rest.strip_prefix(sign(self.format).trim_start())?;
        let head = end + behind.len() - rest.len();
        if !self.get(line..start).trim().is_empty() {
            return None;
        }
        let span = node.span.range();
        let written = head <= span.start && span.end <= next && !span.is_empty();
        let value = Some(span).filter(|_| written);
        let last = self.last(value.as_ref().map_or(head, |value| value.end));
        Some(Slot {
            lines: line..self.next_line(last),
            head,
            value,
        })
    }

    /// Where a value ends that the reader lets end there: some end for the parser where the next thing begins.
    fn last(&self, mut end: usize) -> usize {
        loop {
            let before = self.get(self.front.start..end);
            let written = self.front.start + before.trim_end().len();
            let line = self.line(written);
            let next = self.comments.partition_point(|it| it.start < written);
            let before = next.checked_sub(1).and_then(|at| self.comments.get(at));
            match before.filter(|it| it.start >= line) {
                Some(comment) if written < end => end = comment.start,
                _ => return written,
            }
        }
    }

    /// The comments in a range, each a line of its own.
    fn kept(&self, range: &Range<usize>, indent: &str) -> String {
        let within = self.comments.iter().filter(|it| range.contains(&it.start));
        let lines = within.map(|it| format!("{indent}{}{}", self.get(it.clone()), self.eol));
        lines.collect()
    }

    /// Takes a key out. What was said beside it in comments stays.
    pub(super) fn without(&self, at: usize) -> Option<Vec<Change>> {
        let lines = self.slot(at)?.lines;
        let kept = self.kept(&lines, self.indent(lines.start));
        Some(vec![(lines, kept)])
    }

    /// Writes another name for a key.
    pub(super) fn renamed(&self, at: usize, to: &str) -> Option<Vec<Change>> {
        let (key, _) = self.entries.get(at)?;
        Some(vec![(key.span.range(), name(to))])
    }

    /// Puts a key behind another, or first of all.
    pub(super) fn inserted(&self, key: &str, value: &Given, behind: &[usize]) -> Vec<Change> {
        let slots = behind.iter().filter_map(|at| self.slot(*at));
        let place = slots.map(|slot| slot.lines.end).next();
        let first = self.entries.first().map(|(key, _)| key.span.start as usize);
        let indent = first.map_or("", |first| self.indent(self.line(first)));
        let place = place.unwrap_or(self.front.start);
        vec![(place..place, self.lines(indent, &name(key), value, ""))]
    }

    /// The lines of a key with its value, and a comment on the first.
    fn lines(&self, indent: &str, key: &str, value: &Given, comment: &str) -> String {
        let mut lines = String::new();
        for line in value.lines(self.format, key, comment) {
            lines.extend([indent, &line, self.eol]);
        }
        lines
    }

    /// Writes a value in the place of a single one, or of one in brackets, that stands in one line.
    pub(super) fn in_place(&self, at: usize, value: &Given) -> Option<Vec<Change>> {
        let slot = self.slot(at)?;
        let range = slot.value?;
        let old = self.get(range.clone());
        let alone = self
            .get(slot.head..range.start)
            .trim_matches([' ', '\t'])
            .is_empty();
        let (rest, below) = value.written(self.format);
        if !alone || old.contains('\n') || !below.is_empty() {
            return None;
        }
        let with = match value {
            Given::Text(_) | Given::Bare(_) => value.instead_of(old, self.format, false),
            Given::List(_) | Given::Map(_) => rest,
        };
        // A value begins a space behind its sign.
        let space = if slot.head == range.start { " " } else { "" };
        Some(vec![(range, format!("{space}{with}"))])
    }

    /// Writes a key with its value anew. A comment on its line stays there, others go above it.
    pub(super) fn anew(&self, at: usize, value: &Given) -> Option<Vec<Change>> {
        let slot = self.slot(at)?;
        let start = slot.lines.start;
        let first = self.next_line(start).min(slot.lines.end);
        let beside = self
            .comments
            .iter()
            .find(|it| (start..first).contains(&it.start));
        let beside = beside.map_or("", |it| self.get(it.clone()));
        let indent = self.indent(start);
        let above = self.kept(&(first..slot.lines.end), indent);
        let (key, _) = self.entries.get(at)?;
        let lines = self.lines(indent, self.get(key.span.range()), value, beside);
        Some(vec![(slot.lines, above + &lines)])
    }

    /// Takes the item of a list out.
    pub(super) fn dropped(&self, at: usize, item: usize) -> Option<Vec<Change>> {
        let items = self.entries.get(at)?.1.each();
        let slot = self.slot(at)?;
        let range = slot.value?;
        let [start, end] =
            [items.get(item)?.span.start, items.get(item)?.span.end].map(|it| it as usize);
        let line = self.item_line(slot.head, start)?;
        let last = self.next_line(self.last(end));
        let before = self.get(line..start).trim();
        let after = self.between(end..last);
        let is_line = match self.is_flow(slot.head) {
            true => before.is_empty() && matches!(after, "" | ",") && last <= range.end,
            false => before == "-" && after.is_empty(),
        };
        let change = match (is_line, item.checked_sub(1)) {
            (true, _) => (line..last, self.kept(&(line..last), self.indent(line))),
            (false, _) if !self.is_flow(slot.head) => return None,
            (false, Some(before)) => (items.get(before)?.span.end as usize..end, String::new()),
            (false, None) => (start..items.get(1)?.span.start as usize, String::new()),
        };
        Some(vec![change])
    }

    /// The line of an item; of a map whose dash stands alone that of the dash.
    fn item_line(&self, head: usize, start: usize) -> Option<usize> {
        let line = self.line(start);
        let above = self.line(line.checked_sub(1)?);
        let dash = !self.is_flow(head)
            && self.get(line..start).trim().is_empty()
            && above > head
            && self.between(above..line) == "-";
        Some(if dash { above } else { line })
    }

    /// Whether a value stands within brackets.
    fn is_flow(&self, head: usize) -> bool {
        let mut rest = self.get(head..self.front.end).trim_start();
        while rest.starts_with('#') {
            rest = rest
                .split_once('\n')
                .map_or("", |(_, rest)| rest.trim_start());
        }
        rest.starts_with('[')
    }

    /// Puts an item at the end of a list that has some.
    pub(super) fn pushed(&self, at: usize, item: &Given) -> Option<Vec<Change>> {
        let items = self.entries.get(at)?.1.each();
        let slot = self.slot(at)?;
        let range = slot.value?;
        let last = items.last()?.span;
        let (start, end) = (last.start as usize, last.end as usize);
        let line = self.item_line(slot.head, start)?;
        let indent = self.indent(line);
        let written = item.flow(self.format);
        if !self.is_flow(slot.head) {
            let place = slot.lines.end;
            let dash = self.get(line..start).trim() == "-" || line < self.line(start);
            let new = format!("{indent}- {written}{}", self.eol);
            return dash.then(|| vec![(place..place, new)]);
        }
        let place = self.next_line(end);
        let after = self.between(end..place);
        let is_line = self.get(line..start).trim().is_empty() && place <= range.end;
        let new = |comma| format!("{indent}{written}{comma}{}", self.eol);
        Some(match after {
            "," if is_line => vec![(place..place, new(","))],
            "" if is_line => vec![(end..end, ",".to_owned()), (place..place, new(""))],
            _ => vec![(end..end, format!(", {written}"))],
        })
    }
}

/// The places of all texts in a tree.
fn places(node: &Node<'_>, texts: &mut Vec<Span>) {
    match &node.value {
        Value::Scalar(_) => texts.push(node.span),
        Value::List(items) => items.iter().for_each(|item| places(item, texts)),
        Value::Map(entries) => {
            for (key, node) in entries {
                texts.push(key.span);
                places(node, texts);
            }
        }
    }
}
