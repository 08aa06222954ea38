//! `restore`: from a backup, or from the hub with the recovery phrase.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use helhet_protocol::identity::{OfficeAddress, RecoveryPhrase};
use helhet_shared::clock::SystemClock;

use super::device::phrase_in;
use super::{join, passphrase};
use crate::files::backup::{self, Opener};
use crate::restore;
use crate::store::lock::Keeping;

#[derive(Args, Debug)]
pub(super) struct RestoreArguments {
    /// A backup; what opens it lies beside it.
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
    /// Keeps the database's key in a file of the data folder, so that no passphrase is needed: whoever takes the folder can
    /// read it.
    #[arg(long)]
    key_file: bool,
}

pub(super) async fn run(
    data: &Path,
    passphrase_file: Option<&Path>,
    arguments: RestoreArguments,
) -> anyhow::Result<()> {
    let key_file = arguments.key_file;
    match (&arguments.from, &arguments.hub, &arguments.phrase_file, &arguments.device) {
        (Some(from), ..) => from_backup(data, from, passphrase_file, key_file),
        (None, Some(hub), Some(phrase), Some(device)) => {
            let (office, phrase) = (hub.parse()?, phrase_in(phrase)?);
            let keeping = join::keeping(data, passphrase_file, key_file)?;
            from_hub(data, &office, &phrase, device, &keeping).await
        }
        (None, ..) => anyhow::bail!("name a backup with --from, or --hub, --phrase-file and --device"),
    }
}

fn from_backup(
    data: &Path,
    from: &Path,
    passphrase_file: Option<&Path>,
    key_file: bool,
) -> anyhow::Result<()> {
    let opened_by = match backup::opener(from)? {
        Opener::Slots(_) => Some(passphrase::read(passphrase_file)?),
        Opener::Key(_) => None,
    };
    let keeping = match (key_file, &opened_by) {
        (true, _) => Keeping::KeyFile,
        (false, Some(passphrase)) => Keeping::Passphrase(passphrase.clone()),
        (false, None) => Keeping::Passphrase(passphrase::new_and_good(passphrase_file)?),
    };
    backup::restore(data, from, opened_by.as_deref().map(String::as_str), &keeping)?;
    join::tell_what_opens(data);
    eprintln!(
        "Restored. Sync next: it brings back what the office has, and erases again what was erased since."
    );
    Ok(())
}

async fn from_hub(
    data: &Path,
    office: &OfficeAddress,
    phrase: &RecoveryPhrase,
    device: &str,
    keeping: &Keeping,
) -> anyhow::Result<()> {
    let restored = restore::restore(data, office, phrase, device, keeping, Arc::new(SystemClock)).await?;
    let node = &restored.node;
    eprintln!("The chapter {} is back on this computer.", node.identity().chapter_name);
    join::tell_what_opens(data);
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
