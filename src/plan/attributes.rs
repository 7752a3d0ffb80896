//! What entries have in common by which a reader picks some of them: kind, year, country, sector, likelihood, grade, marking.
//!
//! Tags are told apart already ([`super::Tag`]).

use super::Edit;
use crate::model::{Confidence, Entry, Family, Grade, Kind, PageId, Sector, Tlp};
use crate::release::Release;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Something that entries have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Attribute {
    /// What they are about.
    Kind(Kind),
    /// The year of their date.
    Year(i16),
    /// Where an organisation is based.
    Country(PageId),
    /// What an organisation works in.
    Sector(Sector),
    /// How likely something is held that they say.
    Confidence(Confidence),
    /// How a source is graded.
    Grade(Grade),
    /// The marking of the whole.
    Marking(Tlp),
}

impl Attribute {
    /// The family whose pages list the entries that have it, if one does.
    #[must_use]
    pub const fn family(self) -> Option<Family> {
        match self {
            Attribute::Country(_) => Some(Family::Countries),
            Attribute::Sector(_) => Some(Family::Sectors),
            Attribute::Marking(_) => Some(Family::Markings),
            // A kind has an index of its own, which a year divides.
            Attribute::Kind(_) | Attribute::Year(_) => None,
            Attribute::Confidence(_) | Attribute::Grade(_) => None,
        }
    }

    /// What it is, as it stands in addresses.
    #[must_use]
    pub fn value(self, release: &Release) -> Cow<'_, str> {
        match self {
            Attribute::Kind(kind) => kind.name().into(),
            Attribute::Year(year) => year.to_string().into(),
            Attribute::Country(id) => release.page(id).slug.as_str().into(),
            Attribute::Sector(sector) => sector.word().into(),
            Attribute::Confidence(confidence) => confidence.words().into(),
            Attribute::Grade(grade) => grade.to_string().into(),
            Attribute::Marking(tlp) => tlp.name().into(),
        }
    }

    /// The marking under which an entry says that it has it.
    pub(super) fn marking(self, page: &Entry<PageId>) -> Tlp {
        match self {
            // None of them can be marked by itself.
            Attribute::Kind(_) | Attribute::Year(_) | Attribute::Country(_) => page.tlp,
            Attribute::Sector(_) | Attribute::Grade(_) | Attribute::Marking(_) => page.tlp,
            Attribute::Confidence(confidence) => {
                let held = page.statements.iter();
                let held = held.filter(|it| it.confidence == Some(confidence));
                let lowest = held.map(|it| it.tlp.unwrap_or_default()).min();
                page.tlp.max(lowest.unwrap_or_default())
            }
        }
    }
}

/// All attributes, each with the entries that have it, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributes(BTreeMap<Attribute, Vec<PageId>>);

pub(super) fn of_page(page: &Entry<PageId>) -> BTreeSet<Attribute> {
    let confidences = page.statements.iter().filter_map(|it| it.confidence);
    let grade = page.evidence().and_then(|evidence| evidence.grade);
    [Attribute::Kind(page.kind), Attribute::Marking(page.tlp)]
        .into_iter()
        .chain(page.when().map(|date| Attribute::Year(date.year())))
        .chain(page.country.as_ref().map(|it| Attribute::Country(it.value)))
        .chain(page.sectors().iter().copied().map(Attribute::Sector))
        .chain(confidences.map(Attribute::Confidence))
        .chain(grade.map(Attribute::Grade))
        .collect()
}

impl Attributes {
    pub(super) fn of(release: &Release) -> Attributes {
        let mut all = Attributes::default();
        for (id, page) in release.iter() {
            for attribute in of_page(page) {
                all.0.entry(attribute).or_default().push(id);
            }
        }
        all
    }

    /// What an edit made of them, if it changed any.
    pub(super) fn after(&self, before: &Release, now: &Release, edit: &Edit) -> Option<Attributes> {
        let mut all: Option<Attributes> = None;
        for &id in &edit.pages {
            let (was, is) = (of_page(before.page(id)), of_page(now.page(id)));
            for attribute in was.symmetric_difference(&is) {
                let all = &mut all.get_or_insert_with(|| self.clone()).0;
                let pages = all.entry(*attribute).or_default();
                match pages.binary_search(&id) {
                    Ok(at) => drop(pages.remove(at)),
                    Err(at) => pages.insert(at, id),
                }
                if pages.is_empty() {
                    all.remove(attribute);
                }
            }
        }
        all
    }

    /// Each with the entries that have it.
    pub fn iter(&self) -> impl Iterator<Item = (Attribute, &[PageId])> {
        self.0
            .iter()
            .map(|(attribute, pages)| (*attribute, &pages[..]))
    }
}
