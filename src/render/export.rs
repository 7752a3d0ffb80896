//! Exports that stand in a site, and what readers are told of them.
//!
//! What an export of the whole says hangs on everything that any entry says: so it is noted, and so it is made again after any edit of
//! one. Of an entry it is noted what was read; but objects of STIX, and what is called by their ids, are made of all entries.

use super::Renderer;
use super::views::Facet;
use super::views::reads::Reads;
use crate::export::{self, Format, Noted, Read, Subject, stix};
use crate::model::PageId;
use crate::plan::Taxii;

/// Writes what the release says in a form, as a whole or of an entry.
pub(super) fn write(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    (format, of): (Format, Option<PageId>),
    buffer: &mut Vec<u8>,
) {
    let (these, noted) = (of.map(|id| [id]), Noted::default());
    let subject = Subject {
        of: these.as_ref().map(<[PageId; 1]>::as_slice),
        noted: Some(&noted),
        ..Subject::of(renderer.site, renderer.config)
    };
    // What cannot be made is a fault of this program: nothing half made is published.
    let made = renderer.exports.write(format, &subject, buffer);
    made.expect("memory takes whatever is written");
    if of.is_none() || is_of_all(format) {
        reads.everything();
        return;
    }
    for read in noted.into_read() {
        reads.note(match read {
            Read::Entry(id) => Facet::Entry(id),
            Read::Called(id) => Facet::Called(id),
            Read::Incoming(id) => Facet::Incoming(id),
        });
    }
}

/// Whether what a form says of one entry is made of what all say.
const fn is_of_all(format: Format) -> bool {
    match format {
        Format::Stix | Format::MispGalaxy => true,
        #[cfg(feature = "sqlite")]
        Format::Sqlite => true,
        Format::Json
        | Format::Csv
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
        | Format::Hosts => false,
    }
}

/// Writes what a TAXII client asks for.
pub(super) fn taxii(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    resource: Taxii,
    buffer: &mut Vec<u8>,
) {
    let site = reads.everything();
    let objects = || renderer.exports.objects(site, renderer.config);
    let made = stix::taxii::write(resource, objects, (site, renderer.config), buffer);
    made.expect("memory takes whatever is written");
}

/// Writes the schema of a form.
pub(super) fn schema(format: Format, buffer: &mut Vec<u8>) {
    if let Some(schema) = export::schema(format) {
        buffer.extend_from_slice(schema.as_bytes());
    }
}
