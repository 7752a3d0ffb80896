//! The reference list of a page.

use crate::model::PageId;
use crate::plan::graph::Origin;
use crate::plan::{By, Placed};
use crate::render::views::reads::Reads;
use std::collections::HashSet;

/// A source that a page cites.
#[derive(Debug)]
pub(in crate::render) struct Reference<'a> {
    /// Its number on the page, from 1.
    pub(in crate::render) number: u32,
    /// It.
    pub(in crate::render) source: PageId,
    /// Where in it the page's citations point, each place once, in the order in which a reader meets them.
    pub(in crate::render) places: Vec<&'a str>,
    /// Which of its citations have a mark on the page that leads here, from 1.
    pub(in crate::render) marks: Vec<u32>,
}

/// Where in its source a citation points.
pub(in crate::render) fn place(placed: &Placed) -> Option<&str> {
    placed.at.as_deref().filter(|place| !place.is_empty())
}

/// The sources that a page cites, by their numbers.
pub(in crate::render) fn of<'a>(reads: &Reads<'a>, origin: Origin) -> Vec<Reference<'a>> {
    let ledger = reads.ledger(origin);
    let reference = |(number, &source): (u32, &PageId)| Reference {
        number,
        source,
        places: Vec::new(),
        marks: Vec::new(),
    };
    let mut references: Vec<Reference<'_>> = (1..).zip(&ledger.references).map(reference).collect();
    let mut told = HashSet::new();
    for placed in &ledger.places {
        // What is withheld has no number.
        let at = placed.number.checked_sub(1).map(|at| at as usize);
        let Some(reference) = at.and_then(|at| references.get_mut(at)) else {
            continue;
        };
        if placed.by != By::Whole {
            reference.marks.push(placed.nth);
        }
        if let Some(place) = place(placed)
            && told.insert((placed.number, place))
        {
            reference.places.push(place);
        }
    }
    references
}
