//! What is attributed to an actor, in order of time.

use super::Share;
use crate::model::{Date, Day, PageId, Relation, Said};
use crate::plan::graph::Incoming;
use crate::render::views::reads::Reads;

/// An incident or campaign that is attributed to an actor.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Act<'a> {
    /// It.
    pub(in crate::render) what: PageId,
    /// Where it says so, with how likely that is and what it rests on.
    pub(in crate::render) attribution: Said<'a, PageId, Relation<PageId>>,
}

/// The acts of some edges.
pub(in crate::render) fn of<'a>(reads: &Reads<'a>, edges: &[Incoming]) -> Vec<Act<'a>> {
    let act = |edge: &Incoming| {
        Some(Act {
            what: edge.from,
            attribution: reads.relation(edge)?,
        })
    };
    edges.iter().filter_map(act).collect()
}

/// Acts laid out in time, from the beginning of one year to the end of another.
#[derive(Debug)]
pub(in crate::render) struct Span<'a> {
    /// The first and the last year.
    pub(in crate::render) years: (i16, i16),
    /// The acts that have a date: title, date, where it begins and how long it is; a point has no length.
    pub(in crate::render) acts: Vec<(&'a str, Date, Share, Share)>,
    /// Years, as many as there is room for, and where they begin.
    pub(in crate::render) ticks: Vec<(i16, Share)>,
}

/// How many years a scale has room for.
const TICKS: i16 = 12;

/// How many days are a point to the eye.
const POINT: u128 = 10;

/// The acts of an actor in time, where at least two have a date.
pub(in crate::render) fn span<'a>(reads: &Reads<'a>, actor: PageId) -> Option<Span<'a>> {
    let acts = reads.timeline(actor).into_iter();
    let dated = acts.filter_map(|edge| {
        let (title, when) = reads.dated(edge.from);
        Some((title, when?))
    });
    let dated: Vec<(&str, Date)> = dated.collect();
    let first = { dated.iter() }
        .map(|(_, date)| date.sort_day().year())
        .min()?;
    let last = dated
        .iter()
        .map(|(_, date)| date.latest().unwrap_or(date.sort_day()).year());
    let last = last.max()?;
    if dated.len() < 2 {
        return None;
    }
    let start = Day::new(first, 1, 1).ok()?;
    let days =
        |day: Day| u128::try_from(start.until(day).map_or(0, |span| span.get_days())).unwrap_or(0);
    let whole = days(Day::new(last.checked_add(1)?, 1, 1).ok()?).max(1);
    let place = |(title, date): (&'a str, Date)| {
        let from = days(date.sort_day());
        let length = date.latest().map_or(whole, days).max(from) - from;
        let length = match length > POINT {
            true => Share::of(length, whole),
            false => Share::NONE,
        };
        (title, date, Share::of(from, whole), length)
    };
    let step = ((last - first) / TICKS).max(0) + 1;
    let ticks = (first..=last).step_by(usize::try_from(step).unwrap_or(1));
    let tick = |year| Some((year, Share::of(days(Day::new(year, 1, 1).ok()?), whole)));
    Some(Span {
        years: (first, last),
        acts: dated.into_iter().map(place).collect(),
        ticks: ticks.filter_map(tick).collect(),
    })
}
