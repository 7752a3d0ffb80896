//! Attributes of events: indicators under the types of MISP, and sources as links.
//!
//! Takes an entry; gives its attributes. What MISP has no type for is `other`, and nobody is told to look for it.

use super::{Tag, Uuids, alone};
use crate::export::{Subject, indicators, marking};
use crate::model::address::Outside;
use crate::model::indicator::IndicatorKind;
use crate::model::{Entry, Indicator, PageId, Tlp};
use md5::{Digest as _, Md5};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

#[derive(Serialize)]
pub(super) struct Attribute {
    uuid: String,
    r#type: &'static str,
    category: &'static str,
    value: String,
    /// Whether programs may look for it.
    to_ids: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    comment: String,
    timestamp: String,
    disable_correlation: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<String>,
    #[serde(rename = "Tag")]
    tags: [Tag; 1],
}

impl Attribute {
    /// The MD5 of its value, or of both parts of one that is two.
    pub(super) fn hashes(&self) -> impl Iterator<Item = String> {
        let parts = match self.r#type.contains('|') {
            true => self.value.split('|').collect::<Vec<_>>(),
            false => vec![self.value.as_str()],
        };
        let hash = |part: &str| Md5::digest(part.as_bytes());
        let hashes = parts.into_iter().map(hash);
        let hashes = hashes.map(|hash| hash.iter().map(|byte| format!("{byte:02x}")).collect());
        hashes.collect::<Vec<String>>().into_iter()
    }
}

/// How MISP has an indicator.
struct Typed {
    r#type: &'static str,
    category: &'static str,
    value: String,
    to_ids: bool,
}

const NETWORK: &str = "Network activity";
const DELIVERY: &str = "Payload delivery";
const DROPPED: &str = "Artifacts dropped";
const ANALYSIS: &str = "External analysis";

/// The attributes of an entry: its indicators in their order, then its sources.
pub(super) fn of(
    subject: &Subject<'_>,
    uuids: &Uuids<'_>,
    entry: &Entry<PageId>,
    timestamp: &str,
) -> Vec<Attribute> {
    let mut nth: BTreeMap<String, u32> = BTreeMap::new();
    let mut attribute = |typed: Typed, comment: String, tlp: Tlp| {
        let address = format!("{}:{}", typed.r#type, typed.value);
        let nth = nth.entry(address.clone()).or_default();
        *nth += 1;
        let address = format!("{address}~{nth}");
        Attribute {
            uuid: alone(&uuids.scope.made("x-misp-attribute", entry, &address)),
            r#type: typed.r#type,
            category: typed.category,
            value: typed.value,
            to_ids: typed.to_ids,
            comment,
            timestamp: timestamp.to_owned(),
            disable_correlation: false,
            first_seen: None,
            last_seen: None,
            tags: [Tag::of_tlp(tlp)],
        }
    };
    let mut found = Vec::new();
    for given in indicators::all(subject, entry) {
        let typed = typed(&given.indicator, given.file);
        // MISP has no place for the day until which it is to be looked for.
        let until = given.until.map(|day| format!("until {day}"));
        let note = Some(given.note).filter(|it| !it.is_empty());
        let comment = note.map(str::to_owned).into_iter().chain(until);
        let comment = comment.collect::<Vec<_>>().join(", ");
        let mut made = attribute(typed, comment, given.tlp);
        let indicators::Seen { first, last, .. } = given.seen;
        made.first_seen = first.and_then(|it| instant(it.earliest));
        made.last_seen = last.and_then(|it| instant(it.latest));
        found.push(made);
    }
    // Which part of an entry cites a source its event does not tell: that is marked as the whole.
    let whole = marking::entry(subject.release(), entry);
    for source in sources(entry) {
        let source = subject.release().page(source);
        found.push(attribute(cited(source), source.title.clone(), whole));
    }
    found
}

/// A day as its first instant; a time as it is.
fn instant(day: Option<String>) -> Option<String> {
    day.map(|day| match day.contains('T') {
        true => day,
        false => format!("{day}T00:00:00+00:00"),
    })
}

/// The sources of an entry, each once.
fn sources(entry: &Entry<PageId>) -> BTreeSet<PageId> {
    let of_statements = entry.statements.iter().flat_map(|it| &it.sources);
    let of_texts = entry.texts().flat_map(|(_, text)| &text.cites);
    let cites = entry.sources.iter().chain(of_statements).chain(of_texts);
    cites.filter_map(|cite| cite.source).collect()
}

/// A source: its page, or what it is called where none may be followed.
fn cited(source: &Entry<PageId>) -> Typed {
    let url = source.evidence().and_then(|it| it.url.as_ref());
    let live = url.and_then(|url| match &url.value {
        Outside::Live(_) => Some(url.value.as_str().to_owned()),
        Outside::Own(..) | Outside::Defanged(_) => None,
    });
    Typed {
        r#type: if live.is_some() { "link" } else { "text" },
        category: ANALYSIS,
        value: live.unwrap_or_else(|| source.title.clone()),
        to_ids: false,
    }
}

fn typed(indicator: &Indicator, file: Option<&Indicator>) -> Typed {
    let Indicator { kind, value } = indicator;
    let made = |r#type, category, to_ids| Typed {
        r#type,
        category,
        value: value.clone(),
        to_ids,
    };
    let hash = |alone: &'static str, named: &'static str| match file {
        Some(file) => Typed {
            r#type: named,
            category: DELIVERY,
            value: format!("{}|{value}", file.value),
            to_ids: true,
        },
        None => made(alone, DELIVERY, true),
    };
    match kind {
        IndicatorKind::Ipv4 | IndicatorKind::Ipv6 => made("ip-dst", NETWORK, true),
        IndicatorKind::IpRange if value.contains('/') => made("ip-dst", NETWORK, true),
        IndicatorKind::Asn => made("AS", NETWORK, false),
        // A wildcard is no domain for whoever compares.
        IndicatorKind::Domain if !value.contains('*') => made("domain", NETWORK, true),
        IndicatorKind::HostPort => host_port(value),
        IndicatorKind::HostPath | IndicatorKind::Url => made("url", NETWORK, true),
        IndicatorKind::Email => made("email", DELIVERY, true),
        IndicatorKind::UserAgent => made("user-agent", NETWORK, false),
        IndicatorKind::Md5 => hash("md5", "filename|md5"),
        IndicatorKind::Sha1 => hash("sha1", "filename|sha1"),
        IndicatorKind::Sha224 => hash("sha224", "filename|sha224"),
        IndicatorKind::Sha256 => hash("sha256", "filename|sha256"),
        IndicatorKind::Sha384 => hash("sha384", "filename|sha384"),
        IndicatorKind::Sha512 => hash("sha512", "filename|sha512"),
        IndicatorKind::Ssdeep => hash("ssdeep", "filename|ssdeep"),
        IndicatorKind::Tlsh => hash("tlsh", "filename|tlsh"),
        IndicatorKind::Ja3 => made("ja3-fingerprint-md5", NETWORK, true),
        IndicatorKind::Jarm => made("jarm-fingerprint", NETWORK, true),
        IndicatorKind::FileName | IndicatorKind::FilePath => made("filename", DELIVERY, true),
        IndicatorKind::Registry => made("regkey", "Persistence mechanism", true),
        IndicatorKind::Mutex => made("mutex", DROPPED, true),
        IndicatorKind::Pipe => made("named pipe", DROPPED, false),
        IndicatorKind::Cve => made("vulnerability", ANALYSIS, false),
        IndicatorKind::Wallet if is_bitcoin(value) => made("btc", "Financial fraud", true),
        IndicatorKind::IpRange
        | IndicatorKind::Domain
        | IndicatorKind::Ja4
        | IndicatorKind::Wallet => made("other", "Other", false),
    }
}

/// A host with a port, which MISP parts with a stroke.
fn host_port(value: &str) -> Typed {
    let (host, port) = value.rsplit_once(':').unwrap_or((value, ""));
    let host = host.trim_start_matches('[').trim_end_matches(']');
    Typed {
        r#type: match host.parse::<IpAddr>() {
            Ok(_) => "ip-dst|port",
            Err(_) => "hostname|port",
        },
        category: NETWORK,
        value: format!("{host}|{port}"),
        to_ids: true,
    }
}

fn is_bitcoin(value: &str) -> bool {
    value.starts_with("bc1") || value.len() < 36 && value.starts_with(['1', '3'])
}
