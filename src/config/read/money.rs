//! `[money]`: what currencies were worth in another, and who says so.

use super::value::span;
use super::{Reader, Value, in_order};
use crate::diag::Advice;
use crate::model::Date;
use crate::model::money::Figure;
use crate::model::rate::{self, Rate, Rates};
use toml::de::DeValue;

const KEYS: &[&str] = &["into", "rates"];
const OF_RATE: &[&str] = &["of", "is", "on", "source"];
const FORM: &str =
    "{ of = \"EUR\", is = \"1.08\", on = \"2024-03-01\", source = \"the-slug-of-a-source\" }";

impl Reader<'_> {
    /// The table: a currency, and rates into it.
    pub(super) fn money(&mut self, value: &Value<'_>) -> Option<Rates> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        let mut into = None;
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "into" => self.set(&mut into, value, |reader, value| {
                    reader.currency(value).map(Some)
                }),
                // A rate is judged by what it is into.
                "rates" => {}
                unknown => self.unknown_key(("money", table), unknown, key.span(), KEYS),
            }
        }
        let Some(given) = table.get("rates") else {
            return Some(Rates::default());
        };
        if table.get("into").is_none() {
            let message = "nothing says into which currency the rates are".to_owned();
            self.bad(
                given,
                message,
                Some("write `into = \"USD\"` below `[money]`".into()),
            );
        }
        let DeValue::Array(items) = given.get_ref() else {
            self.wrong_type(given, "a list of rates");
            return None;
        };
        let mut rates: Vec<Rate> = Vec::new();
        for item in items {
            let Some(rate) = self.rate(item, into.as_deref()) else {
                continue;
            };
            let same = |it: &Rate| it.of == rate.of && it.on.sort_day() == rate.on.sort_day();
            if rates.iter().any(same) {
                let message = format!("there are two rates of {} on one day", rate.of);
                self.bad(item, message, Some("keep the one that you go by".into()));
                continue;
            }
            rates.push(rate);
        }
        into.map(|into| Rates { into, rates })
    }

    fn rate(&mut self, value: &Value<'_>, into: Option<&str>) -> Option<Rate> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, &format!("a rate, `{FORM}`"));
            return None;
        };
        let (mut of, mut is, mut on, mut source) = (None, None, None, None);
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "of" => self.set(&mut of, value, |reader, value| {
                    let of = reader.currency(value)?;
                    if Some(&*of) == into {
                        let message = format!("{of} is what amounts are converted into");
                        let help = "a rate is of another currency";
                        reader.bad(value, message, Some(help.into()));
                        return None;
                    }
                    Some(Some(of))
                }),
                "is" => self.set(&mut is, value, |reader, value| {
                    reader.worth(value).map(Some)
                }),
                "on" => self.set(&mut on, value, |reader, value| reader.day(value).map(Some)),
                "source" => self.set(&mut source, value, |reader, value| {
                    let slug = reader.words(value)?;
                    Some(Some((slug, span(value.span()))))
                }),
                unknown => self.unknown_key(("money.rates", table), unknown, key.span(), OF_RATE),
            }
        }
        for key in OF_RATE.iter().filter(|key| table.get(**key).is_none()) {
            let message = match *key {
                "source" => "the rate has no source".to_owned(),
                key => format!("the rate lacks the key `{key}`"),
            };
            let help = match *key {
                "source" => {
                    "a rate is a claim like any other: write an entry in `content/sources/` of \
                     whoever states it, and `source = \"its-slug\"` here"
                        .to_owned()
                }
                _ => format!("write `{FORM}`"),
            };
            self.bad(value, message, Some(help.into()));
        }
        let (source, at) = source?;
        Some(Rate {
            of: of?,
            is: is?,
            on: on?,
            source,
            at,
        })
    }

    fn currency(&mut self, value: &Value<'_>) -> Option<String> {
        let code = self.words(value)?;
        match rate::currency(&code) {
            Ok(code) => Some(code),
            Err(message) => {
                let upper = code.to_uppercase();
                let edit = rate::currency(&upper).ok();
                let edit = edit.and_then(|upper| self.instead(value, &upper));
                let help = edit.map(|edit| {
                    Advice::from(format!("write `{upper}`, in capitals")).safely([edit])
                });
                self.bad(value, message, help);
                None
            }
        }
    }

    /// A decimal, as text or as a number: what stands there is read, and no float made of it.
    fn worth(&mut self, value: &Value<'_>) -> Option<Figure> {
        let written = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            _ => self.words(value)?,
        };
        let worth = rate::worth(&written);
        if worth.is_none() {
            let message = format!("`{written}` is no rate");
            let help = "a decimal above 0 with at most eight decimals after a point: `1.08`";
            self.bad(value, message, Some(help.into()));
        }
        worth
    }

    /// A single day, as text or as a date.
    fn day(&mut self, value: &Value<'_>) -> Option<Date> {
        let written = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            _ => self.words(value)?,
        };
        let day = Date::from_text(&written).ok();
        let day = day.filter(|it| it.is_exact() && it.earliest() == it.latest());
        if day.is_none() {
            let message = format!("`{written}` is no day");
            self.bad(
                value,
                message,
                Some("write for example `2024-03-01`".into()),
            );
        }
        day.map(|day| day.without_time())
    }
}
