//! Sentences of front matter: plain text, or text in which something is marked up.
//!
//! A [`Words`] is read as far as Markdown goes within a line, by the reader of bodies. On the entry's own
//! page it stands as it was marked up; everywhere else as plain text. [`Spot`] says where in an entry a
//! text stands: its body, or one of its sentences.

use super::{Details, Entry, Intro, Judgement, Prose, Tlp};
use serde::{Deserialize, Serialize};

/// A sentence of front matter.
#[derive(Debug, Clone, PartialEq)]
pub enum Words<R> {
    /// Nothing is marked up in it: most are so.
    Plain(Box<str>),
    /// Emphasis, code, links or citations stand in it. The body is of what stands within a line, and of
    /// no blocks; there are no editions, since a sentence is withheld as a whole.
    Styled(Box<Prose<R>>),
}

/// Where a text of an entry stands: an index into the entry's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Spot {
    /// Why it is withdrawn.
    Withdrawn,
    /// Why a source was retracted.
    Retracted,
    /// Its summary.
    Summary,
    /// The note of a version of a fact, in `facts` and its `versions`.
    Note(u32, u32),
    /// Why that version is chosen.
    Chosen(u32, u32),
    /// A judgement of a note.
    Judgement(u32),
    /// The text below the front matter.
    Body,
    /// An event of an incident.
    Event(u32),
    /// The note of a relation, in `relations`.
    Relation(u32),
    /// A change that is told of, in `changes`.
    Change(u32),
}

impl<R> Words<R> {
    /// What is marked up in it, if anything is.
    #[must_use]
    pub fn styled(&self) -> Option<&Prose<R>> {
        match self {
            Words::Plain(_) => None,
            Words::Styled(prose) => Some(prose),
        }
    }

    /// Whether no word stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Words::Plain(text) => text.is_empty(),
            Words::Styled(_) => false,
        }
    }
}

impl<R> Intro<R> {
    /// Every text in which links and citations may stand, in the order of the page.
    pub fn texts(&self) -> impl Iterator<Item = (Spot, &Prose<R>)> {
        let summary = self.summary.as_ref().and_then(|it| it.value.styled());
        (summary.map(|text| (Spot::Summary, text)).into_iter()).chain([(Spot::Body, &self.prose)])
    }
}

impl<R> Entry<R> {
    /// Every text in which links and citations may stand, in the order of the page: the body, and the
    /// sentences of the front matter in which something is marked up.
    pub fn texts(&self) -> impl Iterator<Item = (Spot, &Prose<R>)> {
        let withdrawn = self.withdrawn.as_ref();
        let withdrawn = withdrawn.map(|notice| (Spot::Withdrawn, &notice.reason));
        let retracted = self.evidence().and_then(|it| it.retracted.as_ref());
        let retracted = retracted.map(|notice| (Spot::Retracted, &notice.reason));
        let summary = self.summary.as_ref();
        let summary = summary.map(|summary| (Spot::Summary, &summary.value));
        let versions = (0..).zip(&self.facts).flat_map(|(fact, it)| {
            let versions = (0..).zip(&it.versions);
            versions.flat_map(move |(at, version)| {
                let note = version.note.as_ref();
                // Of one value it is not told why it is chosen.
                let chosen = version.chosen.as_ref().filter(|_| it.versions.len() > 1);
                (note.map(|it| (Spot::Note(fact, at), it)).into_iter())
                    .chain(chosen.map(|it| (Spot::Chosen(fact, at), it)))
            })
        });
        let judgements = (0..).zip(self.judgements());
        let judgements = judgements.map(|(at, it)| (Spot::Judgement(at), &it.text));
        let events = match &self.details {
            Details::Incident { events, .. } => events.as_slice(),
            _ => &[],
        };
        let events = (0..)
            .zip(events)
            .map(|(at, it)| (Spot::Event(at), &it.what));
        let relations = (0..).zip(&self.relations);
        let relations =
            relations.filter_map(|(at, it)| Some((Spot::Relation(at), it.note.as_ref()?)));
        let changes = (0..).zip(&self.changes);
        let changes = changes.map(|(at, it)| (Spot::Change(at), &it.what));
        let before = (withdrawn.into_iter().chain(retracted).chain(summary))
            .chain(versions)
            .chain(judgements);
        let after = events.chain(relations).chain(changes);
        before
            .filter_map(styled)
            .chain([(Spot::Body, &self.prose)])
            .chain(after.filter_map(styled))
    }

    /// One of the texts.
    #[must_use]
    pub fn text(&self, spot: Spot) -> Option<&Prose<R>> {
        if spot == Spot::Body {
            return Some(&self.prose);
        }
        let mut texts = self.texts();
        texts.find(|(at, _)| *at == spot).map(|(_, text)| text)
    }

    /// The marking of the statement in which one of the texts stands; that of the entry where it has none.
    #[must_use]
    pub fn marking(&self, spot: Spot) -> Option<Tlp> {
        let version = |fact: u32, at: u32| {
            let fact = self.facts.get(fact as usize)?;
            fact.versions.get(at as usize)?.tlp
        };
        match spot {
            Spot::Withdrawn | Spot::Retracted | Spot::Body => None,
            Spot::Summary => self.summary.as_ref()?.tlp,
            Spot::Note(fact, at) | Spot::Chosen(fact, at) => version(fact, at),
            Spot::Judgement(at) => self.judgements().get(at as usize)?.tlp,
            Spot::Event(at) => match &self.details {
                Details::Incident { events, .. } => events.get(at as usize)?.tlp,
                _ => None,
            },
            Spot::Relation(at) => self.relations.get(at as usize)?.tlp,
            Spot::Change(at) => self.changes.get(at as usize)?.tlp,
        }
    }

    /// The judgements of a note; none of every other kind.
    #[must_use]
    pub fn judgements(&self) -> &[Judgement<R>] {
        match &self.details {
            Details::Note { judgements, .. } => judgements,
            _ => &[],
        }
    }
}

fn styled<R>((spot, words): (Spot, &Words<R>)) -> Option<(Spot, &Prose<R>)> {
    Some((spot, words.styled()?))
}
