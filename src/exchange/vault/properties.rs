//! The properties of a note as keys of front matter.
//!
//! Takes the tree of properties; gives keys where a property is one, by its name or because the writer of the command maps it,
//! and its value has the form of it. Everything else stands under `extra` as it was. What marks is read before anything else.

use super::{Reading, Vault, forms, kinds, marks, names};
use crate::exchange::Why;
use crate::exchange::bibliography::withheld;
use crate::exchange::incoming::{Incoming, Prose, Value};
use crate::model::name::fold;
use crate::model::{Kind, Verb};
use crate::parse::front::form::Form;
use crate::parse::front::keys;
use crate::parse::front::tree::{Key, Node, Value as Tree};
use std::collections::HashSet;

/// How deep values may nest below `extra`.
const DEEPEST: usize = 8;

/// Properties that say what a key of another name says.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("alias", "aliases"),
    ("aka", "aliases"),
    ("author", "authors"),
    ("description", "summary"),
    ("keywords", "tags"),
    ("lastmod", "updated"),
    ("modified", "updated"),
    ("reference", "sources"),
    ("references", "sources"),
    ("source", "sources"),
    ("tag", "tags"),
];

/// Properties that mark.
const MARKINGS: &[&str] = &[
    "marking",
    "markings",
    "classification",
    "handling",
    "protective_marking",
];

/// The text of the property that is a key.
pub(super) fn text_of(front: &Node<'_>, key: &str, vault: &Vault) -> Option<String> {
    let Tree::Map(entries) = &front.value else {
        return None;
    };
    let own = |(name, _): &&(Key<'_>, Node<'_>)| self::key(&name.text, vault) == key;
    let (_, node) = entries.iter().find(own)?;
    let text = node.text()?.trim();
    (!node.is_empty()).then(|| text.to_owned())
}

/// The key that a property is.
fn key(name: &str, vault: &Vault) -> String {
    let name = plain(name);
    let mapped = vault.map.iter().find(|(from, _)| plain(from) == name);
    if let Some((_, key)) = mapped {
        return key.trim().to_owned();
    }
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    other.map_or(name, |(_, key)| (*key).to_owned())
}

fn is_mapped(name: &str, vault: &Vault) -> bool {
    let name = plain(name);
    vault.map.iter().any(|(from, _)| plain(from) == name)
}

/// A name as keys are written: `First seen` is `first_seen`.
fn plain(name: &str) -> String {
    fold(name).replace([' ', '-'], "_")
}

fn marks(name: &str) -> bool {
    let name = plain(name);
    name.split(['_', '.', '/', ':']).any(|part| part == "tlp")
        || name.starts_with("tlp")
        || MARKINGS.contains(&name.as_str())
}

impl Reading<'_> {
    /// Gives an entry what the properties of its note say.
    pub(super) fn properties(&mut self, front: &Node<'_>, path: &str, entry: &mut Incoming) {
        let Tree::Map(properties) = &front.value else {
            return;
        };
        let mut extra: Vec<(String, Value)> = Vec::new();
        for (name, node) in properties {
            let name = name.text.trim();
            let key = key(name, self.vault);
            if key == "tlp" || marks(name) {
                self.marking(name, node, path, entry);
                continue;
            }
            // A name that the writer of the command maps means what he says.
            let own = keys::row(entry.kind, &key).is_some() || is_mapped(name, self.vault);
            if !own && self.named(name, node.text().unwrap_or("").trim(), path, entry) {
                continue;
            }
            self.marks_below(node, path, entry);
            if node.is_empty() || key == "title" && !entry.title.is_empty() && node.text().is_some()
            {
                // An empty property is a field of a template that nobody filled in.
            } else if !self.property(&key, node, path, entry) {
                if keys::row(entry.kind, &key).is_some_and(|row| row.withholds) {
                    self.keep_back(name, path, entry);
                }
                extra.push((name.to_owned(), self.data(node, 1, path)));
            }
        }
        entry.add("extra", Value::Map(extra));
    }

    /// Gives an entry a property as a key; `false` where it is none, or its value has not the form of it.
    fn property(&mut self, key: &str, node: &Node<'_>, path: &str, entry: &mut Incoming) -> bool {
        let kind = entry.kind;
        match key {
            "tags" => return self.tags(node, path, entry),
            "aliases" => return aliases(node, entry),
            "draft" | "publish" => return withholds(key, node, entry),
            "kind" | "type" if node.text().and_then(kinds::named) == Some(kind) => {
                let row = keys::row(kind, key);
                let value = row.and_then(|row| forms::value(self, row.form, node, path));
                value.into_iter().for_each(|value| entry.add(key, value));
                return true;
            }
            "sources" => return self.sources(node, path, entry),
            _ => {}
        }
        if let Some(verb) = Verb::from_key(key).filter(|verb| verb.allowed_from(kind)) {
            return self.relation(verb, node, path, entry);
        }
        let Some(row) = keys::row(kind, key) else {
            return false;
        };
        let value = match (row.form, node.text()) {
            // The one text of all kinds that is a sentence.
            (Form::Text, Some(text)) if key == "summary" => {
                Some(Value::Prose(Prose::markdown(text.trim())))
            }
            (form, _) => forms::value(self, form, node, path),
        };
        let Some(value) = value.filter(|_| entry.value(key).is_none()) else {
            return false;
        };
        entry.add(key, value);
        true
    }

    fn marking(&mut self, name: &str, node: &Node<'_>, path: &str, entry: &mut Incoming) {
        for one in node.each() {
            let level = one
                .text()
                .unwrap_or("")
                .trim_matches(['[', ']', '#'])
                .replace('/', ":");
            entry.raise(self.level(name, &level, path));
        }
        if node.each().is_empty() {
            entry.raise(self.level(name, "", path));
        }
    }

    /// What is marked within a value for templates marks all of it: a part of `extra` has no marking of its own.
    fn marks_below(&mut self, node: &Node<'_>, path: &str, entry: &mut Incoming) {
        match &node.value {
            Tree::Scalar(_) => {}
            Tree::List(items) => items
                .iter()
                .for_each(|item| self.marks_below(item, path, entry)),
            Tree::Map(entries) => {
                for (key, node) in entries {
                    let said = node.text().unwrap_or("").trim();
                    if marks(&key.text) {
                        self.marking(&key.text, node, path, entry);
                    } else if !self.named(&key.text, said, path, entry) {
                        self.marks_below(node, path, entry);
                    }
                }
            }
        }
    }

    /// Tags; what is a label among them is the marking.
    fn tags(&mut self, node: &Node<'_>, path: &str, entry: &mut Incoming) -> bool {
        let items: Option<Vec<&str>> = node.each().iter().map(Node::text).collect();
        let Some(items) = items else { return false };
        let one = matches!(node.value, Tree::Scalar(_));
        let apart = |c: char| one && (c == ',' || c.is_whitespace());
        let tags = items.iter().flat_map(|item| item.split(apart));
        let tags: Vec<String> = tags
            .map(|tag| tag.trim().trim_start_matches('#').to_owned())
            .collect();
        self.tagged(tags, path, entry);
        true
    }

    /// Adds tags to an entry.
    pub(super) fn tagged(&mut self, tags: Vec<String>, path: &str, entry: &mut Incoming) {
        let (marking, tags): (Vec<String>, Vec<String>) = tags
            .into_iter()
            .filter(|tag| !tag.is_empty())
            .partition(|tag| marks(tag) || marks::of_tag(tag).is_some());
        for tag in marking {
            let whole = tag.replace('/', ":");
            let level = match self.vault.markings.level(&whole) {
                Some(level) => level,
                None => self.level("tags", marks::of_tag(&tag).unwrap_or(""), path),
            };
            entry.raise(level);
        }
        // All of them anew: a long note may have thousands.
        let old = entry.values.iter().position(|(key, _)| key == "tags");
        let old = old.map(|at| entry.values.remove(at).1);
        let old = match old {
            Some(Value::List(items)) => items,
            one => one.into_iter().collect(),
        };
        let mut seen = HashSet::new();
        let all = old.into_iter().chain(tags.into_iter().map(Value::Text));
        let all = all.filter(|tag| match tag {
            Value::Text(tag) => seen.insert(fold(tag)),
            _ => true,
        });
        entry.add("tags", Value::List(all.collect()));
    }

    /// Sources: notes about sources, and addresses. All of them or none, so that nothing is torn apart.
    fn sources(&mut self, node: &Node<'_>, path: &str, entry: &mut Incoming) -> bool {
        let texts: Option<Vec<&str>> = node.each().iter().map(Node::text).collect();
        let cited = texts.map(|texts| {
            texts
                .into_iter()
                .map(|text| self.source(text, path))
                .collect()
        });
        let Some(Some(cited)) = cited else {
            return false;
        };
        let cited: Vec<Value> = cited;
        match entry.kind == Kind::Source && cited.len() == 1 && entry.value("url").is_none() {
            // The source of a source is where it stands.
            true if node.text().is_some_and(is_address) => {
                entry.add("url", node.text().unwrap_or(""));
            }
            _ => entry.add("sources", Value::List(cited)),
        }
        true
    }

    fn source(&mut self, text: &str, path: &str) -> Option<Value> {
        if is_address(text) {
            return self.pages.source(text).map(Value::Entry);
        }
        let (at, note) = self.linked(text, path)?;
        (self.kinds.get(at) == Some(&Kind::Source)).then_some(Value::Entry(note))
    }

    fn relation(&mut self, verb: Verb, node: &Node<'_>, path: &str, entry: &mut Incoming) -> bool {
        let allowed = verb.allowed_to(entry.kind);
        let one = |node: &Node<'_>| {
            let (at, note) = self.linked(node.text()?, path)?;
            let fits = self
                .kinds
                .get(at)
                .is_some_and(|kind| allowed.contains(kind));
            (fits && note != path).then_some(Value::Entry(note))
        };
        let others: Option<Vec<Value>> = node.each().iter().map(one).collect();
        let Some(others) = others else { return false };
        let mut seen = HashSet::new();
        let others = others.into_iter();
        let others = others.filter(|other| seen.insert(format!("{other:?}")));
        entry.add(verb.key(), Value::List(others.collect()));
        true
    }

    /// The note that a link, or the bare name of a note, means: its place and its path.
    pub(super) fn linked(&self, text: &str, path: &str) -> Option<(usize, String)> {
        let text = text.trim();
        let inner = text
            .strip_prefix("[[")
            .and_then(|rest| rest.strip_suffix("]]"));
        let name = inner.unwrap_or(text).split(['|', '#']).next().unwrap_or("");
        let at = self.names.find(name, path)?;
        Some((at, self.names.path(at)?.to_owned()))
    }

    /// A value for templates.
    fn data(&mut self, node: &Node<'_>, depth: usize, path: &str) -> Value {
        match &node.value {
            Tree::Scalar(scalar) => Value::Text(scalar.text.clone().into_owned()),
            Tree::List(_) | Tree::Map(_) if depth >= DEEPEST => {
                self.losses.note(Why::Lost, "properties, too deep", path);
                Value::Text("…".to_owned())
            }
            Tree::List(items) => Value::List(
                items
                    .iter()
                    .map(|item| self.data(item, depth + 1, path))
                    .collect(),
            ),
            Tree::Map(entries) => {
                // Nothing under `extra` withholds, and nothing there may look as if it did.
                let open = entries.iter().filter(|(key, node)| {
                    let said = node.text().unwrap_or("").trim();
                    let dates = withheld::dates(&key.text, said);
                    !marks(&key.text) && (dates || withheld::means(&key.text, said).is_none())
                });
                let named = open.map(|(key, node)| {
                    (
                        key.text.clone().into_owned(),
                        self.data(node, depth + 1, path),
                    )
                });
                Value::Map(named.collect())
            }
        }
    }
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("https://") || text.starts_with("http://")
}

fn aliases(node: &Node<'_>, entry: &mut Incoming) -> bool {
    let names: Option<Vec<&str>> = node.each().iter().map(Node::text).collect();
    let Some(names) = names else { return false };
    let mut seen = HashSet::from([fold(&entry.title)]);
    let names = names.into_iter().map(str::trim);
    let names = names.filter(|name| !name.is_empty() && seen.insert(fold(name)));
    let names: Vec<Value> = names.map(Into::into).collect();
    if !names.is_empty() {
        entry.add("aliases", names);
    }
    true
}

/// `draft`, and `publish`, which elsewhere is no day but whether: what is not to be published is a draft.
fn withholds(key: &str, node: &Node<'_>, entry: &mut Incoming) -> bool {
    let text = node.text().map(fold);
    let open = if key == "draft" { "false" } else { "true" };
    if key == "publish"
        && text
            .as_deref()
            .is_some_and(|day| day.parse::<crate::model::Day>().is_ok())
    {
        entry.add("publish", text.unwrap_or_default());
    } else if text.as_deref() != Some(open) && entry.value("draft").is_none() {
        entry.add("draft", "true");
    }
    true
}

/// The name by which a link is told where it has no words of its own.
pub(super) fn shown(target: &str) -> String {
    let (name, heading) = target.split_once('#').unwrap_or((target, ""));
    let name = match names::is_note(name) {
        true => crate::model::path::markdown(name).unwrap_or(name),
        false => name,
    };
    let heading = heading.trim_start_matches('^').replace('#', " > ");
    match (name.trim(), heading.trim()) {
        ("", heading) => heading.to_owned(),
        (name, "") => name.to_owned(),
        (name, heading) => format!("{name} > {heading}"),
    }
}
