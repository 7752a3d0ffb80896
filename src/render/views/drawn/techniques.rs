//! Techniques under their tactics, in words.

use super::{LEAST, some};
use crate::model::PageId;
use crate::render::Html;
use crate::render::account::connections::Stated;
use crate::render::account::techniques::{self as account, Grid, Technique, Under};
use crate::render::drawing::techniques::{self, Cell, Column, Matrix, Techniques};
use crate::render::language::{Word, names};
use crate::render::views::shape::Drawing;
use crate::render::views::{At, marking, matrix, shell};
use std::collections::BTreeSet;

/// The techniques that an entry uses, drawn under their tactics.
pub(in crate::render::views) fn techniques(
    at: &At<'_>,
    id: PageId,
    own: &[Stated<'_>],
) -> Option<Drawing> {
    let grid = account::used(&at.reads, &at.config.attack, id, own);
    let title = at.reads.name(id).title();
    let label = at.language.with(Word::DrawingTechniques, title);
    let remark = |technique: &Technique<'_>| {
        let uses = || technique.uses.iter();
        let tlp = uses().filter_map(|it| marking::beside(&at.reads, id, id, &it.relation));
        let tlp = shell::raised(tlp.max()).map(|tlp| tlp.label().to_owned());
        let denied = is_denied(technique).then(|| at.language.say(Word::RemarkDenied).to_owned());
        let sure = uses().find_map(|it| it.relation.confidence);
        let sure = sure.map(|sure| at.language.say(names::confidence(sure)).to_owned());
        [denied, tlp, sure].into_iter().flatten().collect()
    };
    drawn(at, &grid, label, |_| 0, remark)
}

/// All techniques, drawn under their tactics.
pub(in crate::render::views) fn all_techniques(at: &At<'_>, grid: &Grid<'_>) -> Option<Drawing> {
    let all = || grid.columns.iter().flat_map(|column| &column.techniques);
    let most = all().map(Technique::users).max().unwrap_or(0).max(1);
    let label = at.language.say(Word::DrawingAllTechniques).to_owned();
    // In quarters of what is used most.
    let weight = |technique: &Technique<'_>| {
        let quarters = (technique.users() * 4).div_ceil(most);
        u8::try_from(quarters.saturating_sub(1)).unwrap_or(3)
    };
    let remark = |technique: &Technique<'_>| {
        let users = technique.users();
        let used = (users > 0).then(|| at.language.with(Word::DrawingUsedBy, &users.to_string()));
        used.into_iter().collect()
    };
    drawn(at, grid, label, weight, remark)
}

fn is_denied(technique: &Technique<'_>) -> bool {
    !technique.uses.is_empty() && technique.uses.iter().all(|it| it.relation.what.denied)
}

/// So many cells are drawn at most: more than ATT&CK has.
const CELLS: usize = 1000;

/// A grid, drawn; `remark` says what stands behind the id of a technique.
fn drawn(
    at: &At<'_>,
    grid: &Grid<'_>,
    label: String,
    weight: impl Fn(&Technique<'_>) -> u8,
    remark: impl Fn(&Technique<'_>) -> Vec<String>,
) -> Option<Drawing> {
    if !at.config.drawings.techniques || grid.count < LEAST {
        return None;
    }
    let all = || grid.columns.iter().flat_map(|column| &column.techniques);
    // Where there are too many cells, those of techniques that few use are left out.
    let mut least = 0;
    if all().count() > CELLS {
        let mut users: Vec<usize> = all().map(Technique::users).collect();
        users.sort_unstable_by(|one, other| other.cmp(one));
        least = users.get(CELLS).map_or(0, |users| users + 1);
    }
    let cell = |technique: &Technique<'_>| {
        let id = technique.attack.map(str::to_owned);
        let remarks: Vec<String> = id.into_iter().chain(remark(technique)).collect();
        Cell {
            name: at.reads.name(technique.id).title(),
            href: format!("{}{}", at.root, at.card(technique.id).path()),
            remark: (!remarks.is_empty()).then(|| remarks.join(" · ")),
            denied: is_denied(technique),
            sub: technique.sub,
            weight: weight(technique),
        }
    };
    let mut matrices: Vec<Matrix<'_>> = Vec::new();
    let mut last = None;
    // Where there is one, it goes without saying.
    let several = grid.matrices() > 1;
    let mut shown = BTreeSet::new();
    for column in &grid.columns {
        let (kept, rest): (Vec<&Technique<'_>>, Vec<_>) =
            (column.techniques.iter()).partition(|it| it.users() >= least);
        shown.extend(kept.iter().map(|it| it.id));
        let of = match column.under {
            Under::Tactic((matrix, _)) => Some(matrix),
            Under::Other(_) | Under::Untold => None,
        };
        let drawn = Column {
            heading: matrix::heading(at, column.under),
            cells: kept.into_iter().map(cell).collect(),
            rest: (!rest.is_empty())
                .then(|| at.language.with(Word::DrawingRest, &rest.len().to_string())),
        };
        match matrices.last_mut().filter(|_| last == Some(of)) {
            Some(matrix) => matrix.columns.push(drawn),
            None => {
                let named = of.filter(|_| several);
                let named = named.and_then(|of| at.config.attack.matrices.get(of));
                matrices.push(Matrix {
                    heading: named.map(|matrix| matrix.name.clone()),
                    columns: vec![drawn],
                });
            }
        }
        last = Some(of);
    }
    let scene = Techniques { label, matrices };
    Some(Drawing {
        drawn: Html::of(|out| techniques::write(&scene, out)),
        caption: some(at, Word::DrawingMostUsed, shown.len(), grid.count),
    })
}
