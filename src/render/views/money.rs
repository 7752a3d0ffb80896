//! What incidents say of money: of one on its own page, of all on a page of the whole.
//!
//! Currencies stand apart and are never added up.

use super::cites::Marks;
use super::shape::{Drawing, Group, MoneyOf, MoneyView, OfCurrency};
use super::{At, cites, drawn, shell};
use crate::model::{Cite, Money, PageId};
use crate::plan::graph::Origin;
use crate::plan::{By, PER_PAGE, losses};
use crate::render::account::money::{self, Incident, Reach, Stated, Sum, Total};
use crate::render::language::{Language, Word, names};
use crate::render::{Html, markup};
use std::collections::BTreeSet;

/// The page of the whole.
pub(super) fn view<'a>(at: &At<'a>) -> MoneyView<'a> {
    let incidents = money::all(&at.reads);
    let totals = money::totals(&incidents);
    let latest = incidents.len().saturating_sub(PER_PAGE);
    let listed = incidents.get(latest..).unwrap_or(&[]);
    MoneyView {
        heading: at.language.say(Word::MoneyTitle),
        currencies: (money::currencies(&incidents).into_iter())
            .filter_map(|currency| of_currency(at, &incidents, &totals, currency))
            .collect(),
        groups: listed.iter().map(|incident| group(at, incident)).collect(),
        caption: drawn::some(at, Word::MoneyLatest, listed.len(), incidents.len()),
    }
}

/// A currency, unless no value leads that is in it, and none is to be compared with another.
fn of_currency(
    at: &At<'_>,
    incidents: &[Incident<'_>],
    totals: &[Total<'_>],
    currency: &str,
) -> Option<OfCurrency> {
    let drawn = drawn::money::of_all(at, incidents, currency);
    let mut totals = totals
        .iter()
        .filter(|it| it.currency == currency)
        .peekable();
    (drawn.is_some() || totals.peek().is_some()).then(|| OfCurrency {
        heading: currency.to_owned(),
        id: format!("page-money-{}", currency.to_lowercase()),
        drawn,
        totals: Html::of(|out| totals.for_each(|total| total_row(at.language, total, out))),
    })
}

/// What an incident says of money, where it can be drawn.
pub(super) fn of(at: &At<'_>, id: PageId) -> Option<MoneyOf> {
    let incident = money::of(id, losses(at.reads.page(id)))?;
    let currencies = money::currencies(std::slice::from_ref(&incident)).into_iter();
    let drawings = currencies.filter_map(|code| drawn::money::of_one(at, &incident, code));
    let drawings: Vec<Drawing> = drawings.collect();
    (!drawings.is_empty()).then(|| MoneyOf {
        drawings,
        rows: Html::of(|out| {
            let cites = |stated: &Stated<'_>, out: &mut String| {
                let by = By::Statement(stated.said.id);
                cites::write(at, Origin::Page(id), by, Marks::Again, out);
            };
            values(at, &incident, &cites, out);
        }),
    })
}

/// An amount that was reckoned, in words: as a lower bound where it may be more.
pub(super) fn reckoned(language: &Language, reach: Reach, currency: &str) -> String {
    let said = |bounds| language.money(&Money::reckoned(bounds, currency));
    match (reach.open, reach.about) {
        (true, _) => language.with(Word::MoneyAtLeast, &said((reach.low, reach.low))),
        (false, true) => language.with(Word::MoneyAbout, &said((reach.low, reach.high))),
        (false, false) => said((reach.low, reach.high)),
    }
}

/// Writes what the values that lead come to: three cells.
fn total_row(language: &Language, total: &Total<'_>, out: &mut String) {
    out.push_str("\n<tr><td>");
    markup::text(language.say(names::loss(total.loss)), out);
    out.push_str("</td><td>");
    if let Some(reach) = total.reach {
        markup::text(&reckoned(language, reach, total.currency), out);
    }
    out.push_str("</td><td>");
    if total.reach.is_some() {
        language.counted(Word::MoneyIncidents, cites::count(total.count), out);
    }
    if total.words > 0 {
        out.push_str(if total.reach.is_some() { "; " } else { "" });
        language.counted(Word::MoneyOnlyWords, cites::count(total.words), out);
    }
    out.push_str("</td></tr>");
}

/// An incident with all its values.
pub(super) fn group(at: &At<'_>, incident: &Incident<'_>) -> Group {
    let id = incident.what;
    let (title, when) = at.reads.dated(id);
    Group {
        heading: title.to_owned(),
        dated: None,
        id: String::new(),
        rows: Html::of(|out| {
            out.push_str("\n<tr class=\"letter\"><th colspan=\"3\" scope=\"rowgroup\">");
            at.link(id, out);
            if let Some(when) = when {
                out.push_str(" <span class=\"one\">");
                markup::text(&at.language.date(&when), out);
                out.push_str("</span>");
            }
            if let Some(tlp) = shell::raised(Some(at.reads.tlp(id))) {
                out.push(' ');
                markup::tlp(tlp, out);
            }
            out.push_str("</th></tr>");
            let cites =
                |stated: &Stated<'_>, out: &mut String| sources(at, &stated.said.sources, out);
            values(at, incident, &cites, out);
        }),
    }
}

/// What writes on what a value rests.
type Cites<'w> = &'w dyn Fn(&Stated<'_>, &mut String);

/// Writes all values of an incident: rows of three cells, of which the first tells what it is once.
fn values(at: &At<'_>, incident: &Incident<'_>, cites: Cites<'_>, out: &mut String) {
    let floor = at.reads.tlp(incident.what);
    for sum in &incident.sums {
        for (nth, stated) in sum.stated.iter().enumerate() {
            out.push_str("\n<tr><td>");
            if nth == 0 {
                markup::text(at.language.say(names::loss(sum.loss)), out);
            }
            out.push_str("</td><td>");
            markup::text(&at.language.money(stated.money), out);
            if is_chosen(sum, stated) {
                out.push_str(" · ");
                at.language.html(Word::MoneyChosen, out);
            }
            if let Some(tlp) = shell::raised(stated.said.tlp).filter(|&tlp| tlp > floor) {
                out.push(' ');
                markup::tlp(tlp, out);
            }
            out.push_str("</td><td>");
            cites(stated, out);
            out.push_str("</td></tr>");
        }
    }
}

/// Whether that is to be said of a value: of the only one it goes without saying.
fn is_chosen(sum: &Sum<'_>, stated: &Stated<'_>) -> bool {
    stated.chosen && sum.stated.len() > 1
}

/// Writes on which sources something rests, each once.
pub(super) fn sources(at: &At<'_>, all: &[Cite<PageId>], out: &mut String) {
    let mut known = BTreeSet::new();
    let mut first = true;
    for cite in all {
        if !known.insert(cite.source) {
            continue;
        }
        out.push_str(if first { "" } else { ", " });
        first = false;
        match cite.source {
            Some(source) => at.link(source, out),
            // How many are withheld is not said.
            None => at.language.html(Word::RemarkSourceWithheld, out),
        }
    }
}
