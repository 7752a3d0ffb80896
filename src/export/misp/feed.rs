//! A feed of MISP: a folder with an event for each incident, and for whatever else has indicators.
//!
//! Takes a subject; gives the files of a folder as MISP fetches it: `manifest.json`, one `<uuid>.json` for each event, and
//! `hashes.csv`, by which a server finds whether an event has a value. Every event and attribute bears the marking of what it
//! shows. Times are those of the record (`updated`, `changes`), never the clock's, so that a server fetches anew what changed.

use super::attribute::{self, Attribute};
use super::{Tag, Uuids, alone, galaxies};
use crate::export::text::{body, sentence};
use crate::export::{File, Subject, indicators, marking};
use crate::model::{Day, Entry, Kind, PageId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// When times of computers begin.
const BEGINNING: Day = Day::constant(1970, 1, 1);

#[derive(Serialize)]
struct Wrapped<'a> {
    #[serde(rename = "Event")]
    event: Event<'a>,
}

/// An event. What a number is stands in quotes, as MISP writes it.
#[derive(Serialize)]
struct Event<'a> {
    uuid: &'a str,
    info: &'a str,
    date: String,
    threat_level_id: &'static str,
    analysis: &'static str,
    published: bool,
    timestamp: &'a str,
    publish_timestamp: &'a str,
    #[serde(rename = "Orgc")]
    orgc: &'a Organisation<'a>,
    #[serde(rename = "Tag")]
    tags: &'a [Tag],
    #[serde(rename = "Attribute")]
    attributes: Vec<Attribute>,
    #[serde(rename = "EventReport", skip_serializing_if = "Vec::is_empty")]
    reports: Vec<Report<'a>>,
}

/// Who made the events: the dossier.
#[derive(Serialize)]
struct Organisation<'a> {
    name: &'a str,
    uuid: String,
}

/// The text of an entry.
#[derive(Serialize)]
struct Report<'a> {
    uuid: String,
    name: &'a str,
    content: String,
    timestamp: &'a str,
    deleted: bool,
}

/// What the manifest tells of an event.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(rename = "Orgc")]
    orgc: &'a Organisation<'a>,
    #[serde(rename = "Tag")]
    tags: Vec<Tag>,
    info: &'a str,
    date: String,
    analysis: &'static str,
    threat_level_id: &'static str,
    timestamp: String,
}

/// How dangerous it is: that is not said.
const UNDEFINED: &str = "4";

/// What is published is finished.
const COMPLETED: &str = "2";

pub(in crate::export) fn files(subject: &Subject<'_>) -> Vec<File> {
    let uuids = Uuids::of(subject);
    let orgc = Organisation {
        name: &subject.config.title,
        uuid: alone(uuids.scope.dossier()),
    };
    let mut files = Vec::new();
    let mut manifest = BTreeMap::new();
    let mut hashes = BTreeSet::new();
    for (id, entry) in subject.entries() {
        let Some(uuid) = uuids.entry(id).filter(|_| is_told(subject, entry)) else {
            continue;
        };
        let release = subject.release();
        let (date, timestamp) = times(entry);
        let attributes = attribute::of(subject, &uuids, entry, &timestamp);
        for hash in attributes.iter().flat_map(Attribute::hashes) {
            hashes.insert(format!("{hash},{uuid}\n"));
        }
        let mut tags = vec![Tag::of_tlp(marking::entry(release, entry))];
        tags.extend(galaxies::of(release, entry));
        tags.extend(entry.tags.iter().map(|tag| Tag::of_dossier(&tag.value)));
        let event = Event {
            uuid: &uuid,
            info: &entry.title,
            date: date.clone(),
            threat_level_id: UNDEFINED,
            analysis: COMPLETED,
            published: true,
            timestamp: &timestamp,
            publish_timestamp: &timestamp,
            orgc: &orgc,
            tags: &tags,
            attributes,
            reports: reports(subject, &uuids, entry, &timestamp),
        };
        files.push(json(format!("{uuid}.json"), &Wrapped { event }));
        let listed = Listed {
            orgc: &orgc,
            tags,
            info: &entry.title,
            date,
            analysis: COMPLETED,
            threat_level_id: UNDEFINED,
            timestamp,
        };
        manifest.insert(uuid, listed);
    }
    files.push(json("manifest.json".to_owned(), &manifest));
    files.push(File {
        name: "hashes.csv".to_owned(),
        bytes: hashes.into_iter().collect::<String>().into_bytes(),
    });
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

/// Whether a file of a feed can be called so.
pub(in crate::export) fn has_file(name: &str) -> bool {
    let event = name.strip_suffix(".json");
    matches!(name, "manifest.json" | "hashes.csv")
        || event.is_some_and(|name| uuid::Uuid::try_parse(name).is_ok())
}

/// Whether there is an event of an entry.
fn is_told(subject: &Subject<'_>, entry: &Entry<PageId>) -> bool {
    entry.kind == Kind::Incident || indicators::all(subject, entry).next().is_some()
}

/// The day of an event, and the second at which its record last changed.
fn times(entry: &Entry<PageId>) -> (String, String) {
    let when = entry.when().map(|date| date.sort_day());
    let changed = entry.last_changed().or(when).unwrap_or(BEGINNING);
    let seconds = changed.duration_since(BEGINNING).as_secs().max(0);
    (when.unwrap_or(changed).to_string(), seconds.to_string())
}

/// The summary and the text, where there are any.
fn reports<'a>(
    subject: &Subject<'_>,
    uuids: &Uuids<'_>,
    entry: &'a Entry<PageId>,
    timestamp: &'a str,
) -> Vec<Report<'a>> {
    let release = subject.release();
    let summary = entry.summary.as_ref();
    let summary = summary.map(|it| sentence(release, &it.value));
    let parts = summary.into_iter().chain([body(release, &entry.prose)]);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    let report = Report {
        uuid: alone(&uuids.scope.made("x-misp-report", entry, "text")),
        name: &entry.title,
        content: parts.join("\n\n"),
        timestamp,
        deleted: false,
    };
    match parts.is_empty() {
        true => Vec::new(),
        false => vec![report],
    }
}

fn json(name: String, value: &impl Serialize) -> File {
    let mut bytes = serde_json::to_vec_pretty(value).expect("texts and lists are JSON");
    bytes.push(b'\n');
    File { name, bytes }
}
