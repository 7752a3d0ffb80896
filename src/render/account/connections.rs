//! Relations of an entry, both ways, by verb and by what the other ends are.

use crate::model::{Kind, PageId, Relation, Said, Verb};
use crate::plan::Connections;
use crate::plan::graph::Incoming;
use crate::render::views::infobox;
use crate::render::views::reads::Reads;

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

/// The relations of an entry, by verb and kind: first what it states and the infobox does not tell, then what
/// others state of it; where that is more than a page holds, the first of each.
pub(in crate::render) fn of<'a>(reads: &Reads<'a>, id: PageId) -> Vec<Group<'a>> {
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
    let related = reads.related(id);
    for connections in &related {
        let Connections { verb, kind, edges } = connections;
        let group = group(&mut groups, (*verb, true), *kind);
        let shown = connections.shown(&related);
        group.count += edges.len();
        group.others.extend(edges.iter().take(shown));
        group.rest = (shown < edges.len()).then_some((*verb, edges.len()));
    }
    groups
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
