//! What this program's own extension says of an object (`export::stix`): read back as the keys that it was written from.
//!
//! It is said more exactly there than in the properties of STIX: every value of a fact, dates as they were written, places in
//! sources. So it stands in place of what the properties gave. It is data like any other: each value is read by the reader of its
//! key, and a marking that is not understood withholds.

use super::bundle::Object;
use super::entries::plain;
use super::references::References;
use super::{text, text_of};
use crate::exchange::{Incoming, Losses, Piece, Prose, Value, Why};
use crate::export::stix::{BEGINNING, EXTENSION};
use crate::model::relation::OwnWords;
use crate::model::{Indicator, Kind, Tlp, Verb};
use serde_json::Value as Json;

/// The keys of which only the extension says what stood there.
const DETAILS: &[&str] = &[
    "accessed",
    "archived",
    "code",
    "cvss",
    "date",
    "grade",
    "key",
    "language",
    "lat",
    "lon",
    "nationality",
    "platforms",
    "seen",
    "sophistication",
    "tactics",
    "type",
    "types",
    "url",
];

/// Facts that have a key of their own; all others stand under `facts`.
const FACTS: &[&str] = &[
    "first_seen",
    "last_seen",
    "motive",
    "dates",
    "disclosed",
    "reliability",
];

/// The extension of an object.
pub(super) fn of(object: Object<'_>) -> Option<&Json> {
    object.get("extensions")?.get(EXTENSION)
}

/// Whether an object is the dossier that made the bundle, which is no entry of it.
pub(super) fn is_dossier(object: Object<'_>) -> bool {
    of(object).is_some_and(|own| own["role"] == "dossier")
}

/// The statement that a relationship or an indicator is made of.
pub(super) fn statement(object: Object<'_>) -> Option<&Json> {
    of(object).map(|own| &own["statement"])
}

/// Puts what the extension says in place of what the properties gave.
pub(super) fn apply(
    entry: &mut Incoming,
    object: Object<'_>,
    references: &References,
    losses: &mut Losses,
) {
    let Some(own) = of(object).filter(|own| own["kind"].is_string()) else {
        return;
    };
    // Its file is called as it was.
    let page = own["page"].as_str().unwrap_or("").trim_end_matches('/');
    if let Some(slug) = page.rsplit('/').next().filter(|slug| !slug.is_empty()) {
        slug.clone_into(&mut entry.name);
    }
    if text_of(&object, "modified") == Some(BEGINNING) {
        set(entry, "updated", "");
    }
    let labels = object.get("labels").and_then(plain);
    set(entry, "tags", labels.unwrap_or(Value::Text(String::new())));
    summary(entry, object, own, references);
    for key in DETAILS {
        set(entry, key, value(&own["details"][*key]));
    }
    if entry.kind != Kind::Note {
        set(entry, "authors", value(&own["details"]["authors"]));
    }
    set(entry, "publisher", by(&own["publisher"]));
    if !own["snapshot"].is_null() {
        losses.note(Why::Lost, "snapshot", object.id());
    }
    set(entry, "sources", sources(&own["sources"]));
    set(entry, "retracted", notice(&own["retracted"]));
    let changes = each(&own["changes"]).map(change).collect::<Vec<_>>();
    set(entry, "changes", changes);
    set(
        entry,
        "extra",
        plain(&own["extra"]).unwrap_or(Value::Map(Vec::new())),
    );
    for key in FACTS
        .iter()
        .chain(&["loss", "affected", "facts", "aliases"])
    {
        set(entry, key, "");
    }
    if entry.kind == Kind::Note {
        // Its relations are relationships.
        set(entry, "related_to", "");
    }
    statements(entry, own, object, losses);
    lines(entry, own, object, losses);
}

fn set(entry: &mut Incoming, key: &str, value: impl Into<Value>) {
    entry.values.retain(|(name, _)| name != key);
    entry.add(key, value);
}

fn each(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

fn words(value: &Json) -> Value {
    Value::Prose(Prose::words(value.as_str().unwrap_or("").to_owned()))
}

/// The summary, which stands before the text in the description.
fn summary(entry: &mut Incoming, object: Object<'_>, own: &Json, references: &References) {
    let Some(summary) = own["summary"].as_str() else {
        return;
    };
    set(entry, "summary", words(&own["summary"]));
    let whole = ["description", "content"].iter();
    let mut whole = whole.filter_map(|name| text_of(&object, name));
    if let Some(rest) = whole.next().and_then(|whole| whole.strip_prefix(summary)) {
        entry.body = text::prose(rest.trim_start(), object.id(), references);
    }
}

/// A value of a key: a text, several, yes.
fn value(json: &Json) -> Value {
    match json {
        Json::String(text) => Value::Text(text.clone()),
        Json::Bool(true) => Value::Bare("true".to_owned()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Null | Json::Bool(false) | Json::Number(_) | Json::Object(_) => {
            Value::Text(String::new())
        }
    }
}

fn by(json: &Json) -> Value {
    match (json["ref"].as_str(), json["name"].as_str()) {
        (Some(object), _) => Value::Entry(object.to_owned()),
        (None, name) => Value::Text(name.unwrap_or("").to_owned()),
    }
}

fn sources(json: &Json) -> Value {
    let source = |cited: &Json| {
        let source = Value::Entry(cited["ref"].as_str()?.to_owned());
        Some(match cited["at"].as_str() {
            None => source,
            Some(at) => Value::Map(vec![
                ("source".to_owned(), source),
                ("at".to_owned(), Value::Text(at.to_owned())),
            ]),
        })
    };
    Value::List(each(json).filter_map(source).collect())
}

fn notice(json: &Json) -> Value {
    match json["date"].as_str() {
        None => Value::Map(Vec::new()),
        Some(date) => Value::Map(vec![
            ("date".to_owned(), Value::Text(date.to_owned())),
            ("reason".to_owned(), words(&json["reason"])),
        ]),
    }
}

fn change(json: &Json) -> Value {
    let mut change = vec![
        ("date".to_owned(), value(&json["date"])),
        ("what".to_owned(), words(&json["what"])),
    ];
    if json["correction"] == true {
        change.push(("kind".to_owned(), "correction".into()));
    }
    Value::Map(change)
}

/// What all statements may say beside what each is of.
struct Said(Vec<(String, Value)>);

impl Said {
    fn say(&mut self, key: &str, value: Value) -> &mut Said {
        let nothing = match &value {
            Value::Text(text) | Value::Bare(text) => text.is_empty(),
            Value::Prose(prose) => prose.is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            Value::Entry(_) => false,
        };
        if !nothing {
            self.0.push((key.to_owned(), value));
        }
        self
    }

    /// What it rests on, and its marking: one that is not understood withholds.
    fn rests(mut self, claim: &Json) -> Value {
        self.say("sources", sources(&claim["sources"]));
        match &claim["marked"] {
            Json::Null => {}
            marked => {
                let level = marked.as_str().and_then(Tlp::from_name);
                let level = level.unwrap_or(Tlp::Red).name();
                self.say("tlp", level.into());
            }
        }
        Value::Map(self.0)
    }
}

fn statements(entry: &mut Incoming, own: &Json, object: Object<'_>, losses: &mut Losses) {
    let mut facts: Vec<(&str, Vec<Value>)> = Vec::new();
    for claim in each(&own["statements"]) {
        let name = claim["name"].as_str().unwrap_or("");
        let mut said = Said(Vec::new());
        match claim["sort"].as_str().unwrap_or("") {
            "fact" => {
                let version = version(claim);
                match facts.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, versions)) => versions.push(version),
                    None => facts.push((name, vec![version])),
                }
            }
            "alias" => {
                said.say("name", value(&claim["name"]));
                said.say("by", by(&claim["by"]));
                if claim["overlap"] != "equal" {
                    said.say("relation", value(&claim["overlap"]));
                }
                entry.add("aliases", Value::List(vec![said.rests(claim)]));
            }
            "event" => {
                said.say("date", value(&claim["date"]));
                said.say("what", words(&claim["value"]));
                if let Some(place) = claim["place_ref"].as_str() {
                    said.say("place", Value::Entry(place.to_owned()));
                }
                entry.add("events", Value::List(vec![said.rests(claim)]));
            }
            "legal" => {
                said.say("status", value(&claim["value"]));
                said.say("date", value(&claim["when"]));
                said.say("by", by(&claim["by"]));
                entry.add("legal", Value::List(vec![said.rests(claim)]));
            }
            "judgement" => {
                said.say("text", words(&claim["value"]));
                said.say("confidence", value(&claim["confidence"]));
                entry.add("judgements", Value::List(vec![said.rests(claim)]));
            }
            "relation" => {
                let target = claim["target_ref"].as_str();
                let Some((verb, to)) = Verb::from_key(name).zip(target) else {
                    losses.note(Why::Lost, "statement", object.id());
                    continue;
                };
                let relation = relation(claim, verb, to);
                entry.add(verb.key(), Value::List(vec![relation]));
            }
            // A sort that a later version may have.
            _ => losses.note(Why::Lost, "statement", object.id()),
        }
    }
    for (name, mut versions) in facts {
        let versions = match (versions.pop(), versions.is_empty()) {
            (Some(one), true) => one,
            (last, _) => {
                versions.extend(last);
                Value::List(versions)
            }
        };
        match name.split_once('.') {
            Some((key @ ("loss" | "affected"), inner)) => {
                entry.add(key, Value::Map(vec![(inner.to_owned(), versions)]));
            }
            _ if FACTS.contains(&name) => entry.add(name, versions),
            _ => entry.add("facts", Value::Map(vec![(name.to_owned(), versions)])),
        }
    }
}

fn version(claim: &Json) -> Value {
    let mut said = Said(Vec::new());
    said.say("value", amount(claim));
    said.say("as_of", value(&claim["when"]));
    said.say("note", words(&claim["note"]));
    said.say("chosen", words(&claim["chosen_because"]));
    said.rests(claim)
}

/// A value, which words for an amount of money have with its currency.
fn amount(claim: &Json) -> Value {
    let own = value(&claim["value"]);
    match claim["currency"].as_str() {
        None => own,
        Some(currency) => Value::Map(vec![
            ("text".to_owned(), own),
            ("currency".to_owned(), Value::Text(currency.to_owned())),
        ]),
    }
}

/// A relation as its statement says it.
fn relation(claim: &Json, verb: Verb, to: &str) -> Value {
    let mut said = Said(vec![("entry".to_owned(), Value::Entry(to.to_owned()))]);
    if let Some(own) = verb.own_words() {
        let key = match own {
            OwnWords::Verb | OwnWords::Role => own.key(),
        };
        said.say(key, words(&claim["words"]));
    }
    if verb.carries_money() {
        if !claim["value"].is_null() {
            said.say("amount", amount(claim));
        }
        if let Some(from) = claim["from_ref"].as_str() {
            said.say("from", Value::Entry(from.to_owned()));
        }
    }
    said.say("confidence", value(&claim["confidence"]));
    said.say("start", value(&claim["when"]));
    said.say("end", value(&claim["until"]));
    if claim["denied"] == true {
        said.say("denied", Value::Bare("true".to_owned()));
    }
    said.say("note", words(&claim["note"]));
    said.rests(claim)
}

/// The key and the relation of a relationship, if its statement may stand between the two kinds; `tlp` is the marking of the
/// whole of it.
pub(super) fn related(
    object: Object<'_>,
    from: Kind,
    (to, kind): (&str, Kind),
    tlp: Option<Tlp>,
) -> Option<(&'static str, Value)> {
    let claim = statement(object).filter(|claim| claim["sort"] == "relation")?;
    if claim["address"] == "country" && from == Kind::Organisation && kind == Kind::Place {
        return Some(("country", Value::Entry(to.to_owned())));
    }
    let verb = Verb::from_key(claim["name"].as_str()?)?;
    if !verb.allowed_to(from).contains(&kind) {
        return None;
    }
    let mut relation = relation(claim, verb, to);
    if let (Value::Map(said), Some(tlp)) = (&mut relation, tlp) {
        // The whole is marked no lower than the statement.
        said.retain(|(key, _)| key != "tlp");
        said.push(("tlp".to_owned(), Value::Text(tlp.name().to_owned())));
    }
    Some((verb.key(), relation))
}

/// Indicators for which there was no pattern.
fn lines(entry: &mut Incoming, own: &Json, object: Object<'_>, losses: &mut Losses) {
    let mut lines = Vec::new();
    for line in each(&own["indicators"]) {
        let value = line["value"].as_str().unwrap_or("");
        match Indicator::from_text(value) {
            Some(indicator) => lines.push(indicator.defanged()),
            None => losses.note(Why::Lost, "indicator", object.id()),
        }
    }
    if !lines.is_empty() {
        entry.body.0.push(Piece::Fence {
            language: "ioc".to_owned(),
            text: lines.join("\n"),
            tlp: None,
        });
    }
}
