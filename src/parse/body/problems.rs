//! What a body's problems have in common: one file. All are kept: an error that was left out would let the
//! file through.

use crate::diag::{Advice, Code, Diagnostic};
use crate::text::{Place, Span};
use std::sync::Arc;

/// The problems of one body.
pub(super) struct Problems {
    path: Arc<str>,
    list: Vec<Diagnostic>,
}

impl Problems {
    pub(super) fn new(path: &Arc<str>) -> Self {
        Self {
            path: Arc::clone(path),
            list: Vec::new(),
        }
    }

    pub(super) fn report(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<Advice>,
    ) {
        let problem = Diagnostic::at(code, &self.path, span, message).help(help);
        self.list.push(problem);
    }

    /// Something that bears no mark and was meant to, as it seems.
    pub(super) fn unmarked(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic::at(Code::BadMarking, &self.path, span, message).help(help.into());
        self.list.push(problem.firm());
    }

    /// A mark lower than the one around it.
    pub(super) fn lower(&mut self, span: Span, inner: &str, around: Span, outer: &str) {
        let problem = Diagnostic::at(
            Code::LowerMarking,
            &self.path,
            span,
            format!("{inner} inside {outer}: the higher marking holds"),
        )
        .label("has no effect here")
        .also(
            Place::new(&self.path, around),
            format!("{outer} begins here"),
        )
        .help("take the mark away, or end the higher marking before it");
        self.list.push(problem);
    }

    /// `[@x]: …`, which Markdown takes for the address of a link.
    pub(super) fn defined_citation(&mut self, span: Span, name: &str) {
        self.report(
            Code::BadCitation,
            span,
            format!("`[{name}]:` defines a link, it cites nothing"),
            "a citation stands within a sentence; the address of a source goes into its entry in `content/sources/`",
        );
    }

    /// The file.
    pub(super) fn path(&self) -> &Arc<str> {
        &self.path
    }

    pub(super) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }
}
