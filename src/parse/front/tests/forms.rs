//! What is well written is read, whatever form it has.

use super::{check, entry, read, shown, yaml};
use crate::model::{
    Details, Entry, Kind, Marked, Named, Overlap, RawRef, Seen, Tlp, Value, Verb, Words,
};
use crate::parse::front::form::Form;
use crate::parse::front::keys::{ROWS, Row};
use crate::text::TextFile;

/// A fact's versions as they print, the chosen one with a star.
fn versions(entry: &Entry<RawRef>, fact: &str) -> Vec<String> {
    let shown = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::List(words) => words.join("+"),
        Value::Date(date) => date.to_string(),
        Value::Reliability(letter) => letter.to_string(),
        Value::Money(money) => money.to_string().replace('\u{a0}', " "),
        Value::Count(count) => count.to_string().replace('\u{a0}', " "),
    };
    entry.statements.fact(fact).map_or(Vec::new(), |fact| {
        let star = |chosen: bool| if chosen { "*" } else { "" };
        fact.versions()
            .map(|version| shown(&version.what.value) + star(version.what.chosen.is_some()))
            .collect()
    })
}

#[test]
fn an_incident_is_read_whole() {
    let entry = read(
        Kind::Incident,
        "title: Bangladesh Bank heist
loss:
  actual:
    - { value: 81m USD, sources: [reuters-2016], chosen: what reached Manila }
    - { value: 91m USD, sources: [techradar-2018] }
  attempted: { value: 951m USD, sources: [computing-2016, { source: reuters-2016, at: p. 12 }] }
  frozen: { text: tens of millions, currency: USD }
  recovered: { value: { text: some, currency: USD }, note: n, as_of: 2018 }
dates:
  - { value: 2016-02-04/2016-02-05, chosen: the bank's own account }
  - 2016-02
uses: hoplight
attributed_to:
  - { entry: apt38, confidence: Very likely, sources: straits-times-2018, start: 2016, denied: true }
facts: { days_inside: 155, orders: { value: 1.10, sources: [a] } }
events: { date: 2016-02-04, what: The first orders, place: dhaka, sources: [a] }
status: confirmed
",
    );
    assert_eq!(
        versions(&entry, "loss.actual"),
        ["USD 81 million*", "USD 91 million"]
    );
    assert_eq!(versions(&entry, "loss.frozen"), ["tens of millions (USD)"]);
    assert_eq!(
        versions(&entry, "dates"),
        ["4–5 February 2016*", "February 2016"]
    );
    assert_eq!(versions(&entry, "orders"), ["1.10"]);
    let names: Vec<&str> = entry.statements.facts().map(|fact| fact.name).collect();
    assert_eq!(
        names,
        [
            "dates",
            "loss.attempted",
            "loss.actual",
            "loss.recovered",
            "loss.frozen",
            "days_inside",
            "orders"
        ],
        "in the order of the contract"
    );
    let attempted = entry.statements.fact("loss.attempted").expect("a fact");
    let attempted = attempted.leading().expect("a value");
    assert_eq!(attempted.sources[1].at.as_deref(), Some("p. 12"));
    let relations: Vec<_> = entry.statements.relations().collect();
    let verbs: Vec<Verb> = relations.iter().map(|it| it.what.verb).collect();
    assert_eq!(verbs, [Verb::AttributedTo, Verb::Uses]);
    assert!(relations[0].what.denied && relations[0].sources.len() == 1);
    let event = entry.statements.events().next().expect("an event");
    let place = event.what.place.as_ref();
    assert_eq!(place.map(|place| &*place.name), Some("dhaka"));
}

fn unmarked(text: &str) -> Marked<String> {
    Marked {
        value: text.to_owned(),
        tlp: None,
    }
}

#[test]
fn an_actor_and_a_source_are_read() {
    let actor = read(
        Kind::Actor,
        "title:   APT38
aliases:
  - Bluenoroff
  - { name: Stardust Chollima, by: crowdstrike, relation: part-of, sources: [m] }
  - { name: TEMP.Hermit, by: Kaspersky Lab }
motive: [financial, espionage]
tags: [bank, swift, bank]
changes:
  - { date: 2025-01-31, what: older }
  - { date: 2026-01-31, what: newer, kind: correction }
redirect_from: /actors/bluenoroff/
external_ids: { attack: G0082 }
extra: { colour: red, n: 7, deep: [~, 'no', no] }
",
    );
    assert_eq!(actor.title, "APT38");
    assert_eq!(versions(&actor, "motive"), ["financial+espionage"]);
    assert_eq!(actor.tags, [unmarked("bank"), unmarked("swift")]);
    let aliases: Vec<_> = actor.statements.aliases().map(|it| it.what).collect();
    assert_eq!(aliases[1].overlap, Overlap::PartOf);
    assert!(matches!(&aliases[1].by, Some(Named::Entry(by)) if &*by.name == "crowdstrike"));
    assert!(matches!(&aliases[2].by, Some(Named::Text(by)) if by == "Kaspersky Lab"));
    assert!(actor.changes[0].correction && actor.changes[0].what == Words::Plain("newer".into()));
    assert_eq!(actor.redirect_from[0].value, "actors/bluenoroff/");
    assert_eq!(
        actor.external_ids,
        [("attack".to_owned(), unmarked("G0082"))]
    );

    let hash = "A".repeat(64);
    let source = read(
        Kind::Source,
        &format!(
            "title: The heist
publisher: reuters
seen: excerpt
grade: b2
url: HTTPS://example.org/a?b=c#d
snapshot: {{ file: a/b.pdf, sha256: {hash}, taken: 2026-01-31, publish: true }}
derived_from: [a, b]
"
        ),
    );
    let evidence = source.evidence().expect("a source");
    assert_eq!(evidence.seen, Some(Seen::Excerpt));
    assert_eq!(
        evidence.grade.map(|grade| grade.to_string()).as_deref(),
        Some("B2")
    );
    let snapshot = evidence.snapshot.as_ref().expect("a snapshot");
    assert_eq!(snapshot.sha256.value, "a".repeat(64));
    assert_eq!(source.statements.relations().count(), 2);
}

#[test]
fn scalars_stay_text() {
    let place = read(
        Kind::Place,
        "title: 1.10\ncode: NO\ntype: country\nlat: -12.50\n",
    );
    assert_eq!(place.title, "1.10");
    let Details::Place { code, lat, .. } = &place.details else {
        panic!("no place");
    };
    assert_eq!(
        (code.as_deref(), lat.as_deref()),
        (Some("NO"), Some("-12.50"))
    );
    assert_eq!(read(Kind::Note, "title: null\n").title, "null");
    assert_eq!(
        read(Kind::Note, "title: >\n  two\n  lines\n").title,
        "two lines"
    );
}

#[test]
fn anchors_repeat_a_value() {
    let note = read(
        Kind::Note,
        "title: X\nsources: &s [a, b]\nrelated_to: { entry: c, sources: *s }\n",
    );
    assert_eq!(note.statements[0].sources.len(), 2);
}

#[test]
fn spans_count_bytes_of_the_whole_file() {
    let text = "\u{feff}---\r\ntitle: Größe – 北\r\nuses: [ \"hop\" , killdisk ]\r\n---\r\nx";
    let file = TextFile::new("content/actors/x.md", text);
    assert_eq!(shown(&file), Vec::<String>::new());
    let entry = entry(&file, Tlp::Clear);
    let relations = entry.statements.relations();
    let written: Vec<&str> = relations.map(|it| it.what.target.span.of(text)).collect();
    assert_eq!(written, ["\"hop\"", "killdisk"]);
    check(
        Kind::Actor,
        "title: 北 é\nuses: { entry: a, x: b }\n",
        &[
            "unknown-key 3:19 a relation has no key `x` → it has: entry, confidence, sources, start, end, denied, tlp, note",
        ],
    );
    check(
        Kind::Actor,
        "title: A\nuses: { entry: a, note: the boot code, not the purpose }\n",
        &[
            "unknown-key 3:40 a relation has no key `not the purpose` → the comma ended the value of `note`: put all of that in quotation marks",
        ],
    );
}

#[test]
fn toml_reads_like_yaml() {
    let toml = "+++
title = \"X\"
date = 2016-02-04
uses = [\"b\", { entry = \"a\", confidence = \"likely\" }]
draft = true
facts.days_inside = 1_55

[loss]
frozen = \"1m USD\"
attempted.value = \"951m USD\"
attempted.sources = [\"c\"]

[[events]]
date = 2016-02-04
what = \"y\"
+++
Text";
    let yaml = yaml(
        Kind::Incident,
        "title: X\ndate: 2016-02-04\nuses: [b, { entry: a, confidence: likely }]\ndraft: true\nfacts: { days_inside: 155 }
loss: { frozen: 1m USD, attempted: { value: 951m USD, sources: [c] } }\nevents: [{ date: 2016-02-04, what: y }]\n",
    );
    let toml = TextFile::new("content/incidents/x.md", toml);
    assert_eq!(shown(&toml), Vec::<String>::new());
    let bare = |file: &TextFile| {
        let text = format!("{:?}", entry(file, Tlp::Clear));
        // Not the prose, which is no matter of front matter.
        let text = text.split(", prose: ").next().unwrap_or("");
        let mut parts = text.split("Span {");
        let first = parts.next().unwrap_or("").to_owned();
        parts.fold(first, |all, part| {
            all + part.split_once('}').map_or("", |(_, rest)| rest)
        })
    };
    assert_eq!(bare(&toml), bare(&yaml));
}

#[test]
fn toml_problems_have_their_place() {
    let problems = |front: &str| {
        shown(&TextFile::new(
            "content/incidents/x.md",
            format!("+++\n{front}+++\n"),
        ))
    };
    for (front, expected) in [
        (
            "title = \"a\"\ntitle = \"b\"\n",
            "duplicate-key 3:1 the key `title` stands twice [2:1 first here] → keep one of them; several values of one key are written as a list",
        ),
        (
            "title = \"a\"\n[loss]\n[loss]\n",
            "duplicate-key 4:2 the key `loss` stands twice [3:2 first here] → keep one of them; several values of one key are written as a list",
        ),
        (
            "title: a\n",
            "front-matter-syntax 2:8 the front matter is not valid TOML here: key with no value, expected `=` → TOML writes `key = \"value\"`; for `key: value` put the front matter between `---` lines",
        ),
        (
            "title = \"a\"\nuses = [[b]]\n",
            "front-matter-syntax 3:10 the front matter is not valid TOML here: string values must be quoted, expected literal string → write the bare slugs in quotes: `uses = [\"hoplight\"]`",
        ),
    ] {
        assert_eq!(problems(front), [expected], "{front}");
    }
}

/// Every key of the table, written for every kind that has it, is read without a problem and
/// changes the entry: no row is forgotten by the reader.
#[test]
fn every_key_of_the_table_is_read() {
    fn example(row: &Row) -> String {
        match (row.form, row.key) {
            (Form::Bool, "is_family") => "false".to_owned(),
            (Form::Tlp, _) => "red".to_owned(),
            (Form::Word(_), "seen") => "reference".to_owned(),
            (_, "snapshot") => format!("{{ file: a.pdf, sha256: {} }}", "0".repeat(64)),
            (form, _) => form.example().to_owned(),
        }
    }
    for row in ROWS {
        for kind in row.kinds {
            let mut base = "title: X\n".to_owned();
            if *kind == Kind::Source {
                base += "publisher: P\n";
            }
            if row.is_required() {
                base = base.replace(&format!("{}:", row.key), "# ");
            }
            let with = read(*kind, &format!("{base}{}: {}\n", row.key, example(row)));
            let without = entry(&yaml(*kind, &base), Tlp::Clear);
            assert_ne!(
                format!("{with:?}"),
                format!("{without:?}"),
                "{} of {kind}",
                row.key
            );
        }
    }
    for kind in Kind::ALL {
        for verb in Verb::ALL.into_iter().filter(|verb| verb.allowed_from(kind)) {
            let base = "title: X\npublisher: P\n";
            let base = if kind == Kind::Source {
                base
            } else {
                "title: X\n"
            };
            let entry = read(kind, &format!("{base}{}: a\n", verb.key()));
            let relation = entry.statements.relation(0).expect("a relation");
            assert_eq!(relation.what.verb, verb);
        }
    }
}
