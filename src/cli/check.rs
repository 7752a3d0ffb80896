//! `dossier check`: every problem, and nothing written.

use super::args::{Global, Selection};
use super::survey::{Survey, wish};
use super::terminal::Terminal;
use super::{Exit, Stop, project};
use crate::pipeline::Pipeline;
use std::time::Instant;

pub(super) fn run(args: &Selection, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let start = Instant::now();
    let inputs = project::load(global)?;
    let phases = vec![("load", start.elapsed())];
    let mut pipeline = Pipeline::once();
    let survey = Survey::of(&mut pipeline, &inputs, &wish(args)?, phases, start);
    let entries = match survey.entries {
        1 => "1 entry".to_owned(),
        several => format!("{several} entries"),
    };
    let closing = format!(
        "checked {entries} for {} in {:.2} s · {}",
        survey.audience.label(),
        survey.seconds(),
        survey.counts()
    );
    survey.report(terminal, "check", &closing, None)?;
    Ok(survey.exit())
}
