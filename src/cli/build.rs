//! `dossier build`: the site on disk.

mod edited;

mod site;

mod closing;

use self::closing::{nothing, published};
use super::args::{Build, Global, Selection};
use super::session::{self, Session, wish};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use crate::assess::{Wish, settings};
use crate::load::Inputs;
use crate::model::Tlp;
use crate::parse::{self, Parses};
use crate::pipeline::Pipeline;
use crate::text::hash;
use crate::write::Failure;
use crate::write::memory::{Base, Memory, Published};
use crate::{config, diag};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub(super) fn run(args: &Build, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let mut job = Job::look(args, global)?;
    job.note_refused(terminal);
    let last = job.memory.published.as_ref();
    if let Some(last) = last.filter(|last| last.sound && last.state == job.state)
        && let Ok(report) = job.publish_same(last, terminal)
    {
        return published(
            &job.survey_of(last),
            &last.files,
            &job.out,
            &report,
            terminal,
        );
    }
    if let Some(ended) = job.publish_edited(args, terminal) {
        return ended;
    }
    job.note_refused(terminal);
    job.publish_anew(args, terminal)
}

/// Where a build stands: the files, what is asked for, and what the last one left.
struct Job {
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

impl Job {
    fn look(args: &Build, global: &Global) -> Result<Job, Stop> {
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
        Ok(Job {
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

    fn survey_of(&self, last: &Published) -> Session<'_> {
        Session {
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
        let mut session = Session::of(&mut pipeline, &self.inputs, &self.wish, phases, self.start);
        let Some(site) = session.site.take() else {
            return nothing(&session, terminal, &self.out);
        };
        let published = self.publish_site(args, &session, &site, None, terminal);
        let ended = published.map(|ended| {
            let base = pipeline.tables(&site).map(|tables| Base {
                standing: self.standing,
                digests: ended.digests,
                facets: ended.facets,
                tables,
            });
            self.memory.keep_base(base.as_ref());
            ended.exit
        });
        let ended = self.end(&mut session, ended, terminal);
        // The process ends here: taking a hundred thousand entries apart first would only cost time.
        std::mem::forget((session, site, pipeline));
        ended
    }

    /// The end of a build that wrote, or failed to.
    fn end(
        &self,
        session: &mut Session<'_>,
        ended: Result<Result<Exit, Stop>, Failure>,
        terminal: &Terminal,
    ) -> Result<Exit, Stop> {
        match ended {
            Err(Failure::Problems(problems)) => {
                session.problems.extend(problems);
                diag::sort(&mut session.problems);
                nothing(session, terminal, &self.out)
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
        let faulty = session::faulty(problems);
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
