//! Where the money of an incident went, drawn, and as a table.

use super::cites::Marks;
use super::shape::{Drawing, FlowOf};
use super::{At, cites, marking, shell};
use crate::model::{Kind, PageId};
use crate::plan::By;
use crate::plan::graph::Origin;
use crate::render::account::flow::{self, Flow, Way};
use crate::render::drawing::flow as drawing;
use crate::render::language::Word;
use crate::render::{Html, markup};

/// So many ways are drawn at most.
const MOST: usize = 30;

/// The ways that an incident states, where two can be drawn.
pub(super) fn of(at: &At<'_>, id: PageId) -> Option<FlowOf> {
    if !at.config.drawings.money || at.reads.kind(id) != Kind::Incident {
        return None;
    }
    let ways = flow::of(&at.reads, id);
    let drawings: Vec<Drawing> = flow::drawn(&ways)
        .iter()
        .map(|flow| drawn(at, id, flow, ways.len()))
        .collect();
    (!drawings.is_empty()).then(|| FlowOf {
        drawings,
        rows: Html::of(|out| ways.iter().for_each(|way| row(at, id, way, out))),
    })
}

fn drawn(at: &At<'_>, id: PageId, flow: &Flow<'_>, count: usize) -> Drawing {
    let mut shown: Vec<&(Way<'_>, u128)> = flow.ways.iter().collect();
    if shown.len() > MOST {
        shown.sort_by_key(|(_, parts)| std::cmp::Reverse(*parts));
        shown.truncate(MOST);
    }
    let mut ends: Vec<PageId> = Vec::new();
    let mut place = |end: PageId| {
        let known = ends.iter().position(|it| *it == end);
        known.unwrap_or_else(|| {
            ends.push(end);
            ends.len() - 1
        })
    };
    let ways = shown.iter().map(|(way, parts)| drawing::Way {
        from: place(way.from),
        to: place(way.to),
        parts: *parts,
        text: text(at, id, way),
    });
    let ways: Vec<drawing::Way> = ways.collect();
    let end = |end: &PageId| drawing::End {
        name: at.reads.name(*end).title(),
        href: format!("{}{}", at.root, at.card(*end).path()),
        kind: at.reads.kind(*end),
    };
    let holes = [
        ("title", at.reads.name(id).title()),
        ("currency", flow.currency),
    ];
    let drawn = drawing::Flow {
        label: at.language.with_all(Word::FlowDrawn, &holes),
        ends: ends.iter().map(end).collect(),
        ways,
    };
    let some = super::drawn::some(at, Word::FlowSome, drawn.ways.len(), count);
    let key = at.language.say(Word::FlowKey).to_owned();
    Drawing {
        drawn: Html::of(|out| drawing::write(&drawn, out)),
        caption: Some(match some {
            Some(some) => format!("{key} {some}"),
            None => key,
        }),
    }
}

/// An amount, with its marking where that is above the page's; the marking is never what has no room.
fn text(at: &At<'_>, id: PageId, way: &Way<'_>) -> String {
    let amount = way.money.map(|it| at.language.money(it));
    let amount = amount.unwrap_or_default();
    match shell::raised(marking::beside(&at.reads, id, id, &way.said)) {
        Some(tlp) => format!("{} · {amount}", tlp.label()),
        None => amount,
    }
}

/// Writes a way: four cells.
fn row(at: &At<'_>, id: PageId, way: &Way<'_>, out: &mut String) {
    out.push_str("\n<tr><td>");
    at.link(way.from, out);
    out.push_str("</td><td>");
    at.link(way.to, out);
    out.push_str("</td><td>");
    if let Some(money) = way.money {
        markup::text(&at.language.money(money), out);
    }
    out.push_str(" <span class=\"more bits\">");
    let begun = out.len();
    if way.said.what.denied {
        markup::denied(at.language, out);
    }
    if let Some(sure) = way.said.confidence {
        markup::bit(out, |out| markup::sure(at.language, sure, out));
    }
    if let Some(tlp) = shell::raised(marking::beside(&at.reads, id, id, &way.said)) {
        markup::bit(out, |out| markup::tlp(tlp, out));
    }
    if out.len() == begun {
        out.truncate(begun - " <span class=\"more bits\">".len());
    } else {
        out.push_str("</span>");
    }
    out.push_str("</td><td>");
    let by = By::Statement(way.said.id);
    cites::write(at, Origin::Page(id), by, Marks::Again, out);
    out.push_str("</td></tr>");
}
