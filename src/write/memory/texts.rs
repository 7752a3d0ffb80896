//! The texts of entries as earlier builds read them, so that a later one can tell what an edit changed.
//!
//! Takes the files of a build; keeps those that are not kept yet, in segments of texts behind an index.
//! Gives a text back by its path and content hash, and reads no other for it. A text counts only if it has
//! that hash: what is damaged is not found.

use super::replace;
use crate::text::{TextFile, hash};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"dossierT";

/// What precedes the index: [`MAGIC`], the hash of the index, its length.
const HEAD: usize = 8 + 8 + 8;

/// How many texts lie in a segment, at most: their indexes are read to find one.
const LARGEST: usize = 4096;

/// Where a text lies, behind the index.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Record {
    path: Arc<str>,
    hash: u64,
    start: u64,
    len: u64,
}

/// The segments in a folder.
#[derive(Debug, Default)]
pub(super) struct Texts {
    folder: PathBuf,
    count: u32,
}

/// A segment of which the index was read.
struct Segment {
    file: File,
    /// In order of path.
    index: Vec<Record>,
    /// Where the texts begin.
    texts: u64,
}

impl Texts {
    /// The segments that there are.
    pub(super) fn open(folder: &Path) -> Texts {
        let mut texts = Texts {
            folder: folder.to_owned(),
            count: 0,
        };
        while texts.path(texts.count).is_file() {
            texts.count += 1;
        }
        texts
    }

    fn path(&self, number: u32) -> PathBuf {
        self.folder.join(format!("texts-{number}"))
    }

    /// Files as they were when they had these content hashes, by their paths; nothing where one of them is
    /// not found.
    pub(super) fn former(&self, wanted: &[(Arc<str>, u64)]) -> Option<Vec<TextFile>> {
        let mut found: Vec<Option<TextFile>> = wanted.iter().map(|_| None).collect();
        for number in (0..self.count).rev() {
            if found.iter().all(Option::is_some) {
                break;
            }
            let Some(mut segment) = Segment::open(&self.path(number)) else {
                continue;
            };
            for ((path, hash), place) in wanted.iter().zip(&mut found) {
                if place.is_none() {
                    *place = segment.text(path, *hash);
                }
            }
        }
        found.into_iter().collect()
    }

    /// Keeps what is not kept yet. Gives whether all segments could be read; if not, or if most of what
    /// they hold is out of date, all of it is written anew.
    pub(super) fn keep(&self, files: &[TextFile]) -> io::Result<bool> {
        let mut known: HashMap<Arc<str>, u64> = HashMap::new();
        let mut total = 0;
        let mut sound = true;
        for number in 0..self.count {
            let segment = Segment::open(&self.path(number));
            sound &= segment.is_some();
            let index = segment.map_or_else(Vec::new, |segment| segment.index);
            total += index.len();
            known.extend(index.into_iter().map(|record| (record.path, record.hash)));
        }
        let many = self.count as usize > files.len() / LARGEST + 64;
        let whole = !sound || many || total > 2 * files.len() + 64;
        let lacks = |file: &&TextFile| whole || known.get(&file.path) != Some(&file.hash);
        let lacking: Vec<&TextFile> = files.iter().filter(lacks).collect();
        let first = if whole { 0 } else { self.count };
        let numbered: Vec<(u32, &[&TextFile])> = (first..).zip(lacking.chunks(LARGEST)).collect();
        numbered
            .par_iter()
            .try_for_each(|(number, files)| write(&self.path(*number), files))?;
        let end = numbered.last().map_or(first, |(number, _)| number + 1);
        // Those after it belong to what it replaces.
        for old in end..self.count {
            let _ = std::fs::remove_file(self.path(old));
        }
        Ok(sound)
    }
}

impl Segment {
    fn open(path: &Path) -> Option<Segment> {
        let mut file = File::open(path).ok()?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        let (magic, rest) = head.split_first_chunk::<8>()?;
        let (sum, len) = rest.split_first_chunk::<8>()?;
        let len = u64::from_le_bytes(len.try_into().ok()?);
        let mut index = Vec::new();
        Read::by_ref(&mut file)
            .take(len)
            .read_to_end(&mut index)
            .ok()?;
        let sound = magic == MAGIC && u64::from_le_bytes(*sum) == hash(&index);
        let index = sound.then(|| postcard::from_bytes(&index).ok())??;
        Some(Segment {
            file,
            index,
            texts: HEAD as u64 + len,
        })
    }

    fn text(&mut self, path: &str, hash: u64) -> Option<TextFile> {
        let by_path = |record: &Record| (*record.path).cmp(path);
        let at = self.index.binary_search_by(by_path).ok()?;
        let record = self.index.get(at).filter(|record| record.hash == hash)?;
        let start = SeekFrom::Start(self.texts.checked_add(record.start)?);
        self.file.seek(start).ok()?;
        let mut text = String::new();
        let mut part = Read::by_ref(&mut self.file).take(record.len);
        part.read_to_string(&mut text).ok()?;
        let file = TextFile::new(Arc::clone(&record.path), text);
        (file.hash == hash).then_some(file)
    }
}

fn write(path: &Path, files: &[&TextFile]) -> io::Result<()> {
    let mut start = 0;
    let records = files.iter().map(|file| {
        let len = file.text.len() as u64;
        start += len;
        Record {
            path: Arc::clone(&file.path),
            hash: file.hash,
            start: start - len,
            len,
        }
    });
    let index = postcard::to_allocvec(&records.collect::<Vec<_>>()).map_err(io::Error::other)?;
    replace(path, |file| {
        let mut file = BufWriter::with_capacity(1 << 16, file);
        file.write_all(MAGIC)?;
        file.write_all(&hash(&index).to_le_bytes())?;
        file.write_all(&(index.len() as u64).to_le_bytes())?;
        file.write_all(&index)?;
        for text in files {
            file.write_all(text.text.as_bytes())?;
        }
        file.flush()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(last: &str) -> Vec<TextFile> {
        let file =
            |at: usize| TextFile::new(format!("content/notes/n{at:05}.md"), format!("ä {at}"));
        let mut files: Vec<TextFile> = (0..5000).map(file).collect();
        files.push(TextFile::new("content/notes/z.md", last));
        files
    }

    #[test]
    fn former_texts_are_found_and_only_new_ones_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Texts::open(folder.path());
        let (before, now) = (files("before"), files("now"));
        assert!(open().former(&[]).is_some());
        assert!(open().keep(&before).unwrap());
        assert_eq!(open().count, 2);
        assert!(open().keep(&now).unwrap());
        assert!(open().keep(&now).unwrap());
        assert_eq!(open().count, 3);
        assert!(std::fs::metadata(open().path(2)).unwrap().len() < 200);
        let wanted = [&before[5000], &now[5000], &now[7]];
        let wanted = wanted.map(|file| (Arc::clone(&file.path), file.hash));
        let found = open().former(&wanted).unwrap();
        let texts: Vec<&str> = found.iter().map(|file| &*file.text).collect();
        assert_eq!(texts, ["before", "now", "ä 7"]);
        assert!(open().former(&[(Arc::clone(&now[0].path), 1)]).is_none());
    }

    #[test]
    fn what_is_damaged_is_not_found_and_then_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Texts::open(folder.path());
        let files = vec![TextFile::new("a", "one"), TextFile::new("b", "two")];
        let wanted = [
            (Arc::from("a"), files[0].hash),
            (Arc::from("b"), files[1].hash),
        ];
        open().keep(&files).unwrap();
        let path = open().path(0);
        let bytes = std::fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            std::fs::write(&path, &flipped).unwrap();
            assert!(open().former(&wanted).is_none(), "flipped at {at}");
            std::fs::write(&path, &bytes[..at]).unwrap();
            assert!(open().former(&wanted).is_none(), "cut at {at}");
        }
        std::fs::write(&path, &bytes[..20]).unwrap();
        assert!(!open().keep(&files).unwrap());
        assert!(open().former(&wanted).is_some());
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}
