//! Which sources stand on which, as a tree in words and drawn.

use super::shape::{Drawing, Origins as View};
use super::{At, drawn};
use crate::model::PageId;
use crate::plan::graph::Origin;
use crate::render::account::origins::{self, Node, Origins};
use crate::render::drawing::origins as drawing;
use crate::render::language::Word;
use crate::render::{Html, markup};
use std::collections::BTreeMap;

/// So many are drawn at most.
const DRAWN: usize = 40;

/// Those of an entry's sources of which one stands on another.
pub(super) fn of_entry(at: &At<'_>, id: PageId) -> Option<View> {
    let found = origins::of_entry(&at.reads, id)?;
    let references = at.reads.ledger(Origin::Page(id)).references.iter();
    let numbers: BTreeMap<PageId, u32> = references.copied().zip(1..).collect();
    let holes = [
        ("sources", &*found.sources.to_string()),
        ("independent", &*found.independent.to_string()),
    ];
    let told = at.language.with_all(Word::OriginsCount, &holes);
    Some(view(
        at,
        &found,
        told,
        &|source| match numbers.get(&source) {
            Some(number) => Role::Cited(*number),
            None => Role::Between,
        },
    ))
}

/// What a source stands on, and what stands on it.
pub(super) fn of_source(at: &At<'_>, id: PageId) -> Option<View> {
    let found = origins::of_source(&at.reads, id)?;
    let own = found.nodes.iter().find(|node| node.source == id);
    let own = own.map_or(0, |node| node.depth);
    let above = found.nodes.len() - own - 1;
    let told = at.language.with(Word::OriginsAbove, &above.to_string());
    Some(view(at, &found, told, &|source| match source == id {
        true => Role::Own,
        false => Role::Other,
    }))
}

/// What a source is on the page.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// It has a number among the references.
    Cited(u32),
    /// It is not cited, but what is stands on it.
    Between,
    /// The page is its own.
    Own,
    Other,
}

fn view(at: &At<'_>, found: &Origins, told: String, role: &dyn Fn(PageId) -> Role) -> View {
    View {
        drawn: drawing(at, &found.nodes, &told, role),
        tree: Html::of(|out| tree(at, &found.nodes, role, out)),
        told,
    }
}

/// Writes the tree as lists within lists.
fn tree(at: &At<'_>, nodes: &[Node], role: &dyn Fn(PageId) -> Role, out: &mut String) {
    let mut depth = None;
    for node in nodes {
        match depth {
            Some(last) if node.depth > last => out.push_str("\n<ul>"),
            Some(last) => {
                out.push_str("</li>");
                for _ in node.depth..last {
                    out.push_str("</ul></li>");
                }
            }
            None => {}
        }
        depth = Some(node.depth);
        out.push_str("\n<li>");
        let Some(card) = at.source(node.source) else {
            continue;
        };
        match role(node.source) {
            Role::Cited(number) => {
                out.push_str("<span class=\"no\">");
                markup::number(number, out);
                out.push_str("</span> ");
            }
            Role::Between | Role::Own | Role::Other => {}
        }
        match role(node.source) {
            Role::Own => {
                out.push_str("<strong>");
                markup::text(&card.short, out);
                out.push_str("</strong>");
            }
            Role::Cited(_) | Role::Between | Role::Other => {
                markup::link(&at.root, &markup::tail(&card.path, &card.short), out);
            }
        }
        if let Some((grade, meaning)) = &card.grade {
            markup::grade(grade, meaning, true, out);
        }
        if role(node.source) == Role::Between {
            out.push_str(" · ");
            at.language.html(Word::OriginsBetween, out);
        }
        for other in node.also.iter().filter_map(|&id| at.source(id)) {
            out.push_str(" · ");
            let link = |_: &str, out: &mut String| {
                markup::link(&at.root, &markup::tail(&other.path, &other.short), out);
            };
            at.language.fill_html(Word::RemarkAfter, link, out);
        }
    }
    for _ in 0..=depth.unwrap_or(0) {
        out.push_str("</li></ul>");
    }
    // The outermost list is the template's.
    out.truncate(out.len() - "</ul>".len());
}

fn drawing(
    at: &At<'_>,
    nodes: &[Node],
    told: &str,
    role: &dyn Fn(PageId) -> Role,
) -> Option<Drawing> {
    if !at.config.drawings.relations || nodes.len() <= drawn::LEAST {
        return None;
    }
    let leaf = |node: &Node| {
        let card = at.source(node.source)?;
        let is_between = role(node.source) == Role::Between;
        Some(drawing::Leaf {
            name: &card.short,
            href: format!("{}{}", at.root, card.path),
            depth: node.depth,
            hollow: is_between,
        })
    };
    let leaves: Option<Vec<drawing::Leaf<'_>>> = nodes.iter().take(DRAWN).map(leaf).collect();
    let tree = drawing::Tree {
        label: at.language.say(Word::OriginsDrawn).to_owned(),
        leaves: leaves?,
    };
    let rest = drawn::some(at, Word::OriginsSome, tree.leaves.len(), nodes.len());
    let key = { tree.leaves.iter().any(|it| it.hollow) }
        .then(|| at.language.say(Word::OriginsKey).to_owned());
    let caption = [Some(told.to_owned()), key, rest].into_iter().flatten();
    let drawn = Html::of(|out| drawing::write(&tree, out));
    (!drawn.0.is_empty()).then(|| Drawing {
        drawn,
        caption: Some(caption.collect::<Vec<_>>().join(" ")),
    })
}
