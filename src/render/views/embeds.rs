//! What a text shows of other entries in the place of its embeds: cards and sections.
//!
//! Takes a text and the page that shows it; gives what [`crate::render::html`] writes there. All that it shows of
//! another is read through [`Reads`](super::reads), so that the page is made again when that changes.

use super::cites::Marks;
use super::prose::{anchor, mark};
use super::{At, marking};
use crate::model::body::Target;
use crate::model::{Embed, Fragment, Ids, PageId, Prose, Tlp};
use crate::plan::By;
use crate::plan::address::fragment;
use crate::plan::graph::Origin;
use crate::render::html::{self, Anchor, CiteMark};
use crate::render::language::{Word, names};
use crate::render::markup;

/// What stands in place of each link of a text that is an embed; empty where there is none.
pub(super) fn of<'a>(
    at: &At<'a>,
    origin: Origin,
    prose: &'a Prose<PageId>,
) -> Vec<Option<html::Embed<'a>>> {
    let own = match origin {
        Origin::Page(id) => Some(id),
        Origin::Intro(_) => None,
    };
    let mut embeds = prose.embeds(own).peekable();
    if embeds.peek().is_none() {
        return Vec::new();
    }
    let around = match origin {
        Origin::Page(id) => at.reads.tlp(id),
        Origin::Intro(index) => at.reads.unshown_intro(index).tlp,
    };
    let mut shown = Vec::new();
    shown.resize_with(prose.body.links.len(), || None);
    for embed in embeds {
        if let Some(slot) = shown.get_mut(embed.link as usize) {
            *slot = one(at, origin, around, embed);
        }
    }
    shown
}

fn one<'a>(
    at: &At<'a>,
    origin: Origin,
    around: Tlp,
    embed: Embed<PageId>,
) -> Option<html::Embed<'a>> {
    let Embed { link, of, heading } = embed;
    let raised = marking::beside_embed(&at.reads, at.shared, embed);
    let raised = raised.filter(|&tlp| tlp > around);
    let Some(heading) = heading else {
        return Some(html::Embed::Card(card(at, of, raised)));
    };
    let (prose, section) = at.reads.section(of, heading)?;
    let mut links = vec![Anchor::Plain; prose.body.links.len()];
    for link in section.links(&prose.body) {
        let at_link = prose
            .body
            .links
            .get(link as usize)
            .zip(prose.targets.get(link as usize));
        let Some((written, target)) = at_link else {
            continue;
        };
        // What leads to a place of its own page leads there from here, too.
        let there = match target {
            Target::Own(place) => &Target::Entry(of, *place),
            other => other,
        };
        links[link as usize] = anchor(at, &prose.body, written, there, &at.root, &Ids::default());
    }
    let mut cites = vec![CiteMark::Withheld; prose.cites.len()];
    for placed in &at.reads.ledger(origin).places {
        if let By::Embed { link: by, cite, .. } = placed.by
            && by == link
            && let Some(slot) = cites.get_mut(cite as usize)
        {
            *slot = mark(at, placed, &at.root, Marks::Noted);
        }
    }
    Some(html::Embed::Section(html::Excerpt {
        head: whence(at, of, heading, raised),
        body: &prose.body,
        events: section.events,
        links,
        cites,
    }))
}

/// The card of an entry.
fn card(at: &At<'_>, id: PageId, raised: Option<Tlp>) -> String {
    let (entry, card) = (at.card(id), at.told(id));
    let mut html = String::with_capacity(512);
    let out = &mut html;
    out.push_str("<div class=\"embed embed-card\">\n<p class=\"whence\">");
    markup::kind(card.kind, &card.label, out);
    labelled(raised, out);
    out.push_str("</p>\n<p class=\"embed-title\">");
    markup::link(&at.root, &entry.link, out);
    out.push_str("</p>\n");
    if let Some(summary) = &card.summary {
        out.push_str("<p>");
        markup::text(summary, out);
        out.push_str("</p>\n");
    }
    let when = card
        .when
        .as_ref()
        .map(|when| format!("{} {when}", at.language.say(entry.dated)));
    let figure = card
        .figure
        .as_ref()
        .map(|figure| at.language.with(Word::RemarkLost, figure));
    let mut bits = when.into_iter().chain(figure).peekable();
    if bits.peek().is_some() {
        out.push_str("<p class=\"bits\">");
        bits.for_each(|text| markup::bit(out, |out| markup::text(&text, out)));
        out.push_str("</p>\n");
    }
    out.push_str("</div>\n");
    html
}

/// The line that says whence a section is.
fn whence(at: &At<'_>, id: PageId, heading: u32, raised: Option<Tlp>) -> String {
    let (kind, title) = (at.reads.kind(id), at.reads.name(id).title());
    let place = Fragment::Heading(heading);
    let place = at.reads.place(at.shared, id, place, at.config.trust_html);
    let place = place.map(fragment).unwrap_or_default();
    let path = [at.card(id).path(), &place].concat();
    let mut html = String::with_capacity(256);
    let out = &mut html;
    out.push_str("<p class=\"whence\">");
    let source = |_: &str, out: &mut String| {
        markup::link(&at.root, &markup::tail(&path, title), out);
    };
    at.language.fill_html(Word::TextWhence, source, out);
    out.push(' ');
    markup::kind(kind.name(), at.language.say(names::kind(kind).label), out);
    labelled(raised, out);
    out.push_str("</p>\n");
    html
}

fn labelled(raised: Option<Tlp>, out: &mut String) {
    if let Some(tlp) = raised {
        out.push(' ');
        markup::tlp(tlp, out);
    }
}
