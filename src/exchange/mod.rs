//! What a team has already, in the forms of other tools, becomes entries.
//!
//! A reader of one form (`stix`, `bibliography` …) takes the text of a file and gives an [`Import`]: entries to be, each under
//! the name that the other form has for it, what no entry can hold ([`Kept`]), and what was lost on the way ([`Losses`]).
//! Everything after that is the same for all forms: names become slugs, values front matter, foreign text a body that
//! says no more than it did there. Whatever is imported is data: it cannot break front matter, links or markings, and
//! what is marked in a way that is not understood is withheld. Touches no file.

mod base;

mod incoming;

mod intake;

mod loss;

mod markings;

mod markup;

mod merge;

mod names;

mod navigator;

mod order;

mod raise;

mod spell;

mod web_page;

mod written;

pub mod bibliography;

pub mod misp;

pub mod stix;

pub mod table;

pub mod vault;

pub use base::{Base, FOLDER};
pub use incoming::{Import, Incoming, Kept, Piece, Prose, Value};
pub use intake::{Change, Intake, intake};
pub use loss::{Loss, Losses, Why};
pub use markings::Markings;
pub use merge::{Conflict, Ends};
pub use navigator::navigator;

/// Why a file is none of the form that it was said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, and what to do.
    pub message: String,
    /// The line, from 1, where one is known.
    pub line: Option<usize>,
}
