//! `import`: the office's own files.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::output::print;
use crate::files::{self, ListFile};
use crate::hub::Hub;

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

pub(super) fn import(hub: &Hub, arguments: &ImportArguments) -> anyhow::Result<()> {
    let ImportArguments { file, mapping, dry_run, json } = arguments;
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let correction = match mapping {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?
        }
        None => String::new(),
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let list = ListFile { name: &name, bytes: &bytes, correction: &correction };
    let import = files::import(hub, &list, *dry_run, &mut rand::rng())?;
    if *json {
        print(&serde_json::to_string_pretty(&import.report)?);
    } else {
        print(import.report.to_string().trim_end());
    }
    Ok(())
}
