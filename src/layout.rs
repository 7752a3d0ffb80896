//! Where things that are connected stand, so that what is connected is near.
//!
//! Takes how many there are and which are connected; gives a place for each, about one apart from its neighbours. What hangs
//! together in no way is laid out apart and set beside each other. Force-directed on several levels: pairs become one
//! until few are left, those are placed, and each pair is taken apart again and moved until it fits (Hu, "Efficient and high
//! quality force-directed graph drawing", 2005). Forces from afar are those of squares of a tree (Barnes and Hut, 1986), so that the work grows as
//! n log n. There is no chance in it, and no function but the four operations and the root, which are the same on every
//! machine. Knows neither entries nor drawings.

mod coarse;

mod forces;

mod pack;

#[cfg(test)]
mod tests;

use coarse::Level;

/// A place.
pub type Point = [f64; 2];

/// Places things, of which `edges` are connected: pairs of indices below `count`, in whatever order and as often as one
/// likes. What is not within `count` is not there.
#[must_use]
pub fn places(count: usize, edges: &[(u32, u32)]) -> Vec<Point> {
    let whole = Level::of(count, edges);
    let mut parts: Vec<(Vec<usize>, Vec<Point>)> = Vec::new();
    for members in whole.components() {
        let part = whole.part(&members);
        let places = laid(&part);
        parts.push((members, places));
    }
    pack::beside(count, parts)
}

/// The level at which a graph is placed at once.
const FEW: usize = 30;

/// Places what hangs together: a coarser graph of it first, where that is much smaller.
fn laid(level: &Level) -> Vec<Point> {
    if level.len() > FEW {
        let (coarser, pairs) = level.coarser();
        // Where few find a partner, another level helps nothing.
        if coarser.len() * 10 < level.len() * 9 {
            let mut places = apart(&pairs, &laid(&coarser));
            forces::settle(level, &mut places, 0.3);
            return places;
        }
    }
    let mut places = spread(level.len());
    forces::settle(level, &mut places, 1.0);
    places
}

/// Places so many as evenly as can be, in a square (the sequence of the plastic number).
fn spread(count: usize) -> Vec<Point> {
    const STEP: Point = [0.754_877_666_246_692_7, 0.569_840_290_998_053_2];
    let side = (as_float(count)).sqrt() * 2.0;
    let place = |at: usize| STEP.map(|step| (step * as_float(at + 1)).fract() * side);
    (0..count).map(place).collect()
}

/// Takes pairs apart: both near the place of the pair, on two sides of it.
fn apart(pairs: &[u32], places: &[Point]) -> Vec<Point> {
    let mut seen = vec![0_u32; places.len()];
    let offsets = spread(pairs.len());
    let side = as_float(pairs.len()).sqrt() * 2.0;
    let place = |(at, &pair): (usize, &u32)| {
        let pair = pair as usize;
        let [x, y] = places.get(pair).copied().unwrap_or_default();
        let second = seen.get(pair).copied().unwrap_or_default();
        if let Some(seen) = seen.get_mut(pair) {
            *seen += 1;
        }
        let sign = if second == 0 { -0.2 } else { 0.2 };
        let [dx, dy] = offsets.get(at).copied().unwrap_or_default();
        // A finer level has about twice as much room.
        [
            x * std::f64::consts::SQRT_2 + sign * (0.5 + dx / side),
            y * std::f64::consts::SQRT_2 + sign * (0.5 + dy / side),
        ]
    };
    pairs.iter().enumerate().map(place).collect()
}

fn as_float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
