//! What stands on pages thousands of times, made ready: links to entries, marks of citations and
//! their notes, sources as cited, labels, short remarks.
//!
//! Takes what the views chose; writes HTML to the end of a buffer, by the rules of the templates
//! (it escapes as they do). Making these in a template costs fifty times as much, so templates
//! get them as [`Html`]: the items are ready, the lists and sections around them are the theme's.
//! Never decides what is shown.

use super::escape::{Place, escape};
use super::language::{Language, Word, names};
use crate::model::lang::starts_from_right;
use crate::model::{Confidence, Tlp};
use serde::{Serialize, Serializer};

/// HTML that is ready to stand on a page and is not escaped again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Html(pub String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}

impl Html {
    /// What a function writes: most items are shorter than the room that is made at once.
    pub(super) fn of(write: impl FnOnce(&mut String)) -> Html {
        let mut html = String::with_capacity(256);
        write(&mut html);
        Html(html)
    }
}

/// Writes a text, safe between tags and in an attribute.
pub(super) fn text(text: &str, out: &mut String) {
    escape(text, Place::Page, out);
}

/// Writes a text that holds together where it runs the other way than the page.
pub(super) fn apart(text: &str, from_right: bool, out: &mut String) {
    let other = starts_from_right(text).is_some_and(|it| it != from_right);
    out.push_str(if other { "<bdi>" } else { "" });
    self::text(text, out);
    out.push_str(if other { "</bdi>" } else { "" });
}

/// Writes a number.
pub(super) fn number(number: u32, out: &mut String) {
    if let Some(rest) = (number / 10).checked_sub(1) {
        self::number(rest + 1, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// What follows the way to the root in a link to a path: `actors/apt38/">APT38</a>`.
pub(super) fn tail(path: &str, words: &str) -> String {
    const BETWEEN: &str = "\">";
    const END: &str = "</a>";
    // It is kept for as long as the site is.
    let room = path.len() + BETWEEN.len() + words.len() + END.len();
    let mut tail = String::with_capacity(room);
    text(path, &mut tail);
    tail.push_str(BETWEEN);
    text(words, &mut tail);
    tail.push_str(END);
    tail
}

/// A link within the site; see [`tail`].
pub(super) fn link(root: &str, tail: &str, out: &mut String) {
    out.push_str("<a href=\"");
    out.push_str(root);
    out.push_str(tail);
}

/// The same, with what the other page is to this one: `prev`.
pub(super) fn link_as(rel: &str, root: &str, tail: &str, out: &mut String) {
    out.push_str("<a rel=\"");
    out.push_str(rel);
    out.push_str("\" href=\"");
    out.push_str(root);
    out.push_str(tail);
}

/// A link elsewhere.
pub(super) fn link_out(url: &str, class: &str, words: &str, out: &mut String) {
    out.push_str("<a ");
    if !class.is_empty() {
        out.push_str("class=\"");
        out.push_str(class);
        out.push_str("\" ");
    }
    out.push_str("href=\"");
    text(url, out);
    out.push_str("\" rel=\"noopener noreferrer\">");
    text(words, out);
    out.push_str("</a>");
}

/// An item of a list.
pub(super) fn item(out: &mut String, write: impl FnOnce(&mut String)) {
    out.push_str("\n<li>");
    write(out);
    out.push_str("</li>");
}

/// A short remark in a line of them.
pub(super) fn bit(out: &mut String, write: impl FnOnce(&mut String)) {
    out.push_str("<span>");
    write(out);
    out.push_str("</span>");
}

/// A probability in words; its range opens on hover and focus and is printed.
pub(super) fn sure(language: &Language, sure: Confidence, out: &mut String) {
    let (low, high) = sure.range();
    out.push_str("<span class=\"wep\" tabindex=\"0\">");
    language.html(names::confidence(sure), out);
    out.push_str("<span class=\"tip\">");
    let bound = |hole: &str, out: &mut String| match hole {
        "low" => number(low.into(), out),
        _ => number(high.into(), out),
    };
    language.fill_html(Word::ConfidenceRange, bound, out);
    out.push_str("</span></span>");
}

/// That a relation is denied.
pub(super) fn denied(language: &Language, out: &mut String) {
    out.push_str("<span class=\"denied\">");
    language.html(Word::RemarkDenied, out);
    out.push_str("</span>");
}

/// The same drawn.
pub(super) fn bar(sure: Confidence, out: &mut String) {
    let (low, high) = sure.range();
    out.push_str(
        "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <line class=\"axis\" x1=\"0\" x2=\"100\" y1=\"4\" y2=\"4\"/><rect class=\"span\" x=\"",
    );
    number(low.into(), out);
    out.push_str("\" width=\"");
    number(high.saturating_sub(low).into(), out);
    out.push_str("\" y=\"1\" height=\"6\"/></svg>");
}

/// The label of a marking.
pub(super) fn tlp(tlp: Tlp, out: &mut String) {
    out.push_str("<span class=\"tlp ");
    out.push_str(tlp_class(tlp));
    out.push_str("\">");
    out.push_str(tlp.label());
    out.push_str("</span>");
}

/// The class of a marking.
pub(super) fn tlp_class(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "tlp-clear",
        Tlp::Green => "tlp-green",
        Tlp::Amber => "tlp-amber",
        Tlp::AmberStrict => "tlp-amber-strict",
        Tlp::Red => "tlp-red",
    }
}

/// A date at the rail of a timeline.
pub(super) fn when(words: &str, datetime: Option<&str>, out: &mut String) {
    match datetime {
        Some(datetime) => {
            out.push_str("<time class=\"when\" datetime=\"");
            text(datetime, out);
            out.push_str("\">");
            text(words, out);
            out.push_str("</time>");
        }
        None => {
            out.push_str("<span class=\"when\">");
            text(words, out);
            out.push_str("</span>");
        }
    }
}

/// The kind of an entry as a small label.
pub(super) fn kind(kind: &str, label: &str, out: &mut String) {
    out.push_str("<span class=\"tag-kind k-");
    out.push_str(kind);
    out.push_str("\">");
    text(label, out);
    out.push_str("</span>");
}

/// A source's grade, its meaning on hover and, unless within a link, on focus.
pub(super) fn grade(grade: &str, meaning: &str, focus: bool, out: &mut String) {
    out.push_str(" <span class=\"grade\"");
    out.push_str(if focus { " tabindex=\"0\">" } else { ">" });
    text(grade, out);
    out.push_str("<span class=\"tip\">");
    text(meaning, out);
    out.push_str("</span></span>");
}

/// What a reader must know of a source.
pub(super) fn caveat(retracted: bool, out: &mut String, write: impl FnOnce(&mut String)) {
    out.push_str(if retracted {
        " <span class=\"caveat retracted\">"
    } else {
        " <span class=\"caveat\">"
    });
    write(out);
    out.push_str("</span>");
}

/// The ways back from a reference to its marks, lettered a to z, then aa, ab …, then numbered. Each mark is
/// known by which citation of the source on the page it is.
pub(super) fn back(language: &Language, slug: &str, marks: &[u32], out: &mut String) {
    let to = |nth: u32, out: &mut String| {
        out.push_str("<a href=\"#");
        anchor(slug, nth, out);
        out.push_str("\" aria-label=\"");
    };
    match marks {
        [] => {}
        [only] => {
            out.push_str(" <span class=\"back\">");
            to(*only, out);
            language.html(Word::TextBack, out);
            out.push_str("\">↑</a></span>");
        }
        several => {
            out.push_str(" <span class=\"back\">↑");
            for (at, nth) in (0..).zip(several) {
                out.push(' ');
                to(*nth, out);
                let fill = |hole: &str, out: &mut String| match hole {
                    "letter" => letters(at, out),
                    _ => number(at + 1, out),
                };
                language.fill_html(Word::TextBackToLettered, fill, out);
                out.push_str("\">");
                letters(at, out);
                out.push_str("</a>");
            }
            out.push_str("</span>");
        }
    }
}

/// The id of a source's nth mark on a page. (Slugs hold nothing that would have to be escaped.)
pub(super) fn anchor(slug: &str, nth: u32, out: &mut String) {
    out.push_str("cite-");
    out.push_str(slug);
    out.push('-');
    number(nth, out);
}

fn letters(at: u32, out: &mut String) {
    let letter = |at: u32| char::from(b'a' + (at % 26) as u8);
    match at {
        0..26 => out.push(letter(at)),
        26..702 => out.extend([letter(at / 26 - 1), letter(at)]),
        _ => number(at + 1, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::escape::in_templates;

    fn written(write: impl FnOnce(&mut String)) -> String {
        Html::of(write).0
    }

    #[test]
    fn text_is_escaped_as_the_templates_would() {
        for plain in [
            "",
            "a",
            "a<b>&\"c'd",
            "Lazarus’s “é”",
            "&",
            "<<",
            "a\u{a0}b",
        ] {
            let mut theirs = Vec::new();
            tera::escape_html(plain, &mut theirs).unwrap();
            assert_eq!(written(|out| text(plain, out)).as_bytes(), theirs);
            let mut ours = Vec::new();
            in_templates(plain, &mut ours).unwrap();
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn control_characters_are_left_out() {
        let shown = written(|out| text("a\u{0}b\u{1b}[0m\u{7f}\u{85}\tc\nd", out));
        assert_eq!(shown, "ab[0m\tc\nd");
    }

    #[test]
    fn numbers_and_letters() {
        for n in [0, 1, 9, 10, 99, 100, 101, 4_000_000_000, u32::MAX] {
            assert_eq!(written(|out| number(n, out)), n.to_string());
        }
        let table = [
            (0, "a"),
            (25, "z"),
            (26, "aa"),
            (51, "az"),
            (52, "ba"),
            (701, "zz"),
            (702, "703"),
        ];
        for (at, expected) in table {
            assert_eq!(written(|out| letters(at, out)), expected);
        }
    }

    #[test]
    fn one_way_back_is_an_arrow_and_several_are_lettered() {
        assert_eq!(written(|out| back(Language::english(), "x", &[], out)), "");
        assert_eq!(
            written(|out| back(Language::english(), "x", &[1], out)),
            " <span class=\"back\"><a href=\"#cite-x-1\" aria-label=\"back to the text\">↑</a></span>"
        );
        assert_eq!(
            written(|out| back(Language::english(), "x", &[1, 3], out)),
            " <span class=\"back\">↑ <a href=\"#cite-x-1\" aria-label=\"a: back to place 1\">a</a> \
             <a href=\"#cite-x-3\" aria-label=\"b: back to place 2\">b</a></span>"
        );
    }
}
