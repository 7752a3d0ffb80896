//! The `dossier` command; see [`dossier::cli`].

use std::process::ExitCode;

/// A build makes and drops tens of millions of small values on all cores. This allocator takes a quarter
/// off the processor time of the whole (measured: benches/README.md, «Where the time goes»).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dossier::cli::main()
}
