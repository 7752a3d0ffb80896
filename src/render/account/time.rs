//! Time as a drawing needs it: what dates may mean, and a scale that holds them.
//!
//! Takes dates; gives windows on one line of minutes, and the years, months or days that divide it. Reckons in whole numbers:
//! of a time of day in UTC, of a day in the calendar of its writer. Never says a date more precisely than it is known.

use crate::model::Date;
use crate::model::date::{Day, Moment, Unit};

/// A place on the line of time: minutes, from the same beginning for all.
pub(in crate::render) type Minute = i64;

const DAY: Minute = 24 * 60;

/// What a date of a year, a month, a day or a time may mean: from its first minute until before the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct Window {
    pub(in crate::render) from: Minute,
    pub(in crate::render) to: Minute,
    /// Whether it is a day or a time.
    pub(in crate::render) exact: bool,
    /// Whether it is only about then.
    pub(in crate::render) about: bool,
}

/// What a date may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Reach {
    /// Somewhere within.
    Within(Window),
    /// All the while, from somewhere within the one until somewhere within the other.
    Through(Window, Window),
    /// From then on, nobody knows how long.
    Since(Window),
    /// Until then, nobody knows since when.
    Until(Window),
}

impl Window {
    fn of(moment: Moment) -> Window {
        let (from, to) = match moment.unit {
            Unit::Time(time) => {
                let time = time.in_utc();
                let minute = i64::from(time.hour) * 60 + i64::from(time.minute);
                let from = start(time.day) + minute;
                (from, from + 1)
            }
            Unit::Year(_) | Unit::Quarter(..) | Unit::Month(..) | Unit::Day(_) => {
                (start(moment.first_day()), start(moment.last_day()) + DAY)
            }
        };
        Window {
            from,
            to,
            exact: !moment.about && matches!(moment.unit, Unit::Day(_) | Unit::Time(_)),
            about: moment.about,
        }
    }
}

impl Reach {
    /// What a date may mean; with `until`, of something that went on until then.
    pub(in crate::render) fn of(date: &Date, until: Option<&Date>) -> Reach {
        let of_date = match date {
            Date::At(moment) => Reach::Within(Window::of(*moment)),
            Date::Between(from, to) => Reach::through(Window::of(*from), Window::of(*to)),
            Date::From(moment) => Reach::Since(Window::of(*moment)),
            Date::Until(moment) => Reach::Until(Window::of(*moment)),
        };
        let Some(until) = until else {
            return of_date;
        };
        match (of_date, Reach::of(until, None)) {
            (
                Reach::Within(first) | Reach::Through(first, _) | Reach::Since(first),
                Reach::Within(last) | Reach::Through(_, last) | Reach::Until(last),
            ) => Reach::through(first, last),
            _ => of_date,
        }
    }

    /// What ends before it begins is a mistake that is told elsewhere: only its beginning is drawn.
    fn through(from: Window, to: Window) -> Reach {
        match from.from < to.to && from != to {
            true => Reach::Through(from, to),
            false => Reach::Within(from),
        }
    }

    /// The first minute that it may mean, and the one behind the last, as far as both are known.
    pub(in crate::render) fn bounds(&self) -> (Minute, Minute) {
        match self {
            Reach::Within(window) | Reach::Since(window) | Reach::Until(window) => {
                (window.from, window.to)
            }
            Reach::Through(from, to) => (from.from, to.to.max(from.to)),
        }
    }
}

/// What divides a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    Years,
    Months,
    Days,
}

/// A stretch of time that is drawn: whole years, months or days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct Scale {
    pub(in crate::render) from: Minute,
    pub(in crate::render) to: Minute,
    grain: Grain,
    /// Its first and its last day.
    days: (Day, Day),
}

/// How many divisions a drawing has room for.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Room {
    pub(in crate::render) years: i32,
    pub(in crate::render) months: i32,
    pub(in crate::render) days: i32,
}

/// From so many days on a scale is one of years, and of months.
const OF_YEARS: i64 = 3 * 365;
const OF_MONTHS: i64 = 75;

impl Scale {
    /// The scale that holds dates.
    pub(in crate::render) fn of(reaches: impl Iterator<Item = Reach>) -> Option<Scale> {
        let bounds = reaches.map(|reach| reach.bounds());
        let all = bounds.reduce(|(a, b), (from, to)| (a.min(from), b.max(to)));
        let (from, to) = all?;
        let (first, last) = (day(from), day(to - 1));
        let length = (start(last) - start(first)) / DAY;
        let (grain, first, last) = if length >= OF_YEARS {
            let first = Day::new(first.year(), 1, 1).unwrap_or(first);
            let last = Day::new(last.year(), 12, 31).unwrap_or(last);
            (Grain::Years, first, last)
        } else if length >= OF_MONTHS {
            let months = (first.first_of_month(), last.last_of_month());
            (Grain::Months, months.0, months.1)
        } else {
            (Grain::Days, first, last)
        };
        Some(Scale {
            from: start(first),
            to: start(last) + DAY,
            grain,
            days: (first, last),
        })
    }

    /// Whether days are told apart, so that one is wide.
    pub(in crate::render) fn is_of_days(&self) -> bool {
        self.grain == Grain::Days
    }

    /// The first and the last year.
    pub(in crate::render) fn years(&self) -> (i16, i16) {
        (self.days.0.year(), self.days.1.year())
    }

    /// Where years, months or days begin, as many as there is room for, each as a date of that grain.
    pub(in crate::render) fn ticks(&self, room: Room) -> Vec<(Minute, Date)> {
        let (first, last) = self.days;
        let month = |day: Day| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
        let units: Vec<Unit> = match self.grain {
            Grain::Years => {
                let years = (i32::from(first.year()), i32::from(last.year()));
                let all = stepped(
                    years,
                    room.years,
                    &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
                );
                let years = all.filter_map(|year| i16::try_from(year).ok());
                years.map(Unit::Year).collect()
            }
            Grain::Months => {
                let all = stepped(
                    (month(first), month(last)),
                    room.months,
                    &[1, 2, 3, 6, 12, 24],
                );
                let months = all.filter_map(|month| {
                    let year = i16::try_from(month / 12).ok()?;
                    Some(Unit::Month(year, i8::try_from(month % 12 + 1).ok()?))
                });
                months.collect()
            }
            Grain::Days => {
                let length = i32::try_from((start(last) - start(first)) / DAY).unwrap_or(0);
                let all = stepped((0, length), room.days, &[1, 2, 3, 7, 14, 28]);
                all.map(|nth| Unit::Day(day(start(first) + i64::from(nth) * DAY)))
                    .collect()
            }
        };
        let at = |unit: Unit| {
            let moment = Moment {
                about: false,
                part: None,
                unit,
            };
            (start(moment.first_day()), Date::At(moment))
        };
        units.into_iter().map(at).collect()
    }
}

/// The multiples of the least step of which there are no more than `most` between two numbers; the first alone where none
/// is.
fn stepped((first, last): (i32, i32), most: i32, steps: &[i32]) -> impl Iterator<Item = i32> {
    let fits = |step: &&i32| (last - first) / **step < most;
    let step = { steps.iter() }.find(fits).or(steps.last());
    let step = step.copied().unwrap_or(1);
    let begin = first + (step - first.rem_euclid(step)) % step;
    let begin = if begin > last { first } else { begin };
    (begin..=last).step_by(usize::try_from(step).unwrap_or(1))
}

/// The first minute of a day.
fn start(day: Day) -> Minute {
    let days = Day::ZERO.until(day).map_or(0, |span| span.get_days());
    Minute::from(days) * DAY
}

/// The day of a minute.
fn day(minute: Minute) -> Day {
    let days = minute.div_euclid(DAY);
    let days = jiff::Span::new().try_days(days);
    days.map_or(Day::ZERO, |days| Day::ZERO.saturating_add(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::from_text(text).unwrap()
    }

    fn reach(text: &str) -> Reach {
        Reach::of(&date(text), None)
    }

    /// In days from the first day of a date.
    fn days(text: &str, from: &str) -> (i64, i64) {
        let (first, last) = reach(text).bounds();
        let zero = reach(from).bounds().0;
        ((first - zero) / DAY, (last - zero) / DAY)
    }

    #[test]
    fn a_date_is_as_wide_as_it_is_vague() {
        assert_eq!(days("2016", "2016"), (0, 366));
        assert_eq!(days("2015-Q4", "2015"), (273, 365));
        assert_eq!(days("2016-02", "2016-02"), (0, 29));
        assert_eq!(days("2016-02-04", "2016-02"), (3, 4));
        assert_eq!(days("late 2016-02", "2016-02"), (20, 29));
        assert_eq!(days("2014/2016-02", "2014"), (0, 365 * 2 + 31 + 29));
        assert_eq!(days("0001", "0001"), (0, 365));
        assert_eq!(days("9999", "9999"), (0, 365));
        let (from, to) = reach("2016-02-04T20:36+06:00").bounds();
        assert_eq!(from - reach("2016-02-04").bounds().0, 14 * 60 + 36);
        assert_eq!(to, from + 1);
    }

    #[test]
    fn what_went_on_has_a_beginning_and_an_end() {
        let last = date("2019-02");
        assert_eq!(Reach::of(&date("2014"), Some(&last)), reach("2014/2019-02"));
        assert_eq!(
            Reach::of(&date("2014/.."), Some(&last)),
            reach("2014/2019-02")
        );
        // An end before the beginning is none.
        assert_eq!(Reach::of(&date("2020"), Some(&last)), reach("2020"));
        assert!(matches!(reach("../2014"), Reach::Until(_)));
        assert_eq!(reach("2016/2016"), reach("2016"));
    }

    #[test]
    fn scales_are_of_whole_years_months_or_days() {
        let of = |texts: &[&str]| {
            let scale = Scale::of(texts.iter().map(|text| reach(text))).unwrap();
            let room = Room {
                years: 12,
                months: 7,
                days: 6,
            };
            let ticks = scale.ticks(room).into_iter();
            (
                scale,
                ticks.map(|(_, date)| date.to_string()).collect::<Vec<_>>(),
            )
        };
        let (scale, ticks) = of(&["2014-03-01", "2018"]);
        assert_eq!(scale.from, reach("2014").bounds().0);
        assert_eq!(scale.to, reach("2018").bounds().1);
        assert_eq!(ticks, ["2014", "2015", "2016", "2017", "2018"]);
        let (_, ticks) = of(&["1987", "2024"]);
        assert_eq!(ticks.first().map(String::as_str), Some("1990"));
        assert_eq!(ticks.len(), 7);
        let (scale, ticks) = of(&["2016-02-04", "2016-11"]);
        assert_eq!(scale.from, reach("2016-02").bounds().0);
        assert_eq!(ticks.len(), 5, "{ticks:?}");
        let (_, ticks) = of(&["2016-02-04T10:00Z", "2016-02-06"]);
        assert_eq!(
            ticks,
            ["4 February 2016", "5 February 2016", "6 February 2016"]
        );
        let (_, ticks) = of(&["0001", "9999"]);
        assert_eq!(ticks.len(), 9);
        assert_eq!(Scale::of([].into_iter()), None);
    }
}
