//! `dossier check`: every problem, and nothing written.

use super::args::{Global, Selection};
use super::survey::survey;
use super::terminal::Terminal;
use super::{Exit, Stop};

pub(super) fn run(args: &Selection, global: &Global, terminal: &Terminal) -> Result<Exit, Stop> {
    let survey = survey(args, global)?;
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
