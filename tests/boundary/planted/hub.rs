//! The hub with the bug that its environment names, for the test that must notice it.

mod from_outside;

use std::process::ExitCode;

fn main() -> ExitCode {
    from_outside::plant();
    helhet_hub::cli::main()
}
