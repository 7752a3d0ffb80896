//! What is broken stays known and withholds; what frames a front matter is explained.

use super::{entry, shown, yaml};
use crate::model::{Kind, Tlp};
use crate::parse::Parsed;
use crate::text::TextFile;

#[test]
fn what_cannot_be_read_fails_closed() {
    let tlp = |front: &str| entry(&yaml(Kind::Note, front), Tlp::Green).tlp;
    assert_eq!(tlp("title: X\n"), Tlp::Green);
    assert_eq!(tlp("title: X\ntlp: clear\n"), Tlp::Clear);
    assert_eq!(tlp("title: X\ntlp: ambre\n"), Tlp::Red);
    assert_eq!(tlp("title: X\ntlp:\n"), Tlp::Red);
    assert_eq!(tlp("title: X\ntpl: amber\n"), Tlp::Red);
    assert_eq!(tlp("title: X\nmarking: amber\n"), Tlp::Red);
    assert_eq!(tlp("title: A: B\ntlp: amber\n"), Tlp::Amber);
    assert_eq!(tlp("title: A: B\n tlp: amber\n"), Tlp::Red);
    assert_eq!(tlp("title: A: B\n"), Tlp::Green);
    let note = |front: &str| entry(&yaml(Kind::Note, front), Tlp::Clear);
    for part in ["tlp: ambre", "tpl: amber", "tlp: "] {
        let relation =
            &note(&format!("title: X\nrelated_to: {{ entry: a, {part} }}\n")).statements[0];
        assert_eq!(relation.tlp, Some(Tlp::Red), "{part}");
    }
    assert!(note("title: X\ndraft: yes\n").draft && note("title: X\npublish: soon\n").draft);
}

#[test]
fn a_broken_entry_stays_known() {
    for (text, title, body) in [
        ("---\ntitle: \"A\"\nuses: @x\n---\nText", "A", "Text"),
        ("---\nuses: @x\n---\nText", "x", "Text"),
        ("Text", "x", "Text"),
        ("---\ntitle: A\n\nText", "A", "Text"),
    ] {
        let file = TextFile::new("content/notes/x.md", text);
        assert_eq!(shown(&file).len(), 1, "{text}");
        let Parsed::Entry(raw) = crate::parse::file(&file, &Tlp::Clear.into()).value else {
            panic!("no entry");
        };
        assert!(raw.broken);
        assert_eq!(
            (raw.entry.slug.as_str(), raw.entry.title.as_str()),
            ("x", title),
            "{text}"
        );
        let front = crate::parse::front::entry(&file, Kind::Note, "x", &Tlp::Clear.into()).value;
        assert_eq!(&text[front.body..], body);
    }
}

#[test]
fn fences_are_explained() {
    let problems = |text: &str| shown(&TextFile::new("content/notes/x.md", text));
    for (text, expected) in [
        (
            "Text",
            "front-matter-missing 1:1 the file has no front matter → begin the file with a line `---`, then `title: …`, then a line `---`",
        ),
        (
            "\n---\ntitle: A\n---\n",
            "front-matter-missing 1:1 the file has no front matter → the opening line must be the first of the file, with nothing before it",
        ),
        (
            "---\ntitle: A\n----\nText",
            "front-matter-syntax 1:1 the front matter that `---` opens is never closed [3:1 was this to be `---`?] → close it with a line `---` before the text",
        ),
        (
            "+++\ntitle = \"A\"\n",
            "front-matter-syntax 1:1 the front matter that `+++` opens is never closed → close it with a line `+++` before the text",
        ),
        (
            "---\n---\n",
            "missing-key 2:1 note entries need the key `title` → add `title:`, the name or headline",
        ),
    ] {
        assert_eq!(problems(text), [expected], "{text}");
    }
}

#[test]
fn introductions_take_three_keys_or_none() {
    let intro = |text: &str| {
        let file = TextFile::new("content/actors/index.md", text);
        let Parsed::Intro(intro) = crate::parse::file(&file, &Tlp::Clear.into()).value else {
            panic!("no introduction");
        };
        (shown(&file), intro.title.clone(), intro.of, intro.tlp)
    };
    assert_eq!(intro("Text"), (vec![], None, Some(Kind::Actor), Tlp::Clear));
    let (problems, title, _, tlp) = intro("---\ntitle: Who\nsummary: s\ntlp: green\n---\n");
    assert_eq!(
        (problems.len(), title.as_deref(), tlp),
        (0, Some("Who"), Tlp::Green)
    );
    let (problems, ..) = intro("---\ntitel: Who\n---\n");
    assert_eq!(
        problems,
        [
            "unknown-key 2:1 an index page has no key `titel` → did you mean `title`? (it has: title, summary, tlp)"
        ]
    );
}

#[test]
fn files_keep_their_order() {
    let files: Vec<TextFile> = (0..50)
        .map(|n| TextFile::new(format!("content/notes/n{n}.md"), "---\ntitle: X\n---\n"))
        .collect();
    let parsed = crate::parse::all(&files, &Tlp::Clear.into(), Default::default());
    for (n, parsed) in parsed.files.iter().enumerate() {
        assert!(matches!(&parsed.value, Parsed::Entry(raw) if raw.entry.slug == format!("n{n}")));
    }
}

/// Whatever of `draft`, `publish`, `withdrawn` and `tlp` cannot be read withholds the entry, whether or not
/// the problem is shown; what is sound, or an error about something else, does not.
#[test]
fn what_may_be_meant_to_withhold_withholds() {
    let withheld = |front: &str| {
        let entry = entry(&yaml(Kind::Note, front), Tlp::Clear);
        entry.draft || entry.tlp > Tlp::Clear
    };
    for front in [
        "draft: yes",
        "draft: \"true\"",
        "draft: 1",
        "draft:",
        "publish: soon",
        "publish:",
        "publish: 2027",
        "withdrawn: yes",
        "withdrawn: { reason: x }",
        "withdrawn:",
        "DRAFT: true",
        "darft: true",
        "is-draft: true",
        "published: false",
        "embargo: 2027-01-01",
        "visibility: private",
        "status: draft",
        "extra: { draft: true }",
        "facts: { publish: 2027-01-01 }",
        "Tlp: amber",
        "external_ids: { tlp: amber }",
        "draft: false\ndraft: true",
        "summary: A: B",
        "summary: A: B\n\"TLP\": amber",
        "changes: { date: 2026-01-01, what: x, hidden: yes }",
    ] {
        assert!(withheld(&format!("title: X\n{front}\n")), "{front}");
    }
    for front in [
        "draft: false",
        "weight: 3",
        "date: soon",
        "key: maybe",
        "extra: { published: false, colour: red }",
        "facts: { drafted: 3 }",
    ] {
        assert!(!withheld(&format!("title: X\n{front}\n")), "{front}");
    }
}

#[test]
fn markings_of_a_broken_front_matter_are_told_by_its_lines() {
    let tlp = |front: &str| crate::parse::front::saved::save(front).tlp;
    for (front, expected) in [
        ("title: A: B", None),
        ("tlp: amber", Some(Tlp::Amber)),
        ("TLP: amber", Some(Tlp::Amber)),
        ("\"tlp\": 'green'", Some(Tlp::Green)),
        ("tlp = \"red\"", Some(Tlp::Red)),
        ("tlp: green\ntlp: red", Some(Tlp::Red)),
        ("tlp: clear\nTlp: ambre", Some(Tlp::Red)),
        ("T L P: amber", Some(Tlp::Amber)),
        ("- tlp: clear", Some(Tlp::Clear)),
        ("ТLР amber", Some(Tlp::Red)),
    ] {
        assert_eq!(tlp(front), expected, "{front}");
    }
}
