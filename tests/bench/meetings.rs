//! W2 and W3: meetings on a new connection, when nothing is new and when both sides have a little.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::loopback::{Crossed, settle};
use crate::table::{Cell, Table, Workload};
use crate::town::{Prepared, ids, milliseconds, number, wait_for_the_list};

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
    let documents = town.supporters;
    table.add(Workload::Idle, "Helhet", documents, pass);
    table.add(Workload::Idle, "Helhet, with the program's start and end", documents, wall);
    table.remark(format!("Idle meeting with {documents}, the program's own count of UDP payload: {counted}"));
    Ok(())
}

/// W3: ten changed at the chapter, ten others corrected at the office.
pub(crate) fn delta(table: &mut Table, town: &Prepared, rounds: usize) -> Result<()> {
    let here = ids(&town.node.run(&["supporters", "--json"]).json());
    let there = ids(&town.town.hub.run(&["supporters", "--json"]).json());
    ensure!(here.len() >= 2 * TEN && there.len() >= 2 * TEN, "too few supporters");
    let (mut pass, mut wall) = (Cell::default(), Cell::default());
    for round in 0..rounds.max(1) {
        for id in &here[..TEN] {
            town.node.run(&["edit", id, "--street", &format!("New Street {round}")]).done();
        }
        // Both lists are sorted by name: the last ones are others.
        for id in &there[there.len() - TEN..] {
            let street = format!("Right Street {round}");
            town.town.hub.run(&["correct", id, "street", &street, "--source", "returned-post"]).done();
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
    table.add(Workload::Delta, "Helhet", town.supporters, pass);
    table.add(Workload::Delta, "Helhet, with the program's start and end", town.supporters, wall);
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
