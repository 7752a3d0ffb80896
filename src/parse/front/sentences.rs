//! The sentences of a front matter: texts in which markup is read.
//!
//! Takes a node whose marks [`super::marks`] reads; gives [`Words`]. What a sentence is, the readers of
//! entries decide by asking for one here: summaries, events, notes, judgements, changes, reasons. Titles,
//! names, tags, figures and `extra` are never asked for, so that markup in them is text.

use super::comments::Kind;
use super::form::Form;
use super::marks::Marking;
use super::reader::Reader;
use super::tree::{Node, Value};
use super::withholding;
use crate::diag::{Advice, Code, Outcome, TextEdit};
use crate::model::body::Event;
use crate::model::{Body, Marked, RawRef, Words};
use crate::parse::body::sentence;
use crate::parse::label;
use std::borrow::Cow;
use std::ops::Range;

/// The keys of sentences.
pub const KEYS: [&str; 8] = [
    "chosen", "note", "reason", "role", "summary", "text", "verb", "what",
];

/// How a sentence is written that YAML does not take for text.
#[must_use]
pub fn quoted(key: &str, sentence: &str) -> String {
    format!(
        "put the sentence in quotes: `{key}: {}`",
        in_quotes(sentence)
    )
}

/// A sentence as YAML takes it for text.
pub fn in_quotes(sentence: &str) -> String {
    format!("'{}'", sentence.replace('\'', "''"))
}

impl Reader<'_> {
    /// A sentence, part of a statement or of none: see [`Reader::words`].
    pub fn sentence(
        &mut self,
        name: &str,
        node: &Node<'_>,
        mut of: Option<&mut Marking>,
    ) -> Option<Words<RawRef>> {
        let of_list = node.span.of(self.text);
        if matches!(node.value, Value::List(_))
            && of_list.starts_with("[[")
            && withholding::within(node).is_none()
        {
            let message = format!("`{name}` takes text, and YAML reads brackets as a list");
            let one_line = !of_list.contains(['\n', '\r']) && of_list.ends_with("]]");
            let edit = TextEdit::new(self.path, node.span, in_quotes(of_list));
            let help = Advice::from(quoted(name, of_list));
            let help = help.safely(one_line.then_some(edit));
            self.report(Code::WrongType, node.span, message, help);
            return None;
        }
        let words = self.words_of(name, node, Form::Text, Kind::Sentence, of.as_deref_mut())?;
        let written = node.text().unwrap_or("");
        let from = match &words {
            Cow::Borrowed(words) => words.as_ptr().addr().checked_sub(written.as_ptr().addr()),
            Cow::Owned(_) => None,
        };
        let place = |range: Range<usize>| {
            from.map_or(node.span, |from| {
                self.span_within(node, written, &(range.start + from..range.end + from))
            })
        };
        let Outcome { value, problems } = sentence::read(self.path, &words, self.markings, &place);
        self.problems.extend(problems);
        if let Words::Styled(prose) = &value {
            self.labels_apart(&prose.body, &words, node, of);
        }
        Some(value)
    }

    /// A sentence with a marking of its own.
    pub fn marked_sentence(
        &mut self,
        name: &str,
        node: &Node<'_>,
    ) -> Option<Marked<Words<RawRef>>> {
        let mut statement = Marking::default();
        let value = self.sentence(name, node, Some(&mut statement))?;
        let tlp = self.marked(statement);
        Some(Marked { value, tlp })
    }

    /// Labels are read in the words as they are written. One that only shows where the markup is gone, as in
    /// `[TLP](address):AMBER`, cannot be a mark.
    fn labels_apart(
        &mut self,
        body: &Body,
        words: &str,
        node: &Node<'_>,
        of: Option<&mut Marking>,
    ) {
        let shown = shown(body);
        let new = label::all(&shown).count() > label::text::count(words);
        if new {
            self.report(
                Code::BadMarking,
                node.span,
                "a label that markup takes apart",
                "a mark stands at the start of the text, `(TLP:AMBER) …`, and is for all of it; where only the words are meant, quote them as code",
            );
        }
        // A mark that the body holds was reported.
        if new || !body.marks.is_empty() {
            self.cannot_be_read(of);
        }
    }
}

/// What a reader sees of a body, but for code, which quotes.
fn shown(body: &Body) -> String {
    let mut shown = String::with_capacity(body.text.len());
    for event in &body.events {
        match event {
            Event::Text(slice) => shown.push_str(body.slice(*slice)),
            Event::Code(_) => shown.push('\u{fffc}'),
            _ => {}
        }
    }
    shown
}
