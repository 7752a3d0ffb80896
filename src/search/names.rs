//! Who bears names that hold a word.

use crate::model::PageId;
use crate::model::searched::words;
use crate::plan::Register;
use std::collections::BTreeMap;

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

    /// The words of one of `count` parts, with who bears them, by page.
    pub fn part(&self, part: u32, count: u32) -> impl Iterator<Item = (&str, &[Bearer])> {
        let all = self
            .words
            .iter()
            .map(|(word, bearers)| (&**word, &bearers[..]));
        all.filter(move |(word, _)| part_of(word, count) == part)
    }
}

/// The part of `count`, a power of two, in which a word is: by FNV-1a of 32 bits over UTF-8, which a script reckons, too.
fn part_of(word: &str, count: u32) -> u32 {
    let hash = word.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    // Its low bits alone are poor ones.
    (hash ^ hash >> 16) & (count - 1)
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn a_word_is_in_one_part() {
        // As tests/web/checks/search.mjs has it.
        assert_eq!(part_of("apt38", 1), 0);
        assert_eq!(part_of("apt38", 16), part_of("apt38", 16));
        let parts: Vec<u32> = (0..64).map(|at| part_of(&format!("word{at}"), 8)).collect();
        assert!((0..8).all(|part| parts.contains(&part)), "{parts:?}");
    }
}
