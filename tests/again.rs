//! Always right: after any sequence of edits, a pipeline that remembers gives what one that begins anew
//! gives, every byte of every file of the site and every problem.
//!
//! The edits are of all kinds that an edit can be: body, title, alias, slug, marking, relation, source,
//! heading, indicator, template, asset, attachment, configuration; files made, removed, renamed and moved;
//! broken and mended. Sequences are random with a fixed seed; `DOSSIER_EDITS` asks for longer ones.

mod support;

use dossier::model::Tlp;
use dossier::pipeline::{Pipeline, Run};
use dossier::plan::Overview;
use dossier::text::TextFile;
use std::collections::BTreeMap;
use support::edits::{Dice, edit, lenient, settle};

type Files = BTreeMap<String, Vec<u8>>;

/// The first file in which two sites differ, with the lines around.
fn difference(again: &Files, anew: &Files) -> Option<String> {
    let paths: std::collections::BTreeSet<&String> = again.keys().chain(anew.keys()).collect();
    for path in paths {
        let (a, b) = (again.get(path), anew.get(path));
        if a != b {
            let text = |bytes: Option<&Vec<u8>>| {
                bytes.map_or("(absent)".to_owned(), |bytes| {
                    String::from_utf8_lossy(bytes).into_owned()
                })
            };
            let (a, b) = (text(a), text(b));
            let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            return Some(format!(
                "{path}:\n again: {:?}\n anew:  {:?}",
                line.map(|it| it.0),
                line.map(|it| it.1)
            ));
        }
    }
    None
}

/// What is counted and ranked over all pages of a run's site.
fn overview(run: &Run) -> Option<&Overview> {
    Some(&*run.site.as_ref()?.site.overview)
}

fn sequence(seed: u64, edits: usize) -> usize {
    let mut dice = Dice(seed);
    let mut project = lenient();
    settle(&mut project, &mut dice);
    if dice.chance(30) {
        project.options.audience = Tlp::Amber;
    }
    let keep_config = dice.chance(80);
    let mut pipeline = Pipeline::new();
    let mut names = Vec::new();
    let mut sites = 0;
    for step in 0..edits {
        for _ in 0..1 + dice.roll(2) * dice.roll(3) {
            let config = project.inputs.config.clone();
            let name = edit(&mut project, &mut dice);
            names.push(name);
            if name == "broken" && dice.chance(50) {
                break;
            }
            if keep_config {
                project.inputs.config = config;
            }
        }
        let again = project.run_again(&mut pipeline);
        let anew = project.run_again(&mut Pipeline::new());
        let last = &names[names.len().saturating_sub(4)..];
        assert_eq!(
            project.report(&again.problems),
            project.report(&anew.problems),
            "problems differ: seed {seed}, step {step}, after {last:?}"
        );
        // The home page shows what is counted only where it is among the first, or not at all.
        assert_eq!(
            overview(&again),
            overview(&anew),
            "seed {seed}, step {step}, after {last:?}"
        );
        match (project.made(again), project.made(anew)) {
            (Ok(again), Ok(anew)) => {
                sites += 1;
                if let Some(difference) = difference(&again, &anew) {
                    panic!("seed {seed}, step {step}, after {last:?}: {difference}");
                }
            }
            (again, anew) => assert_eq!(again.err(), anew.err(), "seed {seed}, step {step}"),
        }
    }
    sites
}

#[test]
fn after_any_edits_the_site_is_that_of_a_first_run() {
    let asked = std::env::var("DOSSIER_EDITS")
        .ok()
        .and_then(|edits| edits.parse().ok());
    let edits: usize = asked.unwrap_or(420);
    let sites: usize = (0..edits.div_ceil(30) as u64)
        .map(|seed| sequence(seed, 30))
        .sum();
    // Most of the steps must end in a site, or pages would hardly be compared.
    assert!(
        sites * 2 > edits,
        "only {sites} of {edits} steps ended in a site"
    );
}

/// A sound entry, of whose front matter and body all bears on what is counted over all pages.
fn counted(folder: &str, dice: &mut Dice) -> String {
    let one =
        |dice: &mut Dice, folder: &str| format!("{folder}/{}", dice.pick(&["a", "b", "c", "d"]));
    let mut text = String::from("---\ntitle: It\n");
    if dice.chance(40) {
        text += &format!("updated: 2020-01-0{}\n", 1 + dice.roll(9));
    }
    if dice.chance(10) {
        text += "withdrawn: { date: 2020-01-05, reason: wrong }\n";
    }
    if dice.chance(20) {
        text += "changes: { date: 2020-01-06, what: Mended, tlp: amber }\n";
    }
    match folder {
        "notes" => {
            text += &format!(
                "key: {}\njudgements: [{{ text: So it is, tlp: green }}]\n",
                dice.chance(40)
            );
        }
        "sources" => {
            text += &format!("publisher: Us\ngrade: {}\n", dice.pick(&["A1", "B2", "B3"]));
            text += dice.pick(&["", "", "seen: reference\n"]);
            if dice.chance(40) {
                text += &format!("derived_from: [{}]\n", one(dice, "sources"));
            }
        }
        _ => {
            let sources = one(dice, "sources");
            let (verb, to) = (dice.pick(&["related_to", "part_of"]), one(dice, folder));
            text += &format!("{verb}: [{{ entry: {to}, sources: [{sources}] }}]\n");
        }
    }
    text += "---\n";
    for _ in 0..dice.roll(3) {
        let of = dice.pick(&["actors", "incidents"]);
        text += &format!("Of [[{}]] [@{}].\n\n", one(dice, of), one(dice, "sources"));
    }
    text
}

#[test]
fn after_any_edit_what_is_counted_is_what_a_first_run_counts() {
    const FOLDERS: [&str; 4] = ["actors", "incidents", "notes", "sources"];
    let mut dice = Dice(7);
    let mut project = lenient();
    project.options.audience = Tlp::Red;
    for folder in FOLDERS {
        for slug in ["a", "b", "c", "d", "e", "f", "g"] {
            let text = counted(folder, &mut dice);
            project = project.file(&format!("{folder}/{slug}.md"), &text);
        }
    }
    let mut pipeline = Pipeline::new();
    for step in 0..300 {
        for _ in 0..1 + dice.roll(2) {
            let at = dice.roll(project.inputs.entries.len());
            let path = project.inputs.entries[at].path.to_string();
            let folder = path.split('/').nth(1).expect("a folder");
            project.inputs.entries[at] = TextFile::new(&*path, counted(folder, &mut dice));
        }
        let again = project.run_again(&mut pipeline);
        let anew = project.run_again(&mut Pipeline::new());
        assert!(anew.site.is_some(), "{}", project.report(&anew.problems));
        assert_eq!(overview(&again), overview(&anew), "step {step}");
        let bytes = postcard::to_allocvec(&overview(&again)).expect("bytes");
        let kept = postcard::from_bytes::<Option<Overview>>(&bytes);
        assert_eq!(kept.expect("an overview").as_ref(), overview(&again));
    }
}

/// A name that means what it meant, spelt otherwise, is suggested as it is spelt now.
#[test]
fn a_name_that_is_respelt_is_suggested_so() {
    let at = |title: &str, alias: &str| {
        let text = format!("---\ntitle: {title}\naliases: [{alias}]\n---\n");
        lenient().file("actors/hidden-cobra.md", &text).file(
            "notes/a.md",
            "---\ntitle: A\n---\n[[Hiden Cobra]] [[Lazraus]]\n",
        )
    };
    let mut pipeline = Pipeline::new();
    for (title, alias) in [
        ("hidden cobra", "Lazarus"),
        ("HIDDEN COBRA", "Lazarus"),
        ("HIDDEN COBRA", "LAZARUS"),
        ("Hidden Cobra", "lazarus"),
    ] {
        let project = at(title, alias);
        let again = project.run_again(&mut pipeline).problems;
        assert_eq!(
            project.report(&again),
            project.report(&project.run().problems)
        );
    }
}

#[test]
fn an_id_that_stands_twice_is_shown_where_it_stands_now() {
    let mut project = support::Project::default()
        .file("notes/a.md", "---\ntitle: A\nid: same\n---\n")
        .file("notes/b.md", "---\ntitle: B\nid: same\n---\n");
    let mut pipeline = Pipeline::new();
    project.run_again(&mut pipeline);
    let moved = "---\ntitle: Another\nid: same\n---\n";
    for place in 0..2 {
        let path = project.inputs.entries[place].path.clone();
        project.inputs.entries[place] = TextFile::new(path, moved);
        let again = project.run_again(&mut pipeline);
        let anew = project.run_again(&mut Pipeline::new());
        assert_eq!(again.problems, anew.problems);
    }
}
