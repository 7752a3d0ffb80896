//! The JSON Schema (2020-12) of front matter, for editors: what may stand where, with what it says.
//!
//! Made of the table. It is never stricter than the reader: where the reader takes more than a schema can say
//! (dates such as `early 2016`, words in any case), the schema suggests and lets pass.

use super::{ROWS, Row};
use crate::model::{Confidence, Kind, Tlp, Verb};
use crate::parse::front::form::{Form, Shape};
use crate::parse::front::shapes::{self, CITE, VERSION, WORDS_OF_MONEY};
use serde_json::{Map, Value, json};

/// The schema of the front matter of entries of a kind.
#[must_use]
pub fn schema(kind: Kind) -> Value {
    let rows = || ROWS.iter().filter(|row| row.kinds.contains(&kind));
    let keys = rows().map(|row| (row.key.to_owned(), described(row)));
    let verbs = Verb::ALL.into_iter();
    let verbs = verbs.filter(|verb| verb.allowed_from(kind)).map(|verb| {
        let to: Vec<&str> = verb.allowed_to(kind).into_iter().map(Kind::name).collect();
        let about = format!("{} (takes: {})", verb.phrase(), to.join(", "));
        let many = several(short_or_long(shapes::relation(verb), None));
        (verb.key().to_owned(), with_about(many, &about, None))
    });
    let required: Vec<&str> = rows()
        .filter(|it| it.is_required())
        .map(|it| it.key)
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Front matter of {} entries", kind.name()),
        "type": "object",
        "properties": keys.chain(verbs).collect::<Map<String, Value>>(),
        "required": required,
        "additionalProperties": false,
    })
}

fn described(row: &Row) -> Value {
    let about = match row.more {
        "" => row.about.to_owned(),
        more => format!("{}. {more}", row.about),
    };
    with_about(form(row.form), &about, Some(row.written()))
}

fn with_about(mut value: Value, about: &str, example: Option<&str>) -> Value {
    if let Value::Object(map) = &mut value {
        map.insert("description".to_owned(), json!(about));
        // Lists and maps are examples of YAML, which says little as a JSON string.
        if let Some(example) = example.filter(|it| !it.starts_with(['[', '{'])) {
            map.insert("examples".to_owned(), json!([example]));
        }
    }
    value
}

/// What a form takes.
fn form(form: Form) -> Value {
    match form {
        Form::Text | Form::Language | Form::File | Form::Ref | Form::Named => scalar(),
        Form::Texts | Form::Paths => several(scalar()),
        Form::Word(words) => json!({ "enum": words }),
        Form::Words(words) => several(json!({ "enum": words })),
        Form::Degrees(bound) => json!({
            "type": ["number", "string"],
            "minimum": -i16::from(bound),
            "maximum": bound,
        }),
        Form::Country => json!({ "type": "string", "pattern": "^[A-Z]{2,3}(-[A-Z0-9]{1,3})?$" }),
        // A year alone is a number to YAML.
        Form::Date => json!({ "type": ["string", "integer"], "pattern": date() }),
        Form::Day => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Form::Bool => json!({ "type": "boolean" }),
        Form::Tlp => suggested(Tlp::ALL.into_iter().map(Tlp::name)),
        Form::Confidence => suggested(Confidence::all_words()),
        Form::Money => json!({ "anyOf": [scalar(), shape(&WORDS_OF_MONEY, None)] }),
        Form::Count => json!({ "type": ["integer", "string"] }),
        // A digit alone is a number to YAML.
        Form::Grade => json!({
            "type": ["string", "integer"],
            "pattern": "^[A-Fa-f]?[1-6]$",
            "minimum": 1,
            "maximum": 6,
        }),
        Form::Reliability => json!({ "type": "string", "pattern": "^[A-Fa-f]$" }),
        Form::Url => json!({ "type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://" }),
        Form::Sha256 => json!({ "type": "string", "pattern": "^[0-9A-Fa-f]{64}$" }),
        Form::Cites => several(short_or_long(&CITE, None)),
        Form::Ids => json!({ "type": "object", "additionalProperties": scalar() }),
        Form::Fact(of) => fact(*of),
        Form::Facts => json!({ "type": "object", "additionalProperties": fact(Form::Text) }),
        Form::One(of) => short_or_long(of, None),
        Form::Many(of) => several(short_or_long(of, None)),
        Form::Anything => json!({}),
    }
}

/// A value that sources may disagree on: short, or with its sources, or several of these.
fn fact(of: Form) -> Value {
    let value = form(of);
    let one = json!({ "anyOf": [value, shape(&VERSION, Some(&value))] });
    several(one)
}

/// A map of a shape, or the single value that may stand in its place.
fn short_or_long(of: &Shape, value: Option<&Value>) -> Value {
    let long = shape(of, value);
    let key = of.keys.iter().find(|inner| Some(inner.key) == of.short);
    match key {
        Some(inner) => json!({ "anyOf": [form(inner.form), long] }),
        None => long,
    }
}

/// A map of a shape; `value` is what the key `value` takes where the shape leaves that open.
fn shape(of: &Shape, value: Option<&Value>) -> Value {
    let keys = of.keys.iter().map(|inner| {
        let takes = match (inner.key, value) {
            ("value", Some(value)) => value.clone(),
            _ => form(inner.form),
        };
        (inner.key.to_owned(), with_about(takes, inner.about, None))
    });
    let required: Vec<&str> = (of.keys.iter())
        .filter(|inner| inner.required)
        .map(|inner| inner.key)
        .collect();
    json!({
        "type": "object",
        "properties": keys.collect::<Map<String, Value>>(),
        "required": required,
        "additionalProperties": false,
    })
}

/// One, or a list.
fn several(one: Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

/// Text as YAML may read it.
fn scalar() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

/// Words that are offered; others pass, as in other letters.
fn suggested<'w>(words: impl Iterator<Item = &'w str>) -> Value {
    json!({ "anyOf": [{ "enum": words.collect::<Vec<&str>>() }, { "type": "string" }] })
}

/// What dates look like, of which each end may be open.
fn date() -> String {
    let time = "[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})";
    let day = format!("[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([T ]{time})?");
    let month = "((early|mid|late) +)?[0-9]{4}(-[0-9]{2})?";
    let moment = format!("(about +)?({day}|[0-9]{{4}}-Q[1-4]|{month})");
    format!("^ *({moment}|{moment} */ *({moment}|\\.\\.)|\\.\\. */ *{moment}) *$")
}
