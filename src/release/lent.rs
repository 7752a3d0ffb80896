//! What a publisher's entry lends to the grades of its sources: the letter, where a source gives the digit alone.
//!
//! Takes entries; gives letters with their markings. The letter is lent at the door, so that behind it a source has
//! the grade that its audience may know, and none of a publisher who is withheld or whose reliability is. An edit that
//! changes what is lent changes the door (`Door::stands`).

use super::Door;
use crate::model::{Details, Entry, EntryId, Kind, Named, PageId, Reliability, Tlp, Value};
use serde::{Deserialize, Serialize};

/// How reliable a publisher is, and the marking of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lent {
    letter: Reliability,
    tlp: Tlp,
}

impl Door {
    /// What an entry lends: what its page says, as the only value or the chosen one of those that pass.
    pub(super) fn lent_by(&self, entry: &Entry<EntryId>) -> Option<Lent> {
        let lends = entry.kind == Kind::Organisation && entry.withdrawn.is_none();
        if !lends || !self.admits(entry) {
            return None;
        }
        let fact = entry.statements.fact("reliability")?;
        let passing: Vec<_> = fact.versions().filter(|it| self.sees(it.tlp)).collect();
        let version = match passing.as_slice() {
            [one] => one,
            several => several.iter().find(|it| it.what.chosen.is_some())?,
        };
        let Value::Reliability(letter) = version.what.value else {
            return None;
        };
        Some(Lent {
            letter,
            tlp: entry.tlp.max(version.tlp.unwrap_or_default()),
        })
    }

    /// Gives the grade of a source that lacks a letter that of its publisher.
    pub(super) fn lend(&self, entry: &Entry<EntryId>, page: &mut Entry<PageId>) {
        let Some(grade) = entry.evidence().and_then(|evidence| evidence.grade) else {
            return;
        };
        let publisher = entry.publisher.as_ref().map(|it| &it.value);
        if grade.reliability().is_none()
            && let Some(Named::Entry(publisher)) = publisher
            && let Some(lent) = self.lent.get(publisher)
            && let Details::Source(evidence) = &mut page.head_mut().details
        {
            evidence.grade = Some(grade.of_reliability(lent.letter));
            evidence.lent = Some(lent.tlp);
        }
    }
}
