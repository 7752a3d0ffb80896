//! Links and pictures in raw HTML: `<a href>` and `<img src>` are read as their Markdown forms are.
//!
//! Takes a tag within a line, or a block of raw HTML without comments; gives the events of a link or an
//! image, so that what they lead to is resolved, checked and published like any other. All else of the HTML
//! stays as it was typed. A link ends at its end tag, at the end of the Markdown around it or with its block.
//! Where the HTML is trusted nothing is read.

use super::size::pixels;
use super::walk::{Open, Walk, last};
use crate::model::body::{Event, Size, Tag};
use crate::model::html::{self, Piece, Pieces};
use crate::text::Span;
use std::ops::Range;

/// What a tag means for links.
enum Meaning {
    Link(String),
    Image {
        src: String,
        alt: String,
        title: String,
        size: Size,
    },
    End,
}

impl Meaning {
    fn of(piece: Piece<'_>) -> Option<Meaning> {
        match piece {
            Piece::Open { name, attributes } if is(name, "a") => {
                Some(Meaning::Link(attribute(attributes, "href")?))
            }
            Piece::Open { name, attributes } if is(name, "img") => Some(Meaning::Image {
                src: attribute(attributes, "src")?,
                alt: attribute(attributes, "alt").unwrap_or_default(),
                title: attribute(attributes, "title").unwrap_or_default(),
                size: Size {
                    width: attribute(attributes, "width").and_then(|it| pixels(&it)),
                    height: attribute(attributes, "height").and_then(|it| pixels(&it)),
                },
            }),
            Piece::Close { name } if is(name, "a") => Some(Meaning::End),
            Piece::Open { .. } | Piece::Close { .. } | Piece::Gone { .. } | Piece::Text(_) => None,
        }
    }
}

fn is(name: &str, wanted: &str) -> bool {
    name.eq_ignore_ascii_case(wanted)
}

fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut all = html::attributes(attributes);
    all.find(|(name, _)| name == wanted).map(|(_, value)| value)
}

impl Walk<'_> {
    /// Reads a tag within a line; false where it means nothing for links.
    pub(super) fn tag_of_link(&mut self, tag: &str, range: &Range<usize>) -> bool {
        if self.markings.trust_html || self.run.foreign {
            return false;
        }
        let Some(piece) = Pieces::of(tag).next() else {
            return false;
        };
        let span = Span::new(range.start, range.end);
        match Meaning::of(piece) {
            Some(Meaning::Link(href)) if !self.in_link() => {
                self.keep_id(piece);
                let tag = self.typed_link(&href, None, span);
                self.start_inline(tag, range.start);
                if let Some(open) = self.inline.last_mut() {
                    open.typed = true;
                }
                true
            }
            Some(Meaning::Image {
                src,
                alt,
                title,
                size,
            }) => {
                self.keep_id(piece);
                self.typed_image(&src, (&alt, &title), size, span);
                true
            }
            Some(Meaning::End) => {
                self.end_typed_link();
                self.inline.iter().any(|open| open.typed)
            }
            Some(Meaning::Link(_)) | None => false,
        }
    }

    fn in_link(&self) -> bool {
        self.inline
            .iter()
            .any(|open| matches!(open.tag, Tag::Link(_) | Tag::Image(_)))
    }

    /// Ends the link that was typed, if it is the innermost thing that is open within the line.
    pub(super) fn end_typed_link(&mut self) {
        if let Some(Open { tag, start, .. }) = self.inline.pop_if(|open| open.typed) {
            self.end_tag(tag, start);
        }
    }

    pub(super) fn end_tag(&mut self, tag: Tag, start: usize) {
        if let Tag::Link(at) | Tag::Image(at) = tag {
            self.end_link(at, start);
        }
        if !self.run.gap || self.ends_behind_gap(tag) {
            self.body.events.push(Event::End(tag));
        }
    }

    fn typed_image(&mut self, src: &str, (alt, title): (&str, &str), size: Size, span: Span) {
        let tag = self.typed_link(src, Some(title), span);
        if let Some(link) = self.body.links.last_mut() {
            link.size = size;
        }
        let start = self.body.events.len();
        self.body.events.push(Event::Start(tag));
        if !alt.is_empty() {
            let slice = self.push_text(alt);
            self.body.events.push(Event::Text(slice));
        }
        self.end_tag(tag, start);
    }

    /// The id of a tag of which nothing else comes out as it was typed.
    fn keep_id(&mut self, piece: Piece<'_>) {
        if let Piece::Open { name, attributes } = piece
            && let Some(id) = html::id(name, attributes)
        {
            let id = id.replace('&', "&amp;").replace('"', "&quot;");
            self.push_html(&format!("<a id=\"{id}\">"));
        }
    }

    pub(super) fn push_html(&mut self, html: &str) {
        if !html.is_empty() {
            let slice = self.push_text(html);
            self.body.has_html = true;
            self.body.events.push(Event::Html(slice));
        }
    }

    /// The events of a block of raw HTML, which stands in the file within `span`.
    pub(super) fn html_block(&mut self, text: &str, span: Span) {
        let linked = || Pieces::of(text).any(|piece| Meaning::of(piece).is_some());
        if self.markings.trust_html || !linked() {
            return self.push_html(text);
        }
        let offset = |part: &str| (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let mut done = 0;
        let mut from = span.start as usize;
        let mut open: Option<(Tag, usize)> = None;
        for piece in Pieces::of(text) {
            let begins = match piece {
                Piece::Open { name, .. } => offset(name).saturating_sub(1),
                Piece::Close { name } => offset(name).saturating_sub(2),
                // What other pages quote around a link is text.
                Piece::Text(text) if !text.contains('&') => offset(text),
                Piece::Text(_) | Piece::Gone { .. } => continue,
            };
            let ends = match piece {
                Piece::Open { name, attributes } => {
                    offset(name) + name.len() + attributes.len() + 1
                }
                Piece::Close { .. } => {
                    let rest = text.get(begins..).unwrap_or("");
                    begins + rest.find('>').map_or(rest.len(), |at| at + 1)
                }
                Piece::Text(text) | Piece::Gone { name: text } => begins + text.len(),
            };
            if let Piece::Text(words) = piece {
                self.push_html(text.get(done..begins).unwrap_or(""));
                let slice = self.push_text(words);
                self.body.events.push(Event::Text(slice));
                done = ends;
                continue;
            }
            let Some(meaning) = Meaning::of(piece) else {
                continue;
            };
            self.push_html(text.get(done..begins).unwrap_or(""));
            done = ends;
            let place = self.tag_place(text.get(begins..ends).unwrap_or(""), &mut from, span);
            match meaning {
                Meaning::Link(href) if open.is_none() => {
                    self.keep_id(piece);
                    let tag = self.typed_link(&href, None, place);
                    open = Some((tag, self.body.events.len()));
                    self.body.events.push(Event::Start(tag));
                }
                Meaning::Image {
                    src,
                    alt,
                    title,
                    size,
                } => {
                    self.keep_id(piece);
                    self.typed_image(&src, (&alt, &title), size, place);
                }
                Meaning::End | Meaning::Link(_) => {
                    if let Some((tag, start)) = open.take() {
                        self.end_tag(tag, start);
                    }
                }
            }
        }
        self.push_html(text.get(done..).unwrap_or(""));
        if let Some((tag, start)) = open {
            self.end_tag(tag, start);
        }
    }

    /// Where a tag stands in the file, looked for from where the last one ended.
    fn tag_place(&self, tag: &str, from: &mut usize, span: Span) -> Span {
        let line = tag.lines().next().unwrap_or("");
        let rest = self.file.get(*from..span.end as usize).unwrap_or("");
        let Some(at) = rest.find(line).filter(|_| !line.is_empty()) else {
            return span;
        };
        let start = *from + at;
        *from = start + line.len();
        Span::new(start, *from)
    }

    /// The last of the links, as a tag.
    pub(super) fn last_link(&self, image: bool) -> Tag {
        let at = last(&self.body.links);
        if image { Tag::Image(at) } else { Tag::Link(at) }
    }
}
