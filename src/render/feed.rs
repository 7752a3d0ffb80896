//! Atom feeds (RFC 4287): of everything and of each kind, the fifty entries changed last.
//!
//! An entry's id is made of the dossier's address and the entry's permanent id, so that it survives
//! renames; its date is the day of its last told change, never the clock's.

use super::Renderer;
use super::escape::{Place, escaped};
use super::language::{Word, names};
use super::views::reads::Reads;
use super::views::words;
use crate::config::Config;
use crate::model::{Day, Kind, PageId};
use crate::plan::address;
use std::borrow::Cow;
use uuid::Uuid;

/// The namespace of this program's ids (UUIDv5 of its own, never the STIX one).
const NAMESPACE: Uuid = Uuid::from_u128(0x6d0b_7f0e_3c62_5b0a_9a53_5c8f_d055_1e12);

/// Writes the feed of everything, or of a kind.
pub(super) fn write(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    kind: Option<Kind>,
    buffer: &mut Vec<u8>,
) {
    let config = renderer.config;
    let latest = reads.latest(kind);
    let newest = latest.first().map(|&(day, _)| day);
    let updated = newest
        .or_else(|| reads.last())
        .unwrap_or(Day::constant(1970, 1, 1));
    let (own, home, heading) = match kind {
        None => ("feed.xml".to_owned(), String::new(), String::new()),
        Some(kind) => {
            let folder = kind.folder();
            (
                format!("{folder}/feed.xml"),
                format!("{folder}/"),
                format!(" · {}", reads.language.say(names::kind(kind).heading)),
            )
        }
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n<title>{}{heading}</title>\n\
         <updated>{}</updated>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<generator>dossier</generator>\n",
        xml(&config.language),
        id_of(&config.base_url, &own),
        xml(&config.title),
        instant(updated),
        xml(&address::absolute(config, &own)),
        xml(&address::absolute(config, &home)),
    ));
    authors(config.authors.iter(), &mut out);
    if config.authors.is_empty() {
        authors(std::iter::once(&config.title), &mut out);
    }
    for (day, id) in latest {
        entry(renderer.config, reads, id, day, &mut out);
    }
    out.push_str("</feed>\n");
    buffer.extend_from_slice(out.as_bytes());
}

fn entry(config: &Config, reads: &Reads<'_>, id: PageId, day: Day, out: &mut String) {
    let page = reads.in_feeds(id);
    let url = address::absolute(config, &reads.route(id));
    out.push_str(&format!(
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<category term=\"{}\"/>\n",
        id_of(&config.base_url, page.id),
        xml(page.title),
        instant(day),
        xml(&url),
        page.kind.name(),
    ));
    authors(page.authors.iter().map(|author| &author.value), out);
    let plain = |words| words::plain(reads, words);
    let change = page
        .changes
        .iter()
        .filter(|change| change.date == day)
        .map(|change| plain(&change.what));
    let notice = page
        .withdrawn
        .map(|reason| Cow::Owned(reads.language.with(Word::NoticeFeed, &plain(reason))));
    let summary = page.summary.map(plain);
    let said: Vec<Cow<'_, str>> = notice.into_iter().chain(summary).chain(change).collect();
    if !said.is_empty() {
        out.push_str(&format!("<summary>{}</summary>\n", xml(&said.join(" — "))));
    }
    out.push_str("</entry>\n");
}

fn authors<'a>(names: impl Iterator<Item = &'a String>, out: &mut String) {
    for name in names {
        out.push_str(&format!("<author><name>{}</name></author>\n", xml(name)));
    }
}

fn id_of(base: &str, id: &str) -> String {
    format!(
        "urn:uuid:{}",
        Uuid::new_v5(&NAMESPACE, format!("{base}\n{id}").as_bytes())
    )
}

fn instant(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

fn xml(text: &str) -> String {
    escaped(text, Place::Xml)
}
