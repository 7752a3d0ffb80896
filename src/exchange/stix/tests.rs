//! What becomes of objects of STIX.

use super::*;
use crate::exchange::{Incoming, Piece, Value as Said};
use crate::model::Tlp;
use serde_json::json;

fn bundle(objects: serde_json::Value) -> String {
    json!({ "type": "bundle", "id": "bundle--1", "objects": objects }).to_string()
}

fn import(objects: serde_json::Value) -> Import {
    read(&bundle(objects), &Markings::default()).unwrap()
}

fn entry<'i>(import: &'i Import, origin: &str) -> &'i Incoming {
    import
        .entries
        .iter()
        .find(|entry| entry.origin == origin)
        .unwrap()
}

const STATEMENT: &str = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168";

#[test]
fn a_group_as_attack_has_it_becomes_an_actor() {
    let import = import(json!([
        { "type": "marking-definition", "id": STATEMENT, "definition_type": "statement", "definition": { "statement": "Copyright" } },
        { "type": "malware", "id": "malware--1", "name": "Quay", "is_family": true,
          "external_references": [{ "source_name": "mitre-attack", "external_id": "S0001" }] },
        { "type": "intrusion-set", "id": "intrusion-set--1", "name": "Lynx", "aliases": ["Lynx", "Harbour Lynx"],
          "description": "[Lynx](https://attack.mitre.org/groups/G0001) uses [Quay](https://attack.mitre.org/software/S0001).(Citation: Labs 2024)",
          "object_marking_refs": [STATEMENT],
          "external_references": [
            { "source_name": "mitre-attack", "external_id": "G0001", "url": "https://attack.mitre.org/groups/G0001" },
            { "source_name": "Harbour Lynx", "description": "(Citation: Labs 2024)" },
            { "source_name": "Labs 2024", "description": "Labs. (2024, May 2). A Report. Retrieved June 1, 2024.", "url": "https://www.labs.example/a" }] },
        { "type": "relationship", "id": "relationship--1", "relationship_type": "uses", "source_ref": "intrusion-set--1", "target_ref": "malware--1",
          "confidence": 75, "description": "It did so twice.(Citation: Labs 2024)" }
    ]));
    let lynx = entry(&import, "intrusion-set--1");
    assert_eq!(lynx.title, "Lynx");
    assert_eq!(lynx.tlp, None);
    assert_eq!(lynx.value("rights"), Some(&Said::from(vec!["Copyright"])));
    let source = "reference: https://labs.example/a";
    let alias = Said::Map(vec![
        ("name".into(), "Harbour Lynx".into()),
        ("by".into(), "labs.example".into()),
        (
            "sources".into(),
            Said::List(vec![Said::Entry(source.into())]),
        ),
    ]);
    assert_eq!(lynx.value("aliases"), Some(&Said::List(vec![alias])));
    assert_eq!(
        lynx.body.0.last(),
        Some(&Piece::Cite {
            source: source.into(),
            at: None
        })
    );
    assert!(lynx.body.0.contains(&Piece::Link {
        to: "malware--1".into(),
        words: "Quay".into()
    }));
    let Some(Said::Map(uses)) = lynx.value("uses") else {
        panic!("{:?}", lynx.values)
    };
    assert_eq!(uses[0], ("entry".into(), Said::Entry("malware--1".into())));
    assert_eq!(uses[1], ("confidence".into(), "likely".into()));
    let report = entry(&import, source);
    assert_eq!(
        (report.title.as_str(), report.name.as_str()),
        ("A Report", "Labs 2024")
    );
    assert_eq!(report.value("date"), Some(&"2024-05-02".into()));
    assert_eq!(report.value("publisher"), Some(&"labs.example".into()));
    assert_eq!(import.losses.gone(), 0);
}

#[test]
fn a_marking_that_is_not_understood_withholds() {
    let marked = |refs: serde_json::Value, granular: serde_json::Value| {
        let import = import(json!([
            { "type": "marking-definition", "id": "marking-definition--1", "definition_type": "iep", "name": "IEP", "definition": {} },
            { "type": "tool", "id": "tool--1", "name": "T", "object_marking_refs": refs, "granular_markings": granular }
        ]));
        let gone = import.losses.gone();
        (entry(&import, "tool--1").tlp, gone > 0)
    };
    let none = json!([]);
    assert_eq!(marked(json!([]), none.clone()), (None, false));
    assert_eq!(
        marked(
            json!(["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"]),
            none.clone()
        ),
        (Some(Tlp::Clear), false)
    );
    assert_eq!(
        marked(
            json!(["marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"]),
            none.clone()
        ),
        (Some(Tlp::AmberStrict), false)
    );
    assert_eq!(
        marked(json!(["marking-definition--1"]), none.clone()),
        (Some(Tlp::Red), true)
    );
    assert_eq!(
        marked(json!(["marking-definition--nobody"]), none.clone()),
        (Some(Tlp::Red), true)
    );
    assert_eq!(
        marked(json!("marking-definition--1"), none.clone()),
        (Some(Tlp::Red), true)
    );
    let part = json!([{ "marking_ref": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "selectors": ["name"] }]);
    assert_eq!(marked(json!([]), part), (Some(Tlp::Amber), true));
    assert_eq!(
        marked(json!([]), json!([{ "selectors": ["name"] }])),
        (Some(Tlp::Red), true)
    );
    assert_eq!(marked(json!([]), json!("x")), (Some(Tlp::Red), true));
}

#[test]
fn what_was_revoked_is_counted_and_makes_no_entry_of_its_own() {
    let import = import(json!([
        { "type": "tool", "id": "tool--1", "name": "T", "revoked": true, "modified": "2024-01-02T00:00:00Z" },
        { "type": "tool", "id": "tool--2", "name": "U" },
        { "type": "relationship", "id": "relationship--1", "relationship_type": "revoked-by", "source_ref": "tool--1", "target_ref": "tool--2" }
    ]));
    assert!(entry(&import, "tool--1").former);
    assert!(
        import
            .losses
            .iter()
            .any(|loss| loss.why == Why::Revoked && loss.count == 1)
    );
}

#[test]
fn what_no_kind_fits_is_kept() {
    let import = import(json!([
        { "type": "course-of-action", "id": "course-of-action--1", "name": "M" },
        { "type": "tool", "id": "tool--1", "name": "T", "x_custom": { "a": [1, true] } },
        { "type": "relationship", "id": "relationship--1", "relationship_type": "mitigates", "source_ref": "course-of-action--1", "target_ref": "tool--1" }
    ]));
    let kept: Vec<&str> = import.kept.iter().map(|it| it.origin.as_str()).collect();
    assert_eq!(kept, ["course-of-action--1", "tool--1", "relationship--1"]);
    let Some(Said::Map(extra)) = entry(&import, "tool--1").value("extra") else {
        panic!()
    };
    assert_eq!(extra[0].0, "x_custom");
}

#[test]
fn what_the_table_of_relations_lacks_is_said_by_its_verb() {
    let import = import(json!([
        { "type": "campaign", "id": "campaign--1", "name": "C" },
        { "type": "location", "id": "location--1", "name": "L", "country": "MT" },
        { "type": "relationship", "id": "relationship--1", "relationship_type": "compromises", "source_ref": "campaign--1", "target_ref": "location--1" }
    ]));
    let Some(Said::Map(relation)) = entry(&import, "campaign--1").value("related_to") else {
        panic!()
    };
    let verb = crate::exchange::Prose::words("compromises".to_owned());
    assert_eq!(relation[1], ("verb".into(), Said::Prose(verb)));
}

#[test]
fn indicators_stand_where_they_belong() {
    let import = import(json!([
        { "type": "malware", "id": "malware--1", "name": "Q", "is_family": true },
        { "type": "indicator", "id": "indicator--1", "name": "C2", "pattern_type": "stix", "pattern": "[ipv4-addr:value = '198.51.100.1']", "valid_from": "2024-01-01T00:00:00Z",
          "object_marking_refs": ["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"] },
        { "type": "relationship", "id": "relationship--1", "relationship_type": "indicates", "source_ref": "indicator--1", "target_ref": "malware--1" },
        { "type": "indicator", "id": "indicator--2", "pattern_type": "yara", "pattern": "rule a { condition: false }" }
    ]));
    let fence = |origin: &str| entry(&import, origin).body.0.last().cloned();
    assert_eq!(
        fence("malware--1"),
        Some(Piece::Fence {
            language: "ioc".into(),
            text: "198[.]51[.]100[.]1  # C2; from 2024-01-01".into(),
            tlp: Some(Tlp::Amber)
        })
    );
    assert!(
        matches!(fence("indicators"), Some(Piece::Fence { language, .. }) if language == "yara")
    );
}

#[test]
fn nothing_panics() {
    for text in [
        "",
        "{}",
        "[]",
        "1",
        "{\"objects\": 1}",
        "{\"type\":\"tool\",\"id\":\"tool--1\"}",
        "[{\"type\":1,\"id\":2}]",
    ] {
        let _ = read(text, &Markings::default());
    }
}

/// The blocks of an entry, with their markings.
fn blocks(entry: &Incoming) -> Vec<(Option<Tlp>, &str)> {
    let pieces = entry.body.0.iter().filter_map(|piece| match piece {
        Piece::Fence { text, tlp, .. } => Some((*tlp, text.as_str())),
        _ => None,
    });
    pieces.collect()
}

#[test]
fn what_was_seen_stands_with_what_it_is_of() {
    let red = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed";
    let import = import(json!([
        { "type": "malware", "id": "malware--1", "name": "Quay", "is_family": true },
        { "type": "indicator", "id": "indicator--1", "pattern_type": "stix", "name": "A server",
          "pattern": "[ipv4-addr:value = '198.51.100.1']" },
        { "type": "relationship", "id": "relationship--1", "relationship_type": "indicates",
          "source_ref": "indicator--1", "target_ref": "malware--1" },
        { "type": "sighting", "id": "sighting--1", "sighting_of_ref": "indicator--1", "count": 2 },
        { "type": "sighting", "id": "sighting--2", "sighting_of_ref": "indicator--1", "last_seen": "2024-05-06T00:00:00Z" },
        { "type": "sighting", "id": "sighting--3", "sighting_of_ref": "indicator--1", "object_marking_refs": [red] },
        { "type": "sighting", "id": "sighting--4", "sighting_of_ref": "malware--1",
          "observed_data_refs": ["observed-data--1"], "object_marking_refs": [red] },
        { "type": "observed-data", "id": "observed-data--1", "number_observed": 3, "object_refs": ["file--1", "process--1"],
          "first_observed": "2024-05-01T10:00:00Z", "last_observed": "2024-05-02T10:00:00Z" },
        { "type": "file", "id": "file--1", "name": "a.exe", "hashes": { "MD5": "d41d8cd98f00b204e9800998ecf8427e" } },
        { "type": "process", "id": "process--1", "pid": 7 },
        { "type": "observed-data", "id": "observed-data--2", "first_observed": "2024-05-01T10:00:00Z",
          "objects": { "0": { "type": "domain-name", "value": "quay.example" } } }
    ]));
    assert_eq!(
        blocks(entry(&import, "malware--1")),
        [
            (
                None,
                "198[.]51[.]100[.]1  # A server; sighted 3 times, last on 2024-05-06"
            ),
            (
                Some(Tlp::Red),
                "d41d8cd98f00b204e9800998ecf8427e  # observed 2024-05-01 to 2024-05-02; 3 times; not for detection"
            ),
        ]
    );
    assert_eq!(
        blocks(entry(&import, "indicators")),
        [(
            None,
            "quay[.]example  # observed 2024-05-01; not for detection"
        )]
    );
    let kept = import.losses.iter().filter(|loss| loss.why == Why::Kept);
    let kept: Vec<String> = kept.map(|loss| loss.property).collect();
    assert_eq!(kept, ["observed-data", "process", "sighting"]);
}

#[test]
fn what_was_revoked_leads_to_what_replaced_it() {
    let import = import(json!([
        { "type": "tool", "id": "tool--1", "name": "Old", "revoked": true, "modified": "2024-05-01T00:00:00Z" },
        { "type": "tool", "id": "tool--2", "name": "New" },
        { "type": "relationship", "id": "relationship--1", "relationship_type": "revoked-by",
          "source_ref": "tool--1", "target_ref": "tool--2" }
    ]));
    let Some(Said::Map(withdrawn)) = entry(&import, "tool--1").value("withdrawn") else {
        panic!("{:?}", import.entries)
    };
    let Some((_, Said::Prose(reason))) = withdrawn.last() else {
        panic!("{withdrawn:?}")
    };
    assert_eq!(
        reason.0.last(),
        Some(&Piece::Link {
            to: "tool--2".into(),
            words: "New".into()
        })
    );
}

#[test]
fn files_are_read_as_one() {
    let files = [
        (
            "a.json",
            json!([{ "type": "tool", "id": "tool--1", "name": "One" }]),
        ),
        (
            "b.json",
            json!({ "type": "relationship", "id": "relationship--1", "relationship_type": "uses",
            "source_ref": "malware--1", "target_ref": "tool--1" }),
        ),
        (
            "c.json",
            json!([{ "type": "malware", "id": "malware--1", "name": "Two" }]),
        ),
    ];
    let files = files.map(|(name, objects)| (name.to_owned(), objects.to_string()));
    let import = read_all(&files, &Markings::default()).unwrap();
    assert!(entry(&import, "malware--1").value("uses").is_some());
    let broken = [("x.json".to_owned(), "{".to_owned())];
    let fault = read_all(&broken, &Markings::default()).unwrap_err();
    assert!(fault.message.starts_with("`x.json`: this is no JSON"));
}
