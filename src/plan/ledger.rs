//! The citations of one page: which source has which number, and where each is cited.
//!
//! Numbers run in the order in which a reader meets them: notice, summary, infobox (facts), judgements, body,
//! legal status, events, relations, names, changes, then what the entry rests on as a whole; within a
//! statement its words, then its sources, or the other way round where they stand so. Withheld sources
//! have none.

use crate::model::body::Event;
use crate::model::{Cite, Details, Entry, Intro, PageId, Prose, Spot, Words};
use crate::shelf::exact;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The citations of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// The sources in order of their numbers: the first is number 1.
    pub references: Vec<PageId>,
    /// How often each is cited, in the same order.
    pub counts: Vec<u32>,
    /// Every citation, by [`Statement`].
    pub places: Vec<Placed>,
}

/// A citation in its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Placed {
    /// What cites.
    pub statement: Statement,
    /// The source; `None` where it is withheld.
    pub source: Option<PageId>,
    /// Where in it.
    pub at: Option<Box<str>>,
    /// The source's number on the page, from 1; 0 where it is withheld.
    pub number: u32,
    /// Which citation of that source on the page it is, from 1: its anchor is `cite-<slug>-<nth>`.
    pub nth: u32,
}

/// What on a page cites a source: an index into the entry's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Statement {
    /// A version of a fact, in `facts` and its `versions`.
    Version(u32, u32),
    /// A judgement of a note.
    Judgement(u32),
    /// A citation in a text, in the `cites` of what stands there.
    Text(Spot, u32),
    /// A legal status.
    Legal(u32),
    /// An event of an incident.
    Event(u32),
    /// A relation, in `relations`.
    Relation(u32),
    /// A name, in `aliases`.
    Alias(u32),
    /// The entry as a whole.
    Whole,
}

impl Statement {
    /// Its place in the order of a page: the section, what in it (two indexes), which part of that, and
    /// which citation of a text.
    fn place(self) -> (u8, u32, u32, u8, u32) {
        match self {
            Statement::Text(Spot::Withdrawn, cite) => (0, 0, 0, 0, cite),
            Statement::Text(Spot::Retracted, cite) => (1, 0, 0, 0, cite),
            Statement::Text(Spot::Summary, cite) => (2, 0, 0, 0, cite),
            Statement::Version(fact, version) => (3, fact, version, 0, 0),
            Statement::Text(Spot::Note(fact, version), cite) => (3, fact, version, 1, cite),
            Statement::Text(Spot::Chosen(fact, version), cite) => (3, fact, version, 2, cite),
            Statement::Text(Spot::Judgement(at), cite) => (4, at, 0, 0, cite),
            Statement::Judgement(at) => (4, at, 0, 1, 0),
            Statement::Text(Spot::Body, cite) => (5, 0, 0, 0, cite),
            Statement::Legal(at) => (6, at, 0, 0, 0),
            Statement::Text(Spot::Event(at), cite) => (7, at, 0, 0, cite),
            Statement::Event(at) => (7, at, 0, 1, 0),
            Statement::Relation(at) => (8, at, 0, 0, 0),
            Statement::Text(Spot::Relation(at), cite) => (8, at, 0, 1, cite),
            Statement::Alias(at) => (9, at, 0, 0, 0),
            Statement::Text(Spot::Change(at), cite) => (10, at, 0, 0, cite),
            Statement::Whole => (11, 0, 0, 0, 0),
        }
    }

    /// Whether both are parts of one statement: its words and its sources.
    fn is_of(self, other: Statement) -> bool {
        let whole = |(section, one, two, _, _)| (section, one, two);
        whole(self.place()) == whole(other.place())
    }
}

impl Ord for Statement {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for Statement {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ledger {
    /// The ledger of an entry's page.
    #[must_use]
    pub fn of(entry: &Entry<PageId>) -> Ledger {
        let mut cited = Cited::new();
        if let Some(notice) = &entry.withdrawn {
            words(Spot::Withdrawn, &notice.reason, &mut cited);
        }
        if let Some(notice) = entry.evidence().and_then(|it| it.retracted.as_ref()) {
            words(Spot::Retracted, &notice.reason, &mut cited);
        }
        if let Some(summary) = &entry.summary {
            words(Spot::Summary, &summary.value, &mut cited);
        }
        for (fact_at, fact) in (0..).zip(&entry.facts) {
            for (at, version) in (0..).zip(&fact.versions) {
                cited.push((Statement::Version(fact_at, at), &version.sources));
                if let Some(note) = &version.note {
                    words(Spot::Note(fact_at, at), note, &mut cited);
                }
                if let Some(chosen) = &version.chosen
                    && fact.versions.len() > 1
                {
                    words(Spot::Chosen(fact_at, at), chosen, &mut cited);
                }
            }
        }
        for (at, judgement) in (0..).zip(entry.judgements()) {
            words(Spot::Judgement(at), &judgement.text, &mut cited);
            cited.push((Statement::Judgement(at), &judgement.sources));
        }
        prose(Spot::Body, &entry.prose, &mut cited);
        match &entry.details {
            Details::Person { legal, .. } => {
                for (at, legal) in (0..).zip(legal) {
                    cited.push((Statement::Legal(at), &legal.sources));
                }
            }
            Details::Incident { events, .. } => {
                for (at, event) in (0..).zip(events) {
                    words(Spot::Event(at), &event.what, &mut cited);
                    cited.push((Statement::Event(at), &event.sources));
                }
            }
            _ => {}
        }
        for (at, relation) in (0..).zip(&entry.relations) {
            cited.push((Statement::Relation(at), &relation.sources));
            if let Some(note) = &relation.note {
                words(Spot::Relation(at), note, &mut cited);
            }
        }
        for (at, alias) in (0..).zip(&entry.aliases) {
            cited.push((Statement::Alias(at), &alias.sources));
        }
        for (at, change) in (0..).zip(&entry.changes) {
            words(Spot::Change(at), &change.what, &mut cited);
        }
        cited.push((Statement::Whole, &entry.sources));
        Ledger::with(&cited)
    }

    /// The ledger of a page that is only a text.
    #[must_use]
    pub fn of_intro(intro: &Intro<PageId>) -> Ledger {
        let mut cited = Cited::new();
        if let Some(summary) = &intro.summary {
            words(Spot::Summary, &summary.value, &mut cited);
        }
        prose(Spot::Body, &intro.prose, &mut cited);
        Ledger::with(&cited)
    }

    /// The citations of a statement, as written.
    #[must_use]
    pub fn of_statement(&self, statement: Statement) -> &[Placed] {
        let at = statement.place();
        let start = self
            .places
            .partition_point(|place| place.statement.place() < at);
        let rest = &self.places[start..];
        let ends = rest.iter().position(|place| place.statement != statement);
        &rest[..ends.unwrap_or(rest.len())]
    }

    /// How many statements of the entry whose ledger this is cite something.
    #[must_use]
    pub fn statements(&self, entry: &Entry<PageId>) -> usize {
        // The places of a ledger stand by statement.
        let beside = self
            .places
            .chunk_by(|one, other| one.statement.is_of(other.statement))
            .filter(|places| {
                !matches!(
                    places[0].statement,
                    Statement::Text(Spot::Body, _) | Statement::Whole
                )
            });
        let body = &entry.prose.body;
        let withheld = |first: u32, count: u32| {
            let cites = entry.prose.cites.iter().skip(first as usize);
            cites.take(count as usize).map(|cite| cite.source.is_none())
        };
        // How many withheld sources stand side by side is not told: they count once, at the last.
        let told_later = |mut at: usize| {
            while let Some((first, count, after)) = body.neighbouring_cite(at) {
                if withheld(first, count).any(|it| it) {
                    return true;
                }
                at = after;
            }
            false
        };
        let marks = body.events.iter().enumerate();
        let marks = marks.filter(|&(at, event)| match *event {
            Event::Cite { first, count } => {
                !(withheld(first, count).all(|it| it) && told_later(at + 1))
            }
            _ => false,
        });
        let lines = body.indicators.iter().filter(|line| line.count > 0);
        beside.count() + marks.count() + lines.count()
    }

    fn with(cited: &Cited<'_>) -> Ledger {
        let count = cited.iter().map(|(_, cites)| cites.len()).sum();
        let mut ledger = Ledger {
            places: Vec::with_capacity(count),
            ..Ledger::default()
        };
        for (statement, cites) in cited {
            ledger.cite(*statement, cites);
        }
        ledger.references = exact(ledger.references);
        ledger.counts = exact(ledger.counts);
        ledger
    }

    fn cite(&mut self, statement: Statement, cites: &[Cite<PageId>]) {
        for cite in cites {
            let (number, nth) = cite.source.map_or((0, 0), |source| self.number(source));
            let Cite {
                source,
                at,
                span: _,
            } = cite;
            self.places.push(Placed {
                statement,
                source: *source,
                at: at.clone(),
                number,
                nth,
            });
        }
    }

    /// A page cites a few dozen sources at most, so looking through them beats a map.
    fn number(&mut self, source: PageId) -> (u32, u32) {
        let known = self
            .references
            .iter()
            .position(|&reference| reference == source);
        let at = known.unwrap_or_else(|| {
            self.references.push(source);
            self.counts.push(0);
            self.references.len() - 1
        });
        self.counts[at] += 1;
        (u32::try_from(at + 1).unwrap_or(u32::MAX), self.counts[at])
    }
}

/// What cites, in the order in which a reader meets it, and what it cites.
type Cited<'a> = Vec<(Statement, &'a [Cite<PageId>])>;

fn words<'a>(spot: Spot, words: &'a Words<PageId>, cited: &mut Cited<'a>) {
    if let Words::Styled(text) = words {
        prose(spot, text, cited);
    }
}

fn prose<'a>(spot: Spot, prose: &'a Prose<PageId>, cited: &mut Cited<'a>) {
    for (at, cite) in (0..).zip(&prose.cites) {
        cited.push((Statement::Text(spot, at), std::slice::from_ref(cite)));
    }
}
