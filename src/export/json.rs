//! Every entry with all that it says, as JSON of our own.
//!
//! The names are stable: what is added is added beside them, and `version` counts what is not. What the fields mean says
//! the schema ([`SCHEMA`]). Entries are made one after the other, so that an export needs no more room than one of them.

use super::pages::Pages;
use super::said::{By, Cited, Said, When, by, cited, is_false, statements};
use super::text::{body, sentence};
use super::{Subject, indicators, marking};
use crate::model::address::Outside;
use crate::model::{
    self, Change, Details, Evidence, Head, Located, Notice, PageId, Seen, Snapshot,
};
use crate::plan::address;
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// What an export is made as.
const VERSION: u32 = 1;

/// The JSON Schema of an export.
pub(super) const SCHEMA: &str = include_str!("json.schema.json");

#[derive(Serialize)]
struct Export<'a> {
    version: u32,
    /// The highest marking of all that stands in it.
    tlp: &'static str,
    dossier: Dossier<'a>,
    entries: Entries<'a>,
}

#[derive(Serialize)]
struct Dossier<'a> {
    title: &'a str,
    url: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    authors: &'a [String],
}

struct Entries<'a>(Subject<'a>);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Entries(subject) = self;
        serializer.collect_seq(subject.entries().map(|(_, it)| entry(subject, it)))
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    kind: &'static str,
    slug: &'a str,
    title: &'a str,
    url: String,
    /// The highest marking of all that stands here.
    tlp: &'static str,
    /// What the entry bears as a whole.
    own_tlp: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    draft: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    publish: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rights: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external_ids: Vec<ExternalId<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<Taken>,
    #[serde(skip_serializing_if = "Own::is_empty")]
    details: Own<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source<'a>>,
    statements: Vec<Said<'a>>,
    /// What it rests on as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Cited<'a>>,
    /// What its text and its sentences cite.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cites: Vec<Cited<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    indicators: Vec<Indicator<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Changed>,
}

#[derive(Serialize)]
struct ExternalId<'a> {
    catalogue: &'a str,
    id: &'a str,
}

/// A notice.
#[derive(Serialize)]
struct Taken {
    date: When,
    reason: String,
}

#[derive(Serialize)]
struct Changed {
    date: String,
    what: String,
    #[serde(skip_serializing_if = "is_false")]
    correction: bool,
}

#[derive(Serialize)]
struct Indicator<'a> {
    r#type: &'static str,
    value: String,
    defanged: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    sources: Vec<&'a str>,
    tlp: &'static str,
}

/// What only some kinds have, under the keys of front matter.
#[derive(Default, PartialEq, Serialize)]
struct Own<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sophistication: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    platforms: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    types: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_family: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tactics: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cvss: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nationality: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sector: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    key: bool,
}

impl Own<'_> {
    fn is_empty(&self) -> bool {
        *self == Own::default()
    }
}

/// What a source is.
#[derive(Serialize)]
struct Source<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<By<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Address<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archived: Option<Address<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<Graded>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<Copied<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retracted: Option<Taken>,
}

#[derive(Serialize)]
struct Address<'a> {
    address: &'a str,
    /// It is an indicator of the dossier, and is written so that nothing follows it.
    #[serde(skip_serializing_if = "is_false")]
    defanged: bool,
}

#[derive(Serialize)]
struct Graded {
    grade: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<&'static str>,
    credibility: &'static str,
}

#[derive(Serialize)]
struct Copied<'a> {
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    taken: Option<String>,
}

pub(super) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let config = subject.config;
    let export = Export {
        version: VERSION,
        tlp: marking::whole(subject).name(),
        dossier: Dossier {
            title: &config.title,
            url: &config.base_url,
            language: &config.language,
            description: config.description.as_deref(),
            authors: &config.authors,
        },
        entries: Entries(*subject),
    };
    serde_json::to_writer_pretty(&mut *out, &export).map_err(io::Error::from)?;
    writeln!(out)
}

fn entry<'a>(subject: &Subject<'a>, entry: &'a model::Entry<PageId>) -> Entry<'a> {
    let release = subject.release();
    let model::Entry {
        head,
        summary,
        statements: _,
        sources,
        changes,
        withdrawn,
        publisher,
        retracted,
        country,
        prose,
    } = entry;
    let Head {
        kind,
        slug,
        // Where it was read is nobody's business.
        path: _,
        id,
        title,
        // That of lists, which may be another one.
        date: _,
        tags,
        tlp,
        authors,
        rights,
        lang,
        draft,
        publish,
        updated: _,
        // They lead to the page.
        redirect_from: _,
        external_ids,
        details,
        // For templates, and untouched.
        extra: _,
    } = &**head;
    let texts = entry.texts().flat_map(|(_, text)| &text.cites);
    let mut cites: Vec<Cited<'a>> = texts
        .flat_map(|it| cited(release, std::slice::from_ref(it)))
        .collect();
    cites.sort_by(|a, b| (a.source, a.at).cmp(&(b.source, b.at)));
    cites.dedup_by(|a, b| (a.source, a.at) == (b.source, b.at));
    let lines = indicators::of(subject, entry);
    Entry {
        id,
        kind: kind.name(),
        slug,
        title,
        url: address::absolute(subject.config, &entry.route()),
        tlp: marking::entry(release, entry).name(),
        own_tlp: tlp.name(),
        draft: *draft,
        publish: publish.map(|day| day.to_string()),
        language: lang.as_deref(),
        date: entry.when().as_ref().map(When::of),
        updated: entry.last_changed().map(|day| day.to_string()),
        summary: summary.as_ref().map(|it| sentence(release, &it.value)),
        authors: values(authors),
        rights: values(rights),
        tags: values(tags),
        external_ids: { external_ids.iter() }
            .map(|(catalogue, id)| ExternalId {
                catalogue,
                id: &id.value,
            })
            .collect(),
        withdrawn: withdrawn.as_ref().map(|it| taken(release, it)),
        details: own(details),
        country: (country.as_ref()).map(|it| release.called(it.value).id),
        source: entry.evidence().map(|evidence| {
            let publisher = publisher.as_ref().map(|it| by(release, &it.value));
            source(release, evidence, publisher, retracted.as_ref())
        }),
        statements: statements(release, entry).collect(),
        sources: cited(release, sources),
        cites,
        text: Some(body(release, prose)).filter(|text| !text.is_empty()),
        indicators: lines.map(indicator).collect(),
        changes: changes.iter().map(|it| changed(release, it)).collect(),
    }
}

fn values(values: &[model::Marked<String>]) -> Vec<&str> {
    values.iter().map(|it| it.value.as_str()).collect()
}

fn taken(release: Pages<'_>, notice: &Notice<PageId>) -> Taken {
    let Notice { date, reason } = notice;
    Taken {
        date: When::of(date),
        reason: sentence(release, reason),
    }
}

fn changed(release: Pages<'_>, change: &Change<PageId>) -> Changed {
    let Change {
        date,
        what,
        correction,
        tlp: _,
        span: _,
    } = change;
    Changed {
        date: date.to_string(),
        what: sentence(release, what),
        correction: *correction,
    }
}

fn indicator(given: indicators::Given<'_>) -> Indicator<'_> {
    let indicators::Given {
        indicator,
        file,
        note,
        sources,
        // A line of a fence does not say so.
        seen: _,
        until,
        tlp,
    } = given;
    Indicator {
        r#type: indicator.kind.label(),
        defanged: indicator.defanged(),
        value: indicator.into_owned().value,
        file: file.map(|it| it.value.as_str()),
        note,
        until: until.map(|day| day.to_string()),
        sources: sources.into_iter().map(|it| it.id.as_str()).collect(),
        tlp: tlp.name(),
    }
}

fn own(details: &Details) -> Own<'_> {
    match details {
        Details::Campaign | Details::Page | Details::Source(_) => Own::default(),
        Details::Actor { sophistication } => Own {
            sophistication: value(sophistication.as_ref()),
            ..Own::default()
        },
        Details::Incident { status } => Own {
            status: status.map(|it| it.word()),
            ..Own::default()
        },
        Details::Malware {
            platforms,
            types,
            is_family,
        } => Own {
            platforms: values(platforms),
            types: values(types),
            is_family: Some(*is_family),
            ..Own::default()
        },
        Details::Tool { platforms, types } => Own {
            platforms: values(platforms),
            types: values(types),
            ..Own::default()
        },
        Details::Infrastructure { types } => Own {
            types: values(types),
            ..Own::default()
        },
        Details::Technique { tactics } => Own {
            tactics: values(tactics),
            ..Own::default()
        },
        Details::Vulnerability { cvss } => Own {
            cvss: value(cvss.as_ref()),
            ..Own::default()
        },
        Details::Person { nationality } => Own {
            nationality: value(nationality.as_ref()),
            ..Own::default()
        },
        Details::Organisation { r#type, sectors } => Own {
            r#type: r#type.as_deref(),
            sector: sectors.iter().map(|it| it.word()).collect(),
            ..Own::default()
        },
        Details::Place {
            r#type,
            code,
            lat,
            lon,
        } => Own {
            r#type: r#type.as_deref(),
            code: code.as_deref(),
            lat: lat.as_deref(),
            lon: lon.as_deref(),
            ..Own::default()
        },
        Details::Note { key } => Own {
            key: *key,
            ..Own::default()
        },
    }
}

fn value(it: Option<&model::Marked<String>>) -> Option<&str> {
    it.map(|it| it.value.as_str())
}

fn source<'a>(
    release: Pages<'a>,
    evidence: &'a Evidence,
    publisher: Option<By<'a>>,
    retracted: Option<&Notice<PageId>>,
) -> Source<'a> {
    let Evidence {
        accessed,
        url,
        archived,
        grade,
        // It counts to the marking of the whole.
        lent: _,
        r#type,
        seen,
        language,
        snapshot,
    } = evidence;
    Source {
        publisher,
        url: url.as_ref().map(outside),
        archived: archived.as_ref().map(outside),
        accessed: accessed.map(|day| day.to_string()),
        r#type: r#type.as_deref(),
        language: language.as_deref(),
        seen: seen.map(|it| match it {
            Seen::Full => "full",
            Seen::Excerpt => "excerpt",
            Seen::Reference => "reference",
        }),
        grade: grade.map(|grade| Graded {
            grade: grade.to_string(),
            reliability: grade.reliability().map(|it| it.meaning()),
            credibility: grade.credibility(),
        }),
        snapshot: snapshot.as_ref().map(|it| {
            let Snapshot {
                // A path of the project.
                file: _,
                sha256,
                taken,
                publish: _,
            } = it;
            Copied {
                sha256: &sha256.value,
                taken: taken.map(|day| day.to_string()),
            }
        }),
        retracted: retracted.map(|it| taken(release, it)),
    }
}

fn outside(url: &Located<Outside>) -> Address<'_> {
    Address {
        address: url.value.as_str(),
        defanged: match &url.value {
            Outside::Live(_) | Outside::Own(..) => false,
            Outside::Defanged(_) => true,
        },
    }
}
