//! `sync`: one pass to convergence, and what came of it; `sealed-copy`: whether all of the chapter's goes along, sealed.
use clap::ValueEnum;

use super::output::print;
use crate::store::{StoreError, settings};
use crate::{Node, read};

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Keep {
    On,
    Off,
}

pub(super) fn sealed_copy(node: &Node, keep: Keep) -> anyhow::Result<()> {
    let keep = matches!(keep, Keep::On);
    node.store().database().write(|transaction| -> Result<_, StoreError> {
        Ok(settings::keep_sealed_copy(transaction, keep)?)
    })?;
    eprintln!(
        "{}",
        match keep {
            true => "From the next sync on a sealed copy of everything is kept at the hub.",
            false => {
                "Nothing more of the chapter's own goes to the hub. If this computer is lost, what was not in a backup is lost."
            }
        }
    );
    Ok(())
}

pub(super) async fn run(node: &Node, with: Option<&str>, json: bool) -> anyhow::Result<()> {
    let (pass, _) = node.sync_with(with, None).await?;
    if json {
        print(&serde_json::to_string(&pass)?);
    }
    let status = read::status(node.store(), node.identity())?;
    eprintln!(
        "Sent {} changes, received {}; {} bytes out, {} in, {:.2} s.",
        pass.changes_out, pass.changes_in, pass.bytes_out, pass.bytes_in, pass.seconds
    );
    if pass.copy_met {
        eprintln!(
            "Another copy of this chapter's data had been used too. What both wrote is put together now; where they differ, both \
             values stand until somebody picks. Use one copy only."
        );
    }
    if !status.waiting.is_empty() {
        eprintln!("{} still wait.", status.waiting.len());
    }
    if !status.refused.is_empty() {
        eprintln!("The hub has refused {} changes; the supporters' pages say why.", status.refused.len());
    }
    if status.receipts_owed > 0 {
        eprintln!("The hub owes {} receipts for what was erased or withdrawn.", status.receipts_owed);
    }
    Ok(())
}
