//! The countries of the world in the projection Equal Earth.
//!
//! Takes the committed files that `scripts/outlines` made, and points for what is too small to have an outline there;
//! gives places in units of which 2876 reach around the world, from where the equator meets the meridian of Greenwich, to the right and
//! downwards. Reckons in whole numbers alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Outlines of Natural Earth (1:110m, public domain).
const FINE: &str = include_str!("fine.txt");
/// The same with fewer points, for small drawings.
const COARSE: &str = include_str!("coarse.txt");
/// How far the map reaches at each degree of latitude.
const PARALLELS: &str = include_str!("parallels.txt");
/// Degrees north and east of countries without an outline.
const POINTS: &str = include_str!("points.txt");

/// A place: to the right of Greenwich, and below the equator.
pub(super) type Spot = (i64, i64);

/// How many points outlines have.
#[derive(Debug, Clone, Copy)]
pub(super) enum Detail {
    Fine,
    Coarse,
}

/// All that is drawn.
pub(super) struct Atlas {
    fine: Outlines,
    coarse: Outlines,
    points: BTreeMap<&'static str, (&'static str, &'static str)>,
    parallels: Vec<(i64, i64)>,
}

/// Land.
pub(super) struct Outlines {
    /// The rings of each country by its code, the largest first.
    pub(super) countries: BTreeMap<&'static str, Vec<Vec<Spot>>>,
    /// Land that has no code of its own.
    pub(super) others: Vec<Vec<Spot>>,
}

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let point = |line: &'static str| {
        let (code, degrees) = line.split_once(' ')?;
        Some((code, degrees.split_once(' ')?))
    };
    let pair = |line: &str| {
        let (reach, height) = line.split_once(' ')?;
        Some((reach.parse().ok()?, height.parse().ok()?))
    };
    Atlas {
        fine: Outlines::read(FINE),
        coarse: Outlines::read(COARSE),
        points: POINTS.lines().filter_map(point).collect(),
        parallels: PARALLELS.lines().filter_map(pair).collect(),
    }
});

impl Outlines {
    fn read(text: &'static str) -> Outlines {
        let (mut countries, mut others) = (BTreeMap::new(), Vec::new());
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for (code, rings) in lines.filter_map(|line| line.split_once(' ')) {
            let rings: Vec<Vec<Spot>> = rings.split(';').map(ring).collect();
            match code {
                "-" => others.extend(rings),
                _ => drop(countries.insert(code, rings)),
            }
        }
        Outlines { countries, others }
    }
}

/// The one atlas.
pub(super) fn atlas() -> &'static Atlas {
    &ATLAS
}

fn ring(text: &str) -> Vec<Spot> {
    let numbers = text.split(' ').filter_map(|it| it.parse().ok());
    let numbers: Vec<i64> = numbers.collect();
    let steps = numbers.chunks_exact(2).map(|it| (it[0], it[1]));
    let mut at = (0, 0);
    let spots = steps.map(|(right, down)| {
        at = (at.0 + right, at.1 + down);
        at
    });
    spots.collect()
}

impl Atlas {
    /// The land.
    pub(super) fn outlines(&self, detail: Detail) -> &Outlines {
        match detail {
            Detail::Fine => &self.fine,
            Detail::Coarse => &self.coarse,
        }
    }

    /// Where a country without an outline is.
    pub(super) fn point(&self, code: &str) -> Option<Spot> {
        self.spot(*self.points.get(code)?)
    }

    /// Where degrees north and east are.
    pub(super) fn spot(&self, (north, east): (&str, &str)) -> Option<Spot> {
        let (north, east) = (ten_thousandths(north)?, ten_thousandths(east)?);
        let (degree, rest) = (north.abs() / DEGREE, north.abs() % DEGREE);
        let degree = usize::try_from(degree).ok()?;
        let (reach, height) = *self.parallels.get(degree)?;
        let next = self.parallels.get(degree + 1);
        let (next_reach, next_height) = *next.unwrap_or(&(reach, height));
        let reach = reach + (next_reach - reach) * rest / DEGREE;
        let height = height + (next_height - height) * rest / DEGREE;
        let right = reach * east / (180 * DEGREE * 100);
        Some((right, -north.signum() * height / 100))
    }
}

const DEGREE: i64 = 10_000;

/// A decimal number, of which four digits count behind the point.
fn ten_thousandths(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part: String = part.chars().chain("0000".chars()).take(4).collect();
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let part: i64 = part.parse().ok()?;
    (whole <= 360).then_some(sign * (whole * DEGREE + part))
}

/// The box around some spots: left, top, right, bottom.
pub(super) fn bounds(spots: &[Spot]) -> Option<(i64, i64, i64, i64)> {
    let across = || spots.iter().map(|it| it.0);
    let down = || spots.iter().map(|it| it.1);
    Some((
        across().min()?,
        down().min()?,
        across().max()?,
        down().max()?,
    ))
}

/// The middle of a ring: where it would be balanced.
pub(super) fn middle(ring: &[Spot]) -> Option<Spot> {
    let next = ring.iter().cycle().skip(1);
    let (mut area, mut right, mut down) = (0, 0, 0);
    for (one, other) in ring.iter().zip(next) {
        let turn = one.0 * other.1 - other.0 * one.1;
        area += turn;
        right += (one.0 + other.0) * turn;
        down += (one.1 + other.1) * turn;
    }
    match area {
        0 => ring.first().copied(),
        _ => Some((right / (3 * area), down / (3 * area))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::country;

    #[test]
    fn every_country_but_antarctica_has_an_outline_or_a_point_and_none_both() {
        let letters = || 'A'..='Z';
        for code in letters().flat_map(|one| letters().map(move |other| format!("{one}{other}"))) {
            let Some((code, name)) = country::by_code(&code) else {
                continue;
            };
            let [outline, coarse] = [Detail::Fine, Detail::Coarse]
                .map(|it| atlas().outlines(it).countries.contains_key(code));
            let point = atlas().point(code);
            assert_eq!(outline, coarse, "{code} {name}");
            assert_eq!(outline || point.is_some(), code != "AQ", "{code} {name}");
            assert!(!(outline && point.is_some()), "{code} {name}");
        }
        let known = atlas().fine.countries.keys().chain(atlas().points.keys());
        for code in known {
            assert_eq!(country::by_code(code).map(|it| it.0), Some(*code));
        }
    }

    #[test]
    fn degrees_lie_where_the_outlines_have_them() {
        assert_eq!(atlas().spot(("0", "0")), Some((0, 0)));
        assert_eq!(atlas().spot(("0", "180")), Some((1438, 0)));
        assert_eq!(atlas().spot(("-0.0", "-180.0")), Some((-1438, 0)));
        assert_eq!(atlas().spot(("x", "0")), None);
        assert_eq!(atlas().spot(("91", "0")), None);
        for (code, north, east) in [
            ("CL", "-33.45", "-70.67"),
            ("IN", "18.52", "73.86"),
            ("IS", "64.9", "-18.6"),
        ] {
            let (right, down) = atlas().spot((north, east)).unwrap();
            let (left, top, edge, bottom) = bounds(&atlas().fine.countries[code][0]).unwrap();
            assert!(
                (left..=edge).contains(&right) && (top..=bottom).contains(&down),
                "{code}"
            );
        }
    }
}
