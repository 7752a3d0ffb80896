//! `dossier build`: the site on disk.

mod edited;

mod site;

mod told;

use self::told::{nothing, published};
use super::args::{Build, Global, Selection};
use super::survey::{self as looked, Survey, wish};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use crate::load::Inputs;
use crate::model::Tlp;
use crate::parse::{self, Parses};
use crate::pipeline::Pipeline;
use crate::survey::{Wish, settings};
use crate::text::hash;
use crate::write::Failure;
use crate::write::memory::{Base, Memory, Published};
use crate::{config, diag};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub(super) fn run(args: &Build, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let mut ground = Ground::look(args, global)?;
    ground.note_refused(terminal);
    let last = ground.memory.published.as_ref();
    if let Some(last) = last.filter(|last| last.sound && last.state == ground.state)
        && let Ok(report) = ground.publish_same(last, terminal)
    {
        return published(
            &ground.survey_of(last),
            &last.files,
            &ground.out,
            &report,
            terminal,
        );
    }
    if let Some(ended) = ground.publish_edited(args, terminal) {
        return ended;
    }
    ground.note_refused(terminal);
    ground.publish_anew(args, terminal)
}

/// Where a build stands: the files, what is asked for, and what the last one left.
struct Ground {
    inputs: Inputs,
    wish: Wish,
    audience: Tlp,
    out: PathBuf,
    /// Whether the output is exchanged in one step.
    swap: bool,
    memory: Memory,
    /// Whether it was said that something of it is of no use.
    noted: bool,
    /// The identity of everything that the site is made from, beside the content of entries and the day.
    standing: u64,
    /// The identity of all of it.
    state: u64,
    start: Instant,
    loaded: Duration,
}

impl Ground {
    fn look(args: &Build, global: &Global) -> Result<Ground, Stop> {
        let start = Instant::now();
        let inputs = project::load(global)?;
        let loaded = start.elapsed();
        let wish = wish(&args.selection)?;
        let config = config::read(inputs.config.as_ref()).value;
        let audience = wish.audience.unwrap_or(config.default_audience);
        let out = out(&args.selection, audience, &inputs.root);
        let memory = match args.no_cache {
            true => Memory::default(),
            false => Memory::open(&inputs.root, &out),
        };
        let standing = standing(&inputs, &wish);
        Ok(Ground {
            standing,
            state: state(standing, &inputs, &wish),
            inputs,
            wish,
            audience,
            out,
            swap: config.swap,
            memory,
            noted: false,
            start,
            loaded,
        })
    }

    /// Says, once, that something was left that is of no use.
    fn note_refused(&mut self, terminal: &Terminal) {
        if self.memory.refused && !std::mem::replace(&mut self.noted, true) {
            terminal.say(
                "note: what an earlier build left in .dossier-cache/ cannot be used; it is made anew",
            );
        }
    }

    fn survey_of(&self, last: &Published) -> Survey<'_> {
        Survey {
            inputs: &self.inputs,
            audience: self.audience,
            problems: Vec::new(),
            site: None,
            entries: last.entries,
            waiting: last.waiting.clone(),
            phases: vec![("load", self.loaded)],
            start: self.start,
            texts: BTreeMap::new(),
            fixing: Default::default(),
        }
    }

    /// Runs all stages, and publishes what they give.
    fn publish_anew(mut self, args: &Build, terminal: &Terminal) -> Result<Exit, Stop> {
        let mut pipeline = match self.memory.keeps() {
            true => Pipeline::once_for_later(),
            false => Pipeline::once(),
        };
        let parsed = self.parse(&mut pipeline);
        self.note_refused(terminal);
        let phases = vec![("load", self.loaded), ("parse", parsed)];
        let mut survey = Survey::of(&mut pipeline, &self.inputs, &self.wish, phases, self.start);
        let Some(site) = survey.site.take() else {
            return nothing(&survey, terminal, &self.out);
        };
        let published = self.publish_site(args, &survey, &site, None, terminal);
        let ended = published.map(|ended| {
            let base = pipeline.kept(&site).map(|kept| Base {
                standing: self.standing,
                prints: ended.prints,
                facets: ended.facets,
                kept,
            });
            self.memory.keep_base(base.as_ref());
            ended.exit
        });
        let ended = self.end(&mut survey, ended, terminal);
        // The process ends here: taking a hundred thousand entries apart first would only cost time.
        std::mem::forget((survey, site, pipeline));
        ended
    }

    /// The end of a build that wrote, or failed to.
    fn end(
        &self,
        survey: &mut Survey<'_>,
        ended: Result<Result<Exit, Stop>, Failure>,
        terminal: &Terminal,
    ) -> Result<Exit, Stop> {
        match ended {
            Err(Failure::Problems(problems)) => {
                survey.problems.extend(problems);
                diag::sort(&mut survey.problems);
                nothing(survey, terminal, &self.out)
            }
            Err(Failure::Refused(sentence)) => Err(Stop::Usage(sentence)),
            Err(Failure::Machine(blocked)) => Err(Stop::Machine(blocked.to_string())),
            Ok(ended) => ended,
        }
    }

    /// Parses all files and keeps their texts. Then those of files without a problem are not needed any
    /// more.
    fn parse(&mut self, pipeline: &mut Pipeline) -> Duration {
        let start = Instant::now();
        // As the stages after it will ask for them: by then the texts are gone.
        let markings = settings(&self.inputs, &self.wish).value.markings();
        if self.memory.keeps() {
            self.memory.keep_texts(&self.inputs.entries);
        }
        let parses = parse::all(&self.inputs.entries, &markings, Parses::default());
        let problems = parses.problems().chain(&self.inputs.problems);
        let faulty = looked::faulty(problems);
        self.inputs.shed(&faulty);
        pipeline.parsed(parses);
        start.elapsed()
    }
}

/// The identity of everything that a site is made from, beside the program, the content of entries, and
/// the day.
fn standing(inputs: &Inputs, wish: &Wish) -> u64 {
    let Wish {
        audience,
        drafts,
        today: _,
        strict,
        base_url,
    } = wish;
    let mut text = format!("{audience:?} {drafts} {strict} {base_url:?}\n");
    let config = inputs.config.as_ref().map(|file| file.hash);
    text.push_str(&format!("{config:?}\n{:?}\n", inputs.problems));
    for file in &inputs.entries {
        text.push_str(&file.path);
        text.push('\n');
    }
    for (path, file) in inputs.files.iter().chain(&inputs.statics) {
        let (form, words) = (file.form.identity(), file.words.identity());
        text.push_str(&format!(
            "{path} {} {:?} {form:x} {words:x}\n",
            file.size, file.sha256
        ));
    }
    for (path, bytes) in &inputs.theme {
        text.push_str(&format!("{path} {:x}\n", hash(bytes)));
    }
    hash(text.as_bytes())
}

/// The identity of everything that a site is made from, beside the program.
fn state(standing: u64, inputs: &Inputs, wish: &Wish) -> u64 {
    let mut bytes = format!("{standing:x} {:?}\n", wish.today).into_bytes();
    for file in &inputs.entries {
        bytes.extend_from_slice(&file.hash.to_le_bytes());
    }
    hash(&bytes)
}

/// Where the site goes. What is above clear never shares a folder with what is public.
fn out(args: &Selection, audience: Tlp, root: &Path) -> PathBuf {
    let name = match audience {
        Tlp::Clear => "public".to_owned(),
        above => format!("public-{above}"),
    };
    args.out.clone().unwrap_or_else(|| root.join(name))
}
