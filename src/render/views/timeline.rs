//! What is attributed to an actor, in order of time, and a drawing of it.

use super::shape::{Act, Mark, Span, Tick};
use super::{At, cites, marking, shell};
use crate::model::{Date, PageId};
use crate::plan::graph::Incoming;
use crate::render::account::{Share, acts as account};
use crate::render::language::Word;
use crate::render::{Html, markup};

/// The acts of one page of the timeline.
pub(super) fn acts<'a>(at: &At<'a>, id: PageId, edges: &[Incoming]) -> Vec<Act<'a>> {
    let acts = account::of(&at.reads, edges).into_iter();
    acts.map(|act| written(at, id, act)).collect()
}

fn written<'a>(at: &At<'a>, id: PageId, act: account::Act<'a>) -> Act<'a> {
    let account::Act { what, attribution } = act;
    let card = at.told(what);
    Act {
        when: Html::of(|out| {
            let undated = at.language.say(Word::DateUndated);
            markup::when(card.when.as_deref().unwrap_or(undated), None, out);
        }),
        vague: card.vague,
        link: at.link_to(what),
        summary: card.summary.as_deref(),
        bits: Html::of(|out| {
            if attribution.what.denied {
                markup::denied(at.language, out);
            } else if let Some(sure) = attribution.confidence {
                markup::bit(out, |out| markup::sure(at.language, sure, out));
            }
            if let Some(tlp) = shell::raised(marking::beside(&at.reads, id, what, &attribution)) {
                markup::bit(out, |out| markup::tlp(tlp, out));
            }
            if cites::distinct(&attribution.sources) > 0 {
                markup::bit(out, |out| cites::stated(at, what, &attribution, out));
            }
        }),
    }
}

/// The timeline drawn, where at least two acts have a date.
pub(super) fn span(at: &At<'_>, id: PageId) -> Option<Span> {
    let span = account::span(&at.reads, id)?;
    let (first, last) = span.years;
    let mark = |(title, date, x, width): (&str, Date, Share, Share)| Mark {
        x,
        width,
        chosen: false,
        text: format!("{title}, {}", at.language.date(&date)),
    };
    Some(Span {
        label: {
            let (count, first, last) = (
                span.acts.len().to_string(),
                first.to_string(),
                last.to_string(),
            );
            let holes = [("count", &*count), ("first", &first), ("last", &last)];
            at.language.with_all(Word::TimelineSpan, &holes)
        },
        ticks: (span.ticks.into_iter())
            .map(|(year, x)| Tick {
                x,
                text: year.to_string(),
            })
            .collect(),
        marks: span.acts.into_iter().map(mark).collect(),
    })
}
