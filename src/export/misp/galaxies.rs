//! Tags of galaxies: what an event is attributed to, uses and targets, by the names that MISP finds clusters by.
//!
//! Takes an entry; gives a tag for each relation that a tag can say, and for the entry itself. ATT&CK's clusters have the id
//! behind their name; what has none is named under a galaxy that anybody adds to.

use super::Tag;
use crate::export::pages::Pages;
use crate::model::{Entry, Kind, PageId, Relation, Verb};
use std::collections::BTreeSet;

pub(super) fn of(release: Pages<'_>, entry: &Entry<PageId>) -> BTreeSet<Tag> {
    let relations = entry.statements.relations().map(|it| it.what);
    let held = relations.filter(|relation| !relation.denied && is_told(relation.verb));
    let targets = held.map(|Relation { target, .. }| release.page(*target));
    [entry].into_iter().chain(targets).filter_map(tag).collect()
}

/// Whether a tag can say it: an event that bears the name of a cluster is by it, part of it, uses it or targets it.
fn is_told(verb: Verb) -> bool {
    match verb {
        Verb::AttributedTo | Verb::PartOf | Verb::Uses | Verb::Targets => true,
        Verb::MemberOf
        | Verb::EmployedBy
        | Verb::Hosts
        | Verb::Controls
        | Verb::CommunicatesWith
        | Verb::Owns
        | Verb::Exploits
        | Verb::RoutedThrough
        | Verb::OriginatesFrom
        | Verb::LocatedAt
        | Verb::AuthoredBy
        | Verb::VariantOf
        | Verb::Drops
        | Verb::Downloads
        | Verb::Impersonates
        | Verb::InvestigatedBy
        | Verb::DerivedFrom
        | Verb::DuplicateOf
        | Verb::RelatedTo => false,
    }
}

fn tag(entry: &Entry<PageId>) -> Option<Tag> {
    let mut ids = entry.external_ids.iter();
    let attack = ids.find(|(name, id)| name == "attack" && id.tlp.is_none_or(|it| it <= entry.tlp));
    let attack = attack.map(|(_, id)| id.value.as_str());
    let galaxy = match (entry.kind, attack) {
        (Kind::Actor, _) => "threat-actor",
        (Kind::Campaign, Some(_)) => "mitre-campaign",
        (Kind::Malware, Some(_)) => "mitre-malware",
        (Kind::Tool, Some(_)) => "mitre-tool",
        (Kind::Malware | Kind::Tool, None) => "tool",
        (Kind::Technique, Some(_)) => "mitre-attack-pattern",
        (Kind::Place, _) => "target-information",
        (
            Kind::Campaign
            | Kind::Technique
            | Kind::Incident
            | Kind::Vulnerability
            | Kind::Person
            | Kind::Organisation
            | Kind::Infrastructure
            | Kind::Note
            | Kind::Page
            | Kind::Source,
            _,
        ) => return None,
    };
    let id = attack.filter(|_| galaxy.starts_with("mitre-"));
    let id = id.map_or_else(String::new, |id| format!(" - {id}"));
    // A tag ends with its last quotation mark.
    let name = entry.title.replace('"', "'");
    Some(Tag::of_galaxy(format!(
        "misp-galaxy:{galaxy}=\"{name}{id}\""
    )))
}
