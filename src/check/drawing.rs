//! A drawing in a text of an entry of which that is not drawn.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::body::{Drawing, Target};
use crate::model::{Entry, EntryId, Intro, Kind, Prose};
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) fn check(entry: &Entry<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    text(
        &entry.prose,
        &entry.path,
        Some(entry.kind),
        around,
        problems,
    );
}

pub(super) fn intro(intro: &Intro<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    text(&intro.prose, &intro.path, None, around, problems);
}

fn text(
    prose: &Prose<EntryId>,
    path: &Arc<str>,
    own: Option<Kind>,
    around: &Around<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    for placed in prose.body.drawings() {
        let drawing = placed.drawing;
        let (mut known, mut again) = (BTreeSet::new(), Vec::new());
        let mut report = |span: Span, kind: Kind| {
            let word = drawing.word();
            let message = format!("`{word}` draws nothing of {}", kind.folder());
            let problem = Diagnostic::at(Code::BadDrawing, path, span, message);
            problems.push(problem.help(help(drawing)));
        };
        for link in &placed.of {
            let link = *link as usize;
            let (Some(Target::Entry(id, _)), Some(named)) =
                (prose.targets.get(link), prose.body.links.get(link))
            else {
                continue;
            };
            let kind = around.dossier.entry(*id).kind;
            if !drawing.is_of(kind) {
                report(named.span, kind);
            } else if drawing == Drawing::Compare && !known.insert(*id) {
                again.push(named.span);
            }
        }
        let own = own.filter(|kind| placed.of.is_empty() && !drawing.is_whole_on(*kind));
        let code = prose.body.code.get(placed.code as usize);
        let at = code.map_or(0, |code| code.at as usize);
        let fence = Span::new(at, at + 3);
        match own {
            Some(kind) if !drawing.is_of(kind) => report(fence, kind),
            Some(_) if *drawing.of_how_many().start() > 1 => {
                let message = format!("`{}` says nothing of whom", drawing.word());
                let problem = Diagnostic::at(Code::BadDrawing, path, fence, message);
                problems.push(
                    problem.help("name two to four actors behind `of=`, with commas between them"),
                );
            }
            Some(_) | None => {}
        }
        for span in again {
            let message = "this is an actor that stands there already";
            let problem = Diagnostic::at(Code::BadDrawing, path, span, message);
            problems.push(problem.help("name another one, or leave it out"));
        }
    }
}

fn help(drawing: Drawing) -> String {
    let kinds = Kind::ALL.into_iter().filter(|&kind| drawing.is_of(kind));
    let kinds: Vec<&str> = kinds.map(Kind::folder).collect();
    let word = drawing.word();
    format!(
        "name one that it is drawn of, `{word} of=…`: of {}",
        kinds.join(", ")
    )
}
