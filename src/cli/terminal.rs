//! Where text goes.

use super::args::{Color, Format, Global};
use super::{Exit, Stop};
use crate::report::{clean, github};
use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use std::io::{self, IsTerminal as _, Write as _};

/// The two streams, and what is wanted on them.
#[derive(Debug, Clone)]
pub(super) struct Terminal {
    pub format: Format,
    pub quiet: bool,
    pub verbose: bool,
    color: ColorChoice,
}

impl Terminal {
    pub(super) fn new(global: &Global) -> Self {
        let color = match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            format: global.format,
            quiet: global.quiet,
            verbose: global.verbose,
            color,
        }
    }

    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether standard output bears one document, beside which nothing is said.
    fn is_document(&self) -> bool {
        matches!(self.format, Format::Json | Format::Sarif)
    }

    /// Whether somebody looks on who may be shown how far it is.
    pub(super) fn is_watched(&self) -> bool {
        !self.quiet && self.format == Format::Human && io::stderr().is_terminal()
    }

    /// Writes a result to standard output.
    pub(super) fn print(&self, text: &str) -> Result<(), Stop> {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        written.map_err(|error| unwritten(&error))
    }

    /// Writes bytes to standard output as they are; to a terminal only what it shows.
    pub(super) fn print_bytes(&self, bytes: &[u8]) -> Result<(), Stop> {
        let mut out = io::stdout().lock();
        if out.is_terminal() {
            drop(out);
            return self.print(&String::from_utf8_lossy(bytes));
        }
        let written = out.write_all(bytes).and_then(|()| out.flush());
        written.map_err(|error| unwritten(&error))
    }

    /// Writes a document to standard output.
    pub(super) fn print_json(&self, value: &impl Serialize) -> Result<(), Stop> {
        let text = serde_json::to_string_pretty(value)
            .map_err(|error| Stop::Machine(format!("cannot write JSON: {error}")))?;
        self.print(&format!("{text}\n"))
    }

    /// Tells people something on standard error, unless they asked for quiet.
    pub(super) fn say(&self, line: &str) {
        if !self.quiet && !self.is_document() {
            self.error(&format!("{line}\n"));
        }
    }

    /// Writes to standard error. What cannot be written there cannot be told anywhere.
    pub(super) fn error(&self, text: &str) {
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let _ = out.write_all(text.as_bytes());
    }

    /// Tells why a command stopped.
    pub(super) fn stopped(&self, exit: Exit, sentence: &str) {
        let told = match self.format {
            Format::Json => self.print_json(&serde_json::json!({
                "version": 1,
                "failure": { "exit": exit as u8, "message": sentence },
            })),
            Format::Github => self.print(&github::stopped(sentence)),
            Format::Human | Format::Csv | Format::Sarif => Err(Stop::Closed),
        };
        // What cannot be written to standard output is said on standard error.
        if told.is_ok() {
            return;
        }
        self.error(&format!(
            "\u{1b}[1;91merror\u{1b}[0m: {}\n",
            clean(sentence)
        ));
    }
}

fn unwritten(error: &io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Closed,
        _ => Stop::Machine(format!("cannot write to standard output: {error}")),
    }
}

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{end}")
}
