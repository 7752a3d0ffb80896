//! The stages in order.
//!
//! Takes [`Inputs`], a [`Config`] and [`Options`]; gives every problem and, where none is an error, a
//! [`Built`] site that makes any of its routes on demand. Touches nothing outside.

use crate::config::Config;
use crate::diag::{self, Code, Diagnostic};
use crate::load::Inputs;
use crate::model::{Date, Day, Kind, Tlp};
use crate::plan::{self, Site};
use crate::release::{self, Audience};
use crate::render::{Output, Renderer, Theme, views};
use crate::text::TextFile;
use crate::{check, parse, resolve};
use std::collections::HashSet;
use std::sync::Arc;

/// What a run is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The highest marking that is shown.
    pub audience: Tlp,
    /// Whether drafts and entries whose day has not come are shown.
    pub drafts: bool,
    /// Today.
    pub today: Day,
    /// Whether warnings count as errors.
    pub strict: bool,
}

/// What a run gives.
#[derive(Debug)]
pub struct Run {
    /// Every problem, sorted, with the weight that the configuration gives it.
    pub problems: Vec<Diagnostic>,
    /// The site; `None` when a problem is an error.
    pub site: Option<Arc<Built>>,
    /// Every entry that could be read, for `list`.
    pub listing: Vec<Listed>,
}

/// An entry in short.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields of an entry")]
pub struct Listed {
    pub kind: Kind,
    pub slug: String,
    pub id: String,
    pub title: String,
    pub date: Option<Date>,
    pub tlp: Tlp,
    pub draft: bool,
    pub path: String,
}

/// A site that can make its routes.
#[derive(Debug)]
pub struct Built {
    /// The plan.
    pub site: Site,
    config: Config,
    theme: Theme,
    cards: views::Cards,
    paths: Vec<String>,
}

impl Built {
    /// The files of the site, sorted, below the output folder.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The index of a file of the site, by its path below the output folder.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<usize> {
        self.paths
            .binary_search_by(|known| known.as_str().cmp(path))
            .ok()
    }

    /// Makes a file of the site: an index into [`Built::paths`].
    ///
    /// # Errors
    /// The problems of the templates.
    pub fn make(&self, index: usize, buffer: &mut Vec<u8>) -> Result<Output, Vec<Diagnostic>> {
        self.renderer().make(index, buffer)
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

    fn renderer(&self) -> Renderer<'_> {
        let Built {
            site,
            config,
            theme,
            cards,
            paths: _,
        } = self;
        Renderer {
            site,
            config,
            theme,
            cards,
        }
    }
}

/// The stages, with what they remember from one run to the next: a run after a small change redoes
/// what the change reaches and gives what a first run would.
#[derive(Debug, Default)]
pub struct Pipeline {}

impl Pipeline {
    /// Nothing is remembered yet.
    #[must_use]
    pub fn new() -> Pipeline {
        Pipeline::default()
    }

    /// Runs every stage over the inputs as they are now; see [`run`].
    #[must_use]
    pub fn run(
        &mut self,
        inputs: &Inputs,
        config: &Config,
        options: &Options,
        done: &mut dyn FnMut(&'static str),
    ) -> Run {
        run(inputs, config, options, done)
    }
}

/// Runs every stage. `done` is told the name of each as it ends: the pipeline has no clock, but who
/// calls it may.
#[must_use]
pub fn run(
    inputs: &Inputs,
    config: &Config,
    options: &Options,
    done: &mut dyn FnMut(&'static str),
) -> Run {
    let mut problems = inputs.problems.clone();
    let parsed = parse::all(&inputs.entries, config.default_tlp).drain_into(&mut problems);
    done("parse");
    let lost = lost(&inputs.entries, &problems);
    let dossier = resolve::resolve(parsed, &inputs.files, &lost).drain_into(&mut problems);
    done("resolve");
    problems.extend(check::check(&dossier, &inputs.files, &problems));
    problems.extend(check::navigation(&dossier, config));
    done("check");
    let listing = listing(&dossier);
    let audience = Audience {
        tlp: options.audience,
        drafts: options.drafts,
        today: options.today,
    };
    let release = release::release(&dossier, audience).drain_into(&mut problems);
    drop(dossier);
    done("release");
    let theme = Theme::new(&inputs.theme, views::site(&release, config)).drain_into(&mut problems);
    done("theme");
    let site = plan::plan(release, config, &theme.assets()).drain_into(&mut problems);
    done("plan");
    config.weigh(&mut problems, options.strict);
    diag::sort(&mut problems);
    let site = (!diag::has_errors(&problems)).then(|| {
        let cards = views::Cards::of(&site, config);
        let paths = site.routes.iter().map(|route| route.path.clone()).collect();
        Arc::new(Built {
            site,
            config: config.clone(),
            theme,
            cards,
            paths,
        })
    });
    done("cards");
    Run {
        problems,
        site,
        listing,
    }
}

/// The names, folded, of files that are there but could not be taken as they are (path below
/// `content/` without `.md`, `kind folder/slug`, and of misplaced ones slug and title), so that links
/// to them are not reported as well.
fn lost(files: &[TextFile], problems: &[Diagnostic]) -> HashSet<String> {
    let unreadable = [
        Code::NotUtf8,
        Code::FileTooLarge,
        Code::LinkLeavesProject,
        Code::BadSlug,
        Code::UnknownFolder,
    ];
    let mut names = HashSet::new();
    for problem in problems
        .iter()
        .filter(|problem| unreadable.contains(&problem.code))
    {
        let path = &problem.place.path;
        let Some(below) = path.strip_prefix("content/") else {
            continue;
        };
        let below = below.strip_suffix(".md").unwrap_or(below);
        let slug = below.rsplit('/').next().unwrap_or(below);
        names.insert(resolve::fold(below));
        if let Some((folder, _)) = below.split_once('/') {
            names.insert(resolve::fold(&format!("{folder}/{slug}")));
        }
        if problem.code == Code::UnknownFolder {
            names.insert(resolve::fold(slug));
            let file = files.iter().find(|file| file.path == *path);
            let saved = file.map(|file| parse::front::saved::save(&file.text));
            names.extend(
                saved
                    .and_then(|saved| saved.title)
                    .map(|title| resolve::fold(&title)),
            );
        }
    }
    names
}

fn listing(dossier: &resolve::Dossier) -> Vec<Listed> {
    dossier
        .entries
        .iter()
        .map(|entry| Listed {
            kind: entry.kind,
            slug: entry.slug.clone(),
            id: entry.id.clone(),
            title: entry.title.clone(),
            date: entry.when(),
            tlp: entry.tlp,
            draft: entry.draft,
            path: entry.path.to_string(),
        })
        .collect()
}
