//! Which sources stand on which: what stands on nothing on the left, and what stands on it to the right of it.
//!
//! Takes sources in the order of a tree with their depths; gives a drawing for pages that are wide. On those that are
//! narrow, and where sources lie deeper than there is room for beside each other, the list of the page is as good.

use super::width::{lines, width as wide};
use super::{LINE, Link, Mark, Role, Scene, Side, Stroke, svg};
use crate::model::Kind;

/// What is drawn.
#[derive(Debug)]
pub(in crate::render) struct Tree<'a> {
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    /// Each behind what it stands on.
    pub(in crate::render) leaves: Vec<Leaf<'a>>,
}

/// A source.
#[derive(Debug)]
pub(in crate::render) struct Leaf<'a> {
    pub(in crate::render) name: &'a str,
    /// The way to its page.
    pub(in crate::render) href: String,
    /// How many lie between it and nothing.
    pub(in crate::render) depth: usize,
    /// Whether it only lies between others.
    pub(in crate::render) hollow: bool,
}

/// So many columns have room beside each other.
const COLUMNS: usize = 3;
/// From a source to the one below it.
const BETWEEN: i32 = 4;
/// From the beginning of a source to its words.
const WORDS: i32 = 14;

/// Writes it; nothing where it has no room.
pub(in crate::render) fn write(tree: &Tree<'_>, out: &mut String) {
    let deepest = tree.leaves.iter().map(|it| it.depth).max().unwrap_or(0);
    if deepest < COLUMNS {
        svg::write(&beside(tree, 720, deepest + 1), "wide", out);
    }
}

/// Where a source stands: the level of its line.
#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    level: i32,
    /// Where its first line ends.
    end: i32,
}

/// In columns: the first that stands on a source is in line with it.
fn beside<'a>(tree: &'a Tree<'a>, width: i32, columns: usize) -> Scene<'a> {
    let column = width / i32::try_from(columns).unwrap_or(1);
    let mut marks = Vec::new();
    let mut above: Vec<Place> = Vec::new();
    let (mut top, mut end, mut last) = (0, 0, None);
    for leaf in &tree.leaves {
        // What is deeper than the one before goes on in its row.
        if last.is_some_and(|depth| leaf.depth <= depth) {
            top = end;
        }
        last = Some(leaf.depth);
        let x = column * i32::try_from(leaf.depth).unwrap_or(0);
        let name = lines(leaf.name, Role::Name.size(), column - WORDS - 32);
        let tall = LINE * i32::try_from(name.len()).unwrap_or(1) + BETWEEN;
        let level = top + 9;
        end = end.max(top + tall);
        above.retain(|it| it.depth < leaf.depth);
        if let Some(from) = above.last() {
            let stem = x - 16;
            if from.level != level {
                line((stem, from.level), (stem, level), &mut marks);
                line((stem, level), (x - 2, level), &mut marks);
            } else {
                line((from.end + 6, level), (x - 2, level), &mut marks);
            }
        }
        let first = name.first().map_or(0, |line| wide(line, Role::Name.size()));
        above.push(Place {
            depth: leaf.depth,
            level,
            end: x + WORDS + first,
        });
        draw(leaf, (x, level), name, &mut marks);
    }
    scene(tree, width, end, marks)
}

fn scene<'a>(tree: &'a Tree<'a>, width: i32, end: i32, marks: Vec<Mark<'a>>) -> Scene<'a> {
    Scene {
        width,
        height: end + BETWEEN,
        label: &tree.label,
        marks,
    }
}

fn line(from: (i32, i32), to: (i32, i32), marks: &mut Vec<Mark<'_>>) {
    let stroke = Stroke::Whole;
    marks.push(Mark::Line { from, to, stroke });
}

/// Draws a source: a point, and its name behind it.
fn draw<'a>(
    leaf: &'a Leaf<'a>,
    (x, level): (i32, i32),
    name: Vec<String>,
    marks: &mut Vec<Mark<'a>>,
) {
    marks.push(Mark::Dot {
        at: (x + 4, level),
        kind: Kind::Source,
        hollow: leaf.hollow,
    });
    marks.push(Mark::Words {
        at: (x + WORDS, level + 5),
        end: Side::Left,
        role: Role::Name,
        lines: name,
        link: Some(Link {
            href: &leaf.href,
            name: leaf.name,
            told: None,
        }),
        remark: None,
    });
}

#[cfg(test)]
mod tests {
    use super::super::legible::is_legible;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_stands_on_what_it_is_legible(
            rows in prop::collection::vec(("\\PC{0,60}", 0_usize..4), 1..20),
        ) {
            let mut depth = 0;
            let leaves = rows.iter().enumerate().map(|(at, (name, wanted))| {
                depth = if at == 0 { 0 } else { (*wanted).min(depth + 1) };
                Leaf { name, href: "../a/".to_owned(), depth, hollow: wanted % 2 == 1 }
            });
            let tree = Tree { label: String::new(), leaves: leaves.collect() };
            let deepest = tree.leaves.iter().map(|it| it.depth).max().unwrap_or(0);
            if deepest >= COLUMNS {
                return Ok(());
            }
            let scenes = [beside(&tree, 720, deepest + 1)];
            for scene in scenes {
                let legible = is_legible(&scene);
                prop_assert!(legible.is_ok(), "{legible:?}");
            }
        }
    }
}
