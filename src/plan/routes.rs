//! What stands at which address.

use super::attributes::Attribute;
use super::chronicle::chronicle_address;
use super::compared::{compare_address, pair_address};
use super::made::{self, Made};
use super::names::Contested;
use super::producers::producers_address;
use super::register::names_address;
use super::shelves::{family_address, shelf_address};
use super::wanted::{self, Wanted};
use super::whereabouts::{is_anywhere, map_address};
use super::{Connections, Edit, Site, address, disks, exports};
use crate::diag::Outcome;
use crate::model::body::Target;
use crate::model::{Details, Entry, Fact, Family, Kind, Loss, PageId, Verb, statics};
use crate::release::Release;
use crate::resolve::fold;
use crate::text::Place;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many entries stand on one page of an index, of backlinks, of a timeline.
pub const PER_PAGE: usize = 100;

/// How many connections of one verb and kind an entry's page shows, where all of them are more than a page holds.
pub const FEW: usize = 10;

/// Something that is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The file, below the output folder: `actors/apt38/index.html`.
    pub path: String,
    /// Its address below the site's root: `actors/apt38/`.
    pub address: String,
    /// What stands there.
    pub output: Output,
}

impl Route {
    /// The page that stands there, if one does.
    #[must_use]
    pub fn page(&self) -> Option<&Page> {
        match &self.output {
            Output::Page(page) => Some(page),
            Output::Made(_) | Output::Asset(_) | Output::Copied(_) => None,
        }
    }

    /// Whether it is a page that readers (and search engines) should find.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.page().is_some_and(Page::is_listed)
    }
}

/// The order of an index page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named by themselves")]
pub enum Order {
    Name,
    Date,
}

/// What stands at a route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Output {
    /// A page for readers, made by a template.
    Page(Page),
    /// A file that is made of the site, for programs.
    Made(Made),
    /// A file of the theme, by its path below `templates/`.
    Asset(String),
    /// A file of the project.
    Copied(Copied),
}

/// A file of the project that is published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Copied {
    /// Of the content, by its path below `content/`: something published leads to it.
    Content(String),
    /// Of the folders that are published as they are, by its path below the project's root.
    Static(String),
}

impl Copied {
    /// Its path below the project's root.
    #[must_use]
    pub fn path(&self) -> Cow<'_, str> {
        match self {
            Copied::Content(path) => Cow::Owned(format!("content/{path}")),
            Copied::Static(path) => Cow::Borrowed(path),
        }
    }
}

impl From<Page> for Output {
    fn from(page: Page) -> Output {
        Output::Page(page)
    }
}

/// A page for readers. Pages of a list are numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Page {
    /// The home page.
    Home,
    /// An entry.
    Entry(PageId),
    /// A further page, from 2, of the places that cite a source.
    Cited(PageId, u32),
    /// A further page, from 2, of the places that mention an entry.
    Mentions(PageId, u32),
    /// A page, from 1, of the relations of one verb that entries of one kind state of an entry.
    Relations(PageId, Verb, Kind, u32),
    /// A further page, from 2, of an actor's timeline.
    Timeline(PageId, u32),
    /// A page of a kind's index.
    Index(Kind, Order, u32),
    /// All tags.
    Tags,
    /// A page of a tag: an index into [`Site::tags`].
    Tag(u32, u32),
    /// What entries have in common in one respect.
    Shelves(Family),
    /// A page of the entries that have something in common.
    Shelf(Attribute, u32),
    /// A page of the register of names.
    Names(u32),
    /// All actors that are compared.
    Compare,
    /// Two of them.
    Compared(PageId, PageId),
    /// A page of who calls which entry what.
    Producers(u32),
    /// A page of the incidents and campaigns of the whole dossier in order of time.
    Chronicle(u32),
    /// A contested name: an index into [`Site::contested`].
    Name(u32),
    /// All techniques under their tactics.
    Matrix,
    /// A page of what incidents say of money.
    Money(u32),
    /// Everything that is connected.
    Graph,
    /// What the dossier is given on as.
    Data,
    /// Who is where, on a map of the world.
    Map,
    /// Where a reader searches.
    Search,
    /// The page shown where there is none.
    NotFound,
    /// A former address, and the entry that it leads to.
    Redirect(PageId),
}

/// The text that a page shows: that of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextOf {
    /// An entry's.
    Entry(PageId),
    /// The introduction of the home page or of an index.
    Intro(Option<Kind>),
}

/// What a page's address is made of besides words of this program, numbers and slugs, which are judged as names of
/// files.
pub(super) enum MadeOf {
    Nothing,
    /// The whole of it is a writer's.
    Address,
    Tag(u32),
    Name(u32),
}

/// What this module has to know of a sort of page.
struct About {
    /// What it is, in words for a writer, and of which kind, where it is of one.
    what: (&'static str, Option<Kind>),
    /// What its address is made of.
    made_of: MadeOf,
    /// Whether readers (and search engines) should find it.
    listed: bool,
    /// The text that it shows.
    text: Option<TextOf>,
}

impl Page {
    /// The row of its sort.
    fn about(&self) -> About {
        let about = |what: &'static str| About {
            what: (what, None),
            made_of: MadeOf::Nothing,
            listed: true,
            text: None,
        };
        match *self {
            Page::Home => About {
                text: Some(TextOf::Intro(None)),
                ..about("a page of the site itself")
            },
            Page::Entry(id) => About {
                text: Some(TextOf::Entry(id)),
                ..about("this entry")
            },
            Page::Cited(..) | Page::Mentions(..) | Page::Relations(..) | Page::Timeline(..) => {
                about("a further page of this entry")
            }
            Page::Index(kind, _, number) => About {
                what: ("the index of", Some(kind)),
                text: (number == 1).then_some(TextOf::Intro(Some(kind))),
                ..about("")
            },
            Page::Tags => about("the pages of tags"),
            Page::Tag(tag, _) => About {
                made_of: MadeOf::Tag(tag),
                ..about("the pages of tags")
            },
            Page::Shelves(_) | Page::Shelf(..) => about("the pages of what entries have in common"),
            Page::Names(_) => about("the register of names"),
            Page::Compare | Page::Compared(..) => about("the pages that compare actors"),
            Page::Producers(_) => about("the page of who calls what how"),
            Page::Matrix => about("the page of techniques by tactic"),
            Page::Money(_) => about("the page of money"),
            Page::Graph => about("the page of all connections"),
            Page::Map => about("the map of the dossier"),
            Page::Chronicle(_) => about("the timeline of the dossier"),
            Page::Data => about("the page of exports"),
            Page::Search => about("the page of the search"),
            Page::Name(name) => About {
                made_of: MadeOf::Name(name),
                ..about("the page of a contested name")
            },
            Page::NotFound => About {
                listed: false,
                ..about("a page of the site itself")
            },
            Page::Redirect(_) => About {
                made_of: MadeOf::Address,
                listed: false,
                ..about("this former address")
            },
        }
    }

    /// What it is, in words for a writer.
    pub(super) fn describe(&self) -> String {
        match self.about().what {
            (what, Some(kind)) => format!("{what} {}", kind.folder()),
            (what, None) => what.to_owned(),
        }
    }

    /// What its address is made of.
    pub(super) fn made_of(&self) -> MadeOf {
        self.about().made_of
    }

    /// Whether readers (and search engines) should find it.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.about().listed
    }

    /// The text that it shows.
    #[must_use]
    pub fn text(&self) -> Option<TextOf> {
        self.about().text
    }

    /// The entry whose own page it is. Further pages of its lists are of the dossier, as indexes are.
    #[must_use]
    pub fn entry(&self) -> Option<PageId> {
        match self.text() {
            Some(TextOf::Entry(id)) => Some(id),
            Some(TextOf::Intro(_)) | None => None,
        }
    }
}

/// Every route, by path. Two on one path are a problem that names both.
pub(super) fn all(site: &Site) -> Outcome<Vec<Route>> {
    let mut routes = Routes::of(site);
    routes.fixed();
    routes.entries();
    routes.lists();
    for asset in site.assets.iter() {
        routes.add(asset.clone(), Output::Asset(asset.clone()), None);
    }
    routes.files();
    routes.redirects();
    routes.statics();
    let (mut settled, mut problems) = wanted::settle(routes.wanted, site);
    let listed = settled.iter().filter(|it| it.route.is_listed());
    let sitemaps = made::sitemaps(listed.count());
    let mut routes = Routes::of(site);
    routes.made(sitemaps);
    for sitemap in routes.wanted {
        problems.extend(wanted::join(&mut settled, sitemap));
    }
    problems.extend(disks::conflicts(&settled));
    // Not collected: that would keep the larger allocation of the list that it comes from.
    let mut routes = Vec::with_capacity(settled.len());
    routes.extend(settled.into_iter().map(|it| it.route));
    Outcome {
        value: routes,
        problems,
    }
}

/// Whether the routes are what they were, after an edit that changed what leads to the pages `reached`.
pub(super) fn stand(before: &Site, site: &Site, edit: &Edit, reached: &BTreeSet<PageId>) -> bool {
    let tags = |site: &Site| -> Vec<(String, u32)> {
        let tag = |tag: &super::Tag| (tag.slug.clone(), pages(tag.pages.len()));
        site.tags.iter().map(tag).collect()
    };
    let shelves = |site: &Site| -> Vec<(Attribute, u32)> {
        let shelves = site.shelves.iter();
        shelves
            .map(|(of, shelf)| (of, pages(shelf.len())))
            .collect()
    };
    let names = |site: &Site| -> Vec<String> {
        let names = site.contested.iter();
        names.map(|contested| contested.slug.clone()).collect()
    };
    let pairs = |site: &Site| -> Vec<(PageId, PageId)> {
        let pairs = site.compared.pairs().iter();
        pairs.map(|pair| (pair.one, pair.other)).collect()
    };
    let register = |site: &Site| (site.register.pages(), site.register.shards());
    let lists = |site: &Site, id: PageId| {
        let (citing, mentions) = (site.graph.citing_groups(id), site.graph.mention_groups(id));
        [citing.count(), mentions.count()].map(pages)
    };
    let relations = |site: &Site, id: PageId| {
        let timeline = pages(site.timeline(id).len());
        (connections(site, id).collect::<Vec<_>>(), timeline)
    };
    let files = |site: &Site, id: PageId| {
        let page = site.release.page(id);
        let published = page
            .evidence()
            .and_then(|evidence| evidence.snapshot.clone());
        let files: Vec<Target<PageId>> = (page.texts())
            .flat_map(|(_, text)| &text.targets)
            .filter(|target| matches!(target, Target::File(_)))
            .cloned()
            .collect();
        let former: Vec<String> = page
            .redirect_from
            .iter()
            .map(|it| it.value.clone())
            .collect();
        (
            files,
            former,
            page.withdrawn.is_some(),
            published.map(|it| (it.file.value, it.publish)),
            exports::exports_of(&site.exports, page, |id| site.release.page(id).kind)
                .collect::<Vec<_>>(),
        )
    };
    let edited = edit.pages.iter();
    // An introduction may lead to other files.
    !edit.intros
        && connects(&before.release) == connects(&site.release)
        && is_anywhere(&before.release) == is_anywhere(&site.release)
        && (edited.clone())
            .all(|&id| is_of_money(before.release.page(id)) == is_of_money(site.release.page(id)))
        && (Arc::ptr_eq(&before.tags, &site.tags) || tags(before) == tags(site))
        && (Arc::ptr_eq(&before.shelves, &site.shelves) || shelves(before) == shelves(site))
        && (Arc::ptr_eq(&before.contested, &site.contested) || names(before) == names(site))
        && (Arc::ptr_eq(&before.register, &site.register) || register(before) == register(site))
        && before.chronicle.pages() == site.chronicle.pages()
        && pairs(before) == pairs(site)
        && before.producers.pages() == site.producers.pages()
        && edited
            .clone()
            .all(|&id| files(before, id) == files(site, id))
        && (edited.chain(reached)).all(|&id| lists(before, id) == lists(site, id))
        && (related(before, site, edit).into_iter())
            .all(|id| relations(before, id) == relations(site, id))
}

/// The pages that other relations are stated of after an edit, or that state others: the one decides which
/// of the other are shown. What is stated of every other page is the same.
fn related(before: &Site, site: &Site, edit: &Edit) -> BTreeSet<PageId> {
    let stated = |site: &Site, id: PageId| -> Vec<(Verb, PageId)> {
        let relations = site.release.page(id).statements.relations();
        relations.map(|it| (it.what.verb, it.what.target)).collect()
    };
    let mut related = BTreeSet::new();
    for &id in &edit.pages {
        let (was, is) = (stated(before, id), stated(site, id));
        if was != is {
            related.insert(id);
            related.extend(was.into_iter().chain(is).map(|(_, target)| target));
        }
    }
    related
}

struct Routes<'a> {
    site: &'a Site,
    /// In the order in which they are wanted: of two on one path the first stands.
    wanted: Vec<Wanted>,
}

impl<'a> Routes<'a> {
    fn of(site: &'a Site) -> Routes<'a> {
        Routes {
            site,
            wanted: Vec::new(),
        }
    }

    fn add(&mut self, address: String, output: impl Into<Output>, place: Option<Place>) {
        let path = address::file(&address);
        self.wanted.push(Wanted {
            route: Route {
                path,
                address,
                output: output.into(),
            },
            place,
            order: 0,
        });
    }

    fn fixed(&mut self) {
        self.add(String::new(), Page::Home, None);
        self.add("404.html".to_owned(), Page::NotFound, None);
        self.add("search/".to_owned(), Page::Search, None);
        if self.site.exports.any() {
            self.add(exports::DATA.to_owned(), Page::Data, None);
        }
        self.made(made::of(self.site));
    }

    fn made(&mut self, made: Vec<(String, Made)>) {
        for (address, made) in made {
            self.add(address, Output::Made(made), None);
        }
    }

    fn entries(&mut self) {
        let site = self.site;
        let ids = (0..site.release.pages.len()).into_par_iter();
        let ids = ids.filter_map(|at| u32::try_from(at).ok()).map(PageId);
        let parts = ids.fold(
            || Routes::of(site),
            |mut routes, id| {
                routes.entry(id);
                routes
            },
        );
        let parts: Vec<Routes<'_>> = parts.collect();
        self.wanted
            .extend(parts.into_iter().flat_map(|part| part.wanted));
    }

    fn entry(&mut self, id: PageId) {
        let site = self.site;
        let entry = site.release.page(id);
        let place = Some(Place::file(Arc::clone(&entry.path)));
        let route = entry.route();
        self.add(route.clone(), Page::Entry(id), place.clone());
        for number in further(site.graph.citing_groups(id).count()) {
            self.add(
                format!("{route}cited/{number}/"),
                Page::Cited(id, number),
                place.clone(),
            );
        }
        for number in further(site.graph.mention_groups(id).count()) {
            self.add(
                format!("{route}mentions/{number}/"),
                Page::Mentions(id, number),
                place.clone(),
            );
        }
        // Both are parts of what others state.
        if site.graph.incoming(id).len() <= PER_PAGE {
            return;
        }
        for (verb, kind, pages) in connections(site, id) {
            for number in 1..=pages {
                self.add(
                    connections_address(&route, verb, kind, number),
                    Page::Relations(id, verb, kind, number),
                    place.clone(),
                );
            }
        }
        for number in further(site.timeline(id).len()) {
            self.add(
                format!("{route}timeline/{number}/"),
                Page::Timeline(id, number),
                place.clone(),
            );
        }
    }

    fn lists(&mut self) {
        let site = self.site;
        for index in site.indexes.iter() {
            for order in [Order::Name, Order::Date] {
                for number in 1..=pages(index.by_name.all().len()) {
                    let address = index_address(index.kind, order, number);
                    self.add(address, Page::Index(index.kind, order, number), None);
                }
            }
        }
        if !site.tags.is_empty() {
            self.add("tags/".to_owned(), Page::Tags, None);
        }
        for (at, tag) in (0..).zip(site.tags.iter()) {
            let first = tag.pages.iter().min();
            let place = first.map(|&id| Place::file(Arc::clone(&site.release.page(id).path)));
            for number in 1..=pages(tag.pages.len()) {
                let address = tag_address(&tag.slug, number);
                self.add(address, Page::Tag(at, number), place.clone());
            }
        }
        self.shelves();
        if site.release.kinds.contains(&Kind::Technique) {
            self.add(matrix_address().to_owned(), Page::Matrix, None);
        }
        let told = site.release.pages.iter().filter(|page| is_of_money(page));
        match told.count() {
            0 => {}
            count => {
                for number in 1..=pages(count) {
                    self.add(money_address(number), Page::Money(number), None);
                }
            }
        }
        if connects(&site.release) {
            self.add(graph_address().to_owned(), Page::Graph, None);
        }
        if is_anywhere(&site.release) {
            self.add(map_address().to_owned(), Page::Map, None);
        }
        for number in 1..=site.register.pages() {
            self.add(names_address(number), Page::Names(number), None);
        }
        if !site.compared.pairs().is_empty() {
            self.add(compare_address().to_owned(), Page::Compare, None);
        }
        for pair in site.compared.pairs() {
            let address = pair_address(&site.release, pair.one, pair.other);
            self.add(address, Page::Compared(pair.one, pair.other), None);
        }
        for number in 1..=site.producers.pages() {
            self.add(producers_address(number), Page::Producers(number), None);
        }
        for number in 1..=site.chronicle.pages() {
            self.add(chronicle_address(number), Page::Chronicle(number), None);
        }
        for (at, name) in (0..).zip(site.contested.iter()) {
            let place = self.claim(name);
            self.add(format!("names/{}/", name.slug), Page::Name(at), place);
        }
    }

    fn shelves(&mut self) {
        let site = self.site;
        for family in Family::ALL {
            if site.shelves.has(family) {
                self.add(family_address(family), Page::Shelves(family), None);
            }
        }
        for (attribute, shelf) in site.shelves.iter() {
            let first = shelf.iter().map(|&(id, _)| id).min();
            let place = first.map(|id| Place::file(Arc::clone(&site.release.page(id).path)));
            for number in 1..=pages(shelf.len()) {
                if let Some(address) = shelf_address(&site.release, attribute, number) {
                    self.add(address, Page::Shelf(attribute, number), place.clone());
                }
            }
        }
    }

    /// Where a contested name stands first.
    fn claim(&self, contested: &Contested) -> Option<Place> {
        let page = self.site.release.page(*contested.pages.first()?);
        let alias = page.statements.called(&fold(&contested.name)).next();
        Some(match alias {
            Some(alias) => Place::new(&page.path, alias.span),
            None => Place::file(Arc::clone(&page.path)),
        })
    }

    /// Files are published when something published leads to them: nothing slips out by lying in a
    /// folder.
    fn files(&mut self) {
        let release = &self.site.release;
        let entries = release.pages.iter();
        let entries = entries.flat_map(|page| page.texts().map(|(_, text)| (&page.path, text)));
        let intros = release.intros.iter();
        let intros = intros.flat_map(|intro| intro.texts().map(|(_, text)| (&intro.path, text)));
        let mut found: Vec<(String, Place)> = Vec::new();
        for (path, prose) in entries.chain(intros) {
            for (target, link) in prose.targets.iter().zip(&prose.body.links) {
                if let Target::File(file) = target {
                    found.push((file.to_string(), Place::new(path, link.span)));
                }
            }
        }
        for page in release.pages.iter() {
            if let Details::Source(evidence) = &page.details
                && let Some(snapshot) = evidence
                    .snapshot
                    .as_ref()
                    .filter(|snapshot| snapshot.publish)
                && page.withdrawn.is_none()
            {
                let file = format!("{}{}", crate::check::SNAPSHOTS, snapshot.file.value);
                found.push((file, Place::new(&page.path, snapshot.file.span)));
            }
        }
        for (file, place) in found {
            let output = Output::Copied(Copied::Content(file.clone()));
            self.add(file, output, Some(place));
        }
    }

    fn statics(&mut self) {
        for path in self.site.statics.iter() {
            if let Some((_, _, below)) = statics::split(path) {
                let place = Some(Place::file(path.as_str()));
                let output = Output::Copied(Copied::Static(path.clone()));
                self.add(below.to_owned(), output, place);
            }
        }
    }

    fn redirects(&mut self) {
        let site = self.site;
        for (id, entry) in site.release.iter() {
            for former in &entry.redirect_from {
                let place = Some(Place::new(&entry.path, former.span));
                self.add(former.value.clone(), Page::Redirect(id), place);
            }
        }
    }
}

/// The connections of an entry that have pages of their own, with how many.
fn connections(site: &Site, id: PageId) -> impl Iterator<Item = (Verb, Kind, u32)> {
    let all = site.related(id);
    let cut = |group: &Connections| {
        let count = group.edges.len();
        (group.shown(&all) < count).then(|| (group.verb, group.kind, pages(count)))
    };
    let cut: Vec<_> = all.iter().filter_map(cut).collect();
    cut.into_iter()
}

/// The address of a page of an entry's connections.
#[must_use]
pub fn connections_address(route: &str, verb: Verb, kind: Kind, number: u32) -> String {
    let number = if number > 1 {
        format!("{number}/")
    } else {
        String::new()
    };
    let verb = verb.key().replace('_', "-");
    format!("{route}connections/{}-{verb}/{number}", kind.folder())
}

/// How many pages a list of that many entries has: at least one.
#[must_use]
pub fn pages(entries: usize) -> u32 {
    u32::try_from(entries.div_ceil(PER_PAGE).max(1)).unwrap_or(u32::MAX)
}

/// The place of the first entry of a page of a list.
#[must_use]
pub fn first_of(number: u32) -> usize {
    PER_PAGE * number.saturating_sub(1) as usize
}

/// The page of a list on which the entry at a place stands.
#[must_use]
pub fn page_at(place: usize) -> u32 {
    u32::try_from(place / PER_PAGE + 1).unwrap_or(u32::MAX)
}

/// The part of a list that a page of it shows.
#[must_use]
pub fn page_of<T>(all: &[T], number: u32) -> &[T] {
    all.chunks(PER_PAGE)
        .nth(number.saturating_sub(1) as usize)
        .unwrap_or(&[])
}

/// The numbers of the pages after the first.
fn further(entries: usize) -> std::ops::RangeInclusive<u32> {
    2..=pages(entries)
}

/// Whether any two entries are connected but as a source with what it derives from.
#[must_use]
pub fn connects(release: &Release) -> bool {
    let mut pages = release.pages.iter();
    pages.any(|page| {
        let mut relations = page.statements.relations();
        relations.any(|it| it.what.verb != Verb::DerivedFrom)
    })
}

/// What an incident says of money: the facts under `loss`.
pub fn losses(page: &Entry<PageId>) -> impl Iterator<Item = Fact<'_, PageId>> {
    let facts = page.statements.facts();
    facts.filter(|fact| {
        let loss = fact.name.strip_prefix("loss.");
        loss.and_then(Loss::from_word).is_some()
    })
}

fn is_of_money(page: &Entry<PageId>) -> bool {
    losses(page).next().is_some()
}

/// Whether any incident says something of money.
#[must_use]
pub fn tells_of_money(release: &Release) -> bool {
    release.pages.iter().any(|page| is_of_money(page))
}

/// The address of a page of what incidents say of money.
#[must_use]
pub fn money_address(number: u32) -> String {
    match number {
        0 | 1 => "money/".to_owned(),
        _ => format!("money/page/{number}/"),
    }
}

/// The address of everything that is connected.
#[must_use]
pub fn graph_address() -> &'static str {
    "graph/"
}

/// The address of all techniques under their tactics.
#[must_use]
pub fn matrix_address() -> &'static str {
    "matrix/"
}

/// The address of a page of a kind's index.
#[must_use]
pub fn index_address(kind: Kind, order: Order, number: u32) -> String {
    let order = if order == Order::Date { "by-date/" } else { "" };
    let number = if number > 1 {
        format!("page/{number}/")
    } else {
        String::new()
    };
    format!("{}/{order}{number}", kind.folder())
}

/// The address of a page of a tag.
#[must_use]
pub fn tag_address(slug: &str, number: u32) -> String {
    let number = if number > 1 {
        format!("page/{number}/")
    } else {
        String::new()
    };
    format!("tags/{slug}/{number}")
}
