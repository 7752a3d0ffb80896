//! Attachments: the files that are published beside the pages, and what a browser would make of each.
//!
//! Takes the path of a file and, where its name does not tell, what is in it; gives its [`Form`], and with
//! what a dossier [trusts](Trust) how it is [published](Treatment). Whoever opens a file of the site opens it
//! on the site's own origin: what could act there is cleaned (drawings, [`svg`]) or refused. Never reads a
//! file and never writes one.

mod endings;

pub mod svg;

#[cfg(test)]
mod tests;

use crate::model::{Located, Tlp};
use crate::text;
use std::sync::{Arc, OnceLock};

/// The largest drawing that is read to be cleaned.
pub const LARGEST_DRAWING: u64 = 16 * 1024 * 1024;

/// How much of a file is looked at where its name does not say what a browser makes of it.
pub const HEAD: usize = 4096;

/// What a browser that opens a file does with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// It shows or keeps it: nothing in it acts.
    Passive,
    /// It draws it, and runs what stands in it: SVG. Here is the file.
    Drawing(Arc<Drawing>),
    /// It may run what stands in it.
    Active(Active),
}

/// A drawing as it was read. What cleaning makes of it is kept beside it: a check, a page that shows it and
/// everybody who opens it ask for the same.
#[derive(Debug)]
pub struct Drawing {
    bytes: Box<[u8]>,
    clean: OnceLock<Result<svg::Clean, svg::Fault>>,
    says: OnceLock<Option<Tlp>>,
}

impl Drawing {
    /// The file as it was read.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What [`svg::clean`] makes of it.
    ///
    /// # Errors
    /// Where it is no well-formed SVG in UTF-8.
    pub fn clean(&self) -> Result<&svg::Clean, &svg::Fault> {
        let clean = self.clean.get_or_init(|| svg::clean(&self.bytes));
        clean.as_ref()
    }

    /// The marking that it says, as `read` has it of the file and of the words that cleaning found.
    pub fn says(&self, read: impl FnOnce(&[u8], &str) -> Option<Tlp>) -> Option<Tlp> {
        *self.says.get_or_init(|| {
            let words = self.clean().map_or("", |clean| &clean.words);
            read(&self.bytes, words)
        })
    }
}

impl PartialEq for Drawing {
    fn eq(&self, other: &Drawing) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Drawing {}

/// Why a file may act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Active {
    /// By its ending.
    Ending(&'static str),
    /// Its ending tells a server nothing, and it begins as pages do.
    Markup,
    /// A drawing too large to be cleaned.
    LargeDrawing,
}

/// What has to be read of a file to know its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// Nothing: its name says it.
    Name(Form),
    /// Its first [`HEAD`] bytes, for [`by_head`].
    Head,
    /// All of it, for [`drawing`].
    Whole,
}

/// What the name of a file says of it.
#[must_use]
pub fn look(path: &str) -> Look {
    match endings::of(path) {
        endings::Says::Passive => Look::Name(Form::Passive),
        endings::Says::Drawing => Look::Whole,
        endings::Says::Active(ending) => Look::Name(Form::Active(Active::Ending(ending))),
        endings::Says::Nothing => Look::Head,
    }
}

/// Whether what is written in a file is compressed, so that no label in it can be found.
#[must_use]
pub fn is_packed(path: &str) -> bool {
    endings::is_packed(path)
}

/// The form of a file whose name says nothing, by how it begins: servers that know no type for it leave it
/// to the browser to guess.
#[must_use]
pub fn by_head(head: &[u8]) -> Form {
    match endings::begins_as_markup(head.get(..HEAD).unwrap_or(head)) {
        true => Form::Active(Active::Markup),
        false => Form::Passive,
    }
}

/// The form of a drawing; nothing is known of its bytes where it is larger than [`LARGEST_DRAWING`].
#[must_use]
pub fn drawing(bytes: Option<&[u8]>) -> Form {
    match bytes.filter(|bytes| bytes.len() as u64 <= LARGEST_DRAWING) {
        Some(bytes) => Form::Drawing(Arc::new(Drawing {
            bytes: bytes.into(),
            clean: OnceLock::new(),
            says: OnceLock::new(),
        })),
        None => Form::Active(Active::LargeDrawing),
    }
}

impl Form {
    /// The form of a file of which everything is at hand.
    #[must_use]
    pub fn of(path: &str, bytes: &[u8]) -> Form {
        match look(path) {
            Look::Name(form) => form,
            Look::Head => by_head(bytes),
            Look::Whole => drawing(Some(bytes)),
        }
    }

    /// Another number for every form that is published in another way.
    #[must_use]
    pub fn identity(&self) -> u64 {
        match self {
            Form::Passive => 0,
            Form::Drawing(drawing) => text::hash(&drawing.bytes),
            Form::Active(Active::Ending(_)) => 1,
            Form::Active(Active::Markup) => 2,
            Form::Active(Active::LargeDrawing) => 3,
        }
    }
}

impl Active {
    /// What it is, in words that follow the file's name.
    #[must_use]
    pub fn reason(self) -> String {
        match self {
            Active::Ending(ending) => {
                format!("is a `.{ending}` file, which can act in the browser in the site's name")
            }
            Active::Markup => {
                "begins as a page does, and its ending tells a server nothing: a browser may open it as one"
                    .to_owned()
            }
            Active::LargeDrawing => format!(
                "is a drawing of more than {} MB, too large to be cleaned of what could act in it",
                LARGEST_DRAWING / (1024 * 1024)
            ),
        }
    }
}

/// How a file is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Treatment<'a> {
    /// As it is.
    Copy,
    /// What [`svg::clean`] makes of it.
    Clean(&'a Drawing),
    /// Not at all.
    Refuse(Active),
}

/// How a file of that form, at that path below its folder, is published.
#[must_use]
pub fn treat<'a>(path: &str, form: &'a Form, trust: &Trust) -> Treatment<'a> {
    match form {
        Form::Passive => Treatment::Copy,
        Form::Drawing(_) | Form::Active(_) if trust.name(path).is_some() => Treatment::Copy,
        Form::Drawing(drawing) => Treatment::Clean(drawing),
        Form::Active(active) => Treatment::Refuse(*active),
    }
}

/// The files that are published as they are, whatever is in them: `[attachments] trust`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust(Vec<Located<String>>);

impl Trust {
    /// Takes paths below `content/`: of a file, or, with a slash at the end, of a folder and all below it.
    #[must_use]
    pub fn new(names: Vec<Located<String>>) -> Trust {
        Trust(names)
    }

    /// The name by which a file is trusted, the first of several.
    #[must_use]
    pub fn name(&self, path: &str) -> Option<&Located<String>> {
        self.0.iter().find(|name| covers(&name.value, path))
    }

    /// Every name.
    pub fn names(&self) -> impl Iterator<Item = &Located<String>> {
        self.0.iter()
    }
}

/// Whether a name of the list is that of a file, or of a folder that it lies in.
#[must_use]
pub fn covers(name: &str, path: &str) -> bool {
    match name.ends_with('/') {
        true => path.starts_with(name),
        false => path == name,
    }
}
