//! Marks and labels in every text of a front matter.

use super::*;

const SOURCE: &str = "title: X\npublisher: P\n";

/// Every text that can bear a mark, `§` where its mark stands.
const STATEMENTS: &[(Kind, &str)] = &[
    (Kind::Actor, "summary: '§Said.'"),
    (Kind::Actor, "summary: >\n  §Said\n  so."),
    (Kind::Actor, "summary: \"§Said \\u00e9.\""),
    (Kind::Actor, "tags: '§one'"),
    (Kind::Actor, "tags: [none, '§one']"),
    (Kind::Actor, "authors: '§Somebody'"),
    (Kind::Actor, "aliases: '§Other'"),
    (Kind::Actor, "aliases: { name: '§Other' }"),
    (Kind::Actor, "aliases: { name: Other, by: '§The Labs' }"),
    (Kind::Actor, "aliases: { name: Other, by: '§labs' }"),
    (Kind::Actor, "changes: { date: 2025-01-01, what: '§Said.' }"),
    (Kind::Actor, "external_ids: { attack: '§G0082' }"),
    (Kind::Actor, "facts: { f: '§Said' }"),
    (Kind::Actor, "facts: { f: { value: '§Said' } }"),
    (Kind::Actor, "facts: { f: { value: 1, note: '§Said.' } }"),
    (
        Kind::Actor,
        "facts: { f: [{ value: 1 }, { value: 2, chosen: '§Said.' }] }",
    ),
    (Kind::Actor, "first_seen: { value: 2014, note: '§Said.' }"),
    (Kind::Actor, "related_to: { entry: a, note: '§Said.' }"),
    (Kind::Actor, "sophistication: '§High'"),
    (
        Kind::Incident,
        "loss: { actual: { text: '§tens of millions', currency: USD } }",
    ),
    (
        Kind::Incident,
        "loss: { actual: { value: { text: '§tens', currency: USD } } }",
    ),
    (Kind::Incident, "events: { date: 2016, what: '§Said.' }"),
    (Kind::Malware, "platforms: '§Windows'"),
    (Kind::Malware, "types: '§wiper'"),
    (Kind::Tool, "platforms: '§Windows'"),
    (Kind::Tool, "types: '§wiper'"),
    (Kind::Infrastructure, "types: '§staging'"),
    (Kind::Technique, "tactics: '§impact'"),
    (Kind::Vulnerability, "cvss: '§9.8'"),
    (Kind::Person, "nationality: '§None'"),
    (Kind::Person, "legal: { status: charged, by: '§A Court' }"),
    (Kind::Note, "judgements: { text: '§So it was.' }"),
];

/// Every text that can bear none.
const OTHERS: &[(Kind, &str)] = &[
    (Kind::Actor, "id: '§x'"),
    (Kind::Actor, "withdrawn: { date: 2020, reason: '§Wrong.' }"),
    (Kind::Actor, "sources: { source: a, at: '§p. 3' }"),
    (Kind::Actor, "sources: '§a'"),
    (Kind::Actor, "external_ids: { '§attack': G0082 }"),
    (Kind::Actor, "facts: { '§f': 1 }"),
    (Kind::Actor, "extra: { a: [{ b: '§Said.' }] }"),
    (Kind::Actor, "extra: { a: { '§b': 1 } }"),
    (Kind::Actor, "related_to: '§a'"),
    (Kind::Actor, "redirect_from: '/§x/'"),
    (Kind::Actor, "lang: '§en'"),
    (Kind::Actor, "date: '§2016'"),
    (Kind::Actor, "motive: ['§espionage', financial]"),
    (Kind::Actor, "first_seen: '§2014'"),
    (Kind::Incident, "status: '§confirmed'"),
    (Kind::Incident, "loss: { actual: '§81m USD' }"),
    (Kind::Organisation, "type: '§bank'"),
    (Kind::Organisation, "country: '§utopia'"),
    (Kind::Place, "code: '§KP'"),
    (
        Kind::Note,
        "judgements: { text: So, confidence: '§likely' }",
    ),
    (Kind::Actor, "unknown: '§Said.'"),
    (Kind::Actor, "'§unknown': Said."),
    (Kind::Actor, "draft: '§true'"),
    (Kind::Actor, "tags: [['§one']]"),
    (Kind::Actor, "summary: ['§Said.', x]"),
];

fn front(kind: Kind, of: &str) -> String {
    match kind {
        Kind::Source => format!("{SOURCE}{of}\n"),
        _ => format!("title: X\n{of}\n"),
    }
}

#[test]
fn a_mark_at_the_head_marks_the_statement() {
    for (kind, of) in STATEMENTS {
        for mark in ["(TLP:AMBER) ", "【ＴＬＰ：ＡＭＢＥＲ】"] {
            let found = read(*kind, &front(*kind, &of.replace('§', mark)));
            let shown = format!("{found:?}");
            assert_eq!(
                shown.matches("tlp: Some(Amber)").count(),
                1,
                "{of}: {shown}"
            );
            assert!(
                !shown.contains("TLP") && !shown.contains('Ｔ'),
                "{of}: {shown}"
            );
        }
    }
}

#[test]
fn whatever_else_reads_as_a_label_withholds_the_statement() {
    for (kind, of) in STATEMENTS {
        for (label, tlp) in [
            ("TLP:AMBER ", "Some(Amber)"),
            ("“TLP:GREEN” ", "Some(Red)"),
            ("(TLP: AMBER) ", "Some(Red)"),
            ("(TLP:AMBER) (TLP:RED) ", "Some(Red)"),
            ("x (TLP:AMBER) ", "Some(Red)"),
            ("(TLP:AMBER ", "Some(Red)"),
        ] {
            let file = yaml(*kind, &front(*kind, &of.replace('§', label)));
            let problems = super::super::super::file(&file, &Tlp::Clear.into()).problems;
            let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
            assert_eq!(codes, [crate::diag::Code::BadMarking], "{of}, {label}");
            let shown = format!("{:?}", entry(&file, Tlp::Clear));
            assert!(shown.contains(&format!("tlp: {tlp}")), "{of}: {shown}");
        }
        // What is marked as high may say so, and what is no label may stand.
        for text in ["TLP:AMBER ", "TLP\\:RED ", "`TLP:RED` ", "(TLP) "] {
            if !(of.contains('"') && text.contains('\\')) {
                read(
                    *kind,
                    &front(*kind, &format!("tlp: amber\n{}", of.replace('§', text))),
                );
            }
        }
    }
}

#[test]
fn what_can_bear_no_mark_withholds_the_whole() {
    let titles = [(Kind::Actor, "§X"), (Kind::Source, "§X")];
    let publisher = yaml(
        Kind::Source,
        "title: X\npublisher: '(TLP:AMBER) The Press'\n",
    );
    let retracted = format!("{SOURCE}retracted: {{ date: 2020, reason: '(TLP:AMBER) Wrong.' }}\n");
    let language = format!("{SOURCE}language: '(TLP:AMBER) en'\n");
    let url = format!("{SOURCE}url: 'https://example.org/(TLP:AMBER)'\n");
    let texts = [retracted, language, url].map(|front| yaml(Kind::Source, &front));
    let titles = titles.map(|(kind, title)| {
        let title = title.replace('§', "(TLP:AMBER) ");
        yaml(
            kind,
            &format!("title: '{title}'\npublisher: P\n").replace(
                "publisher: P\n",
                if kind == Kind::Source {
                    "publisher: P\n"
                } else {
                    ""
                },
            ),
        )
    });
    let others = OTHERS
        .iter()
        .map(|(kind, of)| yaml(*kind, &front(*kind, &of.replace('§', "(TLP:AMBER) "))));
    for file in others.chain(texts).chain(titles).chain([publisher]) {
        let problems = shown(&file);
        let label = "holds a label and can bear no marking of its own";
        assert!(
            problems
                .iter()
                .any(|it| it.starts_with("bad-marking") && it.contains(label)),
            "{}: {problems:?}",
            file.text
        );
        assert_eq!(entry(&file, Tlp::Clear).tlp, Tlp::Red, "{}", file.text);
    }
}

#[test]
fn problems_say_the_way_out() {
    let words = "write `TLP\\:…`, or quote them as code: `` `TLP:…` ``";
    check(
        Kind::Actor,
        "title: (TLP:AMBER) APT38\nsummary: Said (TLP:RED).\nsophistication: TLP:GREEN high\n",
        &[
            &format!(
                "bad-marking 2:8 `title` holds a label and can bear no marking of its own → mark the whole, `tlp: amber` in a line of its own, or leave this out; where only the words are meant, {words}"
            ),
            "bad-marking 3:15 a mark where none may stand → a mark stands at the start of the text, and is for all of it; write `\\(` where no mark is meant",
            &format!(
                "bad-marking 4:17 `TLP:GREEN` stands in a text that is TLP:CLEAR → mark the text, `(TLP:GREEN) …`, or the whole, `tlp: green`; where only the words are meant, {words}"
            ),
        ],
    );
    check(
        Kind::Actor,
        "title: X\ntlp: amber\nsummary: '(TLP:GREEN) Said.'\naliases: { name: (TLP:AMBER) Y, tlp: red }\n",
        &[
            "lower-marking 4:11 TLP:GREEN stands within an entry that is TLP:AMBER [3:6 the entry's marking] → a part is marked as its entry or higher; delete the lower marking",
            "lower-marking 5:18 TLP:AMBER inside TLP:RED: the higher marking holds [5:38 the statement's marking] → take the mark away, or lower the `tlp` of the statement",
        ],
    );
    check(
        Kind::Actor,
        "title: X\nfacts: { f: { value: '(TLP:AMBER) 1', note: '(TLP:RED) Said.' } }\n",
        &[
            "bad-marking 3:46 two marks on one thing [3:23 the other one] → keep the one that is meant; the higher holds",
        ],
    );
}

#[test]
fn a_mark_raises_what_the_key_says() {
    let found = read(
        Kind::Actor,
        "title: X\naliases: [{ name: '(TLP:RED) Y', tlp: amber }, '(TLP:GREEN) Z']\n",
    );
    let marks = found.statements.aliases().map(|alias| alias.tlp);
    assert_eq!(
        marks.collect::<Vec<_>>(),
        [Some(Tlp::Red), Some(Tlp::Green)]
    );
    let found = read(
        Kind::Actor,
        "title: X\nfacts: { f: { value: '(TLP:RED) 1', note: '(TLP:RED) Said of TLP:RED.' } }\n",
    );
    assert_eq!(found.statements[0].tlp, Some(Tlp::Red));
}

#[test]
fn words_of_labels_lose_their_backslashes_where_they_are_shown() {
    let found = read(
        Kind::Actor,
        "title: 'Of \\(TLP:RED)'\nfacts: { 'on TLP\\:RED': 'TLP\\:RED' }\n\
         extra: { 'TLP\\:RED': ['TLP\\:RED', 'a\\:b'] }\nexternal_ids: { 'TLP\\:RED': a\\b }\n\
         sources: { source: a, at: 'TLP\\:RED' }\naliases: { name: '`TLP:RED`', by: 'TLP\\:RED Ltd' }\n",
    );
    let shown = format!("{found:?}");
    assert!(!shown.contains("TLP\\\\"), "{shown}");
    assert!(
        shown.contains("Of (TLP:RED)") && shown.contains("`TLP:RED`"),
        "{shown}"
    );
    assert!(
        shown.contains("a\\\\:b") && shown.contains("a\\\\b"),
        "{shown}"
    );
}

#[test]
fn names_are_no_labels() {
    read(
        Kind::Actor,
        "title: The Traffic Light Protocol (TLP)\ntags: [tlp, outlplay]\nsources: [tlp-amber, sources/tlp-red]\n\
         related_to: notes/tlp-amber\nredirect_from: /notes/tlp-amber/\nid: the-tlp\nsummary: On the TLP standard.\n",
    );
}

#[test]
fn a_text_that_stands_twice_keeps_both_markings() {
    let found = read(
        Kind::Actor,
        "title: X\ntags: ['(TLP:AMBER) a', b, a, '(TLP:RED) a', b]\n",
    );
    let tags = found.tags.iter().map(|tag| (tag.value.as_str(), tag.tlp));
    assert_eq!(
        tags.collect::<Vec<_>>(),
        [("a", Some(Tlp::Amber)), ("b", None), ("a", None)]
    );
}

#[test]
fn introductions_are_read_the_same_way() {
    let intro = |front: &str| {
        let file = TextFile::new("content/index.md", format!("---\n{front}---\n"));
        let outcome = super::super::super::file(&file, &Tlp::Clear.into());
        match outcome.value {
            Parsed::Intro(intro) => (intro.tlp, intro.summary.clone(), shown(&file).len()),
            other => panic!("{other:?}"),
        }
    };
    let (tlp, summary, problems) = intro("title: Home\nsummary: (TLP:AMBER) Said.\n");
    assert_eq!((tlp, problems), (Tlp::Clear, 0));
    assert!(
        summary.is_some_and(|it| it.value == crate::model::Words::Plain("Said.".into())
            && it.tlp == Some(Tlp::Amber))
    );
    let (tlp, _, problems) = intro("title: (TLP:AMBER) Home\n");
    assert_eq!((tlp, problems), (Tlp::Red, 1));
}

#[test]
fn toml_is_read_the_same_way() {
    let front = "+++\ntitle = \"X\"\nsummary = \"(TLP:AMBER) Said.\"\n[extra]\na = [\"(TLP:RED) x\"]\n+++\n";
    let file = TextFile::new("content/actors/x.md", front);
    let found = entry(&file, Tlp::Clear);
    assert_eq!(
        found.summary.as_ref().map(|it| it.tlp),
        Some(Some(Tlp::Amber))
    );
    assert_eq!(found.tlp, Tlp::Red);
}
