//! Helhet's chapter program.
use std::process::ExitCode;

fn main() -> ExitCode {
    helhet_node::cli::main()
}
