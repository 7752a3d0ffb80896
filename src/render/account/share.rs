//! A place on a line, or the length of a part of it.

use serde::{Serialize, Serializer};

/// A share of a length in hundredths of a per cent, reckoned without floating point, so that it is the same
/// everywhere. Templates see it in per cent: `12.34`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share(u32);

impl Share {
    /// None of it.
    pub const NONE: Share = Share(0);

    /// That part of the whole; all of it where the part is larger.
    #[must_use]
    pub fn of(part: u128, whole: u128) -> Share {
        let hundredths = match part.checked_mul(10_000) {
            Some(times) => times / whole.max(1),
            None => part / (whole / 10_000).max(1),
        };
        Share(u32::try_from(hundredths.min(10_000)).unwrap_or(10_000))
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Share(hundredths) = self;
        serializer.collect_str(&format_args!(
            "{}.{:02}",
            hundredths / 100,
            hundredths % 100
        ))
    }
}
