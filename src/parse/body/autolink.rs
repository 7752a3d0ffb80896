//! Addresses that stand in a text as such: `https://…`, `www.…`, `name@host`.
//!
//! Takes a text; gives the ranges that GitHub makes links of (GFM, 6.9 "Autolinks (extended)"). It differs
//! where a writer of this trade would wonder: an address may follow on any bracket or sign, ends before
//! quotation marks and the punctuation of Chinese and Japanese, and a closing bracket of any kind that
//! nothing in it opens belongs to the text. Judges no address: that is [`super::link`].

use super::dialect::Destinations;
use super::walk::{Walk, offset, place};
use crate::model::body::{Event, Slice, Tag};
use crate::text::Span;
use memchr::{memchr_iter, memchr3_iter, memmem};
use std::ops::Range;

/// What stands before the text of an address to make it one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It has its scheme.
    Whole,
    /// `www.…`
    Www,
    /// `name@host`
    Mail,
}

impl Kind {
    fn scheme(self) -> &'static str {
        match self {
            Kind::Whole => "",
            Kind::Www => "http://",
            Kind::Mail => "mailto:",
        }
    }
}

/// Whether a text may hold an address: a quick look. A citation is none, whose `@` has no name before it.
pub(super) fn possible(text: &str) -> bool {
    let bytes = text.as_bytes();
    let named = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(byte))
    };
    memmem::find(bytes, b"://").is_some()
        || memmem::find(bytes, b"www.").is_some()
        || memchr_iter(b'@', bytes).any(named)
}

/// The addresses of a text as they stand in it, each with its scheme; those of Markdown's links are left out.
pub(in crate::parse) fn bare(text: &str) -> impl Iterator<Item = String> {
    let found = match possible(text) {
        true => find(text),
        false => Vec::new(),
    };
    let bare = found
        .into_iter()
        .filter(|(range, _)| !text[..range.start].ends_with("]("));
    bare.map(|(range, kind)| format!("{}{}", kind.scheme(), &text[range]))
}

/// The addresses of a text, in order.
fn find(text: &str) -> Vec<(Range<usize>, Kind)> {
    let mut found: Vec<(Range<usize>, Kind)> = Vec::new();
    for at in memchr3_iter(b':', b'.', b'@', text.as_bytes()) {
        let done = found.last().map_or(0, |(range, _)| range.end);
        if at < done {
            continue;
        }
        let one = match text.as_bytes().get(at) {
            Some(b':') => whole(text, at).map(|range| (range, Kind::Whole)),
            Some(b'.') => www(text, at).map(|range| (range, Kind::Www)),
            _ => mail(text, at),
        };
        found.extend(one.filter(|(range, _)| range.start >= done));
    }
    found
}

/// An address whose scheme ends at the colon at `at`.
fn whole(text: &str, at: usize) -> Option<Range<usize>> {
    let host = text.get(at..)?.strip_prefix("://")?;
    let before = text.get(..at)?;
    let scheme = ["https", "http"]
        .into_iter()
        .find(|scheme| ends(before, scheme))?;
    let start = at - scheme.len();
    if is_joined(text, start, false) || domain(host)? == 0 {
        return None;
    }
    Some(start..extent(text, start, at + 3)?)
}

/// An address whose `www` ends at the dot at `at`.
fn www(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let start = at.checked_sub(3).filter(|_| ends(before, "www"))?;
    if is_joined(text, start, true) || domain(text.get(at + 1..)?)? == 0 {
        return None;
    }
    Some(start..extent(text, start, at + 1)?)
}

/// An e-mail address around the `@` at `at`, with `mailto:` before it where that stands there.
fn mail(text: &str, at: usize) -> Option<(Range<usize>, Kind)> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
    let bytes = text.as_bytes();
    let name = bytes
        .get(..at)?
        .iter()
        .rev()
        .take_while(|byte| is_name(byte))
        .count();
    let start = at - name;
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_".contains(byte);
    let host = bytes
        .get(at + 1..)?
        .iter()
        .take_while(|byte| is_host(byte))
        .count();
    let host = text.get(at + 1..at + 1 + host)?.trim_end_matches('.');
    let sound = host.split('.').all(|label| !label.is_empty()) && host.contains('.');
    // `@` and `/` behind it are other forms: handles, remotes, addresses with a user.
    let end = at + 1 + host.len();
    let joined = bytes.get(end).is_some_and(|byte| b"@/".contains(byte))
        || is_joined(text, start, false)
        || text.get(..start)?.ends_with('/');
    if name == 0 || !sound || host.ends_with(['-', '_']) || joined {
        return None;
    }
    let before = text.get(..start)?;
    let named = ends(before, "mailto:") && !is_joined(text, start - "mailto:".len(), false);
    Some(match named {
        true => (start - "mailto:".len()..end, Kind::Whole),
        false => (start..end, Kind::Mail),
    })
}

fn ends(text: &str, word: &str) -> bool {
    let from = text.len().checked_sub(word.len());
    let end = from.and_then(|from| text.as_bytes().get(from..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether what begins at a place goes on a word or, with `within`, an address.
fn is_joined(text: &str, at: usize, within: bool) -> bool {
    let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    before.is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || within && b"./\\:@-?&=#%+".contains(byte)
    })
}

/// The length of the host with which a text begins; nothing where that is none.
fn domain(text: &str) -> Option<usize> {
    let part = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let length = text.find(|c: char| !part(c)).unwrap_or(text.len());
    let host = text.get(..length)?.trim_end_matches('.');
    // GFM: no underscore in the last two labels.
    let low = host.rsplit('.').take(2).any(|label| label.contains('_'));
    (!low && host.starts_with(char::is_alphanumeric)).then_some(length)
}

/// Where an address ends whose host begins at `host`.
fn extent(text: &str, start: usize, host: usize) -> Option<usize> {
    let rest = text.get(host..)?;
    let length = rest.find(ends_address).unwrap_or(rest.len());
    let end = start + trimmed(text.get(start..host + length)?);
    (end > host).then_some(end)
}

/// Whether no address goes on with a character.
fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || "<>\"`“”‘’„«»‹›…、。《》〈〉「」『』【】，；：！？（）".contains(c)
}

/// The length of an address without what belongs to the text around it.
fn trimmed(address: &str) -> usize {
    let mut open = [0i32; 3];
    for c in address.chars() {
        match c {
            '(' => open[0] += 1,
            ')' => open[0] -= 1,
            '[' => open[1] += 1,
            ']' => open[1] -= 1,
            '{' => open[2] += 1,
            '}' => open[2] -= 1,
            _ => {}
        }
    }
    let mut end = address.len();
    while let Some(last) = address.get(..end).and_then(|it| it.chars().next_back()) {
        let unopened = match last {
            ')' => &mut open[0],
            ']' => &mut open[1],
            '}' => &mut open[2],
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '|' | '\\' => {
                end -= 1;
                continue;
            }
            ';' => match entity(address.get(..end).unwrap_or("")) {
                0 => break,
                length => {
                    end -= length;
                    continue;
                }
            },
            _ => break,
        };
        if *unopened >= 0 {
            break;
        }
        *unopened += 1;
        end -= 1;
    }
    end
}

/// The length of what looks like `&amp;` at the end of a text.
fn entity(text: &str) -> usize {
    let name = text.trim_end_matches(';');
    let start = name.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    match start.strip_suffix('&') {
        Some(before) if start.len() < name.len() && name.len() + 1 == text.len() => {
            text.len() - before.len()
        }
        _ => 1,
    }
}

/// The characters within addresses that would begin or end emphasis.
pub(super) fn emphasis(text: &str, places: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut destinations = Destinations::default();
    let mut address = |start: usize, at: usize| {
        let rest = text.get(at..).filter(|_| at >= done).unwrap_or("");
        let ends = |c: char| ends_address(c) || "]|\\".contains(c);
        let length = rest.find(ends).unwrap_or(rest.len());
        let length = trimmed(rest.get(..length).unwrap_or(""));
        let signs = memchr3_iter(
            b'*',
            b'_',
            b'~',
            rest.as_bytes().get(..length).unwrap_or(&[]),
        );
        let mut signs = signs.map(|sign| at + sign).peekable();
        // Within `<` and `>`, and as the address of a link, it is one already.
        let bare = |at: usize| at.checked_sub(1).and_then(|at| bytes.get(at)) != Some(&b'<');
        if signs.peek().is_some() && bare(start) && !destinations.hold(bytes, start) {
            places.extend(signs);
        }
        done = done.max(at + length);
    };
    let mut hosts: Vec<(usize, usize)> = Vec::new();
    for at in memmem::find_iter(bytes, b"://") {
        let before = text.get(..at).unwrap_or("");
        let scheme = ["https", "http"]
            .into_iter()
            .find(|scheme| ends(before, scheme));
        hosts.extend(scheme.map(|scheme| (at - scheme.len(), at)));
    }
    let whole = hosts.len();
    hosts.extend(memmem::find_iter(bytes, b"www.").map(|at| (at, at)));
    if whole > 0 && hosts.len() > whole {
        hosts.sort_unstable();
    }
    for (start, at) in hosts {
        address(start, at);
    }
}

impl Walk<'_> {
    /// Makes links of the addresses in the run that stand in no link and no citation.
    pub(super) fn link_addresses(&mut self) {
        let text = self.body.text.get(self.run.text..).unwrap_or("");
        if !self.addresses || !possible(text) {
            return;
        }
        let events = self.body.events.split_off(self.run.events);
        let links = self.body.links.split_off(self.run.links);
        let mut moved: Vec<Option<u32>> = vec![None; links.len()];
        let mut links = links.into_iter();
        let first = self.run.links;
        let mut depth = 0u32;
        for event in events {
            match event {
                Event::Text(slice) if depth == 0 => {
                    self.link_addresses_of(slice);
                    continue;
                }
                Event::Start(Tag::Link(at) | Tag::Image(at)) => {
                    depth += 1;
                    self.body.links.extend(links.next());
                    let new = offset(self.body.links.len().saturating_sub(1));
                    if let Some(slot) = moved.get_mut((at as usize).saturating_sub(first)) {
                        *slot = Some(new);
                    }
                }
                Event::End(Tag::Link(_) | Tag::Image(_)) => depth = depth.saturating_sub(1),
                _ => {}
            }
            let moved = |at: u32| {
                let new = moved.get((at as usize).saturating_sub(first));
                new.copied().flatten().unwrap_or(at)
            };
            self.body.events.push(match event {
                Event::Start(Tag::Link(at)) => Event::Start(Tag::Link(moved(at))),
                Event::Start(Tag::Image(at)) => Event::Start(Tag::Image(moved(at))),
                Event::End(Tag::Link(at)) => Event::End(Tag::Link(moved(at))),
                Event::End(Tag::Image(at)) => Event::End(Tag::Image(moved(at))),
                event => event,
            });
        }
    }

    fn link_addresses_of(&mut self, slice: Slice) {
        let text = self.body.slice(slice);
        let cited = citations(text);
        let is_cited = |at: usize| {
            let next = cited.partition_point(|range| range.end <= at);
            cited.get(next).is_some_and(|range| range.start <= at)
        };
        let found = find(text)
            .into_iter()
            .filter(|(range, _)| !is_cited(range.start));
        let found: Vec<(Range<usize>, Kind, String)> = found
            .filter_map(|(range, kind)| {
                let written = text.get(range.clone())?;
                Some((range, kind, format!("{}{written}", kind.scheme())))
            })
            .collect();
        let mut done = slice.start;
        for (range, _, address) in found {
            let part = Slice {
                start: slice.start + offset(range.start),
                end: slice.start + offset(range.end),
            };
            let from = place(&self.run.pieces, part.start as usize);
            let to = place(&self.run.pieces, part.end as usize - 1) + 1;
            if !self.bare_link(&address, Span::new(from, to)) {
                continue;
            }
            let tag = Tag::Link(super::walk::last(&self.body.links));
            self.push_slice(done, part.start);
            self.body.events.push(Event::Start(tag));
            self.body.events.push(Event::Text(part));
            self.body.events.push(Event::End(tag));
            done = part.end;
        }
        self.push_slice(done, slice.end);
    }

    fn push_slice(&mut self, start: u32, end: u32) {
        if start < end {
            self.body.events.push(Event::Text(Slice { start, end }));
        }
    }
}

/// What stands in brackets that begin with `@`: a place in a source is plain text.
fn citations(text: &str) -> Vec<Range<usize>> {
    let mut cited = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find("[@")) {
        let open = from + open;
        let Some(length) = text.get(open..).and_then(|rest| rest.find(']')) else {
            break;
        };
        cited.push(open..open + length);
        from = open + length;
    }
    cited
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut out = text.to_owned();
        for (range, _) in find(text).into_iter().rev() {
            out.insert(range.end, '›');
            out.insert(range.start, '‹');
        }
        out
    }

    #[test]
    fn addresses_end_where_the_text_goes_on() {
        let table = [
            ("see https://a.example/x_y.", "see ‹https://a.example/x_y›."),
            ("(https://a.example/b_(c))", "(‹https://a.example/b_(c)›)"),
            (
                "{http://192.0.2.7} [https://a.example].",
                "{‹http://192.0.2.7›} [‹https://a.example›].",
            ),
            ("HTTPS://A.example?q=1&amp;", "‹HTTPS://A.example?q=1›&amp;"),
            ("https://a.example/b;c;", "‹https://a.example/b;c›;"),
            (
                "www.a.example, and www.a_b.example",
                "‹www.a.example›, and www.a_b.example",
            ),
            (
                "awww.a.example /www.a.example",
                "awww.a.example /www.a.example",
            ),
            (
                "hxxps://a.example xhttps://a.example",
                "hxxps://a.example xhttps://a.example",
            ),
            (
                "详见https://a.example/b。然后",
                "详见‹https://a.example/b›。然后",
            ),
            ("“https://a.example/b”", "“‹https://a.example/b›”"),
            (
                "http://localhost:8080/x http:// https://.",
                "‹http://localhost:8080/x› http:// https://.",
            ),
            (
                "a.b-c@d.example. x@y z@a_b-",
                "‹a.b-c@d.example›. x@y z@a_b-",
            ),
            (
                "mailto:a@b.example; @a.example a@b.example/c",
                "‹mailto:a@b.example›; @a.example a@b.example/c",
            ),
            (
                "user[@]evil[.]example a@@b.example",
                "user[@]evil[.]example a@@b.example",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
