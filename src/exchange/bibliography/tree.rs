//! JSON with every name as often as it is written.
//!
//! Takes a text; gives a tree in which a repeated name has each of its values, as readers of JSON keep one of them and the
//! other may be the one that marks.

use super::withheld::{self, Means};
use crate::model::Tlp;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::exchange) enum Tree {
    /// A text, a number, whether, or nothing.
    Leaf(String),
    /// Several.
    List(Vec<Tree>),
    /// Named ones, in their order.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// Of a text that is JSON; anything else is a text that says it.
    pub(in crate::exchange) fn of(text: &str) -> Tree {
        serde_json::from_str(text).unwrap_or_else(|_| Tree::Leaf(text.to_owned()))
    }

    /// The values under a name.
    pub(in crate::exchange) fn under<'t>(
        &'t self,
        name: &'t str,
    ) -> impl Iterator<Item = &'t Tree> {
        self.entries()
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, value)| value)
    }

    /// The named values; none of what is no map.
    pub(in crate::exchange) fn entries(&self) -> &[(String, Tree)] {
        match self {
            Tree::Map(entries) => entries,
            Tree::Leaf(_) | Tree::List(_) => &[],
        }
    }

    /// The items; none of what is no list.
    pub(in crate::exchange) fn items(&self) -> &[Tree] {
        match self {
            Tree::List(items) => items,
            Tree::Leaf(_) | Tree::Map(_) => &[],
        }
    }

    /// The text of a leaf.
    pub(in crate::exchange) fn text(&self) -> &str {
        match self {
            Tree::Leaf(text) => text,
            Tree::List(_) | Tree::Map(_) => "",
        }
    }

    /// All texts and names in it.
    pub(in crate::exchange) fn texts(&self) -> Vec<&str> {
        match self {
            Tree::Leaf(text) => vec![text],
            Tree::List(items) => items.iter().flat_map(Tree::texts).collect(),
            Tree::Map(entries) => {
                let each = entries.iter();
                each.flat_map(|(name, value)| {
                    let within = value.texts();
                    std::iter::once(name.as_str()).chain(within)
                })
                .collect()
            }
        }
    }

    /// The highest label in any text or name of it.
    pub(in crate::exchange) fn label(&self) -> Option<Tlp> {
        self.texts().into_iter().filter_map(withheld::label).max()
    }

    /// The markings in it, at any depth: the name, and the text that should be one, which is empty where nothing can be read.
    pub(in crate::exchange) fn markings(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        self.find(&mut found);
        found
    }

    fn find(&self, found: &mut Vec<(String, String)>) {
        match self {
            Tree::Leaf(_) => {}
            Tree::List(items) => items.iter().for_each(|item| item.find(found)),
            Tree::Map(entries) => {
                for (name, value) in entries {
                    match marking(name, value) {
                        Some(text) => found.push((name.clone(), text)),
                        None => value.find(found),
                    }
                }
            }
        }
    }
}

/// What a name with a value marks.
pub(in crate::exchange) fn marking(name: &str, value: &Tree) -> Option<String> {
    let said = value.text();
    if withheld::dates(name, said) {
        return None;
    }
    withheld::means(name, said).map(|means| match means {
        Means::Marking => said.to_owned(),
        Means::Kept => String::new(),
    })
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Tree, D::Error> {
        from.deserialize_any(Grow)
    }
}

struct Grow;

impl<'de> Visitor<'de> for Grow {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf(String::new()))
    }

    fn visit_bool<E>(self, it: bool) -> Result<Tree, E> {
        Ok(Tree::Leaf(it.to_string()))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Tree, E> {
        Ok(Tree::Leaf(it.to_string()))
    }

    fn visit_u64<E>(self, it: u64) -> Result<Tree, E> {
        Ok(Tree::Leaf(it.to_string()))
    }

    fn visit_f64<E>(self, it: f64) -> Result<Tree, E> {
        Ok(Tree::Leaf(it.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Leaf(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = all.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = all.next_entry()? {
            entries.push(entry);
        }
        Ok(Tree::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_name_has_all_its_values() {
        let tree =
            Tree::of(r#"{"a": [{"tlp": "red", "tlp": "clear"}], "b": "TLP:AMBER", "c": 1.5}"#);
        let own = |text: &str| ("tlp".to_owned(), text.to_owned());
        assert_eq!(tree.markings(), [own("red"), own("clear")]);
        assert_eq!(tree.label(), Some(Tlp::Amber));
    }
}
