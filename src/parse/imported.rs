//! What an import says otherwise than people do, and left in comments for them to decide.
//!
//! Takes the text of a file; gives a problem for each such comment. Reads nothing in them.

use crate::diag::{Code, Diagnostic};
use crate::text::{Span, TextFile};
use memchr::memmem;

/// How a line of front matter begins that holds what an import says of a key.
pub(crate) const LINE: &str = "# imported: ";

/// How a comment in a text begins that holds what an import says there.
pub(crate) const COMMENT: &str = "<!-- imported: ";

/// The comments of a file that wait for a decision; its text begins at `body`.
pub(super) fn conflicts(file: &TextFile, body: usize) -> impl Iterator<Item = Diagnostic> + '_ {
    let of = move |sign: &'static str, from: usize, to: usize| {
        let part = file.text.get(from..to).unwrap_or("");
        let found = memmem::find_iter(part.as_bytes(), sign).collect::<Vec<_>>();
        found.into_iter().map(move |at| from + at)
    };
    let begins_line = |at: &usize| {
        let before = file.text.get(..*at).unwrap_or("");
        before
            .rsplit('\n')
            .next()
            .is_some_and(|line| line.len() < 4 && line.trim().is_empty())
    };
    let lines = of(LINE, 0, body).map(|at| (at, LINE));
    let comments = of(COMMENT, body, file.text.len()).map(|at| (at, COMMENT));
    let all = lines.chain(comments).filter(move |(at, _)| begins_line(at));
    all.map(move |(at, sign)| {
        let span = Span::new(at, at + sign.trim_end().len());
        let message = "an import says otherwise than what stands here";
        Diagnostic::at(Code::ImportConflict, &file.path, span, message).help(
            "take over what the comment says, or leave what stands here, and take the comment out",
        )
    })
}
