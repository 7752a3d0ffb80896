//! Times of a day with the zone in which they are told, and instants, by which dates are put in order.
//!
//! Takes `20:36+06:00` behind a day; gives a [`Time`], which keeps what was written. A time without a zone is none: it
//! could be meant in half a dozen of them.

use super::{Day, day_in_words};
use jiff::SignedDuration;
use jiff::civil::DateTime;
use std::fmt;

/// A time of a day, to the minute or the second, in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Time {
    /// The day, in that zone.
    pub day: Day,
    /// The hour, 0 to 23.
    pub hour: i8,
    /// The minute, 0 to 59.
    pub minute: i8,
    /// The second, where it is told.
    pub second: Option<i8>,
    /// How many minutes the zone is ahead of UTC.
    pub ahead: i16,
}

/// When something is on the one line of time. A day without a time of day stands before all times of that day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    utc: DateTime,
    timed: bool,
}

/// The farthest that a zone is from UTC, in minutes.
const FARTHEST: i16 = 14 * 60;

impl Time {
    /// Reads a time behind a day; `whole` is both, for messages.
    pub(super) fn from_text(day: Day, time: &str, whole: &str) -> Result<Time, String> {
        let wrong = || format!("`{whole}` is not a time; write 2016-02-04T20:36+06:00");
        let zone = time.find(['Z', '+', '-']);
        let (clock, zone) = time.split_at(zone.unwrap_or(time.len()));
        let mut parts = clock.split(':').map(two_digits);
        let (hour, minute) = (parts.next().flatten(), parts.next().flatten());
        let (Some(hour), Some(minute)) = (hour, minute) else {
            return Err(wrong());
        };
        let second = match parts.next() {
            None => None,
            Some(second) => Some(second.ok_or_else(wrong)?),
        };
        if parts.next().is_some() {
            return Err(wrong());
        }
        if hour > 23 || minute > 59 || second.is_some_and(|second| second > 59) {
            return Err(format!("there is no time {clock}"));
        }
        if zone.is_empty() {
            return Err(format!(
                "`{whole}` is a time without a zone; write `{whole}Z` if it is UTC, or its zone behind it: `{whole}+06:00`"
            ));
        }
        Ok(Time {
            day,
            hour,
            minute,
            second,
            ahead: ahead(zone).ok_or_else(|| {
                format!("`{zone}` is no zone; write Z for UTC, or how far it is ahead: +06:00")
            })?,
        })
    }

    /// The first instant that it may be.
    #[must_use]
    pub fn first(self) -> Instant {
        self.instant(self.second.unwrap_or(0))
    }

    /// The last one: of a minute its last second.
    #[must_use]
    pub fn last(self) -> Instant {
        self.instant(self.second.unwrap_or(59))
    }

    fn instant(self, second: i8) -> Instant {
        let local = self.day.at(self.hour, self.minute, second, 0);
        Instant {
            // What lies beyond the last year is as late as can be.
            utc: local.saturating_sub(SignedDuration::from_mins(i64::from(self.ahead))),
            timed: true,
        }
    }

    /// The same in UTC.
    #[must_use]
    pub fn in_utc(self) -> Time {
        let utc = self.first().utc;
        Time {
            day: utc.date(),
            hour: utc.hour(),
            minute: utc.minute(),
            second: self.second,
            ahead: 0,
        }
    }

    /// What the zone is called: `UTC`, `UTC+6`, `UTC−3:30`.
    #[must_use]
    pub fn zone(self) -> String {
        let (hours, minutes) = (self.ahead.abs() / 60, self.ahead.abs() % 60);
        let sign = if self.ahead < 0 { '−' } else { '+' };
        match (hours, minutes) {
            (0, 0) => "UTC".to_owned(),
            (_, 0) => format!("UTC{sign}{hours}"),
            _ => format!("UTC{sign}{hours}:{minutes:02}"),
        }
    }

    /// As machines read it (ISO 8601, RFC 3339 but for seconds that are not known): `2016-02-04T20:36+06:00`.
    #[must_use]
    pub fn iso(self) -> String {
        let (hours, minutes) = (self.ahead.abs() / 60, self.ahead.abs() % 60);
        let zone = match self.ahead {
            0 => "Z".to_owned(),
            ahead => {
                let sign = if ahead < 0 { '-' } else { '+' };
                format!("{sign}{hours:02}:{minutes:02}")
            }
        };
        format!("{}T{}{zone}", self.day, self.clock())
    }

    fn clock(self) -> String {
        let second = self.second.map(|second| format!(":{second:02}"));
        let second = second.unwrap_or_default();
        format!("{:02}:{:02}{second}", self.hour, self.minute)
    }
}

/// How far a zone is ahead of UTC, in minutes.
fn ahead(zone: &str) -> Option<i16> {
    if zone == "Z" {
        return Some(0);
    }
    let (sign, figures) = zone.split_at_checked(1)?;
    let (hours, minutes) = figures.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let ahead = i16::from(hours) * 60 + i16::from(minutes);
    // `-00:00` says that the zone is not known.
    let fits = minutes < 60 && ahead <= FARTHEST && (sign, ahead) != ("-", 0);
    match sign {
        "+" => Some(ahead),
        "-" => Some(-ahead),
        _ => None,
    }
    .filter(|_| fits)
}

fn two_digits(part: &str) -> Option<i8> {
    let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| part.parse().ok()).flatten()
}

impl Instant {
    /// Before everything.
    pub const FIRST: Instant = Instant {
        utc: DateTime::MIN,
        timed: false,
    };

    /// After everything.
    pub const LAST: Instant = Instant {
        utc: DateTime::MAX,
        timed: true,
    };

    /// The year in UTC.
    #[must_use]
    pub fn year(self) -> i16 {
        self.utc.year()
    }
}

impl From<Day> for Instant {
    fn from(day: Day) -> Instant {
        Instant {
            utc: day.at(0, 0, 0, 0),
            timed: false,
        }
    }
}

/// As it is written, and in UTC: `4 February 2016, 20:36 (UTC+6; 14:36 UTC)`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", day_in_words(self.day), self.clock())?;
        if self.ahead == 0 {
            return f.write_str(" UTC");
        }
        let utc = self.in_utc();
        write!(f, " ({}; ", self.zone())?;
        if utc.day != self.day {
            write!(f, "{}, ", day_in_words(utc.day))?;
        }
        write!(f, "{} UTC)", utc.clock())
    }
}
