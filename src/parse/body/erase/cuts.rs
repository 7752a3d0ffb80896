//! What is cut out of a text, once it is decided which of its blocks go: with the blank lines that were theirs, with
//! one in place of them where their neighbours would be read as one, and with the numbers of lists.

use super::{Kind, Tree, around, merged};
use std::collections::HashMap;
use std::ops::Range;

/// Bytes that go, and what takes their place.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) range: Range<usize>,
    pub(super) instead: String,
}

impl Cut {
    fn of(range: Range<usize>) -> Cut {
        Cut {
            range,
            instead: String::new(),
        }
    }
}

/// Neighbours that go.
struct Gone {
    range: Range<usize>,
    /// The first of them among the children of what they stand in, and the one after the last.
    first: usize,
    next: usize,
}

impl Tree<'_> {
    /// What is to be cut out of the text.
    pub(super) fn cuts(&self) -> Vec<Cut> {
        let mut cuts = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            if at > 0 && node.gone {
                continue;
            }
            let parts = self.parts(at);
            let loose = match node.kind {
                Kind::List(_) | Kind::Definitions if !parts.is_empty() => self.looseness(at),
                _ => None,
            };
            for part in parts {
                cuts.push(self.with_surroundings(at, &part, loose));
            }
        }
        for line in &self.lines {
            cuts.push(Cut {
                range: self.line_start(line.start)..self.line_end(line.end.max(line.start)),
                instead: String::new(),
            });
        }
        // Of a line that holds many the ends are looked for once.
        let mut line = 0..0;
        for range in merged_with_spaces(self.file, self.inline.clone()) {
            if !line.contains(&range.end) {
                line = self.line_start(range.start)..self.line_end(range.end);
            }
            cuts.push(Cut {
                range: self.inline_cut(range, &line),
                instead: String::new(),
            });
        }
        cuts
    }

    /// The runs of children that go, with where they begin and end.
    fn parts(&self, parent: usize) -> Vec<Gone> {
        let children = &self.nodes[parent].children;
        let mut parts: Vec<Gone> = Vec::new();
        for (index, &child) in children.iter().enumerate() {
            let node = &self.nodes[child];
            if !node.gone {
                continue;
            }
            // A section goes with what Markdown makes no block of, such as definitions of links.
            let range = match around(&self.blocks, &node.range) {
                Some(block) => node.range.start.min(block.start)..node.range.end.max(block.end),
                None => node.range.clone(),
            };
            match parts.last_mut() {
                Some(last)
                    if last.next == index
                        && (range.start <= last.range.end
                            || self.is_blank(last.range.end..range.start)) =>
                {
                    last.range.end = last.range.end.max(range.end);
                    last.next = index + 1;
                }
                _ => parts.push(Gone {
                    range,
                    first: index,
                    next: index + 1,
                }),
            }
        }
        parts
    }

    /// A part that goes, with the lines and the blank lines that go with it. Where none stood between it and its
    /// neighbours, one takes its place: without it they would be read as one.
    fn with_surroundings(&self, parent: usize, part: &Gone, loose: Option<bool>) -> Cut {
        let children = &self.nodes[parent].children;
        let next = children.get(part.next).map(|&at| &self.nodes[at]);
        let start = self.line_start(part.range.start);
        if !self.is_blank(start..part.range.start) {
            // It shares its line with the sign of an item: what follows takes its place there.
            return Cut::of(match next {
                Some(next) => part.range.start..next.range.start,
                None => part.range.start..part.range.end,
            });
        }
        let end = self.line_end(part.range.end);
        let quotes = self.quotes(start..part.range.start);
        let (above, below) = (
            self.blank_above(start, quotes),
            self.blank_below(end, quotes),
        );
        let (above_any, below_any) = (above < start, below > end);
        let kind = &self.nodes[parent].kind;
        let Some(next) = next else {
            let parted = self.is_blank(end..self.line_end(end)) || self.goes_on(parent);
            return match (parted, above_any) {
                (true, _) => Cut::of(above..end),
                (false, true) => Cut::of(start..end),
                (false, false) => self.blank_instead(start..end),
            };
        };
        if part.first == 0 && (above_any || !self.is_preceded(parent, start)) {
            return Cut::of(start..below);
        }
        // A term that follows is no neighbour of definitions: blank lines part it from them.
        if matches!(kind, Kind::List(_) | Kind::Definitions) && next.kind != Kind::Title {
            return Cut::of(match loose {
                Some(false) => above..below,
                Some(true) if above_any => start..below,
                Some(true) => start..end,
                // Nothing but what goes stood between them: its blank lines were its own.
                None if above_any && below_any => start..below,
                None => above..below,
            });
        }
        // In an item a blank line would be seen: the list would be a loose one.
        let by_itself = matches!(next.kind, Kind::Quote | Kind::List(None) | Kind::Fence);
        match (above_any, below_any) {
            (true, _) => Cut::of(start..below),
            (false, false) if *kind != Kind::Item || !by_itself => self.blank_instead(start..end),
            (false, _) => Cut::of(start..end),
        }
    }

    /// A blank line in place of lines: within the quotes that hold both these and the line below.
    fn blank_instead(&self, lines: Range<usize>) -> Cut {
        let line = |at: usize| self.file.get(at..).unwrap_or("").chars();
        let both = line(lines.start).zip(line(lines.end));
        let quotes = both.take_while(|(one, other)| one == other && " \t>".contains(*one));
        let mut instead: String = quotes.map(|(one, _)| one).collect();
        instead.truncate(instead.trim_end().len());
        instead.push('\n');
        Cut {
            range: lines,
            instead,
        }
    }

    /// Whether what comes after a block is the next item of its list, or of one around it: that begins by itself.
    fn goes_on(&self, block: usize) -> bool {
        let next = self.ancestors(block).find_map(|at| {
            let siblings = &self.nodes[self.nodes[at].parent].children;
            let here = siblings.binary_search(&at).ok()?;
            siblings.get(here + 1)
        });
        next.is_some_and(|&next| matches!(self.nodes[next].kind, Kind::Item | Kind::Definition))
    }

    /// Whether something that is no block, a definition of a link, stands directly above the first block.
    fn is_preceded(&self, parent: usize, start: usize) -> bool {
        let node = &self.nodes[parent];
        matches!(node.kind, Kind::Root | Kind::Quote)
            && start > self.line_start(node.range.start)
            && start > self.start
            && !self.is_blank(self.line_start(start - 1)..start)
    }

    /// Whether blank lines stand between neighbours that both stay; nothing where there are no such neighbours.
    fn looseness(&self, parent: usize) -> Option<bool> {
        let children = &self.nodes[parent].children;
        let mut loose = None;
        for pair in children.windows(2) {
            let (one, other) = (&self.nodes[pair[0]], &self.nodes[pair[1]]);
            if !one.gone && !other.gone {
                let between = self
                    .file
                    .get(one.range.end..other.range.start)
                    .unwrap_or("");
                let blank = between.matches('\n').count() > 1;
                loose = Some(loose.unwrap_or(false) | blank);
            }
        }
        loose
    }

    fn blank_above(&self, mut start: usize, quotes: usize) -> usize {
        while start > self.start {
            let line = self.line_start(start - 1);
            if !self.is_blank(line..start) || self.quotes(line..start) != quotes {
                break;
            }
            start = line;
        }
        start
    }

    fn blank_below(&self, mut end: usize, quotes: usize) -> usize {
        while end < self.file.len() {
            let line = self.line_end(end);
            if !self.is_blank(end..line) || self.quotes(end..line) != quotes {
                break;
            }
            end = line;
        }
        end
    }

    /// A part of a line, or of several that are given as one, with the space that stood before it, or the whole line where nothing else stands
    /// in it.
    fn inline_cut(&self, mut range: Range<usize>, lines: &Range<usize>) -> Range<usize> {
        // Emphasis of nothing else goes with it: its signs alone would mean something else.
        let bytes = self.file.as_bytes();
        while let (Some(before), Some(after)) = (
            range.start.checked_sub(1).and_then(|at| bytes.get(at)),
            bytes.get(range.end),
        ) && before == after
            && matches!(before, b'*' | b'_' | b'~' | b'=')
        {
            range = range.start - 1..range.end + 1;
        }
        let (line, end) = (lines.start, lines.end);
        if self.is_blank(line..range.start) && self.is_blank(range.end..end) {
            return line..end;
        }
        let before = self.file.get(line..range.start).unwrap_or("");
        let spaces = before.len() - before.trim_end_matches([' ', '\t']).len();
        let after = self.file.get(range.end..end).unwrap_or("");
        let next = after.chars().next().unwrap_or('\n');
        if self.is_blank(line..range.start) {
            let after_spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
            return range.start..range.end + after_spaces;
        }
        if next.is_whitespace() || ".,;:!?)]}»”’…、。，；：！？）".contains(next) {
            return range.start - spaces..range.end;
        }
        range
    }

    /// An ordered list whose first items go begins with their number: gives the items that are first now, and
    /// writes the number at them, where that moves nothing.
    pub(super) fn renumbered(&self, cuts: &mut Vec<Cut>) -> HashMap<u32, u32> {
        let mut numbers = HashMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let Kind::List(Some(number)) = node.kind else {
                continue;
            };
            if self.ancestors(at).any(|at| self.nodes[at].gone) {
                continue;
            }
            let first = node.children.iter().find(|&&item| !self.nodes[item].gone);
            let Some(&first) = first.filter(|first| node.children.first() != Some(first)) else {
                continue;
            };
            let item = self.nodes[first].range.start;
            let (Ok(place), Ok(begin)) = (u32::try_from(item), u32::try_from(number)) else {
                continue;
            };
            numbers.insert(place, begin);
            let written = self.file.get(item..).unwrap_or("");
            let digits = written.bytes().take_while(u8::is_ascii_digit).count();
            let new = number.to_string();
            if new.len() <= digits && digits > 0 {
                let sign = written.get(digits..digits + 1).unwrap_or("");
                let spaces = " ".repeat(digits - new.len());
                cuts.push(Cut {
                    range: item..item + digits + sign.len(),
                    instead: format!("{new}{sign}{spaces}"),
                });
            }
        }
        numbers
    }
}

/// The same, with those as one between which only spaces stand.
fn merged_with_spaces(text: &str, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in merged(ranges) {
        match apart.last_mut() {
            Some(last)
                if text
                    .get(last.end..range.start)
                    .is_some_and(|it| it.bytes().all(|b| b == b' ')) =>
            {
                last.end = range.end;
            }
            _ => apart.push(range),
        }
    }
    apart
}
