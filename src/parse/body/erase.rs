//! A text as its writer would have written it without some of its parts.
//!
//! Takes the text of a file and ranges of it: blocks, which are marked; lines of an `ioc` block; parts of a
//! line. Gives the text without them, with what only hangs on them (blank lines around them, containers that
//! hold nothing else, footnotes that nothing refers to any more), the names of footnotes that are gone and still
//! referred to, and the way back from its bytes to those of the file. What is left is read like any other text: so numbers,
//! looseness of lists, neighbours that merge and everything that Markdown resolves over the whole of a text
//! cannot depend on what was taken away.

mod cuts;

mod notes;

use super::dialect::Dialect;
use super::html::without_comments;
use notes::Reference;
use pulldown_cmark::{Event, Tag};
use std::collections::HashMap;
use std::ops::Range;

/// A part to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Blocks, a section among them.
    Block(Range<usize>),
    /// A line of an `ioc` block.
    Line(Range<usize>),
    /// Something within a line: a comment.
    Inline(Range<usize>),
}

/// A mark in a text of its own: it goes where nothing of what it marks is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alone {
    /// Where it stands.
    pub(super) mark: Range<usize>,
    /// Where what it marks ends.
    pub(super) until: usize,
}

/// A text without some parts.
#[derive(Debug)]
pub(super) struct Reduced {
    pub(super) text: String,
    pub(super) map: Map,
    /// Items that now begin an ordered list, by their first byte in the file, with the number that the list
    /// began with.
    pub(super) numbers: HashMap<u32, u32>,
    /// The names of footnotes that were taken away though the text still refers to them.
    pub(super) lost: Vec<String>,
}

/// The way from the bytes of a reduced text to those of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Map {
    /// Where each run of bytes that are the same begins: in the reduced text, in the file.
    runs: Vec<(usize, usize)>,
}

impl Map {
    /// The byte of the file that a byte of the reduced text comes from.
    pub(super) fn back(&self, at: usize) -> usize {
        let next = self.runs.partition_point(|(new, _)| *new <= at);
        match next.checked_sub(1).and_then(|last| self.runs.get(last)) {
            Some((new, old)) => old + (at - new),
            None => at,
        }
    }

    /// Whether a byte of the file is left; each run of bytes ends where the next begins.
    pub(super) fn keeps(&self, at: usize) -> bool {
        let next = self.runs.partition_point(|(_, old)| *old <= at);
        let Some((new, old)) = next.checked_sub(1).and_then(|last| self.runs.get(last)) else {
            return false;
        };
        self.runs
            .get(next)
            .is_none_or(|(end, _)| at - old < end - new)
    }

    /// This way after another: from a text that was reduced from a reduced one.
    pub(super) fn then(&self, further: &Map) -> Map {
        let mut runs = Vec::with_capacity(self.runs.len() + further.runs.len());
        for (index, &(new, middle)) in further.runs.iter().enumerate() {
            let end = further
                .runs
                .get(index + 1)
                .map_or(usize::MAX, |(next, _)| middle + (next - new));
            runs.push((new, self.back(middle)));
            let within = self
                .runs
                .iter()
                .filter(|(start, _)| (middle + 1..end).contains(start));
            runs.extend(within.map(|(start, old)| (new + (start - middle), *old)));
        }
        Map { runs }
    }
}

/// The text of `file` without the parts; its Markdown begins at `start`. `alone` are its marks in texts of
/// their own, in order. With `footnotes`, those go that nothing refers to.
pub(super) fn without(
    file: &str,
    start: usize,
    parts: &[Part],
    alone: &[Alone],
    footnotes: bool,
) -> Reduced {
    let tree = Tree::of(file, start, parts, alone, footnotes);
    let mut cuts = tree.cuts();
    let numbers = tree.renumbered(&mut cuts);
    cuts.sort_by_key(|cut| (cut.range.start, std::cmp::Reverse(cut.range.end)));
    let mut text = String::with_capacity(file.len());
    let mut runs = vec![(0, 0)];
    let mut done = 0;
    for cut in cuts {
        if cut.range.end <= done {
            continue;
        }
        text.push_str(file.get(done..cut.range.start.max(done)).unwrap_or(""));
        if !cut.instead.is_empty() {
            runs.push((text.len(), cut.range.start));
            text.push_str(&cut.instead);
        }
        done = cut.range.end;
        runs.push((text.len(), done));
    }
    text.push_str(file.get(done..).unwrap_or(""));
    Reduced {
        text,
        map: Map { runs },
        numbers,
        lost: tree.lost,
    }
}

/// The blocks of a text.
struct Tree<'t> {
    file: &'t str,
    start: usize,
    /// Depth first; the first is the text as a whole.
    nodes: Vec<Node>,
    blocks: Vec<Range<usize>>,
    lines: Vec<Range<usize>>,
    inline: Vec<Range<usize>>,
    lost: Vec<String>,
}

#[derive(Debug)]
struct Node {
    range: Range<usize>,
    parent: usize,
    kind: Kind,
    gone: bool,
    /// Whether more stands in a leaf than references to footnotes.
    says: bool,
    children: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Root,
    Quote,
    List(Option<u64>),
    Item,
    Footnote(String),
    Definitions,
    /// A term.
    Title,
    Definition,
    /// A block of code with an info string.
    Fence,
    /// A mark in a text of its own, and where what it marks ends.
    Mark(usize),
    /// A paragraph, a heading, a table …, or text directly in an item.
    Leaf,
}

impl<'t> Tree<'t> {
    fn of(
        file: &'t str,
        start: usize,
        parts: &[Part],
        alone: &[Alone],
        footnotes: bool,
    ) -> Tree<'t> {
        let mut tree = Tree {
            file,
            start,
            nodes: Vec::new(),
            blocks: Vec::new(),
            lines: Vec::new(),
            inline: Vec::new(),
            lost: Vec::new(),
        };
        for part in parts {
            match part {
                Part::Block(range) => tree.blocks.push(tree.trimmed(range.clone())),
                Part::Line(range) => tree.lines.push(range.clone()),
                Part::Inline(range) => tree.inline.push(range.clone()),
            }
        }
        tree.blocks = merged(std::mem::take(&mut tree.blocks));
        tree.lines.sort_by_key(|range| range.start);
        let references = tree.read();
        tree.find_marks(alone);
        tree.close();
        if footnotes {
            tree.lost = tree.footnotes(references);
        }
        tree
    }

    /// Reads the blocks; gives the references to footnotes.
    fn read(&mut self) -> Vec<Reference> {
        let markdown = self.file.get(self.start..).unwrap_or("");
        let whole = self.start..self.file.len();
        self.push(0, Kind::Root, whole);
        let mut references = Vec::new();
        // The open blocks; within a leaf its inner tags are only counted.
        let mut open = vec![0];
        let mut inner = 0usize;
        for (event, range) in Dialect::of(markdown).events() {
            let range = range.start + self.start..range.end + self.start;
            let top = open.last().copied().unwrap_or(0);
            let says = says(&event);
            match event {
                Event::Start(_) if inner > 0 => inner += 1,
                Event::Start(tag) => match container(&tag) {
                    Some(kind) => open.push(self.push(top, kind, range)),
                    None if is_block(&tag) => {
                        let kind = match tag {
                            Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(_)) => Kind::Fence,
                            Tag::DefinitionListTitle => Kind::Title,
                            _ => Kind::Leaf,
                        };
                        self.push(top, kind, range);
                        inner = 1;
                    }
                    // An emphasis or a link directly in an item.
                    None => {
                        self.text(top, range);
                        inner = 1;
                    }
                },
                Event::End(_) if inner > 0 => inner -= 1,
                Event::End(_) => drop(open.pop()),
                Event::Rule => drop(self.push(top, Kind::Leaf, range)),
                event => {
                    if inner == 0 {
                        self.text(top, range.clone());
                    }
                    if let Event::FootnoteReference(name) = event {
                        references.push(Reference {
                            to: name.to_lowercase(),
                            name: name.into_string(),
                            range,
                            node: self.nodes.len() - 1,
                        });
                    }
                }
            }
            if let Some(node) = self.nodes.last_mut() {
                node.says |= says;
            }
        }
        references
    }

    fn push(&mut self, parent: usize, kind: Kind, range: Range<usize>) -> usize {
        let at = self.nodes.len();
        if let Some(parent) = self.nodes.get_mut(parent).filter(|_| at > 0) {
            parent.children.push(at);
        }
        self.nodes.push(Node {
            range: self.trimmed(range),
            parent,
            kind,
            gone: false,
            says: false,
            children: Vec::new(),
        });
        at
    }

    /// Text directly in an item: what stands together is one leaf.
    fn text(&mut self, parent: usize, range: Range<usize>) {
        let last = self.nodes.len().saturating_sub(1);
        let goes_on = self.nodes.get(last).is_some_and(|node| {
            node.parent == parent
                && last > 0
                && node.kind == Kind::Leaf
                && self.nodes[parent].children.last() == Some(&last)
        });
        if goes_on && self.gap(self.nodes[last].range.end, range.start) {
            self.nodes[last].range.end = self.nodes[last].range.end.max(range.end);
        } else {
            self.push(parent, Kind::Leaf, range);
        }
    }

    /// Whether two parts of a text stand in one: no blank line and no other block between them.
    fn gap(&self, end: usize, start: usize) -> bool {
        self.file
            .get(end..start.max(end))
            .is_none_or(|between| between.matches('\n').count() < 2)
    }

    /// A range without the blank lines at its end.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.file.get(range.clone()).unwrap_or("");
        let mut end = range.start + text.trim_end().len();
        // Blank lines of quotes bear a sign.
        loop {
            let line = self.line_start(end);
            if line <= range.start || !self.is_blank(line..end) {
                return range.start..end;
            }
            end = self
                .file
                .get(range.start..line)
                .map_or(range.start, |text| range.start + text.trim_end().len());
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.file
            .get(..at)
            .and_then(|text| text.rfind('\n'))
            .map_or(0, |at| at + 1)
            .max(self.start.min(at))
    }

    /// The end of the line, its line break included.
    fn line_end(&self, at: usize) -> usize {
        self.file
            .get(at..)
            .and_then(|text| text.find('\n'))
            .map_or(self.file.len(), |end| at + end + 1)
    }

    /// Whether a line holds nothing but white space and signs of quotes.
    fn is_blank(&self, line: Range<usize>) -> bool {
        let line = self.file.get(line).unwrap_or("");
        line.bytes()
            .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'>'))
    }

    fn quotes(&self, line: Range<usize>) -> usize {
        self.file
            .get(line)
            .unwrap_or("")
            .bytes()
            .filter(|byte| *byte == b'>')
            .count()
    }

    /// Tells which blocks are nothing but a mark.
    fn find_marks(&mut self, alone: &[Alone]) {
        if alone.is_empty() {
            return;
        }
        for node in &mut self.nodes {
            if node.kind == Kind::Leaf {
                let first = alone.partition_point(|it| it.mark.start < node.range.start);
                let within = alone.get(first).filter(|it| it.mark.end <= node.range.end);
                node.kind = within.map_or(Kind::Leaf, |it| Kind::Mark(it.until));
            }
        }
    }

    /// Decides of every block whether it goes: it is marked, or holds nothing that stays, or is a mark for
    /// what goes.
    fn close(&mut self) {
        // The nearest of those that stay, say something and come after.
        let mut next = usize::MAX;
        for at in (1..self.nodes.len()).rev() {
            self.close_terms(at);
            let node = &self.nodes[at];
            let gone = node.gone
                || around(&self.blocks, &node.range).is_some()
                || match node.kind {
                    Kind::Fence => self.is_emptied(&node.range),
                    Kind::Mark(until) => next >= until,
                    _ => {
                        !node.children.is_empty()
                            && node.children.iter().all(|&child| self.nodes[child].gone)
                    }
                };
            let says =
                node.children.is_empty() && !matches!(node.kind, Kind::Mark(_) | Kind::Title);
            if !gone && says && !self.is_comment(&node.range) {
                next = node.range.start;
            }
            self.nodes[at].gone = gone;
        }
    }

    /// Whether a block is nothing but a comment.
    fn is_comment(&self, range: &Range<usize>) -> bool {
        let text = self.file.get(range.clone()).unwrap_or("");
        text.starts_with("<!--") && without_comments(text).trim().is_empty()
    }

    /// A term goes with the last of its definitions.
    fn close_terms(&mut self, at: usize) {
        if self.nodes[at].kind != Kind::Definitions {
            return;
        }
        // pulldown-cmark lets the range of a list of definitions reach into what follows.
        let last = self.nodes[at]
            .children
            .last()
            .map(|&last| self.nodes[last].range.end);
        self.nodes[at].range.end = last.unwrap_or(self.nodes[at].range.end);
        let (mut terms, mut defined, mut stays) = (Vec::new(), false, false);
        let mut gone = Vec::new();
        for &child in &self.nodes[at].children {
            let title = self.nodes[child].kind == Kind::Title;
            if title && defined {
                if !stays {
                    gone.append(&mut terms);
                }
                (terms, defined, stays) = (Vec::new(), false, false);
            }
            match title {
                true => terms.push(child),
                false => (defined, stays) = (true, stays || !self.nodes[child].gone),
            }
        }
        if defined && !stays {
            gone.append(&mut terms);
        }
        for term in gone {
            self.nodes[term].gone = true;
        }
    }

    /// Whether every line of an `ioc` block that says something goes.
    fn is_emptied(&self, fence: &Range<usize>) -> bool {
        let from = self.lines.partition_point(|line| line.start < fence.start);
        let within = self.lines.get(from..).unwrap_or(&[]);
        let within = || within.iter().take_while(|line| line.end <= fence.end);
        if within().next().is_none() {
            return false;
        }
        let mut at = self.line_end(fence.start);
        let mut gone = within().peekable();
        while at < fence.end {
            let end = self.line_end(at);
            let line = self.file.get(at..end.min(fence.end)).unwrap_or("");
            let said = line.trim_matches(|c: char| c.is_whitespace() || c == '>');
            let fence_line = said.bytes().all(|byte| matches!(byte, b'`' | b'~'));
            let goes = gone.next_if(|line| line.start < end).is_some();
            if !goes && !fence_line && !said.starts_with('#') {
                return false;
            }
            at = end;
        }
        true
    }

    /// A block and those that it stands in, innermost first, without the text as a whole.
    fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> {
        let parent = |&at: &usize| Some(self.nodes[at].parent);
        std::iter::successors(Some(node), parent).take_while(|&at| at > 0)
    }
}

fn container(tag: &Tag<'_>) -> Option<Kind> {
    match tag {
        Tag::BlockQuote(_) => Some(Kind::Quote),
        Tag::List(number) => Some(Kind::List(*number)),
        Tag::Item => Some(Kind::Item),
        Tag::FootnoteDefinition(name) => Some(Kind::Footnote(name.to_lowercase())),
        Tag::DefinitionList => Some(Kind::Definitions),
        Tag::DefinitionListDefinition => Some(Kind::Definition),
        _ => None,
    }
}

/// Whether something is said by more than a reference to a footnote: a text, code, a picture.
fn says(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) => !text.trim().is_empty(),
        Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => true,
        Event::Code(_)
        | Event::InlineHtml(_)
        | Event::Html(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::Rule => true,
        Event::Start(_)
        | Event::End(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::TaskListMarker(_) => false,
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Table(_)
            | Tag::DefinitionListTitle
            | Tag::MetadataBlock(_)
    )
}

/// The one of the ranges, which are in order and apart, that holds another.
fn around<'r>(ranges: &'r [Range<usize>], range: &Range<usize>) -> Option<&'r Range<usize>> {
    let after = ranges.partition_point(|it| it.start <= range.start);
    let before = after.checked_sub(1).and_then(|at| ranges.get(at));
    before.filter(|it| it.end >= range.end)
}

/// Ranges in order, those that overlap as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

#[cfg(test)]
mod tests;
