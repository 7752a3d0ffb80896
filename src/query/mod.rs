//! A question put to entries: one small language for the command line and for lists on pages.
//!
//! Takes a text; gives a [`Query`], or every [`Problem`] of it with its place ([`parse`]). Takes entries, resolved or
//! released; gives those for which it holds ([`Asked`]). The keys and forms are those of front matter ([`Key`]), and
//! what an entry says under which key is told in one place (`told`). `docs/reference/query.md` is the contract.
//!
//! Never looks for what it was not given: over a release it sees what that audience may see, and what it suggests is
//! called so there. Knows no markings but as values that can be asked for.
//!
//! What is not known exactly is found where it may be so: a date of 2016 may be one of May, and is found by both
//! `date:2016-05` and `date>2016-05`. So `has:date -date<=2016` is what is surely later.

mod asked;

mod key;

mod parse;

mod phrase;

mod revision;

#[cfg(test)]
mod tests;

mod told;

mod value;

pub use asked::{Asked, Unnamed};
pub use key::{Key, Takes};
pub use parse::{Problem, parse};
pub use phrase::{Phrase, plain};
pub use revision::revision;
pub use value::{Order, Value, Wanted};

use crate::model::Kind;
use std::fmt;

/// A question. Entries are named in it as its writer named them.
pub type Query = Expr<Called>;

/// What is asked. `N` is how entries are named.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr<N> {
    /// All of these, never fewer than two.
    All(Vec<Expr<N>>),
    /// One of these at least, never fewer than two.
    Any(Vec<Expr<N>>),
    /// Not this.
    Not(Box<Expr<N>>),
    /// That there is one statement for which all of it holds.
    Says(Box<Expr<N>>),
    /// That words stand somewhere in it, as written.
    Words(String, Phrase),
    /// What stands under a key.
    Key(Key, Test<N>),
}

/// What is asked of a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Test<N> {
    /// That something stands there.
    Has,
    /// That one of these does.
    Is(Vec<Value<N>>),
    /// That it compares so.
    Than(Order, Value<N>),
}

/// Entries, as a query names them.
#[derive(Debug, Clone, PartialEq)]
pub enum Called {
    /// Those that are called so: slug, `kind folder/slug`, id, title or alias.
    Name(String, Option<Kind>),
    /// All, perhaps of one kind.
    Any(Option<Kind>),
    /// Those that a query of its own finds.
    Found(Box<Query>, Option<Kind>),
}

impl<N> Expr<N> {
    /// The same question with other names for entries.
    fn named<M>(&self, name: &mut dyn FnMut(&Key, &N) -> M) -> Expr<M> {
        let mut each = |all: &[Expr<N>]| all.iter().map(|it| it.named(name)).collect();
        match self {
            Expr::All(all) => Expr::All(each(all)),
            Expr::Any(any) => Expr::Any(each(any)),
            Expr::Not(not) => Expr::Not(Box::new(not.named(name))),
            Expr::Says(says) => Expr::Says(Box::new(says.named(name))),
            Expr::Words(written, phrase) => Expr::Words(written.clone(), phrase.clone()),
            Expr::Key(key, test) => {
                let mut value = |value: &Value<N>| Value {
                    written: value.written.clone(),
                    wanted: value.wanted.named(&mut |entry| name(key, entry)),
                };
                let test = match test {
                    Test::Has => Test::Has,
                    Test::Is(values) => Test::Is(values.iter().map(value).collect()),
                    Test::Than(order, it) => Test::Than(*order, value(it)),
                };
                Expr::Key(key.clone(), test)
            }
        }
    }
}

impl<N> Wanted<N> {
    fn named<M>(&self, name: &mut dyn FnMut(&N) -> M) -> Wanted<M> {
        match self {
            Wanted::Kind(kind) => Wanted::Kind(*kind),
            Wanted::Words(phrase) => Wanted::Words(phrase.clone()),
            Wanted::Name(text) => Wanted::Name(text.clone()),
            Wanted::Word(word) => Wanted::Word(word),
            Wanted::Date(date) => Wanted::Date(*date),
            Wanted::Money(money) => Wanted::Money(money.clone()),
            Wanted::Count(count) => Wanted::Count(count.clone()),
            Wanted::Number(number) => Wanted::Number(*number),
            Wanted::Bool(is) => Wanted::Bool(*is),
            Wanted::Tlp(tlp) => Wanted::Tlp(*tlp),
            Wanted::Confidence(sure) => Wanted::Confidence(*sure),
            Wanted::Grade(grade) => Wanted::Grade(*grade),
            Wanted::Reliability(letter) => Wanted::Reliability(*letter),
            Wanted::Credibility(digit) => Wanted::Credibility(*digit),
            Wanted::Entry(entry) => Wanted::Entry(name(entry)),
            Wanted::Named(entry, phrase) => Wanted::Named(name(entry), phrase.clone()),
        }
    }
}

/// As it is written: read again, it is the same question.
impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |all: &[Query], between: &str, out: &mut fmt::Formatter<'_>| {
            for (at, it) in all.iter().enumerate() {
                if at > 0 {
                    out.write_str(between)?;
                }
                // `or` binds less than what stands side by side.
                match it {
                    Expr::Any(_) => write!(out, "({it})")?,
                    _ => it.fmt(out)?,
                }
            }
            Ok(())
        };
        match self {
            Expr::All(all) => list(all, " ", out),
            Expr::Any(any) => list(any, " or ", out),
            Expr::Not(not) => match &**not {
                Expr::All(_) | Expr::Any(_) => write!(out, "-({not})"),
                _ => write!(out, "-{not}"),
            },
            Expr::Says(says) => write!(out, "says({says})"),
            Expr::Words(written, phrase) => put(written, phrase.is_whole(), out),
            Expr::Key(key, Test::Has) => write!(out, "has:{key}"),
            Expr::Key(key, Test::Is(values)) => {
                write!(out, "{key}:")?;
                for (at, value) in values.iter().enumerate() {
                    if at > 0 {
                        out.write_str(",")?;
                    }
                    value.fmt(out)?;
                }
                Ok(())
            }
            Expr::Key(key, Test::Than(order, value)) => write!(out, "{key}{order}{value}"),
        }
    }
}

impl fmt::Display for Value<Called> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.wanted {
            Wanted::Entry(called) | Wanted::Named(called, _) => match called {
                Called::Name(..) => {}
                Called::Any(_) => return out.write_str("*"),
                Called::Found(query, _) => return write!(out, "({query})"),
            },
            Wanted::Kind(_)
            | Wanted::Words(_)
            | Wanted::Name(_)
            | Wanted::Word(_)
            | Wanted::Date(_)
            | Wanted::Money(_)
            | Wanted::Count(_)
            | Wanted::Number(_)
            | Wanted::Bool(_)
            | Wanted::Tlp(_)
            | Wanted::Confidence(_)
            | Wanted::Grade(_)
            | Wanted::Reliability(_)
            | Wanted::Credibility(_) => {}
        }
        let whole = match &self.wanted {
            Wanted::Words(phrase) | Wanted::Named(_, phrase) => phrase.is_whole(),
            _ => false,
        };
        put(&self.written, whole, out)
    }
}

/// A text with quotation marks where it needs them, or where they mean something.
fn put(written: &str, quoted: bool, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    if !quoted && parse::is_plain(written) {
        return out.write_str(written);
    }
    out.write_str("\"")?;
    for c in written.chars() {
        if matches!(c, '"' | '\\') {
            out.write_str("\\")?;
        }
        write!(out, "{c}")?;
    }
    out.write_str("\"")
}
