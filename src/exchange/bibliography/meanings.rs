//! What keys, addresses and words of bibliographies mean here.
//!
//! Takes one text; gives what a source has in its place, or nothing where it is not understood.

use super::reference::one_line;
use crate::exchange::written;
use crate::model::slug;

/// The name that a slug is made of, of a key that somebody chose: its words apart. None of one that a program counted or drew.
pub(super) fn readable(key: &str) -> Option<String> {
    let drawn = key.len() == 8
        && key
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let hex = key.len() >= 16
        && key
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let letters = key.chars().filter(|c| c.is_alphabetic()).count();
    if drawn || hex || letters < 3 || key.len() > 80 || key.contains(['/', '\\']) {
        return None;
    }
    let mut name = String::with_capacity(key.len() + 8);
    let mut before = ' ';
    for (at, c) in key.char_indices() {
        let year = || {
            let digits = key
                .get(at..)
                .unwrap_or("")
                .bytes()
                .take_while(u8::is_ascii_digit);
            digits.count() == 4
        };
        if before.is_lowercase() && c.is_uppercase()
            || before.is_alphabetic() && c.is_ascii_digit() && year()
        {
            name.push(' ');
        }
        name.push(c);
        before = c;
    }
    (!slug::slugify(&name).is_empty()).then_some(name)
}

/// A DOI without what stands before it.
pub(super) fn doi(text: &str) -> Option<String> {
    let text = text.trim();
    let at = text.find("10.")?;
    let (head, doi) = text.split_at(at);
    let head = head.to_lowercase();
    let known = [
        "",
        "doi:",
        "doi: ",
        "doi ",
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
    ];
    let (prefix, suffix) = doi.split_once('/')?;
    let number = prefix.get(3..)?;
    let sound = known.contains(&head.as_str())
        && !suffix.is_empty()
        && !number.is_empty()
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !doi.contains(|c: char| c.is_whitespace() || c.is_control());
    sound.then(|| doi.to_owned())
}

/// A DOI as the path of an address.
pub(super) fn in_path(doi: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const ODD: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'`')
        .add(b'\\')
        .add(b'^')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(doi, ODD).to_string()
}

/// A tag of BCP 47, of one or of the name of a language.
pub(super) fn language(text: &str) -> Option<String> {
    const NAMES: [(&str, &str); 34] = [
        ("english", "en"),
        ("american", "en-US"),
        ("usenglish", "en-US"),
        ("british", "en-GB"),
        ("ukenglish", "en-GB"),
        ("german", "de"),
        ("ngerman", "de"),
        ("austrian", "de-AT"),
        ("naustrian", "de-AT"),
        ("deutsch", "de"),
        ("french", "fr"),
        ("français", "fr"),
        ("spanish", "es"),
        ("italian", "it"),
        ("portuguese", "pt"),
        ("brazilian", "pt-BR"),
        ("dutch", "nl"),
        ("polish", "pl"),
        ("russian", "ru"),
        ("ukrainian", "uk"),
        ("korean", "ko"),
        ("japanese", "ja"),
        ("chinese", "zh"),
        ("arabic", "ar"),
        ("persian", "fa"),
        ("farsi", "fa"),
        ("hebrew", "he"),
        ("turkish", "tr"),
        ("czech", "cs"),
        ("swedish", "sv"),
        ("danish", "da"),
        ("norwegian", "no"),
        ("finnish", "fi"),
        ("greek", "el"),
    ];
    let text = text.trim().replace('_', "-");
    let folded = text.to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == folded) {
        return Some((*tag).to_owned());
    }
    let mut parts = text.split('-');
    let primary = parts.next()?;
    let sound = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    sound.then_some(text)
}

/// The day on which a remark says that a page was read, where it says nothing else: `Accessed: 2016-03-07`.
pub(super) fn accessed(note: &str) -> Option<String> {
    const WORDS: [&str; 8] = [
        "last accessed",
        "accessed",
        "retrieved",
        "visited",
        "last visited",
        "last checked",
        "abgerufen",
        "zuletzt abgerufen",
    ];
    let note = one_line(note);
    let note = note.trim_matches(|c: char| matches!(c, '.' | '(' | ')' | '[' | ']'));
    let folded = note.to_lowercase();
    let word = WORDS.iter().find(|word| folded.starts_with(**word))?;
    let rest = note.get(word.len()..)?.trim_start_matches(':').trim_start();
    let rest = ["on ", "am "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    written::day(rest.trim()).map(|day| day.text)
}

/// The words of `type`, and those that others use for them.
const SORTS: &[(&str, &[&str])] = &[
    (
        "report",
        &[
            "report",
            "tech report",
            "techreport",
            "technical report",
            "white paper",
            "whitepaper",
            "rprt",
            "threat report",
            "research report",
        ],
    ),
    (
        "news",
        &[
            "news",
            "newspaper",
            "newspaper article",
            "magazine",
            "magazine article",
            "article-newspaper",
            "article-magazine",
            "mgzn",
            "press release",
            "broadcast",
            "tv news",
        ],
    ),
    (
        "advisory",
        &["advisory", "security advisory", "alert", "joint advisory"],
    ),
    (
        "court-record",
        &[
            "court-record",
            "court record",
            "legal case",
            "legal_case",
            "case",
            "indictment",
            "complaint",
            "affidavit",
            "judgment",
            "jurisdiction",
        ],
    ),
    ("sanction", &["sanction", "sanctions", "designation"]),
    (
        "blog",
        &[
            "blog",
            "blog post",
            "blogpost",
            "post-weblog",
            "weblog",
            "weblog post",
        ],
    ),
    ("dataset", &["dataset", "data set", "data"]),
    ("interview", &["interview"]),
    ("other", &["other"]),
];

/// The word of `type` that the words of somebody else for a sort of text mean: `press release`, `newspaper article`.
pub(super) fn sort(words: &str) -> Option<&'static str> {
    let folded = one_line(words).to_lowercase();
    let found = SORTS
        .iter()
        .find(|(_, words)| words.contains(&folded.as_str()));
    found.map(|(sort, _)| *sort)
}
