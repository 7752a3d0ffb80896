//! Values that YAML ends at a `#`.
//!
//! Takes the tree of a front matter and the file; reports every value without quotation marks after which, behind
//! a space, a `#` stands with more directly after it: `title: Group #6` is "Group" to YAML. A `#` with a space
//! after it begins a comment, as ever. Changes nothing of what was read.

use super::tree::{Node, Scalar, Value};
use crate::diag::{Advice, Code, Diagnostic, TextEdit};
use crate::parse::label;
use crate::text::Span;
use std::sync::Arc;

/// What is said of such a `#` wherever it stands.
pub(super) const MESSAGE: &str = "YAML ends the value at ` #`: what follows is a comment";

/// Reports the values of a tree, and of all in it.
pub(super) fn values(path: &Arc<str>, text: &str, node: &Node<'_>, problems: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Scalar(Scalar { quoted: true, .. }) => {}
        Value::Scalar(_) => {
            let cut = cut(text, node.span.start as usize, node.span.end as usize);
            problems.extend(cut.map(|meant| problem(path, text, meant)));
        }
        Value::List(items) => {
            for item in items {
                values(path, text, item, problems);
            }
        }
        Value::Map(entries) => {
            for (key, value) in entries {
                // Of no value at all the parser does not say where it stands.
                let after = key.span.end as usize;
                let colon = text.get(after..).is_some_and(|rest| rest.starts_with(':'));
                match value.text() {
                    Some("") if colon => {
                        let rest = text.get(after + 1..).unwrap_or("");
                        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
                        let end = after + 1 + blank;
                        if let Some(meant) = cut(text, end, after + 1) {
                            problems.push(problem(path, text, meant));
                        }
                    }
                    _ => values(path, text, value, problems),
                }
            }
        }
    }
}

/// What was meant to be a value that begins at `start`, and that YAML ends at `end`: all to the end of the
/// line, or to a comment.
fn cut(text: &str, start: usize, end: usize) -> Option<Span> {
    let rest = text.get(end..)?.split(['\n', '\r']).next()?;
    let comment = rest.trim_start_matches([' ', '\t']);
    // A label is told of by itself.
    let labelled = || label::all(comment).next().is_some();
    let is_cut = comment.len() < rest.len() && sticks(comment) && !labelled();
    is_cut.then(|| Span::new(start, end + meant(rest)))
}

/// Whether a comment begins with its words: `#6`, not `# six`, nor a line of `#####`.
pub(super) fn sticks(comment: &str) -> bool {
    let words = comment.strip_prefix('#');
    words.is_some_and(|words| words.starts_with(|c: char| !c.is_whitespace() && c != '#'))
}

/// How much of a line was meant: up to a comment that is one.
fn meant(line: &str) -> usize {
    let comments = line.match_indices('#').filter(|(at, _)| {
        line.get(..*at)
            .is_some_and(|before| before.ends_with([' ', '\t']))
            && line
                .get(at + 1..)
                .is_some_and(|after| after.starts_with([' ', '\t']))
    });
    let end = comments.map(|(at, _)| at).next().unwrap_or(line.len());
    line.get(..end).unwrap_or(line).trim_end().len()
}

fn problem(path: &Arc<str>, text: &str, meant: Span) -> Diagnostic {
    let quoted = serde_json::Value::from(meant.of(text));
    let help = format!("write it in quotes, `{quoted}`; a comment has a space after its `#`");
    // Whether what follows is for readers, only its writer knows.
    let edit = TextEdit::new(path, meant, quoted.to_string());
    Diagnostic::at(Code::CutValue, path, meant, MESSAGE).help(Advice::from(help).perhaps([edit]))
}
