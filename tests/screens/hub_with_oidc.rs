//! The hub by which users may sign in by another provider too: the same program, built with that feature.

use std::process::ExitCode;

fn main() -> ExitCode {
    helhet_hub::cli::main()
}
