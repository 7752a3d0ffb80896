//! The text of a note: what of it leads to other notes, and what is for no reader.
//!
//! Takes the Markdown below the properties; gives pieces: links become links to entries, comments and ids of blocks go, tags are
//! taken up, everything else stays as it is. Code is not looked into. A picture or a file beside the notes is told as lost, and a
//! label in a comment still marks: what was hidden there was not meant for more readers than the rest.

use super::{Dialect, Reading, marks, names, properties};
use crate::exchange::incoming::{Incoming, Piece};
use crate::exchange::{Why, markup};
use crate::model::html::{self, Piece as Tagged, Pieces};
use crate::text::percent_decode;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The longest link in double brackets, in bytes.
const LONGEST_LINK: usize = 1024;

/// The Markdown that Obsidian reads beyond CommonMark, as far as it decides what is code.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// The title on top of a text, and what stands behind it.
pub(super) fn heading(body: &str) -> Option<(String, &str)> {
    let text = body.trim_start_matches(['\n', '\r']);
    let line = text.lines().next()?;
    if !line.starts_with("# ") {
        return None;
    }
    let mut title = String::new();
    let words = line.get(..markup::heading_id(line).unwrap_or(line.len()))?;
    for event in Parser::new(words) {
        match event {
            Event::Text(text) | Event::Code(text) => title.push_str(&text),
            _ => {}
        }
    }
    let title = title.replace("[[", "").replace("]]", "").trim().to_owned();
    let behind = text.get(line.len()..).unwrap_or("");
    (!title.is_empty()).then_some((title, behind))
}

/// A link or a picture of CommonMark.
struct Inline {
    range: Range<usize>,
    picture: bool,
    to: String,
    words: String,
}

/// A link in double brackets.
struct Wikilink<'t> {
    end: usize,
    target: &'t str,
    words: Option<&'t str>,
}

/// A text that is being read.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// Up to where pieces are made.
    done: usize,
    pieces: Vec<Piece>,
    tags: Vec<String>,
    code: Vec<Range<usize>>,
    links: std::iter::Peekable<std::vec::IntoIter<Inline>>,
}

impl Reading<'_> {
    /// Gives an entry the text of its note.
    pub(super) fn body(&mut self, text: &str, path: &str, entry: &mut Incoming) {
        let (code, links, has_html) = inlines(text);
        if has_html {
            self.losses.note(Why::Changed, "raw HTML", path);
        }
        self.fielded(&marks::fields(text, &code), path, entry);
        let mut scan = Scan {
            text,
            at: 0,
            done: 0,
            pieces: Vec::new(),
            tags: Vec::new(),
            code,
            links: links.into_iter().peekable(),
        };
        while scan.at < text.len() {
            if !self.step(&mut scan, path, entry) {
                scan.at += 1;
            }
        }
        scan.flush(text.len());
        entry.body.0 = scan.pieces;
        self.tagged(scan.tags, path, entry);
    }

    /// Reads what begins here; `false` where nothing does.
    fn step(&mut self, scan: &mut Scan<'_>, path: &str, entry: &mut Incoming) -> bool {
        if let Some(end) = scan.code_end() {
            scan.at = end;
            return true;
        }
        if let Some(link) = scan.link() {
            self.inline(scan, link, path);
            return true;
        }
        let obsidian = self.dialect == Dialect::Obsidian;
        let rest = scan.rest();
        match rest.first() {
            Some(b'\\') => {
                scan.at += 2;
                true
            }
            Some(b'%') if obsidian && rest.starts_with(b"%%") => {
                self.comment(scan, "%%", path, entry);
                true
            }
            Some(b'<') if rest.starts_with(b"<!--") => self.comment(scan, "-->", path, entry),
            Some(b'!') if obsidian && rest.starts_with(b"![[") => self.wikilink(scan, 1, path),
            Some(b'[') if rest.starts_with(b"[[") => self.wikilink(scan, 0, path),
            Some(b'#') if obsidian => scan.tag(),
            Some(b'^') if obsidian => match scan.block_id() {
                Some(end) => {
                    self.losses.note(Why::Lost, "id of a block", path);
                    scan.skip(end);
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    /// Leaves a comment out. What is not closed hides the rest, as it does where it was written.
    fn comment(
        &mut self,
        scan: &mut Scan<'_>,
        close: &str,
        path: &str,
        entry: &mut Incoming,
    ) -> bool {
        let from = scan.at + if close == "%%" { 2 } else { 4 };
        let closed = scan.find(close, from).map(|at| at + close.len());
        if closed.is_none() && close == "-->" && !scan.begins_line() {
            return false;
        }
        let end = closed.unwrap_or(scan.text.len());
        let comment = scan.text.get(scan.at..end).unwrap_or("");
        self.remark(comment, "comment", path, entry);
        self.losses.note(Why::Comment, "comment", path);
        scan.skip(end);
        true
    }

    /// A link in double brackets, or, behind a `!`, what is shown in its place.
    fn wikilink(&mut self, scan: &mut Scan<'_>, embed: usize, path: &str) -> bool {
        let Some(link) = scan.wikilink(embed) else {
            return false;
        };
        let name = link.target.split('#').next().unwrap_or("").trim();
        let found = self.names.find(name, path);
        if found.is_none() && self.dialect == Dialect::Plain {
            return false;
        }
        let shown = properties::shown(link.target);
        let has_size = |words: &str| {
            words
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'x')
        };
        let words = link
            .words
            .map(str::trim)
            .filter(|words| embed == 0 || !has_size(words));
        let words = words.filter(|words| !words.is_empty());
        scan.skip(link.end);
        if name.is_empty() {
            // A place in the note itself.
            self.losses.note(Why::Changed, "link to a heading", path);
            scan.pieces
                .push(Piece::Words(words.unwrap_or(&shown).to_owned()));
            return true;
        }
        match found {
            Some(at) => {
                if link.target.contains('#') {
                    self.losses.note(Why::Changed, "link to a heading", path);
                }
                if embed > 0 {
                    self.losses.note(Why::Changed, "embed", path);
                }
                // The name of the other note is said only where the link is: who may not see it reads none.
                self.link(scan, at, words.unwrap_or(""), path);
            }
            None => self.leads_nowhere(scan, name, words.unwrap_or(&shown), path),
        }
        true
    }

    /// A link of CommonMark; those that lead elsewhere stay as they are.
    fn inline(&mut self, scan: &mut Scan<'_>, link: Inline, path: &str) {
        let Inline {
            range,
            picture,
            to,
            words,
        } = link;
        let elsewhere = to.starts_with('#') || to.starts_with("//") || has_scheme(&to);
        if elsewhere {
            if picture {
                self.losses
                    .note(Why::Changed, "picture from elsewhere", path);
            }
            scan.at = range.end;
            return;
        }
        let decoded = percent_decode(&to);
        let name = decoded.split('#').next().unwrap_or("").trim();
        let beside = self.names.find(&format!("./{name}"), path);
        let found = beside.or_else(|| self.names.find(name, path));
        scan.skip(range.end);
        match found {
            Some(at) => {
                if decoded.contains('#') {
                    self.losses.note(Why::Changed, "link to a heading", path);
                }
                self.link(scan, at, &words, path);
            }
            None if picture => {
                self.losses.note(Why::Lost, "attachment", name);
                scan.pieces.push(Piece::Words(words));
            }
            None => self.leads_nowhere(scan, name, &words, path),
        }
    }

    fn link(&self, scan: &mut Scan<'_>, at: usize, words: &str, path: &str) {
        match self.names.path(at) {
            // A note that leads to itself says its name.
            Some(to) if to == path => {
                let title = self.titles.get(at).map_or("", String::as_str);
                let words = if words.is_empty() { title } else { words };
                scan.pieces.push(Piece::Words(words.to_owned()));
            }
            Some(to) => scan.pieces.push(Piece::Link {
                to: to.to_owned(),
                words: words.to_owned(),
            }),
            None => {}
        }
    }

    fn leads_nowhere(&mut self, scan: &mut Scan<'_>, name: &str, words: &str, path: &str) {
        match names::is_attachment(name) {
            true => self.losses.note(Why::Lost, "attachment", name),
            false => self.losses.note(Why::LeadsNowhere, "link", path),
        }
        scan.pieces.push(Piece::Words(words.to_owned()));
    }
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or(&[])
    }

    /// Makes a piece of what was read up to here.
    fn flush(&mut self, end: usize) {
        let text = self.text.get(self.done..end).unwrap_or("");
        if !text.is_empty() {
            match self.pieces.last_mut() {
                Some(Piece::Markdown(before)) => before.push_str(text),
                _ => self.pieces.push(Piece::Markdown(text.to_owned())),
            }
        }
        self.done = end;
    }

    /// Leaves out what stands from here to there.
    fn skip(&mut self, end: usize) {
        self.flush(self.at);
        self.at = end;
        self.done = end;
    }

    /// The end of the code that begins here, or in which this is.
    fn code_end(&self) -> Option<usize> {
        let next = self.code.partition_point(|code| code.end <= self.at);
        let code = self.code.get(next)?;
        code.contains(&self.at).then_some(code.end)
    }

    fn link(&mut self) -> Option<Inline> {
        while self
            .links
            .next_if(|link| link.range.start < self.at)
            .is_some()
        {}
        self.links.next_if(|link| link.range.start == self.at)
    }

    /// Where a sign stands next outside of code.
    fn find(&self, sign: &str, from: usize) -> Option<usize> {
        let mut from = from;
        loop {
            let found = from + self.text.get(from..)?.find(sign)?;
            let next = self.code.partition_point(|code| code.end <= found);
            match self.code.get(next).filter(|code| code.contains(&found)) {
                Some(code) => from = code.end,
                None => return Some(found),
            }
        }
    }

    fn begins_line(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        line.len() < 4 && line.bytes().all(|byte| byte == b' ')
    }

    fn wikilink(&self, behind: usize) -> Option<Wikilink<'t>> {
        let from = self.at + behind + 2;
        let mut most = (from + LONGEST_LINK).min(self.text.len());
        while !self.text.is_char_boundary(most) {
            most -= 1;
        }
        let window = self.text.get(from..most)?;
        let inner = window.get(..window.find("]]")?)?;
        if inner.contains(['\n', '\r']) || inner.contains("[[") || inner.trim().is_empty() {
            return None;
        }
        let (target, words) = match inner.split_once('|') {
            // Within a table the bar is escaped.
            Some((target, words)) => (target.trim_end_matches('\\'), Some(words)),
            None => (inner, None),
        };
        Some(Wikilink {
            end: from + inner.len() + 2,
            target: target.trim(),
            words,
        })
    }

    /// Takes up a tag that begins here: it stays in the text as well.
    fn tag(&mut self) -> bool {
        let before = self.text.get(..self.at).unwrap_or("").chars().next_back();
        if before.is_some_and(|before| !before.is_whitespace()) {
            return false;
        }
        let rest = self.text.get(self.at + 1..).unwrap_or("");
        let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '+'));
        let tag = rest
            .get(..rest.find(ends).unwrap_or(rest.len()))
            .unwrap_or("");
        if tag.chars().all(|c| c.is_ascii_digit()) {
            return false;
        }
        self.tags.push(tag.trim_end_matches('/').to_owned());
        self.at += 1 + tag.len();
        true
    }

    /// The end of the id of a block that begins here and ends with the line.
    fn block_id(&self) -> Option<usize> {
        let before = self.text.get(..self.at)?.chars().next_back();
        if before.is_some_and(|before| !before.is_whitespace()) {
            return None;
        }
        let rest = self.text.get(self.at + 1..)?;
        let id = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        let id = id.count();
        let behind = rest.get(id..)?;
        let blank = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let ends = behind.get(blank..)?;
        let ends = ends.is_empty() || ends.starts_with(['\n', '\r']);
        (id > 0 && ends).then_some(self.at + 1 + id)
    }
}

/// The code of a text; its links and pictures, outermost, in order; and whether there are elements of HTML that stay as text.
fn inlines(text: &str) -> (Vec<Range<usize>>, Vec<Inline>, bool) {
    let mut has_html = false;
    let mut code: Vec<Range<usize>> = Vec::new();
    let mut links: Vec<Inline> = Vec::new();
    let mut depth = 0;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Code(ref words) => {
                if let Some(link) = links.last_mut().filter(|_| depth > 0) {
                    link.words.push_str(words);
                }
                code.push(range);
            }
            Event::Start(Tag::CodeBlock(_)) => code.push(range),
            Event::Start(Tag::Link { ref dest_url, .. } | Tag::Image { ref dest_url, .. }) => {
                if depth == 0 {
                    links.push(Inline {
                        range,
                        picture: matches!(event, Event::Start(Tag::Image { .. })),
                        to: dest_url.to_string(),
                        words: String::new(),
                    });
                }
                depth += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => depth -= 1,
            Event::InlineHtml(ref html) | Event::Html(ref html) if depth == 0 => {
                links.extend(typed_pictures(html, range.start));
                has_html |= Pieces::of(html).any(|piece| is_element(piece));
            }
            Event::Text(ref words) if depth > 0 => {
                if let Some(link) = links.last_mut() {
                    link.words.push_str(words);
                }
            }
            Event::SoftBreak | Event::HardBreak if depth > 0 => {
                if let Some(link) = links.last_mut() {
                    link.words.push(' ');
                }
            }
            _ => {}
        }
    }
    (code, links, has_html)
}

/// Whether it is an element of HTML, of which Markdown has nothing.
fn is_element(piece: Tagged<'_>) -> bool {
    match piece {
        Tagged::Open { name, .. } => {
            let name = name.to_ascii_lowercase();
            let as_markdown = matches!(name.as_str(), "br" | "p" | "code" | "img");
            !as_markdown && html::fate(&name).is_some()
        }
        Tagged::Gone { .. } => true,
        Tagged::Close { .. } | Tagged::Text(_) => false,
    }
}

/// The pictures of raw HTML that stands at a place: `<img src="…">` shows a file as `![](…)` does.
fn typed_pictures(html: &str, at: usize) -> Vec<Inline> {
    let pictures = Pieces::of(html).filter_map(|piece| {
        let Tagged::Open { name, attributes } = piece else {
            return None;
        };
        let attribute = |wanted: &str| {
            let mut all = html::attributes(attributes);
            all.find(|(name, _)| name == wanted).map(|(_, value)| value)
        };
        let to = attribute("src").filter(|_| name.eq_ignore_ascii_case("img"))?;
        let name_at = (name.as_ptr() as usize).checked_sub(html.as_ptr() as usize)?;
        let from = at + name_at.checked_sub(1)?;
        Some(Inline {
            range: from..at + name_at + name.len() + attributes.len() + 1,
            picture: true,
            to,
            words: attribute("alt").unwrap_or_default(),
        })
    });
    pictures.collect()
}

/// Whether an address names a way to reach it: `https:`, `mailto:`, `obsidian:`.
fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}
