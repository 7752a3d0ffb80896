//! The infobox: what one wants to know at a glance.

use super::cites::Marks;
use super::{At, attack, cards, cites, facts, label, shell};
use crate::model::{Details, Entry, PageId, Relation, Tlp, Verb};
use crate::plan::Statement;
use crate::plan::graph::Origin;
use crate::render::{Html, markup};

/// How many entries of one relation the infobox holds.
const MOST: usize = 4;

/// The rows of an entry's infobox.
pub(super) fn of(at: &At<'_>, id: PageId) -> Vec<Html> {
    let page = at.site().release.page(id);
    let mut rows = Vec::new();
    if page.fact("dates").is_none()
        && let Some(date) = page.date
        && page.evidence().is_none()
    {
        rows.push(words(
            if page.kind == crate::model::Kind::Note || page.fact("first_seen").is_some() {
                "Date"
            } else {
                "When"
            },
            date.to_string(),
        ));
    }
    for (index, fact) in (0..).zip(&page.facts) {
        rows.push(of_fact(at, id, index, fact));
    }
    rows.extend(details(at, page));
    for (verb, label) in SHOWN {
        let relations: Vec<(u32, &Relation<PageId>)> = (0..)
            .zip(&page.relations)
            .filter(|(_, relation)| relation.verb == verb && !relation.denied)
            .collect();
        if !relations.is_empty() {
            rows.push(of_relations(at, id, label, &relations));
        }
    }
    // Ids for machines (MISP, STIX) are for the exports.
    rows.extend(
        page.external_ids
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "misp" | "stix"))
            .map(|(name, value)| external_id(name, value)),
    );
    rows
}

/// The relations that the infobox shows, and what they are called there.
const SHOWN: [(Verb, &str); 8] = [
    (Verb::AttributedTo, "Attributed to"),
    (Verb::PartOf, "Part of"),
    (Verb::MemberOf, "Member of"),
    (Verb::Targets, "Targets"),
    (Verb::RoutedThrough, "Routed through"),
    (Verb::LocatedAt, "Place"),
    (Verb::OriginatesFrom, "Origin"),
    (Verb::AuthoredBy, "Written by"),
];

/// A row of one value that is words.
fn words(label: &str, text: impl AsRef<str>) -> Html {
    row(label, |out| markup::text(text.as_ref(), out))
}

/// A row of one value.
fn row(label: &str, write: impl FnOnce(&mut String)) -> Html {
    Html::of(|out| {
        term(label, out);
        value(out, write);
    })
}

/// What a row is about.
fn term(label: &str, out: &mut String) {
    out.push_str("<dt>");
    markup::text(label, out);
    out.push_str("</dt>");
}

/// One of a row's values.
fn value(out: &mut String, write: impl FnOnce(&mut String)) {
    out.push_str("<dd>");
    write(out);
    out.push_str("</dd>");
}

/// Writes words that lead to where on the page more is said.
fn more(id: &str, words: &str, out: &mut String) {
    out.push_str("<a href=\"#");
    markup::text(id, out);
    out.push_str("\">");
    markup::text(words, out);
    out.push_str("</a>");
}

/// The same as a remark: sources differ.
fn differ(id: &str, words: &str, out: &mut String) {
    out.push_str(" <a class=\"differ\" href=\"#");
    markup::text(id, out);
    out.push_str("\">");
    markup::text(words, out);
    out.push_str("</a>");
}

/// Writes a marking where it is above CLEAR.
fn tlp(tlp: Option<Tlp>, out: &mut String) {
    if let Some(tlp) = shell::raised(tlp) {
        out.push(' ');
        markup::tlp(tlp, out);
    }
}

fn of_fact(at: &At<'_>, id: PageId, index: u32, fact: &crate::model::Fact<PageId>) -> Html {
    let label = facts::label(&fact.name);
    let Some(version) = fact.chosen() else {
        return row(&label, |out| {
            out.push_str("sources differ");
            let words = format!("{} versions, none chosen", fact.versions.len());
            differ(&facts::id(&fact.name), &words, out);
        });
    };
    let version_at = fact
        .versions
        .iter()
        .position(|it| std::ptr::eq(it, version))
        .unwrap_or(0);
    let statement = Statement::Version(index, cites::count(version_at));
    let several = fact.versions.len() > 1;
    let marks = if several { Marks::Again } else { Marks::Bare };
    row(&label, |out| {
        markup::text(&facts::text(&version.value), out);
        cites::write(at, Origin::Page(id), statement, marks, out);
        tlp(version.tlp, out);
        if several {
            differ(&facts::id(&fact.name), "sources differ", out);
            return;
        }
        let as_of = version.as_of.map(|date| format!("as of {date}"));
        let quiet = as_of.as_deref().or(version.note.as_deref());
        if let Some(quiet) = quiet.filter(|quiet| !quiet.is_empty()) {
            out.push_str(" <span class=\"quiet\">");
            markup::text(quiet, out);
            out.push_str("</span>");
        }
    })
}

fn of_relations(
    at: &At<'_>,
    id: PageId,
    label: &str,
    relations: &[(u32, &Relation<PageId>)],
) -> Html {
    let mut html = String::with_capacity(512);
    term(label, &mut html);
    for &(index, relation) in relations.iter().take(MOST) {
        value(&mut html, |out| {
            at.link(relation.target, out);
            if let Some(sure) = relation.confidence {
                out.push_str(", ");
                markup::sure(sure, out);
            }
            let statement = Statement::Relation(index);
            cites::write(at, Origin::Page(id), statement, Marks::Again, out);
            tlp(label::of_relation(at.site(), id, id, relation), out);
        });
    }
    if relations.len() > MOST {
        value(&mut html, |out| {
            let words = format!("and {} more", relations.len() - MOST);
            more("page-relations", &words, out);
        });
    }
    Html(html)
}

fn details(at: &At<'_>, page: &Entry<PageId>) -> Vec<Html> {
    let text =
        |label: &str, value: &Option<String>| value.as_ref().map(|value| words(label, value));
    let list = |label: &str, values: &[String]| {
        (!values.is_empty()).then(|| words(label, values.join(", ")))
    };
    let rows = match &page.details {
        Details::Actor { sophistication } => vec![text("Sophistication", sophistication)],
        Details::Malware {
            platforms,
            types,
            is_family,
        } => vec![
            list("Type", types),
            list("Platforms", platforms),
            (!is_family).then(|| words("Form", "a single sample")),
        ],
        Details::Tool { platforms, types } => {
            vec![list("Type", types), list("Platforms", platforms)]
        }
        Details::Technique { tactics } => vec![list("Tactics", tactics)],
        Details::Vulnerability { cvss } => vec![text("CVSS", cvss)],
        Details::Person { nationality, legal } => vec![
            (!legal.is_empty()).then(|| {
                let all: Vec<&str> = legal.iter().map(|legal| legal.status.word()).collect();
                row("Legal status", |out| {
                    more("page-legal", &all.join(", "), out)
                })
            }),
            text("Nationality", nationality),
        ],
        Details::Organisation { country, .. } => {
            vec![country.map(|country| row("Country", |out| at.link(country, out)))]
        }
        Details::Place { code, lat, lon, .. } => vec![
            text("ISO 3166", code),
            lat.as_ref()
                .zip(lon.as_ref())
                .map(|(lat, lon)| words("Coordinates", format!("{lat}, {lon}"))),
        ],
        Details::Source(evidence) => {
            let (publisher, publisher_page) = cards::named(at.site(), &evidence.publisher);
            vec![
                Some(row("Publisher", |out| match publisher_page {
                    Some(id) => at.link(id, out),
                    None => markup::text(publisher, out),
                })),
                page.date.map(|date| words("Published", date.to_string())),
                text("Language", &evidence.language),
            ]
        }
        Details::Campaign | Details::Incident { .. } | Details::Note { .. } => Vec::new(),
    };
    rows.into_iter().flatten().collect()
}

fn external_id(name: &str, value: &str) -> Html {
    let (label, url) = match name {
        "attack" => ("ATT&CK".to_owned(), attack::url(value)),
        "cve" => ("CVE".to_owned(), attack::cve_url(value)),
        other => (other.to_owned(), None),
    };
    row(&label, |out| match url {
        Some(url) => markup::link_out(&url, "", value, out),
        None => markup::text(value, out),
    })
}
