//! Where a front matter says what is withheld, for those who change its text.
//!
//! Takes a file; gives the places of the keys that withhold with their values, however deep they stand. Judges
//! nothing.

use super::tree::{Node, Value};
use super::{open, withholding};
use crate::text::{Span, TextFile};

/// The places of all that withholds by a key, in order; `None` where the front matter cannot be read, so that it
/// may stand anywhere.
pub(in crate::parse) fn guarded(file: &TextFile) -> Option<Vec<Span>> {
    let mut problems = Vec::new();
    let open = open(file, false, &mut problems);
    let mut found = Vec::new();
    match open.tree {
        // What YAML cut off at a `#` is read all the same.
        Some(tree) if problems.iter().all(|it| !super::withholds(it)) => collect(&tree, &mut found),
        None if problems.is_empty() && open.front.is_empty() => {}
        _ => return None,
    }
    Some(found)
}

fn collect(node: &Node<'_>, found: &mut Vec<Span>) {
    match &node.value {
        Value::Scalar(_) => {}
        Value::List(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Map(entries) => {
            for (key, node) in entries {
                let withholds =
                    withholding::named(&key.text).is_some() || withholding::marks(&key.text, node);
                if withholds {
                    let end = key.span.end.max(node.span.end);
                    found.push(Span {
                        start: key.span.start,
                        end,
                    });
                }
                collect(node, found);
            }
        }
    }
}
