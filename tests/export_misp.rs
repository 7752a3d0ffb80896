//! What is exported for MISP says what the dossier says, with both ends of what is related, and is read back.

mod support;

use dossier::exchange::{self, Markings};
use dossier::export::{self, File, Folder, Format, Subject};
use dossier::model::{Kind, PageId, Tlp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use support::Project;

fn front(front: &str) -> String {
    format!("---\n{front}\n---\n")
}

fn with<T>(project: &Project, tlp: Tlp, of: &[&str], ask: impl FnOnce(&Subject<'_>) -> T) -> T {
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
    ask(&Subject {
        of: (!of.is_empty()).then_some(named.as_slice()),
        ..Subject::of(&built.site, &config)
    })
}

fn galaxy(project: &Project, tlp: Tlp, of: &[&str]) -> Value {
    let bytes = with(project, tlp, of, |subject| {
        export::bytes(Format::MispGalaxy, subject)
    });
    serde_json::from_slice(&bytes).expect("JSON")
}

fn cluster<'a>(galaxy: &'a Value, name: &str) -> &'a Value {
    let mut values = galaxy["values"].as_array().expect("a list").iter();
    values.find(|it| it["value"] == name).expect(name)
}

const KNOWN: &str = "245c8dde-ed42-4c49-b48b-634e3e21bdd7";

fn actors() -> Project {
    Project::default()
        .file(
            "actors/a.md",
            &front(&format!(
                "title: A\nsummary: Of A.\nexternal_ids: {{ misp: {KNOWN} }}\n\
                 aliases:\n  - {{ name: Alpha, by: bureau }}\n  - {{ name: Aleph, by: Somebody }}\n  - {{ name: Half, relation: part-of }}\n\
                 part_of: [{{ entry: b, confidence: very likely, sources: [s] }}]\n\
                 related_to: [{{ entry: c, denied: true }}]\n\
                 targets: [{{ entry: bank, sources: [s] }}, {{ entry: state, sources: [council] }}]\n\
                 originates_from: [{{ entry: korea, confidence: likely, sources: [s] }}]"
            )),
        )
        .file("actors/b.md", &front("title: B"))
        .file("actors/c.md", &front("title: C\npart_of: [{ entry: b, tlp: amber }]"))
        .file("organisations/bureau.md", &front("title: Bureau"))
        .file("organisations/bank.md", &front("title: Bank\nsector: [financial-services]"))
        .file("places/state.md", &front("title: State"))
        .file("places/korea.md", &front("title: North Korea\ncode: KP"))
        .file("sources/s.md", &front("title: S\npublisher: P\nurl: https://news.example/s"))
        .file(
            "sources/council.md",
            &front("title: Council\npublisher: P\nurl: https://www.cfr.org/x"),
        )
}

#[test]
fn a_cluster_says_what_the_actor_is() {
    let galaxy = galaxy(&actors(), Tlp::Clear, &[]);
    let a = cluster(&galaxy, "A");
    assert_eq!(
        (&a["uuid"], &a["description"]),
        (&json!(KNOWN), &json!("Of A."))
    );
    let meta = &a["meta"];
    assert_eq!(meta["synonyms"], json!(["Aleph", "Alpha"]));
    assert_eq!(meta["origin:Aleph"], "Somebody");
    assert_eq!(meta["name-attribution"].as_array().map(Vec::len), Some(1));
    assert_eq!(meta["country"], "KP");
    assert_eq!(meta["attribution-confidence"], "70");
    assert_eq!(
        meta["refs"],
        json!(["https://news.example/s", "https://www.cfr.org/x"])
    );
    // Keys of the council are for what it says.
    assert_eq!(meta["suspected-victims"], json!(["Bank"]));
    assert_eq!(meta["cfr-suspected-victims"], json!(["State"]));
    assert_eq!(meta["targeted-sector"], json!(["financial-services"]));
}

#[test]
fn both_ends_say_what_is_related_and_nobody_what_is_denied() {
    let clear = galaxy(&actors(), Tlp::Clear, &[]);
    let likely = json!(["estimative-language:likelihood-probability=\"very-likely\""]);
    let uuid = &cluster(&clear, "B")["uuid"];
    assert_eq!(
        cluster(&clear, "A")["related"],
        json!([{ "dest-uuid": uuid, "tags": likely, "type": "part-of" }])
    );
    assert_eq!(
        cluster(&clear, "B")["related"],
        json!([{ "dest-uuid": KNOWN, "tags": likely, "type": "includes" }])
    );
    assert!(cluster(&clear, "C").get("related").is_none());
    // What is told at the other end marks it there, too.
    let amber = galaxy(&actors(), Tlp::Amber, &[]);
    let tlp = |name| cluster(&amber, name)["meta"]["tlp"].clone();
    assert_eq!(
        [tlp("A"), tlp("B"), tlp("C")],
        ["tlp:clear", "tlp:amber", "tlp:amber"]
    );
    assert!(
        amber["description"]
            .as_str()
            .expect("a text")
            .ends_with("TLP:AMBER")
    );
}

#[test]
fn of_an_actor_those_whom_it_names_come_along() {
    let galaxy = galaxy(&actors(), Tlp::Clear, &["a"]);
    let names: Vec<&Value> = { galaxy["values"].as_array().expect("a list").iter() }
        .map(|it| &it["value"])
        .collect();
    assert_eq!(names, ["A", "B"]);
}

#[test]
fn our_own_importer_reads_a_galaxy_back() {
    let sample = Project::load(Path::new(env!("CARGO_MANIFEST_DIR")));
    let text = galaxy(&sample, Tlp::Clear, &[]).to_string();
    let import = exchange::misp::galaxy(&text, &Markings::default()).expect("a galaxy");
    let actors = import.entries.iter().filter(|it| it.kind == Kind::Actor);
    let mut titles: Vec<&str> = actors.map(|it| it.title.as_str()).collect();
    titles.sort_unstable();
    let expected = [
        "APT38",
        "Andariel",
        "BeagleBoyz",
        "EmpireMonkey",
        "Lazarus Group",
        "TEMP.Hermit",
    ];
    assert_eq!(titles, expected);
}

fn feed(project: &Project, tlp: Tlp, of: &[&str]) -> BTreeMap<String, Value> {
    let files = with(project, tlp, of, |subject| {
        export::files(Folder::MispFeed, subject)
    });
    let hashes = files
        .iter()
        .find(|it| it.name == "hashes.csv")
        .expect("hashes");
    let hashes = String::from_utf8_lossy(&hashes.bytes).into_owned();
    let mut events: BTreeMap<String, Value> = BTreeMap::new();
    let json = |file: &File| serde_json::from_slice::<Value>(&file.bytes).expect("JSON");
    let manifest = files
        .iter()
        .find(|it| it.name == "manifest.json")
        .expect("a manifest");
    for (uuid, listed) in json(manifest).as_object().expect("events") {
        let file = files
            .iter()
            .find(|it| it.name == format!("{uuid}.json"))
            .expect(uuid);
        let event = json(file)["Event"].take();
        assert_eq!(
            (&listed["info"], &listed["Tag"]),
            (&event["info"], &event["Tag"])
        );
        let count = event["Attribute"].as_array().map_or(0, Vec::len);
        assert!(hashes.matches(uuid.as_str()).count() >= count.min(1));
        events.insert(event["info"].as_str().unwrap_or_default().to_owned(), event);
    }
    assert_eq!(files.len(), events.len() + 2);
    events
}

const EVENT: &str = "5b0c3a52-0c4e-4c7f-9d0e-1f2a3b4c5d6e";

fn incident() -> Project {
    Project::default()
        .file("actors/a.md", &front("title: A"))
        .file("techniques/t.md", &front("title: T\nexternal_ids: { attack: T1485 }\ntactics: [impact]"))
        .file("places/p.md", &front("title: P"))
        .file(
            "incidents/i.md",
            &format!(
                "---\ntitle: I\ndate: 2016-02\nupdated: 2026-01-02\nsummary: Of I.\ntags: [swift]\nexternal_ids: {{ misp: {EVENT} }}\n\
                 attributed_to: [{{ entry: a, sources: [s] }}]\nuses: [{{ entry: t, sources: [s] }}]\nrouted_through: [{{ entry: p, sources: [s] }}]\n---\n\
                 A text.\n\n```ioc\nevil[.]example # seen [@s]\n198.51.100.7:443 (TLP:AMBER)\n\
                 d41d8cd98f00b204e9800998ecf8427e - drop.exe\nCVE-2016-1234\n```\n"
            ),
        )
        .file("incidents/quiet.md", &front("title: Quiet\ndate: 2015"))
        .file("malware/m.md", "---\ntitle: M\n---\n```ioc\nmutex: Global\\\\m\n```\n")
        .file("malware/silent.md", &front("title: Silent"))
        .file("sources/s.md", &front("title: S\npublisher: P\nurl: https://news.example/s"))
}

#[test]
fn an_event_says_what_was_seen_and_by_whom() {
    let clear = feed(&incident(), Tlp::Clear, &[]);
    assert_eq!(clear.keys().collect::<Vec<_>>(), ["I", "M", "Quiet"]);
    let event = &clear["I"];
    assert_eq!(
        (&event["uuid"], &event["date"]),
        (&json!(EVENT), &json!("2016-02-01"))
    );
    // 2 January 2026, whatever day it is.
    assert_eq!(event["timestamp"], "1767312000");
    let tags = |of: &Value| -> Vec<String> {
        let tags = of["Tag"].as_array().expect("tags").iter();
        tags.map(|it| it["name"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let galaxies = [
        "misp-galaxy:mitre-attack-pattern=\"T - T1485\"",
        "misp-galaxy:threat-actor=\"A\"",
    ];
    assert_eq!(
        tags(event),
        ["tlp:clear", galaxies[0], galaxies[1], "swift"]
    );
    assert_eq!(event["EventReport"][0]["content"], "Of I.\n\nA text.");
    let attributes = |event: &Value| -> Vec<String> {
        let all = event["Attribute"].as_array().expect("attributes").iter();
        all.map(|it| {
            let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
            format!(
                "{} {} {} {}",
                text("type"),
                text("value"),
                it["to_ids"],
                tags(it).join(" ")
            )
        })
        .collect()
    };
    assert_eq!(
        attributes(event),
        [
            "domain evil.example true tlp:clear",
            "filename|md5 drop.exe|d41d8cd98f00b204e9800998ecf8427e true tlp:clear",
            "vulnerability CVE-2016-1234 false tlp:clear",
            "link https://news.example/s false tlp:clear",
        ]
    );
    let amber = feed(&incident(), Tlp::Amber, &[]);
    assert_eq!(tags(&amber["I"])[0], "tlp:amber");
    assert_eq!(
        attributes(&amber["I"])[1],
        "ip-dst|port 198.51.100.7|443 true tlp:amber"
    );
    assert_eq!(feed(&incident(), Tlp::Clear, &["i"]).len(), 1);
}

#[test]
fn our_own_importer_reads_an_event_back() {
    let events = feed(&incident(), Tlp::Clear, &[]);
    let text = json!({ "Event": events["I"] }).to_string();
    let import = exchange::misp::event(&text, &Markings::default()).expect("an event");
    let incident = import.entries.iter().find(|it| it.kind == Kind::Incident);
    assert_eq!(incident.map(|it| it.title.as_str()), Some("I"));
    assert!(
        import
            .entries
            .iter()
            .any(|it| it.kind == Kind::Actor && it.title == "A")
    );
}
