//! What is in a file.
//!
//! Takes the path of one file below the root; gives its text or what else is to be known of it, with
//! the problem where it is not what it should be. A file that went away meanwhile is none; one that
//! has not changed is the value that is known of it. Looks at no other file.

use super::stamp::stamp;
use super::words::{self, Later, Words};
use super::{FileInfo, Outcome, Unreadable, is_gone};
use crate::attachment::{self, Form, Look};
use crate::diag::{Code, Diagnostic};
use crate::text::{Place, Span, TextFile, hash, line_column};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

/// The largest Markdown file that is taken for an entry: beyond that it is an accident, and the
/// limit keeps byte offsets in 32 bits and every later stage within seconds.
const LARGEST_TEXT: u64 = words::LARGEST;

/// How far into a file that is too large its front matter is looked for.
const LARGEST_FRONT_MATTER: usize = 64 * 1024;

/// Where kept copies of sources lie; their SHA-256 is verified.
const SNAPSHOTS: &str = "content/sources/snapshots/";

/// `dossier.toml`, where there is one.
pub(super) fn config(
    root: &Path,
    known: Option<&TextFile>,
) -> Result<Outcome<Option<TextFile>>, Unreadable> {
    const NAME: &str = "dossier.toml";
    let empty = || keep(known, NAME, "");
    let target = std::fs::canonicalize(root.join(NAME)).ok();
    if target.is_some_and(|target| !target.starts_with(root)) {
        let message = "`dossier.toml` is a symbolic link out of the project";
        let problem = Diagnostic::new(Code::LinkLeavesProject, Place::file(NAME), message)
            .help("copy the file into the project");
        return Ok(Outcome {
            value: Some(empty()),
            problems: vec![problem],
        });
    }
    let mut read = text(root, NAME, known, &mut Vec::new())?;
    if !read.problems.is_empty() {
        read.value = read.value.or_else(|| Some(empty()));
    }
    Ok(read)
}

/// A Markdown file. What is not UTF-8 or too large is reported, and what can be saved of it is given,
/// at the same byte offsets; `None` where nothing can.
pub(super) fn text(
    root: &Path,
    path: &str,
    known: Option<&TextFile>,
    buffer: &mut Vec<u8>,
) -> Result<Outcome<Option<TextFile>>, Unreadable> {
    buffer.clear();
    let Some(file) = open(root, path)? else {
        return Ok(Outcome::clean(None));
    };
    // One byte more than allowed tells a file that is too large without reading the rest of it.
    file.take(LARGEST_TEXT + 1)
        .read_to_end(buffer)
        .map_err(|error| unreadable(root, path, error))?;
    if buffer.len() as u64 > LARGEST_TEXT {
        let problems = vec![too_large(path)];
        let value = front_matter_of(buffer).map(|text| keep(known, path, &text));
        return Ok(Outcome { value, problems });
    }
    match std::str::from_utf8(buffer) {
        Ok(text) => Ok(Outcome::clean(Some(keep(known, path, text)))),
        Err(error) => {
            let at = error.valid_up_to();
            let mended = mend(buffer);
            let problems = vec![not_utf8(path, buffer, at, &mended)];
            let value = Some(keep(known, path, &mended));
            Ok(Outcome { value, problems })
        }
    }
}

/// The file that is known, where its text is still the same.
fn keep(known: Option<&TextFile>, path: &str, text: &str) -> TextFile {
    match known {
        Some(known) if *known.text == *text => known.clone(),
        Some(known) => TextFile::new(Arc::clone(&known.path), text),
        None => TextFile::new(path, text),
    }
}

/// What is to be known of a file that is no entry: of a text all of it is looked at, of any other no more than
/// tells its form and the words at its ends. The words are `kept` or read once they are asked for.
pub(super) fn info(
    root: &Path,
    path: &str,
    kept: bool,
    buffer: &mut Vec<u8>,
) -> Result<Option<FileInfo>, Unreadable> {
    let Some(mut file) = open(root, path)? else {
        return Ok(None);
    };
    let failed = |error| unreadable(root, path, error);
    let found = file.metadata().map_err(failed)?;
    fill(&mut file, path, buffer).map_err(failed)?;
    let form = Form::of(path, buffer);
    let words = match kept {
        true => Later::read(buffer),
        false => Later::of(buffer, root.join(path).into()),
    };
    let sha256 = match path.starts_with(SNAPSHOTS) {
        true => Some(sha256(&mut file, buffer).map_err(failed)?),
        false => None,
    };
    Ok(Some(FileInfo {
        size: found.len(),
        sha256,
        form,
        words,
        stamp: stamp(&found),
    }))
}

/// Reads what words may stand in: of a drawing or a text all, of any other file both ends. What begins as a
/// text may be something else (an archive, a PDF).
fn fill(file: &mut File, path: &str, buffer: &mut Vec<u8>) -> io::Result<()> {
    buffer.clear();
    file.take(attachment::HEAD as u64).read_to_end(buffer)?;
    if attachment::look(path) == Look::Whole {
        file.take(attachment::LARGEST_DRAWING + 1)
            .read_to_end(buffer)?;
        return Ok(());
    }
    if buffer.len() < attachment::HEAD {
        return Ok(());
    }
    if words::is_text(buffer) {
        file.take(LARGEST_TEXT + 1).read_to_end(buffer)?;
        if words::is_text(buffer) {
            return Ok(());
        }
    } else {
        file.take(words::ENDS).read_to_end(buffer)?;
    }
    let at = file.stream_position()?;
    let end = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(at.max(end.saturating_sub(words::ENDS))))?;
    file.take(words::ENDS).read_to_end(buffer)?;
    Ok(())
}

/// The words in a file as they were when it was looked at, which `identity` tells.
pub(super) fn words_of(path: &Path, identity: u64) -> Words {
    let mut buffer = Vec::new();
    let name = path.to_string_lossy();
    let read = File::open(path).and_then(|mut file| fill(&mut file, &name, &mut buffer));
    match read.is_ok() && hash(&buffer) == identity {
        true => Words::of(&buffer),
        false => Words::Changed,
    }
}

/// SHA-256 in lower-case hexadecimal.
fn sha256(file: &mut File, buffer: &mut Vec<u8>) -> io::Result<String> {
    file.rewind()?;
    buffer.resize(256 * 1024, 0);
    let mut hasher = Sha256::new();
    loop {
        match file.read(buffer) {
            Ok(0) => break,
            Ok(read) => hasher.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let mut sha256 = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(sha256, "{byte:02x}");
    }
    Ok(sha256)
}

/// A file of the theme. Whether a template is text is for [`crate::render`] to say.
pub(super) fn bytes(
    root: &Path,
    path: &str,
    known: Option<&Arc<[u8]>>,
    buffer: &mut Vec<u8>,
) -> Result<Option<Arc<[u8]>>, Unreadable> {
    buffer.clear();
    let Some(mut file) = open(root, path)? else {
        return Ok(None);
    };
    file.read_to_end(buffer)
        .map_err(|error| unreadable(root, path, error))?;
    let same = known.filter(|known| ***known == **buffer);
    Ok(Some(
        same.map_or_else(|| Arc::from(buffer.as_slice()), Arc::clone),
    ))
}

/// Opens a file; `None` where it went away.
fn open(root: &Path, path: &str) -> Result<Option<File>, Unreadable> {
    match File::open(root.join(path)) {
        Ok(file) => Ok(Some(file)),
        Err(error) if is_gone(&error) => Ok(None),
        Err(error) => Err(unreadable(root, path, error)),
    }
}

fn unreadable(root: &Path, path: &str, error: io::Error) -> Unreadable {
    let path = root.join(path);
    Unreadable { path, error }
}

/// The text with each byte that is not UTF-8 as one `?`, so that byte offsets stay what they are.
fn mend(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

fn not_utf8(path: &str, bytes: &[u8], at: usize, mended: &str) -> Diagnostic {
    let path: Arc<str> = path.into();
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if utf16 {
        let message = "the file is UTF-16, not UTF-8";
        return Diagnostic::new(Code::NotUtf8, Place::file(path), message)
            .help("save it as UTF-8 (editors call it \"encoding\")");
    }
    let span = Span::new(at, at + 1);
    let byte = bytes.get(at).copied().unwrap_or_default();
    let line = line_column(mended, span.start).0;
    let message = format!("the file is not UTF-8: the byte 0x{byte:02X} in line {line}");
    Diagnostic::at(Code::NotUtf8, &path, span, message)
        .label("shown as `?` here")
        .help("save it as UTF-8; it may be Latin-1 or Windows-1252 now")
}

fn too_large(path: &str) -> Diagnostic {
    let limit = LARGEST_TEXT / (1024 * 1024);
    let message = format!("the file is larger than {limit} MB, too large for an entry");
    Diagnostic::new(Code::FileTooLarge, Place::file(path), message)
        .help("split it into several entries, or keep the bulk as an attachment and link to it")
}

/// The front matter of a file that is too large, so that its title, slug and aliases stay known and
/// links to it are not reported too.
fn front_matter_of(bytes: &[u8]) -> Option<String> {
    let head = mend(bytes.get(..LARGEST_FRONT_MATTER).unwrap_or(bytes));
    let fence = head
        .lines()
        .next()?
        .trim_start_matches('\u{feff}')
        .trim_end();
    let fence = ["---", "+++"].into_iter().find(|open| *open == fence)?;
    let mut end = head.find('\n')? + 1;
    for line in head[end..].split_inclusive('\n') {
        end += line.len();
        if line.trim_end() == fence {
            return Some(head[..end].to_owned());
        }
    }
    None
}
