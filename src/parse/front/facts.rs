//! Facts: values that sources may disagree on.

use super::form::Form;
use super::keys;
use super::marks::Marking;
use super::reader::Reader;
use super::shapes::VERSION;
use super::tree::{Key, Node, Value as Tree};
use crate::diag::{Code, Diagnostic};
use crate::model::{Part, RawRef, Statement, Value, Version, What, Words};
use crate::text::{Place, Span};
use std::borrow::Cow;

impl Reader<'_> {
    /// A value, a map with `value`, or a list of these with exactly one chosen: a statement for each.
    pub fn fact(
        &mut self,
        name: Cow<'static, str>,
        key: &Key<'_>,
        node: &Node<'_>,
        form: Form,
    ) -> Vec<Statement<RawRef>> {
        let items = match (&node.value, form) {
            // A list of words is one value of a fact that takes words; anywhere else a list holds
            // the values of several sources.
            (Tree::List(items), Form::Words(_))
                if items.iter().all(|item| item.text().is_some()) =>
            {
                std::slice::from_ref(node)
            }
            (Tree::List(items), _) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        if items.is_empty() {
            self.no_value(&key.text, key.span);
            return Vec::new();
        }
        let mut versions = Vec::with_capacity(items.len());
        for item in items {
            versions.extend(self.version(name.clone(), key, item, form));
        }
        // Where a version could not be read, it may have been the chosen one.
        if items.len() > 1 && versions.len() == items.len() {
            self.one_chosen(&key.text, key.span, &versions);
        }
        versions
    }

    fn one_chosen(&mut self, name: &str, span: Span, versions: &[Statement<RawRef>]) {
        let is_chosen = |it: &&Statement<RawRef>| it.part(Part::Chosen).is_some();
        let mut chosen = versions.iter().filter(is_chosen);
        let count = versions.len();
        match (chosen.next(), chosen.next()) {
            (None, _) => self.report(
                Code::NoChosenValue,
                span,
                format!("`{name}` has {count} values and none is chosen"),
                "add `chosen: why this one` to the value that the dossier goes by",
            ),
            (Some(first), Some(second)) => self.problems.push(
                Diagnostic::at(
                    Code::NoChosenValue,
                    self.path,
                    second.span,
                    format!("`{name}` has more than one chosen value"),
                )
                .also(Place::new(self.path, first.span), "chosen here")
                .help("leave `chosen` on the one value that the dossier goes by"),
            ),
            (Some(_), None) => {}
        }
    }

    fn version(
        &mut self,
        of: Cow<'static, str>,
        key: &Key<'_>,
        node: &Node<'_>,
        form: Form,
    ) -> Option<Statement<RawRef>> {
        let version = |value, chosen| {
            What::Fact(Version {
                of,
                key: key.span,
                value,
                chosen,
            })
        };
        let long = match &node.value {
            Tree::Map(entries) => {
                let has = |wanted: &[&str]| {
                    entries
                        .iter()
                        .any(|(key, _)| wanted.contains(&key.text.as_ref()))
                };
                // `{ text, currency }` is an amount of money, not a version of one.
                !matches!(form, Form::Money) || has(&["value"]) || !has(&["text", "currency"])
            }
            _ => false,
        };
        if !long {
            let mut statement = Marking::default();
            let value = self.value(&key.text, node, form, &mut statement)?;
            return Some(Statement {
                tlp: self.marked(statement),
                ..Statement::bare(version(value, None), node.span)
            });
        }
        let fields = self.fields(&key.text, node, &VERSION)?;
        let mut statement = self.own_marking(&fields);
        let sources = fields
            .get("sources")
            .map(|node| self.cites("sources", node));
        let note = fields
            .get("note")
            .and_then(|node| self.sentence("note", node, Some(&mut statement)));
        let when = fields
            .get("as_of")
            .and_then(|node| self.date("as_of", node));
        let chosen = fields
            .get("chosen")
            .and_then(|node| self.reason(node, &mut statement));
        let value = self.value("value", fields.get("value")?, form, &mut statement)?;
        Some(Statement {
            sources: sources.unwrap_or_default(),
            tlp: self.marked(statement),
            note,
            when,
            ..Statement::bare(version(value, chosen), node.span)
        })
    }

    /// Why a value is chosen: a reason, not a tick.
    fn reason(&mut self, node: &Node<'_>, of: &mut Marking) -> Option<Words<RawRef>> {
        let reason = self.sentence("chosen", node, Some(of))?;
        if let Words::Plain(text) = &reason
            && matches!(
                text.to_lowercase().as_str(),
                "true" | "yes" | "false" | "no"
            )
        {
            self.report(
                Code::BadValue,
                node.span,
                "`chosen` says why the value is chosen",
                "write the reason: `chosen: the amount that the court established`",
            );
        }
        Some(reason)
    }

    fn value(
        &mut self,
        name: &str,
        node: &Node<'_>,
        form: Form,
        of: &mut Marking,
    ) -> Option<Value> {
        match form {
            Form::Date => self.date(name, node).map(Value::Date),
            Form::Money => (self.money(name, node, of)).map(|money| Value::Money(Box::new(money))),
            Form::Reliability => self.reliability(name, node).map(Value::Reliability),
            Form::Count => self
                .count(name, node)
                .map(|count| Value::Count(Box::new(count))),
            Form::Words(words) => {
                let mut list = Vec::new();
                for item in node.each() {
                    list.extend(self.word_text(name, item, words));
                }
                (!list.is_empty()).then_some(Value::List(list))
            }
            _ => self.text(name, node, Some(of)).map(Value::Text),
        }
    }

    /// The map of free names under `facts`.
    pub fn free_facts(&mut self, node: &Node<'_>) -> Vec<Statement<RawRef>> {
        let Tree::Map(entries) = &node.value else {
            self.wrong_type("facts", node, Form::Facts);
            return Vec::new();
        };
        let mut facts = Vec::with_capacity(entries.len());
        for (key, node) in entries {
            if !self.free_name("facts", key, node) {
                continue;
            }
            if keys::is_of_facts(&key.text) {
                let message = format!("`{}` is a key of its own", key.text);
                let help = "write it at the top of the front matter, outside of `facts`";
                self.report(Code::UnknownKey, key.span, message, help);
            } else if node.is_empty() {
                self.no_value(&key.text, key.span);
            } else if self.printable("facts", key, &key.text, key.span) {
                let name = Cow::Owned(self.key(key).into_owned());
                facts.extend(self.fact(name, key, node, Form::Text));
            }
        }
        facts
    }
}
