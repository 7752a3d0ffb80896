//! EDGE: what a build leaves for the next one, in `.dossier-cache/` below the project's root.
//!
//! Takes what was parsed and what was published; gives it back to a later build of the same program.
//! Nothing of a site depends on it: the folder may be removed at any time, and what is damaged, or was
//! left by another program, is passed by with a note. Holds no word of a page, only hashes; the files as
//! they were parsed are those of `content/`, whatever their marking, so the folder never leaves the
//! project (it ignores itself).

use super::Print;
use crate::model::Tlp;
use crate::parse::Parsed;
use crate::pipeline::kept::Kept;
use crate::pipeline::memory::{self, Index, Key, Lacking, Recalled};
use crate::render::Fingerprint;
use crate::text::{TextFile, hash};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder's name.
const FOLDER: &str = ".dossier-cache";

const PUBLISHED: &[u8; 8] = b"dossierP";

const BASE: &[u8; 8] = b"dossierB";

/// What was published into one folder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Published {
    /// The identity of everything that it was made from.
    pub state: u64,
    /// Whether nothing at all was wrong.
    pub sound: bool,
    /// How many entries there were.
    pub entries: usize,
    /// Every file, by path.
    pub files: Vec<PublishedFile>,
}

/// What a build without problems leaves so that one after an edit need look at little: the tables of its
/// stages, and what each file of its site consisted of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Base {
    /// The identity of everything that the site was made from beside the content of entries.
    pub standing: u64,
    /// What each file consisted of, in the order of the site's routes.
    pub prints: Vec<Option<Print>>,
    /// The tables.
    pub kept: Kept,
}

/// A file that was published.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PublishedFile {
    /// Its path below the output folder.
    pub path: String,
    /// The identity of the page, if it is one.
    pub page: Option<Box<Fingerprint>>,
    /// What it consists of.
    pub print: Option<Print>,
    /// The file below `content/` that it is a copy of.
    pub copy: Option<String>,
}

impl Published {
    /// What was published at a path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&PublishedFile> {
        let at = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()?;
        self.files.get(at)
    }
}

/// What earlier builds left.
#[derive(Debug, Default)]
pub struct Memory {
    /// Where it lies; none where nothing is to be kept.
    folder: Option<PathBuf>,
    program: u64,
    /// How many segments of parsed files there are.
    segments: u32,
    published_at: PathBuf,
    base_at: PathBuf,
    /// What was published last into the same folder.
    pub published: Option<Published>,
    /// Whether something was found that could not be used.
    pub refused: bool,
}

impl Memory {
    /// What builds of this project left; `out` is the folder that is published into. Where the program
    /// cannot tell what it is, nothing is kept.
    #[must_use]
    pub fn open(root: &Path, out: &Path) -> Memory {
        let Some(program) = program() else {
            return Memory::default();
        };
        let folder = root.join(FOLDER);
        let out = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        let out = hash(out.as_os_str().as_encoded_bytes());
        let published_at = folder.join(format!("published-{out:016x}"));
        let mut memory = Memory {
            program,
            segments: 0,
            published: None,
            refused: false,
            published_at,
            base_at: folder.join(format!("base-{out:016x}")),
            folder: Some(folder),
        };
        memory.read();
        memory
    }

    fn read(&mut self) {
        while self
            .segment_path(self.segments)
            .is_some_and(|path| path.is_file())
        {
            self.segments += 1;
        }
        if let Ok(bytes) = std::fs::read(&self.published_at) {
            self.published = unseal(PUBLISHED, &bytes, self.program);
            self.refused |= self.published.is_none();
        }
    }

    fn segment_path(&self, number: u32) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        Some(folder.join(format!("parsed-{number}")))
    }

    /// Whether anything is kept.
    #[must_use]
    pub fn keeps(&self) -> bool {
        self.folder.is_some()
    }

    fn key(&self, default_tlp: Tlp) -> Key {
        Key::new(self.program, default_tlp)
    }

    /// The files as they were parsed, as far as they are the same.
    #[must_use]
    pub fn recall(&self, files: &[TextFile], default_tlp: Tlp) -> Recalled {
        let numbers = (0..self.segments).rev();
        // One that cannot be read is one that is damaged.
        let segments = numbers
            .filter_map(|number| self.segment_path(number))
            .map(|path| std::fs::read(path).unwrap_or_default());
        Recalled::of(segments, self.key(default_tlp), files, default_tlp)
    }

    /// Keeps more of them. What cannot be written is not kept: no build fails for it.
    pub fn keep_parsed(&self, lacking: &Lacking<'_>, default_tlp: Tlp) {
        let mut number = if lacking.whole { 0 } else { self.segments };
        for bytes in lacking.segments(self.key(default_tlp)) {
            let path = self.segment_path(number);
            if path.is_none_or(|path| self.write(&path, &bytes).is_err()) {
                return;
            }
            number += 1;
        }
        // Those after it belong to what it replaces.
        for old in number..self.segments {
            let _ = self.segment_path(old).map(std::fs::remove_file);
        }
    }

    /// Keeps what was published.
    pub fn keep_published(&self, published: &Published) {
        if let Some(bytes) = seal(PUBLISHED, published, self.program).filter(|_| self.keeps()) {
            let _ = self.write(&self.published_at, &bytes);
        }
    }

    /// What the last build from nothing left, if it stood on the same ground.
    #[must_use]
    pub fn base(&self, standing: u64) -> Option<Base> {
        let bytes = std::fs::read(&self.base_at).ok()?;
        let base: Base = unseal(BASE, &bytes, self.program)?;
        (base.standing == standing).then_some(base)
    }

    /// Keeps what a build from nothing leaves, or forgets what an earlier one left.
    pub fn keep_base(&self, base: Option<&Base>) {
        let bytes = base.and_then(|base| seal(BASE, base, self.program));
        let _ = match bytes.filter(|_| self.keeps()) {
            Some(bytes) => self.write(&self.base_at, &bytes),
            None => std::fs::remove_file(&self.base_at),
        };
    }

    /// Files as they were parsed when they had these content hashes, by their paths; nothing where one of
    /// them is not found.
    #[must_use]
    pub fn former(&self, files: &[(Arc<str>, u64)], default_tlp: Tlp) -> Option<Vec<Parsed>> {
        let mut found: Vec<Option<Parsed>> = files.iter().map(|_| None).collect();
        for number in (0..self.segments).rev() {
            if found.iter().all(Option::is_some) {
                break;
            }
            let path = self.segment_path(number)?;
            self.search(&path, files, default_tlp, &mut found);
        }
        found.into_iter().collect()
    }

    /// Looks for them in one segment.
    fn search(
        &self,
        path: &Path,
        files: &[(Arc<str>, u64)],
        default_tlp: Tlp,
        found: &mut [Option<Parsed>],
    ) -> Option<()> {
        let mut segment = File::open(path).ok()?;
        let mut read = |start: u64, len: usize| {
            segment.seek(SeekFrom::Start(start)).ok()?;
            let mut bytes = Vec::new();
            let mut part = Read::by_ref(&mut segment).take(len as u64);
            (part.read_to_end(&mut bytes).ok()? == len).then_some(bytes)
        };
        let head = read(0, memory::HEAD)?;
        let len = memory::index_len(&head, self.key(default_tlp))?;
        let index = Index::open(&head, &read(memory::HEAD as u64, len)?)?;
        for ((path, hash), place) in files.iter().zip(found) {
            if let (None, Some(record)) = (&place, index.find(path, *hash)) {
                let start = (memory::HEAD + len) as u64 + record.start;
                *place = record.read(&read(start, record.len)?);
            }
        }
        Some(())
    }

    /// Writes a file of the folder, whole or not at all.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        if !folder.is_dir() {
            std::fs::create_dir(folder)?;
            std::fs::write(folder.join(".gitignore"), "*\n")?;
            let tag = "Signature: 8a477f597d28d172789f06886806bc55\n# What dossier keeps between builds.\n";
            std::fs::write(folder.join("CACHEDIR.TAG"), tag)?;
        }
        let new = path.with_extension(format!("{}.new", std::process::id()));
        std::fs::write(&new, bytes)?;
        std::fs::rename(&new, path)
    }
}

/// The hash of this very program, so that nothing that another one left is trusted.
fn program() -> Option<u64> {
    let bytes = std::fs::read(std::env::current_exe().ok()?).ok()?;
    Some(hash(&bytes))
}

fn seal(magic: &[u8; 8], value: &impl Serialize, program: u64) -> Option<Vec<u8>> {
    let mut bytes = magic.to_vec();
    bytes.extend_from_slice(&program.to_le_bytes());
    let sum = bytes.len();
    bytes.extend_from_slice(&[0; 8]);
    let body = bytes.len();
    let mut bytes = postcard::to_extend(value, bytes).ok()?;
    let hash = hash(bytes.get(body..)?).to_le_bytes();
    bytes.get_mut(sum..body)?.copy_from_slice(&hash);
    Some(bytes)
}

fn unseal<'b, T: Deserialize<'b>>(magic: &[u8; 8], bytes: &'b [u8], program: u64) -> Option<T> {
    let rest = bytes.strip_prefix(magic)?;
    let rest = rest.strip_prefix(&program.to_le_bytes())?;
    let (sum, body) = rest.split_first_chunk::<8>()?;
    (u64::from_le_bytes(*sum) == hash(body))
        .then(|| postcard::from_bytes(body).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_published_is_given_back_to_the_same_program_unharmed() {
        let file = PublishedFile {
            path: "a".to_owned(),
            page: None,
            print: Some(Print { hash: 7, size: 3 }),
            copy: None,
        };
        let published = Published {
            state: 5,
            sound: true,
            entries: 1,
            files: vec![file],
        };
        let bytes = seal(PUBLISHED, &published, 1).unwrap();
        let back: Published = unseal(PUBLISHED, &bytes, 1).unwrap();
        assert_eq!(
            back.file("a")
                .and_then(|file| file.print)
                .map(|print| print.hash),
            Some(7)
        );
        let read = |bytes: &[u8], by| unseal::<Published>(PUBLISHED, bytes, by);
        assert!(read(&bytes, 2).is_none());
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert!(read(&flipped, 1).is_none(), "flipped at {at}");
            assert!(read(&bytes[..at], 1).is_none(), "cut at {at}");
        }
    }
}
