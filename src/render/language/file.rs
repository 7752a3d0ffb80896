//! A file of words: TOML, tables of words by where they are said.

use super::text::{CATEGORIES, Text};
use crate::diag::{Code, Diagnostic};
use crate::text::{Place, Span};
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The languages that the program has a file of.
pub(super) const TAGS: [&str; 3] = ["en", "de", "fr"];

/// The text of a file of the program; empty where it has none of a language.
pub(super) fn default(tag: &str) -> &'static str {
    match tag {
        "en" => include_str!("../../../templates/words/en.toml"),
        "de" => include_str!("../../../templates/words/de.toml"),
        "fr" => include_str!("../../../templates/words/fr.toml"),
        _ => "",
    }
}

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct File {
    /// Whether it is to have every word.
    pub complete: bool,
    /// By key: `relation.uses.says`.
    pub words: BTreeMap<String, Entry>,
}

/// A word, and where it stands.
#[derive(Debug)]
pub(super) struct Entry {
    pub text: Text,
    pub span: Span,
}

/// What is wrong with a file.
#[derive(Debug)]
pub(super) struct Fault {
    span: Option<Span>,
    message: String,
}

impl Fault {
    /// The same as a problem of a project's file.
    pub(super) fn told(self, path: &Arc<str>) -> Diagnostic {
        let place = Place {
            path: Arc::clone(path),
            span: self.span,
        };
        Diagnostic::new(Code::BadWords, place, self.message).help(
            "a word is a text in quotes, or a table of plural forms: `{ one = \"{count} source\", other = \"{count} sources\" }`",
        )
    }
}

/// What is read, and what is wrong with it.
pub(super) struct Read {
    pub value: File,
    pub problems: Vec<Fault>,
}

impl File {
    /// Reads a file; what is no word is left out.
    pub(super) fn of(text: &str) -> Read {
        let mut file = File::default();
        let mut problems = Vec::new();
        match DeTable::parse(text) {
            Ok(table) => {
                for (key, value) in table.get_ref() {
                    if key.get_ref() == "complete" {
                        match value.get_ref().as_bool() {
                            Some(complete) => file.complete = complete,
                            None => problems.push(fault(value, "`complete` is `true` or `false`")),
                        }
                    } else {
                        file.read(key.get_ref(), value, &mut problems);
                    }
                }
            }
            Err(error) => problems.push(Fault {
                span: error.span().map(|range| Span::new(range.start, range.end)),
                message: error.message().to_owned(),
            }),
        }
        Read {
            value: file,
            problems,
        }
    }

    fn read(&mut self, key: &str, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Fault>) {
        let text = match value.get_ref() {
            DeValue::String(text) => Text::of(std::iter::once(("other", &**text))),
            DeValue::Table(table) if table.get("other").is_some_and(|it| it.get_ref().is_str()) => {
                let forms: Option<Vec<(&str, &str)>> = table
                    .iter()
                    .map(|(name, form)| Some((&**name.get_ref(), form.get_ref().as_str()?)))
                    .collect();
                match forms {
                    Some(forms) => Text::of(forms.into_iter()),
                    None => Err(format!("a plural form of `{key}` is no text")),
                }
            }
            DeValue::Table(table)
                if !table.is_empty()
                    && table.iter().all(|(name, _)| {
                        CATEGORIES.iter().any(|(it, _)| *it == &**name.get_ref())
                    }) =>
            {
                Err(format!("the plural of `{key}` has no form `other`"))
            }
            DeValue::Table(table) => {
                for (name, value) in table {
                    self.read(&format!("{key}.{}", name.get_ref()), value, problems);
                }
                return;
            }
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => Err(format!("`{key}` is no text")),
        };
        match text {
            Ok(text) => {
                let span = value.span();
                let span = Span::new(span.start, span.end);
                self.words.insert(key.to_owned(), Entry { text, span });
            }
            Err(message) => problems.push(fault(value, &message)),
        }
    }
}

fn fault(value: &Spanned<DeValue<'_>>, message: &str) -> Fault {
    let span = value.span();
    Fault {
        span: Some(Span::new(span.start, span.end)),
        message: message.to_owned(),
    }
}
