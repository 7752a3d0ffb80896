//! Techniques under their tactics, in the order of the matrices that the dossier goes by.

use super::connections::Stated;
use crate::model::tactic::{Attack, Cell};
use crate::model::{Kind, PageId, Verb};
use crate::render::views::reads::Reads;
use std::collections::{BTreeMap, BTreeSet};

/// Techniques under their tactics. A technique that serves several stands under each.
#[derive(Debug)]
pub(in crate::render) struct Grid<'a> {
    /// Those of a matrix in its order, then those that no matrix has by name, then what serves none that is told; none of
    /// them is empty.
    pub(in crate::render) columns: Vec<Column<'a>>,
    /// How many techniques there are.
    pub(in crate::render) count: usize,
}

/// The techniques of a tactic, by id and name.
#[derive(Debug)]
pub(in crate::render) struct Column<'a> {
    pub(in crate::render) under: Under<'a>,
    pub(in crate::render) techniques: Vec<Technique<'a>>,
}

/// What techniques stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum Under<'a> {
    /// A tactic of a matrix.
    Tactic(Cell),
    /// One that no matrix has, as it is written.
    Other(&'a str),
    /// Their entries tell of none.
    Untold,
}

/// A technique, and who uses it.
#[derive(Debug, Clone)]
pub(in crate::render) struct Technique<'a> {
    pub(in crate::render) id: PageId,
    /// Its id in ATT&CK.
    pub(in crate::render) attack: Option<&'a str>,
    /// Whether it is a part of the one above it.
    pub(in crate::render) sub: bool,
    /// Who uses it, where that is said.
    pub(in crate::render) uses: Vec<Use<'a>>,
}

/// A statement that a technique is used, or that it is not.
#[derive(Debug, Clone)]
pub(in crate::render) struct Use<'a> {
    /// Who uses it, and says so.
    pub(in crate::render) by: PageId,
    pub(in crate::render) relation: Stated<'a>,
}

impl Grid<'_> {
    /// Of how many matrices there are tactics.
    pub(in crate::render) fn matrices(&self) -> usize {
        let matrices = self.columns.iter().filter_map(|column| match column.under {
            Under::Tactic((matrix, _)) => Some(matrix),
            Under::Other(_) | Under::Untold => None,
        });
        matrices.collect::<BTreeSet<_>>().len()
    }
}

impl Technique<'_> {
    /// How many use it, of whom that is not denied.
    pub(in crate::render) fn users(&self) -> usize {
        let uses = self.uses.iter().filter(|it| !it.relation.what.denied);
        uses.map(|it| it.by).collect::<BTreeSet<_>>().len()
    }
}

/// The techniques of some relations of an entry.
pub(in crate::render) fn used<'a>(
    reads: &Reads<'a>,
    attack: &Attack,
    by: PageId,
    relations: &[Stated<'a>],
) -> Grid<'a> {
    let mut uses: BTreeMap<PageId, Vec<Use<'a>>> = BTreeMap::new();
    for relation in relations {
        let relation = *relation;
        let technique = relation.what.target;
        uses.entry(technique)
            .or_default()
            .push(Use { by, relation });
    }
    grid(reads, attack, uses.into_iter())
}

/// All techniques of the dossier, and who uses them.
pub(in crate::render) fn all<'a>(reads: &Reads<'a>, attack: &Attack) -> Grid<'a> {
    let uses = |technique: PageId| {
        let edges = reads.incoming(technique).iter();
        let uses = edges.filter_map(|edge| {
            let relation = reads.relation(edge)?;
            let by = edge.from;
            (relation.what.verb == Verb::Uses).then_some(Use { by, relation })
        });
        (technique, uses.collect())
    };
    grid(reads, attack, reads.all_of(Kind::Technique).map(uses))
}

fn grid<'a>(
    reads: &Reads<'a>,
    attack: &Attack,
    techniques: impl Iterator<Item = (PageId, Vec<Use<'a>>)>,
) -> Grid<'a> {
    let mut columns: BTreeMap<Under<'a>, Vec<Technique<'a>>> = BTreeMap::new();
    let mut count = 0;
    for (id, uses) in techniques {
        let Some(told) = reads.tactics(id) else {
            continue;
        };
        count += 1;
        let under = told.tactics.iter().map(|it| {
            let found = attack.find(&it.value, told.attack);
            found.map_or(Under::Other(&it.value), Under::Tactic)
        });
        let mut under: BTreeSet<Under<'a>> = under.collect();
        if under.is_empty() {
            under.insert(Under::Untold);
        }
        for under in under {
            columns.entry(under).or_default().push(Technique {
                id,
                attack: told.attack,
                sub: false,
                uses: uses.clone(),
            });
        }
    }
    let columns = columns.into_iter().map(|(under, mut techniques)| {
        // Those without an id come last.
        let order =
            |it: &Technique<'a>| (it.attack.is_none(), it.attack, reads.name(it.id).title());
        techniques.sort_by(|one, other| (order(one), one.id).cmp(&(order(other), other.id)));
        let mut parent = None;
        for technique in &mut techniques {
            match technique.attack.and_then(|id| id.split_once('.')) {
                Some((of, _)) => technique.sub = parent == Some(of),
                None => parent = technique.attack,
            }
        }
        Column { under, techniques }
    });
    Grid {
        columns: columns.collect(),
        count,
    }
}
