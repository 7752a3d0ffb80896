//! Entries as another form gives them, before they have a file of their own.
//!
//! Names other entries by what the other form calls them ([`Incoming::origin`]); which slug that is, only the whole of an
//! import and the dossier that it comes into tell.

use super::Losses;
use crate::model::{Kind, Tlp};
use crate::parse::front::rewrite::takes_several;
use std::collections::HashSet;

/// What a file of another form says.
#[derive(Debug, Default)]
pub struct Import {
    /// The entries to be, in the order of the file.
    pub entries: Vec<Incoming>,
    /// What no entry can hold.
    pub kept: Vec<Kept>,
    /// What became of the rest.
    pub losses: Losses,
}

/// An object that no kind of entry fits, as it came: it stays in the base of the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What the other form calls it.
    pub origin: String,
    /// The whole of it.
    pub object: serde_json::Value,
}

/// An entry to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What the other form calls it, unique in the import: an id of STIX, a key of BibTeX, a path in a vault.
    pub origin: String,
    /// What it is an entry of.
    pub kind: Kind,
    /// The name that its slug is made of; the title, unless it has a shorter one by which people know it.
    pub name: String,
    /// Words that tell it from others of the same name: its number in a catalogue, its year.
    pub apart: Vec<String>,
    /// The marking that it came with, or that of a label in its texts; `None` leaves it to the dossier's default.
    pub tlp: Option<Tlp>,
    /// What stands under the keys of front matter, `title` and `tlp` aside; the order is that of the table of keys.
    pub values: Vec<(String, Value)>,
    /// The text below.
    pub body: Prose,
    /// The title.
    pub title: String,
    /// Whether it only changes what an earlier import brought: of what was revoked since, no entry is made.
    pub former: bool,
    /// Whether it only stands for references of others: then it is marked as the lowest of what names it.
    pub reference: bool,
}

/// A value of front matter to be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Plain text: a name, an address, a number, a date. What the key reads as a sentence is a [`Value::Prose`].
    Text(String),
    /// `true`, `false` or a number where a key takes anything (`extra`); elsewhere the key tells those from text.
    Bare(String),
    /// A sentence, in which markup is read.
    Prose(Prose),
    /// Another entry of the import, by its origin. Where there is none of that name, the item that holds it is left out,
    /// and told as a loss.
    Entry(String),
    /// Several.
    List(Vec<Value>),
    /// Named ones.
    Map(Vec<(String, Value)>),
}

/// A text in pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Prose(pub Vec<Piece>);

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Words in which nothing is markup: written so that they are read as they are.
    Words(String),
    /// Markdown of somebody else: what this dialect reads beyond CommonMark (wikilinks, citations, comments, HTML) is
    /// text in it.
    Markdown(String),
    /// A block of code; of `ioc`, which is this dialect's own, only a form that made its lines itself asks.
    Fence {
        /// The first word of the info string; empty for none.
        language: String,
        /// The lines.
        text: String,
        /// Its own marking, where that may be above the entry's.
        tlp: Option<Tlp>,
    },
    /// A heading of the second level, on a line of its own.
    Heading(String),
    /// A link to another entry of the import; its words alone where there is none of that name.
    Link {
        /// The other.
        to: String,
        /// The words; the other's title where they are empty.
        words: String,
    },
    /// A citation of a source of the import; nothing where there is none of that name.
    Cite {
        /// The source.
        source: String,
        /// The place in it.
        at: Option<String>,
    },
}

impl Incoming {
    /// An entry with a title and nothing else.
    #[must_use]
    pub fn new(origin: impl Into<String>, kind: Kind, title: impl Into<String>) -> Incoming {
        let title = title.into();
        Incoming {
            origin: origin.into(),
            kind,
            name: title.clone(),
            apart: Vec::new(),
            tlp: None,
            values: Vec::new(),
            body: Prose::default(),
            title,
            former: false,
            reference: false,
        }
    }

    /// Raises the marking to `tlp`, where it is not as high already.
    pub fn raise(&mut self, tlp: Tlp) {
        self.tlp = self.tlp.max(Some(tlp));
    }

    /// Gives a key a value, unless that is empty; what the key has already, it has more of.
    pub fn add(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        if value.is_empty() {
            return;
        }
        let own = self.values.iter_mut().find(|(name, _)| name == key);
        match own {
            None => self.values.push((key.to_owned(), value)),
            Some((_, old)) => old.join(value, takes_several(self.kind, key)),
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Value> {
        let own = self.values.iter().find(|(name, _)| name == key);
        own.map(|(_, value)| value)
    }
}

impl Value {
    fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) | Value::Bare(text) => text.trim().is_empty(),
            Value::Prose(prose) => prose.is_empty(),
            Value::Entry(origin) => origin.is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
        }
    }

    /// Takes up more: as items of a list, each once, or the names of a map that it has not.
    fn join(&mut self, more: Value, as_items: bool) {
        if let (Value::Map(own), Value::Map(more), false) = (&mut *self, &more, as_items) {
            for (name, value) in more {
                if !own.iter().any(|(known, _)| known == name) {
                    own.push((name.clone(), value.clone()));
                }
            }
            return;
        }
        let mut items = match std::mem::replace(self, Value::List(Vec::new())) {
            Value::List(items) => items,
            one => vec![one],
        };
        let more = match more {
            Value::List(items) => items,
            one => vec![one],
        };
        items.extend(more);
        *self = Value::List(each_once(items));
    }
}

/// Values without those that came before; there may be many.
pub(super) fn each_once(values: Vec<Value>) -> Vec<Value> {
    let first: Vec<bool> = {
        let mut known = HashSet::new();
        values.iter().map(|value| known.insert(value)).collect()
    };
    let values = values.into_iter().zip(first);
    values
        .filter_map(|(it, first)| first.then_some(it))
        .collect()
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<Prose> for Value {
    fn from(prose: Prose) -> Value {
        Value::Prose(prose)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

impl Prose {
    /// Words in which nothing is markup.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Prose {
        Prose(vec![Piece::Words(text.into())])
    }

    /// Markdown of somebody else.
    #[must_use]
    pub fn markdown(text: impl Into<String>) -> Prose {
        Prose(vec![Piece::Markdown(text.into())])
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| match piece {
            Piece::Words(text) | Piece::Markdown(text) | Piece::Heading(text) => {
                text.trim().is_empty()
            }
            Piece::Fence { text, .. } => text.trim().is_empty(),
            Piece::Link { to, words } => to.is_empty() && words.is_empty(),
            Piece::Cite { source, .. } => source.is_empty(),
        })
    }
}
