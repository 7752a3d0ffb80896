//! `dossier build`: the site on disk.

mod edited;

use self::edited::Reached;
use super::args::{Build, Global, Selection};
use super::progress::Progress;
use super::survey::{self as looked, Survey, wish};
use super::terminal::{Terminal, count};
use super::{Exit, Stop, project};
use crate::load::Inputs;
use crate::model::Tlp;
use crate::parse::{self, Parses};
use crate::pipeline::{Built, Pipeline};
use crate::render::{Fingerprint, Output};
use crate::survey::{self, Wish};
use crate::text::hash;
use crate::write::memory::{Base, Memory, Published, PublishedFile};
use crate::write::{self, Failure, Made, Print, Publication, Report, Step};
use crate::{config, diag};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
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

/// The end of a build that wrote.
struct Ended {
    exit: Result<Exit, Stop>,
    /// What each file of the site consists of.
    prints: Vec<Option<Print>>,
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

    /// Publishes what was published last, from the same files. What is in place is not even made; what
    /// is not is made by a run of all stages, which then happens once.
    fn publish_same(&self, last: &Published, terminal: &Terminal) -> Result<Report, Failure> {
        let site: OnceLock<Option<Arc<Built>>> = OnceLock::new();
        let make = |index: usize, buffer: &mut Vec<u8>| {
            if let Some(copy) = last.files.get(index).and_then(|file| file.copy.as_ref()) {
                return Ok(Made::Copy(self.content().join(copy)));
            }
            let site = site.get_or_init(|| {
                let mut pipeline = Pipeline::once();
                survey::survey(&mut pipeline, &self.inputs, &self.wish, &mut |_| {}).site
            });
            match site {
                Some(site) => site.make(index, buffer).map(|_| Made::Bytes),
                None => Err(Vec::new()),
            }
        };
        let known = |index: usize| {
            let file = last.files.get(index).filter(|file| file.copy.is_none())?;
            file.print
        };
        let paths: Vec<String> = last.files.iter().map(|file| file.path.clone()).collect();
        self.publish(&paths, &make, Some(&known), terminal)
    }

    fn survey_of(&self, last: &Published) -> Survey<'_> {
        Survey {
            inputs: &self.inputs,
            audience: self.audience,
            problems: Vec::new(),
            site: None,
            entries: last.entries,
            phases: vec![("load", self.loaded)],
            start: self.start,
            texts: BTreeMap::new(),
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
        let default_tlp = config::read(self.inputs.config.as_ref()).value.default_tlp;
        if self.memory.keeps() {
            self.memory.keep_texts(&self.inputs.entries);
        }
        let parses = parse::all(&self.inputs.entries, default_tlp, Parses::default());
        let problems = parses.problems().chain(&self.inputs.problems);
        let faulty = looked::faulty(problems);
        self.inputs.shed(&faulty);
        pipeline.parsed(parses);
        start.elapsed()
    }

    /// Publishes a site; gives what each of its files consists of. `reached` tells, after an edit, what the
    /// others do.
    fn publish_site(
        &self,
        args: &Build,
        survey: &Survey<'_>,
        site: &Built,
        reached: Option<&Reached>,
        terminal: &Terminal,
    ) -> Result<Ended, Failure> {
        let pages: Vec<OnceLock<Box<Fingerprint>>> =
            site.paths().iter().map(|_| OnceLock::new()).collect();
        let note = |index: usize, page: Option<Fingerprint>| {
            if let (Some(slot), Some(page)) = (pages.get(index), page) {
                let _ = slot.set(Box::new(page));
            }
        };
        let last = self.memory.published.as_ref();
        let before = |index: usize| last?.file(site.paths().get(index)?);
        let noted = self.memory.keeps() || args.explain_rebuild;
        let make = |index: usize, buffer: &mut Vec<u8>| {
            let made = if noted {
                let (made, page) = site.make_noted(index, buffer)?;
                note(index, page);
                made
            } else {
                site.make(index, buffer)?
            };
            Ok(match made {
                Output::Copy(path) => Made::Copy(self.content().join(path)),
                Output::Bytes => Made::Bytes,
            })
        };
        let known = |index: usize| {
            let file = before(index)?;
            if let Some(spared) = reached.and_then(|reached| reached.spared(index)) {
                // What was last published may be of another edit.
                let print =
                    spared.filter(|print| file.print == Some(*print) && file.copy.is_none())?;
                note(index, file.page.as_deref().cloned());
                return Some(print);
            }
            let page = site.fingerprint(index)?;
            let same = file.page.as_ref()?.whole == page.whole;
            let print = file.print.filter(|_| same)?;
            note(index, Some(page));
            Some(print)
        };
        // Where the templates are others every page is: then none need be asked.
        let known: Option<&write::Known<'_>> = match last.filter(|last| same_theme(last, site)) {
            Some(_) => Some(&known),
            None => None,
        };
        let report = self.publish(site.paths(), &make, known, terminal)?;
        let files = site
            .paths()
            .iter()
            .zip(pages)
            .zip(&report.prints)
            .enumerate();
        let files: Vec<PublishedFile> = files
            .map(|(index, ((path, page), print))| PublishedFile {
                path: path.clone(),
                page: page.into_inner(),
                print: *print,
                copy: site.copy_of(index).map(str::to_owned),
            })
            .collect();
        if args.explain_rebuild {
            explain(last, &files, terminal);
        }
        let exit = published(survey, &files, &self.out, &report, terminal);
        self.memory.keep_published(&Published {
            state: self.state,
            sound: survey.problems.is_empty(),
            entries: survey.entries,
            files,
        });
        Ok(Ended {
            exit,
            prints: report.prints,
        })
    }

    fn content(&self) -> PathBuf {
        self.inputs.root.join("content")
    }

    fn publish(
        &self,
        paths: &[String],
        make: &write::Make<'_>,
        known: Option<&write::Known<'_>>,
        terminal: &Terminal,
    ) -> Result<Report, Failure> {
        let publication = Publication {
            audience: self.audience,
            paths,
            make,
            known,
        };
        let progress = Progress::new(terminal, paths.len());
        let watch = |step| match step {
            Step::Waiting => {
                let out = project::shown(&self.out);
                terminal.say(&format!("another build writes into {out}; waiting for it"));
            }
            Step::Made(count) => progress.at(count),
        };
        let report = write::publish(&self.out, &self.inputs.root, &publication, &watch);
        progress.end();
        report
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
    for (path, file) in &inputs.files {
        text.push_str(&format!("{path} {} {:?}\n", file.size, file.sha256));
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

/// Whether any page that is still there was made by the same templates.
fn same_theme(last: &Published, site: &Built) -> bool {
    let pages = site.paths().iter().enumerate();
    let mut both = pages.filter_map(|(index, path)| {
        let before = last.file(path)?.page.as_ref()?;
        Some((before, site.fingerprint(index)?))
    });
    both.next()
        .is_some_and(|(before, now)| before.same_theme(&now))
}

/// Says why each page was made again.
fn explain(last: Option<&Published>, files: &[PublishedFile], terminal: &Terminal) {
    for file in files {
        let Some(page) = &file.page else {
            continue;
        };
        let before = last.and_then(|last| last.file(&file.path)?.page.as_ref());
        let why = match before {
            Some(before) if before == page => continue,
            Some(before) => before.differences(page).join(", "),
            None => "new".to_owned(),
        };
        terminal.say(&format!("{}: {why}", file.path));
    }
}

/// Where the site goes. What is above clear never shares a folder with what is public.
fn out(args: &Selection, audience: Tlp, root: &Path) -> PathBuf {
    let name = match audience {
        Tlp::Clear => "public".to_owned(),
        above => format!("public-{above}"),
    };
    args.out.clone().unwrap_or_else(|| root.join(name))
}

fn published(
    survey: &Survey<'_>,
    site: &[PublishedFile],
    out: &Path,
    report: &Report,
    terminal: &Terminal,
) -> Result<Exit, Stop> {
    let shown = folder(out);
    let audience = survey.audience.label();
    if !report.replaced.is_empty() {
        let others = report.replaced.iter().map(|tlp| tlp.label());
        let others = others.collect::<Vec<_>>().join(" and ");
        terminal.say(&format!(
            "note: {shown} held a site for {others}; all of it was replaced"
        ));
    }
    if report.cleaned {
        terminal.say(&format!(
            "note: an earlier build into {shown} did not come to its end; what it left was put right"
        ));
    }
    let files = site.len();
    if terminal.verbose {
        terminal.say(&survey.phases());
        terminal.say(&format!(
            "{}: {} written ({} kB), {} unchanged, {} removed · made in {:.2} s, placed in {:.2} s",
            count(files, "file"),
            report.written,
            report.bytes.div_ceil(1000),
            report.unchanged,
            report.pruned,
            report.making.as_secs_f64(),
            report.placing.as_secs_f64(),
        ));
    }
    let pages = site.iter().filter(|file| file.path.ends_with(".html"));
    let pages = pages.count();
    let closing = format!(
        "built {} for {audience} into {shown} in {:.2} s · {}",
        count(pages, "page"),
        survey.seconds(),
        survey.counts(),
    );
    let published = looked::Published {
        out: shown,
        pages,
        files,
        written: report.written,
        unchanged: report.unchanged,
        removed: report.pruned,
        bytes: report.bytes,
    };
    survey.report(terminal, "build", &closing, Some(published))?;
    Ok(survey.exit())
}

/// The end of a build that did not write.
fn nothing(survey: &Survey<'_>, terminal: &Terminal, out: &Path) -> Result<Exit, Stop> {
    let left = if out.join("index.html").exists() {
        format!("; {} is as it was", folder(out))
    } else {
        String::new()
    };
    let closing = format!(
        "nothing was published{left} · {} in {:.2} s",
        survey.counts(),
        survey.seconds()
    );
    survey.report(terminal, "build", &closing, None)?;
    Ok(survey.exit())
}

fn folder(out: &Path) -> String {
    let shown = project::shown(out);
    let end = if shown.ends_with('/') { "" } else { "/" };
    format!("{shown}{end}")
}
