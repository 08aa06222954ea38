//! W2 on a kept connection: what it takes to know that both sides have the same, while nothing happens.
//!
//! A side that has something new sends it at once; who wants to be sure asks. A command on the same folder does: it rings at
//! the program that keeps the connection, which asks the hub. What else there is, is the keep-alive.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::loopback::{Crossed, settle};
use crate::table::{Cell, Table, Workload};
use crate::town::{Prepared, milliseconds, number};

/// Long enough for several keep-alives.
const WATCHED: Duration = Duration::from_secs(61);

/// As often as the floor's.
const ASKED: u32 = 50;

pub(crate) fn measure(table: &mut Table, town: &mut Prepared) -> Result<()> {
    town.node.serve();
    // It answers once the session has said all it had.
    town.meet();
    settle()?;

    let mut asked = Cell::default();
    for _ in 0..ASKED {
        settle()?;
        let crossed = Crossed::now()?;
        let (report, _) = town.meet();
        ensure!(number(&report, "changes_out") == 0, "an idle meeting had something to send: {report}");
        asked.take(milliseconds(&report), crossed.since()?);
    }
    let crossed = Crossed::now()?;
    std::thread::sleep(WATCHED);
    let bytes = crossed.since()?;
    table.add(Workload::Kept, town.name, town.supporters, asked);
    table.remark(format!(
        "Kept connection: {bytes} bytes in {} seconds of silence, both directions together",
        WATCHED.as_secs()
    ));
    town.node.stop();
    Ok(())
}
