//! Citations' marks with their margin notes, and footnotes.

use super::elements::Content::Flow;
use super::writer::{Frame, Writer};
use super::{CiteMark, Note as Told, escape};
use crate::model::body::{Event, Tag, end_of};
use crate::model::{Body, Tlp};
use crate::render::language::Word;
use std::fmt::Write as _;
use std::ops::Range;

/// How many letters of text a screen shows, about: within it the same note stands once.
const SCREEN: usize = 1600;

impl Writer<'_> {
    /// The marks of a pair of brackets. However many sources behind the same words are withheld, that is said
    /// once, at the last.
    pub(super) fn cite(&mut self, first: u32, count: u32) {
        self.begin_inline();
        self.trim();
        let range = first as usize..(first as usize).saturating_add(count as usize);
        let ink = self.ink;
        let marks = ink.cites.get(range).unwrap_or(&[]);
        let open = marks.iter().filter(|mark| **mark != CiteMark::Withheld);
        for (nth, mark) in open.enumerate() {
            self.mark(mark, nth > 0);
        }
        if marks.contains(&CiteMark::Withheld) && !self.says_so_again() {
            let next = marks.iter().any(|mark| *mark != CiteMark::Withheld);
            self.withheld(next);
        }
        // Behind all of them: marks stand in the line, and notes do not.
        for mark in marks {
            self.note(mark);
        }
    }

    /// Whether another pair of brackets behind the same words has a withheld source too.
    fn says_so_again(&self) -> bool {
        let mut at = self.at;
        while let Some((first, count, after)) = self.body.neighbouring_cite(at) {
            let mut marks = self.ink.cites.iter().skip(first as usize);
            if marks
                .by_ref()
                .take(count as usize)
                .any(|mark| *mark == CiteMark::Withheld)
            {
                return true;
            }
            at = after;
        }
        false
    }

    fn mark(&mut self, mark: &CiteMark, next: bool) {
        let CiteMark::Source {
            number,
            anchor,
            note,
            ..
        } = mark
        else {
            return;
        };
        let (open, close) = if self.in_link() {
            ("<span class=\"cite", "</span>")
        } else {
            ("<a class=\"cite", "</a>")
        };
        self.out.push_str(open);
        self.out
            .push_str(if next { " next\" id=\"" } else { "\" id=\"" });
        escape(anchor, self.out);
        if self.in_link() {
            let _ = write!(self.out, "\">{number}");
        } else {
            let _ = write!(self.out, "\" href=\"#ref-{number}\" aria-label=\"");
            self.say_number(Word::TextSource, *number);
            if let Told::Title(place) = note
                && !place.is_empty()
            {
                self.out.push_str(", ");
                escape(place, self.out);
                self.out.push_str("\" title=\"");
                escape(place, self.out);
            }
            let _ = write!(self.out, "\">{number}");
        }
        self.out.push_str(close);
    }

    fn note(&mut self, mark: &CiteMark) {
        // A note holds links, so it cannot stand in one.
        if let CiteMark::Source {
            note: Told::Margin(note),
            same,
            ..
        } = mark
            && !self.is_quiet()
            && !self.in_link()
            && !self.is_noted(*same)
        {
            self.noted.insert(*same, self.come);
            self.out.push_str("<span class=\"sidenote\" role=\"note\">");
            self.out.push_str(note);
            self.out.push_str("</span>");
        }
    }

    /// Whether a reader still sees the same note.
    fn is_noted(&self, same: u64) -> bool {
        let at = self.noted.get(&same);
        at.is_some_and(|at| self.come - at < SCREEN)
    }

    fn withheld(&mut self, next: bool) {
        self.out.push_str(if next {
            "<span class=\"cite withheld next\">"
        } else {
            " <span class=\"cite withheld\">"
        });
        self.say(Word::RemarkSourceWithheld);
        self.out.push_str("</span>");
    }

    /// Marks follow the word before them at once.
    fn trim(&mut self) {
        let kept = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(kept.max(self.floor));
    }

    pub(super) fn footnote_ref(&mut self, note: u32) {
        let Some((letter, nth)) = self.footnotes.refer(note) else {
            return;
        };
        self.begin_inline();
        self.trim();
        let (open, close) = if self.in_link() {
            ("<span class=\"footnote-ref\" id=\"fnref-", "</span>")
        } else {
            ("<a class=\"footnote-ref\" id=\"fnref-", "</a>")
        };
        self.out.push_str(open);
        self.note_id(letter);
        if nth > 1 {
            let _ = write!(self.out, "-{nth}");
        }
        if !self.in_link() {
            self.out.push_str("\" href=\"#fn-");
            self.note_id(letter);
            self.out.push_str("\" aria-label=\"");
            let mut shown = String::new();
            push_letter(letter, &mut shown);
            let label = self.ink.language.with(Word::TextFootnote, &shown);
            escape(&label, self.out);
        }
        self.out.push_str("\">");
        push_letter(letter, self.out);
        self.out.push_str(close);
    }

    /// What tells a footnote from the others of the page.
    fn note_id(&mut self, letter: u32) {
        self.out.push_str(&self.note_ids);
        push_letter(letter, self.out);
    }

    /// The footnotes that something refers to, in the order of their letters.
    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.order.is_empty() {
            return;
        }
        if self.note_ids.is_empty() {
            self.out
                .push_str("<section class=\"footnotes\" aria-label=\"");
            self.say(Word::TextFootnotes);
            self.out.push_str("\"><ol>\n");
        } else {
            self.out.push_str("<div class=\"footnotes\"><ol>\n");
        }
        // A footnote may refer to others, which are then added.
        let mut letter = 0;
        while let Some(&at) = self.footnotes.order.get(letter as usize) {
            self.write_footnote(letter, at);
            letter += 1;
        }
        self.out.push_str(if self.note_ids.is_empty() {
            "</ol></section>\n"
        } else {
            "</ol></div>\n"
        });
    }

    fn write_footnote(&mut self, letter: u32, at: u32) {
        let Some(note) = self.footnotes.notes.get(at as usize).cloned() else {
            return;
        };
        self.out.push_str("<li id=\"fn-");
        self.note_id(letter);
        self.out.push_str("\">");
        self.push(Frame::new("</li>\n", Flow).quiet().apart());
        if let Some(tlp) = note.tlp {
            self.tlp(tlp);
            self.out.push(' ');
        }
        let content = only_paragraph(&self.body.events, &note.content).unwrap_or(note.content);
        self.events(content.start, content.end);
        // The way back stands in the last line.
        let within = self.out.ends_with("</p>\n");
        if within {
            self.out.truncate(self.out.len() - "</p>\n".len());
        }
        let refs = self
            .footnotes
            .notes
            .get(at as usize)
            .map_or(0, |note| note.refs);
        for nth in 1..=refs {
            self.out.push_str(" <a href=\"#fnref-");
            self.note_id(letter);
            if nth > 1 {
                let _ = write!(self.out, "-{nth}");
            }
            self.out.push_str("\" aria-label=\"");
            match refs {
                1 => self.say(Word::TextBack),
                _ => self.say_number(Word::TextBackToPlace, nth),
            }
            self.out.push_str("\">↑</a>");
        }
        if within {
            self.out.push_str("</p>");
        }
        self.pop();
    }
}

/// The events within, where they are one paragraph.
fn only_paragraph(events: &[Event], content: &Range<usize>) -> Option<Range<usize>> {
    let first = events.get(content.start)?;
    let inner = content.start + 1;
    let only = matches!(first, Event::Start(Tag::Paragraph { .. }))
        && end_of(events, inner).saturating_add(1) == content.end
        && !matches!(events.get(inner), Some(Event::Start(Tag::Image(_))));
    only.then(|| inner..content.end - 1)
}

/// Which footnotes there are and which are referred to.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// One for each of [`Body::footnotes`].
    notes: Vec<Note>,
    /// In the order of their letters.
    order: Vec<u32>,
}

#[derive(Debug, Default, Clone)]
struct Note {
    /// Its events; none where it is named but not written, or withheld.
    content: Range<usize>,
    written: bool,
    /// The highest marking around it.
    tlp: Option<Tlp>,
    letter: Option<u32>,
    /// How many references to it have been written.
    refs: u32,
}

impl Footnotes {
    pub(super) fn of(body: &Body) -> Footnotes {
        let mut notes = vec![Note::default(); body.footnotes.len()];
        if notes.is_empty() {
            return Footnotes::default();
        }
        let mut around: Vec<Tlp> = Vec::new();
        for (at, event) in body.events.iter().enumerate() {
            match *event {
                Event::Start(Tag::Marked(mark)) => {
                    let tlp = body.marks.get(mark as usize).map(|mark| mark.tlp);
                    let highest = around.last().copied().max(tlp);
                    around.push(highest.unwrap_or_default());
                }
                Event::End(Tag::Marked(_)) => drop(around.pop()),
                Event::Start(Tag::Footnote(note)) => {
                    if let Some(note) = notes.get_mut(note as usize)
                        && !note.written
                    {
                        note.written = true;
                        note.content = at + 1..end_of(&body.events, at + 1);
                        note.tlp = around.last().copied();
                    }
                }
                _ => {}
            }
        }
        Footnotes {
            notes,
            order: Vec::new(),
        }
    }

    /// The letter of a footnote that is referred to, and how often it was, this time included.
    fn refer(&mut self, at: u32) -> Option<(u32, u32)> {
        let note = self.notes.get_mut(at as usize)?;
        if !note.written {
            return None;
        }
        let next = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        let letter = *note.letter.get_or_insert_with(|| {
            self.order.push(at);
            next
        });
        note.refs += 1;
        Some((letter, note.refs))
    }
}

/// Writes a number as letters: a … z, aa, ab …
fn push_letter(number: u32, out: &mut String) {
    if let Some(rest) = (number / 26).checked_sub(1) {
        push_letter(rest, out);
    }
    out.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
}

#[cfg(test)]
mod tests {
    use super::push_letter;

    #[test]
    fn letters() {
        for (number, expected) in [
            (0, "a"),
            (25, "z"),
            (26, "aa"),
            (51, "az"),
            (52, "ba"),
            (702, "aaa"),
        ] {
            let mut out = String::new();
            push_letter(number, &mut out);
            assert_eq!(out, expected);
        }
    }
}
