//! TOML becomes the same tree as YAML.
//!
//! Takes the lines between the fences; gives a [`Node`], or one problem where they cannot be read.
//! Numbers, booleans and dates become plain scalars as they were written, strings quoted ones.

use super::syntax;
use super::tree::{self, Key, MAX_DEPTH, MAX_NODES, Node, Value};
use crate::diag::{Code, Diagnostic};
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the TOML in `front` of `text`. `None` where it cannot be read: then the one problem that
/// says why is the last of `problems`.
pub fn read<'a>(
    path: &Arc<str>,
    text: &'a str,
    front: &Range<usize>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node<'a>> {
    let (table, errors) = DeTable::parse_recoverable(text.get(front.clone()).unwrap_or(""));
    let mut convert = Convert {
        base: front.start,
        nodes: 0,
    };
    let place = |range: Range<usize>| Span::new(front.start + range.start, front.start + range.end);
    let root = convert.table(table.into_inner(), place(0..0), 0);
    for error in errors {
        let span = error
            .span()
            .map_or(Span::new(front.start, front.start), place);
        if error.message().starts_with("duplicate key") {
            let key = span.of(text);
            let first = (root.as_ref().ok())
                .and_then(|root| first_of(root, key, span))
                .or_else(|| written_before(text, front.start, key, span));
            problems.push(tree::duplicate(path, key, span, first));
        } else {
            problems.push(syntax::toml(path, text, span, error.message()));
            return None;
        }
    }
    match root {
        Ok(root) => Some(root),
        Err((span, message)) => {
            problems.push(
                Diagnostic::at(Code::FrontMatterSyntax, path, span, message)
                    .help("write less here; long lists belong in the text"),
            );
            None
        }
    }
}

/// The key of that name that stands last before `span`.
fn first_of(node: &Node<'_>, name: &str, span: Span) -> Option<Span> {
    let within = |node| first_of(node, name, span);
    match &node.value {
        Value::Scalar(_) => None,
        Value::List(items) => items.iter().filter_map(within).max(),
        Value::Map(entries) => entries
            .iter()
            .flat_map(|(key, node)| {
                let own = (key.text == name && key.span < span).then_some(key.span);
                own.into_iter().chain(within(node))
            })
            .max(),
    }
}

/// Where a name is written last before `span`: a table whose header stands twice keeps only the
/// place of its second one.
fn written_before(text: &str, start: usize, name: &str, span: Span) -> Option<Span> {
    let before = text.get(start..span.start as usize)?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    before.rmatch_indices(name).find_map(|(at, _)| {
        let around = (before.get(..at)?, before.get(at + name.len()..)?);
        let whole = !around.0.ends_with(is_name) && !around.1.starts_with(is_name);
        (whole && !name.is_empty()).then(|| Span::new(start + at, start + at + name.len()))
    })
}

struct Convert {
    base: usize,
    nodes: usize,
}

type Converted<T> = Result<T, (Span, String)>;

impl Convert {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.base)
    }

    fn table<'a>(&mut self, table: DeTable<'a>, span: Span, depth: usize) -> Converted<Node<'a>> {
        if depth > MAX_DEPTH {
            return Err((
                span,
                format!("the front matter nests deeper than {MAX_DEPTH} levels"),
            ));
        }
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key = Key {
                span: self.span(key.span()),
                text: key.into_inner(),
            };
            entries.push((key, self.value(value, depth)?));
        }
        // The crate sorts by name; what is shown keeps the order of writing.
        entries.sort_by_key(|(key, _)| key.span);
        Ok(Node {
            value: Value::Map(entries),
            span,
        })
    }

    fn value<'a>(&mut self, value: Spanned<DeValue<'a>>, depth: usize) -> Converted<Node<'a>> {
        let span = self.span(value.span());
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err((
                span,
                format!("the front matter has more than {MAX_NODES} values"),
            ));
        }
        Ok(match value.into_inner() {
            DeValue::String(text) => Node::scalar(text, true, span),
            DeValue::Integer(number) => Node::scalar(number.to_string(), false, span),
            DeValue::Float(number) => Node::scalar(number.as_str().to_owned(), false, span),
            DeValue::Boolean(is) => Node::scalar(if is { "true" } else { "false" }, false, span),
            DeValue::Datetime(date) => Node::scalar(date.to_string(), false, span),
            DeValue::Table(table) => self.table(table, span, depth + 1)?,
            DeValue::Array(items) => {
                if depth >= MAX_DEPTH {
                    let message = format!("the front matter nests deeper than {MAX_DEPTH} levels");
                    return Err((span, message));
                }
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    list.push(self.value(item, depth + 1)?);
                }
                Node {
                    value: Value::List(list),
                    span,
                }
            }
        })
    }
}
