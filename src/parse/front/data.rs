//! `extra`: values for templates, read by the YAML core schema.

use super::tree::{Node, Value};
use crate::model::Data;

/// The data of a node. Quoted scalars are text; plain ones are what the core schema says (YAML
/// 1.2.2, 10.3.2).
#[must_use]
pub fn data(node: &Node<'_>) -> Data {
    match &node.value {
        Value::Scalar(scalar) if scalar.quoted => Data::Text(scalar.text.clone().into_owned()),
        Value::Scalar(scalar) => plain(&scalar.text),
        Value::List(items) => Data::List(items.iter().map(data).collect()),
        Value::Map(entries) => Data::Map(
            entries
                .iter()
                .map(|(key, node)| (key.text.clone().into_owned(), data(node)))
                .collect(),
        ),
    }
}

fn plain(text: &str) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true),
        "false" | "False" | "FALSE" => Data::Bool(false),
        _ => integer(text)
            .map(Data::Integer)
            .or_else(|| float(text).map(Data::Float))
            .unwrap_or_else(|| Data::Text(text.to_owned())),
    }
}

fn integer(text: &str) -> Option<i64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return unsigned(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return unsigned(digits, 8);
    }
    text.parse().ok()
}

/// `from_str_radix` would take a sign here.
fn unsigned(digits: &str, radix: u32) -> Option<i64> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain
        .then(|| i64::from_str_radix(digits, radix).ok())
        .flatten()
}

fn float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            return Some(if text.starts_with('-') {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            });
        }
        ".nan" | ".NaN" | ".NAN" => return (unsigned == text).then_some(f64::NAN),
        _ => {}
    }
    // Rust would also take "inf" and "nan", which are words here.
    let digits = unsigned
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit() || byte == b'.');
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for (text, expected) in [
            ("~", Data::Null),
            ("True", Data::Bool(true)),
            ("NO", Data::Text("NO".into())),
            ("yes", Data::Text("yes".into())),
            ("012", Data::Integer(12)),
            ("0o17", Data::Integer(15)),
            ("0x1F", Data::Integer(31)),
            ("0x-1", Data::Text("0x-1".into())),
            ("-7", Data::Integer(-7)),
            ("1.10", Data::Float(1.1)),
            (".5", Data::Float(0.5)),
            ("1e3", Data::Float(1000.0)),
            ("-.inf", Data::Float(f64::NEG_INFINITY)),
            ("inf", Data::Text("inf".into())),
            ("nan", Data::Text("nan".into())),
            ("2016-02-04", Data::Text("2016-02-04".into())),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
