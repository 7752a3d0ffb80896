//! What notes become.

use super::*;
use crate::exchange::{Piece, Prose, Value};
use proptest::prelude::*;

fn files(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let files = files.iter();
    files
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

fn read(notes: &[(&str, &str)]) -> Import {
    obsidian(&files(notes), &Vault::default()).expect("notes")
}

#[track_caller]
fn entry<'i>(import: &'i Import, path: &str) -> &'i Incoming {
    let mut entries = import.entries.iter();
    entries
        .find(|entry| entry.origin == path)
        .unwrap_or_else(|| panic!("no entry {path}"))
}

/// A text with `⟨path|words⟩` for links and `"…"` for words of no markup.
fn said(prose: &Prose) -> String {
    let pieces = prose.0.iter().map(|piece| match piece {
        Piece::Markdown(text) => text.clone(),
        Piece::Words(text) => format!("\"{text}\""),
        Piece::Link { to, words } => format!("⟨{to}|{words}⟩"),
        Piece::Fence { .. } | Piece::Heading(_) | Piece::Cite { .. } => panic!("{piece:?}"),
    });
    pieces.collect()
}

/// The text of a note in a vault with another one.
fn text(note: &str) -> (String, Vec<(Why, String)>) {
    let import = read(&[("a.md", note), ("deep/down/The Group.md", "# The Group\n")]);
    let losses = import.losses.iter().map(|loss| (loss.why, loss.property));
    (said(&entry(&import, "a.md").body), losses.collect())
}

fn lost(why: Why, property: &str) -> Vec<(Why, String)> {
    vec![(why, property.to_owned())]
}

#[test]
fn links_lead_to_entries() {
    let group = "deep/down/The Group.md";
    for (note, expected) in [
        (
            "[[The Group]] and [[the group|they]].",
            format!("⟨{group}|⟩ and ⟨{group}|they⟩."),
        ),
        ("[[down/The Group]]", format!("⟨{group}|⟩")),
        ("[[The Group.md]]", format!("⟨{group}|⟩")),
        (
            "| a |\n|---|\n| [[The Group\\|x]] |",
            format!("| a |\n|---|\n| ⟨{group}|x⟩ |"),
        ),
        (
            "[it *is*](deep/down/The%20Group.md)",
            format!("⟨{group}|it is⟩"),
        ),
        (
            "[out](https://example.org/[[x]]) <https://example.org>",
            "[out](https://example.org/[[x]]) <https://example.org>".to_owned(),
        ),
        ("[below](#part)", "[below](#part)".to_owned()),
    ] {
        assert_eq!(text(note), (expected, Vec::new()), "{note}");
    }
}

#[test]
fn what_a_link_cannot_say_is_told() {
    let group = "deep/down/The Group.md";
    for (note, expected, losses) in [
        (
            "[[The Group#Tools]]",
            format!("⟨{group}|⟩"),
            lost(Why::Changed, "link to a heading"),
        ),
        (
            "[[#Tools]]",
            "\"Tools\"".to_owned(),
            lost(Why::Changed, "link to a heading"),
        ),
        (
            "![[The Group]]",
            format!("⟨{group}|⟩"),
            lost(Why::Changed, "embed"),
        ),
        (
            "[[Nobody|someone]] is",
            "\"someone\" is".to_owned(),
            lost(Why::LeadsNowhere, "link"),
        ),
        (
            "[x](nobody.md)",
            "\"x\"".to_owned(),
            lost(Why::LeadsNowhere, "link"),
        ),
        (
            "![[flow.png|300]]",
            "\"flow.png\"".to_owned(),
            lost(Why::Lost, "attachment"),
        ),
        (
            "![The flow](img/flow.png)",
            "\"The flow\"".to_owned(),
            lost(Why::Lost, "attachment"),
        ),
        (
            "so <img src=\"img/a b.png\" width=\"80%\" alt=\"The flow\"> goes",
            "so \"The flow\" goes".to_owned(),
            lost(Why::Lost, "attachment"),
        ),
        (
            "`<img src=x.png>`",
            "`<img src=x.png>`".to_owned(),
            Vec::new(),
        ),
        (
            "![x](https://example.org/x.png)",
            "![x](https://example.org/x.png)".to_owned(),
            lost(Why::Changed, "picture from elsewhere"),
        ),
        (
            "A claim. ^abc-1\nmore",
            "A claim. \nmore".to_owned(),
            lost(Why::Lost, "id of a block"),
        ),
    ] {
        assert_eq!(text(note), (expected, losses), "{note}");
    }
    let import = read(&[("a.md", "![[flow.png]]")]);
    assert_eq!(
        import.losses.iter().next().map(|loss| loss.example),
        Some("flow.png".to_owned())
    );
}

#[test]
fn comments_are_for_nobody() {
    for (note, expected) in [
        ("a %%b%% c", "a  c"),
        ("a %%b\n\n`%%` c%% d", "a  d"),
        ("a %%open\n\nto the end", "a "),
        ("a <!-- b --> c", "a  c"),
    ] {
        assert_eq!(
            text(note),
            (expected.to_owned(), lost(Why::Comment, "comment")),
            "{note}"
        );
    }
    let plain = markdown(&files(&[("a.md", "5%% of %%10")]), &Vault::default()).expect("notes");
    assert_eq!(said(&entry(&plain, "a.md").body), "5%% of %%10");
    let import = read(&[("a.md", "a %% TLP:AMBER %%")]);
    assert_eq!(entry(&import, "a.md").tlp, Some(Tlp::Amber));
}

#[test]
fn code_is_not_looked_into() {
    for note in [
        "`[[The Group]]` and ``%%`` and `#tag`",
        "```dataview\nLIST FROM [[The Group]]\n```",
        "~~~\n%% ^id\n~~~",
        "    [[The Group]]",
        "\\[[The Group]] \\%% \\#tag",
        "==marked== > [!note] x",
    ] {
        assert_eq!(text(note), (note.to_owned(), Vec::new()), "{note}");
    }
}

#[test]
fn tags_stand_in_properties_and_in_the_text() {
    let note =
        "---\ntags: [banks, \"#Swift\"]\n---\nOf #swift and #new/one, not a#b, #12, `#code`.\n";
    let import = read(&[("a.md", note)]);
    let tags = entry(&import, "a.md").value("tags");
    assert_eq!(tags, Some(&vec!["banks", "Swift", "new/one"].into()));
}

#[test]
fn the_title_is_a_property_or_the_heading_or_the_name() {
    let import = read(&[
        ("x/One.md", "---\ntitle: Uno\n---\n# One\n\nText\n"),
        ("Two.md", "\n# The *Second*\n\nText\n"),
        ("Three.md", "Text\n\n# Below\n"),
    ]);
    let told = |path| {
        let entry = entry(&import, path);
        (entry.title.clone(), said(&entry.body))
    };
    assert_eq!(
        told("x/One.md"),
        ("Uno".to_owned(), "# One\n\nText\n".to_owned())
    );
    assert_eq!(
        told("Two.md"),
        ("The Second".to_owned(), "\n\nText\n".to_owned())
    );
    assert_eq!(
        told("Three.md"),
        ("Three".to_owned(), "Text\n\n# Below\n".to_owned())
    );
    assert_eq!(entry(&import, "x/One.md").apart, ["x"]);
}

#[test]
fn properties_are_keys_where_they_fit() {
    let note = "---
type: Threat Actor
aliases: [Hidden Cobra, APT38]
First seen: 2014-05
uses: \"[[HOPLIGHT]]\"
targets: [Somewhere]
sophistication: expert
threat level: 3
empty:
publish: false
source: https://www.example.org/report
---
Text
";
    let vault = Vault::default();
    let notes = files(&[("Any/APT38.md", note), ("Malware/HOPLIGHT.md", "")]);
    let import = obsidian(&notes, &vault).expect("notes");
    let actor = entry(&import, "Any/APT38.md");
    assert_eq!(actor.kind, Kind::Actor);
    assert_eq!(entry(&import, "Malware/HOPLIGHT.md").kind, Kind::Malware);
    let map = |entries: &[(&str, &str)]| {
        let entries = entries.iter();
        Value::Map(
            entries
                .map(|(key, value)| ((*key).to_owned(), (*value).into()))
                .collect(),
        )
    };
    let hoplight = Value::Entry("Malware/HOPLIGHT.md".to_owned());
    let report = Value::Entry("https://example.org/report".to_owned());
    let expected: &[(&str, Value)] = &[
        ("aliases", vec!["Hidden Cobra"].into()),
        ("first_seen", "2014-05".into()),
        ("uses", Value::List(vec![hoplight])),
        ("sophistication", "expert".into()),
        ("draft", "true".into()),
        ("sources", Value::List(vec![report])),
        // Nothing of that name is a place here.
        (
            "extra",
            map(&[("targets", "Somewhere"), ("threat level", "3")]),
        ),
    ];
    let values: Vec<(&str, Value)> = actor
        .values
        .iter()
        .map(|(key, value)| (key.as_str(), value.clone()))
        .collect();
    assert_eq!(values.as_slice().len(), expected.len(), "{values:#?}");
    for (key, value) in expected {
        let found = actor.value(key).cloned();
        let found = match (found, value) {
            (Some(Value::Map(_)), Value::Map(_)) => actor.value(key).map(flat),
            (found, _) => found,
        };
        assert_eq!(found.as_ref(), Some(value), "{key}");
    }
}

/// Lists of one as the one.
fn flat(value: &Value) -> Value {
    match value {
        Value::List(items) if items.len() == 1 => flat(&items[0]),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), flat(value)))
                .collect(),
        ),
        value => value.clone(),
    }
}

#[test]
fn a_command_may_say_more() {
    let vault = Vault {
        kind: Some(Kind::Incident),
        map: vec![
            ("Headline".to_owned(), "title".to_owned()),
            ("When".to_owned(), "date".to_owned()),
        ],
        markings: Markings::new([("internal".to_owned(), Tlp::AmberStrict)]),
    };
    let note =
        "---\nheadline: The heist\nwhen: 2016-02-04T10:00:00\nclassification: Internal\n---\n";
    let import = markdown(&files(&[("a.md", note)]), &vault).expect("notes");
    let incident = entry(&import, "a.md");
    assert_eq!(incident.title, "The heist");
    assert_eq!(incident.kind, Kind::Incident);
    assert_eq!(incident.tlp, Some(Tlp::AmberStrict));
    assert_eq!(incident.value("date"), Some(&"2016-02-04".into()));
    let losses: Vec<_> = import
        .losses
        .iter()
        .map(|loss| (loss.why, loss.property))
        .collect();
    assert_eq!(losses, lost(Why::Changed, "time of day"));
}

#[test]
fn markings_that_are_not_understood_withhold() {
    for (front, tlp, withheld) in [
        ("tlp: amber", Some(Tlp::Amber), false),
        ("TLP: TLP:GREEN", Some(Tlp::Green), false),
        ("marking: house rules", Some(Tlp::Red), true),
        ("tlp:", Some(Tlp::Red), true),
        ("tags: [tlp/amber, banks]", Some(Tlp::Amber), false),
        ("tags: [tlp/purple]", Some(Tlp::Red), true),
        ("x: { tlp: green, y: 1 }", Some(Tlp::Green), false),
        ("a: [unclosed", Some(Tlp::Red), true),
        ("title: A", None, false),
    ] {
        let import = read(&[("a.md", &format!("---\n{front}\n---\nText\n"))]);
        assert_eq!(entry(&import, "a.md").tlp, tlp, "{front}");
        let told = import.losses.iter().any(|loss| loss.why == Why::Withheld);
        assert_eq!(told, withheld, "{front}");
    }
}

#[test]
fn a_link_without_words_says_nothing_of_the_other_note() {
    let import = read(&[
        ("x/Op Hush.md", "---\ntlp: red\ntitle: Hush\n---\n"),
        (
            "pub.md",
            "---\nrelated: \"[[Op Hush]]\"\nmore: { see: [\"[[Op Hush#Plan|it]]\"] }\n---\n\
             [[Op Hush#Plan]] [[Op Hush#^b]] [[x/Op Hush]] [[Op Hush]] ![[Op Hush#Plan]] [[Op Hush#Plan|my words]]\n\n\
             ```dataview\nLIST FROM [[Op Hush]]\n```\n",
        ),
        ("head.md", "# About [[Op Hush]] and [[Nobody]]\n\nText\n"),
        (
            "bare.md",
            "---\nx: [Op Hush]\ntitle: Of [[Op Hush|it]]\n---\n",
        ),
        (
            "Sources/s.md",
            "---\npublisher: \"[[Op Hush]]\"\nauthors: [\"[[Op Hush]]\"]\n---\n",
        ),
        (
            "draft.md",
            "---\ndraft: true\nrelated: \"[[Op Hush]]\"\n---\n",
        ),
        ("too.md", "---\ntlp: red\nrelated: \"[[Op Hush]]\"\n---\n"),
    ]);
    let open = entry(&import, "pub.md");
    let link = "⟨x/Op Hush.md|⟩";
    let links = format!("{link} {link} {link} {link} {link} ⟨x/Op Hush.md|my words⟩");
    assert!(said(&open.body).starts_with(&links), "{}", said(&open.body));
    let whole = format!("{:?} {}", open.values, said(&open.body)).replace("x/Op Hush.md", "");
    assert!(!whole.contains("Hush"), "{whole}");
    let told = |why, property: &str| {
        let mut losses = import.losses.iter();
        let found = losses.find(|loss| loss.why == why && loss.property == property);
        found.map_or(0, |loss| loss.count)
    };
    assert_eq!(told(Why::Changed, "link to a heading"), 4);
    assert_eq!(told(Why::Lost, "name of a note that is marked higher"), 8);
    for (path, title) in [
        ("head.md", "About … and Nobody"),
        ("bare.md", "Of it"),
        ("Sources/s.md", "s"),
    ] {
        let entry = entry(&import, path);
        assert_eq!((&*entry.title, &*entry.name), (title, title));
        assert!(!format!("{entry:?}").contains("Op Hush"), "{entry:?}");
    }
    // Who may see it may read its name.
    let extra = entry(&import, "too.md").value("extra").map(flat);
    let related = vec![("related".to_owned(), "[[Op Hush]]".into())];
    assert_eq!(extra, Some(Value::Map(related)));
}

#[test]
fn comments_among_properties_mark_and_are_counted() {
    for (front, level) in [
        ("# TLP:RED\nstate: open", Some(Tlp::Red)),
        ("state: open # tlp: amber", Some(Tlp::Amber)),
        ("# classification: secret", Some(Tlp::Red)),
        ("# see #marking/secret", Some(Tlp::Red)),
        (
            "text: |\n  one\n  # TLP:AMBER\nstate: open # here",
            Some(Tlp::Amber),
        ),
        ("state: it's # here", None),
    ] {
        let import = read(&[("a.md", &format!("---\n{front}\n---\nText\n"))]);
        assert_eq!(entry(&import, "a.md").tlp, level, "{front}");
        let mut losses = import.losses.iter();
        let counted = losses.find(|loss| loss.why == Why::Comment);
        assert_eq!(counted.map(|loss| loss.count), Some(1), "{front}");
        let told = |why| why == Why::Raised || why == Why::Withheld;
        let told = import.losses.iter().any(|loss| told(loss.why));
        assert_eq!(told, level.is_some(), "{front}");
    }
    let toml = "+++\nstate = 'a # b'#TLP:GREEN\n+++\n";
    let import = markdown(&files(&[("a.md", toml)]), &Vault::default()).expect("notes");
    assert_eq!(entry(&import, "a.md").tlp, Some(Tlp::Green));
    let import = read(&[("a.md", "---\ncolour: \"#fff # x\"\n---\n")]);
    assert_eq!(import.losses.gone() + import.losses.iter().count(), 0);
}

#[test]
fn a_label_in_a_path_marks() {
    for (path, level) in [
        ("TLP:RED/a.md", Some(Tlp::Red)),
        ("TLP RED/b/a.md", Some(Tlp::Red)),
        ("x/tlp-amber.md", Some(Tlp::Amber)),
        ("notes/ReportTLPGreen.md", Some(Tlp::Green)),
        ("Red team/a.md", None),
    ] {
        let import = read(&[(path, "Text\n")]);
        assert_eq!(entry(&import, path).tlp, level, "{path}");
        let losses: Vec<_> = import
            .losses
            .iter()
            .map(|loss| (loss.why, loss.property))
            .collect();
        let expected = if level.is_some() {
            lost(Why::Raised, "path")
        } else {
            Vec::new()
        };
        assert_eq!(losses, expected, "{path}");
    }
}

#[test]
fn other_words_that_keep_a_note_back_do() {
    for (note, level) in [
        ("---\ntags: [marking/secret]\n---\n", Tlp::Red),
        ("---\ntags: classification/red\n---\n", Tlp::Red),
        ("---\ntags: [x/handling/amber]\n---\n", Tlp::Amber),
        ("---\ntags: [x/tlp/green]\n---\n", Tlp::Green),
        ("---\ntags: [confidential]\n---\n", Tlp::Red),
        ("Text #classification/secret\n", Tlp::Red),
        ("Text %% #marking/hush %%\n", Tlp::Red),
        ("Text\nclassification:: secret\n", Tlp::Red),
        ("- **Handling**:: TLP:AMBER\n", Tlp::Amber),
        ("Text (marking:: hush) text\n", Tlp::Red),
        ("- [ ] sensitivity:: high\n", Tlp::Red),
        ("---\nsensitivity: high\n---\n", Tlp::Red),
        ("---\nConfidentiality: [TLP:AMBER]\n---\n", Tlp::Red),
        (
            "---\nx: { y: [ { classification: secret } ] }\n---\n",
            Tlp::Red,
        ),
        ("---\nsources: [ { handling: hush } ]\n---\n", Tlp::Red),
        ("---\nclassification: secret\nTitle\n\nText\n", Tlp::Red),
        ("---\n- handling: hush\n---\n", Tlp::Red),
    ] {
        let import = read(&[("a.md", note)]);
        assert_eq!(entry(&import, "a.md").tlp, Some(level), "{note}");
    }
    for (note, draft) in [
        ("---\nprivate: true\n---\n", true),
        ("---\npublish: false\n---\n", true),
        ("---\nPublic: no\n---\n", true),
        ("---\nembargo: 2030-01-01\n---\n", true),
        ("---\nwithdrawn: perhaps\n---\n", true),
        ("---\nx: { private: true }\n---\n", true),
        ("private:: true\n", true),
        ("---\nprivate: false\n---\n", false),
        ("---\nprivate:\n---\n", false),
        ("---\npublished: 2016-05-17\n---\n", false),
        ("---\ntags: [topic/sharing, access]\n---\n", false),
        ("`private:: true`\n", false),
    ] {
        let import = read(&[("a.md", note)]);
        let entry = entry(&import, "a.md");
        let kept = entry.value("draft") == Some(&"true".into());
        assert_eq!((kept, entry.tlp), (draft, None), "{note}");
    }
    // What the writer of the command says of a name goes before.
    let vault = Vault {
        map: vec![("audience".to_owned(), "summary".to_owned())],
        ..Vault::default()
    };
    let note = "---\naudience: everybody\n---\n";
    let import = obsidian(&files(&[("a.md", note)]), &vault).expect("notes");
    assert_eq!(entry(&import, "a.md").tlp, None);
}

#[test]
fn a_source_says_who_published_it() {
    let import = read(&[
        ("Sources/A.md", "---\nurl: https://www.example.org/a\n---\n"),
        ("Sources/B.md", "---\npublisher: \"[[Reuters]]\"\n---\n"),
        ("Sources/C.md", "---\nsource: https://example.net/c\n---\n"),
        ("Organisations/Reuters.md", ""),
    ]);
    let publisher = |path| entry(&import, path).value("publisher").cloned();
    assert_eq!(publisher("Sources/A.md"), Some("example.org".into()));
    let reuters = Value::Entry("Organisations/Reuters.md".to_owned());
    assert_eq!(publisher("Sources/B.md"), Some(reuters));
    assert_eq!(publisher("Sources/C.md"), Some("example.net".into()));
}

#[test]
fn of_notes_of_one_name_the_shortest_path_is_meant_and_a_path_is_exact() {
    let paths = ["x/y/Note.md", "z/Note.md", "x/Other.md", "x/y/x/Other.md"];
    let names = Names::of(paths.into_iter());
    for (name, from, expected) in [
        ("note", "x/a.md", Some("z/Note.md")),
        ("y/Note", "a.md", Some("x/y/Note.md")),
        ("x/Other", "x/y/a.md", Some("x/Other.md")),
        ("../Other", "x/y/a.md", Some("x/Other.md")),
        ("./Note.md", "z/a.md", Some("z/Note.md")),
        ("../../../Note", "z/a.md", None),
        ("ote", "a.md", None),
    ] {
        let found = names.find(name, from).and_then(|at| names.path(at));
        assert_eq!(found, expected, "{name} in {from}");
    }
}

#[test]
fn files_that_are_no_notes_are_told() {
    let import = read(&[("a.md", ""), ("b.canvas", "{}"), (".obsidian/c.md", "")]);
    assert_eq!(import.entries.len(), 1);
    assert_eq!(import.losses.gone(), 2);
    assert!(obsidian(&files(&[("b.canvas", "")]), &Vault::default()).is_err());
}

/// What is long takes no time out of proportion.
#[test]
fn long_notes_are_read() {
    for piece in ["(tlp::", "[[", "::", "#a/", "[[b|"] {
        let text = piece.repeat(20_000);
        let import = read(&[("a.md", &text), ("b.md", "TLP:RED")]);
        assert_eq!(import.entries.len(), 2, "{piece}");
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic_and_plain_text_stays(
        text in "(\\PC|[\\[\\]!%#^`|\\\\\n -]){0,120}",
        front in "[a-z:\\[\\]{}\"# \n-]{0,60}",
    ) {
        let notes = files(&[("a.md", &format!("---\n{front}\n---\n{text}")), ("b.md", &text)]);
        let _ = markdown(&notes, &Vault::default());
        let import = obsidian(&notes, &Vault::default()).expect("notes");
        let again = obsidian(&notes, &Vault::default()).expect("notes");
        prop_assert_eq!(import.entries, again.entries);
    }

    #[test]
    fn words_are_not_touched(text in "[a-zäß ,.\n]{0,200}") {
        let import = read(&[("a.md", &text)]);
        prop_assert_eq!(said(&entry(&import, "a.md").body), text);
    }
}
