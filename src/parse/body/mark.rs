//! Markings: how a label reads, and the regions that they hold for.
//!
//! Takes the regions that [`super::walk`] found, as ranges of events; puts [`Tag::Marked`] around
//! them. Regions nest, they never cross, because each ends where its container does or before.

use super::super::label::{self, Reading};
use super::erase::Alone;
use super::problems::Problems;
use crate::diag::{Code, closest};
use crate::model::body::{Event, Mark, Tag};
use crate::model::{Body, Tlp};
use crate::text::Span;
use std::collections::HashMap;
use std::ops::Range;

/// A mark that was read, or one that could not be and counts as TLP:RED.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Index into [`Body::marks`].
    pub(super) mark: u32,
    /// The marking.
    pub(super) tlp: Tlp,
    /// It could not be read; that was reported, and nothing more is to be said about it.
    pub(super) bad: bool,
    /// Where in the file the mark begins, or the paragraph that holds nothing else.
    pub(super) from: u32,
}

/// A mark and the events that it holds for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) found: Found,
    /// What it covers in the file, the mark included.
    pub(super) span: Span,
    /// Whether it is a section, which ends where the next begins.
    pub(super) section: bool,
}

/// A label without brackets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bare {
    pub(super) reading: Reading,
    pub(super) span: Span,
    pub(super) how: How,
}

/// How a label stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// As words.
    Words,
    /// A name says it: of a footnote, an id, a class.
    Name,
    /// In brackets that are no mark: TLP:CLEAR, which hides nothing where nothing is hidden.
    Brackets,
    /// Quoted, at the head of a block of code or under a key in it: nothing is wrong, but much may be meant.
    Code,
}

/// Reads what stands between the brackets of a mark, or says what to write instead.
pub(super) fn read_label(text: &str) -> Result<Tlp, String> {
    if let Some(tlp) = label::exact(text) {
        return Ok(tlp);
    }
    let lower = text.to_ascii_lowercase();
    if let Some(label) = label::find(text).first()
        && let Reading::Colour(tlp) = label.reading
    {
        return Err(format!("write `({})`", tlp.label()));
    }
    if lower.contains("white") {
        return Err("TLP:WHITE is a label of TLP 1; since TLP 2.0 it is TLP:CLEAR".to_owned());
    }
    let squeezed: String = lower
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "+-:".contains(*c))
        .collect();
    let name = squeezed
        .split_once("tlp")
        .map_or(squeezed.as_str(), |(_, name)| name)
        .trim_matches([':', '-', '+'])
        .replace('-', "+");
    Err(
        match closest(&name, Tlp::ALL.iter().map(|tlp| tlp.name())) {
            Some(near) => format!("write `(TLP:{})`", near.to_ascii_uppercase()),
            None => {
                "a mark is one of `(TLP:CLEAR)`, `(TLP:GREEN)`, `(TLP:AMBER)`, `(TLP:AMBER+STRICT)`, `(TLP:RED)`; write `\\(` where no mark is meant".to_owned()
            }
        },
    )
}

/// Reads the value of `tlp=`, or says what to write instead.
pub(super) fn read_value(value: &str) -> Result<Tlp, String> {
    match Tlp::from_name(value) {
        Some(tlp) if value.bytes().all(|b| b.is_ascii_alphabetic() || b == b'+') => Ok(tlp),
        _ if value.eq_ignore_ascii_case("white") => {
            Err("`white` is a label of TLP 1; since TLP 2.0 it is `tlp=clear`".to_owned())
        }
        _ => {
            let name = value.trim_matches(|c: char| !c.is_ascii_alphabetic());
            Err(match closest(name, Tlp::ALL.iter().map(|tlp| tlp.name())) {
                Some(near) => format!("write `tlp={near}`"),
                None => "write `tlp=clear`, `green`, `amber`, `amber+strict` or `red`".to_owned(),
            })
        }
    }
}

/// Whether a text begins as labels do.
pub(super) fn has_prefix(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("tlp:"))
}

/// The marking of every place of a text.
pub(super) struct Levels {
    /// Where a marking begins to hold, in order.
    steps: Vec<(u32, Tlp)>,
    around: Tlp,
}

impl Levels {
    /// The markings that regions, which nest, give to a text that is marked as `around`.
    pub(super) fn of<'r>(regions: impl Iterator<Item = &'r Region>, around: Tlp) -> Levels {
        Levels::within(regions.map(|it| (it.span, it.found.tlp)).collect(), around)
    }

    /// The same by event instead of by byte.
    pub(super) fn of_events(regions: &[Region], around: Tlp) -> Levels {
        let events = |region: &Region| (Span::new(region.start, region.end), region.found.tlp);
        Levels::within(regions.iter().map(events).collect(), around)
    }

    fn within(mut regions: Vec<(Span, Tlp)>, around: Tlp) -> Levels {
        regions.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut steps = Vec::with_capacity(2 * regions.len());
        let mut open: Vec<(u32, Tlp)> = Vec::new();
        let close = |open: &mut Vec<(u32, Tlp)>, steps: &mut Vec<(u32, Tlp)>, until: u32| {
            while let Some((end, _)) = open.pop_if(|(end, _)| *end <= until) {
                steps.push((end, open.last().map_or(around, |(_, tlp)| *tlp)));
            }
        };
        for (span, tlp) in regions {
            close(&mut open, &mut steps, span.start);
            let highest = open.last().map_or(around, |(_, tlp)| *tlp).max(tlp);
            steps.push((span.start, highest));
            open.push((span.end, highest));
        }
        close(&mut open, &mut steps, u32::MAX);
        Levels { steps, around }
    }

    /// The marking at a byte of the file, or at an event.
    pub(super) fn at(&self, place: u32) -> Tlp {
        let after = self.steps.partition_point(|(start, _)| *start <= place);
        let last = after.checked_sub(1).and_then(|at| self.steps.get(at));
        last.map_or(self.around, |(_, tlp)| *tlp)
    }
}

/// Marks in texts of their own, each with where the last of what it marks ends.
pub(super) fn alone(marks: &[(u32, Range<usize>)], regions: &[Region]) -> Vec<Alone> {
    if marks.is_empty() {
        return Vec::new();
    }
    let mut ends: HashMap<u32, u32> = HashMap::new();
    for region in regions {
        let end = ends.entry(region.found.mark).or_default();
        *end = region.span.end.max(*end);
    }
    let alone = marks.iter().filter_map(|(mark, range)| {
        let until = *ends.get(mark)? as usize;
        let mark = range.clone();
        Some(Alone { mark, until })
    });
    alone.collect()
}

/// Reports labels without brackets that say more than holds where they stand. `around` is the marking of
/// the entry.
pub(super) fn check_bare(bare: &[Bare], regions: &[Region], around: Tlp, problems: &mut Problems) {
    if bare.is_empty() {
        return;
    }
    let levels = Levels::of(regions.iter(), around);
    for label in bare {
        let (holds, level) = (levels.at(label.span.start), label.reading.level());
        if label.how == How::Brackets && holds > Tlp::Clear {
            problems.report(
                Code::BadMarking,
                label.span,
                "a mark where none may stand",
                super::run::ESCAPE,
            );
        } else if level > holds && label.how == How::Code {
            problems.report(
                Code::LabelInCode,
                label.span,
                format!(
                    "{} in a block of code marks nothing: here {} holds",
                    level.label(),
                    holds.label()
                ),
                format!(
                    "mark the fence, `tlp={}` behind the language, if its text is to be withheld",
                    level.name()
                ),
            );
        } else if level > holds {
            let said = match label.reading {
                _ if label.how == How::Name => format!("a name that says {}", level.label()),
                Reading::Unknown => "a label that is none of TLP 2.0".to_owned(),
                Reading::Colour(_) | Reading::White => {
                    format!("{} without brackets", level.label())
                }
            };
            let message = format!("{said} marks nothing: here {} holds", holds.label());
            problems.report(
                Code::BadMarking,
                label.span,
                message,
                ways_out(level, label.how == How::Name),
            );
        }
    }
}

fn ways_out(level: Tlp, named: bool) -> String {
    let (label, name) = (level.label(), level.name());
    let colour = label.trim_start_matches("TLP:");
    let words = match named {
        true => "where no marking is meant, choose another name".to_owned(),
        false => {
            format!("where a label is only spoken of, quote it as code or write `TLP\\:{colour}`")
        }
    };
    format!(
        "mark what is meant: `({label})` at the start of a paragraph, `{{tlp={name}}}` behind a heading, `tlp: {name}` in the front matter for all of it; {words}"
    )
}

/// Puts the regions' tags into the events, and reports marks that are lower than those around them.
pub(super) fn apply(body: &mut Body, mut regions: Vec<Region>, problems: &mut Problems) {
    if regions.is_empty() {
        return;
    }
    // Of two that begin together the longer is outside; of two alike, the one found first.
    regions.sort_by_key(|region| (region.start, std::cmp::Reverse(region.end)));
    let events = std::mem::take(&mut body.events);
    body.events.reserve(events.len() + 2 * regions.len());
    let mut open: Vec<Region> = Vec::new();
    let mut next = regions.iter().copied().peekable();
    for at in 0..=events.len() {
        while let Some(region) = open.pop_if(|region| region.end <= at) {
            body.events.push(Event::End(Tag::Marked(region.found.mark)));
        }
        while let Some(region) = next.next_if(|region| region.start <= at) {
            if region.end > at {
                check_lower(body, &open, region.found, problems);
                body.events
                    .push(Event::Start(Tag::Marked(region.found.mark)));
                open.push(region);
            }
        }
        if let Some(&event) = events.get(at) {
            if let Event::Indicators { first, count } = event {
                check_lines(body, &open, first..first + count, problems);
            }
            body.events.push(event);
        }
    }
}

fn highest(open: &[Region]) -> Option<Found> {
    let found = open.iter().map(|region| region.found);
    found.max_by_key(|found| found.tlp)
}

fn check_lower(body: &Body, open: &[Region], inner: Found, problems: &mut Problems) {
    if let Some(outer) = highest(open)
        && inner.tlp < outer.tlp
        && !inner.bad
        && !outer.bad
        && let (Some(inner), Some(outer)) = (
            body.marks.get(inner.mark as usize),
            body.marks.get(outer.mark as usize),
        )
    {
        problems.lower(inner.span, inner.tlp.label(), outer.span, outer.tlp.label());
    }
}

fn check_lines(body: &Body, open: &[Region], lines: std::ops::Range<u32>, problems: &mut Problems) {
    let Some(outer) = highest(open).filter(|outer| !outer.bad) else {
        return;
    };
    let around = body.marks.get(outer.mark as usize).map(|mark| mark.span);
    let lines = lines.start as usize..lines.end as usize;
    for line in body.indicators.get(lines).unwrap_or(&[]) {
        if let (Some(tlp), Some(around)) = (line.tlp, around)
            && tlp < outer.tlp
        {
            problems.lower(line.span, tlp.label(), around, outer.tlp.label());
        }
    }
}

/// Marks each footnote at least as high as the lowest of the places that refer to it: a note to a
/// withheld sentence is withheld with it, wherever the note itself stands in the file.
pub(super) fn mark_footnotes(body: &mut Body) {
    if body.footnotes.is_empty() || body.marks.is_empty() {
        return;
    }
    let references = references(body);
    let levels = footnote_levels(body.footnotes.len(), &references);
    let mut regions = Vec::new();
    let mut starts = Vec::new();
    let mut around: Vec<Tlp> = vec![Tlp::Clear];
    for (at, event) in body.events.iter().enumerate() {
        let here = around.last().copied().unwrap_or_default();
        match *event {
            Event::Start(Tag::Marked(mark)) => around.push(here.max(tlp_of(body, mark))),
            Event::End(Tag::Marked(_)) => drop(around.pop()),
            Event::Start(Tag::Footnote(_)) => starts.push((at, here)),
            Event::End(Tag::Footnote(note)) => {
                let level = levels.get(note as usize).copied().flatten();
                if let (Some((start, here)), Some((tlp, mark))) = (starts.pop(), level)
                    && tlp > here
                {
                    let found = Found {
                        mark,
                        tlp,
                        bad: true,
                        from: 0,
                    };
                    regions.push(Region {
                        start,
                        end: at + 1,
                        found,
                        span: Span::default(),
                        section: false,
                    });
                }
            }
            _ => {}
        }
    }
    apply(body, regions, &mut Problems::new(&"".into()));
}

/// A marking and its mark; none where there is no mark.
type Level = Option<(Tlp, u32)>;

/// A place that refers to a footnote.
struct Reference {
    to: u32,
    /// The footnote that it stands in.
    within: Option<u32>,
    /// The highest mark around it, and its index; none where there is no mark.
    level: Level,
}

fn references(body: &Body) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut marks: Vec<Level> = vec![None];
    let mut within = Vec::new();
    for event in &body.events {
        let level = marks.last().copied().flatten();
        match *event {
            Event::Start(Tag::Marked(mark)) => {
                marks.push(level.max(Some((tlp_of(body, mark), mark))));
            }
            Event::End(Tag::Marked(_)) => drop(marks.pop()),
            Event::Start(Tag::Footnote(note)) => within.push(note),
            Event::End(Tag::Footnote(_)) => drop(within.pop()),
            Event::FootnoteRef(to) => references.push(Reference {
                to,
                within: within.last().copied(),
                level,
            }),
            _ => {}
        }
    }
    references
}

/// For every footnote the lowest level at which a reader can come to it; `None` where nothing
/// refers to it, or from an unmarked place.
fn footnote_levels(count: usize, references: &[Reference]) -> Vec<Level> {
    let settled = footnote_paths(count, references);
    settled.into_iter().map(Option::flatten).collect()
}

/// The same, with `None` where nothing leads to it at all.
fn footnote_paths(count: usize, references: &[Reference]) -> Vec<Option<Level>> {
    // Shortest paths over five lengths: what is reachable at a level is settled before the next.
    let mut settled: Vec<Option<Level>> = vec![None; count];
    let mut from_note: Vec<Vec<&Reference>> = vec![Vec::new(); count];
    let mut waiting: [Vec<(u32, Level)>; 5] = Default::default();
    let place = |level: Level| level.map_or(0, |(tlp, _)| tlp as usize);
    for reference in references {
        match reference.within {
            None => waiting[place(reference.level)].push((reference.to, reference.level)),
            Some(note) => {
                if let Some(list) = from_note.get_mut(note as usize) {
                    list.push(reference);
                }
            }
        }
    }
    for at in 0..waiting.len() {
        while let Some((note, level)) = waiting[at].pop() {
            let Some(slot) = settled.get_mut(note as usize) else {
                continue;
            };
            if slot.is_some() {
                continue;
            }
            *slot = Some(level);
            for reference in &from_note[note as usize] {
                let next = level.max(reference.level);
                waiting[place(next).max(at)].push((reference.to, next));
            }
        }
    }
    settled
}

/// Whether any footnote cannot be come to from the text.
pub(super) fn has_lost_footnotes(body: &Body) -> bool {
    !body.footnotes.is_empty() && reached(body).contains(&false)
}

/// For every footnote whether a reader of the text can come to it.
pub(super) fn reached(body: &Body) -> Vec<bool> {
    let references = references(body);
    let settled = footnote_paths(body.footnotes.len(), &references);
    settled.iter().map(Option::is_some).collect()
}

fn tlp_of(body: &Body, mark: u32) -> Tlp {
    body.marks
        .get(mark as usize)
        .map_or(Tlp::Red, |&Mark { tlp, .. }| tlp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_and_corrected() {
        let table = [
            ("TLP:AMBER", Ok(Tlp::Amber)),
            ("tlp:amber+strict", Ok(Tlp::AmberStrict)),
            (
                "TLP:WHITE",
                Err("TLP:WHITE is a label of TLP 1; since TLP 2.0 it is TLP:CLEAR"),
            ),
            ("TLP: AMBER", Err("write `(TLP:AMBER)`")),
            ("TLP AMBER", Err("write `(TLP:AMBER)`")),
            ("TLP:AMBR", Err("write `(TLP:AMBER)`")),
            ("TLP:AMBER-STRICT", Err("write `(TLP:AMBER+STRICT)`")),
            ("TLP:AMBER + STRICT", Err("write `(TLP:AMBER+STRICT)`")),
        ];
        for (text, expected) in table {
            let found = read_label(text);
            assert_eq!(
                found.as_ref().map_err(String::as_str),
                expected.as_ref().map_err(|it| *it),
                "{text}"
            );
        }
        assert!(read_label("AMBER").is_err(), "the prefix belongs to it");
        assert!(read_label("TLP:").is_err());
        assert_eq!(read_value("AMBER"), Ok(Tlp::Amber));
        assert_eq!(read_value("\"amber\""), Err("write `tlp=amber`".to_owned()));
        assert!(read_value("white").is_err_and(|help| help.contains("TLP 2.0")));
    }
}
