//! What moves things until they fit: those that are connected draw each other, and all push each other away.

use super::Point;
use super::coarse::Level;
use rayon::prelude::*;

/// How strong things push each other away, against how those that are connected draw each other (Hu, 2005).
const PUSH: f64 = 0.2;

/// A square counts as one where it is seen under less than this: its side by its distance.
const OPENING: f64 = 1.1;

/// How often things are moved, at most: of many, each already stands near its place.
fn rounds(count: usize) -> usize {
    if count > MANY { 24 } else { 60 }
}

/// So many are many.
const MANY: usize = 4000;

/// When they hardly move any more.
const STILL: f64 = 0.01;

/// Moves things until they fit, at first by `step`.
pub(super) fn settle(level: &Level, places: &mut [Point], step: f64) {
    let mut step = step;
    let mut energy = f64::INFINITY;
    let mut better = 0;
    for _ in 0..rounds(level.len()) {
        let tree = Tree::of(places, level.mass());
        // Neighbours are pushed by the same squares.
        let forces: Vec<(u32, Point)> = { tree.order.par_iter() }
            .with_min_len(256)
            .map(|&at| (at, force(level, places, &tree, at as usize)))
            .collect();
        let mut sum = 0.0;
        for (at, [x, y]) in forces {
            let Some(place) = places.get_mut(at as usize) else {
                continue;
            };
            let square = x * x + y * y;
            sum += square;
            let strength = square.sqrt();
            if strength > 0.0 {
                // What hardly is pushed hardly moves.
                let by = step * strength.min(1.0) / strength;
                place[0] += x * by;
                place[1] += y * by;
            }
        }
        if sum < energy {
            better += 1;
            if better >= 5 {
                better = 0;
                step /= 0.9;
            }
        } else {
            better = 0;
            step *= 0.9;
        }
        energy = sum;
        if step < STILL {
            break;
        }
        step *= 0.97;
    }
}

fn force(level: &Level, places: &[Point], tree: &Tree, at: usize) -> Point {
    let Some(&[x, y]) = places.get(at) else {
        return [0.0; 2];
    };
    let own = level.mass().get(at).copied().unwrap_or(1.0);
    let [mut fx, mut fy] = tree.push([x, y], own);
    for &(other, weight) in level.of_one(at) {
        if let Some([ox, oy]) = places.get(other as usize) {
            let (dx, dy) = (ox - x, oy - y);
            let distance = (dx * dx + dy * dy).sqrt();
            let pull = distance * weight.sqrt();
            fx += dx * pull;
            fy += dy * pull;
        }
    }
    [fx, fy]
}

/// Squares within squares, each with what is in it.
struct Tree {
    cells: Vec<Cell>,
    /// All things, those in one square behind each other.
    order: Vec<u32>,
}

/// A thing: where it is, how much it counts, which it is.
type Thing = (Point, f64, u32);

struct Cell {
    /// The middle of what is in it, and how much that is.
    middle: Point,
    mass: f64,
    /// How long its sides are.
    side: f64,
    /// The first of four squares in it; none of one that holds one thing, or things at one place.
    parts: Option<u32>,
}

/// How deep squares stand within squares, at most: then things are at one place.
const DEEP: u32 = 24;

impl Tree {
    fn of(places: &[Point], mass: &[f64]) -> Tree {
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for place in places {
            for axis in 0..2 {
                low[axis] = low[axis].min(place[axis]);
                high[axis] = high[axis].max(place[axis]);
            }
        }
        let side = (high[0] - low[0]).max(high[1] - low[1]).max(1e-9);
        let mut tree = Tree {
            cells: Vec::with_capacity(places.len() * 3),
            order: Vec::new(),
        };
        let things = (0..).zip(places.iter().zip(mass));
        let mut things: Vec<Thing> = things
            .map(|(at, (place, mass))| (*place, *mass, at))
            .collect();
        if !things.is_empty() {
            tree.cells.push(Cell::empty());
            tree.fill(0, &mut things, (low, side), 0);
        }
        tree.order = things.iter().map(|thing| thing.2).collect();
        tree
    }

    fn fill(&mut self, at: usize, members: &mut [Thing], (low, side): (Point, f64), depth: u32) {
        let mut cell = Cell {
            side,
            ..Cell::empty()
        };
        for (place, mass, _) in members.iter() {
            cell.mass += mass;
            cell.middle[0] += place[0] * mass;
            cell.middle[1] += place[1] * mass;
        }
        if cell.mass > 0.0 {
            cell.middle = cell.middle.map(|sum| sum / cell.mass);
        }
        if members.len() > 1 && depth < DEEP {
            cell.parts = u32::try_from(self.cells.len()).ok();
        }
        let parts = cell.parts;
        if let Some(place) = self.cells.get_mut(at) {
            *place = cell;
        }
        let Some(first) = parts else {
            return;
        };
        self.cells.extend([(); 4].map(|()| Cell::empty()));
        let half = side / 2.0;
        let middle = [low[0] + half, low[1] + half];
        let (above, below) = split(members, |place| place[1] < middle[1]);
        let mut nth = 0;
        for (row, members) in [(0.0, above), (1.0, below)] {
            let (left, right) = split(members, |place| place[0] < middle[0]);
            for (column, members) in [(0.0, left), (1.0, right)] {
                if !members.is_empty() {
                    let low = [low[0] + column * half, low[1] + row * half];
                    self.fill(first as usize + nth, members, (low, half), depth + 1);
                }
                nth += 1;
            }
        }
    }

    /// How all things push one away.
    fn push(&self, from: Point, own: f64) -> Point {
        let mut force = [0.0; 2];
        let mut open: Vec<u32> = Vec::with_capacity(64);
        open.push(0);
        while let Some(at) = open.pop() {
            let Some(cell) = self.cells.get(at as usize) else {
                continue;
            };
            if cell.mass <= 0.0 {
                continue;
            }
            let (dx, dy) = (from[0] - cell.middle[0], from[1] - cell.middle[1]);
            let square = dx * dx + dy * dy;
            match cell.parts {
                Some(first) if cell.side * cell.side > OPENING * OPENING * square => {
                    open.extend((first..first + 4).rev());
                }
                _ if square > 1e-12 => {
                    let push = PUSH * cell.mass * own.sqrt() / square;
                    force[0] += dx * push;
                    force[1] += dy * push;
                }
                // It is this one itself, or at the same place.
                _ => {}
            }
        }
        force
    }
}

impl Cell {
    fn empty() -> Cell {
        Cell {
            middle: [0.0; 2],
            mass: 0.0,
            side: 0.0,
            parts: None,
        }
    }
}

/// Puts those for which something holds before the others.
fn split(things: &mut [Thing], is: impl Fn(Point) -> bool) -> (&mut [Thing], &mut [Thing]) {
    let mut count = 0;
    for at in 0..things.len() {
        if is(things[at].0) {
            things.swap(at, count);
            count += 1;
        }
    }
    things.split_at_mut(count)
}
