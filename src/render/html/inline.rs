//! Links, images, figures.

use super::elements::Content::Phrasing;
use super::writer::{Frame, Kind, Writer};
use super::{Anchor, escape};
use crate::model::body::{Event, Size, Tag, end_of};
use crate::render::language::Word;
use std::fmt::Write as _;

/// The endings of files that a page can show.
const PICTURES: [&str; 10] = [
    ".apng", ".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp",
];

impl Writer<'_> {
    pub(super) fn link(&mut self, at: u32) {
        self.begin_inline();
        let anchor = self.ink.links.get(at as usize).unwrap_or(&Anchor::Plain);
        match anchor {
            Anchor::To { href, words } if !self.in_link() && is_within(href) => {
                self.open_link(href, false);
                self.link_words(words.as_deref(), href);
            }
            Anchor::Out { href } if !self.in_link() && is_address(href) => {
                self.open_link(href, true);
                self.link_words(None, href);
            }
            Anchor::To {
                words: Some(words), ..
            } => {
                self.push(Frame::new("", Phrasing));
                escape(words, self.out);
                self.skip();
            }
            Anchor::To { .. } | Anchor::Out { .. } | Anchor::Plain => {
                self.push(Frame::new("", Phrasing));
            }
            Anchor::Defanged(address) => {
                let bare = self
                    .body
                    .links
                    .get(at as usize)
                    .is_some_and(|link| link.bare);
                self.read_words();
                if bare || names(&self.alt, address) {
                    self.push(Frame::new("", Phrasing));
                    self.address(address);
                    self.skip();
                } else {
                    self.push(Frame::new("", Phrasing).kind(Kind::Defanged(at)));
                }
            }
        }
    }

    fn open_link(&mut self, href: &str, out: bool) {
        self.out.push_str("<a href=\"");
        escape(href, self.out);
        self.out.push_str(if out {
            "\" rel=\"noopener noreferrer\">"
        } else {
            "\">"
        });
        self.push(Frame::new("</a>", Phrasing).link());
    }

    /// Writes other words in place of the written ones, or the address where there are none.
    fn link_words(&mut self, words: Option<&str>, href: &str) {
        let empty = matches!(self.body.events.get(self.at), Some(Event::End(_)));
        if let Some(words) = words.or(empty.then_some(href)) {
            escape(words, self.out);
            self.skip();
        }
    }

    /// An address that is an indicator.
    pub(super) fn address(&mut self, address: &str) {
        self.out.push_str("<code class=\"mono defanged\">");
        escape(address, self.out);
        self.out.push_str("</code>");
    }

    /// Puts the plain words of the element that has just begun into `alt`.
    fn read_words(&mut self) {
        self.alt.clear();
        let rest = self.body.events.get(self.at..).unwrap_or(&[]);
        let mut depth = 0u32;
        for event in rest {
            match *event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Text(slice) | Event::Code(slice) => {
                    self.alt.push_str(self.body.slice(slice));
                }
                Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
                _ => {}
            }
        }
    }

    pub(super) fn image(&mut self, at: u32) {
        self.begin_inline();
        self.read_words();
        self.push(Frame::new("", Phrasing));
        self.skip();
        self.picture(at);
    }

    /// What stands for an image whose words are in `alt`: the picture, or where it is none that the
    /// page can show, a link or plain words.
    fn picture(&mut self, at: u32) {
        let anchor = self.ink.links.get(at as usize).unwrap_or(&Anchor::Plain);
        let mut alt = std::mem::take(&mut self.alt);
        if let Anchor::To {
            words: Some(words), ..
        } = anchor
        {
            alt.clear();
            alt.push_str(words);
        }
        match anchor {
            Anchor::To { href, .. } if is_within(href) && is_picture(href) => {
                self.out.push_str("<img src=\"");
                escape(href, self.out);
                self.out.push_str("\" alt=\"");
                escape(&alt, self.out);
                self.out.push('"');
                self.size(at);
                self.out.push('>');
            }
            Anchor::To { href, .. } if !self.in_link() && is_within(href) => {
                self.named_link(href, &alt, false);
            }
            Anchor::Out { href } if !self.in_link() && is_address(href) => {
                self.named_link(href, &alt, true);
            }
            Anchor::Defanged(address) => {
                let bare = self
                    .body
                    .links
                    .get(at as usize)
                    .is_some_and(|link| link.bare);
                if !bare && !alt.is_empty() && !names(&alt, address) {
                    escape(&alt, self.out);
                    self.out.push(' ');
                }
                self.address(address);
            }
            _ => escape(&alt, self.out),
        }
        self.alt = alt;
    }

    /// How large an image is shown, where that is written.
    fn size(&mut self, at: u32) {
        let Some(link) = self.body.links.get(at as usize) else {
            return;
        };
        let Size { width, height } = link.size;
        for (name, pixels) in [("width", width), ("height", height)] {
            if let Some(pixels) = pixels {
                // Writing to a string cannot fail.
                let _ = write!(self.out, " {name}=\"{pixels}\"");
            }
        }
    }

    fn named_link(&mut self, href: &str, words: &str, out: bool) {
        self.open_link(href, out);
        escape(if words.is_empty() { href } else { words }, self.out);
        self.pop();
    }

    /// Writes the paragraph that has just begun as a figure, if it holds a picture and nothing else
    /// but its citations.
    ///
    /// Its title is the caption. Where it has none, the alternative text is, if it says more than a
    /// name (three words or more); it stays for those who do not see the picture.
    pub(super) fn figure(&mut self) -> bool {
        let events = &self.body.events;
        let Some(&Event::Start(Tag::Image(at))) = events.get(self.at) else {
            return false;
        };
        let Some(Anchor::To { href, .. }) = self.ink.links.get(at as usize) else {
            return false;
        };
        if !is_within(href) || !is_picture(href) {
            return false;
        }
        let image_end = end_of(events, self.at + 1);
        let rest = events.get(image_end + 1..).unwrap_or(&[]);
        let is_mark = |event: &&Event| match event {
            Event::Cite { .. } | Event::FootnoteRef(_) | Event::SoftBreak => true,
            Event::Text(slice) => self.body.slice(*slice).trim().is_empty(),
            _ => false,
        };
        let marks = rest.iter().take_while(is_mark).count();
        if !matches!(rest.get(marks), Some(Event::End(Tag::Paragraph { .. }))) {
            return false;
        }
        self.at += 1;
        self.read_words();
        self.out.push_str("<figure>");
        self.push(Frame::new("</figure>\n", Phrasing).quiet());
        // A wide one is small on a phone, so that it leads to itself.
        let open = !self.in_link();
        if open {
            self.out.push_str("<a href=\"");
            escape(href, self.out);
            if self.alt.trim().is_empty() {
                self.out.push_str("\" aria-label=\"");
                self.say(Word::TextPicture);
            }
            self.out.push_str("\">");
        }
        self.picture(at);
        self.out.push_str(if open { "</a>" } else { "" });
        let link = self.body.links.get(at as usize);
        let title = link.map_or("", |link| link.title.trim());
        let alt = std::mem::take(&mut self.alt);
        let caption = match title {
            "" if alt.split_whitespace().nth(2).is_some() => alt.trim(),
            title => title,
        };
        if !caption.is_empty() || marks > 0 {
            self.out.push_str("<figcaption>");
            self.push(Frame::new("</figcaption>", Phrasing));
            escape(caption, self.out);
            self.events(image_end + 1, image_end + 1 + marks);
            self.pop();
        }
        self.alt = alt;
        // The paragraph's end closes the figure.
        self.at = image_end + 1 + marks;
        true
    }
}

/// Whether a reference stays within the site: it has no scheme and no host.
fn is_within(href: &str) -> bool {
    let odd = |byte: &u8| *byte == b'\\' || byte.is_ascii_control();
    let mut first = href.bytes().take_while(|byte| !b"/?#".contains(byte));
    !first.any(|byte| byte == b':') && !href.starts_with("//") && !href.as_bytes().iter().any(odd)
}

/// Whether an address has a scheme that may be linked.
fn is_address(href: &str) -> bool {
    let scheme = href.split(':').next().unwrap_or("");
    ["https", "http", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
}

fn is_picture(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or("");
    let ends = |ending: &&str| {
        let at = path.len().checked_sub(ending.len());
        at.and_then(|at| path.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    PICTURES.iter().any(ends)
}

/// Whether words name nothing but an address, defanged or not.
fn names(words: &str, address: &str) -> bool {
    let plain = |text: &str| {
        let text = text.trim().to_ascii_lowercase().replace(['[', ']'], "");
        let text = text.replacen("hxxp", "http", 1);
        let rest = text
            .split_once("://")
            .map_or(text.as_str(), |(_, rest)| rest);
        let rest = rest.strip_prefix("mailto:").unwrap_or(rest);
        rest.trim_end_matches('/').to_owned()
    };
    plain(words) == plain(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_that_stay_within_the_site() {
        for href in ["", "#a", "../x/", "a/b:c", "?q=a:b", "x.svg"] {
            assert!(is_within(href), "{href}");
        }
        for href in [
            "javascript:alert(1)",
            "//host/",
            "/\\host",
            "data:x",
            "java\nscript:x",
        ] {
            assert!(!is_within(href), "{href}");
        }
        assert!(is_address("HTTPS://a.example/") && is_address("mailto:a@b.example"));
        assert!(!is_address("javascript:x") && !is_address("ftp://a") && !is_address("x"));
    }

    #[test]
    fn words_that_are_the_address() {
        let address = "hxxps://evil[.]example/";
        for words in [
            "https://evil.example",
            "evil.example/",
            "HXXPS://evil[.]example/",
        ] {
            assert!(names(words, address), "{words}");
        }
        assert!(!names("the dropper", address));
    }

    #[test]
    fn pictures() {
        assert!(is_picture("a/x.SVG") && is_picture("x.webp?v=1"));
        assert!(!is_picture("x.pdf") && !is_picture("svg") && !is_picture(""));
    }
}
