//! The chronicle: every incident and campaign that has a date, in order of time.
//!
//! Takes the released pages; gives the dated ones, oldest first, under their years, and how many have no date. Holds what
//! marks their dates, so that whatever is counted of them need not ask the pages.

use super::Edit;
use super::index::{Mark, Rows};
use crate::model::date::Instant;
use crate::model::{Entry, Kind, PageId, Tlp};
use crate::release::Release;
use serde::{Deserialize, Serialize};

/// The acts of a dossier in time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chronicle {
    acts: Rows<Happened>,
    undated: Vec<PageId>,
}

/// An act that has a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// The incident or campaign.
    pub page: PageId,
    /// The marking of that it was then.
    pub tlp: Tlp,
}

/// Fewer are no chronicle.
const LEAST: usize = 2;

fn is_act(page: &Entry<PageId>) -> bool {
    matches!(page.kind, Kind::Incident | Kind::Campaign)
}

fn instant(page: &Entry<PageId>) -> Option<Instant> {
    page.when().map(|date| date.instant())
}

/// What decides where an act stands, and under which marking; of what is none nothing.
fn told(release: &Release, id: PageId) -> Option<(Option<Instant>, Happened)> {
    let page = release.page(id);
    let dating = || {
        let mut facts = ["dates", "first_seen"].into_iter();
        let fact = facts.find_map(|name| page.statements.fact(name))?;
        fact.leading()?.tlp.filter(|_| page.date.is_none())
    };
    let tlp = page.tlp.max(dating().unwrap_or_default());
    is_act(page).then(|| (instant(page), Happened { page: id, tlp }))
}

impl Chronicle {
    pub(super) fn of(release: &Release) -> Chronicle {
        let acts = release.iter().filter_map(|(id, _)| told(release, id));
        let (mut dated, mut undated) = (Vec::new(), Vec::new());
        for (when, act) in acts {
            match when {
                Some(when) => dated.push((when, act)),
                None => undated.push(act.page),
            }
        }
        dated.sort_by_key(|(when, act)| (*when, act.page));
        let rows = dated.into_iter();
        Chronicle {
            acts: Rows::of(rows.map(|(when, act)| (act, Mark::Year(when.year())))),
            undated,
        }
    }

    /// What an edit changed of it, if anything.
    pub(super) fn after(&self, before: &Release, now: &Release, edit: &Edit) -> Option<Chronicle> {
        let edited = edit.pages.iter().copied();
        let moved = edited.filter(|&id| told(before, id) != told(now, id));
        let moved: Vec<PageId> = moved.collect();
        if moved.is_empty() {
            return None;
        }
        let stays = |id: &PageId| !moved.contains(id);
        let new = moved.iter().filter_map(|&id| told(now, id));
        let (mut dated, mut undated) = (Vec::new(), self.undated.clone());
        undated.retain(stays);
        for (when, act) in new {
            match when {
                Some(_) => dated.push(act),
                None => undated.push(act.page),
            }
        }
        undated.sort_unstable();
        let key = |act: &Happened| (instant(now.page(act.page)), act.page);
        let year = |act: &Happened| {
            instant(now.page(act.page)).map_or(Mark::Undated, |when| Mark::Year(when.year()))
        };
        let acts = self.acts.with(|act| stays(&act.page), dated, key, year);
        Some(Chronicle { acts, undated })
    }

    /// Those that have a date, oldest first, under their years.
    #[must_use]
    pub fn acts(&self) -> &Rows<Happened> {
        &self.acts
    }

    /// How many acts have no date.
    #[must_use]
    pub fn undated(&self) -> usize {
        self.undated.len()
    }

    /// Whether there is enough for pages of it.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.acts.all().len() >= LEAST
    }

    /// How many pages it fills.
    #[must_use]
    pub fn pages(&self) -> u32 {
        match self.is_told() {
            true => super::pages(self.acts.all().len()),
            false => 0,
        }
    }

    /// How many acts began in which year.
    #[must_use]
    pub fn years(&self) -> Vec<(i16, u32)> {
        let firsts: Vec<(&Mark, usize)> = self.acts.firsts().collect();
        let ends = firsts.iter().skip(1).map(|(_, at)| *at);
        let ends = ends.chain([self.acts.all().len()]);
        let years = firsts
            .iter()
            .zip(ends)
            .filter_map(|((mark, at), end)| match mark {
                Mark::Year(year) => Some((*year, u32::try_from(end - at).unwrap_or(u32::MAX))),
                Mark::Letter(_) | Mark::Digits | Mark::Undated | Mark::Sort(_) => None,
            });
        years.collect()
    }
}

/// The address of a page of the chronicle.
#[must_use]
pub fn chronicle_address(number: u32) -> String {
    match number {
        0 | 1 => "timeline/".to_owned(),
        _ => format!("timeline/page/{number}/"),
    }
}
