//! Markings in JSON, which says a label in two pieces: a key and its value.
//!
//! Takes a text; gives what its objects say under keys that name the protocol, however they nest: `"tlp": "amber"`,
//! `"tlpLevel": ["amber"]`, `"tlp": {"label": "AMBER"}` (CSAF), `{"name": "tlp", "value": "amber"}`. Under the name
//! itself what cannot be read says something as well. What is no JSON from some place on gives nothing from there on.

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

/// The members that hold a level where another names the protocol.
const OF_LEVELS: [&str; 8] = [
    "value", "color", "colour", "code", "label", "level", "marking", "string",
];

fn look(value: &Value, found: &mut Vec<(Reading, String)>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| look(value, found)),
        Value::Object(members) => {
            let texts = || members.values().filter_map(Value::as_str);
            let pairs = texts().any(label::heads_tlp);
            let exactly = pairs && texts().any(label::is_name_of_level);
            for (key, value) in members {
                let level = OF_LEVELS.iter().any(|it| key.eq_ignore_ascii_case(it));
                if label::heads_tlp(key) {
                    say(value, label::is_name_of_level(key), found);
                } else if pairs && level {
                    say(value, exactly, found);
                } else {
                    look(value, found);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What stands under a key that names the protocol, or, `exactly`, that and nothing else.
fn say(value: &Value, exactly: bool, found: &mut Vec<(Reading, String)>) {
    match value {
        Value::String(text) => {
            let reading = match exactly {
                true => label::under_name(text),
                false => label::colour(text).or_else(|| label::numbered(text.trim().parse().ok()?)),
            };
            found.extend(reading.map(|reading| (reading, text.clone())));
        }
        Value::Number(number) => {
            let reading = number.as_u64().and_then(label::numbered);
            let reading = reading.or(exactly.then_some(Reading::Unknown));
            found.extend(reading.map(|reading| (reading, number.to_string())));
        }
        Value::Array(values) => values.iter().for_each(|value| say(value, exactly, found)),
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            let level = OF_LEVELS.iter().any(|it| key.eq_ignore_ascii_case(it));
            say(
                value,
                exactly && (level || label::is_name_of_level(key)),
                found,
            );
        }),
        Value::Null | Value::Bool(_) => {}
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
            (r#"{"tlp":"amb"}"#, Some(Tlp::Amber)),
            (r#"{"TLP":"A"}"#, Some(Tlp::Amber)),
            (r#"{"tlp":"intern"}"#, Some(Tlp::Red)),
            (r#"{"tlp":9}"#, Some(Tlp::Red)),
            (r#"{"tlp":null,"x":{"tlp":"none"}}"#, None),
            (
                r#"{"tlp":{"type":"string","description":"a marking"}}"#,
                None,
            ),
            (r#"{"TLP":"Traffic Light Protocol"}"#, None),
            (
                r#"{"xsi:type":"tlpMarking:TLPMarkingStructureType","color":"AMBER"}"#,
                Some(Tlp::Amber),
            ),
            (r#"{"name":"tlp","value":"tlp"}"#, None),
            (r#"{"name":"tlp-help","value":"text"}"#, None),
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
