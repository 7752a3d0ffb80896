//! Words are put in place when templates are read, so that a page that is rendered looks none up.
//!
//! Takes the text of a template and a language; gives the text with `{{ words.frame.skip }}` replaced by what it says,
//! `words.frame.skip` within a tag by a string, and `words.entry.sources(count=n)` by a call of [`FUNCTION`], which fills
//! in. A word that does not exist is a problem of the template.

use super::{place_of, problem_at};
use crate::diag::{Diagnostic, closest};
use crate::render::escape::{Place, escape};
use crate::render::language::{Language, Text};
use crate::text::Span;
use std::sync::Arc;
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// What fills in a word when a page is rendered.
const FUNCTION: &str = "said";

/// A template as it is rendered, and whence its parts are.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    /// The text with words in their places.
    pub text: String,
    /// Where in `text` a piece of the template begins, and where in the template that is.
    moved: Vec<(usize, usize)>,
    /// How long the template is.
    length: usize,
}

impl Spoken {
    /// Where in the template a place of the text is.
    pub(super) fn original(&self, at: usize) -> usize {
        let after = self.moved.partition_point(|(here, _)| *here <= at);
        let piece = after.checked_sub(1).and_then(|at| self.moved.get(at));
        let (here, there) = piece.copied().unwrap_or_default();
        let next = self
            .moved
            .get(after)
            .map_or(self.length, |(_, there)| *there);
        (there + (at - here)).min(next)
    }

    /// The same of a span.
    pub(super) fn span(&self, span: Span) -> Span {
        let start = self.original(span.start as usize);
        let end = self.original(span.end as usize);
        Span::new(start, end.max(start))
    }
}

/// Puts words in place.
pub(super) fn spoken(
    name: &str,
    text: &str,
    language: &Language,
    problems: &mut Vec<Diagnostic>,
) -> Spoken {
    let mut spoken = Spoken {
        text: String::with_capacity(text.len()),
        moved: Vec::new(),
        length: text.len(),
    };
    let mut copied = 0;
    for Use {
        whole,
        key,
        call,
        alone,
    } in uses(text)
    {
        spoken.copy(text, copied, whole.start);
        copied = whole.end;
        let written = text.get(key.clone()).unwrap_or("");
        let word = language.keyed(written);
        let at = || Span::new(key.start, key.end);
        match word {
            None => problems.push(unknown(name, written, at(), language)),
            Some(word) if !call && !word.holes().is_empty() => {
                problems.push(unfilled(name, written, at(), word));
            }
            Some(_) => {}
        }
        let out = &mut spoken.text;
        let said = word.map_or("", Text::whole);
        if call {
            out.push_str(FUNCTION);
            out.push_str("(word=\"");
            out.push_str(written);
            let ends = text
                .get(whole.end..)
                .is_some_and(|rest| rest.starts_with(')'));
            out.push_str(if ends { "\"" } else { "\", " });
        } else if alone {
            escape(said, Place::Page, out);
        } else {
            let quote = ['"', '\'', '`']
                .into_iter()
                .find(|quote| !said.contains(*quote));
            let quote = quote.unwrap_or('"');
            out.push(quote);
            out.extend(said.chars().filter(|&c| c != quote && c != '\\'));
            out.push(quote);
        }
    }
    spoken.copy(text, copied, text.len());
    spoken
}

impl Spoken {
    fn copy(&mut self, text: &str, from: usize, to: usize) {
        self.moved.push((self.text.len(), from));
        self.text.push_str(text.get(from..to).unwrap_or(""));
    }
}

/// A word in a template.
#[derive(Debug, PartialEq)]
struct Use {
    /// What it stands in for; of a call all before what is filled in.
    whole: std::ops::Range<usize>,
    key: std::ops::Range<usize>,
    call: bool,
    /// Whether it is all of a tag that prints.
    alone: bool,
}

const NAME: &str = "words.";

/// The words of a template, in their order.
fn uses(text: &str) -> Vec<Use> {
    let bytes = text.as_bytes();
    let mut uses = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + found;
        let close = match bytes.get(start + 1) {
            Some(b'#') => "#}",
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                at = start + 1;
                continue;
            }
        };
        let inner = start + 2;
        let end = match close {
            "#}" => text
                .get(inner..)
                .and_then(|rest| rest.find(close))
                .map(|it| inner + it),
            _ => end_of_tag(text, inner, close),
        };
        let Some(end) = end else {
            break;
        };
        at = end + 2;
        if close == "#}" {
            continue;
        }
        let first = uses.len();
        within(text, inner, end, &mut uses);
        if let (Some(only), "}}") = (uses.get_mut(first), close)
            && !only.call
            && text.get(inner..end).map(str::trim) == text.get(only.whole.clone())
        {
            only.alone = true;
            only.whole = start..at;
        }
    }
    uses
}

/// Where a tag ends, outside of strings.
fn end_of_tag(text: &str, from: usize, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.get(from..)?.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if text.get(from + at..)?.starts_with(close) => return Some(from + at),
            None => {}
        }
    }
    None
}

/// The words of a tag.
fn within(text: &str, from: usize, to: usize, uses: &mut Vec<Use>) {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut at = from;
    while at < to {
        let byte = bytes[at];
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'' | b'`') => quote = Some(byte),
            None if bytes[at..to].starts_with(NAME.as_bytes()) && !is_name(bytes, at, from) => {
                let start = at + NAME.len();
                let length = bytes[start..to]
                    .iter()
                    .take_while(|it| in_key(**it))
                    .count();
                let end = start + length;
                let call = bytes.get(end) == Some(&b'(');
                let mut whole = at..end;
                if call {
                    let rest = bytes[end + 1..to].iter();
                    let space = rest.take_while(|it| it.is_ascii_whitespace()).count();
                    whole.end = end + 1 + space;
                }
                uses.push(Use {
                    whole,
                    key: start..end,
                    call,
                    alone: false,
                });
                at = end;
                continue;
            }
            None => {}
        }
        at += 1;
    }
}

/// Whether a name goes on at a place.
fn is_name(bytes: &[u8], at: usize, from: usize) -> bool {
    at > from && bytes.get(at - 1).is_some_and(|it| in_key(*it))
}

fn in_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')
}

fn unknown(name: &str, key: &str, span: Span, language: &Language) -> Diagnostic {
    let help = match closest(key, language.keys()) {
        Some(near) => format!("did you mean `words.{near}`?"),
        None => "the words are those of `templates/words/en.toml` of the program".to_owned(),
    };
    problem_at(
        place_of(name),
        span,
        &format!("there is no word `{key}`"),
        help,
    )
}

fn unfilled(name: &str, key: &str, span: Span, word: &Text) -> Diagnostic {
    let holes = word.holes();
    let given: Vec<String> = holes.iter().map(|hole| format!("{hole}=…")).collect();
    let help = format!("write `words.{key}({})`", given.join(", "));
    let message = format!("the word `{key}` has something to fill in");
    problem_at(place_of(name), span, &message, help)
}

/// Makes known what fills in.
pub(super) fn register(tera: &mut Tera, language: &Arc<Language>) {
    let language = Arc::clone(language);
    tera.register_function(
        FUNCTION,
        move |given: Kwargs, _: &State<'_>| -> TeraResult<Value> { filled(&language, &given) },
    );
}

fn filled(language: &Language, given: &Kwargs) -> TeraResult<Value> {
    let key: &str = given.must_get("word")?;
    let mut missing = None;
    let mut html = String::with_capacity(64);
    let value = |name: &str| {
        let mut given = given.iter();
        given
            .find(|(key, _)| key.as_str() == Some(name))
            .map(|(_, value)| value)
    };
    let count = value("count").and_then(Value::as_i128);
    let count = count.and_then(|count| u32::try_from(count).ok());
    let fill = |name: &str, out: &mut String| match value(name) {
        Some(value) if value.is_safe() => out.push_str(&value.to_string()),
        Some(value) => escape(&value.to_string(), Place::Page, out),
        None => missing = Some(name.to_owned()),
    };
    language.fill_keyed(key, count, fill, &mut html);
    match missing {
        Some(name) => Err(tera::Error::message(format!(
            "`words.{key}` is given nothing for `{name}`"
        ))),
        None => Ok(Value::safe_string(&html)),
    }
}

/// The keys of all words of a template.
#[cfg(test)]
pub(super) fn keys(text: &str) -> Vec<String> {
    let uses = uses(text).into_iter();
    uses.map(|it| text[it.key].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken_in_english(text: &str) -> (Spoken, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let spoken = spoken("a.html", text, Language::english(), &mut problems);
        (spoken, problems)
    }

    #[test]
    fn words_stand_where_they_are_named() {
        for (template, expected) in [
            ("<a>{{ words.frame.skip }}</a>", "<a>Skip to the text</a>"),
            ("{{- words.index.label }}", "{{- \"Index\" }}"),
            (
                "{{ <t l={words.index.label} /> }}",
                "{{ <t l={\"Index\"} /> }}",
            ),
            ("{% if a %}{{ words.frame.feed }}", "{% if a %}Feed"),
            (
                "{{ words.entry.sources(count=n) }}",
                "{{ said(word=\"entry.sources\", count=n) }}",
            ),
            (
                "{# words.x #}{{ \"words.x\" }} words.x",
                "{# words.x #}{{ \"words.x\" }} words.x",
            ),
            ("{{ my.words.x }}", "{{ my.words.x }}"),
        ] {
            let (spoken, problems) = spoken_in_english(template);
            assert_eq!(spoken.text, expected);
            assert!(problems.is_empty(), "{template}: {problems:?}");
        }
    }

    #[test]
    fn places_are_those_of_the_template() {
        let template = "{{ words.frame.skip }} {{ words.frame.feed }} {{ x }}";
        let (spoken, _) = spoken_in_english(template);
        let at = spoken.text.find("{{ x").expect("it is kept");
        assert_eq!(
            spoken.original(at),
            template.find("{{ x").expect("it is there")
        );
        assert_eq!(spoken.original(spoken.text.len()), template.len());
    }

    #[test]
    fn a_word_that_does_not_exist_is_a_problem() {
        let (_, problems) = spoken_in_english("{{ words.frame.skipp }} {{ words.entry.sources }}");
        assert_eq!(problems.len(), 2, "{problems:?}");
    }
}
