//! Text files and places in them.
//!
//! Takes the text of a file; gives byte spans, and lines and columns when a place is printed.
//! Never touches the disk: [`crate::load`] makes the files.

pub(crate) mod fold;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use twox_hash::XxHash3_64;

/// A file as it was read from disk: UTF-8, its path relative to the project's root with `/`.
///
/// (A *source* is evidence in this program, so a file is never called one.)
#[derive(Debug, Clone)]
pub struct TextFile {
    /// Path below the project's root, with `/` on every platform: `content/actors/apt38.md`.
    pub path: Arc<str>,
    /// The whole text, as read (a byte order mark and carriage returns are still there).
    pub text: Arc<str>,
    /// xxh3 of the text: the file's identity for everything that is remembered between runs.
    pub hash: u64,
}

impl TextFile {
    /// Wraps a text and computes its hash.
    #[must_use]
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self {
            path: path.into(),
            hash: hash(text.as_bytes()),
            text,
        }
    }
}

/// The 64-bit content hash used for change detection (xxh3; not for integrity, see SHA-256 there).
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

/// The same of a value: all that it hands to a hasher, one behind the other.
#[must_use]
pub fn hash_of(value: &impl Hash) -> u64 {
    let mut written = Written(Vec::with_capacity(32 << 10));
    value.hash(&mut written);
    written.finish()
}

/// Hashed as a whole it costs half of what it does piece by piece; most texts of a page fit the room without more.
struct Written(Vec<u8>);

impl Hasher for Written {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        hash(&self.0)
    }
}

/// A half-open range of bytes in one file.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Files are limited to less than 4 GiB by [`crate::load`], so
    /// larger offsets cannot occur; they saturate rather than panic.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            start: clamp(start),
            end: clamp(end.max(start)),
        }
    }

    /// The span as a range to index a text with; see [`Span::of`] for a checked slice.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes of `text` that the span covers; empty where it does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The same span, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }
}

/// A file, and usually a span in it: where a problem is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file's path as in [`TextFile::path`].
    pub path: Arc<str>,
    /// The bytes in question; `None` when it is about the file as a whole.
    pub span: Option<Span>,
}

impl Place {
    /// A span in a file.
    #[must_use]
    pub fn new(path: &Arc<str>, span: Span) -> Self {
        Self {
            path: Arc::clone(path),
            span: Some(span),
        }
    }

    /// A file as a whole.
    #[must_use]
    pub fn file(path: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            span: None,
        }
    }
}

/// Line and column (both from 1, columns in characters) of a byte offset.
///
/// Counted only when something is printed; everything before carries byte spans.
#[must_use]
pub fn line_column(text: &str, offset: u32) -> (usize, usize) {
    let mut end = (offset as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or("");
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// The text with `%20` and the like replaced; as it is where that gives no UTF-8.
#[must_use]
pub fn percent_decode(text: &str) -> String {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_offsets_inside_one_round_down() {
        let text = "año\nné x";
        assert_eq!(line_column(text, 0), (1, 1));
        assert_eq!(line_column(text, 3), (1, 3));
        assert_eq!(line_column(text, 2), (1, 2), "inside the ñ");
        assert_eq!(line_column(text, 8), (2, 3));
        assert_eq!(line_column(text, 900), (2, 5));
    }
}
