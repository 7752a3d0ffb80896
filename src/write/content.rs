//! Making the files of a site, on all cores.
//!
//! Takes a [`Publication`]; has each file made once into a buffer that its thread keeps, and hands it on
//! to be kept. Problems are collected from all files; the first failure of the machine ends it.

use super::manifest::Digest;
use super::{Blocked, Failure, Made, Publication, Step, Watch, blocked};
use rayon::prelude::*;
use std::fs::File;
use std::hash::Hasher as _;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use twox_hash::XxHash3_64;

/// The content of one file, ready to be written.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// Those of another file.
    Copy(&'a Path),
}

/// What became of one file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FileOutcome {
    /// What it consists of.
    pub digest: Option<Digest>,
    /// Whether it was written.
    pub written: bool,
    /// Whether the file on disk had to be read to know.
    pub read: bool,
}

/// Makes every file of which `stays` does not say that it is there already, and hands it to `keep`. The
/// results stand in the order of the paths.
pub(super) fn make_all(
    publication: &Publication<'_>,
    watch: Watch<'_>,
    stays: impl Fn(usize) -> Result<Option<FileOutcome>, Failure> + Sync,
    keep: impl Fn(usize, Content<'_>) -> Result<FileOutcome, Failure> + Sync,
) -> Result<Vec<FileOutcome>, Failure> {
    let problems = Mutex::new(Vec::new());
    let failed = AtomicBool::new(false);
    let made = AtomicUsize::new(0);
    let one = |buffer: &mut Vec<u8>, index: usize| -> Result<FileOutcome, Failure> {
        buffer.clear();
        if let Some(kept) = stays(index)? {
            watch(Step::Made(made.fetch_add(1, Ordering::Relaxed) + 1));
            return Ok(kept);
        }
        let kept = match (publication.make)(index, buffer) {
            Err(found) => {
                failed.store(true, Ordering::Relaxed);
                let mut problems = problems.lock().unwrap_or_else(PoisonError::into_inner);
                problems.extend(found);
                FileOutcome::default()
            }
            // Nothing will be published: what is left is made for its problems alone.
            Ok(_) if failed.load(Ordering::Relaxed) => FileOutcome::default(),
            Ok(Made::Bytes) => keep(index, Content::Bytes(buffer))?,
            Ok(Made::Copy(path)) => keep(index, Content::Copy(&path))?,
        };
        watch(Step::Made(made.fetch_add(1, Ordering::Relaxed) + 1));
        Ok(kept)
    };
    let kept = (0..publication.paths.len())
        .into_par_iter()
        .with_min_len(16)
        .map_init(Vec::new, one)
        .collect::<Result<Vec<FileOutcome>, Failure>>()?;
    let problems = problems
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    if problems.is_empty() {
        Ok(kept)
    } else {
        Err(Failure::Problems(problems))
    }
}

impl Content<'_> {
    /// Its hash and size. A file that is to be copied is read for that.
    pub(super) fn digest(&self) -> Result<Digest, Blocked> {
        match self {
            Content::Bytes(bytes) => Ok(digest(bytes)),
            Content::Copy(path) => print_of(path).map_err(blocked("read", path)),
        }
    }

    /// Writes it to a file that does not exist yet, and says what was written.
    pub(super) fn write(&self, to: &Path) -> Result<Digest, Blocked> {
        let write = |error| blocked("write", to)(error);
        match self {
            Content::Bytes(bytes) => {
                let mut file = create(to).map_err(write)?;
                file.write_all(bytes).map_err(write)?;
                Ok(digest(bytes))
            }
            Content::Copy(from) => {
                let mut source = File::open(from).map_err(blocked("read", from))?;
                let mut file = create(to).map_err(write)?;
                let step = |part: &[u8]| file.write_all(part);
                // The error may be of either side; the file that is written is the one that fills up.
                each_part(&mut source, step).map_err(write)
            }
        }
    }
}

/// Makes a file whose folder may not be there yet.
fn create(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = path.parent().ok_or(error)?;
            make_folder(folder)?;
            File::create_new(path)
        }
        made => made,
    }
}

/// Makes a folder unless it is there; its parent is.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    match std::fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

/// The hash and size of a file.
pub(super) fn print_of(path: &Path) -> io::Result<Digest> {
    each_part(&mut File::open(path)?, |_| Ok(()))
}

fn digest(bytes: &[u8]) -> Digest {
    Digest {
        hash: crate::text::hash(bytes),
        size: bytes.len() as u64,
    }
}

/// Reads a file of any size part by part.
fn each_part(file: &mut File, mut step: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<Digest> {
    let mut hasher = XxHash3_64::new();
    let mut size = 0;
    let mut buffer = vec![0; 128 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                let part = buffer.get(..read).unwrap_or_default();
                hasher.write(part);
                size += read as u64;
                step(part)?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let hash = hasher.finish();
    Ok(Digest { hash, size })
}
