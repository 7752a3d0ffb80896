//! The keys that a query can ask, and what each takes.
//!
//! They are those of the contract ([`ROWS`], [`Verb`]), with a few more for what a front matter has no key for: what
//! stands in the text, what follows from the file's place. Nothing is named here that the contract names.

use crate::diag::closest;
use crate::model::{Kind, Verb};
use crate::parse::front::form::{Form, Shape};
use crate::parse::front::keys::{self, ROWS};
use std::borrow::Cow;
use std::fmt;

/// A key under which an entry says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its name: `loss`, `attributed_to`, `actor`.
    pub name: &'static str,
    /// The key within it, or the name that a writer gave a fact; empty where there is none.
    pub inner: Cow<'static, str>,
    /// What it takes.
    pub takes: Takes,
}

/// What a key takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// A kind of entry.
    Kind,
    /// Words of a text.
    Text,
    /// A whole text, in whatever case.
    Name,
    /// One of a few words, which may be several lists.
    Word(Vec<&'static str>),
    /// A date or a period.
    Date,
    /// An amount of money.
    Money,
    /// How many there are.
    Count,
    /// A text that may be a number or an amount of money.
    Figure,
    /// `true` or `false`.
    Bool,
    /// A marking.
    Tlp,
    /// A word of estimative probability.
    Confidence,
    /// An Admiralty grade.
    Grade,
    /// Its letter.
    Reliability,
    /// Its digit.
    Credibility,
    /// An entry, perhaps of one kind.
    Entry(Option<Kind>),
    /// An entry or words of a text.
    Named,
    /// Keys of its own.
    Group,
}

/// What is asked of all entries, and is no key of the contract.
const MORE: &[(&str, Takes)] = &[
    ("kind", Takes::Kind),
    ("slug", Takes::Name),
    ("text", Takes::Text),
    ("cites", Takes::Entry(Some(Kind::Source))),
    ("mentions", Takes::Entry(None)),
    ("denied", Takes::Entry(None)),
    ("confidence", Takes::Confidence),
    ("chosen", Takes::Bool),
    ("as_of", Takes::Date),
    ("start", Takes::Date),
    ("end", Takes::Date),
    ("verb", Takes::Text),
    ("role", Takes::Text),
    ("amount", Takes::Money),
    ("from", Takes::Entry(None)),
    ("reliability", Takes::Reliability),
    ("credibility", Takes::Credibility),
];

/// Other words for keys.
const SHORT: &[(&str, (&str, &str))] = &[
    ("alias", ("aliases", "name")),
    ("tag", ("tags", "")),
    ("author", ("authors", "")),
    ("attack", ("external_ids", "attack")),
    ("cve", ("external_ids", "cve")),
    ("misp", ("external_ids", "misp")),
    ("stix", ("external_ids", "stix")),
];

/// Keys of the contract that nothing is asked of.
const UNASKED: &[&str] = &["extra"];

/// Keys within others that are asked of any statement, under their own name.
const EVERYWHERE: &[&str] = &["confidence", "sources", "tlp"];

/// Why a word is no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The key that was perhaps meant.
    pub near: Option<String>,
}

impl Key {
    /// The key of that name: `loss.actual`, `facts.days_inside`, `actor`.
    ///
    /// # Errors
    /// There is none.
    pub fn of(text: &str) -> Result<Key, Unknown> {
        let short = SHORT.iter().find(|(short, _)| *short == text);
        let (name, inner) = match short {
            Some((_, place)) => *place,
            None => text.split_once('.').unwrap_or((text, "")),
        };
        let known = match inner {
            // A dot behind which nothing stands.
            "" if text.contains('.') => None,
            "" => Key::plain(name),
            inner => Key::within(name, inner),
        };
        known.ok_or_else(|| Unknown { near: near(text) })
    }

    fn plain(name: &str) -> Option<Key> {
        let key = |name, takes| Key {
            name,
            inner: Cow::Borrowed(""),
            takes,
        };
        if let Some((name, takes)) = MORE.iter().find(|(more, _)| *more == name) {
            return Some(key(name, takes.clone()));
        }
        if let Some(verb) = Verb::from_key(name) {
            return Some(key(verb.key(), Takes::Entry(None)));
        }
        let mut rows = rows(name).peekable();
        if let Some(row) = rows.peek() {
            let name = row.key;
            return Some(key(
                name,
                rows.map(|row| takes(name, row.form)).reduce(both)?,
            ));
        }
        let kind = Kind::from_name(name)?;
        Some(key(kind.name(), Takes::Entry(Some(kind))))
    }

    fn within(name: &str, inner: &str) -> Option<Key> {
        let row = rows(name).next()?;
        let (inner, takes) = match row.form {
            Form::One(shape) | Form::Many(shape) => {
                let it = shape.keys.iter().find(|it| it.key == inner)?;
                if EVERYWHERE.contains(&inner) {
                    return None;
                }
                (Cow::Borrowed(it.key), takes(it.key, it.form))
            }
            Form::Facts => (Cow::Owned(inner.to_owned()), Takes::Figure),
            Form::Ids => (Cow::Owned(inner.to_owned()), Takes::Name),
            _ => return None,
        };
        Some(Key {
            name: row.key,
            inner,
            takes,
        })
    }

    /// The same key where a value is asked for: of one that holds others, that of the short form.
    #[must_use]
    pub fn of_values(self) -> Key {
        let short = rows(self.name).find_map(|row| Some((row, shape(row.form)?.short?)));
        match (self.takes == Takes::Group, short) {
            (true, Some((row, short))) => Key::within(row.key, short).unwrap_or(self),
            _ => self,
        }
    }

    /// The keys within it.
    pub fn inner_keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let shapes = rows(self.name).filter_map(|row| shape(row.form));
        let keys = shapes.flat_map(|shape| shape.keys).map(|it| it.key);
        keys.filter(|key| !EVERYWHERE.contains(key))
    }

    /// Whether what stands under a key is asked for.
    #[must_use]
    pub fn is(&self, name: &str, inner: &str) -> bool {
        self.name == name && (self.inner.is_empty() || self.inner == inner)
    }

    /// The kind of which the key is the name: then it asks for what is connected.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match self.takes {
            Takes::Entry(Some(kind)) if kind.name() == self.name => Some(kind),
            _ => None,
        }
    }

    /// Whether both an entry and each of its statements have it, so that of a statement its own is asked.
    #[must_use]
    pub fn is_of_both(&self) -> bool {
        matches!(self.name, "sources" | "cites" | "mentions")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)?;
        match &*self.inner {
            "" => Ok(()),
            inner => write!(out, ".{inner}"),
        }
    }
}

/// Every key that has a name of its own, those within others among them.
pub(super) fn all() -> impl Iterator<Item = String> {
    let more = MORE.iter().map(|(name, _)| (*name).to_owned());
    let short = SHORT.iter().map(|(name, _)| (*name).to_owned());
    let verbs = Verb::ALL.into_iter().map(|verb| verb.key().to_owned());
    let kinds = Kind::ALL.into_iter().map(|kind| kind.name().to_owned());
    let asked = ROWS.iter().filter(|row| !UNASKED.contains(&row.key));
    let rows = asked.flat_map(|row| {
        let inner = shape(row.form).into_iter().flat_map(|shape| shape.keys);
        let inner = inner.filter(|it| !EVERYWHERE.contains(&it.key));
        let inner = inner.map(|it| format!("{}.{}", row.key, it.key));
        std::iter::once(row.key.to_owned()).chain(inner)
    });
    more.chain(rows).chain(verbs).chain(kinds).chain(short)
}

fn near(text: &str) -> Option<String> {
    let all: Vec<String> = all().collect();
    // What the same key is called elsewhere (`marking`, `victims`) is known to the contract.
    let meant = keys::nearest(text, all.iter().map(String::as_str));
    // The end alone may be what was typed: `actual` for `loss.actual`.
    let inner = |key: &&String| key.split_once('.').is_some_and(|(_, inner)| inner == text);
    let inner = all.iter().find(inner).map(String::as_str);
    inner.or(meant).map(str::to_owned)
}

/// The word that is nearest to one that is none of a few.
pub(super) fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(word, words).map(str::to_owned)
}

fn rows(name: &str) -> impl Iterator<Item = &'static keys::Row> + use<'_> {
    let asked = !UNASKED.contains(&name);
    (ROWS.iter()).filter(move |row| asked && row.key == name)
}

fn shape(form: Form) -> Option<&'static Shape> {
    match form {
        Form::One(shape) | Form::Many(shape) => Some(shape),
        _ => None,
    }
}

/// What a key takes, by its form in front matter; some texts are compared as a whole, and some as figures.
fn takes(key: &str, form: Form) -> Takes {
    match (key, form) {
        ("id" | "tags", _) => Takes::Name,
        ("cvss", _) => Takes::Figure,
        (_, Form::Text | Form::Texts | Form::Url) => Takes::Text,
        (_, Form::Word(words) | Form::Words(words)) => Takes::Word(words.to_vec()),
        (_, Form::Language | Form::Country | Form::File | Form::Sha256) => Takes::Name,
        (_, Form::Paths | Form::Ids) => Takes::Name,
        (_, Form::Degrees(_) | Form::Facts) => Takes::Figure,
        (_, Form::Date | Form::Day) => Takes::Date,
        (_, Form::Bool) => Takes::Bool,
        (_, Form::Tlp) => Takes::Tlp,
        (_, Form::Confidence) => Takes::Confidence,
        (_, Form::Money) => Takes::Money,
        (_, Form::Count) => Takes::Count,
        (_, Form::Grade) => Takes::Grade,
        (_, Form::Reliability) => Takes::Reliability,
        (_, Form::Ref) => Takes::Entry(None),
        (_, Form::Cites) => Takes::Entry(Some(Kind::Source)),
        (_, Form::Named) => Takes::Named,
        (key, Form::Fact(form)) => takes(key, *form),
        (_, Form::One(_) | Form::Many(_) | Form::Anything) => Takes::Group,
    }
}

/// What a key takes that means two things in two kinds.
fn both(one: Takes, other: Takes) -> Takes {
    match (one, other) {
        (Takes::Word(mut words), Takes::Word(others)) => {
            let new = others.into_iter().filter(|it| !words.contains(it));
            let new: Vec<_> = new.collect();
            words.extend(new);
            Takes::Word(words)
        }
        (one, other) if one == other => one,
        _ => Takes::Text,
    }
}
