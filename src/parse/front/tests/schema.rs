//! The JSON Schema takes what the reader takes, and knows what the reader knows.

use crate::model::{Data, Kind, Verb};
use crate::parse::front::data::data;
use crate::parse::front::form::Form;
use crate::parse::front::keys::{ROWS, schema};
use crate::parse::front::{open, tree};
use crate::text::TextFile;
use serde_json::{Value, json};

fn json_of(data: &Data) -> Value {
    match data {
        Data::Null => Value::Null,
        Data::Bool(it) => json!(it),
        Data::Integer(it) => json!(it),
        Data::Float(it) => json!(it),
        Data::Text(it) => json!(it),
        Data::List(items) => items.iter().map(json_of).collect(),
        Data::Map(entries) => {
            let entries = entries.iter().map(|(key, it)| (key.clone(), json_of(it)));
            Value::Object(entries.collect())
        }
    }
}

/// What is wrong with a front matter by the schema of a kind.
fn faults(kind: Kind, front: &str) -> Vec<String> {
    let file = TextFile::new("content/x.md", format!("---\n{front}---\n"));
    let tree: Option<tree::Node<'_>> = open(&file, true, &mut Vec::new()).tree;
    let instance = json_of(&data(&tree.expect("front matter")));
    let validator = jsonschema::validator_for(&schema(kind)).expect("a schema");
    validator
        .iter_errors(&instance)
        .map(|it| it.to_string())
        .collect()
}

#[test]
fn it_takes_every_key_and_relation_as_they_are_written_in_examples() {
    for row in ROWS {
        for kind in row.kinds {
            let value = match row.form {
                Form::Sha256 => continue,
                Form::One(_) if row.key == "snapshot" => {
                    format!("{{ file: a.pdf, sha256: {} }}", "0a".repeat(32))
                }
                _ => row.written().to_owned(),
            };
            let mut front = format!("{}: {value}\n", row.key);
            for needed in ["title", "publisher"] {
                if row.key != needed && (needed == "title" || *kind == Kind::Source) {
                    front += &format!("{needed}: X\n");
                }
            }
            assert_eq!(faults(*kind, &front), Vec::<String>::new(), "{front}");
        }
    }
    for verb in Verb::ALL {
        for kind in Kind::ALL
            .into_iter()
            .filter(|kind| verb.allowed_from(*kind))
        {
            let front = format!(
                "title: X\npublisher: P\n{}: [a, {{ entry: b, confidence: Very likely, sources: c }}]\n",
                verb.key()
            );
            let front = match kind {
                Kind::Source => front,
                _ => front.replace("publisher: P\n", ""),
            };
            assert_eq!(faults(kind, &front), Vec::<String>::new(), "{front}");
        }
    }
}

#[test]
fn it_tells_what_the_reader_would_not_take() {
    for (kind, front) in [
        (Kind::Actor, "summary: no title\n"),
        (Kind::Actor, "title: X\nalias: Y\n"),
        (Kind::Actor, "title: X\ndraft: 'yes'\n"),
        (Kind::Actor, "title: X\naliases: { nam: Y }\n"),
        (Kind::Incident, "title: X\nstatus: sure\n"),
        (Kind::Incident, "title: X\nevents: { date: 2016 }\n"),
        (Kind::Incident, "title: X\nmember_of: y\n"),
        (Kind::Source, "title: X\n"),
        (Kind::Source, "title: X\npublisher: P\ngrade: G7\n"),
        (Kind::Place, "title: X\nlat: 91\n"),
        (Kind::Incident, "title: X\ndate: 2016-02-04T20:36\n"),
        (Kind::Incident, "title: X\ndate: 4 February 2016\n"),
        (Kind::Incident, "title: X\ndate: early 2016-02-04\n"),
    ] {
        assert_ne!(faults(kind, front), Vec::<String>::new(), "{front}");
    }
}

#[test]
fn it_takes_dates_of_every_form() {
    for date in [
        "2016",
        "'2016'",
        "2016-02",
        "2015-Q4",
        "about late 2016",
        "mid  2016-02",
        "2016-02-04",
        "2016-02-04T20:36+06:00",
        "2016-02-04 20:36:12Z",
        "2016-02-04T20:36Z/2016-02-05",
        "2016 / 2018-03",
        "2014/..",
        "../about 2018",
    ] {
        let front = format!("title: X\ndate: {date}\nevents: {{ date: {date}, what: So }}\n");
        assert_eq!(
            faults(Kind::Incident, &front),
            Vec::<String>::new(),
            "{front}"
        );
    }
}

#[test]
fn it_takes_forms_that_only_the_reader_judges() {
    for (kind, front) in [
        (Kind::Incident, "title: 1.10\ndate: 2016\n"),
        (
            Kind::Incident,
            "title: X\ndates: [{ value: early 2016, chosen: x }, 2016-02]\n",
        ),
        (
            Kind::Incident,
            "title: X\nloss: { actual: [{ value: { text: some, currency: USD } }, 81m USD] }\n",
        ),
        (
            Kind::Actor,
            "title: X\nmotive: [financial, espionage]\nfirst_seen: { value: 2009, sources: a }\n",
        ),
        (
            Kind::Actor,
            "title: X\nfacts: { members: 1_700, seen: { value: x, as_of: 2018 } }\n",
        ),
        (
            Kind::Incident,
            "title: X\naffected: { people: [1200, { value: about 1.3m, chosen: x }], systems: 80 to 90 }\n",
        ),
        (Kind::Person, "title: X\nlegal: charged\n"),
    ] {
        assert_eq!(faults(kind, front), Vec::<String>::new(), "{front}");
    }
}
