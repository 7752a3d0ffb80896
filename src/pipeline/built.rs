//! A site that can make its routes.

use crate::attachment::{Treatment, treat};
use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::export::Ready;
use crate::load::{FileInfo, Words};
use crate::plan::{Output, Site};
use crate::render::views::Reach;
use crate::render::{Content, Facet, Noted, Renderer, Theme, views};
use crate::text::Place;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The files that are no entries.
#[derive(Debug, Clone, Default)]
pub(super) struct Files {
    /// By their path below `content/`.
    pub content: Arc<BTreeMap<String, FileInfo>>,
    /// Those that are published as they are, by their path below the root.
    pub statics: Arc<BTreeMap<String, FileInfo>>,
}

/// A site that can make its routes, each on demand.
#[derive(Debug)]
pub struct Built {
    /// The plan.
    pub site: Site,
    config: Config,
    theme: Arc<Theme>,
    /// The files of which routes are made.
    files: Files,
    pub(super) cards: views::Cards,
    exports: Ready,
    /// Listed when they are asked for: by whoever writes the site, not by whoever serves it.
    paths: OnceLock<Vec<String>>,
}

impl Built {
    /// Makes ready what pages share; `before` is the site before.
    pub(super) fn new(
        site: Site,
        config: &Config,
        theme: Arc<Theme>,
        files: Files,
        before: Option<&Built>,
    ) -> Built {
        let before = before.filter(|before| {
            before.config == *config && before.theme.languages() == theme.languages()
        });
        let before = before.map(|before| (&before.site, &before.cards));
        let cards = views::Cards::of(&site, config, theme.languages(), before);
        Built::with(site, config, theme, files, cards)
    }

    pub(super) fn with(
        site: Site,
        config: &Config,
        theme: Arc<Theme>,
        files: Files,
        cards: views::Cards,
    ) -> Built {
        Built {
            site,
            config: config.clone(),
            theme,
            files,
            cards,
            exports: Ready::of(&config.exports),
            paths: OnceLock::new(),
        }
    }

    /// The files of the site, sorted, below the output folder.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        self.paths.get_or_init(|| {
            let routes = self.site.routes.iter();
            routes.map(|route| route.path.clone()).collect()
        })
    }

    /// The index of a file of the site, by its path below the output folder.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<usize> {
        let routes = &self.site.routes;
        routes
            .binary_search_by(|route| route.path.as_str().cmp(path))
            .ok()
    }

    /// Makes a file of the site: an index into [`Built::paths`].
    ///
    /// # Errors
    /// The problems of the templates.
    pub fn make(&self, index: usize, buffer: &mut Vec<u8>) -> Result<Content, Vec<Diagnostic>> {
        let output = self.renderer().make(index, buffer)?;
        self.published(output, buffer)
    }

    /// What a page is made of, told without rendering it; nothing of what is no page.
    #[must_use]
    pub fn noted(&self, index: usize) -> Option<Noted> {
        self.renderer().noted(index)
    }

    /// Which files of the site may show another thing than they did `before`, and why, when they were made of
    /// `facets`, in the order of the files of then; nothing where pages came, went or moved.
    #[must_use]
    pub fn reached(&self, before: &Built, facets: &[Box<[Facet]>]) -> Option<Vec<Reach>> {
        let (was, is) = ((&before.site, &before.cards), (&self.site, &self.cards));
        let changes = views::Changes::between(was, is)?;
        let reached = |index: usize, path: &String| {
            let then = match self.site.routes.get(index) == before.site.routes.get(index) {
                true => Some(index),
                false => before.find(path),
            };
            let facets = then.and_then(|then| facets.get(then));
            facets.map_or(Reach::New, |facets| changes.reach(facets))
        };
        let paths = self.paths().iter().enumerate();
        Some(paths.map(|(index, path)| reached(index, path)).collect())
    }

    /// The file of the project, by its path below the root, that a file of the site is a copy of, byte for
    /// byte, if it is one.
    #[must_use]
    pub fn copy_of(&self, index: usize) -> Option<String> {
        let path = match &self.site.routes.get(index)?.output {
            Output::Copied(copied) => copied.path().into_owned(),
            Output::Page(_) | Output::Made(_) | Output::Asset(_) => return None,
        };
        matches!(self.treatment(&path)?, Given::As(Treatment::Copy)).then_some(path)
    }

    /// The same as [`Built::make`], with what it was made of.
    ///
    /// # Errors
    /// The problems of the templates.
    pub fn make_noted(
        &self,
        index: usize,
        buffer: &mut Vec<u8>,
    ) -> Result<(Content, Noted), Vec<Diagnostic>> {
        let (output, noted) = self.renderer().make_noted(index, buffer)?;
        Ok((self.published(output, buffer)?, noted))
    }

    /// How a file is published, by its path below the root.
    fn treatment(&self, path: &str) -> Option<Given<'_>> {
        let trust = &self.config.trusted_files;
        if let Some(path) = path.strip_prefix("content/") {
            let file = self.files.content.get(path)?;
            return Some(Given::As(treat(path, &file.form, trust)));
        }
        let file = self.files.statics.get(path)?;
        Some(match (treat(path, &file.form, trust), file.words.get()) {
            // What was searched for markings is what comes out.
            (Treatment::Copy, Words::Text(text)) => Given::Text(text.bytes()),
            (treatment, _) => Given::As(treatment),
        })
    }

    /// A file as it may be published: what could act in it was reported, and does not come out.
    fn published(&self, output: Content, buffer: &mut Vec<u8>) -> Result<Content, Vec<Diagnostic>> {
        let Content::Copy(path) = output else {
            return Ok(output);
        };
        let refused = |code: Code, why: &str| {
            let place = Place::file(path.as_str());
            Err(vec![Diagnostic::new(
                code,
                place,
                format!("the file {why}"),
            )])
        };
        match self.treatment(&path) {
            Some(Given::Text(bytes)) => {
                buffer.extend_from_slice(bytes);
                Ok(Content::Bytes)
            }
            Some(Given::As(Treatment::Copy)) => Ok(Content::Copy(path)),
            Some(Given::As(Treatment::Clean(drawing))) => match drawing.clean() {
                Ok(clean) => {
                    buffer.extend_from_slice(&clean.bytes);
                    Ok(Content::Bytes)
                }
                Err(fault) => refused(Code::UnreadableSvg, &fault.reason),
            },
            Some(Given::As(Treatment::Refuse(active))) => {
                refused(Code::ActiveAttachment, &active.reason())
            }
            None => refused(Code::MissingFile, "is not there"),
        }
    }

    /// The text of a page with the line of each block in its file; `None` where it shows none. `file`
    /// gives the text of a file as the site was made from it.
    #[must_use]
    pub fn text<'f>(
        &self,
        index: usize,
        file: &dyn Fn(&str) -> Option<&'f str>,
    ) -> Option<views::Text> {
        views::text(&self.renderer(), self.site.routes.get(index)?, file)
    }

    /// What its pages are made from.
    #[must_use]
    pub fn renderer(&self) -> Renderer<'_> {
        let Built {
            site,
            config,
            theme,
            files: _,
            cards,
            exports,
            paths: _,
        } = self;
        Renderer {
            site,
            config,
            theme,
            cards,
            exports,
        }
    }
}

/// What of a file is published.
enum Given<'a> {
    /// The text, as it was read.
    Text(&'a [u8]),
    /// Something of the file on the disk.
    As(Treatment<'a>),
}
