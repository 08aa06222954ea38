//! A chapter's program whose gate lets volunteers' tasks out, for the test that must notice it.

use std::process::ExitCode;

fn main() -> ExitCode {
    helhet_shared::gate::planted_bug::plant();
    helhet_node::cli::main()
}
