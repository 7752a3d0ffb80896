//! Facts: values that sources may disagree on.

use super::form::Form;
use super::keys::ROWS;
use super::marks::Statement;
use super::reader::Reader;
use super::shapes::VERSION;
use super::tree::{Key, Node, Value as Tree};
use crate::diag::{Code, Diagnostic};
use crate::model::{Fact, RawRef, Value, Version, Words};
use crate::text::{Place, Span};

impl Reader<'_> {
    /// A value, a map with `value`, or a list of these with exactly one chosen.
    pub fn fact(
        &mut self,
        name: &str,
        key: &Key<'_>,
        node: &Node<'_>,
        form: Form,
    ) -> Option<Fact<RawRef>> {
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
            return None;
        }
        let mut versions = Vec::with_capacity(items.len());
        for item in items {
            versions.extend(self.version(&key.text, item, form));
        }
        // Where a version could not be read, it may have been the chosen one.
        if items.len() > 1 && versions.len() == items.len() {
            self.one_chosen(&key.text, key.span, &versions);
        }
        (!versions.is_empty()).then(|| Fact {
            name: name.to_owned(),
            versions,
            span: key.span,
        })
    }

    fn one_chosen(&mut self, name: &str, span: Span, versions: &[Version<RawRef>]) {
        let mut chosen = versions.iter().filter(|version| version.chosen.is_some());
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

    fn version(&mut self, name: &str, node: &Node<'_>, form: Form) -> Option<Version<RawRef>> {
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
            let mut statement = Statement::default();
            return Some(Version {
                value: self.value(name, node, form, &mut statement)?,
                tlp: self.marked(statement),
                sources: Vec::new(),
                note: None,
                as_of: None,
                chosen: None,
                span: node.span,
            });
        }
        let fields = self.fields(name, node, &VERSION)?;
        let mut statement = self.statement(&fields);
        let sources = fields
            .get("sources")
            .map(|node| self.cites("sources", node));
        let note = fields
            .get("note")
            .and_then(|node| self.sentence("note", node, Some(&mut statement)));
        let as_of = fields
            .get("as_of")
            .and_then(|node| self.date("as_of", node));
        let chosen = fields
            .get("chosen")
            .and_then(|node| self.reason(node, &mut statement));
        Some(Version {
            value: self.value("value", fields.get("value")?, form, &mut statement)?,
            sources: sources.unwrap_or_default(),
            tlp: self.marked(statement),
            note,
            as_of,
            chosen,
            span: node.span,
        })
    }

    /// Why a value is chosen: a reason, not a tick.
    fn reason(&mut self, node: &Node<'_>, of: &mut Statement) -> Option<Words<RawRef>> {
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
        of: &mut Statement,
    ) -> Option<Value> {
        match form {
            Form::Date => self.date(name, node).map(Value::Date),
            Form::Money => (self.money(name, node, of)).map(|money| Value::Money(Box::new(money))),
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
    pub fn free_facts(&mut self, node: &Node<'_>) -> Vec<Fact<RawRef>> {
        let Tree::Map(entries) = &node.value else {
            self.wrong_type("facts", node, Form::Facts);
            return Vec::new();
        };
        let mut facts = Vec::with_capacity(entries.len());
        for (key, node) in entries {
            if !self.free_name("facts", key, node) {
                continue;
            }
            let own_key =
                |row: &super::keys::Row| matches!(row.form, Form::Fact(_)) && row.key == key.text;
            if ROWS.iter().any(own_key) || key.text.starts_with("loss.") {
                let message = format!("`{}` is a key of its own", key.text);
                let help = "write it at the top of the front matter, outside of `facts`";
                self.report(Code::UnknownKey, key.span, message, help);
            } else if node.is_empty() {
                self.no_value(&key.text, key.span);
            } else if self.printable("facts", &key.text, key.span) {
                let name = self.key(key);
                facts.extend(self.fact(&name, key, node, Form::Text));
            }
        }
        facts
    }
}
