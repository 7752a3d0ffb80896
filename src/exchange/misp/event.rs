//! Events of MISP: what was seen, and what it is held to be part of.
//!
//! Takes the text of an event, or of several; gives an incident for each, as an event says that something happened and what was
//! seen of it, a source for its report, on which its claims rest, and entries for who made it and for the clusters that it is
//! tagged with. How far its analysis is tells nothing of whether it happened, so that `status` stays unsaid. Attributes become lines
//! of indicators where their type is one ([`line`]), else words; whoever may see them is read from tags and distributions
//! ([`marks`]), and what is stricter than its event stands in a block of its own ([`part`]). Proposals stay in the base.

mod line;

mod marks;

mod part;

mod report;

mod seen;

mod shape;

mod shared;

#[cfg(test)]
mod tests;

use super::json::{self, several};
use super::marks::{holds_tags, is_field, is_mark, tags as tags_of};
use crate::exchange::{Fault, Import, Incoming, Kept, Markings, Piece, Value, Why};
use crate::model::{Date, Kind, Tlp, Verb};
use marks::Marks;
use serde::Deserialize;
use serde_json::Value as Json;
use shape::{Cluster, Event, Report};
use shared::Shared;
use std::collections::{BTreeMap, HashSet};

/// What is read so far.
struct Reading<'m> {
    marks: Marks<'m>,
    shared: Shared,
    entries: Vec<Incoming>,
    kept: Vec<Kept>,
    origins: HashSet<String>,
}

/// An incident in the making.
struct Making {
    entry: Incoming,
    /// The origin of the source that it rests on.
    source: String,
    tags: Vec<String>,
    cited: Vec<String>,
    relations: BTreeMap<Verb, Vec<Value>>,
    related: HashSet<(Verb, String)>,
}

/// Reads an event, or a list of them as servers answer.
///
/// # Errors
/// There is none in it.
pub fn event(text: &str, markings: &Markings) -> Result<Import, Fault> {
    let expected = "this is no event of MISP, a JSON object with `Event` or `response`";
    let json: Json = serde_json::from_str(text).map_err(|error| json::fault(&error, expected))?;
    let events = events(json);
    if events.is_empty() {
        return Err(Fault {
            message: expected.to_owned(),
            line: None,
        });
    }
    let mut reading = Reading {
        marks: Marks::of(&events, markings),
        shared: Shared::default(),
        entries: Vec::new(),
        kept: Vec::new(),
        origins: HashSet::new(),
    };
    let present: HashSet<String> = events
        .iter()
        .filter_map(|it| json::text(it.get("uuid")))
        .collect();
    for (number, json) in events.into_iter().enumerate() {
        match Event::deserialize(&json) {
            Ok(event) => reading.event(number, event, json, &present),
            Err(_) => reading.keep("event", format!("event#{number}"), json),
        }
    }
    let mut entries = reading.entries;
    entries.extend(reading.shared.into_entries());
    Ok(Import {
        entries,
        kept: reading.kept,
        losses: reading.marks.losses,
    })
}

/// The events of an answer, however it is wrapped.
fn events(json: Json) -> Vec<Json> {
    match json {
        Json::Array(items) => items.into_iter().flat_map(events).collect(),
        Json::Object(mut object) => match object.shift_remove("Event") {
            Some(event @ Json::Object(_)) => vec![event],
            Some(_) => Vec::new(),
            // As libraries write it: the event alone.
            None if object.get("info").is_some_and(Json::is_string) => vec![Json::Object(object)],
            None => object
                .shift_remove("response")
                .map(events)
                .unwrap_or_default(),
        },
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => Vec::new(),
    }
}

impl Reading<'_> {
    fn event(&mut self, number: usize, event: Event, whole: Json, present: &HashSet<String>) {
        let id = event.uuid.clone().unwrap_or_else(|| number.to_string());
        let origin = format!("misp-event:{id}");
        let nothing = json::Object::new();
        let fields = whole.as_object().unwrap_or(&nothing);
        let tags = tags_of(fields);
        let tlp = self.marks.level("event", fields, &origin);
        if !self.origins.insert(origin.clone()) {
            // Of two of one number the stricter holds for what is published.
            let ours = [origin.clone(), report_origin(&id)];
            let first = self.entries.iter_mut();
            for entry in first.filter(|entry| ours.contains(&entry.origin)) {
                entry.tlp = entry.tlp.max(tlp);
            }
            return self.keep("event.uuid", origin, whole);
        }
        let Event {
            uuid,
            info,
            date,
            timestamp,
            threat_level_id,
            analysis,
            extends_uuid,
            orgc,
            galaxies,
            attributes,
            objects,
            reports,
            proposals,
            others,
            rest,
        } = event;
        let title = info.filter(|info| !info.trim().is_empty());
        let title = title.unwrap_or_else(|| format!("MISP event {id}"));
        let mut making = Making {
            source: report_origin(&id),
            entry: Incoming::new(origin.clone(), Kind::Incident, title.trim()),
            tags: Vec::new(),
            cited: Vec::new(),
            relations: BTreeMap::new(),
            related: HashSet::new(),
        };
        making.entry.tlp = tlp;
        making.entry.apart = date.iter().cloned().collect();
        making.cited.push(making.source.clone());
        self.dates(date, timestamp.as_ref(), &mut making.entry);
        if let Some(uuid) = uuid {
            let ids = vec![("misp".to_owned(), uuid.into())];
            making.entry.add("external_ids", Value::Map(ids));
        }
        self.reports(reports.unwrap_or_default(), &mut making);
        self.galaxies("event", galaxies.unwrap_or_default(), None, &mut making);
        for tag in tags {
            if !is_mark(&tag, self.marks.markings) && !self.tagged("event", &tag, None, &mut making)
            {
                making.tags.push(tag);
            }
        }
        self.attributes(attributes.unwrap_or_default(), &mut making);
        self.objects(objects.unwrap_or_default(), &mut making);
        for proposal in proposals.into_iter().flatten() {
            self.propose(proposal, &origin);
        }
        self.others(extends_uuid, others, present, &mut making);
        for (key, json) in &rest {
            self.lost("event", key, json, &origin);
        }
        let level = word(
            threat_level_id,
            [("1", "high"), ("2", "medium"), ("3", "low")],
        );
        let progress = [("0", "initial"), ("1", "ongoing"), ("2", "completed")];
        let said = [
            ("threat_level", level),
            ("analysis", word(analysis, progress)),
        ];
        let said = said.into_iter();
        let said = said.filter_map(|(key, word)| Some((key.to_owned(), word?.into())));
        let said = Value::Map(said.collect());
        if !matches!(&said, Value::Map(said) if said.is_empty()) {
            let extra = vec![("misp".to_owned(), said)];
            making.entry.add("extra", Value::Map(extra));
        }
        self.finish(making, orgc.as_ref());
    }

    fn dates(&mut self, date: Option<String>, timestamp: Option<&Json>, entry: &mut Incoming) {
        if let Some(date) = date {
            match Date::from_text(&date) {
                Ok(_) => entry.add("date", date),
                Err(_) => self
                    .marks
                    .losses
                    .note(Why::Lost, "event.date", &entry.origin),
            }
        }
        let seconds = json::text(timestamp).and_then(|text| text.parse().ok());
        let moment = seconds.and_then(|it| jiff::Timestamp::from_second(it).ok());
        // What was never changed has the time zero.
        if let Some(moment) = moment.filter(|it| it.as_second() > 0) {
            let day = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
            entry.add("updated", day.to_string());
        }
    }

    /// Clusters that come with all that is known of them; `own` is the marking of the part that they are of, and a galaxy and
    /// a cluster may have one of their own.
    fn galaxies(&mut self, part: &str, galaxies: Vec<Json>, own: Option<Tlp>, making: &mut Making) {
        for galaxy in galaxies {
            let Some(fields) = galaxy.as_object() else {
                let origin = format!("{}#galaxy", making.entry.origin);
                self.keep("galaxy", origin, galaxy);
                continue;
            };
            let around = self.marks.level("Galaxy", fields, &making.entry.origin);
            let around = own.max(making.own(around));
            let r#type = json::text(galaxy.get("type")).unwrap_or_default();
            let clusters = galaxy.get("GalaxyCluster").and_then(Json::as_array);
            for json in clusters.into_iter().flatten() {
                self.galaxy_cluster(part, &r#type, json, around, making);
            }
        }
    }

    fn galaxy_cluster(
        &mut self,
        part: &str,
        r#type: &str,
        json: &Json,
        around: Option<Tlp>,
        making: &mut Making,
    ) {
        let origin = making.entry.origin.clone();
        let cluster = Cluster::deserialize(json).ok();
        let (Some(mut cluster), Some(fields)) = (cluster, json.as_object()) else {
            return self.keep("galaxy", format!("{origin}#galaxy"), json.clone());
        };
        if json::is_true(fields.get("deleted")) {
            self.marks
                .losses
                .note(Why::Revoked, "GalaxyCluster", &origin);
            return;
        }
        let level = self.marks.level("GalaxyCluster", fields, &origin);
        // What is marked in one place is so in all.
        let level = level.max(self.marks.held(r#type, &cluster.value));
        let own = around.max(making.own(level));
        if let Some(meta) = &mut cluster.meta {
            meta.retain(|key, _| !is_field(key));
        }
        for (key, json) in &cluster.rest {
            self.lost("GalaxyCluster", key, json, &origin);
        }
        let value = cluster.value.clone();
        if self.cluster(r#type, &value, Some(cluster), own, making) {
            return;
        }
        match own {
            // A tag of the event would say it to all who may see the event.
            Some(_) => {
                self.marks
                    .losses
                    .note(Why::Lost, format!("{part}.Galaxy"), &origin);
            }
            None => {
                let tag = format!("misp-galaxy:{}=\"{value}\"", r#type);
                making.tags.push(tag);
            }
        }
    }

    /// A tag that names a cluster; `false` where it is to be said as it is, as it names none that is an entry.
    fn tagged(&mut self, part: &str, tag: &str, own: Option<Tlp>, making: &mut Making) -> bool {
        let Some((r#type, value)) = marks::named(tag) else {
            return false;
        };
        let held = making.own(self.marks.held(r#type, value));
        if !value.is_empty() && self.cluster(r#type, value, None, own.max(held), making) {
            return true;
        }
        let is_stricter = held > own;
        if is_stricter {
            // It would name to all who may see the part what only some may know of.
            let origin = &making.entry.origin;
            self.marks
                .losses
                .note(Why::Withheld, format!("{part}.Tag"), origin);
        }
        is_stricter
    }

    fn cluster(
        &mut self,
        r#type: &str,
        value: &str,
        more: Option<Cluster>,
        own: Option<Tlp>,
        making: &mut Making,
    ) -> bool {
        let tlp = own.max(making.entry.tlp);
        let found = self.shared.cluster(r#type, value, more, tlp);
        if let Some((origin, verb)) = &found {
            making.relate(*verb, origin, None, own);
        }
        found.is_some()
    }

    fn reports(&mut self, reports: Vec<Json>, making: &mut Making) {
        for json in reports {
            let (Ok(report), Some(fields)) = (Report::deserialize(&json), json.as_object()) else {
                self.keep("report", format!("{}#report", making.entry.origin), json);
                continue;
            };
            let origin = making.entry.origin.clone();
            if json::is_true(report.deleted.as_ref()) {
                self.marks.losses.note(Why::Revoked, "EventReport", &origin);
                continue;
            }
            for (key, json) in &report.rest {
                self.lost("EventReport", key, json, &origin);
            }
            let level = self.marks.level("EventReport", fields, &origin);
            let own = making.own(level);
            let name = report.name.unwrap_or_default();
            let name = name.trim();
            let content = report.content.unwrap_or_default();
            let (content, changed) = report::without_references(&content);
            if changed || own.is_some() {
                self.marks
                    .losses
                    .note(Why::Changed, "EventReport.content", &origin);
            }
            let body = &mut making.entry.body.0;
            match own {
                // Of text only a block has a marking of its own, and it takes the heading with it.
                Some(_) => body.push(Piece::Fence {
                    language: "markdown".to_owned(),
                    text: format!("# {name}\n\n{content}"),
                    tlp: own,
                }),
                None => {
                    if !name.is_empty() {
                        body.push(Piece::Heading(name.to_owned()));
                    }
                    body.push(Piece::Markdown(format!("\n\n{content}\n\n")));
                }
            }
        }
    }

    /// Events that this one extends, or that MISP found to have something in common with it.
    fn others(
        &mut self,
        extended: Option<String>,
        others: Option<Vec<Json>>,
        present: &HashSet<String>,
        making: &mut Making,
    ) {
        if let Some(uuid) = extended.filter(|uuid| !uuid.trim().is_empty()) {
            self.other("extends", Some(uuid), present, making);
        }
        for other in others.into_iter().flatten() {
            let other = other
                .get("Event")
                .and_then(|event| json::text(event.get("uuid")));
            self.other("correlates-with", other, present, making);
        }
    }

    /// Another event: a relation where it is in the file.
    fn other(
        &mut self,
        word: &str,
        other: Option<String>,
        present: &HashSet<String>,
        making: &mut Making,
    ) {
        match other.filter(|uuid| present.contains(uuid)) {
            Some(uuid) => {
                let origin = format!("misp-event:{uuid}");
                // Of two that correlate the first says so.
                if word == "extends" || !self.origins.contains(&origin) {
                    making.relate(Verb::RelatedTo, &origin, Some(word), None);
                }
            }
            None => {
                let property = format!("event.{word}");
                self.marks
                    .losses
                    .note(Why::LeadsNowhere, property, &making.entry.origin);
            }
        }
    }

    /// The source for the event's report, and the incident with all that it says.
    fn finish(&mut self, making: Making, orgc: Option<&shape::Organisation>) {
        let Making {
            mut entry,
            source,
            tags,
            cited,
            relations,
            related: _,
        } = making;
        let mut report =
            Incoming::new(source, Kind::Source, format!("MISP event: {}", entry.title));
        report.tlp = entry.tlp;
        if let Some(date) = entry.value("date") {
            report.add("date", date.clone());
        }
        report.add("type", "report");
        match orgc {
            Some(orgc) => {
                let by = self.shared.organisation(orgc, entry.tlp);
                report.add("publisher", Value::Entry(by));
            }
            None => report.add("publisher", "MISP"),
        }
        let mut seen = HashSet::new();
        let tags = tags.into_iter().filter(|tag| seen.insert(tag.clone()));
        entry.add("tags", several(tags.map(Value::Text).collect()));
        let cited = cited
            .into_iter()
            .filter(|origin| seen.insert(origin.clone()));
        entry.add("sources", several(cited.map(Value::Entry).collect()));
        for (verb, relations) in relations {
            entry.add(verb.key(), several(relations));
        }
        self.entries.push(entry);
        self.entries.push(report);
    }

    fn propose(&mut self, proposal: Json, origin: &str) {
        let id = json::text(proposal.get("uuid")).unwrap_or_else(|| origin.to_owned());
        self.keep("ShadowAttribute", format!("misp-proposal:{id}"), proposal);
    }

    fn keep(&mut self, property: &str, origin: String, object: Json) {
        self.marks.losses.note(Why::Kept, property, &origin);
        self.kept.push(Kept { origin, object });
    }

    fn lost(&mut self, part: &str, key: &str, json: &Json, origin: &str) {
        let empty = match json {
            Json::Null => true,
            Json::Array(items) => items.is_empty(),
            Json::Object(entries) => entries.is_empty(),
            Json::String(text) => text.is_empty(),
            Json::Bool(_) | Json::Number(_) => false,
        };
        // What says who may see it was read before.
        let is_read = is_field(key) || holds_tags(key);
        if !empty && !is_read && !shape::BOOKKEEPING.contains(&key) {
            self.marks
                .losses
                .note(Why::Lost, format!("{part}.{key}"), origin);
        }
    }
}

impl Making {
    /// The marking of a part, where it is higher than that of the event.
    fn own(&self, tlp: Option<Tlp>) -> Option<Tlp> {
        tlp.filter(|tlp| *tlp > Tlp::Clear && Some(*tlp) > self.entry.tlp)
    }

    /// Has the incident say something of another entry, once.
    fn relate(&mut self, verb: Verb, to: &str, word: Option<&str>, own: Option<Tlp>) {
        if !self.related.insert((verb, to.to_owned())) {
            return;
        }
        let mut said = vec![("entry".to_owned(), Value::Entry(to.to_owned()))];
        said.extend(word.map(|word| ("verb".to_owned(), word.into())));
        said.push(("sources".to_owned(), Value::Entry(self.source.clone())));
        said.extend(own.map(|tlp| ("tlp".to_owned(), tlp.name().into())));
        self.relations
            .entry(verb)
            .or_default()
            .push(Value::Map(said));
    }
}

/// The origin of the source that an event rests on.
fn report_origin(id: &str) -> String {
    format!("misp-report:{id}")
}

/// The word for a number of a scale of MISP.
fn word(number: Option<Json>, words: [(&str, &'static str); 3]) -> Option<&'static str> {
    let number = json::text(number.as_ref())?;
    let known = words.into_iter().find(|(known, _)| *known == number);
    known.map(|(_, word)| word)
}
