//! Words of other marking schemes, which look as if they marked a text, and do not.
//!
//! Takes words (`dossier.toml`, `other_markings`); tells whether a line, or what brackets hold, is one of them. The
//! colours of TLP are among them, since one alone, `(AMBER)`, is how many mark: as words of the language they count
//! in capitals only, and where nothing else is said.
//! National and company schemes cannot be ordered against TLP, so none is read as a marking; to pass over one in
//! silence would publish what its writer meant to keep.

use super::{OwnPath, Tlp, own};
use crate::diag::{Code, Diagnostic, Severity};
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// Words that are looked for unless a dossier names its own.
pub const USUAL: &[&str] = &[
    "TOP SECRET",
    "SECRET",
    "CONFIDENTIAL",
    "RESTRICTED",
    "OFFICIAL",
    "OFFICIAL-SENSITIVE",
    "PROTECTED",
    "NOFORN",
    "FOUO",
    "PAP:RED",
    "PAP:AMBER",
    "PAP:GREEN",
    "RED",
    "AMBER",
    "AMBER+STRICT",
    "FOR OFFICIAL USE ONLY",
    "CUI",
    "LAW ENFORCEMENT SENSITIVE",
    "INTERNAL USE ONLY",
    "NOT FOR PUBLIC RELEASE",
    "COMMERCIAL IN CONFIDENCE",
    "COSMIC TOP SECRET",
    "NATO SECRET",
    "NATO CONFIDENTIAL",
    "NATO RESTRICTED",
    "NATO UNCLASSIFIED",
    "EU RESTRICTED",
    "RESTREINT UE",
    "VS-NfD",
    "VS-NUR FÜR DEN DIENSTGEBRAUCH",
    "VS-VERTRAULICH",
    "STRENG GEHEIM",
    "GEHEIM",
    "VERTRAULICH",
    "DIFFUSION RESTREINTE",
    "CONFIDENTIEL DÉFENSE",
    "SECRET DÉFENSE",
    "TRÈS SECRET",
    "RISERVATO",
    "RESERVADO",
    "DIFUSIÓN LIMITADA",
    "СЕКРЕТНО",
    "ДСП",
    "机密",
    "秘密",
    "绝密",
    "極秘",
    "社外秘",
    "取扱注意",
    "대외비",
    "기밀",
];

/// Words before a colon that say that what follows is a marking: `Classification: AMBER`.
const HEADS: [&str; 17] = [
    "CLASSIFICATION",
    "CONFIDENTIALITY",
    "DISSEMINATION",
    "DISTRIBUTION",
    "DOCUMENT CLASSIFICATION",
    "DOCUMENT MARKING",
    "EINSTUFUNG",
    "HANDLING",
    "HANDLING CAVEAT",
    "MARKING",
    "MARKINGS",
    "PAP",
    "PORTION MARKING",
    "PROTECTIVE MARKING",
    "SENSITIVITY",
    "SHARING",
    "SHARING LEVEL",
];

/// The colours of TLP that are above what everybody may see.
const COLOURS: [&str; 3] = ["RED", "AMBER", "AMBER STRICT"];

/// Longer texts are no marking.
const LONGEST: usize = 60;

/// How a dossier marks, and what else of its settings decides how a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markings {
    /// How entries without a marking are treated.
    pub default: Tlp,
    /// The words of other schemes that may mark nothing.
    pub others: Arc<Schemes>,
    /// Whether raw HTML in Markdown is passed on as it is.
    pub trust_html: bool,
    /// The address of the site's root, if it has one.
    pub site: Option<Arc<Url>>,
    /// Codes that the configuration lowers: of their problems only the firm ones are still errors.
    pub lowered: Arc<BTreeSet<Code>>,
}

impl From<Tlp> for Markings {
    fn from(default: Tlp) -> Markings {
        Markings {
            default,
            others: Arc::default(),
            trust_html: false,
            site: None,
            lowered: Arc::default(),
        }
    }
}

impl Markings {
    /// Whether any of these problems keeps the site from being made.
    #[must_use]
    pub fn are_broken_by(&self, problems: &[Diagnostic]) -> bool {
        let breaks = |it: &Diagnostic| it.firm || !self.lowered.contains(&it.code);
        problems
            .iter()
            .any(|it| it.severity == Severity::Error && breaks(it))
    }

    /// What an address of the site itself names, if that may be an entry: one that may be withheld.
    #[must_use]
    pub fn path_of_entry(&self, address: &str) -> Option<OwnPath> {
        own::path_of_entry(self.site.as_deref()?, address)
    }

    /// What an address of the site itself names, whatever it is: a former address may be any.
    #[must_use]
    pub fn path_below(&self, address: &str) -> Option<OwnPath> {
        own::path_below(self.site.as_deref()?, address)
    }

    /// What an address elsewhere holds of the site's own, if that may be an entry: its copy in an archive, for example.
    #[must_use]
    pub fn entry_within(&self, address: &str) -> Option<OwnPath> {
        own::entry_within(self.site.as_deref()?, address)
    }
}

/// The words of other schemes, as they are compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Schemes {
    words: BTreeSet<String>,
    /// The two letters with which they begin, as bits: these rule most texts out.
    heads: [u32; 26],
    /// Whether any begins with a digit.
    numbered: bool,
}

impl Default for Schemes {
    fn default() -> Self {
        Schemes::of(USUAL)
    }
}

impl Schemes {
    /// Schemes of these words.
    #[must_use]
    pub fn of<S: AsRef<str>>(words: &[S]) -> Schemes {
        let words = words.iter().map(|word| folded(word.as_ref()));
        let words: BTreeSet<String> = words.filter(|word| !word.is_empty()).collect();
        let mut heads = [0; 26];
        for head in words.iter().filter_map(|word| word.as_bytes().get(..2)) {
            if let [Some(first), Some(second)] = [letter(head[0]), letter(head[1])] {
                heads[first] |= 1 << second;
            }
        }
        let first = |word: &String| word.as_bytes().first().is_some_and(u8::is_ascii_digit);
        let numbered = words.iter().any(first);
        Schemes {
            words,
            heads,
            numbered,
        }
    }

    /// Whether a text is such a marking and nothing else: one of the words, or several between slashes
    /// (`SECRET//NOFORN`). A single word counts in capitals alone: a heading "Secret" is a word.
    #[must_use]
    pub fn names(&self, text: &str) -> bool {
        if text.len() > LONGEST || self.words.is_empty() {
            return false;
        }
        // `TLP:CLEAR PAP:AMBER`
        let text = match text
            .get(..4)
            .is_some_and(|head| head.eq_ignore_ascii_case("tlp:"))
        {
            true => text
                .trim_start()
                .split_once([' ', '/', ',', ';', '|'])
                .map_or("", |(_, rest)| rest),
            false => text,
        };
        if !self.may_begin(text) && !text.as_bytes().contains(&b'/') {
            return false;
        }
        let text = text.trim_matches(|c: char| c.is_whitespace() || "*_#/-–—=|:.".contains(c));
        if text.trim().is_empty() {
            return false;
        }
        let mut parts = text
            .split("//")
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.any(|part| {
            let small = part.chars().any(char::is_lowercase);
            let several = part.contains([' ', '-', '_', '/', '\u{a0}']);
            if small && !several || !self.may_begin(part) {
                return false;
            }
            let word = folded(part);
            !COLOURS.contains(&&*word) && self.words.contains(&word)
        })
    }

    /// Whether a text is a colour in capitals and nothing else.
    #[must_use]
    pub fn is_colour(&self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "*_#/-–—=|.".contains(c));
        let capitals = |c: char| c.is_ascii_uppercase() || matches!(c, '+' | ' ' | '-');
        // Asked of every line.
        if !text.starts_with(['R', 'A']) || text.len() > 16 || !text.chars().all(capitals) {
            return false;
        }
        let word = folded(text);
        COLOURS.contains(&&*word) && self.words.contains(&word)
    }

    /// Whether a text is what stands before a marking: `Classification`.
    #[must_use]
    pub fn heads(&self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "*_#:-=".contains(c));
        let is = |head: &&str| head.eq_ignore_ascii_case(text);
        text.len() < 30 && !self.words.is_empty() && HEADS.iter().any(is)
    }

    /// Whether a line begins with a word that heads markings, and a colour behind it: `Marking: AMBER`.
    #[must_use]
    pub fn is_headed(&self, line: &str) -> bool {
        let parts = line.split_once([':', '：', '=']);
        let Some((_, rest)) = parts.filter(|(head, _)| self.heads(head)) else {
            return false;
        };
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "*_([:=".contains(c));
        let sign = |c: char| !c.is_ascii_uppercase() && c != '+';
        let word = rest.split(sign).next().unwrap_or("");
        let strict = rest.strip_prefix("AMBER").is_some_and(|rest| {
            rest.trim_start_matches(['+', ' ', '-'])
                .starts_with("STRICT")
        });
        strict && self.words.contains("AMBER STRICT") || self.is_colour(word)
    }

    /// Whether a text may begin with one of the words: told by two letters of ASCII.
    fn may_begin(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let first = bytes
            .iter()
            .position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        let Some(head) = first.and_then(|first| bytes.get(first..)) else {
            return false;
        };
        match head {
            [first, ..] if first.is_ascii_digit() => self.numbered,
            [first, second, ..] => match [letter(*first), letter(*second)] {
                [Some(first), Some(second)] => self.heads[first] & 1 << second != 0,
                // Other characters rule nothing out.
                _ => true,
            },
            _ => true,
        }
    }

    /// The same of what the brackets at the head of a text hold: portion marks of the United States are
    /// known by their slashes, `(S//NF)`.
    #[must_use]
    pub fn names_portion(&self, text: &str) -> bool {
        let parted = text.len() <= LONGEST
            && text.contains("//")
            && text
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || " /,-".contains(c));
        !self.words.is_empty() && (parted || self.names(text) || self.is_colour(text))
    }
}

/// The place of a letter of ASCII in the alphabet.
fn letter(byte: u8) -> Option<usize> {
    let small = byte.to_ascii_lowercase();
    small
        .is_ascii_lowercase()
        .then(|| usize::from(small - b'a'))
}

/// A word as it is compared: compatibility forms composed, capitals, one space for whatever joins its parts.
fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut take = |c: char| match c {
        c if c.is_alphanumeric() => folded.push(c),
        _ if folded.is_empty() || folded.ends_with(' ') => {}
        _ => folded.push(' '),
    };
    match word.is_ascii() {
        true => word.chars().for_each(|c| take(c.to_ascii_uppercase())),
        false => word.nfkc().flat_map(char::to_uppercase).for_each(take),
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_schemes_are_known() {
        let schemes = Schemes::default();
        for text in [
            "//SECRET",
            "SECRET//NOFORN",
            "**VS-NfD**",
            "VS – NfD",
            "OFFICIAL-SENSITIVE",
            "Official: Sensitive",
            "For official use only",
            "ＳＥＣＲＥＴ",
            "机密",
            "Confidentiel Défense",
        ] {
            assert!(schemes.names(text), "{text}");
        }
        for text in [
            "Secret",
            "The secret of it",
            "Confidential sources",
            "",
            "---",
            "protected",
        ] {
            assert!(!schemes.names(text), "{text}");
        }
        assert!(schemes.names_portion("S//NF") && schemes.names_portion("SECRET"));
        assert!(!schemes.names_portion("2016/02") && !schemes.names_portion("A/B"));
        assert!(!Schemes::of::<&str>(&[]).names("SECRET"));
        assert!(schemes.names("TLP:CLEAR PAP:AMBER") && !schemes.names("TLP:CLEAR"));
    }

    #[test]
    fn colours_alone_are_marks_in_capitals() {
        let schemes = Schemes::default();
        for text in [
            "AMBER",
            "**RED**",
            "AMBER+STRICT",
            "AMBER + STRICT",
            "--- RED ---",
        ] {
            assert!(
                schemes.is_colour(text) && schemes.names_portion(text),
                "{text}"
            );
            assert!(!schemes.names(text), "{text}");
        }
        for text in [
            "Amber", "red", "A", "GREEN", "CLEAR", "WHITE", "RED TEAM", "RED:", "REDACTED",
        ] {
            assert!(!schemes.is_colour(text), "{text}");
        }
        for text in [
            "Marking: AMBER",
            "**Classification:** RED",
            "HANDLING: AMBER+STRICT, do not forward",
            "Protective marking = RED",
            "Sharing：AMBER",
            "PAP:RED, no scans",
        ] {
            assert!(schemes.is_headed(text), "{text}");
        }
        for text in [
            "Marking: GREEN",
            "Marking: amber",
            "Handling: REDIRECTED",
            "Colour: RED",
            "The marking: AMBER",
            "Marking: the AMBER one",
        ] {
            assert!(!schemes.is_headed(text), "{text}");
        }
        let none = Schemes::of::<&str>(&[]);
        assert!(!none.is_colour("AMBER") && !none.is_headed("Marking: AMBER"));
        assert!(!Schemes::of(&["SECRET"]).is_headed("Marking: AMBER"));
    }
}
