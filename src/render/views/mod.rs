//! What each page shows: the site's data, chosen and put into words for one route.
//!
//! Takes a route of the site; gives a [`View`]: the template's name and what it may show. A view is
//! the whole of what a page is rendered from, and hashed says whether the page has to be. What stands on many pages (an entry's card, a source's, a
//! quoted sentence) is made once, in [`Cards`], and shared.

mod attack;

mod answers;

mod cards;

mod changes;

mod chronicle;

mod compare;

pub(in crate::render) mod cites;

mod data;

mod drawn;

mod embeds;

mod entry;

mod facet;

mod facts;

mod fingerprint;

mod graph;

mod home;

mod index;

pub(super) mod infobox;

mod lists;

mod map;

mod marking;

mod matrix;

mod mentions;

mod metadata;

mod flow;

mod money;

mod origins;

mod producers;

mod placed;

mod prose;

pub(super) mod reads;

mod relations;

pub mod shape;

mod shell;

mod source;

mod text;

mod timeline;

pub(super) mod times;

mod trail;

pub(super) mod words;

pub use cards::{Cards, Tables};
pub use changes::{Changes, Reach};
pub(super) use compare::write as compared;
pub use facet::Facet;
pub use fingerprint::Fingerprint;
pub use shell::site;
pub use text::{Text, text};

use super::language::{Language, Word, names};
use super::{Html, Renderer, markup};
use crate::config::Config;
use crate::export::Ready;
use crate::model::{Family, Kind, PageId};
use crate::plan::{Page, Route, TextOf, address};
use cards::{EntryCard, SourceCard};
use reads::Reads;
use shape::{
    Card, ChronicleView, CompareView, DataView, EntryView, GraphView, HomeView, IndexView, MapView,
    MatrixView, MoneyView, MoreView, NameView, NamesView, ProducersView, RedirectView, SearchView,
    Shell, TagsView,
};
use std::hash::Hash;
use std::sync::Arc;

/// Everything that one page is rendered from.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The template's name.
    pub template: &'static str,
    /// What every page has: `page`.
    pub page: Shell<'a>,
    /// The way to the site's root.
    pub root: String,
    /// Which of the languages it speaks.
    pub language: usize,
    /// What the page is about.
    pub content: Content<'a>,
    /// The content file that the page shows, for reports.
    pub source: Option<Arc<str>>,
}

/// What a page is about: one value, which templates know by the name of the variant.
#[derive(Debug, Clone, Hash)]
#[allow(missing_docs, reason = "named as in the templates")]
pub enum Content<'a> {
    Entry(Box<EntryView<'a>>),
    More(MoreView<'a>),
    Index(IndexView<'a>),
    Home(Box<HomeView<'a>>),
    Tags(TagsView<'a>),
    Name(NameView<'a>),
    Redirect(RedirectView<'a>),
    Names(NamesView<'a>),
    Compare(CompareView<'a>),
    Producers(ProducersView<'a>),
    Matrix(MatrixView<'a>),
    Money(MoneyView<'a>),
    Graph(GraphView<'a>),
    Data(DataView<'a>),
    Map(MapView<'a>),
    Chronicle(ChronicleView),
    Search(SearchView),
    Missing,
}

/// The view of a route that is a page, and what of the site was read for it.
#[must_use]
pub(super) fn of<'a>(
    renderer: &Renderer<'a>,
    route: &'a Route,
    page: &'a Page,
    reads: Reads<'a>,
) -> (View<'a>, Box<[Facet]>) {
    // It stands at whatever address there is no page.
    let root = match *page == Page::NotFound {
        true => address::rooted(renderer.config, ""),
        false => address::root(&route.address),
    };
    let at = At::new(renderer, route, page, root, reads);
    let own = own(&at);
    let source = page.text().map(|text| match text {
        TextOf::Entry(id) => Some(Arc::clone(&at.reads.page(id).path)),
        TextOf::Intro(of) => Some(Arc::clone(&at.reads.intro(of)?.1.path)),
    });
    let view = View {
        template: own.template,
        page: shell::shell(&at, own.title, own.kind, own.section),
        root: at.root,
        language: at.language.at,
        content: own.content,
        source: source.flatten(),
    };
    (view, at.reads.into_noted())
}

/// What a page has for itself: a row for each sort of page.
struct Own<'a> {
    template: &'static str,
    title: String,
    kind: &'static str,
    /// The folder that the navigation marks as current.
    section: &'static str,
    content: Content<'a>,
}

fn own<'a>(at: &At<'a>) -> Own<'a> {
    let of_entry = |id: PageId| {
        let kind = at.reads.kind(id);
        (at.reads.name(id).title().to_owned(), kind)
    };
    // A further page of a list of an entry's.
    let more = |id: PageId, title: &dyn Fn(&str) -> String, view: MoreView<'a>| {
        let (of, kind) = of_entry(id);
        Own {
            template: "more.html",
            title: title(&of),
            kind: kind.name(),
            section: kind.folder(),
            content: Content::More(view),
        }
    };
    // A page of an index or of a tag.
    let list = |title: String, section: &'static str, view: IndexView<'a>| Own {
        template: "index.html",
        title,
        kind: "index",
        section,
        content: Content::Index(view),
    };
    // A page that is the only one of its sort.
    let only =
        |template: &'static str, kind: &'static str, title: &str, content: Content<'a>| Own {
            template,
            title: title.to_owned(),
            kind,
            section: "",
            content,
        };
    match *at.page {
        Page::Home => {
            let content = Content::Home(Box::new(home::view(at)));
            only("home.html", "home", &at.config.title, content)
        }
        Page::Entry(id) => {
            let (title, kind) = of_entry(id);
            Own {
                template: entry::template(kind),
                title,
                kind: kind.name(),
                section: kind.folder(),
                content: Content::Entry(Box::new(entry::view(at, id))),
            }
        }
        Page::Cited(id, number) => more(
            id,
            &|of| numbered(at, of, number),
            lists::cited(at, id, number),
        ),
        Page::Mentions(id, number) => more(
            id,
            &|of| numbered(at, of, number),
            lists::mentions(at, id, number),
        ),
        Page::Timeline(id, number) => more(
            id,
            &|of| numbered(at, of, number),
            lists::timeline(at, id, number),
        ),
        Page::Relations(id, verb, kind, number) => {
            let title = |of: &str| numbered(at, &lists::titled(at, of, (verb, kind)), number);
            more(id, &title, lists::relations(at, id, (verb, kind), number))
        }
        Page::Index(kind, order, number) => {
            let view = index::of_kind(at, kind, order, number);
            list(
                numbered(at, at.language.say(names::kind(kind).heading), number),
                kind.folder(),
                view,
            )
        }
        Page::Tag(tag, number) => {
            let view = index::of_tag(at, tag, number);
            list(numbered(at, view.heading, number), "tags", view)
        }
        Page::Tags => Own {
            section: "tags",
            ..only(
                "tags.html",
                "tags",
                at.language.say(Word::IndexTags),
                Content::Tags(index::tags(at)),
            )
        },
        Page::Shelves(family) => Own {
            section: family.folder(),
            ..only(
                "tags.html",
                "tags",
                at.language.say(names::family(family).heading),
                Content::Tags(index::shelves(at, family)),
            )
        },
        Page::Shelf(attribute, number) => {
            let view = index::of_shelf(at, attribute, number);
            let section = attribute.family().map_or("", Family::folder);
            list(numbered(at, view.heading, number), section, view)
        }
        Page::Names(number) => {
            let title = at.language.say(Word::NamesAll);
            let view = index::names(at, number);
            only(
                "names.html",
                "names",
                &numbered(at, title, number),
                Content::Names(view),
            )
        }
        Page::Compare => only(
            "compare.html",
            "compare",
            at.language.say(Word::CompareTitle),
            Content::Compare(compare::list(at)),
        ),
        Page::Compared(one, other) => only(
            "compare.html",
            "compare",
            &compare::both(at, one, other),
            Content::Compare(compare::pair(at, one, other)),
        ),
        Page::Producers(number) => {
            let title = at.language.say(Word::NamesProducers);
            only(
                "producers.html",
                "producers",
                &numbered(at, title, number),
                Content::Producers(producers::view(at, number)),
            )
        }
        Page::Matrix => Own {
            section: Kind::Technique.folder(),
            ..only(
                "matrix.html",
                "matrix",
                at.language.say(Word::MatrixTitle),
                Content::Matrix(matrix::view(at)),
            )
        },
        Page::Money(number) => only(
            "money.html",
            "money",
            &numbered(at, at.language.say(Word::MoneyTitle), number),
            Content::Money(money::view(at, number)),
        ),
        Page::Graph => only(
            "graph.html",
            "graph",
            at.language.say(Word::GraphTitle),
            Content::Graph(graph::view(at)),
        ),
        Page::Data => only(
            "data.html",
            "data",
            at.language.say(Word::DataTitle),
            Content::Data(data::view(at)),
        ),
        Page::Map => only(
            "map.html",
            "map",
            at.language.say(Word::MapTitle),
            Content::Map(map::view(at)),
        ),
        Page::Chronicle(number) => {
            let title = at.language.say(Word::TimelineAll);
            let view = chronicle::view(at, number);
            only(
                "timeline.html",
                "timeline",
                &numbered(at, title, number),
                Content::Chronicle(view),
            )
        }
        Page::Search => {
            let title = at.language.say(Word::SearchTitle);
            only(
                "search.html",
                "search",
                title,
                Content::Search(index::search(at)),
            )
        }
        Page::Name(name) => {
            let view = index::name(at, name);
            only("name.html", "name", view.name, Content::Name(view))
        }
        Page::Redirect(to) => {
            let content = Content::Redirect(index::redirect(at, to));
            only(
                "redirect.html",
                "redirect",
                at.language.say(Word::RedirectMoved),
                content,
            )
        }
        Page::NotFound => only(
            "404.html",
            "missing",
            at.language.say(Word::MissingPage),
            Content::Missing,
        ),
    }
}

fn numbered(at: &At<'_>, title: &str, number: u32) -> String {
    if number > 1 {
        let number = number.to_string();
        let holes = [("title", title), ("number", &*number)];
        at.language.with_all(Word::FramePageOf, &holes)
    } else {
        title.to_owned()
    }
}

/// A page with all that its view may draw from.
struct At<'a> {
    config: &'a Config,
    /// What the page is said in.
    language: &'a Language,
    /// The way to the site.
    reads: Reads<'a>,
    shared: &'a Cards,
    /// What exports come to.
    exports: &'a Ready,
    route: &'a Route,
    page: &'a Page,
    /// The way to the site's root.
    root: String,
}

impl<'a> At<'a> {
    fn new(
        renderer: &Renderer<'a>,
        route: &'a Route,
        page: &'a Page,
        root: String,
        reads: Reads<'a>,
    ) -> At<'a> {
        let tag = shell::tag_of(renderer.config, page, &reads);
        let language = renderer.theme.languages().of_page(tag);
        At {
            config: renderer.config,
            language,
            reads: reads.speaking(language),
            shared: renderer.cards,
            exports: renderer.exports,
            route,
            page,
            root,
        }
    }

    /// An entry as others show it, without its summary.
    fn card(&self, id: PageId) -> &'a EntryCard {
        self.reads.card(self.shared, id)
    }

    /// An entry as others show it, with its summary.
    fn told(&self, id: PageId) -> &'a Card {
        self.reads.told(self.shared, id)
    }

    /// A source as it is cited; none of what is no source.
    fn source(&self, id: PageId) -> Option<&'a SourceCard> {
        self.reads.source(self.shared, id)
    }

    /// The path of an address as it stands in a link after the root.
    fn path(&self, address: &str) -> String {
        address::path(address, self.config.links)
    }

    /// Writes the link to an entry.
    fn link(&self, id: PageId, out: &mut String) {
        markup::link(&self.root, &self.card(id).link, out);
    }

    /// The link to an entry.
    fn link_to(&self, id: PageId) -> Html {
        Html::of(|out| self.link(id, out))
    }
}
