//! A run is written anew without its mark and with its citations as events, so that nothing of what
//! was cut remains in the body's text.

use super::flat::Flat;
use super::walk::{Run, offset};
use crate::model::Body;
use crate::model::body::{Event, Slice, Tag};
use std::ops::Range;

/// A change to a run: its characters go, a citation perhaps takes their place.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    /// First citation and how many.
    pub(super) cites: Option<(u32, u32)>,
}

impl Flat {
    /// The events of the run with the edits made: text between them is copied to `body` anew.
    pub(super) fn rebuild(&self, body: &mut Body, run: &Run, edits: &[Edit]) {
        let events = body.events.split_off(run.events);
        let text = body.text.split_off(run.text);
        let mut out = Rebuild {
            body,
            from: run.events,
            trim: false,
        };
        let mut edits = edits.iter().peekable();
        for ((&event, &start), slice) in events.iter().zip(&self.starts).zip(&self.slices) {
            let Event::Text(_) = event else {
                while edits.next_if(|edit| edit.range.end <= start).is_some() {}
                let inside = edits.peek().is_some_and(|edit| edit.range.contains(&start));
                if !inside || matches!(event, Event::Task(_)) {
                    out.event(event, |slice| {
                        let from = (slice.start as usize).saturating_sub(run.text);
                        let to = (slice.end as usize).saturating_sub(run.text);
                        text.get(from..to).unwrap_or("")
                    });
                }
                continue;
            };
            let part = |from: usize, to: usize| {
                let base = slice.start as usize - run.text;
                text.get(base + from - start..base + to - start)
                    .unwrap_or("")
            };
            let end = start + (slice.end - slice.start) as usize;
            let mut done = start;
            while let Some(edit) = edits.peek().filter(|edit| edit.range.start < end) {
                if edit.range.start >= done {
                    out.text(part(done, edit.range.start));
                    out.edit(edit);
                }
                done = edit.range.end.min(end);
                if edit.range.end > end {
                    break;
                }
                edits.next();
            }
            out.text(part(done.max(start), end));
        }
    }
}

struct Rebuild<'a> {
    body: &'a mut Body,
    /// The run's first event.
    from: usize,
    /// A mark was taken away: white space after it goes too.
    trim: bool,
}

impl Rebuild<'_> {
    fn text(&mut self, text: &str) {
        let text = match self.trim {
            true => text.trim_start(),
            false => text,
        };
        if text.is_empty() {
            return;
        }
        self.trim = false;
        let slice = self.copy(text);
        self.body.events.push(Event::Text(slice));
    }

    /// Takes an event over; code and raw HTML lie in the old text, which `old` gives.
    fn event<'t>(&mut self, event: Event, old: impl Fn(Slice) -> &'t str) {
        let event = match event {
            Event::Code(slice) => Event::Code(self.copy(old(slice))),
            Event::Html(slice) => Event::Html(self.copy(old(slice))),
            event => event,
        };
        match event {
            Event::SoftBreak | Event::HardBreak if self.trim => return,
            // Bold type that held nothing but the mark.
            Event::End(Tag::Strong)
                if self.trim && self.own().last() == Some(&Event::Start(Tag::Strong)) =>
            {
                self.body.events.pop();
                return;
            }
            Event::End(_) | Event::Task(_) => {}
            _ => self.trim = false,
        }
        self.body.events.push(event);
    }

    fn copy(&mut self, text: &str) -> Slice {
        let start = offset(self.body.text.len());
        self.body.text.push_str(text);
        let end = offset(self.body.text.len());
        Slice { start, end }
    }

    fn edit(&mut self, edit: &Edit) {
        let Some((first, count)) = edit.cites else {
            self.trim = true;
            return;
        };
        self.trim = false;
        self.drop_space_before();
        if self.body.events.len() > self.from
            && let Some(Event::Cite {
                first: of,
                count: before,
            }) = self.body.events.last_mut()
            && *of + *before == first
        {
            *before += count;
            return;
        }
        self.body.events.push(Event::Cite { first, count });
    }

    /// A citation stands close to what it supports, however it was written.
    fn drop_space_before(&mut self) {
        if self.own().last() == Some(&Event::SoftBreak) {
            self.body.events.pop();
        }
        if self.body.events.len() > self.from
            && let Some(Event::Text(slice)) = self.body.events.last_mut()
        {
            let shown = self.body.text.get(slice.start as usize..).unwrap_or("");
            let kept = shown.trim_end().len();
            slice.end = slice.start + offset(kept);
            self.body.text.truncate(slice.end as usize);
            if kept == 0 {
                self.body.events.pop();
            }
        }
    }

    fn own(&self) -> &[Event] {
        self.body.events.get(self.from..).unwrap_or(&[])
    }
}
