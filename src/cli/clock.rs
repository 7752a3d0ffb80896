//! The one place where the day is asked for; everything else gets it as a value.

use super::Stop;
use crate::model::Day;

/// The day that was named, that of `SOURCE_DATE_EPOCH` (so that a build can be repeated), or the day
/// in UTC.
pub(super) fn today(named: Option<Day>) -> Result<Day, Stop> {
    if let Some(day) = named {
        return Ok(day);
    }
    match std::env::var_os("SOURCE_DATE_EPOCH") {
        None => day_of(jiff::Timestamp::now()).ok_or_else(|| {
            let message = "the clock of this machine tells no day of the years 1 to 9999";
            Stop::Machine(message.to_owned())
        }),
        Some(value) => {
            let text = value.to_string_lossy();
            day_at(&text).map_err(|why| {
                let value = text.escape_debug();
                Stop::Usage(format!("SOURCE_DATE_EPOCH is `{value}`, which {why}"))
            })
        }
    }
}

/// The day of a number of seconds since 1970.
fn day_at(text: &str) -> Result<Day, &'static str> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole {
        return Err(match text.parse::<f64>() {
            Ok(number) if number.is_finite() => "is not written as a whole number of seconds",
            _ => "is no number of seconds since 1970",
        });
    }
    // So many digits that they are no `i64` are seconds all the same.
    let seconds = text.parse().ok();
    seconds
        .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
        .and_then(day_of)
        .ok_or("is out of range: its day is not one of 0001-01-01 to 9999-12-30")
}

/// The day in UTC, if it is one of the years that dates may have.
fn day_of(now: jiff::Timestamp) -> Option<Day> {
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    (day.year() > 0).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_a_day_or_it_is_said_why_not() {
        let range = "is out of range: its day is not one of 0001-01-01 to 9999-12-30";
        let whole = "is not written as a whole number of seconds";
        let none = "is no number of seconds since 1970";
        let day = |year, month, day| Day::new(year, month, day).map_err(|_| "no day");
        let table = [
            ("0", day(1970, 1, 1)),
            ("1704067200", day(2024, 1, 1)),
            (" 1704067200\n", day(2024, 1, 1)),
            ("+86400", day(1970, 1, 2)),
            ("-1", day(1969, 12, 31)),
            ("-0", day(1970, 1, 1)),
            ("000000000000000000000000086400", day(1970, 1, 2)),
            ("-62135596800", day(1, 1, 1)),
            ("-62135596801", Err(range)),
            ("253402207199", day(9999, 12, 30)),
            ("253402300800", Err(range)),
            ("9223372036854775807", Err(range)),
            ("9223372036854775808", Err(range)),
            ("-9223372036854775809", Err(range)),
            ("99999999999999999999999999999999999999999999", Err(range)),
            ("1704067200000000", Err(range)),
            ("1704067200.5", Err(whole)),
            ("1.0", Err(whole)),
            ("1e9", Err(whole)),
            ("", Err(none)),
            (" ", Err(none)),
            ("-", Err(none)),
            ("+-1", Err(none)),
            ("--1", Err(none)),
            ("1 2", Err(none)),
            ("1_000", Err(none)),
            ("0x10", Err(none)),
            ("inf", Err(none)),
            ("nan", Err(none)),
            ("\u{661}", Err(none)),
            ("yesterday", Err(none)),
            ("2024-01-01", Err(none)),
        ];
        for (text, expected) in table {
            assert_eq!(day_at(text), expected, "{text:?}");
        }
    }
}
