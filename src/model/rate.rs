//! What a unit of one currency was worth in another on a day, as a source states it.
//!
//! Takes a rate as written; gives it as an exact decimal, and amounts converted at it. Reckons in whole
//! hundred-millionths and never in floats; never knows who may see the source.

use super::money::{self, Amount, Figure, PARTS, Scale};
use super::{Date, Money};
use crate::text::Span;

/// The rates of a dossier, all into one currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rates {
    /// The currency into which amounts are converted; empty where there are no rates.
    pub into: String,
    /// As written, no two of one currency on one day.
    pub rates: Vec<Rate>,
}

/// What a unit of a currency was worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// The currency of the unit: `EUR`.
    pub of: String,
    /// How much of the other currency it was worth.
    pub is: Figure,
    /// On which day.
    pub on: Date,
    /// The slug of the source that states it.
    pub source: String,
    /// Where the source is named in `dossier.toml`.
    pub at: Span,
}

/// A code of a currency or a coin.
///
/// # Errors
/// A sentence that says that it is none.
pub fn currency(code: &str) -> Result<String, String> {
    money::currency(code)
}

/// What one unit is worth: a decimal above nothing, with at most eight decimals.
#[must_use]
pub fn worth(text: &str) -> Option<Figure> {
    money::figure(text.trim(), Scale::One).filter(|it| it.parts > 0)
}

/// So many digits of an amount stay at least, and at most: a conversion is no more exact than what it is of.
const DIGITS: (usize, usize) = (2, 4);

impl Rate {
    /// An amount in the other currency, rounded to the digits that it is known to. None where it is of another currency,
    /// words, or more than can be reckoned.
    #[must_use]
    pub fn convert(&self, money: &Money, into: &str) -> Option<Money> {
        let Amount::Figure {
            about, low, high, ..
        } = &money.amount
        else {
            return None;
        };
        if money.currency != self.of {
            return None;
        }
        let known = [Some(low), high.as_ref()].into_iter().flatten();
        let digits = known.map(significant).max().unwrap_or(0);
        let digits = digits.clamp(DIGITS.0, DIGITS.1);
        let worth = |figure: &Figure| rounded(times(figure.parts, self.is.parts)?, digits);
        let bounds = (worth(low)?, worth(high.as_ref().unwrap_or(low))?);
        let mut converted = Money::reckoned(bounds, into);
        if let Amount::Figure { about: said, .. } = &mut converted.amount {
            // That it is about right is said of whatever is converted.
            *said = about.clone().filter(|word| word != "about");
        }
        Some(converted)
    }
}

/// The rate at which money of a day is converted: the latest that is not after it, else the earliest.
pub fn nearest<'r, T>(
    rates: impl Iterator<Item = T> + Clone,
    of: impl Fn(&T) -> &'r Rate,
    when: Option<&Date>,
) -> Option<T> {
    let day = |it: &T| of(it).on.sort_day();
    let last = when.map(|date| date.latest().unwrap_or_else(|| date.sort_day()));
    let before = { rates.clone() }.filter(|it| last.is_some_and(|last| day(it) <= last));
    before.max_by_key(day).or_else(|| rates.min_by_key(day))
}

/// How many digits of a figure say something: zeros at the end of a whole number may only fill it up.
fn significant(figure: &Figure) -> usize {
    let digits: String = figure
        .written
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let digits = match figure.written.contains('.') {
        true => &digits,
        false => digits.trim_end_matches('0'),
    };
    digits.trim_start_matches('0').len()
}

/// Two numbers of parts multiplied, rounded down to a part.
fn times(parts: u128, worth: u128) -> Option<u128> {
    let whole = (parts / PARTS).checked_mul(worth)?;
    let rest = (parts % PARTS).checked_mul(worth)? / PARTS;
    whole.checked_add(rest)
}

/// A number rounded to so many digits, halves up.
fn rounded(number: u128, digits: usize) -> Option<u128> {
    let has = number.checked_ilog10().map_or(1, |power| power + 1);
    let Some(power) = has.checked_sub(u32::try_from(digits).ok()?) else {
        return Some(number);
    };
    let unit = 10_u128.pow(power);
    let number = number.checked_add(unit / 2)?;
    Some(number / unit * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(is: &str, on: &str) -> Rate {
        Rate {
            of: "EUR".to_owned(),
            is: worth(is).unwrap(),
            on: Date::from_text(on).unwrap(),
            source: "ecb".to_owned(),
            at: Span::default(),
        }
    }

    fn converted(text: &str, is: &str) -> Option<String> {
        let money = Money::from_text(text).unwrap();
        let converted = rate(is, "2019-02-13").convert(&money, "USD")?;
        Some(converted.to_string().replace('\u{a0}', " "))
    }

    #[test]
    fn amounts_are_converted_exactly_and_rounded_to_what_is_known() {
        let is = |text, rate, said: &str| assert_eq!(converted(text, rate).as_deref(), Some(said));
        is("13m EUR", "1.1305", "USD 15 million");
        is("1.13m EUR", "1.08", "USD 1.22 million");
        is("10m EUR", "1.1305", "USD 11 million");
        is("over 1m EUR", "1.08", "over USD 1.1 million");
        is("10m to 13m EUR", "1.1305", "USD 11–15 million");
        is("12,345,678.90 EUR", "1.00000001", "USD 12.35 million");
        is("about 10m EUR", "1.1305", "USD 11 million");
        is("0 EUR", "1.08", "USD 0");
        is("0.00000001 EUR", "0.00000001", "USD 0");
        // Halves go up, and no float makes 1.005 of it.
        is("1.005 EUR", "1", "USD 1.005");
        is("2.5 EUR", "0.5", "USD 1.3");
        assert_eq!(converted("13m CHF", "1.08"), None);
        assert_eq!(
            converted("99999999999999999999bn EUR", "99999999999999999999"),
            None
        );
    }

    #[test]
    fn the_rate_is_the_latest_that_is_not_after_the_day_else_the_earliest() {
        let rates = ["2019-03-01", "2018-01-01", "2019-02-13"].map(|on| rate("1.08", on));
        let on = |when: Option<&str>| {
            let when = when.map(|text| Date::from_text(text).unwrap());
            let found = nearest(rates.iter(), |it| *it, when.as_ref()).unwrap();
            found.on.sort_day().to_string()
        };
        assert_eq!(on(Some("2019-02-13")), "2019-02-13");
        assert_eq!(on(Some("2019-02-28")), "2019-02-13");
        assert_eq!(on(Some("2019-02")), "2019-02-13");
        assert_eq!(on(Some("2018")), "2018-01-01");
        assert_eq!(on(Some("2020/..")), "2019-03-01");
        assert_eq!(on(Some("2016-02-04/2016-02-05")), "2018-01-01");
        assert_eq!(on(None), "2018-01-01");
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for wrong in ["", "0", "-1", "1,08", "1.", "1e3", "0.000000001", "nan"] {
            assert_eq!(worth(wrong), None, "{wrong}");
        }
    }
}
