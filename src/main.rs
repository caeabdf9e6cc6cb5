//! The `gapwise` command: argv in, exit code out.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Reports are made of many small texts.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    gapwise::cli::main()
}
