//! A text in the making: what is kept of the file, and what is new.
//!
//! Takes replacements one after the other, each told in the text as it then is; gives the text, and the edits that
//! lead to it from the file.

use super::page::Change;
use crate::diag::TextEdit;
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub(super) struct Draft<'t> {
    file: &'t str,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Kept(Range<usize>),
    New(String),
}

impl Piece {
    fn length(&self) -> usize {
        match self {
            Piece::Kept(range) => range.len(),
            Piece::New(text) => text.len(),
        }
    }

    fn part(&self, from: usize, to: usize) -> Option<Piece> {
        (from < to).then(|| match self {
            Piece::Kept(range) => Piece::Kept(range.start + from..range.start + to),
            Piece::New(text) => Piece::New(text.get(from..to).unwrap_or("").to_owned()),
        })
    }
}

impl<'t> Draft<'t> {
    pub(super) fn of(file: &'t str) -> Self {
        let whole = Piece::Kept(0..file.len());
        Self {
            file,
            pieces: vec![whole],
        }
    }

    pub(super) fn text(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Kept(range) => self.file.get(range.clone()).unwrap_or(""),
            Piece::New(text) => text,
        });
        pieces.collect()
    }

    /// Makes replacements that stand in order, all told in the text as it is.
    pub(super) fn apply(&mut self, changes: Vec<Change>) {
        for (range, with) in changes.into_iter().rev() {
            self.replace(&range, with);
        }
    }

    fn replace(&mut self, range: &Range<usize>, with: String) {
        let (mut at, mut with) = (0, Some(with));
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2);
        for piece in std::mem::take(&mut self.pieces) {
            let (start, length) = (at, piece.length());
            at += length;
            let within = |place: usize| place.clamp(start, at) - start;
            pieces.extend(piece.part(0, within(range.start)));
            if range.start <= at {
                pieces.extend(with.take().map(Piece::New));
            }
            pieces.extend(piece.part(within(range.end), length));
        }
        self.pieces = pieces;
    }

    pub(super) fn edits(self, path: &Arc<str>) -> Vec<TextEdit> {
        let (mut edits, mut last, mut new) = (Vec::new(), 0, String::new());
        let end = Piece::Kept(self.file.len()..self.file.len());
        for piece in self.pieces.into_iter().chain([end]) {
            match piece {
                Piece::New(text) => new.push_str(&text),
                Piece::Kept(range) => {
                    if range.start > last || !new.is_empty() {
                        let span = Span::new(last, range.start);
                        edits.push(TextEdit::new(path, span, std::mem::take(&mut new)));
                    }
                    last = range.end;
                }
            }
        }
        edits
    }
}
