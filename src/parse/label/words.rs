//! The words of labels: colours, in other languages too, and what is nearly `tlp`.

use super::{Reading, fold};
use crate::model::Tlp;
use crate::model::colour::TRANSLATED;
pub(super) use crate::model::colour::translated;

/// The colours as they are seen.
pub(super) const COLOURS: [(&[u8], Reading); 5] = [
    (b"amber", Reading::Colour(Tlp::Amber)),
    (b"red", Reading::Colour(Tlp::Red)),
    (b"green", Reading::Colour(Tlp::Green)),
    (b"clear", Reading::Colour(Tlp::Clear)),
    (b"white", Reading::White),
];

/// The colour of a script without capitals with which a longer text begins, and its length.
pub(super) fn translated_at_start(text: &str) -> Option<(usize, Tlp)> {
    without_case(|word| text.starts_with(word))
}

/// The same of the colour with which it ends.
pub(super) fn translated_at_end(text: &str) -> Option<(usize, Tlp)> {
    without_case(|word| text.ends_with(word))
}

/// One sign alone may be part of another word.
fn without_case(is: impl Fn(&str) -> bool) -> Option<(usize, Tlp)> {
    let words = TRANSLATED.iter();
    let mut words = words.flat_map(|(tlp, words)| words.iter().map(move |word| (*word, *tlp)));
    let fits = |word: &str| {
        let sign = |c: char| !c.is_ascii() && !c.is_lowercase();
        // Asked of every name of the protocol, and mostly none.
        is(word) && word.chars().all(sign) && word.chars().nth(1).is_some()
    };
    let (word, tlp) = words.find(|(word, _)| fits(word))?;
    Some((word.len(), tlp))
}

/// The colour that a word was meant to be.
pub(super) fn near_colour(word: &[u8]) -> Option<Tlp> {
    let word = std::str::from_utf8(word).ok()?;
    // `TLP:UNCLEAR` says the contrary.
    if word != "clear" && word.contains("clear") {
        return None;
    }
    let near = |name: &str| strsim::osa_distance(word, name) <= if name.len() > 3 { 2 } else { 1 };
    [Tlp::Amber, Tlp::Green, Tlp::Clear, Tlp::Red]
        .into_iter()
        .find(|tlp| near(tlp.name()))
}

pub(super) fn is_misspelt(word: &[u8]) -> bool {
    let shared = |byte: &&u8| matches!(**byte | 0x20, b't' | b'l' | b'p');
    if !(2..=4).contains(&word.len()) || word.iter().filter(shared).count() < 2 {
        return false;
    }
    let word = word.to_ascii_lowercase();
    let mut letters = word.clone();
    letters.sort_unstable();
    let near = |word: &str| strsim::osa_distance(word, "tlp") == 1;
    word != b"tlp"
        && !OTHER_WORDS.contains(&word.as_slice())
        && (letters == b"lpt" || std::str::from_utf8(&word).is_ok_and(near))
}

/// Words and names of the trade that are near to it.
const OTHER_WORDS: [&[u8]; 44] = [
    b"alp", b"blp", b"clp", b"dlp", b"elp", b"glp", b"hlp", b"llp", b"lp", b"ltd", b"mlp", b"nlp",
    b"olp", b"plp", b"slp", b"tap", b"tbp", b"tcp", b"tdp", b"tip", b"tla", b"tlb", b"tlc", b"tld",
    b"tlm", b"tlps", b"tls", b"tlv", b"tmp", b"top", b"tpp", b"tps", b"trp", b"tsp", b"ttl",
    b"ttp", b"tulp", b"tup", b"twp", b"typ", b"ulp", b"vlp", b"wlp", b"zlp",
];

/// Words that stand behind "TLP:" where the protocol is spoken of, or nothing is decided, in small letters.
const PLAIN_WORDS: [&str; 64] = [
    "a",
    "about",
    "all",
    "also",
    "an",
    "and",
    "another",
    "any",
    "at",
    "both",
    "but",
    "by",
    "can",
    "defined",
    "definition",
    "definitions",
    "each",
    "every",
    "explained",
    "first",
    "for",
    "four",
    "from",
    "frequently",
    "guidance",
    "guide",
    "how",
    "if",
    "in",
    "introduction",
    "is",
    "it",
    "its",
    "labels",
    "markings",
    "no",
    "not",
    "of",
    "on",
    "or",
    "our",
    "overview",
    "protocol",
    "see",
    "standard",
    "standards",
    "tba",
    "tbc",
    "tbd",
    "that",
    "the",
    "these",
    "this",
    "to",
    "traffic",
    "use",
    "used",
    "version",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
];

/// Words of other schemes, in whatever case: "TLP: Internal use only".
const OTHER_LEVELS: [&[u8]; 23] = [
    b"black",
    b"blue",
    b"brown",
    b"classified",
    b"confidential",
    b"embargoed",
    b"gold",
    b"gray",
    b"grey",
    b"internal",
    b"limited",
    b"official",
    b"pink",
    b"platinum",
    b"private",
    b"purple",
    b"restricted",
    b"secret",
    b"sensitive",
    b"silver",
    b"strict",
    b"unrestricted",
    b"violet",
];

/// Those that nobody speaks of behind "TLP:" in small letters, but to mark.
const SMALL_LEVELS: [&[u8]; 6] = [
    b"confidential",
    b"internal",
    b"private",
    b"restricted",
    b"strict",
    b"unrestricted",
];

pub(super) fn is_other_level(word: &[u8]) -> bool {
    OTHER_LEVELS.contains(&word)
}

pub(super) fn is_small_level(word: &[u8]) -> bool {
    SMALL_LEVELS.contains(&word)
}

/// Whether a word is the name with its letters in another order, which is a word of the trade by itself.
pub(super) fn is_swapped(word: &[u8]) -> bool {
    [b"ltp".as_slice(), b"lpt", b"plt"].contains(&word)
}

/// Words that stand between the name of the protocol and a colour: "TLP classification: AMBER".
const LEVEL_WORDS: [&[u8]; 31] = [
    b"class",
    b"classification",
    b"code",
    b"color",
    b"colour",
    b"couleur",
    b"designation",
    b"distribution",
    b"document",
    b"einstufung",
    b"farbe",
    b"is",
    b"label",
    b"level",
    b"light",
    b"livello",
    b"mark",
    b"marking",
    b"niveau",
    b"nivel",
    b"of",
    b"protocol",
    b"rating",
    b"report",
    b"sharing",
    b"status",
    b"stufe",
    b"the",
    b"this",
    b"traffic",
    b"version",
];

/// Whether a word, as it is seen, may stand between the name of the protocol and a colour.
pub(super) fn is_level_word(word: &[u8]) -> bool {
    LEVEL_WORDS.contains(&word)
}

/// The protocol in scripts that have no spaces between words.
const NAMES: [&str; 8] = [
    "交通",
    "信号",
    "红绿灯",
    "紅綠燈",
    "紅綠灯",
    "トラフィック",
    "트래픽",
    "신호등",
];

/// Whether a word behind "TLP:" speaks of the protocol and names no colour.
pub(super) fn is_plain_word(word: &str) -> bool {
    let word = word.to_lowercase();
    PLAIN_WORDS.contains(&word.as_str()) || NAMES.iter().any(|name| word.starts_with(name))
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == fold::LETTER
}

/// What a coloured dot says.
pub(super) fn dot(byte: u8) -> Option<Reading> {
    let at = fold::DOTS.iter().position(|dot| *dot == byte)?;
    Some(match at {
        0 => Reading::White,
        1 => Reading::Colour(Tlp::Green),
        2 => Reading::Colour(Tlp::Amber),
        _ => Reading::Colour(Tlp::Red),
    })
}
