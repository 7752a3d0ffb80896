//! What rows become.

use super::{Options, read};
use crate::exchange::{Fault, Import, Incoming, Markings, Piece, Value};
use crate::model::{Kind, Tlp};
use proptest::prelude::*;

fn options(kind: Kind, columns: &[(&str, &str)]) -> Options {
    let columns = columns
        .iter()
        .map(|(column, key)| ((*column).to_owned(), (*key).to_owned()));
    Options {
        kind,
        columns: columns.collect(),
        markings: Markings::new([("partners".to_owned(), Tlp::Amber)]),
    }
}

fn rows(kind: Kind, columns: &[(&str, &str)], text: &str) -> Import {
    read(text, &options(kind, columns)).expect("a table")
}

fn fault(kind: Kind, columns: &[(&str, &str)], text: &str) -> Fault {
    read(text, &options(kind, columns)).expect_err("a fault")
}

fn shown(entry: &Incoming) -> String {
    let mut lines = vec![format!("{} | {}", entry.origin, entry.title)];
    if let Some(tlp) = entry.tlp {
        lines.push(format!("tlp: {}", tlp.name()));
    }
    for (key, value) in &entry.values {
        lines.push(format!("{key}: {}", flat(value)));
    }
    lines.extend(entry.body.0.iter().map(words));
    lines.join("\n")
}

fn words(piece: &Piece) -> String {
    match piece {
        Piece::Words(text) => format!("“{text}”"),
        other => format!("{other:?}"),
    }
}

fn flat(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Bare(text) => text.clone(),
        Value::Entry(origin) => format!("→{origin}"),
        Value::Prose(prose) => prose.0.iter().map(words).collect(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(flat).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(name, value)| format!("{name}: {}", flat(value)));
            let entries: Vec<String> = entries.collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn told(import: &Import) -> Vec<String> {
    let losses = import.losses.iter();
    losses
        .map(|loss| {
            format!(
                "{} {} {} ({})",
                loss.why.name(),
                loss.property,
                loss.count,
                loss.example
            )
        })
        .collect()
}

#[test]
fn a_table_of_incidents() {
    let import = rows(
        Kind::Incident,
        &[
            ("amount stolen", "loss.actual"),
            ("Days inside", "facts.days_inside"),
            ("Recovered (USD)", "loss.recovered"),
            ("Write-up", "body"),
        ],
        "ID;Title;Date;Amount stolen;Recovered (USD);Targets;Part of;Tags;Status;Summary;TLP;Days inside;Analyst;Write-up;loss.frozen\r\n\
         7;Bangladesh Bank  heist;2016-02-04 00:00;$81,000,000;1;bangladesh-bank;The wave;swift|banks; Confirmed ;\"Four orders; [[x]] went\r\n through.\";amber;155;A. B.;\"One.\r\n\r\nTwo.\";\r\n\
         8;The wave;4/2/16;;;;;;;;;;;;20 EUR\r\n",
    );
    let all: Vec<String> = import.entries.iter().map(shown).collect();
    assert_eq!(
        all.join("\n"),
        "7 | Bangladesh Bank heist
tlp: amber
summary: “Four orders; [[x]] went through.”
date: 2016-02-04
tags: [swift, banks]
loss: { actual: 81000000 USD, recovered: 1 USD }
facts: { days_inside: 155 }
extra: { analyst: A. B. }
status: confirmed
part_of: →8
targets: bangladesh-bank
“One.

Two.”
8 | The wave
loss: { frozen: 20 EUR }
extra: { date: 4/2/16 }"
    );
    assert_eq!(told(&import), ["changed row.Date 1 (8)"]);
    assert_eq!(import.entries[0].apart, ["2016", "7"]);
}

#[test]
fn a_column_is_the_key_that_it_is_called_after() {
    let import = rows(
        Kind::Actor,
        &[("Also", "aliases")],
        "title\tFirst Seen\tExternal IDs.attack\tmotive\tAlso\tsources\tcolour\tcolour\t\n\
         APT38\tFeb 2014\tG0082\tfinancial; Espionage\tBluenoroff; Stardust\tmandiant-2018\tred\tblue\tx",
    );
    assert_eq!(
        shown(&import.entries[0]),
        "apt38 | APT38
aliases: [Bluenoroff, Stardust]
sources: mandiant-2018
external_ids: { attack: G0082 }
first_seen: 2014-02
motive: [financial, espionage]
extra: { colour: red, colour_column_8: blue, column_9: x }"
    );
    assert!(told(&import).is_empty());
}

#[test]
fn values_that_cannot_be_read_stay_under_extra_and_are_told() {
    let import = rows(
        Kind::Source,
        &[],
        "title,publisher,date,accessed,url,grade,type,language\n\
         A,Reuters,04/02/2016,2016-02,ftp://x,Z9,essay,English\n\
         B,Reuters,2016-02-04T10:00:00Z,4 Feb 2016,https://example.org/,B2,Court Record,en",
    );
    let all: Vec<String> = import.entries.iter().map(shown).collect();
    assert_eq!(
        all.join("\n"),
        "a | A
extra: { date: 04/02/2016, accessed: 2016-02, url: ftp://x, grade: Z9, type: essay, language: English }
publisher: Reuters
b | B
date: 2016-02-04T10:00:00Z
publisher: Reuters
accessed: 2016-02-04
url: https://example.org/
grade: B2
type: court-record
language: en"
    );
    assert_eq!(
        told(&import),
        [
            "changed row.accessed 1 (a)",
            "changed row.date 1 (a)",
            "changed row.grade 1 (a)",
            "changed row.language 1 (a)",
            "changed row.type 1 (a)",
            "changed row.url 1 (a)",
        ]
    );
}

#[test]
fn nothing_fails_open() {
    let marked = |column: &str, cell: &str| {
        let import = rows(Kind::Note, &[], &format!("title,{column}\nA,{cell}"));
        let entry = &import.entries[0];
        let draft = entry.value("draft").is_some();
        assert!(entry.value("extra").is_none(), "{column}");
        (entry.tlp, draft, !told(&import).is_empty())
    };
    assert_eq!(
        marked("TLP", "TLP:AMBER+STRICT"),
        (Some(Tlp::AmberStrict), false, false)
    );
    assert_eq!(
        marked("Marking", "Partners"),
        (Some(Tlp::Amber), false, false)
    );
    assert_eq!(marked("tlp level", "purple"), (Some(Tlp::Red), false, true));
    assert_eq!(
        marked("Classification", "for us"),
        (Some(Tlp::Red), false, true)
    );
    assert_eq!(marked("Draft", "yes"), (None, true, false));
    assert_eq!(marked("Draft", "no"), (None, false, false));
    assert_eq!(marked("Draft", "perhaps"), (None, true, true));
    assert_eq!(marked("Publish", "soon"), (None, true, true));
    assert_eq!(marked("Public", "yes"), (None, false, false));
    assert_eq!(marked("Public", "no"), (None, true, true));
    assert_eq!(marked("Hidden", "no"), (None, false, false));
    assert_eq!(marked("Unpublished", "yes"), (None, true, true));
    assert_eq!(marked("withdrawn", "2016"), (None, true, true));
    let moved = rows(Kind::Note, &[], "title,tlp\nA,clear,red");
    assert_eq!(moved.entries[0].tlp, Some(Tlp::Red));
}

#[test]
fn rows_have_names_of_their_own() {
    let import = rows(
        Kind::Place,
        &[],
        "title,id,part of\nA,,B\nA,,A\nB,x,\n,y,\nC,x,x\n\n北,,\n",
    );
    let all: Vec<String> = import.entries.iter().map(shown).collect();
    assert_eq!(
        all.join("\n"),
        "a | A\npart_of: →x\na-2 | A\npart_of: A\nx | B\nx-2 | C\npart_of: x\n北 | 北"
    );
    assert_eq!(
        told(&import),
        [
            "lost row without a title 1 (line 5)",
            "changed row.id 1 (x)",
            "changed row.title 1 (a)"
        ]
    );
}

#[test]
fn a_column_that_is_the_key_id_names_rows_too() {
    let import = rows(Kind::Place, &[("Nr", "id")], "title,Nr\nA,places/a\n");
    assert_eq!(shown(&import.entries[0]), "places/a | A\nid: places/a");
}

#[test]
fn what_a_column_cannot_be_is_told() {
    let message =
        |columns: &[(&str, &str)], text: &str| fault(Kind::Incident, columns, text).message;
    assert_eq!(
        message(&[], "Date,Incident name,Loss\n2016,X,1"),
        "no column gives the title of an entry; the columns are `Date`, `Incident name`, `Loss`: say which does with `--map 'Incident name=title'`"
    );
    assert_eq!(
        message(&[("X", "title")], "Date,Name\n"),
        "there is no column `X`; the columns are `Date`, `Name`"
    );
    assert_eq!(
        message(&[("Date", "dat")], "Date,title\n"),
        "`dat` is no key of incidents; did you mean `date`?"
    );
    assert_eq!(
        message(&[("Date", "loss")], "Date,title\n"),
        "`loss` takes names with values: say which, as in `loss.name`"
    );
    assert_eq!(
        message(&[("Date", "loss.all")], "Date,title\n"),
        "`loss.all` is no key; there are `loss.attempted`, `loss.demanded`, `loss.paid`, `loss.actual`, `loss.recovered`, `loss.frozen`, `loss.seized`"
    );
    assert_eq!(
        message(&[("Date", "events")], "Date,title\n"),
        "`events` takes an event with keys: say which, as in `events.date`"
    );
    assert_eq!(
        message(&[("Date", "title"), ("Name", "title")], "Date,Name\n"),
        "two columns are to be `title`"
    );
    assert_eq!(
        message(&[("Date", "extra.tlp")], "Date,title\n"),
        "`extra.tlp` withholds nothing; `tlp` is a key of its own"
    );
    assert!(message(&[], "").contains("empty"));
    let open = fault(Kind::Note, &[], "title,x\nA,\"1\nB,2\nC,3\n");
    assert_eq!(
        (open.line, open.message.contains("not closed")),
        (Some(2), true)
    );
}

#[test]
fn the_sign_between_cells_is_told_from_the_head() {
    for text in [
        "title,summary\nA,b",
        "title;summary\nA;b",
        "title\tsummary\nA\tb",
        "sep=;\ntitle;summary\nA;b",
        "\u{feff}\"title\",\"summary\"\nA,b",
    ] {
        assert_eq!(
            shown(&rows(Kind::Note, &[], text).entries[0]),
            "a | A\nsummary: “b”",
            "{text}"
        );
    }
    assert_eq!(
        rows(Kind::Note, &[], "\"a, b\";title\n1;A").entries[0].title,
        "A"
    );
}

const PIECES: &[&str] = &[
    "title",
    "tlp",
    "date",
    "id",
    "loss.actual",
    "targets",
    "part of",
    "draft",
    ",",
    ";",
    "\t",
    "\n",
    "\"",
    "a",
    "A",
    "2016",
    "$1",
    "red",
    "x|y",
    " ",
    "sep=;",
    "é",
    "public",
    "yes",
];

proptest! {
    #[test]
    fn no_text_brings_it_down(
        head in prop::collection::vec(prop::sample::select(PIECES), 0..12),
        cells in prop::collection::vec(prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => ".{0,4}"], 0..40),
        kind in prop::sample::select(&Kind::ALL[..]),
    ) {
        let text = format!("{},title\n{}", head.concat(), cells.concat());
        if let Ok(import) = read(&text, &options(kind, &[])) {
            let mut origins: Vec<&str> = import.entries.iter().map(|entry| &*entry.origin).collect();
            let all = origins.len();
            origins.sort_unstable();
            origins.dedup();
            prop_assert_eq!(origins.len(), all);
            prop_assert!(import.entries.iter().all(|entry| !entry.title.is_empty()));
        }
    }
}
