//! What is attributed to an actor, part of a campaign or took place somewhere, in order of time.

use super::time::{Reach, Scale};
use crate::model::{Date, PageId, Relation, Said};
use crate::plan::graph::Incoming;
use crate::render::views::Cards;
use crate::render::views::reads::Reads;
use crate::render::views::times::Times;

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

/// An act that has a date.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Dated<'a> {
    /// It.
    pub(in crate::render) what: PageId,
    pub(in crate::render) title: &'a str,
    pub(in crate::render) when: Date,
    /// What more is said of when it was.
    pub(in crate::render) times: Option<&'a Times>,
}

impl Dated<'_> {
    /// Until when it went on.
    pub(in crate::render) fn until(&self) -> Option<&Date> {
        self.times.and_then(|times| times.until.as_ref())
    }

    /// When others say that it was.
    pub(in crate::render) fn others(&self) -> impl Iterator<Item = &Date> {
        let others = self.times.map_or(&[][..], |times| &times.others);
        others.iter().map(|(date, _)| date)
    }

    /// What its date may mean.
    pub(in crate::render) fn reach(&self) -> Reach {
        Reach::of(&self.when, self.until())
    }
}

/// An act, if it has a date.
pub(in crate::render) fn dated<'a>(
    reads: &Reads<'a>,
    cards: &'a Cards,
    what: PageId,
) -> Option<Dated<'a>> {
    let (title, when) = reads.dated(what);
    Some(Dated {
        what,
        title,
        when: when?,
        times: reads.times(cards, what),
    })
}

/// The scale that holds acts, with all that is said of when they were.
pub(in crate::render) fn scale(acts: &[Dated<'_>]) -> Option<Scale> {
    let reaches = acts.iter().flat_map(|act| {
        let others = act.others().map(|date| Reach::of(date, None));
        others.chain([act.reach()])
    });
    Scale::of(reaches)
}
