//! Embeds of entries: which of them are shown in their place.
//!
//! Looks at the run that is being closed: embeds that stand alone in a paragraph or in an item, one in each line,
//! are shown; all others are links, and their writer is told. What they name is not known here.

use super::walk::Walk;
use crate::diag::Code;
use crate::model::body::{Event, Tag, end_of};

/// How many entries a text may show: each may be as long as a file.
const MOST: usize = 100;

impl Walk<'_> {
    /// Parts embeds that stand alone from each other, and makes links of the others.
    pub(super) fn settle_embeds(&mut self) {
        let links = self.body.links.get(self.run.links..).unwrap_or(&[]);
        if !links.iter().any(|link| link.embed) {
            return;
        }
        if self.stand_alone() {
            self.part_embeds();
        } else {
            self.link_embeds(
                "this embed is a link: it does not stand alone",
                "put it on a line of its own, between empty lines; for a link write `[[…]]`",
            );
        }
    }

    /// Whether the run is nothing but embeds in lines of their own, where a block may stand.
    fn stand_alone(&self) -> bool {
        let block = |tag: &Option<Tag>| {
            matches!(
                tag,
                Some(Tag::Paragraph { .. } | Tag::Item { .. } | Tag::Definition { .. })
            )
        };
        let in_block = self.frames.last().is_some_and(|frame| block(&frame.tag));
        let in_note = |tag: &Option<Tag>| matches!(tag, Some(Tag::Footnote(_)));
        if self.in_sentence || !in_block || self.frames.iter().any(|frame| in_note(&frame.tag)) {
            return false;
        }
        let events = &self.body.events;
        let mut at = self.run.events;
        let mut line_is_free = true;
        while let Some(&event) = events.get(at) {
            match event {
                Event::Start(Tag::Link(link)) if line_is_free => {
                    let link = self.body.links.get(link as usize);
                    if !link.is_some_and(|link| link.embed) {
                        return false;
                    }
                    line_is_free = false;
                    at = end_of(events, at + 1);
                }
                Event::SoftBreak | Event::HardBreak => line_is_free = true,
                Event::Text(slice) if self.body.slice(slice).trim().is_empty() => {}
                _ => return false,
            }
            at += 1;
        }
        true
    }

    /// Gives each line of a paragraph of embeds a paragraph of its own.
    fn part_embeds(&mut self) {
        let here = self.body.links.len() - self.run.links;
        self.embeds += here;
        if self.embeds > MOST {
            return self.link_embeds(
                &format!("this embed is a link: a page shows no more than {MOST}"),
                "take some out, or make pages of the parts of this one",
            );
        }
        let paragraph = self.frames.last().and_then(|frame| frame.tag);
        let Some(paragraph @ Tag::Paragraph { .. }) = paragraph else {
            return;
        };
        let breaks = |event: &Event| matches!(event, Event::SoftBreak | Event::HardBreak);
        let run = self.body.events.get(self.run.events..).unwrap_or(&[]);
        if !run.iter().any(breaks) {
            return;
        }
        let run = self.body.events.split_off(self.run.events);
        for event in run {
            match breaks(&event) {
                true => {
                    let parted = [Event::End(paragraph), Event::Start(paragraph)];
                    self.body.events.extend(parted);
                }
                false => self.body.events.push(event),
            }
        }
    }

    /// Makes links of the embeds of the run, and tells of them.
    fn link_embeds(&mut self, message: &str, help: &str) {
        let links = self.body.links.get_mut(self.run.links..).unwrap_or(&mut []);
        for link in links.iter_mut().filter(|link| link.embed) {
            link.embed = false;
            self.problems
                .report(Code::LinkedEmbed, link.span, message, help);
        }
    }
}
