//! What parsing leaves for the next build, as bytes.
//!
//! Takes [`Parses`]; gives records of them, and takes such records up again for the files as they are now:
//! a record counts for a file of its path and content hash. Records come in segments, of which a later one
//! holds only what the earlier ones lack; an index before them tells where each lies, so that one can be
//! read alone. What is damaged, or was written by another program or for another `default_tlp`, is as good
//! as none. Only files without problems are remembered, so that
//! every problem is found anew.

use crate::diag::Outcome;
use crate::model::Tlp;
use crate::parse::{Parsed, Parses};
use crate::text::{TextFile, hash};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What every segment begins with: the form of what follows.
const MAGIC: &[u8; 8] = b"dossier1";

/// What precedes the index and the records: [`MAGIC`], key, checksum of the index, its length.
pub const HEAD: usize = 8 + 8 + 8 + 8;

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
    /// Of its bytes.
    sum: u64,
}

/// How many records lie in a segment, at most: one is in memory at a time, and there are few.
const LARGEST: usize = 4096;

/// What earlier builds parsed, as far as the files are still the same.
#[derive(Debug, Default)]
pub struct Recalled {
    /// The files that need not be parsed again.
    pub parses: Parses,
    /// The newest record of each file: its content hash.
    known: HashMap<Arc<str>, u64>,
    /// How many records there are in all, those that a later one replaced included.
    total: usize,
    /// How many segments there are.
    segments: usize,
    /// How many of them could not be used.
    pub refused: usize,
}

impl Recalled {
    /// Reads segments, the newest first, and takes up what was parsed of these files.
    #[must_use]
    pub fn of(
        segments: impl Iterator<Item = Vec<u8>>,
        key: Key,
        files: &[TextFile],
        default_tlp: Tlp,
    ) -> Recalled {
        let mut recalled = Recalled::default();
        let mut found: Vec<(usize, Arc<Outcome<Parsed>>)> = Vec::new();
        for bytes in segments {
            recalled.segments += 1;
            let index = index_len(&bytes, key).and_then(|len| {
                let (index, data) = bytes.get(HEAD..)?.split_at_checked(len)?;
                Some((Index::open(&bytes, index)?, data))
            });
            let Some((index, data)) = index else {
                recalled.refused += 1;
                continue;
            };
            recalled.total += index.0.len();
            let newest: Vec<Record> = index
                .0
                .into_iter()
                .filter(|record| {
                    let newest = !recalled.known.contains_key(&record.path);
                    if newest {
                        recalled.known.insert(Arc::clone(&record.path), record.hash);
                    }
                    newest
                })
                .collect();
            let damaged = AtomicBool::new(false);
            let taken = newest.par_iter().filter_map(|record| {
                let at = files
                    .binary_search_by(|file| (*file.path).cmp(&record.path))
                    .ok()?;
                if files.get(at)?.hash != record.hash {
                    return None;
                }
                let parsed = record.bytes(data).and_then(|bytes| record.read(bytes));
                damaged.fetch_or(parsed.is_none(), Ordering::Relaxed);
                Some((at, Arc::new(Outcome::clean(parsed?))))
            });
            found.par_extend(taken);
            recalled.refused += usize::from(damaged.into_inner());
        }
        found.sort_unstable_by_key(|(at, _)| *at);
        let files = found.into_iter().filter_map(|(at, parsed)| {
            let file = files.get(at)?;
            Some((Arc::clone(&file.path), file.hash, parsed))
        });
        recalled.parses = Parses::recalled(files.collect(), default_tlp);
        recalled
    }

    /// What the records lack of `parses`; nothing where they lack nothing.
    #[must_use]
    pub fn lacking<'a>(&self, parses: &'a Parses) -> Option<Lacking<'a>> {
        let files = parses.files.len();
        let whole =
            self.refused > 0 || self.total > 2 * files + 64 || self.segments > files / LARGEST + 64;
        let lacks = |path: &Arc<str>, hash: u64| {
            whole || self.known.get(path).is_none_or(|known| *known != hash)
        };
        let files: Vec<_> = parses
            .clean()
            .filter(|(path, hash, _)| lacks(path, *hash))
            .collect();
        (whole || !files.is_empty()).then_some(Lacking { files, whole })
    }
}

impl Record {
    fn bytes<'d>(&self, data: &'d [u8]) -> Option<&'d [u8]> {
        let start = usize::try_from(self.start).ok()?;
        data.get(start..start.checked_add(self.len as usize)?)
    }

    fn read(&self, bytes: &[u8]) -> Option<Parsed> {
        let sound = hash(bytes) == self.sum;
        sound.then(|| postcard::from_bytes(bytes).ok()).flatten()
    }
}

/// Where the records of a segment lie.
#[derive(Debug)]
pub struct Index(Vec<Record>);

/// A record that was found in an [`Index`].
#[derive(Debug)]
pub struct Found<'a> {
    record: &'a Record,
    /// Where it lies, behind the index.
    pub start: u64,
    /// Its length in bytes.
    pub len: usize,
}

impl Found<'_> {
    /// What was parsed, from the bytes of the record; nothing where they are damaged.
    #[must_use]
    pub fn read(&self, bytes: &[u8]) -> Option<Parsed> {
        self.record.read(bytes)
    }
}

impl Index {
    /// The index of a segment: its first [`HEAD`] bytes, and those that follow, as many as [`index_len`]
    /// says.
    #[must_use]
    pub fn open(head: &[u8], bytes: &[u8]) -> Option<Index> {
        let sound = number(head, 16)? == hash(bytes);
        sound.then(|| postcard::from_bytes(bytes).ok().map(Index))?
    }

    /// The record of a file as it was when it had a content hash.
    #[must_use]
    pub fn find(&self, path: &str, hash: u64) -> Option<Found<'_>> {
        // Segments are written in order of path.
        let at = self
            .0
            .binary_search_by(|record| (*record.path).cmp(path))
            .ok()?;
        let record = self.0.get(at).filter(|record| record.hash == hash)?;
        Some(Found {
            record,
            start: record.start,
            len: record.len as usize,
        })
    }
}

/// How long the index of a segment is, by its first [`HEAD`] bytes; nothing of what is foreign.
#[must_use]
pub fn index_len(head: &[u8], key: Key) -> Option<usize> {
    let ours = head.starts_with(MAGIC) && number(head, 8)? == key.0;
    usize::try_from(number(head, 24)?).ok().filter(|_| ours)
}

fn number(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + 8)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

/// Files of which there are no records.
#[derive(Debug)]
pub struct Lacking<'a> {
    files: Vec<(Arc<str>, u64, &'a Parsed)>,
    /// Whether these are all files, so that the segments before them are of no use any more: because more
    /// records were out of date than not, or some could not be used.
    pub whole: bool,
}

impl Lacking<'_> {
    /// The segments that hold them, each made when it is asked for.
    pub fn segments(&self, key: Key) -> impl Iterator<Item = Vec<u8>> {
        self.files.chunks(LARGEST).filter_map(move |files| {
            let records = files.par_iter().filter_map(|(path, hash, parsed)| {
                let bytes = postcard::to_allocvec(parsed).ok()?;
                Some((Arc::clone(path), *hash, bytes))
            });
            seal(records.collect(), key)
        })
    }
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
            sum: crate::text::hash(bytes),
        });
        start += u64::from(len);
    }
    let index = postcard::to_allocvec(&index).ok()?;
    let size = HEAD + index.len() + usize::try_from(start).ok()?;
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&key.0.to_le_bytes());
    bytes.extend_from_slice(&hash(&index).to_le_bytes());
    bytes.extend_from_slice(&(index.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&index);
    for (_, _, record) in &new {
        bytes.extend_from_slice(record);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn files(n: usize, last: &str) -> Vec<TextFile> {
        let mut files: Vec<TextFile> = (0..n)
            .map(|at| {
                let text = format!("---\ntitle: T{at}\nloss: {{ actual: about 1m USD }}\n---\nSee [[x]] [@y].\n\n- a\n");
                TextFile::new(format!("content/incidents/n{at:05}.md"), text)
            })
            .collect();
        files.push(TextFile::new("content/notes/z.md", last));
        files
    }

    fn parsed(files: &[TextFile]) -> Parses {
        parse::all(files, Tlp::Clear, Parses::default())
    }

    fn recall(segments: &[Vec<u8>], key: Key, files: &[TextFile]) -> Recalled {
        Recalled::of(segments.iter().rev().cloned(), key, files, Tlp::Clear)
    }

    fn segments(recalled: &Recalled, parses: &Parses, key: Key) -> Vec<Vec<u8>> {
        let lacking = recalled.lacking(parses);
        lacking.map_or_else(Vec::new, |lacking| lacking.segments(key).collect())
    }

    #[test]
    fn what_was_parsed_is_recalled_and_only_what_is_new_is_written() {
        let key = Key::new(1, Tlp::Clear);
        let before = files(300, "---\ntitle: Z\n---\nWords.\n");
        let mut kept = segments(&Recalled::default(), &parsed(&before), key);

        let now = files(300, "---\ntitle: Z\n---\nOther words.\n");
        let mut recalled = recall(&kept, key, &now);
        assert_eq!(
            recalled.parses.files.len(),
            300,
            "all but the one that changed"
        );
        let parses = std::mem::take(&mut recalled.parses);
        let again = parse::all(&now, Tlp::Clear, parses);
        let (told, tells) = (
            format!("{:?}", again.files),
            format!("{:?}", parsed(&now).files),
        );
        assert_eq!(told, tells);
        assert!(
            recalled
                .lacking(&again)
                .is_some_and(|lacking| !lacking.whole)
        );
        let more = segments(&recalled, &again, key);
        assert!(more.len() == 1 && more[0].len() < 1000);
        kept.extend(more);

        let recalled = recall(&kept, key, &now);
        assert_eq!(recalled.parses.files.len(), 301);
        assert!(recalled.lacking(&again).is_none());
        // Back to what it was: the newest record is another, so it is parsed again.
        assert_eq!(recall(&kept, key, &before).parses.files.len(), 300);
    }

    #[test]
    fn damage_and_foreign_segments_are_as_good_as_none() {
        let key = Key::new(1, Tlp::Clear);
        let files = files(3, "---\ntitle: Z\n---\n");
        let parses = parsed(&files);
        let kept = segments(&Recalled::default(), &parses, key);
        let [whole] = kept.as_slice() else {
            panic!("one segment");
        };
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            for bytes in [flipped, whole[..at].to_vec()] {
                let recalled = recall(&[bytes], key, &files);
                assert_eq!((recalled.refused, recalled.total), (1, 0), "at {at}");
                assert!(
                    recalled
                        .lacking(&parses)
                        .is_some_and(|lacking| lacking.whole)
                );
            }
        }
        assert_eq!(recall(&kept, Key::new(2, Tlp::Clear), &files).refused, 1);
        assert_eq!(recall(&kept, Key::new(1, Tlp::Amber), &files).refused, 1);
        assert_eq!(recall(&kept, key, &files).refused, 0);
    }

    #[test]
    fn many_files_lie_in_several_segments() {
        let key = Key::new(1, Tlp::Clear);
        let files = files(LARGEST, "---\ntitle: Z\n---\n");
        let kept = segments(&Recalled::default(), &parsed(&files), key);
        assert_eq!(kept.len(), 2);
        assert_eq!(recall(&kept, key, &files).parses.files.len(), LARGEST + 1);
    }

    #[test]
    fn files_with_problems_are_parsed_again() {
        let key = Key::new(1, Tlp::Clear);
        let files = files(2, "---\nname: Z\n---\n");
        let kept = segments(&Recalled::default(), &parsed(&files), key);
        assert_eq!(recall(&kept, key, &files).parses.files.len(), 2);
    }
}
