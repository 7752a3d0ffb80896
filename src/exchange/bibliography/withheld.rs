//! What names and texts of other forms say of who may see something.
//!
//! Takes a name with what stands under it, or a text; gives whether that marks or keeps back, so that no reader puts it away
//! as one thing among others. Which level it is the caller reads: what cannot be read withholds.

use crate::exchange::{Value, written};
use crate::model::Tlp;
use crate::model::slug::slugify;
use crate::parse::front::withholding;
use crate::parse::statics;

/// What a name and its value mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) enum Means {
    /// The value is a marking, or should be one.
    Marking,
    /// It is kept back, in words that are no marking: a draft, what is private, what is not yet to be read.
    Kept,
}

/// What a name means with what it says; nothing where it says nothing of who may see.
pub(in crate::exchange) fn means(name: &str, said: &str) -> Option<Means> {
    match withholding::named(name) {
        Some("tlp") => return Some(Means::Marking),
        Some(_) => return Some(Means::Kept),
        None => {}
    }
    match withholding::elsewhere(name) {
        Some("tlp") => Some(Means::Marking),
        Some(_) => (!says_open(name, said)).then_some(Means::Kept),
        None => None,
    }
}

/// Names under which a text tells when it was published or put away, which is no date of ours.
const OF_A_TEXT: &[&str] = &[
    "archived",
    "pubdate",
    "publication",
    "publicationdate",
    "published",
    "publishdate",
    "release",
    "releasedate",
];

/// Whether a name only tells the date of a text.
pub(in crate::exchange) fn dates(name: &str, said: &str) -> bool {
    OF_A_TEXT.contains(&withholding::compact(name).as_str())
        && said.starts_with(|c: char| c.is_ascii_digit())
        && written::date(said).is_some()
}

/// Whether a name such as `public` or `hidden` says with its value that something may be seen.
fn says_open(name: &str, said: &str) -> bool {
    let name = withholding::compact(name);
    let opens = ["public", "published", "listed", "visible"];
    let closes = name.starts_with("un") || name.contains("hidden");
    let opens = !closes && opens.iter().any(|word| name.contains(word));
    match withholding::compact(said).as_str() {
        "true" | "yes" | "y" | "1" | "on" => opens,
        "false" | "no" | "n" | "0" | "off" => !opens,
        _ => false,
    }
}

/// Words that, before a colon, head a marking and nothing else.
const HEADS: &[&str] = &[
    "caveat",
    "classification",
    "confidentiality",
    "handling",
    "marking",
    "markings",
    "protectivemarking",
    "sensitivity",
];

/// The markings that lines of a text give under such names: `classification: secret`, with the names.
pub(in crate::exchange) fn headed(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        let sign = |c: char| !c.is_alphanumeric();
        let name = name.trim_matches(sign);
        let heads = HEADS.contains(&withholding::compact(name).as_str());
        heads.then(|| {
            (
                name.to_owned(),
                value.trim_matches([':', ' ', '*']).to_owned(),
            )
        })
    });
    lines.collect()
}

/// The highest label in a text.
pub(in crate::exchange) fn label(text: &str) -> Option<Tlp> {
    statics::highest(text.as_bytes())
}

/// The highest label in a name, or in the address that would be made of it.
pub(in crate::exchange) fn label_in_name(name: &str) -> Option<Tlp> {
    let slug = statics::in_name(&slugify(name));
    label(name).max(statics::in_name(name)).max(slug)
}

/// What a name with a value marks: the text of the marking, which is empty where it has none that could be read.
pub(super) fn marking(name: &str, value: &Value) -> Option<String> {
    let said = match value {
        Value::Text(text) | Value::Bare(text) => text.as_str(),
        Value::Prose(_) | Value::Entry(_) | Value::List(_) | Value::Map(_) => "",
    };
    if dates(name, said) {
        return None;
    }
    means(name, said).map(|means| match means {
        Means::Marking => said.to_owned(),
        Means::Kept => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_a_marking_mark_whatever_they_say() {
        for (name, said, expected) in [
            ("tlp", "clear", Some(Means::Marking)),
            ("classification", "secret", Some(Means::Marking)),
            ("Handling", "", Some(Means::Marking)),
            ("draft", "no", Some(Means::Kept)),
            ("private", "true", Some(Means::Kept)),
            ("private", "perhaps", Some(Means::Kept)),
            ("private", "false", None),
            ("is_public", "yes", None),
            ("unpublished", "no", None),
            ("embargo", "2030", Some(Means::Kept)),
            ("volume", "3", None),
        ] {
            assert_eq!(means(name, said), expected, "{name}: {said}");
        }
        assert!(dates("pubdate", "2016-05") && !dates("embargo", "2016-05"));
        assert!(!dates("published", "no") && !dates("published", "false"));
    }

    #[test]
    fn lines_are_headed_by_a_marking() {
        let text = "One.\n**Classification:** secret\nAccess: by the library\nhandling:: x";
        let expected = [("Classification", "secret"), ("handling", "x")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(headed(text), expected);
    }
}
