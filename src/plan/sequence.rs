//! Which incident came before which.
//!
//! Takes the index of incidents by date; gives of each the one before and the one after it, so that no page has to look
//! for its place. An incident without a date has none. Campaigns run beside one another for years, so that the one that
//! began last is not what came before; they have no neighbours, and neither has any other kind.

use super::index::{Index, Mark};
use crate::model::{Kind, PageId};

/// The incidents in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sequence {
    /// The id of the first of them: pages of one kind have ids in a row.
    first: u32,
    neighbours: Vec<Neighbours>,
}

/// What stands beside an incident in the order of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one before.
    pub previous: Option<PageId>,
    /// The one after.
    pub next: Option<PageId>,
}

impl Sequence {
    /// The kind whose entries have neighbours.
    pub const OF: Kind = Kind::Incident;

    pub(super) fn of(indexes: &[Index]) -> Sequence {
        let Some(index) = indexes.iter().find(|index| index.kind == Sequence::OF) else {
            return Sequence::default();
        };
        let rows = &index.by_date;
        let first = rows.all().iter().map(|id| id.0).min().unwrap_or_default();
        let undated = rows.firsts().find(|(mark, _)| **mark == Mark::Undated);
        let dated = undated.map_or(rows.all().len(), |(_, at)| at);
        // Newest first.
        let dated = rows.all().get(..dated).unwrap_or_default();
        let mut neighbours = vec![Neighbours::default(); rows.all().len()];
        let place = |id: PageId| id.0.saturating_sub(first) as usize;
        for (&later, &earlier) in dated.iter().zip(dated.iter().skip(1)) {
            if let Some(it) = neighbours.get_mut(place(later)) {
                it.previous = Some(earlier);
            }
            if let Some(it) = neighbours.get_mut(place(earlier)) {
                it.next = Some(later);
            }
        }
        Sequence { first, neighbours }
    }

    /// What stands beside an entry.
    #[must_use]
    pub fn beside(&self, id: PageId) -> Neighbours {
        let at = id.0.checked_sub(self.first).map(|at| at as usize);
        let found = at.and_then(|at| self.neighbours.get(at));
        found.copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Rows;

    #[test]
    fn each_stands_between_the_one_before_and_the_one_after() {
        let rows = [
            (7, Mark::Year(2018)),
            (5, Mark::Year(2016)),
            (8, Mark::Year(2016)),
            (6, Mark::Undated),
        ];
        let rows = Rows::of(rows.map(|(id, mark)| (PageId(id), mark)));
        let sequence = Sequence::of(&[Index {
            kind: Sequence::OF,
            by_name: Rows::default(),
            by_date: rows,
        }]);
        let beside = |id| {
            let Neighbours { previous, next } = sequence.beside(PageId(id));
            [previous, next].map(|it| it.map(|it| it.0))
        };
        assert_eq!(beside(7), [Some(5), None]);
        assert_eq!(beside(5), [Some(8), Some(7)]);
        assert_eq!(beside(8), [None, Some(5)]);
        for outside in [0, 4, 6, 9, u32::MAX] {
            assert_eq!(beside(outside), [None, None]);
        }
    }
}
