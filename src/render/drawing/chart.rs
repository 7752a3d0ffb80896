//! A writer's own numbers: as bars, as points, or as lines.
//!
//! Takes rows of numbers with their names, in words and as parts of one unit; gives two drawings of the same, for pages that are
//! wide and for those that are narrow. Up to three series are told apart by form, not by colour alone. Every scale begins at
//! nothing. Never draws a number that is not there.

use super::width::{cut, width};
use super::{LINE, Look as Stretch, Mark, Point, Role, Scene, Side, Stroke, svg};
use crate::model::Kind;
use crate::model::chart::Look;
use crate::render::account::money::Scale;

/// What is drawn.
pub(in crate::render) struct Chart<'a> {
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    pub(in crate::render) look: Look,
    /// What the columns of numbers are called.
    pub(in crate::render) series: Vec<&'a str>,
    pub(in crate::render) scale: Scale,
    /// What divides the scale, in words: for a wide drawing, and for a narrow one.
    pub(in crate::render) ticks: [Vec<(u128, String)>; 2],
    pub(in crate::render) rows: Vec<Row<'a>>,
}

/// A row of numbers.
pub(in crate::render) struct Row<'a> {
    pub(in crate::render) name: &'a str,
    /// One for each series: how much, and that in words.
    pub(in crate::render) figures: Vec<Option<(u128, String)>>,
}

/// How many divisions there is room for.
pub(in crate::render) const ROOM: [u128; 2] = [5, 3];

/// The widths of both drawings.
const WIDTHS: [i32; 2] = [720, 350];
/// From the sign of a series to that of the next.
const STEP: i32 = 16;
/// Between rows of bars.
const GAP: i32 = 8;
/// The most that a name and a number take beside a line.
const MOST: (i32, i32) = (260, 120);
/// How high lines rise.
const RISE: i32 = 180;
/// The colour.
const KIND: Kind = Kind::Incident;

/// Writes both drawings.
pub(in crate::render) fn write(chart: &Chart<'_>, out: &mut String) {
    for (which, class) in ["wide", "narrow"].into_iter().enumerate() {
        svg::write(&scene(chart, which), class, out);
    }
}

fn scene<'a>(chart: &'a Chart<'a>, which: usize) -> Scene<'a> {
    let mut marks = Vec::new();
    let top = key(chart, WIDTHS[which], &mut marks);
    let height = match (chart.look, which) {
        (Look::Line, _) => lines(chart, which, top, &mut marks),
        (Look::Bar | Look::Dot, 0) => beside(chart, top, &mut marks),
        (Look::Bar | Look::Dot, _) => below(chart, top, &mut marks),
    };
    Scene {
        width: WIDTHS[which],
        height,
        label: &chart.label,
        marks,
    }
}

/// Says which sign is of which series, where there are several; gives where the rest begins.
fn key(chart: &Chart<'_>, room: i32, marks: &mut Vec<Mark<'_>>) -> i32 {
    if chart.series.len() < 2 {
        return 4;
    }
    let mut top = 4;
    for (nth, name) in chart.series.iter().enumerate() {
        match chart.look {
            Look::Bar => bar(nth, (2, top + 8), 26, marks),
            Look::Dot => dot(nth, (14, top + 8), marks),
            Look::Line => line(nth, (2, top + 8), (26, top + 8), marks),
        }
        let text = cut(name, Role::Label.size(), room - 40);
        marks.push(Mark::line((34, top + 12), Side::Left, Role::Label, text));
        top += LINE;
    }
    top + 6
}

/// A stretch, filled, hollow or thin.
fn bar(series: usize, from: Point, to: i32, marks: &mut Vec<Mark<'_>>) {
    marks.push(Mark::Bar {
        from,
        to: to.max(from.0 + 1),
        kind: KIND,
        look: match series {
            0 => Stretch::Whole,
            1 => Stretch::Vague,
            _ => Stretch::Other,
        },
    });
}

/// A point, filled, hollow or small.
fn dot(series: usize, at: Point, marks: &mut Vec<Mark<'_>>) {
    let kind = KIND;
    marks.push(match series {
        0 | 1 => Mark::Dot {
            at,
            kind,
            hollow: series == 1,
        },
        _ => Mark::Point {
            at,
            kind,
            radius: 2,
        },
    });
}

/// A line, whole, broken or faint.
fn line(series: usize, from: Point, to: Point, marks: &mut Vec<Mark<'_>>) {
    marks.push(Mark::Line {
        from,
        to,
        stroke: match series {
            0 => Stroke::Whole,
            1 => Stroke::Broken,
            _ => Stroke::Faint,
        },
    });
}

/// Bars or points with names before and numbers behind them.
fn beside(chart: &Chart<'_>, mut top: i32, marks: &mut Vec<Mark<'_>>) -> i32 {
    let size = Role::Label.size();
    let names = chart.rows.iter().map(|row| width(row.name, size));
    let texts = chart
        .rows
        .iter()
        .flat_map(|row| row.figures.iter().flatten());
    let texts = texts.map(|(_, text)| width(text, size));
    let before = names.max().unwrap_or(0).min(MOST.0) + 12;
    let behind = texts.max().unwrap_or(0).min(MOST.1) + 14;
    let length = WIDTHS[0] - before - behind;
    for row in &chart.rows {
        let name = cut(row.name, size, MOST.0);
        marks.push(Mark::line(
            (before - 10, top + 12),
            Side::Right,
            Role::Label,
            name,
        ));
        for (nth, figure) in row.figures.iter().enumerate() {
            if let Some((parts, text)) = figure {
                let end = before + chart.scale.place(*parts, length);
                match chart.look {
                    Look::Bar => bar(nth, (before, top + 8), end, marks),
                    Look::Dot | Look::Line => dot(nth, (end, top + 8), marks),
                }
                let text = cut(text, size, MOST.1);
                marks.push(Mark::line(
                    (end + 8, top + 12),
                    Side::Left,
                    Role::Label,
                    text,
                ));
            }
            top += STEP;
        }
        top += GAP;
    }
    base(before, top, marks);
    top
}

/// The same with names and numbers above.
fn below(chart: &Chart<'_>, mut top: i32, marks: &mut Vec<Mark<'_>>) -> i32 {
    let size = Role::Label.size();
    let length = WIDTHS[1] - 12;
    for row in &chart.rows {
        let texts = row.figures.iter().flatten().map(|(_, text)| text.as_str());
        let texts: Vec<&str> = texts.collect();
        let text = match texts.is_empty() {
            true => row.name.to_owned(),
            false => format!("{}: {}", row.name, texts.join(" · ")),
        };
        let text = cut(&text, size, WIDTHS[1] - 6);
        marks.push(Mark::line((4, top + 12), Side::Left, Role::Label, text));
        top += LINE;
        for (nth, figure) in row.figures.iter().enumerate() {
            if let Some((parts, _)) = figure {
                let end = 6 + chart.scale.place(*parts, length);
                match chart.look {
                    Look::Bar => bar(nth, (6, top + 6), end, marks),
                    Look::Dot | Look::Line => dot(nth, (end, top + 6), marks),
                }
            }
            top += STEP - 4;
        }
        top += GAP;
    }
    top
}

/// The line at which all begins.
fn base(x: i32, bottom: i32, marks: &mut Vec<Mark<'_>>) {
    marks.push(Mark::Line {
        from: (x, 0),
        to: (x, bottom - GAP / 2),
        stroke: Stroke::Faint,
    });
}

/// Lines from row to row over a scale, with the names of rows as far as they have room.
fn lines(chart: &Chart<'_>, which: usize, top: i32, marks: &mut Vec<Mark<'_>>) -> i32 {
    let size = Role::Scale.size();
    let ticks = &chart.ticks[which];
    let widest = ticks.iter().map(|(_, text)| width(text, size)).max();
    let left = widest.unwrap_or(0).min(MOST.1) + 10;
    let (right, top) = (WIDTHS[which] - 8, top + 10);
    let bottom = top + RISE;
    let level = |parts: u128| bottom - chart.scale.place(parts, RISE);
    for (parts, text) in ticks {
        let y = level(*parts);
        line(2, (left, y), (right, y), marks);
        let text = cut(text, size, MOST.1);
        marks.push(Mark::line(
            (left - 6, y + 4),
            Side::Right,
            Role::Scale,
            text,
        ));
    }
    let count = i32::try_from(chart.rows.len()).unwrap_or(1);
    let place = |nth: usize| {
        let nth = i32::try_from(nth).unwrap_or(0);
        match count {
            ..=1 => (left + right) / 2,
            _ => left + 6 + (right - left - 12) * nth / (count - 1),
        }
    };
    for series in 0..chart.series.len() {
        let mut before: Option<Point> = None;
        for (nth, row) in chart.rows.iter().enumerate() {
            let figure = row.figures.get(series).and_then(Option::as_ref);
            let Some((parts, _)) = figure else {
                // Where a number is missing the line is interrupted.
                before = None;
                continue;
            };
            let at = (place(nth), level(*parts));
            if let Some(before) = before {
                line(series, before, at, marks);
            }
            dot(series, at, marks);
            before = Some(at);
        }
    }
    let mut free = 0;
    for (nth, row) in chart.rows.iter().enumerate() {
        let text = cut(row.name, size, 110);
        let wide = width(&text, size) + 2;
        let from = (place(nth) - wide / 2).clamp(0, WIDTHS[which] - wide);
        if from >= free {
            free = from + wide + 8;
            marks.push(Mark::line(
                (from, bottom + 20),
                Side::Left,
                Role::Scale,
                text,
            ));
        }
    }
    bottom + 28
}

#[cfg(test)]
mod tests {
    use super::super::legible::is_legible;
    use super::*;

    fn chart<'a>(look: Look, names: &[&'a str], figures: &[&[Option<u128>]]) -> Chart<'a> {
        let all = figures.iter().copied().flatten().flatten();
        let scale = Scale::linear(all.copied());
        let ticks = ROOM.map(|room| {
            let ticks = scale.ticks(room).into_iter();
            ticks.map(|it| (it, it.to_string())).collect()
        });
        let row = |(name, figures): (&&'a str, &&[Option<u128>])| Row {
            name,
            figures: figures
                .iter()
                .map(|it| it.map(|it| (it, it.to_string())))
                .collect(),
        };
        Chart {
            label: "Numbers".to_owned(),
            look,
            series: ["One", "A series whose name is long", "Three"][..figures[0].len()].to_vec(),
            scale,
            ticks,
            rows: names.iter().zip(figures).map(row).collect(),
        }
    }

    #[test]
    fn numbers_can_be_read_whatever_they_are() {
        let long =
            "A row that has a name as long as no row of a table ever should have, and goes on";
        for look in [Look::Bar, Look::Line, Look::Dot] {
            for figures in [
                &[&[Some(12)][..], &[Some(101)], &[Some(0)]][..],
                &[
                    &[Some(1), Some(2), None],
                    &[None, Some(200), Some(7)],
                    &[Some(3), None, Some(100)],
                ],
                &[&[Some(u128::MAX)], &[Some(1)], &[None]],
                &[&[Some(7)]],
                &[&[Some(0)], &[None]],
            ] {
                let chart = chart(look, &["2015", long, "2017"], figures);
                for which in [0, 1] {
                    assert_eq!(
                        is_legible(&scene(&chart, which)),
                        Ok(()),
                        "{look:?} {figures:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_number_that_is_missing_interrupts_a_line() {
        let drawn = |figures: &[&[Option<u128>]]| {
            let chart = chart(Look::Line, &["a", "b", "c"], figures);
            let whole = |mark: &&Mark<'_>| {
                matches!(
                    mark,
                    Mark::Line {
                        stroke: Stroke::Whole,
                        ..
                    }
                )
            };
            scene(&chart, 0).marks.iter().filter(whole).count()
        };
        assert_eq!(drawn(&[&[Some(1)], &[Some(2)], &[Some(3)]]), 2);
        assert_eq!(drawn(&[&[Some(1)], &[None], &[Some(3)]]), 0);
    }
}
