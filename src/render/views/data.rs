//! What the dossier is given on as: the page that lists it, and what an entry's page lists of its own.

use super::At;
use super::shape::{DataView, Download, Export};
use crate::export::{Format, Subject};
use crate::model::{Entry, PageId};
use crate::plan::{
    Taxii, address, entry_export_address, entry_feed_address, export_address, exports_of,
    schema_address,
};
use crate::render::language::Word;

/// The page.
pub(super) fn view<'a>(at: &At<'a>) -> DataView<'a> {
    let exports = &at.config.exports;
    // The sizes tell of everything.
    let site = (!exports.whole.is_empty()).then(|| at.reads.everything());
    let subject = site.map(|site| Subject::of(site, at.config));
    let whole = subject.iter().flat_map(|subject| {
        let forms = exports.whole.iter();
        forms.filter_map(move |&it| export(at, it, subject))
    });
    DataView {
        heading: at.language.say(Word::DataTitle),
        whole: whole.collect(),
        taxii: exports.taxii.then(|| {
            let url = address::absolute(at.config, &Taxii::Discovery.address());
            format!("taxii2client.v21.Server(\"{url}\")")
        }),
        entries: exports.entries.iter().map(|it| it.label()).collect(),
    }
}

fn export<'a>(at: &At<'a>, format: Format, subject: &Subject<'_>) -> Option<Export<'a>> {
    let sum = at.exports.sum(format, subject)?;
    let to = export_address(format);
    let file = last(&to);
    Some(Export {
        name: format.name(),
        label: format.label(),
        about: at.language.say(about(format)),
        live: format.is_live(),
        media_type: format.media_type(),
        size: size(at, sum.size),
        sha256: sum.sha256.clone(),
        example: example(format, &file, &address::absolute(at.config, &to)),
        schema: { format.is_of_our_own() }.then(|| at.path(&schema_address(format))),
        path: at.path(&to),
        file,
    })
}

/// What lies beside an entry's page.
pub(super) fn of_entry(at: &At<'_>, entry: &Entry<PageId>) -> Vec<Download> {
    let forms = exports_of(&at.config.exports, entry, |id| at.reads.kind(id));
    let download = |format: Format| {
        let to = entry_export_address(entry, format);
        Download {
            label: format.label(),
            path: at.path(&to),
            file: last(&to),
            media_type: format.media_type(),
        }
    };
    let feed = { at.config.exports.feeds && entry.kind.is_of_entries() }.then(|| {
        let to = entry_feed_address(entry);
        Download {
            label: "Atom",
            path: at.path(&to),
            file: last(&to),
            media_type: "application/atom+xml",
        }
    });
    forms.map(download).chain(feed).collect()
}

/// The name of the file at an address.
fn last(address: &str) -> String {
    let name = address.rsplit('/').next();
    name.unwrap_or(address).to_owned()
}

/// What a form holds.
const fn about(format: Format) -> Word {
    match format {
        Format::Json => Word::DataJson,
        Format::Stix => Word::DataStix,
        Format::Csv => Word::DataCsv,
        Format::CslJson => Word::DataCslJson,
        Format::Bibtex => Word::DataBibtex,
        Format::Ris => Word::DataRis,
        Format::Graphml => Word::DataGraphml,
        Format::Gexf => Word::DataGexf,
        Format::Navigator => Word::DataNavigator,
        Format::IndicatorsCsv => Word::DataIndicatorsCsv,
        Format::IndicatorsTxt => Word::DataIndicatorsTxt,
        Format::StixPatterns => Word::DataStixPatterns,
        Format::Suricata => Word::DataSuricata,
        Format::Hosts => Word::DataHosts,
        Format::MispGalaxy => Word::DataMispGalaxy,
        #[cfg(feature = "sqlite")]
        Format::Sqlite => Word::DataSqlite,
    }
}

/// A line that reads a file of a form, in the tool that its users have.
fn example(format: Format, file: &str, url: &str) -> String {
    match format {
        Format::Json => format!("curl -s {url} | jq -r '.entries[] | [.kind, .title] | @tsv'"),
        Format::Stix => format!("stix2.parse(open(\"{file}\"), allow_custom=True)"),
        Format::Csv => format!("pandas.read_csv(\"{url}\")"),
        Format::CslJson => format!("pandoc --citeproc --bibliography {file} text.md -o text.pdf"),
        Format::Bibtex => format!("\\addbibresource{{{file}}}"),
        Format::Ris => format!("pandoc --from ris --to markdown {file}"),
        Format::Graphml => format!("networkx.read_graphml(\"{file}\")"),
        Format::Gexf => format!("networkx.read_gexf(\"{file}\")"),
        Format::Navigator => {
            format!("https://mitre-attack.github.io/attack-navigator/#layerURL={url}")
        }
        Format::IndicatorsCsv => format!("pandas.read_csv(\"{url}\").groupby(\"type\")"),
        Format::MispGalaxy => format!("pymispgalaxies.Cluster(\"{file}\")"),
        #[cfg(feature = "sqlite")]
        Format::Sqlite => {
            format!("sqlite3 {file} 'SELECT kind, count(*) FROM entries GROUP BY kind'")
        }
        Format::IndicatorsTxt => format!("curl -s {url} | grep -v '^#'"),
        Format::StixPatterns => format!("pandas.read_csv(\"{url}\")[\"pattern\"]"),
        Format::Suricata => format!("suricata -T -S {file}"),
        Format::Hosts => format!("curl -s {url} | grep '^0.0.0.0'"),
    }
}

/// A size in bytes as people read it.
fn size(at: &At<'_>, bytes: u64) -> String {
    let (word, unit) = match bytes {
        ..1_000 => (Word::DataBytes, 1),
        1_000..1_000_000 => (Word::DataKilobytes, 1_000),
        _ => (Word::DataMegabytes, 1_000_000),
    };
    let tenths = bytes.saturating_mul(10) / unit;
    let written = match unit > 1 && tenths < 100 {
        true => format!("{}.{}", tenths / 10, tenths % 10),
        false => (tenths / 10).to_string(),
    };
    at.language.with(word, &at.language.figure(&written))
}
