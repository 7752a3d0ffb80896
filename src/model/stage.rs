//! From one stage to the next: the same entry, with other names for what it names.
//!
//! [`Entry::pass`] goes over all that an entry holds, once, for `resolve` (what is named is found) and for
//! `release` (what is named is let through). A [`Stage`] decides; here nothing is. Every field is
//! destructured, so that a new one fails to compile until it goes on.

use super::statement::{Alias, Event, Legal, Relation, Statement, Transfer, Version, What};
use super::{
    Change, Cite, Entry, Head, Intro, Kind, Located, Marked, Named, Notice, Prose, Tlp, Verb, Words,
};
use std::sync::Arc;

/// In what role an entry is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// As the place of an event, or of an organisation.
    Place,
    /// As the other end of a relation that an entry of that kind states.
    Target(Kind, Verb),
}

/// What a stage does with what an entry holds. `A` is how entries are named before it.
pub trait Stage<A> {
    /// How entries are named after it.
    type To;

    /// Whether a part with a marking of its own goes on.
    fn sees(&self, tlp: Option<Tlp>) -> bool;

    /// What goes on of a head.
    fn head(&mut self, head: &Arc<Head>) -> Arc<Head>;

    /// An entry that this one names; where it does not go on, neither does what needs it.
    fn entry(&mut self, named: &A, role: Role) -> Option<Self::To>;

    /// Somebody who may have an entry.
    fn named(&mut self, named: &Named<A>) -> Option<Named<Self::To>>;

    /// Who published a source.
    fn publisher(&mut self, named: &Located<Named<A>>) -> Named<Self::To>;

    /// The sources behind a statement, which may be said in a sentence.
    fn sources(
        &mut self,
        sources: &[Cite<A>],
        said: Option<&Words<Self::To>>,
    ) -> Vec<Cite<Self::To>>;

    /// The text of an entry.
    fn text(&mut self, text: &Prose<A>) -> Prose<Self::To>;

    /// What is marked up in a sentence of front matter.
    fn sentence(&mut self, sentence: &Prose<A>) -> Prose<Self::To>;
}

impl<A> Entry<A> {
    /// The entry at the next stage.
    pub fn pass<S: Stage<A>>(&self, stage: &mut S) -> Entry<S::To> {
        let Entry {
            head,
            summary,
            statements,
            sources,
            changes,
            withdrawn,
            publisher,
            retracted,
            country,
            prose,
        } = self;
        let mut passed = Vec::with_capacity(statements.len());
        passed.extend((statements.iter()).filter_map(|it| it.pass(head.kind, stage)));
        Entry {
            summary: pass_summary(summary.as_ref(), stage),
            statements: statements.passed(passed),
            sources: stage.sources(sources, None),
            changes: changes.iter().filter_map(|it| it.pass(stage)).collect(),
            withdrawn: withdrawn.as_ref().map(|it| it.pass(stage)),
            publisher: publisher.as_ref().map(|it| Located {
                value: stage.publisher(it),
                span: it.span,
            }),
            retracted: retracted.as_ref().map(|it| it.pass(stage)),
            country: country.as_ref().and_then(|it| {
                Some(Located {
                    value: stage.entry(&it.value, Role::Place)?,
                    span: it.span,
                })
            }),
            prose: stage.text(prose),
            head: stage.head(head),
        }
    }
}

impl<A> Intro<A> {
    /// The introduction at the next stage.
    pub fn pass<S: Stage<A>>(&self, stage: &mut S) -> Intro<S::To> {
        let Intro {
            of,
            path,
            title,
            summary,
            tlp,
            prose,
        } = self;
        Intro {
            of: *of,
            path: Arc::clone(path),
            title: title.clone(),
            summary: pass_summary(summary.as_ref(), stage),
            tlp: *tlp,
            prose: stage.text(prose),
        }
    }
}

fn pass_summary<A, S: Stage<A>>(
    summary: Option<&Marked<Words<A>>>,
    stage: &mut S,
) -> Option<Marked<Words<S::To>>> {
    let Marked { value, tlp } = summary.filter(|it| stage.sees(it.tlp))?;
    Some(Marked {
        value: value.pass(stage),
        tlp: *tlp,
    })
}

impl<A> Words<A> {
    fn pass<S: Stage<A>>(&self, stage: &mut S) -> Words<S::To> {
        match self {
            Words::Plain(text) => Words::Plain(text.clone()),
            Words::Styled(prose) => Words::Styled(Box::new(stage.sentence(prose))),
        }
    }
}

impl<A> Notice<A> {
    /// The notice at the next stage.
    pub fn pass<S: Stage<A>>(&self, stage: &mut S) -> Notice<S::To> {
        let Notice { date, reason } = self;
        Notice {
            date: *date,
            reason: reason.pass(stage),
        }
    }
}

impl<A> Change<A> {
    fn pass<S: Stage<A>>(&self, stage: &mut S) -> Option<Change<S::To>> {
        let Change {
            date,
            what,
            correction,
            tlp,
            span,
        } = self;
        stage.sees(*tlp).then(|| Change {
            date: *date,
            what: what.pass(stage),
            correction: *correction,
            tlp: *tlp,
            span: *span,
        })
    }
}

impl<A> Statement<A> {
    fn pass<S: Stage<A>>(&self, from: Kind, stage: &mut S) -> Option<Statement<S::To>> {
        let Statement {
            what,
            sources,
            tlp,
            confidence,
            when,
            note,
            span,
        } = self;
        if !stage.sees(*tlp) {
            return None;
        }
        let what = what.pass(from, stage);
        let sources = stage.sources(sources, what.as_ref().and_then(What::words));
        Some(Statement {
            what: what?,
            sources,
            tlp: *tlp,
            confidence: *confidence,
            when: *when,
            note: note.as_ref().map(|note| note.pass(stage)),
            span: *span,
        })
    }
}

impl<A> What<A> {
    fn pass<S: Stage<A>>(&self, from: Kind, stage: &mut S) -> Option<What<S::To>> {
        Some(match self {
            What::Fact(version) => What::Fact(version.pass(stage)),
            What::Judgement(words) => What::Judgement(words.pass(stage)),
            What::Legal(Legal { status, by }) => What::Legal(Legal {
                status: *status,
                by: by.as_ref().and_then(|by| stage.named(by)),
            }),
            What::Event(Event { date, what, place }) => What::Event(Event {
                date: *date,
                what: what.pass(stage),
                place: (place.as_ref()).and_then(|place| stage.entry(place, Role::Place)),
            }),
            What::Relation(relation) => What::Relation(relation.pass(from, stage)?),
            What::Alias(Alias { name, by, overlap }) => What::Alias(Alias {
                name: name.clone(),
                by: by.as_ref().and_then(|by| stage.named(by)),
                overlap: *overlap,
            }),
        })
    }
}

impl<A> Version<A> {
    fn pass<S: Stage<A>>(&self, stage: &mut S) -> Version<S::To> {
        let Version {
            of,
            key,
            value,
            chosen,
        } = self;
        Version {
            of: of.clone(),
            key: *key,
            value: value.clone(),
            chosen: chosen.as_ref().map(|chosen| chosen.pass(stage)),
        }
    }
}

impl<A> Relation<A> {
    fn pass<S: Stage<A>>(&self, from: Kind, stage: &mut S) -> Option<Relation<S::To>> {
        let Relation {
            verb,
            target,
            until,
            denied,
            own,
            transfer,
        } = self;
        // Without where it came from the money would seem to come from elsewhere.
        let transfer = match transfer {
            Some(transfer) => Some(Box::new(transfer.pass((from, *verb), stage)?)),
            None => None,
        };
        Some(Relation {
            verb: *verb,
            target: stage.entry(target, Role::Target(from, *verb))?,
            until: *until,
            denied: *denied,
            own: own.as_ref().map(|own| own.pass(stage)),
            transfer,
        })
    }
}

impl<A> Transfer<A> {
    fn pass<S: Stage<A>>(
        &self,
        (of, verb): (Kind, Verb),
        stage: &mut S,
    ) -> Option<Transfer<S::To>> {
        let Transfer { amount, from } = self;
        let from = match from {
            Some(from) => Some(stage.entry(from, Role::Target(of, verb))?),
            None => None,
        };
        Some(Transfer {
            amount: amount.clone(),
            from,
        })
    }
}
