//! Front matter: what stands between the fences at the top of a file becomes an entry.
//!
//! Takes the text of a file, its kind and slug; gives an [`Entry`] without its prose, every problem
//! of the front matter, and where the prose begins. Never stops at the first problem, never looks
//! at another file, never panics.
//!
//! 1. [`mod@split`]: where the front matter is, and whether it is YAML or TOML.
//! 2. [`yaml`] with [`plain`], [`toml`]: a small tree with places ([`tree`]); [`syntax`] names what
//!    cannot be read, `cut` what a `#` cut off, [`saved`] saves what its lines still tell.
//! 3. [`keys`], [`form`], [`shapes`]: the tables of what may stand where.
//! 4. [`reader`] with [`values`], [`refs`], [`facts`], [`relations`], `statements`, [`snapshot`], [`data`],
//!    [`hints`], [`withholding`], [`names`]: typed readers; [`marks`] reads the marks and labels in all texts,
//!    [`beside`] finds those beside them, [`comments`] leaves comments out, [`sentences`] reads the markup in texts that are sentences,
//!    [`mod@entry`] puts together what they give.
//! 5. [`rewrite`]: what is written back.
//!
//! What cannot be read fails closed: an unreadable marking counts as RED; an entry of which anything that
//! withholds cannot be read (`draft`, `publish`, `withdrawn`, a key that may have been meant to be one of
//! them, the front matter as a whole) counts as a draft. Nor can such a problem be turned off.

mod advice;

pub mod beside;

pub mod comments;

mod cut;

pub mod data;

pub mod snapshot;

mod edits;

pub mod entry;

pub mod facts;

pub mod form;

pub mod hints;

mod guarded;

pub mod keys;

pub mod marks;

pub mod names;

pub mod plain;

pub mod reader;

pub mod refs;

pub mod relations;

pub mod rewrite;

pub mod saved;

pub mod sentences;

pub mod shapes;

pub mod split;

mod statements;

pub mod syntax;

pub mod toml;

pub mod tree;

mod unread;

pub mod values;

pub mod withholding;

pub mod yaml;

#[cfg(test)]
mod tests;

pub(super) use guarded::guarded;

use crate::diag::{Code, Diagnostic, Outcome};
use crate::model::{Entry, Intro, Kind, Markings, RawRef, Tlp};
use crate::text::{Span, TextFile};
use reader::Reader;
use split::{Format, Split, split};
use std::ops::Range;
use std::sync::Arc;
use tree::{MAX_BYTES, Node};

/// What the front matter of a file gave.
#[derive(Debug, Clone)]
pub struct Front<T> {
    /// What was read; as much of it as could be.
    pub value: T,
    /// Whether it has errors that are not lowered.
    pub broken: bool,
    /// Where the id of an entry stands, if it does.
    pub id: Option<Span>,
    /// First byte of the prose.
    pub body: usize,
}

/// Reads the front matter of an entry. The prose of the entry is left empty.
#[must_use]
pub fn entry(
    file: &TextFile,
    kind: Kind,
    slug: &str,
    markings: &Markings,
) -> Outcome<Front<Entry<RawRef>>> {
    let mut entry = entry::blank(&file.path, kind, slug, markings.default);
    let mut reader = Reader::new(file, markings);
    let open = open(file, true, &mut reader.problems);
    match &open.tree {
        Some(tree) => {
            reader.front = open.front;
            reader.entry(tree, &mut entry);
        }
        None => entry::save(&mut entry, file.text.get(open.front).unwrap_or("")),
    }
    entry.head_mut().draft |= reader.problems.iter().any(withholds);
    let broken = markings.are_broken_by(&reader.problems);
    if let Some(tree) = &open.tree {
        // All of it could be read, and what it says twice it says.
        reader.names_twice(&entry, tree);
    }
    Outcome {
        value: Front {
            value: entry,
            broken,
            id: reader.id_span,
            body: open.body,
        },
        problems: reader.problems,
    }
}

/// Reads the front matter, if any, of the text of the home page or of an index page.
#[must_use]
pub fn intro(
    file: &TextFile,
    of: Option<Kind>,
    markings: &Markings,
) -> Outcome<Front<Intro<RawRef>>> {
    let mut intro = Intro {
        of,
        path: Arc::clone(&file.path),
        title: None,
        summary: None,
        tlp: markings.default,
        prose: entry::no_prose(),
    };
    let mut reader = Reader::new(file, markings);
    let open = open(file, false, &mut reader.problems);
    match open.tree {
        Some(tree) => {
            reader.front = open.front.clone();
            reader.intro(&tree, &mut intro);
        }
        None => {
            let saved = saved::save(file.text.get(open.front).unwrap_or(""));
            intro.title = saved.title;
            intro.tlp = saved.tlp.unwrap_or(markings.default);
        }
    }
    // It knows no drafts: what cannot be told to be for anyone is for nobody.
    if reader.problems.iter().any(withholds) {
        intro.tlp = Tlp::Red;
    }
    Outcome {
        value: Front {
            value: intro,
            broken: markings.are_broken_by(&reader.problems),
            id: None,
            body: open.body,
        },
        problems: reader.problems,
    }
}

/// Whether a problem leaves open if what it is about is to be withheld.
fn withholds(problem: &Diagnostic) -> bool {
    let unread = [
        Code::FrontMatterMissing,
        Code::FrontMatterSyntax,
        Code::DuplicateKey,
    ];
    problem.firm || unread.contains(&problem.code)
}

/// The bytes of the lines between the fences of a file; none where there are no such.
#[must_use]
pub fn lines(text: &str) -> Range<usize> {
    match split(text) {
        Split::Found { front, .. } => front,
        Split::Missing { .. } | Split::Unterminated { .. } => 0..0,
    }
}

/// A file whose front matter was found and perhaps read.
struct Opened<'a> {
    tree: Option<Node<'a>>,
    /// The bytes of the front matter; empty where there is none.
    front: Range<usize>,
    body: usize,
}

fn open<'a>(file: &'a TextFile, needed: bool, problems: &mut Vec<Diagnostic>) -> Opened<'a> {
    let path = &file.path;
    match split(&file.text) {
        Split::Missing { body } => {
            if needed || is_late(file, body) || is_unread(file, body) {
                problems.push(missing(file, body));
            }
            Opened {
                tree: None,
                front: body..body,
                body,
            }
        }
        Split::Unterminated {
            format,
            fence,
            front,
            body,
            nearly,
        } => {
            let fence_line = format.fence();
            let place = Span::new(fence.start, fence.end);
            let message = format!("the front matter that `{fence_line}` opens is never closed");
            let mut problem = Diagnostic::at(Code::FrontMatterSyntax, path, place, message).help(
                format!("close it with a line `{fence_line}` before the text"),
            );
            if let Some(line) = nearly {
                let place = Span::new(line.start, line.end);
                let place = crate::text::Place::new(path, place);
                problem = problem.also(place, format!("was this to be `{fence_line}`?"));
            }
            problems.push(problem);
            Opened {
                tree: None,
                front,
                body,
            }
        }
        Split::Found {
            format,
            front,
            body,
        } => {
            let blank = file.text.get(front.clone()).unwrap_or("").trim().is_empty();
            if !needed && blank && is_unread(file, body) {
                problems.push(missing(file, body));
            }
            let tree = if front.len() > MAX_BYTES {
                problems.push(
                    Diagnostic::at(
                        Code::FrontMatterSyntax,
                        path,
                        Span::new(front.start, front.start),
                        format!("the front matter is larger than {} KiB", MAX_BYTES / 1024),
                    )
                    .help("write less here; long texts belong below it"),
                );
                None
            } else {
                match format {
                    Format::Yaml => {
                        let tree = yaml::read(path, &file.text, front.clone(), problems);
                        let yaml = file.text.get(front.clone()).unwrap_or("");
                        let whole = tree
                            .as_ref()
                            .filter(|_| yaml.contains(" #") || yaml.contains("\t#"));
                        if let Some(tree) = whole {
                            cut::values(path, &file.text, tree, problems);
                        }
                        tree
                    }
                    Format::Toml => toml::read(path, &file.text, &front, problems),
                }
            };
            Opened { tree, front, body }
        }
    }
}

/// Whether front matter stands where none is read: after a blank line.
fn is_late(file: &TextFile, body: usize) -> bool {
    let text = file.text.get(body..).unwrap_or("").trim_start();
    let mut lines = text.lines().map(str::trim_end);
    let fence = lines.next().filter(|line| ["---", "+++"].contains(line));
    fence.is_some_and(|fence| lines.any(|line| line == fence))
}

fn is_unread(file: &TextFile, body: usize) -> bool {
    unread::heads(file.text.get(body..).unwrap_or(""))
}

fn missing(file: &TextFile, body: usize) -> Diagnostic {
    let help = if is_late(file, body) {
        "the opening line must be the first of the file, with nothing before it"
    } else if is_unread(file, body) {
        "keys stand between two lines `---`, of which the first is the first of the file; where they are words, begin with a sentence"
    } else {
        "begin the file with a line `---`, then `title: …`, then a line `---`"
    };
    Diagnostic::at(
        Code::FrontMatterMissing,
        &file.path,
        Span::new(body, body),
        "the file has no front matter",
    )
    .help(help)
}
