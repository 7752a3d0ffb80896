//! `dossier build`: the site on disk.

use super::args::{Global, Selection};
use super::progress::Progress;
use super::survey::{Published, Survey, survey};
use super::terminal::{Terminal, count};
use super::{Exit, Stop, project};
use crate::diag;
use crate::model::Tlp;
use crate::pipeline::Built;
use crate::render::Output;
use crate::write::{self, Failure, Made, Publication, Report, Step};
use std::path::{Path, PathBuf};

pub(super) fn run(args: &Selection, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let mut survey = survey(args, global)?;
    let out = out(args, &survey);
    let Some(site) = survey.site.take() else {
        return nothing(&survey, terminal, &out);
    };
    match publish(&survey, &site, &out, terminal) {
        Ok(report) => {
            let ended = published(&survey, &site, &out, &report, terminal);
            // The process ends here: taking a hundred thousand entries apart first would only cost time.
            std::mem::forget((survey, site));
            ended
        }
        Err(Failure::Problems(problems)) => {
            survey.problems.extend(problems);
            diag::sort(&mut survey.problems);
            nothing(&survey, terminal, &out)
        }
        Err(Failure::Refused(sentence)) => Err(Stop::Usage(sentence)),
        Err(Failure::Machine(blocked)) => Err(Stop::Machine(blocked.to_string())),
    }
}

/// Where the site goes. What is above clear never shares a folder with what is public.
fn out(args: &Selection, survey: &Survey) -> PathBuf {
    let name = match survey.audience {
        Tlp::Clear => "public".to_owned(),
        above => format!("public-{above}"),
    };
    let default = || survey.inputs.root.join(name);
    args.out.clone().unwrap_or_else(default)
}

fn publish(
    survey: &Survey,
    site: &Built,
    out: &Path,
    terminal: &Terminal,
) -> Result<Report, Failure> {
    let root = &survey.inputs.root;
    let content = root.join("content");
    let make = |index: usize, buffer: &mut Vec<u8>| {
        site.make(index, buffer).map(|made| match made {
            Output::Bytes => Made::Bytes,
            Output::Copy(path) => Made::Copy(content.join(path)),
        })
    };
    let publication = Publication {
        audience: survey.audience,
        paths: site.paths(),
        make: &make,
    };
    let progress = Progress::new(terminal, site.paths().len());
    let watch = |step| match step {
        Step::Waiting => {
            let out = project::shown(out);
            terminal.say(&format!("another build writes into {out}; waiting for it"));
        }
        Step::Made(count) => progress.at(count),
    };
    let report = write::publish(out, root, &publication, &watch);
    progress.end();
    report
}

fn published(
    survey: &Survey,
    site: &Built,
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
    let files = site.paths().len();
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
    let pages = site.paths().iter().filter(|path| path.ends_with(".html"));
    let pages = pages.count();
    let closing = format!(
        "built {} for {audience} into {shown} in {:.2} s · {}",
        count(pages, "page"),
        survey.seconds(),
        survey.counts(),
    );
    let published = Published {
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
fn nothing(survey: &Survey, terminal: &Terminal, out: &Path) -> Result<Exit, Stop> {
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
