//! What the address of a link or an image names, and which addresses a dossier may not carry.
//!
//! Takes an address as Markdown gives it (entities and escapes replaced); gives a [`Destination`].
//! Never resolves it.

use super::super::label;
use super::cite;
use super::dialect::Dialect;
use super::foreign::{self, Form};
use super::walk::{Walk, collapse, higher, plain};
use crate::diag::Code;
use crate::model::address::{Address, is_hidden};
use crate::model::body::{Destination, Event, Link, Size, Tag};
use crate::model::path::markdown;
use crate::model::{is_of_lists, page_path};
use crate::text::{Span, percent_decode};
use memchr::memchr;
use pulldown_cmark::{Event as Md, LinkType, Tag as MdTag, TagEnd};
use std::ops::Range;

impl Walk<'_> {
    /// A mark in the title of a link, `[words](address (TLP:AMBER))`, is meant for what stands before it.
    pub(super) fn label_in_title(&mut self, title: &str, range: &Range<usize>) {
        if !title.is_empty() && !label::find(title).is_empty() {
            self.open_run(range.start);
            let help = "put it at the start of the paragraph, or in one of its own before the link";
            let span = Span::new(range.start, range.end);
            let found = self.bad_mark(span, "a mark in the title of a link", help.to_owned());
            self.run.bad = higher(self.run.bad, Some(found));
        }
    }

    /// A link, or an image where there is a `title` (which may be empty).
    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        address: &str,
        title: Option<&str>,
        range: Range<usize>,
    ) {
        self.open_run(range.start);
        let span = Span::new(range.start, range.end);
        let written = span.of(self.file);
        let by_name = matches!(kind, LinkType::WikiLink { .. });
        let pointed = address
            .strip_suffix('\\')
            .filter(|_| by_name && written.contains("\\|"));
        let address = pointed.unwrap_or(address);
        // In a table the bar is kept from ending the cell: see `dialect`.
        let parted = memchr(b'|', address.as_bytes()).map(|bar| address.split_at(bar));
        let (address, kind) = match (kind, parted) {
            (LinkType::WikiLink { has_pothole: false }, Some((name, _))) => {
                self.words_follow = true;
                (name, LinkType::WikiLink { has_pothole: true })
            }
            (kind, _) => (address, kind),
        };
        let mut image = title.is_some();
        let to = match kind {
            LinkType::WikiLink { .. } if self.markings.path_of_entry(address.trim()).is_some() => {
                self.classified(address, image)
            }
            LinkType::WikiLink { has_pothole } => {
                wiki(address, image).map(|to| with_bar(to, has_pothole, written))
            }
            LinkType::Email => classify(&format!("mailto:{address}"), image),
            _ => self.classified(address, image),
        };
        let citing = match kind {
            LinkType::WikiLink { .. } => written.starts_with("[[@"),
            // The definition of the address takes the place of every citation of that name.
            LinkType::Shortcut | LinkType::ShortcutUnknown => written.starts_with("[@"),
            _ => false,
        };
        if citing {
            self.problems.report(
                Code::BadCitation,
                span,
                "this is a link, it cites nothing",
                "a citation is `[@slug]` and nothing more; the address of a source goes into its entry in `content/sources/`",
            );
        }
        let to = self.accepted(to, address, image, span);
        // `![[apt38]]` is no image: it shows an entry, where that can be ([`super::embed`]).
        let embed = image && matches!(to, Destination::Wiki { .. });
        image &= !embed;
        // A mark in a title was meant, but a title bears none.
        if title.is_some_and(|title| label::first(title).is_some()) {
            let found = self.bad_mark(
                span,
                "a mark in the title of an image",
                "put it in a paragraph of its own before the image".to_owned(),
            );
            self.run.bad = higher(self.run.bad, Some(found));
        }
        self.body.links.push(Link {
            to,
            bare: matches!(
                kind,
                LinkType::Autolink | LinkType::Email | LinkType::WikiLink { has_pothole: false }
            ),
            title: title.filter(|_| image).unwrap_or_default().into(),
            size: Size::default(),
            image,
            embed,
            span,
        });
        self.start_inline(self.last_link(image), range.start);
        self.run.seen = range.start;
    }

    /// A link, or an image where there is a `title`, that was typed as HTML; it is put in the table.
    pub(super) fn typed_link(&mut self, address: &str, title: Option<&str>, span: Span) -> Tag {
        let image = title.is_some();
        let to = self.accepted(self.classified(address, image), address, image, span);
        self.body.links.push(Link {
            to,
            bare: false,
            title: title.unwrap_or_default().into(),
            size: Size::default(),
            image,
            embed: false,
            span,
        });
        self.last_link(image)
    }

    /// The destination of a link; an address of the site itself leads to what it names, which may be withheld.
    fn classified(&self, address: &str, image: bool) -> Result<Destination, Reason> {
        match self.markings.path_of_entry(address.trim()) {
            Some(own) if own.picks() => Err(PICKED),
            Some(own) if own.path.split('/').next().is_some_and(is_of_lists) => Err(LIST),
            Some(own) => inside(format!("/{}", own.path), own.fragment),
            None if self.markings.entry_within(address).is_some() => Err(COPY),
            None => classify(address, image).map(|to| self.of_site(to)),
        }
    }

    /// A destination; of an address of the site itself with what it names there.
    fn of_site(&self, to: Destination) -> Destination {
        match to {
            Destination::External(address) => match self.markings.path_below(&address) {
                Some(own) => Destination::Site {
                    path: page_path(&own.path).into(),
                    address,
                },
                None => Destination::External(address),
            },
            other @ (Destination::Wiki { .. }
            | Destination::Relative { .. }
            | Destination::Site { .. }
            | Destination::Refused
            | Destination::Drawn(_)) => other,
        }
    }

    /// A destination, or that it is refused, which is reported.
    fn accepted(
        &mut self,
        to: Result<Destination, Reason>,
        address: &str,
        image: bool,
        span: Span,
    ) -> Destination {
        if foreign::holds_liquid(address) {
            self.foreign(Form::Liquid, span.start as usize..span.end as usize);
            return Destination::Refused;
        }
        to.unwrap_or_else(|reason| {
            self.problems.report(
                Code::UnsafeLink,
                span,
                format!(
                    "`{}` may not be {}",
                    cite::short(address),
                    if image { "shown" } else { "linked" }
                ),
                reason,
            );
            Destination::Refused
        })
    }

    /// The words of a wikilink, read as what stands within a line; `text` holds its name before a bar.
    pub(super) fn words(&mut self, text: &str, range: &Range<usize>) {
        let Some((name, words)) = text.split_once('|') else {
            return self.text(text, range);
        };
        let from = range.start + name.len() + 1;
        let inline = |event: &Md<'_>| match event {
            Md::Start(tag) => matches!(
                tag,
                MdTag::Paragraph | MdTag::Emphasis | MdTag::Strong | MdTag::Strikethrough
            ),
            Md::Text(_) | Md::Code(_) | Md::End(_) => true,
            _ => false,
        };
        let dialect = Dialect::of(words);
        let events: Vec<_> = dialect.events().collect();
        if !events.iter().all(|(event, _)| inline(event)) {
            return self.text(words, &(from..range.end));
        }
        for (event, range) in events {
            let whole = matches!(
                event,
                Md::Start(MdTag::Paragraph) | Md::End(TagEnd::Paragraph)
            );
            if !whole {
                self.event(event, range.start + from..range.end + from);
            }
        }
    }

    /// A link to an address that stands in the text as such, if it may be linked; it is put in the table.
    pub(super) fn bare_link(&mut self, address: &str, span: Span) -> bool {
        let Ok(Destination::External(_)) = classify(address, false) else {
            return false;
        };
        let to = self.accepted(self.classified(address, false), address, false, span);
        self.body.links.push(Link {
            to,
            bare: true,
            title: Box::default(),
            size: Size::default(),
            image: false,
            embed: false,
            span,
        });
        true
    }

    /// A link whose words are its address, or that has none, is bare.
    pub(super) fn end_link(&mut self, at: u32, start: usize) {
        let words = plain(&self.body, start);
        self.size_of_image(at, start, &words);
        let Some(link) = self.body.links.get_mut(at as usize) else {
            return;
        };
        let same = match &link.to {
            Destination::Wiki { name, .. } => **name == words,
            Destination::Relative { path, .. } => {
                let own = self.markings.path_of_entry(&words);
                **path == words || own.is_some_and(|own| path.strip_prefix('/') == Some(&*own.path))
            }
            Destination::External(url) | Destination::Site { address: url, .. } => {
                let is_address = words.contains("://");
                **url == *words
                    || url.strip_prefix("mailto:") == Some(&words)
                    || is_address && Address::web(&words).as_ref() == Ok(url)
            }
            // What is drawn has no words.
            Destination::Refused | Destination::Drawn(_) => false,
        };
        link.bare |= !link.image && (words.is_empty() || same);
        // Its words are its name: no bar is meant to be part of one.
        if link.bare
            && let Destination::Wiki { barred, .. } = &mut link.to
        {
            *barred = None;
        }
        // An address that is not linked as it was written (a host that looks like another) is not shown so
        // either.
        if let Destination::External(url) | Destination::Site { address: url, .. } = &link.to
            && words.contains("://")
            && link.bare
            && **url != *words
        {
            let shown = url.to_string();
            self.body.events.truncate(start + 1);
            let slice = self.push_text(&shown);
            self.body.events.push(Event::Text(slice));
        }
    }
}

/// Why an address is refused.
pub(super) type Reason = &'static str;

/// Whether there is a page of a tag depends on what may be seen of all others.
const COPY: Reason = "it holds the address of a page of this site, which may be withheld: link to the page itself, `[[notes/example]]`";

/// The page itself is there for everybody.
const PICKED: Reason = "such an address names entries or a name of theirs, which may be withheld: link to the entries, or to the page without what was picked there";

const DEFANGED: Reason =
    "it is defanged, so that nobody follows it: write it as code, without a link";

const LIST: Reason = "a page of a tag, a country or a marking is there only for those who may see what stands on it: leave the link out; `[navigation]` may name it";

/// The destination of a Markdown link, or why it is refused.
pub(super) fn classify(address: &str, image: bool) -> Result<Destination, Reason> {
    let address = address.trim();
    if address.chars().any(is_hidden) {
        return Err("it holds characters that cannot be seen");
    }
    if scheme_of(address).is_some() {
        return external(address, image);
    }
    let mut start = address.chars();
    if let (Some('/' | '\\'), Some('/' | '\\')) = (start.next(), start.next()) {
        return Err("it leads to another host without naming the scheme");
    }
    if address.starts_with('\\') {
        return Err("a path is written with `/`");
    }
    relative(address)
}

/// The destination of a wikilink.
pub(super) fn wiki(written: &str, image: bool) -> Result<Destination, Reason> {
    let written = written.trim();
    let is_address = || written.contains("://") || written.starts_with("mailto:");
    if memchr(b':', written.as_bytes()).is_some() && is_address() {
        return classify(written, image);
    }
    let (name, fragment) = match memchr(b'#', written.as_bytes()) {
        Some(at) => (written[..at].trim(), Some(written[at + 1..].trim())),
        None => (written, None),
    };
    if image && is_file(name) && markdown(name).is_none() {
        return classify(written, image);
    }
    let fragment = fragment.filter(|it| !it.is_empty());
    Ok(Destination::Wiki {
        name: collapse(name).into(),
        fragment: fragment.map(|it| collapse(it).into()),
        whole: fragment.map(|_| collapse(written).into()),
        barred: None,
    })
}

/// The destination of a wikilink that may as well be a name with a bar: `[[Blue|Noroff]]`.
fn with_bar(mut to: Destination, parted: bool, written: &str) -> Destination {
    if let Destination::Wiki { barred, .. } = &mut to
        && parted
    {
        let inner = written.trim_start_matches('!').strip_prefix("[[");
        let inner = inner.and_then(|it| it.strip_suffix("]]"));
        // A backslash keeps a bar in a cell.
        *barred = inner.map(|it| match it.contains('\\') {
            true => collapse(&it.replace("\\|", "|")).into(),
            false => collapse(it).into(),
        });
    }
    to
}

/// Whether a name has an ending as files have: `![[figure.svg]]` shows one, `![[apt38]]` does not.
pub(super) fn is_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && (1..=5).contains(&ending.len())
            && ending.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

fn external(address: &str, image: bool) -> Result<Destination, Reason> {
    if image {
        return Err("a page loads nothing from other hosts: put the picture beside the entry");
    }
    // What stands between `<` and `>` may hold spaces and the like, an address may not.
    let mut written = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' => written.push_str("%20"),
            '"' => written.push_str("%22"),
            '<' => written.push_str("%3C"),
            '>' => written.push_str("%3E"),
            '`' => written.push_str("%60"),
            c => written.push(c),
        }
    }
    match Address::read(&written) {
        Ok(address) => Ok(Destination::External(address)),
        Err(_) if is_defanged(address) => Err(DEFANGED),
        Err(refusal) => Err(refusal.reason()),
    }
}

/// `hxxp://evil[.]example`
fn is_defanged(address: &str) -> bool {
    let scheme = scheme_of(address).unwrap_or("").to_ascii_lowercase();
    matches!(scheme.as_str(), "hxxp" | "hxxps") || address.contains("[.]")
}

fn relative(address: &str) -> Result<Destination, Reason> {
    let (rest, fragment) = match address.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (address, None),
    };
    let path = percent_decode(rest.split('?').next().unwrap_or(rest));
    let fragment = fragment.filter(|it| !it.is_empty());
    inside(path, fragment.map(percent_decode))
}

/// A path within the dossier, and what stands after `#`; escapes are undone.
fn inside(path: String, fragment: Option<String>) -> Result<Destination, Reason> {
    let tricky = |text: &str| text.chars().any(is_hidden);
    if tricky(&path) || fragment.as_deref().is_some_and(tricky) {
        return Err("it holds characters that cannot be seen");
    }
    if scheme_of(&path).is_some() || path.starts_with("//") || path.contains('\\') {
        return Err("it hides what it leads to");
    }
    Ok(Destination::Relative {
        path: path.into(),
        fragment: fragment.map(Into::into),
    })
}

/// The scheme, if what stands before the first colon can be one.
fn scheme_of(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut chars = scheme.chars();
    let first = chars.next()?;
    let fits = |c: char| c.is_ascii_alphanumeric() || "+-. \t".contains(c);
    (first.is_ascii_alphabetic() && chars.all(fits)).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_classified() {
        let table = [
            (
                "https://a.example/x?y#z",
                "External https://a.example/x?y#z",
            ),
            ("HTTP://a.example", "External http://a.example"),
            (
                "https://medium.example/@user",
                "External https://medium.example/@user",
            ),
            ("<not trimmed>", "<not trimmed>"),
            ("https://a.example/a b", "External https://a.example/a%20b"),
            ("mailto:me@a.example", "External mailto:me@a.example"),
            ("../incidents/x.md#h%C3%A9", "../incidents/x.md#hé"),
            ("my%20file.pdf", "my file.pdf"),
            ("x.svg?raw=1", "x.svg"),
            ("#top", "#top"),
            ("", ""),
            ("a%zz%", "a%zz%"),
        ];
        for (address, expected) in table {
            let shown = match classify(address, false) {
                Ok(Destination::External(url)) => format!("External {url}"),
                Ok(Destination::Relative { path, fragment }) => {
                    path.into_string() + &fragment.map(|it| format!("#{it}")).unwrap_or_default()
                }
                other => format!("{other:?}"),
            };
            assert_eq!(shown, expected, "{address}");
        }
    }

    #[test]
    fn tricks_are_refused() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\u{200B}script:alert(1)",
            "\u{1}javascript:alert(1)",
            "java script:alert(1)",
            "javascript%3Aalert(1)",
            "%6Aavascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://a.example",
            "//a.example",
            "/\\a.example",
            "\\\\a.example",
            "%2F%2Fa.example",
            "http:a.example",
            "http://",
            "https:///x",
            "https://good.example@evil.example",
            "https://good.example\\@evil.example",
            "a%00.md",
            "x\u{202E}gpj.exe",
        ] {
            let found = classify(address, false);
            assert!(found.is_err(), "{address:?} gives {found:?}");
        }
        assert!(classify("https://a.example/x.png", true).is_err());
        assert!(classify("x.png", true).is_ok());
    }

    #[test]
    fn wikilinks_name_entries_and_headings() {
        let wiki_of = |name: &str, fragment: Option<&str>, whole: Option<&str>| {
            Ok(Destination::Wiki {
                name: name.into(),
                fragment: fragment.map(Into::into),
                whole: whole.map(Into::into),
                barred: None,
            })
        };
        assert_eq!(wiki("apt38", false), wiki_of("apt38", None, None));
        assert_eq!(
            wiki(" Lazarus\n Group # Early  days ", false),
            wiki_of(
                "Lazarus Group",
                Some("Early days"),
                Some("Lazarus Group # Early days")
            )
        );
        assert_eq!(wiki("#top", false), wiki_of("", Some("top"), Some("#top")));
        assert_eq!(wiki("apt38#", false), wiki_of("apt38", None, None));
        assert_eq!(wiki("apt38", true), wiki_of("apt38", None, None));
        assert!(matches!(
            wiki("a b.svg", true),
            Ok(Destination::Relative { .. })
        ));
        assert!(wiki("javascript://x", false).is_err());
    }
}
