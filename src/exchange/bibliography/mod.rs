//! Bibliographies: every reference is a source.
//!
//! The readers of one form each ([`bibtex`], [`csl`], [`ris`]) take a text and give `Reference`s, which say what they say in
//! the words of no form; the step that they share makes entries of them. Whatever is no key of a source stays under
//! `extra` by the name that it has there. A file on somebody's disk is nobody else's business, and is left out.

pub mod bibtex;

pub mod csl;

pub mod ris;

mod meanings;

mod reference;

pub(super) mod tree;

pub(super) mod withheld;

#[cfg(test)]
mod tests;

use reference::Reference;

use super::{Import, Incoming, Losses, Why, order};
use std::collections::HashMap;

/// The entries of references, each under a name of its own: of two with the same name the second has a number, unless it says
/// the same.
fn import(references: Vec<Reference>, mut losses: Losses) -> Import {
    let mut entries: Vec<Incoming> = Vec::with_capacity(references.len());
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut last: HashMap<String, usize> = HashMap::new();
    for reference in references {
        let (form, given) = (reference.form.clone(), reference.key.clone());
        let Some(mut entry) = reference.entry(&mut losses) else {
            continue;
        };
        if let Some(same) = known.get(&given).and_then(|at| entries.get(*at))
            && same.values == entry.values
            && same.title == entry.title
            && same.body == entry.body
        {
            // Who may see it, both say.
            let same = known.get(&given).and_then(|at| entries.get_mut(*at));
            if let Some(same) = same.filter(|same| entry.tlp > same.tlp) {
                losses.note(Why::Raised, format!("{form}.key"), &given);
                same.tlp = entry.tlp;
            }
            continue;
        }
        if known.contains_key(&entry.origin) {
            losses.note(Why::Changed, format!("{form}.key"), &given);
            let number = last.entry(given.clone()).or_insert(1);
            while known.contains_key(&entry.origin) {
                *number += 1;
                entry.origin = format!("{given}-{number}");
            }
        }
        known.insert(entry.origin.clone(), entries.len());
        entries.push(entry);
    }
    order::in_order(&mut entries);
    Import {
        entries,
        kept: Vec::new(),
        losses,
    }
}
