//! HTML that writers typed, where they are not trusted with it.
//!
//! Takes raw HTML as it stands in a text; writes elements of a closed [list](super::elements) on the
//! same stack as ours. No byte of it is copied: text is escaped anew, tags are written from the
//! list, attributes are what [ammonia] leaves of them. So whatever is misread here comes out as
//! text, a tag that is never closed is closed with the element of ours around it, and an end tag
//! ends nothing but what was typed there. Comments, classes and styles never come out; ids do, as those that
//! the page has for them ([`crate::model::ids`]), in an empty element where theirs does not.
//!
//! (That is stricter than handing the finished page to ammonia: an end tag, an open comment or a
//! `<textarea>` would reach our own markup there.)

use super::elements::{ATTRIBUTES, Content, EVERYWHERE, Element, Place, find};
use super::writer::{Frame, Kind, Writer};
use crate::model::address::{Address, is_hidden};
use crate::model::body::{Event, Slice};
use crate::model::html::{self, Piece, Pieces};
use crate::model::indicator::is_among;
use ammonia::Builder;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How many elements may be open that were typed. Tags beyond are left out, their content is not.
const MAX_OPEN: u32 = 64;

/// Judges attributes. Whatever the element is, they are shown to it as those of an `a`.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(["a"]))
        .tag_attributes(HashMap::new())
        .generic_attributes(ATTRIBUTES.into_iter().collect())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None);
    builder
});

impl Writer<'_> {
    pub(super) fn html(&mut self, slice: Slice) {
        let body = self.body;
        if self.ink.trust_html {
            let kept = |c: &char| !c.is_control() || c.is_ascii_whitespace();
            self.out.extend(body.slice(slice).chars().filter(kept));
            return;
        }
        // A tag may reach over several events.
        let mut next = None;
        while let Some(&Event::Html(slice)) = body.events.get(self.at) {
            next.get_or_insert_with(String::new)
                .push_str(body.slice(slice));
            self.at += 1;
        }
        match next {
            None => self.pieces(body.slice(slice)),
            Some(next) => self.pieces(&[body.slice(slice), &next].concat()),
        }
    }

    fn pieces(&mut self, html: &str) {
        for piece in Pieces::of(html) {
            match piece {
                Piece::Text(text) => self.typed_text(text),
                Piece::Open { name, attributes } => {
                    let mut id = self.typed_id(name, attributes);
                    if let Some(element) = find(&name.to_ascii_lowercase()) {
                        self.open_typed(element, attributes, &mut id);
                    }
                    if let Some(id) = id {
                        self.begin_inline();
                        self.out.push_str("<span");
                        self.id(&id);
                        self.out.push_str("></span>");
                    }
                }
                Piece::Gone { .. } => {}
                Piece::Close { name } => self.close_typed(&name.to_ascii_lowercase()),
            }
        }
    }

    /// Text, in which references are written out.
    fn typed_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.begin_inline();
        }
        if text.contains('&') {
            // Pieces of text hold no `<` that would begin a tag, and none here at all.
            let read = CLEANER.clean(&text.replace('<', "&lt;")).to_string();
            self.out.extend(
                read.chars()
                    .filter(|&c| c == '\n' || c == '\t' || !c.is_control()),
            );
        } else {
            super::escape(text, self.out);
        }
    }

    /// The id that is printed for the one that a tag gives; each is given once.
    fn typed_id(&mut self, name: &str, attributes: &str) -> Option<String> {
        if self.body.ids.is_empty() || attributes.is_empty() {
            return None;
        }
        let id = html::id(name, attributes)?;
        let at = self.body.ids.iter().position(|raw| *raw.id == *id)?;
        let printed = self.ink.ids.raw.get(at)?;
        self.given.insert(at).then(|| printed.clone())
    }

    fn id(&mut self, id: &str) {
        self.out.push_str(" id=\"");
        super::escape(id, self.out);
        self.out.push('"');
    }

    fn open_typed(&mut self, element: &'static Element, attributes: &str, id: &mut Option<String>) {
        if !self.make_room(element) {
            return;
        }
        let is_link = element.name == "a";
        if element.content.is_some() && self.raw >= MAX_OPEN || is_link && self.in_link() {
            return;
        }
        let attributes = Attributes::of(element, attributes);
        if is_link
            && attributes
                .href()
                .is_none_or(|href| self.is_indicator(&href))
        {
            return;
        }
        self.out.push('<');
        self.out.push_str(element.name);
        if let Some(id) = id.take() {
            self.id(&id);
        }
        attributes.write(self.out);
        if is_link {
            self.out.push_str(" rel=\"noopener noreferrer\"");
        }
        self.out.push('>');
        if let Some(content) = element.content {
            let mut frame = Frame::new(element.end, content).kind(Kind::Raw(element));
            frame.link = is_link;
            self.push(frame);
        }
    }

    /// Whether an address is an indicator of the dossier.
    fn is_indicator(&self, href: &str) -> bool {
        is_among(href, self.ink.indicators)
    }

    /// Ends what was typed before and cannot hold the element; false where it cannot stand here.
    fn make_room(&mut self, element: &Element) -> bool {
        match element.place {
            Place::Line => self.begin_inline(),
            Place::Block => {
                let holds = |frame: &Frame| {
                    let typed = matches!(frame.kind, Kind::Raw(_));
                    (frame.content == Content::Flow, typed)
                };
                // The nearest that holds blocks or is ours.
                let around = self.open().map(holds).find(|&(flow, typed)| flow || !typed);
                if around.is_some_and(|(flow, _)| !flow) {
                    return false;
                }
                self.begin_block();
            }
            Place::In(parents) => {
                let depth = self.typed().position(|open| parents.contains(&open.name));
                let Some(depth) = depth else {
                    return false;
                };
                for _ in 0..depth {
                    self.pop();
                }
            }
        }
        true
    }

    fn close_typed(&mut self, name: &str) {
        let depth = self.typed().position(|open| open.name == name);
        match (depth, find("br")) {
            (Some(depth), _) => {
                for _ in 0..=depth {
                    self.pop();
                }
            }
            // Browsers take `</br>` for a break, and `</p>` of no paragraph for one that is empty (HTML,
            // 13.2.6.4.7): what stands on two sides of it is not one word.
            (None, Some(line_break)) if name == "br" || name == "p" && self.follows_words() => {
                self.open_typed(line_break, "", &mut None);
            }
            (None, _) => {}
        }
    }

    /// Whether words stand before, and no tag.
    fn follows_words(&self) -> bool {
        !self.out.is_empty() && !self.out.ends_with(['>', '\n'])
    }

    /// What was typed and is open within the innermost element of ours, innermost first.
    fn typed(&self) -> impl Iterator<Item = &'static Element> {
        self.open().map_while(|frame| match frame.kind {
            Kind::Raw(element) => Some(element),
            _ => None,
        })
    }
}

/// The attributes that an element may keep, as ammonia writes them.
struct Attributes {
    element: &'static Element,
    /// `<a name="value" …></a>`, or nothing.
    clean: String,
}

impl Attributes {
    fn of(element: &'static Element, typed: &str) -> Attributes {
        let clean = match typed.trim().is_empty() {
            true => String::new(),
            false => CLEANER.clean(&format!("<a {typed}>")).to_string(),
        };
        Attributes { element, clean }
    }

    /// Names and values, the values escaped.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.clean.strip_prefix("<a").unwrap_or("");
        let all = std::iter::from_fn(move || {
            let (name, after) = rest.strip_prefix(' ')?.split_once("=\"")?;
            let (value, after) = after.split_once('"')?;
            rest = after;
            Some((name, value))
        });
        all.filter(|&(name, value)| {
            let known = EVERYWHERE.contains(&name) || self.element.attributes.contains(&name);
            known && (name != "href" || may_be_linked(&unescaped(value)))
        })
    }

    fn href(&self) -> Option<String> {
        let (_, value) = self.pairs().find(|&(name, _)| name == "href")?;
        Some(unescaped(value))
    }

    fn write(&self, out: &mut String) {
        for (name, value) in self.pairs() {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.extend(value.chars().filter(|c| !c.is_control()));
            out.push('"');
        }
    }
}

/// A value as ammonia wrote it, read.
fn unescaped(value: &str) -> String {
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{A0}")
        .replace("&amp;", "&")
}

/// Whether a reference is a whole address that may be linked, or one within the site: browsers read `\`
/// as `/`, drop white space, and take `//host` for an address elsewhere.
fn may_be_linked(href: &str) -> bool {
    let href = href.trim_matches([' ', '\t', '\n', '\r', '\u{C}']);
    let first = href.split(['/', '?', '#']).next().unwrap_or("");
    match first.contains(':') {
        true => Address::read(&href.replace(' ', "%20").replace('"', "%22")).is_ok(),
        false => {
            let within = href.split(['?', '#']).next().unwrap_or("");
            !within.starts_with("//") && !within.contains('\\') && !href.contains(is_hidden)
        }
    }
}

#[cfg(test)]
mod tests;
