//! What every page has: head, navigation, marking.

use super::At;
use super::shape::{Marking, NavLink, Shell, SiteView};
use crate::config::{Config, NavTarget};
use crate::model::body::Target;
use crate::model::{Details, Entry, Kind, PageId, Prose, Tlp};
use crate::plan::graph::Origin;
use crate::plan::{PER_PAGE, Page, Site, address};
use crate::release::Release;
use tera::Value;

/// What every page may use under `site`: it depends on the configuration and on which kinds there
/// are, so that it changes rarely.
#[must_use]
pub fn site(release: &Release, config: &Config) -> Value {
    let has = |kind: Kind| release.pages.iter().any(|page| page.kind == kind);
    let index = |kind: Kind, text: String| NavLink {
        text,
        path: Some(address::path(&format!("{}/", kind.folder()), config.links)),
        url: None,
        section: kind.folder().to_owned(),
    };
    let navigation = if config.navigation.is_empty() {
        Kind::ALL
            .into_iter()
            .filter(|&kind| has(kind))
            .map(|kind| index(kind, kind.heading().to_owned()))
            .collect()
    } else {
        config
            .navigation
            .iter()
            .map(|item| match &item.to {
                NavTarget::Index(kind) => index(*kind, item.label.clone()),
                NavTarget::Path(path) => NavLink {
                    text: item.label.clone(),
                    path: Some(address::path(path.trim_start_matches('/'), config.links)),
                    url: None,
                    section: path.trim_matches('/').to_owned(),
                },
                NavTarget::External(url) => NavLink {
                    text: item.label.clone(),
                    path: None,
                    url: Some(url.clone()),
                    section: String::new(),
                },
            })
            .collect()
    };
    Value::from(SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        lang: config.language.clone(),
        authors: config.authors.clone(),
        navigation,
        home: address::path("", config.links),
        tags: (release.pages.iter().any(|page| !page.tags.is_empty()))
            .then(|| address::path("tags/", config.links)),
        audience: marking(release.audience),
    })
}

/// A marking as templates see it.
pub(super) fn marking(tlp: Tlp) -> Marking {
    Marking {
        name: tlp.name().to_owned(),
        class: format!("tlp-{}", tlp.name().replace('+', "-")),
        label: tlp.label().to_owned(),
        raised: tlp > Tlp::Clear,
    }
}

/// A marking where it is above CLEAR.
pub(super) fn raised(tlp: Option<Tlp>) -> Option<Marking> {
    tlp.filter(|&tlp| tlp > Tlp::Clear).map(marking)
}

/// The shell of a page.
pub(super) fn shell(at: &At<'_>) -> Shell {
    let site = at.site();
    let config = at.renderer.config;
    let release = &site.release;
    let entry = |id: PageId| release.page(id);
    let (title, kind, section) = match &at.route.page {
        Page::Home => (config.title.clone(), "home".to_owned(), String::new()),
        Page::Entry(id) => of_entry(entry(*id)),
        Page::Cited(id, number) | Page::Mentions(id, number) | Page::Relations(id, number) | Page::Timeline(id, number) => {
            let (title, kind, section) = of_entry(entry(*id));
            (format!("{title}, page {number}"), kind, section)
        }
        Page::Index(kind, _, number) => (
            numbered(kind.heading(), *number),
            "index".to_owned(),
            kind.folder().to_owned(),
        ),
        Page::Tag(tag, number) => {
            let name = site.tags.get(*tag as usize).map_or("", |tag| &tag.name);
            (
                numbered(name, *number),
                "index".to_owned(),
                "tags".to_owned(),
            )
        }
        Page::Tags => ("Tags".to_owned(), "tags".to_owned(), "tags".to_owned()),
        Page::Name(name) => {
            let name = site
                .contested
                .get(*name as usize)
                .map_or("", |contested| &contested.name);
            (name.to_owned(), "name".to_owned(), String::new())
        }
        Page::Redirect(_) => (
            "This page has moved".to_owned(),
            "redirect".to_owned(),
            String::new(),
        ),
        _ => (
            "There is no such page".to_owned(),
            "missing".to_owned(),
            String::new(),
        ),
    };
    let canonical = match &at.route.page {
        Page::Redirect(to) => to,
        _ => &at.route.address,
    };
    let description = match &at.route.page {
        Page::Entry(id) => entry(*id).summary.clone(),
        Page::Home => config.description.clone(),
        _ => None,
    };
    let lang = match &at.route.page {
        Page::Entry(id) => entry(*id).lang.clone(),
        _ => None,
    };
    let kind_of_feed = Kind::from_folder(&section).filter(|&kind| site.index(kind).is_some());
    Shell {
        title,
        description,
        lang: lang.unwrap_or_else(|| config.language.clone()),
        canonical: address::absolute(config, canonical),
        kind,
        feed: at.path(&kind_of_feed.map_or_else(
            || "feed.xml".to_owned(),
            |kind| format!("{}/feed.xml", kind.folder()),
        )),
        section,
        tlp: marking(shown(at)),
        noindex: matches!(at.route.page, Page::Redirect(_) | Page::NotFound),
    }
}

fn numbered(title: &str, number: u32) -> String {
    if number > 1 {
        format!("{title}, page {number}")
    } else {
        title.to_owned()
    }
}

fn of_entry(page: &Entry<PageId>) -> (String, String, String) {
    (
        page.title.clone(),
        page.kind.name().to_owned(),
        page.kind.folder().to_owned(),
    )
}

/// The highest marking of what a page shows.
fn shown(at: &At<'_>) -> Tlp {
    let site = at.site();
    let highest = |ids: &[PageId]| {
        ids.iter()
            .map(|&id| site.release.page(id).tlp)
            .max()
            .unwrap_or_default()
    };
    let part = |ids: &[PageId], number: u32| {
        highest(
            ids.chunks(PER_PAGE)
                .nth(number.saturating_sub(1) as usize)
                .unwrap_or(&[]),
        )
    };
    match &at.route.page {
        Page::Entry(id) | Page::Cited(id, _) | Page::Mentions(id, _) | Page::Relations(id, _) | Page::Timeline(id, _) => {
            of_page(site, *id)
        }
        Page::Index(kind, order, number) => {
            let ids = site.index(*kind).map_or(&[][..], |index| match order {
                crate::plan::Order::Name => &index.by_name,
                crate::plan::Order::Date => &index.by_date,
            });
            let intro = site
                .release
                .intros
                .iter()
                .filter(|intro| intro.of == Some(*kind));
            intro
                .map(|intro| of_prose(site, &intro.prose).max(intro.tlp))
                .max()
                .unwrap_or_default()
                .max(part(ids, *number))
        }
        Page::Tag(tag, number) => site
            .tags
            .get(*tag as usize)
            .map_or(Tlp::Clear, |tag| part(&tag.pages, *number)),
        Page::Name(name) => site
            .contested
            .get(*name as usize)
            .map_or(Tlp::Clear, |name| highest(&name.pages)),
        // The home page and the list of tags draw from everything that is released.
        Page::Home => {
            let intro = site
                .release
                .intros
                .iter()
                .filter(|intro| intro.of.is_none());
            let judgements = site.release.pages.iter().map(|page| match &page.details {
                Details::Note {
                    judgements,
                    key: true,
                } => judgements
                    .iter()
                    .filter_map(|it| it.tlp)
                    .max()
                    .unwrap_or_default(),
                _ => page.tlp,
            });
            intro
                .map(|intro| of_prose(site, &intro.prose).max(intro.tlp))
                .chain(judgements)
                .max()
                .unwrap_or_default()
        }
        Page::Tags => site
            .release
            .pages
            .iter()
            .filter(|page| !page.tags.is_empty())
            .map(|page| page.tlp)
            .max()
            .unwrap_or_default(),
        Page::Redirect(to) => site
            .release
            .pages
            .iter()
            .find(|page| page.route() == *to)
            .map_or(Tlp::Clear, |page| page.tlp),
        _ => Tlp::Clear,
    }
}

fn of_prose(site: &Site, prose: &Prose<PageId>) -> Tlp {
    let marks = prose.body.marks.iter().map(|mark| mark.tlp);
    let lines = prose.body.indicators.iter().filter_map(|line| line.tlp);
    let linked = prose.targets.iter().filter_map(|target| match target {
        Target::Entry(id, _) => Some(site.release.page(*id).tlp),
        _ => None,
    });
    let cited = prose
        .cites
        .iter()
        .filter_map(|cite| cite.source)
        .map(|id| site.release.page(id).tlp);
    marks
        .chain(lines)
        .chain(linked)
        .chain(cited)
        .max()
        .unwrap_or_default()
}

/// The highest marking on an entry's page: of its parts, and of the other ends of what it shows.
fn of_page(site: &Site, id: PageId) -> Tlp {
    let page = site.release.page(id);
    let own = [page.tlp, of_prose(site, &page.prose)].into_iter();
    let aliases = page.aliases.iter().filter_map(|it| it.tlp);
    let facts = page
        .facts
        .iter()
        .flat_map(|fact| &fact.versions)
        .filter_map(|it| it.tlp);
    let relations = page
        .relations
        .iter()
        .flat_map(|it| [it.tlp, Some(site.release.page(it.target).tlp)])
        .flatten();
    let changes = page.changes.iter().filter_map(|it| it.tlp);
    let details: Vec<Tlp> = match &page.details {
        Details::Incident { events, .. } => events.iter().filter_map(|it| it.tlp).collect(),
        Details::Person { legal, .. } => legal.iter().filter_map(|it| it.tlp).collect(),
        Details::Note { judgements, .. } => judgements.iter().filter_map(|it| it.tlp).collect(),
        _ => Vec::new(),
    };
    let incoming = site.graph.incoming(id).iter().flat_map(|edge| {
        let from = site.release.page(edge.from);
        [
            Some(from.tlp),
            from.relations
                .get(edge.relation as usize)
                .and_then(|it| it.tlp),
        ]
    });
    let mentions = site.graph.mentions[id.0 as usize]
        .iter()
        .map(|mention| of_prose_page(site, mention.from));
    let citing = site.graph.citing[id.0 as usize]
        .iter()
        .filter_map(|citing| match citing.from {
            Origin::Page(from) => Some(of_prose_page(site, from)),
            Origin::Intro(_) => None,
        });
    let cited = site
        .graph
        .ledger(Origin::Page(id))
        .references
        .iter()
        .map(|&source| site.release.page(source).tlp);
    own.chain(aliases)
        .chain(facts)
        .chain(relations)
        .chain(changes)
        .chain(details)
        .chain(incoming.flatten())
        .chain(mentions)
        .chain(citing)
        .chain(cited)
        .max()
        .unwrap_or_default()
}

/// What quotes another page may carry of it: its marking and that of its marked parts.
fn of_prose_page(site: &Site, id: PageId) -> Tlp {
    let page = site.release.page(id);
    page.prose
        .body
        .marks
        .iter()
        .map(|mark| mark.tlp)
        .max()
        .unwrap_or_default()
        .max(page.tlp)
}
