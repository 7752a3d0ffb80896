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

mod ready;

mod text;

mod xml;

pub use crate::model::Format;
pub(crate) use bibliography::tex;
pub use ready::{Ready, Sum};
pub use said::says;

use crate::config::Config;
use crate::model::{Entry, PageId};
use crate::plan::Site;
use crate::release::Release;
use std::collections::BTreeSet;
use std::io::{self, Write};

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
        | Format::IndicatorsTxt => None,
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
    /// The same of all entries.
    fn whole(&self) -> Subject<'a> {
        Subject { of: None, ..*self }
    }

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
        Format::Stix => {
            let Subject { site, config, of } = *subject;
            let objects = stix::Everything::of(site, config);
            objects.bundle(site, config, of).write(out)
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
