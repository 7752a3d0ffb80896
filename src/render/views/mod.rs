//! (to come)
use super::Renderer;
use crate::config::Config;
use crate::plan::{Route, Site};
use crate::release::Release;
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
}

/// What pages show of an entry, made once and shared.
#[derive(Debug)]
pub struct Cards(pub Vec<Value>);

impl Cards {
    /// Makes the cards of all pages.
    #[must_use]
    pub fn of(_site: &Site, _config: &Config) -> Cards {
        Cards(Vec::new())
    }
}

/// What every page may use under `site`.
#[must_use]
pub fn site(_release: &Release, _config: &Config) -> Value {
    Value::none()
}

/// The view of a route.
#[must_use]
pub fn of(_renderer: &Renderer<'_>, _route: &Route) -> View {
    View {
        template: "base.html",
        values: Vec::new(),
        content: None,
    }
}
