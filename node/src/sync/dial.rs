//! Dialling the hub, or another device of the chapter: one session from the handshake to its report.
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use helhet_protocol::identity::{Application, JoinRequest, PublicKey, RootKey, join};
use helhet_protocol::session::{Config, Opening, Session};
use helhet_protocol::transport::{self, Handle, LinkError, Report};
use helhet_protocol::v1::{CloseCode, Credential};

use super::arrivals::Arrivals;
use super::conversation::{Conversation, Until, is_settled};
use super::pause::Pauses;
use super::{BUSY_PATIENCE, JOIN_PATIENCE, Pass, RECEIPT_PATIENCE, SyncError, bell, take_turn};
use crate::store::exchange::{self, HUB, Other};
use crate::store::{StoreError, identity, members, owed, settings, waiting};
use crate::write::Writer;
use crate::write::devices::APPLICATION;

/// Where copies of this store are told apart: in each of three zones, and what the hub acknowledged is believed first, and
/// then not, if it was restored.
const PARTINGS_MAX: u32 = 6;

/// How often is looked whether another process has got further.
const GLANCE: Duration = Duration::from_millis(25);

/// An invite to redeem in a session.
#[derive(Clone, Debug)]
pub struct Join {
    pub token: [u8; 16],
    pub root: RootKey,
}

/// One pass to convergence. When another process has the session, that one is asked and waited for.
pub async fn pass(
    writer: &Writer,
    arrivals: &Arrivals,
    address: Option<&str>,
    join: Option<&Join>,
) -> Result<(Pass, Option<String>), SyncError> {
    let began = Instant::now();
    let may_join = address.is_none() && join.is_none();
    loop {
        if let Some(_turn) = take_turn(writer.store().folder())? {
            return converge(writer, arrivals, address, join).await;
        }
        if !may_join || began.elapsed() > JOIN_PATIENCE {
            return Err(SyncError::Busy);
        }
        if let Some(mut pass) = ask_the_other(writer, began).await? {
            pass.seconds = began.elapsed().as_secs_f64();
            return Ok((pass, None));
        }
        tokio::time::sleep(GLANCE).await;
    }
}

/// One pass with another device of the chapter. A session with the hub that this process keeps goes on beside it.
pub async fn meet(writer: &Writer, arrivals: &Arrivals, address: &str) -> Result<Pass, SyncError> {
    converge(writer, arrivals, Some(address), None).await.map(|(pass, _)| pass)
}

async fn converge(
    writer: &Writer,
    arrivals: &Arrivals,
    address: Option<&str>,
    join: Option<&Join>,
) -> Result<(Pass, Option<String>), SyncError> {
    let began = Instant::now();
    let meet = || {
        let until = Until::Quiet { receipts_by: Instant::now() + RECEIPT_PATIENCE };
        session(writer, arrivals, address, join, until, |_| ())
    };
    let mut met = meet().await?;
    let mut pauses = Pauses::default();
    while met.report.code() == Some(CloseCode::Busy) && began.elapsed() < BUSY_PATIENCE {
        tokio::time::sleep(pauses.next()).await;
        met = meet().await?;
    }
    let mut partings = 0;
    while met.parted {
        if partings == PARTINGS_MAX {
            return Err(SyncError::Copied);
        }
        partings += 1;
        met = meet().await?;
    }
    let Met { report, code, .. } = met;
    match &report.ended {
        Ok(outcome) if matches!(outcome.code, CloseCode::Done | CloseCode::GoingAway) => {}
        Ok(outcome) => return Err(SyncError::Refused(outcome.code)),
        Err(LinkError::Closed(CloseCode::Done)) => {}
        Err(LinkError::Closed(code)) => return Err(SyncError::Refused(*code)),
        Err(_) => return Err(broken(report)),
    }
    let owed = writer.store().database().read(|connection| Ok::<_, StoreError>(owed::count(connection)?));
    let (counts, traffic) = (report.counts, report.traffic);
    let pass = Pass {
        entries_out: counts.entries_out,
        entries_in: counts.entries_in,
        changes_out: counts.changes_out,
        changes_in: counts.changes_in,
        bytes_out: traffic.bytes_out,
        bytes_in: traffic.bytes_in,
        handshake_bytes: traffic.handshake_bytes,
        refused: counts.refused,
        round_trips: counts.round_trips,
        seconds: began.elapsed().as_secs_f64(),
        receipts_owed: owed.map_err(crate::write::WriteError::from)?,
        copy_met: partings > 0,
    };
    Ok((pass, code))
}

fn broken(report: Report) -> SyncError {
    match report.ended {
        Err(error) => SyncError::Broken(error),
        Ok(outcome) => SyncError::Refused(outcome.code),
    }
}

/// How a session went.
pub(super) struct Met {
    pub(super) report: Report,
    /// The six digits, when joining.
    code: Option<String>,
    /// It ended because a copy of this store has written too. The next session puts the two together.
    pub(super) parted: bool,
}

/// Opens a session and runs it to its end. `started` gets the handle.
pub(super) async fn session(
    writer: &Writer,
    arrivals: &Arrivals,
    address: Option<&str>,
    join: Option<&Join>,
    until: Until,
    started: impl FnOnce(&Handle),
) -> Result<Met, SyncError> {
    let identity = writer.identity().clone();
    // What is due before a session: the day's turn, and certificates that are about to run out.
    writer.act(|deed| deed.begin_session())?;
    let (credential, known) = credential(writer)?;
    let is_likely_sibling = address.is_some() && join.is_none();
    let name = address.unwrap_or(&identity.hub_address);
    let address = resolve(name).await?;
    let endpoint = transport::dialling_endpoint(&identity.device, address)?;
    let link = transport::connect(&endpoint, address)
        .await
        .map_err(|source| SyncError::Unreachable { address: name.to_owned(), source })?;
    let code = join.map(|join| join::join_code(&link.exporter, &join.root.public()));
    let chapter = *identity.chapter.as_bytes();
    let (handle, control) = transport::control();
    started(&handle);
    let (is_known, standing) = writer
        .store()
        .database()
        .read(|connection| -> Result<_, StoreError> {
            let other = Other::by_key(connection, &chapter, link.peer_key, is_likely_sibling)?;
            let is_known =
                known == Some(link.peer_key) || members::is_device(connection, &chapter, &link.peer_key)?;
            Ok((is_known, exchange::standing(connection, &chapter, &other)?))
        })
        .map_err(crate::write::WriteError::from)?;
    let receipts_by = match &until {
        Until::Quiet { receipts_by } => Some(*receipts_by),
        Until::Stopped { .. } => None,
    };
    let conversation = Arc::new(Conversation::new(
        writer.clone(),
        handle.clone(),
        until,
        arrivals.session(),
        Some(&standing),
    ));
    let session = Session::new(Config {
        credential,
        store: identity.store,
        peer_key: link.peer_key,
        exporter: link.exporter,
        opening: Some(Opening {
            peer_is_known: is_known,
            join: join.map(|join| JoinRequest::new(join.token, &join.root, &link.exporter)),
            search: None,
            standing,
        }),
    });
    let limit = receipts_by.map(|by| end_when_late(handle, conversation.clone(), by));
    let mut report = link.run(session, conversation.clone(), control).await;
    if let Some(limit) = limit {
        limit.abort();
    }
    if *conversation.caught_up.borrow() == 0 && sounds_like_the_end(&report) {
        report.ended = Err(LinkError::Closed(CloseCode::GoingAway));
    }
    match conversation.failure() {
        Some(error) => Err(error.into()),
        None => Ok(Met { report, code, parted: conversation.has_parted() }),
    }
}

/// A hub that stops, and a connection that it lets fall, look like a session in which all was said.
fn sounds_like_the_end(report: &Report) -> bool {
    matches!(report.code(), Some(CloseCode::Done | CloseCode::GoingAway))
}

/// A pass that has said all it had waits for receipts, but not for ever.
fn end_when_late(
    handle: Handle,
    conversation: Arc<Conversation>,
    receipts_by: Instant,
) -> tokio::task::JoinHandle<()> {
    let mut caught_up = conversation.caught_up.subscribe();
    drop(conversation);
    tokio::spawn(async move {
        if caught_up.wait_for(|count| *count > 0).await.is_ok() {
            tokio::time::sleep_until(receipts_by.into()).await;
            handle.close(CloseCode::Done);
        }
    })
}

/// Who speaks here, and the hub's key as it is known.
pub(super) fn credential(writer: &Writer) -> Result<(Credential, Option<PublicKey>), SyncError> {
    let read = writer.store().database().read(|connection| -> Result<_, StoreError> {
        let damaged = |what| StoreError::Damaged { what };
        let credential = match settings::read(connection, APPLICATION)? {
            Some(asks) => {
                let asks = Application::from_bytes(&asks).map_err(|_| damaged("what this device asks"))?;
                Credential::Applicant(Box::new(asks))
            }
            None => Credential::Device(identity::read(connection)?.ok_or(damaged("the identity"))?.chain),
        };
        let known = settings::read(connection, "hub_key")?.and_then(|key| key.try_into().ok()).map(PublicKey);
        Ok((credential, known))
    });
    Ok(read.map_err(crate::write::WriteError::from)?)
}

pub(super) async fn resolve(address: &str) -> Result<SocketAddr, SyncError> {
    let failed = |source| SyncError::Address { address: address.to_owned(), source };
    let mut found = tokio::net::lookup_host(address).await.map_err(failed)?;
    found.next().ok_or_else(|| failed(std::io::Error::from(std::io::ErrorKind::NotFound)))
}

/// Another process has the session: the program that serves is asked, and what it gets through from now on counts as
/// ours. None where nobody answers, as a command that has the turn does not: its turn is soon over.
async fn ask_the_other(writer: &Writer, began: Instant) -> Result<Option<Pass>, SyncError> {
    let identity = writer.identity();
    let own = identity.device.public();
    let look = || -> Result<_, SyncError> {
        let seen = writer.store().database().read(|connection| -> Result<_, StoreError> {
            let waiting = waiting::documents(connection, identity.chapter, &own.0, HUB)?;
            let waiting = waiting.iter().map(|(_, changes)| u64::from(*changes)).sum::<u64>();
            Ok((waiting, is_settled(connection)?, owed::count(connection)?))
        });
        Ok(seen.map_err(crate::write::WriteError::from)?)
    };
    let (before, _, _) = look()?;
    let patience = JOIN_PATIENCE.saturating_sub(began.elapsed());
    if !bell::ring(writer.store(), patience).await.map_err(crate::write::WriteError::from)? {
        return Ok(None);
    }
    loop {
        let (waiting, is_settled, receipts_owed) = look()?;
        if waiting > 0 || !is_settled {
            return Ok(None);
        }
        if receipts_owed == 0 || began.elapsed() > RECEIPT_PATIENCE {
            return Ok(Some(Pass { changes_out: before, receipts_owed, ..Pass::default() }));
        }
        tokio::time::sleep(GLANCE).await;
    }
}
