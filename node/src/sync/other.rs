//! Who is at the other end: the office's hub, which stands under the root that was pinned at joining, or another device of
//! this chapter, which stands under the chapter's own.
use helhet_protocol::identity::{CertificateError, DeviceChain, HubCertificate, HubChain, PublicKey, Signed};
use helhet_protocol::log::Revocation;
use helhet_protocol::session::{Peer, Standing};
use helhet_protocol::v1::{CloseCode, Credential};
use helhet_shared::sqlite::log;
use rusqlite::{Connection, Transaction};

use crate::store::exchange::{self, HUB, Other};
use crate::store::identity::Identity;
use crate::store::{StoreError, members, settings};

/// What is decided about who dialled or was dialled.
pub(super) enum Met {
    Known(Other, Standing),
    Refused(CloseCode),
    /// The chapter has put it out, and here is the proof.
    Out(Signed<Revocation>),
}

/// Decides, and remembers what is new of the hub.
pub(super) fn meet(
    transaction: &Transaction<'_>,
    identity: &Identity,
    peer: &Peer,
    now: i64,
) -> Result<Met, StoreError> {
    let chapter = identity.chapter.as_bytes();
    if peer.key == identity.device.public() {
        // Itself, or a copy of its folder: the hub tells copies apart.
        return Ok(Met::Refused(CloseCode::NotAllowed));
    }
    let other = match &peer.credential {
        Credential::Hub(chain) => match hub(transaction, identity, chain, &peer.key, now)? {
            Ok(certificate) => {
                recognise(transaction, peer, &certificate)?;
                Other::Hub(certificate.key)
            }
            Err(error) => return Ok(Met::Refused(CloseCode::from(&error))),
        },
        Credential::Device(chain) => {
            if let Some(proof) = members::revocation(transaction, chapter, &peer.key)? {
                return Ok(Met::Out(proof));
            }
            match device(transaction, identity, chain, &peer.key, now)? {
                Ok(()) => Other::Sibling(peer.key),
                Err(error) => return Ok(Met::Refused(CloseCode::from(&error))),
            }
        }
        // Who waits to be let in asks the hub, which keeps the question until somebody has looked at it.
        Credential::Applicant(_) => return Ok(Met::Refused(CloseCode::Waiting)),
    };
    Ok(Met::Known(other, exchange::standing(transaction, chapter, &other)?))
}

fn hub(
    connection: &Connection,
    identity: &Identity,
    chain: &HubChain,
    key: &PublicKey,
    now: i64,
) -> Result<Result<HubCertificate, CertificateError>, StoreError> {
    let newest = settings::read(connection, "hub_serial")?;
    let newest = newest.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes);
    Ok(chain.verify(&identity.office, newest, key, now))
}

/// The office again. Its hub's key and store are remembered; a new store has acknowledged nothing.
fn recognise(transaction: &Transaction<'_>, peer: &Peer, hub: &HubCertificate) -> Result<(), StoreError> {
    settings::write(transaction, "hub_key", &hub.key.0)?;
    settings::write(transaction, "hub_serial", &hub.serial.to_be_bytes())?;
    if let Some(store) = peer.store {
        if settings::read(transaction, "hub_store")?.is_some_and(|known| known != store) {
            log::forget_acknowledged(transaction, HUB)?;
        }
        settings::write(transaction, "hub_store", &store)?;
    }
    Ok(())
}

/// A device that has not heard of the chapter's new key, or of its own new certificate, is let in by what is known of it here.
fn device(
    connection: &Connection,
    identity: &Identity,
    shown: &DeviceChain,
    key: &PublicKey,
    now: i64,
) -> Result<Result<(), CertificateError>, StoreError> {
    let chapter = identity.chapter.as_bytes();
    let all = members::all(connection, chapter)?;
    let newest = all.iter().map(members::Member::chapter_key_serial).max().unwrap_or(0);
    let verify = |chain: &DeviceChain| chain.verify(chapter, &identity.root, newest, key, now).map(|_| ());
    let known = all.iter().find(|member| member.key == *key);
    Ok(verify(shown).or_else(|error| match known {
        Some(known) if verify(&known.chain).is_ok() => Ok(()),
        Some(_) | None => Err(error),
    }))
}
