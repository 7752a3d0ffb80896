//! The bundle of STIX holds what the audience may see, in the form that the specification asks for.

#[path = "export_stix/round.rs"]
mod round;
mod support;

use dossier::exchange;
use dossier::export::stix;
use dossier::model::Tlp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use support::Project;

/// The bundle of a project.
#[track_caller]
fn bundle(project: &Project) -> Vec<u8> {
    let run = project.run();
    let report = project.report(&run.problems);
    let Some(built) = run.site else {
        panic!("the project has errors:\n{report}");
    };
    let (site, config) = (&built.site, &project.config());
    let held = stix::Everything::of(site, config)
        .bundle(site, config, None)
        .bytes();
    let mut written = Vec::new();
    stix::write(site, config, &mut written).expect("memory takes it");
    assert!(written == held, "written one by one it is another");
    written
}

fn read(bytes: &[u8]) -> Vec<Value> {
    let bundle: Value = serde_json::from_slice(bytes).expect("JSON");
    let objects = bundle["objects"].as_array().expect("objects");
    objects.clone()
}

fn sample() -> Project {
    Project::load(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn second_sample() -> Project {
    Project::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/colonial-pipeline"))
}

/// The object of a type and name.
#[track_caller]
fn named<'o>(objects: &'o [Value], kind: &str, name: &str) -> &'o Value {
    let mut all = objects.iter();
    let found = all.find(|it| it["type"] == kind && it["name"] == name);
    found.unwrap_or_else(|| panic!("there is no {kind} `{name}`"))
}

fn own(object: &Value) -> &Value {
    &object["extensions"][stix::EXTENSION]
}

/// Every reference of an object to another one.
fn refs(value: &Value, found: &mut Vec<String>) {
    let is_ref = |key: &str| key == "ref" || key.ends_with("_ref") || key.ends_with("_refs");
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(id) if is_ref(key) => found.push(id.clone()),
                    Value::Array(ids) if is_ref(key) => {
                        found.extend(ids.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    value => refs(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| refs(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The relationships that the specification has (STIX 2.1, appendix B), as far as this program writes them.
const ALLOWED: &[(&str, &str, &[&str])] = &[
    ("attack-pattern", "uses", &["malware", "tool"]),
    (
        "campaign",
        "attributed-to",
        &["intrusion-set", "threat-actor"],
    ),
    ("campaign", "originates-from", &["location"]),
    (
        "campaign",
        "targets",
        &["identity", "location", "vulnerability"],
    ),
    (
        "campaign",
        "uses",
        &["attack-pattern", "infrastructure", "malware", "tool"],
    ),
    ("identity", "located-at", &["location"]),
    (
        "indicator",
        "indicates",
        &[
            "attack-pattern",
            "campaign",
            "infrastructure",
            "intrusion-set",
            "malware",
            "threat-actor",
            "tool",
        ],
    ),
    ("infrastructure", "communicates-with", &["infrastructure"]),
    ("infrastructure", "controls", &["infrastructure", "malware"]),
    ("infrastructure", "hosts", &["malware", "tool"]),
    ("infrastructure", "located-at", &["location"]),
    ("infrastructure", "uses", &["infrastructure"]),
    ("intrusion-set", "attributed-to", &["threat-actor"]),
    ("intrusion-set", "hosts", &["infrastructure"]),
    ("intrusion-set", "originates-from", &["location"]),
    ("intrusion-set", "owns", &["infrastructure"]),
    (
        "intrusion-set",
        "targets",
        &["identity", "location", "vulnerability"],
    ),
    (
        "intrusion-set",
        "uses",
        &["attack-pattern", "infrastructure", "malware", "tool"],
    ),
    ("malware", "authored-by", &["intrusion-set", "threat-actor"]),
    ("malware", "controls", &["malware"]),
    ("malware", "downloads", &["malware", "tool"]),
    ("malware", "drops", &["malware", "tool"]),
    ("malware", "exploits", &["vulnerability"]),
    ("malware", "originates-from", &["location"]),
    (
        "malware",
        "targets",
        &["identity", "infrastructure", "location"],
    ),
    (
        "malware",
        "uses",
        &["attack-pattern", "infrastructure", "malware", "tool"],
    ),
    ("malware", "variant-of", &["malware"]),
    ("threat-actor", "attributed-to", &["identity"]),
    ("threat-actor", "hosts", &["infrastructure"]),
    ("threat-actor", "impersonates", &["identity"]),
    ("threat-actor", "located-at", &["location"]),
    ("threat-actor", "owns", &["infrastructure"]),
    (
        "threat-actor",
        "targets",
        &["identity", "location", "vulnerability"],
    ),
    (
        "threat-actor",
        "uses",
        &["attack-pattern", "infrastructure", "malware", "tool"],
    ),
    ("tool", "drops", &["malware"]),
    (
        "tool",
        "targets",
        &["identity", "infrastructure", "location", "vulnerability"],
    ),
    ("tool", "uses", &["infrastructure"]),
];

/// What is wrong with a bundle; `whole` where it is that of a whole site, in which every reference leads somewhere.
fn faults(objects: &[Value], whole: bool) -> Vec<String> {
    let schema = dossier::export::stix::SCHEMA;
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let mut wrong = Vec::new();
    let mut ids = HashSet::new();
    for object in objects {
        let id = object["id"].as_str().expect("an id");
        if !ids.insert(id) {
            wrong.push(format!("{id} stands twice"));
        }
        if !id.starts_with(&format!("{}--", object["type"].as_str().unwrap_or(""))) {
            wrong.push(format!("{id} is of another type"));
        }
        let (created, modified) = (object["created"].as_str(), object["modified"].as_str());
        if modified.is_some() && modified < created {
            wrong.push(format!("{id} was changed before it was made"));
        }
        wrong.extend(
            { schema.iter_errors(own(object)) }
                .filter(|_| !own(object).is_null())
                .map(|it| format!("{id}: {it} at {}", it.instance_path())),
        );
    }
    for object in objects {
        let id = object["id"].as_str().unwrap_or("");
        let mut found = Vec::new();
        refs(object, &mut found);
        let needed = ["source_ref", "target_ref", "created_by_ref"];
        let needed = needed.iter().filter_map(|key| object[*key].as_str());
        let marked = object["object_marking_refs"]
            .as_array()
            .into_iter()
            .flatten();
        let needed: Vec<&str> = needed.chain(marked.filter_map(Value::as_str)).collect();
        for to in found
            .iter()
            .map(String::as_str)
            .filter(|_| whole)
            .chain(needed)
        {
            if !ids.contains(to) {
                wrong.push(format!("{id} leads to {to}, which is not there"));
            }
        }
        let is_list = |key: &str| object[key].as_array().is_some_and(|list| !list.is_empty());
        if ["report", "note"].iter().any(|it| object["type"] == *it) && !is_list("object_refs") {
            wrong.push(format!("{id} is about nothing"));
        }
        let unmarked = ["marking-definition", "extension-definition"];
        let unmarked = unmarked.iter().any(|it| object["type"] == *it) || id == stix::PROGRAM;
        if !unmarked && !is_list("object_marking_refs") {
            wrong.push(format!("{id} is not marked"));
        }
        if object["type"] == "relationship" {
            let kind = |key: &str| {
                let id = object[key].as_str().unwrap_or("");
                id.split("--").next().unwrap_or("").to_owned()
            };
            let (from, to) = (kind("source_ref"), kind("target_ref"));
            let verb = object["relationship_type"].as_str().unwrap_or("");
            let common = ["related-to", "derived-from", "duplicate-of"].contains(&verb);
            let allowed = ALLOWED.iter().any(|(source, own, targets)| {
                (*source, *own) == (from.as_str(), verb) && targets.contains(&to.as_str())
            });
            if !common && !allowed {
                wrong.push(format!("{id}: {from} {verb} {to}"));
            }
            if own(object)["statement"]["denied"] == true {
                wrong.push(format!("{id} is denied"));
            }
        }
    }
    // Those of a type stand as the entries do that they are made of: of a kind, by slug.
    let mut pages: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    for object in objects {
        if let Some(page) = own(object)["page"].as_str() {
            let of = (object["type"].to_string(), own(object)["kind"].to_string());
            pages
                .entry(of)
                .or_default()
                .push(page.trim_end_matches('/'));
        }
    }
    let by_type = objects.is_sorted_by_key(|object| object["type"].to_string());
    if !by_type || !pages.values().all(|of_kind| of_kind.is_sorted()) {
        wrong.push("the objects are in no order".to_owned());
    }
    wrong
}

#[test]
fn the_samples_are_sound_and_the_same_twice() {
    for project in [sample(), second_sample()] {
        let bytes = bundle(&project);
        assert!(bytes == bundle(&project), "the same bytes");
        let wrong = faults(&read(&bytes), true);
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}

#[test]
fn the_sample_says_in_stix_what_it_says() {
    let objects = read(&bundle(&sample()));
    let apt38 = named(&objects, "intrusion-set", "APT38");
    assert_eq!(
        apt38["id"],
        "intrusion-set--00f67a77-86a4-4adf-be26-1a54fc713340"
    );
    // A name for something that overlaps is none of the same.
    assert_eq!(apt38["aliases"], json!(["ATK117"]));
    assert_eq!(apt38["first_seen"], "2014-02-01T00:00:00.000Z");
    assert_eq!(apt38["primary_motivation"], "personal-gain");
    let statements = own(apt38)["statements"].as_array().expect("statements");
    let seen: Vec<&str> = statements
        .iter()
        .filter(|it| it["name"] == "first_seen")
        .filter_map(|it| it["value"].as_str())
        .collect();
    assert_eq!(seen, ["2014-02", "2014", "2015"]);
    let heist = named(&objects, "incident", "Bangladesh Bank heist");
    let core = &heist["extensions"]["extension-definition--ef765651-680c-498d-9894-99799f2fa126"];
    assert_eq!(core["determination"], "confirmed");
    let dhaka = named(&objects, "location", "Dhaka");
    assert_eq!(
        (&dhaka["country"], &dhaka["city"]),
        (&json!("BD"), &json!("Dhaka"))
    );
    let claim = |from: &Value, to: &Value| {
        let is = |it: &&Value| it["source_ref"] == from["id"] && it["target_ref"] == to["id"];
        objects.iter().find(is).expect("a relationship").clone()
    };
    let relation = claim(heist, apt38);
    assert_eq!(relation["relationship_type"], "related-to");
    assert_eq!(relation["description"], "is attributed to");
    assert_eq!(relation["confidence"], 85);
    assert_eq!(own(&relation)["statement"]["name"], "attributed_to");
    assert_eq!(
        relation["external_references"][0]["source_name"],
        "straits-times-2018"
    );
}

#[test]
fn what_is_denied_is_no_relationship() {
    let project = Project::default()
        .file(
            "actors/a.md",
            "---\ntitle: A\nattributed_to:\n  - { entry: o, sources: s, denied: true, note: They say so. }\n---\n",
        )
        .stub("organisations/o.md", "O")
        .stub("sources/s.md", "S");
    let objects = read(&bundle(&project));
    assert_eq!(faults(&objects, true), Vec::<String>::new());
    let actor = named(&objects, "intrusion-set", "A");
    let target = named(&objects, "identity", "O");
    let leads = |it: &&Value| it["type"] == "relationship" && it["target_ref"] == target["id"];
    assert_eq!(objects.iter().find(leads), None);
    let denied = &own(actor)["statements"][0];
    assert_eq!(denied["denied"], true);
    assert_eq!(denied["target_ref"], target["id"]);
    assert_eq!(denied["note"], "They say so.");
    // What denies it is one of the sources of the actor.
    let report = named(&objects, "report", "S");
    assert_eq!(report["object_refs"], json!([actor["id"]]));
}

#[test]
fn an_object_is_the_same_in_the_bundle_of_an_entry() {
    let project = sample();
    let run = project.run();
    let built = run.site.expect("no errors");
    let site = &built.site;
    let all = stix::Everything::of(site, &project.config());
    let whole = all.bundle(site, &project.config(), None);
    let (id, _) = { site.release.iter() }
        .find(|(_, page)| page.title == "APT38")
        .expect("an entry");
    let part = all.bundle(site, &project.config(), Some(&[id]));
    assert!(part.objects.len() > 60 && part.objects.len() < whole.objects.len());
    for object in &part.objects {
        assert!(whole.objects.contains(object), "{}", object.id);
    }
    let wrong = faults(&read(&part.bytes()), false);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn an_object_that_was_imported_keeps_its_id() {
    let uuid = "0f67a770-86a4-4adf-be26-1a54fc713340";
    let with = |path: &str, id: &str| {
        let text = format!("---\ntitle: X\nexternal_ids: {{ stix: '{id}' }}\n---\n");
        let objects = read(&bundle(&Project::default().file(path, &text)));
        let found = objects
            .iter()
            .find(|it| it["name"] == "X")
            .expect("an object");
        found["id"].as_str().expect("an id").to_owned()
    };
    for (path, kind) in [
        ("actors/x.md", "intrusion-set"),
        ("actors/x.md", "threat-actor"),
        ("organisations/x.md", "identity"),
        ("techniques/x.md", "attack-pattern"),
    ] {
        let id = format!("{kind}--{uuid}");
        assert_eq!(with(path, &id), id);
    }
    for (path, id) in [
        ("actors/x.md", format!("malware--{uuid}")),
        ("actors/x.md", "intrusion-set--1".to_owned()),
        (
            "actors/x.md",
            format!("intrusion-set--{}", uuid.to_uppercase()),
        ),
    ] {
        assert_ne!(with(path, &id), id);
    }
}

#[test]
fn an_entry_that_is_withdrawn_is_revoked_and_says_nothing() {
    let project = Project::default()
        .file(
            "malware/m.md",
            "---\ntitle: M\nsummary: So it was.\naliases: [N]\nwithdrawn: { date: 2025-02-03, reason: It was none. }\n---\nText.\n",
        )
        .file("actors/a.md", "---\ntitle: A\nrelated_to: m\n---\n");
    let objects = read(&bundle(&project));
    assert_eq!(faults(&objects, true), Vec::<String>::new());
    let malware = named(&objects, "malware", "M");
    assert_eq!(malware["revoked"], true);
    assert_eq!(malware["modified"], "2025-02-03T00:00:00.000Z");
    assert_eq!(own(malware)["withdrawn"]["reason"], "It was none.");
    assert_eq!(
        (&malware["description"], &malware["aliases"]),
        (&Value::Null, &Value::Null)
    );
}

/// A dossier that is what an import of a bundle makes.
#[track_caller]
fn imported(bytes: &[u8]) -> Project {
    let text = String::from_utf8_lossy(bytes);
    let import = exchange::stix::read(&text, &exchange::Markings::default()).expect("STIX");
    let project = Project::default();
    let markings = project.config().markings();
    let made = exchange::intake(
        import,
        "stix",
        &exchange::Base::default(),
        &[],
        &markings,
        "",
    );
    made.files.into_iter().fold(project, |project, file| {
        let path = file.path.strip_prefix("content/").expect("an entry");
        project.file(path, &file.after)
    })
}

/// What two bundles have to have in common, by id: of relationships, whose ids are made anew, by what they say. What is of the
/// dossier and not of the matter is left out.
fn graph(objects: &[Value]) -> BTreeMap<String, Value> {
    let says = |object: &Value| {
        let mut object = object.clone();
        let map = object.as_object_mut().expect("an object");
        for of_record in ["created", "modified", "created_by_ref", "object_refs"] {
            map.remove(of_record);
        }
        let key = match map["type"].as_str().unwrap_or("") {
            "relationship" => {
                map.remove("id");
                let ends = ["relationship_type", "source_ref", "target_ref"];
                ends.map(|end| map[end].to_string()).join(" ")
            }
            _ => map["id"].to_string(),
        };
        if let Some(Value::Array(references)) = map.get_mut("external_references") {
            // The page of the entry.
            references.retain(|it| {
                it["url"]
                    .as_str()
                    .is_none_or(|url| !url.contains("example.org"))
            });
            for reference in references.iter_mut().filter_map(Value::as_object_mut) {
                // The kept copy is no part of the bundle, nor, so, is its hash one of what comes back.
                reference.remove("hashes");
            }
            references.sort_by_key(Value::to_string);
        }
        map.remove("extensions");
        for text in ["description", "content"] {
            if let Some(Value::String(text)) = map.get_mut(text) {
                *text = text.replace("example.org/apt38/", "example.org/t/");
                // Lines of indicators stand at the end, below a heading of their own.
                *text = text.replace("\n\n## Indicators", "");
            }
        }
        (key, object)
    };
    let carried = |object: &&Value| {
        let of_dossier = own(object)["role"] == "dossier";
        let indicator = object["type"] == "indicator"
            || object["source_ref"]
                .as_str()
                .is_some_and(|id| id.starts_with("indicator--"));
        !of_dossier && !indicator
    };
    objects.iter().filter(carried).map(says).collect()
}

#[test]
fn the_sample_comes_back() {
    let first = read(&bundle(&sample()));
    let second = read(&bundle(&imported(&bundle(&sample()))));
    let (one, other) = (graph(&first), graph(&second));
    let mut wrong = Vec::new();
    for (key, object) in &one {
        match other.get(key) {
            None => wrong.push(format!("{key} {} is gone", object["name"])),
            Some(again) => {
                let fields = object.as_object().into_iter().flatten();
                for (name, value) in fields.filter(|(name, value)| again[name.as_str()] != **value)
                {
                    wrong.push(format!(
                        "{key} {name}:\n  {value}\n  {}",
                        again[name.as_str()]
                    ));
                }
            }
        }
    }
    for key in other.keys().filter(|key| !one.contains_key(*key)) {
        wrong.push(format!("{key} is new"));
    }
    assert!(
        wrong.is_empty(),
        "{} differences\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn what_others_made_goes_out_as_it_came_in() {
    const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";
    let id =
        |kind: &str, number: u32| format!("{kind}--0f67a770-86a4-4adf-be26-1a54fc71{number:04}");
    let ends = |from: &str, verb: &str, to: &str| json!({ "source_ref": from, "target_ref": to, "relationship_type": verb });
    let (actor, set) = (id("threat-actor", 1), id("intrusion-set", 2));
    let (malware, place) = (id("malware", 3), id("location", 4));
    let objects = json!([
        { "type": "threat-actor", "id": actor, "name": "Quay", "description": "Some *text*." },
        { "type": "intrusion-set", "id": set, "name": "Lynx", "aliases": ["Harbour Lynx"], "first_seen": "2020-02-03T00:00:00.000Z",
          "external_references": [{ "source_name": "mitre-attack", "external_id": "G0001" }] },
        { "type": "malware", "id": malware, "name": "Crane", "is_family": false, "malware_types": ["backdoor"] },
        { "type": "location", "id": place, "name": "Malta", "country": "MT" },
        { "type": "relationship", "id": id("relationship", 5), "relationship_type": "attributed-to", "source_ref": set, "target_ref": actor, "confidence": 85 },
        { "type": "relationship", "id": id("relationship", 6), "relationship_type": "uses", "source_ref": set, "target_ref": malware,
          "description": "Twice.", "object_marking_refs": [AMBER] },
        { "type": "relationship", "id": id("relationship", 7), "relationship_type": "originates-from", "source_ref": set, "target_ref": place },
    ]);
    let text = json!({ "type": "bundle", "id": id("bundle", 0), "objects": objects }).to_string();
    let project = imported(text.as_bytes()).audience(Tlp::Amber);
    let again = read(&bundle(&project));
    assert_eq!(faults(&again, true), Vec::<String>::new());
    for object in objects.as_array().expect("objects") {
        let is = |it: &&Value| match object["type"] == "relationship" {
            true => ["source_ref", "target_ref", "relationship_type"]
                .iter()
                .all(|key| it[*key] == object[*key]),
            false => it["id"] == object["id"],
        };
        let found = again.iter().find(is);
        let found = found.unwrap_or_else(|| panic!("{object} is gone"));
        for (key, value) in object.as_object().expect("an object") {
            match key.as_str() {
                "id" => {}
                "external_references" => {
                    let ids: Vec<&str> = { found[key].as_array().expect("references").iter() }
                        .filter_map(|it| it["external_id"].as_str())
                        .collect();
                    assert_eq!(ids, ["G0001"]);
                }
                _ => assert_eq!(&found[key], value, "{key} of {object}"),
            }
        }
    }
    let open = read(&bundle(&project.audience(Tlp::Clear)));
    let uses = ends(&set, "uses", &malware);
    let leads = |it: &Value| {
        uses.as_object()
            .into_iter()
            .flatten()
            .all(|(key, value)| it[key] == *value)
    };
    assert!(again.iter().any(leads) && !open.iter().any(leads));
}

/// The objects of ATT&CK that become entries, by the type that they have on the way out.
const KEPT: [&str; 5] = [
    "attack-pattern",
    "campaign",
    "intrusion-set",
    "malware",
    "tool",
];

#[test]
fn attack_for_ics_goes_out_as_the_graph_that_came_in() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ics-attack.json");
    let Ok(text) = std::fs::read(&path) else {
        eprintln!("there is no copy of ATT&CK for ICS beside the repository: passed over");
        return;
    };
    let gone = |it: &Value| it["revoked"] == true || it["x_mitre_deprecated"] == true;
    let came: Vec<Value> = read(&text).into_iter().filter(|it| !gone(it)).collect();
    let went = read(&bundle(&imported(&text)));
    assert_eq!(faults(&went, true), Vec::<String>::new());
    let by_id: BTreeMap<&str, &Value> = { went.iter() }
        .filter_map(|it| Some((it["id"].as_str()?, it)))
        .collect();
    let is_kept = |it: &&Value| it["type"].as_str().is_some_and(|kind| KEPT.contains(&kind));
    let catalogued = |it: &Value| -> Vec<String> {
        let references = it["external_references"].as_array().into_iter().flatten();
        let own = references.filter(|it| it["source_name"] == "mitre-attack");
        own.filter_map(|it| it["external_id"].as_str().map(str::to_owned))
            .collect()
    };
    let mut wrong = Vec::new();
    let mut kept = HashSet::new();
    for object in came.iter().filter(is_kept) {
        let id = object["id"].as_str().expect("an id");
        kept.insert(id);
        let Some(again) = by_id.get(id) else {
            wrong.push(format!("{id} {} is gone", object["name"]));
            continue;
        };
        if again["name"] != object["name"] || again["type"] != object["type"] {
            wrong.push(format!("{id} is {} {}", again["type"], again["name"]));
        }
        if catalogued(again) != catalogued(object) {
            wrong.push(format!("{id} is {:?}", catalogued(again)));
        }
        // The first alias of ATT&CK is the name itself.
        for key in ["aliases", "x_mitre_aliases"] {
            for alias in object[key].as_array().into_iter().flatten() {
                let there = again["aliases"].as_array();
                if *alias != object["name"] && !there.is_some_and(|it| it.contains(alias)) {
                    wrong.push(format!("{id} is no longer called {alias}"));
                }
            }
        }
    }
    let edge = |it: &Value| {
        let end = |key: &str| it[key].as_str().map(str::to_owned);
        Some((
            end("source_ref")?,
            end("relationship_type")?,
            end("target_ref")?,
        ))
    };
    let there: HashSet<_> = went.iter().filter_map(edge).collect();
    let mut count = 0;
    for relationship in came.iter().filter(|it| it["type"] == "relationship") {
        let Some(edge) = edge(relationship) else {
            continue;
        };
        let whole = kept.contains(&*edge.0) && kept.contains(&*edge.2);
        if whole && edge.1 != "subtechnique-of" {
            count += 1;
            if !there.contains(&edge) {
                wrong.push(format!("{edge:?} is gone"));
            }
        }
    }
    assert!(
        kept.len() > 100 && count > 250,
        "{} and {count}",
        kept.len()
    );
    assert!(
        wrong.is_empty(),
        "{} differences\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_statement_that_is_not_understood_is_told_as_lost() {
    let mut bundle: Value = serde_json::from_slice(&bundle(&sample())).expect("JSON");
    let objects = bundle["objects"].as_array_mut().expect("objects");
    let actor = objects
        .iter_mut()
        .find(|it| it["name"] == "APT38" && it["type"] == "intrusion-set")
        .expect("APT38");
    let said = actor["extensions"][stix::EXTENSION]["statements"].as_array_mut();
    let said = said.expect("statements");
    said.push(json!({ "address": "omen:1", "sort": "omen", "value": "A comet." }));
    let import = exchange::stix::read(&bundle.to_string(), &exchange::Markings::default());
    let losses = import.expect("STIX").losses;
    assert!(format!("{losses:?}").contains("statement"), "{losses:?}");
}
