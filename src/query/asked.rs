//! A question put to certain entries: what it names is found among them, and each is judged.

use super::key::{Key, Takes};
use super::told::{self, Told};
use super::value::{Order, Value, Wanted, number};
use super::{Called, Expr, Phrase, Query, Test, phrase};
use crate::diag::closest;
use crate::model::money::Amount;
use crate::model::name::fold;
use crate::model::{Entry, Kind, Money, Statement, StatementId, Tlp, Words};
use std::collections::{BTreeMap, BTreeSet};

/// A question put to entries. `R` is how they name each other.
#[derive(Debug)]
pub struct Asked<R> {
    question: Expr<Found<R>>,
    /// The marking of each entry.
    markings: BTreeMap<R, Tlp>,
    /// What it names, and none of the entries is called.
    pub unnamed: Vec<Unnamed>,
}

/// A name that none of the entries has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unnamed {
    /// The name, as the query has it.
    pub name: String,
    /// What it would have to be.
    pub kind: Option<Kind>,
    /// One that is near, of those that there are.
    pub near: Option<String>,
}

/// Entries that a question names.
#[derive(Debug)]
struct Found<R> {
    these: BTreeSet<R>,
    /// Those that they name, where it is asked who is connected.
    named: BTreeSet<R>,
}

/// What is judged: an entry, or one statement of it.
#[derive(Debug)]
struct Subject<'e, R> {
    id: R,
    entry: &'e Entry<R>,
    statement: Option<(StatementId, &'e Statement<R>)>,
    markings: &'e BTreeMap<R, Tlp>,
}

impl<R> Clone for Subject<'_, R>
where
    R: Copy,
{
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Subject<'_, R> where R: Copy {}

impl<R: Copy + Ord> Asked<R> {
    /// Puts a question to entries: what it names is looked for among these.
    #[must_use]
    pub fn of(query: &Query, entries: &[(R, &Entry<R>)]) -> Asked<R> {
        let mut unnamed = Vec::new();
        let question = query.named(&mut |key, called| find(key, called, entries, &mut unnamed));
        Asked {
            question,
            markings: entries.iter().map(|(id, it)| (*id, it.tlp)).collect(),
            unnamed,
        }
    }

    /// Whether it holds for an entry. What is asked of statements holds if it does for any.
    #[must_use]
    pub fn holds(&self, id: R, entry: &Entry<R>) -> bool {
        let subject = Subject {
            id,
            entry,
            statement: None,
            markings: &self.markings,
        };
        subject.fits(&self.question)
    }

    /// The statements of an entry for which it holds.
    pub fn statements<'e>(
        &self,
        id: R,
        entry: &'e Entry<R>,
    ) -> Vec<(StatementId, &'e Statement<R>)> {
        let one = |statement| Subject {
            id,
            entry,
            statement: Some(statement),
            markings: &self.markings,
        };
        let all = entry.statements.ids();
        all.filter(|it| one(*it).fits(&self.question)).collect()
    }

    /// The marking of a statement: the highest of its own, of its entry and of what it names.
    #[must_use]
    pub fn marking(&self, entry: &Entry<R>, (id, statement): (StatementId, &Statement<R>)) -> Tlp {
        marking(&self.markings, entry, (id, statement))
    }
}

fn find<R: Copy + Ord>(
    key: &Key,
    called: &Called,
    entries: &[(R, &Entry<R>)],
    unnamed: &mut Vec<Unnamed>,
) -> Found<R> {
    let of_kind = |kind: &Option<Kind>, entry: &Entry<R>| kind.is_none_or(|it| it == entry.kind);
    let mut these: Vec<(R, &Entry<R>)> = Vec::new();
    match called {
        Called::Any(kind) => these.extend(entries.iter().filter(|(_, it)| of_kind(kind, it))),
        Called::Name(name, kind) => {
            let folded = fold(name);
            let found = entries
                .iter()
                .filter(|(_, it)| of_kind(kind, it) && is_called(it, &folded));
            these.extend(found);
            // Who published a source needs no entry.
            if these.is_empty() && key.takes != Takes::Named {
                let near = names(entries.iter().filter(|(_, it)| of_kind(kind, it)));
                unnamed.push(Unnamed {
                    name: name.clone(),
                    kind: *kind,
                    near: closest(name, near.iter().copied()).map(str::to_owned),
                });
            }
        }
        Called::Found(query, kind) => {
            let asked = Asked::of(query, entries);
            unnamed.extend(asked.unnamed.iter().cloned());
            let found = entries
                .iter()
                .filter(|(id, it)| of_kind(kind, it) && asked.holds(*id, it));
            these.extend(found);
        }
    }
    let mut named = BTreeSet::new();
    if key.kind().is_some() {
        for (_, entry) in &these {
            connections(entry, &mut |to| {
                named.insert(to);
            });
        }
    }
    Found {
        these: these.into_iter().map(|(id, _)| id).collect(),
        named,
    }
}

/// Whether an entry has a folded name.
fn is_called<R>(entry: &Entry<R>, name: &str) -> bool {
    let long = || format!("{}/{}", entry.kind.folder(), entry.slug);
    let is = |it: &str| fold(it) == name;
    is(&entry.slug)
        || is(&entry.id)
        || is(&entry.title)
        || name.contains('/') && is(&long())
        || entry.statements.called(name).next().is_some()
        || entry.addresses(|_| true).any(|it| is(&it.value))
}

fn names<'e, R: 'e>(entries: impl Iterator<Item = &'e (R, &'e Entry<R>)>) -> Vec<&'e str> {
    let names = entries.flat_map(|(_, entry)| {
        let aliases = entry.statements.aliases().map(|it| it.what.name.as_str());
        aliases.chain([entry.slug.as_str(), entry.title.as_str()])
    });
    names.collect()
}

/// The entries that an entry is connected with as far as it says so: the other ends of its relations, its places, and what
/// it cites. A link only mentions, who uses a name or publishes a text is no party, and of what a source denies nothing is
/// connected.
fn connections<R: Copy>(entry: &Entry<R>, tell: &mut dyn FnMut(R)) {
    let mut each = |key: &str, _: &str, told: Told<'_, R>| match told {
        Told::Entry(to)
            if !matches!(
                key,
                "denied" | "mentions" | "aliases" | "legal" | "publisher"
            ) =>
        {
            tell(*to);
        }
        Told::Kind(_)
        | Told::Text(_)
        | Told::Sentence(_)
        | Told::Prose(_)
        | Told::Date(_)
        | Told::Money(_)
        | Told::Count(_)
        | Told::Bool(_)
        | Told::Tlp(_)
        | Told::Confidence(_)
        | Told::Grade(_)
        | Told::Reliability(_)
        | Told::Entry(_) => {}
    };
    told::entry(entry, &mut each);
    for (id, statement) in entry.statements.ids() {
        told::statement(entry, id, statement, &mut each);
    }
}

fn marking<R: Ord>(
    markings: &BTreeMap<R, Tlp>,
    entry: &Entry<R>,
    (id, statement): (StatementId, &Statement<R>),
) -> Tlp {
    let mut highest = entry.tlp.max(statement.tlp.unwrap_or(Tlp::Clear));
    told::statement(entry, id, statement, &mut |key, _, told| match told {
        // A source that may not be seen is left out, and the statement stays.
        Told::Entry(named) if !matches!(key, "sources" | "cites" | "mentions") => {
            highest = highest.max(markings.get(named).copied().unwrap_or(Tlp::Red));
        }
        Told::Kind(_)
        | Told::Text(_)
        | Told::Sentence(_)
        | Told::Prose(_)
        | Told::Date(_)
        | Told::Money(_)
        | Told::Count(_)
        | Told::Bool(_)
        | Told::Tlp(_)
        | Told::Confidence(_)
        | Told::Grade(_)
        | Told::Reliability(_)
        | Told::Entry(_) => {}
    });
    highest
}

impl<'e, R: Copy + Ord> Subject<'e, R> {
    fn fits(self, question: &Expr<Found<R>>) -> bool {
        match question {
            Expr::All(all) => all.iter().all(|it| self.fits(it)),
            Expr::Any(any) => any.iter().any(|it| self.fits(it)),
            Expr::Not(not) => !self.fits(not),
            Expr::Says(says) => match self.statement {
                Some(_) => self.fits(says),
                None => {
                    let one = |statement| Subject {
                        statement: Some(statement),
                        ..self
                    };
                    self.entry.statements.ids().any(|it| one(it).fits(says))
                }
            },
            Expr::Words(_, phrase) => self.holds(phrase),
            Expr::Key(key, test) => match (key.kind(), test) {
                (Some(_), Test::Is(values)) => {
                    values.iter().any(|it| self.is_connected(&it.wanted))
                }
                (None | Some(_), _) => self.has(key, test),
            },
        }
    }

    /// Goes over what the subject says; of a statement that is all that its entry says beside statements, too,
    /// unless it has the like itself.
    fn tell(self, own_alone: bool, tell: &mut dyn FnMut(&str, &str, Told<'e, R>)) {
        if !(own_alone && self.statement.is_some()) {
            let own = self
                .statement
                .map(|it| marking(self.markings, self.entry, it));
            tell("tlp", "", Told::Tlp(own.unwrap_or(self.entry.tlp)));
            told::entry(self.entry, tell);
        }
        match self.statement {
            Some((id, statement)) => told::statement(self.entry, id, statement, tell),
            None => {
                for (id, statement) in self.entry.statements.ids() {
                    told::statement(self.entry, id, statement, tell);
                }
            }
        }
    }

    /// Whether words stand in any text of it.
    fn holds(self, phrase: &Phrase) -> bool {
        let mut found = false;
        self.tell(true, &mut |_, _, told| {
            found = found || told.holds(phrase);
        });
        found
    }

    fn has(self, key: &Key, test: &Test<Found<R>>) -> bool {
        let mut found = false;
        self.tell(key.is_of_both(), &mut |name, inner, told| {
            found = found || key.is(name, inner) && told.passes(test);
        });
        found
    }

    /// Whether it and one of those entries name each other, whichever does.
    fn is_connected(self, wanted: &Wanted<Found<R>>) -> bool {
        let Wanted::Entry(found) = wanted else {
            return false;
        };
        let mut is = found.named.contains(&self.id);
        if !is {
            connections(self.entry, &mut |to| is = is || found.these.contains(&to));
        }
        is
    }
}

impl<R: Copy + Ord> Told<'_, R> {
    fn passes(&self, test: &Test<Found<R>>) -> bool {
        match test {
            // What is said not to be is not there.
            Test::Has => !matches!(self, Told::Bool(false)),
            Test::Is(values) => values.iter().any(|it| self.is(it)),
            Test::Than(order, value) => self.compares(*order, &value.wanted),
        }
    }

    fn is(&self, value: &Value<Found<R>>) -> bool {
        let wanted = &value.wanted;
        match self {
            Told::Kind(kind) => matches!(wanted, Wanted::Kind(it) if it == kind),
            Told::Text(text) => match wanted {
                Wanted::Words(phrase) | Wanted::Named(_, phrase) => phrase.is_in(text),
                Wanted::Name(name) => fold(text) == *name,
                Wanted::Word(word) => word == text,
                _ => false,
            },
            Told::Sentence(_) | Told::Prose(_) => match wanted {
                Wanted::Words(phrase) => self.holds(phrase),
                _ => false,
            },
            Told::Date(date) => match wanted {
                Wanted::Date(wanted) => {
                    let [one, other] = date.compared(wanted);
                    overlap(one, other)
                }
                _ => false,
            },
            Told::Money(money) => match wanted {
                Wanted::Money(wanted) => {
                    alike(money, wanted).is_some_and(|(one, other)| overlap(one, other))
                }
                _ => false,
            },
            Told::Count(count) => match wanted {
                Wanted::Count(wanted) => overlap(count.bounds(), wanted.bounds()),
                _ => false,
            },
            Told::Bool(is) => matches!(wanted, Wanted::Bool(it) if it == is),
            Told::Tlp(tlp) => matches!(wanted, Wanted::Tlp(it) if it == tlp),
            Told::Confidence(sure) => {
                matches!(wanted, Wanted::Confidence(it) if it.rank() == sure.rank())
            }
            Told::Grade(grade) => match wanted {
                Wanted::Grade(wanted) => wanted == grade,
                Wanted::Credibility(digit) => *digit == grade.digit(),
                _ => false,
            },
            Told::Reliability(own) => {
                matches!(wanted, Wanted::Reliability(letter) if *letter == own.letter())
            }
            Told::Entry(entry) => match wanted {
                Wanted::Entry(found) | Wanted::Named(found, _) => found.these.contains(entry),
                _ => false,
            },
        }
    }

    fn compares(&self, order: Order, wanted: &Wanted<Found<R>>) -> bool {
        match self {
            Told::Date(date) => match wanted {
                Wanted::Date(wanted) => {
                    let [one, other] = date.compared(wanted);
                    order.may_be(one, other)
                }
                _ => false,
            },
            Told::Money(money) => match wanted {
                Wanted::Money(wanted) => alike_weighed(money, wanted)
                    .is_some_and(|(one, other)| order.may_be(one, other)),
                _ => false,
            },
            Told::Count(count) => match wanted {
                Wanted::Count(wanted) => order.may_be(
                    weighed(count.amount(), count.bounds()),
                    weighed(wanted.amount(), wanted.bounds()),
                ),
                _ => false,
            },
            Told::Text(text) => match wanted {
                Wanted::Number(wanted) => {
                    number(text).is_some_and(|one| order.may_be((one, one), (*wanted, *wanted)))
                }
                Wanted::Money(wanted) => {
                    let money = Money::from_text(text).ok();
                    let both = money.and_then(|money| alike_weighed(&money, wanted));
                    both.is_some_and(|(one, other)| order.may_be(one, other))
                }
                _ => false,
            },
            Told::Tlp(tlp) => match wanted {
                Wanted::Tlp(wanted) => in_order(order, *tlp, *wanted),
                _ => false,
            },
            Told::Confidence(sure) => match wanted {
                Wanted::Confidence(wanted) => in_order(order, sure.rank(), wanted.rank()),
                _ => false,
            },
            // A is best, and 1; what cannot be judged is neither better nor worse.
            Told::Reliability(own) => match wanted {
                Wanted::Reliability(letter) => judged(*letter, b'F')
                    .zip(judged(own.letter(), b'F'))
                    .is_some_and(|(wanted, own)| in_order(order, own, wanted)),
                _ => false,
            },
            Told::Grade(grade) => match wanted {
                Wanted::Credibility(digit) => judged(*digit, b'6')
                    .zip(judged(grade.digit(), b'6'))
                    .is_some_and(|(wanted, own)| in_order(order, own, wanted)),
                _ => false,
            },
            Told::Kind(_) | Told::Sentence(_) | Told::Prose(_) | Told::Bool(_) | Told::Entry(_) => {
                false
            }
        }
    }

    /// Whether words stand in a text.
    fn holds(&self, phrase: &Phrase) -> bool {
        match self {
            Told::Text(text) => phrase.is_in(text),
            Told::Sentence(Words::Plain(text)) => phrase.is_in(text),
            Told::Sentence(Words::Styled(text)) => phrase.is_in(&phrase::text(text)),
            Told::Prose(text) => phrase.is_in(&phrase::text(text)),
            // As they are printed.
            Told::Date(date) => phrase.is_in(&date.to_string()),
            Told::Money(money) => phrase.is_in(&money.to_string()),
            Told::Count(count) => phrase.is_in(&count.to_string()),
            Told::Kind(_)
            | Told::Bool(_)
            | Told::Tlp(_)
            | Told::Confidence(_)
            | Told::Grade(_)
            | Told::Reliability(_)
            | Told::Entry(_) => false,
        }
    }
}

fn in_order<T: PartialOrd + Copy>(order: Order, one: T, other: T) -> bool {
    order.may_be((one, one), (other, other))
}

fn overlap<T: PartialOrd>((low, high): (T, T), (from, to): (T, T)) -> bool {
    low <= to && from <= high
}

/// Steps above what cannot be judged, which has none.
fn judged(sign: u8, not: u8) -> Option<u8> {
    not.checked_sub(sign).filter(|steps| *steps > 0)
}

/// The bounds of an amount.
type Bounds = (u128, u128);

/// The bounds of two sums of one currency that have figures: nothing is converted.
fn alike(one: &Money, other: &Money) -> Option<(Bounds, Bounds)> {
    let same = one.currency == other.currency;
    one.bounds().zip(other.bounds()).filter(|_| same)
}

/// The same to be compared.
fn alike_weighed(one: &Money, other: &Money) -> Option<(Weighed, Weighed)> {
    let (own, wanted) = alike(one, other)?;
    Some((weighed(&one.amount, own), weighed(&other.amount, wanted)))
}

/// Bounds to be compared: what is over an amount is more than that, however little, and what is under it less.
fn weighed(amount: &Amount, (low, high): Bounds) -> Weighed {
    let about = match amount {
        Amount::Figure { about, .. } => about.as_deref(),
        Amount::Words(_) => None,
    };
    let weight = match about {
        Some("over") => 1,
        Some("under") => -1,
        _ => 0,
    };
    ((low, weight), (high, weight))
}

/// Bounds with what is to be added to them, which is less than any amount.
type Weighed = ((u128, i8), (u128, i8));
