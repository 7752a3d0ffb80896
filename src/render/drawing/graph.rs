//! Everything that is connected, each near those that it is connected with.
//!
//! Takes entries, those with the most connections first, and which are connected; gives two drawings, one of as many as a wide
//! page has room for, and one of those with the most connections for narrow ones. Names stand where there is room for them;
//! they are links.

use super::width::width;
use super::{Link, Mark, Point, Role, Scene, Side, Stroke, svg};
use crate::layout;
use crate::model::Kind;
use std::collections::HashMap;

/// What is drawn.
#[derive(Debug)]
pub(in crate::render) struct Graph<'a> {
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    pub(in crate::render) nodes: Vec<Node<'a>>,
    pub(in crate::render) ties: Vec<Tie>,
}

/// An entry.
#[derive(Debug)]
pub(in crate::render) struct Node<'a> {
    pub(in crate::render) name: &'a str,
    /// The way to its page.
    pub(in crate::render) href: String,
    pub(in crate::render) kind: Kind,
    /// With how many others it is connected.
    pub(in crate::render) count: usize,
}

/// A connection, by where its ends stand among the entries.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Tie {
    pub(in crate::render) from: u32,
    pub(in crate::render) to: u32,
    pub(in crate::render) denied: bool,
}

/// So many are drawn on wide pages, and on narrow ones.
pub(in crate::render) const MOST: usize = 2000;
const FEW: usize = 18;

/// Around a drawing.
const EDGE: i32 = 16;

/// Writes both drawings.
pub(in crate::render) fn write(graph: &Graph<'_>, out: &mut String) {
    svg::write(&scene(graph, MOST, 1120, 150), "wide", out);
    svg::write(&scene(graph, FEW, 350, 110), "narrow", out);
}

/// Writes both drawings of a few entries, as wide as a text.
pub(in crate::render) fn write_few(graph: &Graph<'_>, out: &mut String) {
    svg::write(&scene(graph, MOST, 720, 130), "wide", out);
    svg::write(&scene(graph, MOST, 350, 90), "narrow", out);
}

/// The `most` first, no wider than `room`; connections are about as long as there is room for, and `length` at most.
fn scene<'a>(graph: &'a Graph<'a>, most: usize, room: i32, length: i32) -> Scene<'a> {
    let nodes = graph.nodes.get(..most).unwrap_or(&graph.nodes);
    let is_shown = |at: u32| (at as usize) < nodes.len();
    let ties = graph.ties.iter();
    let ties = ties.filter(|tie| is_shown(tie.from) && is_shown(tie.to));
    let ties: Vec<Tie> = ties.copied().collect();
    let edges: Vec<(u32, u32)> = ties.iter().map(|tie| (tie.from, tie.to)).collect();
    let places = layout::places(nodes.len(), &edges);
    let places = scaled(&places, &edges, room - 2 * EDGE, length);
    let at = |at: u32| {
        let place = places.get(at as usize).copied().unwrap_or_default();
        (place.0 + EDGE, place.1 + EDGE)
    };
    let mut marks: Vec<Mark<'a>> = Vec::new();
    for tie in &ties {
        marks.push(Mark::Line {
            from: at(tie.from),
            to: at(tie.to),
            stroke: match tie.denied {
                true => Stroke::Broken,
                false => Stroke::Whole,
            },
        });
    }
    let mut taken = Taken::default();
    for (nth, node) in (0..).zip(nodes) {
        let (place, radius) = (at(nth), radius(node.count));
        let (x, y) = place;
        taken.take((x - radius, y - radius, x + radius, y + radius));
        marks.push(Mark::Point {
            at: place,
            kind: node.kind,
            radius,
        });
    }
    let high = places.iter().map(|place| place.1).max().unwrap_or(0);
    let scene = (room, high + 2 * EDGE);
    for (nth, node) in (0..).zip(nodes) {
        marks.extend(name(node, at(nth), scene, &mut taken));
    }
    Scene {
        width: scene.0,
        height: scene.1,
        label: &graph.label,
        marks,
    }
}

/// How large the point of an entry with so many connections is.
fn radius(count: usize) -> i32 {
    match count {
        0..3 => 4,
        3..8 => 5,
        8..20 => 7,
        _ => 9,
    }
}

/// Places as whole numbers, in the middle of a width.
fn scaled(places: &[layout::Point], edges: &[(u32, u32)], room: i32, length: i32) -> Vec<Point> {
    let of = |at: u32| places.get(at as usize).copied().unwrap_or_default();
    let lengths = edges.iter().map(|&(from, to)| {
        let ([ax, ay], [bx, by]) = (of(from), of(to));
        ((ax - bx) * (ax - bx) + (ay - by) * (ay - by)).sqrt()
    });
    let mut lengths: Vec<f64> = lengths.collect();
    lengths.sort_by(f64::total_cmp);
    let middle = lengths.get(lengths.len() / 2).copied().unwrap_or(1.0);
    let wide = places.iter().map(|place| place[0]).fold(0.0, f64::max);
    let fit = |units: f64, size: i32| f64::from(size) / units.max(1e-6);
    let scale = fit(middle, length).min(fit(wide, room));
    // No place is farther than the room, or its square.
    let whole = |units: f64| {
        let scaled = (units * scale).round().clamp(0.0, 1e6);
        #[allow(clippy::cast_possible_truncation, reason = "within a million")]
        let scaled = scaled as i32;
        scaled
    };
    let left = (room - whole(wide)) / 2;
    places
        .iter()
        .map(|&[x, y]| (left + whole(x), whole(y)))
        .collect()
}

/// A rectangle: left, top, right, bottom.
type Area = (i32, i32, i32, i32);

/// What room is taken, by squares that it touches.
#[derive(Default)]
struct Taken {
    squares: HashMap<Point, Vec<Area>>,
}

impl Taken {
    /// The squares that an area touches.
    fn touched((left, top, right, bottom): Area) -> impl Iterator<Item = Point> {
        const SIDE: i32 = 64;
        let rows = top.div_euclid(SIDE)..=bottom.div_euclid(SIDE);
        let columns = left.div_euclid(SIDE)..=right.div_euclid(SIDE);
        rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
    }

    fn take(&mut self, area: Area) {
        for square in Taken::touched(area) {
            self.squares.entry(square).or_default().push(area);
        }
    }

    fn is_free(&self, area: Area) -> bool {
        let apart = |other: &Area| {
            area.2 <= other.0 || other.2 <= area.0 || area.3 <= other.1 || other.3 <= area.1
        };
        Taken::touched(area).all(|square| {
            let taken = self.squares.get(&square);
            taken.is_none_or(|taken| taken.iter().all(apart))
        })
    }
}

/// The name of an entry beside its point, where there is room for the whole of it.
fn name<'a>(
    node: &'a Node<'a>,
    (x, y): Point,
    (right, bottom): Point,
    taken: &mut Taken,
) -> Option<Mark<'a>> {
    const HIGH: i32 = 14;
    let wide = width(node.name, Role::Label.size());
    let radius = radius(node.count);
    let beside = [
        (x + radius + 4, y + 4, Side::Left),
        (x - radius - 4, y + 4, Side::Right),
        (x, y - radius - 5, Side::Middle),
        (x, y + radius + 13, Side::Middle),
    ];
    beside.into_iter().find_map(|(x, y, end)| {
        let left = match end {
            Side::Left => x,
            Side::Right => x - wide,
            Side::Middle => x - wide / 2,
        };
        let area = (left, y - HIGH + 3, left + wide, y + 4);
        let within = area.0 >= 0 && area.1 >= 0 && area.2 <= right && area.3 <= bottom;
        (within && taken.is_free(area)).then(|| {
            taken.take(area);
            Mark::Words {
                at: (x, y),
                end,
                role: Role::Label,
                lines: vec![node.name.to_owned()],
                link: Some(Link {
                    href: &node.href,
                    name: node.name,
                    told: None,
                }),
                remark: None,
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::legible::is_legible;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_is_connected_it_is_legible(
            names in prop::collection::vec("(\\PC{0,60}|[a-z ]{0,20})", 2..40),
            ties in prop::collection::vec((0_u32..40, 0_u32..40, any::<bool>()), 1..90),
        ) {
            let count = u32::try_from(names.len()).unwrap();
            let ties = ties.into_iter().filter(|(from, to, _)| from < &count && to < &count);
            let graph = Graph {
                label: String::new(),
                nodes: names.iter().enumerate().map(|(at, name)| Node {
                    name,
                    href: "../a/".to_owned(),
                    kind: Kind::Actor,
                    count: 30 - at.min(29),
                }).collect(),
                ties: ties.map(|(from, to, denied)| Tie { from, to, denied }).collect(),
            };
            for scene in [scene(&graph, MOST, 1120, 150), scene(&graph, FEW, 350, 110)] {
                let legible = is_legible(&scene);
                prop_assert!(legible.is_ok(), "{legible:?}");
            }
        }
    }
}
