//! What is drawn on the page of an entry, in words.

use super::shape::Drawing;
use super::{At, lists, marking, shell, words};
use crate::model::PageId;
use crate::plan::Connections;
use crate::render::Html;
use crate::render::account::connections::{self, Branch, Neighbourhood, Tie};
use crate::render::drawing::around::{self, Around, Leaf, Way};
use crate::render::language::{Word, names};

/// So many connections are drawn at most.
const MOST: usize = 24;

/// Fewer are as soon read as seen.
const LEAST: usize = 3;

/// What an entry is connected with, drawn.
pub(super) fn around(at: &At<'_>, id: PageId, related: &[Connections]) -> Option<Drawing> {
    if !at.config.drawings.relations || at.reads.page(id).withdrawn.is_some() {
        return None;
    }
    let Neighbourhood { branches, count } = connections::around(&at.reads, id, related, MOST);
    let shown: usize = branches.iter().map(|branch| branch.ties.len()).sum();
    if shown < LEAST {
        return None;
    }
    let subject = at.reads.name(id).title();
    let around = Around {
        subject,
        label: at.language.with(Word::DrawingAround, subject),
        branches: branches.iter().map(|it| branch(at, id, it)).collect(),
    };
    Some(Drawing {
        drawn: Html::of(|out| around::write(&around, out)),
        caption: (shown < count).then(|| {
            let (shown, count) = (shown.to_string(), count.to_string());
            let holes = [("shown", &*shown), ("count", &*count)];
            at.language.with_all(Word::DrawingShown, &holes)
        }),
    })
}

fn branch<'a>(at: &At<'a>, page: PageId, branch: &Branch<'_>) -> around::Branch<'a> {
    let rest = branch.count - branch.ties.len();
    around::Branch {
        heading: lists::said(at, branch.said(), branch.kind, branch.count),
        way: match branch.said() {
            _ if branch.is_mutual() => Way::Both,
            (_, true) => Way::In,
            (_, false) => Way::Out,
        },
        kind: branch.kind,
        leaves: branch.ties.iter().map(|tie| leaf(at, page, tie)).collect(),
        rest: (rest > 0).then(|| at.language.with(Word::DrawingRest, &rest.to_string())),
    }
}

fn leaf<'a>(at: &At<'a>, page: PageId, tie: &Tie<'_>) -> Leaf<'a> {
    let Tie { to, from, relation } = tie;
    let own = relation.what.own.as_ref().filter(|own| !own.is_empty());
    let own = own.map(|own| words::plain(&at.reads, own).into_owned());
    let denied = relation.what.denied;
    let denial = denied.then(|| at.language.say(Word::RemarkDenied).to_owned());
    let sure = relation.confidence.map(names::confidence);
    let sure = sure.map(|word| at.language.say(word).to_owned());
    let tlp = shell::raised(marking::beside(&at.reads, page, *from, relation));
    let tlp = tlp.map(|tlp| tlp.label().to_owned());
    // The marking is never what has no room.
    let remarks: Vec<String> = [denial, tlp, sure, own].into_iter().flatten().collect();
    Leaf {
        name: at.reads.name(*to).title(),
        href: format!("{}{}", at.root, at.card(*to).path()),
        remark: (!remarks.is_empty()).then(|| remarks.join(" · ")),
        denied,
    }
}
