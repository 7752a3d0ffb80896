//! What incidents say of money: what was tried for, lost, demanded, paid, got back.
//!
//! Takes the facts under `loss` of incidents; gives all values with the one that leads, apart by currency, what they may mean
//! as bounds, sums of those that lead, and a scale that holds them; where there are rates, what values come to in one currency, apart
//! from that. Reckons in whole hundred-millionths. Never adds up currencies without a rate, and never makes a figure of words.

use crate::model::money::PARTS;
use crate::model::rate::{self, Rate};
use crate::model::{Date, Fact, Loss, Money, PageId, Said, Value, Version};
use crate::render::views::reads::{OfMoney, Reads};
use std::collections::{BTreeMap, BTreeSet};

/// An incident, and what it says of money.
#[derive(Debug, Clone)]
pub(in crate::render) struct Incident<'a> {
    /// It.
    pub(in crate::render) what: PageId,
    /// When it was.
    pub(in crate::render) when: Option<Date>,
    /// In the order of a page, never none.
    pub(in crate::render) sums: Vec<Sum<'a>>,
}

/// What became of money, with every value that is stated.
#[derive(Debug, Clone)]
pub(in crate::render) struct Sum<'a> {
    pub(in crate::render) loss: Loss,
    /// As written, never none.
    pub(in crate::render) stated: Vec<Stated<'a>>,
}

/// A value that is stated.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Stated<'a> {
    pub(in crate::render) said: Said<'a, PageId, Version<PageId>>,
    pub(in crate::render) money: &'a Money,
    /// Whether it is what the dossier goes by: the chosen one, or the only one.
    pub(in crate::render) chosen: bool,
    /// Whether sums are made of it: where none is chosen, the first.
    pub(in crate::render) leads: bool,
}

/// What an amount may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct Reach {
    pub(in crate::render) low: u128,
    pub(in crate::render) high: u128,
    /// Whether it may be more than that.
    pub(in crate::render) open: bool,
    /// Whether it may be anything below.
    pub(in crate::render) below: bool,
    /// Whether it is only about that.
    pub(in crate::render) about: bool,
}

impl Reach {
    /// None of words.
    pub(in crate::render) fn of(money: &Money) -> Option<Reach> {
        let (low, high) = money.bounds()?;
        let (open, below) = (money.is_at_least(), money.is_at_most());
        Some(Reach {
            low: if below { 0 } else { low },
            high,
            open,
            below,
            about: money.is_about(),
        })
    }

    /// Of an amount that is known.
    pub(in crate::render) fn exactly(parts: u128) -> Reach {
        Reach {
            low: parts,
            high: parts,
            open: false,
            below: false,
            about: false,
        }
    }

    /// From where on it is drawn: where it may be anything below, at the most that it may be.
    pub(in crate::render) fn from(self) -> u128 {
        if self.below { self.high } else { self.low }
    }

    /// Both together. What is more than can be reckoned is at least as much as can.
    fn with(self, other: Reach) -> Reach {
        let high = self.high.checked_add(other.high);
        Reach {
            low: self.low.saturating_add(other.low),
            high: high.unwrap_or(u128::MAX),
            open: self.open || other.open || high.is_none(),
            below: self.below || other.below,
            about: self.about || other.about,
        }
    }
}

/// All incidents that say something of money, oldest first.
pub(in crate::render) fn all<'a>(reads: &Reads<'a>) -> Vec<Incident<'a>> {
    in_order(reads.money(|_| true))
}

/// Those of some incidents, oldest first.
pub(in crate::render) fn among<'a>(
    reads: &Reads<'a>,
    some: &BTreeSet<PageId>,
) -> Vec<Incident<'a>> {
    in_order(reads.money(|id| some.contains(&id)))
}

fn in_order(mut told: Vec<OfMoney<'_>>) -> Vec<Incident<'_>> {
    // What has no date comes last.
    told.sort_by_key(|it| {
        (
            it.when.is_none(),
            it.when.map(|date| date.instant()),
            it.what,
        )
    });
    let incidents = told.into_iter();
    incidents
        .filter_map(|it| of(it.what, it.when, it.losses.into_iter()))
        .collect()
}

/// What one says of money, if it does.
pub(in crate::render) fn of<'a>(
    what: PageId,
    when: Option<Date>,
    facts: impl Iterator<Item = Fact<'a, PageId>>,
) -> Option<Incident<'a>> {
    let sums: Vec<Sum<'a>> = facts.filter_map(sum).collect();
    (!sums.is_empty()).then_some(Incident { what, when, sums })
}

fn sum(fact: Fact<'_, PageId>) -> Option<Sum<'_>> {
    let loss = fact.name.strip_prefix("loss.").and_then(Loss::from_word)?;
    let (chosen, leading) = (fact.chosen(), fact.leading());
    let stated = fact.versions().filter_map(|said| {
        Some(Stated {
            said,
            money: money(&said.what.value)?,
            chosen: chosen.is_some_and(|it| it.id == said.id),
            leads: leading.is_some_and(|it| it.id == said.id),
        })
    });
    let stated: Vec<Stated<'_>> = stated.collect();
    (!stated.is_empty()).then_some(Sum { loss, stated })
}

fn money(value: &Value) -> Option<&Money> {
    match value {
        Value::Money(money) => Some(money),
        Value::Text(_)
        | Value::List(_)
        | Value::Date(_)
        | Value::Count(_)
        | Value::Reliability(_) => None,
    }
}

impl<'a> Incident<'a> {
    /// Every value, in the order of a page.
    pub(in crate::render) fn stated(&self) -> impl Iterator<Item = &Stated<'a>> {
        self.sums.iter().flat_map(|sum| &sum.stated)
    }
}

impl<'a> Sum<'a> {
    /// What of it is stated in a currency, in figures.
    pub(in crate::render) fn figures(&self, currency: &str) -> Vec<(&Stated<'a>, Reach)> {
        let stated = self.stated.iter();
        let stated = stated.filter(|it| it.money.currency == currency);
        stated
            .filter_map(|it| Some((it, Reach::of(it.money)?)))
            .collect()
    }
}

/// The currencies in which figures are stated, those of the most figures first.
pub(in crate::render) fn currencies<'a>(incidents: &[Incident<'a>]) -> Vec<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let figures = incidents.iter().flat_map(Incident::stated);
    for stated in figures.filter(|it| it.money.bounds().is_some()) {
        *counts.entry(&stated.money.currency).or_default() += 1;
    }
    let mut currencies: Vec<(&str, usize)> = counts.into_iter().collect();
    currencies.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    currencies.into_iter().map(|(code, _)| code).collect()
}

/// What the values come to that lead, of one currency and one fate of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Total<'a> {
    pub(in crate::render) currency: &'a str,
    pub(in crate::render) loss: Loss,
    /// None where there are only words.
    pub(in crate::render) reach: Option<Reach>,
    /// How many incidents it is of.
    pub(in crate::render) count: usize,
    /// How many have only words, and are not in it.
    pub(in crate::render) words: usize,
}

/// What the values that lead come to: by currency in the order of its code, then by what became of the money.
pub(in crate::render) fn totals<'a>(incidents: &[Incident<'a>]) -> Vec<Total<'a>> {
    let mut totals: BTreeMap<(&str, Loss), Total<'a>> = BTreeMap::new();
    for sum in incidents.iter().flat_map(|incident| &incident.sums) {
        for stated in sum.stated.iter().filter(|it| it.leads) {
            let currency = stated.money.currency.as_str();
            let total = totals.entry((currency, sum.loss));
            let total = total.or_insert(Total {
                currency,
                loss: sum.loss,
                reach: None,
                count: 0,
                words: 0,
            });
            match Reach::of(stated.money) {
                Some(reach) => {
                    total.reach = Some(total.reach.map_or(reach, |all| all.with(reach)));
                    total.count += 1;
                }
                None => total.words += 1,
            }
        }
    }
    totals.into_values().collect()
}

/// The rates that came through the door, each with its source.
#[derive(Debug, Clone)]
pub(in crate::render) struct Rates<'a> {
    pub(in crate::render) into: &'a str,
    pub(in crate::render) known: Vec<(&'a Rate, PageId)>,
}

/// An amount in another currency, and how it came to that.
#[derive(Debug, Clone)]
pub(in crate::render) struct Converted<'a> {
    pub(in crate::render) money: Money,
    pub(in crate::render) rate: &'a Rate,
    pub(in crate::render) source: PageId,
}

impl<'a> Rates<'a> {
    /// An amount of a day in the one currency; none where no rate of it is known.
    pub(in crate::render) fn convert(
        &self,
        money: &Money,
        when: Option<&Date>,
    ) -> Option<Converted<'a>> {
        let rates = self.known.iter();
        let rates = rates.filter(|(rate, _)| rate.of == money.currency);
        let &(rate, source) = rate::nearest(rates, |(rate, _)| rate, when)?;
        Some(Converted {
            money: rate.convert(money, self.into)?,
            rate,
            source,
        })
    }
}

/// What the values that lead come to in one currency, of one fate of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct InOne<'a> {
    pub(in crate::render) loss: Loss,
    pub(in crate::render) reach: Reach,
    /// How many incidents it is of, and of how many of them the value is converted.
    pub(in crate::render) count: (usize, usize),
    /// How many have only words, and are not in it.
    pub(in crate::render) words: usize,
    /// The currencies whose values are not in it, for want of a rate.
    pub(in crate::render) without: BTreeSet<&'a str>,
}

/// What the values that lead come to in one currency: the sums in which at least one is converted. A sum is of what is shown of each
/// value, rounded as it is, so that readers find the same.
pub(in crate::render) fn in_one<'a>(
    incidents: &[Incident<'a>],
    rates: &Rates<'a>,
) -> Vec<InOne<'a>> {
    let mut all: BTreeMap<Loss, InOne<'a>> = BTreeMap::new();
    for incident in incidents {
        for sum in &incident.sums {
            for stated in sum.stated.iter().filter(|it| it.leads) {
                let money = stated.money;
                let total = all.entry(sum.loss).or_insert_with(|| InOne {
                    loss: sum.loss,
                    reach: Reach::exactly(0),
                    count: (0, 0),
                    words: 0,
                    without: BTreeSet::new(),
                });
                let converted = rates.convert(money, incident.when.as_ref());
                let reach = match &converted {
                    Some(it) => Reach::of(&it.money),
                    None if money.currency == rates.into => Reach::of(money),
                    None => None,
                };
                match reach {
                    Some(reach) => {
                        total.reach = total.reach.with(reach);
                        total.count.0 += 1;
                        total.count.1 += usize::from(converted.is_some());
                    }
                    None if money.bounds().is_none() => total.words += 1,
                    None => {
                        total.without.insert(&money.currency);
                    }
                }
            }
        }
    }
    let all = all.into_values();
    all.filter(|total| total.count.1 > 0).collect()
}

/// How amounts lie on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Scale {
    /// From nothing to the most, each unit as long as any other.
    Linear { most: u128 },
    /// From a power of ten to the most, each ten times as long as any other; nothing lies at its beginning.
    Logarithmic { least: u128, most: u128 },
}

/// From so many times the least on, the least would not be seen beside the most.
const APART: u128 = 50;

impl Scale {
    /// The scale that holds amounts; none where there is nothing but nothing.
    pub(in crate::render) fn of(reaches: impl Iterator<Item = Reach> + Clone) -> Option<Scale> {
        let most = reaches
            .clone()
            .map(|it| it.high)
            .max()
            .filter(|&it| it > 0)?;
        let ends = reaches.flat_map(|it| [it.from(), it.high]);
        let least = ends.filter(|&it| it > 0).min().unwrap_or(most);
        if most / least < APART {
            return Some(Scale::Linear { most });
        }
        let below = 10_u128.pow(least.ilog10());
        // What is least is not taken for nothing.
        let below = if below == least { below / 10 } else { below };
        Some(Scale::Logarithmic {
            least: below.max(1),
            most,
        })
    }

    /// The scale from nothing to the most, whatever the least; to one where there is nothing but nothing.
    pub(in crate::render) fn linear(parts: impl Iterator<Item = u128>) -> Scale {
        let most = parts.max().filter(|&it| it > 0);
        Scale::Linear {
            most: most.unwrap_or(PARTS),
        }
    }

    /// Where an amount lies on a line of a length.
    pub(in crate::render) fn place(&self, parts: u128, length: i32) -> i32 {
        let length = u128::try_from(length).unwrap_or(0);
        let place = match self {
            Scale::Linear { most } => share(parts.min(*most), *most, length),
            Scale::Logarithmic { least, most } => {
                let from = log2(*least);
                let at = log2(parts.clamp(*least, *most)) - from;
                share(at, log2(*most) - from, length)
            }
        };
        i32::try_from(place).unwrap_or(0)
    }

    /// The amounts at which lines divide it, no more than there is room for.
    pub(in crate::render) fn ticks(&self, room: u128) -> Vec<u128> {
        match self {
            Scale::Linear { most } => {
                let step = step(*most / room.max(1));
                let ticks = (0..=room).filter_map(|nth| step.checked_mul(nth));
                ticks.filter(|tick| tick <= most).collect()
            }
            Scale::Logarithmic { least, most } => {
                let (first, last) = (least.ilog10(), most.ilog10());
                let every = u128::from(last - first) / room.max(1) + 1;
                let every = usize::try_from(every).unwrap_or(1);
                let ticks = (first..=last).step_by(every);
                ticks.map(|power| 10_u128.pow(power)).collect()
            }
        }
    }
}

/// So much of a whole as a part of a length, rounded down.
fn share(part: u128, whole: u128, length: u128) -> u128 {
    // Amounts of forty digits lose some that nobody sees.
    let shift = (128 - whole.leading_zeros()).saturating_sub(96);
    (part >> shift) * length / (whole >> shift).max(1)
}

/// The least of 1, 2 and 5 times a power of ten that is not less.
fn step(least: u128) -> u128 {
    let least = least.max(1);
    let power = 10_u128.pow(least.ilog10());
    let steps = [1, 2, 5, 10].into_iter();
    let mut steps = steps.map(|times| power.saturating_mul(times));
    steps.find(|step| *step >= least).unwrap_or(power)
}

/// The logarithm to the base of two, in 1024ths, rounded down: by squaring, so that it is the same on every machine.
fn log2(number: u128) -> u128 {
    let number = number.max(1);
    let whole = number.ilog2();
    let mut mantissa: u128 = match whole.checked_sub(31) {
        Some(down) => number >> down,
        None => number << (31 - whole),
    };
    let mut log = u128::from(whole);
    for _ in 0..10 {
        mantissa = (mantissa * mantissa) >> 31;
        log <<= 1;
        if mantissa >> 32 > 0 {
            mantissa >>= 1;
            log |= 1;
        }
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: u128 = 100_000_000;

    fn reach(text: &str) -> Reach {
        Reach::of(&Money::from_text(text).unwrap()).unwrap()
    }

    fn scale(texts: &[&str]) -> Option<Scale> {
        Scale::of(texts.iter().map(|text| reach(text)))
    }

    #[test]
    fn amounts_mean_no_more_than_they_say() {
        let bounds = |text: &str| {
            let reach = reach(text);
            (reach.low / UNIT, reach.high / UNIT, reach.open, reach.about)
        };
        assert_eq!(bounds("81 USD"), (81, 81, false, false));
        assert_eq!(bounds("80 to 81 USD"), (80, 81, false, false));
        assert_eq!(bounds("over 80 USD"), (80, 80, true, false));
        assert_eq!(bounds("at least 80 USD"), (80, 80, true, false));
        assert_eq!(bounds("up to 80 USD"), (0, 80, false, false));
        assert_eq!(bounds("under 80 USD"), (0, 80, false, false));
        assert_eq!(bounds("about 80 USD"), (80, 80, false, true));
        let words = Money::from_words("millions", "USD").unwrap();
        assert_eq!(Reach::of(&words), None);
    }

    #[test]
    fn what_lies_far_apart_lies_on_a_scale_of_tens() {
        let linear = scale(&["1m USD", "40m USD"]).unwrap();
        assert_eq!(
            linear,
            Scale::Linear {
                most: 40_000_000 * UNIT
            }
        );
        assert_eq!(linear.place(10_000_000 * UNIT, 400), 100);
        assert_eq!(linear.place(0, 400), 0);
        let ticks = |scale: Scale| -> Vec<u128> {
            let ticks = scale.ticks(4).into_iter();
            ticks.map(|tick| tick / UNIT).collect()
        };
        assert_eq!(
            ticks(linear),
            [0, 10_000_000, 20_000_000, 30_000_000, 40_000_000]
        );
        let tens = scale(&["0 USD", "1m USD", "951m USD"]).unwrap();
        assert!(matches!(tens, Scale::Logarithmic { .. }));
        assert_eq!(tens.place(0, 300), 0);
        assert_eq!(tens.place(951_000_000 * UNIT, 300), 300);
        // Each ten times is as long as any other.
        let at = |millions: u128| tens.place(millions * 1_000_000 * UNIT, 3000);
        assert!((at(10) - at(1) - (at(100) - at(10))).abs() <= 2);
        assert_eq!(ticks(tens), [100_000, 1_000_000, 10_000_000, 100_000_000]);
        assert_eq!(scale(&["0 USD"]), None);
        assert_eq!(scale(&[]), None);
    }
}
