//! A statement: one thing that an entry says, with what it rests on.
//!
//! A name, a value, a relation, an event, a legal step and a judgement are statements alike: each has
//! sources, a marking, a place in its file. Whatever concerns all of them (citations, markings, the door,
//! what rests on what) goes over [`Statements`] and asks no further; what concerns one sort asks for that
//! sort ([`Statements::relations`] …) and gets each as [`Said`]. A new sort is a variant of [`What`].

use super::name::{Called, is_called};
use super::{Cite, Confidence, Date, Day, LegalStatus, Money, Named, Overlap, Tlp, Verb, Words};
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::{Deref, Range};

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
    /// When it happened or held; of a relation, since when.
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
    /// The name of the fact: `first_seen`, `last_seen`, `motive`, `dates`, `disclosed`, `loss.attempted`,
    /// `loss.actual`, `loss.recovered`, `loss.frozen`, or whatever stands under `facts`.
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
    /// An amount of money, apart: it is four times as large as the others, which are most.
    Money(Box<Money>),
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

impl<R> Statement<R> {
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

/// A statement of which the sort is known.
#[derive(Debug)]
pub struct Said<'a, R, W> {
    /// Which it is.
    pub id: StatementId,
    /// What it says.
    pub what: &'a W,
    /// The whole of it.
    pub statement: &'a Statement<R>,
}

impl<R, W> Clone for Said<'_, R, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, W> Copy for Said<'_, R, W> {}

impl<R, W> Deref for Said<'_, R, W> {
    type Target = Statement<R>;

    fn deref(&self) -> &Statement<R> {
        self.statement
    }
}

/// A fact: its value, or its values where sources differ.
#[derive(Debug)]
pub struct Fact<'a, R> {
    /// Its name: see [`Version::of`].
    pub name: &'a str,
    /// Where the first of its values stands.
    first: u32,
    /// Its values, never none.
    values: &'a [Statement<R>],
}

impl<R> Clone for Fact<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Fact<'_, R> {}

impl<'a, R> Fact<'a, R> {
    /// Its values, as written.
    pub fn versions(self) -> impl Iterator<Item = Said<'a, R, Version<R>>> {
        versions(self.first, self.values)
    }

    /// Whether sources differ.
    #[must_use]
    pub fn has_several(self) -> bool {
        self.values.len() > 1
    }

    /// The chosen value, or the only one. `None` where several stand and none is chosen (which in a
    /// release happens when the chosen one is withheld).
    #[must_use]
    pub fn chosen(self) -> Option<Said<'a, R, Version<R>>> {
        let alone = !self.has_several();
        (self.versions()).find(|version| alone || version.what.chosen.is_some())
    }

    /// The chosen value, or else the first: what to sort and summarise by.
    #[must_use]
    pub fn leading(self) -> Option<Said<'a, R, Version<R>>> {
        self.chosen().or_else(|| self.versions().next())
    }
}

/// The statements of an entry, by sort, then in the order of the contract or as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Statements<R> {
    list: Vec<Statement<R>>,
    /// Where the names begin: they come last.
    names: usize,
    called: Called,
}

/// Gives the statements of one sort, each with what it says.
macro_rules! sort {
    ($(#[$about:meta])* $name:ident, $free:ident, $sort:ident, $what:ty) => {
        $(#[$about])*
        pub fn $name(&self) -> impl DoubleEndedIterator<Item = Said<'_, R, $what>> + Clone {
            let range = self.range(Sort::$sort);
            $free(index(range.start), &self.list[range])
        }
    };
}

/// The statements of a part of the list that are of one sort.
macro_rules! typed {
    ($name:ident, $sort:ident, $what:ty) => {
        fn $name<R>(
            first: u32,
            list: &[Statement<R>],
        ) -> impl DoubleEndedIterator<Item = Said<'_, R, $what>> + Clone {
            list.iter().enumerate().filter_map(move |(at, statement)| {
                let What::$sort(what) = &statement.what else {
                    return None;
                };
                let sort = Sort::$sort;
                let index = first + index(at);
                Some(Said {
                    id: StatementId { sort, index },
                    what,
                    statement,
                })
            })
        }
    };
}

typed!(versions, Fact, Version<R>);
typed!(judgements, Judgement, Words<R>);
typed!(legal, Legal, Legal<R>);
typed!(events, Event, Event<R>);
typed!(relations, Relation, Relation<R>);
typed!(aliases, Alias, Alias<R>);

impl<R> Statements<R> {
    sort! {
        /// Every value of every fact.
        versions, versions, Fact, Version<R>
    }
    sort! {
        /// The judgements of a note.
        judgements, judgements, Judgement, Words<R>
    }
    sort! {
        /// A person's legal record, oldest first.
        legal, legal, Legal, Legal<R>
    }
    sort! {
        /// What happened, in order of time.
        events, events, Event, Event<R>
    }
    sort! {
        /// What it says of other entries, by verb.
        relations, relations, Relation, Relation<R>
    }
    sort! {
        /// Other names, as written.
        aliases, aliases, Alias, Alias<R>
    }

    /// The facts, in the order of the contract, then of writing.
    pub fn facts(&self) -> impl Iterator<Item = Fact<'_, R>> {
        let facts = &self.list[self.range(Sort::Fact)];
        let mut first = 0;
        facts.chunk_by(same_fact).filter_map(move |values| {
            let at = first;
            first += index(values.len());
            let What::Fact(version) = &values.first()?.what else {
                return None;
            };
            Some(Fact {
                name: &version.of,
                first: at,
                values,
            })
        })
    }

    /// The fact of that name.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<Fact<'_, R>> {
        self.facts().find(|fact| fact.name == name)
    }

    /// Whether a statement is one of several values of a fact.
    #[must_use]
    pub fn is_one_of_several(&self, id: StatementId) -> bool {
        let at = id.index as usize;
        let around = self.list.get(at.saturating_sub(1)..).unwrap_or(&[]);
        let around = around.iter().take(if at == 0 { 2 } else { 3 });
        let alike = |other: &&Statement<R>| {
            (self.list.get(at)).is_some_and(|statement| same_fact(statement, other))
        };
        around.filter(alike).count() > 1
    }

    /// The relation at a place; none where something else stands there.
    #[must_use]
    pub fn relation(&self, index: u32) -> Option<Said<'_, R, Relation<R>>> {
        relations(index, self.list.get(index as usize..)?.get(..1)?).next()
    }

    /// Every sentence in a statement, as a page shows them. Of a value alone it is not told why it is chosen.
    pub fn texts(&self) -> impl Iterator<Item = (StatementId, Part, &Words<R>)> {
        self.ids().flat_map(|(id, statement)| {
            let chosen = match &statement.what {
                What::Fact(version) => version.chosen.as_ref(),
                What::Judgement(_)
                | What::Legal(_)
                | What::Event(_)
                | What::Relation(_)
                | What::Alias(_) => None,
            };
            let chosen = chosen.filter(|_| self.is_one_of_several(id));
            let words = [
                (Part::What, statement.what.words()),
                (Part::Note, statement.note.as_ref()),
                (Part::Chosen, chosen),
            ];
            (words.into_iter()).filter_map(move |(part, words)| Some((id, part, words?)))
        })
    }

    /// The statement of an id.
    #[must_use]
    pub fn of(&self, id: StatementId) -> Option<&Statement<R>> {
        self.list.get(id.index as usize)
    }

    /// Every statement with its id.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = (StatementId, &Statement<R>)> {
        self.list.iter().enumerate().map(|(at, statement)| {
            let index = index(at);
            let sort = statement.what.sort();
            (StatementId { sort, index }, statement)
        })
    }

    /// The names by which it is called that is [folded](super::name::fold), as written.
    pub fn called<'a, 'n>(
        &'a self,
        name: &'n str,
    ) -> impl Iterator<Item = Said<'a, R, Alias<R>>> + use<'a, 'n, R> {
        let first = self.names;
        let named = move |at: usize| {
            let list = self.list.get(first + at..).unwrap_or(&[]);
            aliases(index(first + at), list.get(..1).unwrap_or(list)).next()
        };
        let key = move |at: usize| named(at).map(|alias| alias.what.name.as_str());
        let count = self.list.len() - first;
        let is = move |at: &usize| key(*at).is_some_and(|it| is_called(it, name));
        (self.called.find(name, count, key))
            .filter(is)
            .filter_map(named)
    }

    /// The last step of a person's legal record.
    #[must_use]
    pub fn latest_legal(&self) -> Option<Said<'_, R, Legal<R>>> {
        self.legal()
            .max_by_key(|legal| legal.when.map_or(Day::MIN, |date| date.sort_day()))
    }

    fn range(&self, sort: Sort) -> Range<usize> {
        let list = &self.list;
        let start = list.partition_point(|it| it.what.sort() < sort);
        let end = start + list[start..].partition_point(|it| it.what.sort() == sort);
        start..end
    }
}

/// Whether both are values of one fact.
fn same_fact<R>(one: &Statement<R>, other: &Statement<R>) -> bool {
    match (&one.what, &other.what) {
        (What::Fact(one), What::Fact(other)) => one.key == other.key && one.of == other.of,
        _ => false,
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<R> From<Vec<Statement<R>>> for Statements<R> {
    /// Those of one sort stay in the order in which they stand.
    fn from(mut list: Vec<Statement<R>>) -> Self {
        list.sort_by_key(|statement| statement.what.sort());
        let names = list.partition_point(|it| it.what.sort() < Sort::Alias);
        let called = Called::of(aliases(0, &list[names..]).map(|it| it.what.name.as_str()));
        Statements {
            list,
            names,
            called,
        }
    }
}

impl<R> Default for Statements<R> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<R> Deref for Statements<R> {
    type Target = [Statement<R>];

    fn deref(&self) -> &[Statement<R>] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RawRef;
    use crate::model::name::fold;

    fn alias((at, name): (usize, String)) -> Statement<RawRef> {
        let alias = Alias {
            name,
            by: None,
            overlap: Overlap::Equal,
        };
        Statement::bare(What::Alias(alias), Span::new(at, at))
    }

    #[test]
    fn a_long_list_of_names_gives_what_a_short_one_gives() {
        for length in [0, 1, 16, 17, 300] {
            // Each name twice, in two spellings, not in order.
            let names = (0..length).map(|at| match at % 2 {
                0 => format!("Name {}", (at / 2 * 7) % 150),
                _ => format!("NAME  {}", (at / 2 * 7) % 150),
            });
            let judgement = What::Judgement(Words::Plain("So it is.".into()));
            let mut list = vec![Statement::bare(judgement, Span::new(0, 0))];
            list.extend((0..).zip(names).map(alias));
            let statements = Statements::from(list);
            for name in ["name 0", "name 7", "name 149", "name", "", "zzz"] {
                let found: Vec<u32> = statements.called(name).map(|it| it.span.start).collect();
                let all = statements.aliases();
                let looked = all.filter(|it| fold(&it.what.name) == name);
                assert_eq!(found, looked.map(|it| it.span.start).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn values_of_one_key_are_one_fact() {
        let value = |of: &'static str, key: usize, value: &str| {
            let version = Version::<RawRef> {
                of: Cow::Borrowed(of),
                key: Span::new(key, key),
                value: Value::Text(value.to_owned()),
                chosen: None,
            };
            Statement::bare(What::Fact(version), Span::new(key, key))
        };
        let statements = Statements::from(vec![
            alias((9, "Y".to_owned())),
            value("a", 1, "1"),
            value("b", 2, "2"),
            value("b", 2, "3"),
            value("b", 3, "4"),
        ]);
        let facts = statements
            .facts()
            .map(|fact| (fact.name, fact.versions().count()));
        assert_eq!(facts.collect::<Vec<_>>(), [("a", 1), ("b", 2), ("b", 1)]);
        let several = statements
            .ids()
            .map(|(id, _)| statements.is_one_of_several(id));
        assert_eq!(
            several.collect::<Vec<_>>(),
            [false, true, true, false, false]
        );
        let places = statements
            .facts()
            .flat_map(|fact| fact.versions().map(|it| it.id.index));
        assert_eq!(places.collect::<Vec<_>>(), [0, 1, 2, 3]);
    }
}
