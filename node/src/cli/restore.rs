//! `restore`: from a backup, or from the hub with the recovery phrase.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use helhet_protocol::identity::OfficeAddress;
use helhet_shared::clock::SystemClock;

use super::device::phrase_in;
use crate::files::backup;
use crate::restore;

#[derive(Args, Debug)]
pub(super) struct RestoreArguments {
    /// A backup; its key lies beside it.
    #[arg(long, value_name = "BACKUP", required_unless_present = "hub", conflicts_with = "hub")]
    from: Option<PathBuf>,
    /// The hub as it stands on the chapter's paper: host:port#fingerprint.
    #[arg(long, value_name = "ADDR#FINGERPRINT", requires = "phrase_file", requires = "device")]
    hub: Option<String>,
    /// A file with the 24 words.
    #[arg(long, value_name = "FILE")]
    phrase_file: Option<PathBuf>,
    /// What to call this computer.
    #[arg(long)]
    device: Option<String>,
    /// Keeps the database's key in a file of the data folder. For now it always is.
    #[arg(long)]
    key_file: bool,
}

pub(super) async fn run(data: &Path, arguments: RestoreArguments) -> anyhow::Result<()> {
    match (&arguments.from, &arguments.hub, &arguments.phrase_file, &arguments.device) {
        (Some(from), ..) => {
            backup::restore(data, from)?;
            eprintln!(
                "Restored. Sync next: it brings back what the office has, and erases again what was erased since."
            );
            Ok(())
        }
        (None, Some(hub), Some(phrase), Some(device)) => from_hub(data, hub, phrase, device).await,
        (None, ..) => anyhow::bail!("name a backup with --from, or --hub, --phrase-file and --device"),
    }
}

async fn from_hub(data: &Path, hub: &str, phrase: &Path, device: &str) -> anyhow::Result<()> {
    let office: OfficeAddress = hub.parse()?;
    let phrase = phrase_in(phrase)?;
    let restored = restore::restore(data, &office, &phrase, device, Arc::new(SystemClock)).await?;
    let node = &restored.node;
    eprintln!("The chapter {} is back on this computer.", node.identity().chapter_name);
    if restored.closed > 0 {
        eprintln!(
            "{} changes could not be opened: another computer of the chapter has their keys and has not sent them.",
            restored.closed
        );
    }
    eprintln!(
        "The chapter's other computers are kept out from now on. If one of them is not lost, let it in again on this \
         one: helhet-node device admit NAME."
    );
    Ok(())
}
