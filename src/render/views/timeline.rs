//! What is attributed to an actor, in order of time, and a drawing of it.

use super::facts::share;
use super::shape::{Act, Mark, Span, Tick};
use super::{At, cites, label, shell};
use crate::model::{Date, Day, PageId};
use crate::plan::graph::Incoming;
use crate::render::{Html, markup};

/// The acts of one page of the timeline.
pub(super) fn acts<'a>(at: &At<'a>, id: PageId, edges: &[Incoming]) -> Vec<Act<'a>> {
    edges
        .iter()
        .filter_map(|edge| {
            let relation = at.reads.relation(edge)?;
            let card = &at.card(edge.from).card;
            let tlp = label::of_relation(at, id, edge.from, &relation);
            Some(Act {
                when: Html::of(|out| {
                    markup::when(card.when.as_deref().unwrap_or("undated"), None, out);
                }),
                vague: card.vague,
                link: at.link_to(edge.from),
                summary: card.summary.as_deref(),
                bits: Html::of(|out| {
                    if relation.what.denied {
                        out.push_str("<span class=\"denied\">denied</span>");
                    } else if let Some(sure) = relation.confidence {
                        markup::bit(out, |out| markup::sure(sure, out));
                    }
                    if let Some(tlp) = shell::raised(tlp) {
                        markup::bit(out, |out| markup::tlp(tlp, out));
                    }
                    if cites::distinct(&relation.sources) > 0 {
                        markup::bit(out, |out| cites::stated(at, edge.from, &relation, out));
                    }
                }),
            })
        })
        .collect()
}

/// The timeline drawn, where at least two acts have a date.
pub(super) fn span(at: &At<'_>, id: PageId) -> Option<Span> {
    let acts = at.reads.timeline(id).into_iter();
    let dated: Vec<(&str, Date)> = acts
        .filter_map(|edge| {
            let (title, when) = at.reads.dated(edge.from);
            Some((title, when?))
        })
        .collect();
    let first = dated.iter().map(|(_, date)| date.sort_day().year()).min()?;
    let last = dated
        .iter()
        .map(|(_, date)| date.latest().unwrap_or(date.sort_day()).year())
        .max()?;
    if dated.len() < 2 {
        return None;
    }
    let start = Day::new(first, 1, 1).ok()?;
    let days =
        |day: Day| u128::try_from(start.until(day).map_or(0, |span| span.get_days())).unwrap_or(0);
    let whole = days(Day::new(last.checked_add(1)?, 1, 1).ok()?).max(1);
    let marks = dated
        .iter()
        .map(|(title, date)| {
            let from = days(date.sort_day());
            let to = date.latest().map_or(whole, days).max(from);
            // Up to ten days is a point to the eye.
            let width = if to - from > 10 {
                share(to - from, whole)
            } else {
                "0.00".to_owned()
            };
            Mark {
                x: share(from, whole),
                width,
                chosen: false,
                text: format!("{title}, {date}"),
            }
        })
        .collect();
    let step = ((last - first) / 12).max(0) + 1;
    let ticks = (first..=last)
        .step_by(usize::try_from(step).unwrap_or(1))
        .filter_map(|year| {
            Some(Tick {
                x: share(days(Day::new(year, 1, 1).ok()?), whole),
                text: year.to_string(),
            })
        })
        .collect();
    Some(Span {
        label: format!("{} acts between {first} and {last}", dated.len()),
        ticks,
        marks,
    })
}
