//! The `gapwise` command: argv in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    gapwise::cli::main()
}
