//! What an import could not carry, and where, by property and count.
//!
//! Takes one thing after the other; gives them counted, in an order that does not depend on that of the file.

use std::collections::BTreeMap;
use std::fmt;

/// What became of something that did not become part of an entry as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// A marking that is not understood, or that only a part had: the entry is withheld.
    Withheld,
    /// A label in a text: the entry is marked as high.
    Raised,
    /// It has no place in an entry and is gone.
    Lost,
    /// It is said in other words or in another form than it was.
    Changed,
    /// It leads to something that is not in the file.
    LeadsNowhere,
    /// A comment, which is for nobody to read.
    Comment,
    /// It was revoked by who published it.
    Revoked,
    /// It was deprecated by who published it.
    Deprecated,
    /// No kind of entry fits; it stays in the base of the import.
    Kept,
}

impl Why {
    /// All, in the order in which they are told.
    pub const ALL: [Why; 9] = [
        Why::Withheld,
        Why::Raised,
        Why::Lost,
        Why::Changed,
        Why::LeadsNowhere,
        Why::Comment,
        Why::Revoked,
        Why::Deprecated,
        Why::Kept,
    ];

    /// The word for it in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Why::Withheld => "withheld",
            Why::Raised => "raised",
            Why::Lost => "lost",
            Why::Changed => "changed",
            Why::LeadsNowhere => "leads-nowhere",
            Why::Comment => "comment",
            Why::Revoked => "revoked",
            Why::Deprecated => "deprecated",
            Why::Kept => "kept",
        }
    }

    /// What it means, as the heading of a list.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Why::Withheld => "withheld, as the marking is not understood or is one of a part",
            Why::Raised => "marked as a label in a text says",
            Why::Lost => "lost: there is no place for it",
            Why::Changed => "said otherwise than it was",
            Why::LeadsNowhere => "left out, as it leads to what is not in the file",
            Why::Comment => "comments, left out",
            Why::Revoked => "revoked, left out",
            Why::Deprecated => "deprecated, left out",
            Why::Kept => "kept in the base of the import, as no kind of entry fits",
        }
    }

    /// Whether something that was said is gone: `--strict` makes an error of it.
    #[must_use]
    pub const fn is_loss(self) -> bool {
        match self {
            Why::Withheld | Why::Lost | Why::Changed | Why::LeadsNowhere => true,
            Why::Raised | Why::Comment | Why::Revoked | Why::Deprecated | Why::Kept => false,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.about())
    }
}

/// The same of the same, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What became of it.
    pub why: Why,
    /// Where it stood: a type of object and a property, `malware.x_mitre_contributors`, or a key, a column, a sort of
    /// block.
    pub property: String,
    /// How often.
    pub count: usize,
    /// The origin of the first that had it, in the order of names.
    pub example: String,
}

/// All of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Losses(BTreeMap<(Why, String), (usize, String)>);

impl Losses {
    /// Notes one more.
    pub fn note(&mut self, why: Why, property: impl Into<String>, origin: &str) {
        let own = self.0.entry((why, property.into())).or_default();
        if own.0 == 0 || origin < own.1.as_str() {
            origin.clone_into(&mut own.1);
        }
        own.0 += 1;
    }

    /// Adds those of another.
    pub fn add(&mut self, more: &Losses) {
        for ((why, property), (count, example)) in &more.0 {
            let own = self.0.entry((*why, property.clone())).or_default();
            if own.0 == 0 || *example < own.1 {
                own.1.clone_from(example);
            }
            own.0 += count;
        }
    }

    /// All, by what became of them and by property.
    pub fn iter(&self) -> impl Iterator<Item = Loss> + '_ {
        self.0
            .iter()
            .map(|((why, property), (count, example))| Loss {
                why: *why,
                property: property.clone(),
                count: *count,
                example: example.clone(),
            })
    }

    /// How many things that were said are gone.
    #[must_use]
    pub fn gone(&self) -> usize {
        let gone = self.0.iter().filter(|((why, _), _)| why.is_loss());
        gone.map(|(_, (count, _))| count).sum()
    }
}
