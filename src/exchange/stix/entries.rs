//! An object becomes an entry: what the contract has a key for stands under it, all else under `extra`.

use super::bundle::{Bundle, Object};
use super::marked::Marked;
use super::references::{References, catalogued, is_of_a_name, listed};
use super::{own, text, text_of, texts_of};
use crate::exchange::{Incoming, Losses, Markings, Piece, Prose, Value, Why};
use crate::model::{Date, IncidentStatus, Kind, Sector, Tlp};
use serde_json::Value as Json;

/// Properties that say nothing of what an object is about: ids, times of the record, what the base keeps.
const BOOKKEEPING: &[&str] = &[
    "type",
    "id",
    "spec_version",
    "created",
    "modified",
    "created_by_ref",
    "object_marking_refs",
    "granular_markings",
    "revoked",
    "external_references",
    "extensions",
    "x_mitre_deprecated",
    "x_mitre_modified_by_ref",
];

/// The entry of an object; `None` of one that becomes none.
pub(super) fn entry(
    object: Object<'_>,
    bundle: &Bundle,
    markings: &Markings,
    references: &mut References,
    losses: &mut Losses,
) -> Option<Incoming> {
    let kind = object.entry_kind()?;
    if object.is_gone() {
        let tlp = Marked::of(object, bundle, markings).tlp;
        let by = bundle.replacement(object.id());
        let by = by.filter(|by| Marked::of(*by, bundle, markings).is_within(tlp));
        let is_entry = by.is_some_and(|by| bundle.kind(by.id()).is_some());
        return Some(gone(object, kind, tlp, by, is_entry));
    }
    let marked = Marked::of(object, bundle, markings);
    marked.tell(object, losses);
    let mut made = Made {
        entry: Incoming::new(object.id(), kind, title(object)),
        object,
        bundle,
        markings,
        references,
        losses,
        taken: BOOKKEEPING.to_vec(),
    };
    made.entry.tlp = marked.tlp;
    made.taken.push("name");
    made.ids();
    made.names();
    made.common();
    made.of_kind(kind);
    made.rest();
    let mut entry = made.entry;
    own::apply(&mut entry, object, made.references, made.losses);
    entry.add("rights", marked.notices);
    Some(entry)
}

/// What becomes of an entry whose object was taken back: readers of an earlier import are told.
/// What replaced it is led to where that is an entry.
fn gone(
    object: Object<'_>,
    kind: Kind,
    tlp: Option<Tlp>,
    by: Option<Object<'_>>,
    is_entry: bool,
) -> Incoming {
    let mut entry = Incoming::new(object.id(), kind, title(object));
    entry.former = true;
    entry.tlp = tlp;
    let what = if object.is_revoked() {
        "revoked"
    } else {
        "deprecated"
    };
    let mut reason = Prose::words(format!("{what} by its publisher"));
    if let Some(other) = by {
        let words = title(other);
        reason.0.push(Piece::Words(" in favour of ".to_owned()));
        reason.0.push(match is_entry {
            true => Piece::Link {
                to: other.id().to_owned(),
                words,
            },
            false => Piece::Words(words),
        });
    }
    let days = ["modified", "created"].iter();
    let mut days = days.filter_map(|name| Some(day(text_of(&object, name)?)));
    match days.find(|day| Date::from_text(day).is_ok()) {
        Some(day) => entry.add(
            "withdrawn",
            Value::Map(vec![
                ("date".to_owned(), Value::Text(day)),
                ("reason".to_owned(), Value::Prose(reason)),
            ]),
        ),
        // Nobody says when, so that no notice can be written: it is shown to nobody.
        None => entry.add("draft", Value::Bare("true".to_owned())),
    }
    entry
}

fn title(object: Object<'_>) -> String {
    let named = ["name", "abstract", "country", "region"];
    let mut named = named.iter().filter_map(|name| text_of(&object, name));
    match named.next() {
        Some(title) => title.to_owned(),
        None => {
            let content = ["content", "explanation", "description"];
            let mut content = content.iter().filter_map(|name| text_of(&object, name));
            let words = content
                .next()
                .unwrap_or(object.kind())
                .split_whitespace()
                .take(8);
            words.collect::<Vec<_>>().join(" ")
        }
    }
}

/// The day of a timestamp.
pub(super) fn day(timestamp: &str) -> String {
    timestamp.chars().take(10).collect()
}

/// A timestamp as the contract has it, at midnight the day alone, and whether nothing of it is lost.
pub(super) fn moment(timestamp: &str) -> (String, bool) {
    let (seconds, fraction) = timestamp
        .trim_end_matches('Z')
        .split_once('.')
        .unwrap_or((timestamp.trim_end_matches('Z'), ""));
    let exact = fraction.bytes().all(|byte| byte == b'0');
    let midnight = seconds.ends_with("T00:00:00");
    let minutes = seconds.strip_suffix(":00").filter(|it| it.contains('T'));
    let time = format!("{}Z", minutes.unwrap_or(seconds));
    match !midnight && timestamp.ends_with('Z') && Date::from_text(&time).is_ok() {
        true => (time, exact),
        false => (day(timestamp), midnight && exact),
    }
}

struct Made<'m, 'b> {
    entry: Incoming,
    object: Object<'b>,
    bundle: &'b Bundle,
    markings: &'m Markings,
    references: &'m References,
    losses: &'m mut Losses,
    /// The properties that are said or stand for nothing.
    taken: Vec<&'b str>,
}

impl<'b> Made<'_, 'b> {
    fn text(&mut self, name: &'static str) -> Option<&'b str> {
        self.taken.push(name);
        let text = self.object.get(name)?.as_str()?;
        Some(text).filter(|text| !text.trim().is_empty())
    }

    fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.taken.push(name);
        texts_of(&self.object, name)
            .into_iter()
            .map(str::to_owned)
            .collect()
    }

    fn changed(&mut self, name: &str) {
        let property = format!("{}.{name}", self.object.kind());
        self.losses.note(Why::Changed, property, self.object.id());
    }

    fn ids(&mut self) {
        let mut ids = Vec::new();
        for (name, id) in listed(self.object).filter_map(catalogued) {
            if name == "attack" {
                self.entry.apart.push(id.clone());
            }
            if ids.iter().any(|(own, _)| *own == name) {
                self.losses.note(
                    Why::Lost,
                    format!("{}.external_references", self.object.kind()),
                    self.object.id(),
                );
                continue;
            }
            ids.push((name, Value::Text(id)));
        }
        ids.push(("stix".to_owned(), Value::Text(self.object.id().to_owned())));
        self.entry.add("external_ids", Value::Map(ids));
    }

    /// Other names, with those who use them where references say so.
    fn names(&mut self) {
        let mut names = self.texts("aliases");
        for name in self.texts("x_mitre_aliases") {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let title = self.entry.title.clone();
        names.retain(|name| *name != title);
        let aliases: Vec<Value> = names.into_iter().map(|name| self.alias(name)).collect();
        self.entry.add("aliases", aliases);
    }

    fn alias(&mut self, name: String) -> Value {
        let own = |reference: &&Json| {
            reference["source_name"] == name.as_str() && is_of_a_name(reference)
        };
        let cited = listed(self.object)
            .find(own)
            .and_then(|it| it["description"].as_str());
        let cited = cited.map(|text| text::apart(text, self.object.id(), self.references).1);
        let sources = cited.unwrap_or_default();
        let publishers: Vec<String> = sources
            .iter()
            .filter_map(|it| self.references.publisher(it))
            .collect();
        let mut alias = vec![("name".to_owned(), Value::Text(name))];
        // One source says whose name it is; of several nobody knows.
        if let ([_], [by]) = (sources.as_slice(), publishers.as_slice()) {
            alias.push(("by".to_owned(), Value::Text(by.clone())));
        }
        if !sources.is_empty() {
            let sources = sources.into_iter().map(Value::Entry).collect();
            alias.push(("sources".to_owned(), Value::List(sources)));
        }
        Value::Map(alias)
    }

    fn common(&mut self) {
        if let Some(description) = self.text("description") {
            self.entry.body = text::prose(description, self.object.id(), self.references);
        }
        let sources = self.references.sources(self.object);
        let sources: Vec<Value> = sources.into_iter().map(Value::Entry).collect();
        if self.entry.kind != Kind::Source {
            self.entry.add("sources", sources);
        }
        if let Some(modified) = text_of(&self.object, "modified") {
            self.entry.add("updated", day(modified));
        }
        if let Some(lang) = self.text("lang") {
            self.entry.add("lang", lang);
        }
        let labels = self.texts("labels");
        let key = match self.object.kind() {
            // In STIX 2.0 these were the types.
            "malware" | "tool" => "types",
            _ => "tags",
        };
        self.entry.add(key, labels);
    }

    fn of_kind(&mut self, kind: Kind) {
        match kind {
            Kind::Actor => {
                self.seen();
                if let Some(word) = self.text("sophistication") {
                    self.entry.add("sophistication", word);
                }
                self.motives();
            }
            Kind::Campaign => self.seen(),
            Kind::Malware | Kind::Tool => self.software(),
            Kind::Infrastructure => {
                self.seen();
                let types = self.texts("infrastructure_types");
                self.entry.add("types", types);
            }
            Kind::Technique => self.technique(),
            Kind::Organisation | Kind::Person => self.identity(),
            Kind::Place => self.place(),
            Kind::Source => self.report(),
            Kind::Note => self.note(),
            Kind::Incident => self.incident(),
            Kind::Vulnerability => {
                let title = self.entry.title.clone();
                let own = self.entry.value("external_ids");
                let has = matches!(own, Some(Value::Map(ids)) if ids.iter().any(|(name, _)| name == "cve"));
                if title.starts_with("CVE-") && !has {
                    self.entry.add(
                        "external_ids",
                        Value::Map(vec![("cve".to_owned(), Value::Text(title))]),
                    );
                }
            }
            Kind::Page => {}
        }
    }

    fn seen(&mut self) {
        for (key, cited) in [
            ("first_seen", "x_mitre_first_seen_citation"),
            ("last_seen", "x_mitre_last_seen_citation"),
        ] {
            let Some(when) = self.text(key) else { continue };
            let (when, exact) = moment(when);
            if !exact {
                self.changed(key);
            }
            let sources = self
                .text(cited)
                .map(|text| text::apart(text, self.object.id(), self.references).1);
            let sources: Vec<Value> = sources
                .unwrap_or_default()
                .into_iter()
                .map(Value::Entry)
                .collect();
            match sources.is_empty() {
                true => self.entry.add(key, when),
                false => self.entry.add(
                    key,
                    Value::Map(vec![
                        ("value".to_owned(), Value::Text(when)),
                        ("sources".to_owned(), Value::List(sources)),
                    ]),
                ),
            }
        }
    }

    /// The motives that both vocabularies have; the words of STIX stay under `extra`.
    fn motives(&mut self) {
        let mut motives: Vec<String> = Vec::new();
        let mut words: Vec<&str> = texts_of(&self.object, "secondary_motivations");
        words.extend(text_of(&self.object, "primary_motivation"));
        for word in words {
            let motive = match word {
                "personal-gain" => "financial",
                "organizational-gain" => "espionage",
                "dominance" | "revenge" | "unpredictable" => "sabotage",
                "ideology" => "influence",
                _ => continue,
            };
            if !motives.iter().any(|own| own == motive) {
                motives.push(motive.to_owned());
            }
        }
        self.entry.add("motive", motives);
    }

    fn software(&mut self) {
        self.seen();
        let platforms = self.texts("x_mitre_platforms");
        self.entry.add("platforms", platforms);
        for name in ["malware_types", "tool_types"] {
            let types = self.texts(name);
            self.entry.add("types", types);
        }
        if self.entry.kind == Kind::Malware {
            self.taken.push("is_family");
            if self.object.get("is_family").and_then(Json::as_bool) == Some(false) {
                self.entry.add("is_family", Value::Bare("false".to_owned()));
            }
        }
    }

    fn technique(&mut self) {
        let phases = self
            .object
            .get("kill_chain_phases")
            .and_then(Json::as_array);
        let mut tactics = Vec::new();
        let mut others = Vec::new();
        for phase in phases.into_iter().flatten() {
            let text = |name: &str| phase[name].as_str().unwrap_or("");
            let (chain, name) = (text("kill_chain_name"), text("phase_name"));
            match chain.starts_with("mitre") {
                true => tactics.push(self.tactic(name)),
                false => others.push(format!("{chain}: {name}")),
            }
        }
        self.taken.push("kill_chain_phases");
        self.entry.add("tactics", tactics);
        let others = Value::from(others);
        self.entry.add(
            "extra",
            Value::Map(
                vec![("kill_chain_phases".to_owned(), others)]
                    .into_iter()
                    .filter(|(_, it)| *it != Value::List(Vec::new()))
                    .collect(),
            ),
        );
    }

    /// The name of a tactic by its short one, from the file itself where it is there.
    fn tactic(&self, short: &str) -> String {
        let tactic = self.bundle.tactic(short).filter(|it| self.may_tell_of(*it));
        if let Some(name) = tactic.and_then(|it| text_of(&it, "name").map(str::to_owned)) {
            return name;
        }
        let words = short.split('-').map(|word| match word {
            "and" | "of" | "the" => word.to_owned(),
            _ => {
                let mut letters = word.chars();
                let first = letters.next().map(|c| c.to_uppercase().to_string());
                first.unwrap_or_default() + letters.as_str()
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Whether whoever sees the entry may see another object.
    fn may_tell_of(&self, other: Object<'_>) -> bool {
        Marked::of(other, self.bundle, self.markings).is_within(self.entry.tlp)
    }

    fn identity(&mut self) {
        self.taken.push("identity_class");
        if self.entry.kind != Kind::Organisation {
            return;
        }
        let (known, other): (Vec<_>, Vec<_>) = { self.texts("sectors").into_iter() }
            .partition(|word| Sector::from_word(word).is_some());
        self.entry.add("sector", known);
        if !other.is_empty() {
            let other = vec![("sectors".to_owned(), Value::from(other))];
            self.entry.add("extra", Value::Map(other));
        }
        match self.object.get("identity_class").and_then(Json::as_str) {
            Some("organization") | None => {}
            Some(class) => {
                let class = class.to_owned();
                let extra = vec![("identity_class".to_owned(), Value::Text(class))];
                self.entry.add("extra", Value::Map(extra));
            }
        }
    }

    fn place(&mut self) {
        let country = self.text("country");
        self.entry.add(
            "code",
            country.filter(|code| code.len() == 2).unwrap_or_default(),
        );
        let finer = ["city", "administrative_area", "street_address"];
        let finer = finer.iter().any(|name| self.object.get(name).is_some());
        let sort = match (country, finer) {
            (_, true) => "city",
            (Some(_), false) => "country",
            (None, false) => "region",
        };
        self.entry.add("type", sort);
        for (name, key) in [("latitude", "lat"), ("longitude", "lon")] {
            self.taken.push(name);
            if let Some(Json::Number(degrees)) = self.object.get(name) {
                self.entry.add(key, Value::Bare(degrees.to_string()));
            }
        }
    }

    fn report(&mut self) {
        if let Some(published) = self.text("published") {
            self.entry.add("date", day(published));
        }
        self.entry.add("type", "report");
        let by = self.object.get("created_by_ref").and_then(Json::as_str);
        match by.filter(|id| self.bundle.kind(id) == Some(Kind::Organisation)) {
            Some(id) => self.entry.add("publisher", Value::Entry(id.to_owned())),
            None => {
                let by = by.and_then(|id| self.bundle.get(id));
                let by = by.filter(|by| self.may_tell_of(*by));
                let by = by.and_then(|by| text_of(&by, "name").map(str::to_owned));
                self.entry
                    .add("publisher", by.unwrap_or_else(|| "Unknown".to_owned()));
            }
        }
        let url = listed(self.object).find_map(|reference| reference["url"].as_str());
        let url = url.filter(|url| crate::model::Address::web(url).is_ok());
        self.entry.add("url", url.unwrap_or_default());
        // What it reports of names it as a source, once all entries are known.
        self.taken.push("object_refs");
    }

    fn note(&mut self) {
        for name in ["content", "explanation"] {
            if let Some(text) = self.text(name) {
                self.entry.body = text::prose(text, self.object.id(), self.references);
            }
        }
        self.taken.push("abstract");
        let authors = self.texts("authors");
        self.entry.add("authors", authors);
        let about = self.texts("object_refs").into_iter();
        let about = about.filter(|id| self.bundle.kind(id).is_some());
        let about: Vec<Value> = about.map(Value::Entry).collect();
        self.entry.add("related_to", about);
    }

    /// The incident core extension of the common object repository.
    fn incident(&mut self) {
        let extensions = self.object.get("extensions").and_then(Json::as_object);
        for (_, core) in extensions.into_iter().flatten() {
            let word = core["determination"]
                .as_str()
                .and_then(IncidentStatus::from_word);
            self.entry
                .add("status", word.map_or("", IncidentStatus::word));
            let (Some(start), precision) = (
                core["start_time"].as_str(),
                core["start_time_fidelity"].as_str(),
            ) else {
                continue;
            };
            let letters = match precision {
                Some("year") => 4,
                Some("month") => 7,
                Some("day") | None => 10,
                Some(_) => {
                    self.changed("extensions.start_time");
                    10
                }
            };
            self.entry
                .add("date", start.chars().take(letters).collect::<String>());
        }
    }

    /// All other properties, as they came.
    fn rest(&mut self) {
        let object = self.object;
        let rest = object
            .properties()
            .filter(|(name, _)| !self.taken.contains(name));
        let rest = rest.filter_map(|(name, value)| Some((name.to_owned(), plain(value)?)));
        let rest: Vec<(String, Value)> = rest.collect();
        self.entry.add("extra", Value::Map(rest));
        if self.entry.body.is_empty() && self.entry.kind == Kind::Note {
            self.entry.body = Prose(vec![Piece::Words(self.entry.title.clone())]);
        }
    }
}

/// A value of JSON as `extra` has it; `None` of one that says nothing.
pub(super) fn plain(value: &Json) -> Option<Value> {
    match value {
        Json::Null => None,
        Json::Bool(_) | Json::Number(_) => Some(Value::Bare(value.to_string())),
        Json::String(text) => (!text.trim().is_empty()).then(|| Value::Text(text.clone())),
        Json::Array(items) => {
            let items: Vec<Value> = items.iter().filter_map(plain).collect();
            (!items.is_empty()).then_some(Value::List(items))
        }
        Json::Object(entries) => {
            let entries = entries.iter();
            let entries: Vec<(String, Value)> = entries
                .filter_map(|(name, value)| Some((name.clone(), plain(value)?)))
                .collect();
            (!entries.is_empty()).then_some(Value::Map(entries))
        }
    }
}
