//! From a text to a question.
//!
//! ```text
//! query     = either
//! either    = all { "or" all }
//! all       = one { [ "and" ] one }
//! one       = ( "not" | "-" ) one | "(" either ")" | "says(" either ")" | "has:" key | condition | words
//! condition = key ":" ( "*" | value { "," value } ) | key ( "<" | "<=" | ">" | ">=" ) value
//! value     = word { word } | phrase | "(" either ")"
//! words     = word | phrase
//! ```
//!
//! Every problem is found that does not follow from another one.

use super::key::{Key, Takes};
use super::value::{self, Fault, Order, Value, Wanted};
use super::{Called, Expr, Phrase, Query, Test};
use crate::model::Kind;
use crate::text::Span;
use std::borrow::Cow;
use std::ops::Range;

/// How deep brackets and denials may be nested: more than anybody writes, and less than a stack holds.
const DEEPEST: usize = 64;

/// The most words of a value without quotation marks: `about 80m to 81m USD`.
const MOST_WORDS: usize = 5;

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What, one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Reads a query.
///
/// # Errors
/// Every problem of it, in order; never none.
pub fn parse(text: &str) -> Result<Query, Vec<Problem>> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        too_deep: false,
        problems: Vec::new(),
    };
    let query = parser.either();
    // All else was read: only a bracket can be left.
    if parser.peek().is_some() {
        let help = "leave it out, or open one before it".to_owned();
        let bracket = parser.at..parser.at + 1;
        parser.report(bracket, "this bracket was not opened", Some(help));
    }
    match (query, parser.problems) {
        (Some(query), problems) if problems.is_empty() => Ok(query),
        (None, problems) if problems.is_empty() => Err(vec![Problem {
            span: Span::new(0, text.len()),
            message: "the query is empty".to_owned(),
            help: Some("ask for words, or for what stands under a key: `kind:incident`".to_owned()),
        }]),
        (_, problems) => Err(problems),
    }
}

/// Whether a text is one word that means no more than it says.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty() && text != "*" && !text.contains(ends_word)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"' | ',')
}

/// A sign of a condition.
fn is_sign(c: char) -> bool {
    matches!(c, ':' | '<' | '>' | '=' | '!')
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// Whether it was given up: whatever else is wrong would follow from that.
    too_deep: bool,
    problems: Vec<Problem>,
}

/// A text as it stands in a query.
struct Written<'t> {
    text: Cow<'t, str>,
    quoted: bool,
    start: usize,
}

impl<'t> Parser<'t> {
    fn report(&mut self, at: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.problems.push(Problem {
            span: Span::new(at.start, at.end),
            message: message.into(),
            help,
        });
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// The next sign that is no white space.
    fn peek(&mut self) -> Option<char> {
        self.skip();
        self.rest().chars().next()
    }

    /// Takes a sign that stands here.
    fn take(&mut self, sign: &str) -> bool {
        let is = self.rest().starts_with(sign);
        self.at += if is { sign.len() } else { 0 };
        is
    }

    /// Takes a word of the language, in small letters or in capitals.
    fn take_word(&mut self, word: &str) -> bool {
        self.skip();
        let (start, end) = self.rest().split_at_checked(word.len()).unwrap_or(("", ""));
        let is = (start == word || start == word.to_uppercase())
            && end.chars().next().is_none_or(ends_word);
        self.at += if is { word.len() } else { 0 };
        is
    }

    fn either(&mut self) -> Option<Query> {
        let mut any = Vec::new();
        let mut sign = None;
        loop {
            let known = self.problems.len();
            let all = self.all();
            let before = self.at;
            let more = self.take_word("or");
            sign = if more { Some(before..self.at) } else { sign };
            if let (None, Some(sign)) = (&all, &sign)
                && self.problems.len() == known
            {
                self.report(
                    sign.clone(),
                    "nothing stands on one side of `or`",
                    as_word("or"),
                );
            }
            any.extend(all);
            if !more {
                break;
            }
        }
        joined(any, Expr::Any, |it| match it {
            Expr::Any(any) => any,
            other => vec![other],
        })
    }

    fn all(&mut self) -> Option<Query> {
        let mut all = Vec::new();
        let mut first = true;
        loop {
            self.skip();
            let start = self.at;
            let and = !first && self.take_word("and");
            let sign = start..self.at;
            if self.peek().is_none_or(|c| c == ')') || self.is_or() {
                if and {
                    self.report(sign, "nothing stands behind `and`", as_word("and"));
                }
                break;
            }
            // What cannot be read is passed by, and the rest read all the same.
            all.extend(self.one());
            first = false;
        }
        joined(all, Expr::All, |it| match it {
            Expr::All(all) => all,
            other => vec![other],
        })
    }

    fn is_or(&mut self) -> bool {
        let at = self.at;
        let is = self.take_word("or");
        self.at = at;
        is
    }

    /// Reads one thing that is asked; always takes something.
    fn one(&mut self) -> Option<Query> {
        let start = self.at;
        let says = self.take("says(");
        if says || self.take("(") {
            let inner = self.bracketed(start)?;
            return Some(match says {
                true => Expr::Says(Box::new(inner)),
                false => inner,
            });
        }
        if self.take_word("not") || self.take("-") {
            let sign = start..self.at;
            if self.peek().is_none_or(|c| c == ')') || self.is_or() {
                let help = "write behind it what is not wanted".to_owned();
                self.report(sign, "nothing is denied here", Some(help));
                return None;
            }
            let denied = self.deeper(start, Self::one)?;
            return Some(Expr::Not(Box::new(denied)));
        }
        if self.take_word("and") {
            self.report(
                start..self.at,
                "nothing stands before `and`",
                as_word("and"),
            );
            return None;
        }
        if self.take(",") {
            let help = "a comma stands between the values of a key; write words side by side, or in quotation marks";
            self.report(
                start..self.at,
                "this comma parts nothing",
                Some(help.to_owned()),
            );
            return None;
        }
        if self.rest().starts_with('"') {
            let phrase = self.word()?;
            return self.words(&phrase);
        }
        let name = self.until(|c| ends_word(c) || is_sign(c));
        match self.rest().chars().next() {
            Some(c) if is_sign(c) => self.condition(name, start),
            _ => self.words(&Written {
                text: name.into(),
                quoted: false,
                start,
            }),
        }
    }

    /// What stands in brackets, of which the first is taken already.
    fn bracketed(&mut self, start: usize) -> Option<Query> {
        let opened = self.at;
        let known = self.problems.len();
        let inner = self.deeper(start, Self::either);
        if self.peek() == Some(')') {
            self.at += 1;
            if inner.is_none() && self.problems.len() == known {
                self.report(start..self.at, "nothing stands in these brackets", None);
            }
        } else if !self.too_deep {
            self.report(start..opened, "this bracket is not closed", None);
        }
        inner
    }

    /// Reads what is nested one deeper.
    fn deeper<T>(&mut self, start: usize, read: fn(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth == DEEPEST {
            let message = format!("this is nested more than {DEEPEST} deep");
            self.report(start..self.at, message, None);
            self.too_deep = true;
            self.at = self.text.len();
            return None;
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(ends).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or("")
    }

    fn words(&mut self, it: &Written<'_>) -> Option<Query> {
        let Some(phrase) = Phrase::of(&it.text, it.quoted) else {
            let message = format!("there is neither a letter nor a digit in `{}`", it.text);
            self.report(it.start..self.at, message, None);
            return None;
        };
        Some(Expr::Words(it.text.clone().into_owned(), phrase))
    }

    /// A word or a phrase; what is wrong with it is reported.
    fn word(&mut self) -> Option<Written<'t>> {
        let start = self.at;
        if !self.take("\"") {
            let text = self.until(ends_word).into();
            let quoted = false;
            return Some(Written {
                text,
                quoted,
                start,
            });
        }
        let opened = self.at;
        let mut text = String::new();
        let mut signs = self.rest().char_indices();
        while let Some((at, c)) = signs.next() {
            match c {
                '"' => {
                    self.at += at + 1;
                    return Some(Written {
                        text: text.into(),
                        quoted: true,
                        start,
                    });
                }
                '\\' => text.extend(signs.next().map(|(_, c)| c)),
                c => text.push(c),
            }
        }
        self.at = self.text.len();
        let help = "end it with `\"`; within it that is written `\\\"`".to_owned();
        self.report(start..opened, "this phrase is not closed", Some(help));
        None
    }

    fn condition(&mut self, name: &str, start: usize) -> Option<Query> {
        let end = self.at;
        let sign = self.until(|c| !is_sign(c));
        let behind = self.at;
        let order = match sign {
            ":" => None,
            "<" => Some(Order::Less),
            "<=" => Some(Order::AtMost),
            ">" => Some(Order::More),
            ">=" => Some(Order::AtLeast),
            _ => {
                let help = match sign {
                    "!=" | "!" => format!("write `-{name}:` and what it is not to be"),
                    "=" | "==" => format!("write `{name}:` and what it is to be"),
                    _ => "write `:`, `<`, `<=`, `>` or `>=`; what is no condition stands in quotation marks".to_owned(),
                };
                self.pass_value();
                self.report(
                    end..behind,
                    format!("`{sign}` compares nothing"),
                    Some(help),
                );
                return None;
            }
        };
        if name.is_empty() {
            self.pass_value();
            let help = "a key stands before it: `date>2016`".to_owned();
            let message = format!("nothing stands before `{sign}`");
            self.report(end..behind, message, Some(help));
            return None;
        }
        if name == "has" && order.is_none() {
            return self.has(start);
        }
        let key = match Key::of(name) {
            Ok(key) => key,
            Err(unknown) => {
                self.pass_value();
                self.unknown(name, unknown.near, start..end);
                return None;
            }
        };
        match order {
            Some(order) => {
                let key = key.of_values();
                let value = self.value(&key, Some(order), start)?;
                Some(Expr::Key(key, Test::Than(order, value)))
            }
            None if self.any() => Some(there(key)),
            None => {
                let key = key.of_values();
                let mut values = vec![self.value(&key, None, start)];
                while self.take(",") {
                    values.push(self.value(&key, None, start));
                }
                let values: Option<Vec<_>> = values.into_iter().collect();
                Some(Expr::Key(key, Test::Is(values?)))
            }
        }
    }

    fn unknown(&mut self, name: &str, near: Option<String>, at: Range<usize>) {
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "what is no condition stands in quotation marks; `dossier keys` lists the keys of front matter".to_owned(),
        };
        self.report(at, format!("there is no key `{name}`"), Some(help));
    }

    /// Takes a `*` that stands for any value.
    fn any(&mut self) -> bool {
        let rest = self.rest().strip_prefix('*');
        let is =
            rest.is_some_and(|rest| rest.chars().next().is_none_or(|c| ends_word(c) && c != ','));
        self.at += usize::from(is);
        is
    }

    fn has(&mut self, start: usize) -> Option<Query> {
        let from = self.at;
        let name = self.until(ends_word);
        let at = from..self.at;
        if name.is_empty() {
            self.pass_value();
            let help = "write a key behind it: `has:loss.actual`".to_owned();
            self.report(start..from, "`has:` asks for a key", Some(help));
            return None;
        }
        match Key::of(name) {
            Ok(_) if self.rest().starts_with(',') => {
                self.pass_value();
                let help = format!("write `has:{name} or has:` and the other key");
                self.report(start..self.at, "`has:` asks for one key", Some(help));
                None
            }
            Ok(key) => Some(there(key)),
            Err(unknown) => {
                self.pass_value();
                self.unknown(name, unknown.near, at);
                None
            }
        }
    }

    /// Passes by what cannot be read.
    fn pass_value(&mut self) {
        loop {
            if self.rest().starts_with('"') {
                let known = self.problems.len();
                let closed = self.word().is_some();
                // Whether it is closed is another matter.
                if !closed {
                    self.problems.truncate(known);
                }
            } else {
                self.until(ends_word);
            }
            if !self.take(",") {
                return;
            }
        }
    }

    /// A value of a key, which stands at `of`.
    fn value(&mut self, key: &Key, order: Option<Order>, of: usize) -> Option<Value<Called>> {
        let start = self.at;
        let kind = match key.takes {
            Takes::Entry(kind) => kind,
            _ => None,
        };
        if order.is_none() && matches!(key.takes, Takes::Entry(_)) && self.take("(") {
            let inner = self.bracketed(start)?;
            return Some(Value {
                written: String::new(),
                wanted: Wanted::Entry(Called::Found(Box::new(inner), kind)),
            });
        }
        let mut first = self.word()?;
        if matches!(key.takes, Takes::Date) {
            self.with_time(&mut first);
        }
        if first.text.is_empty() {
            let help = "write a value right behind the sign; what has spaces or commas stands in quotation marks";
            self.report(
                of..self.at,
                format!("`{key}` lacks a value"),
                Some(help.to_owned()),
            );
            return None;
        }
        let read = |text: &str| match order {
            Some(_) => value::compared(key, text),
            None => value::equal(key, text, first.quoted, |name| {
                Called::Name(name.to_owned(), kind)
            }),
        };
        let Fault { message, help } = match read(&first.text) {
            Ok(wanted) => {
                return Some(Value {
                    written: first.text.clone().into_owned(),
                    wanted,
                });
            }
            Err(fault) => fault,
        };
        let end = self.at;
        if !first.quoted
            && value::is_of_several_words(&key.takes)
            && let Some((written, wanted)) = self.longer(&first, &read)
        {
            return Some(Value { written, wanted });
        }
        self.at = end;
        self.report(start..end, message, help);
        None
    }

    /// Adds the time of day that stands behind a day, as front matter has it, too: `2016-02-04 20:36Z`.
    fn with_time(&mut self, day: &mut Written<'_>) {
        while !day.quoted && day.text.ends_with(|c: char| c.is_ascii_digit()) {
            let end = self.at;
            self.skip();
            let time = self.until(ends_word);
            let is_time = time.split_once(':').is_some_and(|(hour, _)| {
                !hour.is_empty() && hour.bytes().all(|byte| byte.is_ascii_digit())
            });
            if !is_time {
                self.at = end;
                return;
            }
            day.text.to_mut().push(' ');
            day.text.to_mut().push_str(time);
        }
    }

    /// A value of several words: it ends where it can be read.
    fn longer(
        &mut self,
        first: &Written<'_>,
        read: &impl Fn(&str) -> Result<Wanted<Called>, Fault>,
    ) -> Option<(String, Wanted<Called>)> {
        let mut text = first.text.clone().into_owned();
        for _ in 1..MOST_WORDS {
            self.skip();
            let word = self.until(ends_word);
            if word.is_empty() {
                return None;
            }
            text.push(' ');
            text.push_str(word);
            if let Ok(wanted) = read(&text) {
                return Some((text, wanted));
            }
        }
        None
    }
}

/// That something stands under a key; under that of a kind, that something of it is connected.
fn there(key: Key) -> Query {
    let any = |kind: Kind| Value {
        written: String::new(),
        wanted: Wanted::Entry(Called::Any(Some(kind))),
    };
    let test = key
        .kind()
        .map_or(Test::Has, |kind| Test::Is(vec![any(kind)]));
    Expr::Key(key, test)
}

fn as_word(word: &str) -> Option<String> {
    Some(format!(
        "where it is a word to look for, write it in quotation marks: `\"{word}\"`"
    ))
}

/// Several questions as one. `parts` takes apart what is joined alike already, so that it becomes one list.
fn joined(
    list: Vec<Query>,
    join: fn(Vec<Query>) -> Query,
    parts: fn(Query) -> Vec<Query>,
) -> Option<Query> {
    let mut flat: Vec<Query> = list.into_iter().flat_map(parts).collect();
    match flat.len() {
        0 | 1 => flat.pop(),
        _ => Some(join(flat)),
    }
}
