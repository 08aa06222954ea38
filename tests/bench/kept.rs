//! W2 on a kept connection: what a chapter's program costs that stays connected while nothing happens.
//!
//! There is no question and answer to be timed: a side that has something new sends it at once, so that silence says
//! that there is nothing. What is left is the keep-alive, and how soon a command on the same folder is told so.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::loopback::{Crossed, settle};
use crate::table::{Cell, Table, Workload};
use crate::town::{Prepared, milliseconds, number};

/// Long enough for several keep-alives.
const WATCHED: Duration = Duration::from_secs(61);

pub(crate) fn measure(table: &mut Table, town: &mut Prepared) -> Result<()> {
    town.node.serve();
    // It answers once the session has said all it had.
    town.meet();
    settle()?;

    let mut asked = Cell::default();
    for _ in 0..5 {
        let crossed = Crossed::now()?;
        let (report, _) = town.meet();
        ensure!(number(&report, "changes_out") == 0, "an idle meeting had something to send: {report}");
        asked.take(milliseconds(&report), crossed.since()?);
    }
    let crossed = Crossed::now()?;
    std::thread::sleep(WATCHED);
    let bytes = crossed.since()?;
    table.add(
        Workload::Kept,
        &format!("{}, a command asks the program that serves", town.name),
        town.supporters,
        asked,
    );
    table.remark(format!(
        "Kept connection: {bytes} bytes in {} seconds of silence, both directions together",
        WATCHED.as_secs()
    ));
    town.node.stop();
    Ok(())
}
