//! What the script of the theme finds in the files of the sample is what the program finds in its values, in the same order.
//!
//! Needs Node: where there is none, nothing is compared, and the browser tests (`tests/web/search.mjs`) hold the script alone.

mod support;

use dossier::model::Tlp;
use dossier::search::Lookup;
use std::path::Path;
use std::process::Command;
use support::Project;

/// Names as they are, cut otherwise, with mistakes, in other scripts; words, phrases, what must not be there.
const QUESTIONS: &[&str] = &[
    "APT38",
    "apt 38",
    "APT-38 ",
    "copernicium",
    "stardst chollima",
    "lazerus",
    "bangladehs bank",
    "Bangla",
    "t1059.001",
    "G0082",
    "wiper",
    "wipers ",
    "money laundering casinos manila",
    "swift alliance access messages printer",
    "\"fraudulent transfers\" swift",
    "sanctions -lazarus",
    "“money laundering” -casino",
    "laundered",
    "launder",
    "the",
    "北朝鮮",
    "Лазарус",
    "evil[.]example",
    "hxxps://example.com",
    "",
    "-",
    "\"\"",
    "xqzvwkjh",
];

#[test]
fn the_script_finds_what_the_program_finds() {
    let project = Project::load(Path::new(env!("CARGO_MANIFEST_DIR")));
    let run = project.run();
    let built = run.site.as_ref().expect("a site");
    let lookup = Lookup::of(&project.config().language, None);
    let found = |question: &&str| {
        let hits = lookup.find(&built.site, question);
        let hits = hits.iter().map(|hit| format!("{}/{}", hit.page.0, hit.nth));
        hits.collect::<Vec<_>>().join(" ")
    };
    let found: Vec<String> = QUESTIONS.iter().map(found).collect();
    let site = project.site();
    let files: Vec<(&str, &str)> = { site.iter() }
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix("search/")?.strip_suffix(".js")?;
            Some((name, std::str::from_utf8(bytes).ok()?))
        })
        .collect();
    // The page stands in for a browser's: a script that is added to it is run at once.
    let page = format!(
        "const files = new Map({});
         globalThis.self = globalThis;
         globalThis.addEventListener = () => {{}};
         globalThis.document = {{
           currentScript: {{ src: 'http://dossier.test/assets/js/search.js' }},
           addEventListener: () => {{}},
           createElement: () => ({{ remove() {{}} }}),
           head: {{ append(script) {{ (0, eval)(files.get(script.src.slice(27, -3))); script.onload(); }} }},
         }};",
        serde_json::to_string(&files).expect("JSON")
    );
    let script = String::from_utf8_lossy(&site["assets/js/search.js"]);
    let script = script.replace("\n  previews();\n", "\n  self.ranked = ranked;\n");
    let asked = format!(
        "for (const question of {})
           console.log((await ranked(question)).map(({{ page, nth }}) => `${{page}}/${{nth}}`).join(' '));",
        serde_json::to_string(QUESTIONS).expect("JSON")
    );
    let Ok(node) = Command::new("node")
        .args(["--input-type=module", "-e"])
        .arg(format!("{page}\n{script}\n{asked}"))
        .output()
    else {
        return;
    };
    let errors = String::from_utf8_lossy(&node.stderr);
    assert!(node.status.success(), "{errors}");
    let said = String::from_utf8_lossy(&node.stdout);
    let said: Vec<&str> = said.lines().collect();
    for ((question, script), program) in QUESTIONS.iter().zip(&said).zip(&found) {
        assert_eq!(script, program, "{question}");
    }
    assert_eq!(said.len(), QUESTIONS.len());
    assert!(found.iter().filter(|found| !found.is_empty()).count() > 18);
}

#[test]
fn what_a_list_asks_is_no_word_of_a_text() {
    let fox = "---\ntitle: Secret fox\ntlp: amber\n---\n\nIt is.\n";
    let open = "---\ntitle: Open\n---\n\n```list\nactor:secretfox \"project nightjar\"\n```\n";
    let project = Project::default()
        .file("actors/secretfox.md", fox)
        .file("actors/open.md", open)
        .audience(Tlp::Clear);
    for (path, bytes) in project.site() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in ["secretfox", "nightjar"] {
            assert!(!text.contains(word), "{word} is in {path}");
        }
    }
}

#[test]
fn what_a_reader_may_see_of_an_entry_makes_its_revision() {
    let front = "title: APT38\nsummary: A crew.\nrelated_to: beagle";
    let revisions = |front: &str, body: &str, beagle: &str| {
        let site = Project::default()
            .file("actors/apt38.md", &format!("---\n{front}\n---\n{body}\n"))
            .file("actors/beagle.md", &format!("---\n{beagle}\n---\nText.\n"))
            .file("actors/cat.md", "---\ntitle: Cat\n---\nText.\n")
            .site();
        let told = String::from_utf8(site["search/revisions.js"].clone()).expect("UTF-8");
        let told = told.split('"').nth(3).expect("all of them").to_owned();
        let mut all = Vec::new();
        for at in (0..told.len()).step_by(11) {
            all.push(told[at..at + 11].to_owned());
        }
        all
    };
    let differ = |front: &str, body: &str, beagle: &str| {
        let before = revisions(
            "title: APT38\nsummary: A crew.\nrelated_to: beagle",
            "Text.",
            "title: Beagle",
        );
        let after = revisions(front, body, beagle);
        assert_eq!(before.len(), 3);
        let both = before.iter().zip(&after);
        both.map(|(was, is)| (was[..6] == is[..6], was == is))
            .collect::<Vec<_>>()
    };
    let same = [(true, true); 3];
    let other = [(true, false), (true, true), (true, true)];
    assert_eq!(differ(front, "Text.", "title: Beagle"), same);
    assert_eq!(differ(front, "Text, too.", "title: Beagle"), other);
    assert_eq!(
        differ(
            &front.replace("A crew", "The crew"),
            "Text.",
            "title: Beagle"
        ),
        other
    );
    assert_eq!(
        differ(&front.replace("beagle", "cat"), "Text.", "title: Beagle"),
        other
    );
    // What is no part of what it says, and what is not for everyone.
    assert_eq!(
        differ(
            &format!("# A comment\n{front}"),
            "%% so %%\n\nText.",
            "title: Beagle"
        ),
        same
    );
    let marked = format!("{front}\naliases: [{{ name: Night Heron, tlp: amber }}]");
    assert_eq!(
        differ(&marked, "Text.\n\n(TLP:AMBER) More.", "title: Beagle"),
        same
    );
    // Of another entry the title is that one's.
    let beagle = [(true, true), (true, false), (true, true)];
    assert_eq!(differ(front, "Text.", "title: The beagle"), beagle);
}
