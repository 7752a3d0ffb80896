//! What layers become.

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn read(layer: &Json) -> Import {
    navigator(&layer.to_string(), &Markings::default()).expect("a layer")
}

fn layer(techniques: Json) -> Json {
    json!({
        "name": "APT38", "domain": "enterprise-attack", "description": "What it does",
        "versions": { "layer": "4.5", "attack": "15" },
        "techniques": techniques
    })
}

#[track_caller]
fn entry<'i>(import: &'i Import, title: &str) -> &'i Incoming {
    let mut entries = import.entries.iter();
    entries
        .find(|entry| entry.title == title)
        .unwrap_or_else(|| panic!("no entry {title}"))
}

fn said(prose: &Prose) -> String {
    let pieces = prose.0.iter().map(|piece| match piece {
        Piece::Words(text) => text.clone(),
        Piece::Link { to, words } => format!("⟨{to}|{words}⟩"),
        other => panic!("{other:?}"),
    });
    pieces.collect()
}

fn losses(import: &Import) -> Vec<(Why, String)> {
    import
        .losses
        .iter()
        .map(|loss| (loss.why, loss.property))
        .collect()
}

#[test]
fn a_layer_is_a_note_that_leads_to_techniques() {
    let import = read(&layer(json!([
        { "techniqueID": "T1055", "tactic": "defense-evasion", "score": 3, "comment": "in lsass", "enabled": true },
        { "techniqueID": "T1055", "tactic": "privilege-escalation" },
        { "techniqueID": "T1565.001", "enabled": false,
          "metadata": [{ "name": "seen", "value": "2016" }, { "divider": true }],
          "links": [{ "label": "report", "url": "https://example.org/report" }] }
    ])));
    let note = entry(&import, "APT38");
    assert_eq!(note.kind, Kind::Note);
    assert_eq!(
        said(&note.body),
        "What it does\n\n⟨attack:T1055|T1055⟩ (Defense Evasion): score 3; in lsass\n\n\
         ⟨attack:T1565.001|T1565.001⟩: disabled; seen: 2016\n\n"
    );
    let technique = entry(&import, "T1055");
    assert_eq!(technique.origin, "attack:T1055");
    assert_eq!(
        technique.value("tactics"),
        Some(&vec!["Defense Evasion", "Privilege Escalation"].into())
    );
    let page = Value::Entry("https://example.org/report".to_owned());
    assert_eq!(note.value("sources"), Some(&Value::List(vec![page])));
    assert_eq!(losses(&import), [(Why::Lost, "link.label".to_owned())]);
}

#[test]
fn looks_are_lost_and_told() {
    let mut layer =
        layer(json!([{ "techniqueID": "T1055", "color": "#ff0000", "showSubtechniques": false }]));
    layer["gradient"] = json!({ "colors": [] });
    let import = read(&layer);
    let lost = ["how the layer looks", "technique.color"].map(|it| (Why::Lost, it.to_owned()));
    assert_eq!(losses(&import), lost);
}

#[test]
fn metadata_may_mark() {
    for (value, tlp) in [("TLP:AMBER", Tlp::Amber), ("ours", Tlp::Red)] {
        let mut layer = layer(
            json!([{ "techniqueID": "T1055", "metadata": [{ "name": "TLP", "value": value }] }]),
        );
        layer["links"] = json!([{ "url": "https://example.org" }]);
        let import = read(&layer);
        assert!(
            import.entries.iter().all(|entry| entry.tlp == Some(tlp)),
            "{value}"
        );
    }
}

#[test]
fn whatever_may_be_meant_for_a_marking_marks() {
    let technique = |more: Json| {
        let mut technique = json!({ "techniqueID": "T1055" });
        for (name, value) in more.as_object().into_iter().flatten() {
            technique[name] = value.clone();
        }
        layer(json!([technique]))
    };
    let with = |name: &str, value: Json| {
        let mut layer = technique(json!({}));
        layer[name] = value;
        layer
    };
    let datum = |name: &str, value: Json| json!([{ "name": name, "value": value }]);
    for (layer, level) in [
        (with("tlp", json!("red")), Tlp::Red),
        (with("tlp", json!("amber")), Tlp::Amber),
        (with("Classification", json!({ "level": 3 })), Tlp::Red),
        (with("gradient", json!({ "tlp": "green" })), Tlp::Green),
        (technique(json!({ "tlp": "amber" })), Tlp::Amber),
        (technique(json!({ "marking": "hush" })), Tlp::Red),
        (with("metadata", datum("handling", json!("hush"))), Tlp::Red),
        (with("metadata", datum("Sensitivity", json!(3))), Tlp::Red),
        (with("metadata", datum("draft", json!(true))), Tlp::Red),
        (with("metadata", datum("marking", json!(["x"]))), Tlp::Red),
        (
            with("metadata", json!([{ "name": "classification" }])),
            Tlp::Red,
        ),
        (
            technique(json!({ "metadata": datum("classification", json!("amber")) })),
            Tlp::Amber,
        ),
        (
            with(
                "links",
                json!([{ "label": "TLP:RED", "url": "https://example.org" }]),
            ),
            Tlp::Red,
        ),
        (
            technique(json!({ "links": [{ "label": "TLP:AMBER", "url": "no address" }] })),
            Tlp::Amber,
        ),
        (
            technique(json!({ "comment": "Seen.\nClassification: secret" })),
            Tlp::Red,
        ),
        (
            with("legendItems", json!([{ "label": "TLP:GREEN" }])),
            Tlp::Green,
        ),
    ] {
        let import = read(&layer);
        for entry in &import.entries {
            assert_eq!(entry.tlp, Some(level), "{layer}: {}", entry.origin);
        }
        let lost = ["layer.tlp", "technique.tlp", "layer.Classification"];
        let lost = losses(&import)
            .into_iter()
            .find(|(_, it)| lost.contains(&it.as_str()));
        assert_eq!(lost.filter(|(why, _)| *why == Why::Lost), None, "{layer}");
    }
    let text = technique(json!({})).to_string();
    let twice = text.replacen('{', r#"{"tlp": "red", "tlp": "clear", "#, 1);
    let import = navigator(&twice, &Markings::default()).expect("a layer");
    assert_eq!(entry(&import, "APT38").tlp, Some(Tlp::Red));
    let map = Markings::new([("hush".to_owned(), Tlp::Green)]);
    let import = navigator(&with("marking", json!("hush")).to_string(), &map).expect("a layer");
    assert_eq!(entry(&import, "APT38").tlp, Some(Tlp::Green));
}

#[test]
fn what_is_none_is_refused_or_kept() {
    let import = read(&layer(json!([{ "techniqueID": "../x" }, 7])));
    assert_eq!(import.kept.len(), 2);
    for text in ["{}", "7", "{", "[{}]"] {
        assert!(navigator(text, &Markings::default()).is_err(), "{text}");
    }
    let two = read(&json!([layer(json!([])), layer(json!([]))]));
    let origins: HashSet<&str> = two
        .entries
        .iter()
        .map(|entry| entry.origin.as_str())
        .collect();
    assert_eq!(origins.len(), 2);
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in "\\PC{0,80}", id in "T[0-9.]{0,9}") {
        let _ = navigator(&text, &Markings::default());
        let technique = json!({ "techniqueID": id, "tactic": text, "comment": text, "links": [{ "url": text }] });
        let _ = read(&layer(json!([technique])));
    }
}
