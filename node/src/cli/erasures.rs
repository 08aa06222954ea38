//! `erasures`: the register, without names, for they are gone.
use helhet_shared::erasures::{Erasure, Store, StoreState};
use serde_json::{Value, json};

use super::output::print;
use crate::{Node, read};

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
