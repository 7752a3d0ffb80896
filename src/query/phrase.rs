//! Words as they are looked for in texts: without regard to case, accents and signs.

use crate::model::body::{Body, Event, Tag};
use crate::model::searched::words;
use crate::model::{Prose, Words};

/// Words that stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<String>,
    /// Whether the last is a whole word, not the beginning of one.
    whole: bool,
}

impl Phrase {
    /// The words of a text; none where there is neither a letter nor a digit in it.
    #[must_use]
    pub fn of(text: &str, whole: bool) -> Option<Phrase> {
        let words = words(text);
        (!words.is_empty()).then_some(Phrase { words, whole })
    }

    /// Whether the last is to be a whole word: they were quoted.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether a text holds them.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let Some((last, before)) = self.words.split_last() else {
            return false;
        };
        let fits = |window: &[String]| match window.split_last() {
            Some((word, others)) if self.whole => word == last && others == before,
            Some((word, others)) => word.starts_with(last.as_str()) && others == before,
            None => false,
        };
        words(text).windows(self.words.len()).any(fits)
    }
}

/// A sentence without its marks, as it is read.
#[must_use]
pub fn plain<R>(words: &Words<R>) -> String {
    match words {
        Words::Plain(text) => text.to_string(),
        Words::Styled(prose) => text(prose).trim().to_owned(),
    }
}

/// The text of a body as it is read: what is marked up within a word does not part it, and blocks do.
#[must_use]
pub(super) fn text<R>(prose: &Prose<R>) -> String {
    let body: &Body = &prose.body;
    let mut text = String::with_capacity(body.text.len());
    for event in &body.events {
        match *event {
            Event::Text(slice) | Event::Code(slice) => text.push_str(body.slice(slice)),
            Event::Start(tag) => {
                part(tag, &mut text);
                if let Tag::CodeBlock(at) = tag
                    && let Some(code) = body.code.get(at as usize)
                    // What is asked there is not what is said.
                    && code.lang != super::FENCE
                {
                    text.push_str(&code.text);
                }
            }
            Event::End(tag) => part(tag, &mut text),
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::Task(_) => text.push(' '),
            // A mark of a citation takes the space before it along.
            Event::Cite { .. } | Event::FootnoteRef(_) => text.truncate(text.trim_end().len()),
            Event::Html(_) => {}
            Event::Indicators { first, count } => {
                let lines = body.indicators.iter().skip(first as usize);
                for line in lines.take(count as usize) {
                    let file = line.file.as_ref().map_or("", |file| &file.value);
                    for said in [&line.indicator.value, file, &line.note] {
                        text.push(' ');
                        text.push_str(said);
                    }
                }
                text.push(' ');
            }
        }
    }
    text
}

/// What begins or ends with a block parts words.
fn part(tag: Tag, text: &mut String) {
    match tag {
        Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Highlight
        | Tag::Link(_)
        | Tag::Marked(_) => {}
        Tag::Paragraph { .. }
        | Tag::Heading(_)
        | Tag::Quote(_)
        | Tag::AlertTitle { .. }
        | Tag::CodeBlock(_)
        | Tag::List { .. }
        | Tag::Item { .. }
        | Tag::Footnote(_)
        | Tag::DefinitionList
        | Tag::DefinitionTitle { .. }
        | Tag::Definition { .. }
        | Tag::Table { .. }
        | Tag::TableHead
        | Tag::TableRow { .. }
        | Tag::TableCell(_)
        | Tag::HtmlBlock
        | Tag::Image(_) => text.push(' '),
    }
}
