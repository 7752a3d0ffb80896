//! An entry and everything that its front matter says.
//!
//! Shapes only; `docs/reference/keys.md` is the contract. `R` is how other entries are named: see
//! [`crate::model`].

use super::address::Outside;
use super::body::{Body, Target};
use super::{Date, Day, Fragment, Grade, Kind, Statements, Tlp, Value, Words};
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use std::sync::Arc;

/// A reference as written: slug, `kind folder/slug` or id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RawRef {
    /// The text.
    pub name: Box<str>,
    /// Where it stands.
    pub span: Span,
}

/// An entry of a resolved dossier: an index into its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId(pub u32);

/// An entry of a release: an index into its pages. There is none for what is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageId(pub u32);

/// One Markdown file: an actor, an incident, a source …
///
/// What names no other entry is its [`Head`], which all stages share, and to which an entry dereferences.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<R> {
    /// What names no other entry.
    pub head: Arc<Head>,
    /// One sentence.
    pub summary: Option<Marked<Words<R>>>,
    /// What it says, each with what it rests on: names, values, relations, events, judgements …
    pub statements: Statements<R>,
    /// What it rests on as a whole.
    pub sources: Vec<Cite<R>>,
    /// What was changed, newest first.
    pub changes: Vec<Change<R>>,
    /// Taken back, with the reason.
    pub withdrawn: Option<Notice<R>>,
    /// Who published a source; `None` where that could not be read, and of a source that is withdrawn.
    pub publisher: Option<Located<Named<R>>>,
    /// Why a source's publisher took it back.
    pub retracted: Option<Notice<R>>,
    /// Where an organisation is based.
    pub country: Option<Located<R>>,
    /// The prose.
    pub prose: Prose<R>,
}

/// What an entry says of itself without naming another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// What it is about, from its folder.
    pub kind: Kind,
    /// Its file's name, unique within its kind: `apt38`.
    pub slug: String,
    /// The file it was read from.
    pub path: Arc<str>,
    /// Permanent and unique in the dossier; `kind folder/slug` unless given.
    pub id: String,
    /// The name or headline.
    pub title: String,
    /// When it happened or was published.
    pub date: Option<Date>,
    /// Free words to group entries by, as written, each once.
    pub tags: Vec<Marked<String>>,
    /// Its marking; the dossier's default where it has none of its own.
    pub tlp: Tlp,
    /// Who wrote it; empty for the dossier's authors.
    pub authors: Vec<Marked<String>>,
    /// Whose it is and on what terms: notices of copyright and the like, to be shown with it.
    pub rights: Vec<Marked<String>>,
    /// Its language (BCP 47) where it differs from the dossier's.
    pub lang: Option<String>,
    /// Withheld unless drafts are asked for.
    pub draft: bool,
    /// Withheld before that day.
    pub publish: Option<Day>,
    /// Last revised.
    pub updated: Option<Day>,
    /// Site paths of former pages, without the leading slash.
    pub redirect_from: Vec<Located<String>>,
    /// Names in other catalogues, in the order written: `attack` → `G0082`.
    pub external_ids: Vec<(String, Marked<String>)>,
    /// What only its kind has.
    pub details: Details,
    /// For templates, untouched.
    pub extra: Option<Data>,
}

impl<R> Deref for Entry<R> {
    type Target = Head;

    fn deref(&self) -> &Head {
        &self.head
    }
}

/// A text with what its links and citations lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct Prose<R> {
    /// The parsed Markdown.
    pub body: Arc<Body>,
    /// What each of `body.links` leads to, in the same order; empty before `resolve`.
    pub targets: Vec<Target<R>>,
    /// The citations that [`super::body::Event::Cite`] and indicators name.
    pub cites: Vec<Cite<R>>,
    /// What the text is for those who may not see all of it, lowest first; empty in a release.
    pub editions: Vec<Edition<R>>,
}

/// A text as it is for audiences that may not see all of it: as its writer would have written it without
/// what they may not see.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition<R> {
    /// The highest audience that it is for. The lowest is the one after that of the edition before it.
    pub up_to: Tlp,
    /// The parsed Markdown.
    pub body: Arc<Body>,
    /// What each of `body.links` leads to; headings are those of the whole text.
    pub targets: Vec<Target<R>>,
    /// Its citations.
    pub cites: Vec<Cite<R>>,
    /// Where the places of the whole text stand in it.
    pub fragments: Fragments,
}

/// Where, in a part of a text, the places stand that links to the whole may lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fragments {
    /// Each of [`Body::headings`].
    pub headings: Vec<Option<u32>>,
    /// Each of [`Body::ids`].
    pub ids: Vec<Option<u32>>,
}

impl Fragments {
    /// Where a place went, if it is left.
    #[must_use]
    pub fn at(&self, place: Fragment) -> Option<Fragment> {
        let moved = |map: &[Option<u32>], at: u32| map.get(at as usize).copied().flatten();
        match place {
            Fragment::Heading(at) => moved(&self.headings, at).map(Fragment::Heading),
            Fragment::Raw(at) => moved(&self.ids, at).map(Fragment::Raw),
        }
    }

    /// Whether all are left where they were.
    #[must_use]
    pub fn stay(&self) -> bool {
        let stay = |map: &[Option<u32>]| (0..).zip(map).all(|(at, to)| *to == Some(at));
        stay(&self.headings) && stay(&self.ids)
    }
}

/// The text of the home page or of an index page: `content/index.md`, `content/<kind>/index.md`.
#[derive(Debug, Clone, PartialEq)]
pub struct Intro<R> {
    /// The index that it introduces; `None` for the home page.
    pub of: Option<Kind>,
    /// The file.
    pub path: Arc<str>,
    /// A title other than the usual one.
    pub title: Option<String>,
    /// One sentence.
    pub summary: Option<Marked<Words<R>>>,
    /// Its marking.
    pub tlp: Tlp,
    /// The text.
    pub prose: Prose<R>,
}

/// A value with a marking of its own, where it has one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Marked<T> {
    /// The value.
    pub value: T,
    /// Its marking; that of what contains it where it has none.
    pub tlp: Option<Tlp>,
}

/// A value and where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// A source, and the place in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cite<R> {
    /// The source; `None` only in a release, where the audience may not see it.
    pub source: Option<R>,
    /// Free text: `p. 12`.
    pub at: Option<Box<str>>,
    /// Where the citation stands.
    pub span: Span,
}

/// Somebody who may or may not have an entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Named<R> {
    /// An organisation's entry.
    Entry(R),
    /// Plain text.
    Text(String),
}

/// How an alias relates to the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Overlap {
    /// The same.
    #[default]
    Equal,
    /// Some of it.
    Overlaps,
    /// A part of it.
    PartOf,
}

/// A change that readers are told of.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<R> {
    /// When.
    pub date: Day,
    /// What was changed.
    pub what: Words<R>,
    /// It corrects an error.
    pub correction: bool,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Its place.
    pub span: Span,
}

/// A day and a reason: of a withdrawal, of a retraction.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice<R> {
    /// When.
    pub date: Date,
    /// Why.
    pub reason: Words<R>,
}

/// What only one kind of entry has.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the keys of docs/reference/keys.md")]
pub enum Details {
    Actor {
        sophistication: Option<Marked<String>>,
    },
    Campaign,
    /// A page about the dossier.
    Page,
    Incident {
        status: Option<IncidentStatus>,
    },
    Malware {
        platforms: Vec<Marked<String>>,
        types: Vec<Marked<String>>,
        is_family: bool,
    },
    Tool {
        platforms: Vec<Marked<String>>,
        types: Vec<Marked<String>>,
    },
    Infrastructure {
        types: Vec<Marked<String>>,
    },
    Technique {
        tactics: Vec<Marked<String>>,
    },
    Vulnerability {
        cvss: Option<Marked<String>>,
    },
    Person {
        nationality: Option<Marked<String>>,
    },
    Organisation {
        r#type: Option<String>,
        sectors: Vec<Sector>,
    },
    Place {
        r#type: Option<String>,
        code: Option<String>,
        lat: Option<String>,
        lon: Option<String>,
    },
    Note {
        key: bool,
    },
    Source(Box<Evidence>),
}

/// What a source is and how far it is to be trusted.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// When it was read.
    pub accessed: Option<Day>,
    /// Its address, `https:` or `http:`; defanged once released where it is an indicator.
    pub url: Option<Located<Outside>>,
    /// Where a copy is archived; the same.
    pub archived: Option<Located<Outside>>,
    /// How it is graded.
    pub grade: Option<Grade>,
    /// The marking of the letter of the grade where that is its publisher's; only in a release.
    pub lent: Option<Tlp>,
    /// What sort of text it is.
    pub r#type: Option<String>,
    /// How much of its text was seen; `None` where nobody says so, and then no page shows it.
    pub seen: Option<Seen>,
    /// The language that it is written in.
    pub language: Option<String>,
    /// A kept copy.
    pub snapshot: Option<Snapshot>,
}

/// A kept copy of a source, below `content/sources/snapshots/`.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The file's name there.
    pub file: Located<String>,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: Located<String>,
    /// When it was taken.
    pub taken: Option<Day>,
    /// Whether the copy is published.
    pub publish: bool,
}

/// How much of a source's text was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seen {
    /// All of it.
    Full,
    /// Parts.
    Excerpt,
    /// Nothing but a reference to it: no claim may rest on it alone.
    Reference,
}

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($variant:ident $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the words of docs/reference/keys.md")]
        pub enum $name { $($variant,)* }

        impl $name {
            /// Every value, as written.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// The value as written.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// Reads a value.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// How an incident is determined (the words of the STIX incident extension).
    IncidentStatus {
        Confirmed "confirmed",
        Blocked "blocked",
        FailedAttempt "failed-attempt",
        Suspected "suspected",
        FalsePositive "false-positive",
    }
}

words! {
    /// What is told of the money of an incident, in the order of a page: the keys of `loss`.
    Loss {
        Attempted "attempted",
        Demanded "demanded",
        Paid "paid",
        Actual "actual",
        Recovered "recovered",
        Frozen "frozen",
        Seized "seized",
    }
}

words! {
    /// What an incident hit that is counted, in the order of a page: the keys of `affected`.
    Affected {
        People "people",
        Records "records",
        Systems "systems",
        Organisations "organisations",
    }
}

words! {
    /// What an organisation works in: the industry sectors of STIX 2.1, in its order.
    Sector {
        Agriculture "agriculture",
        Aerospace "aerospace",
        Automotive "automotive",
        Chemical "chemical",
        Commercial "commercial",
        Communications "communications",
        Construction "construction",
        Defense "defense",
        Education "education",
        Energy "energy",
        Entertainment "entertainment",
        FinancialServices "financial-services",
        Government "government",
        EmergencyServices "emergency-services",
        GovernmentLocal "government-local",
        GovernmentNational "government-national",
        GovernmentPublicServices "government-public-services",
        GovernmentRegional "government-regional",
        Healthcare "healthcare",
        HospitalityLeisure "hospitality-leisure",
        Infrastructure "infrastructure",
        Dams "dams",
        Nuclear "nuclear",
        Water "water",
        Insurance "insurance",
        Manufacturing "manufacturing",
        Mining "mining",
        NonProfit "non-profit",
        Pharmaceuticals "pharmaceuticals",
        Retail "retail",
        Technology "technology",
        Telecommunications "telecommunications",
        Transportation "transportation",
        Utilities "utilities",
    }
}

words! {
    /// Where a person stands before the law.
    LegalStatus {
        Alleged "alleged",
        Charged "charged",
        Convicted "convicted",
        Acquitted "acquitted",
        Sanctioned "sanctioned",
    }
}

/// A value under `extra`, for templates.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the YAML core schema")]
pub enum Data {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Data>),
    Map(Vec<(String, Data)>),
}

impl Details {
    /// The details of a kind of which nothing is told.
    #[must_use]
    pub fn blank(kind: Kind) -> Details {
        match kind {
            Kind::Actor => Details::Actor {
                sophistication: None,
            },
            Kind::Campaign => Details::Campaign,
            Kind::Incident => Details::Incident { status: None },
            Kind::Malware => Details::Malware {
                platforms: Vec::new(),
                types: Vec::new(),
                is_family: true,
            },
            Kind::Tool => Details::Tool {
                platforms: Vec::new(),
                types: Vec::new(),
            },
            Kind::Infrastructure => Details::Infrastructure { types: Vec::new() },
            Kind::Technique => Details::Technique {
                tactics: Vec::new(),
            },
            Kind::Vulnerability => Details::Vulnerability { cvss: None },
            Kind::Person => Details::Person { nationality: None },
            Kind::Organisation => Details::Organisation {
                r#type: None,
                sectors: Vec::new(),
            },
            Kind::Place => Details::Place {
                r#type: None,
                code: None,
                lat: None,
                lon: None,
            },
            Kind::Note => Details::Note { key: false },
            Kind::Page => Details::Page,
            Kind::Source => Details::Source(Box::new(Evidence {
                accessed: None,
                url: None,
                archived: None,
                grade: None,
                lent: None,
                r#type: None,
                seen: None,
                language: None,
                snapshot: None,
            })),
        }
    }
}

impl Head {
    /// The page's address below the site's root: `actors/apt38/`.
    #[must_use]
    pub fn route(&self) -> String {
        [self.kind.folder(), "/", &self.slug, "/"].concat()
    }

    /// What a source entry is; `None` for every other kind.
    #[must_use]
    pub fn evidence(&self) -> Option<&Evidence> {
        match &self.details {
            Details::Source(evidence) => Some(evidence),
            _ => None,
        }
    }

    /// What an organisation works in; nothing of every other kind.
    #[must_use]
    pub fn sectors(&self) -> &[Sector] {
        match &self.details {
            Details::Organisation { sectors, .. } => sectors,
            _ => &[],
        }
    }
}

impl<R> Entry<R> {
    /// An entry that is nothing but its head.
    #[must_use]
    pub fn bare(head: Head) -> Entry<R> {
        Entry {
            head: Arc::new(head),
            summary: None,
            statements: Statements::default(),
            sources: Vec::new(),
            changes: Vec::new(),
            withdrawn: None,
            publisher: None,
            retracted: None,
            country: None,
            prose: Prose::none(),
        }
    }

    /// The head, to change while nobody shares it.
    pub fn head_mut(&mut self) -> &mut Head {
        Arc::make_mut(&mut self.head)
    }

    /// The day of the last change that is told of: `updated`, the newest of `changes`, a withdrawal,
    /// or the day of publication. `None` where nothing is told.
    #[must_use]
    pub fn last_changed(&self) -> Option<Day> {
        let changes = self.changes.iter().map(|change| change.date);
        let withdrawn = self.withdrawn.as_ref().map(|notice| notice.date.sort_day());
        changes
            .chain(withdrawn)
            .chain(self.updated)
            .chain(self.publish)
            .max()
    }

    /// What that date is, as a heading: the date of an entry that acts over time is not when it was first seen.
    #[must_use]
    pub fn dated(&self) -> &'static str {
        match self.kind {
            Kind::Actor | Kind::Campaign | Kind::Malware | Kind::Tool | Kind::Infrastructure
                if self.date.is_some() =>
            {
                "Date"
            }
            kind => kind.dated(),
        }
    }

    /// When it happened or was published: `date`, or for incidents the chosen (else first) version
    /// of `dates`, or for those that act over time the chosen `first_seen`.
    #[must_use]
    pub fn when(&self) -> Option<Date> {
        let of_fact = |name: &str| {
            let leading = self.statements.fact(name)?.leading()?;
            match leading.what.value {
                Value::Date(date) => Some(date),
                Value::Text(_)
                | Value::List(_)
                | Value::Money(_)
                | Value::Count(_)
                | Value::Reliability(_) => None,
            }
        };
        self.date
            .or_else(|| of_fact("dates"))
            .or_else(|| of_fact("first_seen"))
    }
}

impl<R> Prose<R> {
    /// No text.
    #[must_use]
    pub fn none() -> Prose<R> {
        Prose {
            body: Arc::default(),
            targets: Vec::new(),
            cites: Vec::new(),
            editions: Vec::new(),
        }
    }
}
