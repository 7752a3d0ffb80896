//! Which ways money took: who passed it on to whom, and how much of it.
//!
//! Takes the relations of an incident that say how much went a way; gives all of them, and for each currency those that
//! can be drawn as one flow: each way once, and none that leads back. Never adds up what is said of a way, and never makes a
//! figure of words.

use super::connections::Stated;
use super::money::Reach;
use crate::model::{Kind, Money, PageId, Verb};
use crate::render::views::reads::Reads;
use std::collections::{BTreeMap, BTreeSet};

/// A way that money took, as it is stated.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Way<'a> {
    /// Where it came from: who is named, else the victim.
    pub(in crate::render) from: PageId,
    pub(in crate::render) to: PageId,
    pub(in crate::render) money: Option<&'a Money>,
    pub(in crate::render) said: Stated<'a>,
}

/// What is drawn of one currency.
#[derive(Debug)]
pub(in crate::render) struct Flow<'a> {
    pub(in crate::render) currency: &'a str,
    /// Each with its amount in hundred-millionths: of a range the lower end, of an upper bound that.
    pub(in crate::render) ways: Vec<(Way<'a>, u128)>,
}

/// All ways that an incident states, in the order of its page.
pub(in crate::render) fn of<'a>(reads: &Reads<'a>, id: PageId) -> Vec<Way<'a>> {
    let taken_from = victim(reads, id);
    let relations = reads.stated(id).into_iter();
    let ways = relations.filter_map(|said| {
        let transfer = said.what.transfer.as_deref()?;
        Some(Way {
            from: transfer.from.unwrap_or(taken_from),
            to: said.what.target,
            money: transfer.amount.as_ref(),
            said,
        })
    });
    ways.collect()
}

/// The organisation that it was taken from; the incident itself where that is none, or one of several.
fn victim(reads: &Reads<'_>, id: PageId) -> PageId {
    let targets = reads.stated(id).into_iter();
    let targets = targets.filter(|it| it.what.verb == Verb::Targets && !it.what.denied);
    let victims: BTreeSet<PageId> = targets
        .map(|it| it.what.target)
        .filter(|it| reads.kind(*it) == Kind::Organisation)
        .collect();
    match (victims.len(), victims.first()) {
        (1, Some(only)) => *only,
        _ => id,
    }
}

/// Those that can be drawn, by currency; the one of the most ways first.
pub(in crate::render) fn drawn<'a>(ways: &[Way<'a>]) -> Vec<Flow<'a>> {
    let mut flows: BTreeMap<&'a str, Vec<(Way<'a>, u128)>> = BTreeMap::new();
    for way in ways.iter().filter(|it| !it.said.what.denied) {
        let Some((money, reach)) = way.money.and_then(|it| Some((it, Reach::of(it)?))) else {
            continue;
        };
        let known = flows.entry(&money.currency).or_default();
        let leads = || known.iter().map(|(it, _)| (it.from, it.to));
        if reach.from() > 0 && !reaches(leads, way.to, way.from) {
            let again = leads().any(|it| it == (way.from, way.to));
            known.extend((!again).then_some((*way, reach.from())));
        }
    }
    let flows = flows.into_iter();
    let mut flows: Vec<Flow<'a>> = flows
        .filter(|(_, ways)| ways.len() > 1)
        .map(|(currency, ways)| Flow { currency, ways })
        .collect();
    flows.sort_by_key(|flow| std::cmp::Reverse(flow.ways.len()));
    flows
}

/// Whether one leads to the other, over ways that lead in no circle.
fn reaches<I: Iterator<Item = (PageId, PageId)>>(
    ways: impl Fn() -> I,
    from: PageId,
    to: PageId,
) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if seen.insert(at) {
            open.extend(ways().filter(|way| way.0 == at).map(|way| way.1));
        }
    }
    false
}
