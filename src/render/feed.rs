//! Feeds in Atom (RFC 4287) and JSON (JSON Feed 1.1): of everything and of each kind, the fifty entries changed last, and of an
//! entry what was changed on it and who else speaks of it.
//!
//! An entry's id is made of the dossier's address and the entry's permanent id, so that it survives
//! renames; its date is the day of its last told change, never the clock's.

use super::Renderer;
use super::escape::{Place, escaped};
use super::language::{Word, names};
use super::views::reads::Reads;
use super::views::words;
use crate::config::Config;
use crate::model::{Day, Kind, Marked, PageId, Words};
use crate::plan::{address, feed_address};
use serde::Serialize;
use std::borrow::Cow;
use uuid::Uuid;

/// The namespace of this program's ids (UUIDv5 of its own, never the STIX one).
const NAMESPACE: Uuid = Uuid::from_u128(0x6d0b_7f0e_3c62_5b0a_9a53_5c8f_d055_1e12);

/// How many items a feed has.
const LATEST: usize = 50;

/// A feed, whatever it is written in.
struct Feed {
    /// Its own address, below the root.
    own: String,
    /// The page that it is of.
    home: String,
    title: String,
    updated: Day,
    items: Vec<Item>,
}

/// What a feed has something to tell of.
struct Item {
    /// What its id is made of.
    id: String,
    title: String,
    /// The address of its page.
    url: String,
    day: Day,
    kind: &'static str,
    authors: Vec<String>,
    said: Option<String>,
}

/// Writes the feed of everything, or of a kind, in Atom.
pub(super) fn atom(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    kind: Option<Kind>,
    buffer: &mut Vec<u8>,
) {
    write_atom(
        renderer.config,
        &latest(renderer, reads, (kind, "xml")),
        buffer,
    );
}

/// Writes the same feed in JSON.
pub(super) fn json(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    kind: Option<Kind>,
    buffer: &mut Vec<u8>,
) {
    write_json(
        renderer.config,
        &latest(renderer, reads, (kind, "json")),
        buffer,
    );
}

/// Writes the feed of an entry: what was changed on it, and who else speaks of it.
pub(super) fn of_entry(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    id: PageId,
    buffer: &mut Vec<u8>,
) {
    let config = renderer.config;
    let page = reads.in_feeds(id);
    let home = reads.route(id);
    let url = address::absolute(config, &home);
    let own = |day: Day, said: String| Item {
        id: format!("{}\n{day}\n{said}", page.id),
        title: page.title.to_owned(),
        url: url.clone(),
        day,
        kind: page.kind.name(),
        authors: names_of(page.authors),
        said: Some(said),
    };
    let changes = page.changes.iter();
    let changes = changes.map(|it| own(it.date, words::plain(reads, &it.what).into_owned()));
    let notice = page
        .withdrawn
        .map(|(day, reason)| own(day, notice(reads, reason)));
    let others = reads.speaking_of(id).into_iter().filter(|&from| from != id);
    let others = others.filter_map(|from| {
        let other = reads.in_feeds(from);
        Some(Item {
            id: format!("{}\n{}", page.id, other.id),
            title: other.title.to_owned(),
            url: address::absolute(config, &reads.route(from)),
            day: other.dated.filter(|_| other.kind.is_of_entries())?,
            kind: other.kind.name(),
            authors: names_of(other.authors),
            said: other.summary.map(|it| words::plain(reads, it).into_owned()),
        })
    });
    let mut items: Vec<Item> = changes.chain(notice).chain(others).collect();
    items.sort_by(|one, other| (other.day, &one.id).cmp(&(one.day, &other.id)));
    items.dedup_by(|one, other| one.id == other.id);
    items.truncate(LATEST);
    let newest = items.first().map(|it| it.day).or(page.dated);
    let newest = newest.or_else(|| reads.last());
    let feed = Feed {
        own: format!("{home}feed.xml"),
        title: format!("{} · {}", config.title, page.title),
        home,
        updated: newest.unwrap_or(BEGINNING),
        items,
    };
    write_atom(config, &feed, buffer);
}

/// What a feed without days is dated by.
const BEGINNING: Day = Day::constant(1970, 1, 1);

fn latest(
    renderer: &Renderer<'_>,
    reads: &Reads<'_>,
    (kind, ending): (Option<Kind>, &str),
) -> Feed {
    let config = renderer.config;
    let latest = reads.latest(kind);
    let newest = latest.first().map(|&(day, _)| day);
    let (home, heading) = match kind {
        None => (String::new(), String::new()),
        Some(kind) => (
            format!("{}/", kind.folder()),
            format!(" · {}", reads.language.say(names::kind(kind).heading)),
        ),
    };
    Feed {
        own: feed_address(kind, ending),
        home,
        title: format!("{}{heading}", config.title),
        updated: newest.or_else(|| reads.last()).unwrap_or(BEGINNING),
        items: { latest.into_iter() }
            .map(|(day, id)| item(config, reads, id, day))
            .collect(),
    }
}

fn item(config: &Config, reads: &Reads<'_>, id: PageId, day: Day) -> Item {
    let page = reads.in_feeds(id);
    let plain = |words| words::plain(reads, words);
    let change = { page.changes.iter() }
        .filter(|change| change.date == day)
        .map(|change| plain(&change.what));
    let notice = page
        .withdrawn
        .map(|(_, reason)| Cow::Owned(notice(reads, reason)));
    let summary = page.summary.map(plain);
    let said: Vec<Cow<'_, str>> = notice.into_iter().chain(summary).chain(change).collect();
    Item {
        id: page.id.to_owned(),
        title: page.title.to_owned(),
        url: address::absolute(config, &reads.route(id)),
        day,
        kind: page.kind.name(),
        authors: names_of(page.authors),
        said: (!said.is_empty()).then(|| said.join(" — ")),
    }
}

fn notice(reads: &Reads<'_>, reason: &Words<PageId>) -> String {
    reads
        .language
        .with(Word::NoticeFeed, &words::plain(reads, reason))
}

fn names_of(authors: &[Marked<String>]) -> Vec<String> {
    authors.iter().map(|it| it.value.clone()).collect()
}

/// Who wrote the dossier; its name where nobody is named.
fn writers(config: &Config) -> Vec<String> {
    match config.authors.is_empty() {
        true => vec![config.title.clone()],
        false => config.authors.clone(),
    }
}

fn write_atom(config: &Config, feed: &Feed, buffer: &mut Vec<u8>) {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n<title>{}</title>\n\
         <updated>{}</updated>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<generator>dossier</generator>\n",
        xml(&config.language),
        id_of(&config.base_url, &feed.own),
        xml(&feed.title),
        instant(feed.updated),
        xml(&address::absolute(config, &feed.own)),
        xml(&address::absolute(config, &feed.home)),
    ));
    authors(&writers(config), &mut out);
    for item in &feed.items {
        out.push_str(&format!(
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<category term=\"{}\"/>\n",
            id_of(&config.base_url, &item.id),
            xml(&item.title),
            instant(item.day),
            xml(&item.url),
            item.kind,
        ));
        authors(&item.authors, &mut out);
        if let Some(said) = &item.said {
            out.push_str(&format!("<summary>{}</summary>\n", xml(said)));
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    buffer.extend_from_slice(out.as_bytes());
}

/// A feed in JSON (JSON Feed 1.1).
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    language: &'a str,
    authors: Vec<JsonAuthor<'a>>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: String,
    url: &'a str,
    title: &'a str,
    /// Every item has a text: of what says nothing its title.
    content_text: &'a str,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'a>>,
    tags: [&'static str; 1],
}

fn write_json(config: &Config, feed: &Feed, buffer: &mut Vec<u8>) {
    let writers = writers(config);
    let items = feed.items.iter().map(|item| JsonItem {
        id: id_of(&config.base_url, &item.id),
        url: &item.url,
        title: &item.title,
        content_text: item.said.as_ref().unwrap_or(&item.title),
        date_modified: instant(item.day),
        authors: named(&item.authors),
        tags: [item.kind],
    });
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: address::absolute(config, &feed.home),
        feed_url: address::absolute(config, &feed.own),
        description: config.description.as_deref(),
        language: &config.language,
        authors: named(&writers),
        items: items.collect(),
    };
    serde_json::to_writer_pretty(&mut *buffer, &feed).expect("memory takes whatever is written");
    buffer.push(b'\n');
}

fn named(names: &[String]) -> Vec<JsonAuthor<'_>> {
    names.iter().map(|name| JsonAuthor { name }).collect()
}

fn authors(names: &[String], out: &mut String) {
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
