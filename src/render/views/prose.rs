//! A text on its page: its links and citations made ready, and the sentences of it that other pages
//! quote.

use super::At;
use super::shape::{Reference, SourceCard};
use crate::model::body::{self, Body, Destination, Event, Link, Tag, Target};
use crate::model::{Entry, Kind, PageId, Prose};
use crate::plan::graph::Origin;
use crate::plan::{Site, Statement};
use crate::render::Html;
use crate::render::html::{self, Anchor, CiteMark, Ink};
use crate::resolve::fold;
use tera::Value;

/// The sentences of a text that hold a link or a citation.
pub(super) type Quotes = html::Sentences;

/// Takes the sentences out of a text.
pub(super) fn quotes(site: &Site, prose: &Prose<PageId>) -> Quotes {
    html::sentences(&prose.body, &|link| words(site, prose, link))
}

/// The texts of the headings as they are shown: those of `body.headings`, with the words of links.
pub(super) fn headings(site: &Site, prose: &Prose<PageId>) -> Vec<String> {
    let body = &prose.body;
    let mut texts: Vec<String> = body.headings.iter().map(|it| it.text.clone()).collect();
    let mut shown: Option<(String, bool)> = None;
    let mut replaced = None;
    for event in &body.events {
        match (*event, &mut shown) {
            (Event::Start(Tag::Heading(_)), _) => shown = Some((String::new(), false)),
            (Event::End(Tag::Heading(at)), _) => {
                if let (Some((text, true)), Some(slot)) = (shown.take(), texts.get_mut(at as usize))
                {
                    *slot = text.trim().to_owned();
                }
            }
            (Event::End(Tag::Link(at)), Some(_)) if replaced == Some(at) => replaced = None,
            (_, Some(_)) if replaced.is_some() => {}
            (Event::Start(Tag::Link(at)), Some((text, changed))) => {
                if let Some(words) = words(site, prose, at) {
                    text.push_str(&words);
                    *changed = true;
                    replaced = Some(at);
                }
            }
            (Event::Text(slice) | Event::Code(slice), Some((text, _))) => {
                text.push_str(body.slice(slice));
            }
            _ => {}
        }
    }
    texts
}

/// The words of a link in place of the written ones: where only a slug was written, the title.
fn words(site: &Site, prose: &Prose<PageId>, link: u32) -> Option<String> {
    let target = prose.targets.get(link as usize)?;
    match target {
        Target::Defanged(url) => Some(crate::model::indicator::defang(url)),
        _ => replacement(
            site,
            &prose.body,
            prose.body.links.get(link as usize)?,
            target,
        ),
    }
}

fn replacement(site: &Site, own: &Body, link: &Link, target: &Target<PageId>) -> Option<String> {
    let Destination::Wiki { name, .. } = &link.to else {
        return None;
    };
    if !link.bare {
        return None;
    }
    match target {
        // A title or alias reads as it was written; a slug or an id does not. A person's legal status
        // stands beside both.
        Target::Entry(id, heading) => {
            let page = site.release.page(*id);
            let named = heading.is_none() && is_name(page, name);
            let words = if named { name.trim() } else { &page.title };
            match super::cards::legal_status(page) {
                Some(status) => Some(format!("{words} ({status})")),
                None => (!named).then(|| words.to_owned()),
            }
        }
        Target::Own(Some(heading)) => own
            .headings
            .get(*heading as usize)
            .map(|it| it.text.clone()),
        _ => None,
    }
}

/// Whether a text is the title or an alias of a page as a reader would write it: without regard to case,
/// but for what is the slug.
fn is_name(page: &Entry<PageId>, text: &str) -> bool {
    let text = text.trim();
    let folded = fold(text);
    std::iter::once(&page.title)
        .chain(page.aliases.iter().map(|alias| &alias.name))
        .any(|known| known == text || text != page.slug && fold(known) == folded)
}

/// The body of a page as HTML.
pub(super) fn body(at: &At<'_>, origin: Origin, prose: &Prose<PageId>) -> Html {
    written(at, origin, prose, None)
}

/// The body of a page as HTML; with the lines of its file, each block says in which it stands.
pub(super) fn written(
    at: &At<'_>,
    origin: Origin,
    prose: &Prose<PageId>,
    lines: Option<&html::Lines>,
) -> Html {
    let site = at.site();
    let heading_ids = body::heading_ids(&prose.body.headings);
    let links: Vec<Anchor> = prose
        .body
        .links
        .iter()
        .zip(&prose.targets)
        .map(|(link, target)| anchor(at, &prose.body, link, target, &heading_ids))
        .collect();
    let ledger = site.graph.ledger(origin);
    let root = crate::plan::address::root(&at.route.address);
    let cites: Vec<CiteMark> = (0..)
        .take(prose.cites.len())
        .map(|cite| match ledger.of_statement(Statement::Text(cite)) {
            [placed] => mark(at, placed, &root),
            _ => CiteMark::Withheld,
        })
        .collect();
    let mut out = String::with_capacity(prose.body.text.len() * 2);
    let ink = Ink {
        heading_ids: &heading_ids,
        links: &links,
        cites: &cites,
        trust_html: at.renderer.config.trust_html,
        indicators: &site.release.indicators,
        lines,
    };
    html::write(&prose.body, &ink, &mut out);
    Html(out)
}

fn anchor(
    at: &At<'_>,
    own: &Body,
    link: &Link,
    target: &Target<PageId>,
    own_headings: &[String],
) -> Anchor {
    let site = at.site();
    let root = crate::plan::address::root(&at.route.address);
    let to = |address: &str, words: Option<String>| Anchor::To {
        href: format!("{root}{}", at.path(address)),
        words,
    };
    match target {
        Target::Entry(id, heading) => {
            let page = site.release.page(*id);
            let mut href = format!("{root}{}", at.path(&page.route()));
            let heading_id = heading.and_then(|heading| heading_id(&page.prose, heading));
            if let Some(id) = heading_id {
                href.push_str(&crate::plan::address::fragment(&id));
            }
            let words = replacement(site, own, link, target);
            Anchor::To { href, words }
        }
        Target::Own(Some(heading)) => match own_headings.get(*heading as usize) {
            Some(id) => Anchor::To {
                href: crate::plan::address::fragment(id),
                words: replacement(site, own, link, target),
            },
            None => Anchor::Plain,
        },
        Target::Own(None) => Anchor::To {
            href: "#main".to_owned(),
            words: None,
        },
        Target::Home => to("", None),
        Target::Index(kind) => match site.index(*kind) {
            Some(_) => to(&format!("{}/", kind.folder()), None),
            None => Anchor::Plain,
        },
        Target::File(path) => to(path, None),
        Target::External(url) => Anchor::Out { href: url.clone() },
        Target::Defanged(url) => Anchor::Defanged(crate::model::indicator::defang(url)),
        Target::Withheld | Target::Broken => Anchor::Plain,
    }
}

fn heading_id(prose: &Prose<PageId>, heading: u32) -> Option<String> {
    body::heading_ids(&prose.body.headings)
        .into_iter()
        .nth(heading as usize)
}

fn mark(at: &At<'_>, placed: &crate::plan::Placed, root: &str) -> CiteMark {
    let (Some(source), Some(anchor)) = (placed.source, super::cites::anchor(at.site(), placed))
    else {
        return CiteMark::Withheld;
    };
    let mut note = String::new();
    if let Some(card) = at.cards().source_card(source) {
        write_note(card, placed, root, &mut note);
    }
    let key = format!("{} {}", source.0, placed.at.as_deref().unwrap_or(""));
    CiteMark::Source {
        number: placed.number,
        anchor,
        note,
        same: crate::text::hash(key.as_bytes()),
    }
}

/// The note in the margin: number, publisher and year, place in the source, grade.
fn write_note(card: &SourceCard, placed: &crate::plan::Placed, root: &str, out: &mut String) {
    out.push_str(&format!(
        "<span class=\"no\">{}</span> <a href=\"",
        placed.number
    ));
    html::escape(root, out);
    html::escape(&card.path, out);
    out.push_str("\">");
    html::escape(&card.short, out);
    out.push_str("</a>");
    if let Some(place) = &placed.at {
        out.push_str(", ");
        html::escape(place, out);
    }
    if let (Some(grade), Some(meaning)) = (&card.grade, &card.grade_meaning) {
        out.push_str(" <span class=\"grade\">");
        html::escape(grade, out);
        out.push_str("<span class=\"tip\">");
        html::escape(meaning, out);
        out.push_str("</span></span>");
    }
    for caveat in &card.caveats {
        let class = if caveat.starts_with("retracted") {
            "caveat retracted"
        } else {
            "caveat"
        };
        out.push_str(&format!(" <span class=\"{class}\">"));
        html::escape(caveat, out);
        out.push_str("</span>");
    }
}

/// The introduction of a page that is not an entry: its text and references.
pub(super) fn intro(at: &At<'_>, of: Option<Kind>) -> (Html, Vec<Reference>) {
    let intros = &at.site().release.intros;
    match (0..).zip(intros).find(|(_, intro)| intro.of == of) {
        Some((index, intro)) => {
            let origin = Origin::Intro(index);
            (
                body(at, origin, &intro.prose),
                super::cites::references(at, origin),
            )
        }
        None => (Html::default(), Vec::new()),
    }
}

/// A list of entries as cards.
pub(super) fn cards(at: &At<'_>, ids: impl Iterator<Item = PageId>) -> Vec<Value> {
    ids.map(|id| at.cards().entry(id)).collect()
}
