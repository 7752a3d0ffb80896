//! The bundle of STIX: nothing above the audience, and no object marked below what it shows.

use super::*;
use dossier::export::stix;
use serde_json::Value;

/// The bundle for an audience.
fn bundle(project: &Project, audience: Audience) -> Result<Vec<u8>, String> {
    let mut project = project.clone();
    project.options.audience = audience.tlp;
    project.options.drafts = audience.drafts;
    let run = project.run();
    match run.site {
        Some(built) => {
            let mut bytes = Vec::new();
            stix::write(&built.site, &project.config(), &mut bytes).expect("memory takes it");
            Ok(bytes)
        }
        None => Err(project.report(&run.problems)),
    }
}

fn objects(bytes: &[u8]) -> Vec<Value> {
    let mut bundle: Value = serde_json::from_slice(bytes).expect("JSON");
    match bundle["objects"].take() {
        Value::Array(objects) => objects,
        other => panic!("{other}"),
    }
}

/// The level that an object bears; none where it bears none, as a definition of a marking does.
fn level(object: &Value) -> Option<Tlp> {
    let ids = object["object_marking_refs"].as_array()?;
    let levels = [
        ("94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::Clear),
        ("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::Green),
        ("55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::Amber),
        ("939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::AmberStrict),
        ("e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::Red),
    ];
    let of = |id: &str| levels.iter().find(|(uuid, _)| id.ends_with(uuid));
    let found = ids.iter().filter_map(Value::as_str).filter_map(of);
    found.map(|(_, tlp)| *tlp).max()
}

#[test]
fn a_bundle_holds_nothing_above_the_audience_and_marks_what_it_holds() {
    let (project, words) = plant(None, true);
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for audience in Audience::all() {
        let bytes = bundle(&project, audience).expect("no errors");
        for object in objects(&bytes) {
            let text = object.to_string().to_lowercase();
            let own = level(&object);
            for found in words_in(&text) {
                seen.insert(found.to_owned());
                let id = &object["id"];
                match words.get(found) {
                    Some(&level) if audience.sees(level) => match level {
                        Level::Marked(tlp) if own < Some(tlp) => {
                            wrong.push(format!("{audience:?}: {id} is below `{found}`"));
                        }
                        _ => {}
                    },
                    _ => wrong.push(format!("{audience:?}: `{found}` is in {id}")),
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(60)].join("\n")
    );
    assert!(seen.len() > 300, "{} words are in bundles", seen.len());
}

#[test]
fn a_bundle_is_that_of_the_dossier_without_what_is_withheld() {
    let (complete, _) = plant(None, false);
    for audience in Audience::all() {
        let (reduced, _) = plant(Some(audience), false);
        let one = bundle(&complete, audience).expect("no errors");
        let other = bundle(&reduced, audience).expect("no errors");
        if one != other {
            let (one, other) = (objects(&one), objects(&other));
            let differs = |object: &&Value| !other.contains(object);
            let first = one.iter().find(differs);
            let id = first.map(|object| &object["id"]);
            let same = other.iter().find(|object| Some(&object["id"]) == id);
            panic!("{audience:?}:\n{first:#?}\nis\n{same:#?}");
        }
    }
}

#[test]
fn one_red_thing_marks_every_object_that_shows_it() {
    let mut wrong = Vec::new();
    for (name, files) in ONE_RED_THING {
        let project = files
            .iter()
            .fold(Project::default(), |project, (path, text)| {
                let end = if text.contains("\n---\n") {
                    ""
                } else {
                    "\n---\n"
                };
                project.file(path, &format!("---\n{text}{end}\n"))
            });
        let for_whom = |tlp| Audience { tlp, drafts: false };
        let bytes = bundle(&project, for_whom(Tlp::Red)).expect("no errors");
        for object in objects(&bytes) {
            let shows = object.to_string().contains("zqsecretqz");
            if shows && level(&object) != Some(Tlp::Red) {
                wrong.push(format!("{name}: {} shows it", object["id"]));
            }
        }
        let bytes = bundle(&project, for_whom(Tlp::AmberStrict)).expect("no errors");
        if String::from_utf8_lossy(&bytes).contains("zqsecretqz") {
            wrong.push(format!("{name}: those who may not see it do"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
