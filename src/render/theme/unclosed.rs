//! Blocks of a template that are never closed.
//!
//! The parser of templates says that a file ends too soon; where the block was opened that has no end is found
//! here, by the tags alone.

use super::place_of;
use crate::diag::{Code, Diagnostic};
use crate::text::{Place, Span};

/// The same problem, but of a template that ends within a block: then it is about where that was opened.
pub(super) fn unclosed(name: &str, text: &str, problem: Diagnostic) -> Diagnostic {
    if !problem.message.contains("end of input") {
        return problem;
    }
    let Some((tag, word)) = last_open(text) else {
        return problem;
    };
    let place = Place {
        path: place_of(name).into(),
        span: Some(tag),
    };
    let message = format!("`{{% {word} … %}}` is opened here and never closed");
    Diagnostic::new(Code::TemplateError, place, message).help(format!(
        "write `{{% end{word} %}}` where it is to end, before the end of what it stands in"
    ))
}

/// The last tag that opens a block and has no end, with its word.
fn last_open(text: &str) -> Option<(Span, &str)> {
    const OPENING: [&str; 5] = ["block", "component", "filter", "for", "if"];
    let mut open: Vec<(Span, &str)> = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("{%")) {
        let start = at + found;
        if let Some(comment) = text.get(at..start).and_then(|before| before.find("{#")) {
            let from = at + comment;
            at = from + text.get(from..)?.find("#}")? + 2;
            continue;
        }
        let rest = text.get(start + 2..)?;
        let end = start + 2 + rest.find("%}")? + 2;
        let inner = rest.trim_start_matches(['-', ' ', '\t', '\n', '\r']);
        let length = inner
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(inner.len());
        let word = inner.get(..length)?;
        match word {
            "raw" => at = end + text.get(end..)?.find("endraw").unwrap_or(0),
            _ => at = end,
        }
        if OPENING.contains(&word) {
            open.push((Span::new(start, end), word));
        } else if word
            .strip_prefix("end")
            .is_some_and(|of| OPENING.contains(&of))
        {
            open.pop();
        }
    }
    open.pop()
}
