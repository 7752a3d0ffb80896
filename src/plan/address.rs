//! Addresses within the site: the one place where links are made.
//!
//! An address is a path below the site's root without a leading slash: empty for the home page,
//! `actors/apt38/` for a page, `feed.xml` for a file.

use crate::config::{Config, LinkStyle};

pub use crate::model::path::file;

/// The way from the page at `from` to the site's root: `./`, `../../`. A page's view holds it once,
/// and every link on the page is this and [`path`], so that what is shown of an entry is the same
/// value on every page. Like [`rooted`] it holds nothing that would have to be escaped in HTML.
#[must_use]
pub fn root(from: &str) -> String {
    match from.bytes().filter(|&byte| byte == b'/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// An address as it stands in a link after the [`root`].
#[must_use]
pub fn path(to: &str, style: LinkStyle) -> String {
    let mut path = String::with_capacity(to.len() + 10);
    encode(to, &mut path);
    if style == LinkStyle::File && (to.is_empty() || to.ends_with('/')) {
        path.push_str("index.html");
    }
    path
}

/// A fragment as it stands in a link, with its `#`.
#[must_use]
pub fn fragment(id: &str) -> String {
    let mut fragment = String::from("#");
    encode(id, &mut fragment);
    fragment
}

/// The absolute address, for feeds, the sitemap and canonical links.
#[must_use]
pub fn absolute(config: &Config, to: &str) -> String {
    let mut url = config.base_url.clone();
    encode(to, &mut url);
    url
}

/// The path from the server's root, for the page that is shown at any address (404).
#[must_use]
pub fn rooted(config: &Config, to: &str) -> String {
    let after_scheme = config
        .base_url
        .split_once("://")
        .map_or("", |(_, rest)| rest);
    let before = after_scheme.find('/').map_or("/", |at| &after_scheme[at..]);
    let mut path = before.replace('&', "%26").replace('\'', "%27");
    encode(to, &mut path);
    path
}

/// Escapes what may not stand in a path or fragment. Letters of other scripts stay readable: HTML
/// and Atom take IRIs.
fn encode(path: &str, out: &mut String) {
    // Nearly every path is made of slugs.
    if path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-/._".contains(&byte))
    {
        out.push_str(path);
        return;
    }
    for c in path.chars() {
        match c {
            ' '
            | '"'
            | '<'
            | '>'
            | '\\'
            | '^'
            | '`'
            | '{'
            | '|'
            | '}'
            | '?'
            | '#'
            | '%'
            | '\0'..='\x1f'
            | '\x7f' => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push('%');
                    for digit in [byte >> 4, byte & 15] {
                        out.push(
                            char::from_digit(u32::from(digit), 16)
                                .unwrap_or('0')
                                .to_ascii_uppercase(),
                        );
                    }
                }
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_the_way_to_the_root_and_a_path() {
        assert_eq!(root(""), "./");
        assert_eq!(root("feed.xml"), "./");
        assert_eq!(root("actors/apt38/"), "../../");
        assert_eq!(path("actors/apt38/", LinkStyle::Directory), "actors/apt38/");
        assert_eq!(
            path("actors/apt38/", LinkStyle::File),
            "actors/apt38/index.html"
        );
        assert_eq!(path("", LinkStyle::File), "index.html");
        assert_eq!(
            path("incidents/a b.svg", LinkStyle::File),
            "incidents/a%20b.svg"
        );
        assert_eq!(fragment("x y"), "#x%20y");
    }
}
