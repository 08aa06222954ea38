//! `import`: a list of supporters from a file, looked at first or carried out.
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::output::print;
use crate::{Node, files};

#[derive(Args, Debug)]
pub(super) struct ImportArguments {
    /// The list: CSV in any encoding and with any separator that spreadsheets write.
    file: PathBuf,
    /// Corrections of what the headings mean: lines of `heading = column`.
    #[arg(long, value_name = "MAPPING")]
    mapping: Option<PathBuf>,
    /// Says what would happen, and changes nothing.
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    json: bool,
}

pub(super) fn run(node: &Node, arguments: &ImportArguments) -> anyhow::Result<()> {
    let ImportArguments { file, mapping, dry_run, json } = arguments;
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let correction = match mapping {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?
        }
        None => String::new(),
    };
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let preview = files::preview(node.writer(), &name, &bytes, &correction)?;
    let report = match dry_run {
        true => preview.report,
        false => files::carry_out(node.writer(), &preview)?.report,
    };
    match json {
        true => print(&serde_json::to_string_pretty(&report)?),
        false => print(report.to_string().trim_end()),
    }
    Ok(())
}
