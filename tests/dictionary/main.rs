//! Makes the dictionary that small frames are compressed with, from supporters that nobody is:
//! `cargo run -p helhet-tests --bin dictionary -- FILE`.
//!
//! A dictionary that a release has used is never made anew: another one gets another number (protocol/SPEC.md, section 3).

mod samples;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Parser;

#[derive(Debug, Parser)]
struct Options {
    /// Where to write it.
    file: PathBuf,
}

fn main() -> Result<()> {
    let Options { file } = Options::parse();
    let dictionary = samples::dictionary()?;
    std::fs::write(&file, &dictionary).with_context(|| format!("{} cannot be written", file.display()))?;
    println!("{} bytes", dictionary.len());
    Ok(())
}
