//! Callouts as Obsidian writes them: `> [!danger] Title`, whose kinds become the five alerts.
//!
//! GitHub's form (`> [!NOTE]` alone in its line, five kinds) is read by pulldown-cmark; this reads what it
//! leaves as a quote: other kinds, signs of folding, and a title behind the kind, which is a block of its
//! own with markup in it. Nothing is folded: what a reader has to open is what a reader misses. A word that is
//! no kind stays as it is written, and is told of.

use super::super::label;
use super::foreign::Form;
use super::walk::{Frame, Walk};
use crate::model::body::{Alert, Event, Tag};
use crate::text::Span;
use pulldown_cmark::{BlockQuoteKind, Event as Md, Tag as MdTag, TagEnd};
use std::ops::Range;

/// The kinds of Obsidian, each with the alert that it becomes; none where it is a quote.
const KINDS: [(&str, Option<Alert>); 27] = [
    ("abstract", Some(Alert::Note)),
    ("attention", Some(Alert::Warning)),
    ("bug", Some(Alert::Caution)),
    ("caution", Some(Alert::Caution)),
    ("check", Some(Alert::Tip)),
    ("cite", None),
    ("danger", Some(Alert::Caution)),
    ("done", Some(Alert::Tip)),
    ("error", Some(Alert::Caution)),
    ("example", Some(Alert::Note)),
    ("fail", Some(Alert::Caution)),
    ("failure", Some(Alert::Caution)),
    ("faq", Some(Alert::Note)),
    ("help", Some(Alert::Note)),
    ("hint", Some(Alert::Tip)),
    ("important", Some(Alert::Important)),
    ("info", Some(Alert::Note)),
    ("missing", Some(Alert::Caution)),
    ("note", Some(Alert::Note)),
    ("question", Some(Alert::Note)),
    ("quote", None),
    ("success", Some(Alert::Tip)),
    ("summary", Some(Alert::Note)),
    ("tip", Some(Alert::Tip)),
    ("tldr", Some(Alert::Note)),
    ("todo", Some(Alert::Note)),
    ("warning", Some(Alert::Warning)),
];

/// The kinds whose names the page writes by itself.
const OWN: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// A callout of which the head is being read.
#[derive(Debug, Clone)]
pub(super) struct Callout {
    /// Where `[!kind]` begins, and where the title does behind it.
    head: Range<usize>,
    alert: Option<Alert>,
    /// What its title is where none is written.
    name: Option<String>,
    /// Which of the open blocks began with it.
    fresh: Vec<bool>,
    state: State,
}

#[derive(Debug, Clone, PartialEq)]
enum State {
    /// The quote has begun.
    Begun,
    /// The title is open; the paragraph that it is the first line of ends there.
    Title(usize),
    /// The title is closed; what comes next begins the rest of that paragraph.
    Rest(usize),
}

impl Walk<'_> {
    /// What a quote is, by its kind or by its head.
    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>, span: Span) -> Tag {
        if let Some(kind) = kind {
            return Tag::Quote(Some(alert(kind)));
        }
        let Some((word, head)) = head(self.file, span.range()) else {
            if let Some(word) = brackets(self.file, span.range()) {
                self.label_in_name(word, span);
            }
            return Tag::Quote(None);
        };
        let small = word.to_lowercase();
        let Ok(at) = KINDS.binary_search_by_key(&small.as_str(), |(kind, _)| kind) else {
            // Its kind is a colour: somebody's way to write a label.
            if label::colour(word).is_some() {
                self.label_beside(&format!("TLP:{word}"), Span::new(head.start, head.end));
            }
            self.foreign(Form::Callout, head);
            return Tag::Quote(None);
        };
        let alert = KINDS.get(at).and_then(|(_, alert)| *alert);
        let mut letters = small.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let name: String = first.chain(letters.clone()).collect();
        self.callout = Some(Callout {
            head,
            alert,
            fresh: Vec::new(),
            name: (alert.is_some() && !OWN.contains(&small.as_str())).then_some(name),
            state: State::Begun,
        });
        Tag::Quote(alert)
    }

    /// Reads the head of a callout, if one is being read; gives the event back that goes on as it is.
    pub(super) fn head_of_callout<'e>(
        &mut self,
        event: Md<'e>,
        range: Range<usize>,
    ) -> Option<(Md<'e>, Range<usize>)> {
        let within_inline = self.is_within_inline();
        let Some(callout) = &mut self.callout else {
            return Some((event, range));
        };
        match (&callout.state, event) {
            (State::Begun, Md::Start(MdTag::Paragraph)) if range.start == callout.head.start => {
                callout.state = State::Title(range.end);
                let line = self.file.get(range.clone()).unwrap_or("");
                let end = range.start + line.find('\n').unwrap_or(line.len());
                let (start, quote) = (range.start, callout.alert.is_none());
                callout.fresh = self.frames.iter().map(|frame| frame.fresh).collect();
                self.start_title(quote, start..end);
                None
            }
            (State::Begun, event) => {
                self.callout = None;
                Some((event, range))
            }
            (State::Title(_), Md::Text(text)) if range.start < callout.head.end => {
                let cut = callout.head.end.min(range.end) - range.start;
                let rest = text.get(cut..).unwrap_or("").to_owned();
                let range = range.start + cut..range.end;
                (!rest.is_empty()).then(|| (Md::Text(rest.into()), range))
            }
            (State::Title(end), Md::SoftBreak | Md::HardBreak) if !within_inline => {
                let end = *end;
                self.end_title();
                if let Some(callout) = &mut self.callout {
                    callout.state = State::Rest(end);
                }
                None
            }
            (State::Title(_), Md::End(TagEnd::Paragraph)) => {
                let fresh = std::mem::take(&mut callout.fresh);
                self.end_title();
                self.callout = None;
                // What bears a mark in its title is marked; a part of it may be marked higher.
                if self.top().mark.is_none() {
                    self.refresh(fresh);
                }
                None
            }
            (State::Rest(end), event) => {
                let end = *end;
                let fresh = std::mem::take(&mut callout.fresh);
                self.callout = None;
                if !matches!(event, Md::End(TagEnd::Paragraph)) {
                    self.refresh(fresh);
                    self.start_block(MdTag::Paragraph, range.start..end);
                    return Some((event, range));
                }
                None
            }
            (State::Title(_), event) => Some((event, range)),
        }
    }

    /// A mark at the start of the text behind a title is for all of it, as where no title is written.
    fn refresh(&mut self, fresh: Vec<bool>) {
        for (frame, fresh) in self.frames.iter_mut().zip(fresh) {
            frame.fresh = fresh;
        }
    }

    fn start_title(&mut self, quote: bool, line: Range<usize>) {
        let span = Span::new(line.start, line.end);
        let tag = match quote {
            true => Tag::Paragraph { at: span.start },
            false => Tag::AlertTitle { at: span.start },
        };
        self.push_frame(Some(tag), span, None);
    }

    /// Ends the title; where none is written, the kind is it, or nothing.
    fn end_title(&mut self) {
        self.close_run();
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let Frame { start, tag, .. } = frame;
        let empty = self.body.events.len() == start + 1;
        let name = self
            .callout
            .as_mut()
            .and_then(|callout| callout.name.take());
        if let (true, Some(Tag::AlertTitle { .. })) = (empty, tag) {
            match name {
                Some(name) => {
                    let slice = self.push_text(&name);
                    self.body.events.push(Event::Text(slice));
                }
                None => {
                    self.body.events.truncate(start);
                    return;
                }
            }
        }
        self.end_block(frame);
    }
}

/// What stands in brackets at the head of a quote behind `!`, kind or not: `note|tlp/amber`.
fn brackets(file: &str, quote: Range<usize>) -> Option<&str> {
    let text = file.get(quote)?.strip_prefix('>')?;
    let (word, _) = text.trim_start().strip_prefix("[!")?.split_once(']')?;
    (word.len() < 80).then_some(word)
}

/// The kind in the head of a quote as it is written, and where the head and what follows it begin.
fn head(file: &str, quote: Range<usize>) -> Option<(&str, Range<usize>)> {
    let text = file.get(quote.clone())?;
    let inner = text.strip_prefix('>')?.trim_start_matches([' ', '\t']);
    let start = quote.start + (text.len() - inner.len());
    let (word, rest) = inner.strip_prefix("[!")?.split_once(']')?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    if word.is_empty() || word.len() > 40 || !word.chars().all(fits) {
        return None;
    }
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let title = rest.trim_start_matches([' ', '\t']);
    let apart = rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']);
    apart.then(|| (word, start..quote.start + (text.len() - title.len())))
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_sorted() {
        assert!(KINDS.is_sorted_by_key(|(kind, _)| *kind));
    }

    #[test]
    fn heads_are_read() {
        for (text, expected) in [
            ("> [!danger] Title", Some(("danger", 12))),
            (">[!tip]-  T", Some(("tip", 10))),
            ("> [!note]+\n> x", Some(("note", 10))),
            ("> [!note](x) T", None),
            ("> [!](x)", None),
            ("> [note] T", None),
            ("> words", None),
        ] {
            let found = head(text, 0..text.len()).map(|(word, range)| (word, range.end));
            assert_eq!(found, expected, "{text}");
        }
    }
}
