//! Layouts of all sorts of graphs.

use super::*;
use proptest::prelude::*;

fn distance([ax, ay]: Point, [bx, by]: Point) -> f64 {
    ((ax - bx) * (ax - bx) + (ay - by) * (ay - by)).sqrt()
}

/// Numbers without chance.
fn numbers(mut seed: u64) -> impl FnMut(u32) -> u32 {
    move |below| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(seed >> 33).unwrap_or(0) % below.max(1)
    }
}

/// A graph as dossiers have them: some have many connections, most have few.
fn dossier(count: u32) -> Vec<(u32, u32)> {
    let mut number = numbers(7);
    let mut edges: Vec<(u32, u32)> = Vec::new();
    for at in 1..count {
        for _ in 0..2 {
            // To the other end of an edge that is there: who has many gets more.
            let known = u32::try_from(edges.len()).unwrap_or(0);
            let to = match number(4) {
                0 => number(at),
                _ => edges.get(number(known) as usize).map_or(0, |edge| edge.1),
            };
            edges.push((at, to));
        }
    }
    edges
}

#[test]
fn what_is_connected_is_nearer_than_what_is_not() {
    let edges = dossier(400);
    let places = places(400, &edges);
    let mean = |pairs: &[(u32, u32)]| {
        let sum: f64 = pairs
            .iter()
            .map(|&(a, b)| distance(places[a as usize], places[b as usize]))
            .sum();
        sum / as_float(pairs.len())
    };
    let mut number = numbers(3);
    let others: Vec<(u32, u32)> = (0..2000).map(|_| (number(400), number(400))).collect();
    assert!(
        mean(&edges) * 1.8 < mean(&others),
        "{} and {}",
        mean(&edges),
        mean(&others)
    );
}

#[test]
fn a_grid_unfolds() {
    let side = 12;
    let at = |x: u32, y: u32| y * side + x;
    let mut edges = Vec::new();
    for y in 0..side {
        for x in 0..side {
            if x + 1 < side {
                edges.push((at(x, y), at(x + 1, y)));
            }
            if y + 1 < side {
                edges.push((at(x, y), at(x, y + 1)));
            }
        }
    }
    let places = places(144, &edges);
    let lengths = edges
        .iter()
        .map(|&(a, b)| distance(places[a as usize], places[b as usize]));
    let longest = lengths.fold(0.0, f64::max);
    let corners = [
        (at(0, 0), at(side - 1, side - 1)),
        (at(side - 1, 0), at(0, side - 1)),
    ];
    for (a, b) in corners {
        let across = distance(places[a as usize], places[b as usize]);
        assert!(
            across > 5.0 * longest,
            "{across} across, {longest} the longest"
        );
    }
}

#[test]
fn what_does_not_hang_together_lies_apart() {
    let edges = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)];
    let places = places(7, &edges);
    let row = |members: [usize; 3]| members.map(|at| places[at]);
    for one in row([0, 1, 2]) {
        for other in row([3, 4, 5]) {
            assert!(distance(one, other) > 1.0);
        }
    }
}

/// `cargo test --release -- --ignored --nocapture layout_of_many`: how long it takes.
#[test]
#[ignore = "a measurement"]
fn layout_of_many() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.unwrap();
    for count in [1_000, 10_000, 100_000] {
        let edges = dossier(count);
        #[allow(clippy::disallowed_methods, reason = "a measurement")]
        let begun = std::time::Instant::now();
        let places = pool.install(|| places(count as usize, &edges));
        println!("{count}: {:?} ({} places)", begun.elapsed(), places.len());
    }
}

proptest! {
    #[test]
    fn whatever_the_edges_are_all_have_a_place_and_the_same_again(
        count in 0_usize..60,
        edges in prop::collection::vec((0_u32..64, 0_u32..64), 0..120),
    ) {
        let one = places(count, &edges);
        prop_assert_eq!(one.len(), count);
        prop_assert!(one.iter().flatten().all(|it| it.is_finite()));
        let mut turned: Vec<(u32, u32)> = edges.iter().map(|&(a, b)| (b, a)).collect();
        turned.reverse();
        prop_assert_eq!(one, places(count, &turned));
    }
}
