//! A text on its page: its links and citations made ready, and the sentences of it that other pages
//! quote.

use super::At;
use super::cards::SourceCard;
use super::cites::Marks;
use super::reads::Reads;
use crate::model::body::{Body, Destination, Event, Link, Tag, Target};
use crate::model::lang::is_from_right;
use crate::model::{Fragment, Ids, Kind, PageId, Prose, Spot};
use crate::plan::address::fragment;
use crate::plan::graph::Origin;
use crate::plan::{By, Placed};
use crate::render::html::{self, Anchor, CiteMark, Ink, Note, Sentences};
use crate::render::language::{Language, names};
use crate::render::{Html, markup};
use memchr::memmem;

/// The sentences of a page's texts that hold a link or a citation.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    body: Sentences,
    /// Those of sentences of the front matter, which are few.
    others: Vec<(Spot, Sentences)>,
}

impl Quotes {
    /// Takes the sentences out of texts.
    pub(super) fn of<'a>(
        reads: &Reads<'_>,
        texts: impl Iterator<Item = (Spot, &'a Prose<PageId>)>,
    ) -> Quotes {
        let mut quotes = Quotes::default();
        for (spot, text) in texts {
            let sentences = html::sentences(&text.body, &|link| words(reads, text, link));
            match spot {
                Spot::Body => quotes.body = sentences,
                spot => quotes.others.push((spot, sentences)),
            }
        }
        quotes
    }

    fn at(&self, spot: Spot) -> Option<&Sentences> {
        match spot {
            Spot::Body => Some(&self.body),
            spot => {
                let mut others = self.others.iter();
                others.find(|(at, _)| *at == spot).map(|(_, it)| it)
            }
        }
    }

    /// The sentence around a link of a text; empty where there is none.
    pub(super) fn link(&self, spot: Spot, link: u32) -> &str {
        self.at(spot).map_or("", |sentences| sentences.link(link))
    }

    /// The sentence of a citation in a text; empty where there is none.
    pub(super) fn cite(&self, spot: Spot, cite: u32) -> &str {
        self.at(spot).map_or("", |sentences| sentences.cite(cite))
    }
}

/// The texts of the headings as they are shown: those of `body.headings`, with the words of links.
pub(super) fn headings(reads: &Reads<'_>, prose: &Prose<PageId>) -> Vec<String> {
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
                if let Some(words) = words(reads, prose, at) {
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
pub(super) fn words(reads: &Reads<'_>, prose: &Prose<PageId>, link: u32) -> Option<String> {
    let target = prose.targets.get(link as usize)?;
    match target {
        Target::Defanged(url) => Some(crate::model::indicator::defang(url)),
        _ => replacement(
            reads,
            &prose.body,
            prose.body.links.get(link as usize)?,
            target,
        ),
    }
}

fn replacement(
    reads: &Reads<'_>,
    own: &Body,
    link: &Link,
    target: &Target<PageId>,
) -> Option<String> {
    let Destination::Wiki { name, .. } = &link.to else {
        return None;
    };
    if !link.bare {
        return None;
    }
    match target {
        // `[[#Heading]]` in a sentence: of its own page.
        Target::Entry(id, Some(Fragment::Heading(heading))) if name.is_empty() => {
            reads.heading(*id, *heading).map(str::to_owned)
        }
        // A title or alias reads as it was written; a slug or an id does not. A person's legal status
        // stands beside both.
        Target::Entry(id, place) => {
            let called = reads.name(*id);
            let name = link.entry_name(false).unwrap_or(name);
            let named = place.is_none() && called.is(name);
            let words = if named { name.trim() } else { called.title() };
            // Of a name with a bar only what follows the bar stands among the words.
            let written = named && !name.contains('|');
            match called.legal_status() {
                Some(status) => {
                    let status = reads.language.say(names::legal(status));
                    Some(format!("{words} ({status})"))
                }
                None => (!written).then(|| words.to_owned()),
            }
        }
        Target::Own(Some(Fragment::Heading(heading))) => own
            .headings
            .get(*heading as usize)
            .map(|it| it.text.clone()),
        _ => None,
    }
}

/// The body of a page as HTML, with the ids that it prints.
pub(super) fn body(at: &At<'_>, origin: Origin, prose: &Prose<PageId>, ids: &Ids) -> Html {
    written(at, origin, prose, ids, None)
}

/// Parts a text's HTML behind its first paragraph, so that something may stand there; the lead is empty where the
/// text begins otherwise.
pub(super) fn lead(prose: &Prose<PageId>, html: Html) -> (Html, Html) {
    const END: &str = "</p>\n";
    let begins = matches!(
        prose.body.events.first(),
        Some(Event::Start(Tag::Paragraph { .. }))
    );
    // No paragraph stands within one, so that its first end is its own; a figure is none.
    let end = (begins && html.0.starts_with("<p"))
        .then(|| memmem::find(html.0.as_bytes(), END.as_bytes()))
        .flatten();
    let Html(mut lead) = html;
    let rest = lead.split_off(end.map_or(0, |at| at + END.len()));
    (Html(lead), Html(rest))
}

/// The body of a page as HTML; with the lines of its file, each block says in which it stands.
pub(super) fn written(
    at: &At<'_>,
    origin: Origin,
    prose: &Prose<PageId>,
    ids: &Ids,
    lines: Option<&html::Lines>,
) -> Html {
    let mut out = String::with_capacity(prose.body.text.len() * 2);
    let how = (Marks::Noted, lines);
    write(at, origin, Spot::Body, (prose, ids), how, &mut out);
    Html(out)
}

/// Writes a text in which nothing but what stands within a line.
pub(super) fn within_line(
    at: &At<'_>,
    origin: Origin,
    spot: Spot,
    prose: &Prose<PageId>,
    marks: Marks,
    out: &mut String,
) {
    let ids = printed(&prose.body, at.config.trust_html);
    write(at, origin, spot, (prose, &ids), (marks, None), out);
}

fn write(
    at: &At<'_>,
    origin: Origin,
    spot: Spot,
    (prose, ids): (&Prose<PageId>, &Ids),
    (marks, lines): (Marks, Option<&html::Lines>),
    out: &mut String,
) {
    let root = crate::plan::address::root(&at.route.address);
    let links: Vec<Anchor> = prose
        .body
        .links
        .iter()
        .zip(&prose.targets)
        .map(|(link, target)| anchor(at, &prose.body, link, target, &root, ids))
        .collect();
    let ledger = at.reads.ledger(origin);
    let cites: Vec<CiteMark> = (0..)
        .take(prose.cites.len())
        .map(|cite| match ledger.of_statement(By::Text(spot, cite)) {
            [placed] => mark(at, placed, &root, marks),
            _ => CiteMark::Withheld,
        })
        .collect();
    let shown = match spot {
        Spot::Body => super::embeds::of(at, origin, prose),
        _ => Vec::new(),
    };
    let placed = match spot {
        Spot::Body => super::placed::of(at, origin, prose),
        _ => Vec::new(),
    };
    let ink = Ink {
        embeds: &shown,
        placed: &placed,
        from_right: is_from_right(super::shell::tag(at)),
        language: at.language,
        ids,
        links: &links,
        cites: &cites,
        trust_html: at.config.trust_html,
        indicators: at.reads.indicators(),
        lines,
    };
    html::write(&prose.body, &ink, out);
}

pub(super) fn anchor(
    at: &At<'_>,
    own: &Body,
    link: &Link,
    target: &Target<PageId>,
    root: &str,
    own_ids: &Ids,
) -> Anchor {
    let to = |address: &str, words: Option<String>| Anchor::To {
        href: format!("{root}{}", at.path(address)),
        words,
    };
    match target {
        Target::Entry(id, place) => {
            let path = at.card(*id).path();
            let mut href = String::with_capacity(root.len() + path.len());
            href.push_str(root);
            href.push_str(path);
            if let Some(place) = place {
                let place = at.reads.place(at.shared, *id, *place, at.config.trust_html);
                href.push_str(&place.map(fragment).unwrap_or_default());
            }
            let words = replacement(&at.reads, own, link, target);
            Anchor::To { href, words }
        }
        Target::Own(Some(place)) => match own_ids.at(*place) {
            Some(id) => Anchor::To {
                href: fragment(id),
                words: replacement(&at.reads, own, link, target),
            },
            None => Anchor::Plain,
        },
        Target::Own(None) => Anchor::To {
            href: "#main".to_owned(),
            words: None,
        },
        Target::Home => to("", None),
        Target::Index(kind) => match at.reads.has_index(*kind) {
            true => to(&format!("{}/", kind.folder()), None),
            false => Anchor::Plain,
        },
        Target::File(path) => to(path, None),
        Target::External(url) => Anchor::Out {
            href: url.to_string(),
        },
        Target::Defanged(url) => Anchor::Defanged(crate::model::indicator::defang(url)),
        Target::Withheld | Target::Broken => Anchor::Plain,
    }
}

/// The ids of a text as its page prints them: HTML that is passed on as it is keeps those that were typed.
pub(super) fn printed(body: &Body, trust_html: bool) -> Ids {
    let mut ids = Ids::of(body);
    if trust_html {
        ids.raw = body.ids.iter().map(|raw| raw.id.to_string()).collect();
    }
    ids
}

/// For every heading of a text the links in its words.
pub(super) fn heading_links(body: &Body) -> Vec<Vec<u32>> {
    let mut links = vec![Vec::new(); body.headings.len()];
    let mut within = None;
    for event in &body.events {
        match *event {
            Event::Start(Tag::Heading(at)) => within = Some(at as usize),
            Event::End(Tag::Heading(_)) => within = None,
            Event::Start(Tag::Link(at)) => {
                let links = within.and_then(|within| links.get_mut(within));
                links
                    .into_iter()
                    .for_each(|links: &mut Vec<u32>| links.push(at));
            }
            _ => {}
        }
    }
    links
}

pub(super) fn mark(at: &At<'_>, placed: &Placed, root: &str, marks: Marks) -> CiteMark {
    let Some(source) = placed.source else {
        return CiteMark::Withheld;
    };
    let mut anchor = String::with_capacity(64);
    super::cites::anchor(&at.reads, source, placed.nth, &mut anchor);
    let place = placed.at.as_deref().unwrap_or("");
    let note = match marks {
        Marks::Noted => {
            let mut note = String::with_capacity(384);
            if let Some(card) = at.source(source) {
                write_note(at.language, card, placed, root, &mut note);
            }
            Note::Margin(note)
        }
        Marks::Bare | Marks::Again => Note::Title(place.to_owned()),
    };
    CiteMark::Source {
        number: placed.number,
        anchor,
        note,
        same: crate::text::hash(place.as_bytes()) ^ u64::from(source.0),
    }
}

/// The note in the margin: number, publisher and year, place in the source, grade.
fn write_note(
    language: &Language,
    card: &SourceCard,
    placed: &Placed,
    root: &str,
    out: &mut String,
) {
    let escaped = |before: &str, text: &str, after: &str, out: &mut String| {
        out.push_str(before);
        html::escape(text, out);
        out.push_str(after);
    };
    out.push_str("<span class=\"no\">");
    markup::number(placed.number, out);
    escaped("</span> <a href=\"", root, "", out);
    escaped("", &card.path, "\">", out);
    escaped("", &card.short, "</a>", out);
    if let Some(place) = &placed.at {
        escaped(", ", place, "", out);
    }
    if let Some((grade, meaning)) = &card.grade {
        escaped(
            " <span class=\"grade\">",
            grade,
            "<span class=\"tip\">",
            out,
        );
        escaped("", meaning, "</span></span>", out);
    }
    card.caveats(language, root, out);
}

/// What introduces a page that is not an entry.
#[derive(Default)]
pub(super) struct Introduction<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) summary: Option<Html>,
    pub(super) body: Html,
    pub(super) references: Html,
}

/// The introduction of the home page or of an index.
pub(super) fn introduction<'a>(at: &At<'a>, of: Option<Kind>) -> Introduction<'a> {
    let Some((index, intro)) = at.reads.intro(of) else {
        return Introduction::default();
    };
    let origin = Origin::Intro(index);
    Introduction {
        title: intro.title.as_deref(),
        summary: super::words::summary(at, origin, intro.summary.as_ref()),
        body: body(
            at,
            origin,
            &intro.prose,
            &printed(&intro.prose.body, at.config.trust_html),
        ),
        references: super::cites::references(at, origin),
    }
}
