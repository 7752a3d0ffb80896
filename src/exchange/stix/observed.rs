//! What was seen: sightings of indicators, and data that was observed.
//!
//! Takes the objects of a bundle; gives for an indicator how often it was sighted, and for observed data the lines of an `ioc` block.
//! That something was observed does not make it an indicator, so that programs are told not to look for it. Who saw it, and
//! where, has no place in a line; the objects stay in the base.

use super::bundle::{Bundle, Object};
use super::entries::day;
use super::marked::Marked;
use super::{text_of, texts_of};
use crate::exchange::Markings;
use crate::model::{Indicator, Tlp};
use serde_json::Value as Json;
use std::collections::HashMap;

/// The sightings of a bundle.
pub(super) struct Sightings<'b> {
    /// By what was sighted, each with its marking.
    of: HashMap<&'b str, Vec<(Object<'b>, Option<Tlp>)>>,
    /// By the observed data that they rest on.
    resting: HashMap<&'b str, (Object<'b>, Option<Tlp>)>,
}

/// How often something was sighted.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) words: Option<String>,
    /// The sightings that say so.
    pub(super) ids: Vec<String>,
}

/// Lines for data that was observed.
pub(super) struct Observed {
    /// What was sighted in it; empty where nothing is said of that.
    pub(super) of: String,
    pub(super) tlp: Option<Tlp>,
    pub(super) lines: Vec<String>,
    /// The objects that are carried as a whole.
    pub(super) ids: Vec<String>,
}

impl<'b> Sightings<'b> {
    pub(super) fn of(bundle: &'b Bundle, markings: &Markings) -> Sightings<'b> {
        let mut sightings = Sightings {
            of: HashMap::new(),
            resting: HashMap::new(),
        };
        let all = bundle.all().filter(|it| it.kind() == "sighting");
        for sighting in all.filter(|it| !it.is_gone()) {
            let tlp = Marked::of(sighting, bundle, markings).tlp;
            let data = sighting.get("observed_data_refs").and_then(Json::as_array);
            for id in data.into_iter().flatten().filter_map(Json::as_str) {
                sightings.resting.entry(id).or_insert((sighting, tlp));
            }
            let of = sighting.get("sighting_of_ref").and_then(Json::as_str);
            if let Some(of) = of {
                let all = sightings.of.entry(of).or_default();
                all.push((sighting, tlp));
            }
        }
        sightings
    }

    /// How often an indicator was sighted, by those sightings that whoever may see its line may know of.
    pub(super) fn seen(&self, object: Object<'_>, tlp: Option<Tlp>) -> Seen {
        let all = self.of.get(object.id()).into_iter().flatten();
        let open = all.filter(|(_, own)| own.unwrap_or_default() <= tlp.unwrap_or_default());
        let open: Vec<Object<'_>> = open.map(|(sighting, _)| *sighting).collect();
        let count = open
            .iter()
            .map(|it| count_of(*it))
            .fold(0, u64::saturating_add);
        let last = open.iter().filter_map(|it| text_of(it, "last_seen"));
        let last = last.map(day).max();
        let words = match (count, last) {
            (0, _) => return Seen::default(),
            (count, Some(last)) => format!("sighted {}, last on {last}", times(count)),
            (count, None) => format!("sighted {}", times(count)),
        };
        Seen {
            words: Some(words),
            ids: open.iter().map(|it| it.id().to_owned()).collect(),
        }
    }
}

fn count_of(sighting: Object<'_>) -> u64 {
    let count = sighting.get("count").and_then(Json::as_u64);
    count.unwrap_or(1)
}

fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

/// All that was observed, as far as lines can say it.
pub(super) fn all(
    bundle: &Bundle,
    markings: &Markings,
    sightings: &Sightings<'_>,
) -> Vec<Observed> {
    let data = bundle.all().filter(|it| it.kind() == "observed-data");
    let data = data.filter(|it| !it.is_gone());
    let all = data.filter_map(|object| {
        let mut tlp = Marked::of(object, bundle, markings).tlp;
        let mut of = String::new();
        if let Some((sighting, own)) = sightings.resting.get(object.id()) {
            tlp = tlp.max(*own);
            of = text_of(sighting, "sighting_of_ref")
                .unwrap_or("")
                .to_owned();
        }
        let (mut lines, mut ids) = (Vec::new(), Vec::new());
        let mut whole = true;
        let note = note(object);
        let mut write = |of: &Json| {
            let written = written(of);
            lines.extend(written.iter().map(|it| format!("{it}  # {note}")));
            !written.is_empty()
        };
        for id in texts_of(&object, "object_refs") {
            match bundle.get(id) {
                Some(part)
                    if Marked::of(part, bundle, markings).is_within(tlp)
                        && write(&part.value()) =>
                {
                    ids.push(id.to_owned());
                }
                Some(_) | None => whole = false,
            }
        }
        // As STIX 2.0 has it: the objects stand within.
        let within = object.get("objects").and_then(Json::as_object);
        for part in within.into_iter().flat_map(|it| it.values()) {
            whole &= write(part);
        }
        if whole {
            ids.push(object.id().to_owned());
        }
        (!lines.is_empty()).then_some(Observed {
            of,
            tlp,
            lines,
            ids,
        })
    });
    all.collect()
}

/// When it was observed, and how often.
fn note(object: Object<'_>) -> String {
    let day_of = |name: &str| text_of(&object, name).map(day);
    let when = match (day_of("first_observed"), day_of("last_observed")) {
        (Some(first), Some(last)) if first != last => format!("observed {first} to {last}"),
        (Some(day), _) | (None, Some(day)) => format!("observed {day}"),
        (None, None) => "observed".to_owned(),
    };
    let number = object.get("number_observed").and_then(Json::as_u64);
    let number = number.filter(|it| *it > 1).map(times);
    let parts = [Some(when), number, Some("not for detection".to_owned())];
    let parts = parts.into_iter().flatten();
    let plain = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | ';');
    let note = parts.collect::<Vec<_>>().join("; ");
    note.chars().filter(plain).collect()
}

/// The lines of an observable, empty where none of it is an indicator.
fn written(observable: &Json) -> Vec<String> {
    let text = |name: &str| observable[name].as_str();
    let typed = |word: &str, value: Option<&str>| value.map(|it| (word.to_owned(), it.to_owned()));
    let values: Vec<(String, String)> = match text("type").unwrap_or("") {
        "ipv4-addr" | "ipv6-addr" => typed("ip", text("value")).into_iter().collect(),
        "domain-name" => typed("domain", text("value")).into_iter().collect(),
        "url" => typed("url", text("value")).into_iter().collect(),
        "email-addr" => typed("email", text("value")).into_iter().collect(),
        "mutex" => typed("mutex", text("name")).into_iter().collect(),
        "windows-registry-key" => typed("registry", text("key")).into_iter().collect(),
        "file" => {
            let hashes = observable["hashes"].as_object();
            let hashes = hashes.into_iter().flatten();
            let hashes = hashes.filter_map(|(name, value)| {
                let word = name.replace('-', "").to_lowercase();
                typed(&word, value.as_str())
            });
            let hashes: Vec<_> = hashes.collect();
            match hashes.is_empty() {
                true => typed("file", text("name")).into_iter().collect(),
                false => hashes,
            }
        }
        // Of what else there is, a line of a block says too little.
        _ => Vec::new(),
    };
    let line = |(word, value): &(String, String)| {
        let is_plain = !value.contains(char::is_control)
            && ![" #", " [@", " - ", " // ", " | ", "  ", " ("]
                .iter()
                .any(|it| value.contains(it));
        let found = Indicator::from_text(&format!("{word}: {value}")).filter(|_| is_plain)?;
        let written = found.defanged();
        Some(
            match Indicator::from_text(&written).as_ref() == Some(&found) {
                true => written,
                false => format!("{word}: {written}"),
            },
        )
    };
    values.iter().filter_map(line).collect()
}
