//! What each page shows: the site's data, chosen and put into words for one route.
//!
//! Takes a route of the site; gives a [`View`]: the template's name and what it may show. A view is
//! the whole of what a page is rendered from, and hashed says whether the page has to be. What stands on many pages (an entry's card, a source's, a
//! quoted sentence) is made once, in [`Cards`], and shared.

mod attack;

mod cards;

mod changes;

mod cites;

mod embeds;

mod entry;

mod facts;

mod fingerprint;

mod home;

mod index;

mod infobox;

mod label;

mod lists;

mod mentions;

mod prose;

pub(super) mod reads;

mod relations;

pub mod shape;

mod shell;

mod source;

mod text;

mod timeline;

pub(super) mod words;

pub use cards::{Cards, Tables};
pub use changes::{Changes, Reach};
pub use fingerprint::Fingerprint;
pub use reads::Facet;
pub use shell::site;
pub use text::{Text, text};

use super::{Html, Renderer, markup};
use crate::config::Config;
use crate::model::PageId;
use crate::plan::{Page, Route, address};
use cards::{EntryCard, SourceCard};
use reads::Reads;
use shape::{EntryView, HomeView, IndexView, MoreView, NameView, RedirectView, Shell, TagsView};
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
    let mut source = None;
    let (template, content) = match page {
        Page::Home => {
            source = intro_path(&at, None);
            ("home.html", Content::Home(Box::new(home::view(&at))))
        }
        Page::Entry(id) => {
            let page = at.reads.page(*id);
            source = Some(Arc::clone(&page.path));
            let view = Box::new(entry::view(&at, *id));
            (entry::template(page.kind), Content::Entry(view))
        }
        Page::Cited(id, number) => ("more.html", Content::More(lists::cited(&at, *id, *number))),
        Page::Mentions(id, number) => (
            "more.html",
            Content::More(lists::mentions(&at, *id, *number)),
        ),
        Page::Relations(id, verb, kind, number) => {
            let of = (*verb, *kind);
            let view = lists::relations(&at, *id, of, *number);
            ("more.html", Content::More(view))
        }
        Page::Timeline(id, number) => (
            "more.html",
            Content::More(lists::timeline(&at, *id, *number)),
        ),
        Page::Index(kind, order, number) => {
            source = intro_path(&at, Some(*kind));
            let view = index::of_kind(&at, *kind, *order, *number);
            ("index.html", Content::Index(view))
        }
        Page::Tag(tag, number) => (
            "index.html",
            Content::Index(index::of_tag(&at, *tag, *number)),
        ),
        Page::Tags => ("tags.html", Content::Tags(index::tags(&at))),
        Page::Name(name) => ("name.html", Content::Name(index::name(&at, *name))),
        Page::Redirect(to) => (
            "redirect.html",
            Content::Redirect(index::redirect(&at, *to)),
        ),
        Page::NotFound => ("404.html", Content::Missing),
    };
    let view = View {
        template,
        page: shell::shell(&at),
        root: at.root,
        content,
        source,
    };
    (view, at.reads.into_noted())
}

/// The file of the text of the home page or of an index.
fn intro_path(at: &At<'_>, of: Option<crate::model::Kind>) -> Option<Arc<str>> {
    let intro = at.reads.intro(of);
    intro.map(|(_, intro)| Arc::clone(&intro.path))
}

/// A page with all that its view may draw from.
struct At<'a> {
    config: &'a Config,
    /// The way to the site.
    reads: Reads<'a>,
    shared: &'a Cards,
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
        At {
            config: renderer.config,
            reads,
            shared: renderer.cards,
            route,
            page,
            root,
        }
    }

    /// An entry's card.
    fn card(&self, id: PageId) -> &'a EntryCard {
        self.reads.note(Facet::Card(id));
        self.shared.entry(id)
    }

    /// A source as it is cited; none of what is no source.
    fn source(&self, id: PageId) -> Option<&'a SourceCard> {
        self.reads.note(Facet::Source(id));
        self.shared.source(id)
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
