//! The keys of front matter: one row for each, with all that is known of it.
//!
//! A [`Row`] carries the name, the kinds that have the key, its form, what it says, an example, and how it is
//! read into an entry; the checks, the suggestions, the list for writers and the JSON Schema
//! come from it. The relations are not repeated: [`crate::model::Verb`] is their table.

mod rows;

mod schema;

pub use rows::ROWS;
pub use schema::schema;

use super::form::Form;
use super::reader::Reader;
use super::tree::{Key, Node};
use crate::model::addressed::kept_name;
use crate::model::{Entry, Head, Kind, RawRef, Statement, Verb, What};

/// A row of the table: a key at the top of front matter.
pub struct Row {
    /// Its name.
    pub key: &'static str,
    /// The kinds that have it.
    pub kinds: &'static [Kind],
    /// What it takes.
    pub form: Form,
    /// Whether it decides who sees the entry, and how much of it.
    pub withholds: bool,
    /// What it says, a few words.
    pub about: &'static str,
    /// What more a writer wants to know, in sentences; may be empty.
    pub more: &'static str,
    /// What stands for a value that must be written and is not known yet.
    pub placeholder: Option<&'static str>,
    /// How a value is written where that of the form does not fit.
    example: Option<&'static str>,
    /// Reads its value into an entry.
    read: Read,
}

/// How the value of a key is read into an entry.
type Read = fn(&mut Reader<'_>, &Written<'_>, &mut Assembly<'_>);

/// A key as it stands in a front matter, with its value.
pub struct Written<'n> {
    /// What is known of it.
    pub row: &'static Row,
    /// The key.
    pub key: &'n Key<'n>,
    /// The value, which is not empty.
    pub node: &'n Node<'n>,
    /// The place of its row in the table.
    order: usize,
}

impl Written<'_> {
    /// The name of the key.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.row.key
    }
}

/// An entry in the making.
pub struct Assembly<'e> {
    /// What is read of it so far, without its statements.
    pub entry: &'e mut Entry<RawRef>,
    /// What it says, each with the place of the row that says so.
    statements: Vec<(usize, Statement<RawRef>)>,
}

impl<'e> Assembly<'e> {
    /// Nothing is read yet but the marking.
    pub fn new(entry: &'e mut Entry<RawRef>) -> Self {
        Assembly {
            entry,
            statements: Vec::new(),
        }
    }

    /// The head of the entry.
    pub fn head(&mut self) -> &mut Head {
        self.entry.head_mut()
    }

    /// Adds what a key says.
    pub fn says(&mut self, it: &Written<'_>, statements: Vec<Statement<RawRef>>) {
        let statements = statements.into_iter();
        (self.statements).extend(statements.map(|statement| (it.order, statement)));
    }

    /// Puts the statements and the relations, by verb, into the entry: in the order of the contract, whatever
    /// the order of keys.
    pub fn finish(mut self, mut relations: Vec<(Verb, Statement<RawRef>)>) {
        self.statements.sort_by_key(|(order, _)| *order);
        relations.sort_by_key(|(verb, _)| *verb);
        let mut all = Vec::with_capacity(self.statements.len() + relations.len());
        all.extend(self.statements.into_iter().map(|(_, statement)| statement));
        all.extend(relations.into_iter().map(|(_, statement)| statement));
        for statement in &mut all {
            if let What::Alias(alias) = &mut statement.what
                && let Some(kept) = kept_name(self.entry.kind, &alias.name)
            {
                alias.name = kept;
            }
        }
        self.entry.statements = all.into();
    }
}

impl Row {
    const fn new(
        key: &'static str,
        kinds: &'static [Kind],
        form: Form,
        about: &'static str,
        read: Read,
    ) -> Row {
        Row {
            key,
            kinds,
            form,
            placeholder: None,
            withholds: false,
            about,
            more: "",
            example: None,
            read,
        }
    }

    const fn required(mut self, placeholder: &'static str) -> Row {
        self.placeholder = Some(placeholder);
        self
    }

    const fn withholds(mut self) -> Row {
        self.withholds = true;
        self
    }

    const fn more(mut self, more: &'static str) -> Row {
        self.more = more;
        self
    }

    const fn example(mut self, example: &'static str) -> Row {
        self.example = Some(example);
        self
    }

    /// Whether it must stand.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.placeholder.is_some()
    }

    /// How a value is written.
    #[must_use]
    pub fn written(&self) -> &'static str {
        self.example.unwrap_or_else(|| self.form.example())
    }

    /// Reads its value into an entry.
    pub fn read(
        &'static self,
        reader: &mut Reader<'_>,
        (key, node): (&Key<'_>, &Node<'_>),
        to: &mut Assembly<'_>,
    ) {
        let order = ROWS.iter().position(|row| std::ptr::eq(row, self));
        let it = Written {
            row: self,
            key,
            node,
            order: order.unwrap_or(ROWS.len()),
        };
        (self.read)(reader, &it, to);
    }
}

/// The row of a key for a kind.
#[must_use]
pub fn row(kind: Kind, key: &str) -> Option<&'static Row> {
    ROWS.iter()
        .find(|row| row.key == key && row.kinds.contains(&kind))
}

/// The key of a fact that has one of its own, and its name within it: `first_seen`, `loss.actual`.
#[must_use]
pub fn fact(name: &str) -> Option<(&'static str, &'static str)> {
    let (key, inner) = name.split_once('.').unwrap_or((name, ""));
    ROWS.iter().filter(|row| row.key == key).find_map(|row| {
        let inner = match (row.form, inner) {
            (Form::Fact(_), "") => "",
            (Form::One(shape), inner) => shape.facts().find(|it| it.key == inner)?.key,
            _ => return None,
        };
        Some((row.key, inner))
    })
}

/// Whether a name is that of such a fact, or would be one of those that stand within a key.
#[must_use]
pub fn is_of_facts(name: &str) -> bool {
    let within = name.split_once('.').is_some_and(|(key, _)| {
        let mut rows = ROWS.iter().filter(|row| row.key == key);
        rows.any(|row| matches!(row.form, Form::One(shape) if shape.facts().next().is_some()))
    });
    within || fact(name).is_some()
}

/// Every key that an entry of a kind may have, relations included.
pub fn of_kind(kind: Kind) -> impl Iterator<Item = &'static str> + Clone {
    let own = ROWS.iter().filter(move |row| row.kinds.contains(&kind));
    let verbs = Verb::ALL.into_iter();
    own.map(|row| row.key).chain(
        verbs
            .filter(move |verb| verb.allowed_from(kind))
            .map(Verb::key),
    )
}

/// Those of them that some other kind lacks.
pub fn own(kind: Kind) -> impl Iterator<Item = &'static str> {
    let own = ROWS
        .iter()
        .filter(move |row| row.kinds.contains(&kind) && row.kinds.len() < Kind::ALL.len());
    let everywhere = |verb: &Verb| Kind::ALL.into_iter().all(|kind| verb.allowed_from(kind));
    let verbs = Verb::ALL
        .into_iter()
        .filter(move |verb| verb.allowed_from(kind) && !everywhere(verb));
    own.map(|row| row.key).chain(verbs.map(Verb::key))
}

/// The kinds that have a key which another kind lacks; empty for a key that nobody has.
#[must_use]
pub fn kinds_with(key: &str) -> Vec<Kind> {
    let has = |kind: &Kind| row(*kind, key).is_some();
    Kind::ALL.into_iter().filter(has).collect()
}

/// Words that writers bring from elsewhere, and the key that they mean here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("name", "title"),
    ("headline", "title"),
    ("description", "summary"),
    ("abstract", "summary"),
    ("alias", "aliases"),
    ("aka", "aliases"),
    ("category", "tags"),
    ("categories", "tags"),
    ("keywords", "tags"),
    ("marking", "tlp"),
    ("classification", "tlp"),
    ("references", "sources"),
    ("source", "sources"),
    ("author", "authors"),
    ("modified", "updated"),
    ("lastmod", "updated"),
    ("published", "date"),
    ("created", "date"),
    ("link", "url"),
    ("retrieved", "accessed"),
    ("victims", "targets"),
    ("attribution", "attributed_to"),
    ("motivation", "motive"),
];

/// Whether one key is the plural of the other.
#[must_use]
pub fn differ_in_number(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// Whether an unknown key can have been meant to be that one alone, told by its letters.
#[must_use]
pub fn is_sure<'a>(key: &str, meant: &str, allowed: impl Iterator<Item = &'a str>) -> bool {
    let folded = key.to_lowercase().replace('-', "_");
    let near = crate::diag::nearest(&folded, allowed);
    differ_in_number(&folded, meant) || near.is_some_and(|it| it.word == meant && it.is_sure())
}

/// The key that an unknown one was perhaps meant to be, among those that `allowed` names.
#[must_use]
pub fn nearest<'a>(key: &str, allowed: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let folded = key.to_lowercase().replace('-', "_");
    let meant = ELSEWHERE
        .iter()
        .find(|(word, _)| *word == folded)
        .and_then(|(_, means)| allowed.clone().find(|key| key == means));
    meant.or_else(|| crate::diag::closest(&folded, allowed))
}
