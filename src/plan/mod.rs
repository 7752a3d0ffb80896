//! Every route and page, before anything is rendered.
//!
//! Takes a [`Release`] and the names of the theme's assets; gives a [`Site`], which is
//! data: what stands at which address, and the [`Graph`] of what leads where. Everything that is
//! numbered, counted, paged or given an id is so here, after `release`. Makes no bytes.

pub mod address;

mod attributes;

mod chronicle;

mod compared;

mod days;

mod disks;

mod edit;

mod exports;

pub mod graph;

mod index;

mod tables;

pub mod ledger;

mod made;

mod names;

pub mod navigation;

mod overview;

mod producers;

mod register;

mod revisions;

mod routes;

mod sequence;

mod shelves;

mod tags;

mod wanted;

mod whereabouts;

pub use attributes::{Attribute, Attributes};
pub use chronicle::{Chronicle, Happened, chronicle_address};
pub use compared::{Compared, Pair, compare_address, is_compared, pair_address};
pub use days::Days;
pub use edit::Edit;
pub use exports::{
    DATA, TAXII_COLLECTION, Taxii, entry_export_address, export_address, exports_of, schema_address,
};
pub use graph::Graph;
pub use index::{Index, Mark, Rows};
pub use ledger::{By, Ledger, Placed};
pub use made::{
    Compare, Made, PER_COLUMNS, PER_SITEMAP, Search, Sitemap, entry_feed_address, feed_address,
    postings,
};
pub(crate) use names::sort_key;
pub use names::{Contested, Spoken, spoken};
pub use overview::{Overview, basis, independent};
pub use producers::{Producers, producers_address};
pub use register::{Name, PER_CARDS, Register, cards, name_of, names_address};
pub use revisions::Revisions;
pub use routes::{
    Copied, FEW, Order, Output, PER_PAGE, Page, Route, TextOf, connections_address, connects,
    first_of, graph_address, index_address, losses, matrix_address, money_address, page_at,
    page_of, pages, tag_address, tells_of_money,
};
pub use sequence::{Neighbours, Sequence};
pub use shelves::{Shelf, Shelves, family_address, kinds, shelf_address};
pub use tables::Tables;
pub use tags::Tag;
pub(crate) use whereabouts::seat;
pub use whereabouts::{
    Position, Presence, Whereabouts, is_anywhere, map_address, position, whereabouts,
};

use crate::config::Exports;
use crate::diag::Outcome;
use crate::model::{Kind, PageId, Verb};
use crate::release::Release;
use std::sync::Arc;

/// A whole site as data. A copy shares what it has in common with the one before.
#[derive(Debug, Clone)]
pub struct Site {
    /// What may be shown.
    pub release: Release,
    /// What leads where.
    pub graph: Graph,
    /// The released pages of each kind, by name and by date.
    pub indexes: Arc<Vec<Index>>,
    /// What came before what, by the index of incidents.
    pub sequence: Arc<Sequence>,
    /// The incidents and campaigns that have a date, in order of time.
    pub chronicle: Arc<Chronicle>,
    /// Which actors have the most in common.
    pub compared: Arc<Compared>,
    /// The entries of whose names it is told who uses them.
    pub producers: Arc<Producers>,
    /// What they have in common by which a reader picks some.
    pub attributes: Arc<Attributes>,
    /// The entries that have something in common, on pages of their own.
    pub shelves: Arc<Shelves>,
    /// The tags, by name.
    pub tags: Arc<Vec<Tag>>,
    /// The names that pages bear.
    spoken: Arc<Spoken>,
    /// Every name, in one order.
    pub register: Arc<Register>,
    /// Names that more than one page claims, by name.
    pub contested: Arc<Vec<Contested>>,
    /// What is counted and ranked over all pages.
    pub overview: Arc<Overview>,
    /// When which page changed.
    pub days: Arc<Days>,
    /// What tells a reader's browser which pages are other ones than they were.
    pub revisions: Arc<Revisions>,
    /// Everything that is written, by path.
    pub routes: Arc<Vec<Route>>,
    /// The theme's files, by their path below the site's root.
    assets: Arc<[String]>,
    /// The files that are published as they are, by their path below the project's root.
    statics: Arc<[String]>,
    /// Whether texts are searched, too, beside names.
    pub full_text: bool,
    /// Whether actors are compared.
    compares: bool,
    /// Which exports it has.
    pub exports: Arc<Exports>,
}

/// Relations of one verb that entries of one kind state of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connections {
    /// The verb, from their end.
    pub verb: Verb,
    /// Their kind.
    pub kind: Kind,
    /// The relations, never none.
    pub edges: Vec<graph::Incoming>,
}

impl Connections {
    /// How many of these stand on the page of the entry, where as many as `all` are stated of it. The others
    /// have pages of their own.
    #[must_use]
    pub fn shown(&self, all: &[Connections]) -> usize {
        let total: usize = all.iter().map(|group| group.edges.len()).sum();
        let count = self.edges.len();
        if total > PER_PAGE {
            count.min(FEW)
        } else {
            count
        }
    }
}

/// What is an act of whom: a kind that states a verb, and of which kind the other is, where not any may be.
const ACTS: [(Kind, Verb, Option<Kind>); 4] = [
    (Kind::Incident, Verb::AttributedTo, None),
    (Kind::Campaign, Verb::AttributedTo, None),
    (Kind::Incident, Verb::PartOf, Some(Kind::Campaign)),
    (Kind::Incident, Verb::LocatedAt, Some(Kind::Place)),
];

impl Site {
    /// What happened and concerns a page, in order of time: incidents and campaigns that are attributed to it, incidents that are
    /// part of a campaign or took place somewhere; each with the relation that says so.
    #[must_use]
    pub fn timeline(&self, id: PageId) -> Vec<graph::Incoming> {
        let mut acts: Vec<graph::Incoming> = self
            .graph
            .incoming(id)
            .iter()
            .copied()
            .filter(|edge| self.is_act(edge, id))
            .collect();
        acts.sort_by_key(|edge| {
            let when = self.release.page(edge.from).when();
            let when = when.map(|date| date.instant());
            (when.is_none(), when)
        });
        acts
    }

    /// Whether a relation says that an incident or a campaign is one of a page's acts: those stand in its timeline.
    fn is_act(&self, edge: &graph::Incoming, of: PageId) -> bool {
        let from = self.release.page(edge.from);
        let relation = from.statements.relation(edge.relation);
        let of = self.release.page(of).kind;
        relation.is_some_and(|relation| {
            ACTS.iter().any(|(kind, verb, to)| {
                (*kind, *verb) == (from.kind, relation.what.verb) && to.is_none_or(|to| to == of)
            })
        })
    }

    /// The relations that others state of a page and that its connections show, by verb and by the kind of
    /// who states them: those that the timeline shows, and those that the page states itself in the same
    /// words, are left out.
    #[must_use]
    pub fn related(&self, id: PageId) -> Vec<Connections> {
        let own = || self.release.page(id).statements.relations();
        let mut related: Vec<(Verb, graph::Incoming)> = self
            .graph
            .incoming(id)
            .iter()
            .filter(|edge| !self.is_act(edge, id))
            .filter_map(|edge| {
                let from = self.release.page(edge.from);
                let verb = from.statements.relation(edge.relation)?.what.verb;
                let said = verb == Verb::RelatedTo
                    && own().any(|own| own.what.verb == verb && own.what.target == edge.from);
                // What derives from a source stands in the source's record.
                (!said && verb != Verb::DerivedFrom).then_some((verb, *edge))
            })
            .collect();
        // Pages stand by kind.
        related.sort_by_key(|&(verb, edge)| (verb, edge.from));
        let kind = |edge: &graph::Incoming| self.release.page(edge.from).kind;
        let alike = related
            .chunk_by(|(verb, edge), (other, next)| (verb, kind(edge)) == (other, kind(next)));
        let group = |group: &[(Verb, graph::Incoming)]| {
            let &(verb, first) = group.first()?;
            Some(Connections {
                verb,
                kind: kind(&first),
                edges: group.iter().map(|&(_, edge)| edge).collect(),
            })
        };
        alike.filter_map(group).collect()
    }

    /// The index of a kind, if any page of it is released.
    #[must_use]
    pub fn index(&self, kind: Kind) -> Option<&Index> {
        self.indexes.iter().find(|index| index.kind == kind)
    }
}

/// Plans the site: `assets` are the theme's files that are published, by their path below the site's
/// root (`assets/css/dossier.css`), `statics` the files that are published as they are; `full_text` tells whether
/// texts are searched, `compares` whether actors are compared, `exports` what is given on. `before` is what was planned last, where nothing was wrong with it.
#[must_use]
pub fn plan(
    release: &Release,
    assets: &[String],
    statics: &[String],
    full_text: bool,
    compares: bool,
    exports: &Arc<Exports>,
    before: Option<&Site>,
) -> Outcome<Site> {
    let before = before.filter(|before| {
        (before.full_text, before.compares) == (full_text, compares) && before.exports == *exports
    });
    let edit = before.and_then(|before| Some((before, Edit::of(&before.release, release)?)));
    match edit {
        Some((before, edit)) => after(before, release, assets, statics, &edit),
        None => whole(release, assets, statics, (full_text, compares, exports)),
    }
}

fn whole(
    release: &Release,
    assets: &[String],
    statics: &[String],
    (full_text, compares, exports): (bool, bool, &Arc<Exports>),
) -> Outcome<Site> {
    let (graph, ((indexes, register), (tags, spoken))) = rayon::join(
        || Graph::of(release),
        || {
            let listed = || rayon::join(|| index::all(release), || Register::of(release));
            let named = || rayon::join(|| tags::of(release), || Spoken::of(release));
            rayon::join(listed, named)
        },
    );
    let mut site = Site {
        release: release.clone(),
        graph,
        sequence: Arc::new(Sequence::of(&indexes)),
        chronicle: Arc::new(Chronicle::of(release)),
        compared: Arc::new(if compares {
            Compared::of(release)
        } else {
            Compared::default()
        }),
        producers: Arc::new(Producers::of(release)),
        attributes: Arc::new(Attributes::of(release)),
        shelves: Arc::new(Shelves::of(release)),
        indexes: Arc::new(indexes),
        tags: Arc::new(tags),
        contested: Arc::new(names::contested(release, &spoken)),
        spoken: Arc::new(spoken),
        register: Arc::new(register),
        overview: Arc::default(),
        days: Arc::new(Days::of(release)),
        revisions: Arc::new(Revisions::of(release)),
        routes: Arc::default(),
        assets: assets.into(),
        statics: statics.into(),
        full_text,
        compares,
        exports: Arc::clone(exports),
    };
    let (routes, overview) = rayon::join(|| routes::all(&site), || Overview::of(&site));
    site.overview = Arc::new(overview);
    routed(site, routes)
}

/// The site after an edit: what the edit does not reach is what it was.
fn after(
    before: &Site,
    release: &Release,
    assets: &[String],
    statics: &[String],
    edit: &Edit,
) -> Outcome<Site> {
    let (graph, reached) = before.graph.after(&before.release, release, edit);
    let mut site = Site {
        release: release.clone(),
        graph,
        ..before.clone()
    };
    if edit.renames_publisher(&before.release, release) {
        site.indexes = Arc::new(index::all(release));
    } else {
        let moved = edit.reordered(&before.release, release);
        if !moved.is_empty() {
            let indexes: &mut Vec<Index> = Arc::make_mut(&mut site.indexes);
            for index in indexes {
                index.reorder(release, &moved);
            }
        }
    }
    if !Arc::ptr_eq(&before.indexes, &site.indexes) {
        site.sequence = Arc::new(Sequence::of(&site.indexes));
    }
    if let Some(chronicle) = before.chronicle.after(&before.release, release, edit) {
        site.chronicle = Arc::new(chronicle);
    }
    if site.compares
        && let Some(compared) = before.compared.after(&before.release, release, edit)
    {
        site.compared = Arc::new(compared);
    }
    if let Some(producers) = before.producers.after(&before.release, release, edit) {
        site.producers = Arc::new(producers);
    }
    if let Some(attributes) = before.attributes.after(&before.release, release, edit) {
        site.attributes = Arc::new(attributes);
    }
    if let Some(shelves) = before.shelves.after(&before.release, release, edit) {
        site.shelves = Arc::new(shelves);
    }
    if let Some(tags) = tags::after(&before.tags, &before.release, release, edit) {
        site.tags = Arc::new(tags);
    }
    if let Some(spoken) = before.spoken.after(&before.release, release, edit) {
        site.spoken = Arc::new(spoken);
    }
    if let Some(register) = before.register.after(&before.release, release, edit) {
        site.register = Arc::new(register);
    }
    // A contested name is shown as its first page writes it, which may change with no hash.
    let contests = |contested: &Contested| edit.pages.iter().any(|id| contested.pages.contains(id));
    if !Arc::ptr_eq(&site.spoken, &before.spoken) || site.contested.iter().any(contests) {
        let contested = names::contested(release, &site.spoken);
        if contested != *site.contested {
            site.contested = Arc::new(contested);
        }
    }
    site.overview = Arc::new(before.overview.after(before, &site, edit, &reached));
    if let Some(days) = before.days.after(release, edit) {
        site.days = Arc::new(days);
    }
    if let Some(revisions) = before.revisions.after(release, edit) {
        site.revisions = Arc::new(revisions);
    }
    let same_files = *site.assets == *assets && *site.statics == *statics;
    let standing = same_files && routes::stand(before, &site, edit, &reached);
    if standing {
        return Outcome::clean(site);
    }
    site.assets = assets.into();
    site.statics = statics.into();
    let routes = routes::all(&site);
    routed(site, routes)
}

fn routed(mut site: Site, routes: Outcome<Vec<Route>>) -> Outcome<Site> {
    let Outcome { value, problems } = routes;
    site.routes = Arc::new(value);
    Outcome {
        value: site,
        problems,
    }
}

/// The least of all, in order.
fn least<T: Ord>(most: usize, all: impl Iterator<Item = T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(most + 1);
    for it in all {
        let at = kept.partition_point(|other| *other <= it);
        if at < most {
            kept.truncate(most - 1);
            kept.insert(at, it);
        }
    }
    kept
}
