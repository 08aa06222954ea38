//! A chapter's program with the bug that its environment names, for the test that must notice it.

mod from_outside;

use std::process::ExitCode;

fn main() -> ExitCode {
    from_outside::plant();
    helhet_node::cli::main()
}
