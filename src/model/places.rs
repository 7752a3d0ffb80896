//! The places in a text that a fragment names.
//!
//! Takes the whole text of a file and what stands after `#`; gives a [`Fragment`]. Names are those that work on
//! GitHub and in Obsidian: an id that the writer gave, GitHub's id of a heading, its words. What is printed
//! may be another id: see [`super::ids`].

use super::body::Heading;
use super::ids::{self, Ids};
use super::name::fold;
use super::{Body, Fragment};
use std::collections::HashMap;

/// Every name of every place in a text; of places with one name the first has it.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// By an id that its writer gave.
    given: HashMap<String, Fragment>,
    /// By GitHub's id.
    github: HashMap<String, Fragment>,
    /// By the id that would be printed if nothing were withheld.
    printed: HashMap<String, Fragment>,
    /// By its words, folded.
    words: HashMap<String, Fragment>,
}

impl Places {
    /// The places of a text.
    #[must_use]
    pub fn of(body: &Body) -> Places {
        let headings = || (0..).map(Fragment::Heading);
        let given = body.headings.iter().map(|it| it.id.clone()).zip(headings());
        let given = given.filter_map(|(id, at)| Some((id?, at)));
        let raw = body.ids.iter().map(|raw| raw.id.to_string());
        let words = body.headings.iter().map(|it: &Heading| fold(&it.text));
        Places {
            given: first(given.chain(raw.zip((0..).map(Fragment::Raw)))),
            github: first(ids::on_github(body, usize::MAX).into_iter().zip(headings())),
            printed: first(Ids::of(body).headings.into_iter().zip(headings())),
            words: first(words.zip(headings())),
        }
    }

    /// The place that a fragment names.
    #[must_use]
    pub fn find(&self, fragment: &str) -> Option<Fragment> {
        let by_id = [&self.given, &self.github, &self.printed];
        let whole = by_id.into_iter().find_map(|ids| ids.get(fragment)).copied();
        // Obsidian names a heading by those that it stands below: `#Names#Former`.
        let last = || self.by_words(fragment.rsplit_once('#')?.1.trim());
        whole.or_else(|| self.by_words(fragment)).or_else(last)
    }

    fn by_words(&self, words: &str) -> Option<Fragment> {
        let id = || Some(ids::github(words)).filter(|id| !id.is_empty());
        let found = self.words.get(&fold(words)).copied();
        found.or_else(|| self.github.get(&id()?).copied())
    }
}

fn first(names: impl Iterator<Item = (String, Fragment)>) -> HashMap<String, Fragment> {
    let mut first = HashMap::new();
    for (name, place) in names {
        first.entry(name).or_insert(place);
    }
    first
}
