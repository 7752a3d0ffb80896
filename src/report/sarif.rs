//! Problems as SARIF 2.1.0, which code hosts and editors read.
//!
//! One run with one rule for each code, each with its explanation. Addresses of files are relative to the
//! repository (`%SRCROOT%`); columns count characters, and the run says so (`columnKind`).

use super::json::{self, At};
use super::{Lines, Shown, Texts};
use crate::diag::{Code, Diagnostic, Severity};
use crate::text::Place;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::fmt::Write as _;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stands in a path as it is. A colon would make a scheme of what is before it.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The document; `base` is the way from the repository to the dossier, empty or with a slash at its end, and
/// `notes` say what was done to the files.
#[must_use]
pub fn document(
    shown: &Shown<'_>,
    base: &str,
    notes: &[String],
    texts: Texts<'_>,
    lines: &mut Lines,
) -> Value {
    let problems = shown.problems.iter();
    let results: Vec<Value> = problems
        .map(|problem| result(problem, base, texts, lines))
        .collect();
    let rest = shown.rest.iter().map(|rest| {
        let artifact = artifact(base, rest.path);
        json!({
            "level": level(rest.severity()),
            "message": { "text": rest.sentence() },
            "locations": [{ "physicalLocation": { "artifactLocation": artifact } }],
        })
    });
    let notes = notes
        .iter()
        .map(|note| json!({ "level": "note", "message": { "text": note } }));
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "dossier",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().copied().map(rule).collect::<Vec<Value>>(),
            } },
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notes.chain(rest).collect::<Vec<Value>>(),
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.about() },
        "help": { "text": code.explanation(), "markdown": code.explanation() },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result(problem: &Diagnostic, base: &str, texts: Texts<'_>, lines: &mut Lines) -> Value {
    let mut text = problem.message.clone();
    if !problem.label.is_empty() {
        let _ = write!(text, " ({})", problem.label);
    }
    if let Some(help) = &problem.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    let mut result = json!({
        "ruleId": problem.code.name(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == problem.code),
        "level": level(problem.severity),
        "message": { "text": text },
        "locations": [location(&problem.place, base, texts, lines)],
    });
    let others = problem.others.iter().map(|(place, label)| {
        let mut other = location(place, base, texts, lines);
        other["message"] = json!({ "text": label });
        other
    });
    let others: Vec<Value> = others.collect();
    if !others.is_empty() {
        result["relatedLocations"] = others.into();
    }
    // Who reads this applies a fix unasked, and does not tell a choice from what is sure.
    let fix = problem.fix.as_ref().filter(|fix| fix.is_safe());
    if let Some(fix) = fix.and_then(|fix| json::fix(fix, texts, lines)) {
        let changes = fix.edits.iter().map(|edit| {
            json!({
                "artifactLocation": artifact(base, edit.at.path),
                "replacements": [{
                    "deletedRegion": region(&edit.at),
                    "insertedContent": { "text": edit.with },
                }],
            })
        });
        let changes: Vec<Value> = changes.collect();
        result["fixes"] = json!([{
            "description": { "text": problem.help },
            "artifactChanges": changes,
        }]);
    }
    result
}

/// The bytes of a place as lines and columns; `null` of a file as a whole.
fn region(at: &At<'_>) -> Value {
    let (Some(line), Some(column), Some(end)) = (at.line, at.column, &at.end) else {
        return Value::Null;
    };
    json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn location(place: &Place, base: &str, texts: Texts<'_>, lines: &mut Lines) -> Value {
    let at = json::at(place, texts, lines);
    let mut physical = json!({ "artifactLocation": artifact(base, at.path) });
    let region = region(&at);
    if !region.is_null() {
        physical["region"] = region;
    }
    json!({ "physicalLocation": physical })
}

fn artifact(base: &str, path: &str) -> Value {
    let path = format!("{base}{path}");
    let uri = utf8_percent_encode(&path, PATH).to_string();
    json!({ "uri": uri, "uriBaseId": "%SRCROOT%" })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
