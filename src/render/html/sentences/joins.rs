//! Whether a sentence goes on where Unicode's rules end it.
//!
//! Takes a sentence so far, as UAX #29 would end it, and what follows; says whether both belong together.
//! Words are data (`abbreviations`), all else is a rule here. Where either may be meant they stay together: a
//! quotation that is a sentence too long misleads nobody, one that begins in the middle does.

use super::abbreviations::{Group, group};

/// Words that begin sentences, and hardly ever stand within a name.
const STARTERS: [&str; 81] = [
    "A",
    "After",
    "Again",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Either",
    "Every",
    "Few",
    "For",
    "From",
    "He",
    "Hence",
    "Her",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "Later",
    "Many",
    "Meanwhile",
    "Moreover",
    "My",
    "Neither",
    "Nevertheless",
    "No",
    "Nor",
    "Nothing",
    "Now",
    "On",
    "Once",
    "One",
    "Only",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "Soon",
    "Still",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "Therefore",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Thus",
    "To",
    "Today",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "You",
];

/// What says of the words before it that somebody said them.
const SPEECH: [&str; 14] = [
    "added", "asked", "asks", "claimed", "demanded", "read", "reads", "replied", "said", "says",
    "told", "tweeted", "warned", "wrote",
];

const MONTHS: [&str; 24] = [
    "April",
    "August",
    "Dezember",
    "December",
    "February",
    "Februar",
    "January",
    "Januar",
    "Juli",
    "July",
    "June",
    "Juni",
    "Mai",
    "March",
    "May",
    "März",
    "November",
    "October",
    "Oktober",
    "September",
    "avril",
    "mai",
    "juin",
    "août",
];

/// Words before a number with a full stop that is an ordinal: "am 3. Mai", "of the 2. Bureau".
const BEFORE_ORDINALS: [&str; 12] = [
    "am", "beim", "das", "dem", "den", "der", "des", "die", "im", "the", "vom", "zum",
];

/// Words that, with a number, are the head of what follows: "Figure 3. The chain".
const HEADS: [&str; 22] = [
    "annex", "app.", "appendix", "art.", "article", "ch.", "chapter", "count", "exhibit", "fig.",
    "figure", "finding", "no.", "part", "phase", "sec.", "section", "stage", "step", "table",
    "tactic", "§",
];

/// Whether the sentence that stands in `so_far` goes on in `next`, which follows it directly.
pub(super) fn goes_on(so_far: &str, next: &str) -> bool {
    let words = so_far.trim_end();
    let gap = so_far.get(words.len()..).unwrap_or("");
    // A line or paragraph separator ends it in any case.
    if next.is_empty() || gap.contains(ends_a_line) {
        return false;
    }
    let core = words.trim_end_matches(is_close);
    let closers = words.get(core.len()..).unwrap_or("");
    match core.chars().next_back() {
        // An address, `U.S./U.K.`, `paid.[3]`.
        Some('.' | '!' | '?') if gap.is_empty() => true,
        Some('.') => after_full_stop(core, closers, next),
        Some('!' | '?') => after_mark(core, closers, next),
        _ => false,
    }
}

/// After a full stop with white space behind it.
fn after_full_stop(core: &str, closers: &str, next: &str) -> bool {
    if let Some(before) = core.strip_suffix("..") {
        // `[...]` stands for words of the same sentence.
        let before = before.trim_end_matches('.');
        return closers.starts_with([')', ']']) && before.ends_with(['(', '['])
            || !starts_a_sentence(next);
    }
    let token = core.rsplit(char::is_whitespace).next().unwrap_or("");
    let before = core.strip_suffix(token).unwrap_or("").trim_end();
    let bracketed = token.starts_with('(');
    let token = token.trim_start_matches(is_close);
    let number = token.trim_end_matches('.');
    if is_number(number) {
        return is_head(before) || is_ordinal(number, before, next);
    }
    // "IV. Attribution", "(b). Targets".
    let label = number.strip_suffix(')').filter(|_| bracketed);
    if label.is_some() || before.is_empty() && is_roman(number) {
        return label.is_none_or(|label| is_roman(label) || is_letter(label));
    }
    // `non-U.S.`, `ex-Sen.`, `U.S./U.K.`
    let word = token.rsplit(['-', '–', '—', '/', '“', '"', '(']).next();
    let word = word.unwrap_or("");
    match group_of(word) {
        Some(group) => match group.before() {
            Before::Anything => true,
            Before::Names => !starts_a_sentence(next),
            Before::Numbers => is_numbered(next),
        },
        None => are_initials(word) && !starts_a_sentence(next),
    }
}

/// After a question or exclamation mark with white space behind it.
fn after_mark(core: &str, closers: &str, next: &str) -> bool {
    let bare = core.trim_end_matches(['!', '?']);
    // "in 2014 (?) Kim", "“Who?” he asked", "“Who?” Kim asked".
    closers.starts_with([')', ']']) && bare.ends_with(['(', '['])
        || next.starts_with(char::is_lowercase)
        || !closers.is_empty() && names_a_speaker(next)
        || core
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(|word| group(word.trim_start_matches(is_close)).is_some())
            && !starts_a_sentence(next)
}

/// What an abbreviation stands before where it does not end its sentence.
enum Before {
    Anything,
    /// Whatever does not begin with a word that begins sentences.
    Names,
    Numbers,
}

impl Group {
    fn before(self) -> Before {
        match self {
            Group::Title | Group::Inserted | Group::Reference => Before::Anything,
            Group::Name | Group::Place | Group::Date | Group::Measure | Group::Shortened => {
                Before::Names
            }
            Group::Word => Before::Numbers,
        }
    }
}

/// The group of a word with its full stop; of several that are written together (`Lt.Col.`) the last one's.
fn group_of(word: &str) -> Option<Group> {
    let whole = group(word);
    let parted = || word.bytes().rev().skip(1).any(|byte| byte == b'.');
    if whole.is_some() || word.len() < 4 || !parted() {
        return whole;
    }
    let parts = word.split_inclusive('.').map(group);
    parts.reduce(|all, part| all.and(part)).flatten()
}

/// `J.`, `U.S.`, `a.k.a.`, `S.p.A.`: a letter before each full stop.
fn are_initials(word: &str) -> bool {
    let mut letters = word.split_terminator('.');
    word.chars().nth(1) == Some('.') && letters.all(is_letter)
}

fn is_letter(part: &str) -> bool {
    let mut chars = part.chars();
    let cased = |c: char| c.is_uppercase() || c.is_lowercase();
    chars.next().is_some_and(cased) && chars.next().is_none()
}

fn starts_a_sentence(next: &str) -> bool {
    let word = next
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .next();
    STARTERS.binary_search(&word.unwrap_or("")).is_ok()
}

/// Whether what follows is a number, or what things are numbered with: `5`, `#5`, `IV`, `B`, `CR-18-1479`.
fn is_numbered(next: &str) -> bool {
    let token = next.split(char::is_whitespace).next().unwrap_or("");
    let token = token.trim_end_matches(|c: char| !c.is_alphanumeric());
    token.starts_with(['#', '$', '€', '£', '§'])
        || token.contains(|c: char| c.is_ascii_digit() || c.is_numeric())
        || is_roman(token)
        || token.starts_with(char::is_uppercase) && is_letter(token)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| "IVXLCivxlc".contains(c)) && word.len() < 8
}

/// `1`, `1.2`, `12.3.4`: no year.
fn is_number(word: &str) -> bool {
    let mut parts = word.split('.');
    word.starts_with(|c: char| c.is_ascii_digit())
        && parts
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a number with nothing before it but this is the head of what follows it.
fn is_head(before: &str) -> bool {
    before.is_empty()
        || before.ends_with([':', ';'])
        || before.len() <= 10 && HEADS.contains(&before.to_lowercase().as_str())
}

fn is_ordinal(number: &str, before: &str, next: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let month = next.split(|c: char| !c.is_alphabetic()).next();
    number.len() <= 2
        && (BEFORE_ORDINALS.contains(&word.to_lowercase().as_str())
            || MONTHS.contains(&month.unwrap_or("")))
}

/// Whether one of the next few words says that somebody said what stands before.
fn names_a_speaker(next: &str) -> bool {
    let words = next.split_whitespace().take(4);
    let mut words = words.map(|word| word.trim_end_matches([',', '.', ':']));
    words.any(|word| SPEECH.binary_search(&word).is_ok())
}

/// Quotation marks and brackets, as they stand around words.
fn is_close(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '‘'
            | '’'
            | '‚'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '‹'
            | '›'
    )
}

fn ends_a_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_are_searched_are_sorted() {
        assert!(STARTERS.is_sorted() && SPEECH.is_sorted());
    }
}
