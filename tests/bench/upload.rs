//! W1: everything is new to the hub, until the node knows that all of it is durable there.

use anyhow::{Result, ensure};

use crate::loopback::{Crossed, settle};
use crate::table::{Cell, Table, Workload};
use crate::town::{Prepared, milliseconds, number, wait_for_the_list};

/// Uploads as often as wanted, each time to the hub as it was before; the last one stays.
pub(crate) fn measure(table: &mut Table, town: &mut Prepared, rounds: usize) -> Result<()> {
    let (mut pass, mut wall, mut lag) = (Cell::default(), Cell::default(), Cell::default());
    let mut counted = String::new();
    for round in 0..rounds {
        if round > 0 {
            town.again()?;
        }
        let hub = town.open_hub()?;
        settle()?;
        let crossed = Crossed::now()?;
        let (report, seconds) = town.meet();
        let bytes = crossed.since()?;
        let changes = number(&report, "changes_out");
        ensure!(changes >= u64::from(town.supporters), "not all was sent: {report}");
        pass.take(milliseconds(&report), bytes);
        wall.take(seconds * 1e3, bytes);
        lag.take(wait_for_the_list(&hub)?.as_secs_f64() * 1e3, 0);
        let own = ["bytes_out", "bytes_in", "handshake_bytes"].map(|name| number(&report, name));
        counted = format!(
            "the program's own count of UDP payload: {} out, {} in, {} for the handshake",
            own[0], own[1], own[2]
        );
    }
    let documents = town.supporters;
    table.add(Workload::Upload, town.name, documents, pass);
    table.add(Workload::Upload, &format!("{}, with the program's start and end", town.name), documents, wall);
    table.add(
        Workload::Upload,
        &format!("{}, after it: until the office's list is whole", town.name),
        documents,
        lag,
    );
    table.remark(format!("Upload of {documents}: {counted}"));
    Ok(())
}
