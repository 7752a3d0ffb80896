//! Highlights as Obsidian writes them: `==words==`.
//!
//! Takes the run that is being closed; puts [`Tag::Highlight`] around what stands between two such signs at the
//! same depth. A sign begins one where a word follows it and none ends before it, and ends one the other way
//! round, so that `a == b`, `x==y` and the end of base64 stay as they are.

use super::walk::Walk;
use crate::model::Body;
use crate::model::body::{Event, Slice, Tag};
use memchr::memmem;

const SIGN: &str = "==";

/// Where a sign stands: the event, and the byte in [`Body::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    event: usize,
    byte: usize,
}

impl Walk<'_> {
    pub(super) fn highlight_run(&mut self) {
        let from = self.run.events;
        let escaped = |byte: usize| {
            let pieces = &self.run.pieces;
            let at = pieces.binary_search_by_key(&byte, |piece| piece.at);
            at.is_ok_and(|at| pieces.get(at).is_some_and(|piece| piece.escaped))
        };
        let signs = pairs(&self.body, from, &escaped);
        if signs.is_empty() {
            return;
        }
        let mut signs = signs.into_iter().peekable();
        let events = self.body.events.split_off(from);
        for (event, at) in events.into_iter().zip(from..) {
            let Event::Text(Slice { mut start, end }) = event else {
                self.body.events.push(event);
                continue;
            };
            while let Some((sign, begins)) = signs.next_if(|(sign, _)| sign.event == at) {
                let byte = super::walk::offset(sign.byte);
                self.piece(start, byte);
                self.body.events.push(match begins {
                    true => Event::Start(Tag::Highlight),
                    false => Event::End(Tag::Highlight),
                });
                start = byte + 2;
            }
            self.piece(start, end);
        }
    }

    fn piece(&mut self, start: u32, end: u32) {
        if start < end {
            self.body.events.push(Event::Text(Slice { start, end }));
        }
    }
}

/// The signs that begin and end highlights, in order.
fn pairs(body: &Body, from: usize, escaped: &dyn Fn(usize) -> bool) -> Vec<(At, bool)> {
    let mut signs = Vec::new();
    // At each depth the sign that waits for its other half.
    let mut open: Vec<Option<At>> = vec![None];
    let mut bare = 0usize;
    for (at, event) in body.events.iter().enumerate().skip(from) {
        let is_bare = |link: u32| body.links.get(link as usize).is_some_and(|it| it.bare);
        match *event {
            Event::Start(tag) => {
                open.push(None);
                bare += usize::from(matches!(tag, Tag::Link(link) if is_bare(link)));
            }
            Event::End(tag) => {
                open.pop();
                bare -= usize::from(matches!(tag, Tag::Link(link) if is_bare(link))).min(bare);
            }
            Event::Text(slice) if bare == 0 => {
                let text = body.slice(slice);
                for sign in memmem::find_iter(text.as_bytes(), SIGN) {
                    let place = At {
                        event: at,
                        byte: slice.start as usize + sign,
                    };
                    if escaped(place.byte) || escaped(place.byte + 1) {
                        continue;
                    }
                    let before = text.get(..sign).and_then(|it| it.chars().next_back());
                    let after = text.get(sign + 2..).and_then(|it| it.chars().next());
                    let Some(waiting) = open.last_mut() else {
                        continue;
                    };
                    match *waiting {
                        Some(start) if ends(before, after) && start.byte + 2 < place.byte => {
                            signs.push((start, true));
                            signs.push((place, false));
                            *waiting = None;
                        }
                        _ if begins(before, after) => *waiting = Some(place),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    signs.sort_unstable();
    signs
}

fn is_apart(c: Option<char>) -> bool {
    c.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '=' | '!' | '<' | '>'))
}

fn begins(before: Option<char>, after: Option<char>) -> bool {
    is_apart(before) && after.is_none_or(|c| !c.is_whitespace() && c != '=')
}

fn ends(before: Option<char>, after: Option<char>) -> bool {
    is_apart(after) && before.is_none_or(|c| !c.is_whitespace() && c != '=')
}
