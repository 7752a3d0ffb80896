//! The manifest: which files of the output are ours, and for whom they were made.
//!
//! `.dossier-manifest` in the output, lines of text, each with a checksum of its own, so that damage is
//! noticed and what is whole can still be used:
//!
//! ```text
//! 5f0c2a41 dossier-manifest 1 0.1.0
//! 90aa01be audience clear
//! 1b2f77c0 state complete
//! 7d11ab08 file 9c2be5a1d3a4f00e 1834 actors/apt38/index.html
//! 02e6f9aa end 1
//! ```
//!
//! `state underway` names, without hashes (`-`), the files of the new site and those of the old one that
//! may still be there, for both audiences; once these are removed, those of the new site alone. The file
//! is only ever replaced by a rename, so it cannot be half written. The same site
//! gives the same bytes.

use super::{Blocked, Failure, blocked, guard};
use crate::model::Tlp;
use crate::text::hash;
use memchr::memchr3;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::SystemTime;

/// Its name in the output.
pub(super) const NAME: &str = ".dossier-manifest";

/// Its name before it is in place; earlier versions made it in the output.
pub(super) const NEW: &str = ".dossier-manifest.new";
const HEADER: &str = "dossier-manifest 1";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What was written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// xxh3 of its bytes.
    pub hash: u64,
    /// How many they are.
    pub size: u64,
}

/// A manifest as it was found.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// For whom the files may have been made.
    pub audiences: BTreeSet<Tlp>,
    /// The files, sorted; with what was written to each where that is known.
    pub files: Vec<(String, Option<Digest>)>,
    /// Whether the build that wrote it came to its end.
    pub complete: bool,
    /// Whether it was written by this version of the program.
    pub current: bool,
    /// Whether anything of it was lost.
    pub damaged: bool,
    /// When it was put in place: a file with an earlier [`stamp`] is as it was written.
    pub stamp: Option<Stamp>,
}

/// The moment of a file's last change, by the clock that the user cannot set where there is one.
pub(super) type Stamp = (i64, i64);

impl Manifest {
    /// That of a folder that holds nothing of ours.
    pub(super) fn of_nothing() -> Self {
        Self {
            complete: true,
            current: true,
            ..Self::default()
        }
    }

    /// What is known of a file.
    pub(super) fn file(&self, path: &str) -> Option<Option<Digest>> {
        let by_path = |(name, _): &(String, _)| name.as_str().cmp(path);
        let at = self.files.binary_search_by(by_path).ok()?;
        self.files.get(at).map(|(_, digest)| *digest)
    }

    /// Whether a path is, or was, a folder that our files are in.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.below(path).next().is_some()
    }

    /// The files below a folder.
    pub(super) fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a str> {
        let prefix = format!("{folder}/");
        let start = self.files.partition_point(|(name, _)| *name < prefix);
        let names = self.files.iter().skip(start).map(|(name, _)| name.as_str());
        names.take_while(move |name| name.starts_with(&prefix))
    }
}

/// The manifest of an output; `None` where there is none.
pub(super) fn read(out: &Path) -> Result<Option<Manifest>, Failure> {
    let path = out.join(NAME);
    let reading = || blocked("read", &path);
    let found = match std::fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        found => found.map_err(reading())?,
    };
    if !found.is_file() {
        let message = format!("`{}` is not a file; remove it", path.display());
        return Err(Failure::Refused(message));
    }
    let bytes = std::fs::read(&path).map_err(reading())?;
    let mut manifest = parse(&bytes);
    manifest.stamp = stamp(&found);
    Ok(Some(manifest))
}

fn parse(bytes: &[u8]) -> Manifest {
    let mut manifest = Manifest::default();
    let mut parts = 0;
    let mut ended = false;
    for line in bytes
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        let understood = checked(line).and_then(|line| {
            let (word, rest) = line.split_once(' ')?;
            match word {
                "dossier-manifest" => {
                    let version = line.strip_prefix(HEADER)?.strip_prefix(' ')?;
                    manifest.current = version == VERSION;
                    parts += 1;
                }
                "audience" => {
                    manifest.audiences.insert(Tlp::from_name(rest)?);
                }
                "state" => {
                    manifest.complete = rest == "complete";
                    parts += 1;
                }
                "file" => manifest.files.push(file(rest)?),
                "end" => ended = rest.parse() == Ok(manifest.files.len()),
                _ => return None,
            }
            Some(())
        });
        manifest.damaged |= understood.is_none();
    }
    manifest.damaged |= !ended || parts != 2 || manifest.audiences.is_empty();
    manifest.complete &= !manifest.damaged;
    manifest.files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    manifest.files.dedup_by(|a, b| a.0 == b.0);
    manifest
}

fn checked(line: &[u8]) -> Option<&str> {
    let (sum, rest) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    (u32::from_str_radix(sum, 16).ok()? == checksum(rest)).then_some(rest)
}

fn file(rest: &str) -> Option<(String, Option<Digest>)> {
    let mut words = rest.splitn(3, ' ');
    let (sum, size, path) = (words.next()?, words.next()?, unescape(words.next()?)?);
    let digest = match sum {
        "-" => None,
        sum => Some(Digest {
            hash: u64::from_str_radix(sum, 16).ok()?,
            size: size.parse().ok()?,
        }),
    };
    // Whoever wrote this manifest, nothing outside the output is ever deleted on its word.
    guard::is_below(&path).then_some((path, digest))
}

/// The lower half of the line's hash: against accidents, not against malice.
fn checksum(line: &str) -> u32 {
    (hash(line.as_bytes()) & u64::from(u32::MAX)) as u32
}

/// The bytes of a manifest. Without digests it is one of a build that is underway.
pub(super) fn bytes<'a>(
    audiences: &BTreeSet<Tlp>,
    complete: bool,
    files: impl Iterator<Item = (&'a str, Option<Digest>)>,
) -> Vec<u8> {
    let mut text = String::new();
    let mut line = |line: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:08x} {line}", checksum(line));
    };
    line(&format!("{HEADER} {VERSION}"));
    for audience in audiences {
        line(&format!("audience {audience}"));
    }
    let state = if complete { "complete" } else { "underway" };
    line(&format!("state {state}"));
    let mut count = 0;
    for (path, digest) in files {
        let path = escape(path);
        match digest {
            Some(Digest { hash, size }) => line(&format!("file {hash:016x} {size} {path}")),
            None => line(&format!("file - - {path}")),
        }
        count += 1;
    }
    line(&format!("end {count}"));
    text.into_bytes()
}

/// Puts a manifest in place, whole, and on the disk before anything that follows. It is made in the
/// staging folder: where nothing can be renamed from there, this is where it shows, and not after the
/// old files are gone.
pub(super) fn write(out: &Path, staging: &Path, bytes: &[u8]) -> Result<(), Blocked> {
    put(out, staging, bytes, true)?;
    sync_folder(out);
    Ok(())
}

/// Puts a manifest in place, whole. Whether it or the one before it is there after a power failure is
/// the same: the one before it names at least the same files.
pub(super) fn replace(out: &Path, staging: &Path, bytes: &[u8]) -> Result<(), Blocked> {
    put(out, staging, bytes, false)
}

fn put(out: &Path, staging: &Path, bytes: &[u8], sync: bool) -> Result<(), Blocked> {
    let (path, new) = (out.join(NAME), staging.join(NEW));
    let mut file = File::create(&new).map_err(blocked("write", &new))?;
    file.write_all(bytes).map_err(blocked("write", &new))?;
    if sync {
        file.sync_all().map_err(blocked("write", &new))?;
    }
    std::fs::rename(&new, &path).map_err(blocked("write", &path))
}

/// Makes the manifest the latest change of an output: only files that are older need not be read by the
/// next build.
pub(super) fn touch(out: &Path) -> Result<(), Blocked> {
    let path = out.join(NAME);
    let found = std::fs::metadata(&path).map_err(blocked("look at", &path))?;
    std::fs::set_permissions(&path, found.permissions()).map_err(blocked("write", &path))
}

/// Makes the rename itself last. Not every system can; then the rename lasts as well as it lasts.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// When a file was last changed in any way: on Unix its ctime, which `touch` and `cp -p` cannot set
/// back; elsewhere its modification time.
pub(super) fn stamp(found: &std::fs::Metadata) -> Option<Stamp> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let _ = SystemTime::UNIX_EPOCH;
        Some((found.ctime(), found.ctime_nsec()))
    }
    #[cfg(not(unix))]
    {
        let since = found
            .modified()
            .ok()?
            .duration_since(SystemTime::UNIX_EPOCH)
            .ok()?;
        Some((
            i64::try_from(since.as_secs()).ok()?,
            i64::from(since.subsec_nanos()),
        ))
    }
}

fn escape(path: &str) -> Cow<'_, str> {
    if memchr3(b'%', b'\n', b'\r', path.as_bytes()).is_none() {
        return path.into();
    }
    let path = path.replace('%', "%25").replace('\n', "%0A");
    path.replace('\r', "%0D").into()
}

fn unescape(path: &str) -> Option<String> {
    let mut plain = String::with_capacity(path.len());
    let mut parts = path.split('%');
    plain.push_str(parts.next()?);
    for part in parts {
        plain.push(match part.get(..2)? {
            "25" => '%',
            "0A" => '\n',
            "0D" => '\r',
            _ => return None,
        });
        plain.push_str(part.get(2..)?);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let digest = |hash| Some(Digest { hash, size: 7 });
        let files = [
            ("a/index.html", digest(1)),
            ("b\n%.png", digest(u64::MAX)),
            ("c", None),
        ];
        bytes(
            &BTreeSet::from([Tlp::Clear, Tlp::AmberStrict]),
            true,
            files.into_iter(),
        )
    }

    #[test]
    fn what_is_written_is_read_back() {
        let manifest = parse(&sample());
        assert!(manifest.complete && manifest.current && !manifest.damaged);
        assert_eq!(
            manifest.audiences,
            BTreeSet::from([Tlp::Clear, Tlp::AmberStrict])
        );
        assert_eq!(
            manifest.file("a/index.html"),
            Some(Some(Digest { hash: 1, size: 7 }))
        );
        assert_eq!(
            manifest.file("b\n%.png"),
            Some(Some(Digest {
                hash: u64::MAX,
                size: 7
            }))
        );
        assert_eq!(manifest.file("c"), Some(None));
        assert_eq!(manifest.file("d"), None);
        assert!(manifest.has_folder("a") && !manifest.has_folder("c"));
    }

    #[test]
    fn every_damage_is_noticed_and_what_is_whole_is_kept() {
        let whole = sample();
        for at in 0..whole.len() {
            let mut cut = whole.clone();
            cut.truncate(at);
            // Without its last line break a manifest still says everything.
            assert_eq!(parse(&cut).damaged, at + 1 < whole.len(), "cut at {at}");
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            let found = parse(&flipped);
            assert!(found.damaged, "flipped at {at}");
            assert!(
                !found.files.is_empty(),
                "flipped at {at}: other lines are not lost"
            );
        }
        assert!(parse(b"").damaged);
        assert!(parse(&[0; 512]).damaged);
    }

    #[test]
    fn a_manifest_cannot_name_what_is_outside() {
        let files = [("../../etc/passwd", None), ("/etc/passwd", None)];
        let bytes = bytes(&BTreeSet::from([Tlp::Clear]), true, files.into_iter());
        let manifest = parse(&bytes);
        assert!(manifest.files.is_empty() && manifest.damaged);
    }
}
