//! What is imported says what it said, to nobody who may not see it, and leaves what people wrote.
//!
//! Random bundles of STIX, whose texts hold all that this dialect reads: whatever they say, the dossier has no errors, nothing
//! of a marked object is in an open site, the same import a second time changes nothing, and another one loses no
//! line that people wrote. Real bundles are read where a copy lies beside the repository.

mod support;

use dossier::exchange::{Base, Ends, Import, Intake, Markings, intake, misp, stix, table, vault};
use dossier::model::{Kind, Tlp};
use dossier::text::TextFile;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use support::Project;

/// Texts that mean something here, or to YAML.
const TEXTS: &[&str] = &[
    "plain words",
    "[[quayside]] and [@report, p. 3]",
    "(Citation: Report 1)",
    "(Citation: Nobody)",
    "%% kept %% ==marked==",
    "<!-- open",
    "<script>alert(1)</script> <b>bold</b> <code>a_b</code>",
    "{{ title }} {% raw %}",
    "# A heading {tlp=clear}",
    "```ioc\nevil.example\n```",
    "```\n---\n```",
    "- a list\n- of two",
    "a: b # c",
    "'quoted' \"twice\" \\ back",
    "| a | b |\n|---|---|\n| c | d |",
    "![picture](https://example.org/p.png) <https://example.org/a>",
    "[Other](https://attack.mitre.org/software/S0001)",
    "null ~ yes 2024-01-01 1e3",
    "日本語 \u{202e} \u{7} é",
    "> [!note]- Fold\n> me",
    "[^1] and [^1]: note",
];

/// Labels, each with whether it may be above clear.
const LABELS: &[(&str, bool)] = &[
    ("TLP:RED", true),
    ("(TLP:AMBER) words", true),
    ("words 【TLP：ＲＥＤ】 more", true),
    ("TLP:CLEAR", false),
    ("TLP: PURPLE", true),
];

#[derive(Debug, Clone)]
struct Thing {
    sort: usize,
    texts: Vec<usize>,
    label: Option<usize>,
    marking: usize,
    to: usize,
    verb: usize,
    of_relation: usize,
}

const SORTS: &[&str] = &[
    "intrusion-set",
    "malware",
    "tool",
    "attack-pattern",
    "campaign",
    "identity",
    "location",
    "note",
    "report",
    "incident",
    "infrastructure",
    "vulnerability",
    "course-of-action",
    "x-own",
];
const VERBS: &[&str] = &[
    "uses",
    "targets",
    "attributed-to",
    "related-to",
    "subtechnique-of",
    "x-of-its-own",
    "indicates",
];
const MARKINGS: &[&str] = &[
    "",
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    "marking-definition--of-nobody",
];

fn things() -> impl Strategy<Value = Vec<Thing>> {
    let label = prop_oneof![4 => Just(None), 1 => (0..LABELS.len()).prop_map(Some)];
    let marking = prop_oneof![3 => Just(0), 1 => 0..MARKINGS.len()];
    let relation = prop_oneof![3 => Just(0), 1 => 0..MARKINGS.len()];
    let texts = prop::collection::vec(0..TEXTS.len(), 0..4);
    let thing = (
        0..SORTS.len(),
        texts,
        label,
        marking,
        any::<usize>(),
        0..VERBS.len(),
        relation,
    );
    let thing = thing.prop_map(
        |(sort, texts, label, marking, to, verb, of_relation)| Thing {
            sort,
            texts,
            label,
            marking,
            to,
            verb,
            of_relation,
        },
    );
    prop::collection::vec(thing, 1..9)
}

fn id(sort: &str, number: usize) -> String {
    format!("{sort}--{number:08}-0000-4000-8000-000000000000")
}

/// A bundle, and the words that no open site may hold.
fn bundle(things: &[Thing], again: &str) -> (String, Vec<String>) {
    let mut objects = Vec::new();
    let mut hidden = Vec::new();
    for (number, thing) in things.iter().enumerate() {
        let sort = SORTS[thing.sort];
        let word = format!("zqthing{number}zq");
        let mut text: Vec<&str> = thing.texts.iter().map(|&at| TEXTS[at]).collect();
        text.extend(thing.label.map(|at| LABELS[at].0));
        text.push(again);
        let marked = thing.marking > 1 || thing.label.is_some_and(|at| LABELS[at].1);
        if marked {
            hidden.push(word.clone());
        }
        let mut object = json!({
            "type": sort, "id": id(sort, number), "name": format!("{} {word}", TEXTS[number % 4].lines().next().unwrap_or("")),
            "description": format!("{}\n\nAnd {word}.", text.join("\n\n")), "labels": [format!("tag {word}")],
            "identity_class": "organization", "x_own": { "deep": [word, true, 3] }, "modified": "2024-01-02T03:04:05.678Z",
            "aliases": [format!("Alias {word}")],
            "external_references": [
                { "source_name": "mitre-attack", "external_id": format!("S{number:04}") },
                { "source_name": format!("Report {number}"), "description": format!("Somebody. (2024, May 2). On {word}."), "url": format!("https://example.org/{word}") }
            ],
        });
        if !MARKINGS[thing.marking].is_empty() {
            object["object_marking_refs"] = json!([MARKINGS[thing.marking]]);
        }
        objects.push(object);
        let to = thing.to % things.len();
        let word = format!("zqrelation{number}zq");
        let mut relation = json!({
            "type": "relationship", "id": id("relationship", number), "relationship_type": VERBS[thing.verb],
            "source_ref": id(sort, number), "target_ref": id(SORTS[things[to].sort], to),
            "description": format!("{} {word} (Citation: Report {to})", TEXTS[thing.to % TEXTS.len()]),
        });
        if thing.of_relation > 0 {
            relation["object_marking_refs"] = json!([MARKINGS[thing.of_relation]]);
        }
        if thing.of_relation > 1 || marked {
            hidden.push(word);
        }
        objects.push(relation);
    }
    (
        json!({ "type": "bundle", "id": "bundle--1", "objects": objects }).to_string(),
        hidden,
    )
}

/// What an import makes of a project.
fn imported(project: &Project, import: Import, form: &str, base: &Base) -> (Project, Intake) {
    let markings = project.config().markings();
    let taken = intake(import, form, base, &project.inputs.entries, &markings, "");
    let mut project = project.clone();
    for file in &taken.files {
        let text = TextFile::new(file.path.as_str(), file.after.as_str());
        match project
            .inputs
            .entries
            .iter_mut()
            .find(|own| *own.path == *file.path)
        {
            Some(own) => *own = text,
            None => project.inputs.entries.push(text),
        }
    }
    project.inputs.entries.sort_by(|a, b| a.path.cmp(&b.path));
    (project, taken)
}

fn read(text: &str) -> Import {
    stix::read(text, &Markings::default()).expect("a bundle")
}

fn holds(site: &std::collections::BTreeMap<String, Vec<u8>>, word: &str) -> Option<String> {
    let held = |(path, bytes): (&String, &Vec<u8>)| {
        let text = String::from_utf8_lossy(bytes);
        (path.contains(word) || text.contains(word)).then(|| path.clone())
    };
    site.iter().find_map(held)
}

/// How many random bundles; more by `IMPORTS=2000`.
fn cases() -> u32 {
    let more = std::env::var("IMPORTS").ok().and_then(|it| it.parse().ok());
    more.unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_import_has_no_errors_and_leaks_nothing(things in things()) {
        let (text, hidden) = bundle(&things, "");
        let (project, first) = imported(&Project::default(), read(&text), "stix", &Base::default());
        let files: Vec<&str> = first.files.iter().map(|file| file.after.as_str()).collect();
        let site = project.try_site();
        prop_assert!(site.is_ok(), "{}\n{}", site.err().unwrap_or_default(), files.join("\n"));
        let site = site.unwrap_or_default();
        for word in &hidden {
            prop_assert!(holds(&site, word).is_none(), "{word} in {:?}\n{}", holds(&site, word), files.join("\n"));
        }
        // Whoever may see all finds the things themselves.
        let all = project.clone().audience(Tlp::Red).try_site();
        prop_assert!(all.is_ok(), "{}", all.err().unwrap_or_default());
        let (_, second) = imported(&project, read(&text), "stix", &first.base);
        prop_assert_eq!(second.files.len(), 0, "{:?}", second.files);
        prop_assert_eq!(second.conflicts.len(), 0);
        let base = Base::read(&first.base.text()).map(|base| base.text());
        prop_assert_eq!(base, Ok(first.base.text()));
    }

    #[test]
    fn another_import_leaves_what_people_wrote(things in things(), lines in prop::collection::vec(any::<u8>(), 1..6)) {
        let (text, _) = bundle(&things, "");
        let (mut project, first) = imported(&Project::default(), read(&text), "stix", &Base::default());
        prop_assume!(!project.inputs.entries.is_empty());
        let mut written = Vec::new();
        for (number, at) in lines.iter().enumerate() {
            let at = usize::from(*at) % project.inputs.entries.len();
            let file = &project.inputs.entries[at];
            let line = format!("People wrote zqpeople{number}zq.");
            let edited = match number % 2 {
                0 => format!("{}\n{line}\n", file.text),
                _ => file.text.replacen("\ntitle:", &format!("\n# {line}\ntitle:"), 1),
            };
            if edited != *file.text {
                written.push((file.path.to_string(), line));
                project.inputs.entries[at] = TextFile::new(file.path.to_string(), edited);
            }
        }
        let (text, _) = bundle(&things, "What is said since.");
        let (after, taken) = imported(&project, read(&text), "stix", &first.base);
        for (path, line) in written {
            let file = after.inputs.entries.iter().find(|file| *file.path == *path);
            let file = file.map_or("", |file| &file.text);
            prop_assert!(file.contains(&line), "{line} is gone from {path}:\n{file}");
        }
        let site = after.try_site();
        prop_assert!(site.is_ok(), "{}\n{:?}", site.err().unwrap_or_default(), taken.conflicts);
    }
}

/// A file beside the repository, where somebody has it there.
fn real(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(name);
    std::fs::read_to_string(path).ok()
}

#[test]
fn attack_for_ics_comes_in_without_an_error_and_again_without_a_change() {
    let Some(text) = real("ics-attack.json") else {
        eprintln!("there is no copy of ATT&CK for ICS beside the repository: passed over");
        return;
    };
    let (project, first) = imported(&Project::default(), read(&text), "stix", &Base::default());
    assert!(first.files.len() > 400, "{}", first.files.len());
    let site = project.site();
    assert!(site.contains_key("actors/sandworm-team/index.html"));
    // The second time a technique was renamed, and people had written on it.
    let mut project = project;
    let at = project
        .inputs
        .entries
        .iter()
        .position(|file| file.path.ends_with("/service-stop.md"))
        .unwrap();
    let mine = format!("{}\nOur own words.\n", project.inputs.entries[at].text);
    project.inputs.entries[at] = TextFile::new("content/techniques/service-stop.md", mine);
    let mut changed: Value = serde_json::from_str(&text).unwrap();
    for object in changed["objects"].as_array_mut().unwrap() {
        if object["name"] == "Service Stop" {
            object["name"] = json!("Stop of a Service");
            object["x_mitre_version"] = json!("9.9");
        }
    }
    let (after, second) = imported(&project, read(&changed.to_string()), "stix", &first.base);
    let changed: Vec<&str> = second.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(changed, ["content/techniques/service-stop.md"]);
    let text = &after.inputs.entries[at].text;
    assert!(
        text.contains("title: Stop of a Service")
            && text.contains("Our own words.")
            && text.contains("9.9"),
        "{text}"
    );
    assert!(second.conflicts.is_empty(), "{:?}", second.conflicts);
    after.site();
}

#[test]
fn the_galaxy_of_threat_actors_comes_in_without_an_error() {
    let Some(text) = real("misp-galaxy-threat-actor.json") else {
        eprintln!(
            "there is no copy of the galaxy of threat actors beside the repository: passed over"
        );
        return;
    };
    let import = misp::galaxy(&text, &Markings::default()).unwrap();
    let (project, first) = imported(&Project::default(), import, "misp-galaxy", &Base::default());
    let site = project.site();
    assert!(site.contains_key("actors/apt1/index.html"));
    let import = misp::galaxy(&text, &Markings::default()).unwrap();
    let (_, second) = imported(&project, import, "misp-galaxy", &first.base);
    assert_eq!(second.files.len(), 0);
}

const CLEAR: &str = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
const RED: &str = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";

/// A bundle of a group that uses a tool: what is marked how, and whether the group was revoked.
fn group(of_group: &str, of_relation: &str, revoked: bool) -> String {
    json!({ "type": "bundle", "id": "bundle--1", "objects": [
        {
            "type": "intrusion-set", "id": id("intrusion-set", 1), "name": "Harbour Lynx", "description": "They came by sea.", "modified": "2024-05-06T07:08:09Z",
            "object_marking_refs": [of_group], "revoked": revoked,
            "external_references": [{ "source_name": "mitre-attack", "external_id": "G9001" }],
        },
        {
            "type": "tool", "id": id("tool", 2), "name": "Gangway", "description": "A tool.",
            "object_marking_refs": [CLEAR],
        },
        {
            "type": "relationship", "id": id("relationship", 3), "relationship_type": "uses",
            "source_ref": id("intrusion-set", 1), "target_ref": id("tool", 2),
            "object_marking_refs": [of_relation],
        },
    ] })
    .to_string()
}

const GROUP: &str = "content/actors/harbour-lynx.md";

/// A project with such a bundle, and one file of it edited.
fn edited(bundle: &str, path: &str, edit: impl Fn(&str) -> String) -> (Project, Base) {
    let (mut project, first) =
        imported(&Project::default(), read(bundle), "stix", &Base::default());
    let own = |file: &&mut TextFile| &*file.path == path;
    let file = project.inputs.entries.iter_mut().find(own).expect(path);
    let text = edit(&file.text);
    assert_ne!(text, *file.text);
    *file = TextFile::new(path, text);
    (project, first.base)
}

fn text_of<'p>(project: &'p Project, path: &str) -> &'p str {
    let mut files = project.inputs.entries.iter();
    let file = files.find(|file| &*file.path == path);
    &file.expect(path).text
}

fn ends(taken: &Intake) -> Vec<(&str, Ends)> {
    let conflicts = taken.conflicts.iter();
    conflicts
        .map(|(_, conflict)| (conflict.key.as_str(), conflict.ends))
        .collect()
}

#[test]
fn a_marking_that_cannot_be_written_is_told_and_tried_again() {
    let faulty = |text: &str| text.replacen("title:", "title: \"open\ntitle:", 1);
    let (project, base) = edited(&group(CLEAR, CLEAR, false), GROUP, faulty);
    let red = group(RED, CLEAR, false);
    let (mut project, taken) = imported(&project, read(&red), "stix", &base);
    assert_eq!(
        ends(&taken),
        [("", Ends::Unwritten), ("tlp", Ends::Unwritten)]
    );
    // What stands below it is an error, also where the fault is mended: until it is marked, nothing is built.
    assert!(
        text_of(&project, GROUP).contains("\n<!-- imported: TLP:RED, which could not be written")
    );
    // They mend it, and the marking comes.
    let mended = text_of(&project, GROUP).replacen("title: \"open\n", "", 1);
    let own = |file: &&mut TextFile| &*file.path == GROUP;
    *project.inputs.entries.iter_mut().find(own).unwrap() = TextFile::new(GROUP, mended);
    assert!(project.try_site().is_err());
    let (project, taken) = imported(&project, read(&red), "stix", &taken.base);
    assert_eq!(ends(&taken), []);
    assert!(text_of(&project, GROUP).contains("\ntlp: red\n"));
    assert!(
        !project
            .site()
            .contains_key("actors/harbour-lynx/index.html")
    );
}

#[test]
fn what_cannot_be_marked_is_not_built_whatever_its_text_is() {
    for text in [
        "",
        "\n```\nopen",
        "\n~~~~\nopen\n",
        "\n<!-- open",
        "\n<pre>\n",
    ] {
        let flow = |whole: &str| {
            let own = "---\n{ title: Harbour Lynx, summary: zqsecretqz }\n---\n";
            assert!(whole.contains("Harbour Lynx"));
            format!("{own}{text}")
        };
        let (project, base) = edited(&group(CLEAR, CLEAR, false), GROUP, flow);
        let red = group(RED, CLEAR, false);
        let (project, taken) = imported(&project, read(&red), "stix", &base);
        let open = project
            .try_site()
            .ok()
            .and_then(|site| holds(&site, "zqsecretqz"));
        assert_eq!(
            open,
            None,
            "{text:?}\n{}\n{taken:?}",
            text_of(&project, GROUP)
        );
        let (_, again) = imported(&project, read(&red), "stix", &taken.base);
        assert!(again.files.is_empty(), "{:?}", again.files);
    }
}

#[test]
fn a_marking_within_what_people_changed_marks_the_entry() {
    for uses in ["gangway", "{ entry: gangway, note: seen }"] {
        let changed = |text: &str| {
            let was = "uses: { entry: tools/gangway, tlp: clear }";
            text.replacen(was, &format!("uses: {uses}"), 1)
        };
        let (project, base) = edited(&group(CLEAR, CLEAR, false), GROUP, changed);
        let red = group(CLEAR, RED, false);
        let (project, taken) = imported(&project, read(&red), "stix", &base);
        let text = text_of(&project, GROUP);
        assert!(text.contains(&format!("uses: {uses}\n")), "{text}");
        assert!(text.contains("\ntlp: red\n"), "{text}");
        assert_eq!(ends(&taken).first(), Some(&("tlp", Ends::Stricter)));
        let site = project.site();
        assert!(!site.contains_key("actors/harbour-lynx/index.html"));
    }
}

#[test]
fn what_was_revoked_never_touches_what_people_wrote_themselves() {
    let own = "---\ntitle: Harbour Lynx\nattack: G9001\n---\n\nOur own words.\n";
    let mut project = Project::default();
    project.inputs.entries.push(TextFile::new(GROUP, own));
    let revoked = group(CLEAR, CLEAR, true);
    let (after, taken) = imported(&project, read(&revoked), "stix", &Base::default());
    assert_eq!(text_of(&after, GROUP), own, "{:?}", taken.files);
    // What the import brought itself is withdrawn.
    let (project, first) = imported(
        &Project::default(),
        read(&group(CLEAR, CLEAR, false)),
        "stix",
        &Base::default(),
    );
    let (after, _) = imported(&project, read(&revoked), "stix", &first.base);
    assert!(text_of(&after, GROUP).contains("\nwithdrawn:"));
}

/// What a table is imported as, a row an actor.
fn rows(text: &str) -> Import {
    let options = table::Options {
        kind: Kind::Actor,
        columns: Vec::new(),
        markings: Markings::default(),
    };
    table::read(text, &options).expect("a table")
}

#[test]
fn a_marking_rises_also_where_people_moved_the_file() {
    let before = "id,title,tlp,summary\nx1,Alpha,clear,zqsecretqz\n";
    let after = before.replace("clear", "red");
    let (mut project, first) = imported(&Project::default(), rows(before), "csv", &Base::default());
    project.inputs.entries[0] = TextFile::new(
        "content/actors/2024/other.md",
        &*project.inputs.entries[0].text,
    );
    let (moved, taken) = imported(&project, rows(&after), "csv", &first.base);
    assert!(
        text_of(&moved, "content/actors/2024/other.md").contains("tlp: red"),
        "{taken:?}"
    );
    assert_eq!(holds(&moved.site(), "zqsecretqz"), None);
    // Where nothing has its title any more, it is told.
    let renamed = project.inputs.entries[0].text.replace("Alpha", "Beta");
    project.inputs.entries[0] = TextFile::new("content/actors/2024/other.md", renamed);
    let (project, taken) = imported(&project, rows(&after), "csv", &first.base);
    assert_eq!(ends(&taken), [("tlp", Ends::Unwritten)]);
    let (_, taken) = imported(&project, rows(&after), "csv", &taken.base);
    assert_eq!(ends(&taken), []);
}

#[test]
fn a_marking_within_a_text_that_people_changed_marks_the_entry() {
    let bundle = |marking: &[&str]| {
        json!({ "type": "bundle", "id": "bundle--1", "objects": [
            { "type": "malware", "id": id("malware", 1), "name": "Quayside", "description": "A backdoor." },
            {
                "type": "indicator", "id": id("indicator", 2), "name": "zqwordqz", "pattern_type": "stix",
                "pattern": "[domain-name:value = 'zqsecretqz.example']", "object_marking_refs": marking,
            },
            {
                "type": "relationship", "id": id("relationship", 3), "relationship_type": "indicates",
                "source_ref": id("indicator", 2), "target_ref": id("malware", 1),
            },
        ] })
        .to_string()
    };
    const PATH: &str = "content/malware/quayside.md";
    let edits: [fn(&str) -> String; 3] = [
        |text| text.replace("```ioc", "We saw:\n\n```ioc"),
        |text| {
            text.replace("```ioc\n", "It speaks to `")
                .replace("\n```", "`.")
        },
        |text| format!("{text}\nMore words."),
    ];
    for edit in edits {
        let (project, base) = edited(&bundle(&[]), PATH, edit);
        let (project, taken) = imported(&project, read(&bundle(&[RED])), "stix", &base);
        assert!(
            text_of(&project, PATH).contains("\ntlp: red\n"),
            "{taken:?}"
        );
        assert_eq!(holds(&project.site(), "zqsecretqz"), None);
    }
}

#[test]
fn what_is_marked_elsewhere_than_at_the_object_withholds() {
    let open =
        json!({ "type": "tool", "id": id("tool", 9), "name": "Open", "description": "A tool." });
    let page = |name: &str, description: &str| json!({ "source_name": name, "description": description, "url": "https://h.example/x" });
    let cases = [
        // A source that two name is called as the lower of them calls it.
        json!([
            { "type": "tool", "id": id("tool", 1), "name": "A", "object_marking_refs": [RED], "external_references": [page("zqsecretqz", "Of zqsecretqz")] },
            { "type": "tool", "id": id("tool", 2), "name": "B", "external_references": [page("Open", "An open report")] },
        ]),
        // A relation is more than its ends.
        json!([
            { "type": "indicator", "id": id("indicator", 1), "name": "zqsecretqz", "pattern_type": "stix", "pattern": "[domain-name:value = 'zqsecretqz.example']" },
            { "type": "relationship", "id": id("relationship", 3), "relationship_type": "indicates", "source_ref": id("indicator", 1), "target_ref": id("tool", 9), "object_marking_refs": [RED] },
        ]),
        // Others may name what they may not tell of.
        json!([
            { "type": "x-mitre-tactic", "id": id("x-mitre-tactic", 1), "name": "zqsecretqz", "x_mitre_shortname": "tt", "object_marking_refs": [RED] },
            { "type": "attack-pattern", "id": id("attack-pattern", 2), "name": "P", "kill_chain_phases": [{ "kill_chain_name": "mitre-attack", "phase_name": "tt" }] },
        ]),
        json!([
            { "type": "identity", "id": id("identity", 1), "identity_class": "individual", "name": "zqsecretqz", "object_marking_refs": [RED] },
            { "type": "report", "id": id("report", 2), "name": "R", "created_by_ref": id("identity", 1), "published": "2024-01-02T00:00:00Z" },
        ]),
        json!([
            { "type": "marking-definition", "id": id("marking-definition", 1), "definition_type": "statement", "definition": { "statement": "zqsecretqz" }, "object_marking_refs": [RED] },
            { "type": "tool", "id": id("tool", 2), "name": "B", "object_marking_refs": [id("marking-definition", 1)] },
        ]),
        // Other names for a marking, and other marks.
        json!([
            { "type": "tool", "id": id("tool", 1), "name": "zqsecretqz", "tlp": "red" },
            { "type": "tool", "id": id("tool", 2), "name": "zqsecretqz 2", "x_tlp": "red" },
            { "type": "tool", "id": id("tool", 3), "name": "zqsecretqz 3", "classification": "SECRET" },
            { "type": "tool", "id": id("tool", 4), "name": "zqsecretqz 4", "x_marking": ["red"] },
            { "type": "tool", "id": id("tool", 5), "name": "zqsecretqz 5", "x_opencti_granted_refs": ["identity--1"] },
            { "type": "tool", "id": id("tool", 6), "name": "(RED) zqsecretqz" },
            { "type": "tool", "id": id("tool", 7), "name": "T7", "description": "Words.\n\n(SECRET) zqsecretqz" },
            { "type": "tool", "id": id("tool", 8), "name": "T8 zqsecretqz", "description": "VS-NfD" },
            { "type": "tool", "id": id("tool", 10), "name": "T10 zqsecretqz", "aliases": ["fine", "Classification: RED"] },
        ]),
    ];
    for case in cases {
        let mut objects = case.as_array().unwrap().clone();
        objects.push(open.clone());
        let text = json!({ "type": "bundle", "id": "bundle--1", "objects": objects }).to_string();
        let (project, taken) = imported(&Project::default(), read(&text), "stix", &Base::default());
        let site = project
            .try_site()
            .unwrap_or_else(|report| panic!("{report}\n{case}"));
        assert_eq!(
            holds(&site, "zqsecretqz"),
            None,
            "{case}\n{:?}",
            taken.files
        );
        assert!(site.contains_key("tools/open/index.html"));
    }
}

#[test]
fn lines_stay_as_they_end() {
    let before = group(CLEAR, CLEAR, false);
    let (project, base) = edited(&before, GROUP, |text| text.replace('\n', "\r\n"));
    let after = before.replace("They came by sea.", "They came by land.");
    let (project, taken) = imported(&project, read(&after), "stix", &base);
    let text = text_of(&project, GROUP);
    assert!(text.contains("They came by land.\r\n"), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(ends(&taken), []);
    let (_, again) = imported(&project, read(&after), "stix", &taken.base);
    assert!(again.files.is_empty(), "{:?}", again.files);
}

#[test]
fn what_is_too_much_for_one_front_matter_is_told_and_the_rest_stays() {
    let mut objects = vec![
        json!({ "type": "intrusion-set", "id": id("intrusion-set", 1), "name": "Heron", "description": "It began in 2016." }),
        json!({ "type": "tool", "id": id("tool", 2), "name": "Quay" }),
    ];
    objects.extend((0..4_200).map(|number| {
        json!({ "type": "relationship", "id": id("relationship", number), "relationship_type": "uses",
            "source_ref": id("intrusion-set", 1), "target_ref": id("tool", 2), "description": format!("Seen for the time {number}.") })
    }));
    let bundle = json!({ "type": "bundle", "id": id("bundle", 1), "objects": objects }).to_string();
    let (project, taken) = imported(&Project::default(), read(&bundle), "stix", &Base::default());
    let lost: Vec<_> = taken.losses.iter().filter(|it| it.why.is_loss()).collect();
    let [lost] = lost.as_slice() else {
        panic!("{lost:?}")
    };
    assert_eq!(lost.property, "actor.uses");
    let text = text_of(&project, "content/actors/heron.md");
    let stays = text.matches("Seen for the time").count();
    assert_eq!(stays + lost.count, 4_200);
    assert!(stays > 3_000 && text.ends_with("\n\nIt began in 2016.\n"));
}

#[test]
fn a_note_under_another_name_is_told_with_the_one_that_it_was() {
    let read = |path: &str, text: &str| {
        let notes = [
            (path.to_owned(), text.to_owned()),
            ("other.md".to_owned(), "Other.".to_owned()),
        ];
        vault::obsidian(&notes, &vault::Vault::default()).expect("notes")
    };
    let (project, first) = imported(
        &Project::default(),
        read("one.md", "What it says."),
        "obsidian",
        &Base::default(),
    );
    let (project, second) = imported(
        &project,
        read("two.md", "What it says."),
        "obsidian",
        &first.base,
    );
    let (old, new) = ("content/notes/one.md", "content/notes/two.md");
    assert_eq!(second.left, [old]);
    assert_eq!(second.renamed, [(old.to_owned(), new.to_owned())]);
    let (_, third) = imported(
        &project,
        read("three.md", "Another text."),
        "obsidian",
        &second.base,
    );
    assert!(third.renamed.is_empty());
}
