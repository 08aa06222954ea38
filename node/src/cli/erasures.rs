//! `erase` and `erasures`: the register is without names, for they are gone.
use std::path::PathBuf;

use clap::Args;
use helhet_shared::erasures::{Erasure, Store, StoreState};
use serde_json::{Value, json};

use super::device::{named, phrase_in};
use super::output::print;
use super::supporter::{find, told};
use crate::write::Which;
use crate::{Node, read};

#[derive(Args, Debug)]
pub(super) struct EraseArguments {
    #[arg(required_unless_present_any = ["confirm", "take_back"])]
    id: Option<String>,
    /// Confirms all that wait: what another computer asked for, or, with the phrase, what this one did.
    #[arg(long, conflicts_with_all = ["id", "take_back"])]
    confirm: bool,
    /// Only what this computer asked for, by its name or fingerprint.
    #[arg(long, value_name = "NAME", conflicts_with = "id")]
    of: Option<String>,
    /// A file with the chapter's 24 words.
    #[arg(long, value_name = "FILE", requires = "confirm")]
    phrase_file: Option<PathBuf>,
    /// Takes back all that wait: they are here again.
    #[arg(long, conflicts_with = "id")]
    take_back: bool,
}

pub(super) fn erase(node: &Node, arguments: &EraseArguments) -> anyhow::Result<()> {
    let Some(id) = &arguments.id else {
        let which = match &arguments.of {
            Some(name) => Which::Of(named(node, name)?),
            None => Which::All,
        };
        let root = arguments.phrase_file.as_deref().map(phrase_in).transpose()?.map(|phrase| phrase.root());
        let (count, what) = match arguments.confirm {
            true => {
                (told(node.writer().act(|deed| deed.confirm_erasures(which, root.as_ref())))?, "confirmed")
            }
            false => (told(node.writer().act(|deed| deed.take_back_erasures(which)))?, "taken back"),
        };
        let left = read::waiting_erasures(node.store(), node.identity())?.len();
        eprintln!("{count} erasures {what}, {left} wait.");
        if left > 0 && arguments.confirm {
            eprintln!(
                "This computer asked for them itself: confirm them on another one that may erase, or here with --phrase-file."
            );
        }
        return Ok(());
    };
    let id = find(node, id)?;
    let is_gone = told(node.writer().act(|deed| deed.erase(id)))?;
    if !is_gone {
        eprintln!(
            "More than one computer may erase a day by itself: the supporter is hidden, and erased when a second one that may \
             erase has confirmed it (erase --confirm), or here with the recovery phrase (--phrase-file FILE)."
        );
        return Ok(());
    }
    if node.writer().has_bytes_left() {
        eprintln!(
            "Erased, and nobody sees it any more. Something is reading the database, so its last bytes leave the file with the next erasure."
        );
    } else {
        eprintln!("Erased here.");
    }
    eprintln!("The next sync tells the office, which signs a receipt.");
    Ok(())
}

pub(super) fn list_waiting(node: &Node, as_json: bool) -> anyhow::Result<()> {
    let all = read::waiting_erasures(node.store(), node.identity())?;
    if as_json {
        let rows = all.iter().map(|one| {
            json!({
                "number": one.number.in_full(), "by": one.by, "this": one.is_own, "name": one.name,
                "since": one.since.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            })
        });
        print(&Value::from_iter(rows).to_string());
        return Ok(());
    }
    for one in &all {
        print(&format!("{}  {}  {}", one.number, one.by, one.name));
    }
    eprintln!("{} wait for a second word", all.len());
    Ok(())
}

pub(super) fn list(node: &Node, as_json: bool) -> anyhow::Result<()> {
    let now = node.writer().clock().now();
    let all = read::erasures(node.store(), node.identity(), now.timestamp())?;
    if as_json {
        let rows = all.iter().map(|erasure| {
            json!({
                "number": erasure.number.in_full(),
                "day": erasure.day.to_string(),
                "erased_at": erasure.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
                "complete": erasure.is_complete(),
                "late": erasure.is_late(now),
                "stores": erasure.stores.iter().map(store).collect::<Vec<_>>(),
            })
        });
        print(&Value::from_iter(rows).to_string());
        return Ok(());
    }
    for erasure in &all {
        print(&format!("{}  {}  {}", erasure.number, erasure.day, state(erasure, erasure.is_late(now))));
    }
    eprintln!("{} erasures", all.len());
    Ok(())
}

fn state(erasure: &Erasure, is_late: bool) -> String {
    if erasure.is_complete() {
        return "complete".to_owned();
    }
    let owing: Vec<&str> = erasure.owing().map(|device| device.unwrap_or("the national office")).collect();
    format!("{}, owed by {}", if is_late { "late" } else { "open" }, owing.join(", "))
}

fn store(store: &Store) -> Value {
    let name = store.device.as_deref();
    match store.state {
        StoreState::Confirmed { on, gone_from_backups } => json!({
            "device": name, "state": "confirmed", "on": on.to_string(),
            "gone_from_backups": gone_from_backups.to_string(),
        }),
        StoreState::Owes => json!({ "device": name, "state": "owes" }),
        StoreState::Unconfirmed(why) => json!({ "device": name, "state": why.code() }),
    }
}
