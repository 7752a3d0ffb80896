//! Sentences of front matter: plain text, or text in which something is marked up.
//!
//! A [`Words`] is read as far as Markdown goes within a line, by the reader of bodies. On the entry's own
//! page it stands as it was marked up; everywhere else as plain text. [`Spot`] says where in an entry a
//! text stands: its body, or one of its sentences.

use super::{Entry, Intro, Part, Prose, StatementId, Tlp};
use serde::{Deserialize, Serialize};

/// A sentence of front matter.
#[derive(Debug, Clone, PartialEq)]
pub enum Words<R> {
    /// Nothing is marked up in it, as in most.
    Plain(Box<str>),
    /// Emphasis, code, links or citations stand in it. The body is of what stands within a line, and of
    /// no blocks; there are no editions, since a sentence is withheld as a whole.
    Styled(Box<Prose<R>>),
}

/// Where a text of an entry stands, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Spot {
    /// Why it is withdrawn.
    Withdrawn,
    /// Why a source was retracted.
    Retracted,
    /// Its summary.
    Summary,
    /// A sentence of a statement.
    Statement(StatementId, Part),
    /// The text below the front matter.
    Body,
    /// A change in `changes`.
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
        let retracted = self.retracted.as_ref();
        let retracted = retracted.map(|notice| (Spot::Retracted, &notice.reason));
        let summary = self.summary.as_ref();
        let summary = summary.map(|summary| (Spot::Summary, &summary.value));
        let statements = |before: bool| {
            let texts = self.statements.texts();
            let texts = texts.filter(move |(id, ..)| id.sort.comes_before_text() == before);
            texts.map(|(id, part, text)| (Spot::Statement(id, part), text))
        };
        let changes = (0..).zip(&self.changes);
        let changes = changes.map(|(at, it)| (Spot::Change(at), &it.what));
        let before = withdrawn.into_iter().chain(retracted).chain(summary);
        (before.filter_map(styled).chain(statements(true)))
            .chain([(Spot::Body, &self.prose)])
            .chain(statements(false))
            .chain(changes.filter_map(styled))
    }

    /// One of the texts.
    #[must_use]
    pub fn text(&self, spot: Spot) -> Option<&Prose<R>> {
        if spot == Spot::Body {
            return Some(&self.prose);
        }
        if let Spot::Statement(id, part) = spot {
            return self.statements.of(id)?.part(part)?.styled();
        }
        let mut texts = self.texts();
        texts.find(|(at, _)| *at == spot).map(|(_, text)| text)
    }

    /// The marking of the statement in which one of the texts stands; that of the entry where it has none.
    #[must_use]
    pub fn marking(&self, spot: Spot) -> Option<Tlp> {
        match spot {
            Spot::Withdrawn | Spot::Retracted | Spot::Body => None,
            Spot::Summary => self.summary.as_ref()?.tlp,
            Spot::Statement(id, _) => self.statements.of(id)?.tlp,
            Spot::Change(at) => self.changes.get(at as usize)?.tlp,
        }
    }
}

fn styled<R>((spot, words): (Spot, &Words<R>)) -> Option<(Spot, &Prose<R>)> {
    Some((spot, words.styled()?))
}
