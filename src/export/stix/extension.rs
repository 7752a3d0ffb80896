//! This program's own extension: all that an entry says and STIX has no property for.
//!
//! A relation that a source denies stands here and is no relationship, which a reader who knows nothing of it would take for a
//! claim. So do the values of a fact on which sources differ, of which a property of STIX could show one. Nothing here is said
//! again by other properties but where these say less. The JSON Schema is `extension.schema.json`.

use super::object::{Extension, Object};
use super::scope::Scope;
use super::shown::Shown;
use super::{ids, text, time};
use crate::model::money::{Amount, Figure, Scale};
use crate::model::{
    Cite, Count, Data, Money, Named, Notice, Overlap, PageId, Statement, Tlp, Transfer, Value, What,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the extension says of an object.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "described in the schema")]
pub struct Own {
    pub extension_type: &'static str,
    /// Whether the object is none of an entry: the dossier itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<&'static str, Detail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<By>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<Kept>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Taken>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retracted: Option<Taken>,
    /// What a relationship or an indicator is made of: the address of the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<Claim>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Claim>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub impacts: Vec<Impact>,
    /// Lines of indicators for which there is no pattern.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Line>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Cited>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Changed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<serde_json::Value>,
}

/// A value of a key of front matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs, reason = "each is what it holds")]
pub enum Detail {
    Text(String),
    Many(Vec<String>),
    Flag(bool),
}

/// Somebody, with the object that he is where he is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "described in the schema")]
pub struct By {
    pub name: String,
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

/// A kept copy of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "described in the schema")]
pub struct Kept {
    pub sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
}

/// What was taken back, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "described in the schema")]
pub struct Taken {
    pub date: String,
    pub reason: String,
}

/// A change that readers are told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "described in the schema")]
pub struct Changed {
    pub date: String,
    pub what: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub correction: bool,
}

/// A source, and the place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "described in the schema")]
pub struct Cited {
    #[serde(rename = "ref")]
    pub report: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// An indicator without a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "described in the schema")]
pub struct Line {
    pub r#type: &'static str,
    pub value: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Cited>,
}

/// What an incident cost, in the words of the monetary impact of the incident extensions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "described in the schema")]
pub struct Impact {
    pub of: String,
    pub variety: &'static str,
    pub currency: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_amount: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_amount: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time_fidelity: Option<&'static str>,
}

/// A statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "described in the schema")]
pub struct Claim {
    pub address: String,
    pub sort: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Detail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub chosen: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen_because: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub denied: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_ref: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_ref: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlap: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_ref: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time_fidelity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time_fidelity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marked: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Cited>,
}

impl Own {
    /// An extension of which nothing is said.
    pub(super) fn bare() -> Own {
        Own {
            extension_type: "property-extension",
            ..Own::default()
        }
    }

    /// Puts it on an object.
    pub(super) fn put(self, object: &mut Object) {
        let own = Extension::Own(Box::new(self));
        object.extensions.insert(ids::EXTENSION, own);
    }

    pub(super) fn text(&mut self, key: &'static str, text: impl Into<String>) {
        self.details.insert(key, Detail::Text(text.into()));
    }

    pub(super) fn many(&mut self, key: &'static str, words: Vec<String>) {
        if !words.is_empty() {
            self.details.insert(key, Detail::Many(words));
        }
    }
}

/// The definition of the extension, and by whom it was made.
pub(super) fn definition() -> [Object; 2] {
    let mut program = Object::bare("identity", ids::PROGRAM.to_owned(), ids::BEGINNING);
    program.name = Some("dossier".to_owned());
    program.description =
        Some("A program that makes dossiers of public reporting: sites and data.".to_owned());
    program.identity_class = Some("system");
    let id = ids::EXTENSION.to_owned();
    let mut definition = Object::bare("extension-definition", id, ids::BEGINNING);
    definition.created_by_ref = Some(ids::PROGRAM.to_owned());
    definition.name = Some("dossier".to_owned());
    definition.description = Some(
        "What an entry of a dossier says and STIX has no property for: statements with what each rests on, values on which \
         sources differ, relations that are denied."
            .to_owned(),
    );
    definition.schema = Some(super::SCHEMA);
    definition.version = Some("1.0.0");
    definition.extension_types = vec!["property-extension"];
    [program, definition]
}

/// Citations.
pub(super) fn cited(scope: &Scope<'_>, cites: &[Cite<PageId>]) -> Vec<Cited> {
    let cited = |cite: &Cite<PageId>| {
        let source = cite.source?;
        Some(Cited {
            report: scope.id(source)?,
            name: scope.page(source).slug.clone(),
            at: (cite.at.as_deref())
                .filter(|at| !at.is_empty())
                .map(str::to_owned),
        })
    };
    cites.iter().filter_map(cited).collect()
}

/// Somebody who may have an entry.
pub(super) fn named(scope: &Scope<'_>, named: &Named<PageId>, shown: &mut Shown) -> By {
    match named {
        Named::Entry(id) => By {
            name: shown.name(scope, *id).to_owned(),
            object: scope.id(*id),
        },
        Named::Text(name) => By {
            name: name.clone(),
            object: None,
        },
    }
}

/// What was taken back.
pub(super) fn taken(scope: &Scope<'_>, notice: &Notice<PageId>, shown: &mut Shown) -> Taken {
    Taken {
        date: time::written(&notice.date),
        reason: text::plain(scope, &notice.reason, shown),
    }
}

/// A statement, of which everything is noted as shown.
pub(super) fn claim(
    scope: &Scope<'_>,
    statement: &Statement<PageId>,
    address: &str,
    several: bool,
    shown: &mut Shown,
) -> Claim {
    let Statement {
        what,
        sources,
        tlp,
        confidence,
        when,
        note,
        span: _,
    } = statement;
    shown.mark(*tlp);
    shown.cite(scope, sources);
    let mut claim = Claim {
        address: address.to_owned(),
        confidence: confidence.map(|it| it.words()),
        when: when.as_ref().map(time::written),
        note: (note.as_ref()).map(|note| text::plain(scope, note, shown)),
        marked: tlp.map(Tlp::name),
        sources: cited(scope, sources),
        ..Claim::default()
    };
    match what {
        What::Fact(version) => {
            claim.sort = "fact";
            claim.name = Some(version.of.to_string());
            (claim.value, claim.currency) = value(&version.value);
            if let Value::Date(date) = &version.value {
                spanned(&mut claim, date);
            }
            // Why a value is chosen is left out where it is the only one.
            if let Some(why) = version.chosen.as_ref().filter(|_| several) {
                claim.chosen = true;
                let why = text::plain(scope, why, shown);
                claim.chosen_because = Some(why).filter(|why| !why.is_empty());
            }
        }
        What::Judgement(words) => {
            claim.sort = "judgement";
            claim.value = Some(Detail::Text(text::plain(scope, words, shown)));
        }
        What::Legal(legal) => {
            claim.sort = "legal";
            claim.value = Some(Detail::Text(legal.status.word().to_owned()));
            claim.by = (legal.by.as_ref()).map(|by| named(scope, by, shown));
        }
        What::Event(event) => {
            claim.sort = "event";
            claim.date = Some(time::written(&event.date));
            spanned(&mut claim, &event.date);
            claim.value = Some(Detail::Text(text::plain(scope, &event.what, shown)));
            if let Some(place) = event.place {
                shown.name(scope, place);
                claim.place_ref = scope.id(place);
            }
        }
        What::Relation(relation) => {
            claim.sort = "relation";
            claim.name = Some(relation.verb.key().to_owned());
            claim.denied = relation.denied;
            claim.until = relation.until.as_ref().map(time::written);
            claim.words = (relation.own.as_ref()).map(|own| text::plain(scope, own, shown));
            if let Some(Transfer { amount, from }) = relation.transfer.as_deref() {
                (claim.value, claim.currency) = amount.as_ref().map_or((None, None), money);
                if let Some(from) = *from {
                    shown.name(scope, from);
                    claim.from_ref = scope.id(from);
                }
            }
            shown.name(scope, relation.target);
            claim.target_ref = scope.id(relation.target);
        }
        What::Alias(alias) => {
            claim.sort = "alias";
            claim.name = Some(alias.name.clone());
            claim.by = (alias.by.as_ref()).map(|by| named(scope, by, shown));
            claim.overlap = Some(match alias.overlap {
                Overlap::Equal => "equal",
                Overlap::Overlaps => "overlaps",
                Overlap::PartOf => "part-of",
            });
        }
    }
    claim
}

fn spanned(claim: &mut Claim, date: &crate::model::Date) {
    let time::Span { start, end } = time::span(date);
    if let Some((start, exact)) = start {
        claim.start_time = Some(start);
        claim.start_time_fidelity = Some(exact);
    }
    if let Some((end, exact)) = end {
        claim.end_time = Some(end);
        claim.end_time_fidelity = Some(exact);
    }
}

/// A value as front matter has it, and the currency of words for an amount.
fn value(value: &Value) -> (Option<Detail>, Option<String>) {
    let text = |text: String| (Some(Detail::Text(text)), None);
    match value {
        Value::Text(own) => text(own.clone()),
        Value::List(words) => (Some(Detail::Many(words.clone())), None),
        Value::Date(date) => text(time::written(date)),
        Value::Money(amount) => money(amount),
        Value::Count(count) => text(written(count.amount())),
        Value::Reliability(letter) => text(letter.to_string()),
    }
}

/// The same of money.
fn money(Money { amount, currency }: &Money) -> (Option<Detail>, Option<String>) {
    match amount {
        Amount::Words(words) => (Some(Detail::Text(words.clone())), Some(currency.clone())),
        Amount::Figure { .. } => {
            let figure = format!("{} {currency}", written(amount));
            (Some(Detail::Text(figure)), None)
        }
    }
}

/// An amount as front matter has it.
fn written(amount: &Amount) -> String {
    let figure = |figure: &Figure, scale: Scale| {
        let unit = match scale {
            Scale::One => "",
            Scale::Thousand => "k",
            Scale::Million => "m",
            Scale::Billion => "bn",
            Scale::Lakh => " lakh",
            Scale::Crore => " crore",
        };
        format!("{}{unit}", figure.written)
    };
    match amount {
        Amount::Words(words) => words.clone(),
        Amount::Figure {
            about,
            low,
            low_scale,
            high,
            scale,
        } => {
            let about = about.as_ref().map(|about| format!("{about} "));
            let low = match high {
                Some(_) => figure(low, *low_scale),
                None => figure(low, *scale),
            };
            let high = high
                .as_ref()
                .map(|it| format!(" to {}", figure(it, *scale)));
            format!(
                "{}{low}{}",
                about.unwrap_or_default(),
                high.unwrap_or_default()
            )
        }
    }
}

/// What an amount of a loss is in the words of the incident extensions; none of what was recovered, frozen or seized, which
/// cost nobody anything.
pub(super) fn impact(of: &str, money: &Money, when: Option<&crate::model::Date>) -> Option<Impact> {
    let variety = match of.strip_prefix("loss.")? {
        "demanded" => "ransom-demand",
        "paid" => "ransom-payment",
        "actual" => "asset-and-fraud",
        _ => return None,
    };
    let (least, most) = bounds(&money.amount, variety);
    let (start_time, start_time_fidelity) = when.and_then(|when| time::span(when).start).unzip();
    Some(Impact {
        of: of.to_owned(),
        variety,
        currency: money.currency.clone(),
        min_amount: least,
        max_amount: most,
        start_time,
        start_time_fidelity,
    })
}

/// The least and the most of an amount; both or none, as the extension has it.
fn bounds(
    amount: &Amount,
    variety: &str,
) -> (Option<serde_json::Number>, Option<serde_json::Number>) {
    let Amount::Figure { about, .. } = amount else {
        return (None, None);
    };
    let Some((low, high)) = amount.bounds() else {
        return (None, None);
    };
    let low = match (about.as_deref(), variety) {
        // Of what is at least so much nobody knows the most.
        (Some("over" | "at least"), _) => return (None, None),
        (Some("under" | "up to"), _) | (_, "ransom-demand") => 0,
        _ => low,
    };
    (number(low), number(high))
}

/// An amount of hundred-millionths as a number of JSON.
fn number(parts: u128) -> Option<serde_json::Number> {
    const ONE: u128 = 100_000_000;
    let (whole, rest) = (parts / ONE, parts % ONE);
    match rest {
        0 => u64::try_from(whole).ok().map(serde_json::Number::from),
        _ => {
            let text = format!("{whole}.{rest:08}");
            serde_json::Number::from_f64(text.parse().ok()?)
        }
    }
}

/// How many there are, where that is one whole number.
pub(super) fn count(count: &Count) -> Option<u64> {
    const ONE: u128 = 100_000_000;
    let (low, high) = count.bounds();
    (low == high && low % ONE == 0)
        .then(|| u64::try_from(low / ONE).ok())
        .flatten()
}

/// What stands under `extra`, as JSON.
pub(super) fn extra(data: &Data) -> serde_json::Value {
    match data {
        Data::Null => serde_json::Value::Null,
        Data::Bool(value) => (*value).into(),
        Data::Integer(value) => (*value).into(),
        Data::Float(value) => (*value).into(),
        Data::Text(text) => text.as_str().into(),
        Data::List(items) => items.iter().map(extra).collect(),
        Data::Map(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(name, value)| (name.clone(), extra(value)));
            serde_json::Value::Object(entries.collect())
        }
    }
}
