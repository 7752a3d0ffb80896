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
