//! Sigma rules: YAML with meaning. Takes rules, correlations and filters, gives
//! Sigma's own keys, field modifiers, search identifiers, wildcards and the
//! condition's grammar their colours; never checks a rule.

use std::sync::LazyLock;

use super::{
    Class::*,
    pen::Pen,
    regex,
    table::{Table, words},
    yaml::{self, Dialect, Place},
};

/// Colours all that the pen holds.
pub(super) fn scan(pen: &mut Pen) {
    yaml::scan(pen, &Dialect { key, scalar });
}

/// The condition's language. Any word that is not of the grammar names a search.
static CONDITION: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: all and any by near not of or them
        function: avg count max min sum
        ",
    ),
    fold: true,
    glue: "*?-",
    other: Variable,
    ..Table::default()
});

fn key(pen: &mut Pen, place: &Place) {
    let class = match place.section {
        _ if place.column == 0 && is_own(place.key) => Keyword,
        "correlation" if is_own(place.key) => Keyword,
        "detection" | "filter" if matches!(place.key, "condition" | "timeframe" | "rules") => {
            Keyword
        }
        "detection" | "filter" if place.child == Some(place.column) => Variable,
        _ => Attribute,
    };
    pen.run(class, |c| c != '|');
    pen.each(|pen| {
        if pen.at("|") {
            pen.put(Operator, 1);
        } else {
            pen.run(Function, |c| c != '|');
        }
    });
}

/// Whether Sigma's specification knows the key.
fn is_own(key: &str) -> bool {
    const OWN: &str = " title id name related status description references author date modified \
        tags logsource detection correlation filter condition timeframe fields falsepositives \
        level license scope taxonomy type rules group-by timespan aliases generate ";
    !key.is_empty() && OWN.split_ascii_whitespace().any(|own| own == key)
}

fn scalar(pen: &mut Pen, place: &Place) {
    let modifier = |name| place.key.split('|').skip(1).any(|own| own == name);
    match (place.section, place.key) {
        (_, "condition") => CONDITION.scan(pen),
        ("level" | "status", _) | ("related" | "correlation", "type") => {
            pen.put(Constant, usize::MAX);
        }
        ("tags", _) => pen.put(Metadata, usize::MAX),
        ("logsource", key) if key != "definition" => pen.put(Type, usize::MAX),
        ("correlation", "rules" | "group-by") => pen.put(Variable, usize::MAX),
        ("detection" | "filter", _) if modifier("re") => regex::scan(pen),
        ("detection" | "filter", _) if modifier("fieldref") => pen.put(Attribute, usize::MAX),
        ("detection" | "filter", _) if modifier("cidr") => pen.put(Number, usize::MAX),
        ("detection" | "filter", _) if yaml::scalar_class(pen.rest()) == Str => wildcards(pen),
        _ => yaml::scalar(pen, place),
    }
}

/// A value to match: `*` and `?` are wildcards unless a backslash stands before them.
fn wildcards(pen: &mut Pen) {
    pen.each(|pen| match pen.first() {
        Some('*' | '?') => pen.put(Operator, 1),
        Some('\\') => pen.put(
            Str,
            if matches!(pen.ahead(1), '*' | '?' | '\\') {
                2
            } else {
                1
            },
        ),
        _ => pen.run(Str, |c| !matches!(c, '*' | '?' | '\\')),
    });
}
