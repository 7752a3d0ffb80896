//! What a piece of raw HTML says: the text that it shows, and what its tags and comments hold.
//!
//! Takes raw HTML; gives texts to be looked through for labels, character references read as browsers read
//! them. Never decides what is published: that is for the sanitiser.

use super::super::label::{self, INLINE};
use super::flat::EDGE;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// What a piece of raw HTML says.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The text that is shown: an edge for each tag within a line, a line break for each other tag.
    pub(super) shown: String,
    /// The values of attributes, and comments.
    pub(super) beside: Vec<String>,
    /// The cells of its tables, row by row.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether a cell is open.
    in_cell: bool,
}

impl Said {
    pub(super) fn by(html: &str) -> Said {
        let sink = Sink::default();
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(html.into());
        // A tag that is not closed is none: what would have stood in it is judged as it is written.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        tokenizer.end();
        tokenizer.sink.0.into_inner()
    }

    /// What a tag means for rows and cells.
    fn table(&mut self, name: &str, starts: bool) {
        match (name, starts) {
            ("table" | "tr", true) => {
                self.rows.push(Vec::new());
                self.in_cell = false;
            }
            ("td" | "th", true) => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                } else {
                    self.rows.push(vec![String::new()]);
                }
                self.in_cell = true;
            }
            ("td" | "th" | "table" | "tr", false) => self.in_cell = false,
            _ => {}
        }
    }

    /// Every text of it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.shown)
            .chain(&self.beside)
            .map(String::as_str)
    }

    /// Each line that is shown, and each text beside, without edges.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let lines = self.texts().flat_map(str::lines);
        lines.map(|line| line.replace(EDGE, ""))
    }
}

/// Whether one of the values of a tag is the name of the protocol, so that what it holds may be a colour.
pub(super) fn names_tlp<'a>(mut values: impl Iterator<Item = &'a str>) -> bool {
    values.any(|value| value.len() < 40 && label::names_level(value))
}

#[derive(Default)]
struct Sink(RefCell<Said>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut said = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => {
                said.shown.push_str(&text);
                if said.in_cell
                    && let Some(cell) = said.rows.last_mut().and_then(|row| row.last_mut())
                {
                    cell.push_str(&text);
                }
            }
            Token::TagToken(tag) => {
                let inline = INLINE.contains(&&*tag.name);
                said.shown.push(if inline { EDGE } else { '\n' });
                said.table(&tag.name, tag.kind == TagKind::StartTag);
                // `<span class="tlp">AMBER</span>`
                if names_tlp(tag.attrs.iter().map(|it| &*it.value)) {
                    said.shown.push_str("TLP ");
                }
                let values = tag.attrs.iter().map(|it| it.value.to_string());
                said.beside.extend(values);
            }
            Token::CommentToken(text) => {
                said.shown.push(EDGE);
                said.beside.push(text.to_string());
            }
            Token::DoctypeToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_part_and_references_are_read() {
        let said = Said::by(
            "<p title=\"a&#58;b\">TL<b>P</b>:&nbsp;A<br>x &lt; y<!-- c --><?d e?></p>&colon; z",
        );
        assert_eq!(said.shown, "\nTL\u{1}P\u{1}:\u{A0}A\nx < y\u{1}\u{1}\n: z");
        assert_eq!(said.beside, ["a:b", " c ", "?d e?"]);
        assert_eq!(Said::by("a <b").shown, "a ");
    }
}
