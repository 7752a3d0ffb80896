//! The indexes: the released pages of each kind, in each order, with what they stand under.

use super::names::index_key;
use crate::model::date::Instant;
use crate::model::{Entry, Kind, PageId};
use crate::release::Release;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// The released pages of one kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Index {
    /// The kind.
    pub kind: Kind,
    /// By title, as a reader would look it up; places by what sort of place they are, then by title.
    pub by_name: Rows,
    /// By date, newest first; pages without one last.
    pub by_date: Rows,
}

/// A list in an order, in groups that stand under one mark each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows<T = PageId> {
    all: Vec<T>,
    /// The marks, with how many rows stand under each: never none.
    groups: Vec<(Mark, u32)>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Rows {
            all: Vec::new(),
            groups: Vec::new(),
        }
    }
}

/// What rows of a list stand under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// The first letter of a name, a capital where there is one.
    Letter(char),
    /// A name that begins with a digit (of ASCII: others stand behind all letters), or has neither letters nor digits.
    Digits,
    /// A year.
    Year(i16),
    /// No date.
    Undated,
    /// What sort of place a place is, as far as that is said.
    Sort(Option<Box<str>>),
}

impl Mark {
    /// The mark of a name by what it is sorted by.
    pub(super) fn of_name(sorted: &str) -> Mark {
        match sorted.chars().next() {
            None => Mark::Digits,
            Some(digit) if digit.is_ascii_digit() => Mark::Digits,
            // Of those that have two capitals the first (ß is none that begins a word).
            Some(letter) => Mark::Letter(letter.to_uppercase().next().unwrap_or(letter)),
        }
    }

    fn of(page: &Entry<PageId>, key: &str) -> Mark {
        match page.kind {
            // What a key of no sort is, stands behind all others.
            Kind::Place if key == char::MAX.to_string() => Mark::Sort(None),
            Kind::Place => Mark::Sort(Some(key.into())),
            _ => Mark::of_name(key),
        }
    }
}

impl<T> Rows<T> {
    /// A list from its rows in their order.
    pub(super) fn of(rows: impl IntoIterator<Item = (T, Mark)>) -> Rows<T> {
        let mut list = Rows::default();
        for (row, mark) in rows {
            list.all.push(row);
            match list.groups.last_mut() {
                Some((last, count)) if *last == mark => *count += 1,
                _ => list.groups.push((mark, 1)),
            }
        }
        list.all.shrink_to_fit();
        list
    }

    /// The rows.
    #[must_use]
    pub fn all(&self) -> &[T] {
        &self.all
    }

    /// Every mark, with the place of the first row under it.
    pub fn firsts(&self) -> impl Iterator<Item = (&Mark, usize)> {
        let mut at = 0;
        self.groups.iter().map(move |(mark, count)| {
            let first = at;
            at += *count as usize;
            (mark, first)
        })
    }

    /// The rows of a part of the list, each with its mark.
    pub fn within(&self, from: usize, most: usize) -> impl Iterator<Item = (&T, &Mark)> {
        // Asked once for each page of a list: no row outside of the part is looked at.
        let until = from.saturating_add(most);
        let groups = self.firsts().zip(&self.groups);
        groups.flat_map(move |((mark, first), (_, count))| {
            let part = first.max(from)..until.min(first + *count as usize);
            let rows = self.all.get(part).unwrap_or(&[]).iter();
            rows.map(move |row| (row, mark))
        })
    }

    /// The list with some rows taken out and others put in where they belong. All are taken out before the first is
    /// put in, so that those that stay are in order.
    pub(super) fn with<K: Ord>(
        &self,
        stays: impl Fn(&T) -> bool,
        new: impl IntoIterator<Item = T>,
        key: impl Fn(&T) -> K,
        mark: impl Fn(&T) -> Mark,
    ) -> Rows<T>
    where
        T: Clone,
    {
        let staying = self.within(0, usize::MAX).filter(|(row, _)| stays(row));
        let mut rows: Vec<(T, Mark)> = staying
            .map(|(row, mark)| (row.clone(), mark.clone()))
            .collect();
        for row in new {
            let place = key(&row);
            let at = rows.partition_point(|(other, _)| key(other) < place);
            let mark = mark(&row);
            rows.insert(at, (row, mark));
        }
        Rows::of(rows)
    }
}

/// The indexes of all kinds of which there are pages, by kind.
pub(super) fn all(release: &Release) -> Vec<Index> {
    let mut kinds: Vec<(Kind, Vec<PageId>)> = Vec::new();
    let entries = release.iter();
    for (id, page) in entries.filter(|(_, page)| page.kind.is_of_entries()) {
        match kinds.last_mut() {
            Some((kind, ids)) if *kind == page.kind => ids.push(id),
            _ => kinds.push((page.kind, vec![id])),
        }
    }
    kinds
        .into_iter()
        .map(|(kind, ids)| of(release, kind, ids))
        .collect()
}

fn of(release: &Release, kind: Kind, ids: Vec<PageId>) -> Index {
    let mut keyed: Vec<_> = { ids.into_iter() }
        .map(|id| (index_key(release, id), id))
        .collect();
    keyed.sort();
    let by_name: Vec<PageId> = keyed.iter().map(|&(_, id)| id).collect();
    let mark =
        |(key, id): ((String, i16, String), PageId)| (id, Mark::of(release.page(id), &key.0));
    let mut by_date = by_name;
    // Stable, so that pages of one day, and those without a day, stay in order of name.
    by_date.sort_by_key(|&id| latest_first(release.page(id)));
    Index {
        kind,
        by_name: Rows::of(keyed.into_iter().map(mark)),
        by_date: Rows::of(by_date.into_iter().map(|id| (id, dated(release.page(id))))),
    }
}

fn latest_first(page: &Entry<PageId>) -> Reverse<Option<Instant>> {
    Reverse(page.when().map(|date| date.instant()))
}

fn dated(page: &Entry<PageId>) -> Mark {
    page.when()
        // The year by which it is sorted: of a time that of UTC.
        .map_or(Mark::Undated, |date| Mark::Year(date.instant().year()))
}

impl Index {
    /// Moves pages to where they now stand, if they are in it.
    pub(super) fn reorder(&mut self, release: &Release, moved: &[PageId]) {
        let kind = self.kind;
        let moved = moved.iter().copied();
        let moved: Vec<PageId> = moved.filter(|&id| release.page(id).kind == kind).collect();
        if moved.is_empty() {
            return;
        }
        let stays = |id: &PageId| !moved.contains(id);
        let by_name = |&id: &PageId| (index_key(release, id), id);
        let by_date = |id: &PageId| (latest_first(release.page(*id)), by_name(id));
        let named = |&id: &PageId| Mark::of(release.page(id), &index_key(release, id).0);
        let year = |&id: &PageId| dated(release.page(id));
        self.by_name = self
            .by_name
            .with(stays, moved.iter().copied(), by_name, named);
        self.by_date = self
            .by_date
            .with(stays, moved.iter().copied(), by_date, year);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::names::sort_key;

    #[test]
    fn names_of_one_letter_stand_together() {
        let mut names = [
            "zebra",
            "<second>",
            "A <sixth>",
            "“Seven”",
            "$46m",
            "—",
            "Über",
            "49ers",
            "[x]",
            "the",
            "a",
            "ſtar",
            "٣",
            "①",
            "Śląsk",
            "Œuvre",
            "İzmir",
            "Ilse",
            "_under",
            "S",
            "A",
            "ﬁ",
            "Fi",
            "1",
            "",
            "北",
            "🦓 Zebra",
        ];
        names.sort_by_key(|name| sort_key(name));
        let rows = Rows::of({ names.iter() }.map(|name| (*name, Mark::of_name(&sort_key(name)))));
        let mut marks: Vec<String> = rows.firsts().map(|(mark, _)| format!("{mark:?}")).collect();
        let count = marks.len();
        marks.sort();
        marks.dedup();
        assert_eq!(
            marks.len(),
            count,
            "{:?}",
            rows.firsts().collect::<Vec<_>>()
        );
    }

    #[test]
    fn rows_stand_under_their_marks_wherever_they_begin() {
        let letter = |c| Mark::Letter(c);
        let rows = [letter('A'), letter('A'), letter('B'), Mark::Digits];
        let rows = Rows::of((0..).map(PageId).zip(rows));
        let firsts: Vec<_> = rows.firsts().map(|(mark, at)| (mark.clone(), at)).collect();
        assert_eq!(
            firsts,
            [(letter('A'), 0), (letter('B'), 2), (Mark::Digits, 3)]
        );
        let within: Vec<_> = rows
            .within(1, 2)
            .map(|(id, mark)| (id.0, mark.clone()))
            .collect();
        assert_eq!(within, [(1, letter('A')), (2, letter('B'))]);
    }

    #[test]
    fn numbers_in_names_are_sorted_by_what_they_count() {
        let mut names = [
            "APT10", "APT2", "APT1", "APT", "UNC2452", "6 men", "11 men", "APT2b", "APT02a",
        ];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "6 men", "11 men", "APT", "APT1", "APT2", "APT02a", "APT2b", "APT10", "UNC2452"
            ]
        );
    }

    #[test]
    fn marks_are_letters_as_they_head_a_list() {
        let of = |name| Mark::of_name(&sort_key(name));
        assert_eq!(of("“apt38”"), Mark::Letter('A'));
        assert_eq!(of("1st"), Mark::Digits);
        assert_eq!(of("—"), Mark::Digits);
        assert_eq!(of("япония"), Mark::Letter('Я'));
        assert_eq!(of("北朝鮮"), Mark::Letter('北'));
    }
}
