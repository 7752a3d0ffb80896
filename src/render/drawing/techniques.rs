//! Techniques in columns under their tactics.
//!
//! Takes columns with their cells; gives two drawings of the same, four columns beside each other on pages that are wide and
//! two on those that are narrow; the next ones stand below, so that nothing is scaled or scrolled. A column is as wide in both.

use super::width::{lines, words};
use super::{Field, LINE, Link, Mark, Point, Remark, Role, Scene, Side, Stroke, svg};

/// What is drawn.
#[derive(Debug)]
pub(in crate::render) struct Techniques<'a> {
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    /// Matrices, of which there is one as a rule.
    pub(in crate::render) matrices: Vec<Matrix<'a>>,
}

/// The columns of a matrix.
#[derive(Debug)]
pub(in crate::render) struct Matrix<'a> {
    /// What stands over them, where there are several.
    pub(in crate::render) heading: Option<String>,
    pub(in crate::render) columns: Vec<Column<'a>>,
}

/// The techniques of a tactic.
#[derive(Debug)]
pub(in crate::render) struct Column<'a> {
    pub(in crate::render) heading: String,
    pub(in crate::render) cells: Vec<Cell<'a>>,
    /// How many more there are, in words.
    pub(in crate::render) rest: Option<String>,
}

/// A technique.
#[derive(Debug)]
pub(in crate::render) struct Cell<'a> {
    pub(in crate::render) name: &'a str,
    /// The way to its page.
    pub(in crate::render) href: String,
    /// What is to be said of it: its id, how well sourced it is, its marking.
    pub(in crate::render) remark: Option<String>,
    /// Whether it is denied.
    pub(in crate::render) denied: bool,
    /// Whether it is a part of the one above it.
    pub(in crate::render) sub: bool,
    /// How much it counts among the others, 0 to 3.
    pub(in crate::render) weight: u8,
}

/// How wide a column is.
const COLUMN: i32 = 167;
/// Between columns.
const GUTTER: i32 = 17;
/// From the edge of a cell to its words.
const PAD: i32 = 7;
/// Between cells.
const BETWEEN: i32 = 4;
/// How far parts stand in.
const INDENT: i32 = 10;
/// Between columns below each other.
const BELOW: i32 = 22;
/// How far the letters of a line stand above its lower end.
const RISE: i32 = 5;

/// Writes both drawings.
pub(in crate::render) fn write(techniques: &Techniques<'_>, out: &mut String) {
    svg::write(&scene(techniques, 4), "wide", out);
    svg::write(&scene(techniques, 2), "narrow", out);
}

/// So many columns beside each other.
fn scene<'a>(techniques: &'a Techniques<'a>, beside: i32) -> Scene<'a> {
    let mut marks = Vec::new();
    let mut top = 0;
    for matrix in &techniques.matrices {
        if let Some(heading) = &matrix.heading {
            let lines = lines(heading, Role::Subject.size(), COLUMN * 2);
            let height = tall(lines.len());
            write_words((0, top + LINE - RISE), Role::Subject, lines, &mut marks);
            top += height + BETWEEN;
        }
        let columns: Vec<Set<'_>> = matrix.columns.iter().map(Set::of).collect();
        for row in columns.chunks(usize::try_from(beside).unwrap_or(1)) {
            let heads = row.iter().map(|set| set.heading.len()).max().unwrap_or(0);
            for (nth, set) in (0..).zip(row) {
                set.draw((nth * (COLUMN + GUTTER), top), heads, &mut marks);
            }
            let cells = row.iter().map(Set::height).max().unwrap_or(0);
            top += tall(heads) + cells + BELOW;
        }
    }
    Scene {
        width: beside * COLUMN + (beside - 1) * GUTTER,
        height: (top - BELOW).max(0) + 2,
        label: &techniques.label,
        marks,
    }
}

/// A column with its names in lines.
struct Set<'a> {
    column: &'a Column<'a>,
    heading: Vec<String>,
    cells: Vec<Lines<'a>>,
}

/// A cell in lines.
struct Lines<'a> {
    cell: &'a Cell<'a>,
    name: Vec<String>,
    remark: Option<String>,
}

impl<'a> Set<'a> {
    fn of(column: &'a Column<'a>) -> Set<'a> {
        let cells = column.cells.iter().map(|cell| {
            let room = COLUMN - 2 * PAD - indent(cell);
            let remark = cell.remark.as_deref();
            Lines {
                cell,
                name: lines(cell.name, Role::Cell.size(), room),
                remark: remark.and_then(|text| words(text, Role::Remark.size(), room)),
            }
        });
        Set {
            column,
            heading: lines(&column.heading, Role::Heading.size(), COLUMN),
            cells: cells.collect(),
        }
    }

    /// The height of its cells, and of what says how many more there are.
    fn height(&self) -> i32 {
        let cells: i32 = self.cells.iter().map(|it| it.height() + BETWEEN).sum();
        BETWEEN + cells + if self.column.rest.is_some() { LINE } else { 0 }
    }

    /// Draws it from its corner; `heads` lines are kept for headings, which end on one line.
    fn draw(&self, (left, top): Point, heads: usize, marks: &mut Vec<Mark<'a>>) {
        let free = heads.saturating_sub(self.heading.len());
        let at = (left, top + tall(free) + LINE - RISE);
        write_words(at, Role::Heading, self.heading.clone(), marks);
        let mut top = top + tall(heads);
        marks.push(Mark::Line {
            from: (left, top),
            to: (left + COLUMN, top),
            stroke: Stroke::Whole,
        });
        top += BETWEEN;
        for lines in &self.cells {
            let Lines { cell, name, remark } = lines;
            let left = left + indent(cell);
            let height = lines.height();
            marks.push(Mark::Field(Field {
                at: (left, top),
                size: (COLUMN - indent(cell), height),
                weight: cell.weight,
                broken: cell.denied,
            }));
            marks.push(Mark::Words {
                at: (left + PAD, top + LINE - 1),
                end: Side::Left,
                role: Role::Cell,
                lines: name.clone(),
                link: Some(Link {
                    href: &cell.href,
                    name: cell.name,
                    told: None,
                }),
                remark: remark.as_ref().map(|text| Remark {
                    text: text.clone(),
                    below: true,
                }),
            });
            top += height + BETWEEN;
        }
        if let Some(rest) = &self.column.rest {
            let at = (left + PAD, top + LINE - RISE);
            write_words(at, Role::Rest, vec![rest.clone()], marks);
        }
    }
}

impl Lines<'_> {
    fn height(&self) -> i32 {
        tall(self.name.len() + usize::from(self.remark.is_some())) + PAD
    }
}

fn indent(cell: &Cell<'_>) -> i32 {
    if cell.sub { INDENT } else { 0 }
}

/// The height of so many lines.
fn tall(lines: usize) -> i32 {
    LINE * i32::try_from(lines).unwrap_or(i32::MAX / LINE)
}

fn write_words(at: Point, role: Role, lines: Vec<String>, marks: &mut Vec<Mark<'_>>) {
    marks.push(Mark::Words {
        at,
        end: Side::Left,
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

    fn cell(name: &str) -> Cell<'_> {
        let long = name.len();
        Cell {
            name,
            href: "../a/".to_owned(),
            remark: (!long.is_multiple_of(3)).then(|| format!("T1059.001 · {name}")),
            denied: long.is_multiple_of(5),
            sub: long.is_multiple_of(2),
            weight: u8::try_from(long % 4).unwrap(),
        }
    }

    proptest! {
        #[test]
        fn whatever_the_names_are_it_is_legible(
            columns in prop::collection::vec(
                ("\\PC{0,60}", prop::collection::vec("(\\PC{0,80}|[a-z0-9.]{0,90})", 1..6)),
                1..9,
            ),
            several in any::<bool>(),
        ) {
            let column = |(heading, names): &'_ (String, Vec<String>)| (heading.clone(), names.clone());
            let owned: Vec<(String, Vec<String>)> = columns.iter().map(column).collect();
            let columns = owned.iter().map(|(heading, names)| Column {
                heading: heading.clone(),
                cells: names.iter().map(|name| cell(name)).collect(),
                rest: (names.len() > 4).then(|| "and 7 more".to_owned()),
            });
            let matrix = Matrix {
                heading: several.then(|| "ATT&CK for ICS".to_owned()),
                columns: columns.collect(),
            };
            let techniques = Techniques { label: String::new(), matrices: vec![matrix] };
            for beside in [2, 4] {
                let legible = is_legible(&scene(&techniques, beside));
                prop_assert!(legible.is_ok(), "{legible:?}");
            }
        }
    }
}
