//! What incidents say of money, drawn, in words.

use crate::model::{PageId, Tlp};
use crate::render::Html;
use crate::render::account::money::{Incident, Reach, Scale, Sum};
use crate::render::drawing::money::{self, Amounts, Heading, Lane, ROOM, Row, Sign};
use crate::render::language::{Language, Word, names};
use crate::render::views::shape::Drawing;
use crate::render::views::{At, money as told, shell};

/// So many incidents are drawn at most.
const MOST: usize = 40;

/// What all incidents say of a currency.
pub(in crate::render::views) fn of_all(
    at: &At<'_>,
    incidents: &[Incident<'_>],
    currency: &str,
) -> Option<Drawing> {
    let greatest = |incident: &&Incident<'_>| {
        let sums = incident.sums.iter();
        let figures = sums.flat_map(|sum| sum.figures(currency));
        figures.map(|(_, reach)| reach.high).max()
    };
    let of_it = |it: &&Incident<'_>| greatest(it).is_some();
    let mut shown: Vec<(usize, &Incident<'_>)> =
        (incidents.iter().filter(of_it)).enumerate().collect();
    let count = shown.len();
    if count > MOST {
        shown.sort_by_key(|(_, it)| std::cmp::Reverse(greatest(it)));
        shown.truncate(MOST);
        shown.sort_by_key(|(order, _)| *order);
    }
    let shown: Vec<&Incident<'_>> = shown.into_iter().map(|(_, it)| it).collect();
    let lane = |incident: &&Incident<'_>| Lane {
        heading: Some(heading(at, incident.what)),
        rows: rows(at.language, incident, currency, Tlp::Clear),
    };
    let label = at.language.with(Word::MoneyDrawnAll, currency);
    let rest = super::some(at, Word::MoneyLargest, shown.len(), count);
    drawn(
        at,
        currency,
        (label, rest),
        shown.iter().map(lane).collect(),
    )
}

/// What an incident says of a currency.
pub(in crate::render::views) fn of_one(
    at: &At<'_>,
    incident: &Incident<'_>,
    currency: &str,
) -> Option<Drawing> {
    let title = at.reads.name(incident.what).title();
    let holes = [("title", title), ("currency", currency)];
    let label = at.language.with_all(Word::MoneyDrawn, &holes);
    let floor = at.reads.tlp(incident.what);
    let lane = Lane {
        heading: None,
        rows: rows(at.language, incident, currency, floor),
    };
    drawn(at, currency, (label, None), vec![lane])
}

fn heading<'a>(at: &At<'a>, id: PageId) -> Heading<'a> {
    let (name, when) = at.reads.dated(id);
    let tlp = shell::raised(Some(at.reads.tlp(id))).map(|tlp| tlp.label().to_owned());
    Heading {
        name,
        href: format!("{}{}", at.root, at.card(id).path()),
        marking: tlp,
        when: when.map(|date| at.language.date(&date)),
    }
}

/// The amounts of an incident in a currency, each with its marking where that is above a floor.
fn rows(language: &Language, incident: &Incident<'_>, currency: &str, floor: Tlp) -> Vec<Row> {
    let row = |sum: &Sum<'_>| {
        let figures = sum.figures(currency);
        let (leading, _) = (figures.iter().find(|(it, _)| it.leads)).or(figures.first())?;
        let tlp = figures.iter().filter_map(|(it, _)| it.said.tlp).max();
        let tlp = shell::raised(tlp).filter(|&tlp| tlp > floor);
        let text = language.money(leading.money);
        Some(Row {
            name: language.say(names::loss(sum.loss)).to_owned(),
            // The marking is never what has no room.
            text: match tlp {
                Some(tlp) => format!("{} · {text}", tlp.label()),
                None => text,
            },
            signs: (figures.iter())
                .map(|(it, reach)| Sign {
                    reach: *reach,
                    chosen: it.chosen,
                })
                .collect(),
        })
    };
    incident.sums.iter().filter_map(row).collect()
}

/// Amounts, where there are at least two to be compared.
fn drawn(
    at: &At<'_>,
    currency: &str,
    (label, rest): (String, Option<String>),
    lanes: Vec<Lane<'_>>,
) -> Option<Drawing> {
    let rows = || lanes.iter().flat_map(|lane| &lane.rows);
    if !at.config.drawings.money || rows().nth(1).is_none() {
        return None;
    }
    let reaches = rows().flat_map(|row| row.signs.iter().map(|sign| sign.reach));
    let scale = Scale::of(reaches)?;
    let said = |room| {
        let ticks = scale.ticks(room).into_iter();
        let said = |parts| told::reckoned(at.language, Reach::exactly(parts), currency);
        ticks.map(|parts| (parts, said(parts))).collect()
    };
    let caption = key(at.language, rows(), scale, rest);
    let amounts = Amounts {
        label,
        scale,
        ticks: ROOM.map(said),
        lanes,
    };
    Some(Drawing {
        drawn: Html::of(|out| money::write(&amounts, out)),
        caption: Some(caption),
    })
}

/// What the signs of a drawing mean that are in it.
fn key<'r>(
    language: &Language,
    rows: impl Iterator<Item = &'r Row> + Clone,
    scale: Scale,
    rest: Option<String>,
) -> String {
    let signs = || rows.clone().flat_map(|row| &row.signs);
    let said = |is_needed: bool, word| is_needed.then(|| language.say(word).to_owned());
    let sentences = [
        said(true, Word::MoneyKeySigns),
        said(
            rows.clone().any(|row| row.signs.len() > 1),
            Word::MoneyKeySpread,
        ),
        said(
            signs().any(|sign| sign.reach.from() < sign.reach.high),
            Word::MoneyKeyRange,
        ),
        said(
            signs().any(|sign| sign.reach.open || sign.reach.below),
            Word::MoneyKeyOpen,
        ),
        match scale {
            Scale::Linear { .. } => None,
            Scale::Logarithmic { .. } => said(true, Word::MoneyKeyTens),
        },
        rest,
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    sentences.join(" ")
}
