//! Relations: what an entry says of others.

use super::marks::Marking;
use super::reader::{Fields, Reader};
use super::shapes::{self, RELATION_OF_ANY};
use super::tree::{Key, Node, Value};
use crate::diag::{Advice, Code, Diagnostic, TextEdit};
use crate::model::relation::OwnWords;
use crate::model::{Date, Kind, RawRef, Relation, Statement, Transfer, Verb, What, Words};
use crate::text::{Place, Span};

impl Reader<'_> {
    /// The relations of one verb, each a reference or a map with `entry`.
    pub fn relations(
        &mut self,
        verb: Verb,
        node: &Node<'_>,
        relations: &mut Vec<(Verb, Statement<RawRef>)>,
    ) {
        for item in node.each() {
            relations.extend(self.relation(verb, item).map(|it| (verb, it)));
        }
    }

    fn relation(&mut self, verb: Verb, node: &Node<'_>) -> Option<Statement<RawRef>> {
        let Value::Map(entries) = &node.value else {
            let relation = Relation {
                verb,
                target: self.reference(verb.key(), node)?,
                until: None,
                denied: false,
                own: None,
                transfer: None,
            };
            return Some(Statement::bare(What::Relation(relation), node.span));
        };
        let is_of_another = |(key, _): &(Key<'_>, Node<'_>)| {
            let mut others = OwnWords::ALL.into_iter();
            let of_money = ["amount", "from"].contains(&&*key.text) && !verb.carries_money();
            of_money || others.any(|own| Some(own) != verb.own_words() && own.key() == key.text)
        };
        let shape = match entries.iter().any(is_of_another) {
            true => &RELATION_OF_ANY,
            false => shapes::relation(verb),
        };
        let fields = self.fields(verb.key(), node, shape)?;
        let mut statement = self.own_marking(&fields);
        let own = self.own_words(verb, &fields, &mut statement);
        let transfer = self.transfer(verb, &fields, &mut statement);
        let confidence = fields
            .get("confidence")
            .and_then(|node| self.confidence("confidence", node));
        let sources = fields
            .get("sources")
            .map(|node| self.cites("sources", node));
        let start = fields
            .get("start")
            .and_then(|node| Some((self.date("start", node)?, node.span)));
        let end = fields
            .get("end")
            .and_then(|node| Some((self.date("end", node)?, node.span)));
        self.in_order(start, end);
        let denied = fields
            .get("denied")
            .and_then(|node| self.bool("denied", node));
        let note = fields
            .get("note")
            .and_then(|node| self.sentence("note", node, Some(&mut statement)));
        let relation = Relation {
            verb,
            target: self.reference("entry", fields.get("entry")?)?,
            until: end.map(|(date, _)| date),
            denied: denied.unwrap_or(false),
            own,
            transfer: transfer?.map(Box::new),
        };
        Some(Statement {
            confidence,
            sources: sources.unwrap_or_default(),
            when: start.map(|(date, _)| date),
            tlp: self.marked(statement),
            note,
            ..Statement::bare(What::Relation(relation), node.span)
        })
    }

    /// What a relation says in words of its own. Those of another verb are read for their marks, and reported.
    fn own_words(
        &mut self,
        verb: Verb,
        fields: &Fields<'_>,
        statement: &mut Marking,
    ) -> Option<Words<RawRef>> {
        let mut found = None;
        for own in OwnWords::ALL {
            let Some((key, node)) = fields.entry(own.key()) else {
                continue;
            };
            let words = self.sentence(own.key(), node, Some(statement));
            if verb.own_words() == Some(own) {
                found = words;
                continue;
            }
            self.takes_none(verb, key, |it| it.own_words() == Some(own));
        }
        found
    }

    /// What went the way that a relation tells of; nothing at all, and a problem, where it cannot be read from where.
    /// Those of another verb are read all the same, and reported.
    fn transfer(
        &mut self,
        verb: Verb,
        fields: &Fields<'_>,
        statement: &mut Marking,
    ) -> Option<Option<Transfer<RawRef>>> {
        let (amount, from) = (fields.entry("amount"), fields.entry("from"));
        if !verb.carries_money() {
            for (key, _) in [amount, from].into_iter().flatten() {
                self.takes_none(verb, key, Verb::carries_money);
            }
        }
        let amount = amount.and_then(|(_, node)| self.money("amount", node, statement));
        let from = match from {
            Some((_, node)) => Some(self.reference("from", node)?),
            None => None,
        };
        let said = verb.carries_money() && (amount.is_some() || from.is_some());
        Some(said.then_some(Transfer { amount, from }))
    }

    /// Reports a key that only relations of other verbs have.
    fn takes_none(&mut self, verb: Verb, key: &Key<'_>, has: impl Fn(Verb) -> bool) {
        let with = Verb::ALL.into_iter().filter(|it| has(*it));
        let with: Vec<String> = with.map(|it| format!("`{}`", it.key())).collect();
        let message = format!("`{}` takes no `{}`", verb.key(), key.text);
        let help = format!(
            "`{}` stands with {}; say it in the `note`, or choose another relation",
            key.text,
            with.join(" and "),
        );
        self.report(Code::UnknownKey, key.span, message, help);
    }

    /// Reports an end that lies wholly before the start.
    fn in_order(&mut self, start: Option<(Date, Span)>, end: Option<(Date, Span)>) {
        if let (Some((start, started)), Some((end, ended))) = (start, end)
            && end.is_before(&start)
        {
            self.problems.push(
                Diagnostic::at(
                    Code::EndBeforeStart,
                    self.path,
                    ended,
                    "the relation ends before it starts",
                )
                .also(Place::new(self.path, started), "it starts here")
                .help(Advice::from("put the earlier date under `start`").perhaps([
                    TextEdit::new(self.path, started, ended.of(self.text)),
                    TextEdit::new(self.path, ended, started.of(self.text)),
                ])),
            );
        }
    }

    /// Reports a relation that a kind cannot state, with those it can state of the same kinds.
    pub fn not_allowed(&mut self, verb: Verb, kind: Kind, key: &Key<'_>) {
        let wanted = targets(verb);
        let near: Vec<String> = Verb::ALL
            .into_iter()
            .filter(|other| {
                *other != Verb::DuplicateOf
                    && other.allowed_to(kind).iter().any(|to| wanted.contains(to))
            })
            .map(|other| format!("`{}`", other.key()))
            .collect();
        let from: Vec<&str> = Kind::ALL
            .into_iter()
            .filter(|from| verb.allowed_from(*from))
            .map(Kind::folder)
            .collect();
        let to: Vec<&str> = wanted.iter().map(|kind| kind.folder()).collect();
        let message = format!("{} entries cannot state `{}`", kind.name(), verb.key());
        let help = format!(
            "from {} these lead to {}: {}; `{}` is stated by {}",
            kind.folder(),
            to.join(", "),
            near.join(", "),
            verb.key(),
            from.join(", "),
        );
        self.report(Code::RelationNotAllowed, key.span, message, help);
    }
}

/// Every kind that a verb may lead to, from whatever kind.
fn targets(verb: Verb) -> Vec<Kind> {
    let leads_to = |to: &Kind| {
        Kind::ALL
            .into_iter()
            .any(|from| verb.allowed_to(from).contains(to))
    };
    Kind::ALL.into_iter().filter(leads_to).collect()
}
