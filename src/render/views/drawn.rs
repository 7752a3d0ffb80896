//! What is drawn, in words.

pub(super) mod money;

mod techniques;

pub(super) use techniques::{all_techniques, techniques};

use super::shape::Drawing;
use super::{At, index, lists, marking, shell, words};
use crate::model::{Date, Kind, PageId, Tlp};
use crate::plan::graph::Incoming;
use crate::plan::{Chronicle, Connections, Mark, chronicle_address, page_at};
use crate::render::Html;
use crate::render::account::acts::{self, Dated};
use crate::render::account::connections::{self, Branch, Neighbourhood, Tie};
use crate::render::account::time::{Reach, Scale};
use crate::render::drawing::around::{self, Around, Leaf, Way};
use crate::render::drawing::columns::{self, Column, Columns};
use crate::render::drawing::timeline::{self, Lane, Timeline};
use crate::render::language::{Language, Word, names};
use std::collections::BTreeMap;

/// So many connections are drawn at most.
pub(super) const MOST: usize = 24;

/// Fewer are as soon read as seen.
pub(super) const LEAST: usize = 3;

/// What an entry is connected with, drawn.
pub(super) fn around(at: &At<'_>, id: PageId, related: &[Connections]) -> Option<Drawing> {
    if !at.config.drawings.relations || at.reads.page(id).withdrawn.is_some() {
        return None;
    }
    let Neighbourhood { branches, count } = connections::around(&at.reads, id, related, MOST);
    let shown: usize = branches.iter().map(|branch| branch.ties.len()).sum();
    if shown < LEAST {
        return None;
    }
    let subject = at.reads.name(id).title();
    let around = Around {
        subject,
        label: at.language.with(Word::DrawingAround, subject),
        branches: branches.iter().map(|it| branch(at, id, it)).collect(),
    };
    Some(Drawing {
        drawn: Html::of(|out| around::write(&around, out)),
        caption: some(at, Word::DrawingShown, shown, count),
    })
}

/// Says how much of something is drawn, where that is not all.
pub(super) fn some(at: &At<'_>, word: Word, shown: usize, count: usize) -> Option<String> {
    (shown < count).then(|| {
        let (shown, count) = (shown.to_string(), count.to_string());
        let holes = [("shown", &*shown), ("count", &*count)];
        at.language.with_all(word, &holes)
    })
}

fn branch<'a>(at: &At<'a>, page: PageId, branch: &Branch<'_>) -> around::Branch<'a> {
    let rest = branch.count - branch.ties.len();
    around::Branch {
        heading: lists::said(at, branch.said(), branch.kind, branch.count),
        way: match branch.said() {
            _ if branch.is_mutual() => Way::Both,
            (_, true) => Way::In,
            (_, false) => Way::Out,
        },
        kind: branch.kind,
        leaves: branch.ties.iter().map(|tie| leaf(at, page, tie)).collect(),
        rest: (rest > 0).then(|| at.language.with(Word::DrawingRest, &rest.to_string())),
    }
}

fn leaf<'a>(at: &At<'a>, page: PageId, tie: &Tie<'_>) -> Leaf<'a> {
    let Tie { to, from, relation } = tie;
    let own = relation.what.own.as_ref().filter(|own| !own.is_empty());
    let own = own.map(|own| words::plain(&at.reads, own).into_owned());
    let denied = relation.what.denied;
    let denial = denied.then(|| at.language.say(Word::RemarkDenied).to_owned());
    let sure = relation.confidence.map(names::confidence);
    let sure = sure.map(|word| at.language.say(word).to_owned());
    let tlp = shell::raised(marking::beside(&at.reads, page, *from, relation));
    let tlp = tlp.map(|tlp| tlp.label().to_owned());
    // The marking is never what has no room.
    let remarks: Vec<String> = [denial, tlp, sure, own].into_iter().flatten().collect();
    Leaf {
        name: at.reads.name(*to).title(),
        href: format!("{}{}", at.root, at.card(*to).path()),
        remark: (!remarks.is_empty()).then(|| remarks.join(" · ")),
        denied,
    }
}

/// So many acts are drawn each; more are counted by year.
pub(super) const ACTS: usize = 60;

/// The acts of an actor in time.
pub(super) fn acts<'a>(at: &At<'a>, id: PageId, edges: &[Incoming]) -> Option<Drawing> {
    if !at.config.drawings.timeline || at.reads.page(id).withdrawn.is_some() || edges.len() < 2 {
        return None;
    }
    if edges.len() > ACTS {
        let years = edges.iter().filter_map(|edge| {
            let (_, when) = at.reads.dated(edge.from);
            Some(when?.instant().year())
        });
        let mut counts: BTreeMap<i16, u32> = BTreeMap::new();
        for year in years {
            *counts.entry(year).or_default() += 1;
        }
        let counts: Vec<(i16, u32)> = counts.into_iter().collect();
        return by_year(at, &counts, edges.len(), &|_| None);
    }
    let told = acts::of(&at.reads, edges).into_iter();
    let told = told.filter_map(|act| Some((acts::dated(&at.reads, at.shared, act.what)?, act)));
    let told: Vec<(Dated<'a>, acts::Act<'a>)> = told.collect();
    let floor = at.reads.tlp(id);
    let sign = |(dated, act): &(Dated<'a>, acts::Act<'a>)| {
        let beside = marking::beside(&at.reads, id, act.what, &act.attribution);
        sign(at, dated, act.attribution.what.denied, (beside, floor))
    };
    let lane = Lane {
        heading: None,
        acts: told.iter().map(sign).collect(),
    };
    let acts: Vec<Dated<'_>> = told.iter().map(|(dated, _)| *dated).collect();
    in_lanes(at, &acts, vec![lane], edges.len() - acts.len())
}

/// The acts of the dossier in time: each in the lane of those to whom it is attributed.
pub(super) fn chronicle(at: &At<'_>, chronicle: &Chronicle) -> Option<Drawing> {
    if !at.config.drawings.timeline {
        return None;
    }
    let all = chronicle.acts().all();
    if all.len() > ACTS {
        let leads = |year: i16| {
            let mut firsts = chronicle.acts().firsts();
            let (_, first) = firsts.find(|(mark, _)| **mark == Mark::Year(year))?;
            let path = at.path(&chronicle_address(page_at(first)));
            let id = index::group_id(&year.to_string());
            Some(format!("{}{path}#{id}", at.root))
        };
        let count = all.len() + chronicle.undated();
        return by_year(at, &chronicle.years(), count, &leads);
    }
    let acts = all.iter();
    let acts = acts.filter_map(|act| acts::dated(&at.reads, at.shared, act.page));
    let acts: Vec<Dated<'_>> = acts.collect();
    // In the order of their first acts; what is attributed to nobody comes last.
    let mut lanes: Vec<(PageId, Lane<'_>)> = Vec::new();
    let mut others = Vec::new();
    for dated in &acts {
        let mut is_known = false;
        for attribution in at.reads.attributions(dated.what) {
            let (to, denied) = (attribution.what.target, attribution.what.denied);
            is_known |= !denied;
            let tlp = at.reads.tlp(to).max(attribution.tlp.unwrap_or_default());
            let tlp = tlp.max(at.reads.tlp(dated.what));
            let sign = sign(at, dated, denied, (Some(tlp), Tlp::Clear));
            match lanes.iter_mut().find(|(actor, _)| *actor == to) {
                Some((_, lane)) => lane.acts.push(sign),
                None => {
                    let href = format!("{}{}", at.root, at.card(to).path());
                    let lane = Lane {
                        heading: Some((at.reads.name(to).title(), Some(href))),
                        acts: vec![sign],
                    };
                    lanes.push((to, lane));
                }
            }
        }
        if !is_known {
            let tlp = at.reads.tlp(dated.what);
            others.push(sign(at, dated, false, (Some(tlp), Tlp::Clear)));
        }
    }
    let nobody = at.language.say(Word::TimelineNobody);
    let nobody = (!others.is_empty()).then_some(Lane {
        heading: Some((nobody, None)).filter(|_| !lanes.is_empty()),
        acts: others,
    });
    let lanes = lanes.into_iter().map(|(_, lane)| lane).chain(nobody);
    in_lanes(at, &acts, lanes.collect(), chronicle.undated())
}

/// Acts in lanes, where there are at least two.
fn in_lanes(
    at: &At<'_>,
    acts: &[Dated<'_>],
    lanes: Vec<Lane<'_>>,
    undated: usize,
) -> Option<Drawing> {
    if acts.len() < 2 {
        return None;
    }
    let scale = acts::scale(acts)?;
    let said = |room| {
        let ticks = scale.ticks(room).into_iter();
        ticks.map(|(minute, date)| (minute, at.language.date(&date)))
    };
    let timeline = Timeline {
        label: between(at.language, acts.len(), scale.years()),
        scale,
        ticks: timeline::ROOM.map(|room| said(room).collect()),
        lanes,
        rest: &|count| at.language.with(Word::DrawingRest, &count.to_string()),
    };
    Some(Drawing {
        drawn: Html::of(|out| timeline::write(&timeline, out)),
        caption: Some(key(at.language, acts, &scale, undated)),
    })
}

/// `3 acts between 2014 and 2016`.
fn between(language: &Language, count: usize, (first, last): (i16, i16)) -> String {
    let (count, first, last) = (count.to_string(), first.to_string(), last.to_string());
    let holes = [("count", &*count), ("first", &first), ("last", &last)];
    language.with_all(Word::TimelineSpan, &holes)
}

/// What the signs of a drawing mean that are in it.
fn key(language: &Language, acts: &[Dated<'_>], scale: &Scale, undated: usize) -> String {
    let is_vague = |act: &Dated<'_>| match act.reach() {
        Reach::Within(window) => !window.exact,
        Reach::Through(first, last) => !first.exact || !last.exact,
        Reach::Since(_) | Reach::Until(_) => true,
    };
    let sentence = |is_needed: bool, word| is_needed.then(|| language.say(word).to_owned());
    let others = acts.iter().any(|act| act.others().next().is_some());
    let sentences = [
        sentence(true, Word::TimelineKeyPoint),
        sentence(
            scale.is_of_days() || acts.iter().any(is_vague),
            Word::TimelineKeyVague,
        ),
        sentence(others, Word::TimelineKeyOther),
        (undated > 0).then(|| language.with(Word::TimelineUndated, &undated.to_string())),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    sentences.join(" ")
}

/// The sign of an act, with the marking of that it stands there; it is told where it is above a floor.
fn sign<'a>(
    at: &At<'a>,
    dated: &Dated<'a>,
    denied: bool,
    (tlp, floor): (Option<Tlp>, Tlp),
) -> timeline::Act<'a> {
    let denial = denied.then(|| at.language.say(Word::RemarkDenied));
    let tlp = tlp.max(dated.times.map(|times| times.tlp));
    let tlp = shell::raised(tlp).filter(|&tlp| tlp > floor);
    let differ = dated.others().next().is_some();
    let differ = differ.then(|| at.language.say(Word::RemarkSourcesDiffer));
    let remarks = [denial, tlp.map(|tlp| tlp.label()), differ];
    let remarks: Vec<&str> = remarks.into_iter().flatten().collect();
    let when = went_on(at.language, &dated.when, dated.until());
    timeline::Act {
        name: dated.title,
        href: format!("{}{}", at.root, at.card(dated.what).path()),
        told: format!("{}, {when}", dated.title),
        remark: (!remarks.is_empty()).then(|| remarks.join(" · ")),
        kind: at.reads.kind(dated.what),
        denied,
        reach: dated.reach(),
        others: { dated.others() }
            .map(|date| Reach::of(date, None))
            .collect(),
    }
}

/// When something was: `4 February 2016`, `2014 to February 2019`.
pub(super) fn went_on(language: &Language, when: &Date, until: Option<&Date>) -> String {
    match until {
        Some(until) => language
            .held(Some(*when), Some(*until))
            .unwrap_or_else(|| language.date(when)),
        None => language.date(when),
    }
}

/// How many acts there were in which year; `leads` gives the way to those of a year.
fn by_year(
    at: &At<'_>,
    counts: &[(i16, u32)],
    count: usize,
    leads: &dyn Fn(i16) -> Option<String>,
) -> Option<Drawing> {
    let (first, last) = (counts.first()?.0, counts.last()?.0);
    let column = |(from, to, count): (i16, i16, u32)| {
        let years = match from == to {
            true => from.to_string(),
            false => {
                let (from, to) = (from.to_string(), to.to_string());
                at.language
                    .with_all(Word::DateYears, &[("from", &from), ("to", &to)])
            }
        };
        let first = counts.iter().find(|(year, _)| (from..=to).contains(year));
        let href = first.and_then(|(year, _)| leads(*year));
        let number = count.to_string();
        let holes = [("years", &*years), ("count", &*number)];
        let told = at.language.with_all(Word::TimelineInYears, &holes);
        Column {
            years: (from.to_string(), years.clone()),
            count,
            link: href.map(|href| (href, told)),
        }
    };
    let groups = columns::grouped(counts);
    let dated: usize = counts.iter().map(|(_, count)| *count as usize).sum();
    let columns = Columns {
        label: between(at.language, dated, (first, last)),
        columns: groups.iter().copied().map(column).collect(),
        kind: Kind::Incident,
    };
    let mut caption = at.language.with(Word::TimelineByYear, &ACTS.to_string());
    let years = groups.first().map_or(1, |(from, to, _)| to - from + 1);
    if years > 1 {
        caption.push(' ');
        caption.push_str(&at.language.with(Word::TimelineTogether, &years.to_string()));
    }
    if dated < count {
        caption.push(' ');
        caption.push_str(
            &at.language
                .with(Word::TimelineUndated, &(count - dated).to_string()),
        );
    }
    Some(Drawing {
        drawn: Html::of(|out| columns::write(&columns, out)),
        caption: Some(caption),
    })
}
