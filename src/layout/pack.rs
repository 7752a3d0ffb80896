//! Sets what does not hang together beside each other, in rows, the largest first.

use super::Point;

/// Between two that do not hang together.
const BETWEEN: f64 = 1.5;

/// The places of all, by their index: `parts` are indices with their places.
pub(super) fn beside(count: usize, parts: Vec<(Vec<usize>, Vec<Point>)>) -> Vec<Point> {
    let boxes: Vec<(Point, Point)> = parts.iter().map(|(_, places)| bounds(places)).collect();
    let area: f64 = (boxes.iter())
        .map(|(_, size)| (size[0] + BETWEEN) * (size[1] + BETWEEN))
        .sum();
    let widest = boxes.iter().map(|(_, size)| size[0]).fold(0.0, f64::max);
    // Somewhat wider than high.
    let room = widest.max((area * 1.5).sqrt());
    let mut all = vec![[0.0; 2]; count];
    let (mut left, mut top, mut tall) = (0.0, 0.0, 0.0_f64);
    for ((members, places), (low, size)) in parts.iter().zip(&boxes) {
        if left > 0.0 && left + size[0] > room {
            (left, top, tall) = (0.0, top + tall + BETWEEN, 0.0);
        }
        for (member, place) in members.iter().zip(places) {
            if let Some(own) = all.get_mut(*member) {
                *own = [place[0] - low[0] + left, place[1] - low[1] + top];
            }
        }
        left += size[0] + BETWEEN;
        tall = tall.max(size[1]);
    }
    all
}

/// The upper left corner, and how wide and high it is.
fn bounds(places: &[Point]) -> (Point, Point) {
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for place in places {
        for axis in 0..2 {
            low[axis] = low[axis].min(place[axis]);
            high[axis] = high[axis].max(place[axis]);
        }
    }
    if places.is_empty() {
        return ([0.0; 2], [0.0; 2]);
    }
    (low, [high[0] - low[0], high[1] - low[1]])
}
