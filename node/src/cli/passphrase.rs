//! Passphrases from a file or the terminal, never from the command line, where other users of the computer could read them.
use std::io::{IsTerminal as _, Read as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use helhet_shared::clock::SystemClock;
use helhet_shared::web::password;
use zeroize::Zeroizing;

use crate::Node;
use crate::access::{AccessError, peer_support};
use crate::store::lock;

/// Longer than any passphrase that is accepted.
const BYTES_MAX: u64 = 4096;

/// Opens the folder, asking for the passphrase where one is needed.
pub(super) fn open(data: &Path, file: Option<&Path>) -> anyhow::Result<Node> {
    let clock = Arc::new(SystemClock);
    Ok(match lock::is_locked(data) {
        true => Node::unlock(data, &read(file)?, clock)?,
        false => Node::open(data, clock)?,
    })
}

/// The same for what a holder of the peer-support key can do more of than others: it is had by a holder's passphrase.
pub(super) fn open_as_holder(data: &Path, file: Option<&Path>) -> anyhow::Result<Node> {
    if !lock::is_locked(data) {
        return open(data, file);
    }
    let passphrase = read(file)?;
    let node = Node::unlock(data, &passphrase, Arc::new(SystemClock))?;
    let key = peer_support::open_by_passphrase(node.store(), &passphrase)?;
    Ok(node.with_peer_support(key))
}

/// The passphrase of a folder that is there.
pub(super) fn read(file: Option<&Path>) -> anyhow::Result<Zeroizing<String>> {
    asked(file, "Passphrase: ", "--passphrase-file")
}

/// A passphrase that is to be, and is good enough; on a terminal it is typed twice.
pub(super) fn new_and_good(file: Option<&Path>) -> anyhow::Result<Zeroizing<String>> {
    let prompt = "New passphrase, some words that belong together for you alone: ";
    let typed = asked(file, prompt, "--passphrase-file")?;
    password::check(&typed, "").map_err(AccessError::from)?;
    if file.is_none() && *asked(None, "Once more: ", "--passphrase-file")? != *typed {
        bail!("the two were not the same: nothing was done");
    }
    Ok(typed)
}

/// The first line of the file, or what is typed without being shown. `option` names the file's option.
pub(super) fn asked(file: Option<&Path>, prompt: &str, option: &str) -> anyhow::Result<Zeroizing<String>> {
    match file {
        Some(path) => {
            let unreadable = || format!("{} cannot be read", path.display());
            let mut text = Zeroizing::new(String::new());
            std::fs::File::open(path)
                .with_context(unreadable)?
                .take(BYTES_MAX)
                .read_to_string(&mut text)
                .with_context(unreadable)?;
            Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
        }
        None if std::io::stdin().is_terminal() => {
            Ok(Zeroizing::new(rpassword::prompt_password(prompt).context("the terminal cannot be read")?))
        }
        None => bail!("name a file with the passphrase: {option} FILE"),
    }
}
