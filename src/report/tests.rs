//! The look of reports. Plain here; colours are stripped by whoever prints.

use super::*;
use crate::diag::Code;
use crate::text::Span;

const ACTOR: &str = "---\ntitle: APT38\nmotve: financial\n---\n";
const LONG: &str = "---\ntitle: Other\n---\n";

fn texts(path: &str) -> Option<&'static str> {
    match path {
        "content/actors/apt38.md" => Some(ACTOR),
        "content/actors/other.md" => Some(LONG),
        _ => None,
    }
}

fn plain(problem: &Diagnostic) -> String {
    let styled = human(problem, &texts, &mut Lines::default());
    anstream::adapter::strip_str(&styled).to_string()
}

fn sample() -> Diagnostic {
    let path = "content/actors/apt38.md".into();
    Diagnostic::at(
        Code::UnknownKey,
        &path,
        Span::new(17, 22),
        "an actor has no key `motve`",
    )
    .label("unknown key")
    .help("did you mean `motive`?")
}

#[test]
fn a_problem_looks_as_rustc_would_show_it() {
    assert_eq!(
        plain(&sample()),
        "\
error[unknown-key]: an actor has no key `motve`
 --> content/actors/apt38.md:3:1
  |
3 | motve: financial
  | ^^^^^ unknown key
  |
  = help: did you mean `motive`?"
    );
}

#[test]
fn other_places_follow() {
    let other = Place::new(&"content/actors/other.md".into(), Span::new(11, 16));
    let problem = sample().also(other, "also here");
    assert_eq!(
        plain(&problem),
        "\
error[unknown-key]: an actor has no key `motve`
 --> content/actors/apt38.md:3:1
  |
3 | motve: financial
  | ^^^^^ unknown key
  |
 ::: content/actors/other.md:2:8
  |
2 | title: Other
  |        ----- also here
  |
  = help: did you mean `motive`?"
    );
}

#[test]
fn a_file_as_a_whole_has_no_line() {
    let place = Place::file("content/x\u{1b}[2J.md");
    let problem = Diagnostic::new(Code::FileTooLarge, place, "too large").help("split it");
    assert_eq!(
        plain(&problem),
        "error[file-too-large]: too large\n --> content/x␛[2J.md\n = help: split it"
    );
}

#[test]
fn json_names_every_part() {
    let place = Place::file("content/none.md");
    let problem = sample().also(place, "there");
    let found = serde_json::to_value(json(&problem, &texts, &mut Lines::default())).unwrap();
    assert_eq!(
        found,
        serde_json::json!({
            "code": "unknown-key",
            "severity": "error",
            "message": "an actor has no key `motve`",
            "path": "content/actors/apt38.md",
            "line": 3,
            "column": 1,
            "end": { "line": 3, "column": 6 },
            "label": "unknown key",
            "help": "did you mean `motive`?",
            "others": [{
                "path": "content/none.md", "line": null, "column": null, "end": null, "label": "there"
            }],
        })
    );
}

#[test]
fn a_line_that_is_a_whole_file_is_cut_and_its_column_is_right() {
    let text: &'static str = format!("{}X{}", "a".repeat(100_000), "b".repeat(100_000)).leak();
    let path = "content/notes/long.md".into();
    let problem = Diagnostic::at(Code::UnknownKey, &path, Span::new(100_000, 100_001), "m");
    let styled = human(&problem, &|_| Some(text), &mut Lines::default());
    let shown = anstream::adapter::strip_str(&styled).to_string();
    assert!(
        shown.contains("--> content/notes/long.md:1:100001\n"),
        "{shown}"
    );
    assert!(shown.len() < 1_000, "{}", shown.len());
}

#[test]
fn the_browser_gets_the_marked_line_of_each_place_in_its_own_columns() {
    const TEXT: &str = "𝒳é [[nobody]] x\n";
    let texts = |path: &str| match path {
        "templates/entry.html" => Some(TEXT),
        path => texts(path),
    };
    let path = "templates/entry.html".into();
    let problem = Diagnostic::at(Code::TemplateError, &path, Span::new(7, 17), "m")
        .label("here")
        .also(
            Place::new(&"content/actors/other.md".into(), Span::new(11, 16)),
            "also here",
        )
        .also(
            Place::file("content/none.md"),
            "while this page was rendered",
        );
    let found = serde_json::to_value(overlay(&problem, &texts, &mut Lines::default())).unwrap();
    assert_eq!((&found["line"], &found["column"]), (&1.into(), &4.into()));
    assert_eq!(
        found["excerpts"],
        serde_json::json!([
            {
                "path": "templates/entry.html", "line": 1, "lines": ["𝒳é [[nobody]] x"], "label": "here",
                "marks": [{ "line": 1, "start": 4, "end": 14, "label": "here", "primary": true }],
            },
            {
                "path": "content/actors/other.md", "line": 2, "lines": ["title: Other"],
                "label": "also here",
                "marks": [{ "line": 2, "start": 7, "end": 12, "label": "also here", "primary": false }],
            },
            {
                "path": "content/none.md", "line": 1, "lines": [], "marks": [],
                "label": "while this page was rendered",
            },
        ])
    );
}
