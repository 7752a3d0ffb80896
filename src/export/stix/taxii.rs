//! The objects of a bundle where a TAXII client looks for them, as files that stand still: discovery, an API root, one
//! collection, its objects and its manifest (TAXII Version 2.1, OASIS Standard, 10 June 2021).
//!
//! A host serves them under the addresses of folders, perhaps as if they were pages: so no sign that begins a tag stands in them. A file takes no
//! questions: filters and pages are for servers, and a client that asks for them gets all.

use super::Everything;
use crate::config::Config;
use crate::plan::{Site, TAXII_COLLECTION, Taxii, address};
use serde::Serialize;
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// The media type that a client insists on.
pub const MEDIA_TYPE: &str = "application/taxii+json;version=2.1";

/// What the objects are.
const STIX: &str = "application/stix+json;version=2.1";

#[derive(Serialize)]
struct Discovery<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    default: String,
    api_roots: [String; 1],
}

#[derive(Serialize)]
struct Root<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    versions: [&'static str; 1],
    max_content_length: u32,
}

#[derive(Serialize)]
struct Collections<'a> {
    collections: [Collection<'a>; 1],
}

#[derive(Serialize)]
struct Collection<'a> {
    id: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    can_read: bool,
    can_write: bool,
    media_types: [&'static str; 1],
}

#[derive(Serialize)]
struct Envelope<'a> {
    more: bool,
    objects: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    date_added: &'a str,
    version: &'a str,
    media_type: &'static str,
}

/// Writes a file. `objects` are those of the site, which only some of the files need.
///
/// # Errors
/// Where `out` does not take it.
pub fn write<'o>(
    resource: Taxii,
    objects: impl FnOnce() -> &'o Everything,
    (site, config): (&Site, &Config),
    out: &mut dyn Write,
) -> io::Result<()> {
    let (title, description) = (config.title.as_str(), config.description.as_deref());
    let collection = Collection {
        id: TAXII_COLLECTION,
        title,
        description,
        can_read: true,
        can_write: false,
        media_types: [STIX],
    };
    match resource {
        Taxii::Discovery => {
            let root = || address::absolute(config, &Taxii::Root.address());
            let discovery = Discovery {
                title,
                description,
                default: root(),
                api_roots: [root()],
            };
            json(&discovery, out)
        }
        Taxii::Root => {
            let root = Root {
                title,
                description,
                versions: [MEDIA_TYPE],
                // Nothing is taken in.
                max_content_length: 1,
            };
            json(&root, out)
        }
        Taxii::Collections => json(
            &Collections {
                collections: [collection],
            },
            out,
        ),
        Taxii::Collection => json(&collection, out),
        Taxii::Objects => {
            let bundle = objects().bundle(site, config, None);
            out.write_all(b"{\"more\":false,\"objects\":[")?;
            for (at, object) in bundle.objects.iter().enumerate() {
                if at > 0 {
                    out.write_all(b",")?;
                }
                object.write_tagless(out)?;
            }
            out.write_all(b"]}\n")
        }
        Taxii::Manifest => {
            let bundle = objects().bundle(site, config, None);
            let entries = bundle.objects.iter().map(|object| Entry {
                id: &object.id,
                date_added: &object.created,
                version: object.modified.as_ref().unwrap_or(&object.created),
                media_type: STIX,
            });
            let envelope = Envelope {
                more: false,
                objects: entries.collect(),
            };
            json(&envelope, out)
        }
        Taxii::Headers => headers(config, out),
    }
}

/// What hosts that read `_headers` (Cloudflare Pages, Netlify) are told: the type of all these files.
fn headers(config: &Config, out: &mut dyn Write) -> io::Result<()> {
    let folder = address::rooted(config, &Taxii::Discovery.address());
    writeln!(out, "{folder}*\n  Content-Type: {MEDIA_TYPE}")
}

fn json<T: Serialize>(value: &T, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, Tagless);
    value.serialize(&mut serializer)?;
    writeln!(out)
}

/// Writes JSON in which no sign stands that begins a tag or a reference to a sign.
struct Tagless;

impl Formatter for Tagless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '>', '&']) {
            writer.write_all(&rest.as_bytes()[..at])?;
            write!(writer, "\\u{:04x}", rest.as_bytes()[at])?;
            rest = &rest[at + 1..];
        }
        writer.write_all(rest.as_bytes())
    }
}
