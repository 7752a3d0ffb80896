//! A database says what the dossier says, and answers the questions for which it has views.
#![cfg(feature = "sqlite")]

mod support;

use dossier::export::{self, Format, Subject};
use dossier::model::{PageId, Tlp};
use rusqlite::Connection;
use std::path::Path;
use support::Project;
use support::database::{opened, rows, tables};

fn sample() -> Project {
    Project::load(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn exported(project: &Project, tlp: Tlp, of: &[&str]) -> Vec<u8> {
    let project = project.clone().audience(tlp);
    let run = project.run();
    let Some(built) = &run.site else {
        panic!("{}", project.report(&run.problems));
    };
    let named: Vec<PageId> = { built.site.release.iter() }
        .filter(|(_, it)| of.contains(&it.slug.as_str()))
        .map(|(id, _)| id)
        .collect();
    let config = project.config();
    let subject = Subject {
        of: (!of.is_empty()).then_some(named.as_slice()),
        ..Subject::of(&built.site, &config)
    };
    let bytes = export::bytes(Format::Sqlite, &subject);
    assert_eq!(
        bytes,
        export::bytes(Format::Sqlite, &subject),
        "the same twice"
    );
    bytes
}

fn one(database: &Connection, question: &str) -> String {
    let rows = rows(database, question);
    assert_eq!(rows.len(), 1, "{question}: {rows:?}");
    rows.into_iter().next().unwrap_or_default()
}

fn front(front: &str) -> String {
    format!("---\n{front}\n---\n")
}

/// A case with one of everything that is asked about.
fn case() -> Project {
    Project::default()
        .file(
            "actors/a.md",
            &front(
                "title: Actor A\naliases: [{ name: Other A, by: bureau }]\n\
                 uses:\n  - { entry: t, confidence: likely, sources: [s1, s2] }\n  - { entry: m, denied: true, sources: [s1] }",
            ),
        )
        .file("malware/m.md", &front("title: M"))
        .file(
            "techniques/t.md",
            &front("title: T\nexternal_ids: { attack: T1485 }\ntactics: [impact]"),
        )
        .file("organisations/bureau.md", &front("title: The Bureau"))
        .file(
            "incidents/i.md",
            "---\ntitle: I\ndate: 2016-02\nevents: [{ date: 2016-02-04, what: It began. }]\nloss:\n  actual:\n    \
             - { value: 81m USD, sources: [s1], chosen: what was not returned }\n    - { value: 80m USD, sources: [s2] }\n---\n\
             The café was robbed.\n\n```ioc\nevil[.]example # seen [@s1]\n```\n",
        )
        .file("sources/s1.md", &front("title: S1\npublisher: bureau\ngrade: B2"))
        .file("sources/s2.md", &front("title: S2\npublisher: P"))
        .file("sources/s3.md", &front("title: S3\npublisher: P"))
}

#[test]
fn a_database_is_whole() {
    for project in [sample(), case()] {
        let database = opened(&exported(&project, Tlp::Amber, &[]));
        assert_eq!(one(&database, "PRAGMA integrity_check"), "ok");
        assert!(rows(&database, "PRAGMA foreign_key_check").is_empty());
        assert_eq!(one(&database, "PRAGMA user_version"), "1");
        assert_eq!(one(&database, "PRAGMA freelist_count"), "0");
        // A view is not looked at until it is asked.
        for table in tables(&database) {
            rows(&database, &format!("SELECT * FROM \"{table}\""));
        }
    }
}

#[test]
fn every_entry_and_statement_has_a_row() {
    let project = sample();
    let run = project.run();
    let release = &run.site.as_ref().expect("a site").site.release;
    let database = opened(&exported(&project, Tlp::Clear, &[]));
    let count = |table: &str| one(&database, &format!("SELECT count(*) FROM {table}"));
    assert_eq!(count("entries"), release.iter().count().to_string());
    let statements = release.iter().map(|(_, it)| it.statements.iter().count());
    assert_eq!(count("statements"), statements.sum::<usize>().to_string());
    let sources = release.iter().filter(|(_, it)| it.evidence().is_some());
    assert_eq!(count("sources"), sources.count().to_string());
}

#[test]
fn the_usual_questions_are_answered() {
    let database = opened(&exported(&case(), Tlp::Clear, &[]));
    let ask = |question: &str| rows(&database, question);
    assert_eq!(
        ask("SELECT who, what, attack, denied, confidence, sources FROM uses ORDER BY what"),
        ["Actor A\tM\t\t1\t\t1", "Actor A\tT\tT1485\t0\tlikely\t2"]
    );
    assert_eq!(
        ask("SELECT title, value, low, high, lowest, highest, \"values\" FROM losses_by_incident"),
        ["I\tUSD 81 million\t81000000\t81000000\t80000000\t81000000\t2"]
    );
    assert_eq!(
        ask("SELECT value, is_chosen, sources FROM contested ORDER BY value"),
        [
            "USD 80 million\t0\tsources/s2",
            "USD 81 million\t1\tsources/s1"
        ]
    );
    assert_eq!(
        ask("SELECT source, grade FROM single_source WHERE entry = 'actors/a'"),
        ["sources/s1\tB2"]
    );
    assert_eq!(ask("SELECT title FROM uncited_sources"), ["S3"]);
    assert_eq!(
        ask("SELECT type, value, defanged, sources FROM sourced_indicators"),
        ["Domain\tevil.example\tevil[.]example\tsources/s1"]
    );
    assert_eq!(
        ask("SELECT name, used_by, used_by_entry FROM names WHERE entry = 'actors/a'"),
        ["Actor A\t\t", "Other A\tThe Bureau\torganisations/bureau"]
    );
    assert_eq!(
        ask("SELECT what, earliest FROM events"),
        ["It began.\t2016-02-04"]
    );
    assert_eq!(
        ask(
            "SELECT e.id FROM search JOIN entries AS e ON e.number = search.rowid WHERE search MATCH 'cafe'"
        ),
        ["incidents/i"]
    );
}

#[test]
fn of_some_entries_those_at_the_other_ends_have_their_names_alone() {
    let database = opened(&exported(&case(), Tlp::Clear, &["a"]));
    assert!(rows(&database, "PRAGMA foreign_key_check").is_empty());
    assert_eq!(
        rows(&database, "SELECT id, whole FROM entries ORDER BY id"),
        [
            "actors/a\t1",
            "malware/m\t0",
            "organisations/bureau\t0",
            "sources/s1\t0",
            "sources/s2\t0",
            "techniques/t\t0"
        ]
    );
    assert_eq!(
        rows(&database, "SELECT DISTINCT entry FROM statements"),
        ["actors/a"]
    );
}
