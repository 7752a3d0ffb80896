//! The citations of one page: which source has which number, and where each is cited.
//!
//! Numbers run in the order in which a reader meets them: infobox (facts), judgements, body, legal
//! status, events, relations, names, then what the entry rests on as a whole. Withheld sources have
//! none.

use crate::model::body::Event;
use crate::model::{Cite, Details, Entry, PageId, Prose};
use crate::shelf::exact;
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Statement {
    /// A version of a fact, in `facts` and its `versions`.
    Version(u32, u32),
    /// A judgement of a note.
    Judgement(u32),
    /// A citation in the text, in `prose.cites`.
    Text(u32),
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

impl Ledger {
    /// The ledger of an entry's page.
    #[must_use]
    pub fn of(entry: &Entry<PageId>) -> Ledger {
        let mut cited = Cited::new();
        let counted = |list: usize| 0..u32::try_from(list).unwrap_or(u32::MAX);
        for (fact_at, fact) in counted(entry.facts.len()).zip(&entry.facts) {
            for (at, version) in counted(fact.versions.len()).zip(&fact.versions) {
                cited.push((Statement::Version(fact_at, at), &version.sources));
            }
        }
        if let Details::Note { judgements, .. } = &entry.details {
            for (at, judgement) in counted(judgements.len()).zip(judgements) {
                cited.push((Statement::Judgement(at), &judgement.sources));
            }
        }
        prose(&entry.prose, &mut cited);
        match &entry.details {
            Details::Person { legal, .. } => {
                for (at, legal) in counted(legal.len()).zip(legal) {
                    cited.push((Statement::Legal(at), &legal.sources));
                }
            }
            Details::Incident { events, .. } => {
                for (at, event) in counted(events.len()).zip(events) {
                    cited.push((Statement::Event(at), &event.sources));
                }
            }
            _ => {}
        }
        for (at, relation) in counted(entry.relations.len()).zip(&entry.relations) {
            cited.push((Statement::Relation(at), &relation.sources));
        }
        for (at, alias) in counted(entry.aliases.len()).zip(&entry.aliases) {
            cited.push((Statement::Alias(at), &alias.sources));
        }
        cited.push((Statement::Whole, &entry.sources));
        Ledger::with(&cited)
    }

    /// The ledger of a page that is only a text.
    #[must_use]
    pub fn of_prose(text: &Prose<PageId>) -> Ledger {
        let mut cited = Cited::new();
        prose(text, &mut cited);
        Ledger::with(&cited)
    }

    /// The citations of a statement, as written.
    #[must_use]
    pub fn of_statement(&self, statement: Statement) -> &[Placed] {
        let start = self
            .places
            .partition_point(|place| place.statement < statement);
        let end = self
            .places
            .partition_point(|place| place.statement <= statement);
        &self.places[start..end]
    }

    /// How many statements of the entry whose ledger this is cite something.
    #[must_use]
    pub fn statements(&self, entry: &Entry<PageId>) -> usize {
        // The places of a ledger stand by statement.
        let beside = self
            .places
            .chunk_by(|one, other| one.statement == other.statement)
            .filter(|places| !matches!(places[0].statement, Statement::Text(_) | Statement::Whole));
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

fn prose<'a>(prose: &'a Prose<PageId>, cited: &mut Cited<'a>) {
    for (at, cite) in (0..).zip(&prose.cites) {
        cited.push((Statement::Text(at), std::slice::from_ref(cite)));
    }
}
