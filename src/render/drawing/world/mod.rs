//! Who is where, on a map of the world.
//!
//! Takes countries and cities with how much they count; gives two drawings: the whole world for pages that are wide, and for
//! those that are narrow as much of it as is concerned. Each country is filled the darker the more it counts; what is too small to be
//! seen, or has no outline, is a point. Names stand where there is room for them, those that count most first, then at some distance
//! at the end of a line, then numbers alone.

mod atlas;

use self::atlas::{Atlas, Detail, Spot, atlas, bounds, middle};
use super::width::width;
use super::{Link, Mark, Point, Remark, Role, Scene, Side, svg};
use crate::model::Kind;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What is drawn.
#[derive(Debug)]
pub(in crate::render) struct World<'a> {
    /// What is drawn, in words.
    pub(in crate::render) label: String,
    /// Those that count most first.
    pub(in crate::render) places: Vec<Place<'a>>,
}

/// A country or a city.
#[derive(Debug)]
pub(in crate::render) struct Place<'a> {
    pub(in crate::render) name: &'a str,
    /// The way to its page.
    pub(in crate::render) href: String,
    /// What is told to those who point at it.
    pub(in crate::render) told: String,
    /// The code of a country.
    pub(in crate::render) code: Option<&'static str>,
    /// Degrees north and east, as they are written.
    pub(in crate::render) degrees: Option<(&'a str, &'a str)>,
    pub(in crate::render) count: usize,
    /// How much it counts among the others, 0 to 3.
    pub(in crate::render) weight: u8,
    /// Whether somebody comes from there.
    pub(in crate::render) origin: bool,
}

/// How wide the drawings are.
const WIDE: i64 = 1080;
const BESIDE: i64 = 719;
const NARROW: i64 = 351;
/// The whole world: from the left, from above, how wide, how tall.
const WORLD: (i64, i64, i64, i64) = (-1438, -700, 2876, 1260);
/// No less of it is shown, nor less around what is concerned.
const LEAST: i64 = 640;
const MARGIN: i64 = 70;
/// What is no larger is a point, too.
const SMALL: i32 = 8;

/// How much of the world a wide page shows.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) enum Extent {
    /// The whole.
    Whole,
    /// What is concerned, beside much else.
    Concerned,
}

/// Writes both drawings.
pub(in crate::render) fn write(world: &World<'_>, extent: Extent, out: &mut String) {
    let frame = match extent {
        Extent::Whole => Frame::whole(),
        Extent::Concerned => Frame::around(world, BESIDE),
    };
    svg::write(&scene(world, &frame), "wide world", out);
    svg::write(
        &scene(world, &Frame::around(world, NARROW)),
        "narrow world",
        out,
    );
}

/// The part of the world that is drawn.
struct Frame {
    left: i64,
    top: i64,
    wide: i64,
    tall: i64,
    /// How wide it is drawn.
    width: i64,
    detail: Detail,
}

impl Frame {
    fn whole() -> Frame {
        let (left, top, wide, tall) = WORLD;
        Frame {
            left,
            top,
            wide,
            tall,
            width: WIDE,
            detail: Detail::Fine,
        }
    }

    /// All that is concerned, within the world.
    fn around(world: &World<'_>, width: i64) -> Frame {
        let (left, top, wide, tall) = WORLD;
        let spots = world.places.iter().flat_map(|place| {
            let mainland = outline(place, Detail::Coarse).and_then(|rings| rings.first());
            match mainland {
                Some(ring) => ring.clone(),
                None => spot(place).into_iter().collect(),
            }
        });
        let spots: Vec<Spot> = spots.collect();
        let (first, upper, last, lower) =
            bounds(&spots).unwrap_or((left, top, left + wide, top + tall));
        let across = (last - first + 2 * MARGIN).max(LEAST).min(wide);
        let height = (lower - upper + 2 * MARGIN).max(across * 2 / 5).min(tall);
        // What is higher than wide would not fit on a screen.
        let across = across.max(height * if width > NARROW { 8 } else { 4 } / 5);
        let within = |middle: i64, size: i64, from: i64, whole: i64| {
            (middle - size / 2).max(from).min(from + whole - size)
        };
        Frame {
            left: within(i64::midpoint(first, last), across, left, wide),
            top: within(i64::midpoint(upper, lower), height, top, tall),
            wide: across,
            tall: height,
            width,
            detail: Detail::Coarse,
        }
    }

    /// A place in parts of a pixel.
    fn scaled(&self, (right, down): Spot, parts: i64) -> Spot {
        let scaled = |it: i64| (it * self.width * parts + self.wide / 2).div_euclid(self.wide);
        (scaled(right - self.left), scaled(down - self.top))
    }

    fn point(&self, spot: Spot) -> Point {
        let (right, down) = self.scaled(spot, 1);
        (pixels(right), pixels(down))
    }

    fn height(&self) -> i64 {
        self.tall * self.width / self.wide
    }

    /// Writes a ring in parts of a pixel, if any of it is seen.
    fn trace(&self, ring: &[Spot], parts: i64, path: &mut String) {
        let mut spots: Vec<Spot> = ring.iter().map(|&it| self.scaled(it, parts)).collect();
        spots.dedup();
        let Some((left, top, right, bottom)) = bounds(&spots) else {
            return;
        };
        let (width, height) = (self.width * parts, self.height() * parts);
        let is_seen = right > 0 && bottom > 0 && left < width && top < height;
        if !is_seen || spots.len() < 3 {
            return;
        }
        let mut last = (0, 0);
        for (nth, &(right, down)) in spots.iter().enumerate() {
            let (across, below) = (right - last.0, down - last.1);
            path.push_str(match nth {
                0 => "M",
                1 => "l",
                _ if across < 0 => "",
                _ => " ",
            });
            let between = if below < 0 { "" } else { " " };
            // Writing to a text never fails.
            let _ = write!(path, "{across}{between}{below}");
            last = (right, down);
        }
        path.push('z');
    }
}

fn pixels(it: i64) -> i32 {
    i32::try_from(it).unwrap_or(0)
}

fn outline(place: &Place<'_>, detail: Detail) -> Option<&'static Vec<Vec<Spot>>> {
    atlas().outlines(detail).countries.get(place.code?)
}

/// Where a place without an outline is.
fn spot(place: &Place<'_>) -> Option<Spot> {
    let atlas: &Atlas = atlas();
    let written = place.degrees.and_then(|it| atlas.spot(it));
    written.or_else(|| atlas.point(place.code?))
}

fn scene<'a>(world: &'a World<'a>, frame: &Frame) -> Scene<'a> {
    let mut marks = vec![land(world, frame)];
    let mut labels = Labels::of(frame);
    for place in &world.places {
        if let Some(rings) = outline(place, frame.detail) {
            let mut path = String::new();
            for ring in rings {
                frame.trace(ring, 2, &mut path);
            }
            marks.push(Mark::Area {
                path,
                weight: place.weight,
                origin: place.origin,
                told: &place.told,
            });
        }
    }
    let mut named = Vec::new();
    for place in &world.places {
        let mainland = outline(place, frame.detail).and_then(|rings| rings.first());
        let seen = mainland.filter(|ring| !is_small(ring, frame));
        if let Some(at) = seen.and_then(|ring| middle(ring)) {
            named.push((place, frame.point(at), 0));
            continue;
        }
        let at = mainland
            .and_then(|ring| middle(ring))
            .or_else(|| spot(place));
        if let Some(at) = at {
            let (at, radius) = (frame.point(at), 3 + i32::from(place.weight));
            marks.push(Mark::Point {
                at,
                kind: Kind::Place,
                radius,
            });
            labels.take((at.0 - radius, at.1 - radius, at.0 + radius, at.1 + radius));
            named.push((place, at, radius));
        }
    }
    for (place, at, radius) in named {
        marks.extend(labels.label(place, at, radius).into_iter().flatten());
    }
    Scene {
        width: pixels(frame.width),
        height: pixels(frame.height()),
        label: &world.label,
        marks,
    }
}

/// All land that is not concerned.
fn land<'a>(world: &World<'_>, frame: &Frame) -> Mark<'a> {
    let concerned = world.places.iter().filter_map(|it| it.code);
    let concerned: BTreeSet<&str> = concerned.collect();
    let outlines = atlas().outlines(frame.detail);
    let rest = outlines.countries.iter();
    let rest = rest.filter(|(code, _)| !concerned.contains(*code));
    let mut path = String::new();
    for ring in rest.flat_map(|(_, rings)| rings).chain(&outlines.others) {
        frame.trace(ring, 1, &mut path);
    }
    Mark::Land(path)
}

fn is_small(ring: &[Spot], frame: &Frame) -> bool {
    let corners = bounds(ring)
        .map(|(left, top, right, bottom)| (frame.point((left, top)), frame.point((right, bottom))));
    corners.is_none_or(|(one, other)| other.0 - one.0 < SMALL && other.1 - one.1 < SMALL)
}

/// A box: left, top, right, bottom.
type Corners = (i32, i32, i32, i32);

/// Where there is room for words.
struct Labels {
    width: i32,
    height: i32,
    taken: Vec<Corners>,
}

impl Labels {
    fn of(frame: &Frame) -> Labels {
        Labels {
            width: pixels(frame.width),
            height: pixels(frame.height()),
            taken: Vec::new(),
        }
    }

    fn take(&mut self, corners: Corners) {
        self.taken.push(corners);
    }

    fn is_free(&self, (left, top, right, bottom): Corners) -> bool {
        let within = left >= 0 && top >= 0 && right <= self.width && bottom <= self.height;
        let apart = |it: &Corners| it.2 <= left || right <= it.0 || it.3 <= top || bottom <= it.1;
        within && self.taken.iter().all(apart)
    }

    /// Whether a line to there crosses nothing.
    fn is_clear(&self, from: Point, to: Point) -> bool {
        let holds = |it: &Corners, (x, y): Point| it.0 < x && x < it.2 && it.1 < y && y < it.3;
        let mut others = self.taken.iter().filter(|it| !holds(it, from));
        others.all(|it| !steps(from, to).any(|at| holds(it, at)))
    }

    /// Takes the room for words, if they have any.
    fn put(&mut self, (end, (x, y)): Stand, wide: i32) -> bool {
        let left = match end {
            Side::Left => x,
            Side::Middle => x - wide / 2,
            Side::Right => x - wide,
        };
        let corners = (left - 2, y - 12, left + wide + 2, y + 4);
        let is_free = self.is_free(corners);
        if is_free {
            self.take(corners);
        }
        is_free
    }

    /// The name and the number of a place where there is room for them, with a line where that is not at the place; else the number.
    fn label<'a>(&mut self, place: &'a Place<'a>, at: Point, radius: i32) -> Option<Vec<Mark<'a>>> {
        let count = place.count.to_string();
        let size = Role::Label.size();
        let remark = width(&format!(" · {count}"), Role::Remark.size());
        let full = width(place.name, size) + remark;
        let words = |(end, at): Stand, is_named: bool| Mark::Words {
            at,
            end,
            role: Role::Label,
            lines: vec![if is_named {
                place.name.to_owned()
            } else {
                count.clone()
            }],
            link: Some(Link {
                href: &place.href,
                name: place.name,
                told: (!is_named).then_some(&*place.told),
            }),
            remark: is_named.then(|| Remark {
                text: count.clone(),
                below: false,
            }),
        };
        let near = near(at, radius + 4);
        if let Some(stand) = near.into_iter().find(|&it| self.put(it, full)) {
            return Some(vec![words(stand, true)]);
        }
        let far = far(at).find(|&(to, stand)| self.is_clear(at, to) && self.put(stand, full));
        if let Some((to, stand)) = far {
            for (x, y) in steps(at, to) {
                self.take((x - 1, y - 1, x + 1, y + 1));
            }
            let line = Mark::Leader { from: at, to };
            return Some(vec![line, words(stand, true)]);
        }
        let own = width(&count, size);
        let stand = near.into_iter().find(|&it| self.put(it, own))?;
        Some(vec![words(stand, false)])
    }
}

/// Places on a line, without its ends: close enough that no words go between.
fn steps(from: Point, to: Point) -> impl Iterator<Item = Point> {
    const STEPS: i32 = 12;
    let between = |from: i32, to: i32, part: i32| from + (to - from) * part / STEPS;
    (1..STEPS).map(move |part| (between(from.0, to.0, part), between(from.1, to.1, part)))
}

/// Where words stand, and which end of them that is.
type Stand = (Side, Point);

/// Upon a place or close beside it.
fn near((x, y): Point, beside: i32) -> [Stand; 5] {
    [
        (Side::Middle, (x, y + 4)),
        (Side::Left, (x + beside, y + 4)),
        (Side::Right, (x - beside, y + 4)),
        (Side::Middle, (x, y + beside + 11)),
        (Side::Middle, (x, y - beside)),
    ]
}

/// Where a line from a place ends, and the words at its end: the nearest first.
fn far((x, y): Point) -> impl Iterator<Item = (Point, Stand)> {
    [16, 28, 42, 58].into_iter().flat_map(move |far| {
        let slant = far * 7 / 10;
        let right = |to: Point| (to, (Side::Left, (to.0 + 3, to.1 + 4)));
        let left = |to: Point| (to, (Side::Right, (to.0 - 3, to.1 + 4)));
        [
            right((x + slant, y + slant)),
            right((x + slant, y - slant)),
            left((x - slant, y + slant)),
            left((x - slant, y - slant)),
            right((x + far, y)),
            left((x - far, y)),
            ((x, y + far), (Side::Middle, (x, y + far + 13))),
            ((x, y - far), (Side::Middle, (x, y - far - 4))),
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::super::legible::is_legible;
    use super::*;
    use proptest::prelude::*;

    fn place<'a>((name, code, weight): &'a (String, Option<&'static str>, u8)) -> Place<'a> {
        Place {
            name,
            href: "../a/".to_owned(),
            told: name.clone(),
            code: *code,
            degrees: code.is_none().then_some(("14.6", "120.98")),
            count: usize::from(*weight) + 1,
            weight: *weight,
            origin: *weight == 1,
        }
    }

    proptest! {
        #[test]
        fn whatever_is_concerned_it_is_legible(
            places in prop::collection::vec(
                (
                    "\\PC{1,40}",
                    prop::sample::select(vec![None, Some("MT"), Some("RU"), Some("CL"), Some("AQ"), Some("FJ")]),
                    0u8..4,
                ),
                1..9,
            ),
        ) {
            let world = World {
                label: String::new(),
                places: places.iter().map(place).collect(),
            };
            let frames = [Frame::whole(), Frame::around(&world, BESIDE), Frame::around(&world, NARROW)];
            for frame in &frames {
                let legible = is_legible(&scene(&world, frame));
                prop_assert!(legible.is_ok(), "{legible:?}");
            }
        }
    }
}
