//! The examples of the manual, page by page from the top, each with the sample dossier around it.
//!
//! What an example is say the words behind its fence, a language and what it is of:
//!
//! * `markdown actors/x.md`, `html templates/x.html`, `text static/x`: a file, below `content/` unless the path says
//!   otherwise. It is there from then on, and stands in place of one of the same path.
//! * `markdown body`: the body of a note. `yaml incident`: a piece of the front matter of an entry of that kind.
//! * `toml settings`: a piece of `dossier.toml`.
//! * `console`: what stands behind `$` is run and what is printed compared (`transcript.rs`). In pages that say
//!   `<!-- from nothing -->` it begins in an empty folder, in others in one with the sample.
//! * `yaml .github/…`, `yaml .gitlab-ci.yml`, `json`, `nginx`, `sh`: held to their syntax.
//! * `text`, `css`, `html`, `bibtex`: shown and no more.
//!
//! An example has no problem, or the one that it names: `markdown body problem=bad-citation`. A file with one is gone
//! again for the examples after it, but not for commands.

use super::page::{Fence, Page, fences, folder, pages, updates};
use super::support::Project;
use super::transcript::Shell;
use dossier::diag::{Code, Severity};
use dossier::load::FileInfo;
use dossier::model::Kind;
use dossier::pipeline::Pipeline;
use dossier::text::TextFile;
use saphyr_parser::Parser;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Its examples are run by `tests/explain.rs`.
const PROBLEMS: &str = "reference/problems.md";

/// Its examples are of no case.
const KEYS: &str = "reference/keys.md";

#[test]
fn every_example_is_true() {
    let (sample, named) = (
        Project::load(Path::new(env!("CARGO_MANIFEST_DIR"))),
        named(),
    );
    let mut pipeline = Pipeline::new();
    let mut wrong = Vec::new();
    for page in pages() {
        match page.path.as_str() {
            PROBLEMS => {}
            KEYS => wrong.extend(walk(&page, &named, &mut Pipeline::new())),
            _ => wrong.extend(walk(&page, &sample, &mut pipeline)),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

/// What the examples of the table of keys name.
fn named() -> Project {
    [
        "organisations/doj.md",
        "organisations/reuters.md",
        "places/bangladesh.md",
        "sources/doj-2018.md",
        "sources/reuters-2016.md",
        "sources/swift-2016.md",
        "sources/treasury-2019.md",
    ]
    .into_iter()
    .fold(Project::default(), |project, path| project.stub(path, path))
}

/// Goes through a page from the top; what is wrong on it.
fn walk(page: &Page, around: &Project, pipeline: &mut Pipeline) -> Vec<String> {
    let mut wrong = Vec::new();
    let fences = fences(&page.text);
    let from_nothing = page.text.contains("<!-- from nothing -->");
    let has_transcript = fences.iter().any(|fence| fence.info == "console");
    let mut shell = has_transcript.then(|| Shell::start(from_nothing));
    let mut project = around.clone();
    let mut printed = Vec::new();
    for fence in fences {
        let told = match (example(&fence.info), &mut shell) {
            (Example::Transcript, Some(shell)) => match shell.follow(&fence.body) {
                Ok(()) => Ok(()),
                Err(found) if updates() && !fence.body.contains('…') => {
                    printed.push((fence.range.clone(), found));
                    Ok(())
                }
                Err(found) => Err(format!("what is printed is\n{found}")),
            },
            (Example::File(path), shell) => {
                let before = project.clone();
                project = put(project, path, &fence.body);
                if let Some(shell) = shell {
                    shell.write(path, &fence.body);
                    if from_nothing {
                        project = Project::load(&shell.here);
                    }
                }
                let told = judge(&project, path, &fence, pipeline);
                // The next example is not to be judged by this one.
                if fence.info.contains("problem=") {
                    project = before;
                }
                told
            }
            (Example::FrontMatter(kind), _) => {
                let path = format!("content/{}/example.md", kind.folder());
                let publisher = match kind {
                    Kind::Source if !fence.body.contains("publisher:") => "publisher: Somebody\n",
                    _ => "",
                };
                let title = match fence.body.contains("title:") {
                    true => "",
                    false => "title: Example\n",
                };
                let text = format!("---\n{title}{publisher}{}---\n", fence.body);
                judge(&put(project.clone(), &path, &text), &path, &fence, pipeline)
            }
            (Example::Body, _) => {
                let path = "content/notes/example.md";
                let text = format!("---\ntitle: Example\n---\n{}", fence.body);
                judge(&put(project.clone(), path, &text), path, &fence, pipeline)
            }
            (Example::Settings, _) => {
                let text = settings(&fence.body);
                let project = put(project.clone(), "dossier.toml", &text);
                judge(&project, "dossier.toml", &fence, pipeline)
            }
            (Example::Syntax(language), _) => syntax(language, &fence.body),
            (Example::Same(path), _) => {
                let text = fs::read_to_string(path).unwrap();
                match text == fence.body {
                    true => syntax("yaml", &text),
                    false => Err(format!("it is not as {path}")),
                }
            }
            (Example::Shown, _) => Ok(()),
            (Example::Transcript | Example::Unknown, _) => {
                Err("nobody knows how to try this example".to_owned())
            }
        };
        if let Err(told) = told {
            wrong.push(format!(
                "docs/{}:{} ({}): {told}",
                page.path, fence.line, fence.info
            ));
        }
    }
    let mut text = page.text.clone();
    for (range, found) in printed.iter().rev() {
        text.replace_range(range.clone(), found);
    }
    if !printed.is_empty() {
        fs::write(folder().join(&page.path), text).unwrap();
    }
    wrong
}

enum Example<'a> {
    File(&'a str),
    FrontMatter(Kind),
    Body,
    Settings,
    Transcript,
    Syntax(&'a str),
    /// What the program writes, from that file.
    Same(&'static str),
    Shown,
    Unknown,
}

fn example(info: &str) -> Example<'_> {
    let mut words = info.split(' ').filter(|word| !word.contains('='));
    let language = words.next().unwrap_or("");
    match (language, words.next()) {
        ("console", None) => Example::Transcript,
        ("markdown", Some("body")) => Example::Body,
        ("toml", Some("settings")) => Example::Settings,
        ("yaml", Some(".github/workflows/site.yml")) => {
            Example::Same("src/cli/workflows/github.yml")
        }
        ("yaml", Some(path)) if path.starts_with('.') => Example::Syntax("yaml"),
        ("yaml", Some(kind)) => {
            Kind::from_name(kind).map_or(Example::Unknown, Example::FrontMatter)
        }
        ("json" | "nginx" | "sh", None) => Example::Syntax(language),
        ("text" | "css" | "html" | "bibtex", None) => Example::Shown,
        (_, Some(path)) if path.contains(['.', '/']) => Example::File(path),
        _ => Example::Unknown,
    }
}

/// Puts a file where its path says.
fn put(mut project: Project, path: &str, text: &str) -> Project {
    let path = full(path);
    let same = |file: &TextFile| *file.path == *path;
    if path == "dossier.toml" {
        project.inputs.config = Some(TextFile::new(path, text));
    } else if let Some(name) = path.strip_prefix("templates/") {
        let bytes = text.as_bytes().into();
        project.inputs.theme.insert(name.to_owned(), bytes);
    } else if path.starts_with("static") {
        return project.fixed(&path, text.as_bytes());
    } else if path.ends_with(".md") {
        project.inputs.entries.retain(|file| !same(file));
        return project.file(path.strip_prefix("content/").unwrap(), text);
    } else {
        let info = FileInfo::of(&path, text.as_bytes());
        let below = path.strip_prefix("content/").unwrap();
        project.inputs.files.insert(below.to_owned(), info);
    }
    project
}

/// A path below the root, of one that may begin below `content/`.
pub fn full(path: &str) -> String {
    let is_rooted = ["content/", "templates/", "static"]
        .iter()
        .any(|folder| path.starts_with(folder));
    match is_rooted || path == "dossier.toml" {
        true => path.to_owned(),
        false => format!("content/{path}"),
    }
}

/// Runs the project, and holds what is said of a file to what the fence says of it.
fn judge(
    project: &Project,
    path: &str,
    fence: &Fence,
    pipeline: &mut Pipeline,
) -> Result<(), String> {
    let path = full(path);
    let expected: BTreeSet<&str> = fence
        .info
        .split(' ')
        .filter_map(|word| word.strip_prefix("problem="))
        .collect();
    if let Some(unknown) = expected.iter().find(|code| Code::from_name(code).is_none()) {
        return Err(format!("there is no problem `{unknown}`"));
    }
    let run = project.run_again(pipeline);
    // An error elsewhere is one that the example made.
    let told: Vec<_> = run
        .problems
        .iter()
        .filter(|it| *it.place.path == *path || it.severity == Severity::Error)
        .cloned()
        .collect();
    let mut found: BTreeSet<&str> = told.iter().map(|problem| problem.code.name()).collect();
    let mut report = project.report(&told);
    // Some faults of templates show only while pages are made.
    if path.starts_with("templates/")
        && found.is_empty()
        && let Err(made) = project.made(run)
    {
        found.insert(Code::TemplateError.name());
        report = made;
    }
    match found == expected {
        true => Ok(()),
        false => Err(format!(
            "expected {expected:?}, and the problems are\n{report}"
        )),
    }
}

/// A piece of `dossier.toml`, with what must stand and does not in it.
fn settings(piece: &str) -> String {
    let missing = super::support::CONFIG.lines().filter(|line| {
        let key = line.split(" =").next().unwrap();
        !piece.lines().any(|line| line.starts_with(key))
    });
    let missing: Vec<&str> = missing.collect();
    format!("{}\n{piece}", missing.join("\n"))
}

/// Whether a text is of that language.
fn syntax(language: &str, text: &str) -> Result<(), String> {
    match language {
        "yaml" => {
            let broken = Parser::new_from_str(text).find_map(Result::err);
            broken.map_or(Ok(()), |error| Err(error.to_string()))
        }
        "json" => serde_json::from_str::<serde_json::Value>(text)
            .map(drop)
            .map_err(|error| error.to_string()),
        "nginx" => {
            let open = text.matches('{').count();
            let ends = |line: &str| line.is_empty() || line.ends_with(['{', '}', ';']);
            let broken = text.lines().map(str::trim).find(|line| {
                let code = line.split('#').next().unwrap().trim();
                !ends(code)
            });
            match broken {
                Some(line) => Err(format!("no end of a directive: {line}")),
                None if open != text.matches('}').count() => Err("braces differ".to_owned()),
                None => Ok(()),
            }
        }
        "sh" => {
            let shell = Command::new("sh")
                .args(["-n", "-c", text])
                .stderr(Stdio::piped())
                .output();
            match shell {
                Ok(output) if !output.status.success() => {
                    Err(String::from_utf8_lossy(&output.stderr).into_owned())
                }
                _ => Ok(()),
            }
        }
        other => Err(format!("no syntax of {other} is known")),
    }
}
