//! What is attributed to an actor, part of a campaign or took place somewhere, in order of time.

use super::shape::Act;
use super::{At, cites, drawn, marking, shell};
use crate::model::{Date, PageId, Tlp};
use crate::plan::graph::Incoming;
use crate::render::account::acts as account;
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
    let times = at.reads.times(at.shared, what);
    Act {
        when: Html::of(|out| {
            let until = times.and_then(|times| times.until.as_ref());
            let (_, date) = at.reads.dated(what);
            match (date, until) {
                (Some(date), Some(_)) => {
                    markup::when(&drawn::went_on(at.language, &date, until), None, out)
                }
                _ => {
                    let undated = at.language.say(Word::DateUndated);
                    markup::when(card.when.as_deref().unwrap_or(undated), None, out);
                }
            }
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
            if let Some(others) = times.map(|it| &it.others).filter(|it| !it.is_empty()) {
                markup::bit(out, |out| {
                    others_say(at, others, at.reads.tlp(id), out);
                });
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

/// Writes the dates that other sources give, each with its marking where it is above a floor.
pub(super) fn others_say(at: &At<'_>, dates: &[(Date, Tlp)], floor: Tlp, out: &mut String) {
    let fill = |_: &str, out: &mut String| write_dates(at, dates, floor, out);
    at.language.fill_html(Word::TimelineAlso, fill, out);
}

fn write_dates(at: &At<'_>, dates: &[(Date, Tlp)], floor: Tlp, out: &mut String) {
    for (nth, (date, tlp)) in dates.iter().enumerate() {
        out.push_str(if nth > 0 { "; " } else { "" });
        markup::text(&at.language.date(date), out);
        if *tlp > floor {
            out.push(' ');
            markup::tlp(*tlp, out);
        }
    }
}
