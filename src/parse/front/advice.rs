//! Advice about keys that are none: it can be put where the key stands, and changes no meaning.
//!
//! Takes the key that was perhaps meant; gives the sentence, and whether it can simply be put in the place of the
//! other. Decides nothing and reports nothing.

use super::tree::{Key, Node, Value};
use super::withholding::compact;
use crate::model::{Date, Tlp};

/// What is said of a key that is none.
pub(super) struct Meant {
    /// The sentence.
    pub words: String,
    /// Whether the key that was perhaps meant can be put in its place.
    pub takes_its_place: bool,
}

/// The key that an unknown one was perhaps meant to be, as it can be put in its place: not where it stands
/// already, or where the value would be none of its own or say the opposite.
pub(super) fn meant(
    near: &str,
    key: &Key<'_>,
    node: &Node<'_>,
    entries: &[(Key<'_>, Node<'_>)],
) -> Meant {
    let (words, takes_its_place) = sentence(near, key, node, entries);
    Meant {
        words,
        takes_its_place,
    }
}

fn sentence(
    near: &str,
    key: &Key<'_>,
    node: &Node<'_>,
    entries: &[(Key<'_>, Node<'_>)],
) -> (String, bool) {
    if entries.iter().any(|(other, _)| other.text == near) {
        return (
            format!("did you mean `{near}`, which stands here already?"),
            false,
        );
    }
    if near == "draft" && is_opposite(&key.text) {
        let key = &key.text;
        return (
            format!("did you mean `draft: true`, which says the opposite of `{key}`?"),
            false,
        );
    }
    match takes(near, node) {
        Some(takes) => (
            format!("did you mean `{near}`, which takes {takes}?"),
            false,
        ),
        None => (format!("did you mean `{near}`?"), true),
    }
}

/// Whether a word says of an entry that it is shown, where `draft` says that it is not.
fn is_opposite(key: &str) -> bool {
    const SHOWN: [&str; 9] = [
        "published",
        "ispublished",
        "public",
        "ispublic",
        "listed",
        "visible",
        "isvisible",
        "render",
        "live",
    ];
    SHOWN.contains(&&*compact(key))
}

/// What a key that withholds takes, where a value is none of that.
fn takes(key: &str, node: &Node<'_>) -> Option<&'static str> {
    let text = match &node.value {
        Value::Scalar(scalar) => Some(&*scalar.text),
        Value::List(_) | Value::Map(_) => None,
    };
    let (fits, takes) = match key {
        "tlp" => (
            text.is_some_and(|text| Tlp::from_name(text).is_some()),
            "clear, green, amber, amber+strict or red",
        ),
        "draft" => (matches!(text, Some("true" | "false")), "`true` or `false`"),
        "withdrawn" => (
            matches!(node.value, Value::Map(_)),
            "`{ date: 2026-01-31, reason: … }`",
        ),
        "publish" => (
            text.is_some_and(|text| Date::from_text(text).is_ok()),
            "a day, `2026-01-31`",
        ),
        _ => return None,
    };
    (!fits).then_some(takes)
}
