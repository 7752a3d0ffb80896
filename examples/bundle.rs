//! A bundle of STIX of the size and form of ATT&CK Enterprise, all invented: `cargo run --release --example bundle > bundle.json`.
//!
//! Some 25,000 objects, of which 20,000 are relationships with descriptions and citations, 34 MB. The same each time.

use serde_json::{Value, json};
use std::io::Write as _;

const GROUPS: usize = 180;
const SOFTWARE: usize = 800;
const TECHNIQUES: usize = 900;
const CAMPAIGNS: usize = 60;
const OTHERS: usize = 3_000;
const RELATIONS: usize = 20_500;
const REFERENCES: usize = 6_000;

/// Numbers that look drawn and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }
}

fn id(sort: &str, number: usize) -> String {
    format!("{sort}--{number:08x}-0000-4000-8000-000000000000")
}

fn reference(number: usize) -> Value {
    json!({
        "source_name": format!("Vendor {} {number}", number % 97),
        "description": format!("Analyst, A. (20{:02}, May {}). A report on case {number}. Retrieved June 1, 2024.", 10 + number % 15, 1 + number % 28),
        "url": format!("https://vendor{}.example/reports/{number}", number % 97),
    })
}

fn sentence(dice: &mut Dice) -> String {
    const WORDS: [&str; 12] = [
        "operators",
        "collect",
        "documents",
        "through",
        "a service",
        "that",
        "listens",
        "for",
        "commands",
        "and",
        "stages",
        "archives",
    ];
    let words: Vec<&str> = (0..16).map(|_| WORDS[dice.below(WORDS.len())]).collect();
    format!("The {}.", words.join(" "))
}

/// A description with citations, and the references that it cites.
fn described(dice: &mut Dice, sentences: usize) -> (String, Vec<Value>) {
    let mut text = String::new();
    let mut references = Vec::new();
    for _ in 0..sentences {
        let number = dice.below(REFERENCES);
        let reference = reference(number);
        text.push_str(&sentence(dice));
        text.push_str(&format!(
            "(Citation: {}) ",
            reference["source_name"].as_str().unwrap_or("")
        ));
        references.push(reference);
    }
    (text, references)
}

fn object(dice: &mut Dice, sort: &str, number: usize, catalogue: String) -> Value {
    let (description, mut references) = described(dice, 6);
    references.insert(0, json!({ "source_name": "mitre-attack", "external_id": catalogue, "url": "https://attack.mitre.org/x" }));
    json!({
        "type": sort, "id": id(sort, number), "spec_version": "2.1",
        "created": "2020-01-01T00:00:00.000Z", "modified": "2024-05-02T12:00:00.000Z",
        "name": format!("{sort} {number}"), "description": description, "external_references": references,
        "object_marking_refs": ["marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"],
        "x_mitre_version": "1.0", "x_mitre_domains": ["enterprise-attack"], "x_mitre_contributors": ["A. Analyst"],
    })
}

fn main() -> std::io::Result<()> {
    let mut dice = Dice(7);
    let mut objects = vec![json!({
        "type": "marking-definition", "id": "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168",
        "definition_type": "statement", "definition": { "statement": "An invented notice." },
    })];
    let sorts = [
        ("intrusion-set", 'G', GROUPS),
        ("malware", 'S', SOFTWARE),
        ("attack-pattern", 'T', TECHNIQUES),
        ("campaign", 'C', CAMPAIGNS),
        ("course-of-action", 'M', OTHERS),
    ];
    for (sort, letter, count) in sorts {
        for number in 0..count {
            let mut made = object(&mut dice, sort, number, format!("{letter}{number:04}"));
            if sort == "malware" {
                made["is_family"] = json!(true);
            }
            if sort == "attack-pattern" {
                made["kill_chain_phases"] =
                    json!([{ "kill_chain_name": "mitre-attack", "phase_name": "defense-evasion" }]);
            }
            objects.push(made);
        }
    }
    for number in 0..RELATIONS {
        let (description, references) = described(&mut dice, 3);
        let (from, of) = match dice.below(3) {
            0 => ("intrusion-set", GROUPS),
            1 => ("malware", SOFTWARE),
            _ => ("campaign", CAMPAIGNS),
        };
        objects.push(json!({
            "type": "relationship", "id": id("relationship", number), "relationship_type": "uses",
            "created": "2020-01-01T00:00:00.000Z", "modified": "2024-05-02T12:00:00.000Z",
            "source_ref": id(from, dice.below(of)), "target_ref": id("attack-pattern", dice.below(TECHNIQUES)),
            "description": description, "external_references": references,
        }));
    }
    let bundle = json!({ "type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": objects });
    std::io::stdout().write_all(bundle.to_string().as_bytes())
}
