//! The infobox: what one wants to know at a glance.

use super::shape::{Item, Pair};
use super::{At, attack, cards, cites, facts, label, shell};
use crate::model::{Details, Entry, PageId, Relation, Verb};
use crate::plan::Statement;
use crate::plan::graph::Origin;

/// How many entries of one relation the infobox holds.
const MOST: usize = 4;

/// The rows of an entry's infobox.
pub(super) fn of(at: &At<'_>, id: PageId) -> Vec<Pair> {
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

fn item(text: impl Into<String>) -> Item {
    Item {
        text: text.into(),
        card: None,
        url: None,
        sure: None,
        quiet: None,
        more: None,
        tlp: None,
        cites: Vec::new(),
    }
}

fn words(label: &str, text: impl Into<String>) -> Pair {
    Pair {
        label: label.to_owned(),
        items: vec![item(text)],
    }
}

fn of_fact(at: &At<'_>, id: PageId, index: u32, fact: &crate::model::Fact<PageId>) -> Pair {
    let mut items = Vec::new();
    if let Some(version) = fact.chosen() {
        let version_at = fact
            .versions
            .iter()
            .position(|it| std::ptr::eq(it, version))
            .unwrap_or(0);
        let marks = cites::of(
            at,
            Origin::Page(id),
            Statement::Version(index, cites::count(version_at)),
        );
        let several = fact.versions.len() > 1;
        let as_of = version.as_of.map(|date| format!("as of {date}"));
        items.push(Item {
            quiet: if several {
                Some("sources differ".to_owned())
            } else {
                as_of.or_else(|| version.note.clone())
            },
            more: several.then(|| facts::id(&fact.name)),
            tlp: shell::raised(version.tlp),
            cites: if several { cites::again(marks) } else { marks },
            ..item(facts::text(&version.value))
        });
    } else {
        items.push(Item {
            quiet: Some(format!("{} versions, none chosen", fact.versions.len())),
            more: Some(facts::id(&fact.name)),
            ..item("sources differ")
        });
    }
    Pair {
        label: facts::label(&fact.name),
        items,
    }
}

fn of_relations(
    at: &At<'_>,
    id: PageId,
    label: &str,
    relations: &[(u32, &Relation<PageId>)],
) -> Pair {
    let mut items: Vec<Item> = relations
        .iter()
        .take(MOST)
        .map(|&(index, relation)| Item {
            card: Some(at.cards().entry(relation.target)),
            sure: cites::sure(relation.confidence),
            tlp: shell::raised(label::of_relation(at.site(), id, id, relation)),
            cites: cites::again(cites::of(at, Origin::Page(id), Statement::Relation(index))),
            ..item("")
        })
        .collect();
    if relations.len() > MOST {
        items.push(Item {
            more: Some("page-relations".to_owned()),
            ..item(format!("and {} more", relations.len() - MOST))
        });
    }
    Pair {
        label: label.to_owned(),
        items,
    }
}

fn details(at: &At<'_>, page: &Entry<PageId>) -> Vec<Pair> {
    let text = |label: &str, value: &Option<String>| {
        value.as_ref().map(|value| words(label, value.clone()))
    };
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
                Pair {
                    label: "Legal status".to_owned(),
                    items: vec![Item {
                        more: Some("page-legal".to_owned()),
                        ..item(all.join(", "))
                    }],
                }
            }),
            text("Nationality", nationality),
        ],
        Details::Organisation { country, .. } => vec![country.map(|country| Pair {
            label: "Country".to_owned(),
            items: vec![Item {
                card: Some(at.cards().entry(country)),
                ..item("")
            }],
        })],
        Details::Place { code, lat, lon, .. } => vec![
            text("ISO 3166", code),
            lat.as_ref()
                .zip(lon.as_ref())
                .map(|(lat, lon)| words("Coordinates", format!("{lat}, {lon}"))),
        ],
        Details::Source(evidence) => {
            let (publisher, publisher_page) = cards::named(at.site(), &evidence.publisher);
            vec![
                Some(Pair {
                    label: "Publisher".to_owned(),
                    items: vec![Item {
                        card: publisher_page.map(|id| at.cards().entry(id)),
                        ..item(publisher)
                    }],
                }),
                page.date.map(|date| words("Published", date.to_string())),
                text("Language", &evidence.language),
            ]
        }
        Details::Campaign | Details::Incident { .. } | Details::Note { .. } => Vec::new(),
    };
    rows.into_iter().flatten().collect()
}

fn external_id(name: &str, value: &str) -> Pair {
    let (label, url) = match name {
        "attack" => ("ATT&CK".to_owned(), attack::url(value)),
        "cve" => ("CVE".to_owned(), attack::cve_url(value)),
        other => (other.to_owned(), None),
    };
    Pair {
        label,
        items: vec![Item { url, ..item(value) }],
    }
}
