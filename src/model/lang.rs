//! In which direction a language and a text are written.
//!
//! Takes language tags (BCP 47) and text; knows nothing of pages. Browsers work out the direction itself
//! (`dir="auto"`); this only tells where they have to.

/// Languages that are written from right to left unless their tag names another script.
const LANGUAGES: [&str; 25] = [
    "aii", "ar", "arc", "arz", "ary", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "iw", "ji",
    "lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd", "syr", "ug", "ur", "yi",
];

/// Scripts that are (ISO 15924).
const SCRIPTS: [&str; 14] = [
    "adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "sogd", "syrc", "syre",
    "syrj", "thaa",
];

/// Whether a language is written from right to left.
#[must_use]
pub fn is_from_right(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("");
    let script =
        parts.find(|part| part.len() == 4 && part.bytes().all(|it| it.is_ascii_alphabetic()));
    match script {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&language),
    }
}

/// Whether the first letter of a text that has a direction is written from right to left; `None` where none
/// has one.
#[must_use]
pub fn starts_from_right(text: &str) -> Option<bool> {
    let letter = text.chars().find(|c| c.is_alphabetic())?;
    Some(matches!(
        letter,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    ))
}

/// Whether a text may hold letters that are written from right to left, by its bytes.
#[must_use]
pub fn may_be_from_right(text: &str) -> bool {
    // U+0590 to U+07FF, then the first bytes of all others.
    let suspect = |found: bool, byte: u8| {
        found | (0xd6..=0xdf).contains(&byte) | (byte == 0xe0) | (byte == 0xef) | (byte == 0xf0)
    };
    text.bytes().fold(false, suspect)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_a_direction() {
        for tag in ["fa", "he", "ar-EG", "UR", "az-Arab", "ku-Arab-IQ", "yi"] {
            assert!(is_from_right(tag), "{tag}");
        }
        for tag in ["en", "zh-Hans", "fa-Latn", "ko-KR", "ru", "", "ar-Latn"] {
            assert!(!is_from_right(tag), "{tag}");
        }
    }

    #[test]
    fn texts_have_a_direction() {
        for (text, expected) in [
            ("گربه APT35", Some(true)),
            ("2014: شلوم", Some(true)),
            ("שלום", Some(true)),
            ("APT35 گربه", Some(false)),
            ("海莲花", Some(false)),
            ("12 + 3", None),
        ] {
            assert_eq!(starts_from_right(text), expected, "{text}");
            assert!(expected != Some(true) || may_be_from_right(text), "{text}");
        }
        assert!(!may_be_from_right("Häufig, 海莲花, Рус"));
    }
}
