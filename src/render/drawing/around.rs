//! What stands around an entry: who says what of it on the left, what it says of others on the right, and what reads the same
//! from both ends on the left, where there is less as a rule.
//!
//! Takes branches with their leaves; gives two drawings of the same, one for pages that are wide and one for those that are
//! narrow, where both sides stand below the entry.

use super::width::{self, lines, width};
use super::{LINE, Link, Mark, Point, Remark, Role, Scene, Side, Stroke, svg};
use crate::model::Kind;

/// What is drawn.
#[derive(Debug)]
pub(in crate::render) struct Around<'a> {
    /// The entry in the middle.
    pub(in crate::render) subject: &'a str,
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    /// What leads to it and away from it, in the order of the page.
    pub(in crate::render) branches: Vec<Branch<'a>>,
}

/// Entries of one kind that are connected with it in one way.
#[derive(Debug)]
pub(in crate::render) struct Branch<'a> {
    /// `uses malware`.
    pub(in crate::render) heading: String,
    /// Who says so.
    pub(in crate::render) way: Way,
    /// What the other ends are.
    pub(in crate::render) kind: Kind,
    pub(in crate::render) leaves: Vec<Leaf<'a>>,
    /// How many more there are, in words.
    pub(in crate::render) rest: Option<String>,
}

/// Which end says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Way {
    /// The other ones of the entry in the middle.
    In,
    /// It of others.
    Out,
    /// It reads the same from both.
    Both,
}

/// One of them.
#[derive(Debug)]
pub(in crate::render) struct Leaf<'a> {
    pub(in crate::render) name: &'a str,
    /// The way to its page.
    pub(in crate::render) href: String,
    /// What is to be said of the connection: how likely it is held, its marking.
    pub(in crate::render) remark: Option<String>,
    /// Whether it is denied.
    pub(in crate::render) denied: bool,
}

/// From a branch to the next.
const BETWEEN: i32 = 14;
/// How far the letters of a line stand above its base.
const RISE: i32 = 5;

/// Writes both drawings.
pub(in crate::render) fn write(around: &Around<'_>, out: &mut String) {
    svg::write(&wide(around), "wide", out);
    svg::write(&narrow(around), "narrow", out);
}

/// On pages that are wide: the entry in the middle.
fn wide<'a>(around: &'a Around<'a>) -> Scene<'a> {
    const WIDTH: i32 = 720;
    const ROOM: i32 = 200;
    /// How far the stems stand from the middle.
    const STEM: i32 = 136;
    let mut marks = Vec::new();
    let of = |way: fn(&Way) -> bool| {
        let all = around.branches.iter().filter(move |it| way(&it.way));
        all.map(|branch| Set::of(branch, ROOM)).collect::<Vec<_>>()
    };
    let (left, right) = (of(|way| *way != Way::Out), of(|way| *way == Way::Out));
    let subject = lines(around.subject, Role::Subject.size(), 190);
    let own = tall_of(subject.len());
    let height = tall(&left).max(tall(&right)).max(own + 20);
    let middle = height / 2;
    let widest = { subject.iter() }.map(|line| width(line, Role::Subject.size()));
    let half = widest.max().unwrap_or(0) / 2 + 10;
    let at = (WIDTH / 2, middle - own / 2 + LINE - RISE + 1);
    words(at, Side::Middle, Role::Subject, subject, &mut marks);
    for (sets, side) in [(&left, Side::Left), (&right, Side::Right)] {
        let out = |from: i32| match side {
            Side::Left => WIDTH / 2 - from,
            Side::Right | Side::Middle => WIDTH / 2 + from,
        };
        let mut top = middle - tall(sets) / 2;
        for set in sets {
            let (first, last) = set.draw((out(STEM), top), side, &mut marks);
            let level = (first + last) / 2;
            marks.push(Mark::Curve {
                from: (out(half), middle),
                to: (out(STEM), level),
            });
            match set.branch.way {
                Way::Out => marks.push(Mark::Head {
                    at: (out(STEM), level),
                    to: side,
                }),
                // All of them lead to one place.
                Way::In | Way::Both => {}
            }
            top += set.height() + BETWEEN;
        }
    }
    if left.iter().any(|set| set.branch.way == Way::In) {
        marks.push(Mark::Head {
            at: (WIDTH / 2 - half + 4, middle),
            to: Side::Right,
        });
    }
    Scene {
        width: WIDTH,
        height,
        label: &around.label,
        marks,
    }
}

/// On pages that are narrow: the entry on top, everything else below.
fn narrow<'a>(around: &'a Around<'a>) -> Scene<'a> {
    const WIDTH: i32 = 350;
    const TRUNK: i32 = 6;
    let mut marks = Vec::new();
    let subject = lines(around.subject, Role::Subject.size(), WIDTH);
    let own = tall_of(subject.len());
    words(
        (0, LINE - RISE + 2),
        Side::Left,
        Role::Subject,
        subject,
        &mut marks,
    );
    let begin = own + 4;
    let mut top = begin + 6;
    let mut end = begin;
    for branch in &around.branches {
        let set = Set::of(branch, WIDTH - 56);
        end = top + LINE - RISE;
        marks.push(Mark::Line {
            from: (TRUNK, end),
            to: (22, end),
            stroke: Stroke::Whole,
        });
        match branch.way {
            Way::Out => marks.push(Mark::Head {
                at: (24, end),
                to: Side::Right,
            }),
            Way::In => marks.push(Mark::Head {
                at: (TRUNK + 2, end),
                to: Side::Left,
            }),
            Way::Both => {}
        }
        set.draw((30, top), Side::Right, &mut marks);
        top += set.height() + BETWEEN;
    }
    marks.push(Mark::Line {
        from: (TRUNK, begin),
        to: (TRUNK, end),
        stroke: Stroke::Whole,
    });
    Scene {
        width: WIDTH,
        height: top - BETWEEN + 4,
        label: &around.label,
        marks,
    }
}

/// A branch with its names in lines.
struct Set<'a> {
    branch: &'a Branch<'a>,
    heading: Vec<String>,
    leaves: Vec<Lines<'a>>,
}

/// A leaf in lines.
struct Lines<'a> {
    leaf: &'a Leaf<'a>,
    name: Vec<String>,
    remark: Option<Remark>,
}

impl<'a> Lines<'a> {
    fn of(leaf: &'a Leaf<'a>, room: i32) -> Lines<'a> {
        let size = Role::Name.size();
        let name = lines(leaf.name, size, room);
        let last = name.last().map_or(0, |line| width(line, size));
        let remark = leaf.remark.as_deref();
        let remark = remark.and_then(|text| width::words(text, Role::Remark.size(), room));
        let remark = remark.map(|text| Remark {
            below: last + width(&text, Role::Remark.size()) + width(" · ", Role::Remark.size())
                > room,
            text,
        });
        Lines { leaf, name, remark }
    }

    fn count(&self) -> usize {
        self.name.len() + usize::from(self.remark.as_ref().is_some_and(|remark| remark.below))
    }
}

impl<'a> Set<'a> {
    fn of(branch: &'a Branch<'a>, room: i32) -> Set<'a> {
        let leaves = branch.leaves.iter().map(|leaf| Lines::of(leaf, room));
        Set {
            branch,
            heading: lines(&branch.heading, Role::Heading.size(), room + 24),
            leaves: leaves.collect(),
        }
    }

    fn height(&self) -> i32 {
        let lines: usize = self.leaves.iter().map(Lines::count).sum();
        tall_of(self.heading.len() + lines + usize::from(self.branch.rest.is_some()))
    }

    /// Draws it from a corner of it: the stem, and all names on the outer side of it. Gives the levels between which the
    /// stem stands.
    fn draw(&self, (x, top): Point, side: Side, marks: &mut Vec<Mark<'a>>) -> (i32, i32) {
        let out = |by: i32| match side {
            Side::Left => x - by,
            Side::Right | Side::Middle => x + by,
        };
        // Words on the left end at the stem.
        let end = match side {
            Side::Left => Side::Right,
            Side::Right | Side::Middle => Side::Left,
        };
        let mut base = top + LINE;
        words(
            (out(0), base - RISE),
            end,
            Role::Heading,
            self.heading.clone(),
            marks,
        );
        base = top + tall_of(self.heading.len());
        let first = base + LINE - RISE - 3;
        let mut last = first;
        for lines in &self.leaves {
            let Lines { leaf, name, remark } = lines;
            last = base + LINE - RISE - 3;
            marks.push(Mark::Line {
                from: (out(0), last),
                to: (out(10), last),
                stroke: if leaf.denied {
                    Stroke::Broken
                } else {
                    Stroke::Whole
                },
            });
            marks.push(Mark::Dot {
                at: (out(14), last),
                kind: self.branch.kind,
                hollow: leaf.denied,
            });
            marks.push(Mark::Words {
                at: (out(24), base + LINE - RISE + 1),
                end,
                role: Role::Name,
                lines: name.clone(),
                link: Some(Link {
                    href: &leaf.href,
                    name: leaf.name,
                    told: None,
                }),
                remark: remark.clone(),
            });
            base += tall_of(lines.count());
        }
        if let Some(rest) = &self.branch.rest {
            let at = (out(24), base + LINE - RISE);
            words(at, end, Role::Rest, vec![rest.clone()], marks);
            last = base + LINE - RISE - 4;
        }
        if first < last {
            marks.push(Mark::Line {
                from: (out(0), first),
                to: (out(0), last),
                stroke: Stroke::Whole,
            });
        }
        (first, last)
    }
}

/// The height of so many lines.
fn tall_of(lines: usize) -> i32 {
    LINE * i32::try_from(lines).unwrap_or(i32::MAX / LINE)
}

/// The height of branches below each other.
fn tall(sets: &[Set<'_>]) -> i32 {
    let all: i32 = sets.iter().map(|set| set.height() + BETWEEN).sum();
    (all - BETWEEN).max(0)
}

fn words(at: Point, end: Side, role: Role, lines: Vec<String>, marks: &mut Vec<Mark<'_>>) {
    marks.push(Mark::Words {
        at,
        end,
        role,
        lines,
        link: None,
        remark: None,
    });
}

#[cfg(test)]
mod tests {
    use super::super::legible::is_legible;
    use super::*;
    use proptest::prelude::*;

    fn branch(way: Way, names: &[String]) -> Branch<'_> {
        let leaf = |name| Leaf {
            name,
            href: "../a/".to_owned(),
            remark: (names.len().is_multiple_of(2)).then(|| "roughly even chance · TLP".to_owned()),
            denied: names.len().is_multiple_of(3),
        };
        Branch {
            heading: "is held responsible for infrastructure".to_owned(),
            way,
            kind: Kind::Actor,
            leaves: names.iter().map(|name| leaf(name)).collect(),
            rest: (names.len() > 2).then(|| "and 7 more".to_owned()),
        }
    }

    proptest! {
        #[test]
        fn whatever_the_names_are_it_is_legible(
            subject in ".{0,60}",
            names in prop::collection::vec(prop::collection::vec("(\\PC{0,80}|[a-z0-9.]{0,90})", 1..5), 1..7),
        ) {
            let ways = [Way::In, Way::Out, Way::Both];
            let branches = names.iter().enumerate().map(|(at, names)| branch(ways[at % 3], names));
            let around = Around { subject: &subject, label: String::new(), branches: branches.collect() };
            for scene in [wide(&around), narrow(&around)] {
                let legible = is_legible(&scene);
                prop_assert!(legible.is_ok(), "{legible:?}");
            }
        }
    }
}
