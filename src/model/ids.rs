//! Ids of places in a text: those that links may name, and those that a page prints.
//!
//! Takes the headings of a text and the ids that its raw HTML gives; gives GitHub's ids of the headings, by
//! which links name them as the file stands, and the ids that are printed. The latter are made after
//! `release`, so that what is withheld leaves no gap in their numbers, and are none of those that a page of
//! the theme uses.

use super::Body;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use std::collections::HashMap;

/// Beginnings of ids that the page gives itself.
pub const RESERVED_PREFIXES: [&str; 5] = ["cite-", "ref-", "fn-", "fnref-", "page-"];

/// Ids that the page gives itself.
pub const RESERVED: [&str; 1] = ["main"];

/// A place in a text that a link may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fragment {
    /// A heading: an index into [`Body::headings`].
    Heading(u32),
    /// An id in raw HTML: an index into [`Body::ids`].
    Raw(u32),
}

/// The ids that a page prints.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Ids {
    /// Of each of [`Body::headings`].
    pub headings: Vec<String>,
    /// Of each of [`Body::ids`].
    pub raw: Vec<String>,
}

impl Ids {
    /// The ids of a text: those that its writer gave come first, then those that are made of headings. One
    /// that is taken gets a number; one that the page uses, `section-` before it.
    #[must_use]
    pub fn of(body: &Body) -> Ids {
        let mut taken = Taken::default();
        let given = body.headings.iter().map(|heading| {
            let id = heading.id.as_deref().map(printable);
            id.map(|id| taken.take(id))
        });
        let given: Vec<Option<String>> = given.collect();
        let raw = body.ids.iter().map(|raw| taken.take(printable(&raw.id)));
        let raw = raw.collect();
        let headings = body.headings.iter().zip(given);
        let headings = headings.map(|(heading, given)| {
            given.unwrap_or_else(|| taken.take(printable(&github(&heading.text))))
        });
        Ids {
            headings: headings.collect(),
            raw,
        }
    }

    /// The id of a place.
    #[must_use]
    pub fn at(&self, place: Fragment) -> Option<&str> {
        let id = match place {
            Fragment::Heading(at) => self.headings.get(at as usize),
            Fragment::Raw(at) => self.raw.get(at as usize),
        };
        id.map(String::as_str)
    }
}

/// Whether an id is one that the page gives itself.
#[must_use]
pub fn is_reserved(id: &str) -> bool {
    RESERVED.contains(&id) || RESERVED_PREFIXES.iter().any(|it| id.starts_with(it))
}

/// The ids that GitHub gives the headings of a file, at most so many (github-slugger): of those that are equal the
/// second gets `-1`, and so on.
#[must_use]
pub fn on_github(body: &Body, most: usize) -> Vec<String> {
    let mut taken = Taken::default();
    let mut otherwise = body.words_of_headings.iter().peekable();
    let headings = (0..).zip(&body.headings).take(most);
    let ids = headings.map(|(at, heading)| {
        while otherwise.next_if(|(of, _)| *of < at).is_some() {}
        let words = otherwise.next_if(|(of, _)| *of == at);
        let words = words.map_or(&*heading.text, |(_, words)| words);
        match &heading.id {
            // GitHub reads the braces as words.
            Some(id) => taken.take(github(&format!("{words} {id}"))),
            None => taken.take(github(words)),
        }
    });
    ids.collect()
}

/// A text as GitHub makes an id of it: in lower case, hyphens for spaces, without signs other than hyphens and
/// underscores. May be empty.
#[must_use]
pub fn github(text: &str) -> String {
    if text.is_ascii() {
        let bytes = text.trim().bytes();
        let mut id = String::with_capacity(text.len());
        id.extend(bytes.filter_map(|byte| {
            match byte {
                b' ' | b'-' => Some('-'),
                b'_' => Some('_'),
                byte => byte
                    .is_ascii_alphanumeric()
                    .then(|| char::from(byte.to_ascii_lowercase())),
            }
        }));
        return id;
    }
    let category = CodePointMapData::<GeneralCategory>::new();
    let word = |c: char| {
        let group = GeneralCategoryGroup::Mark
            .union(GeneralCategoryGroup::DecimalNumber)
            .union(GeneralCategoryGroup::ConnectorPunctuation);
        c.is_alphabetic() || group.contains(category.get(c))
    };
    let lower = text.trim().chars().flat_map(char::to_lowercase);
    let kept = lower.filter_map(|c| match c {
        ' ' | '-' => Some('-'),
        c if c.is_ascii() => (c.is_ascii_alphanumeric() || c == '_').then_some(c),
        c => word(c).then_some(c),
    });
    kept.collect()
}

/// An id that may stand in a page: without white space, and none of the page's own.
fn printable(id: &str) -> String {
    let mut id: String = match id.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => id.to_owned(),
        false => id
            .chars()
            .map(|c| if c.is_whitespace() { '-' } else { c })
            .filter(|&c| !super::address::is_hidden(c))
            .collect(),
    };
    if id.is_empty() {
        id.push_str("section");
    }
    match is_reserved(&id) {
        true => format!("section-{id}"),
        false => id,
    }
}

/// The ids that are taken, each with the number that was given last for it.
#[derive(Debug, Default)]
struct Taken(HashMap<String, u32>);

impl Taken {
    fn take(&mut self, base: String) -> String {
        let Some(mut number) = self.0.get(&base).copied() else {
            self.0.insert(base.clone(), 0);
            return base;
        };
        let id = loop {
            number += 1;
            let id = format!("{base}-{number}");
            if !self.0.contains_key(&id) {
                break id;
            }
        };
        self.0.insert(base, number);
        self.0.insert(id.clone(), 0);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::body::Heading;
    use crate::model::body::RawId;
    use crate::text::Span;

    #[test]
    fn headings_have_the_ids_that_github_gives() {
        let table = [
            ("5.2 C&C servers", "52-cc-servers"),
            ("Detection & Hunting", "detection--hunting"),
            ("What's new", "whats-new"),
            ("Summary (TL;DR)", "summary-tldr"),
            ("7. 问题诊断：现行应对体系", "7-问题诊断现行应对体系"),
            ("first_seen and last_seen", "first_seen-and-last_seen"),
            ("🔑 Key findings", "-key-findings"),
            ("Straße ÉTÉ", "straße-été"),
            ("हिन्दी ३", "हिन्दी-३"),
            ("x² ½ ① Ⅳ", "x---ⅳ"),
            ("a-b -- c", "a-b----c"),
            ("...", ""),
        ];
        for (text, expected) in table {
            assert_eq!(github(text), expected, "{text}");
        }
    }

    #[test]
    fn printed_ids_are_one_each_and_none_of_the_page() {
        let heading = |text: &str, id: Option<&str>| Heading {
            level: 2,
            text: text.to_owned(),
            id: id.map(str::to_owned),
            classes: Vec::new(),
            span: Span::default(),
        };
        let raw = |id: &str| RawId {
            id: id.into(),
            span: Span::default(),
        };
        let body = Body {
            headings: vec![
                heading("Main", None),
                heading("a", None),
                heading("a", None),
                heading("a 1", None),
                heading("::", None),
                heading("given", Some("a")),
            ],
            ids: vec![raw("cite-x-1"), raw("a"), raw("two words")],
            ..Body::default()
        };
        let ids = Ids::of(&body);
        let headings = ["section-main", "a-2", "a-3", "a-1-1", "section", "a"];
        assert_eq!(ids.headings, headings);
        assert_eq!(ids.raw, ["section-cite-x-1", "a-1", "two-words"]);
        assert_eq!(on_github(&body, 9)[1..4], ["a", "a-1", "a-1-1"]);
    }
}
