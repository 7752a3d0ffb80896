//! A dossier looked through as a command asks for it: its configuration, then the pipeline.
//!
//! Takes a snapshot of the files and a [`Wish`]; gives every problem and, where none is an error, the
//! site. Holds the rule for a broken configuration: nothing is published, and nothing is said that a
//! guessed audience may not see.

use crate::config::{self, Config};
use crate::diag::{self, Code, Diagnostic, Outcome};
use crate::load::Inputs;
use crate::model::{Day, Tlp};
use crate::pipeline::{Built, Options, Pipeline};
use crate::release::Waiting;
use crate::render::Theme;
use std::sync::Arc;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The highest marking to show; the configuration's where it is not named.
    pub audience: Option<Tlp>,
    /// Whether drafts and entries whose day has not come are shown.
    pub drafts: bool,
    /// Today.
    pub today: Day,
    /// Whether warnings count as errors.
    pub strict: bool,
    /// The site's address instead of the configuration's.
    pub base_url: Option<String>,
}

/// A dossier that was looked through.
#[derive(Debug)]
pub struct Assessment {
    /// Its settings; as good as they could be read.
    pub config: Config,
    /// Whether the settings are as they should be.
    pub sound: bool,
    /// For whom.
    pub audience: Tlp,
    /// Every problem, sorted.
    pub problems: Vec<Diagnostic>,
    /// The site; `None` where a problem is an error.
    pub site: Option<Arc<Built>>,
    /// How many entries there are.
    pub entries: usize,
    /// What is not shown because it is a draft or its day has not come.
    pub waiting: Waiting,
}

/// The settings of a dossier, as a command asks for them.
#[must_use]
pub fn settings(inputs: &Inputs, wish: &Wish) -> Outcome<Config> {
    let mut config = config::read(inputs.config.as_ref());
    if let Some(base_url) = &wish.base_url {
        config.value.base_url.clone_from(base_url);
    }
    config
}

/// Looks through a dossier. `done` is told the name of each stage as it ends.
#[must_use]
pub fn assess(
    pipeline: &mut Pipeline,
    inputs: &Inputs,
    wish: &Wish,
    done: &mut dyn FnMut(&'static str),
) -> Assessment {
    let mut problems = Vec::new();
    let config = settings(inputs, wish).drain_into(&mut problems);
    let mut survey = Assessment {
        sound: problems.is_empty(),
        audience: wish.audience.unwrap_or(config.default_audience),
        config,
        problems,
        site: None,
        entries: 0,
        waiting: Waiting::default(),
    };
    // Without a configuration this is hardly a dossier: that is the one thing to say.
    if inputs.config.is_some() {
        let sound = survey.sound;
        let options = Options {
            // Where the configuration is broken nothing is published, and nothing is said of what a
            // guessed audience may not see.
            audience: if sound { survey.audience } else { Tlp::Red },
            drafts: wish.drafts || !sound,
            today: wish.today,
            strict: wish.strict,
        };
        let run = pipeline.run(inputs, &survey.config, &options, done);
        // Nor is a marking measured against a default that was guessed.
        let stays = |problem: &Diagnostic| sound || problem.code != Code::LowerMarking;
        survey
            .problems
            .extend(run.problems.into_iter().filter(stays));
        survey.entries = run.entries;
        survey.waiting = run.waiting;
        survey.site = run.site.filter(|_| sound);
    }
    diag::sort(&mut survey.problems);
    survey
}

/// The text of a file that has problems: of the project, or of the theme that it does not override.
#[must_use]
pub fn text<'a>(inputs: &'a Inputs, path: &str) -> Option<&'a str> {
    let own = inputs.text(path);
    own.or_else(|| Theme::default_text(path.strip_prefix("templates/")?))
}
