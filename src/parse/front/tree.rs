//! The small tree that YAML and TOML are both read into.
//!
//! Every node knows its place in the whole file. Scalars stay text: `NO` is a country until a typed
//! reader asks for a boolean, and `1.10` keeps its zero.

use crate::diag::{Code, Diagnostic};
use crate::text::{Place, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// How deep lists and maps may nest: the deepest form of the contract needs six.
pub const MAX_DEPTH: usize = 32;

/// How many nodes a front matter may have, aliases counted as often as they are used.
pub const MAX_NODES: usize = 20_000;

/// How many bytes a front matter may have.
pub const MAX_BYTES: usize = 256 * 1024;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// The value.
    pub value: Value<'a>,
    /// Its place in the file.
    pub span: Span,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Text, a number, a date, nothing at all.
    Scalar(Scalar<'a>),
    /// Several values.
    List(Vec<Node<'a>>),
    /// Named values in the order written, every name once.
    Map(Vec<(Key<'a>, Node<'a>)>),
}

/// A value that is neither a list nor a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar<'a> {
    /// As written, without quotes and escapes.
    pub text: Cow<'a, str>,
    /// Whether it stood in quotes or in a block, so that it is text whatever it looks like.
    pub quoted: bool,
}

/// The name of a value in a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Key<'a> {
    /// The name.
    pub text: Cow<'a, str>,
    /// Its place in the file.
    pub span: Span,
}

impl<'a> Node<'a> {
    /// A scalar node.
    #[must_use]
    pub fn scalar(text: impl Into<Cow<'a, str>>, quoted: bool, span: Span) -> Self {
        let text = text.into();
        Self {
            value: Value::Scalar(Scalar { text, quoted }),
            span,
        }
    }

    /// The scalar's text; `None` for a list or a map.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// Whether a key stands without a value: nothing after the colon, or `~`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Scalar(Scalar { text, quoted }) => {
                text.chars().all(char::is_whitespace) || (!quoted && text == "~")
            }
            _ => false,
        }
    }

    /// The values of a list, or this one where it stands without brackets.
    #[must_use]
    pub fn each(&self) -> &[Node<'a>] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// What it is, to be said in a message: "a list".
    #[must_use]
    pub fn found(&self) -> &'static str {
        match &self.value {
            Value::List(_) => "a list",
            Value::Map(_) => "keys with values",
            Value::Scalar(_) => "a single value",
        }
    }
}

/// Drops every later value of a key that stands twice in a map, and reports it with both places.
pub fn drop_duplicates(
    entries: &mut Vec<(Key<'_>, Node<'_>)>,
    path: &Arc<str>,
    problems: &mut Vec<Diagnostic>,
) {
    let mut firsts: BTreeMap<&str, Span> = BTreeMap::new();
    let mut repeated = Vec::new();
    for (at, (key, _)) in entries.iter().enumerate() {
        match firsts.entry(&key.text) {
            Entry::Vacant(place) => {
                place.insert(key.span);
            }
            Entry::Occupied(first) => {
                problems.push(duplicate(path, &key.text, key.span, Some(*first.get())));
                repeated.push(at);
            }
        }
    }
    if repeated.is_empty() {
        return;
    }
    let mut at = 0;
    entries.retain(|_| {
        let keep = repeated.binary_search(&at).is_err();
        at += 1;
        keep
    });
}

/// The problem of a key that stands twice.
#[must_use]
pub fn duplicate(path: &Arc<str>, key: &str, span: Span, first: Option<Span>) -> Diagnostic {
    let problem = Diagnostic::at(
        Code::DuplicateKey,
        path,
        span,
        format!("the key `{key}` stands twice"),
    )
    .help("keep one of them; several values of one key are written as a list");
    match first {
        Some(first) => problem.also(Place::new(path, first), "first here"),
        None => problem,
    }
}
