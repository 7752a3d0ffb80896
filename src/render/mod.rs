//! A page's view and the templates become bytes.
//!
//! Takes a [`Site`] and a [`Theme`]; gives, for one route, the bytes to write or the file to copy.
//! Pure and made on demand: a build asks for every route, a server for those that are looked at. A
//! page is rendered from its [view](views) and from nothing else: templates get no function that
//! reaches back into the site, so a page is up to date when its view and the templates are.

pub mod account;

mod bibliography;

mod drawing;

pub mod escape;

mod export;

pub mod feed;

pub mod highlight;

pub mod html;

pub mod language;

pub mod markup;

mod metadata;

mod opensearch;

mod punctuation;

mod search;

pub mod sitemap;

pub mod theme;

pub mod views;

mod web;

pub use markup::Html;
pub use theme::Theme;
pub use views::{Facet, Fingerprint};

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::export::Ready;
use crate::plan::{Made, Output, Site};
use views::View;
use views::reads::Reads;

/// Where what stands at a route is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The bytes that were put into the buffer.
    Bytes,
    /// The content of a file, by its path below the project's root.
    Copy(String),
}

/// Everything that a page is made from.
#[derive(Debug, Clone, Copy)]
pub struct Renderer<'a> {
    /// The site.
    pub site: &'a Site,
    /// The settings.
    pub config: &'a Config,
    /// The templates.
    pub theme: &'a Theme,
    /// What every page shows of an entry, made once.
    pub cards: &'a views::Cards,
    /// What exports come to.
    pub exports: &'a Ready,
}

/// What a route was made of: of a page its identity, and of all that is made of entries what was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// None of what is no page.
    pub page: Option<Box<Fingerprint>>,
    /// Each facet once, in the order in which they were read first.
    pub facets: Box<[Facet]>,
}

impl Renderer<'_> {
    /// Puts what stands at a route into `buffer`, which is cleared first.
    ///
    /// # Errors
    /// The problems of the templates, with the content page that was being rendered.
    pub fn make(&self, route: usize, buffer: &mut Vec<u8>) -> Result<Content, Vec<Diagnostic>> {
        let (content, _) = self.write(
            route,
            Reads::unnoted(self.site, self.theme.languages().first()),
            buffer,
            |_| {},
        )?;
        Ok(content)
    }

    /// The same, and tells what it was made of.
    ///
    /// # Errors
    /// See [`Renderer::make`].
    pub fn make_noted(
        &self,
        route: usize,
        buffer: &mut Vec<u8>,
    ) -> Result<(Content, Noted), Vec<Diagnostic>> {
        let mut page = None;
        let identity = |view: &View<'_>| {
            page = Some(Box::new(view.fingerprint(self.theme.fingerprint())));
        };
        let (content, facets) = self.write(
            route,
            Reads::noted(self.site, self.theme.languages().first()),
            buffer,
            identity,
        )?;
        Ok((content, Noted { page, facets }))
    }

    /// What a page is made of, told without rendering it; nothing of what is no page, which costs less to
    /// make than to compare.
    #[must_use]
    pub fn noted(&self, route: usize) -> Option<Noted> {
        let route = self.site.routes.get(route)?;
        let (view, facets) = views::of(
            self,
            route,
            route.page()?,
            Reads::noted(self.site, self.theme.languages().first()),
        );
        let page = Some(Box::new(view.fingerprint(self.theme.fingerprint())));
        Some(Noted { page, facets })
    }

    /// Writes what stands at a route; `seen` is shown the view of a page. Gives what was read.
    fn write<'a>(
        &'a self,
        route: usize,
        reads: Reads<'a>,
        buffer: &mut Vec<u8>,
        seen: impl FnOnce(&View<'_>),
    ) -> Result<(Content, Box<[Facet]>), Vec<Diagnostic>> {
        buffer.clear();
        let mut content = Content::Bytes;
        match self.site.routes.get(route).map(|route| &route.output) {
            Some(Output::Made(made)) => match *made {
                Made::Feed(kind) => feed::atom(self, &reads, kind, buffer),
                Made::JsonFeed(kind) => feed::json(self, &reads, kind, buffer),
                Made::EntryFeed(id) => feed::of_entry(self, &reads, id, buffer),
                Made::Sitemap(part) => sitemap::write(self, &reads, part, buffer),
                Made::Search(file) => search::write(self, &reads, file, buffer),
                Made::Web => web::write(self, &reads, buffer),
                Made::Compare(file) => {
                    let route = &self.site.routes[route];
                    return Ok((content, views::compared(self, route, file, reads, buffer)));
                }
                Made::OpenSearch => opensearch::write(self, buffer),
                Made::Export(format, of) => export::write(self, &reads, (format, of), buffer),
                Made::Schema(format) => export::schema(format, buffer),
                Made::Taxii(resource) => export::taxii(self, &reads, resource, buffer),
                Made::Robots => sitemap::robots(self.config, reads.audience(), buffer),
            },
            Some(Output::Asset(path)) => buffer.extend_from_slice(self.theme.asset(path)),
            Some(Output::Copied(copied)) => content = Content::Copy(copied.path().into_owned()),
            Some(Output::Page(page)) => {
                let route = &self.site.routes[route];
                let (view, facets) = views::of(self, route, page, reads);
                seen(&view);
                self.theme.render(&view, buffer)?;
                if self.config.smart_punctuation {
                    punctuation::set(view.page.lang, buffer);
                }
                return Ok((content, facets));
            }
            None => {}
        }
        Ok((content, reads.into_noted()))
    }
}
