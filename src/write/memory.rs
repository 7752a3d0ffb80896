//! EDGE: what a build leaves for the next one, in `.dossier-cache/` below the project's root.
//!
//! Takes what was published, the tables of the stages and the texts of entries; gives them back to a later
//! build of the same program. Nothing of a site depends on it: the folder may be removed at any time, and
//! what is damaged, or was left by another program, is passed by with a note. Texts and names are those
//! of `content/`, whatever their marking, so the folder never leaves the project (it ignores itself).

mod texts;

use self::texts::Texts;
use super::Digest;
use crate::pipeline::tables::Tables;
use crate::release::Waiting;
use crate::render::{Facet, Fingerprint};
use crate::text::{TextFile, hash, hash_of};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder's name.
pub(super) const FOLDER: &str = ".dossier-cache";

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
    /// What was not shown because it was a draft or its day had not come.
    pub waiting: Waiting,
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
    pub digests: Vec<Option<Digest>>,
    /// What of the site each was made of, in the same order.
    pub facets: Vec<Box<[Facet]>>,
    /// The tables.
    pub tables: Tables,
}

/// A file that was published.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PublishedFile {
    /// Its path below the output folder.
    pub path: String,
    /// The identity of the page, if it is one.
    pub page: Option<Box<Fingerprint>>,
    /// What it consists of.
    pub digest: Option<Digest>,
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
    texts: Texts,
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
            texts: Texts::open(&folder),
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
        if let Ok(bytes) = std::fs::read(&self.published_at) {
            self.published = unseal(PUBLISHED, &bytes, self.program);
            self.refused |= self.published.is_none();
        }
    }

    /// Whether anything is kept.
    #[must_use]
    pub fn keeps(&self) -> bool {
        self.folder.is_some()
    }

    /// Files as they were when they had these content hashes, by their paths; nothing where one of them is
    /// not found.
    #[must_use]
    pub fn former(&self, files: &[(Arc<str>, u64)]) -> Option<Vec<TextFile>> {
        self.texts.former(files)
    }

    /// Keeps the texts of entries. What cannot be written is not kept: no build fails for it.
    pub fn keep_texts(&mut self, files: &[TextFile]) {
        if self.make_folder().is_ok() {
            self.refused |= !self.texts.keep(files).unwrap_or(true);
        }
    }

    /// Keeps what was published.
    pub fn keep_published(&self, published: &Published) {
        if let Some(bytes) = seal(PUBLISHED, published, self.program).filter(|_| self.keeps()) {
            let _ = self.write(&self.published_at, &bytes);
        }
    }

    /// What the last build from nothing left, if all but the content of entries is as it was.
    pub fn base(&mut self, standing: u64) -> Option<Base> {
        let bytes = std::fs::read(&self.base_at).ok()?;
        let base: Option<Base> = unseal(BASE, &bytes, self.program);
        self.refused |= base.is_none();
        base.filter(|base| base.standing == standing)
    }

    /// Keeps what a build from nothing leaves, or forgets what an earlier one left.
    pub fn keep_base(&self, base: Option<&Base>) {
        let bytes = base.and_then(|base| seal(BASE, base, self.program));
        let _ = match bytes.filter(|_| self.keeps()) {
            Some(bytes) => self.write(&self.base_at, &bytes),
            None => std::fs::remove_file(&self.base_at),
        };
    }

    /// Writes a file of the folder, whole or not at all.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.make_folder()?;
        replace(path, |mut file| file.write_all(bytes))
    }

    fn make_folder(&self) -> io::Result<()> {
        let Some(folder) = self.folder.as_ref().filter(|folder| !folder.is_dir()) else {
            return Ok(());
        };
        std::fs::create_dir(folder)?;
        std::fs::write(folder.join(".gitignore"), "*\n")?;
        let tag =
            "Signature: 8a477f597d28d172789f06886806bc55\n# What dossier keeps between builds.\n";
        std::fs::write(folder.join("CACHEDIR.TAG"), tag)
    }
}

/// Makes a file anew, whole or not at all.
fn replace(path: &Path, write: impl FnOnce(File) -> io::Result<()>) -> io::Result<()> {
    let new = path.with_extension(format!("{}.new", std::process::id()));
    write(File::create(&new)?)?;
    std::fs::rename(&new, path)
}

/// The hash of this very program, so that nothing that another one left is trusted.
fn program() -> Option<u64> {
    let program = File::open(std::env::current_exe().ok()?).ok()?;
    let mut part = Vec::with_capacity(1 << 20);
    let mut hashes = Vec::new();
    // Part by part and not as one stream: of that each step would be compiled here, which takes tests of an
    // unoptimised program half a second.
    while (&program).take(1 << 20).read_to_end(&mut part).ok()? > 0 {
        hashes.push(hash(&part));
        part.clear();
    }
    Some(hash_of(&hashes))
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
            digest: Some(Digest { hash: 7, size: 3 }),
            copy: None,
        };
        let published = Published {
            state: 5,
            sound: true,
            entries: 1,
            waiting: Waiting::default(),
            files: vec![file],
        };
        let bytes = seal(PUBLISHED, &published, 1).unwrap();
        let back: Published = unseal(PUBLISHED, &bytes, 1).unwrap();
        assert_eq!(
            back.file("a")
                .and_then(|file| file.digest)
                .map(|digest| digest.hash),
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
