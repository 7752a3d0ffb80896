//! What parsing leaves for the next build, as bytes.
//!
//! Takes [`Parses`]; gives records of them, and takes such records up again for the files as they are now:
//! a record counts for a file of its path and content hash. Records come in segments, of which a later one
//! holds only what the earlier ones lack. A segment that is damaged, or was written by another program or
//! for another `default_tlp`, is as good as none. Only files without problems are remembered, so that
//! every problem is found anew.

use crate::diag::Outcome;
use crate::model::Tlp;
use crate::parse::{Parsed, Parses};
use crate::text::{TextFile, hash};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// What every segment begins with: the form of what follows.
const MAGIC: &[u8; 8] = b"dossier1";

/// What precedes the records: [`MAGIC`], key, checksum, length of the index.
const HEAD: usize = 8 + 8 + 8 + 8;

/// Whom records are good for: a hash of the program that wrote them, and what parsing depends on beside
/// the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(u64);

impl Key {
    /// The key of a program (a hash of its very bytes) and a setting.
    #[must_use]
    pub fn new(program: u64, default_tlp: Tlp) -> Key {
        Key(hash(
            format!("{program:016x} {}", default_tlp.name()).as_bytes(),
        ))
    }
}

/// Where a file's record lies.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Record {
    path: Arc<str>,
    hash: u64,
    start: u64,
    len: u32,
}

/// The records of earlier builds, by file.
#[derive(Debug, Default)]
pub struct Records<'a> {
    known: HashMap<Arc<str>, (u64, &'a [u8])>,
    /// How many records there are in all, those that a later one replaced included.
    pub total: usize,
    /// How many segments could not be used.
    pub refused: usize,
}

impl<'a> Records<'a> {
    /// Reads the indexes of segments, the oldest first.
    #[must_use]
    pub fn of(segments: &'a [Vec<u8>], key: Key) -> Records<'a> {
        let mut records = Records::default();
        let opened: Vec<_> = segments.par_iter().map(|bytes| open(bytes, key)).collect();
        for segment in opened {
            let Some((index, data)) = segment else {
                records.refused += 1;
                continue;
            };
            for Record {
                path,
                hash,
                start,
                len,
            } in index
            {
                let start = usize::try_from(start).unwrap_or(usize::MAX);
                let bytes = data.get(start..start.saturating_add(len as usize));
                records.total += 1;
                if let Some(bytes) = bytes {
                    records.known.insert(path, (hash, bytes));
                }
            }
        }
        records
    }

    /// What was parsed of these files.
    #[must_use]
    pub fn recall(&self, files: &[TextFile], default_tlp: Tlp) -> Parses {
        let recalled = files
            .par_iter()
            .filter_map(|file| {
                let (known, bytes) = self.known.get(&file.path)?;
                let parsed: Parsed = (*known == file.hash)
                    .then(|| postcard::from_bytes(bytes).ok())
                    .flatten()?;
                Some((
                    Arc::clone(&file.path),
                    file.hash,
                    Arc::new(Outcome::clean(parsed)),
                ))
            })
            .collect();
        Parses::recalled(recalled, default_tlp)
    }

    /// A segment of what these records lack of `parses`; nothing where they lack nothing. Where more
    /// records are out of date than not, or some could not be used, it holds everything, and the segments
    /// before it are of no use any more.
    #[must_use]
    pub fn segment(&self, parses: &Parses, key: Key) -> Option<Segment> {
        let whole = self.refused > 0 || self.total > 2 * parses.files.len() + 64;
        let lacks = |path: &Arc<str>, hash: u64| {
            whole || self.known.get(path).is_none_or(|(known, _)| *known != hash)
        };
        let new: Vec<(Arc<str>, u64, Vec<u8>)> = parses
            .clean()
            .filter(|(path, hash, _)| lacks(path, *hash))
            .collect::<Vec<_>>()
            .into_par_iter()
            .filter_map(|(path, hash, parsed)| {
                Some((path, hash, postcard::to_allocvec(parsed).ok()?))
            })
            .collect();
        if new.is_empty() && self.refused == 0 {
            return None;
        }
        let bytes = seal(new, key)?;
        Some(Segment { bytes, whole })
    }
}

/// Records to be kept.
#[derive(Debug)]
pub struct Segment {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it stands for all segments before it.
    pub whole: bool,
}

fn seal(new: Vec<(Arc<str>, u64, Vec<u8>)>, key: Key) -> Option<Vec<u8>> {
    let mut start = 0u64;
    let mut index = Vec::with_capacity(new.len());
    for (path, hash, bytes) in &new {
        let len = u32::try_from(bytes.len()).ok()?;
        index.push(Record {
            path: Arc::clone(path),
            hash: *hash,
            start,
            len,
        });
        start += u64::from(len);
    }
    let index = postcard::to_allocvec(&index).ok()?;
    let size = HEAD + index.len() + usize::try_from(start).ok()?;
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&key.0.to_le_bytes());
    bytes.extend_from_slice(&[0; 8]);
    bytes.extend_from_slice(&(index.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&index);
    for (_, _, record) in &new {
        bytes.extend_from_slice(record);
    }
    let sum = hash(bytes.get(24..)?).to_le_bytes();
    bytes.get_mut(16..24)?.copy_from_slice(&sum);
    Some(bytes)
}

/// The index and the records of a segment.
fn open(bytes: &[u8], key: Key) -> Option<(Vec<Record>, &[u8])> {
    let number = |at: usize| -> Option<u64> {
        Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
    };
    let sound =
        bytes.starts_with(MAGIC) && number(8)? == key.0 && number(16)? == hash(bytes.get(24..)?);
    let index = usize::try_from(number(24)?).ok()?;
    let end = HEAD.checked_add(index).filter(|_| sound)?;
    let index = postcard::from_bytes(bytes.get(HEAD..end)?).ok()?;
    Some((index, bytes.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn files(n: usize, last: &str) -> Vec<TextFile> {
        let mut files: Vec<TextFile> = (0..n)
            .map(|at| {
                let text = format!("---\ntitle: T{at}\nloss: {{ actual: about 1m USD }}\n---\nSee [[x]] [@y].\n\n- a\n");
                TextFile::new(format!("content/incidents/n{at:03}.md"), text)
            })
            .collect();
        files.push(TextFile::new("content/notes/z.md", last));
        files
    }

    fn parsed(files: &[TextFile]) -> Parses {
        parse::all(files, Tlp::Clear, Parses::default())
    }

    #[test]
    fn what_was_parsed_is_recalled_and_only_what_is_new_is_written() {
        let key = Key::new(1, Tlp::Clear);
        let before = files(300, "---\ntitle: Z\n---\nWords.\n");
        let first = Records::default().segment(&parsed(&before), key);
        let mut segments = vec![first.map(|segment| segment.bytes).unwrap_or_default()];

        let now = files(300, "---\ntitle: Z\n---\nOther words.\n");
        let records = Records::of(&segments, key);
        let recalled = records.recall(&now, Tlp::Clear);
        assert_eq!(recalled.files.len(), 300, "all but the one that changed");
        let again = parse::all(&now, Tlp::Clear, recalled);
        let (told, tells) = (
            format!("{:?}", again.files),
            format!("{:?}", parsed(&now).files),
        );
        assert_eq!(told, tells);
        let second = records.segment(&again, key);
        let second = second.filter(|segment| !segment.whole && segment.bytes.len() < 1000);
        segments.push(second.map(|segment| segment.bytes).unwrap_or_default());

        let records = Records::of(&segments, key);
        assert_eq!(records.recall(&now, Tlp::Clear).files.len(), 301);
        assert!(records.segment(&again, key).is_none());
    }

    #[test]
    fn damage_and_foreign_segments_are_as_good_as_none() {
        let key = Key::new(1, Tlp::Clear);
        let files = files(3, "---\ntitle: Z\n---\n");
        let parses = parsed(&files);
        let whole = Records::default()
            .segment(&parses, key)
            .map(|segment| segment.bytes);
        let whole = whole.unwrap_or_default();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            for bytes in [flipped, whole[..at].to_vec()] {
                let segments = [bytes];
                let records = Records::of(&segments, key);
                assert_eq!((records.refused, records.total), (1, 0), "at {at}");
                assert!(
                    records
                        .segment(&parses, key)
                        .is_some_and(|segment| segment.whole)
                );
            }
        }
        let segments = [whole];
        assert_eq!(Records::of(&segments, Key::new(2, Tlp::Clear)).refused, 1);
        assert_eq!(Records::of(&segments, Key::new(1, Tlp::Amber)).refused, 1);
        assert_eq!(Records::of(&segments, key).refused, 0);
    }

    #[test]
    fn files_with_problems_are_parsed_again() {
        let key = Key::new(1, Tlp::Clear);
        let files = files(2, "---\nname: Z\n---\n");
        let first = Records::default().segment(&parsed(&files), key);
        let segments = [first.map(|segment| segment.bytes).unwrap_or_default()];
        assert_eq!(
            Records::of(&segments, key)
                .recall(&files, Tlp::Clear)
                .files
                .len(),
            2
        );
    }
}
