//! Typed readers of single values: text, words, dates, money, markings, addresses.

use super::form::Form;
use super::hints;
use super::marks::Marking;
use super::reader::Reader;
use super::shapes::WORDS_OF_MONEY;
use super::tree::{Node, Value};
use crate::diag::{Advice, Code, nearest};
use crate::model::address::{Address, Outside, Refusal, is_hidden};
use crate::model::date::{Moment, Unit};
use crate::model::{Confidence, Count, Date, Day, Grade, Located, Money, Reliability, Tlp};
use std::borrow::Cow;

impl Reader<'_> {
    /// Free text, part of a statement or of none: see [`Reader::words`].
    pub fn text(
        &mut self,
        name: &str,
        node: &Node<'_>,
        of: Option<&mut Marking>,
    ) -> Option<String> {
        self.words(name, node, Form::Text, of).map(Cow::into_owned)
    }

    /// The same of one line: a title, a name.
    pub fn line(
        &mut self,
        name: &str,
        node: &Node<'_>,
        of: Option<&mut Marking>,
    ) -> Option<String> {
        let text = self.words(name, node, Form::Text, of)?;
        if text.contains(['\n', '\r', '\t']) || text.contains("  ") {
            return Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        Some(text.into_owned())
    }

    /// One of a few words, as its place among them.
    pub fn word(
        &mut self,
        name: &str,
        node: &Node<'_>,
        words: &'static [&'static str],
    ) -> Option<usize> {
        let text = self.scalar(name, node, Form::Word(words))?;
        let found = words.iter().position(|word| *word == text);
        if found.is_none() {
            self.not_one_of(Code::BadValue, name, node, words);
        }
        found
    }

    /// One of a few words, as text.
    pub fn word_text(
        &mut self,
        name: &str,
        node: &Node<'_>,
        words: &'static [&'static str],
    ) -> Option<String> {
        let at = self.word(name, node, words)?;
        words.get(at).map(|word| (*word).to_owned())
    }

    /// `true` or `false`.
    pub fn bool(&mut self, name: &str, node: &Node<'_>) -> Option<bool> {
        let Value::Scalar(scalar) = &node.value else {
            self.wrong_type(name, node, Form::Bool);
            return None;
        };
        match (scalar.quoted, scalar.text.as_ref()) {
            (false, "true" | "True" | "TRUE") => Some(true),
            (false, "false" | "False" | "FALSE") => Some(false),
            (_, text) => {
                let means = match text.to_lowercase().as_str() {
                    "yes" | "on" | "y" | "1" | "true" => Some("true"),
                    "no" | "off" | "n" | "0" | "false" => Some("false"),
                    _ => None,
                };
                let message = format!("`{name}` takes true or false, not `{text}`");
                let written = means.unwrap_or("true` or `false");
                let help = Advice::from(format!("write `{written}`, without quotes"))
                    .safely(means.and_then(|means| self.bool_instead(name, node, means)));
                self.report(Code::WrongType, node.span, message, help);
                None
            }
        }
    }

    /// A date or a period.
    pub fn date(&mut self, name: &str, node: &Node<'_>) -> Option<Date> {
        let text = self.scalar(name, node, Form::Date)?;
        match Date::from_text(text) {
            Ok(date) if date.ends_before_it_starts() => {
                // It may as well be one of the two that is wrong.
                let swapped = text
                    .split_once('/')
                    .map(|(end, start)| format!("{start}/{end}"));
                let edit = swapped.and_then(|swapped| self.instead(node, &swapped));
                self.report(
                    Code::EndBeforeStart,
                    node.span,
                    format!("the period `{text}` ends before it starts"),
                    Advice::from("put the earlier date first").perhaps(edit),
                );
                None
            }
            Ok(date) => Some(date),
            Err(message) => {
                let help = match hints::without_zone(text) {
                    Some(utc) => Advice::from(format!(
                        "write `{utc}` if that is UTC, else how far its zone is ahead, `+06:00`, in place of `Z`"
                    ))
                    .perhaps(self.instead(node, &utc)),
                    None => match hints::date(text) {
                        Some(meant) => self.better(node, &meant.text, meant.sure),
                        None => "the forms are 2016, 2016-02, 2016-02-04, 2016-02-04T20:36+06:00, 2015-Q4, \
                                 `early 2016`, `about 2016-02`, 2016-02-04/2016-02-05, 2014/.. and ../2018"
                            .into(),
                    },
                };
                let message = without_advice(&message);
                self.report(Code::BadDate, node.span, message, help);
                None
            }
        }
    }

    /// A full day.
    pub fn day(&mut self, name: &str, node: &Node<'_>) -> Option<Day> {
        let text = self.scalar(name, node, Form::Day)?;
        let exact = exact_day(text);
        if exact.is_none() {
            let meant = hints::day(text).filter(|meant| exact_day(&meant.text).is_some());
            let help = match meant {
                Some(meant) => self.better(node, &meant.text, meant.sure),
                None => "write year, month and day: `2026-01-31`".into(),
            };
            let message = format!("`{name}` takes a full day, and `{text}` is none");
            self.report(Code::BadDate, node.span, message, help);
        }
        exact
    }

    /// An amount of money: text, or `{ text, currency }`.
    pub fn money(&mut self, name: &str, node: &Node<'_>, of: &mut Marking) -> Option<Money> {
        let (read, span) = if let Value::Map(_) = node.value {
            let fields = self.fields(name, node, &WORDS_OF_MONEY)?;
            let words = self.text("text", fields.get("text")?, Some(of))?;
            let currency = fields.get("currency")?;
            let code = self.scalar("currency", currency, Form::Text)?;
            (Money::from_words(&words, code), currency.span)
        } else {
            let text = self.scalar(name, node, Form::Money)?;
            (Money::from_text(text), node.span)
        };
        read.map_err(|message| {
            let written = node.text().unwrap_or("");
            let help = match hints::money(written) {
                Some(meant) => self.better(node, &meant.text, meant.sure),
                None => "write an amount and a currency, `81m USD` or `about 94.42 crore INR`, or \
                         `{ text: tens of millions, currency: USD }` where there is no figure"
                    .into(),
            };
            self.report(Code::BadMoney, span, without_advice(&message), help);
        })
        .ok()
    }

    /// How many there are.
    pub fn count(&mut self, name: &str, node: &Node<'_>) -> Option<Count> {
        let text = self.scalar(name, node, Form::Count)?;
        let read = Count::from_text(text);
        read.map_err(|message| {
            let help = match hints::count(text) {
                Some(meant) => self.better(node, &meant.text, meant.sure),
                None => "write a whole number, `1200` or `about 1.3m`; what is counted is told by the key".into(),
            };
            self.report(Code::BadValue, node.span, without_advice(&message), help);
        })
        .ok()
    }

    /// A marking.
    pub fn tlp(&mut self, node: &Node<'_>) -> Option<Tlp> {
        let text = self.scalar("tlp", node, Form::Tlp)?;
        if let Some(tlp) = Tlp::from_name(text) {
            return Some(tlp);
        }
        let folded = text.to_ascii_lowercase();
        let bare = folded.strip_prefix("tlp:").unwrap_or(&folded).trim();
        let help = if bare == "white" {
            "TLP 2.0 calls it CLEAR: write `clear`".to_owned()
        } else {
            let names = Tlp::ALL.map(Tlp::name);
            let list = format!("the markings are: {}", names.join(", "));
            match crate::diag::did_you_mean(bare, names) {
                Some(near) => format!("{near} ({list})"),
                None => list,
            }
        };
        let message = format!("`{text}` is not a marking of TLP 2.0");
        self.report(Code::BadMarking, node.span, message, help);
        None
    }

    /// A word of estimative probability.
    pub fn confidence(&mut self, name: &str, node: &Node<'_>) -> Option<Confidence> {
        let text = self.scalar(name, node, Form::Confidence)?;
        let found = Confidence::from_words(text);
        if found.is_none() {
            let words: Vec<&str> = Confidence::all_words().collect();
            let list = format!("the terms are: {}", words.join(", "));
            let help = match hints::confidence(text) {
                Some(meant) => {
                    let near = nearest(&text.replace(['_', '-'], " "), words.iter().copied());
                    let slip = near.is_some_and(|near| near.word == meant && near.is_slip());
                    Advice::from(format!("did you mean `{meant}`? ({list})"))
                        .edited(slip, self.instead(node, meant))
                }
                None => list.into(),
            };
            let message = format!("`{text}` is not a word of estimative probability");
            self.report(Code::BadValue, node.span, message, help);
        }
        found
    }

    /// An Admiralty grade.
    pub fn grade(&mut self, name: &str, node: &Node<'_>) -> Option<Grade> {
        let text = self.scalar(name, node, Form::Grade)?;
        let found = Grade::from_text(text);
        if found.is_none() {
            self.report(
                Code::BadValue,
                node.span,
                format!("`{text}` is not an Admiralty grade"),
                "write a letter A to F for the source and a digit 1 to 6 for what it says, `B2`, or the digit alone where the publisher's entry says how reliable it is",
            );
        }
        found
    }

    /// The letter of a grade.
    pub fn reliability(&mut self, name: &str, node: &Node<'_>) -> Option<Reliability> {
        let text = self.scalar(name, node, Form::Reliability)?;
        let found = Reliability::from_text(text);
        if found.is_none() {
            let message = format!("`{text}` is not a letter of the Admiralty code");
            let help =
                "write A (completely reliable) to E (unreliable), or F where that cannot be judged";
            self.report(Code::BadValue, node.span, message, help);
        }
        found
    }

    /// An address that a page may link.
    pub fn url(&mut self, name: &str, node: &Node<'_>) -> Option<Located<Outside>> {
        let text = self.scalar(name, node, Form::Url)?;
        let folded = text.to_ascii_lowercase();
        let host = folded
            .strip_prefix("https://")
            .or_else(|| folded.strip_prefix("http://"));
        let refusal = match Address::web(text) {
            Ok(address) => {
                let own = self.markings.path_below(text);
                let own = own.or_else(|| self.markings.entry_within(text));
                let value = match own {
                    // What stands at a place of a page may be withheld where the page is not: none passes.
                    Some(own) => Outside::Own(address, own.to_string().into()),
                    None => Outside::Live(address),
                };
                return Some(Located {
                    value,
                    span: node.span,
                });
            }
            Err(refusal) => refusal,
        };
        let named = host.is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#']));
        if named && refusal != Refusal::Blank {
            let shown: String = text.chars().filter(|&c| !is_hidden(c)).take(80).collect();
            let message = format!("`{name}` cannot lead to `{shown}`");
            self.report(Code::UnsafeLink, node.span, message, refusal.reason());
        } else {
            let help = if folded.starts_with("hxxp") {
                "the address of a source is written live: `https://…`".into()
            } else if folded.contains([':', ' ']) || !folded.contains('.') {
                "write the whole address, without spaces: `https://example.org/report`".into()
            } else {
                let whole = format!("https://{}", text.trim_start_matches('/'));
                let works = Address::web(&whole).is_ok();
                self.better(node, &whole, works)
            };
            let message = format!("`{name}` takes an address with https: or http:, not `{text}`");
            self.report(Code::UnsafeLink, node.span, message, help);
        }
        None
    }

    /// A language tag (BCP 47), by its look.
    pub fn language(&mut self, name: &str, node: &Node<'_>) -> Option<String> {
        let text = self.scalar(name, node, Form::Language)?;
        if !is_language(text) {
            let message = format!("`{text}` is not a language tag");
            let help = if text.contains('_') {
                let better = text.replace('_', "-");
                self.better(node, &better, is_language(&better))
            } else {
                "write a tag of BCP 47: `en`, `en-GB`, `ko`, `ru`".into()
            };
            self.report(Code::BadValue, node.span, message, help);
            return None;
        }
        Some(text.to_owned())
    }

    /// The advice to write a value in another form, which is the same to a reader where that is `sure`.
    fn better(&self, node: &Node<'_>, form: &str, sure: bool) -> Advice {
        Advice::from(format!("write `{form}`")).edited(sure, self.instead(node, form))
    }

    /// A decimal number of degrees, as written.
    pub fn degrees(&mut self, name: &str, node: &Node<'_>, bound: u8) -> Option<String> {
        let text = self.scalar(name, node, Form::Degrees(bound))?;
        let plain = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
        let within = text
            .parse::<f64>()
            .is_ok_and(|degrees| degrees.abs() <= f64::from(bound));
        if plain && within {
            return Some(text.to_owned());
        }
        self.report(
            Code::BadValue,
            node.span,
            format!("`{name}` takes degrees from -{bound} to {bound}, not `{text}`"),
            "write a decimal number, south and west with a minus: `-12.0464`",
        );
        None
    }

    /// An ISO 3166 code: of a country, or of a part of one.
    pub fn country_code(&mut self, name: &str, node: &Node<'_>) -> Option<String> {
        let text = self.scalar(name, node, Form::Country)?;
        let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_uppercase());
        let sound = match text.split_once('-') {
            None => matches!(text.len(), 2 | 3) && letters(text),
            Some((country, part)) => {
                country.len() == 2
                    && letters(country)
                    && (1..=3).contains(&part.len())
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            }
        };
        if !sound {
            let message = format!("`{text}` is not a code of ISO 3166");
            let help = "write two capitals, `KP`, or those of a part of a country, `US-NY`";
            self.report(Code::BadValue, node.span, message, help);
            return None;
        }
        Some(text.to_owned())
    }
}

/// The day that a text names, if it names one.
fn exact_day(text: &str) -> Option<Day> {
    match Date::from_text(text) {
        Ok(Date::At(Moment {
            about: false,
            part: None,
            unit: Unit::Day(day),
        })) => Some(day),
        _ => None,
    }
}

/// Whether a text has the look of a language tag.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    primary
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// A message of the model without the advice after its semicolon: the help gives a better one.
fn without_advice(message: &str) -> &str {
    message.split("; ").next().unwrap_or(message)
}
