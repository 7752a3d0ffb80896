//! Front matter written back: what importers, renames and fixes change in it, with all else as it stands.
//!
//! Takes the text of a file and what is to be changed; gives [`TextEdit`]s that touch only the lines concerned, so
//! that the order, the comments, the quotes and the ends of the other lines stay to the byte; what was said in
//! comments within a value that goes stands on lines of its own. Every edit is read back: one after which the reader
//! would read something else than was wanted, another key with another value, or a comment less, is none. Judges no
//! value and no marking, and never touches the text below.

mod draft;

mod given;

mod page;

#[cfg(test)]
mod tests;

pub use given::Given;

use super::form::Form;
use super::keys;
use super::shapes;
use super::split::{Format, Split, split};
use super::tree::{Key, Node, Value};
use crate::diag::TextEdit;
use crate::model::{Kind, Verb};
use crate::text::TextFile;
use draft::Draft;
use page::{Change, Page};
use std::cmp::Reverse;
use std::sync::Arc;

/// A change of a front matter. One that has nothing to do does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Gives a key a value; where the key is not there yet it is put in its place in the table of keys.
    Set(String, Given),
    /// Puts an item at the end of the list of a key, unless it is in it; a single value becomes a list.
    Append(String, Given),
    /// Takes an item out of the list of a key, by its place.
    Drop(String, usize),
    /// Takes a key out, with its value.
    Remove(String),
    /// Gives a key another name, which none has.
    Rename(String, String),
}

/// The edits of a file that make the changes, one after the other; `None` where one of them cannot be made without
/// changing something else: the front matter has faults, or is written in a way that is not known here.
#[must_use]
pub fn edits(file: &TextFile, kind: Kind, changes: &[Edit]) -> Option<Vec<TextEdit>> {
    edits_of(&file.path, &file.text, kind, changes)
}

pub(super) fn edits_of(
    path: &Arc<str>,
    text: &str,
    kind: Kind,
    changes: &[Edit],
) -> Option<Vec<TextEdit>> {
    let mut draft = Draft::of(text);
    for change in changes {
        draft = changed(draft, path, kind, change)?;
    }
    Some(draft.edits(path))
}

/// What a front matter says, key by key as it is written, and where the text below begins; `None` where it has faults.
#[must_use]
pub fn read(file: &TextFile) -> Option<(Vec<(String, Given)>, usize)> {
    let Split::Found { body, .. } = split(&file.text) else {
        return None;
    };
    let page = Page::read(&file.path, &file.text)?;
    let values = page.entries.iter();
    let values = values.map(|(key, node)| (key.text.to_string(), Given::of(node)));
    Some((values.collect(), body))
}

/// Where the text below a front matter begins, also where that has faults; `None` where it has no end.
#[must_use]
pub fn text_at(file: &TextFile) -> Option<usize> {
    match split(&file.text) {
        Split::Found { body, .. } => Some(body),
        Split::Missing { .. } | Split::Unterminated { .. } => None,
    }
}

/// Whether a key of a kind takes several values, so that each is a thing of its own.
#[must_use]
pub fn takes_several(kind: Kind, key: &str) -> bool {
    let form = keys::row(kind, key).map(|row| row.form);
    match form {
        Some(form) => form.is_several(),
        None => Verb::from_key(key).is_some(),
    }
}

/// The line at which a key begins, for a remark above it; where it is not there, that of the closing fence.
#[must_use]
pub fn line_of(file: &TextFile, key: &str) -> Option<usize> {
    let Split::Found { front, .. } = split(&file.text) else {
        return None;
    };
    let page = Page::read(&file.path, &file.text)?;
    let own = page.entries.iter().find(|(own, _)| own.text == key);
    let at = own.map_or(front.end, |(own, _)| own.span.start as usize);
    let before = file.text.get(..at)?;
    Some(before.rfind('\n').map_or(0, |end| end + 1))
}

/// A whole front matter with its fences, the keys in the order of the table.
#[must_use]
pub fn whole(kind: Kind, values: Vec<(String, Given)>) -> String {
    let mut values = values;
    values.sort_by_key(|(key, _)| order(kind, key));
    let mut text = "---\n".to_owned();
    for (key, value) in values {
        let value = formed(kind, &key, value);
        for line in value.lines(Format::Yaml, &given::name(&key), "") {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text + "---\n"
}

/// A list that takes more changes is written anew: for each the front matter is read.
const MOST_STEPS: usize = 32;

/// What is to be true of the keys.
enum Goal<'e> {
    /// A key has a value, or is not there.
    Holds(&'e str, Option<Given>),
    /// A key has another name.
    Named(&'e str, &'e str),
}

fn changed<'t>(draft: Draft<'t>, path: &Arc<str>, kind: Kind, change: &Edit) -> Option<Draft<'t>> {
    let text = draft.text();
    let page = Page::read(path, &text)?;
    let goal = match change {
        Edit::Set(key, value) => Goal::Holds(key, Some(formed(kind, key, value.clone()))),
        Edit::Append(key, item) => {
            let item = formed(kind, key, item.clone());
            let old = page.items(key);
            if old.iter().any(|old| item.is(old)) {
                return Some(draft);
            }
            let items = old.iter().map(Given::of);
            Goal::Holds(key, Some(Given::List(items.chain([item]).collect())))
        }
        Edit::Drop(key, at) => {
            let old = page.items(key);
            let items = (0..).zip(old).filter(|(place, _)| place != at);
            let items: Vec<Given> = items.map(|(_, item)| Given::of(item)).collect();
            match items.len() < old.len() {
                true => Goal::Holds(key, Some(Given::List(items)).filter(|_| old.len() > 1)),
                false => return Some(draft),
            }
        }
        Edit::Remove(key) => Goal::Holds(key, None),
        Edit::Rename(from, to) => Goal::Named(from, to),
    };
    if page.is_at(&goal) {
        return Some(draft);
    }
    let by_items = || page.by_items(&draft, path, &goal);
    let at_once = page.ways(&goal, kind).into_iter().map(|way| {
        let mut draft = draft.clone();
        draft.apply(way);
        Some(draft)
    });
    // Item by item, what stays of a list keeps its look and its comments.
    let mut ways = std::iter::once_with(by_items).chain(at_once).flatten();
    ways.find(|draft| {
        let text = draft.text();
        let after = Page::read(path, &text);
        after.is_some_and(|after| page.became(&after, &goal))
    })
}

impl Page<'_> {
    fn place(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|(own, _)| own.text == key)
    }

    fn value(&self, key: &str) -> Option<&Node<'_>> {
        let (_, node) = self.entries.get(self.place(key)?)?;
        Some(node)
    }

    /// The items of a list, or a value that stands for one.
    fn items(&self, key: &str) -> &[Node<'_>] {
        let value = self.value(key).filter(|value| !value.is_empty());
        value.map(Node::each).unwrap_or_default()
    }

    fn is_at(&self, goal: &Goal<'_>) -> bool {
        match goal {
            Goal::Holds(key, Some(value)) => self.value(key).is_some_and(|node| value.is(node)),
            Goal::Holds(key, None) | Goal::Named(key, _) => self.place(key).is_none(),
        }
    }

    /// Whether a front matter became another by what was to be done, and by nothing else.
    fn became(&self, after: &Page<'_>, goal: &Goal<'_>) -> bool {
        let (key, new) = match *goal {
            Goal::Holds(key, _) => (key, key),
            Goal::Named(from, to) => (from, to),
        };
        let is_other = |it: &&(Key<'_>, Node<'_>)| it.0.text != key && it.0.text != new;
        let mut before = self.entries.iter().filter(is_other);
        let mut others = after.entries.iter().filter(is_other);
        let same = before.all(|(key, node)| {
            let other = others.next();
            other.is_some_and(|(it, other)| it.text == key.text && alike(node, other))
        });
        let reached = match goal {
            Goal::Holds(key, Some(value)) => after.value(key).is_some_and(|node| value.is(node)),
            Goal::Holds(key, None) => after.place(key).is_none(),
            Goal::Named(from, to) => {
                let both = self.value(from).zip(after.value(to));
                self.place(to).is_none()
                    && after.place(from).is_none()
                    && both.is_some_and(|(one, other)| alike(one, other))
            }
        };
        same && others.next().is_none() && reached && self.comments() == after.comments()
    }

    /// The ways to reach a goal at once, the one that touches least before others.
    fn ways(&self, goal: &Goal<'_>, kind: Kind) -> Vec<Vec<Change>> {
        let (key, value) = match goal {
            Goal::Holds(key, value) => (key, value.as_ref()),
            Goal::Named(from, to) => {
                let way = self.place(from).and_then(|at| self.renamed(at, to));
                return way.into_iter().collect();
            }
        };
        let ways = match (self.place(key), value) {
            (Some(at), Some(value)) => vec![self.in_place(at, value), self.anew(at, value)],
            (Some(at), None) => vec![self.without(at)],
            (None, Some(value)) => {
                let own = order(kind, key);
                let ranks = self.entries.iter().map(|(key, _)| order(kind, &key.text));
                let mut before: Vec<_> = ranks.zip(0..).filter(|(rank, _)| *rank < own).collect();
                before.sort_by_key(|&(rank, at)| Reverse((rank, at)));
                let behind: Vec<usize> = before.into_iter().map(|(_, at)| at).collect();
                vec![Some(self.inserted(key, value, &behind))]
            }
            (None, None) => Vec::new(),
        };
        ways.into_iter().flatten().collect()
    }

    /// Makes a list another one by taking out items and putting new ones at its end; `None` where none stays,
    /// or little.
    fn by_items<'t>(
        &self,
        draft: &Draft<'t>,
        path: &Arc<str>,
        goal: &Goal<'_>,
    ) -> Option<Draft<'t>> {
        let Goal::Holds(key, Some(Given::List(new))) = goal else {
            return None;
        };
        let Value::List(old) = &self.value(key)?.value else {
            return None;
        };
        let mut left = new.iter().peekable();
        let goes = |item: &Node<'_>| left.next_if(|new| new.is(item)).is_none();
        let gone: Vec<bool> = old.iter().map(goes).collect();
        let steps = gone.iter().filter(|gone| **gone).count() + left.len();
        if gone.iter().all(|gone| *gone) || steps > MOST_STEPS {
            return None;
        }
        let mut draft = draft.clone();
        let mut step = |way: &dyn Fn(&Page<'_>, usize) -> Option<Vec<Change>>| {
            let text = draft.text();
            let page = Page::read(path, &text)?;
            draft.apply(way(&page, page.place(key)?)?);
            Some(())
        };
        for (item, _) in (0..old.len()).zip(gone).rev().filter(|(_, gone)| *gone) {
            step(&|page, at| page.dropped(at, item))?;
        }
        for item in left {
            step(&|page, at| page.pushed(at, item))?;
        }
        Some(draft)
    }
}

/// Whether two nodes hold the same.
fn alike(one: &Node<'_>, other: &Node<'_>) -> bool {
    match (&one.value, &other.value) {
        (Value::Scalar(one), Value::Scalar(other)) => one == other,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            let same = |(one, other): (&(Key<'_>, _), &(Key<'_>, _))| {
                one.0.text == other.0.text && alike(&one.1, &other.1)
            };
            one.len() == other.len() && one.iter().zip(other).all(same)
        }
        _ => false,
    }
}

/// The place of a key in the table, the relations at the end and what is not in it last.
fn order(kind: Kind, key: &str) -> usize {
    let mut keys = keys::of_kind(kind);
    keys.position(|known| known == key).unwrap_or(usize::MAX)
}

/// A value as the table says that the key takes it.
fn formed(kind: Kind, key: &str, value: Given) -> Given {
    let relation = Verb::from_key(key).map(|verb| Form::Many(shapes::relation(verb)));
    match keys::row(kind, key).map(|row| row.form).or(relation) {
        Some(form) => value.in_form(form),
        None => value,
    }
}
