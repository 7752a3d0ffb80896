//! The one place where the day is asked for; everything else gets it as a value.

use super::Stop;
use crate::model::Day;

/// The day that was named, that of `SOURCE_DATE_EPOCH` (so that a build can be repeated), or the day
/// in UTC.
pub(super) fn today(named: Option<Day>) -> Result<Day, Stop> {
    if let Some(day) = named {
        return Ok(day);
    }
    let now = match std::env::var_os("SOURCE_DATE_EPOCH") {
        None => jiff::Timestamp::now(),
        Some(value) => value
            .to_str()
            .and_then(|text| text.trim().parse().ok())
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .ok_or_else(|| {
                let value = value.to_string_lossy();
                Stop::Usage(format!(
                    "SOURCE_DATE_EPOCH is `{value}`, which is no number of seconds since 1970"
                ))
            })?,
    };
    Ok(now.to_zoned(jiff::tz::TimeZone::UTC).date())
}
