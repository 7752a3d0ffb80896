//! A galaxy of MISP: what its clusters are called, by whom, and what is said of them.
//!
//! Takes the text of a file of clusters; gives an entry for each, for the pages that they refer to, for the countries and states
//! that they name, and for the galaxy itself, on which its claims rest. The type of the galaxy says which kind its clusters are
//! ([`kinds`]), [`names`] reads who calls them what, [`meta`] what keys can say, [`related`] what they say of each other;
//! what is left stands under `extra`. A galaxy of a type that is none of the kinds is refused.

pub(super) mod kinds;

mod meta;

pub(super) mod names;

mod producers;

mod related;

#[cfg(test)]
mod tests;

use super::json::{self, Object, several};
use super::marks::{self, Fields, holds_tags, is_field, is_mark};
use crate::exchange::web_page::WebPages;
use crate::exchange::{Fault, Import, Incoming, Kept, Losses, Markings, Prose, Value, Why};
use crate::model::{Address, Kind, Tlp, Verb};
use related::Stated;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A file of clusters.
#[derive(Deserialize)]
struct Galaxy {
    r#type: String,
    name: Option<String>,
    uuid: Option<String>,
    version: Option<Json>,
    source: Option<String>,
    authors: Option<Json>,
    description: Option<String>,
    category: Option<Json>,
    values: Vec<Json>,
    #[serde(flatten)]
    rest: Object,
}

/// A cluster.
#[derive(Deserialize)]
struct Cluster {
    value: String,
    uuid: Option<String>,
    description: Option<String>,
    meta: Option<Object>,
    related: Option<Vec<Related>>,
    revoked: Option<bool>,
    deprecated: Option<bool>,
    #[serde(flatten)]
    rest: Object,
}

/// What a cluster says of another.
#[derive(Deserialize)]
struct Related {
    #[serde(rename = "dest-uuid")]
    to: String,
    r#type: Option<String>,
    tags: Option<Json>,
    #[serde(flatten)]
    rest: Object,
}

/// What an entry says of another, by their places.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Relation {
    verb: Verb,
    word: Option<String>,
    from: usize,
    to: usize,
}

impl Relation {
    /// What two say of each other is the same for both.
    fn undirected(&self) -> Relation {
        let (from, to) = match self.verb == Verb::RelatedTo {
            true => (self.from.min(self.to), self.from.max(self.to)),
            false => (self.from, self.to),
        };
        Relation {
            from,
            to,
            ..self.clone()
        }
    }
}

/// What is read so far.
struct Reading<'m> {
    kind: Kind,
    markings: &'m Markings,
    /// Whether descriptions are Markdown: those that were taken over from ATT&CK.
    in_markdown: bool,
    /// The origin of the galaxy itself, a source.
    source: String,
    /// The marking of the whole file.
    tlp: Option<Tlp>,
    entries: Vec<Incoming>,
    /// Places and states that clusters name.
    made: Vec<Incoming>,
    origins: HashSet<String>,
    pages: WebPages,
    /// Relations by the entry that states them.
    relations: BTreeMap<(usize, Verb), Vec<Value>>,
    kept: Vec<Kept>,
    losses: Losses,
}

/// Reads a file of clusters.
///
/// # Errors
/// It is none, or its type is not one whose clusters are a kind of entry.
pub fn galaxy(text: &str, markings: &Markings) -> Result<Import, Fault> {
    let expected = "this is no galaxy of MISP, a JSON object with `type` and `values`";
    let galaxy: Galaxy =
        serde_json::from_str(text).map_err(|error| json::fault(&error, expected))?;
    let Some(kind) = kinds::of_type(&galaxy.r#type) else {
        let (name, known) = (&galaxy.r#type, kinds::known());
        return Err(Fault {
            message: format!(
                "clusters of the type `{name}` are no kind of entry; known are {known}"
            ),
            line: None,
        });
    };
    let mut reading = Reading::new(kind, &galaxy, markings);
    let itself = reading.itself(&galaxy);
    reading.clusters(galaxy.values);
    Ok(reading.finish(itself))
}

/// A UUID is the origin of its cluster; what is none could be that of something else.
fn cluster_origin(id: &str) -> String {
    match uuid::Uuid::parse_str(id.trim()) {
        Ok(uuid) => uuid.to_string(),
        Err(_) => format!("cluster:{}", id.trim()),
    }
}

impl<'m> Reading<'m> {
    fn new(kind: Kind, galaxy: &Galaxy, markings: &'m Markings) -> Reading<'m> {
        let id = galaxy.uuid.as_deref().unwrap_or(&galaxy.r#type);
        let source = format!("galaxy:{id}");
        Reading {
            kind,
            markings,
            in_markdown: galaxy.r#type.starts_with("mitre-"),
            origins: HashSet::from([source.clone()]),
            source,
            tlp: None,
            entries: Vec::new(),
            made: Vec::new(),
            pages: WebPages::default(),
            relations: BTreeMap::new(),
            kept: Vec::new(),
            losses: Losses::default(),
        }
    }

    /// The galaxy as the source that its claims rest on.
    fn itself(&mut self, galaxy: &Galaxy) -> Incoming {
        let Galaxy {
            r#type,
            name,
            uuid,
            version,
            source,
            authors,
            description,
            category,
            values: _,
            rest,
        } = galaxy;
        let name = name.as_deref().unwrap_or(r#type);
        let title = format!("MISP galaxy: {name}");
        let mut itself = Incoming::new(self.source.clone(), Kind::Source, title);
        let authors = authors.as_ref().map(json::texts).unwrap_or_default();
        itself.add(
            "authors",
            several(authors.into_iter().map(Value::Text).collect()),
        );
        if let Some(uuid) = uuid {
            itself.add(
                "external_ids",
                Value::Map(vec![("misp".to_owned(), uuid.as_str().into())]),
            );
        }
        let mut extra = Object::new();
        extra.insert("type".to_owned(), r#type.as_str().into());
        for (key, value) in [("version", version), ("category", category)] {
            extra.extend(value.clone().map(|value| (key.to_owned(), value)));
        }
        itself.add("extra", json::extra(&extra));
        let publisher = source.as_deref().map_or("", str::trim);
        match Address::web(publisher) {
            Ok(address) => {
                itself.add("publisher", "MISP Project");
                itself.add("url", address.as_str());
            }
            Err(_) if publisher.is_empty() => itself.add("publisher", "MISP Project"),
            Err(_) => itself.add("publisher", publisher),
        }
        itself.add("type", "dataset");
        itself.body = Prose::words(description.clone().unwrap_or_default());
        let source = self.source.clone();
        self.tlp = self.level("galaxy", rest, &source);
        self.lost("galaxy", rest, &source);
        itself
    }

    fn clusters(&mut self, values: Vec<Json>) {
        let mut said: Vec<(usize, Vec<Related>)> = Vec::new();
        for (number, value) in values.into_iter().enumerate() {
            let Ok(cluster) = Cluster::deserialize(&value) else {
                let origin = format!("{}#{number}", self.source);
                self.losses.note(Why::Kept, "value", &origin);
                self.kept.push(Kept {
                    origin,
                    object: value,
                });
                continue;
            };
            let at = self.entries.len();
            if let Some((entry, related)) = self.cluster(at, cluster, value) {
                self.entries.push(entry);
                said.push((at, related));
            }
        }
        self.related(said);
    }

    /// The entry of a cluster, and what it says of others; none where it is taken back, or is there already.
    fn cluster(
        &mut self,
        at: usize,
        cluster: Cluster,
        whole: Json,
    ) -> Option<(Incoming, Vec<Related>)> {
        let Cluster {
            value,
            uuid,
            description,
            meta,
            related,
            revoked,
            deprecated,
            rest,
        } = cluster;
        let origin = cluster_origin(uuid.as_deref().unwrap_or(&value));
        for (flag, why) in [(revoked, Why::Revoked), (deprecated, Why::Deprecated)] {
            if flag == Some(true) {
                self.losses.note(why, "value", &origin);
                return None;
            }
        }
        if !self.origins.insert(origin.clone()) {
            self.losses.note(Why::Kept, "value.uuid", &origin);
            // Of two of one name the stricter holds for what is published.
            let meta = meta.unwrap_or_default();
            let level = self.level("meta", &meta, &origin);
            let level = level.max(self.level("value", &rest, &origin));
            let first = self.entries.iter_mut().find(|it| it.origin == origin);
            if let (Some(first), Some(level)) = (first, level) {
                first.raise(level);
            }
            self.kept.push(Kept {
                origin,
                object: whole,
            });
            return None;
        }
        let mut meta = meta.unwrap_or_default();
        let title = self.title(&value, &mut meta);
        let mut entry = Incoming::new(origin.clone(), self.kind, title);
        let description = description.unwrap_or_default();
        entry.body = match self.in_markdown {
            true => Prose::markdown(description),
            false => Prose::words(description),
        };
        meta::read(self, at, &mut entry, &mut meta);
        if let Some(uuid) = uuid {
            entry.add(
                "external_ids",
                Value::Map(vec![("misp".to_owned(), uuid.into())]),
            );
        }
        entry.add("extra", json::extra(&meta));
        entry.tlp = entry.tlp.max(self.level("value", &rest, &origin));
        self.lost("value", &rest, &origin);
        Some((entry, related.unwrap_or_default()))
    }

    /// The name of a cluster without the number that some galaxies put beside it.
    fn title(&self, value: &str, meta: &mut Object) -> String {
        let value = value.trim();
        let numbered = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match value.rsplit_once(" - ") {
            Some((name, id)) if kinds::is_attack_id(self.kind, id.trim()) => {
                let known = meta
                    .entry("external_id")
                    .or_insert_with(|| id.trim().into());
                if json::texts(known).iter().any(|known| known == id.trim()) {
                    name.trim().to_owned()
                } else {
                    value.to_owned()
                }
            }
            Some((number, name)) if self.kind == Kind::Place && numbered(number) => {
                meta.insert("number".to_owned(), number.into());
                name.trim().to_owned()
            }
            Some(_) | None => value.to_owned(),
        }
    }

    /// The level of something by its fields; what is not understood withholds, and is noted.
    fn level(&mut self, part: &str, fields: &Object, origin: &str) -> Option<Tlp> {
        let all = Fields {
            markings: self.markings,
            ours: &[],
            is_part: part != "galaxy",
        };
        let marks = all.found(fields);
        for mark in marks.iter().filter(|mark| mark.level.is_none()) {
            self.losses
                .note(Why::Withheld, format!("{part}.{}", mark.key), origin);
        }
        marks::highest(&marks)
    }

    /// Notes what nobody reads; what marks was read.
    fn lost(&mut self, part: &str, fields: &Object, origin: &str) {
        for (key, json) in fields.iter().filter(|(key, _)| !is_field(key)) {
            let is_mark = |tag: &String| is_mark(tag, self.markings);
            if !holds_tags(key) || !json::texts(json).iter().all(is_mark) {
                self.losses.note(Why::Lost, format!("{part}.{key}"), origin);
            }
        }
    }

    /// Relations of clusters to each other, once for both directions, and as strict as the stricter of both says.
    fn related(&mut self, said: Vec<(usize, Vec<Related>)>) {
        let all = self.entries.iter().enumerate();
        let places: HashMap<String, usize> = all.map(|(at, it)| (it.origin.clone(), at)).collect();
        let mut strictest: HashMap<Relation, Option<Tlp>> = HashMap::new();
        let mut stated = Vec::new();
        for (from, related) in said {
            for one in related {
                let Some((relation, confidence, level)) = self.stated(from, one, &places) else {
                    continue;
                };
                match strictest.get_mut(&relation.undirected()) {
                    Some(own) => *own = (*own).max(level),
                    None => {
                        strictest.insert(relation.undirected(), level);
                        stated.push((relation, confidence));
                    }
                }
            }
        }
        for (relation, confidence) in stated {
            let tlp = strictest.get(&relation.undirected()).copied().flatten();
            let Relation {
                verb,
                word,
                from,
                to,
            } = relation;
            let target = self.entries.get(to).map(|it| it.origin.clone());
            let target = target.unwrap_or_default();
            let mut said = self.relation(target, word, confidence, None);
            if let (Value::Map(said), Some(tlp)) = (&mut said, tlp.filter(|it| *it > Tlp::Clear)) {
                said.push(("tlp".to_owned(), tlp.name().into()));
            }
            self.relations.entry((from, verb)).or_default().push(said);
        }
    }

    /// What a cluster says of another one, how likely that is, and who may know; none where the other is not there.
    fn stated(
        &mut self,
        from: usize,
        one: Related,
        places: &HashMap<String, usize>,
    ) -> Option<(Relation, Option<&'static str>, Option<Tlp>)> {
        let Related {
            to,
            r#type,
            tags,
            mut rest,
        } = one;
        let origin = self.entries.get(from).map_or("", |it| &it.origin);
        let origin = origin.to_owned();
        let word = r#type.unwrap_or_else(|| "related-to".to_owned());
        let Some(&to) = places.get(&cluster_origin(&to)).filter(|to| **to != from) else {
            self.losses
                .note(Why::LeadsNowhere, format!("related.{word}"), &origin);
            return None;
        };
        self.lost("related", &rest, &origin);
        let names = tags.as_ref().map(json::texts).unwrap_or_default();
        let confidence = names.iter().find_map(|tag| json::estimated(tag));
        let is_read = |tag: &String| json::estimated(tag).is_some() || is_mark(tag, self.markings);
        if !names.iter().all(is_read) {
            self.losses.note(Why::Lost, "related.tags", &origin);
        }
        rest.extend(tags.map(|tags| ("tags".to_owned(), tags)));
        let level = self.level("related", &rest, &origin);
        let Stated { verb, turned, word } = related::stated(&word, self.kind);
        let (from, to) = if turned { (to, from) } else { (from, to) };
        let relation = Relation {
            verb,
            word,
            from,
            to,
        };
        Some((relation, confidence, level))
    }

    /// Has the entry at a place claim something, on the word of the galaxy.
    fn claim(
        &mut self,
        at: usize,
        verb: Verb,
        to: String,
        confidence: Option<&str>,
        note: Option<&str>,
    ) {
        let relation = self.relation(to, None, confidence, note);
        let relations = self.relations.entry((at, verb)).or_default();
        relations.push(relation);
    }

    fn relation(
        &self,
        to: String,
        word: Option<String>,
        confidence: Option<&str>,
        note: Option<&str>,
    ) -> Value {
        let mut said = vec![("entry".to_owned(), Value::Entry(to))];
        said.extend(word.map(|word| ("verb".to_owned(), Value::Text(word))));
        said.extend(confidence.map(|word| ("confidence".to_owned(), word.into())));
        said.push(("sources".to_owned(), Value::Entry(self.source.clone())));
        said.extend(note.map(|note| ("note".to_owned(), Prose::words(note).into())));
        Value::Map(said)
    }

    /// The origin of an entry that clusters share, made when the first names it: it is marked as the lowest of them.
    fn make(&mut self, origin: String, entry: impl FnOnce(&str) -> Incoming) -> String {
        if self.origins.insert(origin.clone()) {
            let mut made = entry(&origin);
            made.reference = true;
            self.made.push(made);
        }
        origin
    }

    fn finish(self, itself: Incoming) -> Import {
        let mut entries = self.entries;
        for ((at, verb), relations) in self.relations {
            if let Some(entry) = entries.get_mut(at) {
                let mut seen = HashSet::new();
                let relations = relations.into_iter();
                let relations = relations.filter(|it| seen.insert(format!("{it:?}")));
                entry.add(verb.key(), several(relations.collect()));
            }
        }
        entries.push(itself);
        entries.extend(self.made);
        entries.extend(self.pages.into_entries());
        if let Some(tlp) = self.tlp {
            entries.iter_mut().for_each(|entry| entry.raise(tlp));
        }
        Import {
            entries,
            kept: self.kept,
            losses: self.losses,
        }
    }
}
