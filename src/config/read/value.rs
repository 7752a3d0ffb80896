//! The values that several keys take, each read with its problem.

use super::super::{LinkStyle, base_url};
use super::{Reader, Value};
use crate::diag::{Advice, Code, Diagnostic, TextEdit, did_you_mean, nearest};
use crate::model::Tlp;
use crate::text::Span;
use toml::de::DeValue;

impl Reader<'_> {
    pub(super) fn bad(&mut self, value: &Value<'_>, message: String, help: Option<String>) {
        self.problems.push(
            Diagnostic::at(
                Code::ConfigValue,
                &self.file.path,
                span(value.span()),
                message,
            )
            .maybe_help(help.map(Advice::from)),
        );
    }

    /// Reports a key that a table with one key does not have.
    pub(super) fn unknown_key(
        &mut self,
        table: &str,
        unknown: &str,
        at: std::ops::Range<usize>,
        only: &str,
    ) {
        self.problems.push(
            Diagnostic::at(
                Code::ConfigUnknownKey,
                &self.file.path,
                span(at.clone()),
                format!("`[{table}]` has no key `{unknown}`"),
            )
            .help(match nearest(unknown, [only]) {
                Some(near) => Advice::from(format!("did you mean `{only}`?"))
                    .edited(near.is_sure(), self.key_instead(at, unknown, only)),
                None => format!("its key is `{only}`").into(),
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

    pub(super) fn wrong_type(&mut self, value: &Value<'_>, expected: &str) {
        let found = type_name(value.get_ref());
        self.bad(
            value,
            format!("expected {expected}, found {found}"),
            matches!(value.get_ref(), DeValue::Boolean(_) | DeValue::Integer(_))
                .then(|| "text stands in quotation marks".to_owned())
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

    pub(super) fn address(&mut self, value: &Value<'_>) -> Option<String> {
        let text = self.text(value)?;
        base_url(text)
            .map_err(|message| {
                let help = "write for example \"https://example.org/apt38/\"";
                self.bad(
                    value,
                    format!("the base URL cannot be used: {message}"),
                    Some(help.to_owned()),
                );
            })
            .ok()
    }

    /// One of a few words; `read` knows them.
    pub(super) fn word<T>(
        &mut self,
        value: &Value<'_>,
        what: &str,
        words: &[&str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(value)?;
        let found = read(text);
        if found.is_none() {
            let help = did_you_mean(text, words.iter().copied())
                .unwrap_or_else(|| format!("one of {}", quoted(words)));
            self.bad(value, format!("`{text}` is no {what}"), Some(help));
        }
        found
    }

    pub(super) fn marking(&mut self, value: &Value<'_>) -> Option<Tlp> {
        self.word(
            value,
            "TLP marking",
            &Tlp::ALL.map(Tlp::name),
            Tlp::from_name,
        )
    }

    pub(super) fn link_style(&mut self, value: &Value<'_>) -> Option<LinkStyle> {
        self.word(
            value,
            "way to write links",
            &["directory", "file"],
            |word| match word {
                "directory" => Some(LinkStyle::Directory),
                "file" => Some(LinkStyle::File),
                _ => None,
            },
        )
    }

    pub(super) fn language(&mut self, value: &Value<'_>) -> Option<String> {
        let text = self.words(value)?;
        let mut parts = text.split('-');
        let primary = parts.next().unwrap_or_default();
        let fits = (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.all(|part| {
                (1..=8).contains(&part.len())
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
        if !fits {
            self.bad(
                value,
                format!("`{text}` is no language tag"),
                Some("write for example \"en\" or \"pt-BR\" (BCP 47)".to_owned()),
            );
        }
        fits.then_some(text)
    }
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
