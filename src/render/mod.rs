//! A page's view and the templates become bytes.
//!
//! Takes a [`Site`] and a [`Theme`]; gives, for one route, the bytes to write or the file to copy.
//! Pure and made on demand: a build asks for every route, a server for those that are looked at. A
//! page is rendered from its [view](views) and from nothing else: templates get no function that
//! reaches back into the site, so a page is up to date when its view and the templates are.

pub mod escape;

pub mod feed;

pub mod highlight;

pub mod html;

pub mod markup;

pub mod sitemap;

pub mod theme;

pub mod views;

pub use markup::Html;
pub use theme::Theme;
pub use views::Fingerprint;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::plan::{Output, Site};

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
}

impl Renderer<'_> {
    /// Puts what stands at a route into `buffer`, which is cleared first.
    ///
    /// # Errors
    /// The problems of the templates, with the content page that was being rendered.
    pub fn make(&self, route: usize, buffer: &mut Vec<u8>) -> Result<Content, Vec<Diagnostic>> {
        buffer.clear();
        let Some(route) = self.site.routes.get(route) else {
            return Ok(Content::Bytes);
        };
        match &route.output {
            Output::Feed(kind) => feed::write(self, *kind, buffer),
            Output::Sitemap(part) => sitemap::write(self, *part, buffer),
            Output::Robots => sitemap::robots(self.config, buffer),
            Output::Asset(path) => buffer.extend_from_slice(self.theme.asset(path)),
            Output::File(path) => return Ok(Content::Copy(format!("content/{path}"))),
            Output::Static(path) => return Ok(Content::Copy(path.clone())),
            Output::Page(page) => self.theme.render(&views::of(self, route, page), buffer)?,
        }
        Ok(Content::Bytes)
    }

    /// The identity of a page, made without rendering it; none of what is no page, which costs less to
    /// make than to compare.
    #[must_use]
    pub fn fingerprint(&self, route: usize) -> Option<Fingerprint> {
        let view = self.view(route)?;
        Some(view.fingerprint(self.theme.fingerprint()))
    }

    /// Puts what stands at a route into `buffer`, and tells the identity of a page.
    ///
    /// # Errors
    /// See [`Renderer::make`].
    pub fn make_noted(
        &self,
        route: usize,
        buffer: &mut Vec<u8>,
    ) -> Result<(Content, Option<Fingerprint>), Vec<Diagnostic>> {
        let Some(view) = self.view(route) else {
            return Ok((self.make(route, buffer)?, None));
        };
        let fingerprint = view.fingerprint(self.theme.fingerprint());
        buffer.clear();
        self.theme.render(&view, buffer)?;
        Ok((Content::Bytes, Some(fingerprint)))
    }

    /// What a page is rendered from, if the route is one.
    fn view(&self, route: usize) -> Option<views::View<'_>> {
        let route = self.site.routes.get(route)?;
        Some(views::of(self, route, route.page()?))
    }
}
