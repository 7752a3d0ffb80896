//! What a condition asks for, read from how it is written by what its key takes.

use super::key::{Key, Takes, nearest};
use super::phrase::Phrase;
use crate::model::{Confidence, Count, Date, Grade, Kind, Money, Tlp};
use std::fmt;

/// A value as it is written, with what it means. `N` is how entries are named.
#[derive(Debug, Clone, PartialEq)]
pub struct Value<N> {
    /// As it is written, without quotation marks; of the entries that a query of its own finds, nothing.
    pub written: String,
    /// What it means.
    pub wanted: Wanted<N>,
}

/// What a value means.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted<N> {
    /// A kind of entry.
    Kind(Kind),
    /// Words that a text holds.
    Words(Phrase),
    /// A text, folded.
    Name(String),
    /// One of a few words.
    Word(&'static str),
    /// A date or a period.
    Date(Date),
    /// An amount of money.
    Money(Money),
    /// How many there are.
    Count(Count),
    /// A number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A marking.
    Tlp(Tlp),
    /// How likely something is held.
    Confidence(Confidence),
    /// A grade.
    Grade(Grade),
    /// The letter of a grade.
    Reliability(u8),
    /// The digit of a grade.
    Credibility(u8),
    /// Entries.
    Entry(N),
    /// Entries, or words that a text holds.
    Named(N, Phrase),
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// What is wrong with a value, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Order {
    /// Whether what lies between two bounds may compare so with what lies between two others.
    pub(super) fn may_be<T: PartialOrd>(self, (low, high): (T, T), (from, to): (T, T)) -> bool {
        match self {
            Order::Less => low < from,
            Order::AtMost => low <= to,
            Order::More => high > to,
            Order::AtLeast => high >= from,
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Order::Less => "<",
            Order::AtMost => "<=",
            Order::More => ">",
            Order::AtLeast => ">=",
        })
    }
}

/// Whether values of a key may be of several words without quotation marks: then they end where they can be read.
pub(super) fn is_of_several_words(takes: &Takes) -> bool {
    match takes {
        Takes::Date | Takes::Money | Takes::Count | Takes::Confidence => true,
        // Of a figure only an amount of money is, which is told by its comparison.
        Takes::Figure => true,
        Takes::Kind
        | Takes::Text
        | Takes::Name
        | Takes::Word(_)
        | Takes::Bool
        | Takes::Tlp
        | Takes::Grade
        | Takes::Reliability
        | Takes::Credibility
        | Takes::Entry(_)
        | Takes::Named
        | Takes::Group => false,
    }
}

/// Reads a value that something is to be. `named` makes of a text the name of an entry.
///
/// # Errors
/// It is no value of that key.
pub(super) fn equal<N>(
    key: &Key,
    text: &str,
    quoted: bool,
    named: impl Fn(&str) -> N,
) -> Result<Wanted<N>, Fault> {
    let phrase = || {
        Phrase::of(text, quoted).ok_or_else(|| Fault {
            message: format!("there is neither a letter nor a digit in `{text}`"),
            help: Some(format!("`{key}` looks for words")),
        })
    };
    Ok(match &key.takes {
        Takes::Kind => Wanted::Kind(Kind::from_name(text).ok_or_else(|| {
            let names = Kind::ALL.map(Kind::name);
            one_of("kind of entry", text, &names)
        })?),
        Takes::Text | Takes::Figure => Wanted::Words(phrase()?),
        Takes::Name => Wanted::Name(crate::model::name::fold(text)),
        Takes::Word(words) => {
            let folded = text.to_lowercase();
            let word = words.iter().copied().find(|word| *word == folded);
            Wanted::Word(word.ok_or_else(|| one_of(&format!("value of `{key}`"), text, words))?)
        }
        Takes::Bool => Wanted::Bool(match text {
            "true" => true,
            "false" => false,
            _ => {
                return Err(one_of(
                    &format!("value of `{key}`"),
                    text,
                    &["true", "false"],
                ));
            }
        }),
        Takes::Grade => Wanted::Grade(Grade::from_text(text).ok_or_else(|| Fault {
            message: format!("`{text}` is not a grade"),
            help: Some("write a letter, A to F, and a digit, 1 to 6: `grade:B2`".to_owned()),
        })?),
        Takes::Entry(_) => Wanted::Entry(named(text)),
        Takes::Named => Wanted::Named(named(text), phrase()?),
        Takes::Date
        | Takes::Money
        | Takes::Count
        | Takes::Tlp
        | Takes::Confidence
        | Takes::Reliability
        | Takes::Credibility => ordered(key, text)?,
        Takes::Group => return Err(group(key)),
    })
}

/// Reads a value that something is compared with.
///
/// # Errors
/// It is none, or the key has no order.
pub(super) fn compared<N>(key: &Key, text: &str) -> Result<Wanted<N>, Fault> {
    match key.takes {
        Takes::Figure => figure(text).ok_or_else(|| Fault {
            message: format!("`{text}` is neither a number nor an amount of money"),
            help: Some(format!("write `{key}>100` or `{key}>10m USD`")),
        }),
        _ => ordered(key, text),
    }
}

fn ordered<N>(key: &Key, text: &str) -> Result<Wanted<N>, Fault> {
    let no_order = |help: String| Fault {
        message: format!("`{key}` has no order, so that nothing is more or less"),
        help: Some(help),
    };
    Ok(match &key.takes {
        Takes::Date => Wanted::Date(date(text)?),
        Takes::Money => Wanted::Money(Money::from_text(text).map_err(fault)?),
        Takes::Count => Wanted::Count(Count::from_text(text).map_err(fault)?),
        Takes::Tlp => Wanted::Tlp(
            Tlp::from_name(text)
                .ok_or_else(|| one_of("marking", text, &Tlp::ALL.map(Tlp::name)))?,
        ),
        Takes::Confidence => Wanted::Confidence(Confidence::from_words(text).ok_or_else(|| {
            let words: Vec<&str> = Confidence::all_words().collect();
            one_of("word of estimative probability", text, &words)
        })?),
        Takes::Reliability => match text.to_ascii_uppercase().as_bytes() {
            [letter @ b'A'..=b'F'] => Wanted::Reliability(*letter),
            _ => return Err(one_of("reliability", text, &["A", "B", "C", "D", "E", "F"])),
        },
        Takes::Credibility => match text.as_bytes() {
            [digit @ b'1'..=b'6'] => Wanted::Credibility(*digit),
            _ => return Err(one_of("credibility", text, &["1", "2", "3", "4", "5", "6"])),
        },
        Takes::Grade => {
            return Err(no_order(
                "compare `reliability` or `credibility`: `reliability>=B`".to_owned(),
            ));
        }
        Takes::Group => return Err(group(key)),
        Takes::Kind
        | Takes::Text
        | Takes::Figure
        | Takes::Name
        | Takes::Word(_)
        | Takes::Bool
        | Takes::Entry(_)
        | Takes::Named => return Err(no_order(format!("write `{key}:` and what it is to be"))),
    })
}

/// A message of the model, with the advice behind its semicolon.
fn fault(message: String) -> Fault {
    let (message, help) = match message.split_once("; ") {
        Some((message, help)) => (message.to_owned(), Some(help.to_owned())),
        None => (message, None),
    };
    Fault { message, help }
}

fn date(text: &str) -> Result<Date, Fault> {
    let date = Date::from_text(text).map_err(|message| {
        let (message, help) = match message.split_once("; ") {
            Some((message, help)) => (message.to_owned(), help),
            None => (
                message,
                "write 2016, 2016-02, 2016-02-04T20:36Z, 2016/2018 or 2016/..",
            ),
        };
        let help = Some(help.to_owned());
        Fault { message, help }
    })?;
    match date.ends_before_it_starts() {
        true => Err(Fault {
            message: format!("the period `{text}` ends before it starts"),
            help: None,
        }),
        false => Ok(date),
    }
}

/// A number or an amount of money.
fn figure<N>(text: &str) -> Option<Wanted<N>> {
    if let Some(number) = number(text) {
        return Some(Wanted::Number(number));
    }
    Money::from_text(text).ok().map(Wanted::Money)
}

/// A number as front matter has it, perhaps with commas and a word before it: `at least 1,200`.
pub(super) fn number(text: &str) -> Option<f64> {
    let words = ["about", "over", "at least", "under", "up to"];
    let after = |word: &&str| text.strip_prefix(*word)?.strip_prefix(' ');
    let text = words.iter().find_map(after).unwrap_or(text).trim();
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
    if !text.chars().all(plain) || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.replace(',', "").parse().ok()
}

fn one_of(what: &str, text: &str, words: &[&str]) -> Fault {
    let near = nearest(text, words.iter().copied());
    Fault {
        message: format!("`{text}` is no {what}"),
        help: Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of `{}`", words.join("`, `")),
        }),
    }
}

fn group(key: &Key) -> Fault {
    let inner: Vec<String> = (key.inner_keys().map(|inner| format!("{key}.{inner}"))).collect();
    Fault {
        message: format!("`{key}` holds keys of its own"),
        help: Some(format!(
            "ask one of `{}`, or `has:{key}`",
            inner.join("`, `")
        )),
    }
}
