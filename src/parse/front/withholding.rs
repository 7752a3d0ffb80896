//! What may have been meant to withhold: keys that are none of ours, and words that no key takes.
//! Reads nothing itself and reports nothing.
//!
//! Takes what was written; gives the key that it was perhaps meant to be. Rather too much is taken for it
//! than too little: a writer mends an error in a moment, and cannot take back what was published.

use super::tree::{Node, Value};
use crate::diag::closest;
use crate::model::date::{Moment, Unit};
use crate::model::{Date, Tlp};
use unicode_normalization::UnicodeNormalization as _;

/// The keys that withhold.
pub const KEYS: [&str; 4] = ["tlp", "draft", "publish", "withdrawn"];

/// Words that other tools use for what ours mean, as [`compact`] gives them.
const ELSEWHERE: &[(&str, &[&str])] = &[
    (
        "tlp",
        &[
            "marking",
            "markings",
            "objectmarkingrefs",
            "protectivemarking",
            "classification",
            "classifications",
            "classified",
            "sensitivity",
            "confidential",
            "confidentiality",
            "secrecy",
            "secret",
            "restricted",
            "restriction",
            "restrictions",
            "distribution",
            "dissemination",
            "releasability",
            "handling",
            "caveat",
            "clearance",
            "audience",
            "sharing",
            "access",
            "accesslevel",
            "securitylevel",
            "trafficlight",
            "trafficlightprotocol",
            "pap",
        ],
    ),
    (
        "draft",
        &[
            "drafts",
            "isdraft",
            "indraft",
            "published",
            "ispublished",
            "unpublished",
            "hidden",
            "hide",
            "ishidden",
            "private",
            "isprivate",
            "public",
            "ispublic",
            "internal",
            "unlisted",
            "listed",
            "visible",
            "visibility",
            "exclude",
            "excluded",
            "ignore",
            "noindex",
            "wip",
            "unfinished",
            "render",
            "headless",
        ],
    ),
    (
        "publish",
        &[
            "publishdate",
            "publishon",
            "publishat",
            "publishfrom",
            "publishafter",
            "publishtime",
            "publication",
            "publicationdate",
            "pubdate",
            "embargo",
            "embargoed",
            "embargountil",
            "embargodate",
            "release",
            "releasedate",
            "releaseon",
            "scheduled",
            "schedule",
            "availablefrom",
            "notbefore",
            "hold",
            "holduntil",
            "validfrom",
        ],
    ),
    (
        "withdrawn",
        &[
            "withdraw",
            "withdrawal",
            "withdrawndate",
            "retracted",
            "retraction",
            "revoked",
            "removed",
            "deleted",
            "deprecated",
            "superseded",
            "obsolete",
            "archived",
            "recalled",
            "expires",
            "expiry",
            "expired",
            "expirydate",
            "expiration",
            "expirationdate",
            "unpublish",
            "unpublishdate",
            "unpublishon",
            "validuntil",
            "notafter",
        ],
    ),
];

/// Values that say that something is withheld, whatever the key.
const STATES: &[&str] = &[
    "draft",
    "drafts",
    "wip",
    "unpublished",
    "private",
    "hidden",
    "unlisted",
    "internal",
    "secret",
    "confidential",
    "restricted",
    "classified",
    "embargoed",
    "embargo",
    "pending",
    "review",
    "inreview",
    "underreview",
    "scheduled",
    "withdrawn",
    "retracted",
    "revoked",
    "removed",
    "deleted",
    "archived",
    "never",
];

/// A name as it is compared here: compatibility forms and look-alikes as Latin letters, in lower case,
/// without anything between the letters.
#[must_use]
pub fn compact(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        return letters.map(|c| c.to_ascii_lowercase()).collect();
    }
    let letters = name.nfkc().flat_map(char::to_lowercase).map(latin);
    letters.filter(|c| c.is_alphanumeric()).collect()
}

/// The Latin letter that a letter of another script looks like.
const fn latin(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ӏ' => 'l',
        'ո' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ԝ' => 'w',
        other => other,
    }
}

/// The key that withholds which stands somewhere within a value that cannot be read as what it should be.
#[must_use]
pub fn within(node: &Node<'_>) -> Option<&'static str> {
    match &node.value {
        Value::Scalar(_) => None,
        Value::List(items) => items.iter().find_map(within),
        Value::Map(entries) => entries
            .iter()
            .find_map(|(key, node)| meant(&key.text, node).or_else(|| within(node))),
    }
}

/// The key that withholds as which a name can be read whatever stands around it; `tlp_level` and
/// `tlp-marking` are markings too.
#[must_use]
pub fn named(name: &str) -> Option<&'static str> {
    let compact = compact(name);
    let words = || name.split(|c: char| !c.is_alphanumeric());
    let is_tlp = |word: &str| match word.is_ascii() {
        true => word.eq_ignore_ascii_case("tlp"),
        false => self::compact(word) == "tlp",
    };
    if compact.starts_with("tlp") || words().any(is_tlp) {
        return Some("tlp");
    }
    KEYS.into_iter().find(|key| *key == compact)
}

/// Whether a name that other tools use for a marking has a marking for its value, or for one within it:
/// `classification: red`, `classification: { level: red }`.
#[must_use]
pub fn marks(name: &str, node: &Node<'_>) -> bool {
    holds_marking(node) && by_name(name) == Some("tlp")
}

fn holds_marking(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Scalar(scalar) => Tlp::from_name(&scalar.text).is_some_and(|tlp| tlp > Tlp::Clear),
        Value::List(items) => items.iter().any(holds_marking),
        Value::Map(entries) => entries.iter().any(|(_, node)| holds_marking(node)),
    }
}

/// The key that withholds which one that does not exist was perhaps meant to be, by its name or by what
/// stands under it: yes or no, a day, a marking, a state, or another such key.
#[must_use]
pub fn meant(key: &str, node: &Node<'_>) -> Option<&'static str> {
    by_name(key).or_else(|| by_value(node))
}

/// The same by its name alone.
#[must_use]
pub fn by_name(key: &str) -> Option<&'static str> {
    named(key)
        .or_else(|| elsewhere(key))
        .or_else(|| closest(&compact(key), KEYS))
}

/// The key that withholds for which other tools use a name.
#[must_use]
pub fn elsewhere(key: &str) -> Option<&'static str> {
    let compact = compact(key);
    let mut all = ELSEWHERE.iter();
    let found = all.find(|(_, words)| words.contains(&compact.as_str()));
    found.map(|(means, _)| *means)
}

/// The same by what stands under it alone.
#[must_use]
pub fn by_value(node: &Node<'_>) -> Option<&'static str> {
    match &node.value {
        Value::Scalar(scalar) => by_word(&scalar.text),
        Value::List(items) => items.iter().find_map(by_value),
        Value::Map(entries) => entries
            .iter()
            .find_map(|(key, node)| meant(&key.text, node)),
    }
}

/// The key to which a value belongs that says that something is withheld.
#[must_use]
pub fn by_word(text: &str) -> Option<&'static str> {
    let compact = compact(text);
    if Tlp::from_name(text).is_some() || compact.starts_with("tlp") {
        return Some("tlp");
    }
    let is_day = matches!(
        Date::from_text(text.trim()),
        Ok(Date::At(Moment {
            about: false,
            part: None,
            // A time is none, but may have been meant as one.
            unit: Unit::Day(_) | Unit::Time(_),
        }))
    );
    if is_day {
        return Some("publish");
    }
    let switch = ["true", "false", "yes", "no", "on", "off", "y", "n"];
    (switch.contains(&compact.as_str()) || STATES.contains(&compact.as_str())).then_some("draft")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn what_may_withhold_is_told_by_name_or_by_value() {
        for (key, value, expected) in [
            ("darft", "x", Some("draft")),
            ("Draft", "x", Some("draft")),
            ("is-draft", "x", Some("draft")),
            ("Pub lish", "x", Some("publish")),
            ("embargo_until", "x", Some("publish")),
            ("TLP", "x", Some("tlp")),
            ("ТLР", "x", Some("tlp")),
            ("ｔｌｐ", "x", Some("tlp")),
            ("tlp_level", "x", Some("tlp")),
            ("t-l-p", "x", Some("tlp")),
            ("withdrawn_on", "x", Some("withdrawn")),
            ("geheim", "yes", Some("draft")),
            ("ab", "2026-01-31", Some("publish")),
            ("farbe", "TLP:AMBER", Some("tlp")),
            ("state", "in review", Some("draft")),
            ("weight", "3", None),
            ("layout", "post", None),
            ("colour", "blue", None),
        ] {
            let node = Node::scalar(value, false, Span::new(0, 0));
            assert_eq!(meant(key, &node), expected, "{key}: {value}");
        }
        assert_eq!((named("outlpace"), named("drafted")), (None, None));
    }
}
