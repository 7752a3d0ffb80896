//! Running the pipeline over a dossier and reporting its problems: what `check` and `build` share.

use super::args::{Format, Selection};
use super::fix::{self, Fixing};
use super::terminal::{Terminal, count};
use super::{Exit, Stop, clock, project};
use crate::assess::{self, Wish};
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::Inputs;
use crate::model::Tlp;
use crate::pipeline::{Built, Pipeline};
use crate::release::Waiting;
use crate::report::{self, Lines, github};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A dossier that was looked through.
pub(super) struct Session<'a> {
    /// Its files.
    pub inputs: &'a Inputs,
    /// For whom.
    pub audience: Tlp,
    /// Every problem so far, sorted.
    pub problems: Vec<Diagnostic>,
    /// The site; `None` where a problem is an error.
    pub site: Option<std::sync::Arc<Built>>,
    /// How many entries there are.
    pub entries: usize,
    /// What is not shown because it is a draft or its day has not come.
    pub waiting: Waiting,
    /// How long each stage took.
    pub phases: Vec<(&'static str, Duration)>,
    /// When the command began.
    pub start: Instant,
    /// The texts of files with problems that the inputs let go of.
    pub texts: BTreeMap<Arc<str>, Arc<str>>,
    /// What was mended before.
    pub fixing: Fixing,
}

/// What `--format json` gives; its names are stable.
#[derive(Debug, Serialize)]
struct Document<'a> {
    /// Of this form; a higher one may lack or rename something.
    version: u32,
    command: &'static str,
    audience: &'static str,
    entries: usize,
    /// What the audience would see if it were no draft or if its day had come.
    withheld: Withheld,
    problems: Vec<report::Problem<'a>>,
    /// Files of which more is wrong than `problems` tells.
    not_shown: Vec<report::Rest<'a>>,
    errors: usize,
    warnings: usize,
    /// What `--fix` changed, one for each edit.
    fixed: &'a [fix::Fixed],
    /// Files that `--fix` would have changed, and why it did not.
    not_fixed: Vec<fix::NotFixed<'a>>,
    /// What was written; `null` where nothing was.
    published: Option<Published>,
    seconds: f64,
}

/// What waits.
#[derive(Debug, Serialize)]
struct Withheld {
    drafts: usize,
    later: Vec<Later>,
}

#[derive(Debug, Serialize)]
struct Later {
    from: String,
    entries: usize,
}

impl Withheld {
    fn of(waiting: &Waiting) -> Withheld {
        let Waiting { drafts, later } = waiting;
        let later = later.iter().map(|(day, &entries)| Later {
            from: day.to_string(),
            entries,
        });
        Withheld {
            drafts: *drafts,
            later: later.collect(),
        }
    }
}

/// What a build wrote.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Published {
    pub out: String,
    pub pages: usize,
    pub files: usize,
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
    pub bytes: u64,
}

/// What is asked for, as the stages take it.
pub(super) fn wish(selection: &Selection) -> Result<Wish, Stop> {
    Ok(Wish {
        audience: selection.reader.audience,
        drafts: selection.reader.drafts,
        today: clock::today(selection.reader.today)?,
        strict: selection.strict,
        base_url: selection.base_url.clone(),
    })
}

/// The files that problems point to.
pub(super) fn faulty<'p>(problems: impl IntoIterator<Item = &'p Diagnostic>) -> BTreeSet<Arc<str>> {
    let places = |problem: &'p Diagnostic| {
        let others = problem.others.iter().map(|(place, _)| place);
        std::iter::once(&problem.place).chain(others)
    };
    let places = problems.into_iter().flat_map(places);
    places.map(|place| Arc::clone(&place.path)).collect()
}

impl<'a> Session<'a> {
    /// Looks through a dossier; `phases` are those that came before.
    pub(super) fn of(
        pipeline: &mut Pipeline,
        inputs: &'a Inputs,
        wish: &Wish,
        mut phases: Vec<(&'static str, Duration)>,
        start: Instant,
    ) -> Session<'a> {
        let mut last = Instant::now();
        let mut done = |phase| {
            // What was parsed beforehand is not parsed again.
            if phases.iter().all(|(known, _)| *known != phase) {
                phases.push((phase, last.elapsed()));
            }
            last = Instant::now();
        };
        let found = assess::assess(pipeline, inputs, wish, &mut done);
        Session {
            inputs,
            texts: inputs.shed_texts(&faulty(&found.problems)),
            audience: found.audience,
            problems: found.problems,
            site: found.site,
            entries: found.entries,
            waiting: found.waiting,
            phases,
            start,
            fixing: Fixing::default(),
        }
    }

    /// How it ends: an error in the configuration weighs more than one in the content.
    pub(super) fn exit(&self) -> Exit {
        let mut errors = self.errors().peekable();
        if errors.peek().is_none() {
            return Exit::Well;
        }
        let configuration = |problem: &Diagnostic| {
            &*problem.place.path == "dossier.toml"
                || matches!(
                    problem.code,
                    Code::ConfigSyntax | Code::ConfigValue | Code::ConfigUnknownKey
                )
        };
        if errors.any(configuration) {
            Exit::Usage
        } else {
            Exit::Problems
        }
    }

    fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let problems = self.problems.iter();
        problems.filter(|problem| problem.severity == Severity::Error)
    }

    /// `0 errors, 2 warnings`, and what waits: ` · 2 drafts, 1 from 2026-12-01 withheld`.
    pub(super) fn counts(&self) -> String {
        let errors = self.errors().count();
        let warnings = self.problems.len() - errors;
        let found = format!("{}, {}", count(errors, "error"), count(warnings, "warning"));
        let Waiting { drafts, later } = &self.waiting;
        let drafts = (*drafts > 0).then(|| count(*drafts, "draft"));
        let days = later
            .iter()
            .map(|(day, number)| format!("{number} from {day}"));
        let waiting: Vec<String> = drafts.into_iter().chain(days).collect();
        match waiting.is_empty() {
            true => found,
            false => format!("{found} · {} withheld", waiting.join(", ")),
        }
    }

    /// How long each stage took: `load 12 ms · parse 40 ms …`.
    pub(super) fn phases(&self) -> String {
        let phase = |(name, time): &(&str, Duration)| format!("{name} {} ms", time.as_millis());
        self.phases
            .iter()
            .map(phase)
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// The text of a file that has problems.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        let again = self.texts.get(path).map(|text| &**text);
        again.or_else(|| assess::text(self.inputs, path))
    }

    /// How long it took until now.
    pub(super) fn seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// Shows every problem to people, and then one closing line, or everything to programs.
    pub(super) fn report(
        &self,
        terminal: &Terminal,
        command: &'static str,
        closing: &str,
        published: Option<Published>,
    ) -> Result<(), Stop> {
        self.fixing.tell(terminal);
        match terminal.format {
            Format::Human | Format::Csv => self.tell(terminal),
            Format::Json => return self.document(terminal, command, published),
            Format::Github => self.annotate(terminal)?,
            Format::Sarif => return self.sarif(terminal),
        }
        terminal.say(closing);
        Ok(())
    }

    fn tell(&self, terminal: &Terminal) {
        let texts = |path: &str| self.text(path);
        let mut lines = Lines::default();
        let shown = report::shown(&self.problems, terminal.quiet);
        for problem in shown.problems {
            let shown = report::human(problem, &texts, &mut lines);
            terminal.error(&format!("{shown}\n\n"));
        }
        for rest in &shown.rest {
            terminal.error(&format!("{}\n\n", report::rest(rest)));
        }
    }

    fn annotate(&self, terminal: &Terminal) -> Result<(), Stop> {
        let texts = |path: &str| self.text(path);
        let mut lines = Lines::default();
        let shown = report::shown(&self.problems, terminal.quiet);
        let base = project::from_repository(&self.inputs.root);
        let problems = shown.problems.into_iter();
        let problems = problems.map(|it| github::problem(it, &base, &texts, &mut lines));
        let rest = shown.rest.iter().map(|rest| github::rest(rest, &base));
        terminal.print(&problems.chain(rest).collect::<String>())
    }

    fn sarif(&self, terminal: &Terminal) -> Result<(), Stop> {
        let texts = |path: &str| self.text(path);
        let shown = report::shown(&self.problems, false);
        let base = project::from_repository(&self.inputs.root);
        let notes = self.fixing.notes();
        let mut lines = Lines::default();
        terminal.print_json(&report::sarif(&shown, &base, &notes, &texts, &mut lines))
    }

    fn document(
        &self,
        terminal: &Terminal,
        command: &'static str,
        published: Option<Published>,
    ) -> Result<(), Stop> {
        let texts = |path: &str| self.text(path);
        let mut lines = Lines::default();
        let shown = report::shown(&self.problems, false);
        let problems = shown.problems.into_iter();
        let errors = self.errors().count();
        terminal.print_json(&Document {
            version: 1,
            command,
            audience: self.audience.name(),
            entries: self.entries,
            withheld: Withheld::of(&self.waiting),
            problems: problems
                .map(|problem| report::json(problem, &texts, &mut lines))
                .collect(),
            not_shown: shown.rest,
            errors,
            warnings: self.problems.len() - errors,
            fixed: self.fixing.fixed(),
            not_fixed: self.fixing.not_fixed(),
            published,
            seconds: self.seconds(),
        })
    }
}
