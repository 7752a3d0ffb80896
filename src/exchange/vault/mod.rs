//! Notes in folders become entries: a vault of Obsidian, or any folder of Markdown with properties on top.
//!
//! Takes the paths and texts of all notes together, as links lead from one to another; gives an entry for each, in their order.
//! `kinds` says what a note is about, `properties` what its properties are here, `body` what of its text is meant
//! for readers, `marks` who may see it, `names` which note a link means, `hidden` whose name stays unsaid. Attachments are not looked at: where a note shows one is told.

mod body;

mod forms;

mod hidden;

mod kinds;

mod marks;

mod names;

mod properties;

#[cfg(test)]
mod tests;

use super::web_page::WebPages;
use super::{Fault, Import, Incoming, Losses, Markings, Value, Why};
use crate::model::{Kind, Tlp};
use crate::parse::front::split::{Format, Split, split};
use crate::parse::front::tree::{Node, Value as Tree};
use crate::parse::front::{toml, yaml};
use crate::parse::statics;
use names::Names;
use std::collections::HashSet;
use std::sync::Arc;

/// Whose Markdown the notes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Wikilinks, embeds, tags in the text, `%% comments %%`, ids of blocks.
    Obsidian,
    /// CommonMark, in which links in double brackets mean a note where there is one.
    Plain,
}

/// What the writer of a command says of a vault.
#[derive(Debug, Clone, Default)]
pub struct Vault {
    /// The kind of notes that do not tell theirs; notes unless given.
    pub kind: Option<Kind>,
    /// Keys for properties: `("threat level", "sophistication")`. A name is compared without case.
    pub map: Vec<(String, String)>,
    /// Levels for markings.
    pub markings: Markings,
}

/// Reads a vault of Obsidian: the path of each note below it, and its text.
///
/// # Errors
/// There is no note.
pub fn obsidian(files: &[(String, String)], vault: &Vault) -> Result<Import, Fault> {
    read(files, vault, Dialect::Obsidian)
}

/// Reads a folder of Markdown: the path of each file below it, and its text.
///
/// # Errors
/// There is no Markdown.
pub fn markdown(files: &[(String, String)], vault: &Vault) -> Result<Import, Fault> {
    read(files, vault, Dialect::Plain)
}

/// A note, divided.
struct Note<'f> {
    path: &'f str,
    kind: Kind,
    /// Its properties; `None` where there are none.
    front: Option<Node<'f>>,
    /// Whether what stands where properties do could not be read.
    unread: bool,
    /// What stands where properties do, comments and all.
    top: &'f str,
    format: Format,
    body: &'f str,
    /// The whole file.
    text: &'f str,
}

/// What is read so far.
struct Reading<'v> {
    vault: &'v Vault,
    dialect: Dialect,
    names: Names,
    /// The kinds of all notes, and their titles.
    kinds: Vec<Kind>,
    titles: Vec<String>,
    pages: WebPages,
    losses: Losses,
}

fn read(files: &[(String, String)], vault: &Vault, dialect: Dialect) -> Result<Import, Fault> {
    let mut losses = Losses::default();
    let mut seen = HashSet::new();
    let mut notes = Vec::new();
    for (path, text) in files {
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        if !hidden && names::is_note(path) && seen.insert(path) {
            notes.push(note(path, text, vault));
        } else {
            losses.note(Why::Lost, "file", path);
        }
    }
    if notes.is_empty() {
        return Err(Fault {
            message: "there is no Markdown in it: notes are files that end in `.md`".to_owned(),
            line: None,
        });
    }
    let mut reading = Reading {
        vault,
        dialect,
        names: Names::of(notes.iter().map(|note| note.path)),
        kinds: notes.iter().map(|note| note.kind).collect(),
        titles: notes.iter().map(|note| title(note, vault)).collect(),
        pages: WebPages::default(),
        losses,
    };
    let entries = notes.iter().enumerate();
    let mut entries: Vec<Incoming> = entries.map(|(at, note)| reading.entry(at, note)).collect();
    let levels: Vec<Option<Tlp>> = { notes.iter().zip(&entries) }
        .map(|(note, entry)| closed(note, entry))
        .collect();
    let losses = &mut reading.losses;
    hidden::hide(&mut entries, &notes, &levels, &reading.names, losses);
    entries.iter_mut().for_each(bare_publisher);
    entries.extend(reading.pages.into_entries());
    Ok(Import {
        entries,
        kept: Vec::new(),
        losses: reading.losses,
    })
}

/// Divides a note into properties and text.
fn note<'f>(path: &'f str, text: &'f str, vault: &Vault) -> Note<'f> {
    let mut unread = false;
    let (mut top, mut written) = ("", Format::Yaml);
    let (front, body) = match split(text) {
        Split::Found {
            format,
            front,
            body,
        } => {
            let place = Arc::from(path);
            let mut problems = Vec::new();
            (top, written) = (text.get(front.clone()).unwrap_or(""), format);
            let tree = match format {
                Format::Yaml => yaml::read(&place, text, front, &mut problems),
                Format::Toml => toml::read(&place, text, &front, &mut problems),
            };
            match tree {
                // Two rules with words between them are no properties.
                Some(Node {
                    value: Tree::Scalar(_) | Tree::List(_),
                    ..
                }) => {
                    unread = marks::perhaps(text);
                    (None, text)
                }
                tree => {
                    unread = tree.is_none() || !problems.is_empty();
                    (tree, text.get(body..).unwrap_or(""))
                }
            }
        }
        Split::Missing { body } => (None, text.get(body..).unwrap_or("")),
        Split::Unterminated { .. } => {
            unread = marks::perhaps(text);
            (None, text)
        }
    };
    Note {
        path,
        kind: kinds::of(path, front.as_ref(), vault),
        front,
        unread,
        top,
        format: written,
        body,
        text,
    }
}

/// A publisher that is no entry is free text, without the brackets of a link.
fn bare_publisher(entry: &mut Incoming) {
    for (key, value) in &mut entry.values {
        if let (Value::Text(text), "publisher") = (value, key.as_str()) {
            let inner = text.strip_prefix("[[");
            if let Some(inner) = inner.and_then(|rest| rest.strip_suffix("]]")) {
                *text = inner.rsplit('|').next().unwrap_or(inner).to_owned();
            }
        }
    }
}

/// How high a note is marked once labels in its text count, none where anybody may see it; a draft nobody sees.
fn closed(note: &Note<'_>, entry: &Incoming) -> Option<Tlp> {
    let draft = ["draft", "publish", "withdrawn"]
        .iter()
        .any(|key| entry.value(key).is_some());
    let level = entry.tlp.max(statics::highest(note.text.as_bytes()));
    let level = level.filter(|tlp| *tlp > Tlp::Clear);
    if draft { Some(Tlp::Red) } else { level }
}

/// Its property, else the heading on top of the text, else the name of the file.
fn title(note: &Note<'_>, vault: &Vault) -> String {
    let said = note
        .front
        .as_ref()
        .and_then(|front| properties::text_of(front, "title", vault));
    let heading = || body::heading(note.body).map(|(title, _)| title);
    let title = said.or_else(heading).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| names::stem(note.path).to_owned());
    match title.trim().is_empty() {
        true => "Untitled".to_owned(),
        false => title,
    }
}

impl Reading<'_> {
    fn entry(&mut self, at: usize, note: &Note<'_>) -> Incoming {
        let title = self.titles.get(at).cloned().unwrap_or_default();
        let mut entry = Incoming::new(note.path, note.kind, title);
        entry.apart = note.path.rsplit('/').skip(1).map(str::to_owned).collect();
        if note.unread {
            self.losses.note(Why::Withheld, "properties", note.path);
            entry.raise(Tlp::Red);
        }
        self.beside(note, &mut entry);
        if let Some(front) = &note.front {
            self.properties(front, note.path, &mut entry);
        }
        let text = match body::heading(note.body) {
            Some((heading, behind)) if heading == entry.title => behind,
            Some(_) | None => note.body,
        };
        self.body(text, note.path, &mut entry);
        if entry.kind == Kind::Source && entry.value("publisher").is_none() {
            self.publisher(&mut entry);
        }
        entry
    }

    /// A source must say who published it; of many a vault knows the address alone.
    fn publisher(&mut self, entry: &mut Incoming) {
        let host = match entry.value("url") {
            Some(Value::Text(url)) => super::web_page::host(url),
            Some(_) | None => None,
        };
        entry.add("publisher", host.unwrap_or_else(|| "Unknown".to_owned()));
    }

    /// The level of a marking; what is not understood withholds.
    fn level(&mut self, property: &str, name: &str, origin: &str) -> Tlp {
        self.vault.markings.level(name).unwrap_or_else(|| {
            self.losses.note(Why::Withheld, property, origin);
            Tlp::Red
        })
    }
}
