//! Graphs, and coarser ones in which pairs are one.

/// A graph without direction, of which every edge stands at both ends.
#[derive(Debug, Clone)]
pub(super) struct Level {
    /// How many things each stands for.
    mass: Vec<f64>,
    /// Where the edges of each begin, and where the last one's end.
    begin: Vec<usize>,
    /// The other ends, with how many edges each stands for.
    edges: Vec<(u32, f64)>,
}

impl Level {
    /// Of pairs, each counted once.
    pub(super) fn of(count: usize, edges: &[(u32, u32)]) -> Level {
        let mut pairs: Vec<(u32, u32)> = edges
            .iter()
            .filter(|(from, to)| from != to && (*from as usize) < count && (*to as usize) < count)
            .flat_map(|&(from, to)| [(from, to), (to, from)])
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let edges = pairs.into_iter().map(|(from, to)| (from, to, 1.0));
        Level::built(vec![1.0; count], edges.collect())
    }

    /// Of edges by their ends, each pair of ends once.
    fn built(mass: Vec<f64>, sorted: Vec<(u32, u32, f64)>) -> Level {
        let mut begin = vec![0; mass.len() + 1];
        for (from, _, _) in &sorted {
            if let Some(count) = begin.get_mut(*from as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut begin {
            sum += *count;
            *count = sum;
        }
        Level {
            mass,
            begin,
            edges: sorted.into_iter().map(|(_, to, w)| (to, w)).collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.mass.len()
    }

    pub(super) fn mass(&self) -> &[f64] {
        &self.mass
    }

    /// Those that one is connected with.
    pub(super) fn of_one(&self, at: usize) -> &[(u32, f64)] {
        match self.begin.get(at..at + 2) {
            Some(&[from, to]) => self.edges.get(from..to).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// What hangs together: the largest first, of as many that with the first member.
    pub(super) fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.len()];
        let mut components: Vec<Vec<usize>> = Vec::new();
        for first in 0..self.len() {
            if seen.get(first).copied().unwrap_or(true) {
                continue;
            }
            let mut members = vec![first];
            seen[first] = true;
            let mut at = 0;
            while let Some(&member) = members.get(at) {
                for &(other, _) in self.of_one(member) {
                    if let Some(seen) = seen.get_mut(other as usize).filter(|seen| !**seen) {
                        *seen = true;
                        members.push(other as usize);
                    }
                }
                at += 1;
            }
            members.sort_unstable();
            components.push(members);
        }
        components
            .sort_by_key(|members| (std::cmp::Reverse(members.len()), members.first().copied()));
        components
    }

    /// The part of some members, in order, that hang together.
    pub(super) fn part(&self, members: &[usize]) -> Level {
        let mut edges = Vec::new();
        for (at, member) in (0..).zip(members) {
            for (other, weight) in self.of_one(*member) {
                let other = members.binary_search(&(*other as usize));
                if let Some(other) = other.ok().and_then(|it| u32::try_from(it).ok()) {
                    edges.push((at, other, *weight));
                }
            }
        }
        let mass = members.iter().filter_map(|at| self.mass.get(*at)).copied();
        Level::built(mass.collect(), edges)
    }

    /// A coarser graph, and which of its things each of these is a part of. One goes with the neighbour that it has most in common
    /// with, else with another one that has the same neighbour.
    pub(super) fn coarser(&self) -> (Level, Vec<u32>) {
        const NONE: u32 = u32::MAX;
        let count = self.len();
        let mut pair = vec![NONE; count];
        let mut next: u32 = 0;
        let mut order: Vec<usize> = (0..count).collect();
        // Those with few neighbours have the least choice.
        order.sort_by_key(|&at| self.of_one(at).len());
        for &at in &order {
            if pair[at] != NONE {
                continue;
            }
            let free = self.of_one(at).iter();
            let free = free.filter(|(other, _)| pair.get(*other as usize) == Some(&NONE));
            // The heaviest edge to the lightest.
            let best = free.max_by(|(one, w), (other, v)| {
                let mass = |at: &u32| self.mass.get(*at as usize).copied().unwrap_or(1.0);
                let (one_is, other_is) = (w / mass(one), v / mass(other));
                one_is.total_cmp(&other_is).then(other.cmp(one))
            });
            if let Some((other, _)) = best {
                pair[at] = next;
                pair[*other as usize] = next;
                next += 1;
            }
        }
        let mut waiting = vec![NONE; count];
        for &at in &order {
            if pair[at] != NONE {
                continue;
            }
            let through = self.of_one(at).first().map(|(other, _)| *other as usize);
            let Some(slot) = through.and_then(|through| waiting.get_mut(through)) else {
                continue;
            };
            match u32::try_from(at) {
                Ok(here) if *slot == NONE => *slot = here,
                _ => {
                    pair[at] = next;
                    pair[*slot as usize] = next;
                    *slot = NONE;
                    next += 1;
                }
            }
        }
        for one in pair.iter_mut().filter(|one| **one == NONE) {
            *one = next;
            next += 1;
        }
        (self.merged(&pair, next as usize), pair)
    }

    fn merged(&self, pair: &[u32], count: usize) -> Level {
        let mut mass = vec![0.0; count];
        let mut edges: Vec<(u32, u32, f64)> = Vec::with_capacity(self.edges.len());
        for (at, own) in pair.iter().enumerate() {
            if let (Some(sum), Some(one)) = (mass.get_mut(*own as usize), self.mass.get(at)) {
                *sum += one;
            }
            for (other, weight) in self.of_one(at) {
                if let Some(other) = pair.get(*other as usize).filter(|other| *other != own) {
                    edges.push((*own, *other, *weight));
                }
            }
        }
        edges.sort_by_key(|(from, to, _)| (*from, *to));
        // Whole numbers, so that their order is of no account.
        edges.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        Level::built(mass, edges)
    }
}
