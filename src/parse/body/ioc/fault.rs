//! What is wrong with a line that is no indicator, and the form that is likely meant.

use super::super::super::label;
use super::super::cite;
use crate::model::Indicator;
use crate::model::indicator::{ends_as_file, is_file_or_domain, unknown_top};

const TYPES: &str = "an indicator is an address, a hash, a file or path, a registry key, a CVE or a wallet; where its look does not tell, say its type: `mutex: …`, `pipe: …`, `ja3: …`, `user-agent: …`, `file: …`";

/// The message about a line, of which the word that is no indicator is the first, and the help.
pub(super) fn fault(word: &str, line: &str) -> (String, String) {
    let message = format!("`{}` is no indicator", cite::short(word));
    (message, help(word, line))
}

fn help(word: &str, line: &str) -> String {
    let plain = word.replace(['[', ']', '(', ')'], "");
    of_form(word, &plain)
        .or_else(|| of_name(word, &plain, line))
        .unwrap_or_else(|| rest(&plain, line))
}

/// What can be said of a word by its form alone.
fn of_form(word: &str, plain: &str) -> Option<String> {
    let hex = plain.bytes().all(|byte| byte.is_ascii_hexdigit());
    let numbers = plain.split('.').count() == 4
        && plain
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let help = if label::first(word).is_some() {
        "a line's mark stands at its end, after the note"
    } else if Indicator::states_type(word) {
        "what stands after the colon is not of the type that the word before it says"
    } else if hex && plain.len() >= 16 {
        return Some(format!(
            "it has {} hexadecimal digits; an MD5 has 32, a SHA-1 40, a SHA-224 56, a SHA-256 64, a SHA-384 96, a SHA-512 128",
            plain.len()
        ));
    } else if is_attack_id(plain) {
        "ids of ATT&CK are no indicators: name them in the text, or as `attack` under `external_ids`"
    } else if plain.starts_with("T1") && plain.len() > 50 {
        "a TLSH is `T1` and 70 hexadecimal digits"
    } else if is_guid(plain) {
        "say what has this id: `mutex: …`, `registry: …`; or name it in the text"
    } else if is_extension(plain) {
        "ids of browser extensions are no indicators here: name it in the text, or give its folder, `path: …`"
    } else if plain.contains('@') && !plain.contains("://") {
        "an account is named in the text, or by its address: `hxxps://t[.]me/name`"
    } else if numbers {
        "every part of an IPv4 address is a number from 0 to 255 without leading zeros"
    } else if plain.to_ascii_lowercase().starts_with("cve") {
        "a CVE is written `CVE-2017-0144`"
    } else {
        return None;
    };
    Some(help.to_owned())
}

/// What can be said of a name that may be a file's or a host's.
fn of_name(word: &str, plain: &str, line: &str) -> Option<String> {
    if is_file_or_domain(word) {
        return Some(format!(
            "it may be a file or a domain: write `file: {word}`, or defanged, `[.]`, if it is a domain"
        ));
    }
    let named = line.split(" #").next().unwrap_or(line).trim();
    if named.contains(' ') && ends_as_file(named) {
        return Some(
            "if all of it is the name of a file, write `file:` before it, or quotation marks around it; words stand after `#`"
                .to_owned(),
        );
    }
    if word.contains([',', ';']) {
        return Some("one indicator stands on a line".to_owned());
    }
    if let Some(top) = unknown_top(word) {
        return Some(format!(
            "`.{top}` is neither a top-level domain nor an ending of files that is known: write `file: {word}`, or defanged, `[.]`, if it is a domain"
        ));
    }
    let path = plain.starts_with('/') && !plain.starts_with("//");
    path.then(|| {
        "write `path: …` if it is on a host; a part of an address needs its host: `evil[.]example/…`".to_owned()
    })
}

/// What is left: words, or something that was mistyped.
fn rest(plain: &str, line: &str) -> String {
    if plain.contains(['/', '\\']) && !plain.contains("://") {
        "if it is a file, write `file: …`; if an address, its host needs a domain or an IP address"
            .to_owned()
    } else if plain.contains("://") {
        "its host is no domain and no IP address".to_owned()
    } else if plain.starts_with("0x") || plain.starts_with("bc1") || is_wallet_like(plain) {
        "if it is a wallet address, its checksum does not fit: look for a mistyped character"
            .to_owned()
    } else if line.contains(' ') && !plain.contains('.') {
        format!("write words after `#`: `1.2.3.4  # note`; {TYPES}")
    } else if plain.contains('.') {
        "if it is a file, write `file: …`".to_owned()
    } else {
        TYPES.to_owned()
    }
}

/// Whether a word looks like base58 of the length that addresses have.
fn is_wallet_like(text: &str) -> bool {
    let has = |what: fn(&u8) -> bool| text.as_bytes().iter().any(what);
    text.len() >= 26
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
}

/// `{550e8400-e29b-41d4-a716-446655440000}`, with or without its braces.
fn is_guid(text: &str) -> bool {
    let text = text.trim_matches(['{', '}']);
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// 32 letters from `a` to `p`.
fn is_extension(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| (b'a'..=b'p').contains(&byte))
}

/// `T1059`, `T1059.001`, `G0082`, `S0154`, `TA0001`, `M1036`.
fn is_attack_id(text: &str) -> bool {
    let id = text.trim_start_matches(['T', 'A', 'G', 'S', 'M', 'C']);
    let (id, sub) = id.split_once('.').unwrap_or((id, "001"));
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    text.starts_with(['T', 'G', 'S', 'M', 'C']) && digits(id, 4) && digits(sub, 3)
}
