//! What a build says at its end.

use crate::cli::session::{self, Session};
use crate::cli::terminal::{Terminal, count};
use crate::cli::{Exit, Stop, project};
use crate::write::Report;
use crate::write::memory::PublishedFile;
use std::path::Path;

pub(super) fn published(
    session: &Session<'_>,
    site: &[PublishedFile],
    out: &Path,
    report: &Report,
    terminal: &Terminal,
) -> Result<Exit, Stop> {
    let shown = folder(out);
    let audience = session.audience.label();
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
        terminal.say(&session.phases());
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
        session.seconds(),
        session.counts(),
    );
    let published = session::Published {
        out: shown,
        pages,
        files,
        written: report.written,
        unchanged: report.unchanged,
        removed: report.pruned,
        bytes: report.bytes,
    };
    session.report(terminal, "build", &closing, Some(published))?;
    Ok(session.exit())
}

/// The end of a build that did not write.
pub(super) fn nothing(
    session: &Session<'_>,
    terminal: &Terminal,
    out: &Path,
) -> Result<Exit, Stop> {
    let left = if out.join("index.html").exists() {
        format!("; {} is as it was", folder(out))
    } else {
        String::new()
    };
    let closing = format!(
        "nothing was published{left} · {} in {:.2} s",
        session.counts(),
        session.seconds()
    );
    session.report(terminal, "build", &closing, None)?;
    Ok(session.exit())
}

fn folder(out: &Path) -> String {
    let shown = project::shown(out);
    let end = if shown.ends_with('/') { "" } else { "/" };
    format!("{shown}{end}")
}
