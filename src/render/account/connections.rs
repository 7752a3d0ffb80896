//! Relations of an entry, both ways, by verb and by what the other ends are.

use crate::model::{Kind, PageId, Relation, Said, Verb};
use crate::plan::Connections;
use crate::plan::graph::Incoming;
use crate::render::views::reads::Reads;
use crate::render::views::{cites, infobox};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A relation as the entry that states it says it.
pub(in crate::render) type Stated<'a> = Said<'a, PageId, Relation<PageId>>;

/// Relations of one phrase with entries of one kind, from one end.
#[derive(Debug)]
pub(in crate::render) struct Group<'a> {
    /// `is attributed to`. "is related to" reads the same from both ends, which are one group.
    phrase: &'static str,
    /// Whose it is.
    verb: Verb,
    /// Whether it is seen from the other end than the one that states it.
    inverse: bool,
    /// What the other ends are.
    pub(in crate::render) kind: Kind,
    /// Those that the entry states.
    pub(in crate::render) own: Vec<Stated<'a>>,
    /// Those that others state of it, as far as its page shows them.
    pub(in crate::render) others: Vec<Incoming>,
    /// How many there are.
    pub(in crate::render) count: usize,
    /// Where not all of what others state is shown: the verb under which all of it stands, and how much that is.
    pub(in crate::render) rest: Option<(Verb, usize)>,
}

impl Group<'_> {
    /// The verb, and whether it is seen from the other end than the one that states it.
    pub(in crate::render) fn said(&self) -> (Verb, bool) {
        (self.verb, self.inverse)
    }

    /// Whether these are the techniques that the entry uses.
    pub(in crate::render) fn is_of_techniques(&self) -> bool {
        self.kind == Kind::Technique
            && self
                .own
                .first()
                .is_some_and(|it| it.what.verb == Verb::Uses)
    }
}

/// The relations of an entry, by verb and kind: first what it states and the infobox does not tell, then `related`, what
/// others state of it; where that is more than a page holds, the first of each.
pub(in crate::render) fn of<'a>(
    reads: &Reads<'a>,
    id: PageId,
    related: &[Connections],
) -> Vec<Group<'a>> {
    let statements = &reads.page(id).statements;
    let mut groups = Vec::new();
    for verb in Verb::ALL {
        let own = statements.relations();
        let own = own
            .filter(|relation| relation.what.verb == verb)
            .filter(|relation| !infobox::holds(statements, relation.id))
            // What a source derives from stands in its record, unless there is more to say of it.
            .filter(|relation| verb != Verb::DerivedFrom || says_more(relation));
        let kind = |relation: &Stated<'_>| reads.kind(relation.what.target);
        let mut own: Vec<Stated<'_>> = own.collect();
        own.sort_by_key(kind);
        for relation in own {
            let group = group(&mut groups, (verb, false), kind(&relation));
            group.count += 1;
            group.own.push(relation);
        }
    }
    add_stated_by_others(related, &mut groups);
    groups
}

/// Adds what others state of an entry; where that is more than a page holds, the first of each.
fn add_stated_by_others(related: &[Connections], groups: &mut Vec<Group<'_>>) {
    for connections in related {
        let Connections { verb, kind, edges } = connections;
        let group = group(groups, (*verb, true), *kind);
        let shown = connections.shown(related);
        group.count += edges.len();
        group.others.extend(edges.iter().take(shown));
        group.rest = (shown < edges.len()).then_some((*verb, edges.len()));
    }
}

/// What an entry is connected with, whoever tells of it on its page: the best sourced of it, the rest counted.
#[derive(Debug)]
pub(in crate::render) struct Neighbourhood<'a> {
    /// The connections, by verb and kind, in the order of the page.
    pub(in crate::render) branches: Vec<Branch<'a>>,
    /// How many there are.
    pub(in crate::render) count: usize,
}

/// Connections of one phrase with entries of one kind, from one end.
#[derive(Debug)]
pub(in crate::render) struct Branch<'a> {
    verb: Verb,
    inverse: bool,
    /// What the other ends are.
    pub(in crate::render) kind: Kind,
    /// Those that are shown, never none.
    pub(in crate::render) ties: Vec<Tie<'a>>,
    /// How many there are.
    pub(in crate::render) count: usize,
}

/// A connection.
#[derive(Debug)]
pub(in crate::render) struct Tie<'a> {
    /// The other end.
    pub(in crate::render) to: PageId,
    /// Who states it.
    pub(in crate::render) from: PageId,
    pub(in crate::render) relation: Stated<'a>,
}

impl Branch<'_> {
    /// The verb, and whether it is seen from the other end than the one that states it.
    pub(in crate::render) fn said(&self) -> (Verb, bool) {
        (self.verb, self.inverse)
    }

    /// Whether it reads the same from both ends.
    pub(in crate::render) fn is_mutual(&self) -> bool {
        self.verb.phrase() == self.verb.inverse()
    }
}

/// The connections of an entry, no more than `most` of them, of which `related` are those that others state: one of each
/// branch, then those that most sources state.
pub(in crate::render) fn around<'a>(
    reads: &Reads<'a>,
    id: PageId,
    related: &[Connections],
    most: usize,
) -> Neighbourhood<'a> {
    let statements = &reads.page(id).statements;
    let mut groups = Vec::new();
    for relation in statements.relations() {
        let kind = reads.kind(relation.what.target);
        let group = group(&mut groups, (relation.what.verb, false), kind);
        group.count += 1;
        group.own.push(relation);
    }
    let acts = reads.timeline(id);
    for (nth, edge) in acts.iter().enumerate() {
        let kind = reads.kind(edge.from);
        let Some(verb) = reads.verb(edge) else {
            continue;
        };
        let group = group(&mut groups, (verb, true), kind);
        group.count += 1;
        group.others.extend((nth < ACTS).then_some(*edge));
    }
    add_stated_by_others(related, &mut groups);
    let count = groups.iter().map(|group| group.count).sum();
    let branches = groups.into_iter().map(|group| {
        let own = group.own.into_iter().map(|relation| Tie {
            to: relation.what.target,
            from: id,
            relation,
        });
        let others = group.others.iter().filter_map(|edge| {
            Some(Tie {
                to: edge.from,
                from: edge.from,
                relation: reads.relation(edge)?,
            })
        });
        Branch {
            verb: group.verb,
            inverse: group.inverse,
            kind: group.kind,
            ties: own.chain(others).collect(),
            count: group.count,
        }
    });
    let mut branches: Vec<Branch<'_>> = branches.filter(|it| !it.ties.is_empty()).collect();
    weigh(&mut branches, most);
    Neighbourhood { branches, count }
}

/// So many acts are weighed: the first in time.
const ACTS: usize = 100;

/// Leaves the weightiest of all ties.
fn weigh(branches: &mut Vec<Branch<'_>>, most: usize) {
    let weight = |tie: &Tie<'_>| Reverse(cites::distinct(&tie.relation.sources));
    let mut all: Vec<_> = { branches.iter().enumerate() }
        .flat_map(|(at, branch)| {
            let first = branch.ties.iter().map(weight).min();
            let mut is_first = true;
            let ties = branch.ties.iter().enumerate();
            let ties = ties.map(move |(nth, tie)| {
                let weight = weight(tie);
                let leads = is_first && Some(weight) == first;
                is_first &= !leads;
                (!leads, weight, at, nth)
            });
            ties.collect::<Vec<_>>()
        })
        .collect();
    all.sort_unstable();
    all.truncate(most);
    let shown: BTreeSet<(usize, usize)> =
        all.into_iter().map(|(_, _, at, nth)| (at, nth)).collect();
    for (at, branch) in branches.iter_mut().enumerate() {
        let mut nth = 0;
        branch.ties.retain(|_| {
            nth += 1;
            shown.contains(&(at, nth - 1))
        });
    }
    branches.retain(|branch| !branch.ties.is_empty());
}

/// Whether a relation says more than what it leads to.
fn says_more(relation: &Stated<'_>) -> bool {
    !relation.sources.is_empty()
        || relation.note.is_some()
        || relation.confidence.is_some()
        || relation.what.denied
        || relation.what.own.is_some()
        || relation.when.is_some()
        || relation.what.until.is_some()
}

fn group<'g, 'a>(
    groups: &'g mut Vec<Group<'a>>,
    (verb, inverse): (Verb, bool),
    kind: Kind,
) -> &'g mut Group<'a> {
    let phrase = if inverse {
        verb.inverse()
    } else {
        verb.phrase()
    };
    let at = { groups.iter() }.position(|group| (group.phrase, group.kind) == (phrase, kind));
    let at = at.unwrap_or_else(|| {
        groups.push(Group {
            phrase,
            verb,
            inverse,
            kind,
            own: Vec::new(),
            others: Vec::new(),
            count: 0,
            rest: None,
        });
        groups.len() - 1
    });
    &mut groups[at]
}
