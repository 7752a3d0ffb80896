//! Every route and page, before anything is rendered.
//!
//! Takes a [`Release`], the [`Config`] and the names of the theme's assets; gives a [`Site`], which is
//! data: what stands at which address, and the [`Graph`] of what leads where. Everything that is
//! numbered, counted, paged or given an id is so here, after `release`. Makes no bytes.

pub mod address;

pub mod graph;

pub mod ledger;

mod names;

mod routes;

mod tags;

pub use graph::Graph;
pub use ledger::{Ledger, Placed, Statement};
pub use names::Contested;
pub use routes::{
    Order, PER_PAGE, PER_SITEMAP, Page, Route, Sitemap, index_address, pages, tag_address,
};
pub use tags::Tag;

use crate::config::Config;
use crate::diag::Outcome;
use crate::model::{Kind, PageId, Verb};
use crate::release::Release;

/// A whole site as data.
#[derive(Debug)]
pub struct Site {
    /// What may be shown.
    pub release: Release,
    /// What leads where.
    pub graph: Graph,
    /// The released pages of each kind, by name and by date.
    pub indexes: Vec<Index>,
    /// The tags, by name.
    pub tags: Vec<Tag>,
    /// Names that more than one page claims, by name.
    pub contested: Vec<Contested>,
    /// Everything that is written, by path.
    pub routes: Vec<Route>,
}

/// The released pages of one kind.
#[derive(Debug, Clone)]
pub struct Index {
    /// The kind.
    pub kind: Kind,
    /// By title, as a reader would look it up.
    pub by_name: Vec<PageId>,
    /// By date, newest first; pages without one last.
    pub by_date: Vec<PageId>,
}

impl Site {
    /// The incidents and campaigns that are attributed to a page, in order of time: the page and the
    /// relation that says so.
    #[must_use]
    pub fn timeline(&self, id: PageId) -> Vec<graph::Incoming> {
        let mut acts: Vec<graph::Incoming> = self
            .graph
            .incoming(id)
            .iter()
            .copied()
            .filter(|edge| self.is_act(edge))
            .collect();
        acts.sort_by_key(|edge| {
            let day = self
                .release
                .page(edge.from)
                .when()
                .map(|date| date.sort_day());
            (day.is_none(), day)
        });
        acts
    }

    /// Whether a relation ascribes an incident or a campaign: those stand in the timeline.
    fn is_act(&self, edge: &graph::Incoming) -> bool {
        let from = self.release.page(edge.from);
        let relation = from.relations.get(edge.relation as usize);
        matches!(from.kind, Kind::Incident | Kind::Campaign)
            && relation.is_some_and(|it| it.verb == Verb::AttributedTo)
    }

    /// The relations that others state of a page and that its connections show, by verb: those that
    /// the timeline shows, and those that the page states itself in the same words, are left out.
    #[must_use]
    pub fn related(&self, id: PageId) -> Vec<graph::Incoming> {
        let own = &self.release.page(id).relations;
        let mut related: Vec<(Verb, graph::Incoming)> = self
            .graph
            .incoming(id)
            .iter()
            .filter(|edge| !self.is_act(edge))
            .filter_map(|edge| {
                let verb = self
                    .release
                    .page(edge.from)
                    .relations
                    .get(edge.relation as usize)?
                    .verb;
                let said = verb == Verb::RelatedTo
                    && own
                        .iter()
                        .any(|own| own.verb == verb && own.target == edge.from);
                // What derives from a source stands in the source's record.
                (!said && verb != Verb::DerivedFrom).then_some((verb, *edge))
            })
            .collect();
        related.sort_by_key(|&(verb, edge)| (verb, edge.from));
        related.into_iter().map(|(_, edge)| edge).collect()
    }

    /// The index of a kind, if any page of it is released.
    #[must_use]
    pub fn index(&self, kind: Kind) -> Option<&Index> {
        self.indexes.iter().find(|index| index.kind == kind)
    }
}

/// Plans the site: `assets` are the theme's files that are published, by their path below the site's
/// root (`assets/css/dossier.css`).
#[must_use]
pub fn plan(release: Release, config: &Config, assets: &[String]) -> Outcome<Site> {
    let graph = Graph::of(&release);
    let indexes = indexes(&release);
    let tags = tags::of(&release);
    let contested = names::contested(&release);
    let mut site = Site {
        release,
        graph,
        indexes,
        tags,
        contested,
        routes: Vec::new(),
    };
    let routes = routes::all(&site, config, assets);
    site.routes = routes.value;
    Outcome {
        value: site,
        problems: routes.problems,
    }
}

fn indexes(release: &Release) -> Vec<Index> {
    let mut indexes: Vec<Index> = Vec::new();
    for (id, page) in release.iter() {
        match indexes.last_mut() {
            Some(index) if index.kind == page.kind => index.by_name.push(id),
            _ => indexes.push(Index {
                kind: page.kind,
                by_name: vec![id],
                by_date: Vec::new(),
            }),
        }
    }
    for index in &mut indexes {
        index
            .by_name
            .sort_by_cached_key(|&id| names::index_key(release, id));
        index.by_date.clone_from(&index.by_name);
        // Stable, so that pages of one day, and those without a day, stay in order of name.
        index.by_date.sort_by_key(|&id| {
            std::cmp::Reverse(release.page(id).when().map(|date| date.sort_day()))
        });
    }
    indexes
}
