//! Where a block's sentences begin and end, and what is shown of one.
//!
//! Unicode's rules (UAX #29) know no abbreviations and no addresses: they end a sentence after `U.S.` and
//! `No.`. So where `joins` says that a piece of theirs does not end a sentence, it is joined with the next.

use super::excerpt::excerpt;
use super::joins::goes_on;
use super::latin;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The sentences of a block.
pub(super) struct Bounds<'a> {
    text: &'a str,
    /// Where each sentence ends; none where the block is one.
    ends: Vec<usize>,
}

impl<'a> Bounds<'a> {
    /// Finds them; `whole` is a block that is not divided.
    pub(super) fn of(text: &'a str, whole: bool) -> Bounds<'a> {
        let mut ends = Vec::new();
        if !whole {
            ends = latin::ends(text).unwrap_or_else(|| {
                let pieces = text.split_sentence_bound_indices();
                pieces.map(|(at, piece)| at + piece.len()).collect()
            });
            let mut start = 0;
            ends.retain(|&end| {
                let (so_far, next) = (text.get(start..end), text.get(end..));
                let ended = !goes_on(so_far.unwrap_or(""), next.unwrap_or(""));
                if ended {
                    start = end;
                }
                ended
            });
        }
        Bounds { text, ends }
    }

    /// The sentence that holds `focus`, or before which an empty one lies.
    pub(super) fn around(&self, focus: Range<usize>) -> Cow<'a, str> {
        // An empty focus lies behind what it belongs to.
        let inside = if focus.is_empty() {
            focus.start
        } else {
            focus.start + 1
        };
        let nth = self.ends.partition_point(|&end| end < inside);
        let before = nth.checked_sub(1).and_then(|nth| self.ends.get(nth));
        let start = before.copied().unwrap_or(0);
        let mut end = self.ends.get(nth).copied().unwrap_or(self.text.len());
        // Words of a link may hold a full stop.
        if end < focus.end {
            let last = self.ends.partition_point(|&end| end < focus.end);
            end = self.ends.get(last).copied().unwrap_or(self.text.len());
        }
        let sentence = self.text.get(start..end).unwrap_or("");
        let trimmed = sentence.trim_start();
        let skipped = start + (sentence.len() - trimmed.len());
        let trimmed = trimmed.trim_end();
        let within = |at: usize| at.saturating_sub(skipped).min(trimmed.len());
        excerpt(trimmed, within(focus.start)..within(focus.end))
    }
}

#[cfg(test)]
mod tests;
