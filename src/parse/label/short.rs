//! What stands under a name of the protocol: a key, a column, an attribute, a class.
//!
//! Takes a value and what is known of its name; gives the marking that it says in whatever short form, `amb`, `A`,
//! `2`. Where the name is that of the protocol and of nothing else, a value that cannot be read is one as well.

use super::super::front::withholding::elsewhere;
use super::name::joined;
use super::words::{COLOURS, is_misspelt};
use super::{Reading, Seen, colour, colour_in_column, find, heads_tlp, names_level, possible};
use crate::model::{Tlp, html};

/// Whether a name is that of the protocol, with words of levels at most: `tlp`, `data-tlp`, `tlpLevel`.
pub(crate) fn is_name_of_level(name: &str) -> bool {
    let name = name.trim();
    let name = ["data-", "x-", "meta_", "meta-", "$"]
        .iter()
        .find_map(|head| name.strip_prefix(head))
        .unwrap_or(name);
    let name = name.rsplit(':').next().unwrap_or(name);
    heads_tlp(name) && {
        let joined = joined(name);
        names_level(&joined) && !joined.to_ascii_lowercase().contains("version")
    }
}

/// What a value says under such a name: none where it says that there is no marking, or nothing.
pub(crate) fn under_name(value: &str) -> Option<Reading> {
    let value = value.trim();
    if !value.contains(char::is_alphanumeric) && colour(value).is_none() {
        return None;
    }
    if let Some(reading) = readable_under_name(value) {
        return Some(reading);
    }
    let none = [
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "false",
        "unmarked",
        "unknown",
        "undefined",
        "tbd",
        "no",
    ];
    // What a program puts there, and what the name stands for.
    let filled =
        value.starts_with(['$', '{', '<', '%', '&', '*', '!', '@']) || value.starts_with("http");
    let named = value.to_ascii_lowercase().contains("traffic")
        || is_name_of_level(value)
        || heads_tlp(value);
    (!none.contains(&&*value.to_ascii_lowercase()) && !filled && !named).then_some(Reading::Unknown)
}

/// The same of a value that can be read as a marking.
pub(crate) fn readable_under_name(value: &str) -> Option<Reading> {
    let value = value.trim();
    let labelled = || {
        let labels = if possible(value) {
            find(value)
        } else {
            Vec::new()
        };
        let levels = labels.into_iter().map(|label| label.reading);
        levels.max_by_key(|reading| reading.level())
    };
    colour_in_column(value)
        .or_else(|| value.parse().ok().and_then(numbered))
        .or_else(|| begun(value))
        .or_else(labelled)
}

/// The colour that a few letters are short for: `amb`, `a`, `a+s`.
fn begun(value: &str) -> Option<Reading> {
    let letters: Vec<u8> = Seen::of(value).bytes;
    let word: Vec<u8> = letters
        .iter()
        .copied()
        .filter(|byte| !b" .-_".contains(byte))
        .collect();
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    let strict = [
        b"a+s".as_slice(),
        b"a+",
        b"as",
        b"amb+s",
        b"ambs",
        b"amb+",
        b"amber+",
        b"ambers",
        b"amber+s",
    ];
    if strict.contains(&&*word) {
        return Some(Reading::Colour(Tlp::AmberStrict));
    }
    let mut colours = COLOURS.iter();
    colours
        .find(|(colour, _)| colour.starts_with(&word))
        .map(|(_, reading)| *reading)
}

/// A level as it is counted from 0, where TLP:CLEAR is the first. What the third is differs (TheHive 4 and 5).
pub(crate) fn numbered(level: u64) -> Option<Reading> {
    match level {
        0 => Some(Reading::Colour(Tlp::Clear)),
        1 => Some(Reading::Colour(Tlp::Green)),
        2 => Some(Reading::Colour(Tlp::Amber)),
        3..=4 => Some(Reading::Colour(Tlp::Red)),
        _ => None,
    }
}

/// What an attribute says that a writer typed: `data-tlp="2"`, `class="tlp-3"`, `marking="amber"`.
pub(crate) fn in_attribute(name: &str, value: &str) -> Option<Reading> {
    if is_name_of_level(name) {
        // Without a value it marks, and does not say how.
        let says = under_name(value);
        return says.or_else(|| value.trim().is_empty().then_some(Reading::Unknown));
    }
    let name = name.strip_prefix("data-").unwrap_or(name);
    if is_misspelt(name.as_bytes()) || elsewhere(name) == Some("tlp") {
        return colour(value);
    }
    match name {
        "class" | "rel" | "part" | "slot" => value
            .split_whitespace()
            .filter_map(in_class)
            .max_by_key(|it| it.level()),
        "id" | "name" | "for" => in_id(value),
        _ => None,
    }
}

/// The attributes that hold a colour where another names the protocol.
const OF_COLOURS: [&str; 9] = [
    "color", "colour", "content", "label", "level", "marking", "rating", "status", "value",
];

/// What the attributes of a tag say, each with its value.
pub(crate) fn in_tag(name: &str, attributes: &str) -> Vec<(Reading, String)> {
    // Most have none, or one that says nothing.
    if attributes
        .trim_matches(|c: char| c.is_whitespace() || c == '/')
        .is_empty()
    {
        return Vec::new();
    }
    let attributes: Vec<(String, String)> = html::attributes(attributes).collect();
    let named = heads_tlp(name) || attributes.iter().any(|(_, value)| heads_tlp(value));
    let read = attributes.into_iter().filter_map(|(name, value)| {
        let local = name.rsplit(':').next().unwrap_or(&name);
        let local = local.strip_prefix("data-").unwrap_or(local);
        let reading = match in_attribute(&name, &value) {
            None if named && OF_COLOURS.contains(&local) => readable_under_name(&value),
            reading => reading,
        };
        Some((reading?, value))
    });
    read.collect()
}

/// The level that a class has in a short form: `tlp-3`, `tlp_a`, `TLP2`.
pub(crate) fn in_class(class: &str) -> Option<Reading> {
    let rest = after_name(class)?;
    match rest {
        "a" => Some(Reading::Colour(Tlp::Amber)),
        "as" | "a+s" => Some(Reading::Colour(Tlp::AmberStrict)),
        "r" => Some(Reading::Colour(Tlp::Red)),
        "g" => Some(Reading::Colour(Tlp::Green)),
        rest => numbered(rest.parse().ok()?),
    }
}

/// The same of an id or a tag, in which `tlp-1` and `tlp-2` are versions of the protocol, and `tlp:2` is none.
pub(crate) fn in_id(id: &str) -> Option<Reading> {
    let level = match after_name(id)? {
        level @ ("3" | "4") => level,
        level @ ("1" | "2") if id.trim_end_matches(level).ends_with([':', '=', '/']) => level,
        _ => return None,
    };
    numbered(level.parse().ok()?)
}

/// What stands in a name behind that of the protocol, in small letters.
fn after_name(name: &str) -> Option<&'static str> {
    const FORMS: [&str; 10] = ["a", "as", "a+s", "r", "g", "0", "1", "2", "3", "4"];
    let small = name.to_ascii_lowercase();
    let at = small.rfind("tlp")?;
    let begins = small
        .get(..at)?
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric());
    let signs = ['-', '_', ':', '=', '/', '.'];
    let rest = small.get(at + 3..)?.trim_start_matches(signs);
    // `tlp--level-3`
    let rest = rest.strip_prefix("level").unwrap_or(rest);
    let rest = rest.trim_start_matches(signs);
    FORMS.iter().find(|form| begins && **form == rest).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_read_under_a_name() {
        for (value, is) in [
            ("amber", Some(Tlp::Amber)),
            ("amb", Some(Tlp::Amber)),
            ("A", Some(Tlp::Amber)),
            ("a", Some(Tlp::Amber)),
            ("A+S", Some(Tlp::AmberStrict)),
            ("2", Some(Tlp::Amber)),
            ("3", Some(Tlp::Red)),
            ("7", Some(Tlp::Red)),
            ("r", Some(Tlp::Red)),
            ("rouge", Some(Tlp::Red)),
            ("gr", Some(Tlp::Green)),
            ("w", Some(Tlp::Clear)),
            ("clear", Some(Tlp::Clear)),
            ("TLP:RED", Some(Tlp::Red)),
            ("intern", Some(Tlp::Red)),
            ("see header", Some(Tlp::Red)),
            ("none", None),
            ("n/a", None),
            ("", None),
            ("–", None),
            ("{{ tlp }}", None),
            ("Traffic Light Protocol", None),
            ("https://www.first.org/tlp/", None),
        ] {
            assert_eq!(under_name(value).map(Reading::level), is, "{value}");
        }
    }

    #[test]
    fn attributes_say_markings() {
        for (name, value, is) in [
            ("data-tlp", "2", Some(Tlp::Amber)),
            ("data-tlp", "", Some(Tlp::Red)),
            ("tlp", "clear", Some(Tlp::Clear)),
            ("data-tlp-level", "high", Some(Tlp::Red)),
            ("x:tlp", "AMBER", Some(Tlp::Amber)),
            ("class", "badge tlp-3", Some(Tlp::Red)),
            ("class", "tlp_a", Some(Tlp::Amber)),
            ("class", "tlp-0 tlp-s tlp-badge", Some(Tlp::Clear)),
            ("class", "tlp tlp--level-3", Some(Tlp::Red)),
            ("class", "tlp-2-0 outlp-3", None),
            ("id", "tlp-2", None),
            ("id", "tlp_4", Some(Tlp::Red)),
            ("id", "tlp:2", Some(Tlp::Amber)),
            ("data-marking", "amber", Some(Tlp::Amber)),
            ("data-classification", "RED", Some(Tlp::Red)),
            ("data-tlp-version", "2.0", None),
            ("data-tlp-url", "/x", None),
            ("color", "red", None),
        ] {
            assert_eq!(
                in_attribute(name, value).map(Reading::level),
                is,
                "{name}={value}"
            );
        }
    }
}
