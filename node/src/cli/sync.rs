//! `sync`: one pass to convergence, and what came of it.
use super::output::print;
use crate::{Node, read};

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
