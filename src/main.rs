//! The `dossier` command; see [`dossier::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    dossier::cli::main()
}
