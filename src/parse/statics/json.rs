//! Markings in JSON, which says a label in two pieces: a key and its value.
//!
//! Takes a text; gives what its objects say under keys that name the protocol, however they nest: `"tlp": "amber"`,
//! `"tlpLevel": ["amber"]`, `"tlp": {"label": "AMBER"}` (CSAF), `{"name": "tlp", "value": "amber"}`. What is no JSON
//! from some place on gives nothing from there on.

use super::label::{self, Reading};
use serde_json::Value;

/// What a text says, in its order: each with its words.
pub(super) fn markings(text: &str) -> Vec<(Reading, String)> {
    let mut found = Vec::new();
    let begins = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if begins.starts_with(['{', '[']) {
        let values = serde_json::Deserializer::from_str(begins).into_iter::<Value>();
        values
            .map_while(Result::ok)
            .for_each(|value| look(&value, &mut found));
    }
    found
}

fn look(value: &Value, found: &mut Vec<(Reading, String)>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| look(value, found)),
        Value::Object(members) => {
            let texts = members.values().filter_map(Value::as_str);
            let pairs = texts.clone().any(label::heads_tlp);
            for (key, value) in members {
                if label::heads_tlp(key) || (pairs && key.eq_ignore_ascii_case("value")) {
                    say(value, found);
                } else {
                    look(value, found);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What stands under a key that names the protocol.
fn say(value: &Value, found: &mut Vec<(Reading, String)>) {
    match value {
        Value::String(text) => {
            let reading = label::colour(text);
            let reading = reading.or_else(|| numbered(text.trim().parse().ok()?));
            found.extend(reading.map(|reading| (reading, text.clone())));
        }
        Value::Number(number) => {
            let reading = number.as_u64().and_then(numbered);
            found.extend(reading.map(|reading| (reading, number.to_string())));
        }
        Value::Array(values) => values.iter().for_each(|value| say(value, found)),
        Value::Object(members) => members.values().for_each(|value| say(value, found)),
        Value::Null | Value::Bool(_) => {}
    }
}

/// A level as it is counted from 0, where TLP:CLEAR is the first. What the third is differs (TheHive 4 and 5).
fn numbered(level: u64) -> Option<Reading> {
    use crate::model::Tlp;
    match level {
        0 => Some(Reading::Colour(Tlp::Clear)),
        1 => Some(Reading::Colour(Tlp::Green)),
        2 => Some(Reading::Colour(Tlp::Amber)),
        3..=4 => Some(Reading::Colour(Tlp::Red)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Tlp;

    #[test]
    fn what_json_says_in_two_pieces_is_read() {
        for (text, is) in [
            (r#"{"tlp":"amber"}"#, Some(Tlp::Amber)),
            (r#"{"tlp":["amber"]}"#, Some(Tlp::Amber)),
            (r#"{"a":[{"tlpLevel":"red"}]}"#, Some(Tlp::Red)),
            (
                r#"{"tlp":{"url":"https://www.first.org/tlp/","label":"AMBER"}}"#,
                Some(Tlp::Amber),
            ),
            (
                r#"{"tags":[{"value":"amber","name":"tlp"}]}"#,
                Some(Tlp::Amber),
            ),
            (
                r#"{"customFields":{"tlp-level":{"order":9,"string":"RED"}}}"#,
                Some(Tlp::Red),
            ),
            (r#"{"t\u006cp":"\u0061mber"}"#, Some(Tlp::Amber)),
            (r#"{"tlp":2}"#, Some(Tlp::Amber)),
            ("{\"a\":1}\n{\"caseTlp\":\"3\"}\n", Some(Tlp::Red)),
            (r#"{"tlp":"clear","colour":"red"}"#, Some(Tlp::Clear)),
            (r#"{"outlplay":"red"}"#, None),
            (r#"{"tlp":true}"#, None),
            (r#"{"tlp":"#, None),
            ("tlp: amber", None),
        ] {
            let levels = markings(text)
                .into_iter()
                .map(|(reading, _)| reading.level());
            assert_eq!(levels.max(), is, "{text}");
        }
    }

    #[test]
    fn what_nests_deeper_than_it_is_read_ends() {
        assert!(markings(&"[".repeat(250_000)).is_empty());
    }
}
