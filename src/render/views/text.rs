//! The text of a page beside its file: the same HTML, and the line of each block.

use super::reads::Reads;
use super::{At, prose, shell};
use crate::plan::address;
use crate::plan::graph::Origin;
use crate::plan::{Route, TextOf};
use crate::render::html::Lines;
use crate::render::{Html, Renderer, punctuation};
use std::sync::Arc;

/// The text of a page.
#[derive(Debug, Clone)]
pub struct Text {
    /// The file that it stands in.
    pub file: Arc<str>,
    /// What the page shows of it, with `data-line` at each block whose place is known.
    pub html: Html,
}

/// The text that a route shows, if it shows the text of one file; `file` gives the file as it was read.
#[must_use]
pub fn text<'f>(
    renderer: &Renderer<'_>,
    route: &Route,
    file: &dyn Fn(&str) -> Option<&'f str>,
) -> Option<Text> {
    let page = route.page()?;
    let root = address::root(&route.address);
    let at = At::new(
        renderer,
        route,
        page,
        root,
        Reads::unnoted(renderer.site, renderer.theme.languages().first()),
    );
    let release = &renderer.site.release;
    let intro = |of| {
        let mut intros = (0..).zip(&release.intros);
        let (index, intro) = intros.find(|(_, intro)| intro.of == of)?;
        Some((Origin::Intro(index), &intro.path, &intro.prose))
    };
    let (origin, path, prose) = match page.text()? {
        TextOf::Entry(id) => {
            let page = release.page(id);
            (Origin::Page(id), &page.path, &page.prose)
        }
        TextOf::Intro(of) => intro(of)?,
    };
    let lines = Lines::of(file(path)?);
    let ids = prose::printed(&prose.body, renderer.config.trust_html);
    let mut html = prose::written(&at, origin, prose, &ids, Some(&lines));
    if renderer.config.smart_punctuation
        && let Some(set) = punctuation::typeset(shell::tag(&at), &html.0)
    {
        html = Html(set);
    }
    Some(Text {
        file: Arc::clone(path),
        html,
    })
}
