//! The look of reports. Plain here; colours are stripped by whoever prints.

use super::*;
use crate::diag::{Code, Fix, TextEdit};
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
            "fix": null,
            "others": [{
                "path": "content/none.md", "line": null, "column": null, "end": null, "label": "there"
            }],
        })
    );
}

#[test]
fn a_fix_stands_beside_its_words() {
    let mut problem = sample();
    let edit = TextEdit::new(&problem.place.path, problem.place.span.unwrap(), "motive");
    problem.fix = Some(Fix::Safe(vec![edit]));
    let mut lines = Lines::default();
    let found = serde_json::to_value(json(&problem, &texts, &mut lines)).unwrap();
    assert_eq!(
        found["fix"],
        serde_json::json!({
            "safe": true,
            "edits": [{
                "path": "content/actors/apt38.md",
                "line": 3,
                "column": 1,
                "end": { "line": 3, "column": 6 },
                "replaces": "motve",
                "with": "motive",
            }],
        })
    );
    let mut choice = problem.clone();
    choice.fix = problem
        .fix
        .as_ref()
        .map(|fix| Fix::Choice(fix.edits().to_vec()));
    let problems = [problem, choice];
    let shown = shown(&problems, false);
    let notes = ["mended something".to_owned()];
    let found = sarif(&shown, "", &notes, &texts, &mut lines);
    let run = &found["runs"][0];
    assert!(run["results"][1]["fixes"].is_null(), "a choice is none");
    let change = &run["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "content/actors/apt38.md");
    assert_eq!(
        change["replacements"],
        serde_json::json!([{
            "deletedRegion": { "startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 6 },
            "insertedContent": { "text": "motive" },
        }])
    );
    assert_eq!(
        run["invocations"][0]["toolExecutionNotifications"],
        serde_json::json!([{ "level": "note", "message": { "text": "mended something" } }])
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

#[test]
fn an_annotation_is_one_line_whatever_stands_in_it() {
    let path = "content/a,b:c%d.md".into();
    let problem = Diagnostic::at(
        Code::BadValue,
        &path,
        Span::new(4, 5),
        "100 %\r\n::error::x",
    )
    .label("here")
    .help("one\ntwo")
    .also(
        Place::new(&"content/actors/other.md".into(), Span::new(11, 16)),
        "first",
    );
    let texts = |path: &str| {
        if path.ends_with("d.md") {
            Some("a\n𝒳b")
        } else {
            texts(path)
        }
    };
    let mut lines = Lines::default();
    assert_eq!(
        github::problem(&problem, "sub/", &texts, &mut lines),
        "::error file=sub/content/a%2Cb%3Ac%25d.md,line=2,endLine=2,col=1,endColumn=1,title=bad-value\
         ::100 %25␍%0A::error::x (here)%0Asub/content/actors/other.md:2: first%0Ahelp: one%0Atwo\n"
    );
    // Columns are for one line only, and a file as a whole has no line.
    let problem = Diagnostic::at(Code::OpenComment, &path, Span::new(0, 3), "m");
    let line = github::problem(&problem, "", &texts, &mut lines);
    assert!(line.contains(",line=1,endLine=2,title="), "{line}");
    let problem = Diagnostic::new(Code::BadPath, Place::file("x"), "m");
    let line = github::problem(&problem, "", &texts, &mut lines);
    assert_eq!(line, "::error file=x,title=bad-path::m\n");
}

#[test]
fn sarif_names_the_rule_the_place_and_the_way_from_the_repository() {
    let problems = [sample().also(Place::file("content/none.md"), "there")];
    let (shown, mut lines) = (shown(&problems, false), Lines::default());
    let found = sarif(&shown, "my dossier: x/", &[], &texts, &mut lines);
    let run = &found["runs"][0];
    let uri = |path: &str| serde_json::json!({ "uri": format!("my%20dossier%3A%20x/{path}"), "uriBaseId": "%SRCROOT%" });
    let at = Code::ALL.iter().position(|code| *code == Code::UnknownKey);
    assert_eq!(
        run["results"],
        serde_json::json!([{
            "ruleId": "unknown-key",
            "ruleIndex": at,
            "level": "error",
            "message": {
                "text": "an actor has no key `motve` (unknown key)\nhelp: did you mean `motive`?"
            },
            "locations": [{ "physicalLocation": {
                "artifactLocation": uri("content/actors/apt38.md"),
                "region": { "startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 6 },
            } }],
            "relatedLocations": [{
                "physicalLocation": { "artifactLocation": uri("content/none.md") },
                "message": { "text": "there" },
            }],
        }])
    );
    let rule = &run["tool"]["driver"]["rules"][at.unwrap_or_default()];
    assert_eq!(rule["id"], "unknown-key");
    assert_eq!(rule["help"]["markdown"], Code::UnknownKey.explanation());
}

#[test]
fn of_very_many_problems_of_a_file_the_rest_is_counted_and_no_error_is_hidden_by_a_warning() {
    let path = "content/notes/n.md".into();
    let problem = |code, at| Diagnostic::at(code, &path, Span::new(at, at + 1), "m");
    let mut problems: Vec<Diagnostic> = (0..250)
        .map(|at| problem(Code::DroppedComment, at))
        .collect();
    problems.push(problem(Code::BadIndicator, 300));
    problems.push(sample());
    let all = shown(&problems, false);
    assert_eq!(all.problems.len(), 201);
    let codes: Vec<Code> = all.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes[199..], [Code::BadIndicator, Code::UnknownKey]);
    let [rest] = all.rest[..] else {
        panic!("{:?}", all.rest);
    };
    assert_eq!(rest.sentence(), "51 more warnings are not shown");
    assert_eq!(
        anstream::adapter::strip_str(&told_of(&rest)).to_string(),
        "note: content/notes/n.md: 51 more warnings are not shown"
    );
    assert_eq!(
        github::rest(&rest, "d/"),
        "::warning file=d/content/notes/n.md::51 more warnings are not shown\n"
    );
    let errors = shown(&problems, true);
    assert_eq!((errors.problems.len(), errors.rest.len()), (2, 0));
}

fn told_of(left: &Rest<'_>) -> String {
    rest(left)
}
