//! Everything that is connected, as a drawing and as a list.

use super::shape::{Drawing, GraphView, Hue};
use super::{At, cites, drawn};
use crate::model::Kind;
use crate::plan::PER_PAGE;
use crate::render::account::web::{self, Web};
use crate::render::drawing::graph::{self, Graph, MOST, Node, Tie};
use crate::render::language::{Word, names};
use crate::render::{Html, markup};
use std::collections::BTreeSet;

/// The page.
pub(super) fn view<'a>(at: &At<'a>) -> GraphView<'a> {
    let web = web::of(&at.reads);
    let kinds = web.nodes.iter().map(|node| at.reads.kind(node.id));
    let kinds: BTreeSet<Kind> = kinds.collect();
    let count = web.nodes.len();
    GraphView {
        heading: at.language.say(Word::GraphTitle),
        drawn: (at.config.drawings.graph).then(|| drawing(at, &web)),
        kinds: (kinds.into_iter())
            .map(|kind| Hue {
                kind: kind.name(),
                text: at.language.shared(names::kind(kind).heading),
            })
            .collect(),
        caption: drawn::some(at, Word::GraphShown, count.min(PER_PAGE), count),
        rows: Html::of(|out| {
            for node in web.nodes.iter().take(PER_PAGE) {
                out.push_str("\n<tr><td>");
                at.link(node.id, out);
                out.push_str("</td><td>");
                markup::text(at.card(node.id).label(), out);
                out.push_str("</td><td class=\"num\">");
                markup::number(cites::count(node.count), out);
                out.push_str("</td></tr>");
            }
        }),
    }
}

/// What is near an entry, drawn for a text.
pub(super) fn near(at: &At<'_>, web: &Web<'_>, label: String, caption: Option<String>) -> Drawing {
    let graph = scene(at, web, label);
    Drawing {
        drawn: Html::of(|out| graph::write_few(&graph, out)),
        caption,
    }
}

/// Writes what is near an entry: what each is, and with which others it is connected.
pub(super) fn rows_near(at: &At<'_>, web: &Web<'_>, out: &mut String) {
    for (nth, node) in (0..).zip(&web.nodes) {
        out.push_str("\n<tr><th scope=\"row\">");
        at.link(node.id, out);
        out.push_str("</th><td>");
        markup::text(at.card(node.id).label(), out);
        out.push_str("</td><td><ul class=\"rel\">");
        let ties = web.ties.iter();
        let others = ties.filter_map(|tie| match nth {
            _ if nth == tie.from => Some((tie.to, tie)),
            _ if nth == tie.to => Some((tie.from, tie)),
            _ => None,
        });
        for (other, tie) in others {
            if let Some(other) = web.nodes.get(other as usize) {
                markup::item(out, |out| {
                    at.link(other.id, out);
                    if tie.is_denied() {
                        out.push_str(" <span class=\"more bits\">");
                        markup::denied(at.language, out);
                        out.push_str("</span>");
                    }
                });
            }
        }
        out.push_str("</ul></td></tr>");
    }
}

fn drawing(at: &At<'_>, web: &Web<'_>) -> Drawing {
    let graph = scene(at, web, at.language.say(Word::GraphDrawn).to_owned());
    let count = web.nodes.len();
    Drawing {
        drawn: Html::of(|out| graph::write(&graph, out)),
        caption: drawn::some(at, Word::GraphShown, count.min(MOST), count),
    }
}

fn scene<'a>(at: &At<'a>, web: &Web<'a>, label: String) -> Graph<'a> {
    let nodes = web.nodes.iter().take(MOST).map(|node| Node {
        name: node.name,
        href: format!("{}{}", at.root, at.card(node.id).path()),
        kind: at.reads.kind(node.id),
        count: node.count,
    });
    let ties = web.ties.iter().map(|tie| Tie {
        from: tie.from,
        to: tie.to,
        denied: tie.is_denied(),
    });
    Graph {
        label,
        nodes: nodes.collect(),
        ties: ties.collect(),
    }
}
