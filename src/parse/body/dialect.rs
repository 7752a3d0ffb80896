//! Where this dialect reads otherwise than pulldown-cmark, it is told so by signs.
//!
//! Takes Markdown; gives the same text, byte for byte as long, in which signs stand for characters that are
//! to mean nothing, and takes the signs out of the events that are read from it. So words in angle brackets
//! whose name is no element of HTML are text, wherever they stand; a bar in a wikilink ends no cell of a
//! table; `[[1]](address)` is a link with the text "[1]"; `[^a][@source]` is a footnote and a citation; a colon
//! with no space behind it defines nothing, `:warning:`; and no address is torn by emphasis. Every place in
//! the text stays where it is. Whoever parses Markdown here does it by way of this module: what is taken
//! away for an audience is looked for in the very blocks that a reader sees.

use super::OPTIONS;
use super::autolink;
use super::walk::holds_pair;
use crate::model::html;
use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memmem};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// The characters that may be made to mean nothing; the sign of each is its place here, from [`FIRST`] on.
const CHARACTERS: &[u8] = b":<[]|*_~";

/// The first sign: a control character that no text holds (one that does is read without signs).
const FIRST: u8 = 1;

/// How far the end of a wikilink is looked for.
const LONGEST_NAME: usize = 500;

/// A text as pulldown-cmark is to read it.
pub(super) struct Dialect<'t> {
    text: Cow<'t, str>,
    /// Whether addresses may stand in it as such.
    pub(super) addresses: bool,
}

impl<'t> Dialect<'t> {
    pub(super) fn of(markdown: &'t str) -> Dialect<'t> {
        let mut places = Vec::new();
        words_in_brackets(markdown, &mut places);
        colons(markdown, &mut places);
        let addresses = autolink::possible(markdown);
        if addresses {
            autolink::emphasis(markdown, &mut places);
        }
        let closes = Closes::of(markdown.as_bytes());
        if closes.before_citation {
            cited_notes(markdown, &mut places);
        }
        let named = holds_pair(markdown, b"[[");
        if named {
            bars(markdown, &mut places);
            brackets(markdown, &mut places);
        }
        let mut dialect = Dialect {
            text: Cow::Borrowed(markdown),
            addresses,
        };
        dialect.put(&places);
        if named && closes.before_address {
            let places = bracketed_links(&dialect.text);
            dialect.put(&places);
        }
        dialect
    }

    /// The parser of the text; each of its events goes through [`Dialect::read`].
    pub(super) fn parser(&self) -> Parser<'_> {
        Parser::new_ext(&self.text, OPTIONS)
    }

    /// The events of the text, with their places.
    pub(super) fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        let events = self.parser().into_offset_iter();
        events.map(|(event, range)| (self.read(event), range))
    }

    /// An event with the characters that were written.
    pub(super) fn read<'e>(&self, event: Event<'e>) -> Event<'e> {
        match self.text {
            Cow::Borrowed(_) => event,
            Cow::Owned(_) => written(event),
        }
    }

    /// Puts signs in place of the characters at these places.
    fn put(&mut self, places: &[usize]) {
        if places.is_empty() || holds_signs(&self.text) && matches!(self.text, Cow::Borrowed(_)) {
            return;
        }
        let mut bytes = std::mem::take(&mut self.text).into_owned().into_bytes();
        for &at in places {
            if let Some(byte) = bytes.get_mut(at)
                && let Some(sign) = sign_of(*byte)
            {
                *byte = sign;
            }
        }
        // Of what was ASCII nothing else was made.
        self.text = Cow::Owned(String::from_utf8(bytes).unwrap_or_default());
    }
}

/// The brackets of citations directly behind references to footnotes, `[^a][@source]`, which would be a link
/// by reference that is defined nowhere.
fn cited_notes(markdown: &str, places: &mut Vec<usize>) {
    let bytes = markdown.as_bytes();
    for close in memmem::find_iter(bytes, b"][@") {
        if ends_note(bytes, close) {
            places.push(close + 1);
        }
    }
}

fn sign_of(character: u8) -> Option<u8> {
    let at = memchr(character, CHARACTERS)?;
    Some(FIRST + u8::try_from(at).ok()?)
}

fn character_of(sign: char) -> Option<char> {
    let at = u32::from(sign).checked_sub(u32::from(FIRST))?;
    let character = CHARACTERS.get(at as usize)?;
    Some(char::from(*character))
}

fn holds_signs(text: &str) -> bool {
    let signs = FIRST..FIRST + CHARACTERS.len() as u8;
    text.bytes().any(|byte| signs.contains(&byte))
}

fn restored(text: CowStr<'_>) -> CowStr<'_> {
    match holds_signs(&text) {
        true => text
            .chars()
            .map(|c| character_of(c).unwrap_or(c))
            .collect::<String>()
            .into(),
        false => text,
    }
}

fn written(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(tag) => Event::Start(written_tag(tag)),
        Event::Text(text) => Event::Text(restored(text)),
        Event::Code(text) => Event::Code(restored(text)),
        Event::InlineMath(text) => Event::InlineMath(restored(text)),
        Event::DisplayMath(text) => Event::DisplayMath(restored(text)),
        Event::Html(text) => Event::Html(restored(text)),
        Event::InlineHtml(text) => Event::InlineHtml(restored(text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(restored(name)),
        Event::End(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => event,
    }
}

fn written_tag(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Heading {
            level,
            id,
            classes,
            attrs,
        } => Tag::Heading {
            level,
            id: id.map(restored),
            classes: classes.into_iter().map(restored).collect(),
            attrs: (attrs.into_iter())
                .map(|(key, value)| (restored(key), value.map(restored)))
                .collect(),
        },
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            Tag::CodeBlock(CodeBlockKind::Fenced(restored(info)))
        }
        Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(restored(name)),
        Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        } => Tag::Link {
            link_type,
            dest_url: restored(dest_url),
            title: restored(title),
            id: restored(id),
        },
        Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        } => Tag::Image {
            link_type,
            dest_url: restored(dest_url),
            title: restored(title),
            id: restored(id),
        },
        tag => tag,
    }
}

/// Whether a backslash stands before a place that is not one itself.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or(&[]);
    let slashes = before.iter().rev().take_while(|byte| **byte == b'\\');
    slashes.count() % 2 == 1
}

/// Every `<` before a name that is no element of HTML. Within drawings and formulas other names count.
fn words_in_brackets(text: &str, places: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    let mut destinations = Destinations::default();
    let mut foreign = [("svg", "</svg"), ("math", "</math")].map(Foreign::new);
    let mut done = 0;
    for at in memchr_iter(b'<', bytes) {
        if at < done {
            continue;
        }
        let rest = bytes.get(at + 1..).unwrap_or(&[]);
        let closes = rest.first() == Some(&b'/');
        let rest = rest.get(usize::from(closes)..).unwrap_or(&[]);
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
        let length = rest.iter().take_while(is_name).count();
        let ends = rest
            .get(length)
            .is_none_or(|byte| b" \t\r\n/>".contains(byte));
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) || !ends {
            continue;
        }
        let name = text
            .get(at + 1 + usize::from(closes)..)
            .and_then(|it| it.get(..length));
        let name = name.unwrap_or("");
        if html::fate(name).is_none() {
            if !destinations.hold(bytes, at) && !is_escaped(text, at) {
                places.push(at);
            }
        } else if let Some(root) = foreign.iter_mut().find(|root| root.is(name))
            && !closes
        {
            let end = memmem::find(bytes.get(at..).unwrap_or(&[]), root.end.as_bytes());
            root.ends = end.is_some();
            done = at + end.unwrap_or(0);
        }
    }
}

/// The colons that begin a line and have a letter or a digit behind them, which would define the line above:
/// `:warning: read this`, `::1`.
fn colons(text: &str, places: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    for at in memchr_iter(b':', bytes) {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'+';
        let behind = bytes.get(at + 1..).unwrap_or(&[]);
        // `::1` is an address.
        let behind = behind.strip_prefix(b":").unwrap_or(behind);
        if !behind.first().is_some_and(is_word) {
            continue;
        }
        let before = bytes.get(..at).unwrap_or(&[]);
        let blank = |byte: &&u8| b" \t>".contains(byte);
        let before_blank = before.iter().rev().find(|byte| !blank(byte));
        if before_blank == Some(&b'\n') {
            places.push(at);
        }
    }
}

/// The root of a drawing or a formula.
struct Foreign {
    name: &'static str,
    end: &'static str,
    /// Whether its end may still come: a million roots are not looked through a million times.
    ends: bool,
}

impl Foreign {
    fn new((name, end): (&'static str, &'static str)) -> Foreign {
        let ends = true;
        Foreign { name, end, ends }
    }

    fn is(&self, name: &str) -> bool {
        self.ends && name.eq_ignore_ascii_case(self.name)
    }
}

/// Tells of places, in order, whether they stand in the address of a link, `[words](address)`, or of a
/// definition, `[words]: address`: there a sign would be part of it.
#[derive(Debug, Default)]
pub(super) struct Destinations {
    done: usize,
    /// An address is open, and something of it was read.
    open: Option<bool>,
}

impl Destinations {
    pub(super) fn hold(&mut self, bytes: &[u8], at: usize) -> bool {
        for here in self.done..at.max(self.done) {
            let before = here.checked_sub(1).and_then(|it| bytes.get(it));
            self.open = match (bytes.get(here), self.open) {
                (Some(b'(' | b':'), _) if before == Some(&b']') => Some(false),
                (Some(b')'), _) => None,
                (Some(byte), Some(begun)) if byte.is_ascii_whitespace() => {
                    Some(begun).filter(|begun| !begun)
                }
                (_, open) => open.map(|_| true),
            };
        }
        self.done = self.done.max(at);
        self.open.is_some()
    }
}

/// The bars of wikilinks in the rows of tables.
fn bars(text: &str, places: &mut Vec<usize>) {
    let mut before: Option<Range<usize>> = None;
    let mut in_table = false;
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    for end in ends {
        let range = start..end;
        start = end + 1;
        let line = text.get(range.clone()).unwrap_or("");
        let blank = |byte: &u8| b" \t>".contains(byte);
        let first = line.bytes().find(|byte| !blank(byte));
        if !in_table && !matches!(first, Some(b'|' | b':' | b'-')) {
            before = Some(range);
            continue;
        }
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let delimits = || {
            let bytes = line.as_bytes();
            matches!(bytes.first(), Some(b'|' | b':' | b'-'))
                && bytes.iter().all(|byte| b"|:- \t".contains(byte))
                && line.contains('-')
                && line.contains(['|', ':'])
        };
        if line.is_empty() {
            in_table = false;
        } else if in_table {
            bars_in_line(text, range.clone(), places);
        } else if delimits() {
            in_table = true;
            if let Some(head) = before.take() {
                bars_in_line(text, head, places);
            }
        }
        before = Some(range);
    }
}

/// The bars of wikilinks in a line that have a name before them and no backslash.
fn bars_in_line(text: &str, line: Range<usize>, places: &mut Vec<usize>) {
    let written = text.get(line.clone()).unwrap_or("").as_bytes();
    let mut done = 0;
    for open in memmem::find_iter(written, b"[[") {
        let inner = written.get(open + 2..).unwrap_or(&[]);
        let Some(length) = wikilink(inner).filter(|_| open >= done) else {
            continue;
        };
        done = open + 2 + length;
        let inner = inner.get(..length).unwrap_or(&[]);
        let named = |bar: &usize| !inner.get(..*bar).unwrap_or(&[]).trim_ascii().is_empty();
        if memchr(b'|', inner).is_some_and(|bar| named(&bar)) {
            let bars = memchr_iter(b'|', inner).map(|bar| line.start + open + 2 + bar);
            places.extend(bars.filter(|&bar| !is_escaped(text, bar)));
        }
    }
}

/// The brackets within the names of wikilinks: `[[Fancy Bear [G0007]]]`.
fn brackets(text: &str, places: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for open in memmem::find_iter(bytes, b"[[") {
        let inner = bytes.get(open + 2..).unwrap_or(&[]);
        // Almost every name holds none.
        let holds = memchr2(b'[', b']', inner).filter(|at| inner.get(*at) == Some(&b'['));
        if holds.is_some()
            && open >= done
            && let Some(length) = wikilink(inner)
        {
            done = open + 2 + length;
            let inner = inner.get(..length).unwrap_or(&[]);
            places.extend(memchr2_iter(b'[', b']', inner).map(|at| open + 2 + at));
        }
    }
}

/// The length of what stands in a wikilink, where it ends on its line; brackets in it have their ends in it.
fn wikilink(inner: &[u8]) -> Option<usize> {
    let mut depth = 0u32;
    for (at, byte) in inner.iter().enumerate().take(LONGEST_NAME) {
        let next = inner.get(at + 1);
        match byte {
            b'\n' => return None,
            // What begins with a bracket has no name before it.
            b'[' if at == 0 => return None,
            b'[' => depth += 1,
            b']' if depth == 0 => return Some(at).filter(|_| next == Some(&b']')),
            // A link.
            b']' if next == Some(&b'(') => return None,
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What stands behind the closing brackets of a text.
#[derive(Debug, Clone, Copy, Default)]
struct Closes {
    /// `][@`: a citation, directly behind something else in brackets.
    before_citation: bool,
    /// `]](`, `]][`, `]:`: with `[[` before it there may be a link whose text stands in brackets of its own.
    before_address: bool,
}

impl Closes {
    fn of(bytes: &[u8]) -> Closes {
        let mut closes = Closes::default();
        for at in memchr_iter(b']', bytes) {
            let behind = (bytes.get(at + 1), bytes.get(at + 2));
            match behind {
                (Some(b'['), Some(b'@')) => closes.before_citation = true,
                (Some(b']'), Some(b'(' | b'[')) => closes.before_address = true,
                (Some(b':'), _) => closes.before_address |= !ends_note(bytes, at),
                _ => {}
            }
        }
        closes
    }
}

/// Whether the bracket at a place closes the name of a footnote that is defined.
fn ends_note(bytes: &[u8], close: usize) -> bool {
    let name = bytes[..close].iter().rev().take(LONGEST_NAME);
    let length = name.take_while(|byte| !b"[]\n".contains(byte)).count();
    let open = close - length;
    length > 1 && bytes[..open].ends_with(b"[") && bytes[open] == b'^'
}

/// The brackets with which a link would be read as a wikilink that is none: `[[1]](address)`, `[[1]][ref]`,
/// and `[[ref]]` where the text defines `[ref]:`.
fn bracketed_links(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let options = OPTIONS.difference(pulldown_cmark::Options::ENABLE_WIKILINKS);
    let byte = |at: usize| text.as_bytes().get(at).copied();
    let mut open = Vec::new();
    // Where what was read last ends: in a link, the end of its text.
    let mut inner = 0;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                open.push(link_type);
                inner = range.start;
                continue;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let kind = open.pop();
                let first = range.start + usize::from(byte(range.start) == Some(b'!'));
                let last = inner.saturating_sub(1);
                if byte(first + 1) == Some(b'[') && byte(last) == Some(b']') && last > first + 1 {
                    places.extend([first + 1, last]);
                }
                if kind == Some(LinkType::Shortcut)
                    && let Some(before) = range.start.checked_sub(1)
                    && (byte(before), byte(range.end)) == (Some(b'['), Some(b']'))
                {
                    places.extend([before, range.end]);
                }
            }
            _ => {}
        }
        inner = range.end;
    }
    places
}

#[cfg(test)]
mod tests;
