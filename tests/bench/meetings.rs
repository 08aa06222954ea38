//! W2 and W3: meetings on a new connection, when nothing is new and when both sides have a little.

use std::time::Duration;

use anyhow::{Result, ensure};
use helhet_node::store::supporters::shared_documents;
use helhet_node::store::{Store, StoreError};

use crate::loopback::{Crossed, settle};
use crate::table::{Cell, Table, Workload};
use crate::town::{Prepared, milliseconds, number, wait_for_the_list};

/// Changed supporters on each side.
const TEN: usize = 10;

/// W2: nothing is new.
pub(crate) fn idle(table: &mut Table, town: &Prepared, rounds: usize) -> Result<()> {
    // What the upload left to be said.
    come_to_rest(town)?;
    let (mut pass, mut wall) = (Cell::default(), Cell::default());
    let mut counted = String::new();
    for _ in 0..rounds.max(1) * 3 {
        settle()?;
        let crossed = Crossed::now()?;
        let (report, seconds) = town.meet();
        let bytes = crossed.until_quiet()?;
        ensure!(number(&report, "entries_out") == 0, "an idle meeting had something to send: {report}");
        pass.take(milliseconds(&report), bytes);
        wall.take(seconds * 1e3, bytes);
        counted = format!(
            "{} out, {} in, {} for the handshake, {} round trips",
            number(&report, "bytes_out"),
            number(&report, "bytes_in"),
            number(&report, "handshake_bytes"),
            number(&report, "round_trips"),
        );
    }
    let documents = town.at_the_hub;
    table.add(Workload::Idle, town.name, documents, pass);
    table.add(Workload::Idle, &format!("{}, with the program's start and end", town.name), documents, wall);
    table.remark(format!("Idle meeting with {documents}, the program's own count of UDP payload: {counted}"));
    Ok(())
}

/// W3: ten changed at the chapter, ten others corrected at the office.
pub(crate) fn delta(table: &mut Table, town: &Prepared, rounds: usize) -> Result<()> {
    // The hub's list may be that of other chapters too: this one knows whom it shares.
    let store = Store::open_existing(town.node.data())?;
    let all = store.database().read(|connection| Ok::<_, StoreError>(shared_documents(connection)?))?;
    drop(store);
    ensure!(all.len() >= 2 * TEN, "too few supporters");
    let here = &all[..TEN];
    let there = &all[all.len() - TEN..];
    let (mut pass, mut wall) = (Cell::default(), Cell::default());
    for round in 0..rounds.max(1) {
        for (id, _) in here {
            town.node.run(&["edit", &id.to_string(), "--street", &format!("New Street {round}")]).done();
        }
        for (_, document) in there {
            let (id, street) = (document.to_string(), format!("Right Street {round}"));
            town.town.hub.run(&["correct", &id, "street", &street, "--source", "returned-post"]).done();
        }
        wait_for_the_list(&town.open_hub()?)?;
        std::thread::sleep(Duration::from_secs(1));
        settle()?;
        let crossed = Crossed::now()?;
        let (report, seconds) = town.meet();
        let bytes = crossed.until_quiet()?;
        let both =
            number(&report, "changes_out") >= TEN as u64 && number(&report, "changes_in") >= TEN as u64;
        ensure!(both, "not what was changed: {report}");
        pass.take(milliseconds(&report), bytes);
        wall.take(seconds * 1e3, bytes);
        come_to_rest(town)?;
    }
    table.add(Workload::Delta, town.name, town.at_the_hub, pass);
    table.add(
        Workload::Delta,
        &format!("{}, with the program's start and end", town.name),
        town.at_the_hub,
        wall,
    );
    Ok(())
}

/// Until neither side has anything to say.
fn come_to_rest(town: &Prepared) -> Result<()> {
    for _ in 0..5 {
        wait_for_the_list(&town.open_hub()?)?;
        std::thread::sleep(Duration::from_millis(500));
        let (report, _) = town.meet();
        if number(&report, "entries_out") + number(&report, "entries_in") == 0 {
            return Ok(());
        }
    }
    anyhow::bail!("the two never come to rest")
}
