//! What an embed cannot show: the page itself, what the shown part embeds, an id in raw HTML.

use super::Around;
use crate::diag::{Code, Diagnostic};
use crate::model::body::{Link, Target};
use crate::model::{Body, Entry, EntryId, Fragment, Intro, Prose, Section};
use crate::text::Place;
use std::sync::Arc;

pub(super) fn check(entry: &Entry<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    text(&entry.prose, &entry.path, around, problems);
}

pub(super) fn intro(intro: &Intro<EntryId>, around: &Around<'_>, problems: &mut Vec<Diagnostic>) {
    text(&intro.prose, &intro.path, around, problems);
}

/// The headings of a text of which the section embeds something: what the rule sees of other entries.
pub(super) fn embedding(body: &Body) -> Vec<u32> {
    if !body.links.iter().any(|link| link.embed) {
        return Vec::new();
    }
    let headings = (0..).take(body.headings.len());
    headings
        .filter(|&heading| embedded(body, heading).is_some())
        .collect()
}

fn text(
    prose: &Prose<EntryId>,
    path: &Arc<str>,
    around: &Around<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let links = prose.body.links.iter().zip(&prose.targets);
    for (link, target) in links.filter(|(link, _)| link.embed) {
        match target {
            Target::Own(_) => problems.push(of_itself(link, path)),
            Target::Entry(of, place) => {
                let entry = around.dossier.entry(*of);
                match place {
                    _ if entry.path == *path => problems.push(of_itself(link, path)),
                    Some(Fragment::Raw(_)) => problems.push(of_an_id(link, path)),
                    Some(Fragment::Heading(heading)) => {
                        if let Some(inner) = embedded(&entry.prose.body, *heading) {
                            problems.push(nested(link, path, entry, inner));
                        }
                    }
                    None => {}
                }
            }
            Target::Home
            | Target::Index(_)
            | Target::File(_)
            | Target::External(_)
            | Target::Defanged(_)
            | Target::Withheld
            | Target::Broken => {}
        }
    }
}

/// The first embed in a section.
fn embedded(body: &Body, heading: u32) -> Option<&Link> {
    let section = Section::of(body, heading)?;
    let mut links = section
        .links(body)
        .filter_map(|link| body.links.get(link as usize));
    links.find(|link| link.embed)
}

fn of_itself(link: &Link, path: &Arc<str>) -> Diagnostic {
    Diagnostic::at(
        Code::NestedEmbed,
        path,
        link.span,
        "this embed is a link: a page does not show itself",
    )
    .help("write a link, `[[…]]`, or embed another page")
}

fn of_an_id(link: &Link, path: &Arc<str>) -> Diagnostic {
    Diagnostic::at(
        Code::LinkedEmbed,
        path,
        link.span,
        "this embed is a link: it names an id, and only a heading begins a section",
    )
    .help("name a heading, `![[page#Heading]]`, or write a link, `[[…]]`")
}

fn nested(link: &Link, path: &Arc<str>, entry: &Entry<EntryId>, inner: &Link) -> Diagnostic {
    Diagnostic::at(
        Code::NestedEmbed,
        path,
        link.span,
        format!(
            "what this shows of “{}” embeds something itself, which is a link here",
            entry.title
        ),
    )
    .also(Place::new(&entry.path, inner.span), "the inner embed")
    .help("embed that here as well, or write a link there, `[[…]]`")
}
