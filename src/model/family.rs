//! Families of indexes: each has a page for everything that entries have in common in one respect, and a list of
//! these pages.
//!
//! Gives the folder of each. Which entries have what in common is told where pages are planned, what a folder says of
//! entries that may be withheld where they are released: the compiler asks for both.

use serde::{Deserialize, Serialize};

/// A respect in which entries have something in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Family {
    /// The country that they belong to.
    Countries,
    /// What they work in.
    Sectors,
    /// Their marking as a whole.
    Markings,
}

impl Family {
    /// Each of them, as they are listed.
    pub const ALL: [Family; 3] = [Family::Countries, Family::Sectors, Family::Markings];

    /// The folder of its pages.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Family::Countries => "countries",
            Family::Sectors => "sectors",
            Family::Markings => "markings",
        }
    }

    /// The family of a folder.
    #[must_use]
    pub fn from_folder(folder: &str) -> Option<Family> {
        Family::ALL.into_iter().find(|it| it.folder() == folder)
    }
}
