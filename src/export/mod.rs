//! What a release says, in the forms that other tools read.
//!
//! Takes a released [`Site`], its settings and perhaps some of its entries; gives the bytes of one [`Format`], or the files of one [`Folder`]. What is
//! withheld is not there to be given: an export is, byte for byte, that of the dossier without it. Reads no file, no
//! clock; the same release gives the same bytes. Whatever an export shows raises the marking that it bears.
//!
//! Each form has a module of its own and says in the manual what it cannot carry. All start from the same account
//! (`said`, `text`, `marking`), so that they say the same, and read entries through `pages`, which notes what is read.
//!
//! # What a command does
//!
//! As `dossier export json` gives the dossier of a folder to everybody:
//!
//! ```
//! use dossier::assess::{self, Wish};
//! use dossier::export::{self, Format, Subject};
//! use dossier::{load, pipeline::Pipeline};
//! use std::path::Path;
//!
//! let inputs = load::load(Path::new("examples/colonial-pipeline"))?;
//! let wish = Wish {
//!     audience: None,
//!     drafts: false,
//!     today: "2026-01-31".parse()?,
//!     strict: false,
//!     base_url: None,
//! };
//! let found = assess::assess(&mut Pipeline::once(), &inputs, &wish, &mut |_| {});
//! // Nothing is given away of a dossier with errors: `found.problems` tells which.
//! let built = found.site.as_ref().expect("a dossier without errors");
//! let mut json = Vec::new();
//! export::write(Format::Json, &Subject::of(&built.site, &found.config), &mut json)?;
//!
//! assert!(json.starts_with(b"{\n  \"version\": 1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What stands in it is read without a detour, too: [`Statement`] is what an entry says, with its sources.

mod bibliography;

mod csv;

mod graph;

mod indicators;

mod json;

mod marking;

mod misp;

mod navigator;

mod pages;

mod said;

#[cfg(feature = "sqlite")]
mod sqlite;

pub mod stix;

mod ready;

mod text;

mod xml;

pub use crate::model::Format;
pub(crate) use bibliography::tex;
pub use pages::{Noted, Read};
pub use ready::{Ready, Sum};

use self::pages::Pages;
use crate::config::Config;
use crate::model::{Entry, PageId, Statement};
use crate::plan::Site;
use crate::release::Release;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// What a statement says, in words.
#[must_use]
pub fn says(release: &Release, statement: &Statement<PageId>) -> String {
    said::says(Pages::of(release, None), statement)
}

/// The JSON Schema of what a form gives, where it is one of our own.
#[must_use]
pub const fn schema(format: Format) -> Option<&'static str> {
    match format {
        Format::Json => Some(json::SCHEMA),
        Format::Stix => Some(stix::SCHEMA),
        Format::Csv
        | Format::CslJson
        | Format::Bibtex
        | Format::Ris
        | Format::Graphml
        | Format::Gexf
        | Format::Navigator
        | Format::IndicatorsCsv
        | Format::IndicatorsTxt
        | Format::StixPatterns
        | Format::Suricata
        | Format::Hosts
        | Format::MispGalaxy => None,
        #[cfg(feature = "sqlite")]
        Format::Sqlite => None,
    }
}

/// The forms that are folders of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Folder {
    /// Incidents as events of MISP.
    MispFeed,
    /// Indicators as lists, a file for each type.
    IndicatorLists,
}

/// A file of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, which no other of the folder has.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Folder {
    /// Every form, in the order in which they are listed.
    pub const ALL: [Folder; 2] = [Folder::MispFeed, Folder::IndicatorLists];

    /// Its name, as it is asked for.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Folder::MispFeed => "misp-feed",
            Folder::IndicatorLists => "indicator-lists",
        }
    }

    /// What it holds, in a line.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Folder::MispFeed => "A folder of events, as MISP fetches it",
            Folder::IndicatorLists => "A folder of lists, live, one for each type of indicator",
        }
    }

    /// Whether a file of such a folder can be called so.
    #[must_use]
    pub fn has_file(self, name: &str) -> bool {
        match self {
            Folder::MispFeed => misp::feed::has_file(name),
            Folder::IndicatorLists => indicators::is_list(name),
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Folder> {
        Folder::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What is exported.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What may be shown.
    pub site: &'a Site,
    /// Its settings.
    pub config: &'a Config,
    /// Which of its entries; all where that is not said.
    pub of: Option<&'a [PageId]>,
    /// Where it is noted what is read, if somebody asks.
    pub noted: Option<&'a Noted>,
}

impl<'a> Subject<'a> {
    /// All of a site.
    #[must_use]
    pub fn of(site: &'a Site, config: &'a Config) -> Subject<'a> {
        Subject {
            site,
            config,
            of: None,
            noted: None,
        }
    }

    /// The same of all entries.
    fn whole(&self) -> Subject<'a> {
        Subject { of: None, ..*self }
    }

    fn release(&self) -> Pages<'a> {
        Pages::of(&self.site.release, self.noted)
    }

    /// Its entries, by kind and slug, each once.
    fn ids(&self) -> Vec<PageId> {
        match self.of {
            Some(of) => of
                .iter()
                .copied()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            None => self.release().ids().collect(),
        }
    }

    /// The same, with the entries.
    fn entries(&self) -> impl Iterator<Item = (PageId, &'a Entry<PageId>)> + use<'a> {
        let release = self.release();
        let ids = self.ids().into_iter();
        ids.map(move |id| (id, release.page(id)))
    }
}

/// Writes an export.
///
/// # Errors
/// Where `out` does not take it.
pub fn write(format: Format, subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => json::write(subject, out),
        Format::Stix => {
            let Subject {
                site,
                config,
                of,
                noted: _,
            } = *subject;
            match of {
                None => stix::write(site, config, out),
                Some(_) => {
                    let objects = stix::Everything::of(site, config);
                    objects.bundle(site, config, of).write(out)
                }
            }
        }
        Format::Csv => csv::statements(subject, out),
        Format::CslJson => bibliography::csl::write(subject, out),
        Format::Bibtex => bibliography::bibtex::write(subject, out),
        Format::Ris => bibliography::ris::write(subject, out),
        Format::Graphml => graph::graphml(subject, out),
        Format::Gexf => graph::gexf(subject, out),
        Format::Navigator => navigator::write(subject, out),
        Format::IndicatorsCsv => indicators::as_csv(subject, out),
        Format::IndicatorsTxt => indicators::as_text(subject, out),
        Format::StixPatterns => indicators::as_patterns(subject, out),
        Format::Suricata => indicators::as_suricata(subject, out),
        Format::Hosts => indicators::as_hosts(subject, out),
        Format::MispGalaxy => misp::galaxy::write(subject, out),
        #[cfg(feature = "sqlite")]
        Format::Sqlite => sqlite::write(subject, out),
    }
}

/// The files of an export that is a folder, by name.
#[must_use]
pub fn files(folder: Folder, subject: &Subject<'_>) -> Vec<File> {
    match folder {
        Folder::MispFeed => misp::feed::files(subject),
        Folder::IndicatorLists => indicators::as_lists(subject),
    }
}

/// An export as bytes.
///
/// # Panics
/// Where a form cannot be made, which is a fault of this program: nothing half made is given.
#[must_use]
pub fn bytes(format: Format, subject: &Subject<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(format, subject, &mut bytes).expect("memory takes whatever is written");
    bytes
}
