//! Amounts of money and counts in words.

use super::{Language, Word};
use crate::model::money::{Amount, Scale};
use crate::model::{Count, Money};

impl Language {
    /// An amount: `USD 81 million`, `about USD 12.2 million`, `USD 80–81 million`, `75 BTC`.
    #[must_use]
    pub fn money(&self, money: &Money) -> String {
        let currency = &money.currency;
        match &money.amount {
            Amount::Words(words) => self.with_all(
                Word::MoneyWords,
                &[("words", words), ("currency", currency)],
            ),
            Amount::Figure { .. } if money.is_of_coins() => {
                let amount = self.amount(&money.amount, "");
                let both = [("amount", amount.as_str()), ("currency", currency)];
                self.with_all(Word::MoneyCoins, &both)
            }
            Amount::Figure { .. } => self.amount(&money.amount, currency),
        }
    }

    /// How many there are: `about 12 thousand`, `80–90`.
    #[must_use]
    pub fn count(&self, count: &Count) -> String {
        self.amount(count.amount(), "")
    }

    fn amount(&self, amount: &Amount, currency: &str) -> String {
        let (about, low, low_scale, high, scale) = match amount {
            Amount::Words(words) => return words.clone(),
            Amount::Figure {
                about,
                low,
                low_scale,
                high,
                scale,
            } => (about, low, low_scale, high, scale),
        };
        let mut figure = self.figure(&low.written);
        if let Some(high) = high {
            if low_scale != scale {
                figure = self.scaled(*low_scale, "", &figure);
            }
            figure.push('–');
            figure.push_str(&self.figure(&high.written));
        }
        let amount = self.scaled(*scale, currency, &figure);
        match about.as_deref().and_then(qualified) {
            Some(word) => self.with(word, &amount),
            None => amount,
        }
    }

    /// A figure with its unit and a currency, which may be none.
    fn scaled(&self, scale: Scale, currency: &str, figure: &str) -> String {
        let both = [("currency", currency), ("figure", figure)];
        let scaled = self.with_all(scaled(scale), &both);
        match currency {
            "" => scaled.trim_matches([' ', '\u{a0}']).to_owned(),
            _ => scaled,
        }
    }

    /// Digits as the language groups them: those of the grammar have `.` before decimals, and perhaps `,` in groups.
    pub(in crate::render) fn figure(&self, written: &str) -> String {
        let (decimal, group) = (self.say(Word::NumberDecimal), self.say(Word::NumberGroup));
        let (whole, decimals) = match written.split_once('.') {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (written, None),
        };
        let mut figure = String::with_capacity(written.len() + 8);
        // Where groups are written, they stay: in India they are others.
        let groups = !whole.contains(',') && whole.len() >= 5;
        for (at, digit) in whole.char_indices() {
            if digit == ',' || (groups && at > 0 && (whole.len() - at).is_multiple_of(3)) {
                figure.push_str(group);
            }
            if digit != ',' {
                figure.push(digit);
            }
        }
        if let Some(decimals) = decimals {
            figure.push_str(decimal);
            figure.push_str(decimals);
        }
        figure
    }
}

fn scaled(scale: Scale) -> Word {
    match scale {
        Scale::One => Word::MoneyOne,
        Scale::Thousand => Word::MoneyThousand,
        Scale::Million => Word::MoneyMillion,
        Scale::Billion => Word::MoneyBillion,
        Scale::Lakh => Word::MoneyLakh,
        Scale::Crore => Word::MoneyCrore,
    }
}

/// The word for what stands before an amount in front matter.
fn qualified(about: &str) -> Option<Word> {
    match about {
        "about" => Some(Word::MoneyAbout),
        "over" => Some(Word::MoneyOver),
        "at least" => Some(Word::MoneyAtLeast),
        "under" => Some(Word::MoneyUnder),
        "up to" => Some(Word::MoneyUpTo),
        _ => None,
    }
}
