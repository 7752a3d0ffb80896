//! The statements of an entry: all of them in one list, or those of one sort with what they say.
//!
//! They stand by sort, in the order of a page. A statement is known by its [`StatementId`] within one
//! build, and by its address ([`Statements::addresses`]) from one to the next.

use super::body::anchor;
use super::date::Instant;
use super::name::{Called, is_called};
use super::statement::{
    Alias, Event, Legal, Part, Relation, Sort, Statement, StatementId, Version, What,
};
use super::{Prose, Words};
use std::collections::HashMap;
use std::ops::{Deref, Range};
use unicode_segmentation::UnicodeSegmentation;

/// Takes what a statement of one sort says, and nothing of any other.
macro_rules! of {
    ($sort:ident) => {
        |what| match what {
            What::$sort(what) => Some(what),
            _ => None,
        }
    };
}

/// A statement whose sort is known.
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
        said(Sort::Fact, self.first, self.values, of!(Fact))
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

/// How many words of a sentence stand in an address.
const FIRST_WORDS: usize = 6;

/// The statements of an entry, by sort, then in the order of the contract or as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Statements<R> {
    list: Vec<Statement<R>>,
    /// The sentences in which something is marked up.
    styled: Vec<(StatementId, Part)>,
    called: Called,
}

/// The statements of a part of the list that are of one sort; `first` is where it begins.
fn said<'a, R, W: 'a>(
    sort: Sort,
    first: u32,
    list: &'a [Statement<R>],
    of: impl Fn(&What<R>) -> Option<&W> + Clone,
) -> impl DoubleEndedIterator<Item = Said<'a, R, W>> + Clone {
    list.iter().enumerate().filter_map(move |(at, statement)| {
        let index = first + index(at);
        Some(Said {
            id: StatementId { sort, index },
            what: of(&statement.what)?,
            statement,
        })
    })
}

impl<R> Statements<R> {
    fn said<'a, W: 'a>(
        &'a self,
        sort: Sort,
        of: impl Fn(&What<R>) -> Option<&W> + Clone,
    ) -> impl DoubleEndedIterator<Item = Said<'a, R, W>> + Clone {
        let range = self.range(sort);
        said(sort, index(range.start), &self.list[range], of)
    }

    /// The judgements of a note.
    pub fn judgements(&self) -> impl DoubleEndedIterator<Item = Said<'_, R, Words<R>>> + Clone {
        self.said(Sort::Judgement, of!(Judgement))
    }

    /// A person's legal record, oldest first.
    pub fn legal(&self) -> impl DoubleEndedIterator<Item = Said<'_, R, Legal<R>>> + Clone {
        self.said(Sort::Legal, of!(Legal))
    }

    /// What happened, in order of time.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = Said<'_, R, Event<R>>> + Clone {
        self.said(Sort::Event, of!(Event))
    }

    /// What it says of other entries, by verb.
    pub fn relations(&self) -> impl DoubleEndedIterator<Item = Said<'_, R, Relation<R>>> + Clone {
        self.said(Sort::Relation, of!(Relation))
    }

    /// Other names, as written.
    pub fn aliases(&self) -> impl DoubleEndedIterator<Item = Said<'_, R, Alias<R>>> + Clone {
        self.said(Sort::Alias, of!(Alias))
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
        let one = self.list.get(index as usize..)?.get(..1)?;
        said(Sort::Relation, index, one, of!(Relation)).next()
    }

    /// The sentences in which something is marked up, as a page shows them. Why a value is chosen is left out where
    /// it is the only one.
    pub fn texts(&self) -> impl DoubleEndedIterator<Item = (StatementId, Part, &Prose<R>)> {
        let text = |&(id, part): &(StatementId, Part)| {
            let prose = self.of(id)?.part(part)?.styled()?;
            Some((id, part, prose))
        };
        self.styled.iter().filter_map(text)
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

    /// The aliases, as written, that mean the same as a [folded](super::name::fold) name.
    pub fn called<'a, 'n>(
        &'a self,
        name: &'n str,
    ) -> impl Iterator<Item = Said<'a, R, Alias<R>>> + use<'a, 'n, R> {
        let first = self.range(Sort::Alias).start;
        let named = move |at: usize| {
            let one = self.list.get(first + at..)?.get(..1)?;
            said(Sort::Alias, index(first + at), one, of!(Alias)).next()
        };
        let key = move |at: usize| named(at).map(|alias| alias.what.name.as_str());
        let count = self.list.len() - first;
        let is = move |at: &usize| key(*at).is_some_and(|it| is_called(it, name));
        (self.called.find(name, count, key))
            .filter(is)
            .filter_map(named)
    }

    /// The address of every statement below that of its entry, in their order: `attributed_to:dprk`. It is
    /// made of what the statement says and stays as long as that does, whatever else the entry says. Of
    /// several that would have one address, all but the first are numbered, and a number lasts only as long as
    /// nothing changes among these. `slug` gives that of an entry.
    pub fn addresses<'s>(&self, slug: impl Fn(&R) -> &'s str) -> Vec<String> {
        let mut taken: HashMap<String, u32> = HashMap::new();
        let address = |statement: &Statement<R>| {
            let address = statement.address(&slug);
            let count = taken.entry(address.clone()).or_default();
            *count += 1;
            match count {
                1 => address,
                nth => format!("{address}~{nth}"),
            }
        };
        self.list.iter().map(address).collect()
    }

    /// The last step of a person's legal record.
    #[must_use]
    pub fn latest_legal(&self) -> Option<Said<'_, R, Legal<R>>> {
        self.legal()
            .max_by_key(|legal| legal.when.map_or(Instant::FIRST, |date| date.instant()))
    }

    /// What these became at another stage, in the same order, some perhaps left behind.
    pub(super) fn passed<T>(&self, list: Vec<Statement<T>>) -> Statements<T> {
        match list.len() == self.list.len() {
            // None was left behind, so that every place is still right.
            true => Statements {
                list,
                styled: self.styled.clone(),
                called: self.called.clone(),
            },
            false => list.into(),
        }
    }

    fn range(&self, sort: Sort) -> Range<usize> {
        let start = self.list.partition_point(|it| it.what.sort() < sort);
        let end = self.list.partition_point(|it| it.what.sort() <= sort);
        start..end
    }
}

impl<R> Statement<R> {
    /// Its address, before a number tells it from others that say the same.
    fn address<'s>(&self, slug: impl Fn(&R) -> &'s str) -> String {
        match &self.what {
            What::Fact(version) => {
                // Writers give some facts their names: one may be that of a verb.
                let value = anchor(&version.value.to_string());
                format!("facts.{}:{value}", version.of)
            }
            What::Judgement(words) => format!("judgements:{}", first_words(words)),
            What::Legal(legal) => match self.when {
                Some(when) => format!(
                    "legal:{}:{}",
                    legal.status.word(),
                    anchor(&when.to_string())
                ),
                None => format!("legal:{}", legal.status.word()),
            },
            What::Event(event) => {
                let date = anchor(&event.date.to_string());
                format!("events:{date}:{}", first_words(&event.what))
            }
            What::Relation(relation) => {
                format!("{}:{}", relation.verb.key(), slug(&relation.target))
            }
            What::Alias(alias) => format!("aliases:{}", anchor(&alias.name)),
        }
    }
}

/// The first words of a sentence, in whatever script, which tell it from others and outlive a change at its end.
fn first_words<R>(words: &Words<R>) -> String {
    let text = match words {
        Words::Plain(text) => text,
        Words::Styled(prose) => prose.body.text.as_str(),
    };
    let last = text.unicode_word_indices().take(FIRST_WORDS).last();
    let end = last.map_or(text.len(), |(at, word)| at + word.len());
    anchor(text.get(..end).unwrap_or(text))
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
        let mut statements = Statements {
            list,
            styled: Vec::new(),
            called: Called::default(),
        };
        let names = statements.aliases().map(|it| it.what.name.as_str());
        statements.called = Called::of(names);
        let mut styled = Vec::new();
        for (id, statement) in statements.ids() {
            let is = |part: &Part| statement.part(*part).and_then(Words::styled).is_some();
            for part in Part::ALL.into_iter().filter(is) {
                if part != Part::Chosen || statements.is_one_of_several(id) {
                    styled.push((id, part));
                }
            }
        }
        statements.styled = styled;
        statements
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
    use crate::model::name::fold;
    use crate::model::{Overlap, RawRef, Value, Verb};
    use crate::text::Span;
    use std::borrow::Cow;

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

    #[test]
    fn an_address_is_made_of_what_is_said_and_stays_when_more_is_said() {
        let to = |target: &str| {
            let target = RawRef {
                name: target.into(),
                span: Span::new(0, 0),
            };
            let relation = Relation {
                verb: Verb::AttributedTo,
                target,
                until: None,
                denied: false,
                own: None,
                transfer: None,
            };
            Statement::bare(What::Relation(relation), Span::new(0, 0))
        };
        let says = |text: &str| {
            Statement::bare(What::Judgement(Words::Plain(text.into())), Span::new(0, 0))
        };
        let fact = |of: &'static str, value: &str| {
            let version = Version {
                of: Cow::Borrowed(of),
                key: Span::default(),
                value: Value::Text(value.to_owned()),
                chosen: None,
            };
            Statement::bare(What::Fact(version), Span::default())
        };
        let addresses = |list: Vec<Statement<RawRef>>| {
            Statements::from(list).addresses(|target| match &*target.name {
                "actors/dprk" => "dprk",
                _ => "other",
            })
        };
        let alone = addresses(vec![to("actors/dprk")]);
        assert_eq!(alone, ["attributed_to:dprk"]);
        let several = addresses(vec![
            fact("attributed_to", "DPRK"),
            fact("loss.actual", "81m USD"),
            says("The group will, very likely, go on as it did."),
            says("该组织很可能继续其活动，正如此前所述。"),
            to("x"),
            to("y"),
            to("actors/dprk"),
            alias((0, "Stardust Chollima".to_owned())),
        ]);
        let expected = [
            "facts.attributed_to:dprk",
            "facts.loss.actual:81m-usd",
            "judgements:the-group-will-very-likely-go",
            "judgements:该组织很可能",
            "attributed_to:other",
            "attributed_to:other~2",
            "attributed_to:dprk",
            "aliases:stardust-chollima",
        ];
        assert_eq!(several, expected);
    }
}
