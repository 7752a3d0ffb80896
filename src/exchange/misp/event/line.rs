//! An attribute as a line: an indicator with its note, or words.
//!
//! Takes what MISP calls its type, its value and what is said of it; gives a line of an `ioc` block where the type is one of an
//! indicator and its value reads as one, else words in which no address is live. A hash of something else than a file
//! (`imphash`, a fingerprint of a certificate) looks like that of a file: only the type tells, never the look.

use crate::model::indicator::defang;
use crate::model::{Indicator, indicator::IndicatorKind};
use crate::parse::statics;

/// Types of indicators, and the word that an `ioc` line has for each.
const TYPES: &[(&str, &str)] = &[
    ("md5", "md5"),
    ("sha1", "sha1"),
    ("sha224", "sha224"),
    ("sha256", "sha256"),
    ("sha384", "sha384"),
    ("sha512", "sha512"),
    ("ssdeep", "ssdeep"),
    ("tlsh", "tlsh"),
    ("ja3-fingerprint-md5", "ja3"),
    ("jarm-fingerprint", "jarm"),
    ("filename", "file"),
    ("mutex", "mutex"),
    ("named pipe", "pipe"),
    ("user-agent", "user-agent"),
    ("http-user-agent", "user-agent"),
    ("regkey", "registry"),
    ("AS", "asn"),
    ("ip", "ip"),
    ("ip-src", "ip"),
    ("ip-dst", "ip"),
    ("domain", "domain"),
    ("hostname", "host"),
    ("url", "url"),
    ("uri", "url"),
    ("email", "email"),
    ("email-src", "email"),
    ("email-dst", "email"),
    ("email-reply-to", "email"),
    ("btc", "wallet"),
    ("xmr", "wallet"),
    ("dash", "wallet"),
    ("vulnerability", "cve"),
];

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Of an `ioc` block.
    Indicator(String),
    /// Words.
    Words(String),
}

/// What is known of a value beside its type.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// What it is called where it is no indicator; the type, but for objects.
    pub(super) name: &'a str,
    /// What is said of it.
    pub(super) note: &'a str,
    /// Whether programs may look for it.
    pub(super) detects: bool,
    /// Whether it is a hash of a whole file, if it is one.
    pub(super) of_file: bool,
}

/// The lines of an attribute: two types in one (`domain|ip`) are two lines, but a hash stands with its file.
pub(super) fn of(r#type: &str, value: &str, about: About<'_>) -> Vec<Line> {
    let said = one_line(about.note);
    let marked = statics::highest(said.as_bytes()).is_some() || said.contains("[@");
    let mut parts = vec![said.as_str()];
    let is_named = about.name != r#type && !TYPES.iter().any(|(_, word)| *word == about.name);
    parts.extend(Some(about.name).filter(|_| is_named));
    parts.extend(Some("not for detection").filter(|_| !about.detects));
    parts.retain(|part| !part.is_empty());
    let note = parts.join("; ");
    let lines = match (r#type.split_once('|'), value.split_once('|')) {
        _ if marked => None,
        (Some(("filename", hash)), Some((file, value))) => hashed(file, hash, value, &note),
        (None, Some((file, value))) if r#type == "malware-sample" => {
            hashed(file, "md5", value, &note)
        }
        (Some((host, "port")), Some((value, port))) => {
            single(host, &format!("{value}:{port}"), &note).map(|line| vec![line])
        }
        (Some(("regkey", "value")), Some((key, value))) => {
            single("regkey", key, &joined(&note, value)).map(|line| vec![line])
        }
        (Some((one, other)), Some((first, second))) => {
            let lines = [single(one, first, &note), single(other, second, &note)];
            lines.into_iter().collect()
        }
        _ => single(r#type, value, &note)
            .filter(|_| about.of_file || !is_hash(r#type))
            .map(|line| vec![line]),
    };
    lines.unwrap_or_else(|| vec![Line::Words(words(about.name, value, &said))])
}

fn is_hash(r#type: &str) -> bool {
    r#type.starts_with("md5") || r#type.starts_with("sha") || matches!(r#type, "ssdeep" | "tlsh")
}

/// A hash with its file.
fn hashed(file: &str, r#type: &str, hash: &str, note: &str) -> Option<Vec<Line>> {
    let (_, hash) = indicator(r#type, hash)?;
    let named =
        Indicator::file_from_text(file).is_some() && is_plain(file) && !file.contains([' ', ',']);
    let line = match named {
        true => with_note(&format!("{hash} - {}", one_line(file)), note),
        false => with_note(&hash, &joined(file, note)),
    };
    Some(vec![Line::Indicator(line)])
}

fn single(r#type: &str, value: &str, note: &str) -> Option<Line> {
    let (_, written) = indicator(r#type, value)?;
    Some(Line::Indicator(with_note(&written, note)))
}

/// An indicator as a line has it: defanged, with the word for its type where its look does not tell.
fn indicator(r#type: &str, value: &str) -> Option<(IndicatorKind, String)> {
    let (_, word) = TYPES.iter().find(|(name, _)| *name == r#type)?;
    let value = value.trim();
    if !is_plain(value) || statics::highest(value.as_bytes()).is_some() {
        return None;
    }
    let found = Indicator::from_text(&format!("{word}: {value}"))?;
    let written = found.defanged();
    let by_look = Indicator::from_text(&written);
    let written = match by_look.as_ref() == Some(&found) {
        true => written,
        false => format!("{word}: {written}"),
    };
    // What would be read as something else is no line.
    (Indicator::from_text(&written).as_ref() == Some(&found)).then_some((found.kind, written))
}

/// Whether nothing in a value would be read as its end.
fn is_plain(value: &str) -> bool {
    let signs = [
        " #", "\t#", " [@", " - ", " // ", " | ", "  ", "\t", " – ", " — ", " (",
    ];
    !value.contains(char::is_control) && !signs.iter().any(|sign| value.contains(sign))
}

fn with_note(indicator: &str, note: &str) -> String {
    match note.is_empty() {
        true => indicator.to_owned(),
        false => format!("{indicator}  # {note}"),
    }
}

/// A name, a value and what is said of it, in words; no address in it is live.
fn words(name: &str, value: &str, note: &str) -> String {
    let quiet = |word: &str| match Indicator::from_text(word) {
        Some(found) => found.defanged(),
        None if word.contains("://") => defang(word),
        None => word.to_owned(),
    };
    let value: Vec<String> = value.split_whitespace().map(quiet).collect();
    let note = if note.is_empty() {
        String::new()
    } else {
        format!(" ({note})")
    };
    format!("{name}: {}{note}", value.join(" "))
}

fn joined(one: &str, other: &str) -> String {
    let parts = [one_line(one), one_line(other)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_and_a_value_are_a_line() {
        let ioc = |line: &str| vec![Line::Indicator(line.to_owned())];
        let words = |line: &str| vec![Line::Words(line.to_owned())];
        let md5 = "d41d8cd98f00b204e9800998ecf8427e";
        for (kind, value, note, expected) in [
            (
                "ip-dst",
                "192.0.2.44",
                "a server",
                ioc("192[.]0[.]2[.]44  # a server"),
            ),
            (
                "ip-dst|port",
                "192.0.2.44|8443",
                "",
                ioc("192[.]0[.]2[.]44:8443"),
            ),
            (
                "url",
                "http://evil.example/x",
                "",
                ioc("hxxp://evil[.]example/x"),
            ),
            ("md5", md5, "", ioc(md5)),
            (
                "filename|md5",
                &format!("a.exe|{md5}"),
                "x",
                ioc(&format!("{md5} - a.exe  # x")),
            ),
            (
                "malware-sample",
                &format!("my file|{md5}"),
                "",
                ioc(&format!("{md5}  # my file")),
            ),
            ("filename", "install.sh", "", ioc("file: install.sh")),
            ("mutex", "exampleMutex", "", ioc("mutex: exampleMutex")),
            ("mutex", "Global\\x", "", ioc("Global\\x")),
            ("vulnerability", "CVE-2018-4878", "", ioc("CVE-2018-4878")),
            ("imphash", md5, "", words(&format!("imphash: {md5}"))),
            (
                "text",
                "see http://evil.example/x",
                "",
                words("text: see hxxp://evil[.]example/x"),
            ),
            ("ip-dst", "not one", "", words("ip-dst: not one")),
            (
                "ip-dst",
                "192.0.2.44",
                "TLP:RED only",
                words("ip-dst: 192[.]0[.]2[.]44 (TLP:RED only)"),
            ),
        ] {
            assert_eq!(
                of(kind, value, about(kind, note)),
                expected,
                "{kind} {value}"
            );
        }
        let both = of(
            "domain|ip",
            "evil.example|192.0.2.44",
            about("domain|ip", ""),
        );
        assert_eq!(both.len(), 2);
    }

    fn about<'a>(name: &'a str, note: &'a str) -> About<'a> {
        About {
            name,
            note,
            detects: true,
            of_file: true,
        }
    }
}
