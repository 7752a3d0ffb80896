//! `dossier check`: every problem, and nothing written; with `--fix`, what can be mended without a choice is mended.

use super::args::{Check, Global};
use super::fix::Fixing;
use super::session::{Session, wish};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use crate::assess::settings;
use crate::load::Changes;
use crate::mend::mend;
use crate::pipeline::Pipeline;
use std::time::Instant;

/// As often files are looked through anew after fixes, each of which may show what could not be read before.
const ROUNDS: usize = 20;

pub(super) fn run(args: &Check, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let start = Instant::now();
    let wish = wish(&args.selection)?;
    let mut fixing = Fixing::default();
    let mut inputs = project::load(global)?;
    let mut phases = vec![("load", start.elapsed())];
    // What no fix touches is neither read nor parsed again.
    let mut pipeline = match args.fix {
        true => Pipeline::new(),
        false => Pipeline::once(),
    };
    loop {
        let mut session = Session::of(&mut pipeline, &inputs, &wish, phases, start);
        if args.fix && fixing.rounds() < ROUNDS {
            let markings = settings(&inputs, &wish).value.markings();
            let mended = mend(&session.problems, &|path| session.text(path), &markings);
            let written = fixing.write(&inputs.root, mended);
            if !written.is_empty() {
                let begin = Instant::now();
                let refreshed = inputs.refresh(&Changes::Paths(written));
                refreshed.map_err(|failure| Stop::Machine(failure.to_string()))?;
                phases = vec![("load", begin.elapsed())];
                continue;
            }
        }
        session.fixing = fixing;
        return ended(&session, terminal);
    }
}

fn ended(session: &Session<'_>, terminal: &Terminal) -> Result<Exit, Stop> {
    let entries = match session.entries {
        1 => "1 entry".to_owned(),
        several => format!("{several} entries"),
    };
    let mended = session.fixing.counts();
    let mended = mended.map_or_else(String::new, |mended| format!("{mended} · "));
    let closing = format!(
        "{mended}checked {entries} for {} in {:.2} s · {}",
        session.audience.label(),
        session.seconds(),
        session.counts()
    );
    session.report(terminal, "check", &closing, None)?;
    match session.fixing.is_blocked() {
        true => Ok(Exit::Machine),
        false => Ok(session.exit()),
    }
}
