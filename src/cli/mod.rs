//! EDGE: the command line, one file per command.
//!
//! Takes the arguments, the environment and the clock; runs the pipeline; gives text and an
//! [exit code](Exit). Decides nothing about dossiers. Text for people goes to standard error,
//! what a program may want to read (JSON, lists, paths) to standard output.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "EDGE: this module reads arguments, environment and clock, and writes new entries"
)]

mod args;

mod ask;

mod build;

mod check;

mod clock;

mod explain;

mod export;

mod fix;

mod import;

mod init;

mod keys;

mod list;

mod new;

mod progress;

mod project;

mod query;

mod search;

mod serve;

mod shell;

mod session;

mod stats;

mod table;

mod terminal;

mod theme;

use args::{Cli, Command};
use std::process::ExitCode;
use terminal::Terminal;

/// How a command ended; the process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All well; there may be warnings.
    Well = 0,
    /// The content has problems.
    Problems = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// The machine failed: disk full, no permission.
    Machine = 3,
}

/// Why a command stopped before its end.
#[derive(Debug)]
enum Stop {
    /// What was asked for cannot be done; the sentence says why and what to do.
    Usage(String),
    /// It was told already.
    Told(Exit),
    /// The machine failed.
    Machine(String),
    /// Whoever read standard output has closed it. Nobody is left to tell.
    Closed,
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let exit = match Cli::asked(std::env::args_os()) {
        Ok(cli) => run(&cli),
        Err(error) => {
            // Help and version come this way too; their code is 0, that of wrong usage 2.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    ExitCode::from(exit as u8)
}

fn run(cli: &Cli) -> Exit {
    let Cli { global, command } = cli;
    let terminal = Terminal::new(global);
    let ended = match command {
        Command::Init(args) => init::run(args, &terminal),
        Command::New(args) => new::run(args, global, &terminal),
        Command::Import(args) => import::run(args, global, &terminal),
        Command::Check(args) => check::run(args, global, &terminal),
        Command::Build(args) => build::run(args, global, &terminal),
        Command::Serve(args) => serve::run(args, global, &terminal),
        Command::List(args) => list::run(args, global, &terminal),
        Command::Export(args) => export::run(args, global, &terminal),
        Command::Search(args) => search::run(args, global, &terminal),
        Command::Query(args) => query::run(args, global, &terminal),
        Command::Stats(args) => stats::run(args, global, &terminal),
        Command::Explain(args) => explain::run(args, &terminal),
        Command::Keys(args) => keys::run(args, &terminal),
        Command::Schema(args) => keys::schema(args, &terminal),
        Command::Theme(args) => theme::run(args, global, &terminal),
        Command::Completions(args) => shell::completions(args, &terminal),
        Command::Man(args) => shell::man(args, &terminal),
    };
    let (exit, sentence) = match ended {
        Ok(exit) => return exit,
        Err(Stop::Told(exit)) => return exit,
        Err(Stop::Closed) => return Exit::Machine,
        Err(Stop::Usage(sentence)) => (Exit::Usage, sentence),
        Err(Stop::Machine(sentence)) => (Exit::Machine, sentence),
    };
    terminal.stopped(exit, &sentence);
    exit
}
