//! Values of JSON as values of front matter, and what files of MISP say in several forms.
//!
//! Takes values whose form nobody promised; gives text, lists, maps, and levels of likelihood. Never fails.

use crate::exchange::Fault;
use crate::exchange::incoming::Value;
use crate::model::Confidence;
use serde_json::Value as Json;

/// How deep values may nest as keys of front matter; what is deeper is its JSON.
const DEEPEST: usize = 8;

/// Named values, in the order of the file.
pub(super) type Object = serde_json::Map<String, Json>;

/// What a reader of JSON says of a text that is none.
pub(super) fn fault(error: &serde_json::Error, expected: &str) -> Fault {
    let line = error.line();
    Fault {
        message: format!("{expected}: {error}"),
        line: (line > 0).then_some(line),
    }
}

/// A value as one for templates.
pub(super) fn data(json: &Json) -> Value {
    data_at(json, 0)
}

fn data_at(json: &Json, depth: usize) -> Value {
    match json {
        Json::Null => Value::Text(String::new()),
        Json::Bool(_) | Json::Number(_) => Value::Bare(json.to_string()),
        Json::String(text) => Value::Text(text.trim().to_owned()),
        Json::Array(_) | Json::Object(_) if depth >= DEEPEST => Value::Text(json.to_string()),
        Json::Array(items) => match items.as_slice() {
            [one] => data_at(one, depth),
            items => Value::List(items.iter().map(|item| data_at(item, depth + 1)).collect()),
        },
        Json::Object(entries) => {
            let entries = entries.iter();
            Value::Map(
                entries
                    .map(|(name, value)| (name.clone(), data_at(value, depth + 1)))
                    .collect(),
            )
        }
    }
}

/// One value, or a list of several.
pub(super) fn several(items: Vec<Value>) -> Value {
    match <[Value; 1]>::try_from(items) {
        Ok([one]) => one,
        Err(items) => Value::List(items),
    }
}

/// What nobody read, for templates: below `extra`, under `misp`.
pub(super) fn extra(rest: &Object) -> Value {
    let empty = |json: &Json| match json {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(entries) => entries.is_empty(),
        Json::Bool(_) | Json::Number(_) => false,
    };
    let said = rest.iter().filter(|(_, json)| !empty(json));
    let said: Vec<(String, Value)> = said.map(|(key, json)| (key.clone(), data(json))).collect();
    match said.is_empty() {
        true => Value::Map(Vec::new()),
        false => Value::Map(vec![("misp".to_owned(), Value::Map(said))]),
    }
}

/// The texts of a value that is one or a list of them; what is neither text nor number is none.
pub(super) fn texts(json: &Json) -> Vec<String> {
    let one = |json: &Json| match json {
        Json::String(text) => Some(text.trim().to_owned()),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    };
    let texts: Vec<String> = match json {
        Json::Array(items) => items.iter().filter_map(one).collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) => {
            one(json).into_iter().collect()
        }
    };
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

/// The one text of a value that is text or a number.
pub(super) fn text(json: Option<&Json>) -> Option<String> {
    json.map(texts)?.into_iter().next()
}

/// Whether a value says yes, in whatever form: `true`, `"1"`, `1`.
pub(super) fn is_true(json: Option<&Json>) -> bool {
    match json {
        Some(Json::Bool(yes)) => *yes,
        other => text(other).is_some_and(|text| text == "1" || text == "true"),
    }
}

/// The word for a number of hundred, by the ranges of ICD 203.
pub(super) fn likelihood(of_hundred: &str) -> Option<&'static str> {
    let number: u8 = of_hundred.trim().parse().ok().filter(|it| *it <= 100)?;
    let mut words = Confidence::all_words()
        .step_by(2)
        .filter_map(Confidence::from_words);
    let last = |word: &Confidence| word.rank() == 6;
    words
        .find(|word| number < word.range().1 || last(word))
        .map(Confidence::words)
}

/// The word of a tag of the taxonomy `estimative-language`: `very-likely`.
pub(super) fn estimated(tag: &str) -> Option<&'static str> {
    let value = tag
        .trim()
        .strip_prefix("estimative-language:likelihood-probability=")?;
    let word = value.trim_matches('"').replace('-', " ");
    Confidence::from_words(&word).map(Confidence::words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_tags_become_words_of_likelihood() {
        for (number, word) in [
            ("0", Some("almost no chance")),
            ("30", Some("unlikely")),
            ("50", Some("roughly even chance")),
            ("55", Some("likely")),
            ("100", Some("almost certain")),
            ("101", None),
            ("high", None),
        ] {
            assert_eq!(likelihood(number), word, "{number}");
        }
        let tag = "estimative-language:likelihood-probability=\"very-likely\"";
        assert_eq!(estimated(tag), Some("very likely"));
        assert_eq!(estimated("tlp:red"), None);
    }

    #[test]
    fn what_nests_too_deep_is_its_text() {
        let deep = (0..40).fold(Json::from("x"), |inner, _| {
            Json::Array(vec![inner, Json::from(1)])
        });
        fn depth(value: &Value) -> usize {
            match value {
                Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
                Value::Text(_)
                | Value::Bare(_)
                | Value::Prose(_)
                | Value::Entry(_)
                | Value::Map(_) => 0,
            }
        }
        assert_eq!(depth(&data(&deep)), DEEPEST);
    }
}
