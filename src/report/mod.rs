//! Problems for people and for programs.
//!
//! Takes diagnostics and a way to get at the text of the files that they are in; gives rustc's look
//! for the terminal ([`human`]), JSON ([`json`]), both for the browser ([`overlay`]), or what code hosts read
//! ([`mod@github`], [`sarif`]). Nothing of a file reaches the terminal but text: control characters are made
//! visible. Decides nothing.

mod excerpt;

pub mod github;

mod json;

mod overlay;

mod sarif;

mod shown;

#[cfg(test)]
mod tests;

pub use excerpt::clean;
pub use json::{Problem, problem as json};
pub use overlay::{Overlay, problem as overlay};
pub use sarif::document as sarif;
pub use shown::{Rest, Shown, shown};

use crate::diag::{Diagnostic, Severity};
use crate::query;
use crate::text::Place;
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
};
use excerpt::Excerpt;
use std::collections::HashMap;
use std::sync::Arc;

/// Gives the text of a file by its path below the root, where it has one.
pub type Texts<'a> = &'a dyn Fn(&str) -> Option<&'a str>;

/// Where lines begin in the files that have problems: counted once for each file.
#[derive(Debug, Default)]
pub struct Lines(HashMap<String, excerpt::Index>);

impl Lines {
    /// The source around a place, with its line and column.
    fn excerpt(&mut self, texts: Texts<'_>, place: &Place) -> Option<Excerpt> {
        let (text, span) = (texts(&place.path)?, place.span?);
        Some(Excerpt::of(text, span, self.index(text, &place.path)))
    }

    /// Line and column of an offset.
    fn position(&mut self, text: &str, path: &str, offset: usize) -> (usize, usize) {
        let (line, column, _) = self.index(text, path).place(text, offset);
        (line, column)
    }

    fn index(&mut self, text: &str, path: &str) -> &mut excerpt::Index {
        let index = self.0.entry(path.to_owned());
        index.or_insert_with(|| excerpt::Index::new(text))
    }
}

/// A problem in rustc's look, with colours; whoever prints it strips them where none are wanted.
pub fn human(problem: &Diagnostic, texts: Texts<'_>, lines: &mut Lines) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(clean(&problem.message))
        .id(problem.code.name());
    let mut group = Group::with_title(title);
    let mut cut = Vec::new();
    let mut has_lines = false;
    let main = (
        &problem.place,
        problem.label.as_str(),
        AnnotationKind::Primary,
    );
    let others = problem.others.iter();
    let others = others.map(|(place, label)| (place, label.as_str(), AnnotationKind::Context));
    for (place, label, kind) in std::iter::once(main).chain(others) {
        match lines.excerpt(texts, place) {
            Some(excerpt) => {
                has_lines = true;
                cut.extend(corrected(place, &excerpt));
                group = group.element(snippet(place, label, kind, excerpt));
            }
            None => group = group.elements(origin(place, label)),
        }
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    let mut shown = Renderer::styled().render(&[group]);
    if !has_lines {
        // Without line numbers the arrow would stand at the very edge.
        shown = shown.replacen("-->", " -->", 1);
    }
    for (wrong, right) in cut {
        shown = shown.replacen(&wrong, &right, 1);
    }
    shown
}

/// What is wrong with a query, in the same look.
#[must_use]
pub fn query(text: &str, problem: &query::Problem) -> String {
    let place = Place::new(&Arc::from("query"), problem.span);
    let title = Level::ERROR.primary_title(clean(&problem.message));
    let mut group = Group::with_title(title);
    if let Some(excerpt) = Lines::default().excerpt(&|_| Some(text), &place) {
        group = group.element(snippet(&place, "", AnnotationKind::Primary, excerpt));
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    Renderer::styled().render(&[group])
}

/// What is left out of a file's problems, for the terminal.
#[must_use]
pub fn rest(rest: &Rest<'_>) -> String {
    let sentence = format!("{}: {}", clean(rest.path), rest.sentence());
    Renderer::styled().render(&[Group::with_title(Level::NOTE.primary_title(sentence))])
}

fn snippet(
    place: &Place,
    label: &str,
    kind: AnnotationKind,
    excerpt: Excerpt,
) -> Snippet<'static, Annotation<'static>> {
    let mut mark: Annotation<'static> = kind.span(excerpt.marked);
    if !label.is_empty() {
        mark = mark.label(clean(label));
    }
    Snippet::source(excerpt.text)
        .line_start(excerpt.line)
        .path(clean(&place.path))
        .annotation(mark)
}

/// The place in a line that was cut at its beginning, as it is shown (counted in what is left) and as
/// it is.
fn corrected(place: &Place, excerpt: &Excerpt) -> Option<(String, String)> {
    let before = excerpt.text.get(..excerpt.marked.start)?;
    let shown = before.chars().count() + 1;
    let at = |column| format!("{}:{}:{column}", clean(&place.path), excerpt.line);
    (shown != excerpt.column).then(|| (at(shown), at(excerpt.column)))
}

/// A place without a text to show.
fn origin(place: &Place, label: &str) -> Vec<Element<'static>> {
    let mut elements: Vec<Element<'static>> = vec![Origin::path(clean(&place.path)).into()];
    if !label.is_empty() {
        elements.push(Level::NOTE.message(clean(label)).into());
    }
    elements
}
