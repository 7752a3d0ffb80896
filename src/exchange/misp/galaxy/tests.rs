//! What a galaxy becomes, by an excerpt of the galaxy `threat-actor` of the MISP project (CC0 1.0).

use super::*;
use crate::exchange::Piece;
use proptest::prelude::*;

const EXCERPT: &str = include_str!("excerpt.json");

fn read(text: &str) -> Import {
    galaxy(text, &Markings::default()).expect("a galaxy")
}

fn of(kind: &str, values: &Json) -> Import {
    let galaxy = serde_json::json!({ "type": kind, "name": "Test", "uuid": "u", "values": values });
    read(&galaxy.to_string())
}

#[track_caller]
fn entry<'i>(import: &'i Import, title: &str) -> &'i Incoming {
    let mut entries = import.entries.iter();
    entries
        .find(|entry| entry.title == title)
        .unwrap_or_else(|| panic!("no entry {title}"))
}

/// A value in few signs: `→` before an origin.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Bare(text) => text.clone(),
        Value::Prose(prose) => prose.0.iter().map(|piece| format!("{piece:?}")).collect(),
        Value::Entry(origin) => format!("→{origin}"),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{key}: {}", shown(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

#[track_caller]
fn value(import: &Import, title: &str, key: &str) -> String {
    let value = entry(import, title).value(key);
    value.map(shown).unwrap_or_default()
}

fn lost(import: &Import) -> Vec<(Why, String, usize)> {
    let losses = import.losses.iter();
    losses
        .map(|loss| (loss.why, loss.property, loss.count))
        .collect()
}

#[test]
fn names_keep_who_uses_them() {
    let import = read(EXCERPT);
    let aliases = value(&import, "APT1", "aliases");
    assert!(
        aliases.contains("{name: COMMENT PANDA, by: CrowdStrike}"),
        "{aliases}"
    );
    assert!(
        aliases.contains("PLA Unit 61398, Comment Crew"),
        "{aliases}"
    );
    assert!(!aliases.contains("APT1"), "{aliases}");
    assert_eq!(
        value(&import, "APT1", "external_ids"),
        "{attack: G0006, misp: 1cb7e1cc-d695-42b1-92f4-fd0112a3c9be}"
    );
    assert!(value(&import, "APT1", "extra").contains("title-by: Mandiant"));
    let aliases = value(&import, "Lazarus Group", "aliases");
    assert!(
        aliases.contains("{name: APT-C-26, by: QiAnXin}"),
        "{aliases}"
    );
    assert!(aliases.contains("{name: G0082, by: MITRE}"), "{aliases}");
    assert_eq!(
        aliases.matches("inc").count(),
        1,
        "Zinc and ZINC are one name: {aliases}"
    );
}

#[test]
fn a_country_is_a_place_once_and_a_state_an_organisation() {
    let import = read(EXCERPT);
    let galaxy = "→galaxy:7cdff317-a673-4474-84ec-4f1754947823";
    let even = "confidence: roughly even chance";
    assert_eq!(
        value(&import, "APT37", "originates_from"),
        format!("{{entry: →country:KP, {even}, sources: {galaxy}}}")
    );
    let sponsor = value(&import, "APT37", "attributed_to");
    assert!(
        sponsor.starts_with(&format!("{{entry: →state:KP, {even}, sources: {galaxy}")),
        "{sponsor}"
    );
    let korea: Vec<&Incoming> = import
        .entries
        .iter()
        .filter(|entry| entry.title == "North Korea")
        .collect();
    assert_eq!(korea.len(), 1);
    assert_eq!(value(&import, "North Korea", "code"), "KP");
    assert_eq!(
        value(&import, "North Korea (state)", "country"),
        "→country:KP"
    );
    let victims = value(&import, "Lazarus Group", "targets");
    assert_eq!(victims.matches("→country:TH").count(), 1, "{victims}");
    let extra = value(&import, "Lazarus Group", "extra");
    assert!(
        extra.contains("[Bangladesh Bank, Sony Pictures Entertainment, "),
        "{extra}"
    );
    assert!(value(&import, "TA406", "targets").contains("→region:North America"));
}

#[test]
fn pages_that_are_referred_to_are_sources() {
    let import = read(EXCERPT);
    let source = "https://en.wikipedia.org/wiki/PLA_Unit_61398";
    assert!(value(&import, "APT1", "sources").starts_with(&format!("[→{source}, ")));
    let page = "en.wikipedia.org: PLA Unit 61398";
    assert_eq!(value(&import, page, "publisher"), "en.wikipedia.org");
    assert_eq!(value(&import, page, "seen"), "");
    assert_eq!(
        value(&import, "MISP galaxy: Threat Actor", "publisher"),
        "MISP Project"
    );
    assert!(value(&import, "MISP galaxy: Threat Actor", "extra").contains("version: 349"));
}

#[test]
fn clusters_relate_once_and_what_is_not_there_is_told() {
    let import = read(EXCERPT);
    let whole = value(&import, "TA406", "part_of");
    assert!(
        whole.contains("→bcaaad6f-0597-4b89-b69b-84a6be2b7bc3"),
        "{whole}"
    );
    assert!(whole.contains("confidence: likely"), "{whole}");
    let both = ["APT37", "Lazarus Group"].map(|title| value(&import, title, "related_to"));
    assert_eq!(
        both.iter()
            .filter(|related| related.contains("verb: linked-to"))
            .count(),
        1
    );
    assert!(lost(&import).contains(&(Why::LeadsNowhere, "related.similar".to_owned(), 4)));
    assert!(!lost(&import).iter().any(|(why, ..)| *why == Why::Lost));
}

#[test]
fn techniques_lose_the_number_in_their_name() {
    let import = of(
        "mitre-attack-pattern",
        &serde_json::json!([
            {
                "value": "Process Injection - T1055",
                "meta": {
                    "external_id": "T1055",
                    "kill_chain": ["mitre-attack:defense-evasion", "mitre-attack:privilege-escalation"],
                    "mitre_platforms": ["Windows"]
                },
                "description": "Reads *Markdown*."
            },
            { "value": "Gone", "revoked": true }
        ]),
    );
    let technique = entry(&import, "Process Injection");
    assert_eq!(technique.kind, Kind::Technique);
    assert_eq!(technique.body, Prose::markdown("Reads *Markdown*."));
    assert_eq!(
        value(&import, "Process Injection", "tactics"),
        "[Defense Evasion, Privilege Escalation]"
    );
    assert_eq!(
        value(&import, "Process Injection", "external_ids"),
        "{attack: T1055}"
    );
    assert!(value(&import, "Process Injection", "extra").contains("mitre_platforms: Windows"));
    assert_eq!(lost(&import), [(Why::Revoked, "value".to_owned(), 1)]);
}

#[test]
fn sites_of_gangs_are_indicators_and_no_links() {
    let import = of(
        "ransomware",
        &serde_json::json!([{
            "value": "Example Locker",
            "meta": { "links": ["http://example.onion/blog", "ask them"], "type": ["ransomware"], "date": "2016-02" }
        }]),
    );
    let body = &entry(&import, "Example Locker").body.0;
    assert!(body.contains(&Piece::Fence {
        language: "ioc".to_owned(),
        text: "hxxp://example[.]onion/blog".to_owned(),
        tlp: None,
    }));
    assert_eq!(
        value(&import, "Example Locker", "extra"),
        "{misp: {links: ask them}}"
    );
    assert_eq!(value(&import, "Example Locker", "date"), "2016-02");
    assert_eq!(value(&import, "Example Locker", "types"), "ransomware");
}

#[test]
fn a_marking_that_is_not_understood_withholds() {
    let import = of(
        "tool",
        &serde_json::json!([
            { "value": "A", "meta": { "tlp": "tlp:amber" } },
            { "value": "B", "meta": { "marking": "house rules" } }
        ]),
    );
    let tlp = |title| entry(&import, title).tlp;
    assert_eq!(
        (tlp("A"), tlp("B")),
        (Some(crate::model::Tlp::Amber), Some(crate::model::Tlp::Red))
    );
    assert_eq!(
        lost(&import),
        [(Why::Withheld, "meta.marking".to_owned(), 1)]
    );
}

#[test]
fn a_marking_withholds_wherever_a_cluster_bears_it() {
    for (more, property) in [
        (serde_json::json!({ "tlp": "red" }), None),
        (serde_json::json!({ "Tag": [{ "name": "tlp:red" }] }), None),
        (serde_json::json!({ "tags": ["tlp:red"] }), None),
        (
            serde_json::json!({ "GalaxyElement": [{ "key": "tlp", "value": "red" }] }),
            None,
        ),
        (
            serde_json::json!({ "distribution": "0" }),
            Some("value.distribution"),
        ),
        (
            serde_json::json!({ "sharing_group_id": "3" }),
            Some("value.sharing_group_id"),
        ),
        (
            serde_json::json!({ "SharingGroup": { "name": "x" } }),
            Some("value.SharingGroup"),
        ),
        (
            serde_json::json!({ "object_marking_refs": ["marking-definition--1"] }),
            Some("value.object_marking_refs"),
        ),
        (
            serde_json::json!({ "published": false }),
            Some("value.published"),
        ),
        (serde_json::json!({ "meta": { "handling": "red" } }), None),
        (
            serde_json::json!({ "meta": { "sensitivity": "high" } }),
            Some("meta.sensitivity"),
        ),
        (
            serde_json::json!({ "meta": { "distribution": "0" } }),
            Some("meta.distribution"),
        ),
        (
            serde_json::json!({ "meta": { "draft": true } }),
            Some("meta.draft"),
        ),
        (
            serde_json::json!({ "meta": { "publish": false } }),
            Some("meta.publish"),
        ),
        (
            serde_json::json!({ "meta": { "inner": { "tlp": "?" } } }),
            Some("meta.tlp"),
        ),
        (
            serde_json::json!({ "meta": { "tags": ["PAP:RED"] } }),
            Some("meta.tags"),
        ),
    ] {
        let mut cluster = serde_json::json!({ "value": "A" });
        if let (Json::Object(cluster), Json::Object(more)) = (&mut cluster, more.clone()) {
            cluster.extend(more);
        }
        let import = of(
            "tool",
            &Json::Array(vec![cluster, serde_json::json!({ "value": "B" })]),
        );
        assert_eq!(entry(&import, "A").tlp, Some(Tlp::Red), "{more}");
        assert_eq!(entry(&import, "B").tlp, None, "{more}");
        let told = lost(&import);
        let withheld = told.iter().find(|(why, ..)| *why == Why::Withheld);
        let withheld = withheld.map(|(_, property, _)| property.as_str());
        assert_eq!(withheld, property, "{more}: {told:?}");
    }
}

#[test]
fn of_two_clusters_of_one_number_the_stricter_holds() {
    let again = serde_json::json!([{ "value": "A" }, { "value": "A", "meta": { "tlp": "red" } }]);
    let import = of("tool", &again);
    assert_eq!(import.kept.len(), 1);
    assert_eq!(entry(&import, "A").tlp, Some(Tlp::Red));
}

#[test]
fn a_marking_of_the_file_is_one_of_all_that_it_gives() {
    for (key, json, level) in [
        ("tlp", Json::from("amber"), Tlp::Amber),
        ("tlp", Json::from("red"), Tlp::Red),
        ("distribution", Json::from("0"), Tlp::Red),
        ("distribution", Json::from(5), Tlp::Red),
        ("sharing_group_id", Json::from(2), Tlp::Red),
    ] {
        let mut galaxy = serde_json::json!({ "type": "threat-actor", "values": [
            { "value": "A", "meta": { "country": "CN", "refs": ["https://example.org/a"] } }
        ] });
        galaxy[key] = json;
        let import = read(&galaxy.to_string());
        assert_eq!(import.entries.len(), 4);
        assert!(
            import.entries.iter().all(|entry| entry.tlp == Some(level)),
            "{key}: {import:?}"
        );
    }
}

#[test]
fn a_relation_that_is_marked_says_so_whoever_states_it() {
    let likely = "estimative-language:likelihood-probability=\"likely\"";
    let [a, b] = [
        "00000000-0000-4000-8000-000000000001",
        "00000000-0000-4000-8000-000000000002",
    ];
    for (marks, level, gone) in [
        (serde_json::json!({ "tags": [likely, "tlp:red"] }), "red", 0),
        (
            serde_json::json!({ "tags": [likely, "house:secret", "tlp:amber"] }),
            "amber",
            1,
        ),
        (
            serde_json::json!({ "tags": [likely, "fr-classif:x"] }),
            "red",
            1,
        ),
        (
            serde_json::json!({ "tags": [likely], "distribution": "0" }),
            "red",
            1,
        ),
    ] {
        let mut back = serde_json::json!({ "dest-uuid": a, "type": "similar" });
        if let (Json::Object(back), Json::Object(marks)) = (&mut back, marks.clone()) {
            back.extend(marks);
        }
        let import = of(
            "tool",
            &serde_json::json!([
                { "value": "A", "uuid": a, "related": [{ "dest-uuid": b, "type": "similar", "tags": [likely] }] },
                { "value": "B", "uuid": b, "related": [back] }
            ]),
        );
        let said = value(&import, "A", "related_to");
        assert!(said.contains("confidence: likely"), "{said}");
        assert!(said.contains(&format!("tlp: {level}")), "{marks}: {said}");
        assert_eq!(import.losses.gone(), gone, "{marks}: {:?}", lost(&import));
        assert_eq!(entry(&import, "A").tlp, None);
    }
}

#[test]
fn what_is_no_kind_of_entry_is_refused_with_the_types_that_are() {
    let refused = galaxy(
        r#"{ "type": "sector", "values": [] }"#,
        &Markings::default(),
    );
    let message = refused.expect_err("sectors are no entries").message;
    assert!(
        message.contains("`sector`") && message.contains("threat-actor"),
        "{message}"
    );
    let fault = galaxy("{\n  \"type\": 3", &Markings::default()).expect_err("no galaxy");
    assert_eq!(fault.line, Some(2));
}

#[test]
fn clusters_that_are_none_or_come_twice_are_kept() {
    let import = of(
        "tool",
        &serde_json::json!([{ "value": "A" }, { "value": "A" }, 7]),
    );
    assert_eq!(import.kept.len(), 2);
    assert_eq!(
        import
            .entries
            .iter()
            .filter(|entry| entry.title == "A")
            .count(),
        1
    );
}

/// The whole of the galaxy, where the environment names a copy of it.
#[test]
fn the_whole_galaxy_is_read() {
    let Some(text) = whole() else { return };
    let import = read(&text);
    let actors = import
        .entries
        .iter()
        .filter(|entry| entry.kind == Kind::Actor);
    assert_eq!(actors.count(), 1041);
    assert!(import.kept.is_empty());
    assert!(
        import
            .losses
            .iter()
            .all(|loss| loss.why == Why::LeadsNowhere),
        "{:?}",
        lost(&import)
    );
    let origins: HashSet<&str> = import
        .entries
        .iter()
        .map(|entry| entry.origin.as_str())
        .collect();
    assert_eq!(origins.len(), import.entries.len());
}

fn whole() -> Option<String> {
    let path = std::env::var_os("MISP_THREAT_ACTORS")?;
    std::fs::read_to_string(path).ok()
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in ".{0,200}", meta in "[a-z:\\[\\]{}\", -]{0,80}") {
        let _ = galaxy(&text, &Markings::default());
        let values = format!("[{{\"value\": \"x - T1\", \"meta\": {{\"country\": {meta:?}, \"refs\": [{meta:?}], \"{}\": 1}}}}]", "origin:é");
        let text = format!("{{\"type\": \"threat-actor\", \"values\": {values}}}");
        let _ = galaxy(&text, &Markings::default());
    }
}
