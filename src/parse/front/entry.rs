//! The tree of a front matter becomes an entry.

use super::form::{Form, Shape};
use super::keys::{self, Assembly, Row};
use super::reader::Reader;
use super::rewrite::Edit;
use super::shapes::{CHANGE, INTRO, NOTICE};
use super::tree::{Key, Node, Value};
use super::{advice, rewrite, saved, withholding};
use crate::diag::{Advice, Code};
use crate::model::addressed::kept_name;
use crate::model::{
    Change, Details, Entry, Head, Intro, Kind, Notice, Prose, RawRef, Statement, Tlp, Verb,
};
use crate::text::Span;
use std::borrow::Cow;
use std::sync::Arc;

/// An entry of which only the file is known: its title is its slug.
#[must_use]
pub fn blank(path: &Arc<str>, kind: Kind, slug: &str, tlp: Tlp) -> Entry<RawRef> {
    Entry::bare(Head {
        kind,
        slug: slug.to_owned(),
        path: Arc::clone(path),
        id: format!("{}/{slug}", kind.folder()),
        title: slug.to_owned(),
        date: None,
        tags: Vec::new(),
        tlp,
        authors: Vec::new(),
        rights: Vec::new(),
        lang: None,
        draft: false,
        publish: None,
        updated: None,
        redirect_from: Vec::new(),
        external_ids: Vec::new(),
        details: Details::blank(kind),
        extra: None,
    })
}

/// Prose that is filled in later.
#[must_use]
pub fn no_prose() -> Prose<RawRef> {
    Prose::none()
}

/// Puts what the lines of a broken front matter still tell into a blank entry.
pub fn save(entry: &mut Entry<RawRef>, front: &str) {
    let saved = saved::save(front);
    let head = entry.head_mut();
    if let Some(title) = saved.title {
        head.title = kept_name(head.kind, &title).unwrap_or(title);
    }
    head.tlp = saved.tlp.unwrap_or(head.tlp);
    head.draft = true;
}

impl Reader<'_> {
    /// Fills an entry from the keys of its front matter.
    pub fn entry(&mut self, root: &Node<'_>, entry: &mut Entry<RawRef>) {
        let Some(entries) = self.root(root) else {
            return;
        };
        self.find_labels(root);
        self.find_comments(root);
        entry.head_mut().tlp = self.marking(entries);
        self.around = entry.tlp;
        let mut relations = Vec::new();
        let kind = entry.kind;
        let mut to = Assembly::new(entry);
        for (key, node) in entries {
            if let Some(row) = keys::row(kind, &key.text) {
                let before = self.problems.len();
                if node.is_empty() {
                    self.no_value(&key.text, key.span);
                } else {
                    row.read(self, (key, node), &mut to);
                }
                if row.withholds {
                    self.firm_since(before);
                }
            } else if let Some(verb) = Verb::from_key(&key.text) {
                if !verb.allowed_from(kind) {
                    self.not_allowed(verb, kind, key);
                } else if node.is_empty() {
                    self.no_value(&key.text, key.span);
                } else {
                    self.relations(verb, node, &mut relations);
                }
            } else {
                self.unknown(kind, key, node, entries);
            }
        }
        to.finish(relations);
        if self.unread_marking {
            entry.head_mut().tlp = Tlp::Red;
        }
        self.required(entry.kind, entries, root);
        self.leftover_labels("", root);
        self.leftover_comments("", root);
        self.labels_beside(root);
        if self.withheld {
            entry.head_mut().tlp = Tlp::Red;
        }
    }

    /// Fills the introduction of the home page or of an index page.
    pub fn intro(&mut self, root: &Node<'_>, intro: &mut Intro<RawRef>) {
        let Some(entries) = self.root(root) else {
            return;
        };
        self.find_labels(root);
        self.find_comments(root);
        intro.tlp = self.marking(entries);
        self.around = intro.tlp;
        if let Some(fields) = self.fields("", root, &INTRO) {
            if fields.unread_tlp {
                intro.tlp = Tlp::Red;
            }
            intro.title = fields
                .get("title")
                .and_then(|node| self.line("title", node, None));
            intro.summary = fields
                .get("summary")
                .and_then(|node| self.marked_sentence("summary", node));
        }
        self.leftover_labels("", root);
        self.leftover_comments("", root);
        self.labels_beside(root);
        if self.withheld {
            intro.tlp = Tlp::Red;
        }
    }

    fn root<'n>(&mut self, root: &'n Node<'n>) -> Option<&'n [(Key<'n>, Node<'n>)]> {
        if let Value::Map(entries) = &root.value {
            return Some(entries);
        }
        let toml_like = root.text().is_some_and(|text| text.contains('='));
        let help = if toml_like {
            "YAML writes `title: APT38`; for `title = \"APT38\"` put the front matter between `+++` lines"
        } else {
            "write keys with values, first of all `title: APT38`"
        };
        let message = format!("the front matter is {}, not keys with values", root.found());
        self.report(Code::FrontMatterSyntax, root.span, message, help);
        None
    }

    /// Reads the entry's own marking before everything else, because no part may go below it. One
    /// that cannot be read counts as RED: it fails closed.
    fn marking(&mut self, entries: &[(Key<'_>, Node<'_>)]) -> Tlp {
        let Some((_, node)) = entries.iter().find(|(key, _)| key.text == "tlp") else {
            return self.floor;
        };
        // An empty one is reported with the other keys.
        let tlp = if node.is_empty() {
            None
        } else {
            self.firmly(|reader| reader.tlp(node))
        };
        self.floor = tlp.unwrap_or(Tlp::Clear);
        self.floor_span = Some(node.span);
        tlp.unwrap_or(Tlp::Red)
    }

    fn required(&mut self, kind: Kind, entries: &[(Key<'_>, Node<'_>)], root: &Node<'_>) {
        // A misspelt key is said already, with the key that it was perhaps meant to be.
        let stands = |row: &Row| {
            let once = || std::iter::once(row.key);
            entries.iter().any(|(key, _)| key.text == row.key)
                || entries
                    .iter()
                    .any(|(key, _)| keys::nearest(&key.text, once()).is_some())
        };
        // Asked last: to compare names with all keys costs more than all else of a front matter.
        let absent = |row: &&Row| row.is_required() && row.kinds.contains(&kind) && !stands(row);
        for row in keys::ROWS.iter().filter(absent) {
            let Some(placeholder) = row.placeholder else {
                continue;
            };
            let message = format!("{} entries need the key `{}`", kind.name(), row.key);
            let words = format!("add `{}:`, {}", row.key, row.about);
            let set = Edit::Set(row.key.to_owned(), placeholder.into());
            let edits = rewrite::edits_of(self.path, self.text, kind, &[set]);
            let start = root.span.start as usize;
            let place = Span::new(start, start);
            let help = Advice::from(words).perhaps(edits.unwrap_or_default());
            self.report(Code::MissingKey, place, message, help);
        }
    }

    /// Reports a key that the kind lacks. One that was perhaps meant to withhold withholds.
    fn unknown(
        &mut self,
        kind: Kind,
        key: &Key<'_>,
        node: &Node<'_>,
        entries: &[(Key<'_>, Node<'_>)],
    ) {
        let withholds = withholding::meant(&key.text, node);
        let message = format!("{} entries have no key `{}`", kind.name(), key.text);
        let elsewhere = keys::kinds_with(&key.text);
        let near = keys::nearest(&key.text, keys::of_kind(kind));
        // `published: false` is no date.
        let near = match withholding::by_value(node) {
            Some("draft") => withholding::by_name(&key.text).or(near),
            _ => near,
        };
        let number = near.filter(|near| keys::differ_in_number(&key.text, near));
        let meant = |near: &'static str| {
            let advice = advice::meant(near, key, node, entries);
            let sure = keys::is_sure(&key.text, near, keys::of_kind(kind));
            let edit = self.key_instead(key, near);
            match advice.takes_its_place && !withholding::KEYS.contains(&near) {
                true => Advice::from(advice.words).edited(sure, edit),
                false => advice.words.into(),
            }
        };
        let help: Advice = if let Some(near) = number {
            // `type` of malware is `types`, though an organisation has a `type`.
            meant(near)
        } else if !elsewhere.is_empty() {
            let folders: Vec<&str> = elsewhere.into_iter().map(Kind::folder).collect();
            format!("only these have it: {}", folders.join(", ")).into()
        } else if key.text == "slug" {
            "the name of the file is the slug".into()
        } else if key.text == "kind" {
            "the folder gives the kind".into()
        } else if let Some(near) = near.or_else(|| withholding::by_name(&key.text)) {
            meant(near)
        } else {
            own_keys(kind).into()
        };
        let before = self.problems.len();
        self.report(Code::UnknownKey, key.span, message, help);
        if withholds.is_some() {
            self.firm_since(before);
        }
        self.unread_marking |= withholds == Some("tlp") || near == Some("tlp");
    }

    /// Reports the names anywhere below a value for templates that would withhold as keys.
    pub fn free_names(&mut self, map: &str, node: &Node<'_>) {
        match &node.value {
            Value::Scalar(_) => {}
            Value::List(items) => items.iter().for_each(|item| self.free_names(map, item)),
            Value::Map(entries) => {
                for (key, node) in entries {
                    self.free_name(map, key, node);
                    self.free_names(map, node);
                }
            }
        }
    }

    /// A map of facts, such as what an incident cost: each a fact of its own.
    pub fn facts_within(
        &mut self,
        name: &str,
        node: &Node<'_>,
        shape: &'static Shape,
    ) -> Vec<Statement<RawRef>> {
        let Some(fields) = self.fields(name, node, shape) else {
            return Vec::new();
        };
        let mut facts = Vec::new();
        for inner in shape.keys {
            if let (Form::Fact(form), Some((key, node))) = (inner.form, fields.entry(inner.key)) {
                let name = Cow::Owned(format!("{name}.{}", inner.key));
                facts.extend(self.fact(name, key, node, *form));
            }
        }
        facts
    }

    /// What readers are told of, newest first.
    pub fn changes(&mut self, name: &str, node: &Node<'_>) -> Vec<Change<RawRef>> {
        let mut changes = Vec::new();
        for item in node.each() {
            changes.extend(self.change(name, item));
        }
        changes.sort_by_key(|change| std::cmp::Reverse(change.date));
        changes
    }

    fn change(&mut self, name: &str, node: &Node<'_>) -> Option<Change<RawRef>> {
        let fields = self.fields(name, node, &CHANGE)?;
        let mut statement = self.own_marking(&fields);
        let correction = fields
            .get("kind")
            .and_then(|node| self.word("kind", node, super::shapes::CHANGE_KINDS))
            .is_some();
        let date = fields.get("date").and_then(|node| self.day("date", node));
        let what = fields
            .get("what")
            .and_then(|node| self.sentence("what", node, Some(&mut statement)));
        Some(Change {
            date: date?,
            what: what?,
            correction,
            tlp: self.marked(statement),
            span: node.span,
        })
    }

    /// A day and a reason.
    pub fn notice(&mut self, name: &str, node: &Node<'_>) -> Option<Notice<RawRef>> {
        let fields = self.fields(name, node, &NOTICE)?;
        let date = fields.get("date").and_then(|node| self.date("date", node));
        let reason = fields
            .get("reason")
            .and_then(|node| self.sentence("reason", node, None));
        Some(Notice {
            date: date?,
            reason: reason?,
        })
    }
}

/// The keys that a kind has and others lack, and where what has no key goes.
fn own_keys(kind: Kind) -> String {
    let own: Vec<String> = keys::own(kind).map(|key| format!("`{key}`")).collect();
    format!(
        "{} entries have, beside the keys of every kind, {}; values for templates stand under `extra`, \
         further sourced values under `facts`; `dossier keys {}` lists all",
        kind.name(),
        own.join(", "),
        kind.name()
    )
}
