//! The citations of one page: which source has which number, and where each is cited.
//!
//! Numbers run in the order in which a reader meets them: notice, summary, infobox (facts), judgements, body,
//! legal status, events, relations, names, changes, then what the entry rests on as a whole; within a
//! statement its words, then its sources, or the other way round where they stand so. Withheld sources
//! have none. What a text shows of another entry ([`crate::model::embed`]) is met where it stands.

use crate::model::body::{Event, Tag};
use crate::model::{Cite, Entry, Intro, PageId, Part, Prose, Section, Spot, StatementId};
use crate::shared_list::{SharedList, exact};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// The citations of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// The sources in order of their numbers: the first is number 1.
    pub references: Vec<PageId>,
    /// How often each is cited, in the same order.
    pub counts: Vec<u32>,
    /// Every citation, by [`By`].
    pub places: Vec<Placed>,
}

/// A citation in its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Placed {
    /// What cites.
    pub by: By,
    /// The source; `None` where it is withheld.
    pub source: Option<PageId>,
    /// Where in it.
    pub at: Option<Box<str>>,
    /// The source's number on the page, from 1; 0 where it is withheld.
    pub number: u32,
    /// Which citation of that source on the page it is, from 1: its anchor is `cite-<slug>-<nth>`.
    pub nth: u32,
}

/// What on a page cites a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum By {
    /// A statement, with the sources behind it.
    Statement(StatementId),
    /// A citation in a text, in the `cites` of what stands there.
    Text(Spot, u32),
    /// What the text shows of another entry in place of an embed.
    Embed {
        /// How many citations of the text itself stand before it.
        after: u32,
        /// Which of the links of the text shows it.
        link: u32,
        /// Which of the `cites` of the text of the other.
        cite: u32,
    },
    /// The entry as a whole.
    Whole,
}

impl By {
    /// Its place in the order of a page: the section, what in it, which part of that, and which citation of
    /// a text. Statements stand by sort, so that within a section the index orders them.
    fn place(self) -> (u8, u32, u8, u32, u32) {
        let section = |id: StatementId| if id.sort.comes_before_text() { 3 } else { 5 };
        let part = |part| match part {
            Part::What => 0,
            Part::Own => 2,
            Part::Note => 3,
            Part::Chosen => 4,
        };
        match self {
            By::Text(Spot::Withdrawn, cite) => (0, 0, 0, cite, 0),
            By::Text(Spot::Retracted, cite) => (1, 0, 0, cite, 0),
            By::Text(Spot::Summary, cite) => (2, 0, 0, cite, 0),
            By::Text(Spot::Statement(id, of), cite) => (section(id), id.index, part(of), cite, 0),
            By::Statement(id) => (section(id), id.index, 1, 0, 0),
            By::Embed { after, link, cite } => (4, after, 0, link, cite),
            By::Text(Spot::Body, cite) => (4, cite, 1, 0, 0),
            By::Text(Spot::Change(at), cite) => (6, at, 0, cite, 0),
            By::Whole => (7, 0, 0, 0, 0),
        }
    }

    /// Whether both are parts of one statement: its words and its sources.
    fn is_of(self, other: By) -> bool {
        let whole = |(section, index, _, _, _)| (section, index);
        whole(self.place()) == whole(other.place())
    }
}

impl Ord for By {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for By {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ledger {
    /// The ledger of an entry's page; `pages` are all, of which it may show parts.
    #[must_use]
    pub fn of(pages: &SharedList<Entry<PageId>>, id: PageId) -> Ledger {
        let entry = &*pages[id.0 as usize];
        let shown = sections(pages, Some(id), &entry.prose);
        let mut cited = Cited::new();
        let mut texts = entry.texts().peekable();
        for (id, statement) in entry.statements.ids() {
            let by = By::Statement(id);
            while let Some((spot, text)) = texts.next_if(|(spot, _)| By::Text(*spot, 0) < by) {
                prose(spot, text, &shown, &mut cited);
            }
            if !statement.sources.is_empty() {
                cited.push((by, &statement.sources));
            }
        }
        for (spot, text) in texts {
            prose(spot, text, &shown, &mut cited);
        }
        cited.push((By::Whole, &entry.sources));
        Ledger::with(&cited)
    }

    /// The ledger of a page that is only a text; `pages` are all, of which it may show parts.
    #[must_use]
    pub fn of_intro(pages: &SharedList<Entry<PageId>>, intro: &Intro<PageId>) -> Ledger {
        let shown = sections(pages, None, &intro.prose);
        let mut cited = Cited::new();
        for (spot, text) in intro.texts() {
            prose(spot, text, &shown, &mut cited);
        }
        Ledger::with(&cited)
    }

    /// The citations of a statement, as written.
    #[must_use]
    pub fn of_statement(&self, by: By) -> &[Placed] {
        let at = by.place();
        let start = self.places.partition_point(|place| place.by.place() < at);
        let rest = &self.places[start..];
        let ends = rest.iter().position(|place| place.by != by);
        &rest[..ends.unwrap_or(rest.len())]
    }

    /// The sources of the page's own statements: without those that only what it shows of others cites.
    pub fn own(&self) -> impl Iterator<Item = PageId> {
        let shows = |place: &Placed| matches!(place.by, By::Embed { .. });
        let own: Option<HashSet<PageId>> = self.places.iter().any(shows).then(|| {
            let own = self.places.iter().filter(|place| !shows(place));
            own.filter_map(|place| place.source).collect()
        });
        let references = self.references.iter().copied();
        references.filter(move |id| own.as_ref().is_none_or(|own| own.contains(id)))
    }

    /// The citations that a reader meets before those of a statement.
    #[must_use]
    pub fn before(&self, by: By) -> &[Placed] {
        let at = by.place();
        let start = self.places.partition_point(|place| place.by.place() < at);
        &self.places[..start]
    }

    /// How many statements of the entry whose ledger this is cite something.
    #[must_use]
    pub fn statements(&self, entry: &Entry<PageId>) -> usize {
        // The places of a ledger stand by statement.
        let beside = self
            .places
            .chunk_by(|one, other| one.by.is_of(other.by))
            .filter(|places| match places[0].by {
                By::Text(Spot::Body, _) | By::Embed { .. } | By::Whole => false,
                By::Text(..) | By::Statement(_) => true,
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
        for (by, cites) in cited {
            ledger.cite(*by, cites);
        }
        ledger.references = exact(ledger.references);
        ledger.counts = exact(ledger.counts);
        ledger
    }

    fn cite(&mut self, by: By, cites: &[Cite<PageId>]) {
        for cite in cites {
            let (number, nth) = cite.source.map_or((0, 0), |source| self.number(source));
            let Cite {
                source,
                at,
                span: _,
            } = cite;
            self.places.push(Placed {
                by,
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
type Cited<'a> = Vec<(By, &'a [Cite<PageId>])>;

fn prose<'a>(spot: Spot, prose: &'a Prose<PageId>, shown: &'a [Shown<'a>], cited: &mut Cited<'a>) {
    // Nothing but the text itself shows anything of another.
    let mut shown = shown.iter().filter(|_| spot == Spot::Body).peekable();
    for (at, cite) in (0..).zip(&prose.cites) {
        while let Some(section) = shown.next_if(|section| section.after <= at) {
            cited.extend(section.cites());
        }
        cited.push((By::Text(spot, at), std::slice::from_ref(cite)));
    }
    cited.extend(shown.flat_map(Shown::cites));
}

/// A section of another entry that a text shows.
struct Shown<'a> {
    /// How many citations of the text itself stand before it.
    after: u32,
    /// Which of the links of the text shows it.
    link: u32,
    /// The text of the other, and which of its citations.
    of: &'a Prose<PageId>,
    cites: Vec<u32>,
}

impl<'a> Shown<'a> {
    fn cites(&self) -> impl Iterator<Item = (By, &'a [Cite<PageId>])> {
        let (after, link, of) = (self.after, self.link, self.of);
        let cites = self.cites.iter().filter_map(move |&cite| {
            let by = By::Embed { after, link, cite };
            Some((by, std::slice::from_ref(of.cites.get(cite as usize)?)))
        });
        cites.collect::<Vec<_>>().into_iter()
    }
}

/// The sections of others that a text shows, in the order in which a reader meets them.
fn sections<'a>(
    pages: &'a SharedList<Entry<PageId>>,
    own: Option<PageId>,
    prose: &Prose<PageId>,
) -> Vec<Shown<'a>> {
    let mut embeds = prose.embeds(own).peekable();
    if embeds.peek().is_none() {
        return Vec::new();
    }
    let mut before = HashMap::new();
    let mut cites = 0;
    for event in &prose.body.events {
        match *event {
            Event::Cite { first, count } => cites = cites.max(first.saturating_add(count)),
            Event::Indicators { first, count } => {
                let lines = prose.body.indicators.iter().skip(first as usize);
                let ends = lines
                    .take(count as usize)
                    .map(|it| it.first.saturating_add(it.count));
                cites = ends.fold(cites, u32::max);
            }
            Event::Start(Tag::Link(at)) => drop(before.insert(at, cites)),
            _ => {}
        }
    }
    let shown = embeds.filter_map(|embed| {
        let of = &pages[embed.of.0 as usize].prose;
        let section = Section::of(&of.body, embed.heading?)?;
        Some(Shown {
            after: before.get(&embed.link).copied()?,
            link: embed.link,
            cites: section.cites(&of.body),
            of,
        })
    });
    let mut shown: Vec<Shown<'_>> = shown.collect();
    shown.sort_by_key(|section| (section.after, section.link));
    shown
}
