//! The levels of headings.
//!
//! Takes levels as written; gives how deep each heading lies. Never skips a level: a `####` right
//! below a `##` lies one deeper, not two, so that a page's headings nest without a hole.

use crate::model::Body;
use crate::model::body::{Event, Tag};

/// Walks through headings in order.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Levels {
    /// The written levels of the headings that the next one may lie below; the first `depth` count.
    open: [u8; 6],
    depth: usize,
}

impl Levels {
    /// How deep the last heading lies; 0 where there was none.
    pub(super) fn depth(self) -> u8 {
        u8::try_from(self.depth).unwrap_or(0)
    }

    /// How deep the next heading lies, 1 for the top.
    pub(super) fn next(&mut self, level: u8) -> u8 {
        while self.depth > 0
            && self
                .open
                .get(self.depth - 1)
                .is_none_or(|&above| above >= level)
        {
            self.depth -= 1;
        }
        if let Some(slot) = self.open.get_mut(self.depth) {
            *slot = level;
            self.depth += 1;
        }
        u8::try_from(self.depth).unwrap_or(1).max(1)
    }
}

/// The headings for a table of contents: how deep each lies (1 or 2; what is deeper is left out) and
/// its index into [`Body::headings`]. Headings within quotes and footnotes belong to these.
#[must_use]
pub fn outline(body: &Body) -> Vec<(u8, u32)> {
    let mut lines = Vec::new();
    if body.headings.is_empty() {
        return lines;
    }
    let mut levels = Levels::default();
    let mut within = 0u32;
    for &event in &body.events {
        match event {
            Event::Start(Tag::Quote(_) | Tag::Footnote(_)) => within += 1,
            Event::End(Tag::Quote(_) | Tag::Footnote(_)) => within = within.saturating_sub(1),
            Event::Start(Tag::Heading(at)) if within == 0 => {
                let Some(heading) = body.headings.get(at as usize) else {
                    continue;
                };
                let depth = levels.next(heading.level);
                if depth <= 2 {
                    lines.push((depth, at));
                }
            }
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::build::Build;

    #[test]
    fn two_levels_without_a_hole() {
        type Lines = &'static [(u8, u32)];
        let table: [(&[u8], Lines); 6] = [
            (&[], &[]),
            (&[1, 2, 3, 2], &[(1, 0), (2, 1), (2, 3)]),
            (&[2, 2], &[(1, 0), (1, 1)]),
            (&[2, 4, 3, 2], &[(1, 0), (2, 1), (2, 2), (1, 3)]),
            (&[3, 2, 3], &[(1, 0), (1, 1), (2, 2)]),
            (&[1, 2, 3, 4, 5, 6, 6, 1], &[(1, 0), (2, 1), (1, 7)]),
        ];
        for (levels, expected) in table {
            let mut build = Build::default();
            for &level in levels {
                build.heading(level, "x");
            }
            assert_eq!(outline(&build.body), expected, "{levels:?}");
        }
    }

    #[test]
    fn quoted_headings_are_left_out() {
        let mut build = Build::default();
        build.heading(2, "a");
        build.within(Tag::Quote(None), |build| build.heading(1, "b"));
        build.heading(3, "c");
        assert_eq!(outline(&build.body), [(1, 0), (2, 2)]);
    }
}
