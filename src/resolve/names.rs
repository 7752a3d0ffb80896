//! Which entries a name may mean.

use crate::diag::{Code, Diagnostic};
use crate::model::{Entry, EntryId, Kind, RawRef};
use crate::text::Place;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Tens of thousands of names are looked up in the same table, which nobody but its writers fill: it
/// need not withstand them.
type Map<K, V> = HashMap<K, V, ahash::RandomState>;

/// Every name of every entry.
#[derive(Debug, Default)]
pub struct Names {
    /// Folded id, slug, `folder/slug`, title or alias → the entries that claim it, in order.
    claims: Map<String, Vec<EntryId>>,
    /// Slug, `folder/slug` or id, exactly → the entries, for references in front matter.
    handles: Map<String, Vec<EntryId>>,
    kinds: Vec<Kind>,
}

/// A name as it is compared: NFC, lower case, white space collapsed.
#[must_use]
pub fn fold(name: &str) -> String {
    // Slugs, ids and most names: nothing to compose, one space between words.
    let spaced = name.contains("  ") || name.starts_with(' ') || name.ends_with(' ');
    if !spaced
        && name
            .bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_graphic())
    {
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

impl Names {
    /// Collects the names of all entries, reporting ids that two entries claim.
    pub(super) fn collect<'a>(
        entries: impl Iterator<Item = &'a Entry<RawRef>>,
        problems: &mut Vec<Diagnostic>,
    ) -> Names {
        let mut names = Names::default();
        let mut ids: Map<&str, &Entry<RawRef>> = Map::default();
        for (entry, id) in entries.zip((0..).map(EntryId)) {
            names.kinds.push(entry.kind);
            if let Some(other) = ids.insert(&entry.id, entry) {
                problems.push(
                    Diagnostic::new(
                        Code::DuplicateId,
                        Place::file(Arc::clone(&entry.path)),
                        format!("two entries have the id `{}`", entry.id),
                    )
                    .also(Place::file(Arc::clone(&other.path)), "the other one")
                    .help("an id is permanent and unique: give the newer entry another one"),
                );
            }
            for handle in handles(entry) {
                claim(&mut names.handles, handle, id);
            }
            for name in claims(entry) {
                claim(&mut names.claims, name, id);
            }
        }
        names
    }

    /// Takes an entry's new names in place of its former ones; its handles are the same. Gives every
    /// name that now means other entries than before.
    pub(super) fn rename(
        &mut self,
        id: EntryId,
        before: &Entry<RawRef>,
        now: &Entry<RawRef>,
    ) -> Vec<String> {
        let (before, now) = (claims(before), claims(now));
        let mut moved = Vec::new();
        for gone in before.iter().filter(|name| !now.contains(name)) {
            if let Some(claimants) = self.claims.get_mut(gone) {
                claimants.retain(|&claimant| claimant != id);
                if claimants.is_empty() {
                    self.claims.remove(gone);
                }
            }
            moved.push(gone.clone());
        }
        for new in now.into_iter().filter(|name| !before.contains(name)) {
            let claimants = self.claims.entry(new.clone()).or_default();
            if let Err(at) = claimants.binary_search(&id) {
                claimants.insert(at, id);
            }
            moved.push(new);
        }
        moved
    }

    /// The entries that a bare name may mean.
    #[must_use]
    pub fn claimants(&self, name: &str) -> &[EntryId] {
        self.claims.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    /// The entries of the given kinds that a reference in front matter may mean.
    #[must_use]
    pub fn referents(&self, name: &str, kinds: &[Kind]) -> Vec<EntryId> {
        let all = self.handles.get(name.trim()).map_or(&[][..], Vec::as_slice);
        all.iter()
            .copied()
            .filter(|&id| kinds.contains(&self.kind(id)))
            .collect()
    }

    /// Every entry that a reference names, of whatever kind.
    #[must_use]
    pub fn any_referents(&self, name: &str) -> &[EntryId] {
        self.handles.get(name.trim()).map_or(&[], Vec::as_slice)
    }

    /// Every handle of entries of the given kinds, in no order: a suggestion is the nearest, and of
    /// those as near the first by alphabet.
    pub fn handles_of(&self, kinds: &[Kind]) -> impl Iterator<Item = &str> {
        let of_kind = |ids: &[EntryId]| ids.iter().any(|&id| kinds.contains(&self.kind(id)));
        let handles = self.handles.iter().filter(move |(_, ids)| of_kind(ids));
        handles.map(|(handle, _)| handle.as_str())
    }

    /// Every name, folded, in no order, for suggestions.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.claims.keys().map(String::as_str)
    }

    fn kind(&self, id: EntryId) -> Kind {
        self.kinds[id.0 as usize]
    }
}

fn claim(map: &mut Map<String, Vec<EntryId>>, name: String, id: EntryId) {
    let claimants = map.entry(name).or_default();
    if claimants.last() != Some(&id) {
        claimants.push(id);
    }
}

/// What references in front matter may call an entry.
fn handles(entry: &Entry<RawRef>) -> [String; 3] {
    let long = format!("{}/{}", entry.kind.folder(), entry.slug);
    [entry.slug.clone(), long, entry.id.clone()]
}

/// What links may call an entry, folded.
fn claims(entry: &Entry<RawRef>) -> Vec<String> {
    let aliases = entry.aliases.iter().map(|alias| &alias.name);
    let spoken = std::iter::once(&entry.title).chain(aliases);
    let mut claims: Vec<String> = handles(entry).iter().map(|handle| fold(handle)).collect();
    claims.extend(spoken.map(|name| fold(name)));
    claims
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_are_compared_without_regard_to_case_space_and_composition() {
        assert_eq!(fold("  Lazarus\u{a0}  GROUP "), "lazarus group");
        assert_eq!(fold("Cafe\u{301}"), fold("CAFÉ"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
    }
}
