//! An entry and everything that its front matter says.
//!
//! Shapes only; front-matter.md is the contract. `R` is how other entries are named: see
//! [`crate::model`].

use super::address::Outside;
use super::body::{Body, Target};
use super::{Aliases, Confidence, Date, Day, Fragment, Grade, Kind, Money, Tlp, Verb, Words};
use crate::text::Span;
use serde::{Deserialize, Serialize};
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
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<R> {
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
    /// One sentence.
    pub summary: Option<Marked<Words<R>>>,
    /// Other names.
    pub aliases: Aliases<R>,
    /// When it happened or was published.
    pub date: Option<Date>,
    /// Free words to group entries by, as written, each once.
    pub tags: Vec<Marked<String>>,
    /// Its marking; the dossier's default where it has none of its own.
    pub tlp: Tlp,
    /// What it rests on as a whole.
    pub sources: Vec<Cite<R>>,
    /// Who wrote it; empty for the dossier's authors.
    pub authors: Vec<Marked<String>>,
    /// Its language (BCP 47) where it differs from the dossier's.
    pub lang: Option<String>,
    /// Withheld until it is asked for.
    pub draft: bool,
    /// Withheld before that day.
    pub publish: Option<Day>,
    /// Last revised.
    pub updated: Option<Day>,
    /// What was changed, newest first.
    pub changes: Vec<Change<R>>,
    /// Taken back, with the reason.
    pub withdrawn: Option<Notice<R>>,
    /// Site paths of former pages, without the leading slash.
    pub redirect_from: Vec<Located<String>>,
    /// Names in other catalogues, in the order written: `attack` → `G0082`.
    pub external_ids: Vec<(String, Marked<String>)>,
    /// Every sourced value of the entry, in the order of the contract, then of writing. Names:
    /// `first_seen`, `last_seen`, `motive`, `dates`, `disclosed`, `loss.attempted`, `loss.actual`,
    /// `loss.recovered`, `loss.frozen`, and whatever stands under `facts`.
    pub facts: Vec<Fact<R>>,
    /// What it says of other entries.
    pub relations: Vec<Relation<R>>,
    /// What only its kind has.
    pub details: Details<R>,
    /// For templates, untouched.
    pub extra: Option<Data>,
    /// The prose.
    pub prose: Prose<R>,
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

/// Where the places of a text that links may lead to went in a part of it.
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

/// A name that somebody uses for the subject of the entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias<R> {
    /// The name.
    pub name: String,
    /// Who uses it.
    pub by: Option<Named<R>>,
    /// How what it names relates to the entry.
    pub overlap: Overlap,
    /// Who says so.
    pub sources: Vec<Cite<R>>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Its place.
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

/// A named value with the sources that state it; several where sources differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<R> {
    /// Its name: see [`Entry::facts`].
    pub name: String,
    /// The values as written; the chosen one, if several, is marked.
    pub versions: Vec<Version<R>>,
    /// The place of its key.
    pub span: Span,
}

/// One value of a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Version<R> {
    /// The value.
    pub value: Value,
    /// Who states it.
    pub sources: Vec<Cite<R>>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// A remark.
    pub note: Option<Words<R>>,
    /// When it held.
    pub as_of: Option<Date>,
    /// Why this one is chosen among several.
    pub chosen: Option<Words<R>>,
    /// Its place.
    pub span: Span,
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

/// A typed, directed statement about another entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation<R> {
    /// What it says.
    pub verb: Verb,
    /// Of whom.
    pub target: R,
    /// How likely.
    pub confidence: Option<Confidence>,
    /// Who says so.
    pub sources: Vec<Cite<R>>,
    /// Since when.
    pub start: Option<Date>,
    /// Until when.
    pub end: Option<Date>,
    /// The source denies it.
    pub denied: bool,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// A remark.
    pub note: Option<Words<R>>,
    /// Its place.
    pub span: Span,
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

/// Something that happened in the course of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<R> {
    /// When.
    pub date: Date,
    /// What happened, one sentence.
    pub what: Words<R>,
    /// Where.
    pub place: Option<R>,
    /// Who says so.
    pub sources: Vec<Cite<R>>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Its place in the file.
    pub span: Span,
}

/// Where a person stands before the law.
#[derive(Debug, Clone, PartialEq)]
pub struct Legal<R> {
    /// The status.
    pub status: LegalStatus,
    /// Since when.
    pub date: Option<Date>,
    /// By whom: a court, an authority.
    pub by: Option<Named<R>>,
    /// Who says so.
    pub sources: Vec<Cite<R>>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Its place.
    pub span: Span,
}

/// A judgement of the analysts'.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement<R> {
    /// What they judge.
    pub text: Words<R>,
    /// How likely they hold it.
    pub confidence: Option<Confidence>,
    /// What it rests on.
    pub sources: Vec<Cite<R>>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Its place.
    pub span: Span,
}

/// What only one kind of entry has.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the keys of front-matter.md, By kind")]
pub enum Details<R> {
    Actor {
        sophistication: Option<Marked<String>>,
    },
    Campaign,
    Incident {
        status: Option<IncidentStatus>,
        events: Vec<Event<R>>,
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
    Technique {
        tactics: Vec<Marked<String>>,
    },
    Vulnerability {
        cvss: Option<Marked<String>>,
    },
    Person {
        nationality: Option<Marked<String>>,
        legal: Vec<Legal<R>>,
    },
    Organisation {
        r#type: Option<String>,
        country: Option<Located<R>>,
    },
    Place {
        r#type: Option<String>,
        code: Option<String>,
        lat: Option<String>,
        lon: Option<String>,
    },
    Note {
        judgements: Vec<Judgement<R>>,
        key: bool,
    },
    Source(Box<Evidence<R>>),
}

/// What a source is and how far it is to be trusted.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence<R> {
    /// Who published it; `None` where that could not be read, and of a source that is withdrawn.
    pub publisher: Option<Located<Named<R>>>,
    /// When it was read.
    pub accessed: Option<Day>,
    /// Its address, `https:` or `http:`; defanged once released where it is an indicator.
    pub url: Option<Located<Outside>>,
    /// Where a copy is archived; the same.
    pub archived: Option<Located<Outside>>,
    /// How it is graded.
    pub grade: Option<Grade>,
    /// What sort of text it is.
    pub r#type: Option<String>,
    /// How much of its text was seen; `None` where nobody says, and then no page does.
    pub seen: Option<Seen>,
    /// The language that it is written in.
    pub language: Option<String>,
    /// A kept copy.
    pub snapshot: Option<Snapshot>,
    /// Taken back by its publisher.
    pub retracted: Option<Notice<R>>,
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
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the words of front-matter.md")]
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

impl<R> Details<R> {
    /// The details of a kind of which nothing is told.
    #[must_use]
    pub fn blank(kind: Kind) -> Details<R> {
        match kind {
            Kind::Actor => Details::Actor {
                sophistication: None,
            },
            Kind::Campaign => Details::Campaign,
            Kind::Incident => Details::Incident {
                status: None,
                events: Vec::new(),
            },
            Kind::Malware => Details::Malware {
                platforms: Vec::new(),
                types: Vec::new(),
                is_family: true,
            },
            Kind::Tool => Details::Tool {
                platforms: Vec::new(),
                types: Vec::new(),
            },
            Kind::Technique => Details::Technique {
                tactics: Vec::new(),
            },
            Kind::Vulnerability => Details::Vulnerability { cvss: None },
            Kind::Person => Details::Person {
                nationality: None,
                legal: Vec::new(),
            },
            Kind::Organisation => Details::Organisation {
                r#type: None,
                country: None,
            },
            Kind::Place => Details::Place {
                r#type: None,
                code: None,
                lat: None,
                lon: None,
            },
            Kind::Note => Details::Note {
                judgements: Vec::new(),
                key: false,
            },
            Kind::Source => Details::Source(Box::new(Evidence {
                publisher: None,
                accessed: None,
                url: None,
                archived: None,
                grade: None,
                r#type: None,
                seen: None,
                language: None,
                snapshot: None,
                retracted: None,
            })),
        }
    }
}

impl<R> Entry<R> {
    /// The page's address below the site's root: `actors/apt38/`.
    #[must_use]
    pub fn route(&self) -> String {
        [self.kind.folder(), "/", &self.slug, "/"].concat()
    }

    /// The fact of that name.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Fact<R>> {
        self.facts.iter().find(|fact| fact.name == name)
    }

    /// What a source entry is; `None` for every other kind.
    #[must_use]
    pub fn evidence(&self) -> Option<&Evidence<R>> {
        match &self.details {
            Details::Source(evidence) => Some(evidence),
            _ => None,
        }
    }

    /// The latest entry of a person's legal record.
    #[must_use]
    pub fn latest_legal(&self) -> Option<&Legal<R>> {
        let Details::Person { legal, .. } = &self.details else {
            return None;
        };
        legal
            .iter()
            .max_by_key(|legal| legal.date.map_or(Day::MIN, |date| date.sort_day()))
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

    /// When it happened or was published: `date`, or for incidents the chosen (else first) version
    /// of `dates`, or for those that act over time the chosen `first_seen`.
    #[must_use]
    pub fn when(&self) -> Option<Date> {
        let of_fact = |name: &str| {
            self.fact(name)
                .and_then(Fact::leading)
                .and_then(|version| match version.value {
                    Value::Date(date) => Some(date),
                    _ => None,
                })
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

impl<R> Fact<R> {
    /// The chosen version, or the only one. `None` where several stand and none is chosen (which in
    /// a release happens when the chosen one is withheld).
    #[must_use]
    pub fn chosen(&self) -> Option<&Version<R>> {
        match self.versions.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|version| version.chosen.is_some()),
        }
    }

    /// The chosen version, or else the first: what to sort and summarise by.
    #[must_use]
    pub fn leading(&self) -> Option<&Version<R>> {
        self.chosen().or(self.versions.first())
    }
}
