//! The office's program, from the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    helhet_hub::cli::main()
}
