//! Dates in words, as precisely as they are known.

use super::{Language, Word};
use crate::model::Date;
use crate::model::date::{Day, Moment, Part, Time, Unit};

impl Language {
    /// A date: `4–5 February 2016`, `late 2015`, `since February 2014`.
    #[must_use]
    pub fn date(&self, date: &Date) -> String {
        match date {
            Date::At(moment) => self.moment(*moment),
            Date::From(moment) => self.with(Word::DateSince, &self.moment(*moment)),
            Date::Until(moment) => self.with(Word::DateUntil, &self.moment(*moment)),
            Date::Between(from, to) => self.between(*from, *to),
        }
    }

    /// A day: `4 February 2016`.
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        let (number, year) = (day.day().to_string(), day.year().to_string());
        let month = self.month_name(day.month());
        self.with_all(
            Word::DateDay,
            &[("day", &number), ("month", month), ("year", &year)],
        )
    }

    /// When something held: `since 2014`, `2014 to 2018`.
    #[must_use]
    pub fn held(&self, start: Option<Date>, end: Option<Date>) -> Option<String> {
        match (start.map(|it| self.date(&it)), end.map(|it| self.date(&it))) {
            (Some(start), Some(end)) => {
                Some(self.with_all(Word::DateHeld, &[("from", &start), ("to", &end)]))
            }
            (Some(start), None) => Some(self.with(Word::DateSince, &start)),
            (None, Some(end)) => Some(self.with(Word::DateUntil, &end)),
            (None, None) => None,
        }
    }

    fn between(&self, from: Moment, to: Moment) -> String {
        let exact = !from.about && !to.about && from.part.is_none() && to.part.is_none();
        let last = self.moment(to);
        match (from.unit, to.unit) {
            (Unit::Day(a), Unit::Day(b)) if exact && a.first_of_month() == b.first_of_month() => {
                let day = a.day().to_string();
                self.with_all(Word::DateDaysOfMonth, &[("day", &day), ("to", &last)])
            }
            (Unit::Day(a), Unit::Day(b)) if exact && a.year() == b.year() => {
                let (day, month) = (a.day().to_string(), self.month_name(a.month()));
                self.with_all(
                    Word::DateDaysOfYear,
                    &[("day", &day), ("month", month), ("to", &last)],
                )
            }
            (Unit::Month(a, month), Unit::Month(b, _)) if exact && a == b => {
                let month = self.month_name(month);
                self.with_all(Word::DateMonthsOfYear, &[("month", month), ("to", &last)])
            }
            (Unit::Year(_), Unit::Year(_)) if exact => {
                let first = self.moment(from);
                self.with_all(Word::DateYears, &[("from", &first), ("to", &last)])
            }
            _ => {
                let first = self.moment(from);
                self.with_all(Word::DateSpan, &[("from", &first), ("to", &last)])
            }
        }
    }

    fn moment(&self, moment: Moment) -> String {
        let unit = self.unit(moment.unit);
        let part = match moment.part {
            Some(Part::Early) => self.with(Word::DateEarly, &unit),
            Some(Part::Mid) => self.with(Word::DateMid, &unit),
            Some(Part::Late) => self.with(Word::DateLate, &unit),
            None => unit,
        };
        match moment.about {
            true => self.with(Word::DateAbout, &part),
            false => part,
        }
    }

    fn unit(&self, unit: Unit) -> String {
        match unit {
            Unit::Year(year) => year.to_string(),
            Unit::Quarter(year, quarter) => {
                let word = match quarter {
                    2 => Word::DateQuarter2,
                    3 => Word::DateQuarter3,
                    4 => Word::DateQuarter4,
                    _ => Word::DateQuarter1,
                };
                self.with(word, &year.to_string())
            }
            Unit::Month(year, month) => {
                let (month, year) = (self.month_name(month), year.to_string());
                self.with_all(Word::DateMonth, &[("month", month), ("year", &year)])
            }
            Unit::Day(day) => self.day(day),
            Unit::Time(time) => self.time(time),
        }
    }

    /// A time as it is written, and in UTC: `4 February 2016, 20:36 (UTC+6; 14:36 UTC)`.
    fn time(&self, time: Time) -> String {
        let written = self.on_day(time);
        if time.ahead == 0 {
            return self.with_all(Word::DateTimeInUtc, &[("time", &written)]);
        }
        let utc = time.in_utc();
        let utc = match utc.day == time.day {
            true => self.clock(utc),
            false => self.on_day(utc),
        };
        let utc = self.with_all(Word::DateTimeInUtc, &[("time", &utc)]);
        self.with_all(
            Word::DateTimeInZone,
            &[("time", &written), ("zone", &time.zone()), ("utc", &utc)],
        )
    }

    fn on_day(&self, time: Time) -> String {
        let (day, clock) = (self.day(time.day), self.clock(time));
        self.with_all(Word::DateTimeOfDay, &[("day", &day), ("time", &clock)])
    }

    fn clock(&self, time: Time) -> String {
        let [hour, minute] = [time.hour, time.minute].map(|it| format!("{it:02}"));
        match time.second {
            None => self.with_all(Word::DateClock, &[("hour", &hour), ("minute", &minute)]),
            Some(second) => {
                let second = format!("{second:02}");
                self.with_all(
                    Word::DateClockSeconds,
                    &[("hour", &hour), ("minute", &minute), ("second", &second)],
                )
            }
        }
    }

    fn month_name(&self, month: i8) -> &str {
        const MONTHS: [Word; 12] = [
            Word::DateJanuary,
            Word::DateFebruary,
            Word::DateMarch,
            Word::DateApril,
            Word::DateMay,
            Word::DateJune,
            Word::DateJuly,
            Word::DateAugust,
            Word::DateSeptember,
            Word::DateOctober,
            Word::DateNovember,
            Word::DateDecember,
        ];
        let at = usize::try_from(month - 1).ok();
        let word = at.and_then(|at| MONTHS.get(at));
        word.map_or("", |&word| self.say(word))
    }
}
