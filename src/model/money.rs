//! Amounts of money as sources state them: exact, vague or a range, in a currency of ISO 4217 or a coin.
//!
//! Grammar (`docs/write/dates-and-money.md`):
//! `[about|over|at least|under|up to] N[ to N] [k|m|bn|lakh|crore] CODE`.

use std::borrow::Cow;
use std::fmt;

/// An amount or a range of money.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Money {
    /// What is known of the amount.
    pub amount: Amount,
    /// ISO 4217 code, or that of one of the [`COINS`].
    pub currency: String,
}

/// What is known of an amount.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Amount {
    /// A figure or a range of figures.
    Figure {
        /// The word before it.
        about: Option<Cow<'static, str>>,
        /// The lower bound, or the figure.
        low: Figure,
        /// The unit that the lower bound of a range stands in, where that is another.
        low_scale: Scale,
        /// The upper bound of a range.
        high: Option<Figure>,
        /// The unit both stand in.
        scale: Scale,
    },
    /// Words where there is no figure: "tens of millions".
    Words(String),
}

/// A decimal figure exactly as written, with its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// As written: `94.42`.
    pub written: String,
    /// In hundred-millionths of what is counted, the scale applied: a coin has so many parts.
    pub parts: u128,
}

/// The unit that a figure stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named by the words of the grammar")]
pub enum Scale {
    One,
    Thousand,
    Million,
    Billion,
    Lakh,
    Crore,
}

const QUALIFIERS: [&str; 5] = ["about", "over", "at least", "under", "up to"];

const SCALES: [(&str, Scale); 6] = [
    ("lakh", Scale::Lakh),
    ("crore", Scale::Crore),
    ("bn", Scale::Billion),
    ("m", Scale::Million),
    ("k", Scale::Thousand),
    ("", Scale::One),
];

impl Scale {
    const fn factor(self) -> u128 {
        match self {
            Scale::One => 1,
            Scale::Thousand => 1_000,
            Scale::Lakh => 100_000,
            Scale::Million => 1_000_000,
            Scale::Crore => 10_000_000,
            Scale::Billion => 1_000_000_000,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Scale::One => "",
            Scale::Thousand => " thousand",
            Scale::Lakh => " lakh",
            Scale::Million => " million",
            Scale::Crore => " crore",
            Scale::Billion => " billion",
        }
    }
}

impl Money {
    /// Reads an amount of the grammar above.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_text(text: &str) -> Result<Money, String> {
        let form = "write an amount and a currency: `81m USD`, `about 12.2m USD`, `80m to 81m USD`";
        let text = text.trim();
        let Some((rest, code)) = text.rsplit_once(char::is_whitespace) else {
            return Err(format!("`{text}` has no currency; {form}"));
        };
        let currency = currency(code)?;
        let Some(amount) = Amount::from_text(rest) else {
            return Err(format!("`{text}` is not an amount of money; {form}"));
        };
        if amount.ends_below_its_start() {
            return Err(format!("the range `{text}` ends below its start"));
        }
        Ok(Money { amount, currency })
    }

    /// Words in place of a figure, with the currency.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the currency.
    pub fn from_words(words: &str, code: &str) -> Result<Money, String> {
        Ok(Money {
            amount: Amount::Words(words.trim().to_owned()),
            currency: currency(code.trim())?,
        })
    }

    /// A figure, or a range, that was reckoned: of hundred-millionths of the unit of a currency that is known.
    #[must_use]
    pub fn reckoned((low, high): (u128, u128), currency: &str) -> Money {
        // In the largest unit in which three decimals are enough.
        let units = [Scale::Billion, Scale::Million];
        let fits = |scale: &Scale| {
            let unit = PARTS * scale.factor();
            high >= unit && low % (unit / 1_000) == 0 && high % (unit / 1_000) == 0
        };
        let scale = units.into_iter().find(fits).unwrap_or(Scale::One);
        let figure = |parts| Figure {
            written: decimal(parts, PARTS * scale.factor()),
            parts,
        };
        Money {
            amount: Amount::Figure {
                about: None,
                low: figure(low),
                low_scale: scale,
                high: (low < high).then(|| figure(high)),
                scale,
            },
            currency: currency.to_owned(),
        }
    }

    /// The bounds in hundred-millionths of the currency's unit, where there are figures.
    #[must_use]
    pub fn bounds(&self) -> Option<(u128, u128)> {
        self.amount.bounds()
    }

    /// Whether the figure is only a lower bound.
    #[must_use]
    pub fn is_at_least(&self) -> bool {
        matches!(self.amount.qualifier(), Some("over" | "at least"))
    }

    /// Whether the figure is only an upper bound.
    #[must_use]
    pub fn is_at_most(&self) -> bool {
        matches!(self.amount.qualifier(), Some("under" | "up to"))
    }

    /// Whether the figure is only about right.
    #[must_use]
    pub fn is_about(&self) -> bool {
        self.amount.qualifier() == Some("about")
    }

    /// Whether it is in a coin, whose code stands behind the amount in every language.
    #[must_use]
    pub fn is_of_coins(&self) -> bool {
        COINS.contains(&self.currency.as_str())
    }
}

impl Amount {
    /// Reads `[about|…] N[ to N] [k|m|…]`; nothing where it is none. A range may end below its start.
    pub(super) fn from_text(text: &str) -> Option<Amount> {
        let mut rest = text.trim();
        let mut about = None;
        for qualifier in QUALIFIERS {
            if let Some(after) = rest
                .strip_prefix(qualifier)
                .filter(|after| after.starts_with(' '))
            {
                about = Some(Cow::Borrowed(qualifier));
                rest = after.trim_start();
            }
        }
        let Some((low, high)) = rest.split_once(" to ") else {
            let (digits, scale) = split_scale(rest);
            return Some(Amount::Figure {
                about,
                low: figure(digits, scale)?,
                low_scale: scale,
                high: None,
                scale,
            });
        };
        let ((low, low_scale), (high, scale)) = (split_scale(low), split_scale(high));
        // "80 to 81m" means millions at both ends; "80k to 1m" keeps its own.
        let low_scale = match low_scale {
            Scale::One => scale,
            own => own,
        };
        Some(Amount::Figure {
            about,
            low: figure(low, low_scale)?,
            low_scale,
            high: Some(figure(high, scale)?),
            scale,
        })
    }

    /// The bounds in hundred-millionths of what is counted, where there are figures.
    #[must_use]
    pub fn bounds(&self) -> Option<(u128, u128)> {
        match self {
            Amount::Figure { low, high, .. } => {
                Some((low.parts, high.as_ref().unwrap_or(low).parts))
            }
            Amount::Words(_) => None,
        }
    }

    /// The word before the figure.
    fn qualifier(&self) -> Option<&str> {
        match self {
            Amount::Figure { about, .. } => about.as_deref(),
            Amount::Words(_) => None,
        }
    }

    pub(super) fn ends_below_its_start(&self) -> bool {
        self.bounds().is_some_and(|(low, high)| high < low)
    }
}

/// So many parts of a coin, or of the unit of a currency, make one.
pub(crate) const PARTS: u128 = 100_000_000;

impl Figure {
    /// The figure of so many hundred-millionths.
    #[must_use]
    pub fn of(parts: u128) -> Figure {
        Figure {
            written: decimal(parts, PARTS),
            parts,
        }
    }
}

/// A number of parts as a decimal of a unit that they make, a power of ten: `94.42`.
fn decimal(parts: u128, unit: u128) -> String {
    let digits = usize::try_from(unit.ilog10()).unwrap_or(0);
    let (whole, rest) = (parts / unit, parts % unit);
    let rest = format!("{rest:0digits$}");
    match rest.trim_end_matches('0') {
        "" => whole.to_string(),
        decimals => format!("{whole}.{decimals}"),
    }
}

fn split_scale(text: &str) -> (&str, Scale) {
    let text = text.trim();
    SCALES
        .into_iter()
        .find_map(|(suffix, scale)| Some((text.strip_suffix(suffix)?.trim_end(), scale)))
        .unwrap_or((text, Scale::One))
}

/// A decimal figure with at most eight decimals, `,` allowed between groups of digits of the whole part.
pub(super) fn figure(text: &str, scale: Scale) -> Option<Figure> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = whole.chars().filter(|&c| c != ',').collect();
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty()
        || digits.len() > 20
        || decimals.len() > 8
        || !plain(&digits)
        || !plain(decimals)
    {
        return None;
    }
    if text.ends_with('.') || !is_grouped(whole) {
        return None;
    }
    let value: u128 = format!("{digits}{decimals:0<8}").parse().ok()?;
    Some(Figure {
        written: text.to_owned(),
        parts: value.checked_mul(scale.factor())?,
    })
}

/// Whether commas stand where groups of digits end: every three, or as in India every two above the last three.
/// In `1,5` the comma may be that of decimals.
fn is_grouped(whole: &str) -> bool {
    let Some((head, last)) = whole.rsplit_once(',') else {
        return true;
    };
    let groups: Vec<usize> = head.split(',').map(str::len).collect();
    let by = |length| {
        let (first, rest) = (groups.first(), groups.get(1..).unwrap_or(&[]));
        first.is_some_and(|first| (1..=length).contains(first))
            && rest.iter().all(|group| *group == length)
    };
    last.len() == 3 && (by(3) || by(2))
}

/// Active ISO 4217 codes of currencies (2024 list), without funds and metals.
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB \
    BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR \
    FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES \
    KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
    MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH \
    UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Coins in which ransoms are asked for and thefts are counted, by the codes that exchanges list them under.
pub const COINS: [&str; 5] = ["BTC", "ETH", "XMR", "USDT", "TRX"];

/// Every code that an amount may have.
pub fn codes() -> impl Iterator<Item = &'static str> + Clone {
    CURRENCIES.split_ascii_whitespace().chain(COINS)
}

/// A code of a currency or a coin, if it is one.
///
/// # Errors
/// A sentence that says that it is none.
pub(super) fn currency(code: &str) -> Result<String, String> {
    // Each stands between spaces, so that any three letters found between spaces are a code.
    let letters = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if letters && CURRENCIES.contains(code) || COINS.contains(&code) {
        return Ok(code.to_owned());
    }
    Err(format!(
        "`{code}` is not a currency code of ISO 4217, such as USD, EUR or INR, nor a coin: {}",
        COINS.join(", ")
    ))
}

/// Printed as `USD 81 million`, `about USD 12.2 million`, `USD 80–81 million`, `75 BTC`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let currency = &self.currency;
        match &self.amount {
            Amount::Words(words) => write!(f, "{words} ({currency})"),
            Amount::Figure { .. } if self.is_of_coins() => {
                write!(f, "{}\u{a0}{currency}", self.amount)
            }
            Amount::Figure { .. } => self.amount.print(f, &format!("{currency}\u{a0}")),
        }
    }
}

/// Printed as `about 12.2 million`, `80–81 million`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(f, "")
    }
}

impl Amount {
    /// Writes it, with what stands right before the figure.
    fn print(&self, f: &mut fmt::Formatter<'_>, before: &str) -> fmt::Result {
        match self {
            Amount::Words(words) => f.write_str(words),
            Amount::Figure {
                about,
                low,
                low_scale,
                high,
                scale,
            } => {
                if let Some(about) = about {
                    write!(f, "{about} ")?;
                }
                write!(f, "{before}{}", grouped(&low.written))?;
                if low_scale != scale {
                    f.write_str(&low_scale.words().replace(' ', "\u{a0}"))?;
                }
                if let Some(high) = high {
                    write!(f, "–{}", grouped(&high.written))?;
                }
                f.write_str(&scale.words().replace(' ', "\u{a0}"))
            }
        }
    }
}

/// A figure with commas between the thousands, where it is long and has none as written.
fn grouped(written: &str) -> Cow<'_, str> {
    let (whole, rest) = written.split_at(written.find('.').unwrap_or(written.len()));
    if whole.len() < 5 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(written);
    }
    let mut grouped = String::with_capacity(written.len() + whole.len() / 3);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped.push_str(rest);
    Cow::Owned(grouped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Money::from_text(text).map_or_else(
            |wrong| wrong,
            |money| money.to_string().replace('\u{a0}', " "),
        )
    }

    #[test]
    fn amounts_read_and_print() {
        assert_eq!(shown("0 USD"), "USD 0");
        assert_eq!(shown("about 12m USD"), "about USD 12 million");
        assert_eq!(shown("80m to 81m USD"), "USD 80–81 million");
        assert_eq!(shown("80 to 81m USD"), "USD 80–81 million");
        assert_eq!(shown("94.42 crore INR"), "INR 94.42 crore");
        assert_eq!(shown("up to 500k USD"), "up to USD 500 thousand");
        assert_eq!(shown("1.1bn USD"), "USD 1.1 billion");
        assert_eq!(shown("1,234,567 EUR"), "EUR 1,234,567");
        assert_eq!(shown("1,23,45,678 INR"), "INR 1,23,45,678");
        assert_eq!(shown("1234567.50 EUR"), "EUR 1,234,567.50");
        assert_eq!(shown("9999 EUR"), "EUR 9999");
        assert_eq!(shown("75 BTC"), "75 BTC");
        assert_eq!(shown("about 0.00012345 BTC"), "about 0.00012345 BTC");
        assert_eq!(shown("80k to 1.5m USDT"), "80 thousand–1.5 million USDT");
        assert_eq!(shown("12,345.50 XMR"), "12,345.50 XMR");
        let words = Money::from_words("tens of millions", "USD").expect("money");
        assert_eq!(words.to_string(), "tens of millions (USD)");
    }

    #[test]
    fn values_are_exact() {
        let bounds = |text: &str| Money::from_text(text).ok().and_then(|money| money.bounds());
        assert_eq!(
            bounds("94.42 crore INR"),
            Some((94_420_000_000_000_000, 94_420_000_000_000_000))
        );
        assert_eq!(
            bounds("80k to 1m USD"),
            Some((8_000_000_000_000, 100_000_000_000_000))
        );
        assert_eq!(bounds("0.00000001 BTC"), Some((1, 1)));
    }

    #[test]
    fn what_is_reckoned_reads_as_what_is_written() {
        let reckoned = |low: u128, high: u128| {
            let parts = |number: u128| number * PARTS / 100;
            let money = Money::reckoned((parts(low), parts(high)), "USD");
            money.to_string().replace('\u{a0}', " ")
        };
        assert_eq!(reckoned(0, 0), "USD 0");
        assert_eq!(reckoned(50_000_000, 50_000_000), "USD 500,000");
        assert_eq!(reckoned(8_150_000_000, 8_150_000_000), "USD 81.5 million");
        assert_eq!(reckoned(8_000_000_000, 8_100_000_000), "USD 80–81 million");
        assert_eq!(
            reckoned(150_000_000_000, 150_000_000_000),
            "USD 1.5 billion"
        );
        assert_eq!(reckoned(8_100_006_345, 8_100_006_345), "USD 81,000,063.45");
        assert_eq!(reckoned(0, 100_000_000), "USD 0–1 million");
    }

    #[test]
    fn what_is_no_money_is_refused() {
        for wrong in [
            "",
            "81m",
            "USD",
            "81m DOLLARS",
            "x USD",
            "81. USD",
            "2m to 1m USD",
            "81mm USD",
            "-3 USD",
            "1,5bn USD",
            "1,50 USD",
            "1,2345 USD",
            "1234,567 USD",
            "1,234,56 USD",
            ",234 USD",
            "1,,234 USD",
            "12,345,67,890 INR",
            "0.000000001 BTC",
            "75 btc",
            "75 DOGE",
        ] {
            assert!(Money::from_text(wrong).is_err(), "{wrong}");
        }
    }
}
