//! What stands on a line of an `ioc` block before its note: an indicator, or a hash and its file.
//!
//! Takes a line; gives both with the place where the note begins. Reports nothing.

use super::{first_word, head, marker};
use crate::model::Indicator;
use memchr::memchr2;

/// What stands on a line before its note.
pub(super) struct Found {
    pub(super) indicator: Indicator,
    /// The file of which the indicator is the hash.
    pub(super) file: Option<Indicator>,
    /// Where the indicator ends.
    pub(super) end: usize,
    /// Where the note begins, after the sign that tells.
    pub(super) note: usize,
    /// Whether a sign tells that a note begins.
    pub(super) has_sign: bool,
}

/// Signs between an indicator and its note, or between a hash and the name of its file.
const ASIDES: [&str; 7] = [" - ", " – ", " — ", " // ", " | ", "\t", "  "];

impl Found {
    pub(super) fn of(text: &str) -> Option<Found> {
        let start = marker(text);
        let end = head(text);
        let head = text.get(start..end)?.trim_end();
        let hash = text[end..].starts_with('#');
        let note = if hash { end + 1 } else { end };
        let alone = |indicator, file| Found {
            indicator,
            file,
            end: start + head.len(),
            note,
            has_sign: hash,
        };
        if let Some((indicator, file)) = pairs(head) {
            return Some(alone(indicator, Some(file)));
        }
        if let Some(indicator) = Indicator::from_text(head) {
            return Some(alone(indicator, None));
        }
        let within = |at: usize, sign: &str| {
            let indicator = Indicator::from_text(&head[..at])?;
            let rest = &head[at + sign.len()..];
            Some(Found {
                indicator,
                file: None,
                end: start + at,
                note: start + at + sign.len(),
                has_sign: !sign.trim().is_empty() && Indicator::from_text(rest).is_none(),
            })
        };
        // `d41d… - x.exe - a note`, `d41d…,x.exe (a note)`.
        let named = |at: usize, sign: &str| {
            let (indicator, file) = pairs(&head[..at])?;
            Some(Found {
                indicator,
                file: Some(file),
                end: start + at,
                note: start + at + sign.len(),
                has_sign: true,
            })
        };
        let bracket = head.find(" (").filter(|_| head.ends_with(')'));
        let bracket = bracket.map(|at| (at, " "));
        let noted = asides(head)
            .chain(bracket)
            .find_map(|(at, sign)| named(at, sign));
        if noted.is_some() {
            return noted;
        }
        if let Some(found) = asides(head).find_map(|(at, sign)| within(at, sign)) {
            return Some(found);
        }
        // `CVE-2023-4966 (CitrixBleed)`.
        if let Some((at, sign)) = bracket
            && let Some(found) = within(at, sign)
        {
            return Some(Found {
                has_sign: true,
                ..found
            });
        }
        let word = first_word(head);
        within(word.trim_end().len(), "")
    }
}

/// A hash and the name of its file, in either order: `d41d… - x.exe`, `d41d…  x.exe`, `d41d… *x.exe`,
/// `d41d…,x.exe`, `x.exe: d41d…`.
fn pairs(head: &str) -> Option<(Indicator, Indicator)> {
    if let Some(tagged) = tagged(head) {
        return Some(tagged);
    }
    let spaces = [head.find(' '), head.rfind(' ')].into_iter().flatten();
    let spaces = spaces.map(|at| (at, " "));
    let colon = head.find(": ").map(|at| (at, ": "));
    let columns = [(head.find(','), ","), (head.find(';'), ";")];
    let columns = columns
        .iter()
        .filter_map(|(at, sign)| Some(((*at)?, *sign)));
    asides(head)
        .chain(spaces)
        .chain(colon)
        .chain(columns)
        .find_map(|(at, sign)| {
            let (left, right) = (&head[..at], head[at + sign.len()..].trim_start());
            let hash = |text| Indicator::from_text(text).filter(|it| it.kind.is_file_hash());
            let column = matches!(sign, "," | ";" | "\t" | "  ");
            let file = |text: &str| match text.strip_prefix('*') {
                Some(name) => Indicator::file_from_column(name),
                None if column => Indicator::file_from_column(text),
                None => Indicator::file_from_text(text),
            };
            let forth = || Some((hash(left)?, file(right)?));
            let back = || Some((hash(right)?, file(left)?));
            forth().or_else(back)
        })
}

/// `SHA256 (x.exe) = e3b0…`, as `sha256sum --tag` and the tools of BSD write it.
fn tagged(head: &str) -> Option<(Indicator, Indicator)> {
    let (start, hash) = head.rsplit_once(") = ")?;
    let (word, name) = start.split_once(" (")?;
    let hash = Indicator::from_text(&format!("{word}: {hash}"));
    let hash = hash.filter(|it| it.kind.is_file_hash())?;
    Some((hash, Indicator::file_from_text(&format!("file: {name}"))?))
}

/// Every place in a text where what is told may end.
fn asides(text: &str) -> impl Iterator<Item = (usize, &'static str)> + '_ {
    // Each begins with white space, and most indicators are one word.
    let spaced = memchr2(b' ', b'\t', text.as_bytes()).is_some();
    let signs = ASIDES.into_iter().filter(|_| spaced);
    let mut all: Vec<(usize, &'static str)> = signs
        .flat_map(|sign| text.match_indices(sign).map(move |(at, _)| (at, sign)))
        .collect();
    all.sort_unstable();
    // A line of very many is no indicator at all.
    all.truncate(16);
    all.into_iter()
}
