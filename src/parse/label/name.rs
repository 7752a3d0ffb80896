//! Labels in names: of files and folders, tags, footnotes, ids and classes.
//!
//! Takes a name; gives the highest marking that it says. Whatever joins the words of a name may stand between
//! those of a label (`apt38.tlp-red`, `marking/tlp/red`, `ReportTLPRed`), in front of it and behind it, and
//! capitals say nothing: `red_tlp` is one as well. Never decides whether it may stand there.

use super::super::front::withholding::elsewhere;
use super::words::{COLOURS, is_level_word, is_misspelt, is_word};
use super::{Label, Reading, Seen, colour, find, holds_tlp, is_unseen, possible};
use crate::model::Tlp;

/// The highest marking that a name says.
pub(crate) fn in_name(name: &str) -> Option<Tlp> {
    if !possible(name) {
        return None;
    }
    let sound = |label: &Label| label.plain || label.reading != Reading::Unknown;
    let joined = joined(name);
    let labels = find(name).into_iter().chain(find(&joined));
    let levels = labels.filter(sound).map(|label| label.reading.level());
    let levels = levels.chain(about_tlp(&joined));
    levels.chain(behind_words(&joined)).max()
}

/// Whether a text that heads others, a column or a key, names the protocol, with other words perhaps: "TLP level",
/// `tlpLevel`.
pub(crate) fn heads_tlp(text: &str) -> bool {
    let letter = |letter: u8| text.bytes().any(|byte| byte | 0x20 == letter);
    // Asked of every cell of large tables; "traffic light" has one.
    let likely = !text.is_ascii() || letter(b'g') || holds_tlp(text);
    let signs = text.chars().filter(|c| !is_unseen(*c));
    likely && signs.take(40).count() < 40 && (holds_name(text) || holds_name(&joined(text)))
}

/// Whether one of the words of a text is the name, or two of them are.
fn holds_name(text: &str) -> bool {
    let seen = Seen::of(text).bytes;
    let words = seen.split(|byte| !is_word(*byte));
    let mut last: &[u8] = b"";
    words.filter(|word| !word.is_empty()).any(|word| {
        let names = word == b"tlp" || (last == b"traffic" && word == b"light");
        last = word;
        names
    })
}

/// Whether a key and its value were meant to be a mark: `tpl=amber`, `marking=red`.
pub(crate) fn is_attribute(word: &str) -> bool {
    let Some((key, value)) = word.split_once(['=', ':']) else {
        return false;
    };
    let signs = |c: char| !c.is_alphanumeric();
    let (key, value) = (key.trim_matches(signs), value.trim_matches(signs));
    (is_misspelt(key.as_bytes()) || elsewhere(key) == Some("tlp")) && colour(value).is_some()
}

/// The words of a name, with one sign between them.
pub(crate) fn joined(name: &str) -> String {
    let mut joined = String::with_capacity(name.len() + 8);
    let (mut small, mut large) = (false, false);
    let mut signs = name.chars().peekable();
    while let Some(c) = signs.next() {
        // A word begins with a capital behind a small letter, or before one behind capitals: `TLPLevel`.
        let before_small = signs.peek().is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && (small || (large && before_small)) {
            joined.push('-');
        }
        (small, large) = (c.is_lowercase(), c.is_uppercase());
        joined.push(match c {
            '_' | '.' | '/' | ' ' | '~' | '@' => '-',
            c => c,
        });
    }
    joined
}

/// Words of other schemes: behind the name of the protocol they are labels that cannot be read.
const RESTRICTED: [&[u8]; 5] = [
    b"internal",
    b"restricted",
    b"confidential",
    b"secret",
    b"private",
];

/// The colours that stand before the name of the protocol, `amber-strict-tlp`, and words behind it that no colour
/// is: `tlp-internal`.
fn about_tlp(joined: &str) -> impl Iterator<Item = Tlp> {
    let seen = Seen::of(joined).bytes;
    let words: Vec<&[u8]> = seen
        .split(|byte| !is_word(*byte))
        .filter(|word| !word.is_empty())
        .collect();
    let level = |pair: &[&[u8]]| match pair {
        [b"strict", b"tlp"] => Some(Tlp::AmberStrict),
        [b"tlp", word] if RESTRICTED.contains(word) => Some(Tlp::Red),
        [word, b"tlp"] => COLOURS
            .iter()
            .find(|(colour, _)| colour == word)
            .map(|(_, reading)| reading.level()),
        _ => None,
    };
    let levels: Vec<Tlp> = words.windows(2).filter_map(level).collect();
    levels.into_iter()
}

/// The colours behind the name with words of levels and of looks between: `tlp-level-amber`, `tlp-badge-amber`.
fn behind_words(joined: &str) -> impl Iterator<Item = Tlp> {
    const LOOKS: [&[u8]; 9] = [
        b"badge", b"banner", b"bg", b"box", b"btn", b"chip", b"pill", b"tag", b"text",
    ];
    let seen = Seen::of(joined).bytes;
    let mut levels = Vec::new();
    let mut named = false;
    for word in seen.split(|byte| !is_word(*byte)) {
        let mut colours = COLOURS.iter();
        match colours.find(|(colour, _)| *colour == word) {
            Some((_, reading)) if named => levels.push(reading.level()),
            _ => {}
        }
        named = word == b"tlp" || named && (is_level_word(word) || LOOKS.contains(&word));
    }
    levels.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_markings_however_their_words_are_joined() {
        for (name, is) in [
            ("notes/TLP-AMBER/x", Some(Tlp::Amber)),
            ("apt38.tlp-red", Some(Tlp::Red)),
            ("TLP_AMBER report.pdf", Some(Tlp::Amber)),
            ("marking/tlp/red", Some(Tlp::Red)),
            ("report-tlp-amber-strict-2024", Some(Tlp::AmberStrict)),
            ("tlp.amber+strict", Some(Tlp::AmberStrict)),
            ("ReportTlpRed.pdf", Some(Tlp::Red)),
            ("reportTLPAmber", Some(Tlp::Amber)),
            ("red_tlp", Some(Tlp::Red)),
            ("AMBER (TLP).pdf", Some(Tlp::Amber)),
            ("2024_amber_strict_tlp", Some(Tlp::AmberStrict)),
            ("tlp2-green/x.csv", Some(Tlp::Green)),
            ("tlp-clear/tlp-green", Some(Tlp::Green)),
            ("TLP：红色.pdf", Some(Tlp::Red)),
            ("TLP:BLACK", Some(Tlp::Red)),
            ("tlp-white-2016", Some(Tlp::Clear)),
            ("TLP_RESTRICTED.pdf", Some(Tlp::Red)),
            ("tlp-internal/x", Some(Tlp::Red)),
            ("tlp-level-amber", Some(Tlp::Amber)),
            ("tlp-badge label red", Some(Tlp::Red)),
            ("tlp-team-red", None),
            ("what-tlp-is", None),
            ("tlp", None),
            ("tlp-levels", None),
            ("tlp-reference", None),
            ("tlp-2-0", None),
            ("infrared-tlp", None),
            ("outlplay-red", None),
            ("red-tulips", None),
        ] {
            assert_eq!(in_name(name), is, "{name}");
        }
    }

    #[test]
    fn heads_name_the_protocol_among_other_words() {
        for head in [
            "TLP",
            "tlpLevel",
            "TlP level",
            "TRAFFIC LIGHT",
            "trafficLight",
            "traffic  light",
            "TLР (с)",
            "T\u{200b}LP",
        ] {
            assert!(heads_tlp(head), "{head}");
        }
        let long = format!("TLP {}", "x".repeat(40));
        for head in [
            "TLPs",
            "traffic",
            "light",
            "traffic and light",
            "Outlplay",
            &long,
        ] {
            assert!(!heads_tlp(head), "{head}");
        }
    }

    #[test]
    fn attributes_that_were_meant_to_mark_are_told() {
        for word in [
            "tpl=amber",
            "{marking=\"red\"}",
            "tlo:GREEN",
            "Classification=amber",
            "traffic-light-protocol:red",
            "sensitivity=red",
            "sharing=amber",
        ] {
            assert!(is_attribute(word), "{word}");
        }
        for word in [
            "color=red",
            "title=\"x\"",
            "marking=5",
            "top=green",
            "published=red",
            "mark=amber",
            "red",
            "a:b",
        ] {
            assert!(!is_attribute(word), "{word}");
        }
    }
}
