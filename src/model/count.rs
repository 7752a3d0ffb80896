//! Counts as sources state them: exact, vague or a range, of whole things.
//!
//! Grammar (`docs/write/dates-and-money.md`): `[about|over|at least|under|up to] N[ to N] [k|m|bn]`, as of
//! [money](super::money) without a currency.

use super::money::{Amount, Scale};
use std::fmt;

/// How many there are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Count {
    /// What is known of the number: a figure or a range of figures, never words.
    amount: Amount,
}

/// What one of a thing has of the parts in which amounts are reckoned.
const ONE: u128 = 100_000_000;

impl Count {
    /// Reads a count of the grammar above.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_text(text: &str) -> Result<Count, String> {
        let form = "write a whole number: `1200`, `about 12k`, `1.3m`, `80 to 90`";
        let text = text.trim();
        let Some(amount) = Amount::from_text(text) else {
            return Err(format!("`{text}` is not a count; {form}"));
        };
        if amount.ends_below_its_start() {
            return Err(format!("the range `{text}` ends below its start"));
        }
        let count = Count { amount };
        let (low, high) = count.bounds();
        match count.is_in_plain_units() && low % ONE == 0 && high % ONE == 0 {
            true => Ok(count),
            false => Err(format!("`{text}` is not a count; {form}")),
        }
    }

    /// What is known of the number.
    #[must_use]
    pub fn amount(&self) -> &Amount {
        &self.amount
    }

    /// The bounds, in the parts in which amounts are reckoned.
    #[must_use]
    pub fn bounds(&self) -> (u128, u128) {
        self.amount.bounds().unwrap_or_default()
    }

    fn is_in_plain_units(&self) -> bool {
        let plain = |scale: Scale| match scale {
            Scale::One | Scale::Thousand | Scale::Million | Scale::Billion => true,
            Scale::Lakh | Scale::Crore => false,
        };
        match &self.amount {
            Amount::Figure {
                low_scale, scale, ..
            } => plain(*low_scale) && plain(*scale),
            Amount::Words(_) => false,
        }
    }
}

/// Printed as `1,200`, `about 12 thousand`, `80–90`.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.amount.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Count::from_text(text).map_or_else(
            |wrong| wrong,
            |count| count.to_string().replace('\u{a0}', " "),
        )
    }

    #[test]
    fn counts_read_and_print() {
        assert_eq!(shown("0"), "0");
        assert_eq!(shown("1200"), "1200");
        assert_eq!(shown("12345"), "12,345");
        assert_eq!(shown("1,234,567"), "1,234,567");
        assert_eq!(shown("about 1.3m"), "about 1.3 million");
        assert_eq!(shown("80 to 90 k"), "80–90 thousand");
        assert_eq!(shown("over 900k to 1.2m"), "over 900 thousand–1.2 million");
        assert_eq!(shown("at least 2bn"), "at least 2 billion");
    }

    #[test]
    fn what_is_no_count_is_refused() {
        for wrong in [
            "",
            "some",
            "1.5",
            "1.2345k",
            "1,5k",
            "-3",
            "3 lakh",
            "12 people",
            "90 to 80",
            "1,23",
            "about",
            "12 USD",
        ] {
            assert!(Count::from_text(wrong).is_err(), "{wrong}");
        }
        assert!(Count::from_text("1.234k").is_ok());
    }
}
