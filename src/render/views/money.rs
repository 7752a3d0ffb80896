//! What incidents say of money: of one on its own page, of all on a page of the whole.
//!
//! Currencies stand apart and are never added up; where the dossier has rates, each amount also stands in one, marked as converted,
//! and so do sums of all, apart from the others.

use super::cites::Marks;
use super::shape::{Drawing, Group, InOneCurrency, Losses, MoneyOf, MoneyView, OfCurrency};
use super::{At, cites, drawn, lists, shell};
use crate::model::rate::Rate;
use crate::model::{Cite, Day, Money, PageId};
use crate::plan::graph::Incoming;
use crate::plan::graph::Origin;
use crate::plan::{self, By, PER_PAGE, losses};
use crate::render::account::acts;
use crate::render::account::money::{
    self, Converted, InOne, Incident, Rates, Reach, Stated, Sum, Total,
};
use crate::render::language::{Language, Word, names};
use crate::render::{Html, markup};
use std::collections::{BTreeMap, BTreeSet};

/// A page of the whole; the first has the drawings and the sums.
pub(super) fn view<'a>(at: &At<'a>, number: u32) -> MoneyView<'a> {
    let incidents = money::all(&at.reads);
    let totals = money::totals(&incidents);
    let rates = at.reads.rates(&at.config.money);
    let listed = plan::page_of(&incidents, number);
    let whole = match number {
        1 => incidents.as_slice(),
        _ => &[],
    };
    MoneyView {
        heading: at.language.say(Word::MoneyTitle),
        currencies: (money::currencies(whole).into_iter())
            .filter_map(|currency| of_currency(at, whole, &totals, currency))
            .collect(),
        converted: converted(at, whole, &rates),
        groups: (listed.iter())
            .map(|incident| group(at, incident, &rates))
            .collect(),
        pages: lists::pages(at, incidents.len(), number, &plan::money_address),
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
    let page = at.reads.page(id);
    let incident = money::of(id, page.when(), losses(page))?;
    let rates = at.reads.rates(&at.config.money);
    let currencies = money::currencies(std::slice::from_ref(&incident)).into_iter();
    let drawings = currencies
        .filter_map(|code| Some((drawn::money::of_one(at, &incident, code)?, code.to_owned())));
    let (drawings, currencies): (Vec<Drawing>, Vec<String>) = drawings.unzip();
    (!drawings.is_empty()).then(|| MoneyOf {
        drawings,
        currencies,
        differ: incident.sums.iter().any(|sum| sum.stated.len() > 1),
        rows: Html::of(|out| {
            let cites = |stated: &Stated<'_>, out: &mut String| {
                let by = By::Statement(stated.said.id);
                cites::write(at, Origin::Page(id), by, Marks::Again, out);
            };
            values(at, &incident, (&rates, &cites), out);
        }),
    })
}

/// What the incidents say of money that are attributed to an actor, and not denied, where there are two.
pub(super) fn of_actor(at: &At<'_>, acts: &[Incoming]) -> Option<Losses> {
    let acts = acts::of(&at.reads, acts).into_iter();
    let acts: BTreeSet<PageId> = acts
        .filter(|act| !act.attribution.what.denied)
        .map(|act| act.what)
        .collect();
    if acts.len() < 2 {
        return None;
    }
    let incidents = money::among(&at.reads, &acts);
    let latest = incidents.len().saturating_sub(PER_PAGE);
    let listed = incidents.get(latest..).unwrap_or(&[]);
    let totals = money::totals(&incidents);
    let rates = at.reads.rates(&at.config.money);
    (incidents.len() > 1).then(|| Losses {
        currencies: (money::currencies(&incidents).into_iter())
            .filter_map(|currency| of_currency(at, &incidents, &totals, currency))
            .collect(),
        converted: converted(at, &incidents, &rates),
        groups: (listed.iter())
            .map(|incident| group(at, incident, &rates))
            .collect(),
        caption: drawn::some(at, Word::MoneyLatest, listed.len(), incidents.len()),
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
pub(super) fn group(at: &At<'_>, incident: &Incident<'_>, rates: &Rates<'_>) -> Group {
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
            values(at, incident, (rates, &cites), out);
        }),
    }
}

/// What writes on what a value rests.
type Cites<'w> = &'w dyn Fn(&Stated<'_>, &mut String);

/// Writes all values of an incident: rows of three cells, of which the first tells what it is once.
fn values(
    at: &At<'_>,
    incident: &Incident<'_>,
    (rates, cites): (&Rates<'_>, Cites<'_>),
    out: &mut String,
) {
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
            if let Some(converted) = rates.convert(stated.money, incident.when.as_ref()) {
                out.push_str("<span class=\"one\">");
                said_converted(at, &converted, out);
                out.push_str("</span>");
            }
            out.push_str("</td><td>");
            cites(stated, out);
            out.push_str("</td></tr>");
        }
    }
}

/// Writes an amount as one that was converted, and at what.
fn said_converted(at: &At<'_>, converted: &Converted<'_>, out: &mut String) {
    let Converted {
        money,
        rate,
        source,
    } = converted;
    let fill = |hole: &str, out: &mut String| match hole {
        "amount" => markup::text(&at.language.money(money), out),
        "rate" => markup::text(&at.language.figure(&rate.is.written), out),
        "day" => markup::text(&at.language.date(&rate.on), out),
        _ => at.link(*source, out),
    };
    at.language.fill_html(Word::MoneyConverted, fill, out);
}

/// What the values that lead come to in one currency, unless none of them is converted.
fn converted(at: &At<'_>, incidents: &[Incident<'_>], rates: &Rates<'_>) -> Option<InOneCurrency> {
    let totals = money::in_one(incidents, rates);
    (!totals.is_empty()).then(|| InOneCurrency {
        heading: at.language.with(Word::MoneyInOne, rates.into),
        totals: Html::of(|out| {
            for total in &totals {
                in_one_row(at.language, total, rates.into, out);
            }
        }),
        rates: Html::of(|out| used(at, incidents, rates, out)),
    })
}

/// Writes a sum of converted values: three cells.
fn in_one_row(language: &Language, total: &InOne<'_>, into: &str, out: &mut String) {
    out.push_str("\n<tr><td>");
    markup::text(language.say(names::loss(total.loss)), out);
    out.push_str("</td><td>");
    let reach = Reach {
        about: false,
        ..total.reach
    };
    let sum = reckoned(language, reach, into);
    markup::text(&language.with(Word::MoneyNearly, &sum), out);
    out.push_str("</td><td>");
    let (all, converted) = total.count;
    language.counted(Word::MoneyIncidents, cites::count(all), out);
    out.push_str("; ");
    language.counted(Word::MoneyAreConverted, cites::count(converted), out);
    if total.words > 0 {
        out.push_str("; ");
        language.counted(Word::MoneyOnlyWords, cites::count(total.words), out);
    }
    if !total.without.is_empty() {
        out.push_str("; ");
        let without: Vec<&str> = total.without.iter().copied().collect();
        let without = without.join(", ");
        markup::text(&language.with(Word::MoneyWithoutRate, &without), out);
    }
    out.push_str("</td></tr>");
}

/// Writes the rates at which values are converted, by currency and day: three cells each.
fn used(at: &At<'_>, incidents: &[Incident<'_>], rates: &Rates<'_>, out: &mut String) {
    let mut used: BTreeMap<(&str, Day), (&Rate, PageId, usize)> = BTreeMap::new();
    for incident in incidents {
        let converted =
            { incident.stated() }.filter_map(|it| rates.convert(it.money, incident.when.as_ref()));
        for Converted { rate, source, .. } in converted {
            let key = (rate.of.as_str(), rate.on.sort_day());
            used.entry(key).or_insert((rate, source, 0)).2 += 1;
        }
    }
    for (rate, source, count) in used.into_values() {
        let worth = at.language.figure(&rate.is.written);
        let holes = [
            ("of", rate.of.as_str()),
            ("rate", &worth),
            ("into", rates.into),
        ];
        out.push_str("\n<tr><td>");
        markup::text(&at.language.with_all(Word::MoneyRate, &holes), out);
        out.push_str("</td><td>");
        markup::text(&at.language.date(&rate.on), out);
        out.push_str("; ");
        at.language
            .counted(Word::MoneyOfValues, cites::count(count), out);
        out.push_str("</td><td>");
        at.link(source, out);
        out.push_str("</td></tr>");
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
