//! What `meta` says of a cluster, as keys of front matter.
//!
//! Takes the values of `meta` one by one; what a key can say is taken out of it, what none can stays for `extra`.
//! A country is a place, a state that is held responsible an organisation: one entry each, however many name it.

use super::super::json::{Object, likelihood, several, texts};
use super::super::marks::is_field;
use super::{Reading, names};
use crate::exchange::incoming::{Incoming, Piece, Value};
use crate::model::country::{self, Country};
use crate::model::name::fold;
use crate::model::{Date, Indicator, Kind, Verb};
use crate::parse::front::keys;
use crate::parse::front::shapes::MOTIVES;

/// Regions by the names that lists of victims have for them.
const REGIONS: &[&str] = &[
    "Africa",
    "Asia",
    "Balkans",
    "Caribbean",
    "Central America",
    "Central Asia",
    "East Asia",
    "Eastern Europe",
    "Europe",
    "Latin America",
    "Middle East",
    "North Africa",
    "North America",
    "Northeast Africa",
    "Oceania",
    "South America",
    "South Asia",
    "Southeast Asia",
    "Southern Africa",
    "West Africa",
    "Western Europe",
];

/// Moves what keys can say out of `meta` into an entry, and what it claims into the relations at `at`.
pub(super) fn read(reading: &mut Reading<'_>, at: usize, entry: &mut Incoming, meta: &mut Object) {
    marking(reading, entry, meta);
    names::read(meta, entry);
    sources(reading, entry, meta);
    plain(entry, meta);
    places(entry, meta);
    country(reading, at, entry, meta);
    victims(reading, at, entry.kind, meta);
    sponsors(reading, at, entry.kind, meta);
    sites(entry, meta);
}

/// A marking that somebody gave a cluster by a key of their own. Nothing under `extra` marks, and nothing there may look as
/// if it did.
fn marking(reading: &mut Reading<'_>, entry: &mut Incoming, meta: &mut Object) {
    entry.tlp = entry.tlp.max(reading.level("meta", meta, &entry.origin));
    meta.retain(|key, _| !is_field(key));
}

fn sources(reading: &mut Reading<'_>, entry: &mut Incoming, meta: &mut Object) {
    let mut found = Vec::new();
    for key in ["refs", "references", "sources", "official-refs"] {
        let addresses = meta.get(key).map(texts).unwrap_or_default();
        let mut unread = Vec::new();
        for address in addresses {
            match reading.pages.source(&address) {
                Some(origin) => found.push(origin),
                None => unread.push(address),
            }
        }
        put_back(meta, key, unread);
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|origin| seen.insert(origin.clone()));
    found.push(reading.source.clone());
    entry.add(
        "sources",
        several(found.into_iter().map(Value::Entry).collect()),
    );
}

/// What stands under a key as it stood in `meta`.
fn plain(entry: &mut Incoming, meta: &mut Object) {
    let kind = entry.kind;
    let has = |key: &str| keys::row(kind, key).is_some();
    for (key, from) in [
        ("date", "date"),
        ("first_seen", "since"),
        ("first_seen", "first-seen"),
        ("first_seen", "first_seen"),
        ("last_seen", "last_seen"),
    ] {
        let said = meta.get(from).map(texts).unwrap_or_default();
        let [date] = said.as_slice() else { continue };
        if has(key) && entry.value(key).is_none() && Date::from_text(date).is_ok() {
            entry.add(key, date.as_str());
            meta.shift_remove(from);
        }
    }
    for (key, from) in [
        ("platforms", "mitre_platforms"),
        ("platforms", "platforms"),
        ("types", "type"),
    ] {
        if has(key) && entry.value(key).is_none() {
            let said = meta.shift_remove(from).map(|json| texts(&json));
            let said = said.unwrap_or_default().into_iter().map(Value::Text);
            entry.add(key, several(said.collect()));
        }
    }
    let motives = meta.get("motive").map(texts).unwrap_or_default();
    let known = |motive: &String| MOTIVES.contains(&fold(motive).as_str());
    if has("motive") && motives.iter().all(known) {
        meta.shift_remove("motive");
        let motives = motives.iter().map(|motive| Value::Text(fold(motive)));
        entry.add("motive", several(motives.collect()));
    }
    if has("tactics") {
        let chain = meta.shift_remove("kill_chain").map(|json| texts(&json));
        let mut tactics: Vec<Value> = Vec::new();
        for step in chain.unwrap_or_default() {
            let tactic = Value::Text(titled(step.rsplit(':').next().unwrap_or(&step)));
            if !tactics.contains(&tactic) {
                tactics.push(tactic);
            }
        }
        entry.add("tactics", several(tactics));
    }
}

/// `defense-evasion` as ATT&CK prints it: `Defense Evasion`.
fn titled(tactic: &str) -> String {
    let word = |word: &str| match word {
        "and" | "or" | "of" | "the" => word.to_owned(),
        word => {
            let mut letters = word.chars();
            let first = letters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(letters).collect()
        }
    };
    let words: Vec<String> = tactic.split(['-', ' ']).map(word).collect();
    words.join(" ")
}

/// The code of a cluster that is a place itself.
fn places(entry: &mut Incoming, meta: &mut Object) {
    if entry.kind != Kind::Place {
        return;
    }
    for key in ["ISO", "iso-code"] {
        let codes = meta.get(key).map(texts).unwrap_or_default();
        let [code] = codes.as_slice() else { continue };
        if let Some((code, name)) = country::by_code(code) {
            meta.shift_remove(key);
            entry.add("type", "country");
            entry.add("code", code);
            if fold(&entry.title) == fold(name) {
                entry.title = name.to_owned();
                entry.name = name.to_owned();
            }
            return;
        }
    }
}

/// Where it comes from, or is at home.
fn country(reading: &mut Reading<'_>, at: usize, entry: &mut Incoming, meta: &mut Object) {
    let kind = entry.kind;
    let claimed = Verb::OriginatesFrom.allowed_from(kind);
    if !claimed && keys::row(kind, "country").is_none() {
        return;
    }
    let confidence = confidence(meta);
    let mut unread = Vec::new();
    for code in meta.get("country").map(texts).unwrap_or_default() {
        match country::by_code(&code) {
            Some(country) if claimed => {
                let place = reading.country(country);
                reading.claim(at, Verb::OriginatesFrom, place, confidence, None);
            }
            Some(country) if entry.value("country").is_none() => {
                entry.add("country", Value::Entry(reading.country(country)));
            }
            Some(_) | None => unread.push(code),
        }
    }
    put_back(meta, "country", unread);
}

fn victims(reading: &mut Reading<'_>, at: usize, kind: Kind, meta: &mut Object) {
    if !Verb::Targets.allowed_from(kind) {
        return;
    }
    for key in ["cfr-suspected-victims", "suspected-victims"] {
        let mut unread = Vec::new();
        for name in meta.get(key).map(texts).unwrap_or_default() {
            let place = match country::by_name(&name) {
                Some(country) => Some(reading.country(country)),
                None => region(&name).map(|region| reading.region(region)),
            };
            match place {
                Some(place) => reading.claim(at, Verb::Targets, place, None, Some("suspected")),
                // Whether it is a place, an organisation or a trade, only a reader can tell.
                None => unread.push(name),
            }
        }
        put_back(meta, key, unread);
    }
}

fn region(name: &str) -> Option<&'static str> {
    let name = fold(name);
    let name = name.strip_prefix("the ").unwrap_or(&name);
    REGIONS.iter().copied().find(|known| fold(known) == name)
}

fn sponsors(reading: &mut Reading<'_>, at: usize, kind: Kind, meta: &mut Object) {
    if !Verb::AttributedTo.allowed_from(kind) {
        return;
    }
    let confidence = confidence(meta);
    let mut unread = Vec::new();
    let key = "cfr-suspected-state-sponsor";
    for name in meta.get(key).map(texts).unwrap_or_default() {
        match country::by_name(&name) {
            Some(country) => {
                let state = reading.state(country);
                reading.claim(at, Verb::AttributedTo, state, confidence, Some("suspected"));
            }
            None => unread.push(name),
        }
    }
    put_back(meta, key, unread);
}

/// How sure the galaxy is of where a group comes from; the number itself stays in `extra`.
fn confidence(meta: &Object) -> Option<&'static str> {
    let said = meta.get("attribution-confidence").map(texts);
    said.unwrap_or_default()
        .first()
        .and_then(|number| likelihood(number))
}

/// Addresses at which a gang publishes what it stole: they are no links for anyone.
fn sites(entry: &mut Incoming, meta: &mut Object) {
    if !matches!(entry.kind, Kind::Malware | Kind::Actor) {
        return;
    }
    let mut unread = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for link in meta.get("links").map(texts).unwrap_or_default() {
        match Indicator::from_text(&link) {
            Some(found) if seen.insert(found.clone()) => lines.push(found.defanged()),
            Some(_) => {}
            None => unread.push(link),
        }
    }
    put_back(meta, "links", unread);
    if !lines.is_empty() {
        entry.body.0.push(Piece::Heading("Sites".to_owned()));
        entry.body.0.push(Piece::Fence {
            language: "ioc".to_owned(),
            text: lines.join("\n"),
            tlp: None,
        });
    }
}

/// Leaves of a key what could not be read.
fn put_back(meta: &mut Object, key: &str, unread: Vec<String>) {
    match (unread.is_empty(), meta.get_mut(key)) {
        (_, None) => {}
        (true, Some(_)) => {
            meta.shift_remove(key);
        }
        (false, Some(value)) => *value = unread.into(),
    }
}

impl Reading<'_> {
    /// The place that a country is.
    fn country(&mut self, (code, name): Country) -> String {
        self.make(format!("country:{code}"), |origin| {
            let mut place = Incoming::new(origin, Kind::Place, name);
            place.add("type", "country");
            place.add("code", code);
            place
        })
    }

    fn region(&mut self, name: &str) -> String {
        self.make(format!("region:{name}"), |origin| {
            let mut place = Incoming::new(origin, Kind::Place, name);
            place.add("type", "region");
            place
        })
    }

    /// The organisation that a state is: what acts is not its territory.
    fn state(&mut self, country: Country) -> String {
        let place = self.country(country);
        let (code, name) = country;
        self.make(format!("state:{code}"), |origin| {
            let mut state = Incoming::new(origin, Kind::Organisation, format!("{name} (state)"));
            state.add("type", "government");
            state.add("country", Value::Entry(place));
            state
        })
    }
}
