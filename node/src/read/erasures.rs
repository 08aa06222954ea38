//! The register of erasures: what was erased, and which stores have said that it is gone there.
use helhet_protocol::identity::DeviceCertificate;
use helhet_shared::erasures::{Erasure, Holder, HolderState, register};
use helhet_shared::sqlite::erasures as rows;
use rusqlite::Connection;

use crate::store::identity::Identity;
use crate::store::members::{self, Member};
use crate::store::{Store, StoreError};

/// All erasures of the chapter; `now` is unix seconds.
pub fn erasures(store: &Store, identity: &Identity, now: i64) -> Result<Vec<Erasure>, StoreError> {
    let chapter = identity.chapter.as_bytes();
    store.database().read(|connection| {
        let devices = holders(connection, identity, now)?;
        let (erased, receipts) =
            (rows::of_chapter(connection, chapter)?, rows::receipts(connection, chapter)?);
        Ok(register(&erased, &receipts, &devices))
    })
}

fn holders(connection: &Connection, identity: &Identity, now: i64) -> Result<Vec<Holder>, StoreError> {
    let members = members::all(connection, identity.chapter.as_bytes())?;
    let latest = members.iter().map(Member::chapter_key_serial).max();
    let own = identity.device.public();
    let mut holders: Vec<Holder> = members
        .iter()
        .map(|member| Holder {
            key: member.key.0,
            name: member.certificate.name.clone(),
            state: match (member.is_out, Some(member.chapter_key_serial()) == latest) {
                (true, _) => HolderState::Removed,
                (false, false) => HolderState::KeptOut,
                (false, true) if has_run_out(&member.certificate, now) => HolderState::Expired,
                (false, true) => HolderState::In,
            },
        })
        .collect();
    if !holders.iter().any(|holder| holder.key == own.0) {
        // A chapter's first device names itself at its first session.
        holders.push(Holder { key: own.0, name: identity.device_name.clone(), state: HolderState::In });
    }
    Ok(holders)
}

fn has_run_out(certificate: &DeviceCertificate, now: i64) -> bool {
    certificate.not_after < now
}
