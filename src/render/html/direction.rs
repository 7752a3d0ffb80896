//! Blocks that are written in the other direction than the page.
//!
//! Takes the block that has just begun; says at its element that the browser is to look which way it runs. Where
//! page and text agree, as nearly always, nothing is looked at but the bytes of the text, once.

use super::writer::Writer;
use crate::model::body::{Event, Tag};
use crate::model::lang::starts_from_right;

impl Writer<'_> {
    /// Says at the element that was begun for `tag`, after `from`, that it runs the other way, if it does.
    pub(super) fn direct(&mut self, tag: Tag, from: usize) {
        if !self.mixed {
            return;
        }
        let holds_text = match tag {
            Tag::Paragraph { .. }
            | Tag::Heading(_)
            | Tag::AlertTitle { .. }
            | Tag::DefinitionTitle { .. }
            | Tag::TableCell(_) => true,
            // Blocks say it themselves.
            Tag::Item { .. } | Tag::Definition { .. } => !self.begins_with_block(),
            _ => false,
        };
        let other = holds_text.then(|| self.first_direction()).flatten();
        if other.is_some_and(|from_right| from_right != self.ink.from_right) {
            self.attribute(from, " dir=\"auto\"");
        }
    }

    fn begins_with_block(&self) -> bool {
        matches!(
            self.body.events.get(self.at),
            Some(Event::Start(
                Tag::Paragraph { .. } | Tag::List { .. } | Tag::Quote(_) | Tag::Marked(_)
            ))
        )
    }

    /// The direction of the first letter of the element that has just begun.
    fn first_direction(&self) -> Option<bool> {
        let rest = self.body.events.get(self.at..).unwrap_or(&[]);
        let mut depth = 0u32;
        for event in rest {
            match *event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return None,
                Event::End(_) => depth -= 1,
                Event::Text(slice) => {
                    let found = starts_from_right(self.body.slice(slice));
                    if found.is_some() {
                        return found;
                    }
                }
                _ => {}
            }
        }
        None
    }
}
