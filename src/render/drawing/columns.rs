//! How much of something there was in which year, where there is too much to draw each.
//!
//! Takes counts by year in words; gives two drawings of the same: columns for pages that are wide, rows for those that are
//! narrow. Puts years together where there are more than have room. Never leaves a year without a column between two that
//! have one.

use super::width::width;
use super::{Link, Look, Mark, Role, Scene, Side, Stroke, svg};
use crate::model::Kind;

/// What is drawn.
#[derive(Debug)]
pub(in crate::render) struct Columns {
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    /// In order of time.
    pub(in crate::render) columns: Vec<Column>,
    pub(in crate::render) kind: Kind,
}

/// A year, or several.
#[derive(Debug)]
pub(in crate::render) struct Column {
    /// The first year, and all of them.
    pub(in crate::render) years: (String, String),
    pub(in crate::render) count: u32,
    /// The way to what is counted, and what is told to those who point there.
    pub(in crate::render) link: Option<(String, String)>,
}

/// The width of a drawing for wide pages.
const WIDTH: i32 = 720;
/// A column with what is around it is no less wide, and no wider.
const SLOT: (i32, i32) = (24, 56);

/// The room that a column takes with its count above it.
fn slot(counts: impl Iterator<Item = u32>) -> i32 {
    let widths = counts.map(|count| width(&count.to_string(), Role::Count.size()) + 4);
    widths.max().unwrap_or(0).max(SLOT.0)
}

/// Puts years together until they have room: of each group the first and the last, with how many there were.
pub(in crate::render) fn grouped(years: &[(i16, u32)]) -> Vec<(i16, i16, u32)> {
    let (Some(&(first, _)), Some(&(last, _))) = (years.first(), years.last()) else {
        return Vec::new();
    };
    let (first, last) = (i32::from(first), i32::from(last));
    let mut groups = Vec::new();
    for step in [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] {
        let count = last / step - first / step + 1;
        if count * SLOT.0 > WIDTH {
            continue;
        }
        groups.clear();
        groups.extend(((first / step)..=(last / step)).map(|nth| {
            let year = |year: i32| i16::try_from(year).unwrap_or(i16::MAX);
            (year(nth * step), year(nth * step + step - 1), 0)
        }));
        for (year, many) in years {
            let at = usize::try_from(i32::from(*year) / step - first / step);
            if let Some((_, _, count)) = at.ok().and_then(|at| groups.get_mut(at)) {
                *count += many;
            }
        }
        if count * slot(groups.iter().map(|it| it.2)) <= WIDTH {
            break;
        }
    }
    groups
}

/// Writes both drawings.
pub(in crate::render) fn write(columns: &Columns, out: &mut String) {
    svg::write(&wide(columns), "wide", out);
    svg::write(&narrow(columns), "narrow", out);
}

/// A length of so many of a room for the most of all; nothing only where there is nothing.
fn length(columns: &Columns, count: u32, room: i32) -> i32 {
    let most = columns.columns.iter().map(|it| it.count).max().unwrap_or(0);
    let share = i64::from(count) * i64::from(room) / i64::from(most.max(1));
    let least = if count > 0 { 2 } else { 0 };
    i32::try_from(share).unwrap_or(room).max(least)
}

fn counted<'a>(at: (i32, i32), end: Side, column: &'a Column, marks: &mut Vec<Mark<'a>>) {
    let link = column.link.as_ref().map(|(href, told)| Link {
        href,
        name: told,
        told: Some(told),
    });
    let text = column.count.to_string();
    let (mut x, y) = at;
    if end == Side::Middle {
        // That of the first or the last may be wider than its column.
        let half = width(&text, Role::Count.size()) / 2 + 1;
        x = x.max(half).min(WIDTH - half);
    }
    marks.push(Mark::Words {
        at: (x, y),
        end,
        role: Role::Count,
        lines: vec![text],
        link,
        remark: None,
    });
}

fn wide(columns: &Columns) -> Scene<'_> {
    const HIGH: i32 = 110;
    const BASE: i32 = HIGH + 20;
    let count = i32::try_from(columns.columns.len()).unwrap_or(WIDTH);
    let slot = (WIDTH / count.max(1)).clamp(1, SLOT.1);
    let names = columns.columns.iter().map(|column| &column.years.0);
    let widest = names.map(|name| width(name, Role::Scale.size()) + 6).max();
    // Not every year has room for its name.
    let step = (widest.unwrap_or(0) + slot - 1) / slot;
    let mut marks = Vec::new();
    for (nth, column) in (0..).zip(&columns.columns) {
        let x = nth * slot;
        let high = length(columns, column.count, HIGH);
        let middle = x + slot / 2;
        if column.count > 0 {
            marks.push(Mark::Column {
                at: (x + slot / 10, BASE - high),
                width: slot - slot / 10 * 2,
                height: high,
                kind: columns.kind,
            });
            counted((middle, BASE - high - 5), Side::Middle, column, &mut marks);
        }
        if nth % step.max(1) == 0 {
            let (at, end) = match middle < widest.unwrap_or(0) / 2 {
                true => (0, Side::Left),
                false => (middle, Side::Middle),
            };
            marks.push(Mark::Words {
                at: (at, BASE + 15),
                end,
                role: Role::Scale,
                lines: vec![column.years.0.clone()],
                link: None,
                remark: None,
            });
        }
    }
    marks.push(Mark::Line {
        from: (0, BASE),
        to: (count * slot, BASE),
        stroke: Stroke::Whole,
    });
    Scene {
        width: WIDTH,
        height: BASE + 20,
        label: &columns.label,
        marks,
    }
}

fn narrow(columns: &Columns) -> Scene<'_> {
    const WIDTH: i32 = 350;
    const ROW: i32 = 24;
    let names = columns.columns.iter().map(|column| &column.years.1);
    let widest = names.map(|name| width(name, Role::Scale.size())).max();
    let left = widest.unwrap_or(0) + 8;
    let counts = columns.columns.iter().map(|column| column.count);
    let behind = slot(counts) + 6;
    let mut marks = Vec::new();
    let mut top = 0;
    for column in &columns.columns {
        let level = top + ROW / 2;
        marks.push(Mark::Words {
            at: (left - 8, level + 4),
            end: Side::Right,
            role: Role::Scale,
            lines: vec![column.years.1.clone()],
            link: None,
            remark: None,
        });
        let long = length(columns, column.count, WIDTH - left - behind);
        if column.count > 0 {
            marks.push(Mark::Bar {
                from: (left, level),
                to: left + long,
                kind: columns.kind,
                look: Look::Whole,
            });
            counted((left + long + 6, level + 4), Side::Left, column, &mut marks);
        }
        top += ROW;
    }
    marks.push(Mark::Line {
        from: (left, 0),
        to: (left, top),
        stroke: Stroke::Whole,
    });
    Scene {
        width: WIDTH,
        height: top,
        label: &columns.label,
        marks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_have_no_room_stand_together() {
        assert_eq!(grouped(&[]), []);
        let few = [(2014, 3), (2016, 1)];
        assert_eq!(
            grouped(&few),
            [(2014, 2014, 3), (2015, 2015, 0), (2016, 2016, 1)]
        );
        let many = |count| -> Vec<(i16, u32)> { (1995..=2024).map(|year| (year, count)).collect() };
        assert_eq!(grouped(&many(2)).len(), 30);
        // Where counts are long, fewer have room.
        let groups = grouped(&many(20_000));
        assert_eq!(groups.len(), 6);
        assert_eq!(groups[0], (1995, 1999, 100_000));
        assert_eq!(groups.iter().map(|it| it.2).sum::<u32>(), 600_000);
        assert_eq!(grouped(&[(1, 1), (9999, 1)]).len(), 20);
    }

    #[test]
    fn columns_lie_within_the_drawing() {
        for (from, to, count) in [
            (2014, 2016, 3),
            (1990, 2024, 4),
            (1900, 2020, 99_999),
            (2020, 2020, 7),
        ] {
            let years: Vec<(i16, u32)> = (from..=to).map(|year| (year, count)).collect();
            let column = |(from, to, count): (i16, i16, u32)| Column {
                years: (from.to_string(), format!("{from}–{to}")),
                count,
                link: None,
            };
            let columns = Columns {
                label: String::new(),
                columns: grouped(&years).into_iter().map(column).collect(),
                kind: Kind::Incident,
            };
            for scene in [wide(&columns), narrow(&columns)] {
                for mark in &scene.marks {
                    let (from, to) = match mark {
                        Mark::Words {
                            at,
                            end,
                            role,
                            lines,
                            ..
                        } => {
                            let wide = width(&lines[0], role.size());
                            let left = match end {
                                Side::Left => at.0,
                                Side::Middle => at.0 - wide / 2,
                                Side::Right => at.0 - wide,
                            };
                            (left, left + wide)
                        }
                        Mark::Column { at, width, .. } => (at.0, at.0 + width),
                        Mark::Bar { from, to, .. } => (from.0, *to),
                        _ => continue,
                    };
                    assert!(0 <= from && to <= scene.width, "{mark:?}");
                }
            }
        }
    }
}
