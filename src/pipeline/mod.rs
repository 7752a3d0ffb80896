//! The stages in order, and what they remember from one run to the next.
//!
//! Takes [`Inputs`], a [`Config`] and [`Options`]; gives every problem and, where none is an error, a
//! [`Built`] site that makes any of its routes on demand. A [`Pipeline`] that ran before redoes what an
//! edit reaches and gives what a first run would: each stage compares what it is given with what it was
//! given last, by identity, and takes over what is the same. Touches nothing outside.

mod built;

pub mod tables;

mod unreadable;

pub use built::Built;

use crate::check::Checked;
use crate::config::Config;
use crate::diag::{self, Code, Diagnostic, Outcome};
use crate::load::Inputs;
use crate::model::{Date, Day, Entry, EntryId, Kind, Tlp};
use crate::parse::Parses;
use crate::plan::{self, Site};
use crate::query::{Asked, Query, Unnamed};
use crate::release::{self, Audience, Released, Waiting};
use crate::render::language::Languages;
use crate::render::{Theme, views};
use crate::resolve::Resolved;
use crate::{check, parse, resolve};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a run is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// How many entries could be read.
    pub entries: usize,
    /// What is not shown because it is a draft or its day has not come.
    pub waiting: Waiting,
}

/// The stages, with what they remember.
#[derive(Debug, Default)]
pub struct Pipeline {
    /// Whether there will be no other run: then what a stage was given goes as soon as it is not needed.
    once: bool,
    /// Whether it leaves something for the next process.
    keeps: bool,
    left: Option<tables::Left>,
    /// The files that are no entries.
    files: built::Files,
    /// What was found of those that are published as they are.
    judged: Option<Arc<check::Statics>>,
    parses: Parses,
    resolved: Option<Resolved>,
    checked: Option<Checked>,
    released: Option<Released>,
    /// What was planned last, where nothing was wrong with it, and for which settings.
    planned: Option<(Site, Config)>,
    /// What readers see words in, with what is wrong with them.
    languages: Option<(Arc<Languages>, Vec<Diagnostic>)>,
    /// The theme, with what is wrong with it.
    theme: Option<(Arc<Theme>, Vec<Diagnostic>)>,
    /// The last site that nothing was wrong with.
    built: Option<Arc<Built>>,
}

impl Pipeline {
    /// Nothing is remembered yet.
    #[must_use]
    pub fn new() -> Pipeline {
        Pipeline::default()
    }

    /// A pipeline for one run, which holds little in memory.
    #[must_use]
    pub fn once() -> Pipeline {
        Pipeline {
            once: true,
            ..Pipeline::default()
        }
    }

    /// The same, which leaves something for the next process (see [`tables`]).
    #[must_use]
    pub fn once_for_later() -> Pipeline {
        Pipeline {
            once: true,
            keeps: true,
            ..Pipeline::default()
        }
    }

    /// Files as they were parsed beforehand, to be taken up where they are the same.
    pub fn parsed(&mut self, parses: Parses) {
        self.parses = parses;
    }

    /// Runs every stage over the inputs as they are now. `done` is told the name of each as it ends: the
    /// pipeline has no clock, but who calls it may.
    #[must_use]
    pub fn run(
        &mut self,
        inputs: &Inputs,
        config: &Config,
        options: &Options,
        done: &mut dyn FnMut(&'static str),
    ) -> Run {
        let mut problems = inputs.problems.clone();
        if *self.files.content != inputs.files {
            self.files.content = Arc::new(inputs.files.clone());
        }
        if *self.files.statics != inputs.statics {
            self.files.statics = Arc::new(inputs.statics.clone());
        }
        let files = self.files.clone();
        self.parses = parse::all(
            &inputs.entries,
            &config.markings(),
            std::mem::take(&mut self.parses),
        );
        problems.extend(self.parses.problems().cloned());
        done("parse");
        let unreadable = unreadable::names(&inputs.entries, &problems);
        let unread = !unreadable.is_empty();
        let resolved = resolve::resolve(
            &self.parses.files,
            &inputs.files,
            unreadable,
            self.resolved.take(),
        );
        problems.extend(resolved.problems().cloned());
        let dossier = resolved.dossier.clone();
        let tables = self
            .keeps
            .then(|| (self.parses.faulty().clone(), resolved.tables()));
        self.resolved = Some(resolved).filter(|_| !self.once);
        if self.once {
            self.parses = Parses::default();
        }
        done("resolve");
        let checked = check::check(
            &dossier,
            &files.content,
            &config.trusted_files,
            &config.other_markings,
            self.checked.take(),
        );
        let judged = self.judged.take();
        let statics = check::statics(
            &files.statics,
            &config.trusted_files,
            &config.other_markings,
            judged,
        );
        self.judged = Some(Arc::clone(&statics));
        problems.extend(statics.problems.iter().cloned());
        problems.extend(check::navigation(&dossier, config));
        problems.extend(check::rates(&dossier, &config.money));
        problems.extend(check::settings(config, inputs.config.as_ref()));
        problems.extend(check::look(&config.look, &inputs.theme));
        let tables = tables.map(|(faulty, resolved)| (faulty, resolved, checked.tables()));
        done("check");
        let audience = Audience {
            tlp: options.audience,
            drafts: options.drafts,
            today: options.today,
        };
        let released = release::release(&dossier, audience, self.released.take());
        problems.extend(released.problems().cloned());
        let paths: Vec<&str> = files.statics.keys().map(String::as_str).collect();
        // A warning of what is an error at the door would only follow from it.
        problems.extend(checked.problems(&problems));
        problems.extend(checked.unused_trust(config, &paths, &statics));
        let unsure = unread || problems.iter().any(|it| it.code == Code::MissingFile);
        problems.extend(checked.unused_files(unsure));
        self.checked = Some(checked).filter(|_| !self.once);
        let waiting = released.waiting();
        let release = released.release.clone();
        self.left = tables.map(|(faulty, resolved, checked)| tables::Left {
            files: inputs.entries.iter().map(|file| file.hash).collect(),
            faulty,
            resolved,
            checked,
            released: released.tables(),
        });
        self.released = Some(released).filter(|_| !self.once);
        let entries = dossier.entries.len();
        drop(dossier);
        done("release");
        let before = self
            .planned
            .take()
            .filter(|(_, settings)| settings == config);
        let own = config.look.added_to(&inputs.theme);
        let planned = plan::plan(
            &release,
            &Theme::assets(&own),
            &release::statics(files.statics.keys(), audience),
            config.full_text,
            config.drawings.compare,
            &config.exports,
            before.as_ref().map(|(site, _)| site),
        );
        self.left.take_if(|_| !planned.problems.is_empty());
        if planned.problems.is_empty() && !self.once {
            self.planned = Some((planned.value.clone(), config.clone()));
        }
        let site = planned.drain_into(&mut problems);
        problems.extend(plan::navigation::dead_items(&site, config));
        done("plan");
        let (languages, unsaid) = match self.languages.take() {
            Some((languages, unsaid)) if languages.is_of(&inputs.theme, &config.language) => {
                (languages, unsaid)
            }
            _ => spoken(inputs, config),
        };
        problems.extend(unsaid.iter().cloned());
        let shown = views::site(&site, config, &languages);
        let (theme, faults) = match self.theme.take() {
            Some((theme, faults)) if theme.is_of(&own, &shown, &languages) => (theme, faults),
            _ => themed(&own, shown, &languages),
        };
        self.languages = Some((languages, unsaid));
        problems.extend(faults.iter().cloned());
        self.theme = Some((Arc::clone(&theme), faults));
        done("theme");
        config.weigh(&mut problems, options.strict);
        diag::sort(&mut problems);
        let site = (!diag::has_errors(&problems)).then(|| {
            let before = self.built.as_deref();
            Arc::new(Built::new(site, config, theme, files, before))
        });
        if site.is_some() && !self.once {
            self.built.clone_from(&site);
        }
        done("cards");
        Run {
            problems,
            site,
            entries,
            waiting,
        }
    }
}

/// Runs every stage once; see [`Pipeline::run`].
#[must_use]
pub fn run(
    inputs: &Inputs,
    config: &Config,
    options: &Options,
    done: &mut dyn FnMut(&'static str),
) -> Run {
    Pipeline::once().run(inputs, config, options, done)
}

/// The words of a project, with what is wrong with them.
fn spoken(inputs: &Inputs, config: &Config) -> (Arc<Languages>, Vec<Diagnostic>) {
    let Outcome {
        value,
        mut problems,
    } = Languages::of(&inputs.theme, &config.language);
    problems.extend(value.unspoken(inputs.config.as_ref()));
    (Arc::new(value), problems)
}

/// The theme of a project, with what is wrong with it.
fn themed(
    own: &BTreeMap<String, Arc<[u8]>>,
    site: tera::Value,
    languages: &Arc<Languages>,
) -> (Arc<Theme>, Vec<Diagnostic>) {
    let mut made = Theme::new(own, site, Arc::clone(languages));
    made.problems.extend(check::theme(own));
    (Arc::new(made.value), made.problems)
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

impl Pipeline {
    /// Every entry of the last run in short, for `list`.
    #[must_use]
    pub fn listing(&self) -> Vec<Listed> {
        let dossier = self.resolved.as_ref().map(|resolved| &resolved.dossier);
        let entries = dossier.into_iter().flat_map(|it| it.entries.iter());
        entries.map(|entry| listed(entry)).collect()
    }

    /// Those of them that fit a query, and the names in it that none of all has.
    #[must_use]
    pub fn listing_of(&self, query: &Query) -> (Vec<Listed>, Vec<Unnamed>) {
        let dossier = self.resolved.as_ref().map(|resolved| &resolved.dossier);
        let entries = dossier.into_iter().flat_map(|it| it.entries.iter());
        let entries = (0..).map(EntryId).zip(entries.map(|entry| &**entry));
        let entries: Vec<(EntryId, &Entry<EntryId>)> = entries.collect();
        let asked = Asked::of(query, &entries);
        let fit = entries.iter().filter(|(id, it)| asked.holds(*id, it));
        let listing = fit.map(|(_, entry)| listed(entry)).collect();
        (listing, asked.unnamed)
    }
}

fn listed(entry: &Entry<EntryId>) -> Listed {
    Listed {
        kind: entry.kind,
        slug: entry.slug.clone(),
        id: entry.id.clone(),
        title: entry.title.clone(),
        date: entry.when(),
        tlp: entry.tlp,
        draft: entry.draft,
        path: entry.path.to_string(),
    }
}
