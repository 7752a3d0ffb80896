//! SVG, cleaned: the same picture, without anything that acts or loads.
//!
//! Takes the bytes of a drawing; gives it written anew, with what had to go, or a [`Fault`] where it cannot
//! be read. No byte is copied: what a strict XML parser found is written from closed lists of elements and
//! attributes (`names`), so that what is misread comes out as text or not at all. References lead within
//! the drawing or to data of a picture or font; style is filtered token by token (`css`). What editors leave
//! for themselves (comments, metadata, their own attributes) draws nothing and goes without a word.

mod css;

mod names;

mod data;

#[cfg(test)]
mod tests;

use self::names::{Attribute, Element};
use crate::text::line_column;
use roxmltree::{Document, Error, Node, NodeType, ParsingOptions};
use std::fmt::Write as _;
use std::ops::Range;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// Namespaces of which something would act or be shown.
const LOUD: [&str; 4] = [
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2001/XInclude",
    "http://www.w3.org/2001/xml-events",
    "http://www.w3.org/1998/Math/MathML",
];

/// How deep elements may stand in each other.
const DEEPEST: usize = 256;

/// How many elements, texts and attributes are read.
const MOST: u32 = 4_000_000;

/// How deep drawings may stand in drawings, as data.
const NESTED: u32 = 2;

/// A drawing that can be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// The file.
    pub bytes: Vec<u8>,
    /// The texts in it, titles and descriptions among them, each in a line of its own.
    pub words: String,
    /// What had to go, in the order in which it stood.
    pub dropped: Vec<Dropped>,
}

/// Something that had to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// What: `<script>`, `onload`.
    pub what: String,
    /// Where it stood: the bytes in the file.
    pub at: Range<usize>,
}

/// Why a drawing cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in words that follow the file's name.
    pub reason: String,
    /// The byte at which it is.
    pub at: Option<usize>,
}

/// Cleans a drawing.
///
/// # Errors
/// Where it is no well-formed SVG in UTF-8.
pub fn clean(bytes: &[u8]) -> Result<Clean, Fault> {
    nested(bytes, NESTED)
}

fn nested(bytes: &[u8], depth: u32) -> Result<Clean, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| Fault {
        reason: "is not UTF-8".to_owned(),
        at: Some(error.valid_up_to()),
    })?;
    let plain = without_doctype(text)?;
    shallow(&plain)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(&plain, options).map_err(|error| fault(&plain, &error))?;
    let root = document.root_element();
    if (root.tag_name().namespace(), root.tag_name().name()) != (Some(SVG), "svg") {
        return Err(Fault {
            reason: format!("does not begin with an `svg` element of the namespace `{SVG}`"),
            at: Some(root.range().start),
        });
    }
    let mut writer = Writer {
        out: String::with_capacity(plain.len()),
        words: String::new(),
        dropped: Vec::new(),
        declared: 0,
        xlink: false,
        depth,
    };
    if text.trim_start_matches('\u{feff}').starts_with("<?xml") {
        writer
            .out
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }
    for child in document.root().children() {
        match child.node_type() {
            NodeType::Element => writer.element(child, 0),
            NodeType::PI => writer.instruction(child),
            NodeType::Root | NodeType::Comment | NodeType::Text => {}
        }
    }
    if text.ends_with('\n') {
        writer.out.push('\n');
    }
    if writer.xlink {
        let declared = format!(" xmlns:xlink=\"{XLINK}\"");
        writer.out.insert_str(writer.declared, &declared);
    }
    Ok(Clean {
        bytes: writer.out.into_bytes(),
        words: writer.words,
        dropped: writer.dropped,
    })
}

fn fault(text: &str, error: &Error) -> Fault {
    let at = error.pos();
    let line = text
        .split_inclusive('\n')
        .take(at.row.saturating_sub(1) as usize);
    let start: usize = line.map(str::len).sum();
    let before = text.get(start..).unwrap_or("").chars();
    let column: usize = before
        .take(at.col.saturating_sub(1) as usize)
        .map(char::len_utf8)
        .sum();
    let said = error.to_string();
    let said = said.split(" at ").next().unwrap_or(&said).to_owned();
    let offset = start + column;
    Fault {
        reason: format!(
            "is no well-formed XML: {said} in line {}",
            line_column(text, u32::try_from(offset).unwrap_or(u32::MAX)).0
        ),
        at: Some(offset),
    }
}

/// The text with a document type that says nothing replaced by spaces; one that declares anything is a
/// fault, for it can change what stands in the text.
fn without_doctype(text: &str) -> Result<String, Fault> {
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or("");
        let skip = |end: &str| rest.find(end).map(|found| found + end.len());
        let blank = rest.len()
            - rest
                .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
                .len();
        at += if blank > 0 {
            blank
        } else if rest.starts_with("<!--") {
            skip("-->").unwrap_or(rest.len())
        } else if rest.starts_with("<?") {
            skip("?>").unwrap_or(rest.len())
        } else if rest.starts_with("<!DOCTYPE") {
            let mut quote = None;
            for (end, c) in rest.char_indices() {
                match (quote, c) {
                    (None, '"' | '\'') => quote = Some(c),
                    (Some(open), c) if open == c => quote = None,
                    (None, '[') => {
                        return Err(Fault {
                            reason:
                                "declares entities or attributes of its own in its document type: \
                                     save it as plain SVG"
                                    .to_owned(),
                            at: Some(at + end),
                        });
                    }
                    (None, '>') => {
                        let (before, after) = (&text[..at], &rest[end + 1..]);
                        let blank: String = rest[..=end]
                            .bytes()
                            .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
                            .collect();
                        return Ok([before, &blank, after].concat());
                    }
                    _ => {}
                }
            }
            return Err(Fault {
                reason: "has a document type that is not closed".to_owned(),
                at: Some(at),
            });
        } else {
            return Ok(text.to_owned());
        };
    }
}

/// Refuses a text in which tags may stand too deep in each other, before the parser goes down there.
fn shallow(text: &str) -> Result<(), Fault> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        at += found;
        let rest = text.get(at..).unwrap_or("");
        let (end, step) = if rest.starts_with("<!--") {
            ("-->", 0)
        } else if rest.starts_with("<![CDATA[") {
            ("]]>", 0)
        } else if rest.starts_with("<?") {
            ("?>", 0)
        } else if rest.starts_with("</") {
            (">", -1)
        } else {
            (">", 1)
        };
        let close = match end {
            ">" => tag_end(rest),
            end => rest.find(end).map(|found| found + end.len()),
        };
        let Some(close) = close else {
            return Ok(());
        };
        let open = step == 1 && !rest[..close].ends_with("/>");
        depth = match step {
            -1 => depth.saturating_sub(1),
            _ => depth + usize::from(open),
        };
        if depth > DEEPEST {
            return Err(Fault {
                reason: format!("has elements more than {DEEPEST} deep in each other"),
                at: Some(at),
            });
        }
        at += close;
    }
    Ok(())
}

/// One past the `>` of a tag; one within quotation marks is none.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

struct Writer {
    out: String,
    words: String,
    dropped: Vec<Dropped>,
    /// Where the root declares its namespaces.
    declared: usize,
    /// Whether an attribute of XLink was written.
    xlink: bool,
    /// How deep a drawing may still stand in this one.
    depth: u32,
}

impl Writer {
    fn drop(&mut self, what: impl Into<String>, at: Range<usize>) {
        self.dropped.push(Dropped {
            what: what.into(),
            at,
        });
    }

    fn element(&mut self, node: Node<'_, '_>, depth: usize) {
        let name = node.tag_name();
        match name.namespace() {
            Some(SVG) => {}
            Some(other) if !LOUD.contains(&other) => return,
            Some(_) | None => return self.drop(format!("<{}>", name.name()), start(node)),
        }
        let Some(element) = names::element(name.name()) else {
            return self.drop(format!("<{}>", name.name()), start(node));
        };
        match element.kind {
            Element::Silent => return,
            Element::Animation => {
                if let Some(what) = forbidden_animation(node) {
                    return self.drop(format!("<{}> of `{what}`", element.name), start(node));
                }
            }
            Element::Style | Element::Picture | Element::Plain => {}
        }
        self.out.push('<');
        self.out.push_str(element.name);
        if depth == 0 {
            self.out.push_str(" xmlns=\"");
            self.out.push_str(SVG);
            self.out.push('"');
            self.declared = self.out.len();
        }
        for attribute in node.attributes() {
            self.attribute(element, &attribute);
        }
        if !node.has_children() || depth >= DEEPEST {
            self.out.push_str("/>");
            return;
        }
        self.out.push('>');
        let inside = self.out.len();
        if element.kind == Element::Style {
            let text: String = node.children().filter_map(|child| child.text()).collect();
            let style = css::filter(&text);
            escape_text(&style.text, &mut self.out);
            self.lost(style.dropped, &node.range());
        } else {
            for child in node.children() {
                match child.node_type() {
                    NodeType::Element => self.element(child, depth + 1),
                    NodeType::Text => self.text(child.text().unwrap_or("")),
                    NodeType::PI => self.instruction(child),
                    NodeType::Root | NodeType::Comment => {}
                }
            }
        }
        if self.out.len() == inside {
            self.out.truncate(inside - 1);
            self.out.push_str("/>");
        } else {
            // Writing to a string cannot fail.
            let _ = write!(self.out, "</{}>", element.name);
        }
    }

    fn text(&mut self, text: &str) {
        escape_text(text, &mut self.out);
        self.say(text);
    }

    fn say(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.words.push_str(text);
            self.words.push('\n');
        }
    }

    /// Instructions of editors say nothing to a browser; style sheets do.
    fn instruction(&mut self, node: Node<'_, '_>) {
        let name = node.pi().map_or("", |pi| pi.target);
        if name.to_ascii_lowercase().contains("stylesheet") {
            self.drop(format!("<?{name}?>"), node.range());
        }
    }

    fn lost(&mut self, dropped: Vec<String>, at: &Range<usize>) {
        for what in dropped {
            self.drop(what, at.clone());
        }
    }

    fn attribute(&mut self, element: &names::Named, attribute: &roxmltree::Attribute<'_, '_>) {
        let (name, value, at) = (attribute.name(), attribute.value(), attribute.range());
        let (name, kind) = match attribute.namespace() {
            None => match names::attribute(name) {
                Some((name, kind)) => (name, kind),
                None if names::acts(name) => return self.drop(format!("`{name}`"), at),
                None => return,
            },
            Some(XLINK) => match name {
                "href" => ("xlink:href", Attribute::Reference),
                "title" => ("xlink:title", Attribute::Plain),
                _ => return,
            },
            Some(XML) => match name {
                "lang" => ("xml:lang", Attribute::Plain),
                "space" => ("xml:space", Attribute::Plain),
                "base" => return self.drop("`xml:base`", at),
                _ => return,
            },
            Some(other) if LOUD.contains(&other) => return self.drop(format!("`{name}`"), at),
            Some(_) => return,
        };
        match kind {
            Attribute::Plain => self.put(name, value),
            Attribute::Style => {
                let style = css::filter(value);
                self.put(name, &style.text);
                self.lost(style.dropped, &at);
            }
            Attribute::Reference => match self.reference(element, value) {
                Some((value, within)) => {
                    self.put(name, &value);
                    let Some(Clean { words, dropped, .. }) = within else {
                        return;
                    };
                    self.say(&words);
                    for lost in dropped {
                        self.drop(format!("{} of a picture in it", lost.what), at.clone());
                    }
                }
                None => self.drop(format!("`{name}` to `{}`", short(value)), at),
            },
        }
    }

    /// A reference within the drawing, or to the data of a picture, with what was made of one that is a drawing.
    fn reference(&self, element: &names::Named, value: &str) -> Option<(String, Option<Clean>)> {
        let value = value.trim_matches([' ', '\t', '\n', '\r']);
        if data::is_fragment(value) {
            return Some((value.to_owned(), None));
        }
        if element.kind != Element::Picture {
            return None;
        }
        let pixels = data::picture(value).map(|value| (value, None));
        pixels.or_else(|| {
            let depth = self.depth.checked_sub(1)?;
            let inner = data::drawing(value)?;
            let inner = nested(&inner, depth).ok()?;
            // What is in a picture cannot act, but it could load.
            Some((data::of_drawing(&inner.bytes), Some(inner)))
        })
    }

    fn put(&mut self, name: &str, value: &str) {
        self.xlink |= name.starts_with("xlink:");
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_value(value, &mut self.out);
        self.out.push('"');
    }
}

/// The start tag of an element.
fn start(node: Node<'_, '_>) -> Range<usize> {
    let text = node.document().input_text();
    let range = node.range();
    let end = tag_end(text.get(range.clone()).unwrap_or(""));
    range.start..end.map_or(range.end, |end| range.start + end)
}

/// What an animation would set that is none of what is drawn.
fn forbidden_animation(node: Node<'_, '_>) -> Option<String> {
    if node.tag_name().name() == "animateMotion" {
        return None;
    }
    let name = node.attribute("attributeName").unwrap_or("").trim();
    match names::attribute(name) {
        Some((known, Attribute::Plain | Attribute::Style)) if !matches!(known, "style" | "id") => {
            None
        }
        _ => Some(short(name)),
    }
}

/// The beginning of a value, for people.
fn short(value: &str) -> String {
    let plain = value
        .chars()
        .filter(|&c| !crate::model::address::is_hidden(c));
    let mut shown: String = plain.take(40).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

fn escape_text(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

fn escape_value(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}
