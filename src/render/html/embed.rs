//! What a text shows in place of its embeds: a card, or a section of another text.

use super::blocks::BLOCK;
use super::elements::Content::Flow;
use super::writer::{Frame, Writer};
use super::{Embed, Excerpt, Ink};
use crate::model::Ids;
use crate::model::body::{Event, Tag};
use std::fmt::Write as _;

impl Writer<'_> {
    /// Whether the paragraph that has just begun is an embed that is shown.
    pub(super) fn shows_next(&self) -> bool {
        let next = self.body.events.get(self.at);
        matches!(next, Some(Event::Start(Tag::Link(at))) if self.shown(*at).is_some())
    }

    fn shown(&self, at: u32) -> Option<&Embed<'_>> {
        self.ink.embeds.get(at as usize)?.as_ref()
    }

    /// Writes what stands in place of a link that has just begun, where it is an embed that is shown.
    pub(super) fn embed(&mut self, at: u32) -> bool {
        let ink = self.ink;
        let Some(Some(embed)) = ink.embeds.get(at as usize) else {
            return false;
        };
        // It is a block.
        if self.in_link() || self.top().is_some_and(|frame| frame.content != Flow) {
            return false;
        }
        self.begin_block();
        self.come += BLOCK;
        match embed {
            Embed::Card(card) => self.out.push_str(card),
            Embed::Section(excerpt) => self.excerpt(excerpt),
        }
        self.push(Frame::new("", Flow));
        self.skip();
        true
    }

    /// Another writer goes on with the same page: what is counted on it, and which notes are seen, is handed over.
    fn excerpt(&mut self, excerpt: &Excerpt<'_>) {
        self.out.push_str("<blockquote class=\"embed\">\n");
        self.out.push_str(&excerpt.head);
        self.embeds += 1;
        let ink = Ink {
            ids: &Ids::default(),
            links: &excerpt.links,
            embeds: &[],
            placed: &[],
            cites: &excerpt.cites,
            language: self.ink.language,
            from_right: self.ink.from_right,
            // What was trusted may have ids that this page has, too.
            trust_html: false,
            indicators: self.ink.indicators,
            lines: None,
        };
        let mut writer = Writer::new(excerpt.body, &ink, self.out);
        let _ = write!(writer.note_ids, "{}-", self.embeds);
        writer.below = self.below + self.levels.depth();
        writer.come = self.come;
        writer.noted = std::mem::take(&mut self.noted);
        (writer.tables, writer.ioc_tables) = (self.tables, self.ioc_tables);
        writer.events(excerpt.events.start, excerpt.events.end);
        writer.write_footnotes();
        self.come = writer.come;
        self.noted = std::mem::take(&mut writer.noted);
        (self.tables, self.ioc_tables) = (writer.tables, writer.ioc_tables);
        self.out.push_str("</blockquote>\n");
    }
}
