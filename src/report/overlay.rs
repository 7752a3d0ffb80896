//! Problems for the browser: as JSON, with the lines that they are in, so that they can be shown as in
//! the terminal.

use super::json::{self, Problem};
use super::{Lines, Texts};
use crate::diag::Diagnostic;
use crate::text::Place;
use serde::Serialize;

/// A problem with its lines.
#[derive(Debug, Serialize)]
pub struct Overlay<'a> {
    #[serde(flatten)]
    problem: Problem<'a>,
    /// One for each place, the problem's own first.
    excerpts: Vec<Excerpt<'a>>,
}

/// The lines around a place; none where it is about a file as a whole.
#[derive(Debug, Serialize)]
struct Excerpt<'a> {
    path: &'a str,
    /// The first line's number, from 1.
    line: usize,
    lines: Vec<String>,
    marks: Vec<Mark<'a>>,
    /// What there is to say of the place.
    label: &'a str,
}

/// What is marked in a line: columns from 0, in UTF-16 units, the end exclusive.
#[derive(Debug, Serialize)]
struct Mark<'a> {
    line: usize,
    start: usize,
    end: usize,
    label: &'a str,
    primary: bool,
}

/// A problem, ready to be written as JSON.
pub fn problem<'a>(problem: &'a Diagnostic, texts: Texts<'_>, lines: &mut Lines) -> Overlay<'a> {
    let own = std::iter::once((&problem.place, problem.label.as_str(), true));
    let others = problem.others.iter();
    let others = others.map(|(place, label)| (place, label.as_str(), false));
    let excerpts = own
        .chain(others)
        .map(|(place, label, primary)| excerpt(place, label, primary, texts, lines))
        .collect();
    Overlay {
        problem: json::problem(problem, texts, lines),
        excerpts,
    }
}

fn excerpt<'a>(
    place: &'a Place,
    label: &'a str,
    primary: bool,
    texts: Texts<'_>,
    lines: &mut Lines,
) -> Excerpt<'a> {
    let mut excerpt = Excerpt {
        path: &place.path,
        line: 1,
        lines: Vec::new(),
        marks: Vec::new(),
        label,
    };
    if let Some(cut) = lines.excerpt(texts, place) {
        let units = |to: usize| {
            let before = cut.text.get(..to).unwrap_or("");
            before.encode_utf16().count()
        };
        excerpt.line = cut.line;
        excerpt.marks.push(Mark {
            line: cut.line,
            start: units(cut.marked.start),
            end: units(cut.marked.end),
            label,
            primary,
        });
        excerpt.lines.push(cut.text);
    }
    excerpt
}
