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
    let (name, word, explanation) = (code.name(), word(code), code.explanation().trim_end());
    terminal.print(&format!(
        "{word}[{name}]: {}\n\n{explanation}\n",
        code.about()
    ))
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
