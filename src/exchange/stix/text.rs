//! Descriptions: Markdown with ATT&CK's citation marks, and links to ATT&CK's pages.

use super::references::References;
use crate::exchange::{Piece, Prose};

/// A description, with its citations and links found.
pub(super) fn prose(text: &str, of: &str, references: &References) -> Prose {
    let mut prose = Prose::default();
    let mut rest = text;
    while let Some((before, piece, behind)) = next(rest, of, references) {
        push(&mut prose, before);
        prose.0.push(piece);
        rest = behind;
    }
    push(&mut prose, rest);
    prose
}

/// A description without its citations, and what they cite, each once.
pub(super) fn apart(text: &str, of: &str, references: &References) -> (Prose, Vec<String>) {
    let mut cited: Vec<String> = Vec::new();
    let mut said = Prose::default();
    for piece in prose(text, of, references).0 {
        match piece {
            Piece::Cite { source, .. } => {
                if !cited.contains(&source) {
                    cited.push(source);
                }
            }
            piece => said.0.push(piece),
        }
    }
    (said, cited)
}

fn push(prose: &mut Prose, text: &str) {
    if !text.is_empty() {
        prose.0.push(Piece::Markdown(text.to_owned()));
    }
}

/// The first citation or link: what stands before, itself, what stands behind.
fn next<'t>(text: &'t str, of: &str, references: &References) -> Option<(&'t str, Piece, &'t str)> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.find(['(', '['])?;
        let here = text.get(at..)?;
        let found = match here.starts_with('(') {
            true => citation(here, of, references),
            false => link(here, references),
        };
        if let Some((piece, length)) = found {
            return Some((text.get(..at)?, piece, text.get(at + length..)?));
        }
        from = at + 1;
    }
}

/// `(Citation: Mandiant APT1)`, and its length.
fn citation(text: &str, of: &str, references: &References) -> Option<(Piece, usize)> {
    let rest = text.strip_prefix("(Citation:")?;
    let mut depth = 1_usize;
    let end = rest.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let source = references.cited(of, rest.get(..end)?.trim())?;
    let piece = Piece::Cite { source, at: None };
    Some((piece, text.len() - rest.len() + end + 1))
}

/// `[APT1](https://attack.mitre.org/groups/G0006)`, and its length.
fn link(text: &str, references: &References) -> Option<(Piece, usize)> {
    let close = text.find("](")?;
    let words = text.get(1..close)?;
    if words.contains(['[', '\n']) {
        return None;
    }
    let address = text.get(close + 2..)?;
    let end = address.find(')')?;
    let to = references.page(address.get(..end)?)?;
    let piece = Piece::Link {
        to,
        words: words.to_owned(),
    };
    Some((piece, close + 2 + end + 1))
}
