//! What a release says, in the forms that other tools read.
//!
//! Takes a released [`Site`], its settings and perhaps some of its entries; gives the bytes of one [`Format`]. What is
//! withheld is not there to be given: an export is, byte for byte, that of the dossier without it. Reads no file, no
//! clock; the same release gives the same bytes. Whatever an export shows raises the marking that it bears.
//!
//! Each form has a module of its own and says in the manual what it cannot carry. All start from the same account
//! (`said`, `text`, `marking`), so that they say the same.

mod bibliography;

mod csv;

mod graph;

mod indicators;

mod json;

mod marking;

mod navigator;

mod said;

pub mod stix;

mod text;

mod xml;

pub(crate) use bibliography::tex;
pub use said::says;

use crate::config::Config;
use crate::model::{Entry, PageId};
use crate::plan::Site;
use crate::release::Release;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The forms that are written. Each is one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Every entry with all that it says.
    Json,
    /// A bundle of STIX 2.1.
    Stix,
    /// A row for each statement.
    Csv,
    /// The sources, as Zotero, Pandoc and others read them.
    CslJson,
    /// The sources for BibLaTeX.
    Bibtex,
    /// The sources in RIS.
    Ris,
    /// Entries and relations as a graph.
    Graphml,
    /// The same for Gephi.
    Gexf,
    /// Techniques as a layer of the ATT&CK Navigator.
    Navigator,
    /// A row for each indicator.
    IndicatorsCsv,
    /// Nothing but the indicators, by type.
    IndicatorsTxt,
}

impl Format {
    /// Every form, in the order in which they are listed.
    pub const ALL: [Format; 11] = [
        Format::Json,
        Format::Stix,
        Format::Csv,
        Format::CslJson,
        Format::Bibtex,
        Format::Ris,
        Format::Graphml,
        Format::Gexf,
        Format::Navigator,
        Format::IndicatorsCsv,
        Format::IndicatorsTxt,
    ];

    /// Its name, as it is asked for.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Stix => "stix",
            Format::Csv => "csv",
            Format::CslJson => "csl-json",
            Format::Bibtex => "bibtex",
            Format::Ris => "ris",
            Format::Graphml => "graphml",
            Format::Gexf => "gexf",
            Format::Navigator => "navigator",
            Format::IndicatorsCsv => "indicators-csv",
            Format::IndicatorsTxt => "indicators-txt",
        }
    }

    /// What a file of it ends in, after the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Json | Format::Stix | Format::CslJson | Format::Navigator => "json",
            Format::Csv | Format::IndicatorsCsv => "csv",
            Format::Bibtex => "bib",
            Format::Ris => "ris",
            Format::Graphml => "graphml",
            Format::Gexf => "gexf",
            Format::IndicatorsTxt => "txt",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Json | Format::Navigator => "application/json",
            Format::Stix => "application/stix+json;version=2.1",
            Format::Csv | Format::IndicatorsCsv => "text/csv; charset=utf-8",
            Format::CslJson => "application/vnd.citationstyles.csl+json",
            Format::Bibtex => "application/x-bibtex",
            Format::Ris => "application/x-research-info-systems",
            Format::Graphml => "application/graphml+xml",
            Format::Gexf => "application/gexf+xml",
            Format::IndicatorsTxt => "text/plain; charset=utf-8",
        }
    }

    /// What it holds, in a line.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Format::Json => "Every entry with all that it says",
            Format::Stix => "A bundle for platforms of threat intelligence",
            Format::Csv => "A row for each statement, for spreadsheets",
            Format::CslJson => "The sources for Zotero, Pandoc and others",
            Format::Bibtex => "The sources for BibLaTeX",
            Format::Ris => "The sources for EndNote, Zotero and others",
            Format::Graphml => "Entries and relations as a graph",
            Format::Gexf => "The same graph for Gephi",
            Format::Navigator => "Techniques as a layer of the ATT&CK Navigator",
            Format::IndicatorsCsv => "A row for each indicator, live",
            Format::IndicatorsTxt => "The indicators alone, live, by type",
        }
    }

    /// The JSON Schema of what it gives, where it is a form of our own.
    #[must_use]
    pub const fn schema(self) -> Option<&'static str> {
        match self {
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
            | Format::IndicatorsTxt => None,
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|it| it.name() == name)
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
}

impl<'a> Subject<'a> {
    fn release(&self) -> &'a Release {
        &self.site.release
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
            None => self.release().iter().map(|(id, _)| id).collect(),
        }
    }

    /// The same, with the entries.
    fn entries(&self) -> impl Iterator<Item = (PageId, &'a Entry<PageId>)> + use<'a> {
        let release = self.release();
        self.ids().into_iter().map(|id| (id, release.page(id)))
    }
}

/// Writes an export.
///
/// # Errors
/// Where `out` does not take it.
pub fn write(format: Format, subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => json::write(subject, out),
        Format::Stix => stix::bundle(subject.site, subject.config, subject.of).write(out),
        Format::Csv => csv::statements(subject, out),
        Format::CslJson => bibliography::csl::write(subject, out),
        Format::Bibtex => bibliography::bibtex::write(subject, out),
        Format::Ris => bibliography::ris::write(subject, out),
        Format::Graphml => graph::graphml(subject, out),
        Format::Gexf => graph::gexf(subject, out),
        Format::Navigator => navigator::write(subject, out),
        Format::IndicatorsCsv => indicators::as_csv(subject, out),
        Format::IndicatorsTxt => indicators::as_text(subject, out),
    }
}

/// An export as bytes.
#[must_use]
pub fn bytes(format: Format, subject: &Subject<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Memory takes whatever is written.
    let _ = write(format, subject, &mut bytes);
    bytes
}
