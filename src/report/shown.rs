//! Which problems are shown, where one file has very many.
//!
//! Takes problems in their order; gives the first of each file, errors before warnings, and the number of
//! those that are left out. What fails a build is never decided here: it counts all.

use crate::diag::{Diagnostic, Severity};
use serde::Serialize;
use std::collections::BTreeMap;

/// So many problems of one file are shown.
const MOST: usize = 200;

/// The problems that are shown.
#[derive(Debug)]
pub struct Shown<'a> {
    /// In their order.
    pub problems: Vec<&'a Diagnostic>,
    /// The files of which more is wrong, by path.
    pub rest: Vec<Rest<'a>>,
}

/// What is left out of a file's problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields of a count")]
pub struct Rest<'a> {
    pub path: &'a str,
    pub errors: usize,
    pub warnings: usize,
}

/// The problems to show; `quiet` leaves the warnings out, and uncounted.
#[must_use]
pub fn shown(problems: &[Diagnostic], quiet: bool) -> Shown<'_> {
    let wanted = |problem: &&Diagnostic| !quiet || problem.severity == Severity::Error;
    let mut left: BTreeMap<&str, Rest<'_>> = BTreeMap::new();
    for problem in problems.iter().filter(wanted) {
        *count(&mut left, problem) += 1;
    }
    // Room for errors first, so that no warning hides one.
    let mut room: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (path, rest) in &left {
        let errors = rest.errors.min(MOST);
        room.insert(path, (errors, rest.warnings.min(MOST - errors)));
    }
    let mut chosen = Vec::new();
    for problem in problems.iter().filter(wanted) {
        let Some((errors, warnings)) = room.get_mut(&*problem.place.path) else {
            continue;
        };
        let room = match problem.severity {
            Severity::Error => errors,
            Severity::Warning => warnings,
        };
        if *room > 0 {
            *room -= 1;
            *count(&mut left, problem) -= 1;
            chosen.push(problem);
        }
    }
    let rest = left.into_values();
    Shown {
        problems: chosen,
        rest: rest
            .filter(|rest| rest.errors + rest.warnings > 0)
            .collect(),
    }
}

fn count<'m, 'a>(
    left: &'m mut BTreeMap<&'a str, Rest<'a>>,
    problem: &'a Diagnostic,
) -> &'m mut usize {
    let path = &*problem.place.path;
    let rest = left.entry(path).or_insert(Rest {
        path,
        errors: 0,
        warnings: 0,
    });
    match problem.severity {
        Severity::Error => &mut rest.errors,
        Severity::Warning => &mut rest.warnings,
    }
}

impl Rest<'_> {
    /// `50 more errors and 1 more warning are not shown`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let counted = [(self.errors, "error"), (self.warnings, "warning")];
        let counted: Vec<String> = counted
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, noun)| match number {
                1 => format!("1 more {noun}"),
                several => format!("{several} more {noun}s"),
            })
            .collect();
        let verb = if self.errors + self.warnings == 1 {
            "is"
        } else {
            "are"
        };
        format!("{} {verb} not shown", counted.join(" and "))
    }

    /// The weight of the heaviest of them.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.errors {
            0 => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
