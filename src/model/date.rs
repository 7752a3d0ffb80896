//! Dates as they are known: partial, vague, open.
//!
//! Grammar (`docs/write/dates-and-money.md`): `2016` · `2016-02` · `2016-02-04` · `2015-Q4` ·
//! `2016-02-04T20:36+06:00` · `early|mid|late` before a year or month · `about` before any · `A/B` · `A/..` · `../B`.

mod time;

pub use time::{Instant, Time};

use std::fmt;

/// A full day in the proleptic Gregorian calendar.
pub type Day = jiff::civil::Date;

/// A date or a period, as precise as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Date {
    /// One moment, precise or not.
    At(Moment),
    /// From the first to the second, both included.
    Between(Moment, Moment),
    /// From then on, with no known end: `A/..`.
    From(Moment),
    /// Until then, with no known start: `../B`.
    Until(Moment),
}

/// A calendar unit, perhaps only a part of it, perhaps only about then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// `about` stood before it.
    pub about: bool,
    /// `early`, `mid` or `late` stood before it.
    pub part: Option<Part>,
    /// The unit.
    pub unit: Unit,
}

/// A third of a year or a month, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named by the words of the grammar")]
pub enum Part {
    Early,
    Mid,
    Late,
}

/// A calendar unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A year, 1 to 9999.
    Year(i16),
    /// A quarter, 1 to 4.
    Quarter(i16, i8),
    /// A month.
    Month(i16, i8),
    /// A day.
    Day(Day),
    /// A time of a day.
    Time(Time),
}

impl Date {
    /// Reads a date of the grammar above.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_text(text: &str) -> Result<Date, String> {
        let text = text.trim();
        let Some((from, to)) = text.split_once('/') else {
            return Moment::from_text(text).map(Date::At);
        };
        match (from.trim(), to.trim()) {
            ("..", "..") => Err("a period needs a start or an end".to_owned()),
            (from, "..") => Moment::from_text(from).map(Date::From),
            ("..", to) => Moment::from_text(to).map(Date::Until),
            (from, to) => Ok(Date::Between(
                Moment::from_text(from)?,
                Moment::from_text(to)?,
            )),
        }
    }

    /// The first day that it may mean; what entries are sorted by. `None` where the start is open.
    #[must_use]
    pub fn earliest(&self) -> Option<Day> {
        match self {
            Date::At(moment) | Date::Between(moment, _) | Date::From(moment) => {
                Some(moment.first_day())
            }
            Date::Until(_) => None,
        }
    }

    /// The last day that it may mean. `None` where the end is open.
    #[must_use]
    pub fn latest(&self) -> Option<Day> {
        match self {
            Date::At(moment) | Date::Between(_, moment) | Date::Until(moment) => {
                Some(moment.last_day())
            }
            Date::From(_) => None,
        }
    }

    /// The day, as it is written, to name and to count by: the earliest bound, or else the latest.
    #[must_use]
    pub fn sort_day(&self) -> Day {
        self.earliest().or(self.latest()).unwrap_or(Day::MIN)
    }

    /// What to sort by: the earliest bound, or else the latest.
    #[must_use]
    pub fn instant(&self) -> Instant {
        match self {
            Date::At(moment) | Date::Between(moment, _) | Date::From(moment) => moment.first(),
            Date::Until(moment) => moment.last(),
        }
    }

    /// Whether the end lies wholly before the start.
    #[must_use]
    pub fn ends_before_it_starts(&self) -> bool {
        matches!(self, Date::Between(from, to) if to.is_before(*from))
    }

    /// Whether it ends before another one begins.
    #[must_use]
    pub fn is_before(&self, other: &Date) -> bool {
        let last = match self {
            Date::At(moment) | Date::Between(_, moment) | Date::Until(moment) => moment,
            Date::From(_) => return false,
        };
        match other {
            Date::At(moment) | Date::Between(moment, _) | Date::From(moment) => {
                last.is_before(*moment)
            }
            Date::Until(_) => false,
        }
    }

    /// The first and the last instant that each of two dates may mean, to be compared. Times are compared with times
    /// as instants, and with days as days: those on which their writers have them.
    #[must_use]
    pub fn compared(&self, other: &Date) -> [(Instant, Instant); 2] {
        match (self.instants(), other.instants()) {
            (Some(one), Some(other)) => [one, other],
            _ => [self.days(), other.days()],
        }
    }

    fn days(&self) -> (Instant, Instant) {
        let first = self.earliest().map_or(Instant::FIRST, Instant::from);
        let last = self.latest().map_or(Instant::LAST, Instant::from);
        (first, last)
    }

    /// The bounds of what consists of times.
    fn instants(&self) -> Option<(Instant, Instant)> {
        let time = |moment: &Moment| match moment.unit {
            Unit::Time(time) => Some(time),
            Unit::Year(_) | Unit::Quarter(..) | Unit::Month(..) | Unit::Day(_) => None,
        };
        Some(match self {
            Date::At(moment) => (time(moment)?.first(), time(moment)?.last()),
            Date::Between(from, to) => (time(from)?.first(), time(to)?.last()),
            Date::From(from) => (time(from)?.first(), Instant::LAST),
            Date::Until(to) => (Instant::FIRST, time(to)?.last()),
        })
    }

    /// Whether it names days or times: one, or a first and a last.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        let exact =
            |moment: &Moment| !moment.about && matches!(moment.unit, Unit::Day(_) | Unit::Time(_));
        match self {
            Date::At(moment) => exact(moment),
            Date::Between(from, to) => exact(from) && exact(to),
            Date::From(_) | Date::Until(_) => false,
        }
    }

    /// The year to name in a citation: that of [`Date::sort_day`].
    #[must_use]
    pub fn year(&self) -> i16 {
        self.sort_day().year()
    }

    /// The value of a `datetime` attribute where HTML has one for it: a single exact time, day, month
    /// or year (HTML, 2.3.5: years have at least four digits).
    #[must_use]
    pub fn datetime(&self) -> Option<String> {
        match self {
            Date::At(Moment {
                about: false,
                part: None,
                unit,
            }) => match unit {
                Unit::Year(year) => Some(format!("{year:04}")),
                Unit::Month(year, month) => Some(format!("{year:04}-{month:02}")),
                Unit::Day(day) => Some(day.to_string()),
                Unit::Time(time) => Some(time.iso()),
                Unit::Quarter(..) => None,
            },
            _ => None,
        }
    }

    /// The same where days are the finest that can be said.
    #[must_use]
    pub fn without_time(&self) -> Date {
        let day = |moment: &Moment| Moment {
            unit: match moment.unit {
                Unit::Time(time) => Unit::Day(time.day),
                unit @ (Unit::Year(_) | Unit::Quarter(..) | Unit::Month(..) | Unit::Day(_)) => unit,
            },
            ..*moment
        };
        match self {
            Date::At(moment) => Date::At(day(moment)),
            Date::Between(from, to) => Date::Between(day(from), day(to)),
            Date::From(moment) => Date::From(day(moment)),
            Date::Until(moment) => Date::Until(day(moment)),
        }
    }

    /// The first and the last day or time that it may mean, as machines read it. `None` where an end is open.
    #[must_use]
    pub fn bounds(&self) -> [Option<String>; 2] {
        let (from, to) = match self {
            Date::At(moment) => (Some(moment), Some(moment)),
            Date::Between(from, to) => (Some(from), Some(to)),
            Date::From(moment) => (Some(moment), None),
            Date::Until(moment) => (None, Some(moment)),
        };
        let exact = |moment: &Moment, day: Day| match moment.unit {
            Unit::Time(time) => time.iso(),
            Unit::Year(_) | Unit::Quarter(..) | Unit::Month(..) | Unit::Day(_) => day.to_string(),
        };
        [
            from.map(|moment| exact(moment, moment.first_day())),
            to.map(|moment| exact(moment, moment.last_day())),
        ]
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Date {
        Date::At(Moment {
            about: false,
            part: None,
            unit: Unit::Day(day),
        })
    }
}

impl Moment {
    fn from_text(text: &str) -> Result<Moment, String> {
        let mut rest = text.trim();
        let mut word = |word: &str| {
            let found = rest
                .strip_prefix(word)
                .filter(|after| after.starts_with(' '));
            rest = found.map_or(rest, str::trim_start);
            found.is_some()
        };
        let about = word("about");
        let part = if word("early") {
            Some(Part::Early)
        } else if word("mid") {
            Some(Part::Mid)
        } else if word("late") {
            Some(Part::Late)
        } else {
            None
        };
        let unit = Unit::from_text(rest)?;
        if part.is_some() && !matches!(unit, Unit::Year(_) | Unit::Month(..)) {
            return Err("early, mid and late stand before a year or a month only".to_owned());
        }
        Ok(Moment { about, part, unit })
    }

    /// Whether it is wholly over before another one. Two times are compared as instants, all else as days.
    fn is_before(self, other: Moment) -> bool {
        match (self.unit, other.unit) {
            (Unit::Time(one), Unit::Time(other)) => one.last() < other.first(),
            _ => self.last_day() < other.first_day(),
        }
    }

    /// The first instant that it may mean.
    fn first(self) -> Instant {
        match self.unit {
            Unit::Time(time) => time.first(),
            _ => self.first_day().into(),
        }
    }

    /// The last one, of what is no time the last day.
    fn last(self) -> Instant {
        match self.unit {
            Unit::Time(time) => time.last(),
            _ => self.last_day().into(),
        }
    }

    /// The first day that it may mean.
    #[must_use]
    pub fn first_day(self) -> Day {
        let (first, last) = self.unit.bounds();
        match (self.part, self.unit) {
            (Some(Part::Mid), Unit::Year(year)) => day(year, 5, 1),
            (Some(Part::Late), Unit::Year(year)) => day(year, 9, 1),
            (Some(Part::Mid), Unit::Month(year, month)) => day(year, month, 11),
            (Some(Part::Late), Unit::Month(year, month)) => day(year, month, 21).min(last),
            _ => first,
        }
    }

    /// The last day that it may mean.
    #[must_use]
    pub fn last_day(self) -> Day {
        match (self.part, self.unit) {
            (Some(Part::Early), Unit::Year(year)) => day(year, 4, 30),
            (Some(Part::Mid), Unit::Year(year)) => day(year, 8, 31),
            (Some(Part::Early), Unit::Month(year, month)) => day(year, month, 10),
            (Some(Part::Mid), Unit::Month(year, month)) => day(year, month, 20),
            _ => self.unit.bounds().1,
        }
    }
}

/// A day from parts that are known to be in range; the epoch where they are not.
fn day(year: i16, month: i8, day: i8) -> Day {
    Day::new(year, month, day).unwrap_or(Day::ZERO)
}

impl Unit {
    fn from_text(text: &str) -> Result<Unit, String> {
        let wrong =
            || format!("`{text}` is not a date; write 2016, 2016-02, 2016-02-04 or 2015-Q4");
        // Behind what is no day, what has a colon is no time.
        if let Some((day, time)) = text.split_once(['T', ' '])
            && let Ok(Unit::Day(day)) = Unit::from_text(day)
            && time.starts_with(|c: char| c.is_ascii_digit())
        {
            return Time::from_text(day, time, text).map(Unit::Time);
        }
        let mut parts = text.split('-');
        let digits = |part: &str, length: usize| -> Option<i16> {
            let plain = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse().ok()).flatten()
        };
        let year = parts
            .next()
            .and_then(|part| digits(part, 4))
            .filter(|&year| year > 0)
            .ok_or_else(wrong)?;
        let Some(second) = parts.next() else {
            return Ok(Unit::Year(year));
        };
        if let Some(quarter) = second.strip_prefix('Q') {
            let quarter = digits(quarter, 1).filter(|quarter| (1..=4).contains(quarter));
            return match (
                quarter.and_then(|quarter| i8::try_from(quarter).ok()),
                parts.next(),
            ) {
                (Some(quarter), None) => Ok(Unit::Quarter(year, quarter)),
                _ => Err(wrong()),
            };
        }
        let month = digits(second, 2)
            .and_then(|month| i8::try_from(month).ok())
            .filter(|month| (1..=12).contains(month))
            .ok_or_else(wrong)?;
        let Some(third) = parts.next() else {
            return Ok(Unit::Month(year, month));
        };
        let day = digits(third, 2)
            .and_then(|day| i8::try_from(day).ok())
            .ok_or_else(wrong)?;
        if parts.next().is_some() {
            return Err(wrong());
        }
        Day::new(year, month, day)
            .map(Unit::Day)
            .map_err(|_| format!("there is no day {text}"))
    }

    fn bounds(self) -> (Day, Day) {
        match self {
            Unit::Year(year) => (day(year, 1, 1), day(year, 12, 31)),
            Unit::Quarter(year, quarter) => (
                day(year, quarter * 3 - 2, 1),
                day(year, quarter * 3, 1).last_of_month(),
            ),
            Unit::Month(year, month) => (day(year, month, 1), day(year, month, 1).last_of_month()),
            Unit::Day(day) | Unit::Time(Time { day, .. }) => (day, day),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month's English name.
fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at).copied())
        .unwrap_or("")
}

/// A day as text: `4 February 2016`.
#[must_use]
pub fn day_in_words(day: Day) -> String {
    format!("{} {} {}", day.day(), month_name(day.month()), day.year())
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.about {
            f.write_str("about ")?;
        }
        f.write_str(match self.part {
            Some(Part::Early) => "early ",
            Some(Part::Mid) => "mid-",
            Some(Part::Late) => "late ",
            None => "",
        })?;
        match self.unit {
            Unit::Year(year) => write!(f, "{year}"),
            Unit::Quarter(year, quarter) => {
                let ordinal = ["first", "second", "third", "fourth"];
                let at = usize::try_from(quarter - 1).unwrap_or(0);
                write!(
                    f,
                    "{} quarter of {year}",
                    ordinal.get(at).unwrap_or(&"first")
                )
            }
            Unit::Month(year, month) => write!(f, "{} {year}", month_name(month)),
            Unit::Day(day) => write!(
                f,
                "{} {} {}",
                day.day(),
                month_name(day.month()),
                day.year()
            ),
            Unit::Time(time) => time.fmt(f),
        }
    }
}

/// Printed as precisely as it is known: `4–5 February 2016`, `late 2015`, `since February 2014`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Date::At(moment) => moment.fmt(f),
            Date::From(moment) => write!(f, "since {moment}"),
            Date::Until(moment) => write!(f, "until {moment}"),
            Date::Between(from, to) => {
                let exact = !from.about && !to.about && from.part.is_none() && to.part.is_none();
                match (from.unit, to.unit) {
                    (Unit::Day(a), Unit::Day(b))
                        if exact && a.first_of_month() == b.first_of_month() =>
                    {
                        write!(f, "{}–{to}", a.day())
                    }
                    (Unit::Day(a), Unit::Day(b)) if exact && a.year() == b.year() => {
                        write!(f, "{} {} – {to}", a.day(), month_name(a.month()))
                    }
                    (Unit::Month(a, month), Unit::Month(b, _)) if exact && a == b => {
                        write!(f, "{}–{to}", month_name(month))
                    }
                    (Unit::Year(_), Unit::Year(_)) if exact => write!(f, "{from}–{to}"),
                    _ => write!(f, "{from} – {to}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
