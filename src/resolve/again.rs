//! Resolving after an edit: what stayed the same is taken over.
//!
//! Takes what was resolved last and the files as they are now; gives what resolving everything would
//! give, or nothing where so much moved (files came or went, a slug, an id, an indicator) that it must
//! be done. An entry is resolved anew if
//!
//! * it changed itself;
//! * a name that one of its links uses now means other entries;
//! * one of its links leads to an entry whose headings changed, or who may know of it;
//! * something in it led nowhere, and any name, title or heading changed: suggestions look at all.

use super::{Dossier, Names, Resolved, entry, fold, links};
use crate::diag::{Diagnostic, Outcome};
use crate::load::FileInfo;
use crate::model::body::{Destination, Heading, Target};
use crate::model::{Body, Entry, EntryId, RawRef};
use crate::parse::{Parsed, RawEntry};
use crate::shared_list::SharedList;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// What an edit changed of what other entries are resolved against.
#[derive(Default)]
struct Moved {
    /// The entries that changed.
    entries: BTreeSet<EntryId>,
    /// Names, folded, that mean other entries than before.
    names: HashSet<String>,
    /// How long they are.
    lengths: HashSet<usize>,
    /// Entries whose headings changed, or whether they can be relied on or be named to whom.
    headings: HashSet<EntryId>,
    /// Whether an introduction changed.
    intro: bool,
}

impl Moved {
    /// Whether a name as written means other entries than before.
    fn named(&self, name: &str) -> bool {
        // Folding may change the length of few names: those are folded to be sure.
        let plain = name.is_ascii() && !name.contains("  ");
        let likely = !plain || self.lengths.contains(&name.trim().len());
        likely && !self.names.is_empty() && self.names.contains(&fold(name))
    }
}

pub(super) fn resolve(
    files: &SharedList<Outcome<Parsed>>,
    others: &BTreeMap<String, FileInfo>,
    unreadable: &HashSet<String>,
    mut before: Resolved,
) -> Option<Resolved> {
    if files.len() != before.files.len()
        || *unreadable != *before.scope.unreadable
        || !others.keys().eq(before.scope.others.keys())
    {
        return None;
    }
    let mut moved = Moved::default();
    for at in files.changed(&before.files) {
        let file = &files[at].value;
        match (&before.files[at].value, file, before.places[at]) {
            (Parsed::Entry(was), Parsed::Entry(is), Some(id))
                if in_place(was, is) && (before.doubles.is_empty() || was.id == is.id) =>
            {
                before.replace(id, Arc::clone(is), &mut moved);
            }
            (Parsed::Intro(was), Parsed::Intro(is), _) if was.of == is.of => moved.intro = true,
            (Parsed::Nothing, Parsed::Nothing, _) => {}
            _ => return None,
        }
    }
    before.files = files.clone();
    if !moved.entries.is_empty() {
        before.renew(&moved);
    }
    if moved.intro || !moved.entries.is_empty() {
        before.intros();
    }
    Some(before)
}

/// Whether an entry is still the one that it was for the order of entries, the handles and the
/// indicators of the dossier.
pub(super) fn in_place(was: &RawEntry, is: &RawEntry) -> bool {
    let identity = |entry: &RawEntry| {
        let head = &entry.entry.head;
        (
            head.kind,
            head.slug.clone(),
            Arc::clone(&head.path),
            head.id.clone(),
            // Links may name a former address.
            head.redirect_from
                .iter()
                .map(|it| it.value.clone())
                .collect::<Vec<_>>(),
        )
    };
    let indicators =
        |entry: &RawEntry| -> BTreeSet<u64> { links::indicators(&entry.entry).collect() };
    identity(was) == identity(is) && indicators(was) == indicators(is)
}

impl Resolved {
    /// Puts an entry in the place of what it was.
    fn replace(&mut self, id: EntryId, is: Arc<RawEntry>, moved: &mut Moved) {
        let was = Arc::clone(&self.scope.raw[id.0 as usize]);
        moved.entries.insert(id);
        let renamed = Names::rename(&mut self.scope.names, id, &was.entry, &is.entry);
        moved.lengths.extend(renamed.iter().map(String::len));
        moved.names.extend(renamed);
        let retitled = was.entry.title != is.entry.title;
        let reliable = was.broken == is.broken;
        let known = |raw: &RawEntry| {
            let entry = &raw.entry;
            (
                entry.tlp,
                entry.draft,
                entry.publish,
                entry.withdrawn.is_some(),
            )
        };
        let headings = same_headings(&was.entry, &is.entry);
        if retitled || !reliable || !headings || known(&was) != known(&is) {
            moved.headings.insert(id);
        }
        if !reliable {
            let broken = Arc::make_mut(&mut self.dossier.broken);
            if is.broken {
                broken.insert(Arc::clone(&is.entry.path));
            } else {
                broken.remove(&is.entry.path);
            }
        }
        self.scope.raw.set(id.0 as usize, is);
    }

    /// Resolves what the edit reaches.
    fn renew(&mut self, moved: &Moved) {
        let mut reached: Vec<EntryId> = moved.entries.iter().copied().collect();
        if !moved.names.is_empty() || !moved.headings.is_empty() {
            reached.extend(self.in_entries.keys());
            match self.leads.take().filter(|_| self.is_led(moved)) {
                Some(leads) => {
                    let claims = |name: &String| self.scope.names.claimants(name).iter().copied();
                    let claimants = moved.names.iter().flat_map(claims);
                    let to = claimants.chain(moved.entries.iter().copied());
                    reached.extend(to.flat_map(|to| leads.to(to)));
                }
                None => reached.par_extend(self.looking(moved)),
            }
        }
        // Those of what is resolved anew may be others.
        self.leads = None;
        reached.sort_unstable();
        reached.dedup();
        let scope = &self.scope;
        let renewed: Vec<(EntryId, Entry<EntryId>, Vec<Diagnostic>)> = reached
            .into_par_iter()
            .map(|id| {
                let mut problems = Vec::new();
                let entry = entry::resolve(scope.entry(id), scope, &mut problems);
                (id, entry, problems)
            })
            .collect();
        for (id, entry, problems) in renewed {
            // What resolves as before stays the same value, so that no later stage takes it for changed.
            if moved.entries.contains(&id) || *self.dossier.entry(id) != entry {
                self.dossier.entries.set(id.0 as usize, Arc::new(entry));
            }
            if problems.is_empty() {
                self.in_entries.remove(&id);
            } else {
                self.in_entries.insert(id, problems);
            }
        }
    }

    /// Whether whatever uses a name that moved leads to an entry that bears it, or bore it, or led nowhere: not
    /// where a name is a part of another, or of a file that could not be read.
    fn is_led(&self, moved: &Moved) -> bool {
        let part = |name: &String| name.contains(['#', '|']);
        self.scope.unreadable.is_empty() && !moved.names.iter().any(part)
    }

    /// The entries of which a link uses a name that moved, or leads to headings that did.
    fn looking(&self, moved: &Moved) -> impl ParallelIterator<Item = EntryId> {
        let Dossier { entries, .. } = &self.dossier;
        entries
            .par_iter()
            .enumerate()
            .filter_map(move |(at, entry)| {
                let texts = entry.texts();
                let mut links =
                    texts.flat_map(|(_, text)| text.body.links.iter().zip(&text.targets));
                // A link of an edition may stand nowhere else.
                let editions = entry.prose.editions.iter();
                let editions = editions.flat_map(|it| it.body.links.iter().zip(&it.targets));
                let looks = links.by_ref().chain(editions).any(|(link, target)| {
                    let named = match &link.to {
                        Destination::Wiki {
                            name,
                            whole,
                            barred,
                            ..
                        } => {
                            let mut longer = [whole, barred].into_iter().flatten();
                            moved.named(name) || longer.any(|it| moved.named(it))
                        }
                        Destination::Drawn(name) => moved.named(name),
                        Destination::Relative { .. }
                        | Destination::External(_)
                        | Destination::Site { .. }
                        | Destination::Refused => false,
                    };
                    named || matches!(target, Target::Entry(to, _) if moved.headings.contains(to))
                });
                looks.then_some(EntryId(u32::try_from(at).ok()?))
            })
    }
}

/// Whether links to headings of an entry lead where they led.
fn same_headings(was: &Entry<RawRef>, is: &Entry<RawRef>) -> bool {
    let shown = |body: &Body| {
        let heading = |it: &Heading| (it.text.clone(), it.id.clone());
        let headings: Vec<(String, Option<String>)> = body.headings.iter().map(heading).collect();
        let ids: Vec<Box<str>> = body.ids.iter().map(|raw| raw.id.clone()).collect();
        (headings, ids)
    };
    shown(&was.prose.body) == shown(&is.prose.body)
}
