//! What events become.

use super::*;
use crate::exchange::Prose;
use proptest::prelude::*;
use serde_json::json;

const UUID: &str = "5a54f2d1-0000-4000-8000-000000000001";

fn read(text: &Json, markings: &Markings) -> Import {
    super::event(&text.to_string(), markings).expect("an event")
}

/// An event for all communities with more fields.
fn of(more: Json) -> Import {
    read(&open(more), &Markings::default())
}

fn open(more: Json) -> Json {
    let mut event = json!({
        "uuid": UUID, "info": "A heist", "date": "2016-02-04", "distribution": "3",
        "Orgc": { "name": "Example CERT", "uuid": "0f00" }
    });
    if let (Json::Object(event), Json::Object(more)) = (&mut event, more) {
        event.extend(more);
    }
    json!({ "Event": event })
}

fn incident(import: &Import) -> &Incoming {
    let mut entries = import.entries.iter();
    entries
        .find(|entry| entry.kind == Kind::Incident)
        .expect("an incident")
}

#[track_caller]
fn entry<'i>(import: &'i Import, title: &str) -> &'i Incoming {
    let mut entries = import.entries.iter();
    entries
        .find(|entry| entry.title == title)
        .unwrap_or_else(|| panic!("no entry {title}"))
}

fn losses(import: &Import) -> Vec<(Why, String)> {
    import
        .losses
        .iter()
        .map(|loss| (loss.why, loss.property))
        .collect()
}

/// A body, a piece a line.
fn body(prose: &Prose) -> Vec<String> {
    let pieces = prose.0.iter().map(|piece| match piece {
        Piece::Heading(text) => format!("## {text}"),
        Piece::Words(text) => format!("words {}", text.trim()),
        Piece::Markdown(text) => format!("markdown {}", text.trim()),
        Piece::Fence {
            language,
            text,
            tlp,
        } => {
            let tlp = tlp.map_or("", |tlp| tlp.name());
            format!(
                "{language}{} {text}",
                if tlp.is_empty() {
                    String::new()
                } else {
                    format!("({tlp})")
                }
            )
        }
        Piece::Link { .. } | Piece::Cite { .. } => panic!("{piece:?}"),
    });
    pieces.collect()
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn an_event_is_an_incident_with_a_source_and_who_made_it() {
    let import = of(
        json!({ "threat_level_id": "2", "analysis": 2, "timestamp": "1515000000", "id": "17", "odd": 1 }),
    );
    let incident = incident(&import);
    assert_eq!(incident.title, "A heist");
    assert_eq!(incident.tlp, None);
    assert_eq!(incident.value("date"), Some(&"2016-02-04".into()));
    assert_eq!(incident.value("updated"), Some(&"2018-01-03".into()));
    assert_eq!(incident.value("status"), None);
    let source = entry(&import, "MISP event: A heist");
    assert_eq!(
        incident.value("sources"),
        Some(&Value::Entry(source.origin.clone()))
    );
    let maker = entry(&import, "Example CERT");
    assert_eq!(
        source.value("publisher"),
        Some(&Value::Entry(maker.origin.clone()))
    );
    assert_eq!(losses(&import), [(Why::Lost, "event.odd".to_owned())]);
}

#[test]
fn what_may_not_go_to_all_is_withheld_unless_it_is_mapped() {
    let mapped = Markings::new([
        ("distribution:1".to_owned(), Tlp::Amber),
        ("house".to_owned(), Tlp::Green),
    ]);
    for (fields, markings, tlp, withheld) in [
        (json!({ "distribution": "0" }), None, Some(Tlp::Red), true),
        (
            json!({ "distribution": 1 }),
            Some(&mapped),
            Some(Tlp::Amber),
            false,
        ),
        (
            json!({ "distribution": "4" }),
            Some(&mapped),
            Some(Tlp::Red),
            true,
        ),
        (json!({ "distribution": null }), None, None, false),
        (
            json!({ "Tag": [{ "name": "tlp:white" }] }),
            None,
            Some(Tlp::Clear),
            false,
        ),
        (
            json!({ "Tag": [{ "name": "tlp:amber" }] }),
            None,
            Some(Tlp::Amber),
            false,
        ),
        (
            json!({ "Tag": [{ "name": "tlp:purple" }] }),
            None,
            Some(Tlp::Red),
            true,
        ),
        (
            json!({ "Tag": [{ "name": "fr-classif:classification=\"secret\"" }] }),
            None,
            Some(Tlp::Red),
            true,
        ),
        (
            json!({ "Tag": [{ "name": "House" }] }),
            Some(&mapped),
            Some(Tlp::Green),
            false,
        ),
        (
            json!({ "distribution": "0", "Tag": [{ "name": "tlp:green" }] }),
            None,
            Some(Tlp::Red),
            true,
        ),
    ] {
        let none = Markings::default();
        let import = read(&open(fields.clone()), markings.unwrap_or(&none));
        assert!(
            import.entries.iter().all(|entry| entry.tlp == tlp),
            "{fields}: {import:?}"
        );
        assert_eq!(
            losses(&import).iter().any(|(why, _)| *why == Why::Withheld),
            withheld,
            "{fields}"
        );
    }
}

#[test]
fn attributes_are_indicators_by_category_and_stricter_ones_stand_apart() {
    let import = of(json!({
        "Attribute": [
            { "type": "ip-dst", "category": "Network activity", "value": "192.0.2.1", "to_ids": true, "comment": "a server\nof theirs" },
            { "type": "domain", "category": "Network activity", "value": "evil.example", "to_ids": false, "first_seen": "2016-02-01T00:00:00Z" },
            { "type": "url", "category": "Network activity", "value": "http://evil.example/x", "Tag": [{ "name": "tlp:amber" }] },
            { "type": "comment", "category": "Other", "value": "Seen twice", "Sighting": [{ "type": "0" }, { "type": "0" }] },
            { "type": "text", "category": "Other", "value": "Quiet", "distribution": "0" },
            { "type": "md5", "category": "Other", "value": "gone", "deleted": true },
            { "type": "link", "category": "External analysis", "value": "https://example.org/report", "to_ids": false, "comment": "what they took" },
            { "type": "link", "category": "External analysis", "value": "https://example.org/report" },
        ]
    }));
    assert_eq!(
        body(&incident(&import).body),
        lines(&[
            "## Network activity",
            "ioc 192[.]0[.]2[.]1  # a server of theirs\nevil[.]example  # first seen 2016-02-01; not for detection",
            "ioc(amber) hxxp://evil[.]example/x",
            "## Other",
            "words comment: Seen twice (2 sightings)",
            "text(red) text: Quiet",
            "## External analysis",
            "words link: hxxps://example[.]org/report (what they took)",
        ])
    );
    let told = losses(&import);
    assert!(
        told.contains(&(Why::Withheld, "attribute.distribution".to_owned())),
        "{told:?}"
    );
    assert!(
        told.contains(&(Why::Revoked, "attribute".to_owned())),
        "{told:?}"
    );
    entry(&import, "example.org: report");
}

#[test]
fn objects_keep_together_what_is_of_one_thing() {
    let import = of(json!({
        "Object": [
            {
                "name": "file", "uuid": "f1", "comment": "the wiper", "distribution": "5",
                "Attribute": [
                    { "type": "filename", "object_relation": "filename", "value": "evtdiag.exe", "to_ids": true },
                    { "type": "sha1", "object_relation": "sha1", "value": "525a8e3ae4e3df8c9c61f2a49e38541d196e9228", "to_ids": true }
                ],
                "ObjectReference": [
                    { "referenced_uuid": "f2", "relationship_type": "connects-to" },
                    { "referenced_uuid": "zz", "relationship_type": "drops" }
                ]
            },
            { "name": "domain-ip", "uuid": "f2", "distribution": "0",
              "Attribute": [{ "type": "ip-dst", "object_relation": "ip", "value": "192.0.2.1", "to_ids": true }] },
            { "name": "pe-section",
              "Attribute": [
                { "type": "text", "object_relation": "name", "value": ".text", "to_ids": false },
                { "type": "md5", "object_relation": "md5", "value": "d41d8cd98f00b204e9800998ecf8427e" }
              ] }
        ]
    }));
    assert_eq!(
        body(&incident(&import).body),
        lines(&[
            "## file",
            "words the wiper",
            "text(red) connects-to: domain-ip",
            "ioc evtdiag.exe\n525a8e3ae4e3df8c9c61f2a49e38541d196e9228",
            "text(red) domain-ip",
            "ioc(red) 192[.]0[.]2[.]1",
            "## pe-section",
            "words name: .text\n\nmd5: d41d8cd98f00b204e9800998ecf8427e",
        ])
    );
    assert!(losses(&import).contains(&(Why::LeadsNowhere, "ObjectReference.drops".to_owned())));
}

#[test]
fn clusters_are_entries_and_other_tags_are_tags() {
    let import = of(json!({
        "Tag": [
            { "name": "misp-galaxy:mitre-attack-pattern=\"Process Injection - T1055\"" },
            { "name": "misp-galaxy:threat-actor=\"Lazarus Group\"" },
            { "name": "misp-galaxy:sector=\"Finance\"" },
            { "name": "osint:source-type=\"blog-post\"" }
        ],
        "Galaxy": [{ "type": "threat-actor", "GalaxyCluster": [
            { "value": "Lazarus Group", "uuid": "68391641-859f-4a9a-9a1e-3e5cf71ec376", "meta": { "synonyms": ["Hidden Cobra"] } }
        ] }],
        "Attribute": [{ "type": "text", "value": "x", "distribution": 0, "Tag": [{ "name": "misp-galaxy:tool=\"Mimikatz\"" }] }]
    }));
    let technique = entry(&import, "Process Injection");
    assert_eq!(technique.kind, Kind::Technique);
    assert_eq!(
        technique.value("external_ids"),
        Some(&Value::Map(vec![("attack".to_owned(), "T1055".into())]))
    );
    let actor = entry(&import, "Lazarus Group");
    assert_eq!(actor.value("aliases"), Some(&"Hidden Cobra".into()));
    let incident = incident(&import);
    let said = format!("{:?}", incident.value("attributed_to"));
    assert!(said.contains(&actor.origin), "{said}");
    let uses = format!("{:?}", incident.value("uses"));
    assert!(
        uses.contains(&technique.origin) && uses.contains("(\"tlp\", Text(\"red\"))"),
        "{uses}"
    );
    assert_eq!(entry(&import, "Mimikatz").tlp, Some(Tlp::Red));
    assert_eq!(technique.tlp, None);
    assert_eq!(
        incident.value("tags"),
        Some(
            &vec![
                "misp-galaxy:sector=\"Finance\"",
                "osint:source-type=\"blog-post\""
            ]
            .into()
        )
    );
}

#[test]
fn what_only_a_stricter_part_is_tagged_with_is_not_said_of_the_event() {
    let import = of(json!({
        "Attribute": [{ "type": "text", "value": "x", "distribution": 0,
            "Galaxy": [{ "type": "sector", "GalaxyCluster": [{ "value": "Finance" }] }] }]
    }));
    assert_eq!(incident(&import).value("tags"), None);
}

/// Whether a word stands in what may be seen by all: open entries, and what in them bears no marking of its own.
fn is_open(import: &Import, word: &str) -> bool {
    let entries = import.entries.iter();
    let open = entries.filter(|entry| entry.tlp <= Some(Tlp::Clear));
    open.into_iter().any(|entry| {
        let body = entry.body.0.iter().filter(|piece| match piece {
            Piece::Fence { tlp, .. } => *tlp <= Some(Tlp::Clear),
            Piece::Words(_) | Piece::Markdown(_) | Piece::Heading(_) => true,
            Piece::Link { .. } | Piece::Cite { .. } => true,
        });
        let body = body.map(|piece| format!("{piece:?}"));
        let values = entry.values.iter().map(|(_, value)| open_part(value));
        let mut texts = body.chain(values).chain([entry.title.clone()]);
        texts.any(|text| text.to_lowercase().contains(word))
    })
}

/// A value without the maps that bear a marking.
fn open_part(value: &Value) -> String {
    match value {
        Value::List(items) => items.iter().map(open_part).collect(),
        Value::Map(entries) if entries.iter().any(|(key, _)| key == "tlp") => String::new(),
        Value::Map(entries) => entries
            .iter()
            .map(|(key, value)| format!("{key}: {}; ", open_part(value)))
            .collect(),
        Value::Text(_) | Value::Bare(_) | Value::Prose(_) | Value::Entry(_) => format!("{value:?}"),
    }
}

#[track_caller]
fn withholds(import: &Import, fields: &Json) {
    assert!(!is_open(import, "zqsecret"), "{fields}: {import:#?}");
    assert!(
        losses(import).iter().any(|(why, _)| *why == Why::Withheld),
        "{fields}: {:?}",
        losses(import)
    );
}

#[test]
fn a_cluster_or_galaxy_that_is_marked_is_withheld_wherever_it_is_named() {
    let cluster = |more: Json| {
        let mut cluster = json!({ "value": "zqsecret1", "meta": { "synonyms": ["zqsecret2"], "refs": ["https://example.org/zqsecret3"] } });
        if let (Json::Object(cluster), Json::Object(more)) = (&mut cluster, more) {
            cluster.extend(more);
        }
        cluster
    };
    for (of_galaxy, of_cluster) in [
        (json!({}), json!({ "distribution": "0" })),
        (json!({}), json!({ "distribution": 1 })),
        (
            json!({}),
            json!({ "distribution": "4", "sharing_group_id": "2" }),
        ),
        (json!({}), json!({ "sharing_group_id": "2" })),
        (json!({}), json!({ "SharingGroup": { "name": "Some" } })),
        (json!({}), json!({ "meta": { "handling": ["eyes only"] } })),
        (
            json!({}),
            json!({ "GalaxyElement": [{ "key": "tlp", "value": "purple" }] }),
        ),
        (json!({}), json!({ "Tag": [{ "name": "PAP:RED" }] })),
        (json!({ "distribution": "0" }), json!({})),
    ] {
        for kind in ["threat-actor", "sector"] {
            let tag = json!([{ "name": format!("MISP-galaxy:{kind}=\"zqSecret1\"") }]);
            let mut galaxy =
                json!({ "type": kind, "GalaxyCluster": [cluster(of_cluster.clone())] });
            if let (Json::Object(galaxy), Json::Object(more)) = (&mut galaxy, of_galaxy.clone()) {
                galaxy.extend(more);
            }
            let attribute = json!({ "type": "text", "value": "x", "Galaxy": [galaxy] });
            for fields in [
                json!({ "Galaxy": [galaxy], "Tag": tag }),
                json!({ "Attribute": [attribute], "Tag": tag }),
                json!({ "Attribute": [{ "type": "text", "value": "y", "Tag": tag }],
                    "Object": [{ "name": "file", "Attribute": [attribute] }] }),
            ] {
                withholds(&of(fields.clone()), &fields);
            }
        }
    }
    let readable = cluster(json!({ "meta": { "tlp": ["red"] } }));
    let import = of(json!({ "Galaxy": [{ "type": "threat-actor", "GalaxyCluster": [readable] }] }));
    assert!(!is_open(&import, "zqsecret"));
    assert_eq!(entry(&import, "zqsecret1").tlp, Some(Tlp::Red));
}

#[test]
fn a_cluster_for_all_or_of_which_nothing_is_said_is_open() {
    for fields in [
        json!({}),
        json!({ "distribution": "3", "sharing_group_id": null, "published": false, "deleted": false }),
        json!({ "distribution": "5", "sharing_group_id": "0", "SharingGroup": null }),
    ] {
        let mut cluster = json!({ "value": "Some Group" });
        if let (Json::Object(cluster), Json::Object(more)) = (&mut cluster, fields) {
            cluster.extend(more);
        }
        let import =
            of(json!({ "Galaxy": [{ "type": "threat-actor", "GalaxyCluster": [cluster] }] }));
        assert_eq!(entry(&import, "Some Group").tlp, None);
        assert_eq!(losses(&import), []);
    }
}

#[test]
fn a_cluster_of_an_attribute_is_as_strict_as_the_attribute_and_its_object() {
    let galaxy = json!([{ "type": "threat-actor", "GalaxyCluster": [{ "value": "zqsecret1" }] }]);
    for fields in [
        json!({ "Attribute": [{ "type": "text", "value": "x", "sharing_group_id": "3", "Galaxy": galaxy }] }),
        json!({ "Object": [{ "name": "file", "distribution": "0",
            "Attribute": [{ "type": "text", "value": "x", "distribution": "3", "Galaxy": galaxy }] }] }),
    ] {
        withholds(&of(fields.clone()), &fields);
    }
}

#[test]
fn the_heading_of_a_part_is_as_strict_as_the_part() {
    let red = json!([{ "name": "tlp:red" }]);
    for fields in [
        json!({ "Object": [{ "name": "zqsecret4", "distribution": "0", "comment": "zqsecret6", "first_seen": "2016-01-01", "Attribute": [] }] }),
        json!({ "Object": [{ "name": "zqsecret4", "tlp": "house rules", "comment": "zqsecret6" }] }),
        json!({ "Object": [
            { "name": "file", "comment": "open", "ObjectReference": [{ "referenced_uuid": "o", "comment": "zqsecret5" }] },
            { "name": "zqsecret4", "uuid": "o", "distribution": "2", "Attribute": [{ "type": "text", "value": "zqsecret7" }] } ] }),
        json!({ "Attribute": [{ "type": "text", "category": "zqsecret4", "value": "zqsecret5", "distribution": "0" }] }),
    ] {
        withholds(&of(fields.clone()), &fields);
    }
    let import = of(json!({ "Object": [
        { "name": "file", "comment": "open", "ObjectReference": [{ "referenced_uuid": "o" }] },
        { "name": "zqsecret4", "uuid": "o", "Attribute": [{ "type": "text", "value": "zqsecret5", "Tag": red }] } ] }));
    assert!(!is_open(&import, "zqsecret"), "{import:#?}");
    assert!(is_open(&import, "open"));
}

#[test]
fn tags_and_groups_mark_in_every_form_that_exports_have() {
    let attribute = |more: Json| {
        let mut attribute = json!({ "type": "text", "value": "zqsecret1" });
        if let (Json::Object(attribute), Json::Object(more)) = (&mut attribute, more) {
            attribute.extend(more);
        }
        attribute
    };
    for (more, level) in [
        (
            json!({ "EventTag": [{ "Tag": { "name": "tlp:red" } }] }),
            Tlp::Red,
        ),
        (
            json!({ "EventTag": [{ "Tag": { "name": "tlp:amber" } }] }),
            Tlp::Amber,
        ),
        (
            json!({ "AttributeTag": [{ "Tag": { "name": "tlp:red" } }] }),
            Tlp::Red,
        ),
        (json!({ "AttributeTag": [{ "tag_id": "7" }] }), Tlp::Red),
        (json!({ "SharingGroup": { "name": "Some" } }), Tlp::Red),
        (json!({ "sharing_group_id": "2" }), Tlp::Red),
        (
            json!({ "distribution": "3", "sharing_group_id": 2 }),
            Tlp::Red,
        ),
        (json!({ "Tag": [{ "name": "PAP:RED" }] }), Tlp::Red),
        (json!({ "Tag": [{ "name": "pap:amber" }] }), Tlp::Red),
        (json!({ "classification": "amber" }), Tlp::Amber),
    ] {
        let whole = of(more.clone());
        assert_eq!(incident(&whole).tlp, Some(level), "{more}");
        let part = of(json!({ "Attribute": [attribute(more.clone())] }));
        assert!(!is_open(&part, "zqsecret1"), "{more}: {part:#?}");
        assert!(
            !losses(&part).iter().any(|(why, _)| *why == Why::Lost),
            "{more}: {:?}",
            losses(&part)
        );
        let words = body(&incident(&part).body);
        assert!(
            words[0].starts_with(&format!("text({})", level.name())),
            "{words:?}"
        );
    }
    let group = read(
        &open(json!({ "sharing_group_id": "2" })),
        &Markings::new([("distribution:4".to_owned(), Tlp::Green)]),
    );
    assert_eq!(incident(&group).tlp, Some(Tlp::Green));
    let import = of(
        json!({ "EventTag": [{ "Tag": { "name": "osint:x" } }], "Tag": [{ "name": "PAP:CLEAR" }] }),
    );
    assert_eq!(incident(&import).tlp, None);
    assert!(format!("{:?}", incident(&import).value("tags")).contains("osint:x"));
}

#[test]
fn a_link_that_is_withheld_since_raises_the_page_that_it_was() {
    let link = |more: Json| {
        let mut link = json!({ "type": "link", "value": "https://example.org/zqsecret1" });
        if let (Json::Object(link), Json::Object(more)) = (&mut link, more) {
            link.extend(more);
        }
        json!({ "Attribute": [link] })
    };
    let origin = "https://example.org/zqsecret1";
    let page = |import: &Import| {
        import
            .entries
            .iter()
            .find(|it| it.origin == origin)
            .cloned()
    };
    let before = page(&of(link(json!({})))).expect("a page");
    assert_eq!(
        (before.tlp, before.former, before.reference),
        (None, false, true)
    );
    for more in [
        json!({ "distribution": "0" }),
        json!({ "Tag": [{ "name": "tlp:red" }], "to_ids": true }),
        json!({ "Tag": [{ "name": "tlp:red" }], "type": "url" }),
    ] {
        let import = of(link(more.clone()));
        assert!(!is_open(&import, "zqsecret1"), "{more}: {import:#?}");
        let page = page(&import).expect("a page");
        // No new source is made of it, and none that there is goes with those that no entry names.
        assert_eq!(
            (page.tlp, page.former, page.reference),
            (Some(Tlp::Red), true, false)
        );
    }
    let both = of(json!({ "Attribute": [
        { "type": "link", "value": origin, "distribution": "0" }, { "type": "link", "value": origin } ] }));
    assert_eq!(
        page(&both).map(|page| (page.tlp, page.former)),
        Some((None, false))
    );
}

#[test]
fn of_two_events_of_one_number_the_stricter_holds() {
    let two = json!({ "response": [open(json!({})), open(json!({ "EventTag": ["tlp:red"] }))] });
    let import = read(&two, &Markings::default());
    assert_eq!(import.kept.len(), 1);
    assert!(!is_open(&import, "heist"), "{import:#?}");
}

#[test]
fn reports_stand_first_and_those_that_are_stricter_in_blocks_of_their_own() {
    let import = of(json!({
        "EventReport": [
            { "name": "Summary", "content": "It was *they*: @[attribute](5b).", "extends": "x" },
            { "name": "For us", "content": "TLP:RED\n\nzqsecret1", "distribution": "0" }
        ],
        "Galaxy": [{ "type": "threat-actor", "GalaxyCluster": [{ "value": "Lynx", "authors": ["Kim"] }] }]
    }));
    let incident = incident(&import);
    assert_eq!(
        body(&incident.body),
        lines(&[
            "## Summary",
            "markdown It was *they*: attribute.",
            "markdown(red) # For us\n\nTLP:RED\n\nzqsecret1"
        ])
    );
    assert_eq!(incident.tlp, None);
    assert!(is_open(&import, "lynx") && !is_open(&import, "zqsecret1"));
    let said = losses(&import);
    for (why, property) in [
        (Why::Changed, "EventReport.content"),
        (Why::Lost, "EventReport.extends"),
        (Why::Lost, "GalaxyCluster.authors"),
    ] {
        assert!(said.contains(&(why, property.to_owned())), "{said:?}");
    }
}

#[test]
fn events_lead_to_each_other_once() {
    let other = "5a54f2d1-0000-4000-8000-000000000002";
    let related =
        |uuid: &str| json!([{ "Event": { "uuid": uuid } }, { "Event": { "uuid": "nobody" } }]);
    let one = open(json!({ "RelatedEvent": related(other) }));
    let two = open(json!({ "uuid": other, "info": "Another", "RelatedEvent": related(UUID) }));
    let import = read(&json!({ "response": [one, two] }), &Markings::default());
    let related = |title| entry(&import, title).value("related_to").is_some();
    assert!(related("A heist") && !related("Another"));
    assert_eq!(import.losses.gone(), 2);
}

#[test]
fn an_event_may_stand_without_its_wrapper() {
    let bare = json!({ "info": "A heist", "distribution": 3, "Attribute": [] });
    assert_eq!(
        incident(&read(&bare, &Markings::default())).title,
        "A heist"
    );
}

#[test]
fn proposals_and_what_is_no_event_stay_in_the_base() {
    let import =
        of(json!({ "ShadowAttribute": [{ "uuid": "p1", "value": "x" }], "Attribute": [7] }));
    assert_eq!(import.kept.len(), 2);
    for text in ["{}", "[]", "7", "{\"Event\": 7}", "{"] {
        assert!(super::event(text, &Markings::default()).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(value in "\\PC{0,60}", kind in "[a-z0-9|-]{1,20}", text in ".{0,80}") {
        let _ = super::event(&text, &Markings::default());
        let attribute = json!({ "type": kind, "value": value, "comment": text });
        let _ = of(json!({ "info": value, "Attribute": [attribute], "Tag": [{ "name": text }], "timestamp": value }));
    }
}
