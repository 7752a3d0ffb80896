//! An independent reader of pages: it shares no code with the generator and knows nothing of it.
//!
//! It reads a page as a sequence of tags and says what is wrong with it: tags that do not match,
//! elements where HTML does not allow them, ids that stand twice, attributes that the policy of the
//! site forbids; and over a whole site, links that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

/// A page as the scanner sees it.
#[derive(Debug, Default)]
pub struct Page {
    /// What is wrong with it.
    pub wrong: Vec<String>,
    /// Every id.
    pub ids: BTreeSet<String>,
    /// Every address in `href`, `src` and a refresh, entities replaced.
    pub links: Vec<String>,
    /// The text, entities replaced.
    pub text: String,
}

/// A tag as written.
struct Tag {
    name: String,
    closing: bool,
    closed: bool,
    attributes: Vec<(String, String)>,
}

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that end an open paragraph in a browser, so that they cannot stand in one.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Which parents an element needs.
const PARENTS: &[(&str, &[&str])] = &[
    ("li", &["ul", "ol", "menu"]),
    ("dt", &["dl", "div"]),
    ("dd", &["dl", "div"]),
    ("tr", &["thead", "tbody", "tfoot", "table"]),
    ("td", &["tr"]),
    ("th", &["tr"]),
    ("thead", &["table"]),
    ("tbody", &["table"]),
    ("caption", &["table"]),
    ("figcaption", &["figure"]),
    ("summary", &["details"]),
];

/// Reads a page.
pub fn read(html: &str) -> Page {
    let mut page = Page::default();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text(&rest[..at], &mut page);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            page.wrong.push("a comment".to_owned());
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((tag, after)) = tag(rest, &mut page.wrong) else {
            page.wrong
                .push(format!("a `<` that begins no tag: {}", start_of(rest)));
            rest = &rest[1..];
            continue;
        };
        rest = after;
        if tag.name.starts_with('!') {
            continue;
        }
        nest(&tag, &mut open, &mut page.wrong);
        attributes(&tag, &mut page);
        if matches!(tag.name.as_str(), "script" | "style") && !tag.closing {
            let end = rest.find(&format!("</{}", tag.name)).unwrap_or(rest.len());
            let data = tag.attributes.iter().any(|(name, value)| {
                tag.name == "script" && name == "type" && value == "application/ld+json"
            });
            let inside = rest[..end].trim();
            match data {
                // It never runs, so the policy lets it be.
                true if inside.contains(['<', '>', '&']) => {
                    page.wrong
                        .push("data that could end its element".to_owned());
                }
                true => {
                    if let Err(error) = serde_json::from_str::<serde_json::Value>(inside) {
                        page.wrong.push(format!("data that is no JSON: {error}"));
                    }
                }
                false if !inside.is_empty() => {
                    page.wrong.push(format!("an inline {}", tag.name));
                }
                false => {}
            }
            rest = &rest[end..];
        }
    }
    text(rest, &mut page);
    if !open.is_empty() {
        page.wrong.push(format!("never closed: {}", open.join(" ")));
    }
    page
}

fn start_of(text: &str) -> String {
    text.chars().take(60).collect::<String>().replace('\n', " ")
}

fn text(text: &str, page: &mut Page) {
    if text.contains('>') && text.contains("=\"") {
        page.wrong
            .push(format!("a tag that escaped: {}", start_of(text)));
    }
    page.text.push_str(&decode(text, &mut page.wrong));
}

/// The tag at the start of a text, and what follows it.
fn tag<'a>(text: &'a str, wrong: &mut Vec<String>) -> Option<(Tag, &'a str)> {
    let mut rest = text.strip_prefix('<')?;
    let closing = rest.starts_with('/');
    rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest
        .find(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .unwrap_or(rest.len());
    let name = rest[..end].to_ascii_lowercase();
    let first = name.chars().next()?;
    if !(first.is_ascii_alphabetic() || first == '!' || first == '?') {
        return None;
    }
    rest = &rest[end..];
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix("?>")) {
            return Some((
                Tag {
                    name,
                    closing,
                    closed: true,
                    attributes,
                },
                after,
            ));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some((
                Tag {
                    name,
                    closing,
                    closed: false,
                    attributes,
                },
                after,
            ));
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
        if end == 0 {
            wrong.push(format!("a stray character in a tag: {}", start_of(text)));
            rest = &rest[rest.chars().next()?.len_utf8()..];
            continue;
        }
        let attribute = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let Some(quoted) = after.strip_prefix('"') else {
                wrong.push(format!("an attribute without quotes: {}", start_of(text)));
                return None;
            };
            let end = quoted.find('"')?;
            if quoted[..end].contains('<') && !name.starts_with('!') {
                wrong.push(format!("a `<` in an attribute: {}", start_of(text)));
            }
            value = decode(&quoted[..end], wrong);
            rest = &quoted[end + 1..];
        }
        if attributes.iter().any(|(other, _)| *other == attribute) {
            wrong.push(format!("`{attribute}` stands twice in {}", start_of(text)));
        }
        attributes.push((attribute, value));
    }
}

fn nest(tag: &Tag, open: &mut Vec<String>, wrong: &mut Vec<String>) {
    let name = tag.name.as_str();
    let around = || open.join(" ");
    if tag.closing {
        if open.last().map(String::as_str) == Some(name) {
            open.pop();
        } else {
            wrong.push(format!("</{name}> closes nothing within {}", around()));
        }
        return;
    }
    let in_svg = open.iter().any(|other| other == "svg");
    if BLOCKS.contains(&name) && open.iter().any(|other| other == "p") {
        wrong.push(format!("<{name}> within a paragraph: {}", around()));
    }
    let inline_only = |other: &String| {
        matches!(
            other.as_str(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "span" | "summary"
        )
    };
    if BLOCKS.contains(&name) && open.iter().any(inline_only) {
        wrong.push(format!(
            "<{name}> where only phrases may stand: {}",
            around()
        ));
    }
    if name == "a" && open.iter().any(|other| other == "a") {
        wrong.push(format!("a link within a link: {}", around()));
    }
    let parent = open.last().map_or("", String::as_str);
    if let Some((_, parents)) = PARENTS.iter().find(|(child, _)| *child == name)
        && !parents.contains(&parent)
    {
        wrong.push(format!("<{name}> in <{parent}>"));
    }
    let lists = ["ul", "ol", "menu"];
    if lists.contains(&parent) && name != "li" {
        wrong.push(format!("<{name}> in <{parent}>"));
    }
    if tag.closed && !in_svg && !VOID.contains(&name) {
        wrong.push(format!("<{name}/> does not close itself"));
    }
    if !(VOID.contains(&name) || tag.closed) {
        open.push(name.to_owned());
    }
}

fn attributes(tag: &Tag, page: &mut Page) {
    for (name, value) in &tag.attributes {
        if name == "style" || name.starts_with("on") || name == "srcdoc" {
            page.wrong.push(format!("`{name}` on <{}>", tag.name));
        }
        if name == "id" {
            if value.is_empty() || value.contains(char::is_whitespace) {
                page.wrong.push(format!("`{value}` is no id"));
            }
            if !page.ids.insert(value.clone()) {
                page.wrong.push(format!("the id `{value}` stands twice"));
            }
        }
        if matches!(name.as_str(), "href" | "src") {
            page.links.push(value.clone());
        }
        if name == "content"
            && let Some((_, address)) = value.split_once("url=")
        {
            page.links.push(address.to_owned());
        }
    }
}

/// Replaces the entities that a careful writer uses; any other `&` is wrong.
fn decode(text: &str, wrong: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|&end| end < 12);
        let entity = end.map(|end| &rest[1..end]);
        let c = match entity {
            Some("amp") => Some('&'),
            Some("lt") => Some('<'),
            Some("gt") => Some('>'),
            Some("quot") => Some('"'),
            Some("apos") => Some('\''),
            Some("nbsp") => Some('\u{a0}'),
            Some(number) => number.strip_prefix('#').and_then(|number| {
                let hex = number.strip_prefix(['x', 'X']);
                let code = hex.map_or_else(
                    || number.parse().ok(),
                    |hex| u32::from_str_radix(hex, 16).ok(),
                );
                code.and_then(char::from_u32)
            }),
            None => None,
        };
        match (c, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            _ => {
                wrong.push(format!("a bare `&`: {}", start_of(rest)));
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Elements that stand on a line of their own when a page is laid out for reading.
const LINES: &[&str] = &[
    "body", "caption", "dd", "dt", "head", "html", "li", "link", "meta", "svg", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr",
];

/// A page laid out for reading and for comparing line by line: every block on a line of its own, deeper
/// ones indented, white space collapsed but in `pre`.
pub fn laid_out(html: &str) -> String {
    let mut out = String::new();
    let mut depth = 0usize;
    let mut verbatim = false;
    let mut rest = html;
    let break_line = |out: &mut String, depth: usize| {
        out.truncate(out.trim_end().len());
        if !out.is_empty() {
            out.push('\n');
        }
        out.extend(std::iter::repeat_n(' ', depth));
    };
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        if verbatim {
            out.push_str(&rest[..at]);
        } else {
            for c in rest[..at].chars() {
                if !c.is_whitespace() {
                    out.push(c);
                } else if !out.ends_with([' ', '\n']) && !out.is_empty() {
                    out.push(' ');
                }
            }
        }
        rest = &rest[at..];
        let Some((tag, after)) = tag(rest, &mut Vec::new()) else {
            let end = rest.chars().next().map_or(0, char::len_utf8);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        };
        let written = &rest[..rest.len() - after.len()];
        rest = after;
        let name = tag.name.as_str();
        let block = BLOCKS.contains(&name) || LINES.contains(&name);
        let empty = VOID.contains(&name) || tag.closed || name.starts_with('!');
        if tag.closing && block {
            depth = depth.saturating_sub(1);
            if !verbatim && name != "pre" && ends_in_a_block(&out) {
                break_line(&mut out, depth);
            }
        } else if block && !verbatim {
            break_line(&mut out, depth);
        }
        out.push_str(written);
        depth += usize::from(block && !tag.closing && !empty);
        verbatim = if name == "pre" {
            !tag.closing
        } else {
            verbatim
        };
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Whether what was written last closes a block, so that what closes around it needs a line too.
fn ends_in_a_block(out: &str) -> bool {
    let name = out
        .trim_end()
        .strip_suffix('>')
        .and_then(|out| out.rsplit('<').next())
        .unwrap_or("");
    let name = name.trim_start_matches('/').split(' ').next().unwrap_or("");
    BLOCKS.contains(&name) || LINES.contains(&name)
}

/// The first lines in which two files differ, each as it is laid out.
pub fn difference(one: Option<&Vec<u8>>, other: Option<&Vec<u8>>) -> String {
    let text = |bytes: Option<&Vec<u8>>| {
        bytes.map_or("(no such file)".to_owned(), |bytes| {
            laid_out(&String::from_utf8_lossy(bytes))
        })
    };
    let (one, other) = (text(one), text(other));
    let mut lines = one.lines().zip(other.lines());
    match lines.find(|(one, other)| one != other) {
        Some((one, other)) => format!("  withheld: {one}\n  deleted:  {other}"),
        None => format!(
            "  {} lines withheld, {} deleted",
            one.lines().count(),
            other.lines().count()
        ),
    }
}

/// What is wrong with a site: its pages, its XML, and every internal link with its fragment.
/// `base` is the address that it is built for.
pub fn faults(site: &BTreeMap<String, Vec<u8>>, base: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut pages = BTreeMap::new();
    for (path, bytes) in site {
        let Ok(text) = std::str::from_utf8(bytes) else {
            continue;
        };
        if path.ends_with(".html") {
            let page = read(text);
            wrong.extend(page.wrong.iter().map(|what| format!("{path}: {what}")));
            pages.insert(path.as_str(), page);
        } else if path.ends_with(".xml") {
            wrong.extend(xml(text).into_iter().map(|what| format!("{path}: {what}")));
        }
    }
    for (path, page) in &pages {
        for link in &page.links {
            if let Err(what) = follow(site, &pages, base, path, link) {
                wrong.push(format!("{path}: {what}"));
            }
        }
    }
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".xml")) {
        let text = String::from_utf8_lossy(bytes);
        for address in addresses(&text, base) {
            if let Err(what) = follow(site, &pages, base, path, &address) {
                wrong.push(format!("{path}: {what}"));
            }
        }
    }
    wrong
}

/// The addresses of the site in an XML file: contents of `loc`, and `href`s.
fn addresses(xml: &str, base: &str) -> Vec<String> {
    let ends = ['<', '"'];
    xml.split(['>', '"'])
        .map(|part| part.split(ends).next().unwrap_or(""))
        .filter(|part| part.starts_with(base))
        .map(|part| part.replace("&amp;", "&"))
        .collect()
}

fn xml(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        decode(&rest[..at], &mut wrong);
        rest = &rest[at..];
        let Some((tag, after)) = tag(rest, &mut wrong) else {
            wrong.push(format!("a `<` that begins no tag: {}", start_of(rest)));
            return wrong;
        };
        rest = after;
        if tag.closing {
            if open.pop().as_deref() != Some(&tag.name) {
                wrong.push(format!("</{}> closes another element", tag.name));
            }
        } else if !tag.closed {
            open.push(tag.name);
        }
    }
    if !open.is_empty() {
        wrong.push(format!("never closed: {}", open.join(" ")));
    }
    wrong
}

/// Follows a link from a page; outside links are let be, but for schemes that no page may carry.
fn follow(
    site: &BTreeMap<String, Vec<u8>>,
    pages: &BTreeMap<&str, Page>,
    base: &str,
    from: &str,
    link: &str,
) -> Result<(), String> {
    let (link, fragment) = match link.split_once('#') {
        Some((link, fragment)) => (link, Some(fragment)),
        None => (link, None),
    };
    let root_path = base
        .splitn(4, '/')
        .nth(3)
        .map_or("/".to_owned(), |path| format!("/{path}"));
    let absolute = link
        .strip_prefix(base)
        .or_else(|| link.strip_prefix(&root_path));
    let target = if let Some(below) = absolute {
        below.to_owned()
    } else if let Some((scheme, _)) = link
        .split_once(':')
        .filter(|(scheme, _)| !scheme.contains(['/', '?']))
    {
        let allowed = ["https", "http", "mailto"].contains(&scheme.to_ascii_lowercase().as_str());
        return if allowed {
            Ok(())
        } else {
            Err(format!("the scheme of `{link}`"))
        };
    } else if link.starts_with('/') || link.starts_with('\\') {
        return Err(format!("`{link}` leaves the site"));
    } else if link.is_empty() {
        from.to_owned()
    } else {
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in link.split('/') {
            match part {
                "." => {}
                ".." => {
                    parts
                        .pop()
                        .ok_or_else(|| format!("`{link}` climbs out of the site"))?;
                }
                part => parts.push(part),
            }
        }
        parts.join("/")
    };
    let target = percent_decode(target.split('?').next().unwrap_or(&target));
    let file = if target.is_empty() || target.ends_with('/') {
        format!("{target}index.html")
    } else {
        target
    };
    if !site.contains_key(&file) {
        return Err(format!("`{link}` leads nowhere ({file})"));
    }
    if let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) {
        let id = percent_decode(fragment);
        if pages
            .get(file.as_str())
            .is_none_or(|page| !page.ids.contains(&id))
        {
            return Err(format!("`{link}#{fragment}`: {file} has no such id"));
        }
    }
    Ok(())
}

/// Percent-encoded bytes replaced.
pub fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The scanner itself finds what it is there to find: a check that cannot fail is none.
#[test]
fn the_scanner_finds_faults() {
    for (html, what) in [
        ("<p>a<div></div></p>", "within a paragraph"),
        ("<b><i></b></i>", "closes nothing"),
        ("<ul><p></p></ul>", "in <ul>"),
        ("<p>a &copy b</p>", "a bare `&`"),
        (
            "<a href=\"x\"><a href=\"y\"></a></a>",
            "a link within a link",
        ),
        ("<p id=\"a\"></p><p id=\"a\"></p>", "stands twice"),
        ("<p style=\"x\"></p>", "`style`"),
        ("<p onclick=\"x\"></p>", "`onclick`"),
        ("<script>x</script>", "an inline script"),
        (
            "<script type=\"application/ld+json\">{}&</script>",
            "could end",
        ),
        ("<script type=\"application/ld+json\">{</script>", "no JSON"),
        ("<p>a < b</p>", "begins no tag"),
        ("<p>", "never closed"),
        ("<!-- x -->", "a comment"),
        ("<span><h2></h2></span>", "only phrases"),
    ] {
        let page = read(html);
        assert!(
            page.wrong.iter().any(|wrong| wrong.contains(what)),
            "{html}: {:?}",
            page.wrong
        );
    }
    let page = read("<main id=\"m\"><p>a &amp; <b>b</b><br>c</p><svg><rect x=\"1\"/></svg></main>");
    assert!(page.wrong.is_empty(), "{:?}", page.wrong);
    assert_eq!(page.text, "a & bc");

    let site = |index: &str| {
        BTreeMap::from([
            ("index.html".to_owned(), index.as_bytes().to_vec()),
            (
                "a/index.html".to_owned(),
                b"<p id=\"x\xc3\xa4\"></p>".to_vec(),
            ),
        ])
    };
    let faults = |index: &str| faults(&site(index), "https://example.org/t/").len();
    for good in [
        "a/",
        "./a/index.html",
        "a/#x%C3%A4",
        "#",
        "https://example.org/t/a/",
        "/t/a/",
        "https://other.example/",
    ] {
        assert_eq!(faults(&format!("<a href=\"{good}\"></a>")), 0, "{good}");
    }
    for bad in [
        "b/",
        "../a/",
        "a/#z",
        "/a/",
        "javascript:x",
        "//host/",
        "https://example.org/t/b/",
    ] {
        assert_eq!(faults(&format!("<a href=\"{bad}\"></a>")), 1, "{bad}");
    }
}
