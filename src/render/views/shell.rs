//! What every page has: head, navigation, marking.

use super::reads::Reads;
use super::shape::{Marking, NavLink, Shell, SiteView, Step};
use super::{At, trail};
use crate::config::look::published;
use crate::config::{Config, NavTarget};
use crate::model::lang::is_from_right;
use crate::model::{Entry, Family, Kind, PageId, Tlp};
use crate::plan::navigation::{is_route, page_address};
use crate::plan::{
    DATA, Page, Site, TextOf, address, chronicle_address, family_address, feed_address,
};
use crate::release::Release;
use crate::render::language::{Language, Languages, names};
use crate::render::{Html, markup};
use tera::Value;

/// What every page may use under `site`: it depends on the configuration and on which kinds there
/// are, so that it changes rarely.
#[must_use]
pub fn site(site: &Site, config: &Config, languages: &Languages) -> Value {
    let release = &site.release;
    Value::from_serializable(&SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        lang: config.language.clone(),
        authors: config.authors.clone(),
        navigation: navigation(site, config, languages.first()),
        home: address::path("", config.links),
        search: address::path("search/", config.links),
        names: address::path("names/", config.links),
        timeline: (site.chronicle.is_told())
            .then(|| address::path(&chronicle_address(1), config.links)),
        data: (config.exports.any()).then(|| address::path(DATA, config.links)),
        tags: (release.tagged).then(|| address::path("tags/", config.links)),
        lists: lists(site, config, languages.first()),
        audience: marking(release.audience),
        smart_punctuation: config.smart_punctuation,
        stylesheets: config.look.stylesheets().collect(),
        logo: (config.look.logo.as_ref()).map(|it| published(&it.value)),
    })
}

/// The lists of what entries have in common.
fn lists(site: &Site, config: &Config, language: &Language) -> Vec<Step> {
    let families = Family::ALL.into_iter();
    let families = families.filter(|&family| site.shelves.has(family));
    { families }.map(|it| list(it, config, language)).collect()
}

fn list(family: Family, config: &Config, language: &Language) -> Step {
    Step {
        text: language.say(names::family(family).heading).to_owned(),
        path: Some(address::path(&family_address(family), config.links)),
    }
}

/// The items of the navigation.
pub(super) fn navigation(site: &Site, config: &Config, language: &Language) -> Vec<NavLink> {
    let release = &site.release;
    let has = |kind: Kind| release.kinds.contains(&kind);
    let index = |kind: Kind, text: String| NavLink {
        text,
        path: Some(address::path(&format!("{}/", kind.folder()), config.links)),
        url: None,
        section: kind.folder().to_owned(),
    };
    let items = config.navigation.iter();
    let mut items = items.filter(|item| leads(site, &item.to)).peekable();
    // Of items that lead nowhere nothing remains, also where there is no other.
    if items.peek().is_none() {
        let kinds = Kind::ALL.into_iter().filter(|&kind| has(kind));
        let kinds =
            kinds.map(|kind| index(kind, language.say(names::kind(kind).heading).to_owned()));
        let pages = pages(release).map(|page| NavLink {
            text: page.title.clone(),
            path: Some(address::path(&page.route(), config.links)),
            url: None,
            section: page.route().trim_end_matches('/').to_owned(),
        });
        return kinds.chain(pages).collect();
    }
    items
        .map(|item| match &item.to {
            NavTarget::Index(kind) => index(*kind, item.label.clone()),
            NavTarget::Path(path) => NavLink {
                text: item.label.clone(),
                path: Some(address::path(&page_address(path), config.links)),
                url: None,
                section: path.trim_matches('/').to_owned(),
            },
            NavTarget::External(url) => NavLink {
                text: item.label.clone(),
                path: None,
                url: Some(url.to_string()),
                section: String::new(),
            },
        })
        .collect()
}

/// The pages about the dossier that the navigation names by itself, by slug: it stands on every page, so that no title
/// that is not for everyone may stand in it.
fn pages(release: &Release) -> impl Iterator<Item = &Entry<PageId>> {
    // They stand behind all entries.
    let first = (release.pages).partition_point(|page| page.kind.is_of_entries());
    let pages = (first..release.pages.len()).filter_map(|at| release.pages.get(at));
    pages
        .map(|page| &**page)
        .filter(|page| page.tlp == Tlp::Clear)
}

/// The items of the navigation on a page that lies in a section.
fn navigation_links(at: &At<'_>, section: &str) -> Html {
    let mut html = String::with_capacity(1024);
    let out = &mut html;
    let address = at.route.address.trim_end_matches('/');
    for item in at.shared.navigation(at.language) {
        out.push_str("\n<li>");
        match (&item.path, &item.url) {
            (Some(path), _) => {
                out.push_str("<a href=\"");
                out.push_str(&at.root);
                markup::text(path, out);
                let of_section = !section.is_empty() && item.section == section;
                let current = of_section || !address.is_empty() && item.section == address;
                out.push_str(if current {
                    "\" aria-current=\"true\">"
                } else {
                    "\">"
                });
                markup::text(&item.text, out);
                out.push_str("</a>");
            }
            (None, url) => {
                markup::link_out(url.as_deref().unwrap_or(""), "", &item.text, out);
            }
        }
        out.push_str("</li>");
    }
    Html(html)
}

/// Whether there is a page of a kind at an address. They stand by kind and slug.
fn stands(release: &Release, kind: Kind, address: &str) -> bool {
    let slug = address.trim_end_matches('/').rsplit('/').next();
    let place = (kind, slug.unwrap_or(""));
    let at = (release.pages).partition_point(|page| (page.kind, page.slug.as_str()) < place);
    (release.pages.get(at)).is_some_and(|page| page.route() == address)
}

/// Whether an item of the navigation leads to something that is published: what is withheld has no name
/// there either.
fn leads(site: &Site, to: &NavTarget) -> bool {
    let release = &site.release;
    let has = |kind: Kind| release.kinds.contains(&kind);
    match to {
        NavTarget::External(_) => true,
        NavTarget::Index(kind) => has(*kind),
        NavTarget::Path(path) => {
            let address = page_address(path);
            let first = address.split('/').next().unwrap_or("");
            match Kind::from_folder(first) {
                Some(kind) if address == format!("{first}/by-date/") => has(kind),
                Some(kind) => stands(release, kind, &address),
                None if first == "tags" => release.tagged,
                None => is_route(site, &address),
            }
        }
    }
}

/// A marking as templates see it.
pub(super) fn marking(tlp: Tlp) -> Marking {
    Marking {
        name: tlp.name(),
        class: markup::tlp_class(tlp),
        page_class: match tlp {
            Tlp::Clear => "p-clear",
            Tlp::Green => "p-green",
            Tlp::Amber => "p-amber",
            Tlp::AmberStrict => "p-amber-strict",
            Tlp::Red => "p-red",
        },
        label: tlp.label(),
        raised: tlp > Tlp::Clear,
    }
}

/// A marking where it is above CLEAR.
pub(super) fn raised(tlp: Option<Tlp>) -> Option<Tlp> {
    tlp.filter(|&tlp| tlp > Tlp::Clear)
}

/// Its label.
pub(super) fn label(tlp: Option<Tlp>) -> Option<Html> {
    raised(tlp).map(|tlp| Html::of(|out| markup::tlp(tlp, out)))
}

/// The language of a page.
pub(super) fn tag<'a>(at: &At<'a>) -> &'a str {
    tag_of(at.config, at.page, &at.reads)
}

/// The same, before there is all that a view draws from.
pub(super) fn tag_of<'a>(config: &'a Config, page: &Page, reads: &Reads<'a>) -> &'a str {
    let entry = match page.text() {
        Some(TextOf::Entry(id)) => Some(reads.page(id)),
        Some(TextOf::Intro(_)) | None => None,
    };
    let lang = entry.and_then(|entry| entry.lang.as_deref());
    lang.unwrap_or(&config.language)
}

/// The shell of a page with a title of its own.
pub(super) fn shell<'a>(
    at: &At<'a>,
    title: String,
    kind: &'static str,
    section: &'static str,
) -> Shell<'a> {
    let config = at.config;
    let canonical = if let Page::Redirect(to) = at.page {
        &at.reads.route(*to)
    } else {
        &at.route.address
    };
    let description = match at.page.entry() {
        Some(id) => {
            let told = at.reads.page(id).summary.is_some();
            let summary = at.told(id).summary.as_deref();
            summary.filter(|_| told)
        }
        None => (config.description.as_deref()).filter(|_| *at.page == Page::Home),
    };
    let lang = tag(at);
    let trail = trail::of(at);
    let kind_of_feed = Kind::from_folder(section).filter(|&kind| at.reads.has_index(kind));
    Shell {
        title,
        description,
        lang,
        from_right: is_from_right(lang),
        canonical: address::absolute(config, canonical),
        kind,
        feed: at.path(&feed_address(kind_of_feed, "xml")),
        json_feed: at.path(&feed_address(kind_of_feed, "json")),
        section,
        navigation: navigation_links(at, section),
        trail,
        lists: (at.reads.families())
            .map(|family| list(family, config, at.language))
            .collect(),
        tlp: marking(at.reads.shown()),
        noindex: !at.page.is_listed(),
    }
}
