//! Sources of which a file says no more than the address.
//!
//! Takes addresses, in the order in which they are met; gives each page one entry of a source, however often it is named
//! and whether by `http:` or `https:`. Its title is read from its path, its publisher is its host: nothing else is known of it.

use super::incoming::Incoming;
use crate::model::{Address, Kind};
use crate::text::percent_decode;
use std::collections::BTreeSet;

/// The longest title, in characters.
const LONGEST: usize = 120;

/// The pages that were named so far.
#[derive(Debug, Default)]
pub(super) struct WebPages {
    known: BTreeSet<String>,
    entries: Vec<Incoming>,
}

impl WebPages {
    /// The origin of the source at an address; `None` where it is no address that a page may link.
    pub(super) fn source(&mut self, address: &str) -> Option<String> {
        let address = Address::web(address.trim()).ok()?;
        let origin = normal(address.as_str())?;
        if self.known.insert(origin.clone()) {
            self.entries.push(page(&origin, address.as_str()));
        }
        Some(origin)
    }

    /// The entries, in the order in which they were named.
    pub(super) fn into_entries(self) -> Vec<Incoming> {
        self.entries
    }
}

/// An address as two are compared: without scheme, `www.`, fragment and closing slash, the host in lower case.
pub(super) fn normal(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    Some(format!("https://{host}{}", path.trim_end_matches('/')))
}

/// The host of an address, as the name of who published what stands there.
pub(super) fn host(address: &str) -> Option<String> {
    let address = Address::web(address.trim()).ok()?;
    let normal = normal(address.as_str())?;
    let bare = normal.trim_start_matches("https://");
    let end = bare.find(['/', '?']).unwrap_or(bare.len());
    bare.get(..end).map(str::to_owned)
}

fn page(origin: &str, address: &str) -> Incoming {
    let bare = origin.trim_start_matches("https://");
    let end = bare.find(['/', '?']).unwrap_or(bare.len());
    let (host, path) = bare.split_at(end);
    let words = words(path);
    let title = match words.is_empty() {
        true => host.to_owned(),
        false => format!("{host}: {words}"),
    };
    let mut source = Incoming::new(origin, Kind::Source, title);
    source.reference = true;
    source.add("publisher", host);
    source.add("url", address);
    source
}

/// The last part of a path that has words, as words.
fn words(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    let parts = path.split('/').rev().map(readable);
    let told = |words: &String| words.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let words = { parts }.find(told).unwrap_or_default();
    match words.char_indices().nth(LONGEST) {
        None => words,
        Some((end, _)) => {
            let cut = words.get(..end).unwrap_or(&words);
            let whole = cut.rfind(' ').and_then(|space| cut.get(..space));
            whole.unwrap_or(cut).to_owned()
        }
    }
}

fn readable(part: &str) -> String {
    let part = percent_decode(part);
    let ending = part.rsplit_once('.').filter(|(_, ending)| {
        (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let name = ending.map_or(&*part, |(name, _)| name);
    let apart = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '-' | '_' | '+');
    let words = name.split(apart).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_one_source_however_it_is_named() {
        let mut pages = WebPages::default();
        let first = pages.source("http://www.Example.org/blog/2014/a-long_story.html");
        assert_eq!(
            first.as_deref(),
            Some("https://example.org/blog/2014/a-long_story.html")
        );
        let again = pages.source(" https://example.org/blog/2014/a-long_story.html#part ");
        assert_eq!(first, again);
        assert_eq!(pages.source("not an address"), None);
        assert_eq!(pages.source("javascript:alert(1)"), None);
        let entries = pages.into_entries();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].title, "example.org: a long story");
        assert_eq!(entries[0].value("publisher"), Some(&"example.org".into()));
    }

    #[test]
    fn a_title_is_what_the_path_tells() {
        for (address, title) in [
            ("https://example.org", "example.org"),
            ("https://example.org/?id=12", "example.org"),
            ("https://example.org/groups/G0006/", "example.org: groups"),
            (
                "https://example.org/Mandiant%20APT1_Report.pdf",
                "example.org: Mandiant APT1 Report",
            ),
            ("https://example.org/a%00bcde", "example.org: a bcde"),
        ] {
            let mut pages = WebPages::default();
            pages.source(address).expect("an address");
            assert_eq!(pages.into_entries()[0].title, title, "{address}");
        }
    }
}
