//! Addresses of the site itself: what they name may be withheld, so that they are links within the dossier.
//!
//! Takes the address of the site's root and another; gives the path below the root, if that may be one of an
//! entry, a tag or what else entries have in common. Reads as browsers and servers do, so that no other spelling of an address is taken for one elsewhere:
//! `:443`, a dot behind the host, `.`, `..` and empty parts, escapes, a folder in capitals.

use super::{Family, Kind};
use crate::text::percent_decode;
use memchr::memchr;
use std::fmt;
use url::Url;

/// What an address of the site itself names. Escapes are undone, a query is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPath {
    /// The path below the root, `notes/laundering`: without a slash at either end.
    pub path: String,
    /// What stands after `#`; on a page where a reader [picks](OwnPath::picks) entries the query, where that is all there is.
    pub fragment: Option<String>,
}

impl OwnPath {
    /// Whether it says of entries what only a page of the site knows ([`picks`]).
    #[must_use]
    pub fn picks(&self) -> bool {
        picks(&self.path, self.fragment.as_deref())
    }
}

/// The pages where a reader picks entries, which their addresses then name.
const PICKING: [&str; 2] = ["graph", "compare"];

/// Whether the address of a page names entries that may be withheld: `graph/#entry=actors/apt38` with what was picked
/// there, `compare/apt38/lazarus-group/`, the page of a name that several have, `names/a-name/`.
#[must_use]
pub fn picks(path: &str, place: Option<&str>) -> bool {
    let path = page_path(path);
    match path.split_once('/') {
        None => PICKING.contains(&&*path) && place.is_some_and(|it| !it.is_empty()),
        Some(("compare", _)) => true,
        Some(("names", below)) => !["page/", "by/producer/"]
            .into_iter()
            .any(|it| format!("{below}/").starts_with(it)),
        Some(_) => false,
    }
}

impl fmt::Display for OwnPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        match &self.fragment {
            Some(place) => write!(f, "#{place}"),
            None => Ok(()),
        }
    }
}

/// An address, if it is one on the host of a site, whoever it says one is there.
fn on_host(root: &Url, address: &str) -> Option<Url> {
    if is_elsewhere(root, address) {
        return None;
    }
    let address = Url::parse(address).ok()?;
    let own = is_web(&address) && host(&address)? == host(root)? && port(&address) == port(root);
    own.then_some(address)
}

/// What an address names below the root of a site.
pub(super) fn path_below(root: &Url, address: &str) -> Option<OwnPath> {
    let address = on_host(root, address)?;
    let parts = parts(&address);
    let root = self::parts(root);
    let (above, below) = parts.split_at_checked(root.len())?;
    let (folder, rest) = below.split_first()?;
    let alike = above
        .iter()
        .zip(&root)
        .all(|(part, of_root)| part.to_lowercase() == of_root.to_lowercase());
    if !alike {
        return None;
    }
    // Folders of entries are found in whatever letters.
    let lower = folder.to_lowercase();
    let folder = match is_of_entries(&lower) {
        true => lower,
        false => folder.clone(),
    };
    let path = std::iter::once(&folder).chain(rest);
    let path = path.map(String::as_str).collect::<Vec<_>>().join("/");
    let said = |it: Option<&str>| it.filter(|it| !it.is_empty()).map(percent_decode);
    let picked = || said(address.query()).filter(|it| picks(&path, Some(it)));
    // What stands behind it are words of a passage, which only browsers look for.
    let place = address
        .fragment()
        .map(|it| it.split(":~:").next().unwrap_or(it));
    let fragment = said(place).or_else(picked);
    Some(OwnPath { path, fragment })
}

/// The same, if it may be an entry, a file beside one or a tag, or names some as what was picked.
pub(super) fn path_of_entry(root: &Url, address: &str) -> Option<OwnPath> {
    path_below(root, address).filter(|own| may_be_entry(&own.path) || own.picks())
}

/// Whether a path below the root may be an entry, a file beside one or a tag.
#[must_use]
pub fn may_be_entry(path: &str) -> bool {
    path.split_once('/')
        .is_some_and(|(folder, rest)| !rest.is_empty() && is_of_entries(folder))
}

/// Whether entries lie in a folder, or lists of some: the page of one says that somebody is on it.
fn is_of_entries(folder: &str) -> bool {
    Kind::from_folder(folder).is_some() || is_of_lists(folder)
}

/// Whether the pages of a folder list entries that have something in common.
#[must_use]
pub fn is_of_lists(folder: &str) -> bool {
    folder == "tags" || Family::from_folder(folder).is_some()
}

/// What an address elsewhere holds of the site's own: archives, caches and translators have the address of a page
/// within theirs, with its scheme or without, escaped or not.
pub(super) fn entry_within(root: &Url, address: &str) -> Option<OwnPath> {
    let host = host(root)?;
    let once = percent_decode(address);
    let twice = percent_decode(&once);
    [address, &once, &twice].into_iter().find_map(|text| {
        let lower = text.to_ascii_lowercase();
        // The host of the address itself comes first: what it is is told by `path_of_entry`.
        let at = lower.match_indices(host).map(|(at, _)| at);
        at.filter_map(|at| text.get(at..)).find_map(|rest| {
            let scheme = root.scheme();
            path_of_entry(root, &format!("{scheme}://{rest}"))
        })
    })
}

/// The path of a page as it is compared: in small letters, without the ending of a file or slashes around it.
#[must_use]
pub fn page_path(path: &str) -> String {
    let path = path.trim_matches('/').to_lowercase();
    let path = path.strip_suffix("index.html").unwrap_or(&path);
    let path = path.strip_suffix(".html").unwrap_or(path);
    path.trim_matches('/').to_owned()
}

/// Whether an address plainly has another host: most have, and are not parsed.
fn is_elsewhere(root: &Url, address: &str) -> bool {
    // Most are names and paths.
    if memchr(b':', address.as_bytes()).is_none() {
        return true;
    }
    let (Some(host), Some((_, rest))) = (host(root), address.split_once("://")) else {
        return true;
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let starts = |rest: &str| {
        let head = rest.get(..host.len());
        head.is_none_or(|head| !head.bytes().all(plain) || head.eq_ignore_ascii_case(host))
    };
    let www = rest.get(..4).filter(|www| www.eq_ignore_ascii_case("www."));
    // Who one is there stands before the host.
    let who = rest
        .split(['/', '?', '#', '\\'])
        .next()
        .is_some_and(|it| it.contains('@'));
    !(who || starts(rest) || www.is_some() && rest.get(4..).is_some_and(starts))
}

fn is_web(address: &Url) -> bool {
    matches!(address.scheme(), "https" | "http")
}

/// Its host; servers lead from the name with `www.` to the one without, or the other way round.
fn host(address: &Url) -> Option<&str> {
    let host = address.host_str()?;
    let host = host.strip_suffix('.').unwrap_or(host);
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// The port, where it is none of the usual two: servers lead from one of these to the other.
fn port(address: &Url) -> Option<u16> {
    address.port().filter(|port| !matches!(port, 80 | 443))
}

/// The parts of a path as a server looks for them; the file that holds a page is the page.
fn parts(address: &Url) -> Vec<String> {
    let path = percent_decode(address.path());
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    if parts.last() == Some(&"index.html") {
        parts.pop();
    }
    parts.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(root: &str, address: &str) -> Option<String> {
        let found = path_of_entry(&Url::parse(root).expect(root), address)?;
        let fragment = found.fragment.map(|it| format!("#{it}"));
        Some(found.path + &fragment.unwrap_or_default())
    }

    #[test]
    fn an_entry_is_known_in_whatever_spelling_of_its_address() {
        let table = [
            "https://example.org/t/notes/x/",
            "http://example.org/t/notes/x",
            "HTTP://Example.ORG/t/notes/x/",
            "https://example.org:443/t/notes/x/",
            "http://example.org:80/t/notes/x/",
            "https://example.org:80/t/notes/x/",
            "https://example.org./t/notes/x/",
            "https://example.org.:443/t/notes/x/",
            "https://ex%61mple.org/t/notes/x/",
            "https://ｅxample.org/t/notes/x/",
            "https://example.org/t/./notes/x/",
            "https://example.org//t//notes///x//",
            "https://example.org/t/../t/notes/y/../x/",
            "https://example.org/t/%2e%2E/t/notes/x/",
            "https://example.org/t/notes/y%2f..%2Fx/",
            "https://example.org/%74/%6Eotes/%78/",
            "https://example.org/t/notes%2Fx",
            "https://example.org/T/Notes/x/",
            "https://example.org/t\\notes\\x",
            "https://example.org/t/notes/x/?a=/b#",
            "https://example.org/t/notes/x/index.html",
            "https://www.example.org/t/notes/x/",
            "https://WWW.Example.org/t/notes/x/",
            "https://user@example.org/t/notes/x/",
            "https://user:pass@www.example.org/t/notes/x/",
        ];
        for address in table {
            let path = found("https://example.org/t/", address);
            assert_eq!(path.as_deref(), Some("notes/x"), "{address}");
        }
        for (root, address, path) in [
            (
                "https://example.org/t/",
                "https://example.org/t/notes/x/#%61%20b",
                "notes/x#a b",
            ),
            (
                "https://example.org/t/",
                "https://example.org/t/notes/a%2523/",
                "notes/a%23",
            ),
            (
                "https://example.org/t/",
                "https://example.org/t/notes/x/#a:~:text=words",
                "notes/x#a",
            ),
            (
                "https://example.org/",
                "https://example.org/notes/x.pdf",
                "notes/x.pdf",
            ),
            (
                "https://example.org/t/",
                "https://example.org/t/tags/x/",
                "tags/x",
            ),
            (
                "https://example.org.:443/a%62/",
                "https://example.org/ab/notes/x/",
                "notes/x",
            ),
            (
                "http://example.org:8080/",
                "http://example.org:8080/notes/x/",
                "notes/x",
            ),
            (
                "https://bücher.example/",
                "https://xn--bcher-kva.example/notes/x/",
                "notes/x",
            ),
            (
                "https://xn--bcher-kva.example/",
                "https://bücher.example/notes/x/",
                "notes/x",
            ),
            ("http://[::1]/", "http://[0:0::1]/notes/x/", "notes/x"),
        ] {
            assert_eq!(found(root, address).as_deref(), Some(path), "{address}");
        }
    }

    #[test]
    fn what_was_picked_on_a_page_names_entries() {
        for (address, picked) in [
            (
                "https://example.org/t/graph/#entry=notes/x&at=0,0,1.00",
                "graph#entry=notes/x&at=0,0,1.00",
            ),
            (
                "https://example.org/t/Graph/index.html#way=notes/x,notes/y",
                "Graph#way=notes/x,notes/y",
            ),
            ("https://example.org/t/compare/?of=x%2Cy", "compare#of=x,y"),
        ] {
            let found = found("https://example.org/t/", address);
            assert_eq!(found.as_deref(), Some(picked), "{address}");
        }
        for address in [
            "https://example.org/t/graph/",
            "https://example.org/t/graph/?",
            "https://example.org/t/compare/",
            "https://example.org/t/names/#a",
            "https://example.org/t/names/page/2/",
            "https://example.org/t/names/by/producer/page/2/",
            "https://example.org/t/timeline/#page-2016",
        ] {
            assert_eq!(found("https://example.org/t/", address), None, "{address}");
        }
    }

    #[test]
    fn what_is_elsewhere_or_no_entry_is_none() {
        for address in [
            "https://example.org/t/",
            "https://example.org/t/feed.xml",
            "https://example.org/t/blog/x/",
            "https://example.org/t/notes/",
            "https://example.org/t/notes//",
            "https://example.org/t/notes/index.html",
            "https://example.org/t/notes/x/../",
            "https://example.org/notes/x/",
            "https://example.org/",
            "https://example.org:8443/t/notes/x/",
            "https://example.com/t/notes/x/",
            "https://example.org.evil.example/t/notes/x/",
            "https://www.example.org.evil.example/t/notes/x/",
            "https://example.org@evil.example/t/notes/x/",
            "ftp://example.org/t/notes/x/",
            "example.org/t/notes/x/",
            "notes/x/",
            "",
        ] {
            assert_eq!(found("https://example.org/t/", address), None, "{address}");
        }
    }

    #[test]
    fn what_an_address_elsewhere_holds_is_found() {
        let root = Url::parse("https://www.example.org/t/").unwrap();
        for address in [
            "https://web.archive.org/web/2020/https://example.org/t/notes/x/",
            "https://web.archive.org/web/2020*/example.org/t/notes/x",
            "https://archive.test/http%3A%2F%2Fwww.example.org%2Ft%2Fnotes%2Fx%2F",
            "https://archive.test/?url=https%253A%252F%252Fexample.org%252Ft%252Fnotes%252Fx",
            "https://cache.test/search?q=cache:example.org/t/notes/x/",
        ] {
            let found = entry_within(&root, address).map(|own| own.path);
            assert_eq!(found.as_deref(), Some("notes/x"), "{address}");
        }
        for address in [
            "https://web.archive.org/web/2020/https://example.org/t/",
            "https://web.archive.org/web/2020/https://example.com/t/notes/x/",
            "https://example.com/",
        ] {
            assert_eq!(entry_within(&root, address), None, "{address}");
        }
    }

    #[test]
    fn paths_of_pages_are_compared_as_servers_find_them() {
        for path in ["/Old/x/", "old/x", "old/x.html", "old/x/index.html"] {
            assert_eq!(page_path(path), "old/x", "{path}");
        }
    }
}
