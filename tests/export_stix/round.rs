//! Random bundles of others come in and go out as the same graph; and once more as the very same.
//!
//! What differs is listed in `docs/export/as-stix.md`, and only that is passed over here.

use super::{bundle, graph, imported, own, read};
use dossier::model::Tlp;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const GREEN: &str = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";
const MARKINGS: [Option<&str>; 3] = [None, Some(GREEN), Some(AMBER)];

/// Types that are entries, and stay of their type.
const TYPES: [&str; 10] = [
    "intrusion-set",
    "threat-actor",
    "malware",
    "tool",
    "attack-pattern",
    "campaign",
    "identity",
    "location",
    "infrastructure",
    "vulnerability",
];

/// Relationships of the specification that this dossier has a verb for.
const VERBS: [(&str, &str, &str); 14] = [
    ("intrusion-set", "uses", "malware"),
    ("intrusion-set", "uses", "attack-pattern"),
    ("intrusion-set", "uses", "tool"),
    ("intrusion-set", "attributed-to", "threat-actor"),
    ("intrusion-set", "targets", "identity"),
    ("intrusion-set", "targets", "location"),
    ("intrusion-set", "originates-from", "location"),
    ("campaign", "attributed-to", "intrusion-set"),
    ("campaign", "uses", "malware"),
    ("campaign", "targets", "vulnerability"),
    ("malware", "uses", "attack-pattern"),
    ("malware", "drops", "tool"),
    ("malware", "targets", "identity"),
    ("tool", "targets", "vulnerability"),
];

/// Texts as they stand in bundles: plain, and in the Markdown that ATT&CK writes.
const TEXTS: [&str; 12] = [
    "A crew that steals money.",
    "It uses *two* tools, **both** of its own, and `cmd.exe`.",
    "First this:\n\n- one\n- two\n\nThen that.",
    "A [page](https://news.invalid/a) tells more.",
    "Costs of 5 * 3 and a_b_c; R&D <none> #1 ~ 50%.",
    "«Señor» 日本 – “quoted”.",
    "It is\nbroken into\nlines.",
    "> They said so.\n\nAnd more.",
    "# A head\n\nBelow it.",
    "```\ncode & more\n```",
    "1. one\n2. two",
    "C:\\Windows\\Temp and \\\\host\\share.",
];

#[derive(Debug, Clone)]
struct Thing {
    sort: usize,
    texts: Vec<usize>,
    aliases: u8,
    labels: u8,
    marking: usize,
    references: u8,
    confidence: Option<u8>,
    custom: bool,
}

#[derive(Debug, Clone)]
struct Edge {
    verb: usize,
    from: usize,
    to: usize,
    text: Option<usize>,
    marking: usize,
    confidence: Option<u8>,
    reference: bool,
}

fn things() -> impl Strategy<Value = (Vec<Thing>, Vec<Edge>)> {
    let likely = || prop_oneof![2 => Just(None), 1 => prop::sample::select(vec![5u8, 15, 30, 50, 70, 85, 95]).prop_map(Some)];
    let thing = (
        0..TYPES.len(),
        prop::collection::vec(0..TEXTS.len(), 0..4),
        0..3u8,
        0..3u8,
        prop_oneof![2 => Just(0), 1 => 0..MARKINGS.len()],
        0..3u8,
        likely(),
        any::<bool>(),
    );
    let thing = thing.prop_map(|it| Thing {
        sort: it.0,
        texts: it.1,
        aliases: it.2,
        labels: it.3,
        marking: it.4,
        references: it.5,
        confidence: it.6,
        custom: it.7,
    });
    let edge = (
        0..VERBS.len(),
        any::<usize>(),
        any::<usize>(),
        prop::option::of(0..TEXTS.len()),
        prop_oneof![2 => Just(0), 1 => 0..MARKINGS.len()],
        likely(),
        any::<bool>(),
    );
    let edge = edge.prop_map(|it| Edge {
        verb: it.0,
        from: it.1,
        to: it.2,
        text: it.3,
        marking: it.4,
        confidence: it.5,
        reference: it.6,
    });
    (
        prop::collection::vec(thing, 4..14),
        prop::collection::vec(edge, 0..16),
    )
}

fn id(kind: &str, number: usize) -> String {
    format!("{kind}--0f67a770-86a4-4adf-be26-1a54fc71{number:04}")
}

fn reference(number: usize) -> Value {
    json!({ "source_name": format!("Report {number}"), "description": format!("Desk. (2024, May 2). On matter {number}."),
        "url": format!("https://news.invalid/report-{number}") })
}

/// The objects of a bundle, each relationship with ends of the types that it may have.
fn objects((things, edges): &(Vec<Thing>, Vec<Edge>)) -> Vec<Value> {
    let mut objects = Vec::new();
    for (number, thing) in things.iter().enumerate() {
        let kind = TYPES[thing.sort];
        let mut object = json!({ "type": kind, "spec_version": "2.1", "id": id(kind, number), "name": format!("Thing {number}"),
            "created": "2024-01-02T00:00:00.000Z", "modified": "2024-02-03T00:00:00.000Z" });
        let map = object.as_object_mut().expect("an object");
        let mut put = |key: &str, value: Value| drop(map.insert(key.to_owned(), value));
        if !thing.texts.is_empty() {
            // Of two lists beside each other Markdown makes one.
            let texts: BTreeSet<usize> = thing.texts.iter().copied().collect();
            let texts: Vec<&str> = texts.iter().map(|&at| TEXTS[at]).collect();
            put("description", texts.join("\n\n").into());
        }
        let named = [
            "intrusion-set",
            "threat-actor",
            "malware",
            "tool",
            "campaign",
            "attack-pattern",
            "infrastructure",
        ];
        if thing.aliases > 0 && named.contains(&kind) {
            let aliases: Vec<String> = (0..thing.aliases)
                .map(|at| format!("Alias {number} {at}"))
                .collect();
            put("aliases", json!(aliases));
        }
        if thing.labels > 0 {
            let labels: Vec<String> = (0..thing.labels).map(|at| format!("label {at}")).collect();
            put("labels", json!(labels));
        }
        if thing.references > 0 {
            let references: Vec<Value> = (0..thing.references)
                .map(|at| reference(usize::from(at) + number % 3))
                .collect();
            put("external_references", json!(references));
        }
        if let Some(marking) = MARKINGS[thing.marking] {
            put("object_marking_refs", json!([marking]));
        }
        if let Some(confidence) = thing.confidence {
            put("confidence", json!(confidence));
        }
        if thing.custom {
            put("x_own", json!({ "deep": ["word", true, 3] }));
        }
        match kind {
            "malware" => put("is_family", json!(number % 2 == 0)),
            "identity" => put(
                "identity_class",
                json!(if number % 2 == 0 {
                    "organization"
                } else {
                    "individual"
                }),
            ),
            "location" => put("country", json!("MT")),
            _ => {}
        }
        objects.push(object);
    }
    let mut there = BTreeSet::new();
    for (number, edge) in edges.iter().enumerate() {
        let (from, verb, to) = VERBS[edge.verb];
        let of = |kind: &str, at: usize| {
            let all: Vec<&Value> = objects.iter().filter(|it| it["type"] == kind).collect();
            let found = all.get(at % all.len().max(1))?;
            Some(found["id"].as_str()?.to_owned())
        };
        let (Some(from), Some(to)) = (of(from, edge.from), of(to, edge.to)) else {
            continue;
        };
        if !there.insert((from.clone(), verb, to.clone())) {
            continue;
        }
        let mut object = json!({ "type": "relationship", "spec_version": "2.1", "id": id("relationship", 1000 + number),
            "relationship_type": verb, "source_ref": from, "target_ref": to,
            "created": "2024-01-02T00:00:00.000Z", "modified": "2024-01-02T00:00:00.000Z" });
        let map = object.as_object_mut().expect("an object");
        let mut put = |key: &str, value: Value| drop(map.insert(key.to_owned(), value));
        if let Some(text) = edge.text {
            put("description", TEXTS[text].into());
        }
        if let Some(marking) = MARKINGS[edge.marking] {
            put("object_marking_refs", json!([marking]));
        }
        if let Some(confidence) = edge.confidence {
            put("confidence", json!(confidence));
        }
        if edge.reference {
            put("external_references", json!([reference(number % 4)]));
        }
        objects.push(object);
    }
    objects
}

/// What differs between what came and what went, but for what the manual lists.
fn differences(came: &[Value], went: &[Value]) -> Vec<String> {
    let key = |it: &Value| match it["type"] == "relationship" {
        true => format!(
            "{} {} {}",
            it["source_ref"], it["relationship_type"], it["target_ref"]
        ),
        false => it["id"].to_string(),
    };
    // What Markdown would read has a backslash before it.
    let shown = |it: &Value| it.as_str().map(|text| text.replace('\\', ""));
    let level = |it: &Value| {
        MARKINGS
            .iter()
            .position(|level| level.is_some() && *level == it[0].as_str())
    };
    let there: BTreeMap<String, &Value> = went.iter().map(|it| (key(it), it)).collect();
    let mut wrong = Vec::new();
    for object in came {
        let Some(again) = there.get(&key(object)) else {
            wrong.push(format!("{object} is gone"));
            continue;
        };
        for (name, value) in object.as_object().into_iter().flatten() {
            let found = &again[name.as_str()];
            let same = match name.as_str() {
                // Those of the record, and ids of relationships, are listed in the manual.
                "id" | "created" | "modified" | "spec_version" => true,
                "external_references" => {
                    let url = |it: &Value| it["url"].as_str().map(str::to_owned);
                    let urls = |all: &Value| -> BTreeSet<String> {
                        all.as_array()
                            .into_iter()
                            .flatten()
                            .filter_map(url)
                            .collect()
                    };
                    urls(value).is_subset(&urls(found))
                }
                // In STIX 2.0 these were their types, and they are read as such.
                "labels"
                    if ["malware", "tool"].contains(&object["type"].as_str().unwrap_or("")) =>
                {
                    true
                }
                // A relationship tells of both its ends.
                "object_marking_refs" if object["type"] == "relationship" => {
                    level(found) >= level(value)
                }
                // That of a relationship is a sentence of plain words.
                "description" if object["type"] == "relationship" => words(value) == words(found),
                "description" => shown(value) == shown(found),
                // What there is no key for stands in the extension.
                _ => value == found || *value == own(again)["extra"][name.as_str()],
            };
            if !same {
                wrong.push(format!("{} {name}:\n  {value}\n  {found}", key(object)));
            }
        }
    }
    wrong
}

/// The words of a text, without what Markdown makes of them.
fn words(text: &Value) -> Vec<String> {
    let text = text
        .as_str()
        .unwrap_or("")
        .replace("](https://news.invalid/a)", "");
    let plain = |c: &char| !"\\*`[".contains(*c);
    let text: String = text.chars().filter(plain).collect();
    text.split_whitespace().map(str::to_owned).collect()
}

/// How many random bundles; more by `ROUNDS=2000`.
fn cases() -> u32 {
    let more = std::env::var("ROUNDS").ok().and_then(|it| it.parse().ok());
    more.unwrap_or(32)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bundle_goes_out_as_it_came_in(things in things()) {
        let came = objects(&things);
        let text = json!({ "type": "bundle", "id": id("bundle", 0), "objects": came }).to_string();
        let first = bundle(&imported(text.as_bytes()).audience(Tlp::Red));
        let went = read(&first);
        let wrong = differences(&came, &went);
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let again = read(&bundle(&imported(&first).audience(Tlp::Red)));
        let (one, other): (BTreeMap<String, Value>, _) = (graph(&went), graph(&again));
        for (key, object) in &one {
            prop_assert_eq!(Some(object), other.get(key), "{}", key);
        }
        prop_assert_eq!(one.len(), other.len());
    }
}
