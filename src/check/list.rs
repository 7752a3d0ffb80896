//! A list in a text whose query cannot be read.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::body::{Block, Code as Fence};
use crate::model::{Entry, EntryId, Intro, Prose};
use crate::query::parse;
use crate::text::Span;
use std::sync::Arc;

pub(super) fn check(entry: &Entry<EntryId>, _: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    text(&entry.prose, &entry.path, problems);
}

pub(super) fn intro(intro: &Intro<EntryId>, problems: &mut Vec<Diagnostic>) {
    text(&intro.prose, &intro.path, problems);
}

fn text(prose: &Prose<EntryId>, path: &Arc<str>, problems: &mut Vec<Diagnostic>) {
    for block in prose
        .body
        .code
        .iter()
        .filter(|block| block.is == Block::List)
    {
        let found = parse(block.text.trim_end()).err().into_iter().flatten();
        problems.extend(found.map(|problem| {
            let problem_at = Diagnostic::at(
                Code::BadQuery,
                path,
                place(block, problem.span),
                problem.message,
            );
            problem_at.maybe_help(problem.help.map(Into::into))
        }));
    }
}

/// Where in the file a part of a block stands; where its lines do not stand there in one piece, the block begins there.
fn place(block: &Fence, within: Span) -> Span {
    match block.from {
        Some(from) => within.shifted(from as usize),
        None => Span::new(block.at as usize, block.at as usize + 3),
    }
}
