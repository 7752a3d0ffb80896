//! Problems as values: a code, a place, what is wrong and a way out.
//!
//! Every stage collects [`Diagnostic`]s and carries on; nothing here prints ([`crate::cli`] does)
//! and nothing here decides what fails ([`crate::config::Config::severity`] may raise or lower a
//! code, but lowers none that is [firm](Diagnostic::firm); `--strict` raises all).

mod code;

mod fix;

mod suggest;

pub use code::Code;
pub use fix::{Advice, Fix, Piece, TextEdit};
pub use suggest::{Near, closest, did_you_mean, nearest};

use crate::text::{Place, Span};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Reported; the build goes on.
    Warning,
    /// Reported; nothing is published.
    Error,
}

/// One problem, with its place and a way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What kind of problem; `dossier explain CODE` tells more.
    pub code: Code,
    /// Its weight, the code's own until the configuration says otherwise.
    pub severity: Severity,
    /// Whether it is about what withholds, so that the configuration may raise it but not lower it.
    pub firm: bool,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// A few words at the marked place; may be empty.
    pub label: String,
    /// Other places that belong to it, each with a few words.
    pub others: Vec<(Place, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// The same as edits, where it is one that a program can make; never of what is firm.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem at a place, with its code's own severity.
    #[must_use]
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            firm: false,
            message: message.into(),
            place,
            label: String::new(),
            others: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// A problem at a span of a file.
    #[must_use]
    pub fn at(code: Code, path: &Arc<str>, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Place::new(path, span), message)
    }

    /// Makes it one that no configuration lowers: without it a site could show what is to be withheld.
    #[must_use]
    pub fn firm(mut self) -> Self {
        self.make_firm();
        self
    }

    /// The same of one that stands in a list. Nor does a program mend it: what withholds is for its writer.
    pub fn make_firm(&mut self) {
        self.firm = true;
        self.fix = None;
    }

    /// Moves every place, those of the edits among them: of what was read in a piece of a file, or a copy.
    pub fn move_spans(&mut self, mut moved: impl FnMut(&mut Span)) {
        let others = self.others.iter_mut().map(|(place, _)| place);
        let places = std::iter::once(&mut self.place).chain(others);
        places
            .filter_map(|place| place.span.as_mut())
            .for_each(&mut moved);
        let edits = self.fix.iter_mut().flat_map(Fix::edits_mut);
        edits.for_each(|edit| moved(&mut edit.span));
    }

    /// Adds a few words at the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a way out, with its edits where it has some.
    #[must_use]
    pub fn help(mut self, help: impl Into<Advice>) -> Self {
        let Advice { words, fix } = help.into();
        self.help = Some(words);
        self.fix = fix.filter(|_| !self.firm);
        self
    }

    /// Adds a way out where there is one.
    #[must_use]
    pub fn maybe_help(self, help: Option<Advice>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Adds another place that belongs to the problem.
    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.others.push((place, label.into()));
        self
    }
}

/// A stage's value together with the problems met on the way.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    /// What the stage made, as good as it could.
    pub value: T,
    /// What it met, in no particular order; [`sort`] before showing.
    pub problems: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value without problems.
    #[must_use]
    pub fn clean(value: T) -> Self {
        Self {
            value,
            problems: Vec::new(),
        }
    }

    /// Hands the problems to `sink` and gives the value.
    pub fn drain_into(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.problems);
        self.value
    }
}

/// Puts problems in the order in which they are shown: by file, place, code and message; one
/// problem found twice is shown once.
pub fn sort(problems: &mut Vec<Diagnostic>) {
    problems.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
    problems.dedup();
}

/// Whether any of the problems is an error.
#[must_use]
pub fn has_errors(problems: &[Diagnostic]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
}
