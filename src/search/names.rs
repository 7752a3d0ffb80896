//! Who bears names that hold a word.

use super::data;
use crate::model::PageId;
use crate::model::searched::words;
use crate::plan::Register;
use std::collections::BTreeMap;
use std::ops::Bound;

/// How long the words of a name of two may be together to be a word themselves (`WannaCry`, where `Wanna Cry` is written).
const JOINED: usize = 12;

/// The words of all names, each with who bears it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names {
    words: BTreeMap<Box<str>, Vec<Bearer>>,
}

/// A name that holds a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bearer {
    /// Whose it is.
    pub page: PageId,
    /// Which of the page's names, see [`crate::plan::Name::nth`].
    pub nth: u32,
    /// How many words it has.
    pub words: u32,
}

impl Names {
    /// The words of a register.
    #[must_use]
    pub fn of(register: &Register) -> Names {
        let mut names = Names::default();
        for name in register.all() {
            let mut held = words(&name.text);
            let bearer = Bearer {
                page: name.page,
                nth: name.nth,
                words: u32::try_from(held.len()).unwrap_or(u32::MAX),
            };
            if let [first, second] = &held[..]
                && first.len() + second.len() <= JOINED
            {
                let joined = format!("{first}{second}");
                names.bear(joined, Bearer { words: 1, ..bearer });
            }
            held.sort_unstable();
            held.dedup();
            for word in held {
                names.bear(word, bearer);
            }
        }
        for bearers in names.words.values_mut() {
            bearers.sort_unstable();
            bearers.shrink_to_fit();
        }
        names
    }

    fn bear(&mut self, word: String, bearer: Bearer) {
        self.words
            .entry(word.into_boxed_str())
            .or_default()
            .push(bearer);
    }

    /// The words in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(|word| &**word)
    }

    /// The words that begin so, in order.
    pub(super) fn beginning<'n>(&'n self, start: &str) -> impl Iterator<Item = &'n str> {
        let from = (Bound::Included(start), Bound::Unbounded);
        let words = self.words.range::<str, _>(from).map(|(word, _)| &**word);
        words.take_while(move |word| word.starts_with(start))
    }

    /// Who bears names that hold a word, by page.
    pub(super) fn bearers(&self, word: &str) -> &[Bearer] {
        self.words.get(word).map_or(&[], |bearers| bearers)
    }

    /// The words of one of `count` parts, with who bears them, by page.
    pub fn part(&self, part: u32, count: u32) -> impl Iterator<Item = (&str, &[Bearer])> {
        let all = self
            .words
            .iter()
            .map(|(word, bearers)| (&**word, &bearers[..]));
        all.filter(move |(word, _)| data::part_of(word, count) == part)
    }
}
