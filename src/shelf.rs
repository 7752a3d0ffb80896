//! Lists in parts that their copies share: what one generation of a dossier hands on to the next.
//!
//! Takes values in order; gives them by index, and tells in which places two lists differ. A copy costs
//! one count per part, a change of one place copies its part, and a comparison passes by what is shared.
//! Never compares values: what is the same is the same value in memory, so that identity is the one
//! sign of change that stages need.

use rayon::prelude::*;
use std::ops::Index;
use std::sync::Arc;

/// How many values lie in a part: few enough to copy at every edit, many enough that a hundred
/// thousand values are a few hundred parts.
const PART: usize = 256;

/// A list of counted values, in parts.
#[derive(Debug, Clone)]
pub struct Shelf<T> {
    parts: Vec<Arc<Vec<Arc<T>>>>,
    len: usize,
}

impl<T> Shelf<T> {
    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A value, where there is one.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Arc<T>> {
        self.parts.get(at / PART)?.get(at % PART)
    }

    /// The values in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> {
        self.parts.iter().flat_map(|part| part.iter())
    }

    /// How many values from the first on hold to a condition that those after them do not.
    #[must_use]
    pub fn partition_point(&self, holds: impl Fn(&T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(&self[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Puts another value in the place of one; nothing where there is no such place.
    pub fn set(&mut self, at: usize, value: Arc<T>) {
        if let Some(place) = self
            .parts
            .get_mut(at / PART)
            .and_then(|part| Arc::make_mut(part).get_mut(at % PART))
        {
            *place = value;
        }
    }

    /// The places in which two lists of one length do not hold the same value.
    #[must_use]
    pub fn changed(&self, before: &Self) -> Vec<usize> {
        let parts = self.parts.iter().zip(&before.parts).enumerate();
        parts
            .filter(|(_, (now, before))| !Arc::ptr_eq(now, before))
            .flat_map(|(at, (now, before))| {
                let values = now.iter().zip(before.iter()).enumerate();
                values
                    .filter(|(_, (now, before))| !Arc::ptr_eq(now, before))
                    .map(move |(place, _)| at * PART + place)
            })
            .collect()
    }
}

impl<T: Send + Sync> Shelf<T> {
    /// The values in order, on all cores.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = &Arc<T>> {
        (0..self.len)
            .into_par_iter()
            .map(|at| &self.parts[at / PART][at % PART])
    }

    /// A list made on all cores.
    pub fn collect(values: impl IndexedParallelIterator<Item = T>) -> Self {
        let values: Vec<Arc<T>> = values.map(Arc::new).collect();
        Self::from(values)
    }
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            parts: Vec::new(),
            len: 0,
        }
    }
}

impl<T> From<Vec<Arc<T>>> for Shelf<T> {
    fn from(values: Vec<Arc<T>>) -> Self {
        let len = values.len();
        let mut values = values.into_iter();
        let parts = (0..len.div_ceil(PART))
            .map(|_| Arc::new(values.by_ref().take(PART).collect()))
            .collect();
        Self { parts, len }
    }
}

impl<T> FromIterator<T> for Shelf<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from(values.into_iter().map(Arc::new).collect::<Vec<_>>())
    }
}

impl<T> Index<usize> for Shelf<T> {
    type Output = Arc<T>;

    /// # Panics
    /// Where there is no such place; stages make ids only of places that there are.
    fn index(&self, at: usize) -> &Arc<T> {
        &self.parts[at / PART][at % PART]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_shares_what_did_not_change_and_tells_what_did() {
        let before: Shelf<usize> = (0..1000).collect();
        let mut now = before.clone();
        assert!(now.changed(&before).is_empty());
        for at in [0, 255, 256, 999, 1000] {
            now.set(at, Arc::new(at + 1));
        }
        assert_eq!(now.changed(&before), [0, 255, 256, 999]);
        assert_eq!((*before[999], *now[999], now.len()), (999, 1000, 1000));
        assert!(Arc::ptr_eq(&before[1], &now[1]) && now.get(1000).is_none());
        assert!(Arc::ptr_eq(&before.parts[2], &now.parts[2]));
    }

    #[test]
    fn order_is_kept_on_all_cores() {
        let shelf = Shelf::collect((0..700usize).into_par_iter());
        let values: Vec<usize> = shelf.par_iter().map(|value| **value).collect();
        assert_eq!(values, (0..700).collect::<Vec<_>>());
        assert_eq!(shelf.iter().next_back().map(|last| **last), Some(699));
    }
}
