//! A fix never shows what was withheld, whatever it says and whatever rule it is of.
//!
//! Words that only a marking, a draft or a later day keeps from the site stand in a dossier; edits are made up, told to
//! be safe, and given to the one place that applies fixes. What comes out is published: the words are in no file.

mod support;

use dossier::diag::{Code, Diagnostic, Fix, TextEdit};
use dossier::mend::mend;
use dossier::text::{Span, TextFile};
use proptest::prelude::*;
use std::sync::Arc;
use support::Project;

const ENTRIES: [(&str, &str); 6] = [
    (
        "actors/one.md",
        "---\ntitle: One\nsummary: (TLP:AMBER) Canary said.\naliases:\n  - { name: Canary alias, tlp: red }\n  - Plain\nfacts:\n  days: { value: Canary 5, tlp: green }\nuses: [two]\n---\nOpen text with [[Two]].\n\n(TLP:AMBER) Canary paragraph [[Two]].\n\n## Part {tlp=red}\n\nCanary section.\n\n## Open\n\n- item\n- (TLP:GREEN) Canary item\n\n```ioc tlp=amber\ncanary[.]example\n```\n",
    ),
    (
        "tools/two.md",
        "+++\ntitle = \"Canary two\"\ntlp = \"amber\"\n+++\nCanary text.\n",
    ),
    (
        "notes/three.md",
        "---\ntitle: Canary three\ndraft: true\n---\nCanary text.\n",
    ),
    (
        "notes/four.md",
        "---\ntitle: Canary four\npublish: 2030-01-01\n---\nCanary text.\n",
    ),
    (
        "notes/five.md",
        "---\ntitle: Five\nwithdrawn:\n  date: 2025-01-01\n  reason: Was wrong.\n---\nCanary text.\n",
    ),
    (
        "notes/six.md",
        "---\ntitle: Six # Canary\nsummary: Said %% canary %% of <!-- canary --> it. #canary\n# Canary\ntags: [a, # canary\n  b]\n---\nOpen %% canary %% and <!-- canary --> so.\n\n<!-- canary\n\ncanary -->\n\n<div><!-- canary --></div>\n\n%%\ncanary\n\ncanary\n%%\n\n```ioc\nhost[.]example # seen <!-- canary -->\n```\n",
    ),
];

fn project() -> Project {
    let files = ENTRIES.iter();
    files.fold(Project::default(), |project, (path, text)| {
        project.file(path, text)
    })
}

fn put(project: &mut Project, path: &str, text: String) {
    let files = &mut project.inputs.entries;
    let file = files.iter_mut().find(|file| *file.path == *path);
    *file.expect("a file of the project") = TextFile::new(path, text);
}

/// The files of the site that hold what is withheld.
fn leaks(project: &Project) -> Vec<String> {
    let Ok(site) = project.try_site() else {
        return Vec::new();
    };
    let holds = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes)
            .to_lowercase()
            .contains("canary")
    };
    let files = site.into_iter();
    files
        .filter_map(|(path, bytes)| (holds(&bytes) || holds(path.as_bytes())).then_some(path))
        .collect()
}

/// Where an edit may begin or end: at words and at the signs around them.
fn places(text: &str) -> Vec<usize> {
    let between = text.char_indices().filter(|(at, c)| {
        let before = text[..*at].chars().next_back();
        !c.is_alphanumeric() || before.is_none_or(|c| !c.is_alphanumeric())
    });
    between.map(|(at, _)| at).chain([text.len()]).collect()
}

/// A file, where in it an edit begins, how many places it goes on for, what it writes, and whether it is of whole lines.
type Made = (usize, usize, usize, String, bool);

fn edit() -> impl Strategy<Value = Made> {
    let words = [
        "",
        " ",
        "x",
        "tlp",
        "clear",
        "tlp: clear",
        "draft",
        "false",
        "published",
        "#",
        "# ",
        "## ",
        "(",
        ")",
        "\\",
        "`",
        "%%",
        "<!-- ",
        "-->",
        "(TLP:CLEAR)",
        "{tlp=clear}",
        "[[",
        "]]",
        "- ",
        "> ",
        "'",
        "\"",
        ": ",
        ", ",
        "}",
        "{ ",
        "2020-01-01",
        "\n",
        "\n\n",
        "---\n",
        "***",
        "[^1]",
        "title: X\n",
        "tlp: clear\n",
        "summary: |\n",
        "  - x\n",
        "# x\n",
    ];
    let word = prop::sample::select(words.to_vec()).prop_map(str::to_owned);
    (
        0..ENTRIES.len(),
        0..400usize,
        0..5usize,
        word,
        any::<bool>(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_fix_shows_what_is_withheld(edits in prop::collection::vec(edit(), 1..4)) {
        let mut project = project();
        let problems: Vec<Diagnostic> = edits
            .into_iter()
            .map(|(file, start, length, with, of_lines)| {
                let (path, text) = ENTRIES[file];
                let path: Arc<str> = format!("content/{path}").into();
                let places = match of_lines {
                    true => text.match_indices('\n').map(|(at, _)| at + 1).collect(),
                    false => places(text),
                };
                let start = start % places.len();
                let end = (start + length).min(places.len() - 1);
                let span = Span::new(places[start], places[end]);
                let mut problem = Diagnostic::at(Code::BadValue, &path, span, "made up");
                problem.fix = Some(Fix::Safe(vec![TextEdit::new(&path, span, with)]));
                problem
            })
            .collect();
        let markings = project.config().markings();
        let files = mend(&problems, &|path| project.inputs.text(path), &markings);
        let after: Vec<_> = files.into_iter().map(|it| (it.path, it.after)).collect();
        for (path, text) in &after {
            put(&mut project, path, text.clone());
        }
        let leaks = leaks(&project);
        prop_assert!(leaks.is_empty(), "{leaks:?} after {after:#?}");
    }
}

#[test]
fn the_dossier_of_this_test_is_published_without_what_it_withholds() {
    let site = project().site();
    assert!(site.keys().any(|path| path.contains("actors/one")));
    assert_eq!(leaks(&project()), Vec::<String>::new());
}

/// A control character parts the signs of a comment, of code or of quotes, and to delete it is a fix of ours.
#[test]
fn no_comment_ends_where_a_control_character_is_deleted() {
    let front = [
        "title: A\nsummary: <!-- hush -\u{7f}-> canary --> so",
        "title: A\nsummary: %% hush %\u{7f}% canary %% so",
        "title: A\nsummary: '`\u{7f}`%% canary %%``'",
        "title: \u{7f}\"A #canary\"",
        "title: \u{7f}'A #canary'",
        "title: A\ntags: [\u{7f}'b #canary', c\n  ]",
    ];
    let body = [
        "Open <!-- hush -\u{7f}-> canary --> text.",
        "Open <!-- hush --\u{7f}> canary --> text.",
        "Open <\u{7f}!-- a --> b <!-- canary --> text.",
        "<!-- hush -\u{7f}-> canary -->",
        "<!-- hush -\u{7f}->\n\ncanary -->",
        "<div><!-- hush -\u{7f}-> canary --></div>",
        "Open %% hush %\u{7f}% canary %% text.",
        "Open %% hush\n\n%\u{7f}% canary\n\n%% text.",
        "Open `\u{7f}` %% canary %% `` text.",
        "Open \\\u{7f}%% canary %% text.",
        "``\u{7f}`\n%% canary %%\n```",
        "~~\u{7f}~\n<!-- canary -->\n~~~",
        "Open \\\u{7f}<!-- canary --> text.",
        "<a title=\"\u{7f}\"<!-- canary -->",
        "<?\u{7f} canary ?>",
        "```ioc\nhost[.]example # seen <!-- hush -\u{7f}-> canary -->\n```",
        "```ioc\nhost[.]example # seen %% hush %\u{7f}% canary %%\n```",
    ];
    let front = front.map(|front| format!("---\n{front}\n---\nText.\n"));
    let body = body.map(|body| format!("---\ntitle: A\n---\n{body}\n"));
    for text in front.into_iter().chain(body) {
        let mut project = Project::default().file("notes/a.md", &text);
        let config = format!(
            "{}[severity]\ncontrol-character = \"warning\"\nbad-value = \"warning\"\nmissing-key = \"warning\"\nopen-comment = \"warning\"\n",
            support::CONFIG
        );
        project.inputs.config = Some(TextFile::new("dossier.toml", config));
        assert_eq!(leaks(&project), Vec::<String>::new(), "{text:?}");
        let path: Arc<str> = "content/notes/a.md".into();
        let at = text.find('\u{7f}').unwrap();
        let span = Span::new(at, at + 1);
        let mut problem = Diagnostic::at(Code::ControlCharacter, &path, span, "made up");
        problem.fix = Some(Fix::Safe(vec![TextEdit::new(&path, span, "")]));
        let markings = project.config().markings();
        let files = mend(&[problem], &|path| project.inputs.text(path), &markings);
        for file in files {
            put(&mut project, &file.path, file.after);
        }
        assert_eq!(leaks(&project), Vec::<String>::new(), "{text:?}");
    }
}

/// Fixes are applied until there is none; then there is nothing more to apply, and no error came of them.
#[test]
fn a_second_run_finds_nothing_to_mend() {
    let mut project = Project::default()
        .file(
            "actors/apt38.md",
            "\u{feff}---\r\ntitel: APT38\r\naliasses: [Bluenoroff]\r\nuse:\r\n  - holplight\r\nfirst_seen: 4 Feb 2016\r\nmotive: finacial\r\n---\r\nSee [[Holplight]] and [this](../tools/holplight.md#abuot). [@reuters, @treasuri]\r\n",
        )
        .file(
            "tools/hoplight.md",
            "+++\ntitle = \"Hoplight\"\ntype = [\"backdoor\"]\n+++\n## About\n\nText.\n",
        )
        .stub("sources/reuters.md", "Reuters")
        .stub("sources/treasury.md", "Treasury");
    let markings = project.config().markings();
    let mut rounds = 0;
    loop {
        let problems = project.run().problems;
        let files = mend(&problems, &|path| project.inputs.text(path), &markings);
        if files.is_empty() {
            break;
        }
        rounds += 1;
        assert!(rounds < 6, "it comes to an end");
        for file in files {
            put(&mut project, &file.path, file.after);
        }
    }
    let report = project.report(&project.run().problems);
    assert!(!report.contains("error"), "{report}");
    let tool = project.inputs.text("content/tools/hoplight.md").unwrap();
    assert!(tool.contains("\ntypes = [\"backdoor\"]\n"), "{tool}");
    assert_eq!(
        project.inputs.text("content/actors/apt38.md"),
        Some(
            "\u{feff}---\r\ntitle: APT38\r\naliases: [Bluenoroff]\r\nuses:\r\n  - hoplight\r\nfirst_seen: 2016-02-04\r\nmotive: financial\r\n---\r\nSee [[Hoplight]] and [this](../tools/hoplight.md#about). [@reuters; @treasury]\r\n"
        )
    );
}

/// A link to a file publishes it, and only a writer knows whether it was meant; a link to an entry passes the door.
#[test]
fn no_fix_leads_to_a_file_that_is_no_entry() {
    let link = |to: &str| {
        Project::default()
            .attachment("sources/snapshots/report.pdf")
            .attachment("figures/charts.svg")
            .stub("tools/hoplight.md", "Hoplight")
            .file(
                "tools/secret-tool.md",
                "---\ntitle: Secret\ntlp: red\n---\n",
            )
            .stub("notes/report.pdf.md", "Report")
            .file(
                "notes/a.md",
                &format!("---\ntitle: A\n---\nSee [it]({to}).\n"),
            )
    };
    for (to, fix) in [
        ("../tools/hoplihgt.md", Some(true)),
        ("/tools/hoplihgt.md", Some(true)),
        ("../tools/secret-tol.md", Some(false)),
        ("files/report.pdf", Some(false)),
        ("files/reprot.pdf", Some(false)),
        ("../sources/snapshots/reprot.pdf", Some(false)),
        ("/figures/chart.svg", Some(false)),
    ] {
        let problems = link(to).run().problems;
        let found = problems.iter().find(|it| it.code == Code::MissingFile);
        let found = found.map(|it| it.fix.as_ref().is_some_and(Fix::is_safe));
        assert_eq!(found, fix, "{to}");
    }
}

#[test]
fn no_fix_names_a_heading_that_not_every_reader_sees() {
    let project = |to: &str| {
        let text = "## Sightings\n\nText.\n\n## Nightfall {tlp=red}\n\nText.\n";
        let entry = |tlp: &str| format!("---\ntitle: X\ntlp: {tlp}\n---\n{text}");
        Project::default()
            .file("tools/open.md", &entry("clear"))
            .file("tools/shut.md", &entry("red"))
            .file(
                "notes/a.md",
                &format!("---\ntitle: A\n---\nSee {to}.\n\n{text}"),
            )
    };
    for (to, safe) in [
        ("[[#Sightigns]]", true),
        ("[it](#sightigns)", true),
        ("[[open#Sightigns]]", true),
        ("[it](../tools/open.md#sightigns)", true),
        ("[[#Nightfal]]", false),
        ("[it](../tools/open.md#nightfal)", false),
        ("[[shut#Sightigns]]", false),
    ] {
        let problems = project(to).run().problems;
        let found = problems.iter().find(|it| it.code == Code::MissingAnchor);
        let fix = found.and_then(|it| it.fix.as_ref()).map(Fix::is_safe);
        assert_eq!(fix, Some(safe), "{to}");
    }
}

/// What stands behind a comment, or in a sentence of front matter, was read in a text of its own.
#[test]
fn a_fix_is_made_where_its_problem_stands() {
    let bad = "[@wire-1, @wire-2]";
    for (text, at) in [
        (
            format!("---\ntitle: A\n---\n%% {bad} %% `{bad}` so {bad}.\n"),
            2,
        ),
        (
            format!("---\ntitle: A\n---\n<!-- {bad}\n\n{bad} -->\n\nSo {bad}.\n"),
            2,
        ),
        (
            format!("---\ntitle: A\n---\n```ioc\n{bad}\n```\n%% a %%\n\n`{bad}` so {bad}.\n"),
            2,
        ),
        (
            format!("---\n# {bad}\ntitle: A\nsummary: \"`{bad}` so {bad}\"\n---\n"),
            2,
        ),
        (
            format!("---\ntitle: A\nsummary: |\n  Of\n  {bad}\n---\n"),
            0,
        ),
    ] {
        let mut project = Project::default()
            .stub("sources/wire-1.md", "One")
            .stub("sources/wire-2.md", "Two")
            .file("notes/a.md", &text);
        let problems = project.run().problems;
        let markings = project.config().markings();
        let files = mend(&problems, &|path| project.inputs.text(path), &markings);
        for file in files {
            put(&mut project, &file.path, file.after);
        }
        let place = text.match_indices(bad).nth(at).unwrap().0;
        let mut expected = text.clone();
        expected.replace_range(place..place + bad.len(), "[@wire-1; @wire-2]");
        assert_eq!(
            project.inputs.text("content/notes/a.md"),
            Some(expected.as_str())
        );
    }
}

/// What withholds or publishes is for its writer: there is no edit of it, for whatever program.
#[test]
fn what_withholds_has_no_fix() {
    let project = Project::default()
        .file(
            "notes/a.md",
            "---\ntitle: A\ntlp: ambr\ndraft: \"yes\"\npublish: 4 Feb 2016\nwithdrwn: { date: 2016-2-4, reason: x }\n---\n(TLP:AMBR) Text.\n\n## Part {tlp=gren}\n\nText.\n",
        )
        .file(
            "sources/s.md",
            "---\ntitle: S\npublisher: P\nsnapshot: { file: s.pdf, sha256: x, publish: \"yes\" }\n---\n",
        );
    let problems = project.run().problems;
    let with_fix: Vec<_> = problems.iter().filter(|it| it.fix.is_some()).collect();
    assert!(problems.len() > 6);
    assert!(with_fix.is_empty(), "{with_fix:#?}");
}

fn safe(project: &Project, code: Code) -> Vec<Option<bool>> {
    let problems = project.run().problems;
    let of_code = problems.iter().filter(|it| it.code == code);
    of_code
        .map(|it| it.fix.as_ref().map(Fix::is_safe))
        .collect()
}

/// Whether a second name goes unasked is told by what it says beside the name; a marking never goes.
#[test]
fn a_name_that_is_given_twice_goes_only_where_nothing_goes_with_it() {
    for (front, fix, after) in [
        ("aliases: [B, C, B]", Some(true), "aliases: [B, C]"),
        (
            "aliases:\n  - B\n  - 'C'\n  - \"B\"\ntags: [x]",
            Some(true),
            "aliases:\n  - B\n  - 'C'\ntags: [x]",
        ),
        ("aliases:\n  - B\n  - B # by whom?", Some(true), ""),
        ("aliases: [B, b]", Some(false), ""),
        ("aliases: [A]", Some(false), ""),
        ("aliases: [B, { name: B }]", Some(false), ""),
        (
            "aliases: [{ name: B, relation: overlaps }, B]",
            Some(false),
            "",
        ),
        (
            "aliases: [B, { name: B, sources: [wire-1] }]",
            Some(false),
            "",
        ),
        ("aliases: [{ name: B, tlp: red }, B]", Some(false), ""),
        ("aliases: [B, { name: B, tlp: red }]", None, ""),
        ("aliases: [B, \"(TLP:RED) B\"]", None, ""),
    ] {
        let text = format!("---\ntitle: A\n{front}\n---\n");
        let project = Project::default()
            .stub("sources/wire-1.md", "One")
            .file("notes/a.md", &text);
        assert_eq!(safe(&project, Code::DuplicateAlias), [fix], "{front}");
        let problems = project.run().problems;
        let files = mend(
            &problems,
            &|path| project.inputs.text(path),
            &project.config().markings(),
        );
        let mended = files.into_iter().next().map(|it| it.after);
        let after = (!after.is_empty()).then(|| format!("---\ntitle: A\n{after}\n---\n"));
        assert_eq!(mended, after, "{front}");
    }
}

/// What stands for a value that nobody knows is for its writer to accept.
#[test]
fn a_key_that_is_missing_is_never_put_in_unasked() {
    for (front, after) in [
        (
            "---\n# a\nurl: https://example.org/\n---\n",
            "---\ntitle: Untitled\npublisher: Unknown\n# a\nurl: https://example.org/\n---\n",
        ),
        (
            "---\r\n---\r\n",
            "---\r\ntitle: Untitled\r\npublisher: Unknown\r\n---\r\n",
        ),
        (
            "+++\ndraft = true\n[facts]\na = \"b\"\n+++\n",
            "+++\ntitle = \"Untitled\"\ndraft = true\npublisher = \"Unknown\"\n[facts]\na = \"b\"\n+++\n",
        ),
    ] {
        let mut project = Project::default().file("sources/s.md", front);
        assert_eq!(safe(&project, Code::MissingKey), [Some(false), Some(false)]);
        for _ in 0..2 {
            let problems = project.run().problems;
            let problem = problems
                .iter()
                .find(|it| it.code == Code::MissingKey)
                .unwrap();
            let Some(Fix::Choice(edits)) = &problem.fix else {
                panic!("{problem:?}");
            };
            let mut text = project
                .inputs
                .text("content/sources/s.md")
                .unwrap()
                .to_owned();
            for edit in edits.iter().rev() {
                let range = edit.range(&text).unwrap();
                text.replace_range(range, &edit.with);
            }
            put(&mut project, "content/sources/s.md", text);
        }
        assert_eq!(project.inputs.text("content/sources/s.md"), Some(after));
    }
}

/// What a setting says of who sees what is for its writer; what it says of what is reported is asked.
#[test]
fn what_is_nearly_a_setting_is_mended_as_it_weighs() {
    for (wrong, fix, after) in [
        ("links = \"directry\"", Some(true), "links = \"directory\""),
        ("links = 'fil'", Some(false), "links = 'file'"),
        ("links = \"folder\"", None, ""),
        ("language = \"en_GB\"", Some(true), "language = \"en-GB\""),
        ("langage = \"en\"", Some(true), "language = \"en\""),
        (
            "[output]\nswap = \"Yes\"",
            Some(true),
            "[output]\nswap = true",
        ),
        ("[output]\nswp = true", Some(true), "[output]\nswap = true"),
        (
            "[navigation]\nA = \":actors\"",
            Some(false),
            "[navigation]\nA = \"actors\"",
        ),
        (
            "[severity]\nunsourced-claims = \"off\"",
            Some(false),
            "[severity]\nunsourced-claim = \"off\"",
        ),
        (
            "[severity]\nunsourced-claim = \"of\"",
            Some(false),
            "[severity]\nunsourced-claim = \"off\"",
        ),
        ("default_audience = \"gren\"", None, ""),
        ("trust_html = \"yes\"", None, ""),
        ("trust_htm = true", None, ""),
        ("other_marking = [\"SECRET\"]", None, ""),
        ("[attachments]\ntrst = [\"a.html\"]", None, ""),
    ] {
        let mut project = Project::default();
        let config = |line: &str| {
            let required = "base_url = \"https://example.org/\"\ndefault_tlp = \"clear\"\n";
            format!("title = \"T\"\n{required}{line}\n")
        };
        project.inputs.config = Some(TextFile::new("dossier.toml", config(wrong)));
        let problems = dossier::config::read(project.inputs.config.as_ref()).problems;
        let [problem] = problems.as_slice() else {
            panic!("{wrong}: {problems:#?}");
        };
        assert_eq!(problem.fix.as_ref().map(Fix::is_safe), fix, "{wrong}");
        let Some(edits) = problem.fix.as_ref().map(Fix::edits) else {
            continue;
        };
        let mut text = config(wrong);
        let range = edits[0].range(&text).unwrap();
        text.replace_range(range, &edits[0].with);
        assert_eq!(text, config(after), "{wrong}");
        let settings = dossier::config::read(project.inputs.config.as_ref()).value;
        let mended = mend(
            &problems,
            &|path| project.inputs.text(path),
            &settings.markings(),
        );
        assert_eq!(mended.len(), usize::from(fix == Some(true)), "{wrong}");
    }
}

/// An id is permanent: which of two entries is to have another one, a program cannot know.
#[test]
fn an_id_that_stands_twice_is_for_its_writer() {
    let project = Project::default()
        .file("notes/first.md", "---\ntitle: A\nid: 'money-2016'\n---\n")
        .file("notes/second.md", "---\ntitle: B\nid: money-2016\n---\n")
        .file("notes/third.md", "---\ntitle: C\n---\n")
        .file("notes/fourth.md", "---\ntitle: D\nid: notes/third\n---\n");
    let problems = project.run().problems;
    let fixes = problems.iter().filter(|it| it.code == Code::DuplicateId);
    let fixes: Vec<_> = fixes
        .map(|it| match &it.fix {
            Some(Fix::Choice(edits)) => (&*edits[0].path, &*edits[0].with),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        fixes,
        [
            ("content/notes/second.md", "notes/second"),
            ("content/notes/fourth.md", "notes/fourth"),
        ]
    );
}
