//! The thirteen kinds of entry, and the pages that are about the dossier itself: a closed set.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What an entry is about. The order is the order of navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(
    missing_docs,
    reason = "each is described in front-matter terms by its own name"
)]
pub enum Kind {
    Actor,
    Campaign,
    Incident,
    Malware,
    Tool,
    Infrastructure,
    Technique,
    Vulnerability,
    Person,
    Organisation,
    Place,
    Note,
    Source,
    /// No entry: a page about the dossier, such as an imprint. It stands in no index, list of news or feed.
    Page,
}

impl Kind {
    /// Every kind, in the order of navigation.
    pub const ALL: [Kind; 14] = [
        Kind::Actor,
        Kind::Campaign,
        Kind::Incident,
        Kind::Malware,
        Kind::Tool,
        Kind::Infrastructure,
        Kind::Technique,
        Kind::Vulnerability,
        Kind::Person,
        Kind::Organisation,
        Kind::Place,
        Kind::Note,
        Kind::Source,
        Kind::Page,
    ];

    /// The kind's name in front matter terms and JSON: `actor`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Actor => "actor",
            Kind::Campaign => "campaign",
            Kind::Incident => "incident",
            Kind::Malware => "malware",
            Kind::Tool => "tool",
            Kind::Infrastructure => "infrastructure",
            Kind::Technique => "technique",
            Kind::Vulnerability => "vulnerability",
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Place => "place",
            Kind::Note => "note",
            Kind::Source => "source",
            Kind::Page => "page",
        }
    }

    /// The folder below `content/`, which is also the first part of the route: `actors`.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Kind::Actor => "actors",
            Kind::Campaign => "campaigns",
            Kind::Incident => "incidents",
            Kind::Malware => "malware",
            Kind::Tool => "tools",
            Kind::Infrastructure => "infrastructure",
            Kind::Technique => "techniques",
            Kind::Vulnerability => "vulnerabilities",
            Kind::Person => "people",
            Kind::Organisation => "organisations",
            Kind::Place => "places",
            Kind::Note => "notes",
            Kind::Source => "sources",
            Kind::Page => "pages",
        }
    }

    /// The plural as a heading: `Actors`.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Kind::Actor => "Actors",
            Kind::Campaign => "Campaigns",
            Kind::Incident => "Incidents",
            Kind::Malware => "Malware",
            Kind::Tool => "Tools",
            Kind::Infrastructure => "Infrastructure",
            Kind::Technique => "Techniques",
            Kind::Vulnerability => "Vulnerabilities",
            Kind::Person => "People",
            Kind::Organisation => "Organisations",
            Kind::Place => "Places",
            Kind::Note => "Notes",
            Kind::Source => "Sources",
            Kind::Page => "Pages",
        }
    }

    /// What the date of such an entry is, as a heading: `First seen`.
    #[must_use]
    pub const fn dated(self) -> &'static str {
        match self {
            Kind::Actor | Kind::Campaign | Kind::Malware | Kind::Tool | Kind::Infrastructure => {
                "First seen"
            }
            Kind::Incident => "Happened",
            Kind::Vulnerability | Kind::Note | Kind::Source => "Published",
            Kind::Technique | Kind::Person | Kind::Organisation | Kind::Place | Kind::Page => {
                "Date"
            }
        }
    }

    /// Whether it is a kind of entry, which has an index, stands among the news and in feeds.
    #[must_use]
    pub const fn is_of_entries(self) -> bool {
        !matches!(self, Kind::Page)
    }

    /// The kind that a folder below `content/` holds.
    #[must_use]
    pub fn from_folder(folder: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.folder() == folder)
    }

    /// The kind of that name, singular or plural.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == name || kind.folder() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
