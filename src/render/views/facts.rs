//! Facts: values with the sources that state them, and the dissent between them.

use super::cites::Marks;
use super::shape::{Chart, Fact, Mark, Version};
use super::{At, cites, shell, words};
use crate::model::{
    self, Affected, Loss, Money, PageId, Part, Said, Spot, StatementId, Value, body,
};
use crate::plan::graph::Origin;
use crate::plan::{By, Placed};
use crate::render::account::Share;
use crate::render::language::{Language, Word, names};

/// What a fact is called on the page.
pub(super) fn label(language: &Language, name: &str) -> String {
    let known = match name {
        "first_seen" => Word::FactFirstSeen,
        "last_seen" => Word::FactLastSeen,
        "motive" => Word::FactMotive,
        "dates" => Word::FactDates,
        "disclosed" => Word::FactDisclosed,
        "reliability" => Word::FactReliability,
        other => {
            let loss = other.strip_prefix("loss.").and_then(Loss::from_word);
            let affected = other
                .strip_prefix("affected.")
                .and_then(Affected::from_word);
            if let Some(known) = loss.map(names::loss).or(affected.map(names::affected)) {
                return language.say(known).to_owned();
            }
            let words = other
                .rsplit('.')
                .next()
                .unwrap_or(other)
                .replace(['_', '-'], " ");
            let mut letters = words.chars();
            return letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default();
        }
    };
    language.say(known).to_owned()
}

/// The id of a fact's block on the page.
pub(super) fn id(name: &str) -> String {
    format!("page-fact-{}", body::anchor(name))
}

/// A value in words.
pub(super) fn text(language: &Language, value: &Value) -> String {
    match value {
        // An amount written as free text reads like every other; there is none without a digit.
        Value::Text(text) if !text.bytes().any(|byte| byte.is_ascii_digit()) => text.clone(),
        Value::Text(text) => {
            Money::from_text(text).map_or_else(|_| text.clone(), |money| language.money(&money))
        }
        Value::List(words) => words.join(", "),
        Value::Date(date) => language.date(date),
        Value::Money(money) => language.money(money),
        Value::Count(count) => language.count(count),
        Value::Reliability(letter) => {
            format!("{letter}: {}", language.say(names::reliability(*letter)))
        }
    }
}

/// The facts that have a block of their own: those with several versions. Amounts of money in a currency that the page draws by itself
/// are not drawn again.
pub(super) fn of(at: &At<'_>, id: PageId, drawn: &[String]) -> Vec<Fact> {
    let page = at.reads.page(id);
    let facts = page.statements.facts().filter(|fact| fact.has_several());
    let mut noted = Vec::new();
    let views = facts.map(|fact| {
        let mut view = view(at, id, fact, &mut noted);
        let is_drawn = |code: &str| drawn.iter().any(|it| it == code);
        if fact.name.starts_with("loss.") && currency(fact).is_some_and(is_drawn) {
            view.chart = None;
        }
        view
    });
    views.collect()
}

fn view<'a>(
    at: &At<'a>,
    page: PageId,
    fact: model::Fact<'_, PageId>,
    noted: &mut Vec<&'a Placed>,
) -> Fact {
    let first_chosen = fact.chosen();
    let chosen_id = first_chosen.map(|version| version.id);
    let chosen = first_chosen.map(|version| self::version(at, page, version, noted));
    let others = fact
        .versions()
        .filter(|version| chosen_id != Some(version.id));
    let others = others
        .map(|version| self::version(at, page, version, noted))
        .collect();
    Fact {
        id: id(fact.name),
        label: label(at.language, fact.name),
        chosen,
        reason: first_chosen.and_then(|version| {
            let spot = Spot::Statement(version.id, Part::Chosen);
            let reason = version.what.chosen.as_ref()?;
            Some(words::html(
                at,
                Origin::Page(page),
                spot,
                reason,
                Marks::Bare,
            ))
        }),
        others,
        chart: chart(at.language, fact, chosen_id),
    }
}

fn version<'a>(
    at: &At<'a>,
    page: PageId,
    version: Said<'_, PageId, model::Version<PageId>>,
    noted: &mut Vec<&'a Placed>,
) -> Version {
    let by = By::Statement(version.id);
    let note = version.note.as_ref();
    Version {
        text: text(at.language, &version.what.value),
        note: note.map(|note| {
            let spot = Spot::Statement(version.id, Part::Note);
            words::html(at, Origin::Page(page), spot, note, Marks::Bare)
        }),
        as_of: version.when.map(|date| at.language.date(&date)),
        tlp: shell::label(version.tlp),
        cites: cites::of_list(at, Origin::Page(page), by, noted),
    }
}

/// The versions of an amount on a line from nothing to the greatest, where all are figures of one
/// currency, or counts.
fn chart(
    language: &Language,
    fact: model::Fact<'_, PageId>,
    chosen: Option<StatementId>,
) -> Option<Chart> {
    let versions = fact.versions();
    let amounts = versions.map(|version| Some((version, amount(&version.what.value)?)));
    let amounts: Vec<_> = amounts.collect::<Option<_>>()?;
    let (_, first) = amounts.first()?;
    let greatest = amounts.iter().map(|(_, it)| it.bounds.1).max()?;
    if greatest == 0 || amounts.iter().any(|(_, it)| it.currency != first.currency) {
        return None;
    }
    let marks = amounts.iter().map(|(version, it)| Mark {
        x: Share::of(it.bounds.0, greatest),
        width: Share::of(it.bounds.1 - it.bounds.0, greatest),
        chosen: chosen == Some(version.id),
        text: text(language, &version.what.value),
    });
    let marks: Vec<Mark> = marks.collect();
    let (most, _) = amounts.iter().find(|(_, it)| it.bounds.1 == greatest)?;
    let values: Vec<&str> = marks.iter().map(|mark| mark.text.as_str()).collect();
    Some(Chart {
        label: language.with(Word::FactChart, &values.join(", ")),
        high: text(language, &most.what.value),
        marks,
        low: "0",
    })
}

/// The currency of the first version of a fact.
fn currency<'f>(fact: model::Fact<'f, PageId>) -> Option<&'f str> {
    amount(&fact.versions().next()?.what.value)?.currency
}

/// What can be put on a line.
struct Amount<'a> {
    /// None of a count.
    currency: Option<&'a str>,
    bounds: (u128, u128),
}

fn amount(value: &Value) -> Option<Amount<'_>> {
    match value {
        Value::Money(money) => Some(Amount {
            currency: Some(&money.currency),
            bounds: money.bounds()?,
        }),
        Value::Count(count) => Some(Amount {
            currency: None,
            bounds: count.bounds(),
        }),
        Value::Text(_) | Value::List(_) | Value::Date(_) | Value::Reliability(_) => None,
    }
}
