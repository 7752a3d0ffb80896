//! What each page shows: the site's data, chosen and put into words for one route.
//!
//! Takes a route of the site; gives a [`View`]: the template's name and its values. A view is the
//! whole of what a page is rendered from. What stands on many pages (an entry's card, a source's, a
//! quoted sentence) is made once, in [`Cards`], and shared.

mod attack;

mod cards;

mod cites;

mod entry;

mod facts;

mod home;

mod index;

mod infobox;

mod label;

mod lists;

mod mentions;

mod prose;

mod relations;

pub mod shape;

mod shell;

mod source;

mod text;

mod timeline;

pub use cards::Cards;
pub use shell::site;
pub use text::{Text, text};

use super::Renderer;
use crate::plan::graph::Origin;
use crate::plan::{Page, Route, address};
use std::sync::Arc;
use tera::Value;

/// Everything that one page is rendered from.
#[derive(Debug, Clone)]
pub struct View {
    /// The template's name.
    pub template: &'static str,
    /// What the template may use, beside the global `site`.
    pub values: Vec<(&'static str, Value)>,
    /// The content file that the page shows, for reports.
    pub content: Option<Arc<str>>,
    /// The file of the page, for reports.
    pub path: String,
}

/// The view of a route that is a page.
#[must_use]
pub fn of(renderer: &Renderer<'_>, route: &Route) -> View {
    let at = At {
        renderer: *renderer,
        route,
    };
    let (template, name, value, content) = match &route.page {
        Page::Home => (
            "home.html",
            "home",
            Value::from(home::view(&at)),
            intro_path(&at, None),
        ),
        Page::Entry(id) => {
            let page = at.site().release.page(*id);
            let value = Value::from(entry::view(&at, *id));
            (
                entry::template(page.kind),
                "entry",
                value,
                Some(Arc::clone(&page.path)),
            )
        }
        Page::Cited(id, number) => (
            "more.html",
            "more",
            Value::from(lists::cited(&at, *id, *number)),
            None,
        ),
        Page::Mentions(id, number) => (
            "more.html",
            "more",
            Value::from(lists::mentions(&at, *id, *number)),
            None,
        ),
        Page::Relations(id, number) => (
            "more.html",
            "more",
            Value::from(lists::relations(&at, *id, *number)),
            None,
        ),
        Page::Timeline(id, number) => (
            "more.html",
            "more",
            Value::from(lists::timeline(&at, *id, *number)),
            None,
        ),
        Page::Index(kind, order, number) => (
            "index.html",
            "index",
            Value::from(index::of_kind(&at, *kind, *order, *number)),
            intro_path(&at, Some(*kind)),
        ),
        Page::Tag(tag, number) => (
            "index.html",
            "index",
            Value::from(index::of_tag(&at, *tag, *number)),
            None,
        ),
        Page::Tags => ("tags.html", "tags", Value::from(index::tags(&at)), None),
        Page::Name(name) => (
            "name.html",
            "name",
            Value::from(index::name(&at, *name)),
            None,
        ),
        Page::Redirect(to) => (
            "redirect.html",
            "redirect",
            Value::from(index::redirect(&at, *to)),
            None,
        ),
        Page::NotFound
        | Page::Feed(_)
        | Page::Sitemap(_)
        | Page::Robots
        | Page::Asset(_)
        | Page::File(_) => ("404.html", "missing", Value::none(), None),
    };
    let root = match route.page {
        Page::NotFound => address::rooted(renderer.config, ""),
        _ => address::root(&route.address),
    };
    let values = vec![
        ("page", Value::from(shell::shell(&at))),
        ("root", Value::from(root)),
        (name, value),
    ];
    let path = route.path.clone();
    View {
        template,
        values,
        content,
        path,
    }
}

/// The file of the text of the home page or of an index.
fn intro_path(at: &At<'_>, of: Option<crate::model::Kind>) -> Option<Arc<str>> {
    let intro = at.site().release.intros.iter().find(|intro| intro.of == of);
    intro.map(|intro| Arc::clone(&intro.path))
}

/// A route with all that its view may draw from.
struct At<'a> {
    renderer: Renderer<'a>,
    route: &'a Route,
}

impl<'a> At<'a> {
    fn site(&self) -> &'a crate::plan::Site {
        self.renderer.site
    }

    fn cards(&self) -> &'a Cards {
        self.renderer.cards
    }

    /// The path of an address as it stands in a link after the root.
    fn path(&self, address: &str) -> String {
        address::path(address, self.renderer.config.links)
    }

    /// The same with a fragment.
    fn place(&self, address: &str, id: &str) -> String {
        self.path(address) + &address::fragment(id)
    }

    /// The address and title of a page that has a ledger.
    fn origin(&self, origin: Origin) -> (String, String) {
        match origin {
            Origin::Page(id) => {
                let page = self.site().release.page(id);
                (page.route(), page.title.clone())
            }
            Origin::Intro(at) => {
                let intro = &self.site().release.intros[at as usize];
                match intro.of {
                    None => (String::new(), self.renderer.config.title.clone()),
                    Some(kind) => (format!("{}/", kind.folder()), kind.heading().to_owned()),
                }
            }
        }
    }
}
