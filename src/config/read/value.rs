//! The values that several keys take, each read with its problem.

use super::super::{LinkStyle, base_url};
use super::{Reader, Value};
use crate::diag::{Advice, Code, Diagnostic, TextEdit, nearest};
use crate::model::Tlp;
use crate::text::Span;
use toml::de::{DeTable, DeValue};

impl Reader<'_> {
    pub(super) fn bad(&mut self, value: &Value<'_>, message: String, help: Option<Advice>) {
        self.problems.push(
            Diagnostic::at(
                Code::ConfigValue,
                &self.file.path,
                span(value.span()),
                message,
            )
            .maybe_help(help),
        );
    }

    /// Reports a key that a table does not have.
    pub(super) fn unknown_key(
        &mut self,
        table: (&str, &DeTable<'_>),
        unknown: &str,
        at: std::ops::Range<usize>,
        keys: &[&str],
    ) {
        let (table, has) = table;
        // One that stands already is not to stand twice.
        let free = keys.iter().copied().filter(|key| has.get(*key).is_none());
        self.problems.push(
            Diagnostic::at(
                Code::ConfigUnknownKey,
                &self.file.path,
                span(at.clone()),
                format!("`[{table}]` has no key `{unknown}`"),
            )
            .help(match (nearest(unknown, free), keys) {
                (Some(near), _) => Advice::from(format!("did you mean `{}`?", near.word))
                    .edited(near.is_sure(), self.key_instead(at, unknown, near.word)),
                (None, [only]) => format!("its key is `{only}`").into(),
                (None, keys) => format!("its keys are {}", quoted(keys)).into(),
            }),
        );
    }

    /// The edit that writes a key in the place of one that is none.
    pub(super) fn key_instead(
        &self,
        at: std::ops::Range<usize>,
        unknown: &str,
        key: &str,
    ) -> Option<TextEdit> {
        let written = self.file.text.get(at.clone()) == Some(unknown);
        written.then(|| TextEdit::new(&self.file.path, span(at), key))
    }

    /// The edit that writes another text in the place of one, in the quotes that it has.
    pub(super) fn instead(&self, value: &Value<'_>, with: &str) -> Option<TextEdit> {
        let (text, at) = (value.get_ref().as_str()?, span(value.span()));
        let written = at.of(&self.file.text);
        let quotes = ['"', '\''].map(|quote| format!("{quote}{text}{quote}"));
        let plain = quotes.iter().any(|it| it == written);
        plain.then(|| TextEdit::within(&self.file.path, at, text, with))
    }

    pub(super) fn wrong_type(&mut self, value: &Value<'_>, expected: &str) {
        let found = type_name(value.get_ref());
        self.bad(
            value,
            format!("expected {expected}, found {found}"),
            matches!(value.get_ref(), DeValue::Boolean(_) | DeValue::Integer(_))
                .then(|| "text stands in quotation marks".into())
                .filter(|_| expected.contains("text")),
        );
    }

    pub(super) fn text<'v>(&mut self, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(value, "text");
        }
        text
    }

    pub(super) fn words(&mut self, value: &Value<'_>) -> Option<String> {
        let text = self.text(value)?.trim();
        if text.is_empty() {
            self.bad(value, "the text is empty".to_owned(), None);
            return None;
        }
        Some(text.to_owned())
    }

    pub(super) fn list(&mut self, value: &Value<'_>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::String(_) => Some(self.words(value).into_iter().collect()),
            DeValue::Array(items) => {
                Some(items.iter().filter_map(|item| self.words(item)).collect())
            }
            _ => {
                self.wrong_type(value, "a list of text");
                None
            }
        }
    }

    pub(super) fn flag(&mut self, value: &Value<'_>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(value, "`true` or `false`");
        }
        flag
    }

    /// `true` or `false`, which says nothing of who sees what.
    pub(super) fn switch(&mut self, value: &Value<'_>) -> Option<bool> {
        let means = match value.get_ref().as_str().map(str::to_lowercase).as_deref() {
            Some("true" | "yes" | "on" | "1") => "true",
            Some("false" | "no" | "off" | "0") => "false",
            _ => return self.flag(value),
        };
        let edit = TextEdit::new(&self.file.path, span(value.span()), means);
        let help = Advice::from(format!("write `{means}`, without quotes")).safely([edit]);
        let message = "expected `true` or `false`, found text".to_owned();
        self.bad(value, message, Some(help));
        None
    }

    pub(super) fn address(&mut self, value: &Value<'_>) -> Option<String> {
        let text = self.text(value)?;
        base_url(text)
            .map_err(|message| {
                let help = Advice::from("write for example \"https://example.org/apt38/\"");
                // The address decides which links are within the site, and so what they may tell.
                let whole = format!("https://{text}");
                let edit = self
                    .instead(value, &whole)
                    .filter(|_| base_url(&whole).is_ok());
                let message = format!("the base URL cannot be used: {message}");
                self.bad(value, message, Some(help.perhaps(edit)));
            })
            .ok()
    }

    /// One of a few words; `read` knows them. One that is nearly one of them can be mended as `mends` says.
    pub(super) fn word<T>(
        &mut self,
        value: &Value<'_>,
        what: &str,
        words: &[&str],
        mends: Mends,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(value)?;
        let found = read(text);
        if found.is_none() {
            let help = match nearest(text, words.iter().copied()) {
                Some(near) => {
                    let edit = self.instead(value, near.word);
                    let safe = mends == Mends::Slips && near.is_slip();
                    let advice = Advice::from(format!("did you mean `{}`?", near.word));
                    advice.edited(safe, edit.filter(|_| mends != Mends::Nothing))
                }
                None => format!("one of {}", quoted(words)).into(),
            };
            self.bad(value, format!("`{text}` is no {what}"), Some(help));
        }
        found
    }

    pub(super) fn marking(&mut self, value: &Value<'_>) -> Option<Tlp> {
        self.word(
            value,
            "TLP marking",
            &Tlp::ALL.map(Tlp::name),
            Mends::Nothing,
            Tlp::from_name,
        )
    }

    pub(super) fn link_style(&mut self, value: &Value<'_>) -> Option<LinkStyle> {
        self.word(
            value,
            "way to write links",
            &["directory", "file"],
            Mends::Slips,
            |word| match word {
                "directory" => Some(LinkStyle::Directory),
                "file" => Some(LinkStyle::File),
                _ => None,
            },
        )
    }

    pub(super) fn language(&mut self, value: &Value<'_>) -> Option<String> {
        let text = self.words(value)?;
        let fits = is_language(&text);
        if !fits {
            let help = match is_language(&text.replace('_', "-")) {
                true => {
                    let better = text.replace('_', "-");
                    let edit = self.instead(value, &better);
                    Advice::from(format!("write \"{better}\"")).safely(edit)
                }
                false => "write for example \"en\" or \"pt-BR\" (BCP 47)".into(),
            };
            let message = format!("`{text}` is no language tag");
            self.bad(value, message, Some(help));
        }
        fits.then_some(text)
    }
}

/// Whether a text has the form of a language tag.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// What of a word that is nearly one of a few may be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mends {
    /// One slip, unasked.
    Slips,
    /// Nothing unasked: it decides what is reported.
    Asked,
    /// Nothing: it decides who sees what.
    Nothing,
}

/// A range of the parser's as a span.
pub(super) fn span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// Words in a row, for a help.
pub(super) fn quoted(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
