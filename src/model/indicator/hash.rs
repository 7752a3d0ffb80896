//! Hashes of files and fingerprints of connections, by their look: what is told by its length and alphabet.

use super::IndicatorKind;

type Found = Option<(IndicatorKind, String)>;

/// The hash or fingerprint that the text is, where its look alone tells.
pub(super) fn read(text: &str) -> Found {
    digest(text)
        .or_else(|| tlsh(text))
        .or_else(|| jarm(text))
        .or_else(|| ja4(text))
        .or_else(|| {
            (ssdeep_parts(text)?.len() >= 8).then(|| (IndicatorKind::Ssdeep, text.to_owned()))
        })
}

/// A fingerprint that only its type word tells: the text has the form of that type.
pub(super) fn read_as(kind: IndicatorKind, text: &str) -> Option<String> {
    match kind {
        IndicatorKind::Ja3 => (text.len() == 32 && is_hex(text)).then(|| text.to_ascii_lowercase()),
        IndicatorKind::Ja4 => {
            let fits =
                |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
            let parts = text.split('_').count();
            ((2..=4).contains(&parts) && text.split('_').all(fits))
                .then(|| text.to_ascii_lowercase())
        }
        IndicatorKind::Jarm => {
            (text.len() == 62 && is_hex(text)).then(|| text.to_ascii_lowercase())
        }
        IndicatorKind::Ssdeep => ssdeep_parts(text).map(|_| text.to_owned()),
        _ => None,
    }
}

fn digest(text: &str) -> Found {
    let kind = match text.len() {
        32 => IndicatorKind::Md5,
        40 => IndicatorKind::Sha1,
        56 => IndicatorKind::Sha224,
        64 => IndicatorKind::Sha256,
        96 => IndicatorKind::Sha384,
        128 => IndicatorKind::Sha512,
        _ => return None,
    };
    is_hex(text).then(|| (kind, text.to_ascii_lowercase()))
}

/// `T1` and 70 hexadecimal digits; before version 4 the digits alone.
fn tlsh(text: &str) -> Found {
    let digits = text.strip_prefix("T1").or_else(|| text.strip_prefix("t1"));
    let digits = digits.unwrap_or(text);
    (digits.len() == 70 && is_hex(digits)).then(|| {
        (
            IndicatorKind::Tlsh,
            format!("T1{}", digits.to_ascii_uppercase()),
        )
    })
}

/// 62 digits: ten answers of a cipher and a version (`0` or a letter) each, and half a SHA-256. The versions
/// tell it from a SHA-256 of which two digits are missing.
fn jarm(text: &str) -> Found {
    let answers = text.get(..30)?.as_bytes().chunks(3);
    let version = |answer: &[u8]| {
        answer
            .last()
            .is_some_and(|b| *b == b'0' || b.is_ascii_lowercase())
    };
    (text.len() == 62 && is_hex(text) && answers.into_iter().all(version))
        .then(|| (IndicatorKind::Jarm, text.to_owned()))
}

/// `t13d1516h2_8daaf6152771_02713d6af862`.
fn ja4(text: &str) -> Found {
    let lower = text.to_ascii_lowercase();
    let mut parts = lower.split('_');
    let (head, ciphers, extensions) = (parts.next()?, parts.next()?, parts.next()?);
    let head = head.as_bytes();
    let fits = head.len() == 10
        && matches!(head[0], b't' | b'q' | b'd')
        && matches!(head[3], b'd' | b'i')
        && head[4..8].iter().all(u8::is_ascii_digit)
        && head.iter().all(u8::is_ascii_alphanumeric)
        && [ciphers, extensions]
            .iter()
            .all(|it| it.len() == 12 && is_hex(it))
        && parts.next().is_none();
    fits.then_some((IndicatorKind::Ja4, lower))
}

/// The first piece of an ssdeep hash `block size:piece:piece`, where the text has that form. A block size is
/// 3 × 2ⁿ; a time of day (`12:30:45`) is too short to be one.
fn ssdeep_parts(text: &str) -> Option<&str> {
    let mut parts = text.split(':');
    let (size, first, second) = (parts.next()?, parts.next()?, parts.next()?);
    let number: u64 = size.parse().ok()?;
    let base64 = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    let fits = parts.next().is_none()
        && number.is_multiple_of(3)
        && (number / 3).is_power_of_two()
        && number.to_string() == size
        && [first, second]
            .iter()
            .all(|it| (1..=64).contains(&it.len()) && it.chars().all(base64));
    let letters = || first.bytes().any(|byte| byte.is_ascii_alphabetic());
    (fits && letters()).then_some(first)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
