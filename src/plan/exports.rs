//! Which exports stand in a site, and where.
//!
//! Takes what the settings ask for and a release; gives addresses. Makes no bytes: `crate::export` does. Of an entry stand the forms
//! that have something to say of it, so that no file is empty.

use super::{Made, Site};
use crate::config::Exports;
use crate::model::indicator::IndicatorKind;
use crate::model::{Entry, Format, Kind, PageId, Verb, statics};
use serde::{Deserialize, Serialize};

/// Where all exports are listed, and where those of the whole lie.
pub const DATA: &str = "data/";

/// What files of the whole are called, before what tells their form.
const WHOLE: &str = "dossier";

/// The address of an export of the whole.
#[must_use]
pub fn export_address(format: Format) -> String {
    format!("{DATA}{WHOLE}{}", format.suffix())
}

/// The address of an entry's export: beside its page, and called after it, as it is when somebody has taken it away.
#[must_use]
pub fn entry_export_address(entry: &Entry<PageId>, format: Format) -> String {
    format!("{}{}{}", entry.route(), entry.slug, format.suffix())
}

/// The address of a form's schema.
#[must_use]
pub fn schema_address(format: Format) -> String {
    format!("{DATA}{}.schema.json", format.name())
}

/// The forms that stand beside an entry's page; `kind` tells that of another entry.
pub fn exports_of<'a>(
    exports: &'a Exports,
    entry: &'a Entry<PageId>,
    kind: impl Fn(PageId) -> Kind,
) -> impl Iterator<Item = Format> {
    let forms = exports.entries.iter().copied();
    forms.filter(move |&format| says(format, entry, &kind))
}

/// Whether an export in a form says anything of an entry.
fn says(format: Format, entry: &Entry<PageId>, kind: &dyn Fn(PageId) -> Kind) -> bool {
    entry.kind.is_of_entries()
        && match format {
            Format::Json | Format::Stix | Format::Graphml | Format::Gexf => true,
            Format::Csv => entry.statements.iter().next().is_some(),
            Format::CslJson | Format::Bibtex | Format::Ris => {
                entry.kind == Kind::Source || cites(entry)
            }
            Format::MispGalaxy => entry.kind == Kind::Actor,
            #[cfg(feature = "sqlite")]
            Format::Sqlite => true,
            Format::Navigator => entry.kind == Kind::Technique || uses_technique(entry, kind),
            Format::Hosts => {
                let mut lines = entry.prose.body.indicators.iter();
                entry.kind == Kind::Infrastructure
                    || lines.any(|line| line.indicator.kind == IndicatorKind::Domain)
            }
            Format::IndicatorsCsv
            | Format::IndicatorsTxt
            | Format::StixPatterns
            | Format::Suricata => {
                entry.kind == Kind::Infrastructure || !entry.prose.body.indicators.is_empty()
            }
        }
}

fn cites(entry: &Entry<PageId>) -> bool {
    !entry.sources.is_empty()
        || entry.statements.iter().any(|it| !it.sources.is_empty())
        || entry.texts().any(|(_, text)| !text.cites.is_empty())
}

fn uses_technique(entry: &Entry<PageId>, kind: &dyn Fn(PageId) -> Kind) -> bool {
    let mut relations = entry.statements.relations();
    relations.any(|it| it.what.verb == Verb::Uses && kind(it.what.target) == Kind::Technique)
}

/// The collection of TAXII: there is one, whatever the dossier, and its id has to be one of those of UUIDs.
pub const TAXII_COLLECTION: &str = "ba3642b4-f16e-5f42-b947-70f5af7b7394";

/// What a TAXII client asks for, as a file (TAXII 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Taxii {
    /// Which API roots there are (section 4.1).
    Discovery,
    /// The one that there is (section 4.2).
    Root,
    /// Which collections it has (section 5.1).
    Collections,
    /// The one that there is (section 5.2).
    Collection,
    /// Its objects (section 5.4).
    Objects,
    /// Which objects it has, in which version (section 5.3).
    Manifest,
    /// What hosts are told of the type of these files.
    Headers,
}

impl Taxii {
    /// All files.
    pub const ALL: [Taxii; 7] = [
        Taxii::Discovery,
        Taxii::Root,
        Taxii::Collections,
        Taxii::Collection,
        Taxii::Objects,
        Taxii::Manifest,
        Taxii::Headers,
    ];

    /// Its address: that of a folder, as clients ask for it.
    #[must_use]
    pub fn address(self) -> String {
        let collection = |rest: &str| format!("taxii2/root/collections/{TAXII_COLLECTION}/{rest}");
        match self {
            Taxii::Discovery => "taxii2/".to_owned(),
            Taxii::Root => "taxii2/root/".to_owned(),
            Taxii::Collections => "taxii2/root/collections/".to_owned(),
            Taxii::Collection => collection(""),
            Taxii::Objects => collection("objects/"),
            Taxii::Manifest => collection("manifest/"),
            Taxii::Headers => HEADERS.to_owned(),
        }
    }
}

/// Where hosts look for headers.
const HEADERS: &str = "_headers";

/// Every export, with its address.
pub(super) fn all(site: &Site) -> Vec<(String, Made)> {
    let exports = &*site.exports;
    let whole = exports.whole.iter().map(|&format| {
        let address = export_address(format);
        (address, Made::Export(format, None))
    });
    let schemas = Format::ALL.into_iter().filter(|it| {
        it.is_of_our_own() && (exports.whole.contains(it) || exports.entries.contains(it))
    });
    let schemas = schemas.map(|format| (schema_address(format), Made::Schema(format)));
    let release = &site.release;
    let kind = |id: PageId| release.page(id).kind;
    let entries = release.iter().flat_map(|(id, entry)| {
        exports_of(exports, entry, kind).map(move |format| {
            let address = entry_export_address(entry, format);
            (address, Made::Export(format, Some(id)))
        })
    });
    // A file of the writer's own says what it has to.
    let headers = (site.statics.iter())
        .filter_map(|path| statics::split(path))
        .any(|(_, _, below)| below == HEADERS);
    let taxii = Taxii::ALL
        .into_iter()
        .filter(|&it| exports.taxii && !(it == Taxii::Headers && headers));
    let taxii = taxii.map(|it| (it.address(), Made::Taxii(it)));
    { whole.chain(schemas) }
        .chain(taxii)
        .chain(entries)
        .collect()
}
