//! Amounts of money in words.

use super::{Language, Word};
use crate::model::Money;
use crate::model::money::{Amount, Scale};

impl Language {
    /// An amount: `USD 81 million`, `about USD 12.2 million`, `USD 80–81 million`, `75 BTC`.
    #[must_use]
    pub fn money(&self, money: &Money) -> String {
        match &money.amount {
            Amount::Words(words) => self.with_all(
                Word::MoneyWords,
                &[("words", words), ("currency", &money.currency)],
            ),
            Amount::Figure {
                about,
                low,
                low_scale,
                high,
                scale,
            } => {
                let mut figure = self.figure(&low.written);
                if let Some(high) = high {
                    if low_scale != scale {
                        figure = self.with_all(scaled(*low_scale), &[("figure", &figure)]);
                        // The currency is said once.
                        figure = figure.trim_matches([' ', '\u{a0}']).to_owned();
                    }
                    figure.push('–');
                    figure.push_str(&self.figure(&high.written));
                }
                let amount = if money.is_of_coins() {
                    let amount = self.with_all(scaled(*scale), &[("figure", &figure)]);
                    let amount = amount.trim_matches([' ', '\u{a0}']);
                    self.with_all(
                        Word::MoneyCoins,
                        &[("amount", amount), ("currency", &money.currency)],
                    )
                } else {
                    self.with_all(
                        scaled(*scale),
                        &[("currency", &money.currency), ("figure", &figure)],
                    )
                };
                match about.as_deref().and_then(qualified) {
                    Some(word) => self.with(word, &amount),
                    None => amount,
                }
            }
        }
    }

    /// Digits as the language groups them: those of the grammar have `.` before decimals, and perhaps `,` in groups.
    fn figure(&self, written: &str) -> String {
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
