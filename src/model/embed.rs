//! What a text shows of other entries in the place of its embeds: `![[x]]`, `![[x#Heading]]`.
//!
//! Takes a text with what its links lead to; gives the embeds in it, and the section of a text that a heading
//! begins. An embed within what is shown is never followed: it is a link there, so that nothing goes round.

use super::body::{Event, IndicatorLine, Tag, Target, end_of};
use super::{Body, Fragment, Prose, Tlp};
use std::collections::HashMap;
use std::ops::Range;

/// What stands in place of an embed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embed<R> {
    /// Which of the links of the text it is.
    pub link: u32,
    /// The entry.
    pub of: R,
    /// The heading in its text of which the section is shown; where there is none, its card is.
    pub heading: Option<u32>,
}

impl<R: Copy + PartialEq> Prose<R> {
    /// The embeds of a text of `own`, in the order of its links. One of the entry itself is a link, and so is one of
    /// an id in raw HTML, which begins no section.
    pub fn embeds(&self, own: Option<R>) -> impl Iterator<Item = Embed<R>> {
        let links = (0..).zip(self.body.links.iter().zip(&self.targets));
        links.filter_map(move |(link, (written, target))| {
            let Target::Entry(of, place) = target else {
                return None;
            };
            let heading = match place {
                None => None,
                Some(Fragment::Heading(heading)) => Some(*heading),
                Some(Fragment::Raw(_)) => return None,
            };
            (written.embed && own != Some(*of)).then_some(Embed {
                link,
                of: *of,
                heading,
            })
        })
    }
}

/// A section of a text: from a heading to the next of the same or a higher level, or to the end of what both stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its events.
    pub events: Range<usize>,
    /// What of the text is shown with it: these without the footnotes that are written in them, then those that
    /// something in it refers to.
    shown: Vec<Range<usize>>,
    /// The highest marking around its heading.
    pub tlp: Tlp,
    /// The highest marking of all that is shown.
    pub highest: Tlp,
}

impl Section {
    /// The section that a heading begins; `None` where the text has no such heading.
    #[must_use]
    pub fn of(body: &Body, heading: u32) -> Option<Section> {
        let level = body.headings.get(heading as usize)?.level;
        let mark = |at: u32| body.marks.get(at as usize).map_or(Tlp::Clear, |it| it.tlp);
        let mut around: Vec<Tlp> = Vec::new();
        let begins = body.events.iter().position(|event| {
            match *event {
                Event::Start(Tag::Marked(at)) => around.push(mark(at)),
                Event::End(Tag::Marked(_)) => drop(around.pop()),
                _ => {}
            }
            *event == Event::Start(Tag::Heading(heading))
        })?;
        let start = before_marks(&body.events, begins);
        let events = start..end(body, start, begins, level);
        let tlp = around.into_iter().max().unwrap_or_default();
        let mut section = Section {
            shown: Vec::new(),
            tlp,
            highest: tlp,
            events: events.clone(),
        };
        let referred = section.show(body, events);
        section.add_notes(body, referred);
        let lines = section.events(body).filter_map(|event| match *event {
            Event::Start(Tag::Marked(at)) => Some(mark(at)),
            Event::Indicators { first, count } => lines(body, first, count)
                .iter()
                .filter_map(|line| line.tlp)
                .max(),
            _ => None,
        });
        section.highest = lines.fold(section.highest, Tlp::max);
        Some(section)
    }

    /// The events of all that is shown.
    pub fn events<'b>(&'b self, body: &'b Body) -> impl Iterator<Item = &'b Event> {
        let ranges = self.shown.iter();
        ranges.flat_map(|range| body.events.get(range.clone()).unwrap_or(&[]))
    }

    /// The links and pictures in it, as indices into [`Body::links`].
    pub fn links<'b>(&'b self, body: &'b Body) -> impl Iterator<Item = u32> {
        self.events(body).filter_map(|event| match *event {
            Event::Start(Tag::Link(at) | Tag::Image(at)) => Some(at),
            _ => None,
        })
    }

    /// The citations in it, as indices into [`Prose::cites`], in order.
    #[must_use]
    pub fn cites(&self, body: &Body) -> Vec<u32> {
        let mut cites = Vec::new();
        for event in self.events(body) {
            match *event {
                Event::Cite { first, count } => cites.extend(first..first.saturating_add(count)),
                Event::Indicators { first, count } => {
                    for line in lines(body, first, count) {
                        cites.extend(line.first..line.first.saturating_add(line.count));
                    }
                }
                _ => {}
            }
        }
        cites.sort_unstable();
        cites.dedup();
        cites
    }

    /// Shows events without the footnotes that are written in them; gives those that they refer to.
    fn show(&mut self, body: &Body, events: Range<usize>) -> Vec<u32> {
        let mut referred = Vec::new();
        let mut from = events.start;
        let mut at = events.start;
        while at < events.end
            && let Some(event) = body.events.get(at)
        {
            match *event {
                Event::Start(Tag::Footnote(_)) => {
                    self.shown.push(from..at);
                    at = end_of(&body.events, at + 1).min(events.end);
                    from = at + 1;
                }
                Event::FootnoteRef(note) => referred.push(note),
                _ => {}
            }
            at += 1;
        }
        if from < events.end {
            self.shown.push(from..events.end);
        }
        referred
    }

    /// Adds the footnotes that are referred to, and those to which these refer, each once.
    fn add_notes(&mut self, body: &Body, mut referred: Vec<u32>) {
        if referred.is_empty() {
            return;
        }
        let mut written: HashMap<u32, (Range<usize>, Tlp)> = HashMap::new();
        let mut around: Vec<Tlp> = Vec::new();
        for (at, event) in body.events.iter().enumerate() {
            match *event {
                Event::Start(Tag::Marked(mark)) => {
                    let tlp = body.marks.get(mark as usize).map(|mark| mark.tlp);
                    around.push(around.last().copied().max(tlp).unwrap_or_default());
                }
                Event::End(Tag::Marked(_)) => drop(around.pop()),
                Event::Start(Tag::Footnote(note)) => {
                    let tlp = around.last().copied().unwrap_or_default();
                    let content = at + 1..end_of(&body.events, at + 1);
                    written.entry(note).or_insert((content, tlp));
                }
                _ => {}
            }
        }
        while let Some(note) = referred.pop() {
            if let Some((content, tlp)) = written.remove(&note) {
                self.highest = self.highest.max(tlp);
                referred.extend(self.show(body, content));
            }
        }
    }
}

/// The lines of an `ioc` block.
fn lines(body: &Body, first: u32, count: u32) -> &[IndicatorLine] {
    let range = first as usize..(first as usize).saturating_add(count as usize);
    body.indicators.get(range).unwrap_or(&[])
}

/// Where the marked parts begin that what begins at `at` begins.
fn before_marks(events: &[Event], mut at: usize) -> usize {
    while let Some(before) = at.checked_sub(1)
        && matches!(events.get(before), Some(Event::Start(Tag::Marked(_))))
    {
        at = before;
    }
    at
}

/// Where a section ends that begins at `start`, with a heading at `heading`.
fn end(body: &Body, start: usize, heading: usize, level: u8) -> usize {
    let events = &body.events;
    // How many marked parts are open, and how many other things.
    let (mut marked, mut others) = (0u32, 0u32);
    for (at, event) in events.iter().enumerate().skip(start) {
        if let Event::Start(Tag::Heading(next)) = *event
            && at > heading
            && others == 0
        {
            let next = body.headings.get(next as usize);
            if next.is_some_and(|next| next.level <= level) {
                return before_marks(events, at);
            }
        }
        let open = match event {
            Event::Start(Tag::Marked(_)) | Event::End(Tag::Marked(_)) => &mut marked,
            _ => &mut others,
        };
        match event {
            Event::Start(_) => *open += 1,
            Event::End(_) if *open == 0 => return at,
            Event::End(_) => *open -= 1,
            _ => {}
        }
    }
    events.len()
}
