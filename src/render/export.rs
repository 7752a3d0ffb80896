//! Exports that stand in a site, and what readers are told of them.
//!
//! What an export says hangs on everything that any entry says: so it is noted, and so it is made again after any edit of one.

use super::Renderer;
use super::views::reads::Reads;
use crate::export::{self, Format, Subject, stix};
use crate::model::PageId;
use crate::plan::Taxii;

/// Writes what the release says in a form, as a whole or of an entry.
pub(super) fn write(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    (format, of): (Format, Option<PageId>),
    buffer: &mut Vec<u8>,
) {
    reads.everything();
    let these = of.map(|id| [id]);
    let subject = Subject {
        site: renderer.site,
        config: renderer.config,
        of: these.as_ref().map(<[PageId; 1]>::as_slice),
    };
    // What cannot be made is a fault of this program: nothing half made is published.
    let made = renderer.exports.write(format, &subject, buffer);
    made.expect("memory takes whatever is written");
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
