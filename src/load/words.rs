//! The words in a file that is no entry, in which a marking could stand.
//!
//! Takes bytes; gives the text that they are, or the words that stand as they are in something else: the title
//! of a PDF, the comment of a picture. Never looks at what they say.

use super::read;
use crate::model::Tlp;
use crate::text::hash;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The largest text that is read.
pub(super) const LARGEST: u64 = 16 * 1024 * 1024;

/// Of a file that is no text as much is looked at from its beginning and from its end: what describes it
/// stands there.
pub(super) const ENDS: u64 = 1024 * 1024;

/// Shorter rows of signs are none: `TLP:RED` has as many.
const SHORTEST: usize = 7;

/// The words in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// A text, of whatever kind, in UTF-8, UTF-16 or of one byte a sign: the whole file.
    Text(Arc<Text>),
    /// A text that is too long to be read.
    TooLong,
    /// Rows of signs in a file that is no text, parted by NUL.
    Within(Arc<Text>),
    /// The file is not the one any more that was looked at.
    Changed,
    /// None.
    None,
}

/// The words in a file that are read only when somebody asks for them: nothing leads to most files.
#[derive(Debug, Clone)]
pub struct Later {
    /// What tells the file from others that were read.
    identity: u64,
    /// Where it lies on the disk.
    path: Arc<Path>,
    words: OnceLock<Words>,
}

impl Later {
    /// Of a file of which this was read; `path` is where it lies on the disk.
    pub(super) fn of(bytes: &[u8], path: Arc<Path>) -> Later {
        Later {
            identity: hash(bytes),
            path,
            words: OnceLock::new(),
        }
    }

    /// Those of a file that is in memory.
    pub(super) fn read(bytes: &[u8]) -> Later {
        Later {
            identity: hash(bytes),
            path: Path::new("").into(),
            words: Words::of(bytes).into(),
        }
    }

    /// The words; read from the disk where nobody asked before.
    pub fn get(&self) -> &Words {
        let read = || read::words_of(&self.path, self.identity);
        self.words.get_or_init(read)
    }

    /// What tells these words from others.
    #[must_use]
    pub fn identity(&self) -> u64 {
        self.identity
    }
}

impl PartialEq for Later {
    fn eq(&self, other: &Later) -> bool {
        self.identity == other.identity
    }
}

impl Eq for Later {}

/// A text as it was read. What it says as a marking is kept beside it, since everybody who leads to it asks.
#[derive(Debug)]
pub struct Text {
    bytes: Box<[u8]>,
    says: OnceLock<Option<Tlp>>,
}

impl Text {
    fn of(bytes: &[u8]) -> Arc<Text> {
        Arc::new(Text {
            bytes: bytes.into(),
            says: OnceLock::new(),
        })
    }

    /// What was read.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The marking that it says, as `read` has it.
    pub fn says(&self, read: impl FnOnce(&[u8]) -> Option<Tlp>) -> Option<Tlp> {
        *self.says.get_or_init(|| read(&self.bytes))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Text {}

impl Words {
    /// The words in what was read of a file: all of a text, up to one byte more than is allowed, or both ends
    /// of something else.
    pub(super) fn of(bytes: &[u8]) -> Words {
        if is_text(bytes) {
            return match bytes.len() as u64 > LARGEST {
                true => Words::TooLong,
                false => Words::Text(Text::of(bytes)),
            };
        }
        let rows = rows(bytes);
        match rows.is_empty() {
            true => Words::None,
            false => Words::Within(Text::of(&rows)),
        }
    }
}

/// Whether bytes, or the beginning of more, are a text: UTF-8 or UTF-16, or without signs that control.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let cut = |error: std::str::Utf8Error| error.error_len().is_none();
    let controls = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || std::str::from_utf8(bytes).map_or_else(cut, |_| true)
        || !bytes.iter().any(controls)
}

/// The rows of signs of ASCII, of one byte each or of two, that are long enough for a marking.
fn rows(bytes: &[u8]) -> Vec<u8> {
    let mut rows: Vec<u8> = Vec::new();
    let mut start = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\t' | b'\n' | b'\r' | b' '..=b'~' => {
                rows.push(byte);
                continue;
            }
            // Half of a sign of two bytes.
            0 if (at > 1 && bytes[at - 2] == 0) || bytes.get(at + 2) == Some(&0) => continue,
            _ => {}
        }
        match rows.len() - start < SHORTEST {
            true => rows.truncate(start),
            false => {
                rows.push(0);
                start = rows.len();
            }
        }
    }
    if rows.len() - start < SHORTEST {
        rows.truncate(start);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_signs_are_found_in_what_is_no_text() {
        let wide: Vec<u8> = "TLP:RED"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        let small: Vec<u8> = "TLP:RED"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, is) in [
            (
                b"\x89PNG\x00\x01tEXtComment\x00TLP:RED\xff".to_vec(),
                "tEXtComment\0TLP:RED\0",
            ),
            (b"\x00\x01short\x02".to_vec(), ""),
            (
                [b"\xff\xfe\xfe\xff", wide.as_slice(), b"\x80"].concat(),
                "TLP:RED\0",
            ),
            (
                [b"\x80\x81", small.as_slice(), b"\x80\x80"].concat(),
                "TLP:RED\0",
            ),
        ] {
            assert_eq!(String::from_utf8(rows(&bytes)).unwrap(), is, "{bytes:?}");
        }
    }
}
