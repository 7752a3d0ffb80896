//! Names: how they are compared, and the other names of an entry.
//!
//! Two names are the same where nothing but case, white space or composition tells them apart. Whoever
//! looks for a name among many asks [`Aliases::called`], which does not look at each: lists of names may
//! hold ten thousand, and may be shared by entries that each ask for all of theirs.

use super::Alias;
use std::borrow::Cow;
use std::ops::Deref;
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

/// Whether a name is the one that is folded: nearly always told without folding it, too.
fn is(name: &str, folded: &str) -> bool {
    match is_plain(name) {
        true => name.eq_ignore_ascii_case(folded),
        false => fold(name) == folded,
    }
}

/// The other names of an entry: a list in the order written.
#[derive(Debug, Clone, PartialEq)]
pub struct Aliases<R> {
    list: Vec<Alias<R>>,
    /// Indexes into a long list, by folded name and then as written. A short one has none: looking through
    /// it costs less than keeping them.
    by_name: Vec<u32>,
}

/// The longest list that is looked through.
const SHORT: usize = 16;

impl<R> Aliases<R> {
    /// Those that are called by a name, which is [folded](fold), in the order written.
    pub fn called<'a, 'n>(
        &'a self,
        name: &'n str,
    ) -> impl Iterator<Item = &'a Alias<R>> + use<'a, 'n, R> {
        let short = match self.by_name.is_empty() {
            true => self.list.as_slice(),
            false => &[],
        };
        let short = short.iter().filter(move |alias| is(&alias.name, name));
        let key = |at: &u32| self.list.get(*at as usize).map(|it| fold(&it.name));
        let start = (self.by_name).partition_point(|at| key(at).as_deref() < Some(name));
        let rest = self.by_name.get(start..).unwrap_or(&[]);
        let known = rest.iter().map_while(move |at| {
            let alias = self.list.get(*at as usize)?;
            is(&alias.name, name).then_some(alias)
        });
        short.chain(known)
    }
}

impl<R> From<Vec<Alias<R>>> for Aliases<R> {
    fn from(list: Vec<Alias<R>>) -> Self {
        let mut by_name = Vec::new();
        if list.len() > SHORT {
            by_name.extend((0..).take(list.len()));
            let key = |at: &u32| list.get(*at as usize).map(|it| fold(&it.name));
            // Stable: what is called the same stays as written.
            by_name.sort_by_cached_key(key);
        }
        Self { list, by_name }
    }
}

impl<R> FromIterator<Alias<R>> for Aliases<R> {
    fn from_iter<I: IntoIterator<Item = Alias<R>>>(aliases: I) -> Self {
        Self::from(aliases.into_iter().collect::<Vec<_>>())
    }
}

impl<R> Default for Aliases<R> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<R> Deref for Aliases<R> {
    type Target = [Alias<R>];

    fn deref(&self) -> &[Alias<R>] {
        &self.list
    }
}

impl<'a, R> IntoIterator for &'a Aliases<R> {
    type Item = &'a Alias<R>;
    type IntoIter = std::slice::Iter<'a, Alias<R>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Overlap, RawRef};
    use crate::text::Span;

    #[test]
    fn names_are_compared_without_regard_to_case_space_and_composition() {
        assert_eq!(fold("  Lazarus\u{a0}  GROUP "), "lazarus group");
        assert_eq!(fold("Cafe\u{301}"), fold("CAFÉ"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
    }

    #[test]
    fn a_long_list_gives_what_a_short_one_gives() {
        let alias = |(at, name): (u32, String)| Alias::<RawRef> {
            name,
            by: None,
            overlap: Overlap::Equal,
            sources: Vec::new(),
            tlp: None,
            span: Span::new(at as usize, at as usize),
        };
        for length in [0, 1, SHORT, SHORT + 1, 300] {
            // Each name twice, in two spellings, not in order.
            let names = (0..length).map(|at| match at % 2 {
                0 => format!("Name {}", (at / 2 * 7) % 150),
                _ => format!("NAME  {}", (at / 2 * 7) % 150),
            });
            let aliases: Aliases<RawRef> = (0..).zip(names).map(alias).collect();
            for name in ["name 0", "name 7", "name 149", "name", "", "zzz"] {
                let found: Vec<u32> = aliases.called(name).map(|it| it.span.start).collect();
                let looked = aliases.iter().filter(|it| fold(&it.name) == name);
                assert_eq!(found, looked.map(|it| it.span.start).collect::<Vec<_>>());
            }
        }
    }
}
