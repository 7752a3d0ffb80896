//! Names: how they are compared, and how one is found among many.
//!
//! Two names are the same where nothing but case, white space or composition tells them apart. Whoever
//! looks for a name among many asks `Called`, which does not look at each: lists of names may hold ten
//! thousand, and may be shared by entries that each ask for all of theirs.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A name as it is compared: NFC, lower case, white space collapsed.
#[must_use]
pub fn fold(name: &str) -> String {
    if is_plain(name) {
        return name.to_ascii_lowercase();
    }
    let nfc: Cow<'_, str> = if is_nfc_quick(name.chars()) == IsNormalized::Yes {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.nfc().collect())
    };
    let mut folded = String::with_capacity(nfc.len());
    for word in nfc.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        // The final sigma is the one letter whose lower case depends on its neighbours.
        folded.extend(
            word.chars()
                .flat_map(char::to_lowercase)
                .map(|c| if c == 'ς' { 'σ' } else { c }),
        );
    }
    folded
}

/// The letters among which a small Latin letter stands that has no accent to lose (`ø` among `o`).
#[must_use]
pub fn spelt(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        _ => return None,
    })
}

/// Slugs, ids and most names: nothing to compose, one space between words.
fn is_plain(name: &str) -> bool {
    let mut before = b' ';
    let plain = name.bytes().all(|byte| {
        let plain = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        plain
    });
    plain && before != b' ' || name.is_empty()
}

/// Whether a name folds to a given one; nearly always told without folding it.
pub(super) fn is_called(name: &str, folded: &str) -> bool {
    match is_plain(name) {
        true => name.eq_ignore_ascii_case(folded),
        false => fold(name) == folded,
    }
}

/// Where in a long list each name stands, by folded name and then as listed. A short list needs none: to search it
/// costs less than to keep a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Called(Vec<u32>);

/// The longest list that is looked through.
const SHORT: usize = 16;

impl Called {
    /// Of the names of a list.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Called {
        let mut names = names.enumerate();
        let short: Vec<_> = names.by_ref().take(SHORT + 1).collect();
        if short.len() <= SHORT {
            return Called::default();
        }
        let all = short.into_iter().chain(names);
        let mut by_name: Vec<(String, u32)> = all
            .map(|(at, name)| (fold(name), u32::try_from(at).unwrap_or(u32::MAX)))
            .collect();
        // By place too, so that what is called the same stays as listed.
        by_name.sort_unstable();
        Called(by_name.into_iter().map(|(_, at)| at).collect())
    }

    /// Places of a list of `count` names among which stand all those that are called by a name, which is
    /// [folded](fold), in the order of the list. `key` gives the name at a place.
    pub(super) fn find<'a, 'n, K: Fn(usize) -> Option<&'a str>>(
        &'a self,
        name: &'n str,
        count: usize,
        key: K,
    ) -> impl Iterator<Item = usize> + use<'a, 'n, K> {
        let Called(by_name) = self;
        let short = if by_name.is_empty() { count } else { 0 };
        let start =
            by_name.partition_point(|&at| key(at as usize).map(fold).as_deref() < Some(name));
        let rest = by_name.get(start..).unwrap_or(&[]).iter();
        let rest = rest.map(|&at| at as usize);
        (0..short).chain(rest.take_while(move |&at| key(at).is_some_and(|it| is_called(it, name))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_regard_to_case_space_and_composition() {
        assert_eq!(fold("  Lazarus\u{a0}  GROUP "), "lazarus group");
        assert_eq!(fold("Cafe\u{301}"), fold("CAFÉ"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
    }
}
