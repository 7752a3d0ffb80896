//! All techniques of the dossier under their tactics, and who uses them.

use super::shape::{Group, MatrixView, Ordered};
use super::{At, attack, drawn, relations};
use crate::model::Kind;
use crate::plan::{FEW, Order, index_address, matrix_address};
use crate::render::account::techniques::{self, Column, Grid, Technique, Under};
use crate::render::language::Word;
use crate::render::{Html, markup};

/// The page.
pub(super) fn view<'a>(at: &At<'a>) -> MatrixView<'a> {
    let attack = &at.config.attack;
    let grid = techniques::all(&at.reads, attack);
    let of_attack = |column: &Column<'_>| match column.under {
        Under::Tactic((matrix, _)) => attack.matrices.get(matrix).is_some_and(|it| !it.own),
        Under::Other(_) | Under::Untold => false,
    };
    MatrixView {
        heading: at.language.say(Word::MatrixTitle),
        orders: orders(at, true),
        order: (grid.columns.iter())
            .any(of_attack)
            .then(|| at.language.with(Word::MatrixOrder, &attack.version)),
        drawn: drawn::all_techniques(at, &grid),
        groups: groups(at, &grid),
    }
}

/// The orders in which techniques are listed.
pub(super) fn orders(at: &At<'_>, current: bool) -> Vec<Ordered> {
    let ordered = |text: Word, which: Order| Ordered {
        text: at.language.shared(text),
        path: at.path(&index_address(Kind::Technique, which, 1)),
        current: false,
    };
    vec![
        ordered(Word::IndexByName, Order::Name),
        ordered(Word::IndexByDate, Order::Date),
        by_tactic(at, current),
    ]
}

/// The order of this page, among those of the index of techniques.
pub(super) fn by_tactic(at: &At<'_>, current: bool) -> Ordered {
    Ordered {
        text: at.language.shared(Word::IndexByTactic),
        path: at.path(matrix_address()),
        current,
    }
}

pub(super) fn groups(at: &At<'_>, grid: &Grid<'_>) -> Vec<Group> {
    let several = grid.matrices() > 1;
    let headed = |column: &Column<'_>| {
        let heading = heading(at, column.under);
        match column.under {
            Under::Tactic((of, _)) if several => {
                let named = at.config.attack.matrices.get(of);
                named.map_or(heading.clone(), |of| format!("{heading} ({})", of.name))
            }
            Under::Tactic(_) | Under::Other(_) | Under::Untold => heading,
        }
    };
    let groups = (1..)
        .zip(&grid.columns)
        .map(|(nth, column): (u32, _)| Group {
            heading: headed(column),
            dated: None,
            id: format!("tactic-{nth}"),
            rows: Html::of(|out| {
                for technique in &column.techniques {
                    row(at, technique, out);
                }
            }),
        });
    groups.collect()
}

/// What techniques stand under, in words.
pub(super) fn heading(at: &At<'_>, under: Under<'_>) -> String {
    match under {
        Under::Tactic(cell) => {
            let tactic = at.config.attack.tactic(cell);
            tactic.map_or_else(String::new, |it| it.name.clone())
        }
        Under::Other(written) => attack::tactic(&at.config.attack, written),
        Under::Untold => at.language.say(Word::MatrixUntold).to_owned(),
    }
}

/// Writes a technique: its id, its name, who uses it.
fn row(at: &At<'_>, technique: &Technique<'_>, out: &mut String) {
    out.push_str("\n<tr><td>");
    if let Some(told) = at.reads.technique(at.shared, technique.id) {
        out.push_str(&told.attack);
    }
    out.push_str("</td><td>");
    at.link(technique.id, out);
    out.push_str("</td><td>");
    if !technique.uses.is_empty() {
        out.push_str("<ul class=\"rel\">");
        for used in technique.uses.iter().take(FEW) {
            markup::item(out, |out| relations::user(at, technique.id, used, out));
        }
        if let Some(more) = technique.uses.len().checked_sub(FEW).filter(|it| *it > 0) {
            markup::item(out, |out| {
                let text = at.language.with(Word::DrawingRest, &more.to_string());
                let path = at.card(technique.id).path();
                let tail = markup::tail(&format!("{path}#page-relations"), &text);
                markup::link(&at.root, &tail, out);
            });
        }
        out.push_str("</ul>");
    }
    out.push_str("</td></tr>");
}
