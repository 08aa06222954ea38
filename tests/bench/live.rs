//! W4: both programs connected, one field of one supporter changes, until the hub has it.
//!
//! The programs run as libraries on the same folders as before, with full flushes on the same disk, each on threads of
//! its own, so that a change can be timed from before the node is given it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use helhet_hub::store::{StoreError as HubStoreError, feed};
use helhet_hub::{ServeConfig, read, serve};
use helhet_node::Node;
use helhet_node::store::StoreError as NodeStoreError;
use helhet_node::store::supporters::shared_documents;
use helhet_node::sync::Connection;
use helhet_shared::clock::SystemClock;
use helhet_shared::id::DocumentId;
use helhet_tests::deeds;
use helhet_tests::model::{Contact, Deed};
use tokio::runtime::{Builder, Runtime};

use crate::loopback::{Crossed, settle};
use crate::table::{Cell, Table, Workload};
use crate::town::Prepared;

const CHANGES: usize = 200;
/// A change that takes longer is lost.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn measure(table: &mut Table, mut town: Prepared) -> Result<()> {
    let (supporters, name) = (town.supporters, town.name);
    let quic = town.town.hub.quic_address();
    town.town.hub.stop();
    let office = threads()?;
    let hub = town.open_hub()?;
    let http = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let config = ServeConfig { http, quic, public: None, reach: Default::default(), metrics: None };
    let serving = office.block_on(serve(&hub, &config, helhet_hub::screens))?;

    let chapter = threads()?;
    let node = Node::open(town.node.data(), Arc::new(SystemClock))?;
    let mut connection = node.connection();
    let staying = chapter.spawn({
        let node = node.clone();
        async move { node.keep_syncing().await }
    });
    chapter.block_on(connection.wait_for(|connection| *connection == Connection::Connected))?;
    let all =
        node.store().database().read(|connection| Ok::<_, NodeStoreError>(shared_documents(connection)?))?;
    ensure!(all.len() >= CHANGES, "too few supporters");
    settle()?;

    let newest = || hub.database().read(|connection| Ok::<_, HubStoreError>(feed::newest_entry(connection)?));
    let shows = |document: DocumentId, street: &str| -> Result<bool> {
        let record = hub.database().read(|connection| read::supporter(connection, document))?;
        Ok(record.is_some_and(|record| record["addresses"].to_string().contains(street)))
    };
    let mut changed = hub.changed();
    let (mut durable, mut listed) = (Cell::default(), Cell::default());
    for (sequence, (id, document)) in all.iter().step_by(all.len() / CHANGES).take(CHANGES).enumerate() {
        std::thread::sleep(Duration::from_millis(30 + sequence as u64 * 7 % 23));
        let before = newest()?;
        let crossed = Crossed::now()?;
        let street = format!("Live Street {sequence}");
        changed.mark_unchanged();
        let began = Instant::now();
        node.writer()
            .act(|deed| deeds::in_chapter(deed, *id, &Deed::Write(Contact::Street, street.clone())))?;
        let mut stored = None;
        let shown = loop {
            if stored.is_none() && newest()? > before {
                stored = Some(began.elapsed());
            }
            if stored.is_some() && shows(*document, &street)? {
                break began.elapsed();
            }
            let told = async { tokio::time::timeout(PATIENCE, changed.changed()).await };
            office.block_on(told).context("a change was lost")??;
        };
        // The acknowledgement is under way still.
        std::thread::sleep(Duration::from_millis(10));
        let bytes = crossed.since()?;
        durable.take(stored.unwrap_or_default().as_secs_f64() * 1e3, bytes);
        listed.take(shown.as_secs_f64() * 1e3, bytes);
    }
    table.add(Workload::Live, &format!("{name}: durable at the hub"), supporters, durable);
    table.add(Workload::Live, &format!("{name}: in the office's list"), supporters, listed);

    staying.abort();
    office.block_on(serving.stop());
    Ok(())
}

fn threads() -> Result<Runtime> {
    Ok(Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}
