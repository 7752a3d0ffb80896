//! A statement: one thing that an entry says, with what it rests on.
//!
//! A name, a value, a relation, an event, a legal step and a judgement are statements alike: each has
//! sources, a marking, a place in its file. Whatever concerns all of them (citations, markings, the door,
//! what rests on what) goes over [`super::Statements`] and asks no further; what concerns one sort asks for that
//! sort ([`super::Statements::relations`] …) and gets each as [`super::Said`]. A new sort is a variant of [`What`].

use super::{
    Cite, Confidence, Count, Date, LegalStatus, Money, Named, Overlap, Reliability, Tlp, Verb,
    Words,
};
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// One thing that an entry says.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement<R> {
    /// What it says.
    pub what: What<R>,
    /// Who says so.
    pub sources: Vec<Cite<R>>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// How likely it is held.
    pub confidence: Option<Confidence>,
    /// When it held; of a relation, since when; none of an event, which has its date.
    pub when: Option<Date>,
    /// A remark.
    pub note: Option<Words<R>>,
    /// Its place in the file.
    pub span: Span,
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq)]
pub enum What<R> {
    /// A value of the entry.
    Fact(Version<R>),
    /// A judgement of the analysts'.
    Judgement(Words<R>),
    /// Where a person stands before the law.
    Legal(Legal<R>),
    /// Something that happened in the course of an incident.
    Event(Event<R>),
    /// Something about another entry.
    Relation(Relation<R>),
    /// A name that somebody uses for the subject of the entry.
    Alias(Alias<R>),
}

/// The sorts of statements, in the order in which a page shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in `What`")]
pub enum Sort {
    Fact,
    Judgement,
    Legal,
    Event,
    Relation,
    Alias,
}

impl Sort {
    /// Whether a page shows them before the entry's text.
    #[must_use]
    pub fn comes_before_text(self) -> bool {
        match self {
            Sort::Fact | Sort::Judgement => true,
            Sort::Legal | Sort::Event | Sort::Relation | Sort::Alias => false,
        }
    }
}

/// A statement of an entry: an index into [`super::Entry::statements`], and what sort stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StatementId {
    /// What sort it is.
    pub sort: Sort,
    /// Where it stands among all.
    pub index: u32,
}

/// A sentence of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// What it says.
    What,
    /// What a relation says in words of its own.
    Own,
    /// Its note.
    Note,
    /// Why it is the chosen one among several values.
    Chosen,
}

/// A name that somebody uses for the subject of the entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias<R> {
    /// The name.
    pub name: String,
    /// Who uses it.
    pub by: Option<Named<R>>,
    /// How what it names relates to the entry.
    pub overlap: Overlap,
}

/// One value of a fact: the only one, or one of several where sources differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Version<R> {
    /// The name of the fact: its key (`first_seen`), with the key that holds it (`loss.actual`), or whatever
    /// stands under `facts`.
    pub of: Cow<'static, str>,
    /// The place of the fact's key: versions of one fact have the same.
    pub key: Span,
    /// The value.
    pub value: Value,
    /// Why this one is chosen among several.
    pub chosen: Option<Words<R>>,
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Text or a number, as written.
    Text(String),
    /// Several words, such as motives.
    List(Vec<String>),
    /// A date or a period.
    Date(Date),
    /// An amount of money, boxed: it is four times as large as the others, and rarer.
    Money(Box<Money>),
    /// How many there are, boxed for the same reason.
    Count(Box<Count>),
    /// How reliable it is as a publisher.
    Reliability(Reliability),
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => out.write_str(text),
            Value::List(words) => out.write_str(&words.join(", ")),
            Value::Date(date) => date.fmt(out),
            Value::Money(money) => money.fmt(out),
            Value::Count(count) => count.fmt(out),
            Value::Reliability(letter) => letter.fmt(out),
        }
    }
}

/// A typed, directed relation to another entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation<R> {
    /// What it says.
    pub verb: Verb,
    /// Of whom.
    pub target: R,
    /// Until when.
    pub until: Option<Date>,
    /// The source denies it.
    pub denied: bool,
    /// What it says in words of the writer's own: see [`Verb::own_words`].
    pub own: Option<Words<R>>,
    /// What went that way: see [`Verb::carries_money`]. Boxed, as it is rare.
    pub transfer: Option<Box<Transfer<R>>>,
}

/// Money that went a way; one of the two at least is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer<R> {
    /// How much.
    pub amount: Option<Money>,
    /// Where it came from, if not from where it was taken.
    pub from: Option<R>,
}

/// Something that happened in the course of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<R> {
    /// When.
    pub date: Date,
    /// What happened, one sentence.
    pub what: Words<R>,
    /// Where.
    pub place: Option<R>,
}

/// Where a person stands before the law.
#[derive(Debug, Clone, PartialEq)]
pub struct Legal<R> {
    /// The status.
    pub status: LegalStatus,
    /// By whom: a court, an authority.
    pub by: Option<Named<R>>,
}

impl<R> What<R> {
    /// What sort it is.
    #[must_use]
    pub fn sort(&self) -> Sort {
        match self {
            What::Fact(_) => Sort::Fact,
            What::Judgement(_) => Sort::Judgement,
            What::Legal(_) => Sort::Legal,
            What::Event(_) => Sort::Event,
            What::Relation(_) => Sort::Relation,
            What::Alias(_) => Sort::Alias,
        }
    }

    /// The sentence in which it is said, where it is said in one.
    #[must_use]
    pub fn words(&self) -> Option<&Words<R>> {
        match self {
            What::Judgement(words) => Some(words),
            What::Event(event) => Some(&event.what),
            What::Fact(_) | What::Legal(_) | What::Relation(_) | What::Alias(_) => None,
        }
    }
}

impl Part {
    /// All, in the order of a page.
    pub const ALL: [Part; 4] = [Part::What, Part::Own, Part::Note, Part::Chosen];
}

impl<R> Statement<R> {
    /// One of its sentences.
    #[must_use]
    pub fn part(&self, part: Part) -> Option<&Words<R>> {
        match (part, &self.what) {
            (Part::What, what) => what.words(),
            (Part::Own, What::Relation(relation)) => relation.own.as_ref(),
            (Part::Note, _) => self.note.as_ref(),
            (Part::Chosen, What::Fact(version)) => version.chosen.as_ref(),
            (
                Part::Chosen,
                What::Judgement(_)
                | What::Legal(_)
                | What::Event(_)
                | What::Relation(_)
                | What::Alias(_),
            )
            | (
                Part::Own,
                What::Fact(_)
                | What::Judgement(_)
                | What::Legal(_)
                | What::Event(_)
                | What::Alias(_),
            ) => None,
        }
    }

    /// Where money came from that went the way which a relation tells of.
    #[must_use]
    pub fn came_from(&self) -> Option<R>
    where
        R: Copy,
    {
        match &self.what {
            What::Relation(relation) => relation.transfer.as_ref().and_then(|it| it.from),
            What::Fact(_)
            | What::Judgement(_)
            | What::Legal(_)
            | What::Event(_)
            | What::Alias(_) => None,
        }
    }

    /// A statement of which nothing more is said.
    #[must_use]
    pub fn bare(what: What<R>, span: Span) -> Statement<R> {
        Statement {
            what,
            sources: Vec::new(),
            tlp: None,
            confidence: None,
            when: None,
            note: None,
            span,
        }
    }
}
