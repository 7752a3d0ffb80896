//! Facts: values with the sources that state them, and the dissent between them.

use super::cites::Marks;
use super::shape::{Chart, Fact, Mark, Version};
use super::{At, cites, shell, words};
use crate::model::{self, Money, PageId, Spot, Value, body};
use crate::plan::Statement;
use crate::plan::graph::Origin;

/// What a fact is called on the page.
pub(super) fn label(name: &str) -> String {
    let known = match name {
        "first_seen" => "First seen",
        "last_seen" => "Last seen",
        "motive" => "Motive",
        "dates" => "When",
        "disclosed" => "Disclosed",
        "loss.attempted" => "Attempted",
        "loss.actual" => "Lost",
        "loss.recovered" => "Recovered",
        "loss.frozen" => "Frozen",
        other => {
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
    known.to_owned()
}

/// The id of a fact's block on the page.
pub(super) fn id(name: &str) -> String {
    format!("page-fact-{}", body::anchor(name))
}

/// A value in words.
pub(super) fn text(value: &Value) -> String {
    match value {
        // An amount written as free text reads like every other; there is none without a digit.
        Value::Text(text) if !text.bytes().any(|byte| byte.is_ascii_digit()) => text.clone(),
        Value::Text(text) => {
            Money::from_text(text).map_or_else(|_| text.clone(), |money| money.to_string())
        }
        Value::List(words) => words.join(", "),
        Value::Date(date) => date.to_string(),
        Value::Money(money) => money.to_string(),
    }
}

/// The facts that have a block of their own: those with several versions.
pub(super) fn of(at: &At<'_>, id: PageId) -> Vec<Fact> {
    let page = at.site().release.page(id);
    (0..)
        .zip(&page.facts)
        .filter(|(_, fact)| fact.versions.len() > 1)
        .map(|(index, fact)| view(at, id, index, fact))
        .collect()
}

fn view(at: &At<'_>, page: PageId, index: u32, fact: &model::Fact<PageId>) -> Fact {
    let chosen_at = fact
        .versions
        .iter()
        .position(|version| version.chosen.is_some());
    let mut chosen = None;
    let mut others = Vec::new();
    for (version_at, version) in (0..).zip(&fact.versions) {
        let shown = self::version(at, page, (index, version_at), version);
        if chosen_at == Some(version_at as usize) {
            chosen = Some(shown);
        } else {
            others.push(shown);
        }
    }
    Fact {
        id: id(&fact.name),
        label: label(&fact.name),
        chosen,
        reason: chosen_at.and_then(|chosen| {
            let spot = Spot::Chosen(index, cites::count(chosen));
            let reason = fact.versions[chosen].chosen.as_ref()?;
            Some(words::html(
                at,
                Origin::Page(page),
                spot,
                reason,
                Marks::Bare,
            ))
        }),
        others,
        chart: chart(fact, chosen_at),
    }
}

fn version(
    at: &At<'_>,
    page: PageId,
    (fact, index): (u32, u32),
    version: &model::Version<PageId>,
) -> Version {
    let statement = Statement::Version(fact, index);
    let note = version.note.as_ref();
    Version {
        text: text(&version.value),
        note: note.map(|note| {
            let spot = Spot::Note(fact, index);
            words::html(at, Origin::Page(page), spot, note, Marks::Bare)
        }),
        as_of: version.as_of.map(|date| date.to_string()),
        tlp: shell::label(version.tlp),
        cites: cites::of(at, Origin::Page(page), statement, Marks::Noted),
    }
}

/// The versions of an amount on a line from nothing to the greatest, where all are figures of one
/// currency.
fn chart(fact: &model::Fact<PageId>, chosen: Option<usize>) -> Option<Chart> {
    let money: Vec<(&Money, u128, u128)> = fact
        .versions
        .iter()
        .map(|version| match &version.value {
            Value::Money(money) => (money.bounds()).map(|(low, high)| (&**money, low, high)),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let (first, ..) = money.first()?;
    let greatest = money.iter().map(|&(.., high)| high).max()?;
    if greatest == 0
        || money
            .iter()
            .any(|(money, ..)| money.currency != first.currency)
    {
        return None;
    }
    let marks: Vec<Mark> = money
        .iter()
        .enumerate()
        .map(|(index, &(money, low, high))| Mark {
            x: share(low, greatest),
            width: share(high - low, greatest),
            chosen: chosen == Some(index),
            text: money.to_string(),
        })
        .collect();
    let most = money
        .iter()
        .find(|&&(.., high)| high == greatest)?
        .0
        .to_string();
    let values: Vec<String> = marks.iter().map(|mark| mark.text.clone()).collect();
    Some(Chart {
        label: format!("The values on a line: {}", values.join(", ")),
        marks,
        low: "0",
        high: most,
    })
}

/// A share in per cent with two decimals, without floating point, so that it is the same everywhere.
pub(super) fn share(part: u128, whole: u128) -> String {
    let hundredths = part.saturating_mul(10_000) / whole.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
