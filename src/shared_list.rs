//! Lists in parts that their copies share: what one generation of a dossier hands on to the next.
//!
//! Takes values in order, or what makes them; gives them by index, and tells in which places two lists
//! differ. A copy costs one count per part, a change of one place copies its part, and a comparison passes
//! by what is shared. Never compares values: what is the same is the same value in memory, so that
//! identity is the one sign of change that stages need.
//!
//! A list that is [made on demand](SharedList::on_demand) makes a value when it is first asked for, once: what a
//! build takes up from an earlier one costs as much as it looks at.
//!
//! What stands in such a list stands there long: [`exact`] gives it no more room than it needs.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

/// How many values lie in a part: few enough to copy at every edit, many enough that a hundred
/// thousand values are a few hundred parts.
const PART: usize = 256;

/// A list of counted values, in parts.
#[derive(Debug)]
pub struct SharedList<T> {
    parts: Vec<Arc<Part<T>>>,
    len: usize,
}

#[derive(Debug)]
enum Part<T> {
    Made(Vec<Arc<T>>),
    /// Values that are made on demand, and those that were put in the place of some of them.
    OnDemand(Arc<Demand<T>>, BTreeMap<usize, Arc<T>>),
}

/// The values of a part, as far as they were asked for.
struct Demand<T> {
    made: Vec<OnceLock<Arc<T>>>,
    /// The place of the first.
    first: usize,
    make: Arc<Make<T>>,
}

/// What makes the value of a place: always the same one.
type Make<T> = dyn Fn(usize) -> Arc<T> + Send + Sync;

impl<T> fmt::Debug for Demand<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let made = self.made.iter().filter(|place| place.get().is_some());
        write!(f, "{} of {} made", made.count(), self.made.len())
    }
}

impl<T> Part<T> {
    fn get(&self, at: usize) -> Option<&Arc<T>> {
        match self {
            Part::Made(values) => values.get(at),
            Part::OnDemand(demand, put) => match put.get(&at) {
                Some(value) => Some(value),
                None => {
                    let place = demand.made.get(at)?;
                    Some(place.get_or_init(|| (demand.make)(demand.first + at)))
                }
            },
        }
    }

    fn len(&self) -> usize {
        match self {
            Part::Made(values) => values.len(),
            Part::OnDemand(demand, _) => demand.made.len(),
        }
    }

    fn set(&mut self, at: usize, value: Arc<T>) {
        match self {
            Part::Made(values) => {
                if let Some(place) = values.get_mut(at) {
                    *place = value;
                }
            }
            Part::OnDemand(demand, put) => {
                if at < demand.made.len() {
                    put.insert(at, value);
                }
            }
        }
    }

    /// The places in which two parts of one length do not hold the same value.
    fn changed(&self, before: &Self) -> Vec<usize> {
        let places: Vec<usize> = match (self, before) {
            (Part::OnDemand(now, put), Part::OnDemand(was, before)) if Arc::ptr_eq(now, was) => {
                put.keys().chain(before.keys()).copied().collect()
            }
            _ => (0..self.len()).collect(),
        };
        let mut changed: Vec<usize> = places
            .into_iter()
            .filter(|&at| match (self.get(at), before.get(at)) {
                (Some(now), Some(was)) => !Arc::ptr_eq(now, was),
                _ => true,
            })
            .collect();
        changed.sort_unstable();
        changed.dedup();
        changed
    }
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        match self {
            Part::Made(values) => Part::Made(values.clone()),
            Part::OnDemand(demand, put) => Part::OnDemand(Arc::clone(demand), put.clone()),
        }
    }
}

impl<T> SharedList<T> {
    /// A list of values that are made when they are first asked for. `make` gives the value of a place, and
    /// for one place always the same.
    #[must_use]
    pub fn on_demand(len: usize, make: impl Fn(usize) -> Arc<T> + Send + Sync + 'static) -> Self {
        let make: Arc<Make<T>> = Arc::new(make);
        let part = |at: usize| {
            let first = at * PART;
            let places = PART.min(len - first);
            let demand = Demand {
                made: (0..places).map(|_| OnceLock::new()).collect(),
                first,
                make: Arc::clone(&make),
            };
            Arc::new(Part::OnDemand(Arc::new(demand), BTreeMap::new()))
        };
        Self {
            parts: (0..len.div_ceil(PART)).map(part).collect(),
            len,
        }
    }

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
        (0..self.len).map(|at| &self[at])
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
        if let Some(part) = self.parts.get_mut(at / PART) {
            Arc::make_mut(part).set(at % PART, value);
        }
    }

    /// The places in which two lists of one length do not hold the same value.
    #[must_use]
    pub fn changed(&self, before: &Self) -> Vec<usize> {
        let parts = self.parts.iter().zip(&before.parts).enumerate();
        parts
            .filter(|(_, (now, before))| !Arc::ptr_eq(now, before))
            .flat_map(|(at, (now, before))| {
                let places = now.changed(before).into_iter();
                places.map(move |place| at * PART + place)
            })
            .collect()
    }
}

impl<T: Send + Sync> SharedList<T> {
    /// The values in order, on all cores.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = &Arc<T>> {
        (0..self.len).into_par_iter().map(|at| &self[at])
    }

    /// A list made on all cores.
    pub fn collect(values: impl IndexedParallelIterator<Item = T>) -> Self {
        let values: Vec<Arc<T>> = values.map(Arc::new).collect();
        Self::from(values)
    }
}

impl<T> Clone for SharedList<T> {
    fn clone(&self) -> Self {
        Self {
            parts: self.parts.clone(),
            len: self.len,
        }
    }
}

impl<T> Default for SharedList<T> {
    fn default() -> Self {
        Self {
            parts: Vec::new(),
            len: 0,
        }
    }
}

impl<T> From<Vec<Arc<T>>> for SharedList<T> {
    fn from(values: Vec<Arc<T>>) -> Self {
        let len = values.len();
        let mut values = values.into_iter();
        let parts = (0..len.div_ceil(PART))
            .map(|_| Arc::new(Part::Made(values.by_ref().take(PART).collect())))
            .collect();
        Self { parts, len }
    }
}

impl<T> FromIterator<T> for SharedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from(values.into_iter().map(Arc::new).collect::<Vec<_>>())
    }
}

impl<T> Index<usize> for SharedList<T> {
    type Output = Arc<T>;

    /// # Panics
    /// Where there is no such place; stages make ids only of places that there are.
    #[inline]
    fn index(&self, at: usize) -> &Arc<T> {
        match &*self.parts[at / PART] {
            Part::Made(values) => &values[at % PART],
            on_demand => on_demand.get(at % PART).expect("a place that there is"),
        }
    }
}

/// The values in a place of just their size: a list that grew has room for up to twice as many. (An
/// allocator may shrink a place without freeing any of it.)
#[must_use]
pub fn exact<T>(mut values: Vec<T>) -> Vec<T> {
    if values.capacity() == values.len() {
        return values;
    }
    let mut exact = Vec::with_capacity(values.len());
    exact.append(&mut values);
    exact
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn a_copy_shares_what_did_not_change_and_tells_what_did() {
        let before: SharedList<usize> = (0..1000).collect();
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
    fn what_is_made_on_demand_is_made_once_and_compared_without_being_made() {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let note = Arc::clone(&asked);
        let before: SharedList<usize> = SharedList::on_demand(600, move |at| {
            note.lock().unwrap().push(at);
            Arc::new(at)
        });
        let mut now = before.clone();
        assert!(now.changed(&before).is_empty());
        now.set(300, Arc::new(7));
        now.set(599, Arc::new(8));
        now.set(600, Arc::new(9));
        assert_eq!(asked.lock().unwrap().len(), 0);
        assert_eq!(now.changed(&before), [300, 599]);
        assert_eq!(before.changed(&now), [300, 599]);
        assert_eq!(
            (*now[300], *before[300], *now[301], *before[301]),
            (7, 300, 301, 301)
        );
        assert!(Arc::ptr_eq(&now[301], &before[301]));
        assert_eq!(*asked.lock().unwrap(), [300, 599, 301]);
        assert_eq!(
            now.iter().map(|value| **value).sum::<usize>(),
            (0..600).sum::<usize>() - 300 - 599 + 15
        );
        let mut back = now.clone();
        back.set(300, Arc::clone(&before[300]));
        assert_eq!(back.changed(&before), [599]);
    }

    #[test]
    fn order_is_kept_on_all_cores() {
        let list = SharedList::collect((0..700usize).into_par_iter());
        let values: Vec<usize> = list.par_iter().map(|value| **value).collect();
        assert_eq!(values, (0..700).collect::<Vec<_>>());
        assert_eq!(list.iter().next_back().map(|last| **last), Some(699));
    }
}
