//! A galaxy of MISP: the actors of a dossier as clusters of the type `threat-actor`.
//!
//! Takes a subject; gives one file of clusters, as `schema_clusters.json` of MISP has it. What two actors say of each other
//! stands at both, as MISP shows a relation only where it is said. What no key of MISP means is left out, never written
//! under the key of something else.

use super::{Uuids, alone, likelihood, named};
use crate::export::pages::Pages;
use crate::export::text::{body, sentence};
use crate::export::{Subject, marking};
use crate::model::address::Outside;
use crate::model::{
    Alias, Cite, Details, Entry, Kind, Named, Overlap, PageId, Relation, Statement, Tlp, Verb,
    country,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// The type of the clusters, and of the tags that name them.
const TYPE: &str = "threat-actor";

/// What organisations of a state are.
const STATE: [&str; 3] = ["government", "intelligence", "military"];

/// Whose keys of `meta` begin with `cfr-`.
const COUNCIL: &str = "cfr.org";

#[derive(Serialize)]
struct Galaxy<'a> {
    authors: Vec<&'a str>,
    category: &'static str,
    description: String,
    name: &'a str,
    source: &'a str,
    r#type: &'static str,
    uuid: String,
    values: Vec<Cluster<'a>>,
    version: u32,
}

#[derive(Serialize)]
struct Cluster<'a> {
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    meta: BTreeMap<String, Meta>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    related: BTreeSet<Related>,
    uuid: String,
    value: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Meta {
    One(String),
    Many(BTreeSet<String>),
}

/// What a cluster says of another.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Related {
    #[serde(rename = "dest-uuid")]
    to: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    r#type: &'static str,
}

/// What another actor says of one.
#[derive(Default)]
struct Turned {
    related: BTreeSet<Related>,
    tlp: Tlp,
}

pub(in crate::export) fn write(subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
    let release = subject.release();
    let uuids = Uuids::of(subject);
    let actors = actors(subject);
    let mut turned = turned(release, &uuids, &actors);
    let mut highest = Tlp::Clear;
    let mut values = Vec::with_capacity(actors.len());
    for id in &actors {
        let entry = release.page(*id);
        let of = turned.remove(id).unwrap_or_default();
        let mut told = told(release, &uuids, entry);
        let tlp = marking::entry(release, entry).max(of.tlp).max(told.tlp);
        highest = highest.max(tlp);
        let Some(uuid) = uuids.entry(*id) else {
            continue;
        };
        told.put("tlp", named(tlp));
        let mut related = of.related;
        related.extend(related_of(release, &uuids, &actors, entry));
        values.push(Cluster {
            description: match &entry.summary {
                Some(summary) => sentence(release, &summary.value),
                None => body(release, &entry.prose),
            },
            meta: told.done(),
            related,
            uuid,
            value: &entry.title,
        });
    }
    let changed = actors
        .iter()
        .filter_map(|id| release.page(*id).last_changed());
    let day = changed.max().map(|day| day.to_string().replace('-', ""));
    let config = subject.config;
    let galaxy = Galaxy {
        authors: match config.authors.is_empty() {
            true => vec![&config.title],
            false => config.authors.iter().map(String::as_str).collect(),
        },
        category: "actor",
        description: format!("The actors of “{}”. {}", config.title, highest.label()),
        name: &config.title,
        source: &config.base_url,
        r#type: TYPE,
        uuid: alone(uuids.scope.dossier()),
        values,
        version: day.and_then(|day| day.parse().ok()).unwrap_or(1),
    };
    serde_json::to_writer_pretty(&mut *out, &galaxy).map_err(io::Error::from)?;
    writeln!(out)
}

/// The actors that are asked for, and those whom they name, so that no relation has one end.
fn actors(subject: &Subject<'_>) -> BTreeSet<PageId> {
    let release = subject.release();
    let is_actor = |id: &PageId| release.page(*id).kind == Kind::Actor;
    let asked: BTreeSet<PageId> = subject.ids().into_iter().filter(is_actor).collect();
    let entries = asked.iter().map(|id| release.page(*id));
    let named = entries.flat_map(|entry| held(entry).map(|(_, relation)| relation.target));
    let named: BTreeSet<PageId> = named.filter(is_actor).collect();
    &asked | &named
}

/// The relations of an entry that are not denied: MISP has no way to say that something is not so.
fn held(entry: &Entry<PageId>) -> impl Iterator<Item = (&Statement<PageId>, &Relation<PageId>)> {
    let relations = entry.statements.relations();
    let relations = relations.map(|it| (it.statement, it.what));
    relations.filter(|(_, relation)| !relation.denied)
}

/// What actors say of others, as these say it.
fn turned(
    release: Pages<'_>,
    uuids: &Uuids<'_>,
    actors: &BTreeSet<PageId>,
) -> BTreeMap<PageId, Turned> {
    let mut found: BTreeMap<PageId, Turned> = BTreeMap::new();
    for id in actors {
        let entry = release.page(*id);
        for (statement, relation) in held(entry) {
            let Some(to) = uuids
                .entry(*id)
                .filter(|_| actors.contains(&relation.target))
            else {
                continue;
            };
            let [_, word] = words(relation.verb);
            let turned = found.entry(relation.target).or_default();
            turned.tlp = turned
                .tlp
                .max(marking::statement(release, entry, statement));
            turned.related.insert(Related {
                to,
                tags: statement.confidence.map(likelihood).into_iter().collect(),
                r#type: word,
            });
        }
    }
    found
}

/// What an actor says of others: of actors that stand here, and of whatever MISP knows by a UUID of its own.
fn related_of<'a>(
    release: Pages<'a>,
    uuids: &'a Uuids<'_>,
    actors: &'a BTreeSet<PageId>,
    entry: &'a Entry<PageId>,
) -> impl Iterator<Item = Related> + use<'a> {
    held(entry).filter_map(move |(statement, relation)| {
        let target = relation.target;
        let is_event = release.page(target).kind == Kind::Incident;
        let stands = actors.contains(&target) || uuids.is_foreign(target) && !is_event;
        let [word, _] = words(relation.verb);
        Some(Related {
            to: uuids.entry(target).filter(|_| stands)?,
            tags: statement.confidence.map(likelihood).into_iter().collect(),
            r#type: word,
        })
    })
}

/// The words of MISP for a relation and for its other direction; where it has none, that two are related.
fn words(verb: Verb) -> [&'static str; 2] {
    match verb {
        Verb::AttributedTo => ["attributed-to", "related-to"],
        Verb::PartOf => ["part-of", "includes"],
        Verb::MemberOf => ["member-of", "includes"],
        Verb::Uses => ["uses", "used-by"],
        Verb::Targets => ["targets", "targeted-by"],
        Verb::Exploits => ["exploits", "exploited-by"],
        Verb::OriginatesFrom => ["originates-from", "related-to"],
        Verb::LocatedAt => ["located-at", "related-to"],
        Verb::AuthoredBy => ["authored-by", "related-to"],
        Verb::VariantOf => ["variant-of", "related-to"],
        Verb::Drops => ["drops", "dropped-by"],
        Verb::Downloads => ["downloads", "downloaded-by"],
        Verb::Impersonates => ["impersonates", "related-to"],
        Verb::DuplicateOf => ["duplicate-of", "duplicate-of"],
        Verb::EmployedBy
        | Verb::Hosts
        | Verb::Controls
        | Verb::CommunicatesWith
        | Verb::Owns
        | Verb::RoutedThrough
        | Verb::InvestigatedBy
        | Verb::DerivedFrom
        | Verb::RelatedTo => ["related-to", "related-to"],
    }
}

/// What is told of an actor under the keys of MISP.
#[derive(Default)]
struct Told {
    /// The marking of what no statement of the actor names: the state that somebody belongs to.
    tlp: Tlp,
    ones: BTreeMap<String, String>,
    lists: BTreeMap<String, BTreeSet<String>>,
}

impl Told {
    fn add(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.lists
            .entry(key.into())
            .or_default()
            .insert(value.into());
    }

    fn put(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.ones.insert(key.into(), value.into());
    }

    /// What an actor is called, and by whom.
    fn names(&mut self, uuids: &Uuids<'_>, entry: &Entry<PageId>) {
        for alias in entry.statements.aliases() {
            let Alias { name, by, overlap } = alias.what;
            match overlap {
                Overlap::Equal => self.add("synonyms", name),
                // These are no other names of this actor.
                Overlap::Overlaps | Overlap::PartOf => continue,
            }
            match by {
                Some(Named::Entry(by)) => {
                    if let Some(uuid) = uuids.entry(*by) {
                        self.add("name-attribution", format!("{name}:{uuid}"));
                    }
                }
                Some(Named::Text(by)) => self.put(format!("origin:{name}"), by),
                None => {}
            }
        }
        let mut ids = entry.external_ids.iter();
        if let Some((_, id)) = ids.find(|(name, _)| name == "attack") {
            self.put("external_id", &id.value);
        }
    }

    /// The pages that it cites.
    fn pages(&mut self, release: Pages<'_>, entry: &Entry<PageId>) {
        let cites = entry.statements.iter().flat_map(|it| &it.sources);
        let texts = entry.texts().flat_map(|(_, text)| &text.cites);
        for cite in entry.sources.iter().chain(cites).chain(texts) {
            if let Some(url) = page(release, cite) {
                self.add("refs", url);
            }
        }
    }

    fn facts(&mut self, entry: &Entry<PageId>) {
        for (name, key) in [("motive", "motive"), ("first_seen", "since")] {
            let fact = entry.statements.fact(name);
            if let Some(leading) = fact.as_ref().and_then(|it| it.leading()) {
                self.put(key, leading.what.value.to_string());
            }
        }
    }

    /// Whence it comes, who is behind it and whom it targets. Keys of the Council on Foreign Relations are for what that says.
    fn relations(&mut self, release: Pages<'_>, entry: &Entry<PageId>) {
        for (statement, relation) in held(entry) {
            let target = release.page(relation.target);
            let prefix = match is_of_council(release, &statement.sources) {
                true => "cfr-",
                false => "",
            };
            match relation.verb {
                Verb::OriginatesFrom => {
                    if let Some(code) = code(target)
                        && !self.ones.contains_key("country")
                    {
                        self.put("country", code);
                        if let Some(confidence) = statement.confidence {
                            self.put("attribution-confidence", confidence.stix().to_string());
                        }
                    }
                }
                Verb::AttributedTo => {
                    let state = target.country.as_ref().map(|it| release.page(it.value));
                    if let Some(state) = state.filter(|_| is_of_a_state(target)) {
                        self.tlp = self.tlp.max(state.tlp);
                        self.add(format!("{prefix}suspected-state-sponsor"), &state.title);
                    }
                }
                Verb::Targets => {
                    self.add(format!("{prefix}suspected-victims"), &target.title);
                    for sector in target.sectors() {
                        self.add("targeted-sector", sector.word());
                    }
                }
                Verb::PartOf
                | Verb::MemberOf
                | Verb::EmployedBy
                | Verb::Uses
                | Verb::Hosts
                | Verb::Controls
                | Verb::CommunicatesWith
                | Verb::Owns
                | Verb::Exploits
                | Verb::RoutedThrough
                | Verb::LocatedAt
                | Verb::AuthoredBy
                | Verb::VariantOf
                | Verb::Drops
                | Verb::Downloads
                | Verb::Impersonates
                | Verb::InvestigatedBy
                | Verb::DerivedFrom
                | Verb::DuplicateOf
                | Verb::RelatedTo => {}
            }
        }
    }

    fn done(self) -> BTreeMap<String, Meta> {
        let lists = self.lists.into_iter();
        let lists = lists.map(|(key, list)| (key, Meta::Many(list)));
        let ones = self.ones.into_iter();
        let ones = ones.map(|(key, one)| (key, Meta::One(one)));
        lists.chain(ones).collect()
    }
}

fn told(release: Pages<'_>, uuids: &Uuids<'_>, entry: &Entry<PageId>) -> Told {
    let mut told = Told::default();
    told.names(uuids, entry);
    told.pages(release, entry);
    told.facts(entry);
    told.relations(release, entry);
    told
}

/// Whether an organisation belongs to a state.
fn is_of_a_state(entry: &Entry<PageId>) -> bool {
    let Details::Organisation { r#type, .. } = &entry.details else {
        return false;
    };
    r#type.as_deref().is_some_and(|kind| STATE.contains(&kind))
        || entry
            .sectors()
            .iter()
            .any(|it| it.word().starts_with("government"))
}

/// The address of a source, where it may be followed.
fn page<'a>(release: Pages<'a>, cite: &Cite<PageId>) -> Option<&'a str> {
    let url = release.page(cite.source?).evidence()?.url.as_ref()?;
    match &url.value {
        Outside::Live(_) => Some(url.value.as_str()),
        Outside::Own(..) | Outside::Defanged(_) => None,
    }
}

/// Whether the Council on Foreign Relations says so.
fn is_of_council(release: Pages<'_>, cites: &[Cite<PageId>]) -> bool {
    cites.iter().filter_map(|it| page(release, it)).any(|url| {
        let url = url::Url::parse(url).ok();
        let host = url.as_ref().and_then(|url| url.host_str());
        host.is_some_and(|host| host == COUNCIL || host.ends_with(&format!(".{COUNCIL}")))
    })
}

/// The code of a country; none of a place that is none.
fn code(place: &Entry<PageId>) -> Option<&'static str> {
    let Details::Place { code, .. } = &place.details else {
        return None;
    };
    let found = code.as_deref().and_then(country::by_code);
    let found = found.or_else(|| country::by_name(&place.title));
    found.map(|(code, _)| code)
}
