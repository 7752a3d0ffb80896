//! `dossier explain`: what a diagnostic means.

use super::args::Explain;
use super::terminal::Terminal;
use super::{Exit, Stop};
use crate::diag::{Code, Severity, did_you_mean};
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(super) fn run(args: &Explain, terminal: &Terminal) -> Result<Exit, Stop> {
    match &args.code {
        None => all(terminal)?,
        Some(name) => one(name, terminal)?,
    }
    Ok(Exit::Well)
}

fn all(terminal: &Terminal) -> Result<(), Stop> {
    if terminal.is_json() {
        let codes: Vec<Value> = Code::ALL.iter().copied().map(value).collect();
        return terminal.print_json(&codes);
    }
    let width = Code::ALL.iter().map(|code| code.name().len()).max();
    let width = width.unwrap_or(0);
    let mut text = String::new();
    for code in Code::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:width$}  {:7}  {}",
            code.name(),
            word(*code),
            code.about()
        );
    }
    terminal.print(&text)
}

fn one(name: &str, terminal: &Terminal) -> Result<(), Stop> {
    // `error[unknown-key]` copied from a report is understood as well.
    let plain = name
        .rsplit('[')
        .next()
        .unwrap_or(name)
        .trim_end_matches(']');
    let Some(code) = Code::from_name(plain) else {
        let names = Code::ALL.iter().map(|code| code.name());
        let help = did_you_mean(plain, names)
            .unwrap_or_else(|| "`dossier explain` lists all codes".to_owned());
        return Err(Stop::Usage(format!(
            "there is no diagnostic `{name}`; {help}"
        )));
    };
    if terminal.is_json() {
        return terminal.print_json(&value(code));
    }
    terminal.print(&format!(
        "{}[{}]: {}\n\n{}",
        word(code),
        code.name(),
        code.about(),
        for_reading(code.explanation())
    ))
}

/// An explanation for the terminal: examples indented under what they are, paragraphs filled.
fn for_reading(explanation: &str) -> String {
    let mut out = String::new();
    let mut file = "";
    let mut fence: Option<&str> = None;
    let mut paragraph = String::new();
    for line in explanation.trim_end().lines() {
        let prose = fence.is_none() && !line.is_empty() && !line.starts_with(['`', '-', ' ', '|']);
        if prose && !line.starts_with("File: ") {
            paragraph.push_str(line);
            paragraph.push(' ');
            continue;
        }
        if !paragraph.is_empty() {
            fill(std::mem::take(&mut paragraph).trim_end(), &mut out);
        }
        if let Some(open) = fence {
            if line == open {
                fence = None;
            } else {
                out.push_str(format!("    {line}").trim_end());
                out.push('\n');
            }
        } else if let Some(name) = line.strip_prefix("File: ") {
            file = name.trim_matches('`');
        } else if line.starts_with("```") {
            let info = line.trim_start_matches('`');
            fence = line.get(..line.len() - info.len());
            match info.rsplit(' ').next() {
                Some("wrong") => out.push_str(&format!("Wrong, in {file}:\n\n")),
                Some("right") => out.push_str(&format!("Right, in {file}:\n\n")),
                _ => {}
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    if !paragraph.is_empty() {
        fill(paragraph.trim_end(), &mut out);
    }
    // The line that named a file left an empty one behind.
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    out
}

/// A paragraph in lines of at most eighty columns.
fn fill(line: &str, out: &mut String) {
    let mut column = 0;
    for word in line.split_inclusive(' ') {
        let width = word.trim_end().chars().count();
        if column > 0 && column + width > 80 {
            out.truncate(out.trim_end().len());
            out.push('\n');
            column = 0;
        }
        out.push_str(word);
        column += word.chars().count();
    }
    out.push('\n');
}

fn value(code: Code) -> Value {
    json!({
        "code": code.name(),
        "severity": word(code),
        "about": code.about(),
        "explanation": code.explanation(),
    })
}

fn word(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
