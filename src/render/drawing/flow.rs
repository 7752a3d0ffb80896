//! Money on its way: from whom to whom, as bands that are as broad as the amounts are large.
//!
//! Takes ends with their names and ways between them that lead in no circle; gives two drawings of the same: columns with bands
//! between them for pages that are wide, for those that are narrow a tree of bars. What leads on from an end stands beside it, each
//! with room of its own. Never draws an end to which no way leads and from which none does.

use super::width::{cut, lines};
use super::{LINE, Link, Mark, Remark, Role, Scene, Side, svg};
use crate::model::Kind;

/// What is drawn.
pub(in crate::render) struct Flow<'a> {
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    pub(in crate::render) ends: Vec<End<'a>>,
    pub(in crate::render) ways: Vec<Way>,
}

/// Where money was.
#[derive(Debug)]
pub(in crate::render) struct End<'a> {
    pub(in crate::render) name: &'a str,
    pub(in crate::render) href: String,
    pub(in crate::render) kind: Kind,
}

/// A way from one end to another, by their places among the ends.
#[derive(Debug)]
pub(in crate::render) struct Way {
    pub(in crate::render) from: usize,
    pub(in crate::render) to: usize,
    /// How much, in whatever is the same for all.
    pub(in crate::render) parts: u128,
    /// That in words.
    pub(in crate::render) text: String,
}

/// The widths of both drawings.
const WIDTHS: [i32; 2] = [720, 350];
/// The breadth of the broadest band, and of the narrowest.
const BROAD: (i32, i32) = (96, 2);
/// How wide the stop at an end is.
const STOP: i32 = 10;
/// Between an end and the one below it.
const GAP: i32 = 16;
/// How far one bar is moved in from the one that it comes from.
const INDENT: i32 = 14;
/// How deep bars are moved in at most.
const DEEPEST: i32 = 6;

/// Writes both drawings.
pub(in crate::render) fn write(flow: &Flow<'_>, out: &mut String) {
    svg::write(&wide(flow), "wide", out);
    svg::write(&narrow(flow), "narrow", out);
}

/// How broad a way of so much is, where the most is `most` and that is drawn `room` broad.
fn breadth(parts: u128, most: u128, (room, least): (i32, i32)) -> i32 {
    let wide = u128::from(room.unsigned_abs());
    let units = match parts.checked_mul(wide) {
        Some(all) => all / most.max(1),
        None => parts / (most / wide).max(1),
    };
    i32::try_from(units).unwrap_or(room).clamp(least, room)
}

fn most(flow: &Flow<'_>) -> u128 {
    flow.ways.iter().map(|way| way.parts).max().unwrap_or(1)
}

/// The ends to which nothing leads.
fn beginnings(flow: &Flow<'_>) -> Vec<usize> {
    let ends = 0..flow.ends.len();
    ends.filter(|end| flow.ways.iter().all(|way| way.to != *end))
        .collect()
}

/// Where the ends stand: the column and the upper edge of each.
struct Places {
    columns: Vec<i32>,
    tops: Vec<Option<i32>>,
    bottom: i32,
}

impl Places {
    /// `heights` are those of the ends with their names.
    fn of(flow: &Flow<'_>, columns: Vec<i32>, heights: &[i32]) -> Places {
        let count = flow.ends.len();
        let mut places = Places {
            columns,
            tops: vec![None; count],
            bottom: 0,
        };
        let mut top = 0;
        for end in beginnings(flow) {
            top = places.place(flow, heights, end, top);
        }
        places.bottom = top;
        places
    }

    /// Places an end, and beside it those to which it leads; gives where all of that ends.
    fn place(&mut self, flow: &Flow<'_>, heights: &[i32], end: usize, top: i32) -> i32 {
        self.tops[end] = Some(top);
        let mut below = top;
        for way in flow.ways.iter().filter(|way| way.from == end) {
            if self.tops[way.to].is_none() {
                below = self.place(flow, heights, way.to, below);
            }
        }
        below.max(top + heights[end] + GAP)
    }
}

fn wide<'a>(flow: &'a Flow<'a>) -> Scene<'a> {
    let most = most(flow);
    let broad = |way: &Way| breadth(way.parts, most, BROAD);
    let all = |is_of: &dyn Fn(&&Way) -> bool| flow.ways.iter().filter(is_of).map(broad).sum();
    let stops: Vec<i32> = (0..flow.ends.len())
        .map(|end| {
            let (came, went): (i32, i32) = (all(&|it| it.to == end), all(&|it| it.from == end));
            came.max(went)
        })
        .collect();
    let columns = columns(flow);
    let deepest = columns.iter().max().copied().unwrap_or(0);
    // The last column needs room for its words alone.
    let column = WIDTHS[0] / (deepest + 1);
    let room = column - 8;
    let names = flow.ends.iter();
    let names: Vec<Vec<String>> = names
        .map(|end| lines(end.name, Role::Name.size(), room))
        .collect();
    // What stands above a stop: a name, and amounts.
    let most_lines = names.iter().map(Vec::len).max().unwrap_or(1);
    let head = (count(most_lines) + 1) * LINE + 4;
    let heights: Vec<i32> = stops.iter().map(|it| it + head).collect();
    let places = Places::of(flow, columns, &heights);
    let x = |end: usize| column * places.columns[end];
    let stop = |end: usize| places.tops[end].unwrap_or(0) + head;
    let mut marks = Vec::new();
    // What of a stop is taken by bands already: on its left, and on its right.
    let mut taken = vec![(0, 0); flow.ends.len()];
    let mut ways: Vec<&Way> = flow.ways.iter().collect();
    ways.sort_by_key(|way| (stop(way.from), stop(way.to)));
    let mut left = vec![0; flow.ways.len()];
    for (nth, way) in ways.iter().enumerate() {
        left[nth] = taken[way.from].1;
        taken[way.from].1 += broad(way);
    }
    for (way, begin) in ways.iter().zip(left) {
        let end = taken[way.to].0;
        taken[way.to].0 += broad(way);
        marks.push(Mark::Band {
            from: (x(way.from) + STOP, stop(way.from) + begin),
            to: (x(way.to), stop(way.to) + end),
            breadth: broad(way),
        });
    }
    for (end, (told, lines)) in flow.ends.iter().zip(names).enumerate() {
        marks.push(Mark::Column {
            at: (x(end), stop(end)),
            width: STOP,
            height: stops[end],
            kind: told.kind,
        });
        let texts = flow.ways.iter().filter(|way| way.to == end);
        let texts: Vec<&str> = texts.map(|way| &*way.text).collect();
        let below = i32::from(!texts.is_empty());
        let at = (
            x(end),
            stop(end) - 8 - LINE * (count(lines.len()) - 1 + below),
        );
        marks.push(name(
            told,
            at,
            lines,
            &cut(&texts.join(" + "), Role::Remark.size(), room),
        ));
    }
    Scene {
        width: WIDTHS[0],
        height: places.bottom.max(1),
        label: &flow.label,
        marks,
    }
}

fn narrow<'a>(flow: &'a Flow<'a>) -> Scene<'a> {
    let mut bars = Bars {
        flow,
        most: most(flow),
        seen: vec![false; flow.ends.len()],
        top: 0,
        marks: Vec::new(),
    };
    for end in beginnings(flow) {
        bars.end(end, None, 0);
    }
    Scene {
        width: WIDTHS[1],
        height: bars.top.max(1),
        label: &flow.label,
        marks: bars.marks,
    }
}

/// The bars of a narrow drawing, from above.
struct Bars<'a> {
    flow: &'a Flow<'a>,
    most: u128,
    /// The ends of which it was told where they lead.
    seen: Vec<bool>,
    top: i32,
    marks: Vec<Mark<'a>>,
}

impl<'a> Bars<'a> {
    /// Writes an end, how much came there, and where it went on to.
    fn end(&mut self, end: usize, came: Option<&'a Way>, depth: i32) {
        let told = &self.flow.ends[end];
        let x = INDENT * depth.min(DEEPEST);
        let room = WIDTHS[1] - x - 2;
        let text = came.map_or("", |way| &way.text);
        let text = cut(text, Role::Remark.size(), room);
        let lines = vec![cut(told.name, Role::Name.size(), room)];
        self.marks
            .push(name(told, (x, self.top + 14), lines, &text));
        self.top += LINE + 4;
        if let Some(way) = came {
            self.top += LINE;
            // All on one scale, however deep they stand.
            let room = WIDTHS[1] - INDENT * DEEPEST;
            self.marks.push(Mark::Column {
                at: (x, self.top - 2),
                width: breadth(way.parts, self.most, (room, BROAD.1)),
                height: 8,
                kind: told.kind,
            });
            self.top += 14;
        }
        if std::mem::replace(&mut self.seen[end], true) {
            return;
        }
        let flow = self.flow;
        for way in flow.ways.iter().filter(|way| way.from == end) {
            self.end(way.to, Some(way), depth + 1);
        }
    }
}

/// The name of an end, with amounts below it.
fn name<'a>(end: &'a End<'a>, at: (i32, i32), lines: Vec<String>, amounts: &str) -> Mark<'a> {
    Mark::Words {
        at,
        end: Side::Left,
        role: Role::Name,
        lines,
        link: Some(Link {
            href: &end.href,
            name: end.name,
            told: None,
        }),
        remark: (!amounts.is_empty()).then(|| Remark {
            text: amounts.to_owned(),
            below: true,
        }),
    }
}

/// The column of each end: the longest way to it says how far it stands from the beginning.
fn columns(flow: &Flow<'_>) -> Vec<i32> {
    let mut columns = vec![0; flow.ends.len()];
    // No way is longer than there are ends.
    for _ in 0..flow.ends.len() {
        for way in &flow.ways {
            columns[way.to] = columns[way.to].max(columns[way.from] + 1);
        }
    }
    columns
}

fn count(many: usize) -> i32 {
    i32::try_from(many).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::legible::is_legible;
    use super::*;

    fn flow<'a>(names: &[&'a str], ways: &[(usize, usize, u128)]) -> Flow<'a> {
        let end = |name: &&'a str| End {
            name,
            href: "#".to_owned(),
            kind: Kind::Organisation,
        };
        let way = |&(from, to, parts): &(usize, usize, u128)| Way {
            from,
            to,
            parts,
            text: format!("USD {parts} million and some more words"),
        };
        Flow {
            label: "Money".to_owned(),
            ends: names.iter().map(end).collect(),
            ways: ways.iter().map(way).collect(),
        }
    }

    const NAMES: [&str; 7] = [
        "A",
        "A bank whose name is so long that it fits into no column of any drawing",
        "C",
        "D",
        "E",
        "F",
        "G",
    ];

    #[test]
    fn flows_can_be_read_however_they_part_and_meet() {
        for ways in [
            &[(0, 1, 81), (0, 2, 20)][..],
            &[(0, 1, 81), (1, 2, 29), (1, 3, 17), (1, 4, 35), (0, 5, 20)],
            &[(0, 1, 1), (0, 2, u128::MAX), (1, 3, 5), (2, 3, 7)],
            &[(0, 6, 9), (1, 6, 9), (2, 6, 9), (6, 3, 20), (6, 4, 7)],
            &[
                (0, 1, 1),
                (1, 2, 1),
                (2, 3, 1),
                (3, 4, 1),
                (4, 5, 1),
                (5, 6, 1),
            ],
        ] {
            let flow = flow(&NAMES, ways);
            for scene in [wide(&flow), narrow(&flow)] {
                assert_eq!(is_legible(&scene), Ok(()), "{ways:?}");
            }
        }
    }

    #[test]
    fn bands_are_as_broad_as_amounts_are_large_and_take_their_stops_wholly() {
        let flow = flow(&NAMES[..4], &[(0, 1, 80), (0, 2, 20), (1, 3, 40)]);
        let scene = wide(&flow);
        let bands = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Band { breadth, .. } => Some(*breadth),
            _ => None,
        });
        assert_eq!(bands.collect::<Vec<_>>(), [96, 48, 24]);
        let stops = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Column { height, .. } => Some(*height),
            _ => None,
        });
        assert_eq!(stops.collect::<Vec<_>>(), [120, 96, 24, 48]);
    }
}
